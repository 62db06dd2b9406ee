//! Who is said to say something: the words of attribution in a sentence, with the places at
//! which the name of a speaker may stand. Whose name that is, others know.
//!
//! Each language knows its own words alone; in the others nothing is found.

use std::ops::Range;

use crate::text::for_language;

/// A word or phrase that makes the name beside it that of a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The word of saying, or "according to", with the words that go with it.
    pub words: Range<usize>,
    /// Where a name has to end so that it is the subject: before the word and its adverbs.
    pub subject_end: Option<usize>,
    /// Where a name, or the article before it, has to begin so that it is the speaker: after
    /// "according to", or after a verb that the subject may follow.
    pub subject_start: Option<usize>,
}

/// A word of a text, by its bytes.
pub type Word = Range<usize>;

/// How a language attributes.
struct Language {
    /// Verbs of saying.
    verbs: &'static [&'static str],
    /// Those of them that the subject may follow: "said Anna Kern".
    before_subject: &'static [&'static str],
    /// Words between the subject and its verb.
    adverbs: &'static [&'static str],
    /// "According to".
    according: &'static [&'static [&'static str]],
    /// Articles before a name.
    determiners: &'static [&'static str],
    /// "That".
    that: &'static str,
    /// Words that, right before a name, make it a part of something else: "critics of", "and".
    joins: &'static [&'static str],
    /// Those of them that, right behind a name, say that it is not alone.
    ands: &'static [&'static str],
    /// Words that, right behind the verb, are no beginning of what is said.
    not_said: &'static [&'static str],
}

#[rustfmt::skip] // One word a line is too long to read.
static ENGLISH: Language = Language {
    verbs: &[
        "say", "says", "said", "claim", "claims", "claimed", "state", "states", "stated", "argue", "argues",
        "argued", "warn", "warns", "warned", "announce", "announces", "announced", "insist", "insists",
        "insisted", "add", "adds", "added", "declare", "declares", "declared", "confirm", "confirms", "confirmed",
        "deny", "denies", "denied", "allege", "alleges", "alleged", "report", "reports", "reported", "write",
        "writes", "wrote", "reply", "replies", "replied", "tell", "tells", "told", "explain", "explains",
        "explained", "maintain", "maintains", "maintained", "concede", "concedes", "conceded",
    ],
    before_subject: &["says", "said", "adds", "added", "writes", "wrote", "replies", "replied", "warned", "explained"],
    adverbs: &["also", "has", "have", "had", "later", "then", "now", "again", "previously", "repeatedly", "still"],
    according: &[&["according", "to"]],
    determiners: &["the", "a", "an"],
    that: "that",
    joins: &[
        "of", "for", "from", "in", "at", "by", "with", "against", "to", "near", "on", "about", "over", "outside",
        "between", "and", "or", "s", "not", "like", "without",
    ],
    ands: &["and", "or"],
    not_said: &[
        "on", "in", "at", "of", "to", "by", "for", "from", "about", "after", "before", "during", "last", "this",
        "earlier", "later", "yesterday", "today", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "nothing", "so", "it", "as",
    ],
};

#[rustfmt::skip]
static GERMAN: Language = Language {
    verbs: &[
        "sagt", "sagte", "sagten", "erklärt", "erklärte", "erklärten", "warnt", "warnte", "warnten", "betont",
        "betonte", "betonten", "behauptet", "behauptete", "behaupteten", "schreibt", "schrieb", "schrieben",
        "meldet", "meldete", "meldeten", "bestätigt", "bestätigte", "bestätigten",
    ],
    before_subject: &["sagt", "sagte", "sagten", "erklärte", "erklärten", "betonte", "schrieb", "meldete"],
    adverbs: &["hat", "haben", "hatte", "auch", "später"],
    according: &[&["laut"], &["nach", "angaben", "von"], &["nach", "angaben", "der"], &["nach", "angaben", "des"]],
    determiners: &["der", "die", "das", "dem", "den", "des"],
    that: "dass",
    joins: &[
        "von", "vom", "des", "aus", "für", "gegen", "bei", "beim", "in", "im", "an", "mit", "über", "und", "oder",
        "zwischen", "nicht", "wie", "ohne",
    ],
    ands: &["und", "oder"],
    not_said: &["am", "im", "in", "an", "auf", "bei", "vor", "nach", "zu", "zur", "zum", "dazu", "gestern", "heute"],
};

/// How many words may stand between a verb of saying and "that".
const MOST_BETWEEN: usize = 5;

fn language(lang: &str) -> Option<&'static Language> {
    for_language(lang, &[("en", &ENGLISH), ("de", &GERMAN)])
}

