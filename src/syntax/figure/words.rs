//! The words around numbers: bounds, ranges, magnitudes, units, by language.

use super::lex::Token;
use super::numerals::{self, Count};
use crate::text::primary_language;

/// What a word says of the number beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    AtLeast,
    AtMost,
    About,
}

use Bound::{About, AtLeast, AtMost};

type Phrases = &'static [(&'static [&'static str], Bound)];

/// What is known of how a language writes figures.
pub(super) struct Language {
    /// Phrases before a number; of two that end alike, the longer stands first.
    before: Phrases,
    /// Phrases after a number.
    after: Phrases,
    /// Reads number words; nothing in languages of which only digits are read.
    count: fn(&[Token], bool, bool) -> Option<Count>,
    magnitudes: &'static [(&'static str, i32)],
    pub(super) dozen: &'static [&'static str],
    pub(super) between: &'static [&'static str],
    pub(super) and: &'static [&'static str],
    pub(super) to: &'static [&'static str],
    pub(super) of: &'static [&'static str],
    pub(super) months: &'static [&'static str],
    pub(super) dotted_ordinals: bool,
}

impl Language {
    /// The bound that the last tokens are, and how many of them.
    pub(super) fn bound_before(&self, tokens: &[Token]) -> Option<(Bound, usize)> {
        let last = tokens.last()?;
        match last.raw {
            "~" | "≈" | "∼" => return Some((About, 1)),
            ">" | "≥" => return Some((AtLeast, 1)),
            "<" | "≤" => return Some((AtMost, 1)),
            // "ca." and "approx."
            "." if last.glued => {
                let (bound, taken) = self.phrase_before(&tokens[..tokens.len() - 1])?;
                let word = tokens.get(tokens.len() - 2)?;
                return matches!(&*word.lower, "ca" | "c" | "approx" | "env" | "aprox" | "mind" | "max")
                    .then_some((bound, taken + 1));
            }
            _ => {}
        }
        self.phrase_before(tokens)
    }

    fn phrase_before(&self, tokens: &[Token]) -> Option<(Bound, usize)> {
        self.before.iter().find_map(|(phrase, bound)| {
            let tail = &tokens[tokens.len().checked_sub(phrase.len())?..];
            is_phrase(tail, phrase).then_some((*bound, phrase.len()))
        })
    }

    /// The bound that the first tokens are.
    pub(super) fn bound_after(&self, tokens: &[Token]) -> Option<Bound> {
        self.after
            .iter()
            .find_map(|(phrase, bound)| is_phrase(tokens.get(..phrase.len())?, phrase).then_some(*bound))
    }

    /// The number that the first tokens are, in words.
    pub(super) fn count(&self, tokens: &[Token], between: bool, alone: bool) -> Option<Count> {
        (self.count)(tokens, between, alone)
    }

    /// The power of ten that a word in small letters stands for.
    pub(super) fn magnitude(&self, word: &str) -> Option<i32> {
        self.magnitudes
            .iter()
            .chain(MAGNITUDES)
            .find(|(name, _)| *name == word)
            .map(|&(_, exponent)| exponent)
    }
}

fn is_phrase(tokens: &[Token], phrase: &[&str]) -> bool {
    tokens.iter().zip(phrase).all(|(token, word)| token.lower == *word)
}

/// What a language tag's numbers are written by.
pub(super) fn of(lang: &str) -> &'static Language {
    let primary = primary_language(lang);
    match &*primary.to_ascii_lowercase() {
        "" | "en" => &ENGLISH,
        "de" => &GERMAN,
        "fr" => &FRENCH,
        "es" => &SPANISH,
        _ => &OTHERS,
    }
}

