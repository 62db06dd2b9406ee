//! The numbers of a text, as far as they say how many: no years, dates, times and names.

use std::ops::Range;

use crate::syntax::weekday::yearless::is_day_of_month;

/// Where `text`, in the language `lang` (a BCP 47 tag), says in digits how many of something there
/// are. This is for counting alone: quick, and not exact where prose is not.
pub(super) fn numbers<'t>(text: &'t str, lang: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let bytes = text.as_bytes();
    let is_digit = move |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            if !is_digit(at) {
                at += 1;
                continue;
            }
            let from = at;
            while is_digit(at) || matches!(bytes.get(at), Some(b',' | b'.' | b':' | b'/')) && is_digit(at + 1)
            {
                at += 1;
            }
            if says_how_many(text, from..at) && !(at - from < 3 && is_day_of_month(text, from, lang)) {
                return Some(from..at);
            }
        }
        None
    })
}

fn says_how_many(text: &str, number: Range<usize>) -> bool {
    let written = &text[number.clone()];
    // "2026", "12:30", "24/7", "14.02.2026"
    let is_year = written.len() == 4 && written.starts_with(['1', '2']) && !written.contains(['.', ',']);
    let is_time = written.contains([':', '/']) || written.matches('.').count() > 1;
    // "B-52", "G20", "#3", "section 1.2-3"
    let is_in_name =
        text[..number.start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '#' | '_'));
    let behind = &text[number.end..];
    let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|ending| behind.starts_with(ending));
    !(is_year || is_time || is_in_name || is_ordinal)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn what_says_how_many() {
        let found = |text: &str| numbers(text, "en").map(|at| text[at].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("28 dead, 1,500 hurt, 3.5%, €12m, 1 in 10"),
            ["28", "1,500", "3.5", "12", "1", "10"]
        );
        assert_eq!(found("3 March, March 3, 2026, 12:30, 24/7, B-52, G20, the 3rd, #3, 14.02.2026"), [""; 0]);
    }
}
