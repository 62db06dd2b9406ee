//! The words between which a title stands, and those that put it into another time. All in
//! small letters.

use crate::text::for_language;

/// What a language puts around the titles of people.
#[derive(Debug)]
pub(super) struct Language {
    /// Words that a title never holds and that may stand right before one.
    pub(super) breaks: &'static [&'static str],
    /// Words that may stand right before a title, and inside of one.
    pub(super) determiners: &'static [&'static str],
    /// What may follow a title that stands behind a name: whose office it is.
    pub(super) of: &'static [&'static str],
    /// Words beside a title that say that it is not, or not wholly, held now.
    pub(super) qualifiers: &'static [&'static str],
    /// How such words begin, where they are one with what follows: `ex-minister`.
    pub(super) qualifying_beginnings: &'static [&'static str],
    /// Words before a title by which it tells when something was: "under mayor Example".
    pub(super) reigns: &'static [&'static str],
    /// What is called after people.
    pub(super) things: &'static [&'static str],
    /// Words anywhere in a sentence that tells of another time.
    pub(super) other_times: &'static [&'static str],
}

/// The words of a language, given as a BCP 47 tag.
pub(super) fn of(lang: &str) -> Option<&'static Language> {
    for_language(lang, &[("en", &ENGLISH), ("de", &GERMAN)])
}

#[rustfmt::skip] // One word a line is too long to read.
static ENGLISH: Language = Language {
    breaks: &[
        "said", "says", "say", "told", "tells", "asked", "added", "adds", "wrote", "writes", "replied",
        "warned", "announced", "insisted", "claimed", "accused", "quoted", "met", "called", "thanked",
        "by", "with", "and", "or", "but", "that", "as", "from", "to", "in", "on", "at", "about", "between",
        "against", "like", "both", "according", "where", "which", "than", "via", "is", "was",
    ],
    determiners: &["the", "a", "an", "its", "their", "his", "her", "our", "of", "for"],
    of: &["of", "for", "at"],
    qualifiers: &[
        "former", "formerly", "then", "ex", "future", "incoming", "outgoing", "late", "acting", "interim",
        "designate", "elect", "designated", "retired", "onetime", "one-time", "sometime", "erstwhile",
        "previous", "previously", "past", "once", "until", "till", "since", "from", "became", "becomes",
        "become", "when", "while", "during", "before", "after", "time", "years", "year", "new", "next",
        "days", "era", "reign", "tenure", "predecessor", "successor", "ousted", "deposed", "disgraced", "would-be", "aspiring", "candidate",
        "nominee", "shadow", "honorary", "emeritus", "not", "later", "now", "not-yet",
        "if", "whether", "first", "last", "named", "appointed", "elected", "succeeded", "replaced", "old",
    ],
    qualifying_beginnings: &["ex-", "then-", "former-", "ex–", "soon-"],
    reigns: &["under"],
    things: &[
        "street", "road", "avenue", "square", "lane", "boulevard", "drive", "way", "highway", "plaza", "bridge",
        "tunnel", "school", "college", "university", "institute", "academy", "library", "museum", "theatre",
        "theater", "hall", "house", "building", "tower", "hospital", "clinic", "centre", "center", "park",
        "garden", "gardens", "stadium", "arena", "station", "airport", "prize", "award", "medal", "trophy",
        "cup", "scholarship", "fellowship", "foundation", "fund", "trust", "memorial", "lecture", "day", "act",
        "dam", "port", "terminal", "estate", "pier", "archive", "archives", "collection", "chair",
    ],
    other_times: &[
        "ago", "earlier", "then", "years", "decade", "decades", "century", "anniversary", "recalled",
        "remembered", "history", "back", "predecessor", "successor", "until", "time", "would", "had",
        "when", "became", "appointed",
    ],
};

#[rustfmt::skip]
static GERMAN: Language = Language {
    breaks: &[
        "sagte", "sagt", "erklärte", "erklärt", "teilte", "schrieb", "warnte", "betonte", "meinte",
        "und", "oder", "aber", "dass", "als", "wie", "mit", "von", "bei", "beim", "an", "am", "auf", "in",
        "im", "gegen", "für", "zwischen", "laut", "nach", "durch", "so", "vom", "zum", "zu", "zur", "ist",
        "traf", "fragte", "war",
    ],
    determiners: &[
        "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "eines", "einer", "ihr",
        "ihre", "ihren", "ihrem", "sein", "seine", "seinen", "seinem", "unser", "unsere",
    ],
    of: &["der", "des", "von", "vom", "bei", "beim", "im", "in", "für"],
    qualifiers: &[
        "damalige", "damaliger", "damaligen", "damaligem", "ehemalige", "ehemaliger", "ehemaligen",
        "ehemals", "frühere", "früherer", "früheren", "früher", "einstige", "einstiger", "einstigen",
        "künftige", "künftiger", "künftigen", "designierte", "designierter", "designierten",
        "amtierende", "amtierender", "amtierenden", "kommissarische", "kommissarischer",
        "kommissarischen", "geschäftsführende", "scheidende", "scheidender", "scheidenden", "verstorbene",
        "verstorbener", "verstorbenen", "bisherige", "bisheriger", "bisherigen", "neue", "neuer", "neuen",
        "spätere", "späterer", "späteren", "vorige", "voriger", "vorigen", "gestürzte", "abgesetzte", "ex",
        "alt", "bis", "seit", "ab", "zeit", "jahre", "jahren", "jahr", "kandidat", "nicht",
        "tagen", "zeiten", "ära", "amtszeit", "nachfolger", "nachfolgerin", "vorgänger", "vorgängerin", "wurde", "werden", "wird", "später",
        "jetzt", "heute", "noch", "nun", "erste", "erster", "ersten", "letzte", "letzter", "letzten",
    ],
    qualifying_beginnings: &["ex-", "ex–", "alt-", "interims-", "altkanzler", "altbundes"],
    reigns: &["unter"],
    things: &["straße", "platz", "weg", "allee", "brücke", "schule", "haus", "preis", "stiftung", "gedenktag"],
    other_times: &[
        "damals", "einst", "früher", "zuvor", "jahren", "jahre", "jahrzehnt", "jahrzehnten", "jahrestag",
        "geschichte", "vorgänger", "vorgängerin", "nachfolger", "nachfolgerin", "bis", "hatte", "hatten",
        "als", "wurde", "zeit",
    ],
};
