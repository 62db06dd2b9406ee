//! `wrong-entity-type`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::EntityRole;
use crate::diagnostic::{Finding, Level};
use crate::registry::EntityType;

pub(super) static RULE: Rule = Rule {
    name: "wrong-entity-type",
    summary: "an entity of a type that cannot stand here, such as a place that speaks",
    explanation: "\
Claims are made by people and bodies: `by=`, `via=`, `against=` and a source's `issuer` name a person
or an organisation, not a place or an event. `event=` names an event, and `place=` a place. A capital
that speaks hides who spoke: the government, the council, a mayor. The Reuters handbook asks for the
most exact attribution that there is, and the right of reply (Ofcom, section 7) needs somebody who
can answer.

    Bad:   [The quay is closed]{.claim by=norhaven-city}
    Good:  [The quay is closed]{.claim by=norhaven-council}

Name the body or person that is meant, or correct the type in the registry. The rule is silent
where the type is not known, about works and things that speak or are accused (a report, a ship), and
about organisations and things as places (a hospital).",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    for reference in context.entity_references().filter(|reference| !reference.confusing) {
        let Some((key, wanted)) = wanted(reference.role) else { continue };
        let Some(entity) = context.corpus.entity(context.file, &reference.folded).one() else { continue };
        let Some(kind) = entity.what.kind.filter(|kind| !fits(reference.role, *kind)) else { continue };
        let is = if kind == EntityType::Event || kind == EntityType::Organisation { "an" } else { "a" };
        findings.push(
            Finding::new(
                reference.place,
                format!("`{key}` names {wanted}; `{}` is {is} {kind}", reference.name),
            )
            .help(match reference.role {
                EntityRole::Event | EntityRole::Place => {
                    format!("name {wanted}, or correct the type of `{}`", entity.what.id)
                }
                _ => format!("name who spoke or is meant, or correct the type of `{}`", entity.what.id),
            })
            .related(
                &entity.file.path,
                entity.what.id_place,
                format!("`{}` is defined here", entity.what.id),
            ),
        );
    }
}

/// The key, and what it names.
fn wanted(role: EntityRole) -> Option<(&'static str, &'static str)> {
    const SPEAKER: &str = "a person or an organisation";
    match role {
        EntityRole::By => Some(("by", SPEAKER)),
        EntityRole::Via => Some(("via", SPEAKER)),
        EntityRole::Against => Some(("against", SPEAKER)),
        EntityRole::Reply => Some(("reply", SPEAKER)),
        EntityRole::Issuer => Some(("issuer", SPEAKER)),
        EntityRole::Event => Some(("event", "an event")),
        EntityRole::Place => Some(("place", "a place")),
        EntityRole::Mention | EntityRole::Settled | EntityRole::PartOf | EntityRole::RoleOf => None,
    }
}

/// Whether an entity of that type can stand there. Where desks differ in what they call
/// a thing, it can.
fn fits(role: EntityRole, kind: EntityType) -> bool {
    use EntityType::{Event, Organisation, Person, Place, Thing, Work};
    match role {
        EntityRole::Event => kind == Event,
        EntityRole::Place => matches!(kind, Place | Organisation | Thing),
        _ => matches!(kind, Person | Organisation | Work | Thing),
    }
}
