//! One corpus that stays loaded: what is in it, what of it has been read, and what of the
//! disk has to be looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::config::FILE_NAME;
use crate::corpus::{Change, Corpus, FileFacts, FileId, FileKind};
use crate::diagnostic::FilePath;
use crate::workspace::{FileProblem, Root, SnapshotTexts, Stamps, Unread};

use super::overview::Overview;

/// How long the disk has to be quiet before it is looked at: editors and git write many
/// files at once.
const QUIET: Duration = Duration::from_millis(30);

/// The longest that is waited for quiet.
const PATIENCE: Duration = Duration::from_millis(300);

/// With more changed files than this, the whole corpus is walked instead.
const MANY: usize = 2_000;

/// The number of a corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::server) struct DeskId(pub(super) u32);

/// A corpus and what is known of the disk under it.
pub(super) struct Desk {
    pub(super) root: Root,
    /// Those of its configuration: there is nothing in it but what is wrong.
    pub(super) config_facts: FileFacts,
    pub(super) corpus: Corpus,
    /// Whether all of it has been read. Until then nothing is said that depends on other
    /// files.
    pub(super) ready: bool,
    pub(super) stamps: Stamps,
    /// Files that are there and cannot be read.
    unread: BTreeMap<FilePath, FileProblem>,
    /// What the last walk could not tell what it is.
    unwalked: BTreeMap<FilePath, FileProblem>,
    /// What of the whole corpus the client was told.
    pub(super) overview: Overview,
    /// Whether nobody is to read it until somebody asks for that.
    pub(super) is_stopped: bool,
    /// The stored texts that the file judged last is compared with.
    pub(super) texts: SnapshotTexts,
    /// How many files the walk found.
    pub(super) total: usize,
    /// How many of them were read.
    pub(super) read: usize,
    /// Of how many of the files that are read it is known whether they ask for something.
    decided: usize,
    /// Those that do.
    asking: Vec<FileId>,
    /// Counted up with each restart: what was found for an earlier one is dropped.
    pub(super) generation: u32,
    /// Told to whoever reads it: whether anybody still wants to know.
    pub(super) alive: Arc<AtomicBool>,
    /// Whether somebody looks at the disk.
    pub(super) busy: bool,
    /// How often somebody looked.
    pub(super) errands: u32,
    /// What has to be looked at.
    paths: BTreeSet<FilePath>,
    all: bool,
    index: bool,
    /// When to look, and when at the latest.
    due: Option<(Instant, Instant)>,
}

/// What of the disk has to be looked at.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Errand {
    /// Everything, for the first time.
    Index,
    /// Everything that is new or changed, and these files whether they changed or not: what
    /// is known of one that was closed is what was typed.
    Around(Vec<FilePath>),
    /// These files.
    Again(Vec<FilePath>),
}

impl Desk {
    pub(super) fn new(root: Root) -> Desk {
        let mut desk = Desk {
            corpus: Corpus::default(),
            config_facts: FileFacts::empty(FILE_NAME.into(), FileKind::Registry),
            root,
            ready: false,
            stamps: Stamps::default(),
            unread: BTreeMap::new(),
            unwalked: BTreeMap::new(),
            overview: Overview::default(),
            is_stopped: false,
            texts: SnapshotTexts::default(),
            total: 0,
            read: 0,
            decided: 0,
            asking: Vec::new(),
            generation: 0,
            alive: Arc::default(),
            busy: false,
            errands: 0,
            paths: BTreeSet::new(),
            all: false,
            index: false,
            due: None,
        };
        desk.restart(true);
        desk
    }

    /// Puts changes in of which nobody is to be told yet. Whatever was found out before of what
    /// leads nowhere is found out again.
    pub(super) fn fill(&mut self, changes: Vec<Change>) {
        (self.decided, self.asking) = (0, Vec::new());
        self.corpus.fill(changes);
    }

    /// Finds out of some files whether something in them leads nowhere; true when that is
    /// known of all.
    pub(super) fn decide_some(&mut self) -> bool {
        /// Few enough that a key press does not wait for them.
        const SOME: usize = 256;
        let corpus = &self.corpus;
        let undecided = &corpus.undecided()[self.decided..];
        let some = &undecided[..undecided.len().min(SOME)];
        let asking: Vec<FileId> = some.par_iter().copied().filter(|id| corpus.asks(*id)).collect();
        self.decided += some.len();
        self.asking.extend(asking);
        let is_all = self.decided == corpus.undecided().len();
        if is_all {
            self.corpus.decide(std::mem::take(&mut self.asking));
            self.decided = 0;
        }
        self.corpus.rest();
        is_all
    }

