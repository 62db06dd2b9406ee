//! Open documents as the engine has them: where each belongs, what is read from it, and
//! what a question about it is answered from.

use std::collections::BTreeSet;
use std::sync::Arc;

use tower_lsp::gen_lsp_types::{Position, Uri};

use crate::config::{Config, FILE_NAME, FileSettings};
use crate::corpus::{Change, Corpus, FileFacts, FileKind};
use crate::diagnostic::{Diagnostic, FilePath};
use crate::lint::{self, FileRole};
use crate::text::Place;
use crate::workspace::{self, Root};

use super::super::documents::Document;
use super::super::session::Session;
use super::super::uri;
use super::desk::{Desk, DeskId};
use super::overview::ResultId;
use super::publish::Sent;
use super::pulled::Pulled;
use super::tokens::KeptTokens;
use super::{Engine, publish};

/// An open document.
pub(super) struct Open {
    pub(super) document: Document,
    pub(super) home: Home,
    /// Its text as it was last read.
    pub(super) text: Arc<str>,
    /// What is wrong in it, as it was last judged.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// By what number that is known.
    pub(super) result: ResultId,
    /// What the client was last told.
    pub(super) sent: Option<Sent>,
    /// What it was told when it last asked.
    pub(super) pulled: Option<Pulled>,
    /// The semantic tokens that it was sent last.
    pub(super) tokens: Option<KeptTokens>,
    /// Whether `document` has been read.
    is_read: bool,
    /// Whether what its corpus holds of it was read from `text`.
    is_in_corpus: bool,
    /// What of it has to be judged.
    pub(super) stale: Stale,
    /// What was found in the corpus when it was last judged, moved to where it stands now.
    pub(super) found: Option<lint::InCorpus>,
    /// Whether the client knows what it was judged to be.
    pub(super) is_told: bool,
    /// What holds for it; asked for once.
    pub(super) settings: Option<FileSettings>,
}

/// What of a document has to be judged.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stale {
    /// It was judged as it is.
    Nothing,
    /// These entries of a registry, by their numbers.
    Entries(BTreeSet<u32>),
    /// Everything.
    Whole,
}

/// Where a document belongs.
pub(super) enum Home {
    /// Nobody has looked yet.
    Unknown,
    /// It is a file of a corpus.
    File { desk: DeskId, path: FilePath, role: FileRole },
    /// It is the configuration of a corpus; where it cannot be understood, why.
    Config { desk: DeskId, error: Option<crate::config::Error> },
    /// It has no file yet, or is open under another address: it is read as an article that
    /// no other file knows.
    Unsaved { desk: Option<DeskId>, facts: Box<FileFacts> },
    /// It is none of newsmark's.
    Elsewhere,
}

impl Home {
    /// The corpus.
    pub(super) fn desk(&self) -> Option<DeskId> {
        match self {
            Home::File { desk, .. } | Home::Config { desk, .. } => Some(*desk),
            Home::Unsaved { desk, .. } => *desk,
            Home::Unknown | Home::Elsewhere => None,
        }
    }

    /// The path in the corpus.
    pub(super) fn path(&self) -> Option<&FilePath> {
        match self {
            Home::File { path, .. } => Some(path),
            _ => None,
        }
    }
}

impl Open {
    fn new(document: Document) -> Open {
        Open {
            document,
            home: Home::Unknown,
            text: "".into(),
            diagnostics: Vec::new(),
            result: ResultId::NONE,
            sent: None,
            pulled: None,
            tokens: None,
            is_read: false,
            is_in_corpus: false,
            stale: Stale::Whole,
            found: None,
            is_told: false,
            settings: None,
        }
    }

    /// Has it read and judged anew.
    pub(super) fn forget(&mut self) {
        self.is_read = false;
        self.is_in_corpus = false;
        self.settings = None;
    }

    /// Has it looked for anew where it belongs.
    pub(super) fn forget_home(&mut self) {
        self.home = Home::Unknown;
        self.forget();
    }

    /// Whether it is read and judged, and the client told.
    #[cfg(debug_assertions)]
    pub(super) fn is_settled(&self) -> bool {
        self.is_read && self.stale == Stale::Nothing && self.is_told
    }

    /// Has it judged anew.
    pub(super) fn judge_again(&mut self) {
        self.stale = Stale::Whole;
    }

    /// Has some entries judged anew of the registry that it is.
    pub(super) fn judge_entries_again(&mut self, entries: BTreeSet<u32>) {
        match &mut self.stale {
            Stale::Whole => {}
            Stale::Nothing => self.stale = Stale::Entries(entries),
            Stale::Entries(stale) => stale.extend(entries),
        }
    }
}

