//! The entries of a registry that a patch touches.
//!
//! Of ten thousand entries somebody writes in one: what is said of most of the others cannot
//! have changed. Nothing stands between the entries, so each is taken to reach to where the
//! next begins, and the first to begin with the file.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::text::{Place, Span};

use super::facts::FileFacts;
use super::patch::replaced;
use super::registry::SourceFacts;
use super::tables::FileId;

/// No text is so long, in bytes.
const MOST: usize = u32::MAX as usize;

/// What a batch of changes touched.
#[derive(Debug, Default)]
pub struct Effect {
    /// Every file whose diagnostics may have changed, in order; none that is gone.
    pub files: Vec<FileId>,
    /// Where no more changed in a registry than what a patch brought: the registry, which is
    /// one of `files`, and the numbers of those of its entries of which anything else may be
    /// said now. What a patch replaced has the numbers that it had.
    pub entries: Option<(FileId, BTreeSet<u32>)>,
}

impl FileFacts {
    /// The stretch of the text that belongs to an entry; of the last it goes beyond any text.
    #[must_use]
    pub fn entry_stretch(&self, number: u32) -> Span {
        let start = |number: usize| self.entry_place(number).map_or(MOST, |place| place.span().start());
        let number = number as usize;
        Span::new(if number == 0 { 0 } else { start(number) }, start(number + 1))
    }

    /// A registry with nothing in it but these entries, and what was found while reading it
    /// left out: what rules find in it, they find in the whole of it at the same places. That
    /// does not hold of what they say of only so many in one file.
    #[must_use]
    pub fn with_entries(&self, numbers: &BTreeSet<u32>) -> FileFacts {
        let mut part = FileFacts {
            end: self.end,
            stub: self.stub,
            broken: self.broken,
            ..FileFacts::empty(self.path.clone(), self.kind)
        };
        for &number in numbers {
            let span = self.entry_stretch(number);
            macro_rules! take {
                ($($list:ident)*) => {
                    $(part.$list.extend_from_slice(&self.$list[replaced(&self.$list, span)]);)*
                };
            }
            take!(entities sources entity_references source_references pointers named_files);
        }
        part
    }

    /// A registry holds entities or sources.
    fn entry_place(&self, number: usize) -> Option<Place> {
        match self.entities.is_empty() {
            true => self.sources.get(number).map(|source| source.place),
            false => self.entities.get(number).map(|entity| entity.place),
        }
    }

    /// The entry in the stretch of which something stands.
    fn entry_at(&self, place: Place) -> u32 {
        let at = place.start.offset;
        let count = match self.entities.is_empty() {
            true => self.sources.partition_point(|source| source.place.start.offset <= at),
            false => self.entities.partition_point(|entity| entity.place.start.offset <= at),
        };
        count.saturating_sub(1) as u32
    }

    /// The entries that use one of these names or keys.
    pub(super) fn entries_using(&self, names: &FxHashSet<&str>, keys: &FxHashSet<Box<str>>) -> BTreeSet<u32> {
        let mut numbers = BTreeSet::new();
        if !names.is_empty() {
            let named = self.entity_references.iter().filter(|one| names.contains(&*one.folded));
            numbers.extend(named.map(|reference| self.entry_at(reference.place)));
            let is_by_one = |source: &SourceFacts| {
                source.author.iter().chain(&source.publisher).any(|name| names.contains(&**name))
            };
            let named = (0..).zip(&self.sources).filter(|(_, source)| is_by_one(source));
            numbers.extend(named.map(|(number, _)| number));
        }
        let named = self.source_references.iter().filter(|reference| keys.contains(&reference.key));
        numbers.extend(named.map(|reference| self.entry_at(reference.place)));
        numbers
    }

    /// The names that stand in an entry, as compared.
    pub(super) fn names_used_in(&self, number: u32) -> impl Iterator<Item = &str> {
        let within = replaced(&self.entity_references, self.entry_stretch(number));
        self.entity_references[within].iter().map(|reference| &*reference.folded)
    }
}
