//! The engine: one thread that holds every corpus and answers in the order in which it is
//! asked.
//!
//! One thread, so that nothing is ever half changed when it is looked at, and no lock is
//! held across anything. What takes long, the disk above all, others do and send what they
//! found; what came of an edit is worked out when nothing else waits or when it is asked
//! for, so a burst of key presses costs little more than its last one.

mod corpora;
mod desk;
mod disk;
mod folders;
mod open;
mod overview;
mod publish;
mod pulled;
mod tokens;
mod watch;

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tower_lsp::gen_lsp_types::{PreviousResultId, Uri};

use crate::config::Config;
use crate::corpus::Corpus;

use super::documents::{Document, Documents};
use super::outbox::Outbox;
use super::progress::Progress;
use super::refresh::Refresh;
use super::session::Session;

use desk::Desk;
use disk::FromDisk;
use open::Open;
use watch::{Reports, Watch};

pub(super) use corpora::{OpenCorpus, Stored};
pub(super) use desk::DeskId;
pub(super) use open::View;
pub(super) use pulled::Report;
pub(super) use tokens::KeptTokens;

/// How long a client is left to read that is behind.
const BEHIND: Duration = Duration::from_millis(10);

/// After so many mistakes of newsmark's own a corpus is given up: open files still get what
/// can be said of each alone.
const MOST_RESTARTS: u32 = 3;

/// What somebody wants to know.
type Question = Box<dyn FnOnce(&mut Engine) + Send>;

/// Something for the engine to do.
enum Event {
    /// A document is open, or was changed.
    Text { uri: Uri, document: Document },
    /// A document was closed.
    Closed { uri: Uri },
    /// A document was saved, as which file.
    Saved(Option<PathBuf>),
    /// Something happened to these files.
    Watched(Vec<PathBuf>),
    /// The client's folders.
    Folders { added: Vec<PathBuf>, removed: Vec<PathBuf> },
    /// A question.
    Ask(Question),
    /// Somebody wants to be told of the whole corpus.
    Watch(Watch),
    /// What the disk says.
    Disk(DeskId, FromDisk),
    /// The client's settings are others.
    Settings,
    /// What is being read is not to be read on.
    Stop,
    /// Everything is to be read anew.
    Restart,
    /// A mistake of newsmark's own, for tests of what it costs.
    #[cfg(debug_assertions)]
    Fail,
}

/// Where to put something for the engine to do. Nothing here ever waits.
#[derive(Clone)]
pub(super) struct Handle {
    events: Sender<Event>,
}

impl Handle {
    /// The text of a document, as it was opened or after a change.
    pub(super) fn text(&self, uri: Uri, document: Document) {
        self.send(Event::Text { uri, document });
    }

    pub(super) fn closed(&self, uri: Uri) {
        self.send(Event::Closed { uri });
    }

    pub(super) fn saved(&self, path: Option<PathBuf>) {
        self.send(Event::Saved(path));
    }

    /// Files that were created, changed or deleted.
    pub(super) fn watched(&self, paths: Vec<PathBuf>) {
        self.send(Event::Watched(paths));
    }

    pub(super) fn folders(&self, added: Vec<PathBuf>, removed: Vec<PathBuf>) {
        self.send(Event::Folders { added, removed });
    }

    /// The diagnostics of the whole corpus, as far as they differ from what `previous` names:
    /// as they come. They end when that is the whole
    /// answer, which it never is where they are told `in_parts`.
    pub(super) fn watch(
        &self,
        previous: Vec<PreviousResultId>,
        in_parts: bool,
    ) -> UnboundedReceiver<Reports> {
        let (sender, reports) = unbounded_channel();
        self.send(Event::Watch(Watch::new(sender, previous, in_parts)));
        reports
    }

    /// The client's settings, which the session has, are others.
    pub(super) fn settings(&self) {
        self.send(Event::Settings);
    }

    /// Stops reading what is being read: until somebody asks for it to be read anew, open
    /// files are looked at alone.
    pub(super) fn stop_reading(&self) {
        self.send(Event::Stop);
    }

    /// Reads everything anew.
    pub(super) fn restart(&self) {
        self.send(Event::Restart);
    }

    /// Asks for something. The question is put when this returns; the answer is `None` if
    /// the engine failed at it.
    pub(super) fn ask<T, Q>(&self, question: Q) -> impl Future<Output = Option<T>> + Send + use<T, Q>
    where
        T: Send + 'static,
        Q: FnOnce(&mut Engine) -> T + Send + 'static,
    {
        let (sender, answer) = oneshot::channel();
        self.send(Event::Ask(Box::new(move |engine| {
            // Nobody waits for the answer to a request that was cancelled.
            if !sender.is_closed() {
                let _ = sender.send(question(engine));
            }
        })));
        async move { answer.await.ok() }
    }