/// What a question about a document is answered from.
pub(in crate::server) struct View<'e> {
    /// The corpus that it belongs to.
    pub(in crate::server) corpus: &'e Corpus,
    /// What holds for it.
    pub(in crate::server) config: &'e Config,
    /// What is known of it.
    pub(in crate::server) facts: &'e FileFacts,
    /// Its text.
    pub(in crate::server) text: &'e str,
    /// What is wrong in it.
    pub(in crate::server) diagnostics: &'e [Diagnostic],
    /// Its address, where it is about a document.
    uri: Option<&'e str>,
    document: Option<&'e Document>,
    pub(super) engine: &'e Engine,
    pub(super) desk: Option<&'e Desk>,
}

impl<'e> View<'e> {
    /// The byte of the text at which a position is.
    pub(in crate::server) fn offset(&self, position: Position) -> usize {
        self.document.map_or(0, |document| self.engine.session.encoding.offset(&document.text, position))
    }

    /// The address of a file of the corpus, as the client has it where it is open.
    pub(in crate::server) fn uri_of(&self, path: &FilePath) -> Option<Uri> {
        if let Some(uri) = self.uri.filter(|_| *path == self.facts.path) {
            return Some(Uri(uri.to_owned()));
        }
        self.engine.uri_of(self.desk?, path)
    }

    /// The version of a file of the corpus, if it is open.
    pub(in crate::server) fn version_of(&self, uri: &Uri) -> Option<i32> {
        self.engine.open.get(&uri.0).map(|open| open.document.version)
    }

    /// Whether all of the corpus has been read.
    pub(in crate::server) fn is_ready(&self) -> bool {
        self.desk.is_some_and(|desk| desk.ready)
    }

    /// The text of a file of the corpus as it was read, which for one that is open is the
    /// client's; nothing where the disk has another by now.
    pub(in crate::server) fn text_of(&self, path: &FilePath) -> Option<Arc<str>> {
        if self.uri.is_some() && *path == self.facts.path {
            return Some(self.text.into());
        }
        let desk = self.desk?;
        if let Some(open) = self.engine.open_at(desk, path) {
            return Some(open.text.clone());
        }
        if **path == *FILE_NAME {
            let is_it =
                |open: &&Open| matches!(open.home, Home::Config { .. }) && self.engine.is_of(open, desk);
            if let Some(open) = self.engine.open.values().find(is_it) {
                return Some(open.text.clone());
            }
        }
        let text = match desk.stamps.get(path) {
            Some(stamp) => desk.root.read_unchanged(path, stamp),
            // A bibliography that is there for an article which names it.
            None => desk.root.read_named(path).ok(),
        };
        Some(text?.into())
    }

    /// Who checks claims in this editor.
    pub(in crate::server) fn checker(&self) -> Option<&'e str> {
        self.engine.session.checker.as_deref()
    }

    /// What was agreed with the client.
    pub(in crate::server) fn session(&self) -> &Session {
        &self.engine.session
    }

    /// Whether its corpus is still being read, so that there may be more than is known.
    pub(in crate::server) fn is_reading(&self) -> bool {
        self.desk.is_some_and(|desk| !desk.ready)
    }

    /// A place as the client counts it.
    pub(in crate::server) fn range(&self, place: Place) -> tower_lsp::gen_lsp_types::Range {
        self.engine.session.encoding.range(place)
    }
}

impl Engine {
    /// A document is open, or has another text now.
    pub(super) fn set_text(&mut self, uri: Uri, document: Document) {
        match self.open.get_mut(&uri.0) {
            Some(open) => {
                open.document = document;
                open.is_read = false;
            }
            None => {
                self.open.insert(uri.0, Open::new(document));
            }
        }
    }

    /// A document was closed: the disk counts again.
    pub(super) fn close(&mut self, uri: &Uri) {
        let Some(closed) = self.open.remove(&uri.0) else { return };
        publish::clear(&self.outbox, uri, &closed);
        let Some(id) = closed.home.desk() else { return };
        // The same file under another address counts from now on.
        if let Home::File { path, .. } = &closed.home {
            for open in self.open.values_mut() {
                if matches!(&open.home, Home::Unsaved { desk, facts } if *desk == Some(id) && facts.path == *path)
                {
                    open.forget_home();
                }
            }
        }
        match closed.home {
            Home::File { path, .. } => {
                let Some(desk) = self.desks.get_mut(&id) else { return };
                if desk.stamps.contains_key(&path) {
                    desk.want(path);
                } else {
                    // It was there for being open alone: never saved, deleted meanwhile, or a
                    // draft that git ignores. If it was saved, it is found by walking.
                    desk.want_all();
                    let change = match desk.root.exists(&path) {
                        true => Change::Other(path),
                        false => Change::Remove(path),
                    };
                    self.apply(id, vec![change]);
                }
            }
            Home::Config { .. } => self.configure_from_disk(id),
            _ => {}
        }
        self.drop_unused();
    }