/// A unit as it is compared: percentages as `%`, euros as `EUR`, words in small letters.
pub(super) fn unit(raw: &str) -> String {
    let lower = raw.to_lowercase();
    match &*lower {
        "%" | "٪" | "％" | "percent" | "prozent" | "pct" | "procent" => "%".to_owned(),
        "€" | "euro" | "euros" | "eur" => "EUR".to_owned(),
        "$" | "＄" | "dollar" | "dollars" => "$".to_owned(),
        "us$" | "usd" => "USD".to_owned(),
        "￡" => "£".to_owned(),
        "￥" => "¥".to_owned(),
        _ if is_currency_code(raw) => raw.to_owned(),
        _ => lower,
    }
}

/// Whether it is the code of a currency that news quote amounts in.
pub(super) fn is_currency_code(raw: &str) -> bool {
    const CODES: &[&str] = &[
        "AED", "ARS", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "Fr",
        "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KES", "KRW", "KZT", "MXN", "MYR", "NGN", "NOK",
        "NZD", "PHP", "PKR", "PLN", "QAR", "RMB", "RON", "RUB", "Rs", "SAR", "SEK", "SGD", "THB", "TRY",
        "TWD", "UAH", "USD", "VND", "ZAR",
    ];
    CODES.contains(&raw)
}

/// Words that follow numbers and are no units.
pub(super) fn is_no_unit(lower: &str) -> bool {
    const WORDS: &[&str] = &[
        "a",
        "about",
        "according",
        "after",
        "all",
        "alone",
        "also",
        "an",
        "and",
        "are",
        "as",
        "at",
        "because",
        "before",
        "between",
        "but",
        "by",
        "during",
        "each",
        "every",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "if",
        "in",
        "injured",
        "into",
        "is",
        "it",
        "its",
        "killed",
        "dead",
        "wounded",
        "arrested",
        "missing",
        "more",
        "of",
        "on",
        "or",
        "other",
        "others",
        "out",
        "over",
        "per",
        "said",
        "she",
        "since",
        "so",
        "still",
        "than",
        "that",
        "the",
        "their",
        "them",
        "these",
        "they",
        "this",
        "those",
        "to",
        "under",
        "until",
        "was",
        "we",
        "were",
        "when",
        "where",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
        "less",
        "fewer",
        "least",
        "most",
        "aber",
        "als",
        "am",
        "auf",
        "aus",
        "bei",
        "bis",
        "das",
        "dass",
        "davon",
        "dem",
        "den",
        "der",
        "des",
        "die",
        "für",
        "haben",
        "hat",
        "im",
        "ihnen",
        "ist",
        "mehr",
        "mit",
        "nach",
        "oder",
        "seien",
        "seit",
        "sie",
        "sind",
        "und",
        "unter",
        "vom",
        "von",
        "vor",
        "war",
        "waren",
        "weniger",
        "wurde",
        "wurden",
        "zu",
        "zum",
        "zur",
        "über",
        "tote",
        "verletzte",
        "getötet",
        "verletzt",
        "au",
        "aux",
        "avec",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "et",
        "la",
        "le",
        "les",
        "ont",
        "ou",
        "par",
        "pour",
        "que",
        "qui",
        "sont",
        "sur",
        "à",
        "con",
        "del",
        "el",
        "los",
        "las",
        "o",
        "para",
        "por",
        "se",
        "y",
    ];
    WORDS.contains(&lower)
}

/// Abbreviations that several languages share.
const MAGNITUDES: &[(&str, i32)] = &[
    ("k", 3),
    ("mn", 6),
    ("mln", 6),
    ("mio", 6),
    ("bn", 9),
    ("bln", 9),
    ("mld", 9),
    ("mrd", 9),
    ("тыс", 3),
    ("млн", 6),
    ("млрд", 9),
    ("百", 2),
    ("千", 3),
    ("万", 4),
    ("萬", 4),
    ("만", 4),
    ("億", 8),
    ("亿", 8),
    ("억", 8),
    ("兆", 12),
    ("लाख", 5),
    ("करोड़", 7),
];

