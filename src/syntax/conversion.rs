//! Measures with their conversion, as prose has them: "88 kilometres (55 miles)", "a 5-foot
//! (1.5-metre) wall", "20 °C (68 °F)", "88 km, or about 55 miles,".
//!
//! Only what can't be anything else is read: the second measure is all that the brackets
//! hold, or stands between "or" and the next mark. A number stands for half a unit of its
//! last significant digit either way, zeros at its end being none ("100" may be 50 or 150),
//! and for a tenth where it is "about" so.

#[cfg(test)]
mod tests;
mod units;

use std::ops::Range;

use super::figure::{self, unit_of_last};
use units::{Dimension, Unit};

/// A measure and another in brackets or behind "or" that says the same.
#[derive(Clone, Debug)]
pub struct Conversion {
    /// What comes first.
    pub first: Measure,
    /// What it is converted to.
    pub second: Measure,
    /// Whether the language has a comma before decimals.
    has_comma: bool,
}

/// A number with its unit. All ranges are bytes of the text searched.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Both.
    pub span: Range<usize>,
    /// The number.
    pub number: Range<usize>,
    /// The least and the most that it says.
    low: f64,
    high: f64,
    /// How far the two may be off.
    slack: (f64, f64),
    /// How many significant digits it has, where it is one number in digits and nothing else.
    digits: Option<i32>,
    unit: &'static Unit,
}

/// How far off "about" may be, as a share of the number.
const LEEWAY: f64 = 0.1;

/// How many bytes before and behind a bracket are looked at: more than any measure takes.
const NEAR: usize = 64;

/// The measures of `text`, which is in the language `lang` (a BCP 47 tag), that stand with a
/// conversion. None in a language whose words are not known.
#[must_use]
pub fn conversions(text: &str, lang: &str) -> Vec<Conversion> {
    let Some(language) = units::language(lang) else { return Vec::new() };
    let reader = Reader { text, lang, language };
    let mut found: Vec<Conversion> = Vec::new();
    for bracket in memchr::memchr_iter(b'(', text.as_bytes()) {
        found.extend(reader.in_brackets(bracket));
    }
    let or = [", or ", ", oder "][language];
    for at in memchr::memmem::find_iter(text.as_bytes(), or) {
        found.extend(reader.behind_or(at, at + or.len()));
    }
    found.sort_by_key(|conversion| conversion.first.span.start);
    found
}

impl Conversion {
    /// Whether both may say the same.
    #[must_use]
    pub fn agrees(&self) -> bool {
        let is_difference = |zeros: bool| {
            self.first.ranges(zeros).iter().any(|(low, high)| {
                self.second
                    .ranges(zeros)
                    .iter()
                    .any(|(other_low, other_high)| low <= other_high && other_low <= high)
            })
        };
        // A rise of 1.5 degrees Celsius is one of 2.7 degrees Fahrenheit.
        is_difference(true) || self.first.unit.dimension == Dimension::Temperature && is_difference(false)
    }

    /// What the first or the second is by the other, as it would be written, where that is
    /// one number in digits and the unit is one thing everywhere.
    #[must_use]
    pub fn converted(&self, second: bool) -> Option<String> {
        let (from, to) = if second { (&self.first, &self.second) } else { (&self.second, &self.first) };
        let ([from_factor], [to_factor]) = (from.unit.factors, to.unit.factors) else { return None };
        let digits = to.digits.filter(|_| from.low == from.high)?;
        let value = (from.low * from_factor + from.unit.zero - to.unit.zero) / to_factor;
        // "30 miles" has but one digit that counts; two say what it is.
        let digits = digits.max(if value.abs() < 10.0 { 1 } else { 2 });
        let (written, rounded) = self.write(value, digits)?;
        let half = unit_of_last(&rounded.abs().to_string(), 1.0) / 2.0;
        let mended = Measure { low: rounded, high: rounded, slack: (half, half), ..to.clone() };
        let other = Conversion { first: from.clone(), second: mended, has_comma: self.has_comma };
        other.agrees().then_some(written)
    }

