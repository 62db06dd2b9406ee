//! Dates as prose has them, which mean a day only with the article's own: "on Wednesday",
//! "last Thursday", "yesterday", "14 February", "last month", "two days earlier".
//!
//! English and German. What is read stands for every day that it may mean: "on Wednesday"
//! is the one before the article or the one after it, "last Wednesday" that of this week or
//! of the last. What goes on as something else ("3–5 August", "Wednesday's paper") is no date.

mod words;

use std::ops::Range;

use crate::data::date::{Date, Day, Weekday};

use super::words as calendar_words;
use super::{Cursor, Form};

/// A date as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidDate {
    /// Its bytes in the text, without a preposition before it.
    pub span: Range<usize>,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// "14 February 2023"
    Day(Day),
    /// "14 February": month and day.
    DayOfYear(u8, u8),
    Weekday(Weekday, Which),
    /// So many days from the article's.
    Days(i64),
    Week(Which),
    Month(Which),
    Year(Which),
    /// So many days from the day that was spoken of before.
    DaysFromThen(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Unsaid,
    Last,
    This,
    Next,
}

impl Which {
    fn steps(self) -> i64 {
        match self {
            Which::Last => -1,
            Which::Unsaid | Which::This => 0,
            Which::Next => 1,
        }
    }
}

/// The dates in a text in the language `lang` (a BCP 47 tag), in order.
#[must_use]
pub fn said_dates(text: &str, lang: &str) -> Vec<SaidDate> {
    let (Some(calendar), Some(words)) = (calendar_words::of(lang), words::of(lang)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let cursor = Cursor { text, at, language: calendar };
        let Some((_, end)) = cursor.token() else {
            at += cursor.peek().map_or(1, char::len_utf8);
            continue;
        };
        match (Reader { cursor, words }).date() {
            Some(date) => {
                at = date.span.end.max(end);
                found.push(date);
            }
            None => at = end,
        }
    }
    found
}

/// The date that begins at `at`, if one does.
#[must_use]
pub fn said_date_at(text: &str, at: usize, lang: &str) -> Option<SaidDate> {
    let language = calendar_words::of(lang)?;
    let cursor = Cursor { text, at, language };
    cursor.token()?;
    (Reader { cursor, words: words::of(lang)? }).date()
}

impl SaidDate {
    /// Whether it names day, month and year itself.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self.what, What::Day(_))
    }

    /// The days that it may mean in an article of the date `anchor`: none where that is not one
    /// day, or where it counts from another day than the article's.
    #[must_use]
    pub fn resolve(&self, anchor: &Date) -> Option<Date> {
        match self.what {
            What::Day(day) => one_of(&[day]),
            What::DaysFromThen(_) => None,
            _ => self.from(the_day(anchor)?),
        }
    }

    /// The same of something that may be long over, and is still dated without a year: a day
    /// and a month may be those of any of the years before.
    #[must_use]
    pub fn resolve_looking_back(&self, anchor: &Date) -> Option<Date> {
        /// After that, everybody writes the year.
        const YEARS: i32 = 9;
        let What::DayOfYear(month, day) = self.what else { return self.resolve(anchor) };
        let year = i32::try_from(the_day(anchor)?.civil().0).ok()?;
        let years = year - YEARS..=year + 1;
        one_of(&years.filter_map(|year| Day::new(year, month, day)).collect::<Vec<_>>())
    }

    /// The day that it is, where it counts from `then`, of which was spoken before.
    #[must_use]
    pub fn resolve_from(&self, then: &Date) -> Option<Date> {
        match self.what {
            What::DaysFromThen(days) => one_of(&[the_day(then)?.plus(days)]),
            _ => None,
        }
    }

    fn from(&self, anchor: Day) -> Option<Date> {
        match self.what {
            What::Day(day) => one_of(&[day]),
            What::DaysFromThen(_) => None,
            // A paper may be dated a day later than it was written.
            What::Days(days) => one_of(&[-1, 0, 1].map(|off| anchor.plus(days + off))),
            What::DayOfYear(month, day) => {
                let year = i32::try_from(anchor.civil().0).ok()?;
                let years = [year - 1, year, year + 1].into_iter();
                let days: Vec<Day> = years.filter_map(|year| Day::new(year, month, day)).collect();
                let past = days.iter().rev().find(|day| **day <= anchor);
                one_of(
                    &past
                        .into_iter()
                        .chain(days.iter().find(|day| **day > anchor))
                        .copied()
                        .collect::<Vec<_>>(),
                )
            }
            What::Weekday(weekday, which) => {
                // Days since it was that weekday, this day included.
                let since = (anchor.weekday() as i64 - weekday as i64).rem_euclid(7);
                let (past, future) = (-since, 7 - since);
                one_of(&match (which, since) {
                    (Which::Last, 0) => vec![anchor.plus(-7), anchor.plus(-14)],
                    (Which::Last, _) => vec![anchor.plus(past), anchor.plus(past - 7)],
                    (Which::Next, _) => vec![anchor.plus(future), anchor.plus(future + 7)],
                    (_, 0) => vec![anchor.plus(-7), anchor, anchor.plus(7)],
                    _ => vec![anchor.plus(past), anchor.plus(future)],
                })
            }
            // Weeks begin on a Sunday here and on a Monday there.
            What::Week(which) => {
                let monday = anchor.plus(-(anchor.weekday() as i64) + 7 * which.steps());
                Date::parse(&format!("{}/{}", monday.plus(-1), monday.plus(6))).ok()
            }
            What::Month(which) => {
                let (year, month, _) = anchor.civil();
                let months = year * 12 + i64::from(month) - 1 + which.steps();
                Date::from_parts(months.div_euclid(12), u8::try_from(months.rem_euclid(12) + 1).ok(), None)
                    .ok()
            }
            What::Year(which) => Date::from_parts(anchor.civil().0 + which.steps(), None, None).ok(),
        }
    }
}

