//! From text to dates, strictly and leniently, with errors in a reporter's words.

use std::fmt;
use std::sync::Arc;

use super::set::Set;
use super::{Date, End, Mark, Marks, Part, Point, Qualifier, Rest, Shape, Time, Year, Zone, calendar};

/// Why a text is no date. Its words are a sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateError {
    /// Nothing there.
    Missing,
    /// Nothing like an EDTF date.
    Shape(String),
    /// Right but for dashes in the place of hyphens.
    Dashes(String),
    /// A day that is plain but not written as EDTF has it; holds it as it should be.
    Unusual(String),
    /// No such month: the date as written up to there, and the month.
    Month(String, u8),
    /// No such day: year, month and day.
    Day(i64, u8, u8),
    /// No such time of day.
    Time(String),
    /// An offset from UTC that no place has.
    Offset(String),
    /// `X` before a digit: what is unspecified must come last.
    UnspecifiedBefore(String),
    /// `?`, `~` or `%` on a time of day.
    QualifiedTime(String),
    /// A year that `Y` is wrong for, or that is too long.
    LongYear(String),
    /// An interval without a date.
    OpenOnBothSides,
    /// An interval, or a range in a set, that ends before it starts.
    Backwards(String, String),
    /// A set of more dates than that.
    LongSet(usize),
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateError::Missing => f.write_str("a date is missing here; write dates as 2026-03-11"),
            DateError::Shape(text) => write!(f, "`{text}` is no date; write dates as 2026-03-11"),
            DateError::Dashes(text) => {
                write!(f, "`{text}` has dashes; write dates with hyphens, as 2026-03-11")
            }
            DateError::Unusual(right) => write!(f, "write this date as {right}"),
            DateError::Month(text, month) => write!(f, "{text} has no month {month}"),
            DateError::Day(year, 2, 29) => write!(f, "there is no 29 February in {year}"),
            DateError::Day(_, month, day) => write!(f, "there is no {day} {}", calendar::month_name(*month)),
            DateError::Time(text) => {
                write!(f, "`{text}` is no time of day; write times as 14:05 or 14:05:30")
            }
            DateError::Offset(text) => {
                write!(f, "`{text}` is no offset from UTC; write offsets as Z, +01:00 or -05:00")
            }
            DateError::UnspecifiedBefore(text) => {
                write!(
                    f,
                    "in `{text}` an X stands before digits; only the last digits may be X, as in 2026-03-XX"
                )
            }
            DateError::QualifiedTime(text) => {
                write!(
                    f,
                    "in `{text}` a time of day is marked as uncertain; only dates can be, as in 2026-03-11?"
                )
            }
            DateError::LongYear(text) => {
                write!(f, "in `{text}` the year is wrong; Y stands before years of five to eleven digits")
            }
            DateError::OpenOnBothSides => {
                f.write_str("an interval needs a date at one end, as in 2026-03-11/..")
            }
            DateError::LongSet(most) => write!(f, "a set has at most {most} dates"),
            DateError::Backwards(start, end) => {
                write!(f, "the interval ends ({end}) before it starts ({start})")
            }
        }
    }
}

impl std::error::Error for DateError {}

/// What is quoted of a text that is no date: front matter may hold anything there.
fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

pub(super) fn no_date(text: &str) -> DateError {
    DateError::Shape(quoted(text))
}

pub(super) fn edtf(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Missing);
    }
    strict(text).map_err(|error| match error {
        DateError::Shape(_) => better_reason(text).unwrap_or(error),
        other => other,
    })
}

fn strict(text: &str) -> Result<Date, DateError> {
    if let Some(set) = Set::parse(text) {
        return set.map(|set| Date { shape: Shape::Set(Arc::new(set)) });
    }
    let Some((start, end)) = text.split_once('/') else {
        return point(text).map(|point| Date { shape: Shape::Point(point) });
    };
    if end.contains('/') {
        return Err(no_date(text));
    }
    let parse_end = |text: &str| match text {
        "" => Ok(End::Unknown),
        ".." => Ok(End::Open),
        text => point(text).map(End::At),
    };
    between(parse_end(start)?, parse_end(end)?)
}