    /// A number with so many significant digits, and what it is then.
    fn write(&self, value: f64, digits: i32) -> Option<(String, f64)> {
        if value == 0.0 || !value.is_finite() {
            return None;
        }
        let size = value.abs().log10().floor() as i32;
        // Nothing that news measures is as much as that.
        if size > 12 {
            return None;
        }
        let decimals = (digits - 1 - size).clamp(-12, 12);
        let step = 10f64.powi(-decimals);
        let rounded = (value / step).round() * step;
        let plain = format!("{:.*}", usize::try_from(decimals).unwrap_or(0), rounded);
        let rounded: f64 = plain.parse().ok()?;
        let (thousands, point) = if self.has_comma { ('.', ',') } else { (',', '.') };
        let (sign, number) = plain.strip_prefix('-').map_or(("", &*plain), |number| ("-", number));
        let (whole, rest) =
            number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
        let mut out = sign.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && whole.len() > 4 && (whole.len() - at) % 3 == 0 {
                out.push(thousands);
            }
            out.push(digit);
        }
        if let Some(rest) = rest {
            out.push(point);
            out += rest;
        }
        Some((out, rounded))
    }
}

impl Measure {
    /// From where to where it may go, in the dimension's own unit: one range for each thing
    /// that the unit may be. `zeros` says whether a temperature is one, and not a difference.
    fn ranges(&self, zeros: bool) -> Vec<(f64, f64)> {
        let zero = if zeros { self.unit.zero } else { 0.0 };
        let (low, high) = (self.low - self.slack.0, self.high + self.slack.1);
        self.unit.factors.iter().map(|factor| (low * factor + zero, high * factor + zero)).collect()
    }
}

struct Reader<'a> {
    text: &'a str,
    lang: &'a str,
    language: usize,
}

/// Words that may stand between a unit and the bracket: "88 kilometres long (55 miles)".
const DIMENSIONS: [&[&str]; 2] = [
    &["long", "tall", "high", "wide", "deep", "thick", "away", "across", "apart"],
    &["lang", "hoch", "breit", "tief", "dick", "entfernt"],
];

/// Words before a conversion that say that it is none to the last digit.
const ABOUT: [&[&str]; 2] = [
    &[
        "about",
        "around",
        "roughly",
        "approximately",
        "approx.",
        "some",
        "nearly",
        "almost",
        "just over",
        "just under",
        "over",
        "under",
        "more than",
        "less than",
        "at least",
        "up to",
        "c.",
        "ca.",
        "~",
    ],
    &[
        "rund",
        "etwa",
        "circa",
        "ca.",
        "ungefähr",
        "gut",
        "knapp",
        "fast",
        "mehr als",
        "weniger als",
        "über",
        "unter",
        "bis zu",
        "mindestens",
        "~",
    ],
];

