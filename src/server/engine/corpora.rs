//! What a question about everything is answered from: each corpus that is open.

use std::sync::Arc;

use tower_lsp::gen_lsp_types::{Range, Uri};

use crate::config::Config;
use crate::corpus::Corpus;
use crate::diagnostic::FilePath;
use crate::text::Place;

use super::super::session::Session;
use super::super::uri;
use super::Engine;
use super::desk::{Desk, DeskId};
use crate::workspace::{self, Root, Stamp};

/// A corpus that is open.
#[derive(Clone, Copy)]
pub(in crate::server) struct OpenCorpus<'e> {
    pub(in crate::server) corpus: &'e Corpus,
    /// Its number.
    pub(in crate::server) id: DeskId,
    desk: &'e Desk,
    engine: &'e Engine,
}

impl<'e> OpenCorpus<'e> {
    /// Whether all of it has been read.
    pub(in crate::server) fn is_ready(&self) -> bool {
        self.desk.ready
    }

    /// What it is configured by.
    pub(in crate::server) fn config(&self) -> &'e Config {
        &self.desk.root.config
    }

    /// Its folder, to read files there.
    pub(in crate::server) fn root(&self) -> &'e Root {
        &self.desk.root
    }

    /// Where the text of a file stands that was read: at hand where it is open.
    pub(in crate::server) fn stored(&self, path: &FilePath) -> Option<Stored> {
        match self.engine.open_at(self.desk, path) {
            Some(open) => Some(Stored::AtHand(open.text.clone())),
            None => Some(Stored::OnDisk(path.clone(), *self.desk.stamps.get(path)?)),
        }
    }

    /// The address of one of its files, as the client has it where it is open.
    pub(in crate::server) fn uri_of(&self, path: &FilePath) -> Option<Uri> {
        self.engine.uri_of(self.desk, path)
    }

    /// A place as the client counts it.
    pub(in crate::server) fn range(&self, place: Place) -> Range {
        self.engine.session.encoding.range(place)
    }
}

/// Where a text stands.
pub(in crate::server) enum Stored {
    /// Here.
    AtHand(Arc<str>),
    /// In a file, which counts as long as it is the one that was read.
    OnDisk(FilePath, Stamp),
}

impl Stored {
    /// The text as it was read, if it is still there. Not to be asked for on the engine's thread.
    pub(in crate::server) fn read(&self, root: &Root) -> Option<Arc<str>> {
        match self {
            Stored::AtHand(text) => Some(text.clone()),
            Stored::OnDisk(path, stamp) => root.read_unchanged(path, stamp).map(Arc::from),
        }
    }
}

impl Engine {
    /// What was agreed with the client.
    pub(in crate::server) fn session(&self) -> &Session {
        &self.session
    }

    /// Each corpus that is open, as far as it has been read.
    pub(in crate::server) fn corpora(&self) -> impl Iterator<Item = OpenCorpus<'_>> {
        self.desks.keys().filter_map(|id| self.corpus(*id))
    }

    /// The corpus of that number, if it is still open.
    pub(in crate::server) fn corpus(&self, id: DeskId) -> Option<OpenCorpus<'_>> {
        let desk = self.desks.get(&id)?;
        Some(OpenCorpus { corpus: &desk.corpus, id, desk, engine: self })
    }

    /// The corpus that has the file of an address, and its path there.
    pub(in crate::server) fn corpus_of(&self, uri: &Uri) -> Option<(OpenCorpus<'_>, FilePath)> {
        let open =
            self.open.get(&uri.0).and_then(|open| Some((open.home.desk()?, open.home.path()?.clone())));
        let (desk, path) = open.or_else(|| self.find_desk(&workspace::identity(&uri::to_path(uri)?)))?;
        Some((self.corpus(desk)?, path))
    }
}
