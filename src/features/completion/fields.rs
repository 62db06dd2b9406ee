//! The fields of front matter and registries: which there are, and what stands in each.

use crate::corpus::EntityTarget;
use crate::registry::EntityType;

use super::CompletionKind;
use super::desk::{Desk, Offer, Text};
use super::names::{Naming, entity_offer, speaks};
use super::words::{self, Word};

/// What a file's data are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// Front matter of an article.
    Article,
    /// Front matter of a page about an entity.
    Page,
    /// A registry of entities.
    Entities,
    /// A registry of sources, or a bibliography.
    Sources,
}

/// A field.
#[derive(Clone, Copy)]
pub(super) struct Field {
    name: &'static str,
    meaning: &'static str,
    value: Value,
}

/// What a field holds.
#[derive(Clone, Copy)]
pub(super) enum Value {
    /// Words of its own.
    Free,
    /// A day, in most places with less known or a span of them, too.
    Date,
    /// One of these words.
    Words(&'static [Word]),
    /// Entities by id, those of some kind first.
    Entities(fn(EntityType) -> bool),
    /// The name of an entity.
    Name(fn(EntityType) -> bool),
    Sources,
    Article,
    /// Claims of this article, without the sign.
    Claims,
    /// Files of sources.
    Bibliography,
    /// A mapping, or a list of them.
    Fields(&'static [&'static [Field]]),
    /// Names and the entities that they stand for.
    Settled,
}

const fn field(name: &'static str, meaning: &'static str, value: Value) -> Field {
    Field { name, meaning, value }
}

fn any(_: EntityType) -> bool {
    true
}

fn bodies(kind: EntityType) -> bool {
    kind == EntityType::Organisation
}

fn places(kind: EntityType) -> bool {
    kind == EntityType::Place
}

fn people(kind: EntityType) -> bool {
    kind == EntityType::Person
}

const ARTICLE: &[Field] = &[
    field("title", "the headline", Value::Free),
    field("date", "when it was published", Value::Date),
    field("author", "who wrote it", Value::Free),
    field("status", "where it stands", Value::Words(words::STATUSES)),
    field("lang", "its language", Value::Words(words::LANGUAGES)),
    field("title-claims", "the claims that carry the headline", Value::Claims),
    field("slug", "its short name", Value::Free),
    field("updated", "when it was last changed", Value::Date),
    field("dateline", "where it was written", Value::Name(places)),
    field("reported-from", "where it was reported from", Value::Name(places)),
    field("entities", "names settled for this article", Value::Settled),
    field("bibliography", "files of sources", Value::Bibliography),
    field("references", "sources of this article alone", Value::Fields(&[SOURCE])),
    field("corrections", "what was corrected", Value::Fields(&[CORRECTION])),
    field("embargo", "when it may be published", Value::Date),
];

const CORRECTION: &[Field] = &[
    field("date", "when", Value::Date),
    field("text", "what the reader is told", Value::Free),
    field("claims", "the claims that it is about", Value::Claims),
    field("was", "what stood there before", Value::Free),
];

const ENTITY: &[Field] = &[
    field("id", "what it is called in articles", Value::Free),
    field("type", "what it is", Value::Words(words::ENTITY_TYPES)),
    field("name", "its name", Value::Free),
    field("aliases", "its other names", Value::Free),
    field("summary", "who or what it is, in a sentence", Value::Free),
    field("part-of", "what it is part of", Value::Entities(bodies)),
    field("roles", "the offices of a person", Value::Fields(&[ROLE])),
    field("date", "of an event: when it took place", Value::Date),
    field("place", "of an event: where it took place", Value::Entities(places)),
    field("loaded", "names that the house avoids", Value::Free),
    field("wikidata", "its number in Wikidata", Value::Free),
];

const PAGE: &[Field] = &[field("entity", "what the page is about", Value::Words(words::ENTITY_TYPES))];

const ROLE: &[Field] = &[
    field("title", "what the office is called", Value::Free),
    field("of", "the body that it is held in", Value::Entities(bodies)),
    field("from", "since when", Value::Date),
    field("to", "until when", Value::Date),
];

