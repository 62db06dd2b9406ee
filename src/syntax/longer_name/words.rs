//! The words beside a name that are no part of it, and those that are.

use crate::text::for_language;

/// What a language writes with a capital right before a name without its being part of it.
#[derive(Debug)]
struct Language {
    /// Titles and offices, in small letters.
    titles: &'static [&'static str],
    /// How such words end, where they are made of several.
    title_endings: &'static [&'static str],
    /// Words with which sentences begin, beside those by which they are told apart.
    openers: &'static [&'static str],
    /// Days and months that are nobody's name.
    days: &'static [&'static str],
}

fn of(lang: &str) -> &'static Language {
    for_language(lang, &[("en", &ENGLISH), ("de", &GERMAN)]).unwrap_or(&OTHERS)
}

/// Whether a word is a title or an office before a person's name.
pub(super) fn is_title(word: &str, lang: &str) -> bool {
    let (language, lower) = (of(lang), word.to_lowercase());
    language.titles.contains(&&*lower)
        || OTHERS.titles.contains(&&*lower)
        || language.title_endings.iter().any(|ending| lower.ends_with(ending))
}

/// Whether sentences begin with a word.
pub(super) fn may_begin(word: &str, lang: &str) -> bool {
    of(lang).openers.contains(&&*word.to_lowercase())
}

/// Whether a word is a day of the week or a month, and no name.
pub(super) fn is_day(word: &str, lang: &str) -> bool {
    of(lang).days.contains(&&*word.to_lowercase())
}

/// Whether the particles of names are words of the language.
pub(super) fn has_particles_for_words(lang: &str) -> bool {
    let romance_or_german = ["de", "nl", "fr", "es", "it", "pt", "ca", "ro", "af"].map(|tag| (tag, ()));
    for_language(lang, &romance_or_german).is_some()
}

/// What stands, in small letters, between the parts of people's names.
pub(super) const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zur", "de", "der", "den", "ter", "ten", "di", "da", "do", "dos", "du", "del",
    "della", "la", "le", "bin", "ibn", "bint", "al", "el", "abu", "af", "av",
];

/// What a full stop shortens at the beginning of the names of places.
pub(super) const SAINTS: &[&str] = &["St", "Ste", "Sta", "Sto", "Mt", "Ft"];

/// With what the names of places begin in a language where all nouns have capitals.
pub(super) const GERMAN_PLACES: &[&str] = &[
    "Alt", "Bad", "Groß", "Hohen", "Klein", "Markt", "Neu", "Nieder", "Nord", "Ober", "Ost", "Sankt", "Süd",
    "Unter", "West",
];

#[rustfmt::skip] // One word a line is too long to read.
static ENGLISH: Language = Language {
    titles: &[
        "mr", "mrs", "ms", "miss", "mx", "messrs", "dr", "prof", "professor", "doctor", "sir", "dame", "lord", "lady",
        "president", "chancellor", "premier", "minister", "secretary", "undersecretary", "governor", "gov", "mayor",
        "mayoress", "senator", "sen", "representative", "rep", "congressman", "congresswoman", "deputy", "mp", "mep",
        "councillor", "councilor", "councilman", "councilwoman", "alderman", "commissioner", "ambassador", "envoy",
        "consul", "speaker", "spokesman", "spokeswoman", "spokesperson", "chairman", "chairwoman", "chair",
        "chairperson", "director", "chief", "head", "leader", "treasurer", "auditor", "inspector", "superintendent",
        "sheriff", "constable", "officer", "detective", "sergeant", "sgt", "corporal", "cpl", "private", "pvt",
        "lieutenant", "lt", "captain", "capt", "major", "maj", "colonel", "col", "brigadier", "general", "gen",
        "marshal", "admiral", "adm", "commander", "cmdr", "commodore", "judge", "justice", "magistrate", "attorney",
        "prosecutor", "advocate", "king", "queen", "prince", "princess", "duke", "duchess", "count", "countess",
        "baron", "baroness", "emperor", "sheikh", "sultan", "pope", "cardinal", "archbishop", "bishop", "father",
        "reverend", "rev", "pastor", "rabbi", "imam", "sister", "brother", "ceo", "cfo", "editor", "analyst",
        "economist", "lawyer", "nurse", "coach",
    ],
    title_endings: &[],
    openers: &[
        "ask", "beyond", "beside", "except", "like", "unlike", "near", "via", "per", "toward", "towards", "off", "out", "up",
        "whereas", "whenever", "wherever", "whatever", "nonetheless", "nevertheless", "otherwise", "afterwards",
        "tomorrow", "tonight", "eventually", "reportedly", "allegedly", "apparently", "recently", "officially",
        "initially", "previously", "originally", "publicly", "privately", "repeatedly", "separately", "similarly",
        "clearly", "no", "yes", "say", "said", "says", "calling", "meeting", "asking", "following", "including",
        "visiting", "entering", "leaving", "reaching", "quoting", "citing", "telling", "joining", "urging",
        "accusing", "blaming", "thanking", "praising", "regarding", "concerning",
    ],
    days: &[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
        "july", "september", "october", "november", "december",
    ],
};

#[rustfmt::skip]
static GERMAN: Language = Language {
    titles: &[
        "herr", "herrn", "frau", "dr", "prof", "professor", "professorin", "doktor", "abgeordnete", "abgeordneter",
        "abgeordneten", "senator", "senatorin", "general", "oberst", "major", "hauptmann", "leutnant", "admiral",
        "kommandeur", "botschafter", "botschafterin", "staatsrat", "landrat", "landrätin", "papst", "bischof", "bischöfin",
        "kardinal", "pfarrer", "pfarrerin", "könig", "königin", "prinz", "prinzessin", "graf", "gräfin", "premier",
    ],
    title_endings: &[
        "präsident", "präsidenten", "präsidentin", "minister", "ministers", "ministerin", "meister", "meisterin",
        "kanzler", "kanzlerin", "sprecher", "sprecherin", "chef", "chefin", "leiter", "leiterin", "direktor",
        "direktorin", "sekretär", "sekretärin", "richter", "richterin", "anwalt", "anwältin", "kommissar",
        "kommissarin", "vorsitzende", "vorsitzender", "vorsitzenden", "inspektor", "inspektorin",
    ],
    openers: &[
        "anschließend", "bislang", "demnach", "ferner", "gegenüber", "hingegen", "indes", "mittlerweile", "offenbar",
        "schließlich", "seither", "später", "tatsächlich", "vielleicht", "wie", "wenn", "während", "zuletzt", "zuvor",
        "zudem", "zu", "zum", "zur", "zwischen", "über",
    ],
    days: &[
        "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "januar",
        "februar", "juli", "september", "oktober", "november", "dezember",
    ],
};

/// What is understood in many languages.
#[rustfmt::skip]
static OTHERS: Language = Language {
    titles: &[
        "mr", "mrs", "ms", "dr", "prof", "professor", "mme", "mlle", "mm", "monsieur", "madame", "sr", "sra", "señor",
        "señora", "don", "doña", "président", "présidente", "presidente", "presidenta", "ministre", "ministro",
        "ministra", "général", "ministerpräsident",
    ],
    title_endings: &[],
    openers: &[],
    days: &[],
};
