//! What the fields of registries mean, by format. The one table of them.

use crate::data::term::{Term, find};

/// The fields of an entity in YAML, and at the head of a page about one.
pub const ENTITY: &[Term] = &[
    Term::new("id", "a word", "What it is called in attributes and wiki links. It goes before all names"),
    Term::new("type", "a word", "What it is").with(ENTITY_TYPES),
    Term::new("name", "text", "What it is called"),
    Term::new("aliases", "names", "What else it is called. Articles may use any of these"),
    Term::new("loaded", "names", "Names for it that the house avoids"),
    Term::new("summary", "a sentence", "Who or what it is. Shown wherever it is mentioned"),
    Term::new("wikidata", "a number such as Q42", "Its number in Wikidata"),
    Term::new("roles", "a list of offices: title, of, from, to", "The offices that a person holds or held"),
    Term::new(
        "part-of",
        "entities",
        "What it belongs to. Two that belong to one whole are not independent of each other",
    ),
    Term::new("date", "a date", "When the event took place"),
    Term::new("place", "an entity", "Where the event took place"),
];

/// The types of entities.
const ENTITY_TYPES: &[(&str, &str)] = &[
    ("person", "Somebody"),
    ("organisation", "A body that can speak: an office, a company, a party, an armed group"),
    ("place", "Somewhere"),
    ("event", "Something that happened, of which figures count something"),
    ("work", "A book, a law, a film, a report"),
    ("thing", "Anything else: a ship, a weapon, a disease"),
];

/// What makes a Markdown page one about an entity.
pub const PAGE: &[Term] =
    &[Term::new("entity", "a word", "The page is about an entity, and of what type").with(ENTITY_TYPES)];

/// The fields of an office.
pub const ROLE: &[Term] = &[
    Term::new("title", "text", "What the office is called"),
    Term::new("of", "an entity", "The body"),
    Term::new("from", "a date", "Since when the office is held"),
    Term::new("to", "a date", "Until when it was held"),
];

/// The fields of a source in CSL that newsmark reads, or that bibliographies often have.
pub const SOURCE: &[Term] = &[
    Term::new("id", "a word", "The key by which it is cited: @key"),
    Term::new("type", "a type of CSL", "What it is").with(&[
        ("article", "An article that stands in nothing, such as a preprint or an agency's story"),
        ("article-journal", "An article in a journal"),
        ("article-magazine", "An article in a magazine"),
        ("article-newspaper", "An article in a newspaper, or an agency's story"),
        ("bill", "A bill before a parliament"),
        ("book", "A book"),
        ("broadcast", "A broadcast. Its one author is the speaker of what is quoted from it"),
        ("chapter", "A chapter of a book"),
        ("dataset", "Data"),
        ("document", "Any document"),
        ("entry", "An entry of a database or work of reference"),
        ("figure", "A picture"),
        ("graphic", "A graphic work"),
        ("hearing", "A hearing. Its one author is the speaker of what is quoted from it"),
        ("interview", "An interview. Its one author is the speaker of what is quoted from it"),
        ("legal_case", "A case in court"),
        ("legislation", "A law"),
        ("manuscript", "Something unpublished"),
        ("map", "A map"),
        ("motion_picture", "A film or video"),
        ("pamphlet", "A pamphlet"),
        ("paper-conference", "A paper in proceedings"),
        (
            "personal_communication",
            "A letter, a message, a conversation. Its one author is the speaker of what is quoted from it",
        ),
        ("post", "A post in a forum or network. Its one author is the speaker of what is quoted from it"),
        ("post-weblog", "A post in a blog"),
        ("regulation", "A regulation"),
        ("report", "A report"),
        ("review", "A review"),
        ("song", "A recording of sound"),
        ("speech", "A speech or statement. Its one author is the speaker of what is quoted from it"),
        ("standard", "A standard"),
        ("thesis", "A thesis"),
        ("treaty", "A treaty"),
        ("webpage", "A page on the web"),
    ]),
    Term::new("title", "text", "Its title"),
    Term::new("author", "names: family and given, or literal for a body", "Who wrote or said it"),
    Term::new("editor", "names: family and given, or literal for a body", "Who edited it"),
    Term::new(
        "publisher",
        "text",
        "Who published it. Its issuer, where that is the name of a known entity and nobody else is named",
    ),
    Term::new("container-title", "text", "The newspaper, journal, book or site that it stands in"),
    Term::new("issued", "a date", "When it came out"),
    Term::new("accessed", "a date", "When it was read"),
    Term::new("URL", "an address", "Where it is on the web"),
    Term::new("DOI", "a DOI", "Its DOI"),
    Term::new("page", "pages", "The pages that it stands on"),
    Term::new(
        "number-of-pages",
        "a number",
        "How many pages it has. A citation of a long one says where in it",
    ),
    Term::new("medium", "text", "What it is recorded on or in: video"),
    Term::new("dimensions", "text", "How long or large it is; of a recording, its running time"),
    Term::new("language", "a language tag", "Its language. What is quoted from another one is a translation"),
    Term::new(
        "custom",
        "the fields that newsmark has beyond those of CSL",
        "What newsmark asks beyond a bibliography: issuer, relays, terms, standing and others",
    ),
];

