//! What a figure says: a number as prose has it, with the words that bound it.
//!
//! "At least 28", "between 20 and 30", "€1.5bn", "two dozen", "rund 1.500", "hundreds":
//! each is read as a low and a high bound, either of which may be open. Where prose is
//! vaguer than that (what is "nearly"?) the bounds are as written and `about` is set;
//! [`Figure::range`] gives the leeway that comparing needs.
//!
//! Numbers are `f64`, rounded once from the whole decimal: all counts below 2⁵³ are
//! exact, and all that is written alike is equal. They are always finite.

mod lex;
mod numerals;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use lex::{Kind, Token};
use words::{Bound, Language};

/// A number or a range, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The least that it may be, itself included; none where that is open. "More than
    /// 20" has 20 here: prose does not tell the two apart reliably.
    pub low: Option<f64>,
    /// The most that it may be, itself included; never below `low`.
    pub high: Option<f64>,
    /// Whether the words leave it open by how much it may be off: "about", "nearly",
    /// "hundreds".
    pub about: bool,
    /// What is counted or measured, where that directly follows: `%`, `EUR` (also for
    /// € and "euros"), other signs of currencies, or the word in small letters.
    pub unit: Option<String>,
    /// Where the number stands, with its sign, the sign of its currency and words such
    /// as "million", without bounds and units.
    pub span: Range<usize>,
}

/// How far off "about" may be, as a share of the number. Newsrooms round to the first
/// or second digit; a tenth is as wrong as that gets.
const LEEWAY: f64 = 0.1;

impl Figure {
    /// The bounds, moved outwards by a tenth where the figure is an approximate one.
    #[must_use]
    pub fn range(&self) -> (Option<f64>, Option<f64>) {
        let leeway = |bound: f64| if self.about { bound.abs() * LEEWAY } else { 0.0 };
        (self.low.map(|low| low - leeway(low)), self.high.map(|high| high + leeway(high)))
    }

    /// Whether some number is meant by both.
    #[must_use]
    pub fn meets(&self, other: &Figure) -> bool {
        let below = |low: Option<f64>, high: Option<f64>| match (low, high) {
            (Some(low), Some(high)) => low <= high,
            _ => true,
        };
        let ((low, high), (other_low, other_high)) = (self.range(), other.range());
        below(low, other_high) && below(other_low, high)
    }
}

/// Reads the value of a figure from its words: the first number in `text`, with the
/// words that bound it there or at the end of `before`, which is what stands right
/// before `text` in the same block. `lang` is a BCP 47 tag.
///
/// Ordinals, dates, times and numbers in names (`B-52`) are no figures.
#[must_use]
pub fn read(before: &str, text: &str, lang: &str) -> Option<Figure> {
    let language = words::of(lang);
    let mut tokens = lex::tokens(lex::tail(before), lang);
    let first = tokens.len();
    tokens.extend(lex::tokens(text, lang));
    let reader = Reader { tokens: &tokens, language, first };
    (first..tokens.len()).find_map(|at| reader.figure_at(at))
}

/// Every figure in a text, in order. `lang` is a BCP 47 tag.
#[must_use]
pub fn read_all(text: &str, lang: &str) -> Vec<Figure> {
    let tokens = lex::tokens(text, lang);
    let reader = Reader { tokens: &tokens, language: words::of(lang), first: 0 };
    let mut found: Vec<Figure> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let end = found.last().map_or(0, |figure| figure.span.end);
        if token.start >= end {
            found.extend(reader.figure_at(at));
        }
    }
    found
}

/// Reads the attribute `value`: `28`, `20..30`, `20..`, `..22`, also `12%`. Digits, a
/// decimal point, thousands with commas, a minus sign; nothing else.
#[must_use]
pub fn parse_value(text: &str) -> Option<Figure> {
    let start = text.len() - text.trim_start().len();
    let text = text.trim();
    let (number, unit) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), Some("%".to_owned())),
        None => (text, None),
    };
    let bound = |text: &str| match text.trim() {
        "" => Some(None),
        number => plain_number(number).map(Some),
    };
    let (low, high) = match number.split_once("..") {
        Some((low, high)) => (bound(low)?, bound(high)?),
        None => (bound(number)?, bound(number)?),
    };
    match (low, high) {
        (None, None) => None,
        (Some(low), Some(high)) if low > high => None,
        _ => Some(Figure { low, high, about: false, unit, span: start..start + text.len() }),
    }
}

