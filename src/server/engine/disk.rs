//! What is looked up on the disk, and what comes of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use rayon::prelude::*;

use crate::corpus::{Change, Effect, FileId};
use crate::diagnostic::FilePath;
use crate::workspace::{Around, Files, Found, NamedFiles, Root, Stamps, Unread};

use super::desk::{DeskId, Errand};
use super::{Engine, Event};

/// How many files are read before what was found is sent: few enough that a key press does
/// not wait for them.
const BATCH: usize = 64;

/// How many such batches may wait: reading is faster than putting in order.
const AHEAD: usize = 16;

/// What the disk says.
pub(super) struct FromDisk {
    /// For which start of the corpus it was looked up.
    generation: u32,
    news: News,
}

enum News {
    /// How many files there are to read.
    Counted(usize, Vec<Unread>),
    /// Some of them.
    Batch(Vec<Found>, Permit),
    /// That was all of them.
    Indexed,
    /// Files that the corpus names.
    Named(NamedFiles),
    /// It is known what there is: time to find out what of it leads nowhere.
    Decide,
    /// What changed.
    Changed(Vec<Found>),
    /// The same, after a walk.
    Around(Around),
}

/// Given back when a batch has been dealt with.
struct Permit(SyncSender<()>);

impl Drop for Permit {
    fn drop(&mut self) {
        // It fails where whoever reads has ended.
        let _ = self.0.try_send(());
    }
}

impl Engine {
    /// Sends somebody to look at what has to be looked at.
    pub(super) fn look_at_disk(&mut self) {
        for (&id, desk) in &mut self.desks {
            let Some(errand) = desk.errand() else { continue };
            tracing::debug!(?errand, "looking at the disk");
            let (root, generation, events) = (desk.root.clone(), desk.generation, self.events.clone());
            let send = move |news| {
                let _ = events.send(Event::Disk(id, FromDisk { generation, news }));
            };
            let is_around = matches!(errand, Errand::Around(_));
            let stamps = if is_around { desk.stamps.clone() } else { Stamps::default() };
            let alive = desk.alive.clone();
            let look = move || {
                let is_index = errand == Errand::Index;
                let work = || match errand {
                    Errand::Index => index(&root, &alive, &send),
                    Errand::Around(paths) => {
                        let mut around = root.look_around(&stamps);
                        around.found.extend(root.look_again(&paths));
                        send(News::Around(around));
                    }
                    Errand::Again(paths) => send(News::Changed(root.look_again(&paths))),
                };
                // Whoever fails says so, or would be waited for.
                if catch_unwind(AssertUnwindSafe(work)).is_err() {
                    send(if is_index { News::Indexed } else { News::Changed(Vec::new()) });
                }
            };
            if !desk.ready {
                self.progress.begin();
            }
            if let Err(error) = std::thread::Builder::new().name("newsmark-disk".to_owned()).spawn(look) {
                tracing::error!(%error, "nobody can look at the disk");
                desk.busy = false;
            }
        }
    }

    /// Takes in what the disk says.
    pub(super) fn take_news(&mut self, id: DeskId, found: FromDisk) {
        let Some(desk) = self.desks.get_mut(&id).filter(|desk| desk.generation == found.generation) else {
            return;
        };
        match found.news {
            News::Counted(total, unread) => {
                desk.total = total;
                desk.note_walked(unread);
            }
            News::Batch(batch, _permit) => {
                desk.read += batch.len();
                self.progress.report(desk.read, desk.total);
                self.take_found(id, batch);
            }
            News::Indexed => {
                let (root, generation, events) = (desk.root.clone(), desk.generation, self.events.clone());
                let bibliographies = desk.corpus.bibliographies();
                let unknown = desk.corpus.unknown_paths();
                let snapshots = desk.corpus.snapshots_among(&unknown);
                rayon::spawn(move || {
                    let look = || root.look_for(&unknown, &bibliographies, &snapshots);
                    let found = catch_unwind(AssertUnwindSafe(look));
                    let news = News::Named(found.unwrap_or_default());
                    let _ = events.send(Event::Disk(id, FromDisk { generation, news }));
                });
            }
            News::Named(named) => {
                named.unread.into_iter().for_each(|(path, problem)| desk.note_read(&path, Some(problem)));
                desk.corpus.add_others(named.others);
                desk.fill(named.changes);
                self.decide_later(id, found.generation);
            }
            News::Decide if !desk.decide_some() => self.decide_later(id, found.generation),
            News::Decide => {
                desk.ready = true;
                desk.busy = false;
                tracing::info!(files = desk.total, "ready");
                for open in self.open.values_mut().filter(|open| open.home.desk() == Some(id)) {
                    open.judge_again();
                }
                self.refresh.all();
                if self.desks.values().all(|desk| desk.ready || desk.is_stopped) {
                    self.progress.end();
                }
            }
            News::Changed(found) => {
                desk.busy = false;
                self.take_found(id, found);
            }
            News::Around(around) => {
                desk.busy = false;
                desk.note_walked(around.unread);
                self.take_found(id, around.found);
            }
        }
    }