/// The fields of a source beyond those of CSL: under `custom` there, as fields in BibTeX.
pub const CUSTOM: &[Term] = &[
    Term::new(
        "issuer",
        "an entity",
        "Whose statement or document it is. Without one, the author or publisher, where that is the name of a known entity",
    ),
    Term::new(
        "relays",
        "keys of sources",
        "The sources that it merely passes on, as an agency's story does a statement",
    ),
    Term::new(
        "article",
        "an article's slug or path",
        "The article of this corpus that it is: our own reporting",
    ),
    Term::new("terms", "a word", "On what terms it may be used").with(&[
        ("on-record", "By name. This holds where nothing is said"),
        ("background", "Without the name, with an agreed description"),
        ("deep-background", "Without any attribution"),
        ("off-record", "Not at all"),
        ("anonymous", "Without the name"),
    ]),
    Term::new("anonymity-reason", "text", "Why its name is withheld"),
    Term::new("known-to", "text", "Which editor knows the name. This is never shown or exported"),
    Term::new("standing", "a word", "Whether it still stands").with(&[
        ("current", "It does. This holds where nothing is said"),
        ("corrected", "It has been corrected"),
        ("superseded", "Another has taken its place"),
        ("retracted", "It has been withdrawn"),
    ]),
    Term::new("standing-date", "a date", "Since when it has stood as it does"),
    Term::new("standing-note", "text", "Why it stands as it does"),
    Term::new("superseded-by", "a source's key", "The source that takes its place"),
    Term::new(
        "snapshot",
        "a path, from the registry",
        "Where its text is stored, with which quotations are compared",
    ),
    Term::new("archive-url", "an address", "Where a copy of it is kept"),
];

/// The parts of a name in CSL.
pub const NAME: &[Term] = &[
    Term::new("family", "text", "The family name"),
    Term::new("given", "text", "The given names"),
    Term::new("suffix", "text", "What comes after the name: Jr"),
    Term::new("literal", "text", "The name as a whole: of bodies, and of people with one name"),
    Term::new("name", "text", "The name as a whole"),
    Term::new("dropping-particle", "text", "A particle that is left out where the family name stands alone"),
    Term::new("non-dropping-particle", "text", "A particle that stays where the family name stands alone"),
];

/// The fields of FollowTheMoney's objects.
pub const FTM: &[Term] = &[
    Term::new("id", "a word", "What it is called in attributes and wiki links"),
    Term::new("schema", "a schema of FollowTheMoney", "What it is"),
    Term::new("caption", "text", "Its name"),
    Term::new("properties", "lists of values", "What is known of it"),
];