    /// Reads the documents that were changed.
    pub(super) fn read_open(&mut self) {
        // Reading one may open a corpus, to which others belong that were read before.
        while let Some(uri) = self.open.iter().find(|(_, open)| !open.is_read).map(|(uri, _)| uri.clone()) {
            self.read_one(&uri);
        }
    }

    fn read_one(&mut self, uri: &str) {
        let Some(mut open) = self.open.remove(uri) else { return };
        open.is_read = true;
        let text: Arc<str> = String::from(&open.document.text).into();
        let before = std::mem::replace(&mut open.text, text);
        if matches!(open.home, Home::Unknown) {
            open.home = self.home_of(&Uri(uri.to_owned()));
        }
        let (mut changed, mut is_carried) = (None, false);
        match &mut open.home {
            Home::File { desk, path, role } => {
                let before = Some(&*before).filter(|_| open.is_in_corpus);
                let change = self.change(*desk, path, *role, before, &open.text);
                open.is_in_corpus = true;
                let is_ready = self.desks.get(desk).is_some_and(|desk| desk.ready);
                if let (Change::Patch(patch), Some(found), true) = (&change, &mut open.found, is_ready) {
                    // What it touches is known once it is in the corpus.
                    found.carry(patch);
                    is_carried = true;
                }
                changed = Some((*desk, change));
            }
            Home::Config { desk, error } => {
                let (id, parsed) = (*desk, Config::parse(&open.text));
                *error = parsed.as_ref().err().cloned();
                if let Ok(config) = parsed {
                    self.reconfigure(id, config);
                }
            }
            Home::Unsaved { facts, .. } => {
                let path = facts.path.clone();
                **facts = lint::read(&path, &open.text, FileRole::Article);
            }
            Home::Unknown | Home::Elsewhere => {}
        }
        if !is_carried {
            open.judge_again();
        }
        self.open.insert(uri.to_owned(), open);
        if let Some((desk, change)) = changed {
            self.apply(desk, vec![change]);
        }
    }

    /// What the text of an open file is to its corpus, which holds what was read from `before`.
    fn change(
        &self,
        desk: DeskId,
        path: &FilePath,
        role: FileRole,
        before: Option<&str>,
        text: &str,
    ) -> Change {
        let Some(desk) = self.desks.get(&desk) else { return Change::Other(path.clone()) };
        if desk.root.unsaved_problem(text).is_some() {
            return Change::Other(path.clone());
        }
        let known = desk.corpus.at_path(path).and_then(|id| desk.corpus.file(id));
        let patch = known.zip(before).and_then(|(known, before)| lint::reread(known, before, text, role));
        if let Some(patch) = patch {
            return Change::Patch(Box::new(patch));
        }
        let mut facts = lint::read(path, text, role);
        if let Some(known) = known {
            facts.keep_known(known);
        }
        Change::Put(Box::new(facts))
    }

    /// Where a document belongs. Opens its corpus where none is open.
    fn home_of(&mut self, uri: &Uri) -> Home {
        let Some(path) = uri::to_path(uri) else {
            let is_new = uri.0.starts_with("untitled:");
            let desk = self.desks.keys().next().copied();
            let facts = Box::new(FileFacts::empty(uri.0.as_str().into(), FileKind::Article));
            return if is_new { Home::Unsaved { desk, facts } } else { Home::Elsewhere };
        };
        let path = workspace::identity(&path);
        // The nearest configuration above it counts; without one, a corpus that is open.
        let found = workspace::discover_unsaved(&path);
        let desk = match found {
            Ok(request) => {
                let known = self.find_desk(&path).filter(|_| request.root.config_path().is_none());
                match known {
                    Some((desk, _)) => desk,
                    None => self.add_desk(request.root),
                }
            }
            Err(error) => {
                publish::show(&self.outbox, &error.to_string());
                match (Root::in_spite_of(&error), self.find_desk(&path)) {
                    (Some(root), _) => self.add_desk(root),
                    (None, Some((desk, _))) => desk,
                    (None, None) => return Home::Elsewhere,
                }
            }
        };
        let Some(root) = self.desks.get(&desk).map(|desk| &desk.root) else { return Home::Elsewhere };
        let Some(path) = root.path_within(&path) else { return Home::Elsewhere };
        if path == FILE_NAME {
            return Home::Config { desk, error: None };
        }
        match root.entry(&path) {
            // Somebody looks at it, and did not ask for it to be checked.
            Ok(_) if root.is_left_out(&path) => Home::Elsewhere,
            Ok(entry) => {
                let is_it = |open: &Open| matches!(&open.home, Home::File { desk: other, path, .. } if *other == desk && *path == entry.path);
                // Of one file under two addresses the first that was opened counts.
                if self.open.values().any(is_it) {
                    let facts = Box::new(FileFacts::empty(entry.path.clone(), FileKind::Article));
                    return Home::Unsaved { desk: Some(desk), facts };
                }
                Home::File { desk, path: entry.path.clone(), role: entry.role() }
            }
            Err(why) => {
                tracing::info!(%why, "an open document is no part of the corpus");
                Home::Elsewhere
            }
        }
    }

