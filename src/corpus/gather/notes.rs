//! What is kept of a claim to be shown and not to be judged.

use crate::syntax::Annotation;
use crate::text::excerpt;

use super::super::article::ClaimNotes;

/// How many characters of a claim, a headline or an attribute are shown elsewhere: two
/// lines of a hover.
const SHOWN: usize = 160;

/// Words as far as they are shown where others refer to them.
pub(super) fn shown(words: &str) -> Box<str> {
    excerpt(words, SHOWN)
}

/// What a claim says of itself that no rule judges; who relayed it and of which event it
/// speaks may come from the text around it.
pub(super) fn notes(
    text: &str,
    annotation: &Annotation,
    via: Option<u32>,
    event: Option<u32>,
) -> Option<Box<ClaimNotes>> {
    let said = |key: &str| {
        let value = annotation.attributes.get(text, key)?;
        Some(shown(&value.text)).filter(|text| !text.is_empty())
    };
    let notes = ClaimNotes {
        via,
        event,
        what: said("what"),
        described_as: said("as"),
        on: said("on"),
        basis: said("basis"),
        checked: said("checked"),
        verdict: said("verdict"),
        retracted: said("retracted"),
    };
    (notes != ClaimNotes::default()).then(|| Box::new(notes))
}
