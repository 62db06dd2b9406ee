//! What cannot be read of a list of sources, where it may be the entry of one that is not on
//! record: what its text speaks of decides, since its fields are not known.

use memchr::memmem;

use super::super::facts::FileFacts;
use super::SourceText;
use crate::data::Problem;
use crate::registry::{Read, Source};
use crate::text::{Place, Span};

/// What is said in the entry of a source that is not on record, and hardly in any other.
const WORDS: &[&str] =
    &["terms", "known-to", "known_to", "anonym", "off-record", "off the record", "background"];

/// Holds a source to be protected of whose entry a part was lost that may have said so.
pub(super) fn entries(text: &str, read: &mut Read<Source>) {
    for problem in read.problems.iter().filter(|problem| problem.is_loss) {
        let after = read.entries.partition_point(|entry| entry.span.start <= problem.span.start);
        let around = read.entries[..after].last_mut().filter(|entry| entry.span.end >= problem.span.start);
        if let Some(entry) = around.filter(|entry| !entry.guarded) {
            entry.guarded = speaks_of_terms(entry.span.of(text));
        }
    }
}

/// The stretches of `within` around what was lost, up to the entries before and after it, that
/// speak of terms.
#[must_use]
pub fn guarded_stretches<'p>(
    source: &SourceText<'_>,
    facts: &FileFacts,
    within: Span,
    problems: impl Iterator<Item = &'p Problem>,
) -> Vec<Place> {
    let mut known: Vec<Span> = facts.sources.iter().map(|entry| entry.place.span()).collect();
    known.sort_unstable();
    let mut stretches: Vec<Span> = Vec::new();
    for problem in problems.filter(|problem| problem.is_loss && within.contains(problem.span)) {
        let after = known.partition_point(|entry| entry.start <= problem.span.start);
        let before = known[..after].last().copied();
        if before.is_some_and(|entry| entry.contains(problem.span) && !entry.is_empty()) {
            continue;
        }
        let from = before.map_or(within.start(), |entry| entry.end()).min(problem.span.start());
        let to = known.get(after).map_or(within.end(), |entry| entry.start()).max(problem.span.end());
        stretches.push(Span::new(from, to));
    }
    stretches.sort_unstable();
    stretches.dedup();
    stretches.retain(|stretch| speaks_of_terms(stretch.of(source.text)));
    stretches.into_iter().map(|stretch| source.place(stretch)).collect()
}

fn speaks_of_terms(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    WORDS.iter().any(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}
