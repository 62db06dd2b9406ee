//! What a desk has checked stays checked where a name in it is only written otherwise: the
//! hash of the claim follows.

use crate::diagnostic::Edit;
use crate::syntax::{self, CheckHashes, front_matter};
use crate::text::{LineIndex, Span, edited};

/// A claim that says what was checked.
struct Checked {
    /// Its number among the article's annotations.
    claim: usize,
    /// Where the hash stands.
    place: Span,
    /// The hash as written, and as it is of the claim.
    written: String,
    now: Option<String>,
}

/// What follows edits of one file, which holds `text`: those of the hashes of claims that were
/// as they had been checked.
pub(super) fn follow<'e>(text: &str, edits: impl Iterator<Item = &'e Edit> + Clone) -> Vec<Edit> {
    let Some(first) = edits.clone().next().filter(|_| text.contains("hash=")) else { return Vec::new() };
    let path = &first.location.path;
    let before = checked(text);
    let is_valid = |one: &Checked| one.now.as_ref().is_some_and(|now| one.written.eq_ignore_ascii_case(now));
    if !before.iter().any(is_valid) {
        return Vec::new();
    }
    let after = checked(&applied(text, edits));
    if before.len() != after.len() {
        return Vec::new();
    }
    let lines = LineIndex::new(text);
    let both = before.iter().zip(after).filter(|(before, _)| is_valid(before));
    let edit = |(before, after): (&Checked, Checked)| {
        let now = after.now.filter(|now| after.claim == before.claim && before.now.as_ref() != Some(now))?;
        Some(Edit::new(path, lines.place(text, before.place), now))
    };
    both.filter_map(edit).collect()
}

fn checked(text: &str) -> Vec<Checked> {
    let article = syntax::parse(text);
    let front =
        article.front_matter.as_ref().map(|block| front_matter::read(text, block)).unwrap_or_default();
    let belongings = syntax::belongings(&article, front.language());
    let hashes = CheckHashes::new(text, &article, &belongings);
    let claims = article.claims().filter_map(|(claim, annotation)| {
        let hash = annotation.attributes.get(text, "hash")?;
        let (place, written) = (hash.value?, hash.text.trim().to_owned());
        Some(Checked { claim, place, written, now: hashes.hash(claim) })
    });
    claims.collect()
}

/// The text after the edits.
fn applied<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> String {
    let mut parts: Vec<(Span, &str)> =
        edits.map(|edit| (edit.location.place.span(), edit.text.as_str())).collect();
    parts.sort_by_key(|(span, _)| (span.start, span.end));
    // Two ways may lead to one edit.
    parts.dedup();
    edited(text, parts)
}
