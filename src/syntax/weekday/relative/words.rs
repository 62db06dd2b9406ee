//! The words of dates that count from another. All in small letters.

use crate::text::for_language;

/// How a language counts from a day.
#[derive(Debug)]
pub(super) struct Language {
    /// Days counted from the article's: "yesterday".
    pub(super) days: &'static [(&'static [&'static str], i64)],
    /// Words before a weekday, a week, a month or a year: the last, this, the next.
    pub(super) last: &'static [&'static str],
    pub(super) this: &'static [&'static str],
    pub(super) next: &'static [&'static str],
    pub(super) week: &'static [&'static str],
    pub(super) month: &'static [&'static str],
    pub(super) year: &'static [&'static str],
    /// Days and weeks that are counted: the words, and how many days each is.
    pub(super) units: &'static [(&'static [&'static str], i64)],
    /// One to twelve.
    pub(super) numbers: [&'static [&'static str]; 12],
    /// What stands behind so many days: from the day that was spoken of, or the article's.
    pub(super) earlier: &'static [&'static str],
    pub(super) later: &'static [&'static str],
    pub(super) ago: &'static [&'static str],
    /// The same, before them.
    pub(super) ago_before: &'static [&'static str],
}

/// The words of a language, given as a BCP 47 tag.
pub(super) fn of(lang: &str) -> Option<&'static Language> {
    for_language(lang, &[("en", &ENGLISH), ("de", &GERMAN)])
}

static ENGLISH: Language = Language {
    days: &[(&["yesterday"], -1), (&["today"], 0), (&["tomorrow"], 1)],
    last: &["last"],
    this: &["this"],
    next: &["next"],
    week: &["week"],
    month: &["month"],
    year: &["year"],
    units: &[(&["day", "days"], 1), (&["week", "weeks"], 7)],
    numbers: [
        &["one", "a"],
        &["two"],
        &["three"],
        &["four"],
        &["five"],
        &["six"],
        &["seven"],
        &["eight"],
        &["nine"],
        &["ten"],
        &["eleven"],
        &["twelve"],
    ],
    earlier: &["earlier", "before"],
    later: &["later", "after"],
    ago: &["ago"],
    ago_before: &[],
};

static GERMAN: Language = Language {
    days: &[(&["vorgestern"], -2), (&["gestern"], -1), (&["heute"], 0), (&["übermorgen"], 2)],
    last: &[
        "letzten",
        "letzte",
        "letzter",
        "letztes",
        "vergangenen",
        "vergangene",
        "vergangener",
        "vergangenes",
        "vorigen",
        "vorige",
        "voriger",
        "voriges",
    ],
    this: &["diesen", "diesem", "diese", "dieser", "dieses"],
    next: &["nächsten", "nächste", "nächster", "nächstes", "kommenden", "kommende", "kommender", "kommendes"],
    week: &["woche"],
    month: &["monat", "monats"],
    year: &["jahr", "jahres"],
    units: &[(&["tag", "tage", "tagen"], 1), (&["woche", "wochen"], 7)],
    numbers: [
        &["ein", "einen", "einem", "eine", "einer"],
        &["zwei"],
        &["drei"],
        &["vier"],
        &["fünf"],
        &["sechs"],
        &["sieben"],
        &["acht"],
        &["neun"],
        &["zehn"],
        &["elf"],
        &["zwölf"],
    ],
    earlier: &["zuvor", "davor", "vorher", "früher"],
    later: &["später", "danach", "darauf"],
    ago: &[],
    ago_before: &["vor"],
};
