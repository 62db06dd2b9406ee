//! `missing-snapshot`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "missing-snapshot",
    summary: "a stored text of a source that is not there",
    explanation: "\
A source's `snapshot` is the path, from the registry, of the stored text that quotations are compared
with. Where the file is not there, or lies outside the corpus, no quotation from the source is
compared with anything, and nobody notices. The Verification Handbook asks for a copy of what was
seen, since pages change and vanish.

    Bad:   snapshot: ../snapshots/ministry-0311.text      (the file ends in .txt)
    Good:  snapshot: ../snapshots/ministry-0311.txt

Correct the path, store the text there, or take the field out.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    for named in context.file.named_files.iter().filter(|named| !named.bibliography) {
        let message = match &named.path {
            None => format!("the snapshot `{}` lies outside the corpus", named.written),
            Some(path) if !context.corpus.is_there(path) => {
                format!("there is no snapshot `{}`", named.written)
            }
            Some(_) => continue,
        };
        findings.push(
            Finding::new(named.place, message)
                .help("name a file by its path from this file's folder, inside the corpus"),
        );
    }
}