    /// Gives a corpus another configuration.
    pub(super) fn reconfigure(&mut self, id: DeskId, config: Config) {
        let Some(desk) = self.desks.get_mut(&id) else { return };
        if desk.root.config.text() == config.text() {
            return;
        }
        let again = !desk.root.config.reads_like(&config);
        desk.root.config = config;
        if again {
            desk.restart_soon();
        } else {
            desk.overview.begin_again();
            self.refresh.shown();
        }
        for open in self.open.values_mut().filter(|open| open.home.desk() == Some(id)) {
            if matches!(open.home, Home::Config { .. }) {
                open.judge_again();
            } else if again {
                open.forget_home();
            } else {
                open.settings = None;
                open.judge_again();
            }
        }
        self.announce();
    }

    /// Whether an open document is that file of a corpus.
    fn is_at(&self, open: &Open, desk: &Desk, path: &FilePath) -> bool {
        open.home.path() == Some(path) && self.is_of(open, desk)
    }

    /// Whether an open document belongs to a corpus.
    fn is_of(&self, open: &Open, desk: &Desk) -> bool {
        let own = open.home.desk().and_then(|id| self.desks.get(&id));
        own.is_some_and(|own| std::ptr::eq(own, desk))
    }

    pub(super) fn open_at(&self, desk: &Desk, path: &FilePath) -> Option<&Open> {
        self.open.values().find(|open| self.is_at(open, desk, path))
    }

    /// The address of a file of a corpus, as the client has it where it is open.
    pub(super) fn uri_of(&self, desk: &Desk, path: &FilePath) -> Option<Uri> {
        let is_it = |open: &Open| self.is_at(open, desk, path);
        let open = self.open.iter().find(|(_, open)| is_it(open)).map(|(uri, _)| Uri(uri.clone()));
        let on_disk = desk.root.on_disk(path);
        // By the client's name for the folder, or its editor would open the file as another.
        let as_named =
            self.links.iter().find_map(|(given, real)| Some(given.join(on_disk.strip_prefix(real).ok()?)));
        Some(open.unwrap_or_else(|| uri::of_path(&as_named.unwrap_or(on_disk))))
    }

    /// What a question about a corpus as a whole is answered from.
    pub(in crate::server) fn desk_view(&self, id: DeskId) -> Option<View<'_>> {
        let desk = self.desks.get(&id)?;
        Some(View {
            corpus: &desk.corpus,
            config: &desk.root.config,
            facts: &desk.config_facts,
            text: "",
            diagnostics: &[],
            uri: None,
            document: None,
            engine: self,
            desk: Some(desk),
        })
    }

    /// Shows the user something.
    pub(in crate::server) fn show(&self, message: &str) {
        publish::show(&self.outbox, message);
    }

    /// What a question about a document is answered from; nothing where it is not open or
    /// none of newsmark's.
    pub(in crate::server) fn view(&self, uri: &Uri) -> Option<View<'_>> {
        let (uri, open) = self.open.get_key_value(&uri.0)?;
        let desk = open.home.desk().and_then(|id| self.desks.get(&id));
        let facts = match &open.home {
            Home::File { path, .. } => desk?.corpus.file(desk?.corpus.at_path(path)?)?,
            Home::Unsaved { facts, .. } => facts,
            Home::Config { .. } => &desk?.config_facts,
            Home::Unknown | Home::Elsewhere => return None,
        };
        Some(View {
            corpus: desk.map_or(&self.nothing, |desk| &desk.corpus),
            config: desk.map_or(&self.defaults, |desk| &desk.root.config),
            facts,
            text: &open.text,
            diagnostics: &open.diagnostics,
            uri: Some(uri),
            document: Some(&open.document),
            engine: self,
            desk,
        })
    }

    /// What questions about each open document are answered from.
    pub(in crate::server) fn views(&self) -> impl Iterator<Item = View<'_>> {
        self.open.keys().filter_map(|uri| self.view(&Uri(uri.clone())))
    }
}
