//! What is known of an entity.

use std::fmt;
use std::str::FromStr;

use super::Text;
use crate::data::Spanned;
use crate::text::Span;

/// A person, body, place, event or thing that articles mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is called in articles. A page without an `id` is called by its file's
    /// name; then this stands at the place that shows the page best.
    pub id: Text,
    /// Whether `id` is the file's name, so that it cannot be changed in the text.
    pub id_from_file: bool,
    /// What it is, if that is one of the types that newsmark knows.
    pub kind: Option<Spanned<EntityType>>,
    /// What it is, as it was written.
    pub kind_text: Option<Text>,
    /// Its name.
    pub name: Option<Text>,
    /// Its other names.
    pub aliases: Vec<Text>,
    /// Where the list of `aliases` stands, for an edit that adds one.
    pub aliases_at: Option<Span>,
    /// Names for it that the house avoids.
    pub loaded: Vec<Text>,
    /// Who or what it is, in a sentence.
    pub summary: Option<Text>,
    /// Its number in Wikidata, `Q42`.
    pub wikidata: Option<Text>,
    /// The offices that a person holds or held.
    pub roles: Vec<Role>,
    /// The entities that it is part of, by id or name.
    pub part_of: Vec<Text>,
    /// When an event took place, in EDTF.
    pub date: Option<Text>,
    /// Where an event took place, by id or name.
    pub place: Option<Text>,
    /// The whole entry, from its first field to its last; for a page, its front matter.
    pub span: Span,
    /// The body of a page.
    pub dossier: Option<Span>,
}

impl Entity {
    /// An entity of which nothing but its id is known.
    #[must_use]
    pub fn new(id: Text, span: Span) -> Self {
        Entity {
            id,
            id_from_file: false,
            kind: None,
            kind_text: None,
            name: None,
            aliases: Vec::new(),
            aliases_at: None,
            loaded: Vec::new(),
            summary: None,
            wikidata: None,
            roles: Vec::new(),
            part_of: Vec::new(),
            date: None,
            place: None,
            span,
            dossier: None,
        }
    }

    /// Its name, or its id if it has none.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.name.as_ref().unwrap_or(&self.id).as_str()
    }
}

/// An office that a person holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// What it is called.
    pub title: Option<Text>,
    /// The body that it is held in, by id or name.
    pub of: Option<Text>,
    /// Since when, in EDTF.
    pub from: Option<Text>,
    /// Until when, in EDTF.
    pub to: Option<Text>,
    /// All of it.
    pub span: Span,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityType {
    /// A human being.
    Person,
    /// A body that can speak: a ministry, company, party, newspaper.
    Organisation,
    /// Somewhere.
    Place,
    /// Something that happened.
    Event,
    /// A book, film, law, treaty.
    Work,
    /// Anything else that has a name.
    Thing,
}

impl EntityType {
    /// All of them.
    pub const ALL: [EntityType; 6] = [
        EntityType::Person,
        EntityType::Organisation,
        EntityType::Place,
        EntityType::Event,
        EntityType::Work,
        EntityType::Thing,
    ];

    /// The word for it in registries.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            EntityType::Person => "person",
            EntityType::Organisation => "organisation",
            EntityType::Place => "place",
            EntityType::Event => "event",
            EntityType::Work => "work",
            EntityType::Thing => "thing",
        }
    }
}

impl fmt::Display for EntityType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EntityType {
    type Err = ();

    /// Takes the American spelling, too.
    fn from_str(word: &str) -> Result<Self, ()> {
        let word = if word.eq_ignore_ascii_case("organization") { "organisation" } else { word };
        Self::ALL.into_iter().find(|kind| kind.as_str().eq_ignore_ascii_case(word)).ok_or(())
    }
}
