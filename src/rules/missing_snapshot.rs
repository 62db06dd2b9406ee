//! `missing-snapshot`

use std::borrow::Cow;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{Obstacle, SnapshotFacts};
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

Correct the path, store the text there, or take the field out. A folder, a pipe or a file over the
size limit is no stored text either, nor is a symbolic link that leads out of the corpus.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Corpus(check)],
};

/// What to do where nothing is found.
const BY_PATH: &str = "name a file by its path from this file's folder, inside the corpus";

/// How many characters of a path are shown: more than people give to one.
const MOST_SHOWN: usize = 120;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    for named in context.file.named_files.iter().filter(|named| !named.bibliography) {
        let written = shown(&named.written);
        let (message, help) = match &named.path {
            None => (format!("the snapshot `{written}` lies outside the corpus"), BY_PATH),
            Some(path) => match context.corpus.snapshot(path) {
                Some(SnapshotFacts::Unusable { why, obstacle }) => {
                    (format!("the snapshot `{written}` {why}"), help(*obstacle))
                }
                None if !context.corpus.is_there(path) => {
                    (format!("there is no snapshot `{written}`"), BY_PATH)
                }
                Some(SnapshotFacts::Text { .. }) | None => continue,
            },
        };
        findings.push(Finding::new(named.place, message).help(help));
    }
}

fn help(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Outside => {
            "store the text inside the corpus: a symbolic link must not lead out of it, or its target is not read"
        }
        Obstacle::NoFile => "name the file with the text in it, not a folder or a device",
        Obstacle::TooLarge => {
            "store only the part that is quoted, or raise `size-limit` in newsmark.toml; until then nothing is compared"
        }
        Obstacle::NoText => "store the text as UTF-8: plain text, Markdown or HTML",
        Obstacle::Unreadable => {
            "let whoever runs newsmark read the file: its permissions, or the disk that it is on"
        }
    }
}

/// A path as far as it fits into a message.
fn shown(written: &str) -> Cow<'_, str> {
    match written.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", &written[..end])),
        None => Cow::Borrowed(written),
    }
}
