//! What changed on the disk since it was read: for a corpus that stays loaded.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{Entry, FileProblem, Files, Named, Root, RootBy, Unread};
use crate::corpus::Change;
use crate::diagnostic::FilePath;
use crate::lint::{self, FileRole};
use crate::rules;

/// By what it is told whether a file is still the one that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    /// In bytes.
    length: u64,
}

/// The files of a corpus as they were read, in order of their paths.
pub type Stamps = BTreeMap<FilePath, Stamp>;

/// What there is of one file now.
#[derive(Debug)]
pub struct Found {
    /// The file.
    pub path: FilePath,
    /// What was there when it was read; `None` if nothing is.
    pub stamp: Option<Stamp>,
    /// What that means to the corpus.
    pub change: Change,
    /// Why it cannot be read, where something is there.
    pub problem: Option<FileProblem>,
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Around {
    /// What is new, was changed or is gone.
    pub found: Vec<Found>,
    /// What would belong to the corpus, and the walk cannot tell what it is.
    pub unread: Vec<Unread>,
}

/// Files that something in the corpus names and no pattern takes.
#[derive(Debug, Default)]
pub struct NamedFiles {
    /// What they are to the corpus.
    pub changes: Vec<Change>,
    /// Those that are there and hold nothing that newsmark reads.
    pub others: Vec<FilePath>,
    /// Bibliographies that cannot be read.
    pub unread: Vec<(FilePath, FileProblem)>,
}

impl Root {
    /// All files of the corpus, as if the corpus had been named.
    #[must_use]
    pub fn all_entries(&self) -> Vec<Entry> {
        self.all_files().entries
    }

    /// The same, with what cannot be read of them.
    #[must_use]
    pub fn all_files(&self) -> Files {
        if self.by == RootBy::Alone {
            return Files::default();
        }
        let all = Named { shown: self.folder.clone(), path: "".into(), is_folder: true };
        self.files(&[all])
    }

    /// Reads a file that the walk found, or somebody opened.
    #[must_use]
    pub fn look_at(&self, entry: &Entry) -> Found {
        let path = entry.path.clone();
        // Asked first: what changes while it is read has another stamp afterwards.
        let Some(stamp) = self.stamp(entry) else { return self.gone(path) };
        let (change, problem) = match self.read(entry) {
            Ok(text) => (Change::at_rest(lint::read(&path, &text, entry.role()), rules::names()), None),
            // What cannot be read defines nothing; a link to it leads somewhere.
            Err(problem) => (Change::Other(path.clone()), Some(problem)),
        };
        Found { path, stamp: Some(stamp), change, problem }
    }

    /// The text of a file that was read before, if it is still the one that was read.
    #[must_use]
    pub fn read_unchanged(&self, path: &FilePath, known: &Stamp) -> Option<String> {
        let entry = self.entry(path).ok()?;
        let text = self.read(&entry).ok()?;
        // Asked afterwards: one that changes while it is read is another.
        (self.stamp(&entry).as_ref() == Some(known)).then_some(text)
    }

    /// What is no file of the corpus; a link may lead there all the same.
    fn gone(&self, path: FilePath) -> Found {
        let change =
            if self.exists(&path) { Change::Other(path.clone()) } else { Change::Remove(path.clone()) };
        Found { path, stamp: None, change, problem: None }
    }

    /// Reads files anew that were read before, or that somebody opened.
    #[must_use]
    pub fn look_again(&self, paths: &[FilePath]) -> Vec<Found> {
        let look = |path: &FilePath| match self.entry(path) {
            Ok(entry) => self.look_at(&entry),
            Err(_) => self.gone(path.clone()),
        };
        paths.par_iter().map(look).collect()
    }

    /// Walks the corpus and reads what is new or was changed; what is gone is found gone.
    #[must_use]
    pub fn look_around(&self, known: &Stamps) -> Around {
        let Files { entries, unread, .. } = self.all_files();
        let mut found: Vec<Found> = entries
            .par_iter()
            .filter(|entry| {
                let before = known.get(&entry.path);
                before.is_none() || self.stamp(entry).as_ref() != before
            })
            .map(|entry| self.look_at(entry))
            .collect();
        let there: FxHashSet<&FilePath> = entries.iter().map(|entry| &entry.path).collect();
        let gone = known.keys().filter(|path| !there.contains(path));
        found.extend(gone.map(|path| self.gone(path.clone())));
        Around { found, unread }
    }

    /// Looks for files that something in the corpus names: bibliographies among them are
    /// read, and of stored texts it is found out whether they can be; of every other it is
    /// asked whether it is there.
    #[must_use]
    pub fn look_for(
        &self,
        named: &[FilePath],
        bibliographies: &FxHashSet<FilePath>,
        snapshots: &FxHashSet<FilePath>,
    ) -> NamedFiles {
        let mut out = NamedFiles::default();
        let stored: Vec<&FilePath> = named.iter().filter(|path| snapshots.contains(*path)).collect();
        let stored = stored.into_par_iter().filter(|path| !bibliographies.contains(*path));
        let stored = stored.filter_map(|path| Some(Change::Snapshot(path.clone(), self.snapshot(path)?)));
        out.changes = stored.collect();
        for path in named {
            if !bibliographies.contains(path) {
                if snapshots.contains(path) {
                    continue;
                }
                out.others.extend(self.exists(path).then(|| path.clone()));
                continue;
            }
            match self.read_named(path) {
                Ok(text) => {
                    let facts = lint::read(path, &text, FileRole::Bibliography);
                    out.changes.push(Change::at_rest(facts, rules::names()));
                }
                // That it is missing is for the rule to say, where it is named.
                Err(_) if !self.exists(path) => {}
                Err(problem) => {
                    out.others.push(path.clone());
                    out.unread.push((path.clone(), problem));
                }
            }
        }
        out
    }

    fn stamp(&self, entry: &Entry) -> Option<Stamp> {
        let metadata = fs::metadata(entry.on_disk(self)).ok()?;
        Some(Stamp { modified: metadata.modified().ok(), length: metadata.len() })
    }
}
