//! `duplicate-entity`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{EntityFacts, Known};
use crate::diagnostic::{Finding, Level};

/// More places than this are a list to read.
const MOST_PLACES: usize = 8;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-entity",
    summary: "an id that two entities share",
    explanation: "\
An id stands for one entity in all registries and entity pages of the corpus; capitals make no
difference. Where two entries have the same id, only the first counts: the offices, aliases and
bodies in the other are not seen, and whoever looks for what a ministry has said is shown the wrong
file. A checker's log has one entry for each person and body.

    Bad:   - id: delta-news      in organisations.yaml
           - id: delta-news      in ferry.yaml
    Good:  - id: delta-news      in organisations.yaml, with what both said

Put what both say into one entry, or give one of the two another id. Two entities that share a name
are no doubles: that is settled where the name is used.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let file = context.file;
    for entity in file.entities.iter().filter(|entity| !entity.stale) {
        let same = context.corpus.entities_with_id(entity.folded_id());
        let is =
            |other: &Known<'_, EntityFacts>| other.file.path == file.path && other.what.place == entity.place;
        let [first, _, ..] = &same.first[..] else { continue };
        if is(first) {
            continue;
        }
        let mut finding = Finding::new(
            entity.id_place,
            format!("an entity with the id `{}` is defined already", entity.id),
        )
        .help("the first definition counts: make one of them, or give this one another id");
        for other in same.first.iter().filter(|other| !is(other)).take(MOST_PLACES) {
            finding = finding.related(&other.file.path, other.what.id_place, "it is defined here too");
        }
        findings.push(finding);
    }
}
