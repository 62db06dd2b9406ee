//! The facts of what is quoted in claims.

use crate::syntax::{Annotation, Article, quoted_stretches};
use crate::text::{Place, Span};

use super::super::quotations::{QuotationFacts, QuotedSentence};
use super::SourceText;

/// How long a quoted sentence may be to be kept, in bytes. What is longer is a text without
/// an end between its marks, which nobody compares.
const MOST_KEPT: usize = 16 * 1024;

/// Adds what `annotation`, the claim of that number, gives as somebody's words.
pub(super) fn add(
    source: &SourceText<'_>,
    article: &Article,
    annotation: &Annotation,
    claim: u32,
    lang: &str,
    out: &mut QuotationFacts,
) {
    if annotation.flawed {
        return;
    }
    let original = annotation.attributes.get(source.text, "original");
    if let Some(original) = original.filter(|original| !original.text.trim().is_empty()) {
        out.originals.push((claim, original.text.clone()));
    }
    let clean = annotation.text.of(&article.plain.text);
    for stretch in quoted_stretches(clean, lang) {
        if stretch.len() > MOST_KEPT {
            continue;
        }
        let words = &clean[stretch.clone()];
        let shown = Span::new(stretch.start, stretch.end).shifted(annotation.text.start());
        let span =
            Span::new(article.plain.to_source(shown.start()), article.plain.end_to_source(shown.end()));
        let place: Place = source.place(span);
        out.sentences.push(QuotedSentence {
            claim,
            words: words.into(),
            place,
            editable: span.of(source.text) == words,
        });
    }
}
