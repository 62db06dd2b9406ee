//! The whole corpus as a client is told of it: for each file that has findings, or had some
//! when the client was told last, by what number its diagnostics are known. The diagnostics
//! themselves are kept of no file that is not open.
//!
//! All files are judged once, when the client asks; afterwards those that something touched.
//! That is done in slices, between which key presses are.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::config::FILE_NAME;
use crate::corpus::FileId;
use crate::diagnostic::{Diagnostic, FilePath};
use crate::workspace::SnapshotTexts;

use super::desk::Desk;

/// By what number the diagnostics of a document are known: the same for the same ones, in
/// every session. None have the number 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::server) struct ResultId(u64);

impl ResultId {
    /// Of no diagnostics.
    pub(in crate::server) const NONE: ResultId = ResultId(0);

    /// One that none have: for what a client says that it knows and nobody can have told it.
    const FOREIGN: ResultId = ResultId(u64::MAX);

    pub(in crate::server) fn of(diagnostics: &[Diagnostic]) -> ResultId {
        if diagnostics.is_empty() {
            return ResultId::NONE;
        }
        let mut hasher = DefaultHasher::new();
        diagnostics.hash(&mut hasher);
        ResultId(hasher.finish().clamp(1, u64::MAX - 1))
    }

    /// As the client gives it back.
    pub(in crate::server) fn read(text: &str) -> ResultId {
        u64::from_str_radix(text, 16).map_or(ResultId::FOREIGN, ResultId)
    }

    /// As the client is given it.
    pub(in crate::server) fn text(self) -> String {
        format!("{:x}", self.0)
    }
}

/// What there is of a file, and what the client knows of it.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    now: ResultId,
    told: ResultId,
}

/// What a client that asks for diagnostics of the whole corpus knows of it.
#[derive(Default)]
pub(super) struct Overview {
    /// Whether every file was judged or waits for it.
    is_begun: bool,
    /// Files that have findings, and those of which the client thinks so.
    files: BTreeMap<FilePath, Known>,
    /// What something touched: judged first.
    touched: BTreeSet<FilePath>,
    /// All the others that have to be judged, the last first.
    others: Vec<FileId>,
    /// The stored texts that files in the last slice are compared with.
    pub(super) texts: SnapshotTexts,
}

impl Overview {
    /// Has all files judged anew, once that is asked for.
    pub(super) fn begin_again(&mut self) {
        self.is_begun = false;
        self.touched.clear();
        self.others = Vec::new();
        self.texts = SnapshotTexts::default();
    }

    pub(super) fn is_begun(&self) -> bool {
        self.is_begun
    }

    /// Has a file judged anew.
    pub(super) fn touch(&mut self, path: FilePath) {
        if self.is_begun {
            self.touched.insert(path);
        }
    }

    /// Whether any file has to be judged.
    pub(super) fn waits(&self) -> bool {
        !self.touched.is_empty() || !self.others.is_empty()
    }

    /// Notes what there is of a file now; true if the client was told something else, and has
    /// to be told this.
    pub(super) fn note(&mut self, path: &FilePath, now: ResultId) -> bool {
        let told = self.files.get(path).map(|known| known.told).unwrap_or_default();
        match now {
            ResultId::NONE => self.files.remove(path),
            now => self.files.insert(path.clone(), Known { now, told: now }),
        };
        told != now
    }

    /// Forgets what the client was told, which it now tells itself.
    pub(super) fn forget_told(&mut self) {
        self.files.values_mut().for_each(|known| known.told = ResultId::NONE);
        self.files.retain(|_, known| known.now != ResultId::NONE);
    }

    /// Notes what the client knows of a file.
    pub(super) fn note_told(&mut self, path: FilePath, told: ResultId) {
        if told != ResultId::NONE {
            self.files.entry(path).or_default().told = told;
        }
    }

    /// Takes back what the client was told of a file.
    pub(super) fn take_told(&mut self, path: &FilePath) -> ResultId {
        self.files.remove(path).map(|known| known.told).unwrap_or_default()
    }

    /// Has all files judged of which the client knows something else than there is.
    pub(super) fn touch_untold(&mut self) {
        let untold = self.files.iter().filter(|(_, known)| known.now != known.told);
        let untold: Vec<FilePath> = untold.map(|(path, _)| path.clone()).collect();
        self.touched.extend(untold);
    }

    /// The files of which the client was told findings.
    pub(super) fn told(&self) -> impl Iterator<Item = &FilePath> {
        self.files.iter().filter(|(_, known)| known.told != ResultId::NONE).map(|(path, _)| path)
    }
}

impl Desk {
    /// Has every file judged, the configuration and what cannot be read among them.
    pub(super) fn begin_overview(&mut self) {
        let mut beside: BTreeSet<FilePath> = self.unread().cloned().collect();
        beside.insert(FILE_NAME.into());
        // What was there when the client was told, and is no more.
        let told = self.overview.files.keys().filter(|path| self.corpus.at_path(path).is_none());
        beside.extend(told.cloned());
        let mut others: Vec<FileId> = self.corpus.ids().collect();
        others.reverse();
        (self.overview.touched, self.overview.others) = (beside, others);
        self.overview.is_begun = true;
    }

    /// The next files to judge, at most so many.
    pub(super) fn next_to_judge(&mut self, most: usize) -> Vec<FilePath> {
        let mut next = Vec::new();
        while next.len() < most {
            if let Some(path) = self.overview.touched.pop_first() {
                next.push(path);
            } else if let Some(file) = self.overview.others.pop() {
                next.extend(self.corpus.path(file).cloned());
            } else {
                break;
            }
        }
        next
    }

    /// Has the files judged anew that a change touched.
    pub(super) fn look_over(&mut self, touched: &[FileId]) {
        if !self.overview.is_begun {
            return;
        }
        let touched = touched.iter().filter_map(|file| self.corpus.path(*file).cloned());
        let touched: Vec<FilePath> = touched.collect();
        self.overview.touched.extend(touched);
        // Names that it settles may be defined now or not; so may bibliographies be named.
        self.overview.touched.insert(FILE_NAME.into());
        let unread: Vec<FilePath> = self.unread().cloned().collect();
        self.overview.touched.extend(unread);
    }
}
