//! Dates with their weekday, as prose has them: "Thursday, 3 August 2016", "August 3, 2016
//! (Wednesday)", "Donnerstag, den 3. August 2016", "jeudi 3 août 2016".
//!
//! Only what stands together and is whole (weekday, day, month, year) is read here: what a date
//! without a year is, [`yearless`] asks whoever knows the year. And days in a list or a range ("Friday and Saturday, 5
//! August 2016") can't be told apart safely. Each language knows its own words alone.

pub mod relative;
mod words;
pub mod yearless;

use std::ops::Range;

use crate::data::date::{Day, Weekday};

use words::Language;

/// A weekday and a date that stand together. All ranges are bytes of the text searched.
#[derive(Clone, Debug)]
pub struct WeekdayDate {
    /// Both, with what stands between them.
    pub span: Range<usize>,
    /// The weekday.
    pub weekday: Range<usize>,
    /// The date.
    pub date: Range<usize>,
    /// The day of the month, with the ending of an ordinal.
    pub day_of_month: Range<usize>,
    /// The weekday as written.
    pub said: Weekday,
    /// The date as written.
    pub day: Day,
    language: &'static Language,
}

impl WeekdayDate {
    /// Another weekday in the form in which `text` has this one: short or long, in
    /// capitals or not.
    #[must_use]
    pub fn weekday_like(&self, text: &str, weekday: Weekday) -> String {
        let written = &text[self.weekday.clone()];
        let at = weekday as usize;
        let lower = written.to_lowercase();
        let is_long = self.language.weekdays.iter().any(|names| names.contains(&&*lower));
        let names = if is_long { self.language.weekdays[at] } else { self.language.abbreviations[at] };
        let name = names.first().copied().unwrap_or_default();
        let mut letters = name.chars();
        if written.chars().count() > 2 && !written.contains(char::is_lowercase) {
            name.to_uppercase()
        } else if written.starts_with(char::is_uppercase) {
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
        } else {
            name.to_owned()
        }
    }

    /// Another day of the month in the form in which `text` has this one.
    #[must_use]
    pub fn day_of_month_like(&self, text: &str, day: u8) -> String {
        let written = &text[self.day_of_month.clone()];
        let digits = written.bytes().take_while(u8::is_ascii_digit).count();
        let padded = written.starts_with('0') || written.len() == 2 && text[self.date.clone()].contains("-0");
        let number = if padded { format!("{day:02}") } else { day.to_string() };
        if written.len() == digits { number } else { number + (self.language.ordinal)(day) }
    }
}

/// The weekdays of `text`, which is in the language `lang` (a BCP 47 tag), that stand
/// with a whole date. None in a language whose words are not known.
#[must_use]
pub fn weekday_dates(text: &str, lang: &str) -> Vec<WeekdayDate> {
    let Some(language) = words::of(lang) else { return Vec::new() };
    let mut found: Vec<WeekdayDate> = Vec::new();
    let mut last_weekday: Option<usize> = None;
    let mut years = years(text).peekable();
    let mut at = 0;
    while at < text.len() {
        // A whole date has a year, and most of a text is far from any.
        while years.next_if(|year| year + AFTER_YEAR < at).is_some() {}
        let Some(year) = years.peek() else { break };
        at = at.max(word_start(text, year.saturating_sub(BEFORE_YEAR), *year));
        let cursor = Cursor { text, at, language };
        let Some((word, end)) = cursor.token() else {
            at += cursor.peek().map_or(1, char::len_utf8);
            continue;
        };
        let mut next = end;
        if let Some((said, form)) = cursor.weekday(word) {
            let in_list = last_weekday.is_some_and(|before| is_conjunction(&text[before..at], language));
            last_weekday = Some(end);
            if !in_list && let Some(date) = (Cursor { at: end, ..cursor }).date_after_weekday(form) {
                next = date.span.end;
                found.push(date.with(at..end, said, language));
            }
        } else if let Some(date) = cursor.date()
            && let Some((weekday, said)) = (Cursor { at: date.span.end, ..cursor }).weekday_after_date()
        {
            next = weekday.end;
            last_weekday = Some(weekday.end);
            found.push(date.with(weekday, said, language));
        }
        at = next;
    }
    found
}