/// A unit as it is compared: percentages as `%`, euros as `EUR`, words in small letters.
#[must_use]
pub fn unit(word: &str) -> String {
    words::unit(word)
}

/// What the last digit of a plain number in digits stands for, of those that are not the zeros at
/// the end of a whole one: 100 in `1500`, 0.1 in `4.2`; times `scale`.
#[must_use]
pub fn unit_of_last(plain: &str, scale: f64) -> f64 {
    let place = match plain.split_once('.') {
        Some((_, decimals)) => -(decimals.len() as i32),
        None => plain.len() as i32 - plain.trim_end_matches('0').len().max(1) as i32,
    };
    10f64.powi(place) * scale
}

/// `-1,500.5`
fn plain_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '−']);
    let (token, rest) = lex::number(digits.unwrap_or(text), "en")?;
    let number = lex::value(&token, 0).filter(|_| rest.is_empty())?;
    Some(if digits.is_some() { 0.0 - number } else { number })
}

/// A number that was read, before its bounds are.
struct Quantity {
    low: f64,
    /// None for "hundreds", which may be thousands.
    high: Option<f64>,
    about: bool,
    unit: Option<String>,
    /// The tokens that it takes.
    tokens: Range<usize>,
    /// Whether a word such as "million" is part of it, and the number without.
    bare: Option<f64>,
    magnitude: i32,
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    language: &'static Language,
    /// The first token of the figure's own text.
    first: usize,
}

