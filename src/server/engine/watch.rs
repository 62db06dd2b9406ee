//! The one request of a client that is told of the whole corpus: what it knows, what it is
//! told, a slice of the corpus at a time, and that it stays open until there is something to
//! tell.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use serde::Serialize;
use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::gen_lsp_types::{Diagnostic as LspDiagnostic, PreviousResultId, Uri};

use crate::config::FILE_NAME;
use crate::corpus::FileId;
use crate::diagnostic::{Diagnostic, FilePath};

use super::super::uri;
use super::desk::{Desk, DeskId};
use super::open::Home;
use super::overview::ResultId;
use super::{Engine, publish};

/// How long a slice may take: nobody notices that a key press waited for it.
const SLICE: Duration = Duration::from_millis(4);

/// How many files a slice has at first, and at most: how long they take is learnt.
const FIRST: usize = 16;
const MOST: usize = 1_024;

/// How many of the client's result ids are read at once.
const IDS: usize = 512;

/// With so many bytes a part is sent.
const PART: usize = 64 << 10;

/// Reports as JSON, with commas between.
pub(in crate::server) struct Reports {
    pub(in crate::server) json: Vec<u8>,
    /// Held until they were passed on, so that it is known whether all were.
    _on_the_way: Arc<()>,
}

/// A client that waits to be told of the whole corpus.
pub(super) struct Watch {
    /// Closed by whoever asked when it no longer wants to know, and here when the answer is
    /// whole.
    reports: UnboundedSender<Reports>,
    /// Whether the client is told in parts: then its request stays open.
    in_parts: bool,
    /// What it says that it knows, as far as that was not read yet.
    previous: std::vec::IntoIter<PreviousResultId>,
    /// Whether all of that was read and compared.
    is_compared: bool,
    /// Documents that belong to no corpus any more, of which it was told findings.
    gone: Vec<Uri>,
    /// Reports that were not sent yet.
    written: Vec<u8>,
    /// How many files the next slice has.
    slice: usize,
}

impl Watch {
    pub(super) fn new(
        reports: UnboundedSender<Reports>,
        previous: Vec<PreviousResultId>,
        in_parts: bool,
    ) -> Watch {
        Watch {
            reports,
            in_parts,
            previous: previous.into_iter(),
            is_compared: false,
            gone: Vec::new(),
            written: Vec::new(),
            slice: FIRST,
        }
    }

    fn write(&mut self, report: &Report<'_>) {
        if !self.written.is_empty() {
            self.written.push(b',');
        }
        // It fails where maps have other keys than names, and nowhere else.
        let _ = serde_json::to_writer(&mut self.written, report);
    }

    fn send(&mut self, on_the_way: &Arc<()>) {
        if !self.written.is_empty() {
            let (json, _on_the_way) = (std::mem::take(&mut self.written), on_the_way.clone());
            let _ = self.reports.send(Reports { json, _on_the_way });
        }
    }
}

/// `WorkspaceFullDocumentDiagnosticReport`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'r> {
    kind: &'static str,
    uri: &'r Uri,
    version: Option<i32>,
    result_id: String,
    items: Vec<LspDiagnostic>,
}

impl Engine {
    /// Tells a client of the whole corpus from now on. One that was told before is answered
    /// by that: what it was told is true.
    pub(super) fn start_watch(&mut self, watch: Watch) {
        self.watch = Some(watch);
        self.was_watched = true;
        self.desks.values_mut().for_each(|desk| desk.overview.forget_told());
    }

    /// Asks a client to ask again that asks for the whole corpus now and then, and does not
    /// at the moment: something in it was touched.
    pub(super) fn announce(&mut self) {
        if self.watch.is_none() && std::mem::take(&mut self.was_watched) {
            self.refresh.diagnostics();
        }
    }

