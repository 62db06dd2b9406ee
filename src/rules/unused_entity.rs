//! `unused-entity`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::FileKind;
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "unused-entity",
    summary: "an entity in a registry that nothing refers to",
    explanation: "\
An entity that no article names, no other entity belongs to and no source was issued by. Often it is
left over from a story that was never written; now and then it is the double of one that is in use
under another id. A registry that holds only what is used can be read and kept right, as handbooks
ask of every list of names that a desk works from.

    Bad:   - id: sorrel-pass      (named nowhere)
    Good:  - id: sorrel-pass
           … over [[Sorrel pass]] in an article

Use it or take it out. Pages about an entity are left alone, since they may be read for themselves,
and so are exports in FollowTheMoney, which hold what the register holds.",
    tier: Tier::A,
    levels: Levels::markup(Level::Hint),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let is_kept_by_hand = [".yaml", ".yml"].iter().any(|ending| context.path().ends_with(ending));
    if context.file.kind != FileKind::Registry || !is_kept_by_hand {
        return;
    }
    for entity in context.file.entities.iter().filter(|entity| !entity.stale) {
        if context.corpus.is_entity_used(entity) {
            continue;
        }
        // Of two with one id the second is `duplicate-entity`.
        let is_first = context
            .corpus
            .entities_with_id(entity.folded_id())
            .first
            .first()
            .is_none_or(|first| first.file.path == context.file.path && first.what.place == entity.place);
        if is_first {
            let message = format!("nothing refers to the entity `{}`", entity.id);
            findings.push(Finding::new(entity.id_place, message).help("use it, or take it out"));
        }
    }
}
