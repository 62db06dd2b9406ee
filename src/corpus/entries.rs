//! The entries of a registry that a patch touches.
//!
//! Of ten thousand entries somebody writes in one: what is said of most of the others cannot
//! have changed. Nothing stands between the entries, so each is taken to reach to where the
//! next begins, and the first to begin with the file.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::text::{Place, Span};

use super::facts::FileFacts;
use super::patch::replaced;
use super::tables::{Corpus, FileId};

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

/// The names and keys of which the entries that use them are touched.
pub(super) struct UsedAnew<'t> {
    pub(super) names: FxHashSet<&'t str>,
    pub(super) keys: &'t FxHashSet<Box<str>>,
}

impl FileFacts {
    /// The stretch of the text that belongs to an entry, the next to which begins at `u32::MAX`
    /// if there is none.
    #[must_use]
    pub fn entry_stretch(&self, number: u32) -> Range<u32> {
        let start = |number: usize| self.entry_place(number).map(|place| place.start.offset);
        let number = number as usize;
        let from = if number == 0 { Some(0) } else { start(number) };
        from.unwrap_or(u32::MAX)..start(number + 1).unwrap_or(u32::MAX)
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
            let stretch = self.entry_stretch(number);
            let span = Span::new(stretch.start as usize, stretch.end as usize);
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
}

impl Corpus {
    /// The entries of a registry that use what changed.
    pub(super) fn entries_using(&self, facts: &FileFacts, used: &UsedAnew<'_>) -> BTreeSet<u32> {
        let mut numbers = BTreeSet::new();
        if !used.names.is_empty() {
            let references = facts.entity_references.iter();
            let named = references.filter(|reference| used.names.contains(&*reference.folded));
            numbers.extend(named.map(|reference| facts.entry_at(reference.place)));
            let has_one = |names: [&Option<Box<str>>; 2]| {
                names.into_iter().flatten().any(|name| used.names.contains(&**name))
            };
            let sources = (0..).zip(&facts.sources);
            let named = sources.filter(|(_, source)| has_one([&source.author, &source.publisher]));
            numbers.extend(named.map(|(number, _)| number));
        }
        let references = facts.source_references.iter();
        let named = references.filter(|reference| used.keys.contains(&reference.key));
        numbers.extend(named.map(|reference| facts.entry_at(reference.place)));
        numbers
    }
}
