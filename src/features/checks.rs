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

/// Adds to the edits of one file, which holds `text`, those of the hashes of claims that were
/// as they had been checked.
pub(super) fn follow(text: &str, edits: &mut Vec<Edit>) {
    let Some(first) = edits.first().filter(|_| text.contains("hash=")) else { return };
    let path = first.location.path.clone();
    let before = checked(text);
    let is_valid = |one: &Checked| one.now.as_ref().is_some_and(|now| one.written.eq_ignore_ascii_case(now));
    if !before.iter().any(is_valid) {
        return;
    }
    let after = checked(&applied(text, edits));
    if before.len() != after.len() {
        return;
    }
    let lines = LineIndex::new(text);
    for (before, after) in before.iter().zip(after).filter(|(before, _)| is_valid(before)) {
        if let Some(now) =
            after.now.filter(|now| after.claim == before.claim && before.now.as_ref() != Some(now))
        {
            edits.push(Edit::new(&path, lines.place(text, before.place), now));
        }
    }
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
fn applied(text: &str, edits: &[Edit]) -> String {
    let mut parts: Vec<(Span, &str)> =
        edits.iter().map(|edit| (edit.location.place.span(), edit.text.as_str())).collect();
    parts.sort_by_key(|(span, _)| (span.start, span.end));
    // Two ways may lead to one edit.
    parts.dedup();
    edited(text, parts)
}