/// The one day that a date is of, whatever its time.
fn the_day(date: &Date) -> Option<Day> {
    date.day()
}

fn one_of(days: &[Day]) -> Option<Date> {
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    let text = match &days[..] {
        [one] => one.clone(),
        several => format!("[{}]", several.join(",")),
    };
    Date::parse(&text).ok()
}

struct Reader<'t> {
    cursor: Cursor<'t>,
    words: &'static words::Language,
}

impl Reader<'_> {
    fn date(&self) -> Option<SaidDate> {
        let start = self.cursor.at;
        // Not in the middle of a word or of a number.
        let before = self.cursor.text[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '–' | '/' | '.' | '\'' | '’'))
        {
            return None;
        }
        let (what, end) = self
            .whole()
            .or_else(|| self.weekday())
            .or_else(|| self.day_of_year(self.cursor))
            .or_else(|| self.counted())
            .or_else(|| self.beside())
            .or_else(|| self.day_from_today())?;
        let rest = &self.cursor.text[end..];
        let goes_on = match rest.chars().next() {
            Some('\'' | '’' | '–' | '/') => true,
            Some('-') => true,
            Some(c) => c.is_alphanumeric(),
            None => false,
        };
        (!goes_on).then_some(SaidDate { span: start..end, what })
    }

    fn whole(&self) -> Option<(What, usize)> {
        let date = self.cursor.date()?;
        Some((What::Day(date.day), date.span.end))
    }

    /// "Wednesday", "Wednesday, 15 February", "Wednesday, 15 February 2023"
    fn weekday(&self) -> Option<(What, usize)> {
        let (word, end) = self.cursor.token()?;
        let (weekday, form) = self.cursor.weekday(word)?;
        if form != Form::Long {
            return None;
        }
        let behind = Cursor { at: end, ..self.cursor };
        if let Some(date) = behind.date_after_weekday(form) {
            return Some((What::Day(date.day), date.span.end));
        }
        let mut next = behind;
        next.eat(',');
        if next.spaces() {
            next.word_of(next.language.fillers);
            next.spaces();
            if let Some(day) = self.day_of_year(next) {
                return Some(day);
            }
        }
        Some((What::Weekday(weekday, Which::Unsaid), end))
    }

    fn day_of_year(&self, from: Cursor<'_>) -> Option<(What, usize)> {
        let (month, day, end) = day_of_year(from)?;
        Some((What::DayOfYear(month, day), end))
    }

    /// "Last Wednesday", "last month"
    fn beside(&self) -> Option<(What, usize)> {
        let mut cursor = self.cursor;
        let words = self.words;
        let which = if cursor.word_of(words.last) {
            Which::Last
        } else if cursor.word_of(words.this) {
            Which::This
        } else if cursor.word_of(words.next) {
            Which::Next
        } else {
            return None;
        };
        if !cursor.spaces() {
            return None;
        }
        let (word, end) = cursor.token()?;
        if let Some((weekday, Form::Long)) = cursor.weekday(word) {
            return Some((What::Weekday(weekday, which), end));
        }
        let mut is = |list: &[&str]| cursor.word_of(list);
        let what = if is(words.week) {
            What::Week(which)
        } else if is(words.month) {
            What::Month(which)
        } else if is(words.year) {
            What::Year(which)
        } else {
            return None;
        };
        Some((what, end))
    }

    fn day_from_today(&self) -> Option<(What, usize)> {
        let mut cursor = self.cursor;
        let (_, days) = self.words.days.iter().find(|(words, _)| cursor.word_of(words))?;
        Some((What::Days(*days), cursor.at))
    }

    /// "Two days earlier", "three weeks ago", "vor zwei Tagen"
    fn counted(&self) -> Option<(What, usize)> {
        let mut cursor = self.cursor;
        let is_ago = cursor.word_of(self.words.ago_before);
        if is_ago && !cursor.spaces() {
            return None;
        }
        let mut number = cursor;
        let count = match number.number(1..3) {
            Some(count) => i64::from(count),
            None => self.words.numbers.iter().position(|words| number.word_of(words))? as i64 + 1,
        };
        let mut cursor = number;
        if !cursor.spaces() {
            return None;
        }
        let (_, days) = self.words.units.iter().find(|(words, _)| cursor.word_of(words))?;
        let days = count * days;
        if is_ago {
            return Some((What::Days(-days), cursor.at));
        }
        if !cursor.spaces() {
            return None;
        }
        let what = if cursor.word_of(self.words.ago) {
            What::Days(-days)
        } else if cursor.word_of(self.words.earlier) {
            What::DaysFromThen(-days)
        } else if cursor.word_of(self.words.later) {
            What::DaysFromThen(days)
        } else {
            return None;
        };
        Some((what, cursor.at))
    }
}

