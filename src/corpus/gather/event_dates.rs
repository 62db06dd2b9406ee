//! The dates that an article joins to events.

use std::ops::Range;

use crate::data::date::Date;
use crate::syntax::event_date::{dated_word, joined_date, leading_date};
use crate::syntax::sentence::quotations;
use crate::syntax::weekday::relative::SaidDate;
use crate::syntax::{Annotation, Article, Block, Mention};
use crate::text::{Span, fold};

use super::super::event_dates::EventDateFacts;
use super::SourceText;

/// The article, and what the dates in its prose count from.
pub(super) struct Anchor<'a> {
    pub(super) source: &'a SourceText<'a>,
    pub(super) article: &'a Article,
    /// The article's date.
    pub(super) date: Option<&'a Date>,
    /// Whether it has been touched since, so that "yesterday" may be another day.
    pub(super) touched: bool,
    /// Its language.
    pub(super) lang: &'a str,
}

impl Anchor<'_> {
    /// The days that may be meant, in the live page's entry of that date if in one.
    fn resolve(&self, said: &SaidDate, entry: Option<&Date>) -> Option<Date> {
        let whole = Date::parse("2000").ok().filter(|_| said.is_whole());
        let date = entry.or(self.date.filter(|_| !self.touched)).or(whole.as_ref())?;
        said.resolve_looking_back(date)
    }
}

/// What is quoted in the block looked at last.
pub(super) struct Quoted {
    /// The block's text.
    text: Span,
    quotations: Vec<Range<usize>>,
}

impl Quoted {
    fn holds(&self, at: usize) -> bool {
        let next = self.quotations.partition_point(|quotation| quotation.end <= at);
        self.quotations.get(next).is_some_and(|quotation| quotation.start <= at)
    }
}

/// The date joined to a mention, the reference with the number `reference`.
pub(super) fn of_mention(
    anchor: &Anchor<'_>,
    block: &Block,
    mention: &Mention,
    reference: u32,
    entry: Option<&Date>,
    quoted: &mut Option<Quoted>,
) -> Option<EventDateFacts> {
    let plain = &anchor.article.plain;
    let shown = mention.shown.unwrap_or(mention.target);
    let base = block.plain.start();
    let text = block.plain.of(&plain.text);
    let from = plain.from_source(shown.start()).checked_sub(base)?;
    let to = plain.from_source(shown.end()).checked_sub(base)?.max(from);
    let (said, span) = joined_date(text, from..to, anchor.lang)?;
    // What somebody is quoted with is their date.
    if quoted.as_ref().is_none_or(|quoted| quoted.text != block.plain) {
        let quotations = quotations(text).into_iter().map(|quotation| quotation.outer).collect();
        *quoted = Some(Quoted { text: block.plain, quotations });
    }
    if quoted.as_ref().is_some_and(|quoted| quoted.holds(from)) {
        return None;
    }
    let date = anchor.resolve(&said, entry)?;
    let place = Span::new(plain.to_source(base + span.start), plain.end_to_source(base + span.end));
    // A date inside the words may be of something else that they name.
    let word = match from <= span.start && span.end <= to {
        true => Some(fold(dated_word(text.get(from..to)?, &(span.start - from..span.end - from))?).into()),
        false => None,
    };
    let written = text.get(span)?.into();
    Some(EventDateFacts { reference, date, written, place: anchor.source.place(place), word })
}

/// The date of what a claim with `event=` begins with, that reference.
pub(super) fn of_claim(
    anchor: &Anchor<'_>,
    claim: &Annotation,
    event: u32,
    entry: Option<&Date>,
) -> Option<EventDateFacts> {
    if claim.has_class("quote") {
        return None;
    }
    let text = claim.text.of(&anchor.article.plain.text);
    let (word, said) = leading_date(text, anchor.lang)?;
    let date = anchor.resolve(&said, entry)?;
    let at = |offset: usize| claim.text.start() + offset;
    let (from, to) = (at(said.span.start), at(said.span.end));
    let place = Span::new(anchor.article.plain.to_source(from), anchor.article.plain.end_to_source(to));
    let (written, word) = (text.get(said.span)?.into(), Some(fold(word).into()));
    Some(EventDateFacts { reference: event, date, written, place: anchor.source.place(place), word })
}