const SOURCE: &[Field] = &[
    field("id", "what it is cited by", Value::Free),
    field("type", "what it is", Value::Words(words::SOURCE_TYPES)),
    field("title", "its title", Value::Free),
    field("author", "who wrote or said it", Value::Fields(&[NAME])),
    field("issued", "when it came out", Value::Date),
    field("accessed", "when it was read", Value::Date),
    field("URL", "where it is on the web", Value::Free),
    field("publisher", "who published it", Value::Name(bodies)),
    field("container-title", "the newspaper, journal or site", Value::Free),
    field("custom", "what only newsmark reads", Value::Fields(&[CUSTOM])),
    field("language", "its language", Value::Words(words::LANGUAGES)),
    field("page", "the pages that it stands on", Value::Free),
    field("number-of-pages", "how many it has", Value::Free),
    field("editor", "who edited it", Value::Fields(&[NAME])),
    field("medium", "what it is recorded on or in", Value::Free),
    field("dimensions", "how long or large it is", Value::Free),
    field("DOI", "its DOI", Value::Free),
];

const NAME: &[Field] = &[
    field("family", "the family name", Value::Free),
    field("given", "the given names", Value::Free),
    field("literal", "the name as a whole", Value::Name(speaks)),
];

const CUSTOM: &[Field] = &[
    field("issuer", "whose statement or document it is", Value::Entities(speaks)),
    field("relays", "the sources that it passes on", Value::Sources),
    field("article", "the article of ours that it is", Value::Article),
    field("terms", "on what terms it speaks", Value::Words(words::TERMS)),
    field("anonymity-reason", "why its name is withheld", Value::Free),
    field("known-to", "which editor knows the name", Value::Free),
    field("standing", "whether it still stands", Value::Words(words::STANDINGS)),
    field("standing-date", "since when it has stood so", Value::Date),
    field("standing-note", "why", Value::Free),
    field("superseded-by", "the source that takes its place", Value::Sources),
    field("snapshot", "the file that its text is stored in", Value::Free),
    field("archive-url", "where a copy of it is kept", Value::Free),
];

/// Those that BibTeX has otherwise.
const BIBTEX: &[Field] = &[
    field("title", "its title", Value::Free),
    field("author", "who wrote or said it", Value::Name(people)),
    field("date", "when it came out", Value::Date),
    field("url", "where it is on the web", Value::Free),
    field("urldate", "when it was read", Value::Date),
    field("journaltitle", "the newspaper or journal", Value::Free),
    field("publisher", "who published it", Value::Name(bodies)),
    field("institution", "who published it", Value::Name(bodies)),
    field(
        "entrysubtype",
        "of articles: newspaper, magazine",
        Value::Words(&[("newspaper", ""), ("magazine", "")]),
    ),
    field("pages", "the pages that it stands on", Value::Free),
    field("langid", "its language", Value::Words(words::LANGUAGES)),
    field("editor", "who edited it", Value::Name(people)),
    field("doi", "its DOI", Value::Free),
];

/// The fields of a BibTeX entry.
pub(super) const BIBTEX_FIELDS: &[&[Field]] = &[BIBTEX, CUSTOM];

/// Which fields there are in what stands under those keys, the outermost first; those that are
/// not known are passed over.
pub(super) fn fields(root: Root, path: &[String]) -> Option<Fields> {
    let mut now = Fields::Known(match root {
        Root::Article => &[ARTICLE],
        Root::Page => &[PAGE, ENTITY],
        Root::Entities => &[ENTITY],
        Root::Sources => &[SOURCE],
    });
    // A bibliography may stand under `references:`.
    let path = match (root, path) {
        (Root::Sources, [first, rest @ ..]) if first == "references" => rest,
        _ => path,
    };
    for key in path {
        now = match now.value(key)? {
            Value::Fields(fields) => Fields::Known(fields),
            Value::Settled => Fields::Settled,
            _ => return None,
        };
    }
    Some(now)
}

/// The fields of a mapping.
#[derive(Clone, Copy)]
pub(super) enum Fields {
    Known(&'static [&'static [Field]]),
    /// Names, each with an id.
    Settled,
}

impl Fields {
    pub(super) fn value(self, key: &str) -> Option<Value> {
        match self {
            Fields::Known(fields) => {
                fields.iter().copied().flatten().find(|field| field.name == key).map(|field| field.value)
            }
            Fields::Settled => Some(Value::Entities(any)),
        }
    }
}

