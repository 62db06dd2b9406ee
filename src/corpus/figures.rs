//! The figures of events: what is kept of each, and a table of them all by event and by what
//! they count, in which a contradiction is found without looking into any article.

mod conflicts;
mod series;
mod table;
mod touched;

pub use conflicts::FigureConflict;
pub use series::{FigureSeries, SeriesFigure};
pub(super) use table::FigureTable;
pub(super) use touched::TouchedFigures;

use std::fmt;

use crate::data::date::Date;
use crate::syntax::figure::unit_of_last;

use super::article::{ArticleFacts, Verdict};

/// A claim that counts something, and of which it can be read how many.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureFacts {
    /// The claim, as an index in [`ArticleFacts::claims`].
    pub claim: u32,
    /// The event, its own or taken over: an index in the file's entity references.
    pub event: Option<u32>,
    /// What is counted, as compared.
    pub what: Box<str>,
    /// The `what` of the whole that it is a part of, as compared.
    pub subset_of: Option<Box<str>>,
    /// What it is counted in, as compared; nothing where it counts people.
    pub unit: Option<Box<str>>,
    /// From where to where it goes.
    pub amount: Amount,
    /// The date of the live page's entry around it.
    pub entry: Option<Date>,
    /// Whether it stands between quotation marks or in a block quote: then it is somebody's,
    /// whether or not it is said whose.
    pub quoted: bool,
}

/// How many: a number or a range, as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The least that it may be; none where that is open.
    pub low: Option<f64>,
    /// The most that it may be; none where that is open.
    pub high: Option<f64>,
    /// Whether it was said that it may be off.
    pub about: bool,
}

/// How far off "about" may be, as a share of the number: as [`crate::syntax::figure`] has it.
const LEEWAY: f64 = 0.1;

/// How far a number that is said to be about right may be from what it was rounded from, as a
/// share of it: "some 30" may be 26, and "about 1 million" is not 600,000.
const MOST_ROUNDED: f64 = 1.0 / 6.0;

/// The same for one that is given as it is: "1.5 million" may be 1,480,000.
const MOST_ROUNDED_SILENTLY: f64 = 0.05;

/// Below it, round numbers are taken to be exact where nothing says otherwise: 30 dead are not
/// 28.
const LEAST_ROUNDED_SILENTLY: f64 = 1000.0;

impl Amount {
    /// The least and the most that may be meant; infinite where it is open.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        let leeway = |bound: f64| if self.about { bound.abs() * LEEWAY } else { 0.0 };
        let low = self.low.map_or(f64::NEG_INFINITY, |low| low - leeway(low));
        (low, self.high.map_or(f64::INFINITY, |high| high + leeway(high)))
    }

    /// Whether all that may be meant lies below all that may be meant by the other, and neither
    /// is what the other is when it is rounded.
    #[must_use]
    pub fn is_below(&self, other: &Amount) -> bool {
        let (Some(high), Some(low)) = (self.high, other.low) else { return false };
        self.range().1 < other.range().0 && low - high > self.rounding(high).max(other.rounding(low))
    }

    /// How far `bound` may be from what it was rounded from: half of its last digit that is not
    /// a zero before the point.
    fn rounding(&self, bound: f64) -> f64 {
        let size = bound.abs();
        let half = unit_of_last(&size.to_string(), 1.0) / 2.0;
        match self.about {
            true => half.max(0.5).min(size * MOST_ROUNDED),
            false if half < 1.0 => half,
            false if size < LEAST_ROUNDED_SILENTLY => 0.5,
            false => half.min(size * MOST_ROUNDED_SILENTLY),
        }
    }

    /// In words, with its unit: "at least 1,500 tonnes", "12%".
    #[must_use]
    pub fn with_unit(&self, unit: Option<&str>) -> String {
        match unit {
            None => self.to_string(),
            Some("%") => format!("{self}%"),
            Some(unit) => format!("{self} {unit}"),
        }
    }
}