    /// Whether there is anything to do for it now.
    pub(super) fn is_watch_due(&mut self) -> bool {
        let Some(watch) = &self.watch else { return false };
        if watch.reports.is_closed() {
            self.watch = None;
            for desk in self.desks.values_mut() {
                desk.rest_overview();
            }
            return false;
        }
        let waits = |desk: &Desk| desk.ready && (!desk.overview.is_begun() || desk.overview.waits());
        !watch.is_compared || !watch.gone.is_empty() || self.desks.values().any(waits)
    }

    /// Does a little for it.
    pub(super) fn go_on_watching(&mut self) {
        if self.watch.as_ref().is_some_and(|watch| !watch.is_compared) {
            self.compare_some();
            return;
        }
        let Some(watch) = &mut self.watch else { return };
        for uri in std::mem::take(&mut watch.gone) {
            let result_id = ResultId::NONE.text();
            watch.write(&Report { kind: "full", uri: &uri, version: None, result_id, items: Vec::new() });
        }
        let most = watch.slice;
        let next = self.desks.iter_mut().filter(|(_, desk)| desk.ready).find_map(|(id, desk)| {
            if !desk.overview.is_begun() {
                desk.begin_overview();
            }
            let next = desk.next_to_judge(most);
            (!next.is_empty()).then_some((*id, next))
        });
        if let Some((id, paths)) = next {
            let (start, count) = (Instant::now(), paths.len());
            for (path, diagnostics) in self.judge_files(id, paths) {
                self.report(id, path, &diagnostics);
            }
            let took = start.elapsed();
            if let Some(watch) = &mut self.watch {
                if took > SLICE {
                    watch.slice = (count / 2).max(1);
                } else if took < SLICE / 2 && count == watch.slice {
                    watch.slice = (count * 2).min(MOST);
                }
            }
        }
        self.answer_watch();
    }

    /// Sends what is ready to be sent.
    fn answer_watch(&mut self) {
        let Some(watch) = &mut self.watch else { return };
        let is_done = self.desks.values().all(|desk| !desk.ready || !desk.overview.waits());
        let is_known = self.desks.values().all(|desk| {
            let is_read = desk.ready && desk.overview.is_begun();
            is_read || desk.is_stopped
        });
        if watch.in_parts {
            if is_done || watch.written.len() >= PART {
                watch.send(&self.on_the_way);
            }
        } else if is_done && is_known && !watch.written.is_empty() {
            watch.send(&self.on_the_way);
            self.watch = None;
        }
        if is_done {
            for desk in self.desks.values_mut() {
                desk.rest_overview();
            }
        }
    }

    /// Reads some of what the client says that it knows, and after all of it finds out what
    /// is otherwise now.
    fn compare_some(&mut self) {
        let Some(mut watch) = self.watch.take() else { return };
        for previous in watch.previous.by_ref().take(IDS) {
            let told = ResultId::read(&previous.value);
            match self.place_of(&previous.uri) {
                Some((id, path)) => {
                    if let Some(desk) = self.desks.get_mut(&id) {
                        desk.overview.note_told(path, told);
                    }
                }
                None if told != ResultId::NONE => watch.gone.push(previous.uri),
                None => {}
            }
        }
        if watch.previous.len() == 0 {
            watch.is_compared = true;
            for desk in self.desks.values_mut().filter(|desk| desk.overview.is_begun()) {
                desk.overview.touch_untold();
            }
        }
        self.watch = Some(watch);
    }

    /// The corpus and the file in it that an address names; the disk is not asked.
    pub(super) fn place_of(&self, uri: &Uri) -> Option<(DeskId, FilePath)> {
        if let Some(open) = self.open.get(&uri.0) {
            match &open.home {
                Home::File { desk, path, .. } => return Some((*desk, path.clone())),
                Home::Config { desk, .. } => return Some((*desk, FILE_NAME.into())),
                _ => {}
            }
        }
        let path = uri::to_path(uri)?;
        let real =
            self.links.iter().find_map(|(given, real)| Some(real.join(path.strip_prefix(given).ok()?)));
        self.find_desk(&real.unwrap_or(path))
    }