    /// Forgets everything, and reads it again unless it is to stay empty.
    pub(super) fn restart(&mut self, again: bool) {
        self.corpus = Corpus::new(self.root.config.settled_names());
        self.ready = false;
        self.stamps.clear();
        self.unread.clear();
        self.unwalked.clear();
        self.overview.begin_again();
        self.is_stopped = !again;
        self.generation += 1;
        self.alive.store(false, Ordering::Relaxed);
        self.alive = Arc::new(AtomicBool::new(true));
        (self.total, self.read, self.busy) = (0, 0, false);
        (self.decided, self.asking) = (0, Vec::new());
        self.paths.clear();
        self.all = false;
        self.index = again;
        let now = Instant::now();
        self.due = again.then_some((now, now));
    }

    /// Reads everything again, when nobody has asked for that for a while.
    pub(super) fn restart_soon(&mut self) {
        self.restart(true);
        let due = Instant::now() + PATIENCE;
        self.due = Some((due, due));
    }

    /// Wants a file looked at again.
    pub(super) fn want(&mut self, path: FilePath) {
        self.paths.insert(path);
        self.all |= self.paths.len() > MANY;
        self.put_off();
    }

    /// Wants everything looked at that is new or changed.
    pub(super) fn want_all(&mut self) {
        self.all = true;
        self.put_off();
    }

    fn put_off(&mut self) {
        let now = Instant::now();
        let last = self.due.map_or(now + PATIENCE, |(_, last)| last);
        self.due = Some(((now + QUIET).min(last), last));
    }

    /// When the disk has to be looked at, if it has to be.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due.filter(|_| !self.busy && !self.is_stopped).map(|(due, _)| due)
    }

    /// What has to be looked at now.
    pub(super) fn errand(&mut self) -> Option<Errand> {
        self.due().filter(|due| *due <= Instant::now())?;
        self.due = None;
        self.busy = true;
        self.errands += 1;
        let paths = std::mem::take(&mut self.paths).into_iter().collect();
        let (index, all) = (std::mem::take(&mut self.index), std::mem::take(&mut self.all));
        Some(if index {
            Errand::Index
        } else if all {
            Errand::Around(paths)
        } else {
            Errand::Again(paths)
        })
    }

    /// Notes whether a file can be read, if it is there.
    pub(super) fn note_read(&mut self, path: &FilePath, problem: Option<FileProblem>) {
        match problem {
            Some(problem) => self.unread.insert(path.clone(), problem),
            None => self.unread.remove(path),
        };
    }

    /// Notes what a walk could not tell what it is; what it says of what is not so any more is
    /// looked at again.
    pub(super) fn note_walked(&mut self, unread: Vec<Unread>) {
        let now = unread.into_iter().map(|unread| (unread.path, unread.problem)).collect();
        let before = std::mem::replace(&mut self.unwalked, now);
        let paths: BTreeSet<FilePath> = before.into_keys().chain(self.unwalked.keys().cloned()).collect();
        paths.into_iter().for_each(|path| self.overview.touch(path));
    }

    /// Why a file cannot be read that would belong to the corpus.
    pub(super) fn problem(&self, path: &FilePath) -> Option<Unread> {
        let is_meant = || self.stamps.contains_key(path) || self.corpus.is_asked_for(path);
        let read = self.unread.get(path).filter(|_| is_meant());
        let problem = read.or_else(|| self.unwalked.get(path))?.clone();
        Some(Unread { path: path.clone(), problem })
    }

    /// All files that cannot be read.
    pub(super) fn unread(&self) -> impl Iterator<Item = &FilePath> {
        self.unread.keys().chain(self.unwalked.keys())
    }

    /// Whether any file that was read lies in a folder of that path.
    pub(super) fn held_files_in(&self, folder: &str) -> bool {
        let start = FilePath::from(format!("{folder}/"));
        self.stamps.range(start.clone()..).next().is_some_and(|(path, _)| path.starts_with(&*start))
    }

    /// Whether it is read, as far as anybody knows: nothing is looked at or waits to be.
    #[cfg(debug_assertions)]
    pub(super) fn is_settled(&self) -> bool {
        self.is_stopped || self.ready && !self.busy && self.due.is_none()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.alive.store(false, Ordering::Relaxed);
    }
}
