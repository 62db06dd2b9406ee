//! Dates that are joined to the name of what happened, so that they can be of nothing else:
//! "the raid of 14 February", "the raid (14 February 2023)", "the 14 February raid".
//!
//! English and German. What may be the date of something else, "they condemned the raid on
//! Friday", is left out.

use crate::text::for_language;

use std::ops::Range;

use super::weekday::relative::{SaidDate, said_date_at, said_dates};

/// What has a date of its own: that of "the report on the raid (3 March)" may be the report's.
#[rustfmt::skip] // One word a line is too long to read.
const DATED: &[&str] = &[
    "report", "reports", "hearing", "hearings", "inquiry", "inquest", "trial", "verdict", "ruling", "article",
    "study", "statement", "letter", "debate", "vote", "film", "documentary", "book", "interview", "memorial",
    "commemoration", "law", "resolution", "decision", "speech", "briefing", "account", "investigation", "coverage",
    "story", "video", "photo", "photograph", "picture", "footage", "podcast", "review", "meeting", "session",
    "protest", "vigil", "judgment", "judgement", "sentence", "appeal", "arrest", "arrests",
    "bericht", "anhörung", "prozess", "urteil", "untersuchung", "artikel", "studie", "erklärung", "brief",
    "debatte", "film", "buch", "gedenken", "beschluss", "rede", "sitzung", "foto", "bild", "mahnwache",
];

/// Words that make it another one than that which is named, or another day.
const OTHER_DAYS: &[&str] = &[
    "anniversary",
    "second",
    "third",
    "another",
    "next",
    "jahrestag",
    "zweite",
    "zweiten",
    "dritte",
    "dritten",
    "nächste",
    "nächsten",
];

/// What stands between a name and its date, nothing else.
struct Language {
    /// Always.
    of: &'static [&'static str],
    /// Where the name stands at the beginning of a sentence or behind one of `within`.
    on: &'static [&'static str],
    within: &'static [&'static str],
    articles: &'static [&'static str],
}

fn language(lang: &str) -> Option<&'static Language> {
    static ENGLISH: Language = Language {
        of: &[" of ", " of the "],
        on: &[" on ", " on the "],
        within: &["in", "during"],
        articles: &["the", "a", "an"],
    };
    static GERMAN: Language = Language {
        of: &[" vom ", " von "],
        on: &[" am "],
        within: &["bei", "beim", "während"],
        articles: &["der", "die", "das", "dem", "den", "des", "ein", "eine", "einem", "einer"],
    };
    for_language(lang, &[("en", &ENGLISH), ("de", &GERMAN)])
}

/// How far before a name its date may begin, in bytes.
const BEFORE: usize = 48;

/// The date joined to what is named at `name` in `text`, the text of a block in the language
/// `lang` (a BCP 47 tag). Its place is in `text`.
#[must_use]
pub fn joined_date(text: &str, name: Range<usize>, lang: &str) -> Option<(SaidDate, Range<usize>)> {
    let language = language(lang)?;
    let named = text.get(name.clone())?;
    // Nearly every name is passed over: one with a date in it has the day as a number.
    let has_digit = named.bytes().any(|byte| byte.is_ascii_digit());
    let mut inside = if has_digit { said_dates(named, lang) } else { Vec::new() };
    match inside.len() {
        0 => {}
        1 => {
            let date = inside.remove(0);
            let span = name.start + date.span.start..name.start + date.span.end;
            return Some((date, span));
        }
        _ => return None,
    }
    behind(text, &name, language, lang).or_else(|| before(text, &name, language, lang))
}

fn behind(
    text: &str,
    name: &Range<usize>,
    language: &Language,
    lang: &str,
) -> Option<(SaidDate, Range<usize>)> {
    let right = &text[name.end..];
    let is_bracketed = right.starts_with(" (");
    let starts = |list: &'static [&'static str]| list.iter().filter(|start| right.starts_with(**start));
    let on = starts(language.on).filter(|_| stands_alone(&text[..name.start], language));
    let starts = starts(language.of).chain(on).copied().chain(is_bracketed.then_some(" ("));
    let date = starts.filter_map(|start| said_date_at(text, name.end + start.len(), lang)).next()?;
    if is_of_another(&text[..name.start], &text[name.clone()]) {
        return None;
    }
    let closes = text[date.span.end..].starts_with(')');
    let span = date.span.clone();
    (!is_bracketed || closes).then_some((date, span))
}

/// Whether the name begins a sentence, or is where something happened, so that "on" behind it
/// can't belong to a verb before it.
fn stands_alone(left: &str, language: &Language) -> bool {
    let is = |word: &str, list: &[&str]| list.contains(&&*word.to_lowercase());
    let mut words = left.split_whitespace().rev();
    let mut word = words.next();
    if word.is_some_and(|word| is(word, language.articles)) {
        word = words.next();
    }
    word.is_none_or(|word| word.ends_with(['.', '!', '?']) || is(word, language.within))
}

/// "The 14 February raid"
fn before(
    text: &str,
    name: &Range<usize>,
    language: &Language,
    lang: &str,
) -> Option<(SaidDate, Range<usize>)> {
    let left = text[..name.start].strip_suffix(' ')?;
    let mut from = left.len().saturating_sub(BEFORE);
    while !left.is_char_boundary(from) {
        from += 1;
    }
    // A date without digits is a weekday or "yesterday", which may belong to the verb.
    if !left[from..].contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Not half a word.
    let from = if from > 0 { from + left[from..].find(' ')? } else { 0 };
    let date = said_dates(&left[from..], lang).pop().filter(|date| from + date.span.end == left.len())?;
    let span = from + date.span.start..from + date.span.end;
    let article = left[..span.start].split_whitespace().next_back()?;
    language.articles.contains(&&*article.to_lowercase()).then_some((date, span))
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
}

