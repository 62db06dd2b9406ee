//! `unused-source`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::FileKind;
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "unused-source",
    summary: "a source in a registry that nothing refers to",
    explanation: "\
A source that no article cites and no other source passes on or replaces. It may have been read for
background; as often a citation was forgotten, or its key was changed in one place only. Checkers who
work through a registry (KSJ asks them to tick off each source) lose time on it.

    Bad:   - id: mod-yearbook      (cited nowhere)
    Good:  - id: mod-yearbook
           … [@mod-yearbook, p. 14] in an article

Cite it where it was used, or take it out. Sources that an article brings itself, and those in a
bibliography that only some articles name, are left alone.",
    tier: Tier::A,
    levels: Levels::markup(Level::Hint),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    if context.file.kind != FileKind::Registry {
        return;
    }
    for source in context.file.sources.iter().filter(|source| !source.stale) {
        if context.corpus.is_source_used(&source.key) {
            continue;
        }
        // Of two with one key the second is `duplicate-source`.
        let is_first = context.corpus.registered_sources(&source.key).first.first().is_none_or(|first| {
            first.file.path == context.file.path && first.what.key_place == source.key_place
        });
        if is_first {
            let message = format!("nothing refers to the source `{}`", source.key);
            findings.push(
                Finding::new(source.key_place, message).help("cite it where it was used, or take it out"),
            );
        }
    }
}