    /// Goes on finding out what leads nowhere, after whatever else waits.
    fn decide_later(&self, id: DeskId, generation: u32) {
        let _ = self.events.send(Event::Disk(id, FromDisk { generation, news: News::Decide }));
    }

    /// Puts what was found on the disk into a corpus, but for open files: there the
    /// client's text counts.
    fn take_found(&mut self, id: DeskId, found: Vec<Found>) {
        let open: Vec<FilePath> = self
            .open
            .values()
            .filter(|open| open.home.desk() == Some(id))
            .filter_map(|open| open.home.path().cloned())
            .collect();
        let Some(desk) = self.desks.get_mut(&id) else { return };
        tracing::debug!(files = found.len(), "looked at the disk");
        let mut changes = Vec::with_capacity(found.len());
        for Found { path, stamp, change, problem } in found {
            desk.note_read(&path, problem);
            match stamp {
                Some(stamp) => desk.stamps.insert(path.clone(), stamp),
                None => desk.stamps.remove(&path),
            };
            if !open.contains(&path) {
                changes.push(change);
            }
        }
        self.apply(id, changes);
    }

    /// Puts changes into a corpus, looks for the files that they name and nobody knows of
    /// yet, and notes which open files are touched.
    pub(super) fn apply(&mut self, id: DeskId, changes: Vec<Change>) {
        let Some(desk) = self.desks.get_mut(&id) else { return };
        if !desk.ready {
            // Nobody is told yet what that touches.
            desk.fill(changes);
            return;
        }
        let changed: Vec<FilePath> = changes.iter().map(|change| change.path().clone()).collect();
        changed.iter().for_each(|path| desk.overview.touch(path.clone()));
        let Effect { files: mut touched, mut entries } = desk.corpus.apply_closely(changes);
        // A stored text that is there, and of which no more is known than that.
        let stored = changed.iter().filter(|path| desk.corpus.asks_for_snapshot(path));
        let mut unknown: Vec<FilePath> = stored.cloned().collect();
        let files: Vec<FileId> = changed.iter().filter_map(|path| desk.corpus.at_path(path)).collect();
        let named = files.iter().filter_map(|file| desk.corpus.file(*file));
        unknown.extend(named.flat_map(|facts| desk.corpus.unknown_paths_of(facts)));
        if !unknown.is_empty() {
            let bibliographies = files
                .iter()
                .filter_map(|file| desk.corpus.file(*file)?.article.as_ref())
                .flat_map(|article| article.bibliographies.iter().cloned())
                .collect();
            let snapshots = desk.corpus.snapshots_among(&unknown);
            let named = desk.root.look_for(&unknown, &bibliographies, &snapshots);
            named.unread.into_iter().for_each(|(path, problem)| desk.note_read(&path, Some(problem)));
            let others = named.others.into_iter().map(Change::Other);
            let more = desk.corpus.apply(others.chain(named.changes));
            entries = entries.filter(|(file, _)| !more.contains(file));
            touched.extend(more);
        }
        desk.look_over(&touched);
        // Of its own edits a client needs no telling; what else it shows rests on the corpus.
        let edited = match &*changed {
            [path] => Some(path),
            _ => None,
        };
        let mut others = false;
        for open in self.open.values_mut().filter(|open| open.home.desk() == Some(id)) {
            others |= edited.is_none() || open.home.path() != edited;
            // What is no file of the corpus may rest on anything in it.
            let Some(path) = open.home.path() else {
                open.judge_again();
                continue;
            };
            let Some(file) = desk.corpus.at_path(path).filter(|file| touched.contains(file)) else {
                continue;
            };
            match &entries {
                Some((patched, entries)) if *patched == file => open.judge_entries_again(entries.clone()),
                _ => open.judge_again(),
            }
        }
        let beside = touched.iter().any(|file| desk.corpus.path(*file) != edited);
        if others {
            self.refresh.shown();
        }
        if beside {
            self.announce();
        }
    }
}

/// Reads a whole corpus, batch by batch.
fn index(root: &Root, alive: &AtomicBool, send: &impl Fn(News)) {
    let Files { entries, unread, .. } = root.all_files();
    send(News::Counted(entries.len(), unread));
    let (given_back, permits) = sync_channel(AHEAD);
    for _ in 0..AHEAD {
        let _ = given_back.try_send(());
    }
    for batch in entries.chunks(BATCH) {
        if permits.recv().is_err() || !alive.load(Ordering::Relaxed) {
            return;
        }
        let found = batch.par_iter().map(|entry| root.look_at(entry)).collect();
        send(News::Batch(found, Permit(given_back.clone())));
    }
    send(News::Indexed);
}
