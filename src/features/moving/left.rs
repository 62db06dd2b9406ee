//! What does not follow a move, in words for whoever moves.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::FilePath;

/// How many files a message names.
const NAMED: usize = 3;

/// How many messages of one kind are shown: who moves a folder reads no more.
const MOST: usize = 3;

/// What stays as it is although it meant something that moves.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Articles to which no name leads after the move, by where they are then, with the files
    /// that refer to them.
    pub(super) articles: BTreeMap<FilePath, BTreeSet<FilePath>>,
    /// Ids of pages, with the ones that they would get and the files that give those to others.
    pub(super) taken: Vec<(Box<str>, Box<str>, FilePath)>,
}

impl Left {
    /// A sentence for each, without a full stop.
    pub(super) fn messages(&self) -> Vec<String> {
        let articles = self.articles.iter().map(|(to, files)| {
            let files: Vec<FilePath> = files.iter().cloned().collect();
            format!(
                "after the move no name leads to {to} and nowhere else: look at what refers to it in {}",
                listed(&files)
            )
        });
        let taken = self.taken.iter().map(|(id, new, holder)| {
            format!(
                "the id `{new}` is taken in {holder}: what names `{id}` was left as it is; give the page an `id`, \
                 or another file name"
            )
        });
        let mut all = first(articles.collect());
        all.append(&mut first(taken.collect()));
        all
    }
}

/// The first messages, and how many more there are.
pub(super) fn first(mut messages: Vec<String>) -> Vec<String> {
    let more = messages.len().saturating_sub(MOST);
    messages.truncate(MOST);
    if let (Some(last), true) = (messages.last_mut(), more > 0) {
        last.push_str(&format!(" (and {more} more such)"));
    }
    messages
}

/// "a.md, b.md, c.md and 4 more"
#[must_use]
pub fn listed(files: &[FilePath]) -> String {
    let first = files.iter().take(NAMED).map(|path| &**path).collect::<Vec<&str>>().join(", ");
    match files.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
