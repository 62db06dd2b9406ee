//! Dates as they are said: "Wednesday, 11 March 2026", "about 2019", "from May 2025 on".

use super::set::{Member, Set};
use super::{Date, Day, End, Part, Point, Qualifier, Rest, Shape, Zone, calendar};

impl Date {
    /// The date in English words, which say no more and no less than was written.
    #[must_use]
    pub fn in_words(&self) -> String {
        match &self.shape {
            Shape::Point(point) => point.in_words(),
            Shape::Interval(start, end) => match (start, end) {
                (End::At(start), End::At(end)) => format!("{} to {}", start.in_words(), end.in_words()),
                (End::At(start), End::Open) => format!("from {} on", start.in_words()),
                (End::At(start), End::Unknown) => {
                    format!("from {} to nobody knows when", start.in_words())
                }
                (End::Open, End::At(end)) => format!("up to {}", end.in_words()),
                (End::Unknown, End::At(end)) => format!("from nobody knows when to {}", end.in_words()),
                (End::Open | End::Unknown, End::Open | End::Unknown) => "at any time".to_owned(),
            },
            Shape::Set(set) => set.in_words(),
        }
    }
}

impl Set {
    fn in_words(&self) -> String {
        let members: Vec<String> = self.members.iter().map(Member::in_words).collect();
        let (conjunction, before) = if self.all { ("and", "") } else { ("or", "one of these: ") };
        match members.as_slice() {
            [one] => one.clone(),
            [first @ .., last] => format!("{before}{} {conjunction} {last}", first.join("; ")),
            [] => String::new(),
        }
    }
}

impl Member {
    fn in_words(&self) -> String {
        match self {
            Member::One(point) => point.in_words(),
            Member::Range(Some(from), Some(to)) => {
                format!("any from {} to {}", from.in_words(), to.in_words())
            }
            Member::Range(Some(from), None) => format!("{} or later", from.in_words()),
            Member::Range(None, Some(to)) => format!("{} or earlier", to.in_words()),
            Member::Range(None, None) => String::new(),
        }
    }
}

impl Point {
    fn in_words(&self) -> String {
        let year = self.year_in_words();
        let month = calendar::month_name;
        let words = match self.rest {
            Rest::Nothing => year,
            Rest::Month(Part::Known(number)) => format!("{} {year}", month(number)),
            Rest::Month(Part::Unspecified) => format!("some month of {year}"),
            Rest::Season(number) => {
                let name = ["spring", "summer", "autumn", "winter"].get(usize::from(number).wrapping_sub(21));
                format!("{} {year}", name.unwrap_or(&"a part of"))
            }
            Rest::Day(Part::Known(number), Part::Known(day)) => {
                format!("{}{day} {} {year}", self.weekday_before(), month(number))
            }
            Rest::Day(Part::Known(number), Part::Unspecified) => {
                format!("some day in {} {year}", month(number))
            }
            Rest::Day(Part::Unspecified, Part::Known(day)) => format!("day {day} of some month of {year}"),
            Rest::Day(Part::Unspecified, Part::Unspecified) => format!("some day in {year}"),
            Rest::Time(number, day, time) => {
                let second = time.second.map(|second| format!(":{second:02}")).unwrap_or_default();
                let zone = match time.zone {
                    Zone::Unsaid => String::new(),
                    Zone::Utc => " UTC".to_owned(),
                    Zone::Offset(minutes) => {
                        let sign = if minutes < 0 { '−' } else { '+' };
                        let minutes = minutes.unsigned_abs();
                        format!(" UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                };
                format!(
                    "{}{day} {} {year}, {:02}:{:02}{second}{zone}",
                    self.weekday_before(),
                    month(number),
                    time.hour,
                    time.minute
                )
            }
        };
        self.qualified(words)
    }

    fn year_in_words(&self) -> String {
        let size = self.year.size;
        let before = if self.year.negative && size > 0 { "−" } else { "" };
        match self.year.unspecified {
            0 => format!("{before}{size}"),
            1 => format!("the {before}{size}s"),
            digits => format!(
                "the years {before}{size} to {before}{}",
                size + 10_i64.pow(u32::from(digits.min(4))) - 1
            ),
        }
    }

    /// "Wednesday, ", of a day that is one.
    fn weekday_before(&self) -> String {
        let (first, last) = self.days();
        let is_marked = self.qualifier != Qualifier::None || self.marks != super::Marks::default();
        match first == last && !is_marked {
            true => format!("{}, ", Day(first).weekday()),
            false => String::new(),
        }
    }

    fn qualified(&self, words: String) -> String {
        let marks = [self.marks.year, self.marks.month, self.marks.day];
        let all = marks.iter().flat_map(|mark| [mark.before, mark.after]).chain([self.qualifier]);
        let (mut uncertain, mut approximate) = (false, false);
        for one in all {
            uncertain |= matches!(one, Qualifier::Uncertain | Qualifier::Both);
            approximate |= matches!(one, Qualifier::Approximate | Qualifier::Both);
        }
        let about = if approximate { "about " } else { "" };
        let perhaps = if uncertain { ", uncertain" } else { "" };
        format!("{about}{words}{perhaps}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_as_they_were_written() {
        for (written, said) in [
            ("2026-03-11", "Wednesday, 11 March 2026"),
            ("2026-03", "March 2026"),
            ("2026", "2026"),
            ("2026-21", "spring 2026"),
            ("202X", "the 2020s"),
            ("20XX", "the years 2000 to 2099"),
            ("2026-03-XX", "some day in March 2026"),
            ("2026-XX", "some month of 2026"),
            ("2026-03-11?", "11 March 2026, uncertain"),
            ("2026~", "about 2026"),
            ("2026-03%", "about March 2026, uncertain"),
            ("2026-~03-11", "about 11 March 2026"),
            ("2026-03-11T14:05", "Wednesday, 11 March 2026, 14:05"),
            ("2026-03-11T14:05:09Z", "Wednesday, 11 March 2026, 14:05:09 UTC"),
            ("2026-03-11T14:05:00-03:30", "Wednesday, 11 March 2026, 14:05:00 UTC−03:30"),
            ("2026-03/2026-05", "March 2026 to May 2026"),
            ("2026-03/..", "from March 2026 on"),
            ("../2026-03", "up to March 2026"),
            ("{2026-03-01,2026-03-03}", "Sunday, 1 March 2026 and Tuesday, 3 March 2026"),
            ("[2025,2026,2027]", "one of these: 2025; 2026 or 2027"),
            ("[..2026-03]", "March 2026 or earlier"),
        ] {
            let date = Date::parse(written).ok();
            assert_eq!(date.map(|date| date.in_words()).as_deref(), Some(said), "{written}");
        }
    }
}
