//! Dates as newsrooms have them: EDTF (ISO 8601-2:2019), levels 0 and 1, and of level 2 what
//! news needs: sets, and marks on parts of a date.
//!
//! A date here is never more exact than what was written. Each one stands for the
//! set of instants that it may mean, from [`Date::earliest`] to [`Date::latest`],
//! and comparing two of them has three answers: a rule speaks only on
//! [`Certainty::Yes`], which holds for every reading of both.
//!
//! How wide the set is:
//!
//! * A day, month or year is all of it. `X` digits are all that they could be.
//! * `?` (uncertain) and `~` (approximate) add one unit on either side, `%` (both)
//!   two: a day to a day, a month to a month, a year to a year, ten years to `201X`.
//!   EDTF leaves the amount open; one unit is what "about March" bears in news.
//! * Seasons are EDTF's, which name no hemisphere: "summer 2019" may be northern, or
//!   southern and then begin or end in the neighbouring year.
//! * A time with an offset from UTC is that instant. What has none (days too) is
//!   taken to be of one place with everything else that has none; compared with an
//!   instant it may be anywhere from UTC−12 to UTC+14.
//!
//! * A set, all of which or one of which is meant, reaches from its first to its last.
//! * `?`, `~` and `%` inside a date (`2026-~03-11`, `2026?-03-11`) move its bounds by units
//!   of the part that they stand at.
//!
//! What uses dates sees only the bounds.

mod calendar;
mod parse;
mod set;
#[cfg(test)]
mod tests;
mod words;

use std::fmt;
use std::sync::Arc;

pub use calendar::{Day, Weekday};
pub use parse::DateError;

/// Whether something holds, where what is compared is itself uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// For every reading.
    Yes,
    /// For no reading.
    No,
    /// For some readings and not for others.
    Unknown,
}

impl Certainty {
    /// Whether it holds for every reading.
    #[must_use]
    pub fn is_yes(self) -> bool {
        self == Certainty::Yes
    }
}

/// A date, a time, or a stretch between two, as exact as it was written.
///
/// Equality is of what was written, not of what is meant: `2026?` is not `2026`.
/// Fractions of a second are read and forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    shape: Shape,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Shape {
    Point(Point),
    Interval(End, End),
    /// Shared, since dates are copied to all that they hold for.
    Set(Arc<set::Set>),
}

/// One end of an interval.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum End {
    /// `..`: it goes on for ever.
    Open,
    /// Nothing written: there is an end, and nobody knows it.
    Unknown,
    At(Point),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Point {
    year: Year,
    rest: Rest,
    qualifier: Qualifier,
    marks: Marks,
}

/// Marks inside a date, other than at its end. Those of the parts that it does not have are
/// none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Marks {
    year: Mark,
    month: Mark,
    day: Mark,
}

/// Before a part they mean it alone, behind it also the parts before it, which the bounds do
/// not tell from each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Mark {
    before: Qualifier,
    after: Qualifier,
}

impl Mark {
    fn units(self) -> i64 {
        self.before.units().max(self.after.units())
    }
}

/// What stands after the year.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Rest {
    Nothing,
    Month(Part),
    Season(u8),
    Day(Part, Part),
    Time(u8, u8, Time),
}

/// Sign and size are apart because `-000X` is not `000X`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Year {
    negative: bool,
    /// With the `X` digits as 0; at most [`Year::MOST`].
    size: i64,
    /// How many digits at the end are `X`, 0 to 4.
    unspecified: u8,
}

impl Year {
    /// Eleven digits: seconds since 1970 of such a year fit into an `i64`.
    const MOST: i64 = 99_999_999_999;

    /// The years that it may be.
    fn range(self) -> (i64, i64) {
        let spread = self.unit() - 1;
        if self.negative { (-(self.size + spread), -self.size) } else { (self.size, self.size + spread) }
    }

