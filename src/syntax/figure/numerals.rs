//! Numbers in words: English and German.

use super::lex::{Kind, Token};

/// A number in words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Count {
    pub(super) value: f64,
    /// How many tokens it takes.
    pub(super) tokens: usize,
    /// Whether the value is the least that it may be: "hundreds" are two at least, and
    /// nobody knows how many.
    pub(super) open: bool,
    pub(super) about: bool,
    /// The power of ten that its last word is, 0 for others.
    pub(super) magnitude: i32,
}

impl Count {
    fn exactly(value: f64, tokens: usize) -> Count {
        Count { value, tokens, open: false, about: false, magnitude: 0 }
    }

    fn at_least(value: f64, tokens: usize) -> Count {
        Count { open: true, ..Count::exactly(value, tokens) }
    }
}

/// "Several hundred" and "hundreds" are two hundred at least: a plural says no more.
const SEVERAL: f64 = 2.0;

/// For languages whose number words are not read.
pub(super) fn none(_: &[Token], _: bool, _: bool) -> Option<Count> {
    None
}

fn lower<'a>(tokens: &'a [Token], at: usize) -> Option<&'a str> {
    tokens.get(at).filter(|token| token.kind == Kind::Word).map(|token| &*token.lower)
}

/// The word after a token, over a hyphen that joins the two.
fn joined(tokens: &[Token], at: usize) -> usize {
    let hyphen = tokens.get(at).is_some_and(|token| token.glued && matches!(token.raw, "-" | "‑"));
    let word = tokens.get(at + 1).is_some_and(|token| token.glued && token.kind == Kind::Word);
    if hyphen && word { at + 1 } else { at }
}

/// English number words. `between` is set after that word: its "and" is no part of the
/// first number.
pub(super) fn english(tokens: &[Token], between: bool, _alone: bool) -> Option<Count> {
    let first = lower(tokens, 0)?;
    if let Some(least) = english_plural(first) {
        // "Tens of thousands", "hundreds of millions"
        if lower(tokens, 1) == Some("of")
            && let Some(of) = lower(tokens, 2).and_then(english_plural)
            && of > least
        {
            return Some(Count::at_least(SEVERAL * least * of, 3));
        }
        return Some(Count::at_least(SEVERAL * least, 1));
    }
    let scale_at = |at: usize| {
        let at = joined(tokens, at);
        lower(tokens, at).and_then(english_scale).map(|(scale, magnitude)| (scale, magnitude, at + 1))
    };
    let times =
        |value: f64, (scale, magnitude, tokens)| Count { magnitude, ..Count::exactly(value * scale, tokens) };
    let article = matches!(first, "a" | "an");
    match (first, lower(tokens, 1)) {
        ("several", _) => {
            return scale_at(1).map(|(scale, _, taken)| Count::at_least(SEVERAL * scale, taken));
        }
        ("few" | "many", _) => {
            return scale_at(1).map(|(scale, _, taken)| Count::at_least(SEVERAL * scale, taken));
        }
        ("a", Some("few")) => {
            return scale_at(2).map(|(scale, _, taken)| Count::at_least(SEVERAL * scale, taken));
        }
        ("a", Some("couple")) => {
            let after = if lower(tokens, 2) == Some("of") { 3 } else { 2 };
            let count = scale_at(after).map_or(Count::exactly(2.0, 2), |scale| times(2.0, scale));
            return Some(Count { about: true, ..count });
        }
        _ => {}
    }
    // "A quarter of a million"
    let of_a = |part: f64, taken: usize| {
        let is_of = lower(tokens, taken) == Some("of") && lower(tokens, taken + 1) == Some("a");
        let scale = scale_at(taken + 2).filter(|_| is_of);
        scale.map_or(Count::exactly(part, taken), |scale| times(part, scale))
    };
    // Halves: "half", "half a million", "a half-dozen", "a half".
    let half_at = usize::from(article);
    if lower(tokens, half_at) == Some("half") {
        let after = half_at + 1;
        let after = if matches!(lower(tokens, after), Some("a" | "an")) && scale_at(after + 1).is_some() {
            after + 1
        } else {
            after
        };
        return Some(scale_at(after).map_or(Count::exactly(0.5, half_at + 1), |scale| times(0.5, scale)));
    }
    if article {
        if let Some((scale, magnitude, taken)) = scale_at(1) {
            // "A hundred thousand", "a hundred and five"
            return english_sum(tokens, taken, scale, magnitude, between);
        }
        return lower(tokens, 1).and_then(english_part).map(|part| of_a(1.0 / part, 2));
    }
    if let Some(scale) = scale_at(0) {
        // "Hundred" alone: headlines, and "the dozen people".
        return Some(times(1.0, scale));
    }
    let (value, taken) = english_below_a_hundred(tokens, 0)?;
    // "Two thirds", "three-quarters"
    if let Some(part) = lower(tokens, joined(tokens, taken)).and_then(english_parts)
        && (1.0..part).contains(&value)
    {
        return Some(of_a(value / part, joined(tokens, taken) + 1));
    }
    // "Two and a half million"
    if !between
        && lower(tokens, taken) == Some("and")
        && lower(tokens, taken + 1) == Some("a")
        && lower(tokens, taken + 2) == Some("half")
    {
        let value = value + 0.5;
        return Some(
            scale_at(taken + 3).map_or(Count::exactly(value, taken + 3), |scale| times(value, scale)),
        );
    }
    match scale_at(taken) {
        Some((scale, magnitude, taken)) => english_sum(tokens, taken, value * scale, magnitude, between),
        None => Some(Count::exactly(value, taken)),
    }
}

