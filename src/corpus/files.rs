//! The files of the corpus: of each its facts, packed or not, and the little that is looked
//! up of many files at once.

use std::sync::{Arc, OnceLock, PoisonError};

use crate::data::date::Day;
use crate::diagnostic::FilePath;
use crate::text::Place;

use super::article::{ClaimReference, ClaimRelation};
use super::facts::{FileFacts, FileKind};
use super::name_index::{Named, names_in};
use super::packed::Packed;
use super::tables::{Corpus, FileId, article_of};

impl Corpus {
    /// Every file, in no order that means anything. Unpacks them all: not for large corpora.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &FileFacts)> {
        self.ids().filter_map(|id| Some((id, self.file(id)?)))
    }

    /// Every file that there is, in no order that means anything.
    pub fn ids(&self) -> impl Iterator<Item = FileId> {
        self.slots().map(|(id, _)| id)
    }

    /// The facts of a file that is in the corpus. What is packed is unpacked and stays so
    /// until [`Corpus::rest`]: for a look at many files, see [`Corpus::look_at`].
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&FileFacts> {
        let note = || self.unpacked.lock().unwrap_or_else(PoisonError::into_inner).push(id);
        Some(self.slot(id)?.facts(note))
    }

    /// Runs `with` on the facts of a file, and keeps nothing of what is unpacked for it.
    pub fn look_at<R>(&self, id: FileId, with: impl FnOnce(&FileFacts) -> R) -> Option<R> {
        Some(self.slot(id)?.look_at(with))
    }

    /// Forgets what was unpacked since the last time. To be called between batches, or
    /// what is looked at stays unpacked.
    pub fn rest(&mut self) {
        let unpacked = self.unpacked.get_mut().unwrap_or_else(PoisonError::into_inner);
        for id in unpacked.drain(..) {
            if let Some(Some(slot)) = self.files.get_mut(id.0 as usize) {
                slot.rest();
            }
        }
        // After one look at everything, the list would stay as long as the corpus.
        unpacked.shrink_to(1024);
    }

    /// How many files have facts that are not packed: registries, open files, and what was
    /// looked at since [`Corpus::rest`].
    #[must_use]
    pub fn unpacked_count(&self) -> usize {
        self.slots().filter(|(_, slot)| !slot.is_at_rest()).count()
    }

    /// Every file that defines entities or sources, in no order that means anything.
    pub fn defining(&self) -> impl Iterator<Item = FileId> {
        self.slots().filter(|(_, slot)| slot.has_entities || slot.has_sources).map(|(id, _)| id)
    }

    /// Where a file is.
    #[must_use]
    pub fn path(&self, id: FileId) -> Option<&FilePath> {
        Some(&self.slot(id)?.path)
    }

    /// What a file is.
    #[must_use]
    pub fn kind(&self, id: FileId) -> Option<FileKind> {
        Some(self.slot(id)?.kind)
    }

    /// The slug of an article.
    #[must_use]
    pub fn slug(&self, id: FileId) -> Option<&str> {
        self.slot(id)?.slug.as_deref()
    }

    /// The first day that an article gives itself; where that is a month or a year, the
    /// first day of it.
    #[must_use]
    pub fn day(&self, id: FileId) -> Option<Day> {
        self.slot(id)?.day
    }

    /// The article with the latest day; of several the last by its path. Goes through all.
    #[must_use]
    pub fn latest_article(&self) -> Option<FileId> {
        let dated = self.slots().filter_map(|(id, slot)| Some((slot.day?, &slot.path, id)));
        dated.max().map(|(.., id)| id)
    }

    /// Whether an article settles names or brings sources of its own. In all others a name
    /// and a key stand for what they stand for everywhere, which need not be looked up in
    /// each of many.
    #[must_use]
    pub fn has_own_meanings(&self, id: FileId) -> bool {
        self.slot(id).is_some_and(|slot| slot.has_own_meanings)
    }

    /// Whether an article disputes claims of others. Leaves it packed.
    #[must_use]
    pub fn disputes_others(&self, id: FileId) -> bool {
        self.slot(id).is_some_and(|slot| slot.disputes_others)
    }

    pub(super) fn has_sources(&self, id: FileId) -> bool {
        self.slot(id).is_some_and(|slot| slot.has_sources)
    }

    pub(super) fn slots(&self) -> impl Iterator<Item = (FileId, &Slot)> {
        self.files.iter().enumerate().filter_map(|(at, slot)| Some((FileId(at as u32), slot.as_ref()?)))
    }

    pub(super) fn slot(&self, id: FileId) -> Option<&Slot> {
        self.files.get(id.0 as usize)?.as_ref()
    }

    /// Notes that a file has facts beside what is packed.
    pub(super) fn note_unpacked(&mut self, id: FileId) {
        self.unpacked.get_mut().unwrap_or_else(PoisonError::into_inner).push(id);
    }
}

