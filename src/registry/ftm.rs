//! Entities out of FollowTheMoney, as OpenSanctions and Aleph export them: one JSON
//! object on each line, each a node or an edge between nodes.

use std::collections::HashMap;

use super::fields::{Fields, start_of};
use super::{Entity, EntityType, Read, Role, Text};
use crate::data::{Node, Value, json};

/// Reads a file of FollowTheMoney's JSON lines.
#[must_use]
pub fn read_entities_ftm(text: &str) -> Read<Entity> {
    let lines = json::parse_lines(text);
    let mut fields = Fields::new(text, lines.problems);
    let mut entries: Vec<Entity> = Vec::new();
    let mut edges = Vec::new();
    // Offices are nodes of their own; only their names are of use here.
    let mut offices = HashMap::new();
    for node in &lines.nodes {
        let Some((id, schema)) = fields.ftm_head(node) else { continue };
        match meaning(&schema.value) {
            Meaning::Entity(kind) => {
                let mut entity = ftm_entity(node, id);
                entity.kind = Some(schema.with(kind));
                entity.kind_text = Some(schema);
                entries.push(entity);
            }
            Meaning::Office => {
                offices.insert(id.value, first(node, "name").or_else(|| node.get("caption")?.text()));
            }
            Meaning::Role { holder, body } => edges.push(Edge::Role { node, holder, body }),
            Meaning::Part { whole, part } => edges.push(Edge::Part { node, whole, part }),
            Meaning::Nothing => {}
        }
    }
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (index, entity) in entries.iter().enumerate() {
        by_id.entry(entity.id.value.clone()).or_insert(index);
    }
    for edge in edges {
        edge.attach(&mut entries, &by_id, &offices);
    }
    fields.read(entries)
}

/// What a schema is here.
enum Meaning {
    Entity(EntityType),
    Office,
    /// An edge from a person to a body, by the names of its ends.
    Role {
        holder: &'static str,
        body: &'static str,
    },
    /// An edge from a body to what belongs to it.
    Part {
        whole: &'static str,
        part: &'static str,
    },
    /// Papers, bank accounts, kinship: nothing that articles mention by name.
    Nothing,
}

fn meaning(schema: &str) -> Meaning {
    match schema {
        "Person" => Meaning::Entity(EntityType::Person),
        "Organization" | "PublicBody" | "Company" | "LegalEntity" | "PoliticalParty" => {
            Meaning::Entity(EntityType::Organisation)
        }
        "Address" | "RealEstate" => Meaning::Entity(EntityType::Place),
        "Event" | "CourtCase" | "Trip" | "Call" | "Contract" | "CallForTenders" | "Project" => {
            Meaning::Entity(EntityType::Event)
        }
        "Document" | "Article" | "PlainText" | "HyperText" | "Pages" | "Audio" | "Video" | "Image" => {
            Meaning::Entity(EntityType::Work)
        }
        "Position" => Meaning::Office,
        "Membership" => Meaning::Role { holder: "member", body: "organization" },
        "Employment" => Meaning::Role { holder: "employee", body: "employer" },
        "Directorship" => Meaning::Role { holder: "director", body: "organization" },
        "Occupancy" => Meaning::Role { holder: "holder", body: "post" },
        "Ownership" => Meaning::Part { whole: "owner", part: "asset" },
        "Sanction" | "Identification" | "Passport" | "Family" | "Associate" | "UnknownLink" | "Payment"
        | "Debt" | "Representation" | "Succession" | "Similar" | "Mention" | "Note" | "Page" | "Interval"
        | "Documentation" | "CourtCaseParty" | "ContractAward" | "EconomicActivity"
        | "ProjectParticipant" | "BankAccount" | "CryptoWallet" | "TaxRoll" | "UserAccount" | "Email"
        | "Message" | "Folder" | "Package" | "Table" | "Workbook" => Meaning::Nothing,
        // Vessels, aircraft, securities, and what later versions may bring.
        _ => Meaning::Entity(EntityType::Thing),
    }
}