impl Reader<'_> {
    /// "88 kilometres (55 miles)", with the bracket at that byte.
    fn in_brackets(&self, bracket: usize) -> Option<Conversion> {
        let from = bracket + 1;
        let near = self.text.as_bytes().get(from..(from + NEAR).min(self.text.len()))?;
        let end = from + memchr::memchr2(b')', b';', near)?;
        self.conversion(bracket, from..end)
    }

    /// "88 kilometres, or 55 miles,": the comma is at `comma`, and `from` is behind "or".
    fn behind_or(&self, comma: usize, from: usize) -> Option<Conversion> {
        let mut near = (from + NEAR).min(self.text.len());
        while !self.text.is_char_boundary(near) {
            near -= 1;
        }
        let near = &self.text[from..near];
        let is_end = |(at, c): (usize, char)| {
            matches!(c, ',' | '.' | ';' | ')' | '–' | '—' | ':' | '!' | '?')
                && !near[at + c.len_utf8()..].starts_with(|next: char| next.is_alphanumeric())
        };
        let end = near.char_indices().find(|at| is_end(*at)).map(|(at, _)| at)?;
        let conversion = self.conversion(comma, from..from + end)?;
        // "The course is 10 kilometres, or 3 miles, at the runner's choice."
        let ratio = |(low, high): &(f64, f64)| (low + high) / 2.0;
        let (first, second) = (conversion.first.ranges(true), conversion.second.ranges(true));
        let is_near = first
            .iter()
            .any(|first| second.iter().any(|second| (0.5..=2.0).contains(&(ratio(first) / ratio(second)))));
        is_near.then_some(conversion)
    }

    fn conversion(&self, end: usize, second: Range<usize>) -> Option<Conversion> {
        let mut from = end.saturating_sub(NEAR);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        // What is cut in the middle of a word is no word.
        if from > 0 {
            from += self.text[from..end].find(char::is_whitespace)?;
        }
        let first = self.measure(from..end, false)?;
        let second = self.measure(second, true)?;
        let is_one = first.unit.dimension == second.unit.dimension && first.unit.metric != second.unit.metric;
        is_one.then_some(Conversion { first, second, has_comma: self.language == 1 })
    }

    /// The measure at the end of `within`; `whole` says that nothing may stand before it.
    fn measure(&self, within: Range<usize>, whole: bool) -> Option<Measure> {
        let text = self.text.get(within.clone())?;
        let text = text.trim_end();
        let bare = DIMENSIONS[self.language]
            .iter()
            .find_map(|word| text.strip_suffix(word).filter(|rest| rest.ends_with([' ', '-', '\u{a0}'])));
        let text = bare.unwrap_or(text).trim_end_matches([' ', '-', '\u{a0}']);
        if let Some(measure) = self.compound(text, within.start, whole) {
            return Some(measure);
        }
        // "A mile and a half", "two miles and a half"
        let halved = [" and a half", "einhalb"][self.language];
        let (text, half) = match text.strip_suffix(halved) {
            Some(text) if self.language == 0 && units::at_end(text, 0).is_some() => {
                (text, Some(halved.len()))
            }
            _ => (text, None),
        };
        let (unit_at, unit) = units::at_end(text, self.language)?;
        let number_end = without_article(text[..unit_at].trim_end_matches(is_gap)).len();
        let one =
            ["a", "an"].into_iter().find(|one| half.is_some() && is_last_word(&text[..number_end], one));
        let number_at = if let Some(one) = one {
            number_end - one.len()
        } else if whole {
            self.whole_number(&text[..number_end])?
        } else {
            self.last_number(&text[..number_end])?
        };
        let about = about(&text[..number_at], self.language);
        let minus = without_word(&text[..number_at], "minus");
        let number = if one.is_some() { "1" } else { &text[number_at..number_end] };
        let mut measure = self.amount(number, about, unit)?;
        if half.is_some() {
            (measure.low, measure.high) = (measure.low + 0.5, measure.high + 0.5);
            // Half a mile more or less is not what it says.
            let slack = if about { measure.high * LEEWAY } else { 0.25 };
            (measure.slack, measure.digits) = ((slack, slack), None);
        }
        if minus.is_some() {
            (measure.low, measure.high) = (-measure.high, -measure.low);
            measure.slack = (measure.slack.1, measure.slack.0);
            measure.digits = None;
        }
        measure.number = within.start + number_at..within.start + number_end;
        let start = minus.map_or(number_at, |before| before.len());
        measure.span = within.start + start..within.start + text.len() + half.unwrap_or_default();
        Some(measure)
    }

    /// A measure in two units at the end of `text`, the second a part of the first: "5 ft 11 in",
    /// "6 feet 2 inches", `5'11"`, "12 stone 3 pounds". `base` is where the text begins.
    fn compound(&self, text: &str, base: usize, whole: bool) -> Option<Measure> {
        let marks: &[&str] = &["\"", "″", "”", "''", "’’"];
        let signed = marks.iter().find_map(|mark| text.strip_suffix(mark));
        let (small_text, small) = match signed {
            Some(rest) => (rest, units::inch()?),
            None => {
                let (at, unit) = units::at_end(text, self.language)?;
                (text[..at].trim_end_matches(is_gap), unit)
            }
        };
        let small_at = small_text.trim_end_matches(|c: char| c.is_numeric() || c == '.').len();
        let small_number = &small_text[small_at..];
        let rest = small_text[..small_at].trim_end_matches([' ', '-', ',', '\u{a0}', '\u{202f}']);
        let rest = rest.strip_suffix(" and").unwrap_or(rest);
        let (number_text, large) = match rest.strip_suffix(['\'', '’', '′']) {
            Some(rest) if signed.is_some() => (rest, units::foot()?),
            _ => {
                let (at, unit) = units::at_end(rest, self.language)?;
                (rest[..at].trim_end_matches(is_gap), unit)
            }
        };
        let ([large_factor], [small_factor]) = (large.factors, small.factors) else { return None };
        let ratio = large_factor / small_factor;
        // Twelve inches, fourteen pounds, sixteen ounces: more of them would be one of the other.
        let is_part = large.dimension == small.dimension
            && !large.metric
            && !small.metric
            && (11.0..17.0).contains(&ratio);
        if !is_part {
            return None;
        }
        let number_at = if whole { self.whole_number(number_text)? } else { self.last_number(number_text)? };
        let larger = self.amount(&number_text[number_at..], false, large)?;
        let mut measure = self.amount(small_number, about(&text[..number_at], self.language), small)?;
        if measure.high > ratio + 1e-9 || larger.low != larger.high {
            return None;
        }
        (measure.low, measure.high) = (measure.low + larger.low * ratio, measure.high + larger.low * ratio);
        measure.digits = None;
        measure.number = base + number_at..base + text.len();
        measure.span = measure.number.clone();
        Some(measure)
    }

    /// Where the number begins that is all of `text`, but for words such as "about".
    fn whole_number(&self, text: &str) -> Option<usize> {
        let mut rest = text.trim_start();
        loop {
            let words = ABOUT[self.language].iter().chain(&["minus", "or", "i.e.", "=", "oder"]);
            let shorter = words
                .filter_map(|word| rest.strip_prefix(word))
                .map(str::trim_start)
                .min_by_key(|rest| rest.len());
            match shorter {
                Some(shorter) => rest = shorter,
                None => break,
            }
        }
        self.is_number(rest).then_some(text.len() - rest.len())
    }

    /// Where the number begins that `text` ends in.
    fn last_number(&self, text: &str) -> Option<usize> {
        /// "two and a half million", "1.5 to 2 million"
        const MOST_WORDS: usize = 5;
        let starts = text.char_indices().rev().filter(|(at, c)| {
            !is_gap(*c)
                && text[..*at].chars().next_back().is_none_or(|before| {
                    before.is_whitespace() || matches!(before, '(' | '"' | '“' | '„' | '~')
                })
        });
        let start =
            starts.take(MOST_WORDS).map(|(at, _)| at).filter(|at| self.is_number(&text[*at..])).last()?;
        self.stands_alone(&text[..start]).then_some(start)
    }

    /// Whether a number that stands after `before` is no part of something longer: "6 feet
    /// 2 inches", "between 5 and 10", "3 by 5 metres", "$5m".
    fn stands_alone(&self, before: &str) -> bool {
        let before = before.trim_end();
        let mut words = before.rsplit(char::is_whitespace);
        let last = words.next().unwrap_or_default();
        let one_before = words.next().unwrap_or_default();
        let is_measure =
            |word: &str| units::at_end(word, self.language).is_some() || word.contains(char::is_numeric);
        if ["and", "to", "or", "und", "bis", "oder", "-", "–", "plus"].contains(&last) {
            return !is_measure(one_before);
        }
        let is_factor = ["by", "x", "×", "mal", "per", "pro"].contains(&last);
        !is_factor && !last.ends_with(['$', '£', '€', '¥']) && !is_measure(last)
    }

    fn is_number(&self, text: &str) -> bool {
        figure::read("", text, self.lang).is_some_and(|figure| figure.span == (0..text.len()))
    }

    fn amount(&self, text: &str, about: bool, unit: &'static Unit) -> Option<Measure> {
        let read = figure::read("", text, self.lang)?;
        let (low, high) = (read.low?, read.high?);
        let about = about || read.about;
        let numerals: Vec<Range<usize>> = numerals(text);
        let off = |bound: f64, numeral: Option<&Range<usize>>| {
            let numeral = numeral.map(|range| &text[range.clone()]);
            let last = match numeral
                .and_then(|numeral| Some((numeral, figure::read("", numeral, self.lang)?.low?)))
            {
                Some((numeral, value)) if value != 0.0 => {
                    unit_of_last(&decimal(numeral, value), (bound / value).abs())
                }
                _ => unit_of_last(&bound.abs().to_string(), 1.0),
            };
            let leeway = if about { bound.abs() * LEEWAY } else { 0.0 };
            leeway.max(last / 2.0)
        };
        let digits = (numerals.len() == 1 && numerals[0] == (0..text.len())).then(|| {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.trim_start_matches('0').trim_end_matches('0').len().max(1) as i32
        });
        Some(Measure {
            span: 0..0,
            number: 0..0,
            low,
            high,
            slack: (off(low, numerals.first()), off(high, numerals.last())),
            digits,
            unit,
        })
    }
}