    /// How many years it leaves open.
    fn unit(self) -> i64 {
        10_i64.pow(u32::from(self.unspecified.min(4)))
    }
}

/// A month or a day of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Known(u8),
    /// `XX`
    Unspecified,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Qualifier {
    #[default]
    None,
    Uncertain,
    Approximate,
    Both,
}

impl Qualifier {
    /// How many units the bounds move outwards.
    fn units(self) -> i64 {
        match self {
            Qualifier::None => 0,
            Qualifier::Uncertain | Qualifier::Approximate => 1,
            Qualifier::Both => 2,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Time {
    /// 24 only as 24:00, the day's end.
    hour: u8,
    minute: u8,
    /// 60 is a leap second.
    second: Option<u8>,
    zone: Zone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Zone {
    Unsaid,
    Utc,
    /// Minutes east of UTC.
    Offset(i16),
}

/// Seconds since 1970 began: in UTC if `anchored`, else on the clock of wherever
/// the date was written.
#[derive(Clone, Copy, Debug)]
struct Bound {
    second: i64,
    anchored: bool,
}

const SECONDS_A_DAY: i64 = 86_400;
/// Clocks are at most this far behind UTC (Baker Island) …
const FURTHEST_BEHIND: i64 = 12 * 3600;
/// … and this far ahead of it (the Line Islands).
const FURTHEST_AHEAD: i64 = 14 * 3600;

impl Date {
    /// Reads an EDTF date of level 0 or 1, a set of such dates, or one with marks inside.
    ///
    /// # Errors
    /// Says what is wrong in words for the person who wrote it.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        parse::edtf(text)
    }

    /// Reads an EDTF date, or one as content systems write them into front matter:
    /// `2019-03-26 12:38:00 -0500`, `2019-03-26 12:38`, `2019/3/26`, `20190326`.
    /// Never what isn't in the order year, month, day.
    ///
    /// # Errors
    /// As [`Date::parse`].
    pub fn parse_lenient(text: &str) -> Result<Date, DateError> {
        parse::lenient(text)
    }

    /// A date out of its numbers, as CSL-JSON has them in `date-parts`. A month of 21
    /// to 24 is a season.
    ///
    /// # Errors
    /// When there is no such month or day, a day without a month, or a month of a year of more
    /// than four digits.
    pub fn from_parts(year: i64, month: Option<u8>, day: Option<u8>) -> Result<Date, DateError> {
        parse::from_parts(year, month, day)
    }

    /// The stretch from the start of `self` to the end of `end`.
    ///
    /// # Errors
    /// When `end` lies before `self`, or one of them is a stretch already.
    pub fn until(&self, end: &Date) -> Result<Date, DateError> {
        parse::interval(self, end)
    }

    /// The first day that it may mean, on the calendar of the place it was written in;
    /// none where the beginning is open or unknown.
    #[must_use]
    pub fn earliest(&self) -> Option<Day> {
        self.first_point().map(|point| Day(point.days().0))
    }

    /// The last day that it may mean; none where the end is open or unknown.
    #[must_use]
    pub fn latest(&self) -> Option<Day> {
        self.last_point().map(|point| Day(point.days().1))
    }

    /// The first second that it may mean, counted from the beginning of 1970: in UTC
    /// where [`Date::has_offset`], else on the local clock.
    #[must_use]
    pub fn earliest_second(&self) -> Option<i64> {
        self.first_bound().map(|bound| bound.second)
    }

    /// The last second that it may mean, counted like [`Date::earliest_second`].
    #[must_use]
    pub fn latest_second(&self) -> Option<i64> {
        self.last_bound().map(|bound| bound.second)
    }

    /// Whether all of `self` lies before all of `other`.
    #[must_use]
    pub fn is_before(&self, other: &Date) -> Certainty {
        if let (Some(end), Some(start)) = (self.last_bound(), other.first_bound()) {
            let (start, end) = aligned(start, end);
            if end < start {
                return Certainty::Yes;
            }
        }
        if let (Some(start), Some(end)) = (self.first_bound(), other.last_bound()) {
            let (start, end) = aligned(start, end);
            if start >= end {
                return Certainty::No;
            }
        }
        Certainty::Unknown
    }

    /// Whether all of `self` lies after all of `other`.
    #[must_use]
    pub fn is_after(&self, other: &Date) -> Certainty {
        other.is_before(self)
    }

    /// The one day that it is: none for months, years, stretches and whatever is
    /// uncertain.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        let Shape::Point(point) = &self.shape else { return None };
        let (first, last) = point.days();
        let is_certain = point.qualifier == Qualifier::None && point.marks == Marks::default();
        (first == last && is_certain).then_some(Day(first))
    }

    /// The weekday of that one day.
    #[must_use]
    pub fn weekday(&self) -> Option<Weekday> {
        self.day().map(Day::weekday)
    }

    /// Whether it has a beginning and an end of its own, written with `/`.
    #[must_use]
    pub fn is_interval(&self) -> bool {
        matches!(self.shape, Shape::Interval(..))
    }

    /// Whether a time of day is given (of either end).
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.points().any(|point| matches!(point.rest, Rest::Time(..)))
    }

    /// Whether an offset from UTC is given (for either end).
    #[must_use]
    pub fn has_offset(&self) -> bool {
        self.points().any(Point::anchored)
    }

    fn points(&self) -> impl Iterator<Item = &Point> {
        let (first, second) = match &self.shape {
            Shape::Point(point) => (Some(point), None),
            Shape::Interval(start, end) => (start.point(), end.point()),
            // None of them has a time.
            Shape::Set(_) => (None, None),
        };
        first.into_iter().chain(second)
    }

    fn first_point(&self) -> Option<&Point> {
        match &self.shape {
            Shape::Point(point) => Some(point),
            Shape::Interval(start, _) => start.point(),
            Shape::Set(set) => set.first(),
        }
    }

    fn last_point(&self) -> Option<&Point> {
        match &self.shape {
            Shape::Point(point) => Some(point),
            Shape::Interval(_, end) => end.point(),
            Shape::Set(set) => set.last(),
        }
    }

    fn first_bound(&self) -> Option<Bound> {
        self.first_point().map(|point| point.bounds().0)
    }

    fn last_bound(&self) -> Option<Bound> {
        self.last_point().map(|point| point.bounds().1)
    }
}

impl End {
    fn point(&self) -> Option<&Point> {
        match self {
            End::At(point) => Some(point),
            End::Open | End::Unknown => None,
        }
    }
}

impl Point {
    /// The first and the last day that it may mean, counted from 1970-01-01.
    fn days(&self) -> (i64, i64) {
        let outwards = self.qualifier.units();
        let (first_year, last_year) = self.year.range();
        let marked = 12 * self.marks.year.units() + self.marks.month.units();
        let months = |first: i64, last: i64, unit: i64| {
            let outwards = (outwards * unit).max(marked);
            let (first, last) = (first - outwards, last + outwards);
            (calendar::first_day_of(first), calendar::first_day_of(last + 1) - 1)
        };
        let (january, december) = (first_year * 12, last_year * 12 + 11);
        match self.rest {
            // Where the year has an `X`, the parser takes no month but `XX`.
            Rest::Nothing | Rest::Month(Part::Unspecified) | Rest::Day(Part::Unspecified, _) => {
                months(january, december, 12 * self.year.unit())
            }
            Rest::Month(Part::Known(month)) | Rest::Day(Part::Known(month), Part::Unspecified) => {
                let month = january + i64::from(month) - 1;
                months(month, month, 1)
            }
            // Spring and autumn lie within the year on either hemisphere; summer and
            // winter, somewhere, run over its beginning or its end.
            Rest::Season(21 | 23) => months(january + 2, january + 11, 3),
            Rest::Season(_) => months(january - 1, december + 3, 3),
            Rest::Day(Part::Known(month), Part::Known(day)) => {
                let outwards = outwards.max(self.marks.day.units());
                let month = january + i64::from(month) - 1;
                let (first, last) =
                    (calendar::day_in(month - marked, day), calendar::day_in(month + marked, day));
                (first - outwards, last + outwards)
            }
            Rest::Time(month, day, _) => {
                let day = calendar::days_from_civil(first_year, month, day);
                (day, day)
            }
        }
    }