/// The properties of FollowTheMoney that newsmark reads.
pub const FTM_PROPERTIES: &[Term] = &[
    Term::new("name", "names", "What it is called"),
    Term::new("alias", "names", "What else it is called"),
    Term::new("weakAlias", "names", "What else it is called, loosely"),
    Term::new("previousName", "names", "What it was called before"),
    Term::new("summary", "text", "Who or what it is"),
    Term::new("description", "text", "Who or what it is"),
    Term::new("notes", "text", "Who or what it is, where nothing else says so"),
    Term::new("wikidataId", "numbers such as Q42", "Its number in Wikidata"),
    Term::new("parent", "ids", "What it is part of"),
    Term::new("date", "dates", "When the event took place"),
    Term::new("startDate", "dates", "When it began"),
    Term::new("endDate", "dates", "When it ended"),
    Term::new("location", "text", "Where the event took place"),
    Term::new("member", "ids", "Who belongs to the body"),
    Term::new("organization", "ids", "The body"),
    Term::new("employee", "ids", "Who works there"),
    Term::new("employer", "ids", "The body"),
    Term::new("director", "ids", "Who directs the body"),
    Term::new("holder", "ids", "Who holds the office"),
    Term::new("post", "ids", "The office"),
    Term::new("role", "text", "What the office is called"),
    Term::new("owner", "ids", "Whose it is"),
    Term::new("asset", "ids", "What is owned"),
    Term::new(
        "percentage",
        "a share",
        "How much of it is owned. What is owned by more than half is part of the owner",
    ),
];

/// The term of a field of BibTeX, by its name in small letters.
#[must_use]
pub fn bibtex(field: &str) -> Option<&'static Term> {
    // Not every program takes hyphens in names of fields.
    let own = || CUSTOM.iter().find(|term| term.name == field || term.name.replace('-', "") == field);
    let csl = match field {
        "title" | "subtitle" => "title",
        "author" => "author",
        "editor" => "editor",
        "publisher" | "institution" | "organization" | "school" => "publisher",
        "journaltitle" | "journal" | "booktitle" | "maintitle" => "container-title",
        "date" | "year" | "month" | "day" => "issued",
        "urldate" | "accessed" => "accessed",
        "url" => "URL",
        "doi" => "DOI",
        "pages" => "page",
        "pagetotal" | "numpages" => "number-of-pages",
        "medium" | "howpublished" => "medium",
        "dimensions" | "runtime" | "duration" | "length" => "dimensions",
        "langid" | "language" => "language",
        _ => return own(),
    };
    find(SOURCE, csl)
}

#[cfg(test)]
mod tests {
    use super::super::source::Choice;
    use super::super::{EntityType, Standing, Terms};
    use super::*;

    fn words(terms: &'static [Term], name: &str) -> Vec<&'static str> {
        find(terms, name).into_iter().flat_map(|term| term.words).map(|(word, _)| *word).collect()
    }

    #[test]
    fn every_field_that_is_read_has_a_meaning() {
        let names = |terms: &[Term]| terms.iter().map(|term| term.name).collect::<Vec<_>>();
        assert_eq!(names(ENTITY), super::super::entities::FIELDS);
        assert_eq!(names(ROLE), super::super::entities::ROLE_FIELDS);
        assert_eq!(names(CUSTOM), super::super::csl::CUSTOM);
    }

    #[test]
    fn every_word_that_is_read_has_a_meaning() {
        let all: Vec<&str> = EntityType::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(words(ENTITY, "type"), all);
        assert_eq!(words(CUSTOM, "terms"), Terms::ALL.iter().map(|(word, _)| *word).collect::<Vec<_>>());
        assert_eq!(
            words(CUSTOM, "standing"),
            Standing::ALL.iter().map(|(word, _)| *word).collect::<Vec<_>>()
        );
    }
}
