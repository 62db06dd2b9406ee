//! The stored texts of sources: what was found where a source says that its text is, and the
//! texts themselves while something is compared with them.
//!
//! A corpus may have a hundred thousand of them, so no text stays: whoever judges a file
//! gives the corpus the texts that [`Corpus::texts_for`] asks for, and takes them back.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::FilePath;
use crate::syntax::StoredText;

use super::facts::{FileFacts, NamedFile};
use super::tables::Corpus;

/// What was found where a source says that its text is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapshotFacts {
    /// A text.
    Text {
        /// The SHA-256 of its bytes, in hexadecimal.
        digest: Box<str>,
    },
    /// Something that cannot be read as one.
    Unusable {
        /// Why, as the end of a sentence: "is no text".
        why: Box<str>,
        /// What stands in the way.
        obstacle: Obstacle,
    },
}

/// What stands between a snapshot and whoever would read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It lies outside the corpus, or a link leads there, so that nothing here leads to it.
    Outside,
    /// It is a folder, a pipe or the like.
    NoFile,
    /// It is over the size limit.
    TooLarge,
    /// It is no text in UTF-8, or nothing at all.
    NoText,
    /// The system says no.
    Unreadable,
}

/// What is known of stored texts.
#[derive(Debug, Default)]
pub(super) struct Snapshots {
    /// How many times a file is named as one.
    named: FxHashMap<FilePath, u32>,
    found: FxHashMap<FilePath, SnapshotFacts>,
    /// Those at hand.
    texts: FxHashMap<FilePath, Arc<StoredText>>,
}

impl Snapshots {
    pub(super) fn put_in(&mut self, facts: &FileFacts) {
        for path in named_snapshots(facts) {
            *self.named.entry(path.clone()).or_default() += 1;
        }
    }

    pub(super) fn take_out(&mut self, facts: &FileFacts) {
        for path in named_snapshots(facts) {
            if let Some(count) = self.named.get_mut(path) {
                *count -= 1;
                if *count == 0 {
                    self.named.remove(path);
                    // Nobody looks at it any more, so nobody knows whether it stays so.
                    self.found.remove(path);
                }
            }
        }
    }

    pub(super) fn note(&mut self, path: FilePath, found: SnapshotFacts) {
        self.found.insert(path, found);
    }

    pub(super) fn forget(&mut self, path: &str) {
        self.found.remove(path);
    }
}

impl Corpus {
    /// Whether a source says that its text is stored in that file.
    #[must_use]
    pub fn is_snapshot(&self, path: &str) -> bool {
        self.snapshots.named.contains_key(path)
    }

    /// Whether any source has one.
    #[must_use]
    pub fn has_snapshots(&self) -> bool {
        !self.snapshots.named.is_empty()
    }

    /// Those of some files that a source names as its stored text.
    #[must_use]
    pub fn snapshots_among(&self, paths: &[FilePath]) -> FxHashSet<FilePath> {
        paths.iter().filter(|path| self.is_snapshot(path)).cloned().collect()
    }

    /// What was found in a file that is named as a snapshot; none where nobody has looked, or
    /// it is read as a file of the corpus anyway.
    #[must_use]
    pub fn snapshot(&self, path: &str) -> Option<&SnapshotFacts> {
        self.snapshots.found.get(path)
    }

    /// Whether a file is named as a snapshot, and nobody has looked what it is.
    pub(super) fn is_unseen_snapshot(&self, path: &str) -> bool {
        self.is_snapshot(path) && !self.snapshots.found.contains_key(path) && !self.by_path.contains_key(path)
    }

    /// The stored texts that the quotations of a file are compared with, each once, in order.
    #[must_use]
    pub fn texts_for(&self, file: &FileFacts) -> Vec<FilePath> {
        let Some(article) = file.article.as_ref().filter(|_| self.has_snapshots()) else {
            return Vec::new();
        };
        let quotes = article.quotations.by_claim().map(|sentences| sentences[0].claim);
        let sources = quotes.flat_map(|claim| self.sources_of_quote(file, article, claim).known);
        let mut paths: Vec<FilePath> =
            sources.filter_map(|cited| cited.source.what.snapshot.clone()).collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// Takes the stored texts that the files judged next are compared with, in the place of
    /// those that it had.
    pub fn hold(&mut self, texts: FxHashMap<FilePath, Arc<StoredText>>) {
        self.snapshots.texts = texts;
    }

    /// A stored text, if it is at hand.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&StoredText> {
        self.snapshots.texts.get(path).map(|text| &**text)
    }
}

fn named_snapshots(facts: &FileFacts) -> impl Iterator<Item = &FilePath> {
    let snapshots = facts.named_files.iter().filter(|named: &&NamedFile| !named.bibliography);
    snapshots.filter_map(|named| named.path.as_ref())
}
