//! The files in which an answer is looked for that comes in parts.

use crate::corpus::{Corpus, FileFacts, FileId};
use crate::diagnostic::FilePath;
use crate::server::engine::View;

/// Files that are still to be looked at. By their paths: between two parts the corpus may
/// change, and with it the numbers.
pub(super) struct Files {
    /// The last first.
    rest: Vec<FilePath>,
}

impl Files {
    /// These, and the document itself where it is a draft that is no file of the corpus yet, which
    /// nobody else knows.
    pub(super) fn new(view: &View<'_>, files: Vec<FileId>) -> Files {
        let corpus = view.corpus;
        let mut rest: Vec<FilePath> =
            files.into_iter().rev().filter_map(|id| corpus.path(id).cloned()).collect();
        if corpus.at_path(&view.facts.path).is_none() {
            rest.push(view.facts.path.clone());
        }
        Files { rest }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next so many, in their order.
    pub(super) fn next(&mut self, most: usize) -> Vec<FilePath> {
        let mut some = self.rest.split_off(self.rest.len().saturating_sub(most));
        some.reverse();
        some
    }
}

/// What is known of one of them now, if it is still there. `own` is the document.
pub(super) fn facts_at<'c>(corpus: &'c Corpus, own: &'c FileFacts, path: &FilePath) -> Option<&'c FileFacts> {
    match *path == own.path {
        true => Some(own),
        false => corpus.file(corpus.at_path(path)?),
    }
}
