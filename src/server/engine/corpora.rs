//! What a question about everything is answered from: each corpus that is open.

use tower_lsp::gen_lsp_types::{Range, Uri};

use crate::config::Config;
use crate::corpus::Corpus;
use crate::diagnostic::FilePath;
use crate::text::Place;

use super::super::session::Session;
use super::super::uri;
use super::Engine;
use super::desk::Desk;
use crate::workspace;

/// A corpus that is open.
#[derive(Clone, Copy)]
pub(in crate::server) struct OpenCorpus<'e> {
    pub(in crate::server) corpus: &'e Corpus,
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

    /// The address of one of its files, as the client has it where it is open.
    pub(in crate::server) fn uri_of(&self, path: &FilePath) -> Option<Uri> {
        self.engine.uri_of(self.desk, path)
    }

    /// A place as the client counts it.
    pub(in crate::server) fn range(&self, place: Place) -> Range {
        self.engine.session.encoding.range(place)
    }
}

impl Engine {
    /// What was agreed with the client.
    pub(in crate::server) fn session(&self) -> &Session {
        &self.session
    }

    /// Each corpus that is open, as far as it has been read.
    pub(in crate::server) fn corpora(&self) -> impl Iterator<Item = OpenCorpus<'_>> {
        self.desks.values().map(|desk| OpenCorpus { corpus: &desk.corpus, desk, engine: self })
    }

    /// The corpus that has the file of an address, and its path there.
    pub(in crate::server) fn corpus_of(&self, uri: &Uri) -> Option<(OpenCorpus<'_>, FilePath)> {
        let open =
            self.open.get(&uri.0).and_then(|open| Some((open.home.desk()?, open.home.path()?.clone())));
        let (desk, path) = open.or_else(|| self.find_desk(&workspace::identity(&uri::to_path(uri)?)))?;
        let desk = self.desks.get(&desk)?;
        Some((OpenCorpus { corpus: &desk.corpus, desk, engine: self }, path))
    }
}