    /// Asks for something that is answered in parts, of which the first comes at once: between
    /// two, whatever else waits is done, and what came of it told, so nobody waits for all of it.
    /// `next` is asked for one part after the other until it has no more; what is known may have
    /// changed meanwhile.
    pub(super) fn ask_in_parts<T, Q>(&self, next: Q) -> Parts<T>
    where
        T: Send + 'static,
        Q: FnMut(&mut Engine) -> Option<T> + Send + 'static,
    {
        let (sender, parts) = unbounded_channel();
        self.send(Event::Ask(part(sender, next)));
        Parts(parts)
    }

    /// Fails while something is changed, as no engine should.
    #[cfg(debug_assertions)]
    pub(super) fn fail(&self) {
        self.send(Event::Fail);
    }

    fn send(&self, event: Event) {
        // It fails where the engine has ended, and then nothing is to be done.
        let _ = self.events.send(event);
    }
}

/// A part of an answer, after which the next one is asked for.
fn part<T, Q>(sender: UnboundedSender<Option<T>>, mut next: Q) -> Question
where
    T: Send + 'static,
    Q: FnMut(&mut Engine) -> Option<T> + Send + 'static,
{
    Box::new(move |engine| {
        // Nobody waits for the rest of an answer to a request that was cancelled.
        if sender.is_closed() {
            return;
        }
        let found = next(engine);
        let is_more = found.is_some();
        if sender.send(found).is_ok() && is_more {
            engine.parts.push_back(part(sender, next));
        }
    })
}

/// The parts of an answer, as they come.
pub(super) struct Parts<T>(UnboundedReceiver<Option<T>>);

impl<T> Parts<T> {
    /// The next part, if there is any.
    ///
    /// # Errors
    /// Where the engine failed at it.
    pub(super) async fn next(&mut self) -> tower_lsp::jsonrpc::Result<Option<T>> {
        self.0.recv().await.ok_or_else(tower_lsp::jsonrpc::Error::internal_error)
    }
}

/// All that is known, and who is to be told.
pub(super) struct Engine {
    session: Arc<Session>,
    outbox: Outbox,
    progress: Progress,
    refresh: Refresh,
    /// The documents as the client has them now, which may be later than what was asked of:
    /// for starting again after a mistake.
    documents: Arc<Documents>,
    /// For those who look at the disk.
    events: Sender<Event>,
    /// The corpora. Numbers are not used again.
    desks: BTreeMap<DeskId, Desk>,
    last_desk: DeskId,
    /// The client's folders, as they are.
    folders: Vec<PathBuf>,
    /// Those that the client names otherwise: its name and theirs.
    links: Vec<(PathBuf, PathBuf)>,
    /// By the address that the client has for it.
    open: BTreeMap<String, Open>,
    /// The corpus of what belongs to none.
    nothing: Corpus,
    /// What holds for it.
    defaults: Config,
    /// What answers that come in parts go on with, when nothing else waits.
    parts: VecDeque<Question>,
    /// Who is told of the whole corpus.
    watch: Option<Watch>,
    /// As many as there are reports that were not passed on to the client yet, and this one.
    on_the_way: Arc<()>,
    /// Whether somebody ever was, and was not asked to ask again since.
    was_watched: bool,
    restarts: u32,
}

impl Engine {
    /// Starts the engine's thread.
    pub(super) fn start(
        session: Arc<Session>,
        outbox: Outbox,
        progress: Progress,
        refresh: Refresh,
        documents: Arc<Documents>,
    ) -> std::io::Result<Handle> {
        let (events, to_do) = mpsc::channel();
        let mut engine = Engine {
            session,
            outbox,
            progress,
            refresh,
            documents,
            events: events.clone(),
            desks: BTreeMap::new(),
            last_desk: DeskId::default(),
            folders: Vec::new(),
            links: Vec::new(),
            open: BTreeMap::new(),
            nothing: Corpus::default(),
            defaults: Config::default(),
            parts: VecDeque::new(),
            watch: None,
            on_the_way: Arc::default(),
            was_watched: false,
            restarts: 0,
        };
        std::thread::Builder::new().name("newsmark-engine".to_owned()).spawn(move || engine.run(&to_do))?;
        Ok(Handle { events })
    }

