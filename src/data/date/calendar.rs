//! The Gregorian calendar, carried on backwards before its time as ISO 8601 has it:
//! days as numbers, and their weekdays.
//!
//! Own arithmetic, because the years of EDTF go past those of calendar libraries; a
//! test compares the two where both have a say.

use std::fmt;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub(super) i64);

impl Day {
    /// The day of that year, month and day of the month, if there is one.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let year = i64::from(year);
        let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        exists.then(|| Day(days_from_civil(year, month, day)))
    }

    /// Days since 1970-01-01; negative before it.
    #[must_use]
    pub fn number(self) -> i64 {
        self.0
    }

    /// How many days lie from `earlier` to this one; negative the other way round.
    #[must_use]
    pub fn days_since(self, earlier: Day) -> i64 {
        self.0 - earlier.0
    }

    /// The day so many days later; earlier where they are negative.
    #[must_use]
    pub fn plus(self, days: i64) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// Its year, month and day of the month.
    #[must_use]
    pub fn civil(self) -> (i64, u8, u8) {
        civil_from_days(self.0)
    }

    /// Its weekday.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        match (self.0 + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        let sign = if year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weekday {
    /// Monday
    Monday,
    /// Tuesday
    Tuesday,
    /// Wednesday
    Wednesday,
    /// Thursday
    Thursday,
    /// Friday
    Friday,
    /// Saturday
    Saturday,
    /// Sunday
    Sunday,
}

impl Weekday {
    /// All of them, from Monday on.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Its English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        }
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The English name of a month, 1 to 12.
pub(super) fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("that month")
}

/// How many days the month has; 0 where there is no such month.
pub(super) fn days_in_month(year: i64, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// The first day of a month, the months counted from January of the year 0.
pub(super) fn first_day_of(months: i64) -> i64 {
    let month = u8::try_from(months.rem_euclid(12)).unwrap_or(0) + 1;
    days_from_civil(months.div_euclid(12), month, 1)
}

/// That day of a month, the months counted from January of the year 0; the last one where it
/// has fewer.
pub(super) fn day_in(months: i64, day: u8) -> i64 {
    let (first, next) = (first_day_of(months), first_day_of(months + 1));
    (first + i64::from(day) - 1).min(next - 1)
}

// Both ways between days and dates count in eras of 400 years that begin in March,
// so that the leap day is the last of its year (Howard Hinnant, "chrono-Compatible
// Low-Level Date Algorithms").
const DAYS_AN_ERA: i64 = 146_097;
const FROM_ERA_0_TO_1970: i64 = 719_468;

pub(super) fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_AN_ERA + day_of_era - FROM_ERA_0_TO_1970
}

fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let days = days + FROM_ERA_0_TO_1970;
    let (era, day_of_era) = (days.div_euclid(DAYS_AN_ERA), days.rem_euclid(DAYS_AN_ERA));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let narrow = |number: i64| u8::try_from(number).unwrap_or(1);
    (year, narrow(month), narrow(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_calendar_library() {
        let mut date = jiff::civil::date(-400, 1, 1);
        let epoch = jiff::civil::date(1970, 1, 1);
        while date.year() < 2500 {
            let (year, month, day) = (date.year(), date.month() as u8, date.day() as u8);
            let ours = Day::new(i32::from(year), month, day).expect("a date of the library's");
            let theirs = (date - epoch).get_days();
            assert_eq!(ours.number(), i64::from(theirs), "{date}");
            assert_eq!(ours.civil(), (i64::from(year), month, day));
            assert_eq!(ours.weekday() as i8, date.weekday().to_monday_zero_offset(), "{date}");
            assert_eq!(i64::from(days_in_month(i64::from(year), month)), i64::from(date.days_in_month()));
            date = date.checked_add(jiff::Span::new().days(13)).expect("in range");
        }
    }

    #[test]
    fn days_that_are_none() {
        assert_eq!(Day::new(2026, 2, 29), None);
        assert_eq!(Day::new(2026, 13, 1), None);
        assert_eq!(Day::new(2026, 0, 1), None);
        assert_eq!(Day::new(2026, 1, 0), None);
        assert_eq!(Day::new(2016, 8, 3).map(|day| day.weekday()), Some(Weekday::Wednesday));
        assert_eq!(Day::new(-44, 3, 15).map(|day| day.to_string()), Some("-0044-03-15".to_owned()));
    }
}