/// What is wrong with a text that is nearly a date.
fn better_reason(text: &str) -> Option<DateError> {
    let is_dash = |c: char| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}');
    if text.contains(is_dash) {
        let hyphens: String = text.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
        return strict(&hyphens).is_ok().then(|| DateError::Dashes(quoted(text)));
    }
    match loose_day(text)? {
        Ok((year, month, day)) => Some(DateError::Unusual(format!("{year:04}-{month:02}-{day:02}"))),
        Err(error) => Some(error),
    }
}

fn between(start: End, end: End) -> Result<Date, DateError> {
    if let (End::At(from), End::At(to)) = (&start, &end) {
        // What is uncertain may be moved; only what cannot be is wrong.
        let (first, last) = super::aligned(from.bounds().0, to.bounds().1);
        if first > last {
            return Err(DateError::Backwards(from.to_string(), to.to_string()));
        }
    }
    if start.point().is_none() && end.point().is_none() {
        return Err(DateError::OpenOnBothSides);
    }
    Ok(Date { shape: Shape::Interval(start, end) })
}

pub(super) fn interval(start: &Date, end: &Date) -> Result<Date, DateError> {
    match (&start.shape, &end.shape) {
        (Shape::Point(from), Shape::Point(to)) => between(End::At(from.clone()), End::At(to.clone())),
        _ => Err(no_date(&format!("{start}/{end}"))),
    }
}

pub(super) fn from_parts(year: i64, month: Option<u8>, day: Option<u8>) -> Result<Date, DateError> {
    let text = year.to_string();
    // A long year stands alone.
    let most = if month.is_some() { 9999 } else { Year::MOST };
    if year.unsigned_abs() > most.unsigned_abs() {
        return Err(DateError::LongYear(text));
    }
    let year = Year { negative: year < 0, size: year.abs(), unspecified: 0 };
    let rest = match (month, day) {
        (None, None) => Rest::Nothing,
        (None, Some(_)) => return Err(no_date(&text)),
        (Some(season @ 21..=24), None) => Rest::Season(season),
        (Some(month), None) => Rest::Month(known_month(year, month)?),
        (Some(month), Some(day)) => {
            let (month, day) = known_day(year, month, day)?;
            Rest::Day(Part::Known(month), Part::Known(day))
        }
    };
    Ok(Date {
        shape: Shape::Point(Point { year, rest, qualifier: Qualifier::None, marks: Marks::default() }),
    })
}

fn known_month(year: Year, month: u8) -> Result<Part, DateError> {
    match month {
        1..=12 => Ok(Part::Known(month)),
        _ => Err(DateError::Month(format!("{year}-{month:02}"), month)),
    }
}

fn known_day(year: Year, month: u8, day: u8) -> Result<(u8, u8), DateError> {
    known_month(year, month)?;
    let (first, _) = year.range();
    if (1..=calendar::days_in_month(first, month)).contains(&day) {
        Ok((month, day))
    } else {
        Err(DateError::Day(first, month, day))
    }
}

