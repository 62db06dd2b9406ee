//! Names that stand between quotation marks: titles of works, prizes, nicknames. They are
//! nobody's words.

use crate::text::primary_language;

use super::sentence::Quotation;

/// What a language calls that whose name stands between quotation marks, in small letters.
struct Language {
    /// Things with a name: "the film “…”", "the “…” prize".
    named: &'static [&'static str],
    /// What may stand between the thing and its name: "a film called “…”".
    calls: &'static [&'static str],
    /// What says by itself that a name follows.
    introduces: &'static [&'static str],
    /// Articles between that and the name: "nicknamed the “…”".
    articles: &'static [&'static str],
    /// Verbs after which words are said, whatever they look like.
    says: &'static [&'static str],
}

#[rustfmt::skip] // One word a line is too long to read.
static ENGLISH: Language = Language {
    named: &[
        "film", "movie", "documentary", "drama", "comedy", "series", "show", "programme", "program", "podcast",
        "episode", "book", "novel", "memoir", "poem", "play", "musical", "opera", "song", "single", "album", "track",
        "hymn", "ballad", "painting", "sculpture", "mural", "exhibition", "exhibit", "festival", "magazine",
        "newspaper", "game", "app", "award", "awards", "prize", "medal", "trophy", "title", "contest", "competition",
        "operation", "campaign", "project", "initiative", "scheme", "conference", "workshop", "course", "brand",
        "band", "nickname", "column", "essay", "article", "chapter", "paper", "study", "category",
    ],
    calls: &["called", "named", "titled", "entitled", "of", "for", "is", "was", "like"],
    introduces: &["titled", "entitled", "subtitled", "headlined", "nicknamed", "dubbed", "so-called", "codenamed", "as"],
    articles: &["the", "a", "an", "as"],
    says: &[
        "said", "says", "say", "told", "tells", "added", "adds", "wrote", "writes", "asked", "asks", "shouted",
        "replied", "replies", "warned", "warns", "insisted", "declared", "stated", "tweeted", "posted", "read", "reads",
        "chanted", "that",
    ],
};

#[rustfmt::skip]
static GERMAN: Language = Language {
    named: &[
        "film", "spielfilm", "dokumentarfilm", "dokumentation", "serie", "sendung", "podcast", "folge", "buch", "roman",
        "gedicht", "stück", "theaterstück", "musical", "oper", "lied", "song", "single", "album", "gemälde", "ausstellung",
        "festival", "zeitschrift", "magazin", "zeitung", "spiel", "preis", "preises", "auszeichnung", "medaille", "titel",
        "wettbewerb", "operation", "kampagne", "projekt", "projekts", "initiative", "aktion", "programm", "tagung",
        "marke", "band", "spitzname", "spitznamen", "kolumne", "aufsatz", "artikel", "kapitel", "studie", "kategorie",
    ],
    calls: &["namens", "mit", "dem", "den", "der", "die", "das", "titel", "namen", "heißt"],
    introduces: &["betitelt", "sogenannte", "sogenannten", "sogenannter", "sogenanntes", "genannt", "namens"],
    articles: &["der", "die", "das", "den", "dem", "als"],
    says: &["sagte", "sagt", "erklärte", "schrieb", "schreibt", "fragte", "rief", "antwortete", "warnte", "betonte"],
};

/// How many words on either side are looked at.
const NEAR: usize = 3;

/// How many words the name of anything has, at most.
const MOST_WORDS: usize = 12;

