//! How many a claim says, from its attributes or its words.

use crate::data::date::Date;
use crate::syntax::figure::{self, Figure};
use crate::syntax::sentence::{Quotation, quotations};
use crate::syntax::{Annotation, Article};
use crate::text::fold;

use super::super::figures::{Amount, FigureFacts};

/// How many bytes the words of a figure have at most: a number with what it counts, not a
/// story. A longer claim says with `value=` how many.
const MOST_WORDS: usize = 512;

/// How many bytes after a figure are looked at for its unit.
const AFTER: usize = 48;

/// Where words of others stand, by block: the quotations of the block looked at last.
#[derive(Default)]
pub(super) struct QuotedWords {
    last: Option<(usize, Vec<Quotation>)>,
}

impl QuotedWords {
    /// Whether the place `at` of the clean text, which is in `block`, stands between quotation
    /// marks or in a block quote.
    fn has(&mut self, article: &Article, block: usize, at: usize) -> bool {
        let Some(own) = article.blocks.get(block) else { return false };
        if own.quotes > 0 {
            return true;
        }
        if self.last.as_ref().is_none_or(|(known, _)| *known != block) {
            self.last = Some((block, quotations(own.plain.of(&article.plain.text))));
        }
        let at = at.saturating_sub(own.plain.start());
        let quoted = self.last.as_ref().map_or(&[][..], |(_, quoted)| quoted);
        let next = quoted.partition_point(|quotation| quotation.inner.end <= at);
        quoted.get(next).is_some_and(|quotation| quotation.inner.start <= at)
    }
}

/// The figure that `annotation`, the claim with that number, is, where it says what it counts
/// and it can be told how many for sure.
pub(super) fn figure(
    text: &str,
    article: &Article,
    lang: &str,
    annotation: &Annotation,
    (claim, event, entry): (u32, Option<u32>, Option<&Date>),
    quoted: &mut QuotedWords,
) -> Option<FigureFacts> {
    let word = |key: &str| {
        let value = annotation.attributes.get(text, key)?;
        let folded = fold(&value.text);
        (!folded.is_empty()).then(|| Box::from(&*folded))
    };
    let value = annotation.attributes.get(text, "value").filter(|value| !value.text.trim().is_empty());
    let counts = annotation.has_class("figure") || value.is_some();
    let what: Box<str> = word("what").filter(|_| counts && !annotation.flawed)?;
    let written = in_words(article, annotation, lang);
    let at = annotation.text.start() + written.as_ref().map_or(0, |figure| figure.span.start);
    let given = match value {
        // What cannot be read was reported, and is not taken for what the words say.
        Some(value) => {
            let unit = written.and_then(|figure| figure.unit);
            let figure = figure::parse_value(&value.text)?;
            Figure { unit: figure.unit.clone().or(unit), ..figure }
        }
        None => written?,
    };
    let unit = annotation.attributes.get(text, "unit").map(|unit| figure::unit(unit.text.trim()));
    let unit = unit.filter(|unit| !unit.is_empty()).or(given.unit);
    Some(FigureFacts {
        claim,
        event,
        what,
        subset_of: word("subset-of"),
        unit: unit.filter(|unit| !is_of_people(unit)).map(Into::into),
        amount: Amount { low: given.low, high: given.high, about: given.about },
        entry: entry.cloned(),
        quoted: annotation.block.is_some_and(|block| quoted.has(article, block, at)),
    })
}

/// The one number of a claim's words; none where there are several, or where it is but a part
/// of one that goes on before or after them.
fn in_words(article: &Article, annotation: &Annotation, lang: &str) -> Option<Figure> {
    let plain = &*article.plain.text;
    let block = article.blocks.get(annotation.block?)?.plain;
    let span = annotation.text;
    let words = Some(span.of(plain)).filter(|words| words.len() <= MOST_WORDS)?;
    let before = plain.get(block.start()..span.start())?;
    let mut end = block.end().min(span.end() + AFTER).max(span.end());
    while !plain.is_char_boundary(end) {
        end -= 1;
    }
    if is_upper_end(before, lang) {
        return None;
    }
    let read = figure::read(before, plain.get(span.start()..end)?, lang)?;
    let rest = words.get(read.span.end..)?;
    figure::read("", rest, lang).is_none().then_some(read)
}

/// Whether a number and a word for "to" stand right before: the figure is one end of a range.
fn is_upper_end(before: &str, lang: &str) -> bool {
    let mut words = before.trim_end().rsplit(char::is_whitespace);
    let (Some(last), Some(number), between) = (words.next(), words.next(), words.next()) else {
        // "20–[30]"
        return ends_with_dash(before);
    };
    let joins = match last {
        "to" | "bis" | "or" | "oder" | "-" | "–" | "—" => true,
        "and" | "und" => between.is_some_and(|word| ["between", "zwischen"].contains(&&*word.to_lowercase())),
        _ => return ends_with_dash(last),
    };
    joins && figure::read("", number, lang).is_some()
}

fn ends_with_dash(word: &str) -> bool {
    word.strip_suffix(['-', '–', '—']).is_some_and(|rest| rest.ends_with(char::is_numeric))
}

/// Whether the word after a number says nothing but that people are counted, or is what became
/// of them: "31 people", "31 died".
fn is_of_people(unit: &str) -> bool {
    const WORDS: &[&str] = &[
        "people",
        "persons",
        "person",
        "died",
        "dead",
        "deaths",
        "fatalities",
        "lives",
        "perished",
        "menschen",
        "personen",
        "person",
        "leute",
        "tote",
        "toten",
        "todesopfer",
        "starben",
        "personnes",
        "morts",
        "personas",
        "muertos",
    ];
    WORDS.contains(&unit)
}