/// The words of a text: letters and digits.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_alphanumeric).map(|start| at + start) {
        let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| start + end);
        found.push(start..end);
        at = end;
    }
    found
}

/// The attributions of a sentence in the language `lang` (a BCP 47 tag), in order.
#[must_use]
pub fn attributions(sentence: &str, words: &[Word], lang: &str) -> Vec<Attribution> {
    let Some(language) = language(lang) else { return Vec::new() };
    let lower: Vec<String> = words.iter().map(|word| sentence[word.clone()].to_lowercase()).collect();
    let is = |at: usize, list: &[&str]| lower.get(at).is_some_and(|word| list.contains(&word.as_str()));
    let mut found = Vec::new();
    for at in 0..words.len() {
        let according = language.according.iter().find(|phrase| {
            phrase.iter().enumerate().all(|(by, word)| lower.get(at + by).is_some_and(|own| own == word))
        });
        if let Some(phrase) = according {
            let last = at + phrase.len() - 1;
            let name = words.get(last + 1).map(|word| word.start);
            found.push(Attribution {
                words: words[at].start..words[last].end,
                subject_end: None,
                subject_start: name,
            });
        } else if is(at, language.verbs) {
            let mut before = at;
            while before > 0 && at - before < 2 && is(before - 1, language.adverbs) {
                before -= 1;
            }
            let start = words[before].start;
            let inverts = is(at, language.before_subject);
            found.push(Attribution {
                words: start..words[at].end,
                subject_end: before.checked_sub(1).map(|last| words[last].end),
                subject_start: words.get(at + 1).filter(|_| inverts).map(|word| word.start),
            });
        }
    }
    found
}

/// Whether a word is an article, which may stand before a name that has none.
#[must_use]
pub fn is_determiner(word: &str, lang: &str) -> bool {
    language(lang).is_some_and(|language| language.determiners.contains(&&*word.to_lowercase()))
}

/// Whether the word before a name makes it a part of something else: "critics of Kasra".
#[must_use]
pub fn joins(word: &str, lang: &str) -> bool {
    language(lang).is_some_and(|language| language.joins.contains(&&*word.to_lowercase()))
}

/// Whether the word behind a name says that it is not alone: "Kern and others".
#[must_use]
pub fn goes_on(word: &str, lang: &str) -> bool {
    language(lang).is_some_and(|language| language.ands.contains(&&*word.to_lowercase()))
}

/// Where what is said begins in a sentence, of which the attribution ends at `after`: behind
/// "that", or right there; none where that cannot be told.
#[must_use]
pub fn said_after(sentence: &str, words: &[Word], after: usize, lang: &str) -> Option<usize> {
    let language = language(lang)?;
    let next = words.partition_point(|word| word.start < after);
    let is_that = |word: &&Word| sentence[(*word).clone()].to_lowercase() == language.that;
    if let Some(that) = words[next..].iter().take(MOST_BETWEEN + 1).find(is_that) {
        return Some(that.end);
    }
    let first = words.get(next)?;
    let is_open = language.not_said.contains(&&*sentence[first.clone()].to_lowercase());
    (!is_open).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subjects(sentence: &str, lang: &str) -> Vec<(Option<String>, Option<String>)> {
        let all = words(sentence);
        attributions(sentence, &all, lang)
            .into_iter()
            .map(|one| {
                (
                    one.subject_end.map(|end| sentence[..end].to_owned()),
                    one.subject_start.map(|start| sentence[start..].to_owned()),
                )
            })
            .collect()
    }

    #[test]
    fn a_name_may_stand_before_or_after() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(subjects("The ministry also said so.", "en"), [(some("The ministry"), some("so."))]);
        assert_eq!(subjects("It shut, according to Anna Kern.", "en"), [(None, some("Anna Kern."))]);
        assert_eq!(subjects("Laut Kern ist zu.", "de"), [(None, some("Kern ist zu."))]);
        assert_eq!(subjects("They told Kern", "en"), [(some("They"), None)]);
        assert_eq!(subjects("The ministry said so.", "fr"), []);
    }

    #[test]
    fn what_is_said_begins_after_that() {
        let said = |sentence: &str, after: &str| {
            let at = sentence.find(after).expect("it is there") + after.len();
            said_after(sentence, &words(sentence), at, "en").map(|at| sentence[at..].to_owned())
        };
        assert_eq!(said("It said on Monday that he left", "said").as_deref(), Some(" he left"));
        assert_eq!(said("It said he left", "said").as_deref(), Some(" he left"));
        assert_eq!(said("It said on Monday he left", "said"), None);
    }
}
