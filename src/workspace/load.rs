//! A whole corpus, read from the disk and judged.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Entry, Files, Kind, NamedFiles, Root, SnapshotTexts, Unread};
use crate::config::FileSettings;
use crate::corpus::{Change, Corpus, FileFacts, FileId};
use crate::diagnostic::{Diagnostic, FilePath};
use crate::lint::{self, FileRole};
use crate::rules;

/// How many files are read before their facts go into the tables, and judged before what
/// was unpacked for that is forgotten: enough to keep every core busy, few enough that the
/// facts in flight, some 15 KB a file, are a small part of what stays.
const BATCH: usize = 256;

/// A corpus that was read.
pub struct Loaded {
    /// All of it.
    pub corpus: Corpus,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// A text that counts instead of what is on the disk.
#[derive(Clone, Debug)]
pub struct Unsaved {
    /// The file, from the corpus root.
    pub path: FilePath,
    /// What it holds.
    pub text: String,
}

impl Loaded {
    fn take(&mut self, read: Vec<Result<Change, Unread>>) {
        let unread = &mut self.unread;
        self.corpus.fill(read.into_iter().filter_map(|read| read.map_err(|failed| unread.push(failed)).ok()));
    }
}

impl Root {
    /// Reads `files`, and what they name beside themselves. `step` is called for each
    /// file that was read.
    #[must_use]
    pub fn load(&self, files: &Files, unsaved: Option<&Unsaved>, step: impl Fn() + Sync) -> Loaded {
        let mut loaded =
            Loaded { corpus: Corpus::new(self.config.settled_names()), unread: files.unread.clone() };
        let read = |batch: &[Entry]| -> Vec<Result<Change, Unread>> {
            let one = |entry: &Entry| {
                let facts = self.facts(entry, unsaved);
                step();
                facts.map(|facts| Change::at_rest(facts, rules::names()))
            };
            batch.par_iter().map(one).collect()
        };
        // The next batch is read while the one before goes into the tables.
        let mut before = Vec::new();
        for batch in files.entries.chunks(BATCH) {
            let (next, ()) = rayon::join(|| read(batch), || loaded.take(before));
            before = next;
        }
        loaded.take(before);
        self.load_named(&mut loaded);
        loaded
    }

    /// Reads the registries and one article: all that a name or key in it depends on.
    #[must_use]
    pub fn load_for(&self, files: &Files, article: &str, text: &str) -> Loaded {
        let needed = |entry: &&Entry| entry.kind != Kind::Article && &*entry.path != article;
        let entries = files.entries.iter().filter(needed).cloned().collect();
        let mut loaded = self.load(&Files { entries, ..Files::default() }, None, || ());
        let facts = lint::read(&article.into(), text, FileRole::Article);
        loaded.corpus.fill([Change::Put(Box::new(facts))]);
        self.load_named(&mut loaded);
        loaded
    }

    /// Puts other texts in the place of what was read of some files.
    pub fn put(&self, loaded: &mut Loaded, files: &Files, texts: &BTreeMap<FilePath, String>) {
        let changes: Vec<Change> = texts
            .iter()
            .filter_map(|(path, text)| {
                let facts = lint::read(path, text, files.entry(path)?.role());
                Some(Change::at_rest(facts, rules::names()))
            })
            .collect();
        let _ = loaded.corpus.apply(changes);
        self.load_named(loaded);
    }

    fn facts(&self, entry: &Entry, unsaved: Option<&Unsaved>) -> Result<FileFacts, Unread> {
        let text = match unsaved {
            Some(unsaved) if unsaved.path == entry.path => Ok(unsaved.text.clone()),
            _ => self.read(entry),
        };
        match text {
            Ok(text) => Ok(lint::read(&entry.path, &text, entry.role())),
            Err(problem) => Err(Unread { path: entry.path.clone(), problem }),
        }
    }

    /// Bibliographies that articles name and no pattern takes are read; of every other
    /// file that something points at it is asked whether it is there.
    fn load_named(&self, loaded: &mut Loaded) {
        let (corpus, unknown) = (&loaded.corpus, loaded.corpus.unknown_paths());
        let snapshots = corpus.snapshots_among(&unknown);
        let NamedFiles { changes, others, unread } =
            self.look_for(&unknown, &corpus.bibliographies(), &snapshots);
        // A registry that cannot be read was met on the walk; it is named once more here.
        let known: FxHashSet<FilePath> = loaded.unread.iter().map(|unread| unread.path.clone()).collect();
        let unread = unread.into_iter().filter(|(path, _)| !known.contains(path));
        loaded.unread.extend(unread.map(|(path, problem)| Unread { path, problem }));
        loaded.corpus.add_others(others);
        loaded.corpus.fill(changes);
    }

    /// The diagnostics of all files that `wanted` takes, in order of path and place, with
    /// those of the configuration and of what could not be read.
    #[must_use]
    pub fn judge(&self, loaded: &mut Loaded, wanted: impl Fn(&str) -> bool + Sync) -> Vec<Diagnostic> {
        let corpus = &mut loaded.corpus;
        let is_wanted = |id: &FileId| corpus.path(*id).is_some_and(|path| wanted(path));
        let mut files: Vec<FileId> = corpus.ids().filter(is_wanted).collect();
        files.sort_by_key(|id| corpus.path(*id));
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let mut texts = SnapshotTexts::default();
        for batch in files.chunks(BATCH) {
            diagnostics.extend(self.judge_some(corpus, batch, &mut texts).into_iter().flatten());
        }
        corpus.hold(FxHashMap::default());
        let unread = loaded.unread.iter().filter_map(|unread| self.finding(unread));
        let others = self
            .config
            .diagnostics()
            .into_iter()
            .chain(unread)
            .chain(lint::unknown_names(&loaded.corpus, &self.config));
        diagnostics.extend(others.filter(|diagnostic| wanted(&diagnostic.location.path)));
        diagnostics.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.cmp(b)));
        diagnostics
    }

    /// The diagnostics of each of some files of a corpus, side by side; none of one that is gone.
    /// `texts` are the stored texts that were read for those before.
    #[must_use]
    pub fn judge_some(
        &self,
        corpus: &mut Corpus,
        mut files: &[FileId],
        texts: &mut SnapshotTexts,
    ) -> Vec<Vec<Diagnostic>> {
        let options = self.config.options();
        let needs = |id: &FileId| corpus.file(*id).map(|file| corpus.texts_for(file)).unwrap_or_default();
        let needed: Vec<Vec<FilePath>> = match corpus.has_snapshots() {
            true => files.par_iter().map(needs).collect(),
            false => vec![Vec::new(); files.len()],
        };
        let mut needed = &needed[..];
        let mut all = Vec::with_capacity(files.len());
        while !files.is_empty() {
            let (now, later) = files.split_at(texts.together(self, needed));
            let (here, rest) = needed.split_at(now.len());
            (files, needed) = (later, rest);
            corpus.hold(texts.read(self, &all_of(here)));
            let judge = |facts: &FileFacts| {
                let settings: FileSettings = self.config.settings_for(&facts.path);
                lint::file(corpus, facts, &settings, &options)
            };
            let judged = now.par_iter().map(|id| corpus.look_at(*id, judge).unwrap_or_default());
            all.extend(judged.collect::<Vec<_>>());
            corpus.rest();
        }
        all
    }
}

/// All of some paths, each once.
fn all_of(paths: &[Vec<FilePath>]) -> Vec<FilePath> {
    let mut all: Vec<FilePath> = paths.iter().flatten().cloned().collect();
    all.sort();
    all.dedup();
    all
}