/// The rest of a number whose first part has a scale: "two hundred | and five thousand
/// three hundred".
fn english_sum(tokens: &[Token], taken: usize, value: f64, magnitude: i32, between: bool) -> Option<Count> {
    // What is done, what the next scale applies to, the scale that the next must be below.
    let (mut done, mut group, mut below) = (0.0, value, f64::INFINITY);
    let (mut at, mut last) = (taken, magnitude);
    if magnitude > 2 || magnitude == 0 {
        (done, group) = (value, 0.0);
        // "Two million three hundred thousand", never "two thousand five million"; and
        // "two dozen" is never part of more.
        below = if magnitude == 0 { 0.0 } else { 10_f64.powi(magnitude) };
    }
    // No number has more parts than this.
    for _ in 0..12 {
        if below == 0.0 {
            break;
        }
        let next = joined(tokens, at);
        if let Some((scale, power)) = lower(tokens, next).and_then(english_scale) {
            // "two hundred thousand", "three hundred"
            let applies = group > 0.0 && scale < below && (power > 2 || power == 2 && group < 10.0);
            if !applies {
                break;
            }
            (at, last) = (next + 1, power);
            if power == 2 {
                group *= scale;
            } else {
                done += group * scale;
                (group, below) = (0.0, scale);
            }
            continue;
        }
        let conjunction = !between && lower(tokens, at) == Some("and");
        let from = if conjunction { at + 1 } else { next };
        let Some((small, taken)) = english_below_a_hundred(tokens, from) else { break };
        // "Two hundred five six" are two numbers.
        let room = if group == 0.0 {
            below
        } else if group % 100.0 == 0.0 {
            100.0
        } else {
            0.0
        };
        if small >= room {
            break;
        }
        group += small;
        (at, last) = (taken, 0);
    }
    Some(Count { magnitude: last, ..Count::exactly(done + group, at) })
}

/// "Twenty-eight", "seven", and where the next token is.
fn english_below_a_hundred(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let number = |list: &[&str], at: usize| {
        let word = lower(tokens, at)?;
        list.iter().position(|name| *name == word).map(|number| u32::try_from(number).unwrap_or(0))
    };
    if let Some(tens) = number(&TENS, at) {
        let tens = 20 + 10 * tens;
        let next = joined(tokens, at + 1);
        return match number(&ONES, next) {
            Some(ones @ 1..=9) => Some((f64::from(tens + ones), next + 1)),
            _ => Some((f64::from(tens), at + 1)),
        };
    }
    number(&ONES, at).map(|ones| (f64::from(ones), at + 1))
}

