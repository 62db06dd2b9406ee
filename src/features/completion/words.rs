//! The words of the language, with what each means in a few words.

/// A word and what it means.
pub(super) type Word = (&'static str, &'static str);

/// Classes of claims.
pub(super) const CLASSES: &[Word] = &[
    ("claim", "an assertion of fact"),
    ("quote", "somebody's own words"),
    ("accusation", "says that someone did wrong"),
    ("response", "what the accused answers"),
    ("figure", "a number of something"),
];

/// Other classes: of pictures and of live pages.
pub(super) const PICTURE_CLASSES: &[Word] =
    &[("file-photo", "a picture that is old on purpose"), ("illustration", "a picture that shows no event")];
pub(super) const DIV_CLASSES: &[Word] = &[("entry", "a dated entry of a live page")];

/// Keys of claims.
pub(super) const KEYS: &[Word] = &[
    ("by", "who says it"),
    ("against", "whom it accuses"),
    ("answers", "the claims that it answers"),
    ("reply", "what came of asking the accused"),
    ("event", "the event that it counts something of"),
    ("what", "what is counted"),
    ("via", "who relayed it"),
    ("on", "when it was said"),
    ("as", "the words for a speaker who is not named"),
    ("disputes", "the claims that it contradicts"),
    ("confirms", "the claims that it bears out"),
    ("repeats", "the claims that it says again"),
    ("corrects", "the claims that it puts right"),
    ("updates", "the figures that it brings up to date"),
    ("continues", "the part of the quote before it"),
    ("value", "the number, where the text does not give it: 28, 20..30"),
    ("unit", "what the number is of"),
    ("subset-of", "the figure that it is a part of"),
    ("basis", "why it needs no source"),
    ("original", "the words as they were said"),
    ("translator", "who translated"),
    ("verdict", "what the desk holds of it"),
    ("checked", "when the desk checked it"),
    ("checker", "who checked it"),
    ("retracted", "when it was withdrawn"),
];

/// Keys of divs without a class of claims.
pub(super) const DIV_KEYS: &[Word] = &[
    ("by", "who says what is in it"),
    ("source", "what it rests on"),
    ("via", "who relayed it"),
    ("on", "when it was said"),
    ("event", "the event that it is about"),
    ("date", "of an entry: when it was written"),
];

/// Keys of pictures.
pub(super) const PICTURE_KEYS: &[Word] =
    &[("credit", "who made it"), ("taken", "when it was taken"), ("place", "where it was taken")];

/// Keys whose values nearly always have spaces.
pub(super) const PROSE_KEYS: &[&str] = &["as", "original", "translator", "checker", "credit"];

/// Words for speakers who are nobody in the registry.
pub(super) const SPEAKERS: &[Word] =
    &[("unnamed", "a speaker who is not named"), ("none", "the article's own voice")];

pub(super) const REPLIES: &[Word] = &[
    ("sought", "they were asked"),
    ("declined", "they did not want to comment"),
    ("no-answer", "they did not answer"),
    ("promised", "they promised an answer"),
    ("not-sought", "nobody asked them"),
];

pub(super) const BASES: &[Word] = &[("observed", "seen by the reporter"), ("established", "beyond dispute")];

pub(super) const VERDICTS: &[Word] = &[
    ("true", "the desk holds it for true"),
    ("false", "the desk holds it for false"),
    ("disputed", "it is disputed"),
    ("unverifiable", "it cannot be found out"),
];

/// What is counted most.
pub(super) const COUNTED: &[Word] = &[
    ("killed", ""),
    ("wounded", ""),
    ("missing", ""),
    ("displaced", ""),
    ("arrested", ""),
    ("evacuated", ""),
    ("homes", ""),
    ("cost", ""),
];

pub(super) const STATUSES: &[Word] = &[
    ("draft", "being written"),
    ("review", "at the desk"),
    ("published", "it is out"),
    ("corrected", "it was corrected"),
    ("retracted", "it was withdrawn"),
];

pub(super) const TERMS: &[Word] = &[
    ("on-record", "by name"),
    ("background", "without the name, with an agreed description"),
    ("deep-background", "without any attribution"),
    ("off-record", "not at all"),
    ("anonymous", "without the name"),
];

pub(super) const STANDINGS: &[Word] = &[
    ("current", "it stands"),
    ("corrected", "it was corrected"),
    ("superseded", "another has taken its place"),
    ("retracted", "it was withdrawn"),
];

pub(super) const ENTITY_TYPES: &[Word] = &[
    ("person", "a human being"),
    ("organisation", "a body that can speak: a ministry, company, party, newspaper"),
    ("place", "somewhere"),
    ("event", "something that happened"),
    ("work", "a book, film, law, treaty"),
    ("thing", "anything else that has a name"),
];

/// Types of CSL, those that newsrooms use first.
pub(super) const SOURCE_TYPES: &[Word] = &[
    ("article-newspaper", ""),
    ("interview", "what is said is its author's"),
    ("speech", "what is said is its author's"),
    ("report", ""),
    ("document", ""),
    ("webpage", ""),
    ("post", "of a network; what is said is its author's"),
    ("broadcast", "what is said is its author's"),
    ("hearing", "what is said is its author's"),
    ("personal_communication", "letters, mails, messages"),
    ("dataset", ""),
    ("article-journal", ""),
    ("article-magazine", ""),
    ("article", ""),
    ("bill", ""),
    ("book", ""),
    ("chapter", ""),
    ("collection", ""),
    ("entry", ""),
    ("entry-dictionary", ""),
    ("entry-encyclopedia", ""),
    ("event", ""),
    ("figure", ""),
    ("graphic", ""),
    ("legal_case", ""),
    ("legislation", ""),
    ("manuscript", ""),
    ("map", ""),
    ("motion_picture", ""),
    ("pamphlet", ""),
    ("paper-conference", ""),
    ("patent", ""),
    ("periodical", ""),
    ("post-weblog", ""),
    ("regulation", ""),
    ("review", ""),
    ("software", ""),
    ("song", ""),
    ("standard", ""),
    ("thesis", ""),
    ("treaty", ""),
];

/// Types of BibTeX and BibLaTeX entries.
pub(super) const BIBTEX_TYPES: &[Word] = &[
    ("article", "in a newspaper, magazine or journal"),
    ("online", "a page on the web"),
    ("report", ""),
    ("interview", "what is said is its author's"),
    ("speech", "what is said is its author's"),
    ("misc", "anything else"),
    ("book", ""),
    ("dataset", ""),
    ("hearing", ""),
    ("broadcast", ""),
    ("inbook", ""),
    ("incollection", ""),
    ("inproceedings", ""),
    ("jurisdiction", "a case"),
    ("legislation", ""),
    ("letter", ""),
    ("manual", ""),
    ("thesis", ""),
    ("unpublished", ""),
    ("video", ""),
    ("audio", ""),
    ("image", ""),
];

/// Languages that news is written in, as BCP 47 tags.
pub(super) const LANGUAGES: &[Word] = &[
    ("en", "English"),
    ("ar", "Arabic"),
    ("zh", "Chinese"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("nl", "Dutch"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("de", "German"),
    ("el", "Greek"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("nb", "Norwegian Bokmål"),
    ("fa", "Persian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("es", "Spanish"),
    ("sv", "Swedish"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
];

/// How a suppression comment begins.
pub(super) const COMMENTS: &[Word] = &[
    ("newsmark-ignore", "switches rules off for the block that follows, or for this line"),
    ("newsmark-ignore-file", "switches rules off for the whole file"),
];
