//! What is known of a source.

use std::fmt;

use super::Text;
use crate::data::Spanned;
use crate::text::Span;

/// An entry of a bibliography. Dates are EDTF where the entry says enough for it, and
/// otherwise as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is cited by.
    pub key: Text,
    /// What it is, as a type of CSL: `article-newspaper`.
    pub kind: Option<Text>,
    /// Its title.
    pub title: Option<Text>,
    /// Who wrote or said it.
    pub authors: Vec<PersonName>,
    /// Who edited it.
    pub editors: Vec<PersonName>,
    /// Who published it.
    pub publisher: Option<Text>,
    /// The newspaper, journal, book or site that it stands in.
    pub container_title: Option<Text>,
    /// When it came out.
    pub issued: Option<Text>,
    /// When it was read.
    pub accessed: Option<Text>,
    /// Where it is on the web.
    pub url: Option<Text>,
    /// Its DOI.
    pub doi: Option<Text>,
    /// The pages that it stands on.
    pub pages: Option<Text>,
    /// How many pages it has.
    pub number_of_pages: Option<Text>,
    /// What it is recorded on or in: `video`.
    pub medium: Option<Text>,
    /// How long or large it is; of recordings, their running time.
    pub dimensions: Option<Text>,
    /// Its language.
    pub language: Option<Text>,
    /// The entity whose statement or document it is.
    pub issuer: Option<Text>,
    /// The sources that it merely passes on.
    pub relays: Vec<Text>,
    /// The article of this corpus that it is.
    pub article: Option<Text>,
    /// On what terms it may be used.
    pub terms: Option<Spanned<Terms>>,
    /// Why its name is withheld.
    pub anonymity_reason: Option<Text>,
    /// Which editor knows it. Protected.
    pub known_to: Option<Text>,
    /// Whether a field about its terms is there that says nothing readable, half-typed or in
    /// the wrong place, or one that only a source has who is not on record.
    pub guarded: bool,
    /// Whether it still stands.
    pub standing: Option<Spanned<Standing>>,
    /// Since when.
    pub standing_date: Option<Text>,
    /// Why.
    pub standing_note: Option<Text>,
    /// The source that takes its place.
    pub superseded_by: Option<Text>,
    /// Path of its stored text, from the registry.
    pub snapshot: Option<Text>,
    /// Where a copy of it is kept.
    pub archive_url: Option<Text>,
    /// The whole entry.
    pub span: Span,
}

impl Source {
    /// A source of which nothing but its key is known.
    #[must_use]
    pub fn new(key: Text, span: Span) -> Self {
        Source {
            key,
            kind: None,
            title: None,
            authors: Vec::new(),
            editors: Vec::new(),
            publisher: None,
            container_title: None,
            issued: None,
            accessed: None,
            url: None,
            doi: None,
            pages: None,
            number_of_pages: None,
            medium: None,
            dimensions: None,
            language: None,
            issuer: None,
            relays: Vec::new(),
            article: None,
            terms: None,
            anonymity_reason: None,
            known_to: None,
            guarded: false,
            standing: None,
            standing_date: None,
            standing_note: None,
            superseded_by: None,
            snapshot: None,
            archive_url: None,
            span,
        }
    }

    /// Whether nothing of it but its key may be repeated: it is not on record, its entry says
    /// who knows it, or says something of its terms that cannot be read.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        self.guarded || self.known_to.is_some() || self.terms() != Terms::OnRecord
    }

    /// On what terms it may be used; on the record, if nothing is said.
    #[must_use]
    pub fn terms(&self) -> Terms {
        self.terms.as_ref().map_or(Terms::OnRecord, |terms| terms.value)
    }

    /// Whether it still stands; it does, if nothing is said.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing.as_ref().map_or(Standing::Current, |standing| standing.value)
    }
}

/// The name of an author: either its parts, or as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// Where it stands.
    pub span: Span,
    /// The family name, with its particles.
    pub family: Option<String>,
    /// The given names.
    pub given: Option<String>,
    /// What comes after: `Jr`.
    pub suffix: Option<String>,
    /// The name as a whole, of bodies and of people with one name.
    pub literal: Option<String>,
}

impl PersonName {
    /// A name that has no parts.
    #[must_use]
    pub fn literal(name: Text) -> Self {
        PersonName { span: name.span, literal: Some(name.value), ..PersonName::default() }
    }
}

/// As it is said: given names first.
impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.literal, &self.given, &self.family, &self.suffix];
        for (index, part) in parts.into_iter().flatten().enumerate() {
            let space = if index > 0 { " " } else { "" };
            write!(f, "{space}{part}")?;
        }
        Ok(())
    }
}

/// A word out of a fixed few.
pub(super) trait Choice: Copy + 'static {
    /// The words, and what they stand for.
    const ALL: &'static [(&'static str, Self)];
}

/// On what terms a source may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Terms {
    /// By name.
    OnRecord,
    /// Without the name, with an agreed description.
    Background,
    /// Without any attribution.
    DeepBackground,
    /// Not at all.
    OffRecord,
    /// Without the name.
    Anonymous,
}

impl Choice for Terms {
    const ALL: &'static [(&'static str, Self)] = &[
        ("on-record", Terms::OnRecord),
        ("background", Terms::Background),
        ("deep-background", Terms::DeepBackground),
        ("off-record", Terms::OffRecord),
        ("anonymous", Terms::Anonymous),
    ];
}

impl Terms {
    /// The word for it in bibliographies.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        word(self)
    }
}

/// Whether a source still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// It does.
    Current,
    /// It has been corrected.
    Corrected,
    /// Another has taken its place.
    Superseded,
    /// It has been withdrawn.
    Retracted,
}

impl Choice for Standing {
    const ALL: &'static [(&'static str, Self)] = &[
        ("current", Standing::Current),
        ("corrected", Standing::Corrected),
        ("superseded", Standing::Superseded),
        ("retracted", Standing::Retracted),
    ];
}

impl Standing {
    /// The word for it in bibliographies.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        word(self)
    }
}

fn word<T: Choice + PartialEq>(choice: T) -> &'static str {
    T::ALL.iter().find(|(_, value)| *value == choice).map_or("", |(word, _)| word)
}