pub(super) fn point(text: &str) -> Result<Point, DateError> {
    let (bare, qualifier) = match text.as_bytes().last().and_then(|byte| mark(*byte)) {
        Some(qualifier) => (&text[..text.len() - 1], qualifier),
        None => (text, Qualifier::None),
    };
    if let Some(long) = bare.strip_prefix('Y') {
        return long_year(text, long).map(|year| Point {
            year,
            rest: Rest::Nothing,
            qualifier,
            marks: Marks::default(),
        });
    }
    let (date, time) = match bare.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (bare, None),
    };
    let (negative, digits) = match date.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, date),
    };
    let mut marks = Marks::default();
    let mut parts = digits.split('-');
    let mut part = |mark: &mut Mark| {
        let (part, found) = unmarked(parts.next()?);
        *mark = found;
        Some(part)
    };
    let year = part(&mut marks.year).and_then(|digits| four_digits(negative, digits));
    let year = year.ok_or_else(|| no_date(text))?;
    let number = |digits: &str| two_digits(digits).ok_or_else(|| no_date(text));
    let month = part(&mut marks.month).map(number).transpose()?;
    let day = part(&mut marks.day).map(number).transpose()?;
    if parts.next().is_some() {
        return Err(no_date(text));
    }
    // At the end of the whole there is one mark, which was taken off.
    let last = match (month, day) {
        (None, _) => marks.year,
        (_, None) => marks.month,
        _ => marks.day,
    };
    let marked = marks != Marks::default();
    if last.after != Qualifier::None || marked && negative {
        return Err(no_date(text));
    }
    let after_an_x = (year.unspecified > 0 && matches!(month, Some(Part::Known(_))))
        || (matches!(month, Some(Part::Unspecified)) || year.unspecified > 0)
            && matches!(day, Some(Part::Known(_)));
    if after_an_x {
        return Err(DateError::UnspecifiedBefore(quoted(text)));
    }
    let rest = match (month, day, time) {
        (None, _, None) => Rest::Nothing,
        (Some(Part::Known(season @ 21..=24)), None, None) if !marked => Rest::Season(season),
        (Some(Part::Known(month)), None, None) => Rest::Month(known_month(year, month)?),
        (Some(Part::Unspecified), None, None) => Rest::Month(Part::Unspecified),
        (Some(Part::Unspecified), Some(_), None) => Rest::Day(Part::Unspecified, Part::Unspecified),
        (Some(Part::Known(month)), Some(Part::Unspecified), None) => {
            Rest::Day(known_month(year, month)?, Part::Unspecified)
        }
        (Some(Part::Known(month)), Some(Part::Known(day)), None) => {
            let (month, day) = known_day(year, month, day)?;
            Rest::Day(Part::Known(month), Part::Known(day))
        }
        (Some(Part::Known(month)), Some(Part::Known(day)), Some(time)) => {
            let (month, day) = known_day(year, month, day)?;
            let time = clock(time, Strictness::Edtf)?;
            if qualifier != Qualifier::None || marked {
                return Err(DateError::QualifiedTime(quoted(text)));
            }
            Rest::Time(month, day, time)
        }
        _ => return Err(no_date(text)),
    };
    Ok(Point { year, rest, qualifier, marks })
}

fn mark(byte: u8) -> Option<Qualifier> {
    match byte {
        b'?' => Some(Qualifier::Uncertain),
        b'~' => Some(Qualifier::Approximate),
        b'%' => Some(Qualifier::Both),
        _ => None,
    }
}

/// A part of a date without the marks before and behind it.
fn unmarked(part: &str) -> (&str, Mark) {
    let before = part.as_bytes().first().and_then(|byte| mark(*byte));
    let part = if before.is_some() { &part[1..] } else { part };
    let after = part.as_bytes().last().and_then(|byte| mark(*byte));
    let part = if after.is_some() { &part[..part.len() - 1] } else { part };
    (part, Mark { before: before.unwrap_or_default(), after: after.unwrap_or_default() })
}

fn long_year(text: &str, digits: &str) -> Result<Year, DateError> {
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, digits),
    };
    let wrong = || DateError::LongYear(quoted(text));
    if digits.len() > 11 || digits.starts_with('0') {
        return Err(wrong());
    }
    let size = number(digits).ok_or_else(|| no_date(text))?;
    if size <= 9999 || size > Year::MOST { Err(wrong()) } else { Ok(Year { negative, size, unspecified: 0 }) }
}

fn four_digits(negative: bool, text: &str) -> Option<Year> {
    if text.len() != 4 {
        return None;
    }
    let known = text.trim_end_matches('X');
    let unspecified = u8::try_from(text.len() - known.len()).ok()?;
    let known = if known.is_empty() { 0 } else { number(known)? };
    let size = known * 10_i64.pow(u32::from(unspecified));
    // There is a year 0, and one of it.
    if negative && size == 0 && unspecified == 0 {
        return None;
    }
    Some(Year { negative, size, unspecified })
}

fn two_digits(text: &str) -> Option<Part> {
    if text == "XX" {
        return Some(Part::Unspecified);
    }
    (text.len() == 2)
        .then(|| number(text))
        .flatten()
        .and_then(|number| u8::try_from(number).ok())
        .map(Part::Known)
}

/// ASCII digits as a number: nothing else, no sign.
fn number(text: &str) -> Option<i64> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    Edtf,
    /// As content systems write it: `9:05`, `12:38:00 -0500`, `… UTC`.
    Lenient,
}

