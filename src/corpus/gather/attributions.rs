//! Where an article attributes something to nobody in particular.

use std::ops::Range;

use crate::corpus::article::{QuoteFacts, VagueAttribution};
use crate::syntax::sentence::{quotations, sentences};
use crate::syntax::weasel::{may_hold, weasels};
use crate::syntax::{Annotation, Article, Belongings, BlockKind, Nearby};
use crate::text::Span;

use super::SourceText;

/// How deep annotations around a sentence are looked at.
const MOST_NESTED: usize = 64;

/// Those of `article`, which is in the language `lang`, in sentences that cite nothing; `quotes`
/// are its quotations outside claims, by start.
pub(super) fn vague_attributions(
    source: &SourceText<'_>,
    article: &Article,
    belongings: &Belongings,
    lang: &str,
    quotes: &[QuoteFacts],
) -> Vec<VagueAttribution> {
    let mut found = Vec::new();
    let mut nearby = Nearby::new(article, &belongings.points, lang);
    let plain = &article.plain;
    for (number, block) in article.blocks.iter().enumerate() {
        // What stands in a block quote is somebody else's.
        if block.kind != BlockKind::Paragraph || block.quotes > 0 {
            continue;
        }
        let text = block.plain.of(&plain.text);
        if !may_hold(text, lang) {
            continue;
        }
        let sentences = sentences(text, lang);
        let mut quoted = None;
        for (at, sentence) in sentences.iter().enumerate() {
            for weasel in weasels(&text[sentence.clone()], lang) {
                let weasel = sentence.start + weasel.start..sentence.start + weasel.end;
                let quoted = quoted.get_or_insert_with(|| quotations(text));
                let within = |range: &Range<usize>| range.start <= weasel.start && weasel.start < range.end;
                let place = |from: usize, to: usize| {
                    let from = plain.to_source(block.plain.start() + from);
                    Span::new(from, plain.end_to_source(block.plain.start() + to).max(from))
                };
                let span = place(weasel.start, weasel.end);
                let next = sentences.get(at + 1).map_or(sentence.end, |next| next.end);
                if quoted.iter().any(|quotation| within(&quotation.outer))
                    || article.is_verbatim(span.start())
                    || is_claimed(source, article, place(sentence.start, next))
                {
                    continue;
                }
                let own = Span::new(sentence.start, sentence.end).shifted(block.plain.start());
                if !nearby.points(number, own).is_empty() {
                    continue;
                }
                let whole = place(sentence.start, sentence.end);
                let first = quotes.partition_point(|quote| quote.place.start.offset < whole.start);
                let quote = quotes.get(first).filter(|quote| quote.place.start.offset < whole.end);
                found.push(VagueAttribution {
                    place: source.place(span),
                    words: text[weasel].into(),
                    quote: quote.map(|_| first as u32),
                });
            }
        }
    }
    found
}

/// Whether a claim in, around or behind the sentence says who says so.
fn is_claimed(source: &SourceText<'_>, article: &Article, sentence: Span) -> bool {
    let annotations = &article.annotations;
    let first = annotations.partition_point(|annotation| annotation.span.start < sentence.start);
    let inside = annotations[first..].iter().take_while(|annotation| annotation.span.start < sentence.end);
    let around = std::iter::successors(first.checked_sub(1), |&at| annotations[at].parent);
    let around = around
        .take(MOST_NESTED)
        .map(|at| &annotations[at])
        .filter(|annotation| annotation.span.end > sentence.start);
    let says = |annotation: &Annotation| {
        let by = annotation.attributes.get(source.text, "by");
        by.is_some_and(|by| !matches!(by.text.trim(), "" | "none")) || annotation.has_class("quote")
    };
    inside.chain(around).any(says)
}