/// How many bytes before its year a date with its weekday may begin, and the list of
/// weekdays that it may be the end of: more than any language takes.
const BEFORE_YEAR: usize = 256;

/// How many bytes after the beginning of its year a date may have its weekday, likewise.
const AFTER_YEAR: usize = 128;

/// Where four digits stand together.
fn years(text: &str) -> impl Iterator<Item = usize> {
    let mut digits = 0;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        (digits == 4).then(|| at - 3)
    })
}

/// The first place from `at` on, but before `end`, at which no word goes on; where there
/// is no white space, the next character.
fn word_start(text: &str, at: usize, end: usize) -> usize {
    let space = text.as_bytes()[at..end].iter().position(u8::is_ascii_whitespace);
    match space.filter(|_| at > 0) {
        Some(space) => at + space,
        None => (at..=end).find(|at| text.is_char_boundary(*at)).unwrap_or(end),
    }
}

/// Whether this stands between two weekdays of a list or a range.
fn is_conjunction(between: &str, language: &Language) -> bool {
    let word = between.trim().trim_start_matches(',').trim_start();
    between.len() < 16
        && (matches!(word, "" | "&" | "/" | "-" | "–" | "—") || language.conjunctions.contains(&word))
}

/// A date alone.
struct WrittenDate {
    span: Range<usize>,
    day_of_month: Range<usize>,
    day: Day,
}

impl WrittenDate {
    fn with(self, weekday: Range<usize>, said: Weekday, language: &'static Language) -> WeekdayDate {
        WeekdayDate {
            span: self.span.start.min(weekday.start)..self.span.end.max(weekday.end),
            weekday,
            date: self.span,
            day_of_month: self.day_of_month,
            said,
            day: self.day,
            language,
        }
    }
}

/// How a weekday is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Long,
    Short,
}

