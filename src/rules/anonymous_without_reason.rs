//! `anonymous-without-reason`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{FileKind, SourceFacts};
use crate::diagnostic::{Finding, Level};
use crate::registry::Terms;

pub(super) static RULE: Rule = Rule {
    name: "anonymous-without-reason",
    summary: "a source that is not named, and nothing says why",
    explanation: "\
A source whose `terms` are `background`, `deep-background` or `anonymous` is kept from the readers, who
have to trust the desk about it. The Reuters Handbook calls such sources the weakest there are and asks
that each is known to an editor and has a reason to be shielded; AP takes anonymous information only
where there is no other way to get it, and tells readers why the name is withheld.

    Bad:   custom: {terms: anonymous}
    Good:  custom:
             terms: anonymous
             anonymity-reason: Still works on the pier.
             known-to: mara-hesse

Write down `anonymity-reason` (and `known-to`, the editor who knows the name), or put the source on
record. It is reported where the source is defined, once, and only if something cites it or passes it
on. What is off the record has no reason to give: `off-record-source-cited` reports it where it is
used.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let unnamed = |source: &&SourceFacts| {
        !source.stale
            && !source.gives_reason
            && matches!(source.terms, Terms::Background | Terms::DeepBackground | Terms::Anonymous)
    };
    let sources = context.file.sources.iter().filter(unnamed);
    for source in sources.filter(|source| context.corpus.is_source_used(&source.key)) {
        // Of two with one key, the second is `duplicate-source` and stands for nothing.
        let is_meant = context.file.kind != FileKind::Registry
            || context.corpus.registered_sources(&source.key).first.first().is_none_or(|first| {
                first.file.path == context.file.path && first.what.key_place == source.key_place
            });
        if is_meant {
            let message = format!("`{}` is not on record, and nothing says why", source.key);
            findings.push(
                Finding::new(source.key_place, message)
                    .help("say why the name is withheld: `anonymity-reason`; or put the source on record"),
            );
        }
    }
}