    fn run(&mut self, events: &Receiver<Event>) {
        loop {
            let event = match events.try_recv() {
                Ok(event) => event,
                Err(TryRecvError::Disconnected) => return,
                // Nothing waits: time to say what came of all that.
                Err(TryRecvError::Empty) => {
                    self.guarded(Engine::settle);
                    let part = self.parts.pop_front();
                    let has_parts = part.is_some();
                    if let Some(part) = part {
                        self.put(part);
                    }
                    let has_more = self.is_watch_due();
                    if has_more && !self.outbox.is_crowded() {
                        self.guarded(Engine::go_on_watching);
                        continue;
                    }
                    if has_parts {
                        continue;
                    }
                    match self.wait(events, has_more) {
                        Ok(event) => event,
                        Err(RecvTimeoutError::Timeout) => {
                            self.guarded(Engine::look_at_disk);
                            continue;
                        }
                        Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
            };
            match event {
                Event::Ask(question) => self.put(question),
                event => self.guarded(|engine| engine.take(event)),
            }
        }
    }

    fn put(&mut self, question: Question) {
        self.guarded(|engine| {
            engine.read_open();
            // A question changes nothing: where it fails, that is all.
            if catch_unwind(AssertUnwindSafe(|| question(engine))).is_err() {
                tracing::error!("a question was not answered");
            }
            engine.rest();
        });
    }

    /// Waits for an event, or until the disk has to be looked at; not for long where there is
    /// more to tell and the client is behind with reading.
    fn wait(&self, events: &Receiver<Event>, has_more: bool) -> Result<Event, RecvTimeoutError> {
        let soon = has_more.then(|| Instant::now() + BEHIND);
        match self.desks.values().filter_map(Desk::due).chain(soon).min() {
            Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Does something that changes what is known. If it fails half-way, everything is read
    /// anew: tables that are half changed answer nothing.
    fn guarded(&mut self, work: impl FnOnce(&mut Engine)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_ok() {
            return;
        }
        self.restarts += 1;
        tracing::error!(restarts = self.restarts, "the corpora are read anew after a mistake");
        let give_up = self.restarts > MOST_RESTARTS;
        for desk in self.desks.values_mut() {
            desk.restart(!give_up);
        }
        for open in self.open.values_mut() {
            open.forget();
        }
        // What was being worked at is no longer among them.
        for (uri, document) in self.documents.all() {
            if !self.open.contains_key(&uri.0) {
                self.set_text(uri, document);
            }
        }
        if give_up {
            publish::show(
                &self.outbox,
                "newsmark made mistakes of its own again and again: until it is started anew, \
                each open file is looked at alone. Please report it; the log has the places.",
            );
            self.progress.end();
        } else {
            self.look_at_disk();
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Text { uri, document } => self.set_text(uri, document),
            Event::Closed { uri } => self.close(&uri),
            Event::Saved(path) => self.look_around_unless_watched(path),
            Event::Watched(paths) => {
                tracing::debug!(files = paths.len(), "told of files");
                self.watched(&paths);
            }
            Event::Folders { added, removed } => self.set_folders(&added, &removed),
            Event::Watch(watch) => self.start_watch(watch),
            Event::Disk(desk, found) => self.take_news(desk, found),
            Event::Settings => self.take_settings(),
            Event::Stop => self.stop_reading(),
            Event::Restart => self.restart(),
            Event::Ask(_) => {}
            #[cfg(debug_assertions)]
            Event::Fail => panic!("the words of a draft"),
        }
    }

    /// The client's settings are others: what it is shown may be, too.
    fn take_settings(&mut self) {
        self.open.values_mut().for_each(Open::judge_again);
        self.desks.values_mut().for_each(|desk| desk.overview.begin_again());
        self.refresh.shown();
        self.announce();
    }

    /// Forgets what is half read, and reads no more of it.
    fn stop_reading(&mut self) {
        self.start_again(|desk| !desk.ready, false);
        self.progress.end();
    }

    /// Reads everything anew, as on the first day.
    fn restart(&mut self) {
        self.restarts = 0;
        self.start_again(|_| true, true);
    }

    fn start_again(&mut self, which: impl Fn(&Desk) -> bool, again: bool) {
        let which: Vec<DeskId> =
            self.desks.iter().filter(|(_, desk)| which(desk)).map(|(id, _)| *id).collect();
        for id in which {
            if let Some(desk) = self.desks.get_mut(&id) {
                desk.restart(again);
            }
            let inside = self.open.values_mut().filter(|open| open.home.desk() == Some(id));
            inside.for_each(Open::forget);
        }
    }

    /// What was done, once everything is read and told as far as anybody knows.
    #[cfg(debug_assertions)]
    pub(super) fn settled(&mut self) -> Option<serde_json::Value> {
        let is_done = !self.is_watch_due()
            && Arc::strong_count(&self.on_the_way) == 1
            && self.desks.values().all(Desk::is_settled)
            && self.open.values().all(Open::is_settled);
        let errands: u32 = self.desks.values().map(|desk| desk.errands).sum();
        is_done.then(|| serde_json::json!({ "corpora": self.desks.len(), "errands": errands }))
    }

    /// Works out what came of all changes, and tells the client.
    fn settle(&mut self) {
        self.read_open();
        self.publish();
        self.rest();
        self.look_at_disk();
    }

    /// Forgets what was unpacked to be looked at.
    fn rest(&mut self) {
        self.desks.values_mut().for_each(|desk| desk.corpus.rest());
    }
}
