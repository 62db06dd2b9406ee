//! Who and what articles speak of, and where what they say comes from: entities and
//! sources, read out of the formats that people keep them in.
//!
//! Every reader is given text and answers with all entries that can be used and a
//! problem for everything that cannot. An entry is lost only if it has no name to be
//! called by; a field that makes no sense costs itself. Whether what a field points
//! at exists is not asked here.

mod address;
mod bibtex;
mod csl;
mod dates;
mod entities;
mod entity;
mod extent;
mod fields;
mod ftm;
mod reference;
mod source;
pub mod terms;

pub use address::{doi_address, web_address};
pub use bibtex::read_sources_bibtex;
pub use csl::{read_references, read_sources_csl_json, read_sources_csl_yaml};
pub use dates::csl_date;
pub use entities::{read_entities_yaml, read_entity_page};
pub use entity::{Entity, EntityType, Role};
pub use ftm::read_entities_ftm;
pub use reference::reference;
pub use source::{PersonName, Source, Standing, Terms};

use crate::data::{Problem, Spanned};

/// Text and its place, quotation marks left out.
pub type Text = Spanned<String>;

/// What came of reading a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read<T> {
    /// The entries, in the order of the file; several with one key are all here.
    pub entries: Vec<T>,
    /// What could not be used, in the order of the places.
    pub problems: Vec<Problem>,
}

#[cfg(test)]
mod tests;