static ENGLISH: Language = Language {
    before: &[
        (&["at", "the", "very", "least"], AtLeast),
        (&["no", "fewer", "than"], AtLeast),
        (&["no", "less", "than"], AtLeast),
        (&["not", "fewer", "than"], AtLeast),
        (&["not", "less", "than"], AtLeast),
        (&["a", "minimum", "of"], AtLeast),
        (&["in", "excess", "of"], AtLeast),
        (&["as", "few", "as"], AtLeast),
        (&["as", "little", "as"], AtLeast),
        (&["no", "more", "than"], AtMost),
        (&["not", "more", "than"], AtMost),
        (&["as", "many", "as"], AtMost),
        (&["as", "much", "as"], AtMost),
        (&["as", "high", "as"], AtMost),
        (&["a", "maximum", "of"], AtMost),
        (&["in", "the", "region", "of"], About),
        (&["at", "least"], AtLeast),
        (&["more", "than"], AtLeast),
        (&["greater", "than"], AtLeast),
        (&["higher", "than"], AtLeast),
        (&["upwards", "of"], AtLeast),
        (&["upward", "of"], AtLeast),
        (&["north", "of"], AtLeast),
        (&["well", "over"], AtLeast),
        (&["just", "over"], AtLeast),
        (&["just", "under"], AtMost),
        (&["at", "most"], AtMost),
        (&["up", "to"], AtMost),
        (&["fewer", "than"], AtMost),
        (&["less", "than"], AtMost),
        (&["lower", "than"], AtMost),
        (&["close", "to"], About),
        (&["an", "estimated"], About),
        (&["over"], AtLeast),
        (&["above"], AtLeast),
        (&["exceeding"], AtLeast),
        (&["minimum"], AtLeast),
        (&["under"], AtMost),
        (&["below"], AtMost),
        (&["maximum"], AtMost),
        (&["about"], About),
        (&["around"], About),
        (&["some"], About),
        (&["nearly"], About),
        (&["almost"], About),
        (&["roughly"], About),
        (&["approximately"], About),
        (&["approx"], About),
        (&["circa"], About),
        (&["ca"], About),
        (&["c"], About),
        (&["estimated"], About),
        (&["near"], About),
    ],
    after: &[
        (&["or", "more"], AtLeast),
        (&["and", "more"], AtLeast),
        (&["or", "over"], AtLeast),
        (&["at", "least"], AtLeast),
        (&["or", "fewer"], AtMost),
        (&["or", "less"], AtMost),
        (&["or", "under"], AtMost),
        (&["at", "most"], AtMost),
        (&["or", "so"], About),
    ],
    count: numerals::english,
    magnitudes: &[
        ("hundred", 2),
        ("thousand", 3),
        ("lakh", 5),
        ("million", 6),
        ("crore", 7),
        ("billion", 9),
        ("trillion", 12),
        ("tn", 12),
        ("trn", 12),
    ],
    dozen: &["dozen"],
    between: &["between"],
    and: &["and"],
    to: &["to", "or"],
    of: &["of"],
    months: &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    dotted_ordinals: false,
};

