//! The words beside mentions that may be titles of people.

use std::ops::Range;

use crate::data::date::Date;
use crate::syntax::sentence::{quotations, sentences};
use crate::syntax::titles::{TitleWords, around, may_be};
use crate::syntax::{Article, Block, Mention};
use crate::text::Span;

use super::super::titles::TitleFacts;

/// What holds inside an annotation.
pub(super) struct Around {
    /// The annotated text.
    pub(super) content: Span,
    /// The date of the live page's entry.
    pub(super) entry: Option<Date>,
    /// When it was said.
    pub(super) on: Option<Date>,
    /// Whether it, or one around it, is somebody's own words.
    pub(super) quote: bool,
}

/// Calls `with` for each mention in a block, with its number, the block's, and what is the
/// innermost of `annotations`, by start, around it.
pub(super) fn each_mention(
    article: &Article,
    annotations: &[Around],
    mut with: impl FnMut(usize, &Mention, usize, &Block, Option<&Around>),
) {
    let (mut open, mut next, mut block) = (Vec::new(), 0, 0);
    for (number, mention) in article.mentions.iter().enumerate() {
        let at = mention.span.start;
        while let Some(annotation) = annotations.get(next).filter(|around| around.content.start <= at) {
            open.push(annotation);
            next += 1;
        }
        while open.last().is_some_and(|around| around.content.end <= at) {
            open.pop();
        }
        while article.blocks.get(block + 1).is_some_and(|next| next.span.start <= at) {
            block += 1;
        }
        if let Some(own) = article.blocks.get(block).filter(|own| own.span.contains(mention.span)) {
            with(number, mention, block, own, open.last().copied());
        }
    }
}

/// The mentions beside which a title may stand, in an article in the language `lang`. What
/// somebody is quoted with is of another time.
pub(super) fn titles(article: &Article, lang: &str, annotations: &[Around]) -> Vec<TitleFacts> {
    let mut found = Vec::new();
    let mut known: Option<Prose<'_>> = None;
    each_mention(article, annotations, |number, mention, block, own, innermost| {
        if innermost.is_some_and(|around| around.quote) || !may_have_title(article, own, mention, lang) {
            return;
        }
        if known.as_ref().is_none_or(|prose| prose.block != block) {
            known = Some(Prose::new(article, block, own, lang));
        }
        if let Some((words, sentence)) = known.as_mut().and_then(|prose| prose.title(mention, lang)) {
            found.push(TitleFacts {
                mention: number as u32,
                words,
                sentence,
                entry: innermost.and_then(|around| around.entry.clone()),
                on: innermost.and_then(|around| around.on.clone()),
            });
        }
    });
    found
}

/// Whether a look at its sentence is worth while.
fn may_have_title(article: &Article, block: &Block, mention: &Mention, lang: &str) -> bool {
    let plain = &article.plain;
    let shown = mention.shown.unwrap_or(mention.target);
    let (from, to) = (plain.from_source(shown.start()), plain.from_source(shown.end()));
    let text = |from: usize, to: usize| plain.text.get(from..to).unwrap_or_default();
    let is_long = mention.shown.is_some() && text(from, to).contains(' ');
    is_long || may_be(text(block.plain.start(), from), text(to, block.plain.end()), lang)
}

/// The text of a block, with its sentences and quotations.
struct Prose<'a> {
    article: &'a Article,
    block: usize,
    text: &'a str,
    /// Where the text begins in that of the article.
    base: usize,
    sentences: Vec<Range<usize>>,
    quotations: Vec<Range<usize>>,
}

impl<'a> Prose<'a> {
    fn new(article: &'a Article, block: usize, own: &Block, lang: &str) -> Self {
        let text = own.plain.of(&article.plain.text);
        Prose {
            article,
            block,
            text,
            base: own.plain.start(),
            sentences: sentences(text, lang),
            quotations: quotations(text).into_iter().map(|quotation| quotation.outer).collect(),
        }
    }

    fn title(&mut self, mention: &Mention, lang: &str) -> Option<(TitleWords, (u32, u32))> {
        let plain = &self.article.plain;
        let shown = mention.shown.unwrap_or(mention.target);
        let from = plain.from_source(shown.start()).checked_sub(self.base)?;
        let to = plain.from_source(shown.end()).checked_sub(self.base)?;
        let holds = |list: &[Range<usize>]| {
            let at = list.partition_point(|range| range.end <= from);
            list.get(at).filter(|range| range.start <= from && to <= range.end).cloned()
        };
        if holds(&self.quotations).is_some() {
            return None;
        }
        let sentence = holds(&self.sentences)?;
        // Sentences of thousands of mentions are lists, and no prose.
        const LONGEST: usize = 2000;
        if sentence.len() > LONGEST {
            return None;
        }
        let words = self.text.get(sentence.clone())?;
        let name = from - sentence.start..to.max(from) - sentence.start;
        let title = around(words, name, mention.shown.is_some(), lang)?;
        let source = |at: usize| plain.to_source(self.base + at) as u32;
        let end = plain.end_to_source(self.base + sentence.end) as u32;
        Some((title, (source(sentence.start), end)))
    }
}