    /// Notes that a corpus goes, and with it what the client was told of it.
    pub(super) fn take_back(&mut self, id: DeskId) {
        let Some(desk) = self.desks.get(&id).filter(|_| self.watch.is_some()) else { return };
        let told: Vec<Uri> = desk.overview.told().filter_map(|path| self.uri_of(desk, path)).collect();
        if let Some(watch) = &mut self.watch {
            watch.gone.extend(told);
        }
    }

    /// The diagnostics of some files of a corpus that is read, whatever they are.
    pub(super) fn judge_files(
        &mut self,
        id: DeskId,
        paths: Vec<FilePath>,
    ) -> Vec<(FilePath, Vec<Diagnostic>)> {
        let mut judged: Vec<(FilePath, Vec<Diagnostic>)> = Vec::with_capacity(paths.len());
        let mut closed: Vec<(FilePath, FileId)> = Vec::new();
        let is_wanted = self.session.settings().is_on("diagnostics");
        for path in paths {
            let open = self.open.iter().find_map(|(uri, open)| {
                let is_it = match &open.home {
                    Home::File { desk, path: own, .. } => *desk == id && *own == path,
                    Home::Config { desk, .. } => *desk == id && &*path == FILE_NAME,
                    _ => false,
                };
                is_it.then(|| Uri(uri.clone()))
            });
            if let Some(uri) = open {
                self.judge_now(&uri);
                let diagnostics = self.open.get(&uri.0).map(|open| open.diagnostics.clone());
                judged.push((path, diagnostics.unwrap_or_default()));
                continue;
            }
            let Some(desk) = self.desks.get(&id).filter(|_| is_wanted) else {
                judged.push((path, Vec::new()));
                continue;
            };
            if &*path == FILE_NAME {
                judged.push((path, publish::of_known_configuration(desk)));
            } else if let Some(unread) = desk.problem(&path) {
                judged.push((path, desk.root.finding(&unread).into_iter().collect()));
            } else if let Some(file) = desk.corpus.at_path(&path) {
                closed.push((path, file));
            } else {
                judged.push((path, Vec::new()));
            }
        }
        if let Some(desk) = self.desks.get_mut(&id) {
            let files: Vec<FileId> = closed.iter().map(|(_, file)| *file).collect();
            let found = desk.root.judge_some(&mut desk.corpus, &files, &mut desk.overview.texts);
            judged.extend(closed.into_iter().map(|(path, _)| path).zip(found));
        }
        judged
    }

    /// Notes what a file has now, and tells the client if it was told something else.
    fn report(&mut self, id: DeskId, path: FilePath, diagnostics: &[Diagnostic]) {
        let now = ResultId::of(diagnostics);
        let Some(desk) = self.desks.get(&id) else { return };
        if now == ResultId::NONE
            && let Some((inner, path_there)) = self.find_desk(&desk.root.on_disk(&path))
            && inner != id
        {
            // It belongs to a corpus within this one now: what it has, that one says.
            let told = self.desks.get_mut(&id).map(|desk| desk.overview.take_told(&path));
            if let Some(inner) = self.desks.get_mut(&inner) {
                inner.overview.note_told(path_there.clone(), told.unwrap_or_default());
                inner.overview.touch(path_there);
            }
            return;
        }
        if !self.desks.get_mut(&id).is_some_and(|desk| desk.overview.note(&path, now)) {
            return;
        }
        let Some(desk) = self.desks.get(&id) else { return };
        let Some(uri) = self.uri_of(desk, &path) else { return };
        let version = self.open.get(&uri.0).map(|open| open.document.version);
        let items = diagnostics.iter().map(|one| self.for_client(Some(desk), &uri, one)).collect();
        let report = Report { kind: "full", uri: &uri, version, result_id: now.text(), items };
        if let Some(watch) = &mut self.watch {
            watch.write(&report);
        }
    }
}

impl Desk {
    /// Forgets the stored texts that were read for an overview.
    fn rest_overview(&mut self) {
        self.overview.texts = crate::workspace::SnapshotTexts::default();
        self.corpus.hold(FxHashMap::default());
    }
}
