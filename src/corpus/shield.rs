//! The names that an article must not have, dotted out of what is told of it elsewhere.

use std::collections::BTreeSet;

use crate::text::{Span, fold, masked, name_pairs};

use super::facts::FileFacts;
use super::protected::NamedSource;
use super::registry::EntityFacts;
use super::tables::Corpus;

/// Whoever must not be named in one article, and what they go by.
#[derive(Clone, Debug, Default)]
pub struct Shield {
    /// What the pairs of words in their names stand for.
    pairs: BTreeSet<u32>,
    /// What the markup and the registry call them.
    written: BTreeSet<Box<str>>,
    /// Their names, as compared.
    names: BTreeSet<Box<str>>,
    /// The ids of those who are known, as compared.
    entities: BTreeSet<Box<str>>,
}

impl Corpus {
    /// That of a file. There is nothing in it where nobody is to be shielded, as in most.
    #[must_use]
    pub fn shield(&self, file: &FileFacts) -> Shield {
        Shield::new(&self.shielded_in(file))
    }
}

impl Shield {
    /// Of those whom [`Corpus::shielded_in`] has.
    #[must_use]
    pub fn new(people: &[NamedSource<'_>]) -> Shield {
        let mut shield = Shield::default();
        for named in people {
            shield.pairs.extend(named.ways.iter().flatten());
            shield.written.extend(named.written.iter().map(|name| Box::from(*name)));
            shield.names.insert(named.name.folded.clone());
            shield.entities.extend(named.entity.map(|entity| entity.what.folded_id().into()));
        }
        shield
    }

    /// Whether nobody is to be shielded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether somebody must not be named here: `name` is what they are called, `entity` who
    /// that is, where it is known.
    #[must_use]
    pub fn is_of(&self, name: &str, entity: Option<&EntityFacts>) -> bool {
        !self.is_empty()
            && (entity.is_some_and(|entity| self.entities.contains(entity.folded_id()))
                || self.names.contains(&*fold(name))
                || self.hidden(name) != name)
    }

    /// A text with their names dotted out.
    #[must_use]
    pub fn hidden(&self, text: &str) -> String {
        let mut spans: Vec<(Span, Span)> = Vec::new();
        let mut add = |from: usize, to: usize| spans.push((Span::new(from, to), Span::at(0)));
        name_pairs(text, |pair| {
            if self.pairs.contains(&pair.hash) {
                add(pair.from, pair.to);
            }
        });
        for name in self.written.iter().filter(|name| !name.is_empty()) {
            for (at, _) in text.match_indices(&**name) {
                let end = at + name.len();
                let is_part = text[..at].ends_with(char::is_alphanumeric)
                    || text[end..].starts_with(char::is_alphanumeric);
                if !is_part {
                    add(at, end);
                }
            }
        }
        spans.sort_unstable();
        masked(text, &spans)
    }
}