#[derive(Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    language: &'static Language,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The letters or the digits that stand here, with where they end.
    fn token(&self) -> Option<(&'t str, usize)> {
        let first = self.peek()?;
        let length = if first.is_ascii_digit() {
            self.rest().bytes().take_while(u8::is_ascii_digit).count()
        } else {
            self.rest().find(|c: char| !c.is_alphabetic()).unwrap_or(self.rest().len())
        };
        (length > 0).then(|| (&self.rest()[..length], self.at + length))
    }

    fn eat(&mut self, c: char) -> bool {
        let eats = self.rest().starts_with(c);
        self.at += if eats { c.len_utf8() } else { 0 };
        eats
    }

    fn spaces(&mut self) -> bool {
        let from = self.at;
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
        self.at > from
    }

    /// One of `words`, in whatever case.
    fn word_of(&mut self, words: &[&str]) -> bool {
        let Some((word, end)) = self.token() else { return false };
        let is_one = word.len() < 16 && words.contains(&&*word.to_lowercase());
        self.at = if is_one { end } else { self.at };
        is_one
    }

    fn number(&mut self, digits: Range<usize>) -> Option<u16> {
        let (word, end) = self.token()?;
        let number = digits.contains(&word.len()).then(|| word.parse().ok())??;
        self.at = end;
        Some(number)
    }

    /// The weekday that a word is, if it is one.
    fn weekday(&self, word: &str) -> Option<(Weekday, Form)> {
        // "Wednesday" has nine letters, none of the others has more than eleven bytes.
        if word.len() > 12 || self.language.capitals && !word.starts_with(char::is_uppercase) {
            return None;
        }
        let lower = word.to_lowercase();
        let find = |tables: &[&[&str]; 7]| tables.iter().position(|names| names.contains(&&*lower));
        let (at, form) = match find(&self.language.weekdays) {
            Some(at) => (at, Form::Long),
            None => (find(&self.language.abbreviations)?, Form::Short),
        };
        Some((Weekday::ALL[at], form))
    }

    /// The month that stands here, with the full stop of an abbreviation.
    fn month(&mut self) -> Option<u8> {
        let (word, end) = self.token()?;
        if word.len() > 12 {
            return None;
        }
        let lower = word.to_lowercase();
        let at = self.language.months.iter().position(|names| names.contains(&&*lower))?;
        self.at = end;
        self.eat('.');
        Some(at as u8 + 1)
    }

    /// The date behind a weekday, with what stands between the two.
    fn date_after_weekday(self, form: Form) -> Option<WrittenDate> {
        self.up_to_date(form)?.date()
    }

    /// Over what stands between a weekday and its date.
    fn up_to_date(mut self, form: Form) -> Option<Self> {
        if form == Form::Short {
            let word = &self.text[..self.at];
            let alone = self.language.abbreviations_stand_alone && !word.ends_with("Sun");
            let marked = self.rest().starts_with(self.language.abbreviations_before);
            if !alone && !marked {
                return None;
            }
            self.eat('.');
        }
        let mut apart = self.spaces();
        if apart && self.word_of(self.language.parts_of_the_day) {
            apart = self.spaces();
        }
        if self.eat(',') {
            apart = self.spaces();
        }
        if !apart {
            return None;
        }
        self.eat('(');
        if self.word_of(self.language.fillers) && !self.spaces() {
            return None;
        }
        Some(self)
    }

    /// The weekday right after a date: "(Thursday)", or ", a Thursday," and no more.
    fn weekday_after_date(mut self) -> Option<(Range<usize>, Weekday)> {
        let bracket = self.spaces() && self.eat('(');
        if !bracket {
            let comma = self.eat(',') && self.spaces();
            if !comma || !self.word_of(self.language.articles) || !self.spaces() {
                return None;
            }
        }
        let (word, end) = self.token()?;
        let (said, form) = self.weekday(word)?;
        let span = self.at..end;
        self.at = end;
        if form == Form::Short {
            self.eat('.');
        }
        let ends = match self.peek() {
            Some(')') => true,
            Some(',' | '.' | ';' | ':' | '–' | '—') | None => !bracket,
            _ => false,
        };
        (ends && (form == Form::Long || bracket)).then_some((span, said))
    }

    /// The whole date that begins here.
    fn date(mut self) -> Option<WrittenDate> {
        let start = self.at;
        // Not in the middle of a number: "1.3 August", "10/3 August".
        if self.text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '–' | '/' | '.'))
        {
            return None;
        }
        let (year, month, day_of_month) =
            self.iso().or_else(|| self.day_first()).or_else(|| self.month_first())?;
        let goes_on = |rest: &str| {
            let mut rest = rest.chars();
            match rest.next() {
                Some(c) if c.is_alphanumeric() => true,
                Some('-' | '–' | '/' | '.') => rest.next().is_some_and(|c| c.is_ascii_digit()),
                _ => false,
            }
        };
        if goes_on(self.rest()) {
            return None;
        }
        let day = self.text[day_of_month.clone()].trim_end_matches(|c: char| !c.is_ascii_digit());
        let day = Day::new(i32::from(year), month, day.parse().ok()?)?;
        Some(WrittenDate { span: start..self.at, day_of_month, day })
    }

    /// "2016-08-03"
    fn iso(&mut self) -> Option<(u16, u8, Range<usize>)> {
        let mut ahead = *self;
        let year = ahead.number(4..5)?;
        let month = ahead.eat('-').then(|| ahead.number(2..3))??;
        let day_at = ahead.at + 1;
        ahead.eat('-').then(|| ahead.number(2..3))??;
        self.at = ahead.at;
        Some((year, u8::try_from(month).ok()?, day_at..self.at))
    }

    /// "3 August 2016", "3rd of August, 2016", "3. August 2016", "3 de agosto de 2016";
    /// "3.8.2016" and "3/8/2016" where the language has one way to read them.
    fn day_first(&mut self) -> Option<(u16, u8, Range<usize>)> {
        let mut ahead = *self;
        let from = ahead.at;
        ahead.number(1..3)?;
        let mut numeric = ahead;
        if let Some(sign) = ahead.language.numeric
            && numeric.eat(sign)
            && let Some(month) = numeric.number(1..3)
            && numeric.eat(sign)
            && let Some(year) = numeric.number(4..5)
        {
            let day = from..ahead.at;
            self.at = numeric.at;
            return Some((year, u8::try_from(month).ok()?, day));
        }
        let to = ahead.ordinal();
        if ahead.language.day_has_full_stop && !ahead.eat('.') {
            return None;
        }
        ahead.spaces().then_some(())?;
        if ahead.word_of(ahead.language.of) {
            ahead.spaces().then_some(())?;
        }
        let month = ahead.month()?;
        ahead.eat(',');
        ahead.spaces().then_some(())?;
        if ahead.word_of(ahead.language.of) {
            ahead.spaces().then_some(())?;
        }
        let year = ahead.number(4..5)?;
        self.at = ahead.at;
        Some((year, month, from..to))
    }

    /// "August 3, 2016", "Aug. 3rd 2016"
    fn month_first(&mut self) -> Option<(u16, u8, Range<usize>)> {
        if !self.language.month_first || !self.peek()?.is_uppercase() {
            return None;
        }
        let mut ahead = *self;
        let month = ahead.month()?;
        ahead.spaces().then_some(())?;
        let from = ahead.at;
        ahead.number(1..3)?;
        let to = ahead.ordinal();
        ahead.eat(',');
        ahead.spaces().then_some(())?;
        let year = ahead.number(4..5)?;
        self.at = ahead.at;
        Some((year, month, from..to))
    }

    /// The ending of an ordinal, if one follows; where it ends.
    fn ordinal(&mut self) -> usize {
        let endings = self.language.ordinal_endings.iter();
        if let Some(ending) = endings.copied().find(|ending| self.rest().starts_with(*ending)) {
            self.at += ending.len();
        }
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found, as weekday and day.
    #[track_caller]
    fn check(lang: &str, text: &str, expected: &[(&str, &str)]) {
        let found = weekday_dates(text, lang);
        let found: Vec<(&str, String)> =
            found.iter().map(|date| (&text[date.span.clone()], date.day.to_string())).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(span, day)| (*span, &**day)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn english() {
        for text in [
            "Thursday, 3 August 2016",
            "Thursday 3 August 2016",
            "Thursday, 3rd August, 2016",
            "Thursday the 3rd of August 2016",
            "Thursday, August 3, 2016",
            "Thursday, Aug. 3rd 2016",
            "Thurs. 3 Aug. 2016",
            "Thu, 3 Aug 2016",
            "Sun. 3 August 2016",
            "Thursday (3 August 2016",
            "Thursday night, 3 August 2016",
            "Thursday, 2016-08-03",
            "3 August 2016, a Thursday",
        ] {
            check("en-GB", &format!("It was said on {text}."), &[(text, "2016-08-03")]);
        }
        for text in ["3 August 2016 (Thursday", "August 3, 2016 (Thu"] {
            check("en", &format!("On {text}) it rained."), &[(text, "2016-08-03")]);
        }
    }

    #[test]
    fn other_languages() {
        for text in [
            "Donnerstag, 3. August 2016",
            "Donnerstag, den 3. August 2016",
            "Donnerstag, dem 3. Aug. 2016",
            "Do., 3. August 2016",
            "Do, 3.8.2016",
            "Sonnabend, 03.08.2016",
        ] {
            check("de-AT", &format!("Am {text}, sagte er."), &[(text, "2016-08-03")]);
        }
        for text in ["jeudi 3 août 2016", "Jeudi, le 3 août 2016", "jeu. 3 août 2016", "jeudi 3/8/2016"] {
            check("fr", &format!("Il l'a dit {text}."), &[(text, "2016-08-03")]);
        }
        check("fr", "le lundi 1er août 2016", &[("lundi 1er août 2016", "2016-08-01")]);
        for text in ["jueves, 3 de agosto de 2016", "jueves 3 de agosto del 2016", "jue. 3 ago. 2016"] {
            check("es-MX", &format!("Lo dijo el {text}."), &[(text, "2016-08-03")]);
        }
        check("nl", "donderdag 3 augustus 2016, Thursday, 3 August 2016", &[]);
    }

    #[test]
    fn what_does_not_stand_together() {
        for text in [
            "On Thursday. 3 August 2016 was hot.",
            "Thursday, 3 August, was hot in 2016.",
            "Friday and Saturday, 5 August 2016",
            "Friday–Saturday, 5 August 2016",
            "Friday, Saturday and Sunday, 5 August 2016",
            "Thursday, 3–5 August 2016",
            "Thursday and Friday, August 3-4, 2016",
            "Thursday's paper of 3 August 2016",
            "The Sun, 3 August 2016",
            "Sunday Times, 3 August 2016",
            "he sat, 3 August 2016",
            "Thursdays, 3 August 2016",
            "Thursday, 31 June 2016",
            "Thursday, 3 August 2016-17",
            "on 3 August 2016, Thursday's meeting",
            "on 3 August 2016, a Thursday meeting",
            "3 and 4 August 2016 (Saturday and Sunday)",
            "1.3 August 2016 (Saturday)",
        ] {
            check("en", text, &[]);
        }
        check("fr", "la mer 3 août 2016", &[]);
        check("de", "So 3. August 2016", &[]);
    }

    /// Wherever in a long text it stands, and whatever is around it.
    #[test]
    fn anywhere_in_a_text() {
        for filler in ["word ", "x", "ß", "字", "3 August ", "2016 ", "Monday ", "2016-08-03"] {
            for before in [0, 1, 50, 63, 64, 65, 127, 128, 129, 300] {
                for after in [0, 1, 200] {
                    let text = format!(
                        "{}. Thursday, 3 August 2016. {}",
                        filler.repeat(before),
                        filler.repeat(after)
                    );
                    let found = weekday_dates(&text, "en");
                    let spans: Vec<&str> = found.iter().map(|date| &text[date.span.clone()]).collect();
                    assert_eq!(spans, ["Thursday, 3 August 2016"], "{before} and {after} of {filler:?}");
                }
            }
        }
    }

    #[test]
    fn corrections_look_like_what_they_correct() {
        let like = |lang: &str, text: &str, weekday: Weekday, day: u8| {
            let date = weekday_dates(text, lang).pop().expect("a date");
            (date.weekday_like(text, weekday), date.day_of_month_like(text, day))
        };
        let pair = |weekday: &str, day: &str| (weekday.to_owned(), day.to_owned());
        assert_eq!(like("en", "THURSDAY, 3 August 2016", Weekday::Wednesday, 4), pair("WEDNESDAY", "4"));
        assert_eq!(like("en", "Thurs, 3rd August 2016", Weekday::Wednesday, 21), pair("Wed", "21st"));
        assert_eq!(like("en", "Thursday, 2016-08-03", Weekday::Wednesday, 4), pair("Wednesday", "04"));
        assert_eq!(like("fr", "jeudi 2 août 2016", Weekday::Monday, 1), pair("lundi", "1"));
        assert_eq!(like("fr", "jeudi 1er août 2016", Weekday::Monday, 2), pair("lundi", "2"));
        assert_eq!(like("de", "Do., 3. August 2016", Weekday::Wednesday, 4), pair("Mi", "4"));
    }
}
