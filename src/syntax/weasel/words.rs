//! The words of attributions to nobody. All in small letters.

use crate::text::for_language;

use std::sync::LazyLock;

/// How a language attributes something to nobody in particular.
#[derive(Debug)]
pub(super) struct Language {
    /// People of whom it is not said who they are.
    pub(super) people: &'static [&'static str],
    /// Words that stand for people by themselves, or before one of `people`.
    pub(super) quantifiers: &'static [&'static str],
    /// Bodies of which it is not said which; before them stands one of `articles`.
    pub(super) bodies: &'static [&'static str],
    /// "A", "an".
    pub(super) articles: &'static [&'static str],
    /// What such people and bodies do: saying and believing.
    pub(super) verbs: &'static [&'static str],
    /// Words that may stand between them and the verb.
    pub(super) adverbs: &'static [&'static str],
    /// Words with which a clause begins in which they may be the subject.
    pub(super) starters: &'static [&'static str],
    /// Whether the subject may follow the verb: "sagen Kritiker".
    pub(super) inverts: bool,
    /// Sayings of nobody: the words before the participle, then the participles.
    pub(super) passives: &'static [&'static [&'static str]],
    pub(super) participles: &'static [&'static str],
    /// Participles that are found everywhere, and are looked at behind one of these words alone.
    pub(super) common_participles: &'static [&'static str],
    pub(super) before_common: &'static [&'static str],
    /// Sources, whom it takes no adjective to leave in the dark, and the adjectives that do so.
    pub(super) sources: &'static [&'static str],
    pub(super) dark: &'static [&'static str],
    /// "According to", with the forms of `people` that follow it.
    pub(super) according: &'static [&'static [&'static str]],
    pub(super) people_after: &'static [&'static str],
    /// Words that, right behind the people, say who they are or make it another thing.
    pub(super) names_who: &'static [&'static str],
    /// Words anywhere in a sentence that says who is meant.
    pub(super) names_anywhere: &'static [&'static str],
    /// Words right before that leave it open whether anybody says so.
    pub(super) conditions: &'static [&'static str],
    /// Whether nouns begin with a capital.
    pub(super) capitals: bool,
}

/// For each first letter the lengths, as bits, of the words without which nothing is attributed
/// to nobody: by this nearly every word of a text is passed over.
pub(super) type Lengths = [u32; 26];

impl Language {
    /// The words without which nothing is attributed to nobody.
    pub(super) fn triggers(&self) -> [&'static [&'static str]; 6] {
        [self.people, self.quantifiers, self.bodies, self.participles, self.people_after, self.sources]
    }

    /// The lengths of its triggers.
    pub(super) fn lengths(&self) -> &'static Lengths {
        static LENGTHS: LazyLock<[Lengths; 2]> = LazyLock::new(|| [&ENGLISH, &GERMAN].map(lengths));
        &LENGTHS[usize::from(std::ptr::eq(self, &GERMAN))]
    }
}

fn lengths(language: &Language) -> Lengths {
    let mut lengths = [0; 26];
    for word in language.triggers().into_iter().flatten() {
        let first = word.bytes().next().unwrap_or_default().wrapping_sub(b'a');
        if let Some(bits) = lengths.get_mut(usize::from(first)) {
            *bits |= 1u32.checked_shl(word.len() as u32).unwrap_or_default();
        }
    }
    lengths
}

/// The words of a language, given as a BCP 47 tag.
pub(super) fn of(lang: &str) -> Option<&'static Language> {
    for_language(lang, &[("en", &ENGLISH), ("de", &GERMAN)])
}