/// "28", "20 to 30", "at least 28", "about 1,500".
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = if self.about { "about " } else { "" };
        match (self.low, self.high) {
            (None, None) => f.write_str("any number"),
            (Some(low), None) => write!(f, "at least {about}{}", number(low)),
            (None, Some(high)) => write!(f, "at most {about}{}", number(high)),
            (Some(low), Some(high)) if low == high => write!(f, "{about}{}", number(low)),
            (Some(low), Some(high)) => write!(f, "{about}{} to {}", number(low), number(high)),
        }
    }
}

/// A number with commas between its thousands.
fn number(number: f64) -> String {
    let written = number.to_string();
    let (sign, digits) = match written.strip_prefix('-') {
        Some(digits) => ("−", digits),
        None => ("", &*written),
    };
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(w, d)| (w, Some(d)));
    // Nobody reads three hundred digits.
    if whole.len() > 21 {
        return format!("{number:e}");
    }
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out += decimals;
    }
    out
}

impl ArticleFacts {
    /// Whether the publication does not stand by a claim any more: the desk holds it, or one
    /// around it, to be false, it was withdrawn, or the article was.
    #[must_use]
    pub fn is_void(&self, claim: u32) -> bool {
        self.retracted
            || self
                .with_those_around(claim)
                .any(|(_, claim)| claim.retracted || claim.verdict == Some(Verdict::False))
    }
}

#[cfg(test)]
mod tests {
    use super::Amount;

    #[test]
    fn amounts_read_as_people_write_them() {
        let amount = |low, high, about| Amount { low, high, about }.to_string();
        assert_eq!(amount(Some(28.0), Some(28.0), false), "28");
        assert_eq!(amount(Some(1_500_000.5), None, false), "at least 1,500,000.5");
        assert_eq!(amount(None, Some(-1000.0), true), "at most about −1,000");
        assert_eq!(amount(Some(20.0), Some(30.0), false), "20 to 30");
        assert_eq!(amount(Some(1e300), Some(1e300), true), "about 1e300");
        assert_eq!(amount(None, None, false), "any number");
        assert_eq!(Amount { low: Some(4.0), high: Some(4.0), about: false }.with_unit(Some("%")), "4%");
    }

    #[test]
    fn about_is_a_tenth_either_way() {
        assert_eq!(Amount { low: Some(100.0), high: None, about: true }.range(), (90.0, f64::INFINITY));
        assert_eq!(Amount { low: Some(-10.0), high: Some(10.0), about: true }.range(), (-11.0, 11.0));
    }

    #[test]
    fn rounded_numbers_agree_with_what_they_were_rounded_from() {
        let exactly = |number| Amount { low: Some(number), high: Some(number), about: false };
        let about = |number| Amount { about: true, ..exactly(number) };
        let agree = |one: Amount, other: Amount| !one.is_below(&other) && !other.is_below(&one);
        for (one, other) in [
            (exactly(1.5e6), exactly(1_480_000.0)),
            (about(1.5e6), exactly(1_480_000.0)),
            (about(30.0), exactly(26.0)),
            (about(30.0), exactly(34.0)),
            (exactly(4.0), exactly(3.7)),
            (exactly(12.5), exactly(12.46)),
            (exactly(2000.0), exactly(1950.0)),
            (about(28.0), about(31.0)),
            (about(1.0), exactly(1.0)),
        ] {
            assert!(agree(one, other), "{one} and {other}");
        }
        for (one, other) in [
            (exactly(1.5e6), exactly(1.4e6)),
            (exactly(1.5e6), exactly(1_440_000.0)),
            (exactly(2e6), exactly(1.6e6)),
            (exactly(30.0), exactly(28.0)),
            (about(30.0), exactly(21.0)),
            (about(50.0), exactly(31.0)),
            (about(1e6), exactly(600_000.0)),
            (exactly(2.0), exactly(3.0)),
            (about(30.0), about(40.0)),
            (exactly(12.6), exactly(12.0)),
        ] {
            assert!(!agree(one, other), "{one} and {other}");
        }
        let at_least = Amount { low: Some(1.5e6), high: None, about: false };
        assert!(exactly(1.4e6).is_below(&at_least) && !at_least.is_below(&exactly(1.4e6)));
    }
}