impl Reader<'_> {
    fn figure_at(&self, at: usize) -> Option<Figure> {
        let between = self.is_between(at);
        let quantity = self.quantity(at, between)?;
        let (mut low, mut high) = (Some(quantity.low), quantity.high);
        let mut about = quantity.about;
        let mut unit = quantity.unit;
        let mut end = quantity.tokens.end;
        if let Some(upper) = self.upper_end(end, between) {
            // "20 to 30 million" are millions both, "900,000 to 1 million" are not; and
            // "fell from 30 to 20" is no range.
            let scaled = match quantity.bare {
                Some(bare) if quantity.magnitude == 0 => lex::scaled(bare, upper.magnitude),
                _ => None,
            };
            let lower = [scaled, Some(quantity.low)].into_iter().flatten().find(|&lower| lower <= upper.low);
            if let (Some(lower), Some(_)) = (lower, quantity.high) {
                (low, high) = (Some(lower), upper.high);
                about |= upper.about;
                unit = upper.unit.or(unit);
                end = upper.tokens.end;
            }
        }
        let number_end = end;
        if self.tokens.get(end).is_some_and(|token| token.glued && token.raw == "+") {
            high = None;
            end += 1;
        }
        match self.language.bound_after(&self.tokens[end.min(self.tokens.len())..]) {
            Some(Bound::AtLeast) => high = None,
            Some(Bound::AtMost) => low = None,
            Some(Bound::About) => about = true,
            None => {}
        }
        // "At least some 28", "up to about 30"
        let mut start = if between { at.saturating_sub(1) } else { at };
        for _ in 0..3 {
            let Some((bound, taken)) = self.language.bound_before(&self.tokens[..start]) else { break };
            match bound {
                Bound::AtLeast => high = None,
                Bound::AtMost => low = None,
                Bound::About => about = true,
            }
            start -= taken;
        }
        // "No more than at least 5" says nothing; the last word counts.
        if low.is_none() && high.is_none() {
            low = Some(quantity.low);
        }
        let unit = unit.or_else(|| self.unit_after(end));
        let span = self.tokens[quantity.tokens.start].start..self.tokens[number_end - 1].end();
        Some(Figure { low, high, about, unit, span })
    }

    /// Whether "between" stands right before.
    fn is_between(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| self.language.between.contains(&&*token.lower))
    }

    /// The upper end of a range whose lower end stops at `at`.
    fn upper_end(&self, at: usize, between: bool) -> Option<Quantity> {
        let token = self.tokens.get(at)?;
        let joins = match token.kind {
            Kind::Symbol => matches!(token.raw, "-" | "–" | "—" | "‒" | "−" | "‑" | "~" | "〜"),
            Kind::Word if between => self.language.and.contains(&&*token.lower),
            Kind::Word => self.language.to.contains(&&*token.lower),
            Kind::Number => false,
        };
        let upper = if joins { self.quantity(at + 1, between) } else { None };
        upper.filter(|upper| self.tokens[upper.tokens.start].raw != "-")
    }

    /// The number that begins with the token at `at`, if one does.
    fn quantity(&self, at: usize, between: bool) -> Option<Quantity> {
        let (currency, number_at) = self.currency_before(at);
        let (negative, number_at) = match self.tokens.get(number_at)? {
            token if matches!(token.raw, "-" | "−") => (true, number_at + 1),
            _ => (false, number_at),
        };
        if negative && (!self.tokens.get(number_at)?.glued || self.is_in_a_name(number_at - 1)) {
            return None;
        }
        let (currency, number_at) = match currency {
            None => self.currency_before(number_at),
            currency => (currency, number_at),
        };
        let token = self.tokens.get(number_at)?;
        let quantity = match &token.kind {
            Kind::Number => self.digits(number_at, currency.is_some())?,
            Kind::Word if !negative => self.words(number_at, between)?,
            _ => return None,
        };
        let mut quantity = Quantity { tokens: at..quantity.tokens.end, ..quantity };
        if negative {
            // Zero has no sign.
            quantity.low = 0.0 - quantity.low;
            quantity.high = quantity.high.map(|high| 0.0 - high);
            quantity.bare = quantity.bare.map(|bare| 0.0 - bare);
        }
        quantity.unit = currency.or(quantity.unit);
        if quantity.unit.is_none()
            && let Some(token) = self.tokens.get(quantity.tokens.end)
            && lex::is_currency(token.raw)
            && (token.glued || !self.tokens.get(quantity.tokens.end + 1).is_some_and(|next| next.glued))
        {
            quantity.unit = Some(words::unit(token.raw));
        }
        Some(quantity)
    }

    /// A number in words.
    fn words(&self, at: usize, between: bool) -> Option<Quantity> {
        let alone = self.tokens.len() == self.first + 1;
        let count = self.language.count(&self.tokens[at..], between, alone)?;
        Some(Quantity {
            low: count.value,
            high: (!count.open).then_some(count.value),
            about: count.open || count.about,
            unit: None,
            tokens: at..at + count.tokens,
            bare: (count.magnitude == 0).then_some(count.value),
            magnitude: count.magnitude,
        })
    }

    /// The sign or code of a currency before a number, and where the number begins.
    fn currency_before(&self, at: usize) -> (Option<String>, usize) {
        let Some(token) = self.tokens.get(at) else { return (None, at) };
        let next = self.tokens.get(at + 1);
        if lex::is_currency(token.raw) {
            return (Some(words::unit(token.raw)), at + 1);
        }
        // US$, A$, NT$
        if let Some(next) = next
            && token.kind == Kind::Word
            && token.raw.len() <= 3
            && next.glued
            && next.raw == "$"
        {
            return (Some(words::unit(&format!("{}$", token.raw))), at + 2);
        }
        if words::is_currency_code(token.raw) && next.is_some_and(|next| next.kind == Kind::Number) {
            return (Some(words::unit(token.raw)), at + 1);
        }
        (None, at)
    }

    /// A number in digits, with what multiplies it.
    fn digits(&self, at: usize, money: bool) -> Option<Quantity> {
        if self.is_in_a_name(at) || self.is_ordinal_or_date(at) {
            return None;
        }
        let number = &self.tokens[at];
        let mut end = at + 1;
        let (mut magnitude, mut dozens) = (0, 1.0);
        // "3 hundred thousand" is the longest that occurs.
        for _ in 0..2 {
            let Some(word) = self.tokens.get(end).filter(|token| token.kind == Kind::Word) else { break };
            let exponent = match (&*word.lower, word.glued) {
                // Three metres, or three million?
                ("m", _) if money || self.counts_people(end + 1) => Some(6),
                ("b", true) if money => Some(9),
                ("m" | "b", _) => None,
                (lower, _) => self.language.magnitude(lower),
            };
            match exponent {
                Some(exponent) => magnitude += exponent,
                None if self.language.dozen.contains(&&*word.lower) => dozens *= 12.0,
                None => break,
            }
            end += 1;
            // "1,5 Mio. Euro"
            if self.tokens.get(end).is_some_and(|token| token.raw == "." && token.glued)
                && self.tokens.get(end + 1).is_some_and(|token| token.kind == Kind::Word)
                && word.lower.len() <= 4
            {
                end += 1;
            }
        }
        // "hundreds", after digits, are hundreds of them.
        let value =
            lex::value(number, magnitude).map(|value| value * dozens).filter(|value| value.is_finite())?;
        let bare = lex::value(number, 0);
        Some(Quantity {
            low: value,
            high: Some(value),
            about: false,
            unit: None,
            tokens: at..end,
            bare,
            magnitude,
        })
    }

    /// Whether the word at `at` is a plural: "3m people", not "a 3m wall".
    fn counts_people(&self, at: usize) -> bool {
        let word = self.tokens.get(at).filter(|token| token.kind == Kind::Word);
        word.is_some_and(|word| word.lower.ends_with('s') || matches!(&*word.lower, "people" | "children"))
    }

    /// Whether the token is glued to a word before it, as in `B-52`, or is a later part
    /// of `12:30` and `5/6`.
    fn is_in_a_name(&self, at: usize) -> bool {
        let glued = |at: usize| self.tokens.get(at).is_some_and(|token| token.glued);
        let before = |at: usize| at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let Some(token) = before(at).filter(|_| glued(at)) else { return false };
        let kind_before = before(at - 1).filter(|_| glued(at - 1)).map(|token| token.kind);
        match token.raw {
            "#" => true,
            "-" | "‑" => kind_before == Some(Kind::Word),
            "/" | "@" | "_" | ":" => kind_before.is_some_and(|kind| kind != Kind::Symbol),
            raw => token.kind == Kind::Word && !words::is_currency_code(raw),
        }
    }

    /// Whether it is one of three numbers with hyphens between them: `2026-03-11`.
    fn is_in_a_chain(&self, at: usize) -> bool {
        let is_link = |at: usize| {
            let next = self.tokens.get(at + 1);
            self.tokens.get(at).is_some_and(|token| token.glued && token.raw == "-")
                && next.is_some_and(|token| token.glued && token.kind == Kind::Number)
        };
        let before = at.checked_sub(1).is_some_and(is_link);
        let long_before = at.checked_sub(3).is_some_and(is_link);
        let after = is_link(at + 1);
        before && (after || long_before) || after && is_link(at + 3)
    }

    /// `20th`, `1990s`, `28. Juli`, `14 February`, `February 14`, `12:30`, `5/6`
    fn is_ordinal_or_date(&self, at: usize) -> bool {
        let next = self.tokens.get(at + 1);
        let after_next = self.tokens.get(at + 2);
        let is_month = |token: Option<&Token>| {
            token.is_some_and(|token| {
                let verb = matches!(token.raw, "may" | "march");
                !verb && self.language.months.contains(&&*token.lower)
            })
        };
        let before = |back: usize| at.checked_sub(back).and_then(|at| self.tokens.get(at));
        // After "14 February" comes a year, or the number that is meant.
        let is_year = self.tokens.get(at).is_some_and(|token| token.raw.len() == 4);
        let has_day = before(2).is_some_and(|token| token.kind == Kind::Number);
        if is_month(next) || is_month(before(1)) && (is_year || !has_day) || self.is_in_a_chain(at) {
            return true;
        }
        let Some(next) = next.filter(|next| next.glued) else { return false };
        match next.raw {
            "/" | ":" => after_next.is_some_and(|token| token.glued && token.kind == Kind::Number),
            "." => self.language.dotted_ordinals && after_next.is_some_and(|token| token.kind == Kind::Word),
            _ => {
                next.kind == Kind::Word
                    && (matches!(&*next.lower, "st" | "nd" | "rd" | "th" | "s" | "er" | "e" | "ème" | "ers")
                        || next.raw.bytes().any(|byte| byte.is_ascii_digit()))
            }
        }
    }

    /// The unit after a number that ends before `at`.
    fn unit_after(&self, at: usize) -> Option<String> {
        let token = self.tokens.get(at)?;
        let next = self.tokens.get(at + 1);
        match token.kind {
            Kind::Number => None,
            Kind::Symbol => (matches!(token.raw, "%" | "٪" | "％" | "‰") || lex::is_currency(token.raw))
                .then(|| words::unit(token.raw)),
            Kind::Word => {
                let two = next.map(|next| (&*token.lower, &*next.lower));
                if let Some(("per" | "pour", "cent") | ("por", "ciento")) = two {
                    return Some("%".to_owned());
                }
                if let Some(("percentage", "points")) = two {
                    return Some("percentage points".to_owned());
                }
                // "Hundreds of people"
                if self.language.of.contains(&&*token.lower) {
                    let next = next.filter(|next| next.kind == Kind::Word)?;
                    return (!words::is_no_unit(&next.lower)).then(|| words::unit(next.raw));
                }
                let is_part = next.is_some_and(|next| next.glued && next.raw == "-");
                (!is_part && !words::is_no_unit(&token.lower)).then(|| words::unit(token.raw))
            }
        }
    }
}