/// "14 February", "February 14", "14. Februar", with no year behind it: month, day, and where it
/// ends.
pub(super) fn day_of_year(from: Cursor<'_>) -> Option<(u8, u8, usize)> {
    let (month, day, end) = day_first(from).or_else(|| month_first(from))?;
    // A leap year has every day.
    Day::new(2000, month, day)?;
    let mut next = Cursor { at: end, ..from };
    next.eat(',');
    next.spaces();
    next.word_of(next.language.of);
    next.spaces();
    let has_year = next.token().is_some_and(|(word, _)| {
        matches!(word.len(), 2..=4) && word.bytes().all(|byte| byte.is_ascii_digit())
    });
    (!has_year).then_some((month, day, end))
}

/// "14 February", "14th of February", "14. Februar": month, day, and where it ends.
fn day_first(mut cursor: Cursor<'_>) -> Option<(u8, u8, usize)> {
    let day = u8::try_from(cursor.number(1..3)?).ok()?;
    cursor.ordinal();
    if cursor.language.day_has_full_stop && !cursor.eat('.') || !cursor.spaces() {
        return None;
    }
    if cursor.word_of(cursor.language.of) && !cursor.spaces() {
        return None;
    }
    // "On the 3 may" is no date, "le 3 mai" is.
    let is_name = !cursor.language.capitals || cursor.peek().is_some_and(char::is_uppercase);
    let (word, end) = cursor.token()?;
    let month = cursor.month().filter(|_| is_name)?;
    // The full stop behind a whole name is the sentence's.
    if word.chars().count() > 4 {
        cursor.at = end;
    }
    Some((month, day, cursor.at))
}