/// What a scale multiplies by, and the power of ten that it is (0 for a dozen).
fn english_scale(word: &str) -> Option<(f64, i32)> {
    Some(match word {
        "dozen" => (12.0, 0),
        "score" => (20.0, 0),
        "hundred" => (1e2, 2),
        "thousand" => (1e3, 3),
        "lakh" => (1e5, 5),
        "million" => (1e6, 6),
        "crore" => (1e7, 7),
        "billion" => (1e9, 9),
        "trillion" => (1e12, 12),
        _ => return None,
    })
}

fn english_plural(word: &str) -> Option<f64> {
    Some(match word {
        "tens" => 10.0,
        "dozens" => 12.0,
        "scores" => 20.0,
        "hundreds" => 1e2,
        "thousands" => 1e3,
        "lakhs" => 1e5,
        "millions" => 1e6,
        "crores" => 1e7,
        "billions" => 1e9,
        "trillions" => 1e12,
        _ => return None,
    })
}

fn english_part(word: &str) -> Option<f64> {
    Some(match word {
        "third" => 3.0,
        "quarter" => 4.0,
        "fifth" => 5.0,
        "tenth" => 10.0,
        _ => return None,
    })
}

fn english_parts(word: &str) -> Option<f64> {
    english_part(word.strip_suffix('s').unwrap_or(word))
}

/// German number words. "Ein" is an article wherever it does not stand `alone`.
pub(super) fn german(tokens: &[Token], _between: bool, alone: bool) -> Option<Count> {
    let first = lower(tokens, 0)?;
    let scale_at = |at: usize| {
        let (scale, magnitude) = german_scale(lower(tokens, at)?)?;
        Some((scale, magnitude, at + 1))
    };
    let times =
        |value: f64, (scale, magnitude, tokens)| Count { magnitude, ..Count::exactly(value * scale, tokens) };
    if let Some(least) = german_plural(first) {
        return Some(Count::at_least(SEVERAL * least, 1));
    }
    let is_article = is_german_one(first);
    let several = if is_article && lower(tokens, 1) == Some("paar") { 2 } else { 1 };
    if several == 2 || matches!(first, "mehrere" | "mehreren" | "einige" | "einigen" | "etliche" | "etlichen")
    {
        return scale_at(several).map(|(scale, _, taken)| Count::at_least(SEVERAL * scale, taken));
    }
    let half_at = usize::from(is_article);
    if matches!(lower(tokens, half_at), Some("halbe" | "halben" | "halbes" | "halber" | "halbem")) {
        return scale_at(half_at + 1).map(|scale| times(0.5, scale));
    }
    if first == "hälfte" {
        return Some(Count::exactly(0.5, 1));
    }
    let value = if is_article { 1.0 } else { german_number(first)? };
    if let Some(part) = lower(tokens, 1).and_then(german_part) {
        return Some(Count::exactly(value / part, 2));
    }
    if let Some(scale) = scale_at(1) {
        let count = times(value, scale);
        // "Zwei Millionen dreihunderttausend"
        let rest = lower(tokens, count.tokens).filter(|word| !is_german_one(word)).and_then(german_number);
        return Some(match rest.filter(|&rest| count.magnitude >= 6 && rest < 1e6) {
            Some(rest) => Count::exactly(count.value + rest, count.tokens + 1),
            None => count,
        });
    }
    (!is_article || alone || first == "eins").then_some(Count::exactly(value, 1))
}

fn is_german_one(word: &str) -> bool {
    matches!(word, "ein" | "eine" | "einen" | "einem" | "einer" | "eines" | "eins")
}

