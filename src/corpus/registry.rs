//! What is kept of an entity and a source.

use crate::data::date::Date;
use crate::diagnostic::FilePath;
use crate::registry::{EntityType, Standing, Terms};
use crate::text::Place;

/// An entity, as rules see it.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityFacts {
    /// Its id, as written.
    pub id: Box<str>,
    /// Where the id stands.
    pub id_place: Place,
    /// What it is.
    pub kind: Option<EntityType>,
    /// Its name, or its id.
    pub name: Box<str>,
    /// All that it goes by, as compared, each with its kind; no doubles.
    pub names: Vec<(NameKind, Box<str>)>,
    /// Its aliases as written.
    pub aliases: Vec<Box<str>>,
    /// Who or what it is.
    pub summary: Option<Box<str>>,
    /// How the page about it begins, where it has one: plain text, not much of it.
    pub excerpt: Option<Box<str>>,
    /// What it is part of, as compared.
    pub part_of: Vec<Box<str>>,
    /// The offices of a person.
    pub roles: Vec<RoleFacts>,
    /// When an event took place.
    pub date: Option<Date>,
    /// Where it did, as compared.
    pub at: Option<Box<str>>,
    /// The whole entry.
    pub place: Place,
    /// Whether it was known a moment ago and the text, half-typed, has it no more: its
    /// places are those of the text before.
    pub stale: bool,
}

impl EntityFacts {
    /// Its id, as compared.
    #[must_use]
    pub fn folded_id(&self) -> &str {
        self.names.first().map_or("", |(_, id)| id)
    }
}

/// What kind of name an entity goes by. An earlier kind wins over a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// Its id.
    Id,
    /// Its name.
    Name,
    /// One of its aliases.
    Alias,
}

/// An office that a person holds or held.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleFacts {
    /// What it is called.
    pub title: Box<str>,
    /// The body, as compared.
    pub of: Option<Box<str>>,
    /// Since when.
    pub from: Option<Date>,
    /// Until when.
    pub to: Option<Date>,
}

/// A source, as rules see it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceFacts {
    /// Its key.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_place: Place,
    /// Its type in CSL's words.
    pub kind: Box<str>,
    /// Its title.
    pub title: Option<Box<str>>,
    /// When it was issued.
    pub issued: Option<Date>,
    /// When it was read.
    pub accessed: Option<Date>,
    /// The one author, where there is one, as compared.
    pub author: Option<Box<str>>,
    /// The entity whose statement it is, as compared.
    pub issuer: Option<Box<str>>,
    /// The publisher, as compared: an issuer where it is a known entity.
    pub publisher: Option<Box<str>>,
    /// On what terms it speaks.
    pub terms: Terms,
    /// Whether it is not on record, or its entry says who knows the name: nothing of the
    /// entry but its key is repeated anywhere.
    pub protected: bool,
    /// The full names of those behind it, where it is protected: they stand nowhere.
    pub names: Vec<ProtectedName>,
    /// Whether it still stands.
    pub standing: Standing,
    /// Since when it has stood as it does.
    pub standing_date: Option<Date>,
    /// Why.
    pub standing_note: Option<Box<str>>,
    /// What replaced it.
    pub superseded_by: Option<Box<str>>,
    /// The sources that it passes on.
    pub relays: Vec<Box<str>>,
    /// The article of this corpus that it is: its slug or path.
    pub article: Option<Box<str>>,
    /// Whether its entry says why the name is withheld.
    pub gives_reason: bool,
    /// Whether it is so long, or a recording, that a citation has to say where in it.
    pub needs_place: bool,
    /// Whether its entry says where it is on the web.
    pub has_address: bool,
    /// Whether its entry says who knows the name.
    pub known_to_editor: bool,
    /// Its language, as a BCP 47 tag.
    pub language: Option<Box<str>>,
    /// The file that its text is stored in, from the corpus root.
    pub snapshot: Option<FilePath>,
    /// How it is cited in words; never of a source that is protected.
    pub reference: Option<Box<str>>,
    /// The whole entry.
    pub place: Place,
    /// Whether it was known a moment ago and the text, half-typed, has it no more: its
    /// places are those of the text before.
    pub stale: bool,
}

/// The name of somebody behind a source that is not on record.
#[derive(Clone, Debug, PartialEq)]
pub struct ProtectedName {
    /// All of it, as compared, given names first.
    pub folded: Box<str>,
    /// The ways to write it, each as pairs of its words: see [`crate::text::full_name`].
    pub ways: Vec<Vec<u32>>,
}

impl SourceFacts {
    /// Whether it is somebody speaking: then its one author is the speaker of what is
    /// quoted from it.
    #[must_use]
    pub fn is_utterance(&self) -> bool {
        matches!(
            &*self.kind,
            "speech" | "interview" | "personal_communication" | "post" | "hearing" | "broadcast"
        )
    }
}
