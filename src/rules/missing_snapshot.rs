//! `missing-snapshot`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::SnapshotFacts;
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "missing-snapshot",
    summary: "a stored text of a source that is not there, or is no text",
    explanation: "\
A source's `snapshot` is the path, from the registry, of the stored text that quotations are compared
with: plain text, Markdown or HTML in UTF-8, within the size limit. Where the file is not there, lies
outside the corpus or is no such text, no quotation from the source is compared with anything, and
nobody notices. The Verification Handbook asks for a copy of what was seen, since pages change and
vanish.

    Bad:   snapshot: ../snapshots/ministry-0311.text      (the file ends in .txt)
    Good:  snapshot: ../snapshots/ministry-0311.txt

Correct the path, store the text there, or take the field out.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Corpus(check)],
};

/// What to do where nothing is found.
const BY_PATH: &str = "name a file by its path from this file's folder, inside the corpus";

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    for named in context.file.named_files.iter().filter(|named| !named.bibliography) {
        let (what, help) = match &named.path {
            None => ("lies outside the corpus", BY_PATH),
            Some(path) => match context.corpus.snapshot(path) {
                Some(SnapshotFacts::Unusable { why, is_outside: true }) => (&**why, BY_PATH),
                Some(SnapshotFacts::Unusable { why, .. }) => {
                    (&**why, "store the text as UTF-8: plain text, Markdown or HTML")
                }
                None if !context.corpus.is_there(path) => ("is not there", BY_PATH),
                Some(SnapshotFacts::Text { .. }) | None => continue,
            },
        };
        let message = match what {
            "is not there" => format!("there is no snapshot `{}`", named.written),
            _ => format!("the snapshot `{}` {what}", named.written),
        };
        findings.push(Finding::new(named.place, message).help(help));
    }
}
