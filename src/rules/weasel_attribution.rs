//! `weasel-attribution`

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::diagnostic::{Finding, Level};
use crate::syntax::sentence::{quotations, sentences};
use crate::syntax::weasel::{may_hold, weasels};
use crate::syntax::{self, Annotation, Article, BlockKind, Nearby};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    name: "weasel-attribution",
    summary: "something is attributed to nobody in particular, and nothing is cited",
    explanation: "\
\"Critics say\", \"it is believed to be\", \"sources said\", \"according to experts\", \"a group said\": the words
of an attribution without the attribution. Readers can't tell whether there were three critics or
none, and whoever checks the story can't ask them. The Reuters Handbook wants sources as exact as
they can be and never plural where there was one; Wikipedia's page on weasel words lists the rest.

    Bad:   Critics say that the dam is too dear.
    Good:  Critics such as [[dam-watch]] say that [the dam is too dear]{.claim by=dam-watch}[@dw-0311].

Say who they are, cite where it comes from in the sentence, or mark what they say as a claim:
`by=unnamed as=critics` if they can't be named. Left alone: quotations; sentences that name them
(\"including\", \"at the ministry\"), that cite something, or that hold or go on to a claim with `by`;
articles that have no annotation at all. English and German articles are read.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Text(check)],
};

/// How deep annotations around a sentence are looked at.
const MOST_NESTED: usize = 64;

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    let Some((article, front)) = context.as_article() else { return };
    let annotated = context.facts.article.as_ref().is_some_and(|facts| facts.annotated);
    let lang = front.language();
    if !annotated {
        return;
    }
    let mut belongings = None;
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
                let within =
                    |range: &std::ops::Range<usize>| range.start <= weasel.start && weasel.start < range.end;
                let place = |from: usize, to: usize| {
                    let from = plain.to_source(block.plain.start() + from);
                    Span::new(from, plain.end_to_source(block.plain.start() + to).max(from))
                };
                let span = place(weasel.start, weasel.end);
                let next = sentences.get(at + 1).map_or(sentence.end, |next| next.end);
                if quoted.iter().any(|quotation| within(&quotation.outer))
                    || article.is_verbatim(span.start())
                    || is_claimed(context, article, place(sentence.start, next))
                {
                    continue;
                }
                let belongings = belongings.get_or_insert_with(|| syntax::belongings(article, lang));
                let own = Span::new(sentence.start, sentence.end).shifted(block.plain.start());
                if !Nearby::new(article, &belongings.points, lang).points(number, own).is_empty() {
                    continue;
                }
                let message = format!("`{}` attributes this to nobody in particular", &text[weasel]);
                findings.push(Finding::new(context.place(span), message).help(
                    "say who they are, cite where it comes from, or mark what they say as a claim with `by=`",
                ));
            }
        }
    }
}

/// Whether a claim in, around or behind the sentence says who says so.
fn is_claimed(context: &TextContext<'_>, article: &Article, sentence: Span) -> bool {
    let annotations = &article.annotations;
    let first = annotations.partition_point(|annotation| annotation.span.start < sentence.start);
    let inside = annotations[first..].iter().take_while(|annotation| annotation.span.start < sentence.end);
    let around = std::iter::successors(first.checked_sub(1), |&at| annotations[at].parent);
    let around = around
        .take(MOST_NESTED)
        .map(|at| &annotations[at])
        .filter(|annotation| annotation.span.end > sentence.start);
    let says = |annotation: &Annotation| {
        let by = annotation.attributes.get(context.source.text, "by");
        by.is_some_and(|by| !matches!(by.text.trim(), "" | "none")) || annotation.has_class("quote")
    };
    inside.chain(around).any(says)
}