/// A file of the corpus.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) path: FilePath,
    /// The slug of an article.
    pub(super) slug: Option<Arc<str>>,
    /// The first day that an article gives itself.
    pub(super) day: Option<Day>,
    pub(super) kind: FileKind,
    has_own_meanings: bool,
    disputes_others: bool,
    pub(super) has_entities: bool,
    pub(super) has_sources: bool,
    /// None for a file whose facts stay as they are: registries, which are looked up an
    /// entry at a time, and open files, which change with each key press.
    packed: Option<Packed>,
    /// There where nothing is packed, and for as long as something was looked up in it.
    facts: OnceLock<Box<FileFacts>>,
}

impl Slot {
    pub(super) fn new(facts: Box<FileFacts>, packed: Option<Packed>, slug: Option<Arc<str>>) -> Self {
        let first = article_of(&facts).and_then(|article| article.dates.first());
        Slot {
            path: facts.path.clone(),
            slug,
            day: first.and_then(|date| date.earliest()),
            kind: facts.kind,
            has_own_meanings: facts.article.as_ref().is_some_and(|article| {
                !article.settled.is_empty() || !article.bibliographies.is_empty() || !facts.sources.is_empty()
            }),
            disputes_others: facts.article.as_ref().is_some_and(|article| {
                let disputes = |reference: &ClaimReference| reference.relation == ClaimRelation::Disputes;
                article.claim_references.iter().any(|one| disputes(one) && one.article.is_some())
            }),
            has_entities: !facts.entities.is_empty(),
            has_sources: !facts.sources.is_empty(),
            packed,
            facts: OnceLock::from(facts),
        }
    }

    /// The facts, which stay unpacked; `first` is called where they were not.
    pub(super) fn facts(&self, first: impl FnOnce()) -> &FileFacts {
        self.facts.get_or_init(|| {
            first();
            self.unpack()
        })
    }

    /// Runs `with` on the facts and leaves them as they are, packed or not.
    pub(super) fn look_at<R>(&self, with: impl FnOnce(&FileFacts) -> R) -> R {
        match self.facts.get() {
            Some(facts) => with(facts),
            None => with(&self.unpack()),
        }
    }

    /// Whether `#id` means something in the article; `None` where it is none, or where it is
    /// too large to look through its ids for each link to it.
    pub(super) fn has_anchor(&self, id: &str) -> Option<bool> {
        const MOST: usize = 16 * 1024;
        match (self.facts.get(), &self.packed) {
            (None, Some(packed)) if packed.len() <= MOST => packed.has_anchor(&self.path, id),
            _ => None,
        }
    }

    /// Calls `with` for each pair of words in an article that may be parts of a name. Leaves
    /// it packed.
    pub(super) fn name_hashes(&self, mut with: impl FnMut(u32)) {
        match (self.facts.get(), &self.packed) {
            (None, Some(packed)) => packed.name_hashes(&self.path, with),
            _ => self.look_at(|facts| {
                facts.article.iter().flat_map(|article| &article.names).for_each(|name| with(name.hash));
            }),
        }
    }

    /// Calls `with` for each name that something in the file has. Leaves it packed.
    pub(super) fn with_names(&self, mut with: impl FnMut(Named, u32, &str)) {
        match (self.facts.get(), &self.packed) {
            (None, Some(packed)) if !self.has_entities && !self.has_sources => {
                packed.names(&self.path, with);
            }
            _ => self.look_at(|facts| names_in(facts, &mut with)),
        }
    }

    /// Where the id of a claim stands in the article. Leaves it packed.
    pub(super) fn anchor_place(&self, id: &str) -> Option<Place> {
        match (self.facts.get(), &self.packed) {
            (None, Some(packed)) => packed.anchor_place(&self.path, id),
            _ => self.look_at(|facts| facts.anchor(id).map(|anchor| anchor.place)),
        }
    }

    /// The facts, of a file that is not packed.
    pub(super) fn facts_mut(&mut self) -> Option<&mut FileFacts> {
        let facts = self.facts.get_mut().filter(|_| self.packed.is_none())?;
        Some(facts)
    }

    pub(super) fn into_facts(mut self) -> Box<FileFacts> {
        self.facts.take().unwrap_or_else(|| self.unpack())
    }

    /// Whether the facts are packed and nothing else.
    pub(super) fn is_at_rest(&self) -> bool {
        self.facts.get().is_none()
    }

    /// Forgets what was unpacked.
    pub(super) fn rest(&mut self) {
        if self.packed.is_some() {
            self.facts.take();
        }
    }

    fn unpack(&self) -> Box<FileFacts> {
        let facts = self.packed.as_ref().and_then(|packed| packed.unpack(&self.path));
        debug_assert!(facts.is_some(), "{}: what was packed comes out again", self.path);
        Box::new(facts.unwrap_or_else(|| FileFacts::empty(self.path.clone(), self.kind)))
    }
}