fn clock(text: &str, strictness: Strictness) -> Result<Time, DateError> {
    let wrong = || DateError::Time(quoted(text));
    let zone_at =
        text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(text.len());
    let (clock, zone_text) = text.split_at(zone_at);
    let mut parts = clock.split(':');
    let mut next = |most: i64, narrow: bool| -> Result<Option<u8>, DateError> {
        let Some(digits) = parts.next() else { return Ok(None) };
        let right_length =
            digits.len() == 2 || narrow && strictness == Strictness::Lenient && digits.len() == 1;
        match number(digits).filter(|&number| right_length && number <= most) {
            Some(number) => Ok(u8::try_from(number).ok()),
            None => Err(wrong()),
        }
    };
    let hour = next(24, true)?.ok_or_else(wrong)?;
    let minute = next(59, false)?.ok_or_else(wrong)?;
    let second = match parts.next() {
        None => None,
        Some(seconds) => {
            let whole = match seconds.split_once(['.', ',']) {
                Some((whole, fraction))
                    if !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit()) =>
                {
                    whole
                }
                Some(_) => return Err(wrong()),
                None => seconds,
            };
            let second =
                number(whole).filter(|&number| whole.len() == 2 && number <= 60).ok_or_else(wrong)?;
            u8::try_from(second).ok()
        }
    };
    if parts.next().is_some() || hour == 24 && (minute > 0 || second.is_some_and(|second| second > 0)) {
        return Err(wrong());
    }
    Ok(Time { hour, minute, second, zone: zone(zone_text, strictness)? })
}

fn zone(text: &str, strictness: Strictness) -> Result<Zone, DateError> {
    let wrong = || DateError::Offset(quoted(text.trim()));
    let mut offset = text;
    if strictness == Strictness::Lenient {
        offset = offset.trim();
        // Go writes `+0000 UTC` and `-0500 EST`; the number says it all.
        if offset.starts_with(['+', '-'])
            && let Some((number, name)) = offset.split_once(' ')
            && name.bytes().all(|byte| byte.is_ascii_uppercase())
        {
            offset = number;
        }
        if matches!(offset, "z" | "UTC" | "GMT") {
            return Ok(Zone::Utc);
        }
    }
    if offset.is_empty() {
        return Ok(Zone::Unsaid);
    }
    if offset == "Z" {
        return Ok(Zone::Utc);
    }
    let (east, digits) = match (offset.strip_prefix('+'), offset.strip_prefix('-')) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return Err(wrong()),
    };
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some((hours, minutes)), _) if minutes.len() == 2 => (hours, minutes),
        (None, 4) if strictness == Strictness::Lenient && digits.is_ascii() => digits.split_at(2),
        (None, _) => (digits, "00"),
        _ => return Err(wrong()),
    };
    let right_length = hours.len() == 2 || strictness == Strictness::Lenient && hours.len() == 1;
    match (number(hours), number(minutes)) {
        // No place has ever been 16 hours off.
        (Some(hours @ 0..=15), Some(minutes @ 0..=59)) if right_length => i16::try_from(hours * 60 + minutes)
            .map(|minutes| Zone::Offset(east * minutes))
            .map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

pub(super) fn lenient(text: &str) -> Result<Date, DateError> {
    let error = match edtf(text) {
        Ok(date) => return Ok(date),
        Err(error) => error,
    };
    let text = text.trim();
    let (day, time) = match text.split_once(|c: char| matches!(c, 'T' | 't') || c.is_whitespace()) {
        Some((day, time)) => (day, Some(time.trim())),
        None => (text, None),
    };
    let (year, month, day) = match loose_day(day) {
        Some(day) => day?,
        None => return Err(error),
    };
    let year = Year { negative: false, size: year, unspecified: 0 };
    let rest = match time {
        Some(time) => Rest::Time(month, day, clock(time, Strictness::Lenient)?),
        None => Rest::Day(Part::Known(month), Part::Known(day)),
    };
    Ok(Date {
        shape: Shape::Point(Point { year, rest, qualifier: Qualifier::None, marks: Marks::default() }),
    })
}

/// Year, month and day with any of the usual separators and lengths; none where the
/// text has another shape.
fn loose_day(text: &str) -> Option<Result<(i64, u8, u8), DateError>> {
    let (year, month, day) = if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        (&text[..4], &text[4..6], &text[6..])
    } else {
        let separator = if text.contains('/') { '/' } else { '-' };
        let mut parts = text.split(separator);
        let parts = (parts.next()?, parts.next()?, parts.next()?, parts.next());
        let (year, month, day, None) = parts else { return None };
        (year, month, day)
    };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let checked = known_day(Year { negative: false, size: year, unspecified: 0 }, month, day);
    Some(checked.map(|(month, day)| (year, month, day)))
}