    fn bounds(&self) -> (Bound, Bound) {
        let (first, last) = self.days();
        let anchored = self.anchored();
        let bound = |second| Bound { second, anchored };
        let Rest::Time(_, _, time) = self.rest else {
            return (bound(first * SECONDS_A_DAY), bound(last * SECONDS_A_DAY + SECONDS_A_DAY - 1));
        };
        let offset = match time.zone {
            Zone::Unsaid | Zone::Utc => 0,
            Zone::Offset(minutes) => i64::from(minutes) * 60,
        };
        let minute =
            first * SECONDS_A_DAY + i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 - offset;
        match time.second {
            Some(second) => (bound(minute + i64::from(second)), bound(minute + i64::from(second))),
            None => (bound(minute), bound(minute + 59)),
        }
    }

    fn anchored(&self) -> bool {
        matches!(self.rest, Rest::Time(_, _, Time { zone: Zone::Utc | Zone::Offset(_), .. }))
    }
}

/// The first second of one date and the last of another on one time line: where only
/// one has an offset, the other may have been written anywhere on earth.
fn aligned(first: Bound, last: Bound) -> (i64, i64) {
    let first_at = if last.anchored && !first.anchored { FURTHEST_AHEAD } else { 0 };
    let last_at = if first.anchored && !last.anchored { FURTHEST_BEHIND } else { 0 };
    (first.second - first_at, last.second + last_at)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.shape {
            Shape::Point(point) => point.fmt(f),
            Shape::Interval(start, end) => write!(f, "{start}/{end}"),
            Shape::Set(set) => set.fmt(f),
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Open => f.write_str(".."),
            End::Unknown => Ok(()),
            End::At(point) => point.fmt(f),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Marks { year, month: month_mark, day: day_mark } = self.marks;
        let marked = |f: &mut fmt::Formatter<'_>, mark: Mark, part: &dyn fmt::Display| {
            write!(f, "{}{part}{}", mark.before, mark.after)
        };
        marked(f, year, &self.year)?;
        match self.rest {
            Rest::Nothing => {}
            Rest::Season(season) => write!(f, "-{season}")?,
            Rest::Time(month, day, time) => write!(f, "-{month:02}-{day:02}T{time}")?,
            Rest::Month(month) => {
                f.write_str("-")?;
                marked(f, month_mark, &month)?;
            }
            Rest::Day(month, day) => {
                f.write_str("-")?;
                marked(f, month_mark, &month)?;
                f.write_str("-")?;
                marked(f, day_mark, &day)?;
            }
        }
        self.qualifier.fmt(f)
    }
}

impl fmt::Display for Qualifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Qualifier::None => "",
            Qualifier::Uncertain => "?",
            Qualifier::Approximate => "~",
            Qualifier::Both => "%",
        })
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let long = if self.size > 9999 { "Y" } else { "" };
        let sign = if self.negative { "-" } else { "" };
        let digits = format!("{:04}", self.size);
        let unspecified = usize::from(self.unspecified);
        let known = &digits[..digits.len().saturating_sub(unspecified)];
        write!(f, "{long}{sign}{known}{}", "X".repeat(unspecified))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Known(number) => write!(f, "{number:02}"),
            Part::Unspecified => f.write_str("XX"),
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        match self.zone {
            Zone::Unsaid => Ok(()),
            Zone::Utc => f.write_str("Z"),
            Zone::Offset(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}