static GERMAN: Language = Language {
    before: &[
        (&["nicht", "weniger", "als"], AtLeast),
        (&["nicht", "mehr", "als"], AtMost),
        (&["in", "der", "größenordnung", "von"], About),
        (&["mehr", "als"], AtLeast),
        (&["wenigstens"], AtLeast),
        (&["mindestens"], AtLeast),
        (&["zumindest"], AtLeast),
        (&["mind"], AtLeast),
        (&["über"], AtLeast),
        (&["weniger", "als"], AtMost),
        (&["bis", "zu"], AtMost),
        (&["höchstens"], AtMost),
        (&["maximal"], AtMost),
        (&["max"], AtMost),
        (&["unter"], AtMost),
        (&["knapp"], About),
        (&["rund"], About),
        (&["etwa"], About),
        (&["ungefähr"], About),
        (&["circa"], About),
        (&["ca"], About),
        (&["zirka"], About),
        (&["fast"], About),
        (&["beinahe"], About),
        (&["nahezu"], About),
        (&["gegen"], About),
        (&["an", "die"], About),
        (&["um", "die"], About),
        (&["schätzungsweise"], About),
    ],
    after: &[(&["oder", "mehr"], AtLeast), (&["und", "mehr"], AtLeast), (&["oder", "weniger"], AtMost)],
    count: numerals::german,
    magnitudes: &[
        ("hundert", 2),
        ("tausend", 3),
        ("tsd", 3),
        ("million", 6),
        ("millionen", 6),
        ("mill", 6),
        ("milliarde", 9),
        ("milliarden", 9),
        ("billion", 12),
        ("billionen", 12),
        ("billiarde", 15),
        ("billiarden", 15),
    ],
    dozen: &["dutzend"],
    between: &["zwischen"],
    and: &["und"],
    to: &["bis", "oder"],
    of: &["von"],
    months: &[
        "januar",
        "jänner",
        "februar",
        "feber",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    dotted_ordinals: true,
};

static FRENCH: Language = Language {
    before: &[
        (&["pas", "moins", "de"], AtLeast),
        (&["pas", "plus", "de"], AtMost),
        (&["au", "moins"], AtLeast),
        (&["plus", "de"], AtLeast),
        (&["moins", "de"], AtMost),
        (&["au", "plus"], AtMost),
        (&["au", "maximum"], AtMost),
        (&["jusqu'à"], AtMost),
        (&["jusqu’à"], AtMost),
        (&["près", "de"], About),
        (&["autour", "de"], About),
        (&["environ"], About),
        (&["quelque"], About),
        (&["env"], About),
    ],
    after: &[
        (&["ou", "plus"], AtLeast),
        (&["au", "moins"], AtLeast),
        (&["ou", "moins"], AtMost),
        (&["environ"], About),
    ],
    count: numerals::none,
    magnitudes: &[
        ("mille", 3),
        ("million", 6),
        ("millions", 6),
        ("milliard", 9),
        ("milliards", 9),
        ("md", 9),
        ("mds", 9),
        ("billion", 12),
        ("billions", 12),
    ],
    dozen: &["douzaines", "douzaine"],
    between: &["entre"],
    and: &["et"],
    to: &["à", "ou"],
    of: &["de", "d"],
    months: &[
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    dotted_ordinals: false,
};

static SPANISH: Language = Language {
    before: &[
        (&["no", "menos", "de"], AtLeast),
        (&["no", "más", "de"], AtMost),
        (&["por", "lo", "menos"], AtLeast),
        (&["al", "menos"], AtLeast),
        (&["más", "de"], AtLeast),
        (&["menos", "de"], AtMost),
        (&["como", "máximo"], AtMost),
        (&["hasta"], AtMost),
        (&["cerca", "de"], About),
        (&["alrededor", "de"], About),
        (&["aproximadamente"], About),
        (&["aprox"], About),
        (&["casi"], About),
        (&["unos"], About),
        (&["unas"], About),
    ],
    after: &[(&["o", "más"], AtLeast), (&["o", "menos"], AtMost)],
    count: numerals::none,
    magnitudes: &[("mil", 3), ("millón", 6), ("millones", 6), ("billón", 12), ("billones", 12)],
    dozen: &["docenas", "docena"],
    between: &["entre"],
    and: &["y"],
    to: &["a", "o"],
    of: &["de"],
    months: &[],
    dotted_ordinals: false,
};

static OTHERS: Language = Language {
    before: &[(&["ca"], About)],
    after: &[],
    count: numerals::none,
    magnitudes: &[],
    dozen: &[],
    between: &[],
    and: &[],
    to: &[],
    of: &[],
    months: &[],
    dotted_ordinals: false,
};
