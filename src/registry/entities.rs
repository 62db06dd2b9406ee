//! Entities in YAML, as a list or at the head of a page.

use super::fields::{Fields, one_of, start_of};
use super::{Entity, EntityType, Read, Role};
use crate::data::{Field, Node, Spanned, Value, front_matter, yaml};
use crate::text::Span;

/// The fields of an entity.
pub(super) const FIELDS: &[&str] =
    &["id", "type", "name", "aliases", "loaded", "summary", "wikidata", "roles", "part-of", "date", "place"];

/// The fields of a role.
pub(super) const ROLE_FIELDS: &[&str] = &["title", "of", "from", "to"];

/// Reads a registry of entities: a list, at the top or under `entities:`.
#[must_use]
pub fn read_entities_yaml(text: &str) -> Read<Entity> {
    let parsed = yaml::parse_file(text);
    let mut fields = Fields::new(text, parsed.problems);
    let mut entries = Vec::new();
    if let Some(root) = &parsed.root {
        let list = root.get("entities").unwrap_or(root);
        match &list.value {
            Value::Sequence(items) => entries.extend(items.iter().filter_map(|item| fields.entity(item))),
            Value::Null => {}
            _ => fields.loss(
                start_of(list),
                format!("a registry of entities is a list, `- id: …`; this is {}", list.kind()),
            ),
        }
    }
    fields.read(entries)
}

/// Reads the entity that a Markdown page is about: one with `entity: TYPE` in its
/// front matter. `stem` is the file's name without its ending, the id of a page that
/// gives itself none.
#[must_use]
pub fn read_entity_page(text: &str, stem: &str) -> Read<Entity> {
    let Some(block) = front_matter(text) else { return Read { entries: Vec::new(), problems: Vec::new() } };
    let mut parsed = yaml::parse(text, block.content);
    parsed.problems.extend(block.problem);
    let mut fields = Fields::new(text, parsed.problems);
    let entity = parsed.root.as_ref().and_then(|root| {
        let kind = root.fields().iter().find(|field| field.key.value == "entity")?;
        let name = ["name", "title"].iter().find_map(|key| root.get(key)?.text());
        let given = root.get("id").and_then(|id| fields.node_text(id, "id"));
        let id_from_file = given.is_none();
        let id = given.unwrap_or_else(|| {
            let place = name.as_ref().map_or(kind.key.span, |name| name.span);
            Spanned::new(place, stem.to_owned())
        });
        let mut entity = Entity { id_from_file, name, ..Entity::new(id, block.span) };
        for field in root.fields() {
            match field.key.value.as_str() {
                "entity" => fields.kind(field, &mut entity),
                // The type of a page is the business of whatever else reads it.
                "type" | "title" => {}
                _ => fields.entity_field(field, &mut entity),
            }
        }
        let body = Span::new(block.span.end(), text.len());
        let dossier = body.of(text);
        let start = body.end() - dossier.trim_start().len();
        entity.dossier = (!dossier.trim().is_empty()).then(|| Span::new(start, start + dossier.trim().len()));
        Some(entity)
    });
    fields.read(entity.into_iter().collect())
}

impl Fields<'_> {
    fn entity(&mut self, node: &Node) -> Option<Entity> {
        let Value::Mapping(all) = &node.value else {
            if !node.is_null() {
                self.loss(start_of(node), format!("an entity has fields, `id: …`; this is {}", node.kind()));
            }
            return None;
        };
        let id = node.get("id");
        let Some(id) = id.and_then(|id| self.node_text(id, "id")) else {
            if id.is_none_or(|id| id.as_str().is_some() || id.is_null()) {
                self.loss(start_of(node), "an entity needs an `id` to be called by; this one is left out");
            }
            return None;
        };
        let mut entity = Entity::new(id, node.span);
        for field in all {
            match field.key.value.as_str() {
                "type" => self.kind(field, &mut entity),
                _ => self.entity_field(field, &mut entity),
            }
        }
        Some(entity)
    }

    fn kind(&mut self, field: &Field, entity: &mut Entity) {
        entity.kind_text = self.text(field);
        let Some(text) = &entity.kind_text else { return };
        entity.kind = text.value.trim().parse().ok().map(|kind| text.with(kind));
        if entity.kind.is_none() {
            let message = unknown_kind(&text.value);
            self.problem(text.span, message);
        }
    }

    fn entity_field(&mut self, field: &Field, entity: &mut Entity) {
        match field.key.value.as_str() {
            "id" => {}
            "name" => entity.name = self.text(field),
            "aliases" => {
                entity.aliases_at = Some(field.value.span);
                entity.aliases = self.list(field, "names");
            }
            "loaded" => entity.loaded = self.list(field, "names"),
            "summary" => entity.summary = self.text(field),
            "wikidata" => entity.wikidata = self.text(field),
            "roles" => entity.roles = self.roles(field),
            "part-of" => entity.part_of = self.list(field, "entities"),
            "date" => entity.date = self.text(field),
            "place" => entity.place = self.text(field),
            _ => self.unknown(&field.key, FIELDS, "an entity"),
        }
    }

    fn roles(&mut self, field: &Field) -> Vec<Role> {
        let nodes = match &field.value.value {
            Value::Sequence(items) => items.as_slice(),
            _ => std::slice::from_ref(&field.value),
        };
        nodes.iter().filter_map(|node| self.role(node)).collect()
    }

    fn role(&mut self, node: &Node) -> Option<Role> {
        let mut role = Role { title: None, of: None, from: None, to: None, span: node.span };
        match &node.value {
            Value::Null => return None,
            Value::Sequence(_) => {
                self.problem(
                    start_of(node),
                    "`roles` is a list of `{title: …, of: …}`; this is a list in it",
                );
                return None;
            }
            Value::Mapping(fields) => {
                for field in fields {
                    match field.key.value.as_str() {
                        "title" => role.title = self.text(field),
                        "of" => role.of = self.text(field),
                        "from" => role.from = self.text(field),
                        "to" => role.to = self.text(field),
                        _ => self.unknown(&field.key, ROLE_FIELDS, "a role"),
                    }
                }
            }
            _ => role.title = self.node_text(node, "title"),
        }
        Some(role)
    }
}

/// What is said of a word that is no type, with the type that was meant if it is
/// plain.
fn unknown_kind(word: &str) -> String {
    /// What other programs call them.
    const OTHERWISE: &[(&str, EntityType)] = &[
        ("human", EntityType::Person),
        ("people", EntityType::Person),
        ("org", EntityType::Organisation),
        ("company", EntityType::Organisation),
        ("body", EntityType::Organisation),
        ("institution", EntityType::Organisation),
        ("location", EntityType::Place),
        ("country", EntityType::Place),
        ("city", EntityType::Place),
        ("incident", EntityType::Event),
        ("document", EntityType::Work),
        ("object", EntityType::Thing),
    ];
    let lower = word.trim().to_lowercase();
    let near = EntityType::ALL.into_iter().find(|kind| strsim::osa_distance(kind.as_str(), &lower) <= 2);
    let meant = near.or_else(|| OTHERWISE.iter().find(|(other, _)| *other == lower).map(|&(_, kind)| kind));
    match meant {
        Some(kind) => format!("`{word}` is no type of entity; did you mean `{kind}`?"),
        None => {
            let words: Vec<_> = EntityType::ALL.iter().map(|kind| format!("`{kind}`")).collect();
            format!("`{word}` is no type of entity; it is one of {}", one_of(&words))
        }
    }
}
