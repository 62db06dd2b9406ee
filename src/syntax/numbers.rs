//! Numbers that say the same in other signs: "3", "three"; "3½", "3 1/2", "three and a half".
//!
//! House styles write numbers out up to nine, or up to ninety-nine, or never, also in what
//! somebody said.

use crate::text::{Step, Wording};

use super::figure;

/// Words that one of two texts has in the place of others, as two texts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberChange {
    /// One number in two signs.
    Same,
    /// Two numbers, or words of which one is in digits.
    Other,
    /// Words.
    None,
}

/// How many words a number has that is compared: "three hundred and twenty five thousand".
const MOST_WORDS: usize = 8;

/// What differs in a run of steps, all of which differ: the words of `first` or those of
/// `second`, each with the text that it was made of, in the language `lang` (a BCP 47 tag).
#[must_use]
pub fn number_change(
    run: &[Step],
    first: (&Wording, &str),
    second: (&Wording, &str),
    lang: &str,
) -> NumberChange {
    let words = |step: &Step| match step {
        Step::First(word) => [Some(*word), None],
        Step::Second(word) => [None, Some(*word)],
        Step::Same(..) => [None, None],
    };
    let side = |number: usize, (wording, text): (&Wording, &str)| {
        let mut own = run.iter().filter_map(|step| words(step)[number]);
        let from = own.next()?;
        let to = own.next_back().unwrap_or(from);
        let is_short = to - from < MOST_WORDS;
        text.get(wording.span(from).start()..wording.span(to).end()).filter(|_| is_short).map(str::to_owned)
    };
    let (one, other) = (side(0, first), side(1, second));
    let value = |side: &Option<String>| side.as_deref().and_then(|words| number(words, lang));
    let has_digit =
        |side: &Option<String>| side.as_deref().is_some_and(|words| words.contains(char::is_numeric));
    match (value(&one), value(&other)) {
        (Some(one), Some(other)) if one == other => NumberChange::Same,
        (Some(_), Some(_)) => NumberChange::Other,
        _ if has_digit(&one) || has_digit(&other) => NumberChange::Other,
        _ => NumberChange::None,
    }
}

/// The number that words are, if they are nothing else.
fn number(words: &str, lang: &str) -> Option<f64> {
    if let Some((whole, part)) = fraction(words) {
        let whole = whole.trim_end_matches(|c: char| c.is_whitespace() || c == '-');
        return match whole {
            "" => Some(part),
            whole => number(whole, lang).filter(|whole| whole.fract() == 0.0).map(|whole| whole + part),
        };
    }
    let read = figure::read("", words, lang)?;
    (read.span == (0..words.len()) && read.low == read.high && !read.about).then_some(read.low?)
}

/// A fraction in signs at the end of words, "½" or "1/2", and what stands before it.
fn fraction(words: &str) -> Option<(&str, f64)> {
    const SIGNS: [(char, f64); 9] = [
        ('½', 0.5),
        ('¼', 0.25),
        ('¾', 0.75),
        ('⅓', 1.0 / 3.0),
        ('⅔', 2.0 / 3.0),
        ('⅛', 0.125),
        ('⅜', 0.375),
        ('⅝', 0.625),
        ('⅞', 0.875),
    ];
    if let Some((before, part)) =
        SIGNS.iter().find_map(|(sign, part)| Some((words.strip_suffix(*sign)?, *part)))
    {
        return Some((before, part));
    }
    let (before, below) = words.rsplit_once(['/', '⁄'])?;
    let at = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (before, above) = before.split_at(at);
    let (above, below): (f64, f64) = (above.parse().ok()?, below.parse().ok()?);
    (above >= 1.0 && above < below && below <= 100.0).then_some((before, above / below))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_in_all_signs() {
        for (words, value) in [
            ("3", 3.0),
            ("three", 3.0),
            ("3½", 3.5),
            ("3 1/2", 3.5),
            ("3-1/2", 3.5),
            ("three and a half", 3.5),
            ("3.5", 3.5),
            ("½", 0.5),
            ("half", 0.5),
            ("1/2", 0.5),
            ("twenty-five", 25.0),
            ("1,500", 1500.0),
        ] {
            assert_eq!(number(words, "en"), Some(value), "{words}");
        }
        for words in ["", "lorries", "3 lorries", "some three", "/", "1/", "5/0", "½ ½", "2 of 3", "dozens"]
        {
            assert_eq!(number(words, "en"), None, "{words}");
        }
        assert_eq!(number("fünfundzwanzig", "de"), Some(25.0));
    }
}