/// Whether what `quotation` holds in `text` is a name and not somebody's words. `lang` is a BCP 47
/// tag.
#[must_use]
pub fn is_quoted_name(text: &str, quotation: &Quotation, lang: &str) -> bool {
    let language = match &*primary_language(lang).to_ascii_lowercase() {
        "de" => &GERMAN,
        _ => &ENGLISH,
    };
    let inner = text[quotation.inner.clone()].trim();
    let (before, after) = (&text[..quotation.outer.start], &text[quotation.outer.end..]);
    // What is said ends as a sentence does or is carried on by a comma; a name does not.
    let is_sentence = inner.ends_with(['.', '…', ';', ':']) || inner.contains(". ");
    let words: Vec<&str> = inner.split_whitespace().take(MOST_WORDS + 1).collect();
    let near: Vec<String> = before
        .rsplit(|c: char| c.is_whitespace())
        .filter(|word| !word.is_empty())
        .take(NEAR)
        .map(str::to_lowercase)
        .collect();
    // A mark between says that something else begins: "the film, “…”" is the film's name all the
    // same, "He left the film: “…”" is not.
    let word = |at: usize| near.get(at).map(|word| word.trim_end_matches(','));
    let is = |at: usize, list: &[&str]| word(at).is_some_and(|word| list.contains(&word));
    let is_said = inner.ends_with(['!', '?']);
    // Americans put the full stop after a title inside.
    if words.len() <= MOST_WORDS && !is(0, language.says) && !is_said && is_in_title_case(&words) {
        return true;
    }
    if is_sentence || words.len() > MOST_WORDS || is(0, language.says) {
        return false;
    }
    let first = usize::from(is(0, language.articles));
    if is(first, language.introduces) && (word(first) != Some("as") || is_known_as(word(first + 1))) {
        return true;
    }
    // "The film “…”", "a film called “…”", "the title of “…”"
    let is_named_before =
        (0..NEAR).any(|at| is(at, language.named) && (0..at).all(|between| is(between, language.calls)));
    // "the “…” award"; in German also "der „…“-Preis"
    let is_compound = after.starts_with('-') && after[1..].starts_with(char::is_alphabetic);
    let next = after.strip_prefix([' ', '\u{a0}']).unwrap_or_default();
    let next: String = next.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let is_named_after = language.named.contains(&&*next);
    (is_named_before || is_named_after || is_compound) && !inner.ends_with(',')
}

/// "Known as", "known in the trade as".
fn is_known_as(word: Option<&str>) -> bool {
    word.is_some_and(|word| matches!(word, "known" | "sold" | "billed" | "marketed" | "advertised"))
}

/// Small words inside of titles.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "to", "for", "and", "or", "at", "by", "with", "from", "as", "but", "nor", "vs",
    "de", "la", "le", "les", "el", "du", "des", "von", "und", "der", "die", "das", "im", "am", "zu",
];

/// "The Best Seats on the Left": each word has a capital, but for small ones between.
fn is_in_title_case(words: &[&str]) -> bool {
    let bare = |word: &&str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = words.iter().map(bare).filter(|word| !word.is_empty()).collect();
    let is_capital = |word: &String| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let is_small = |word: &String| SMALL.contains(&&**word);
    // A sign that shouts is read out word by word.
    let is_shouted = !words.concat().contains(char::is_lowercase);
    words.first().is_some_and(is_capital)
        && !is_shouted
        && words.iter().filter(|word| is_capital(word)).count() >= 2
        && words.iter().all(|word| is_capital(word) || is_small(word))
}

#[cfg(test)]
mod tests {
    use super::super::sentence::quotations;
    use super::is_quoted_name;

    #[track_caller]
    fn check(lang: &str, text: &str, expected: bool) {
        let quotation = &quotations(text)[0];
        assert_eq!(is_quoted_name(text, quotation, lang), expected, "{text}");
    }

    #[test]
    fn names() {
        for text in [
            "She starred in the film “we never had a road”.",
            "She wrote a novel called “we never had a road” in May.",
            "It won the “best young reporter of the year” award.",
            "It won the award for “best young reporter of the year”.",
            "He is nicknamed the “butcher of the old bay” at home.",
            "It is known as the “bridge to nowhere at all” in town.",
            "the so-called “war on false and fake news” goes on",
            "He read from “The Best Seats on the Left” to them.",
            "The essay, “we never had a road”, is out.",
            "They sang “Take Me Home, Country Road” at noon.",
            "The mayor told the talk show “Voice of the Harbour.”",
        ] {
            check("en", text, true);
        }
        for text in [
            "He brachte das Buch „wir gehen jetzt nach Hause“ mit.",
            "Der „wir gehen jetzt nach Hause“-Preis ist weg.",
            "Die sogenannte „letzte Straße nach dem Dorf“ ist zu.",
        ] {
            check("de", text, true);
        }
    }

    #[test]
    fn words_of_somebody() {
        for text in [
            "She said: “We never had a road.”",
            "“We never had a road,” she said of the film.",
            "“We never had a road here” she said.",
            "He called it “a very bad deal indeed”.",
            "She described it as “a very bad deal indeed”.",
            "She said “Long Live The Old Harbour”.",
            "The sign was “WE ARE NOT GOING HOME”.",
            "She left the film. “We never had a road here” was all.",
            "The letter speaks of “the best seats on the left”.",
            "“Northland Will Not Pay For This!” he shouted.",
            "He sees it as “a matter of weeks”.",
            "“We go to Norhaven and Kasra” is what they say.",
        ] {
            check("en", text, false);
        }
        check("de", "Er sagte: „Wir gehen jetzt nach Hause.“", false);
        check("de", "„Der Film hat keine Straße gezeigt“, sagte er.", false);
    }
}