/// "February 14"
fn month_first(mut cursor: Cursor<'_>) -> Option<(u8, u8, usize)> {
    if !cursor.language.month_first || !cursor.peek()?.is_uppercase() {
        return None;
    }
    let month = cursor.month()?;
    cursor.spaces().then_some(())?;
    let day = u8::try_from(cursor.number(1..3)?).ok()?;
    Some((month, day, cursor.ordinal()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is read in an article of Wednesday, 11 March 2026.
    fn read(lang: &str, text: &str) -> Vec<(String, String)> {
        let anchor = Date::parse("2026-03-11").expect("a date");
        let dates = said_dates(text, lang).into_iter();
        dates
            .map(|date| {
                let shown = match date.resolve(&anchor).or_else(|| date.resolve_from(&anchor)) {
                    Some(date) => date.to_string(),
                    None => "nothing".to_owned(),
                };
                (text[date.span].to_owned(), shown)
            })
            .collect()
    }

    #[track_caller]
    fn check(lang: &str, text: &str, expected: &[(&str, &str)]) {
        let found = read(lang, text);
        let found: Vec<(&str, &str)> = found.iter().map(|(words, date)| (&**words, &**date)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn english() {
        for (words, date) in [
            ("14 February 2023", "2023-02-14"),
            ("February 14, 2023", "2023-02-14"),
            ("Tuesday, 14 February 2023", "2023-02-14"),
            ("14 February", "[2026-02-14,2027-02-14]"),
            ("the 14th of February", "[2026-02-14,2027-02-14]"),
            ("Feb. 14", "[2026-02-14,2027-02-14]"),
            ("Saturday, February 14", "[2026-02-14,2027-02-14]"),
            ("12 March", "[2025-03-12,2026-03-12]"),
            ("29 February", "nothing"),
            ("Tuesday", "[2026-03-10,2026-03-17]"),
            ("Wednesday", "[2026-03-04,2026-03-11,2026-03-18]"),
            ("last Tuesday", "[2026-03-10,2026-03-03]"),
            ("next Tuesday", "[2026-03-17,2026-03-24]"),
            ("yesterday", "[2026-03-09,2026-03-10,2026-03-11]"),
            ("today", "[2026-03-10,2026-03-11,2026-03-12]"),
            ("three days ago", "[2026-03-07,2026-03-08,2026-03-09]"),
            ("two days earlier", "2026-03-09"),
            ("2 weeks later", "2026-03-25"),
            ("last week", "2026-03-01/2026-03-08"),
            ("this month", "2026-03"),
            ("last month", "2026-02"),
            ("next year", "2027"),
        ] {
            let said = words.strip_prefix("the ").unwrap_or(words);
            check("en", &format!("It was on {words}, they said."), &[(said, date)]);
        }
    }

    #[test]
    fn german() {
        for (words, date) in [
            ("14. Februar 2023", "2023-02-14"),
            ("Dienstag, den 14. Februar 2023", "2023-02-14"),
            ("14. Februar", "[2026-02-14,2027-02-14]"),
            ("Dienstag", "[2026-03-10,2026-03-17]"),
            ("vergangenen Dienstag", "[2026-03-10,2026-03-03]"),
            ("gestern", "[2026-03-09,2026-03-10,2026-03-11]"),
            ("vor drei Tagen", "[2026-03-07,2026-03-08,2026-03-09]"),
            ("zwei Tage zuvor", "2026-03-09"),
            ("letzten Monat", "2026-02"),
            ("letzte Woche", "2026-03-01/2026-03-08"),
        ] {
            check("de-AT", &format!("Es war {words}, hieß es."), &[(words, date)]);
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "3–5 August, 14-16 February, 31 June, 32 March",
            "Wednesday's paper, Tuesday-night football",
            "the sun sat on the mon",
            "in May 14 people may march 14 miles",
            "the last day, this time, next door",
            "two days, a week of it",
            "1e999 and 13.13.2026 and ١٤ February",
        ] {
            let found = read("en", text);
            let is_may = |(words, _): &(String, String)| words == "May 14";
            assert!(found.iter().all(is_may), "{text:?}: {found:?}");
        }
        check("fr", "le 14 février, Tuesday, yesterday", &[]);
    }

    #[test]
    fn an_article_of_a_month_has_no_yesterday() {
        let march = Date::parse("2026-03").expect("a date");
        for text in ["yesterday", "Tuesday", "14 February", "last month"] {
            let date = said_date_at(text, 0, "en").expect("a date");
            assert_eq!(date.resolve(&march), None, "{text}");
        }
        assert!(said_date_at("14 February 2023", 0, "en").is_some_and(|date| date.resolve(&march).is_some()));
        let far = Date::parse("Y99999999999").expect("a date");
        assert_eq!(said_date_at("yesterday", 0, "en").and_then(|date| date.resolve(&far)), None);
        let last = Date::parse("9999-12-31").expect("a date");
        assert_eq!(said_date_at("next month", 0, "en").and_then(|date| date.resolve(&last)), None);
    }

    proptest! {
        #[test]
        fn reads_anything(
            words in prop::collection::vec(prop::sample::select(&[
                "14", "February", "2023", "Wednesday", ",", "last", "next", "vor", "zwei", "Tagen", "two",
                "days", "ago", "the", "of", "99", "0", "ß", "–", "month", ".", "März", "1e999", "¾", "\u{a0}",
            ][..]), 0..12),
            spaced: bool,
            anchor in "[-]?[0-9]{4}-0[1-9]-[0-2][0-9]",
        ) {
            let text = words.join(if spaced { " " } else { "" });
            let anchor = Date::parse(&anchor).or_else(|_| Date::parse("9999-12-31")).expect("a date");
            for lang in ["en", "de", "fr"] {
                let mut end = 0;
                for date in said_dates(&text, lang) {
                    prop_assert!(date.span.start >= end && date.span.end > date.span.start);
                    end = date.span.end;
                    if let Some(resolved) = date.resolve(&anchor) {
                        prop_assert_eq!(Date::parse(&resolved.to_string()), Ok(resolved));
                    }
                }
            }
        }
    }
}