enum Edge<'n> {
    Role { node: &'n Node, holder: &'static str, body: &'static str },
    Part { node: &'n Node, whole: &'static str, part: &'static str },
}

impl Edge<'_> {
    fn attach(
        &self,
        entries: &mut [Entity],
        by_id: &HashMap<String, usize>,
        offices: &HashMap<String, Option<Text>>,
    ) {
        match *self {
            Edge::Role { node, holder, body } => {
                for id in values(node, holder).iter().filter_map(Node::as_str) {
                    let Some(entity) = by_id.get(id).map(|&index| &mut entries[index]) else { continue };
                    // That a body is a member of another does not make it speak for it.
                    if entity.kind.as_ref().is_none_or(|kind| kind.value != EntityType::Person) {
                        continue;
                    }
                    let of = first(node, body);
                    let office = of.as_ref().and_then(|of| offices.get(&of.value));
                    entity.roles.push(Role {
                        title: first(node, "role").or_else(|| office.cloned().flatten()),
                        of: of.filter(|_| office.is_none()),
                        from: first(node, "startDate"),
                        to: first(node, "endDate"),
                        span: node.span,
                    });
                }
            }
            Edge::Part { node, whole, part } => {
                // Who owns a part of a company does not own what it says.
                let share = first(node, "percentage").and_then(|share| number(&share.value));
                if share.is_some_and(|share| share <= 50.0) || first(node, "endDate").is_some() {
                    return;
                }
                for id in values(node, part).iter().filter_map(Node::as_str) {
                    let Some(&index) = by_id.get(id) else { continue };
                    let bodies = values(node, whole).iter().filter_map(Node::text).filter(|owner| {
                        let owner = by_id.get(&owner.value).map(|&index| &entries[index]);
                        owner.is_some_and(is_body)
                    });
                    let bodies: Vec<_> = bodies.collect();
                    if is_body(&entries[index]) {
                        entries[index].part_of.extend(bodies);
                    }
                }
            }
        }
    }
}

fn is_body(entity: &Entity) -> bool {
    entity.kind.as_ref().is_some_and(|kind| kind.value == EntityType::Organisation)
}

/// A share as it is written: `51`, `51.5 %`, `51,5`.
fn number(text: &str) -> Option<f64> {
    text.trim().trim_end_matches('%').trim_end().replace(',', ".").parse().ok()
}

fn ftm_entity(node: &Node, id: Text) -> Entity {
    let mut entity = Entity::new(id, node.span);
    let names = ["name", "alias", "weakAlias", "previousName"];
    let mut names: Vec<Text> =
        names.into_iter().flat_map(|key| values(node, key)).filter_map(Node::text).collect();
    let caption = node.get("caption").and_then(Node::text);
    let main = caption.or_else(|| names.first().cloned()).or_else(|| first(node, "full"));
    names.retain(|name| main.as_ref().is_none_or(|main| main.value != name.value));
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.value.clone()));
    entity.name = main;
    entity.aliases = names;
    entity.summary =
        first(node, "summary").or_else(|| first(node, "description")).or_else(|| first(node, "notes"));
    entity.wikidata = first(node, "wikidataId");
    entity.part_of = values(node, "parent").iter().filter_map(Node::text).collect();
    let start = first(node, "date").or_else(|| first(node, "startDate"));
    entity.date = match (start, first(node, "endDate")) {
        (Some(start), Some(end)) if start.value != end.value => {
            Some(start.with(format!("{}/{}", start.value, end.value)))
        }
        (start, _) => start,
    };
    entity.place = first(node, "location");
    entity
}

/// The values of a property, which FollowTheMoney always keeps in a list.
fn values<'n>(node: &'n Node, property: &str) -> &'n [Node] {
    match node.get("properties").and_then(|properties| properties.get(property)) {
        Some(list) if matches!(list.value, Value::Sequence(_)) => list.items(),
        Some(single) => std::slice::from_ref(single),
        None => &[],
    }
}

fn first(node: &Node, property: &str) -> Option<Text> {
    values(node, property).iter().find_map(Node::text)
}

impl Fields<'_> {
    /// The id and schema that everything in FollowTheMoney has.
    fn ftm_head(&mut self, node: &Node) -> Option<(Text, Text)> {
        if !matches!(node.value, Value::Mapping(_)) {
            self.loss(
                start_of(node),
                format!("each line is an object, `{{\"id\": …}}`; this is {}", node.kind()),
            );
            return None;
        }
        let mut head = |key: &str, what: &str| {
            let text = node.get(key).and_then(Node::text).filter(|text| !text.value.is_empty());
            if text.is_none() {
                self.loss(start_of(node), format!("an entity needs {what}; this one is left out"));
            }
            text
        };
        let id = head("id", "an `id` to be called by")?;
        let schema = head("schema", "a `schema` that says what it is")?;
        if let Some(properties) =
            node.get("properties").filter(|node| !matches!(node.value, Value::Mapping(_)))
        {
            self.problem(
                start_of(properties),
                format!("`properties` holds fields; this is {}", properties.kind()),
            );
        }
        Some((id, schema))
    }
}
