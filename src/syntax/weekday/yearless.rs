//! Weekdays with a date that has no year: "Tuesday 3 March", "March 3 (Tuesday)".
//!
//! Whoever asks says which year is meant, if that is clear.

use crate::data::date::Day;

use super::relative::day_of_year;
use super::{Cursor, WeekdayDate, WrittenDate, is_conjunction, words};

/// How many words before its date a weekday may stand: "Tuesday the 3rd of March".
const WORDS_BEFORE: usize = 4;

/// The weekdays of `text`, which is in the language `lang` (a BCP 47 tag), that stand with a day
/// and a month and no year. `day_of` says which day a month and its day are, where that is clear.
#[must_use]
pub fn yearless_weekday_dates(
    text: &str,
    lang: &str,
    day_of: impl Fn(u8, u8) -> Option<Day>,
) -> Vec<WeekdayDate> {
    let Some(language) = words::of(lang) else { return Vec::new() };
    let mut found = Vec::new();
    let mut end = 0;
    for at in days(text) {
        if at < end {
            continue;
        }
        let Some(date) = date_at(Cursor { text, at, language }) else { continue };
        end = date.end;
        let Some(day) = day_of(date.month, date.day) else { continue };
        let before = weekday_before(Cursor { text, at: date.start, language });
        let behind = || Cursor { text, at: date.end, language }.weekday_after_date();
        let Some((weekday, said)) = before.or_else(behind) else { continue };
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let day_of_month = at..Cursor { text, at: at + digits, language }.ordinal();
        let written = WrittenDate { span: date.start..date.end, day_of_month, day };
        found.push(written.with(weekday, said, language));
    }
    found
}

/// Whether the one or two digits at `at` are the day of a date: "3 March", "March 3".
#[must_use]
pub fn is_day_of_month(text: &str, at: usize, lang: &str) -> bool {
    let Some(language) = words::of(lang) else { return false };
    let cursor = Cursor { text, at, language };
    let is_whole = |start: usize| Cursor { at: start, ..cursor }.date().is_some();
    date_at(cursor).is_some() || is_whole(at) || month_before(text, at).is_some_and(is_whole)
}

/// Where one or two digits stand alone.
fn days(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).filter(move |&at| {
        is_digit(at) && !at.checked_sub(1).is_some_and(is_digit) && !(is_digit(at + 1) && is_digit(at + 2))
    })
}

struct DayAndMonth {
    month: u8,
    day: u8,
    start: usize,
    end: usize,
}

/// Where the word begins that stands before `at`, with the full stop of an abbreviation.
fn month_before(text: &str, at: usize) -> Option<usize> {
    let left = text[..at].strip_suffix([' ', '\u{a0}'])?;
    let left = left.strip_suffix('.').unwrap_or(left);
    Some(left.trim_end_matches(char::is_alphabetic).len())
}

/// The date whose day of the month is where the cursor stands.
fn date_at(cursor: Cursor<'_>) -> Option<DayAndMonth> {
    let Cursor { text, at, .. } = cursor;
    let month_at = month_before(text, at);
    let (start, (month, day, end)) = [Some(at), month_at].into_iter().flatten().find_map(|start| {
        let date = day_of_year(Cursor { at: start, ..cursor })?;
        (date.2 > at).then_some((start, date))
    })?;
    let is_part = text[..start]
        .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '–' | '/' | '.' | '\'' | '’'));
    let mut rest = text[end..].chars();
    let goes_on = match rest.next() {
        Some(c) if c.is_alphanumeric() => true,
        Some('-' | '–' | '/' | '\'' | '’') => true,
        Some('.') => rest.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    };
    (!is_part && !goes_on).then_some(DayAndMonth { month, day, start, end })
}

/// The weekday right before the date that begins where the cursor stands.
fn weekday_before(cursor: Cursor<'_>) -> Option<(std::ops::Range<usize>, crate::data::date::Weekday)> {
    let Cursor { text, at: start, .. } = cursor;
    let mut at = start;
    for _ in 0..WORDS_BEFORE {
        let (from, to) = word_before(text, at)?;
        if let Some((said, form)) = (Cursor { at: from, ..cursor }).weekday(&text[from..to]) {
            let joins = (Cursor { at: to, ..cursor }).up_to_date(form)?.at == start;
            return (joins && !is_in_list(cursor, from)).then_some((from..to, said));
        }
        at = from;
    }
    None
}

/// Whether the weekday at `at` is the last of several: "Friday and Saturday, 3 March".
fn is_in_list(cursor: Cursor<'_>, at: usize) -> bool {
    let mut end = at;
    for _ in 0..2 {
        let Some((from, to)) = word_before(cursor.text, end) else { return false };
        if (Cursor { at: from, ..cursor }).weekday(&cursor.text[from..to]).is_some() {
            return is_conjunction(&cursor.text[to..at], cursor.language);
        }
        end = from;
    }
    false
}

/// The word before `at`, with no more than a few marks between.
fn word_before(text: &str, at: usize) -> Option<(usize, usize)> {
    let to = text[..at].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let from = text[..to].trim_end_matches(char::is_alphanumeric).len();
    (to > from && at - to < 8).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found, in the year 2026.
    #[track_caller]
    fn check(lang: &str, text: &str, expected: &[(&str, &str)]) {
        let found = yearless_weekday_dates(text, lang, |month, day| Day::new(2026, month, day));
        let found: Vec<(&str, String)> =
            found.iter().map(|date| (&text[date.span.clone()], date.day.to_string())).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(span, day)| (*span, &**day)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn dates_without_a_year() {
        for text in [
            "Tuesday 3 March",
            "Tuesday, 3 March",
            "Tuesday, March 3",
            "Tuesday, March 3rd",
            "Tuesday the 3rd of March",
            "Tuesday night, March 3",
            "Tues., Mar. 3",
            "3 March, a Tuesday",
        ] {
            check("en", &format!("It was on {text}, they said."), &[(text, "2026-03-03")]);
        }
        for text in ["Dienstag, 3. März", "Dienstag, den 3. März", "Di., 3. März"] {
            check("de", &format!("Am {text}, sagte er."), &[(text, "2026-03-03")]);
        }
        check("fr", "le mardi 3 mars, dit-il", &[("mardi 3 mars", "2026-03-03")]);
    }

    #[test]
    fn what_is_none() {
        for text in [
            "Tuesday, 3 March 2026",
            "Tuesday, March 3, 2026",
            "Tuesday 3-5 March, Tuesday, March 3-5",
            "Monday and Tuesday, 3 March",
            "Monday–Tuesday, 3 March",
            "On Tuesday. 3 March was hot.",
            "Tuesday's paper of 3 March",
            "The Sun, 3 March",
            "on Tuesday 3 marched, on Tuesday 33 March",
            "Tuesday, 31 June, Tuesday at 3, Tuesday",
            "3 and 4 March (Tuesday and Wednesday)",
            "",
        ] {
            check("en", text, &[]);
        }
        check("nl", "Tuesday 3 March", &[]);
        for text in ["3", "ß3 ß", "Tuesday 3", "Tuesday ,,,,,,,,,,,,3 March", "³ March", "é 3 March, a é"]
        {
            check("en", text, &[]);
        }
    }
}