fn german_scale(word: &str) -> Option<(f64, i32)> {
    Some(match word {
        "dutzend" => (12.0, 0),
        "hundert" => (1e2, 2),
        "tausend" => (1e3, 3),
        "million" | "millionen" | "mio" => (1e6, 6),
        "milliarde" | "milliarden" | "mrd" => (1e9, 9),
        "billion" | "billionen" => (1e12, 12),
        _ => return None,
    })
}

fn german_plural(word: &str) -> Option<f64> {
    // Hunderte, Hunderten, Hunderter
    let stem = word.strip_suffix(['n', 'r']).unwrap_or(word);
    Some(match stem {
        "dutzende" => 12.0,
        "hunderte" => 1e2,
        "tausende" => 1e3,
        "zehntausende" => 1e4,
        "hunderttausende" => 1e5,
        "millione" | "abermillione" => 1e6,
        "milliarde" if word.ends_with('n') => 1e9,
        _ => return None,
    })
}

fn german_part(word: &str) -> Option<f64> {
    Some(match word {
        "drittel" => 3.0,
        "viertel" => 4.0,
        "fünftel" => 5.0,
        "zehntel" => 10.0,
        _ => return None,
    })
}

/// A number below a million in one word: `achtundzwanzig`, `dreitausendfünfhundert`,
/// `zweieinhalb`.
fn german_number(word: &str) -> Option<f64> {
    match word {
        "anderthalb" | "eineinhalb" => return Some(1.5),
        "dutzend" => return Some(12.0),
        _ => {}
    }
    if let Some(whole) = word.strip_suffix("einhalb") {
        return german_below_a_thousand(whole).map(|whole| f64::from(whole) + 0.5);
    }
    let (thousands, rest) = match word.split_once("tausend") {
        Some(("", rest)) => (1, rest),
        Some((thousands, rest)) => (german_below_a_thousand(thousands)?, rest),
        None => (0, word),
    };
    let rest = if thousands > 0 { rest.strip_prefix("und").unwrap_or(rest) } else { rest };
    let rest = match rest {
        "" if thousands > 0 => 0,
        rest => german_below_a_thousand(rest)?,
    };
    Some(f64::from(thousands * 1000 + rest))
}

fn german_below_a_thousand(word: &str) -> Option<u32> {
    let (hundreds, rest) = match word.split_once("hundert") {
        Some(("", rest)) => (1, rest),
        // "Zwölfhundert", "neunzehnhundert"
        Some((hundreds, rest)) => {
            (german_below_a_hundred(hundreds).filter(|&hundreds| (1..20).contains(&hundreds))?, rest)
        }
        None => (0, word),
    };
    let rest = if hundreds > 0 { rest.strip_prefix("und").unwrap_or(rest) } else { rest };
    match rest {
        "" if hundreds > 0 => Some(hundreds * 100),
        rest => german_below_a_hundred(rest).map(|rest| hundreds * 100 + rest),
    }
}

fn german_below_a_hundred(word: &str) -> Option<u32> {
    const ONES: [&str; 20] = [
        "null",
        "ein",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
        "dreizehn",
        "vierzehn",
        "fünfzehn",
        "sechzehn",
        "siebzehn",
        "achtzehn",
        "neunzehn",
    ];
    const TENS: [&str; 8] =
        ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
    let number = |list: &[&str], word: &str| {
        list.iter().position(|name| *name == word).and_then(|number| u32::try_from(number).ok())
    };
    let word = match word {
        "eins" => "ein",
        "zwo" => "zwei",
        "dreissig" => "dreißig",
        word => word,
    };
    if let Some(ones) = number(&ONES, word) {
        return Some(ones);
    }
    let (ones, tens) = match word.split_once("und") {
        Some((ones, tens)) => (number(&ONES, ones).filter(|ones| (1..10).contains(ones))?, tens),
        None => (0, word),
    };
    let tens = if tens == "dreissig" { "dreißig" } else { tens };
    number(&TENS, tens).map(|tens| 20 + 10 * tens + ones)
}