/// What may stand between a number and its unit.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '‑')
}

/// Whether a text ends in a word of its own.
fn is_last_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(char::is_whitespace))
}

/// Of "half a" and "three quarters of a" what is the number: a unit stands behind.
fn without_article(text: &str) -> &str {
    let bare = [" of a", " of an", " a", " an"].into_iter().find_map(|article| text.strip_suffix(article));
    let is_part = |text: &&str| {
        ["half", "quarter", "quarters", "third", "thirds"].into_iter().any(|part| text.ends_with(part))
    };
    bare.filter(is_part).unwrap_or(text)
}

fn about(before: &str, language: usize) -> bool {
    ABOUT[language].iter().any(|word| without_word(before, word).is_some())
}

/// What stands before `word`, where the text ends in it.
fn without_word<'a>(before: &'a str, word: &str) -> Option<&'a str> {
    let rest = before.trim_end().strip_suffix(word);
    rest.filter(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// The numbers in digits: digits, and what separates them.
fn numerals(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !c.is_numeric() {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next, c)) = chars.peek() {
            let after = text[next + c.len_utf8()..].chars().next();
            let goes_on = c.is_numeric()
                || matches!(c, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}')
                    && after.is_some_and(char::is_numeric);
            if !goes_on {
                break;
            }
            end = next + c.len_utf8();
            chars.next();
        }
        found.push(at..end);
    }
    found
}

/// A number as it was written, with a decimal point and nothing else: zeros behind the point
/// are there, since somebody measured them.
fn decimal(numeral: &str, value: f64) -> String {
    let digits: String = numeral.chars().filter(char::is_ascii_digit).collect();
    let plain = value.abs().to_string();
    let Ok(whole) = digits.parse::<f64>() else { return plain };
    let decimals = (0..digits.len().min(15)).find(|decimals| {
        let scaled = whole / 10f64.powi(*decimals as i32);
        (scaled - value.abs()).abs() <= value.abs() * 1e-9
    });
    match decimals {
        Some(0) | None => plain,
        Some(decimals) => format!("{:.decimals$}", value.abs()),
    }
}
