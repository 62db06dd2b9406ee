//! What the words of the markup mean: classes, keys and the fields of front matter. The one
//! table of them, in the order of the specification.

use crate::data::term::Term;

/// The classes.
pub const CLASSES: &[Term] = &[
    Term::new("claim", "", "An assertion of fact. It needs a source, or a basis"),
    Term::new(
        "quote",
        "",
        "Words given as somebody's own: those between quotation marks inside it, or all of it where there are none. It says who speaks",
    ),
    Term::new(
        "accusation",
        "",
        "A claim that someone did wrong. It says whom it accuses, who are to be heard",
    ),
    Term::new("response", "", "What the accused say to it. It names the claims that it answers"),
    Term::new("figure", "", "A number. It says of which event, and what is counted"),
    Term::new("entry", "", "On a div: an entry of a live page, of its own date"),
    Term::new("file-photo", "", "On a picture: it is old on purpose, and is presented as such"),
    Term::new("illustration", "", "On a picture: it shows no event, so that it needs no date or place"),
];

const CLAIMS: &str = "claims: #id here, slug#id in another article";

/// The keys.
pub const KEYS: &[Term] = &[
    Term::new("by", "entities", "Who says so. Claims inside take it over").with(&[
        ("unnamed", "The speaker is not named. The words used for them stand beside it, as=…"),
        ("none", "The article says so in its own voice, whatever stands around it"),
    ]),
    Term::new("as", "text", "The words used for a speaker who is not named"),
    Term::new(
        "via",
        "sources or entities",
        "Who relayed it, as an agency does that quotes a ministry. A source's key goes before a name",
    ),
    Term::new("against", "entities", "Whom it accuses. They are to be heard"),
    Term::new("on", "a date", "When it was said"),
    Term::new("answers", CLAIMS, "The accusations that this is the answer to"),
    Term::new("disputes", CLAIMS, "The claims that this contradicts"),
    Term::new("confirms", CLAIMS, "The claims that this bears out"),
    Term::new("repeats", CLAIMS, "The claims that this says again"),
    Term::new("corrects", CLAIMS, "The claims that this puts right"),
    Term::new("updates", CLAIMS, "The claims that this goes on from, as a toll does that rises"),
    Term::new("continues", CLAIMS, "The first part of a quote that the text interrupts"),
    Term::new("event", "an entity", "The event that the figure counts something of"),
    Term::new("what", "a word", "What is counted: killed, wounded, arrested, cost"),
    Term::new(
        "value",
        "a number, or a range such as 20..30",
        "The figure, where it cannot be read from the text",
    ),
    Term::new("unit", "a word", "What the figure is counted in, where it cannot be read from the text"),
    Term::new(
        "subset-of",
        "a word",
        "The figure of the same event that this one is a part of, by what it counts",
    ),
    Term::new(
        "reply",
        "a word or an answer in another article, slug#id; for one of several accused, name:word",
        "What came of asking the accused, where nothing in this article is their answer",
    )
    .with(&[
        ("sought", "They were asked"),
        ("declined", "They were asked, and declined to comment"),
        ("no-answer", "They were asked, and did not answer"),
        ("promised", "They were asked, and promised an answer"),
        ("not-sought", "They were not asked. This says so, and settles nothing"),
    ]),
    Term::new("basis", "a word", "Why the claim needs no source")
        .with(&[("observed", "The reporter saw it"), ("established", "It is beyond dispute")]),
    Term::new("original", "text", "The words in the language in which they were said"),
    Term::new("translator", "a name", "Who translated the words"),
    Term::new("checked", "a date", "When the desk checked wording, attribution and sources"),
    Term::new("checker", "text", "Who at the desk checked it. This is never exported"),
    Term::new(
        "hash",
        "8 hexadecimal digits",
        "What was checked, as a sum: it shows when the claim has changed since",
    ),
    Term::new("verdict", "a word", "What the desk holds of the content itself").with(&[
        ("true", "The desk holds it to be true"),
        ("false", "The desk holds it to be false"),
        ("disputed", "It is disputed, and the desk has not settled it"),
        ("unverifiable", "The desk could not find out"),
    ]),
    Term::new("retracted", "a date", "When the publication withdrew it"),
    Term::new(
        "source",
        "keys of sources",
        "On a div: what all claims inside rest on that cite nothing themselves",
    ),
    Term::new("date", "a date", "On an entry of a live page: when it was published"),
    Term::new("credit", "text", "On a picture: who made it"),
    Term::new("taken", "a date", "On a picture: when it was taken"),
    Term::new("place", "an entity", "On a picture: where it was taken"),
];

const NAMES: &str = "a name, or a list of names";

/// The fields of an article's front matter.
pub const FRONT_MATTER: &[Term] = &[
    Term::new("title", "text", "The headline"),
    Term::new("title-claims", "claims, without #", "The claims that carry the headline"),
    Term::new(
        "slug",
        "a word",
        "The article's short name, by which others refer to it. Without one it is the file's name",
    ),
    Term::new("date", "a date", "When it was published"),
    Term::new("updated", "a date", "When it was last changed"),
    Term::new("author", NAMES, "Who wrote it"),
    Term::new("authors", NAMES, "Who wrote it"),
    Term::new("lang", "a language tag, such as en or de-CH", "Its language. Without one it is English"),
    Term::new("dateline", "text", "Where the reporter says that it was written"),
    Term::new("reported-from", "a place, or a list of places", "Where it was reported from"),
    Term::new("status", "a word", "How far it is on its way").with(&[
        ("draft", "It is being written"),
        ("review", "It is at the desk"),
        ("published", "It is out"),
        ("corrected", "It is out, and was corrected. What was corrected stands under corrections"),
        ("retracted", "It was withdrawn as a whole"),
    ]),
    Term::new("entities", "names, each with the id of an entity", "Whom a name means in this article"),
    Term::new(
        "references",
        "a list of sources",
        "The article's own sources, which go before those of registries",
    ),
    Term::new("bibliography", "a file, or a list of files", "Files of sources for this article"),
    Term::new(
        "corrections",
        "a list of entries with date, text, claims and was",
        "What was corrected, and when",
    ),
    Term::new("embargo", "a date or time", "Until when it may not be published"),
];

/// The fields of an entry of `corrections`.
pub const CORRECTION: &[Term] = &[
    Term::new("date", "a date", "When it was corrected"),
    Term::new("text", "text", "What readers are told"),
    Term::new(
        "claims",
        "claims, without #",
        "The claims that were corrected. Their ids stay in use when their words go",
    ),
    Term::new("was", "text", "What it said before"),
];

#[cfg(test)]
mod tests {
    use super::super::vocabulary;
    use super::*;
    use crate::data::term::find;

    #[test]
    fn every_word_that_is_read_has_a_meaning() {
        let names = |terms: &[Term]| terms.iter().map(|term| term.name).collect::<Vec<_>>();
        assert_eq!(names(CLASSES), vocabulary::CLASSES);
        assert_eq!(names(KEYS), vocabulary::KEYS);
        for key in vocabulary::KEYS {
            let words: Vec<&str> =
                find(KEYS, key).into_iter().flat_map(|term| term.words).map(|(word, _)| *word).collect();
            if let Some(fixed) = vocabulary::fixed_values(key) {
                assert_eq!(words, fixed, "{key}");
            }
        }
    }
}