#[rustfmt::skip] // One word a line is too long to read.
static ENGLISH: Language = Language {
    people: &[
        "critics", "observers", "experts", "analysts", "commentators", "insiders", "opponents", "detractors",
        "sceptics", "skeptics", "pundits", "specialists", "scholars", "activists", "people",
    ],
    quantifiers: &["some", "many", "several", "most", "numerous", "certain"],
    bodies: &["organisation", "organization", "group", "watchdog", "monitor", "charity", "ngo", "agency"],
    articles: &["a", "an", "one"],
    verbs: &[
        "say", "said", "says", "believe", "believed", "argue", "argued", "note", "noted", "claim", "claimed",
        "claims", "warn", "warned", "warns", "suggest", "suggested", "contend", "contended", "fear", "feared",
        "think", "complain", "complained", "allege", "alleged", "maintain", "maintained", "insist",
        "insisted", "agree", "agreed", "predict", "predicted", "speculate", "suspect", "assert", "asserted",
        "reported", "estimate",
    ],
    adverbs: &["also", "now", "often", "have", "long", "had", "still", "even", "already", "generally", "further",
        "widely", "commonly"],
    starters: &[
        "but", "and", "that", "while", "although", "though", "as", "because", "yet", "however", "what",
        "which", "so",
    ],
    inverts: false,
    passives: &[&["it", "is"], &["it", "was"], &["it", "has", "been"], &["it", "had", "been"]],
    participles: &[
        "believed", "thought", "understood", "alleged", "claimed", "rumoured", "rumored", "feared",
        "suspected", "assumed",
    ],
    common_participles: &["said", "reported"],
    before_common: &["is", "was", "been", "widely", "often", "generally", "commonly", "also", "now", "long"],
    sources: &["sources"],
    dark: &[
        "unnamed", "anonymous", "unidentified", "informed", "reliable", "credible", "trustworthy", "independent",
        "several", "various", "other", "well-placed", "well-informed", "high-ranking", "undisclosed",
    ],
    according: &[&["according", "to"]],
    people_after: &[
        "critics", "observers", "experts", "analysts", "commentators", "insiders", "opponents", "sceptics",
        "skeptics", "sources", "pundits", "specialists", "activists",
    ],
    names_who: &[
        "at", "of", "from", "with", "in", "for", "who", "such", "including", "like", "cited", "quoted",
        "interviewed", "by", "and", "tank", "tanks", "to", "on", "working", "we", "familiar", "close",
        "there", "here", "hello", "yes", "no", "goodbye", "about",
    ],
    names_anywhere: &["including", "such", "namely", "according", "quoted", "cited", "told", "survey", "poll",
        "surveyed", "respondents", "i", "we", "my", "our"],
    conditions: &["if", "when", "whenever", "where", "unless", "until", "whether", "once", "before", "should",
        "let", "make", "makes", "have", "has", "had", "no", "not"],
    capitals: false,
};

#[rustfmt::skip]
static GERMAN: Language = Language {
    people: &[
        "kritiker", "kritikerinnen", "beobachter", "beobachterinnen", "experten", "expertinnen", "fachleute",
        "analysten", "gegner", "insider", "kommentatoren", "skeptiker", "menschen", "leute", "aktivisten",
    ],
    quantifiers: &["manche", "viele", "einige", "etliche", "mehrere", "zahlreiche", "gewisse"],
    bodies: &[
        "beobachtungsstelle", "menschenrechtsorganisation", "hilfsorganisation", "nichtregierungsorganisation",
        "organisation", "menschenrechtsgruppe", "ngo",
    ],
    articles: &["eine"],
    verbs: &[
        "sagen", "sagten", "meinen", "meinten", "glauben", "glaubten", "behaupten", "behaupteten", "warnen",
        "warnten", "bemängeln", "bemängelten", "monieren", "monierten", "befürchten", "befürchteten",
        "fürchten", "vermuten", "vermuteten", "argumentieren", "argumentierten", "betonen", "betonten",
        "kritisieren", "kritisierten", "sprechen", "sprachen", "erklärte", "erklärten", "berichtete",
        "berichten", "sagte", "meldete",
    ],
    adverbs: &["auch", "nun", "oft", "schon", "längst", "sogar", "immer", "wieder", "hingegen", "jedoch", "dagegen"],
    starters: &["aber", "und", "doch", "denn", "dass", "während", "obwohl", "weil", "wie"],
    inverts: true,
    passives: &[&["es", "wird"], &["es", "wurde"], &["wird"], &["es", "wird", "allgemein"]],
    participles: &["vermutet", "gemunkelt", "geglaubt", "befürchtet", "behauptet", "gemutmaßt"],
    common_participles: &[],
    before_common: &[],
    sources: &["quellen"],
    dark: &["ungenannte", "anonyme", "informierte", "verlässliche", "glaubwürdige", "gut", "mehrere"],
    according: &[
        &["laut"], &["nach", "ansicht", "von"], &["nach", "meinung", "von"], &["nach", "angaben", "von"],
        &["nach", "einschätzung", "von"],
    ],
    people_after: &[
        "kritikern", "beobachtern", "experten", "fachleuten", "analysten", "gegnern", "insidern",
        "kommentatoren", "skeptikern", "aktivisten",
    ],
    names_who: &["der", "des", "von", "vom", "aus", "wie", "bei", "beim", "im", "in", "die", "am", "an", "und", "zu"],
    names_anywhere: &["darunter", "etwa", "nämlich", "laut", "zufolge", "umfrage", "befragten", "ich", "wir", "unser"],
    conditions: &["wenn", "falls", "sobald", "ob", "sollten", "lassen"],
    capitals: true,
};