/// Whether what stands before a name, or the name itself, holds a word for something that the
/// date behind it may be of.
fn is_of_another(left: &str, named: &str) -> bool {
    /// "The report of the inquiry into the raid"
    const WORDS: usize = 6;
    let is = |word: &str| {
        // The longest of them has fewer bytes.
        word.len() < 16 && {
            let word = word.to_lowercase();
            DATED.contains(&&*word) || OTHER_DAYS.contains(&&*word)
        }
    };
    // What a mark parts from the name has nothing to do with it.
    let near = left.rsplit([',', '.', ';', ':', '!', '?', '(', ')', '–', '—']).next().unwrap_or_default();
    words(near).rev().take(WORDS).any(is) || words(named).any(is)
}

/// The word of a name that a date inside it is of: "the raid of 14 February", "the 14 February
/// raid" have "raid", "the raid report of 3 March" has "report". None where the name tells of
/// another day than that of what happened: its anniversary, a second one.
#[must_use]
pub fn dated_word<'t>(name: &'t str, date: &Range<usize>) -> Option<&'t str> {
    if words(name).any(|word| OTHER_DAYS.contains(&&*word.to_lowercase())) {
        return None;
    }
    // Behind the date stands the noun; before it there is a preposition, and perhaps an article.
    let is_small = |word: &&str| word.chars().count() <= 3;
    let behind = words(name.get(date.end..)?).next_back();
    behind.or_else(|| words(name.get(..date.start)?).rev().find(|word| !is_small(word)))
}

/// The date of what the words of a claim begin with, and the last word of that: "A raid on 14
/// February killed seven" has the word "raid". The date's place is in `text`.
#[must_use]
pub fn leading_date<'t>(text: &'t str, lang: &str) -> Option<(&'t str, SaidDate)> {
    /// How many words such a name has at most, with its article.
    const WORDS: usize = 4;
    let language = language(lang)?;
    let mut ends = text.match_indices(' ').map(|(at, _)| at).take(WORDS);
    let article = &text[..ends.next()?];
    if !language.articles.contains(&&*article.to_lowercase()) {
        return None;
    }
    ends.find_map(|end| {
        let joined = language.of.iter().chain(language.on).find(|start| text[end..].starts_with(**start))?;
        let date = said_date_at(text, end + joined.len(), lang)?;
        let word = dated_word(&text[..date.span.end], &date.span)?;
        Some((word, date))
    })
}

#[cfg(test)]
mod tests {
    use super::{joined_date, leading_date};

    /// The date joined to the name between `<` and `>`.
    fn joined(lang: &str, text: &str) -> Option<String> {
        let start = text.find('<').expect("a name");
        let end = text.find('>').expect("a name") - 1;
        let plain: String = text.chars().filter(|c| !matches!(c, '<' | '>')).collect();
        joined_date(&plain, start..end, lang).map(|(_, span)| plain[span].to_owned())
    }

    #[test]
    fn dates_of_what_is_named() {
        for (text, date) in [
            ("after <the raid of 14 February>", "14 February"),
            ("after the <raid> of 14 February 2023", "14 February 2023"),
            ("after the <raid> (14 February 2023)", "14 February 2023"),
            ("victims of the <raid> (14 February 2023)", "14 February 2023"),
            ("In the report, the <raid> (14 February 2023)", "14 February 2023"),
            ("The <raid> on Wednesday killed two", "Wednesday"),
            ("It rained. The <raid> on 14 February 2023 killed two", "14 February 2023"),
            ("Two died in the <raid> on 14 February.", "14 February"),
            ("since the 14 February <raid>", "14 February"),
            ("since the February 14, 2023 <raid>", "February 14, 2023"),
        ] {
            assert_eq!(joined("en", text).as_deref(), Some(date), "{text}");
        }
        for (text, date) in [
            ("seit dem <Angriff> vom 14. Februar 2023", "14. Februar 2023"),
            ("beim <Angriff> am 14. Februar starben zwei", "14. Februar"),
        ] {
            assert_eq!(joined("de", text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn dates_of_something_else() {
        for text in [
            "They condemned the <raid> on 14 February 2023",
            "On 14 February 2023 the <raid> was condemned",
            "On 14 February 2023 <the raid> began",
            "After the <raid> on 14 February they met",
            "the <raid>, on 14 February 2023",
            "the <raid> and the storm of 14 February 2023",
            "the <raid of 14 February or 15 February>",
            "the <raid> (14 February 2023 or later)",
            "the <raid> of 14 people",
            "the report on the <raid> (14 February 2023)",
            "<the inquiry into the raid> (14 February 2023)",
            "the second <raid> (14 February 2023)",
            "the anniversary of the <raid> of 14 February 2023",
            "the <raid>",
            "<>",
        ] {
            assert_eq!(joined("en", text), None, "{text}");
        }
        assert_eq!(joined("fr", "the <raid of 14 February 2023>"), None);
    }

    #[test]
    fn claims_begin_with_what_happened() {
        let leading = |text: &'static str| {
            leading_date(text, "en").map(|(word, date)| (word, text[date.span].to_owned()))
        };
        let raid = Some(("raid", "14 February".to_owned()));
        assert_eq!(leading("A raid on 14 February killed 28 people"), raid);
        assert_eq!(leading("The harbour raid of 14 February"), raid);
        // A second one is another than that of which the claim is.
        assert_eq!(leading("The second raid of 14 February"), None);
        assert_eq!(leading("Twenty died on 14 February"), None);
        assert_eq!(leading("The raid killed 28 people on 14 February"), None);
    }
}