/// The names of fields, but for those that are there; `after` is what comes behind one.
pub(super) fn offer_keys(desk: &mut Desk<'_>, fields: Fields, taken: &[String], after: &str) -> Option<()> {
    let Fields::Known(fields) = fields else { return settle(desk, after) };
    let all = fields.iter().copied().flatten();
    for (number, field) in all.enumerate().filter(|(_, field)| !taken.iter().any(|own| own == field.name)) {
        desk.add(Offer {
            text: Text::Exact(format!("{}{after}", field.name)),
            snippet: inside_braces(field.name, after),
            uses: 100 - number.min(99),
            ..Offer::word(field.name, field.meaning, CompletionKind::Key)
        });
    }
    Some(())
}

/// What leaves the cursor between the braces that are written behind a name, if there are any.
pub(super) fn inside_braces(name: &str, after: &str) -> Option<String> {
    after.strip_suffix('}').map(|open| format!("{name}{open}$1}}"))
}

/// Names that can be settled: first those that this article uses and several go by.
fn settle(desk: &mut Desk<'_>, after: &str) -> Option<()> {
    let (corpus, file) = (desk.corpus, desk.file);
    let mut seen: Vec<&str> = Vec::new();
    for reference in corpus.entity_references(file) {
        let is_several = matches!(corpus.entity(file, &reference.folded), EntityTarget::Several);
        if is_several && !seen.contains(&&*reference.folded) {
            seen.push(&reference.folded);
            let count = corpus.entities_named(&reference.folded).count;
            let name = crate::data::yaml::scalar(&reference.name).into_owned();
            desk.add(Offer {
                text: Text::Exact(format!("{name}{after}")),
                ..Offer::word(&*reference.name, &format!("may be {count} entities"), CompletionKind::Text)
            });
        }
    }
    (!seen.is_empty()).then_some(())
}

/// What can stand in a field. `key` is its name.
pub(super) fn offer_value(desk: &mut Desk<'_>, fields: Fields, key: &str) -> Option<()> {
    match fields.value(key)? {
        Value::Free | Value::Settled => return None,
        // A list of names may be one name.
        Value::Fields([fields]) if std::ptr::eq(*fields, NAME) => desk.entities(speaks, 0, Naming::Name),
        Value::Fields(_) => return None,
        Value::Words(list) if std::ptr::eq(list, words::LANGUAGES) => {
            // By the name of the language as well.
            for (number, (tag, language)) in list.iter().enumerate() {
                let names = vec![(*tag).to_owned(), (*language).to_owned()];
                let uses = list.len() - number;
                desk.add(Offer { names, uses, ..Offer::word(*tag, language, CompletionKind::Word) });
            }
        }
        Value::Words(list) => desk.words(list, CompletionKind::Word, 0),
        Value::Date => desk.dates(matches!(key, "date" | "updated")),
        Value::Entities(suits) => {
            if matches!(fields, Fields::Settled) {
                // Those that go by the name come first.
                let named = desk.corpus.entities_named(&crate::text::fold(key));
                for known in named.first {
                    desk.add(Offer { here: true, ..entity_offer(known.what, Naming::Id) });
                }
                desk.entities(suits, 1, Naming::Id);
            } else {
                desk.entities(suits, 0, Naming::Id);
            }
        }
        Value::Name(suits) => desk.entities(suits, 0, Naming::Name),
        Value::Sources => desk.sources(0, |key| Text::Value(key.to_owned())),
        Value::Article => desk.articles(0, |name| Text::Value(name.to_owned())),
        Value::Claims => {
            let file = desk.file;
            desk.claims_of(file, |_| true, "", 0);
        }
        Value::Bibliography => bibliographies(desk),
    }
    Some(())
}

/// Whether several can stand in a field as one text with commas.
pub(super) fn is_list(fields: Fields, key: &str) -> bool {
    matches!(key, "relays" | "part-of") && fields.value(key).is_some()
}

/// The files that others name as their bibliographies.
fn bibliographies(desk: &mut Desk<'_>) {
    let (corpus, file) = (desk.corpus, desk.file);
    let mut paths: Vec<crate::diagnostic::FilePath> = corpus.bibliographies().into_iter().collect();
    paths.sort();
    for path in paths {
        let count = corpus.at_path(&path).and_then(|id| corpus.file(id)).map_or(0, |file| file.sources.len());
        let detail = format!("{count} sources");
        desk.add(Offer::word(
            crate::text::relative_path(&file.path, &path),
            &detail,
            CompletionKind::Article,
        ));
    }
}
