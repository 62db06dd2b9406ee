//! `shadowed-source`

use rustc_hash::FxHashSet;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::FileKind;
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "shadowed-source",
    summary: "an article's own source that hides one of a registry",
    explanation: "\
An article can bring its own sources, under `references:` or in a file that it names under
`bibliography:`. The nearest definition of a key wins, so an own entry hides the registry's. When
the registry then says that the document was corrected or withdrawn, this article does not hear of
it. The correction policies of AP and Reuters rest on finding every story that used a source.

    Bad:   references:
           - id: grain-ledger     (the registry has grain-ledger too)
    Good:  The fund paid twice [@grain-ledger].     (from the registry)

Take the article's own entry out, or give it another key if it is another document.",
    tier: Tier::A,
    levels: Levels::markup(Level::Hint),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let file = context.file;
    if file.kind == FileKind::Registry {
        return;
    }
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for source in file.sources.iter().filter(|source| !source.stale) {
        // Of two with one key the second is `duplicate-source`.
        if !seen.insert(&source.key) {
            continue;
        }
        let registered = context.corpus.registered_sources(&source.key);
        let Some(hidden) = registered.first.first() else { continue };
        findings.push(
            Finding::new(
                source.key_place,
                format!("this hides the source `{}` in {}", source.key, hidden.file.path),
            )
            .help("take it out and use the registry's, or give it another key")
            .related(&hidden.file.path, hidden.what.key_place, "this one is hidden"),
        );
    }
}
