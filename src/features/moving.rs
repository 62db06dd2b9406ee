//! What follows where files get other names or move to other folders: links, claim
//! references, bibliographies, stored texts, and the names that come from a file's own.

mod left;
mod links;
mod names;
mod settings;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::corpus::{Corpus, FileFacts, FileId};
use crate::diagnostic::{Edit, FilePath};
use crate::text::{LineIndex, Place, fold};

use super::changes::{Change, Group, with_checks};
use super::references::{Role, files, occurrences};
use super::rename::Desk;
use super::respelling::rewritten;
use super::subject::Subject;

use left::Left;
pub use left::listed;
use links::Ways;
use names::{Form, Names, Page};

/// Files by the paths that they have, with those that they get.
pub type Moves = BTreeMap<FilePath, FilePath>;

/// What follows a move.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Following {
    /// The changes, of files at the paths that they have.
    pub changes: Vec<Change>,
    /// Files in which something should follow and that are not what was read.
    pub skipped: Vec<FilePath>,
    /// What does not follow, and why: a sentence each, without a full stop.
    pub messages: Vec<String>,
}

/// What of one file may have to follow.
#[derive(Default)]
struct Touched {
    /// Articles that move and to which it may lead.
    articles: Vec<FilePath>,
    /// Pages whose ids change and which it may name.
    pages: Vec<usize>,
}

/// What follows where files and folders move. To be asked before they do.
#[must_use]
pub fn following(desk: &Desk<'_>, asked: &Moves) -> Following {
    let corpus = desk.corpus;
    let moves = &files_of(corpus, asked);
    let mut touched: BTreeMap<FileId, Touched> = BTreeMap::new();
    let mut names = Names::default();
    let mut left = Left::default();
    for (from, to) in moves {
        let file = corpus.at_path(from);
        for id in file.into_iter().chain(corpus.files_naming_path(from)) {
            touched.entry(id).or_default();
        }
        if let Some(file) = file.and_then(|id| corpus.file(id)) {
            for id in corpus.files_leading_to(file) {
                touched.entry(id).or_default().articles.push(from.clone());
            }
            names.add(desk, file, to);
        }
    }
    names.leave_taken(desk, &mut left);
    for (number, page) in names.pages.iter().enumerate() {
        for id in files(corpus, &Subject::Entity(page.id.clone())) {
            touched.entry(id).or_default().pages.push(number);
        }
    }
    let mut all = Following::default();
    for (id, touched) in touched {
        let Some(file) = corpus.file(id) else { continue };
        let ways = Ways::new(file, moves);
        let mut found = Vec::new();
        ways.plain(&mut found);
        for path in &touched.articles {
            articles(corpus, file, path, moves, &names, &mut found, &mut left);
        }
        for page in touched.pages.iter().map(|number| &names.pages[*number]) {
            pages(corpus, file, page, &mut found, &mut left);
        }
        let asks_for_text = ways.asks_for_text();
        if found.is_empty() && !asks_for_text {
            continue;
        }
        let Some(text) = (desk.text)(&file.path) else {
            all.skipped.push(file.path.clone());
            continue;
        };
        if asks_for_text {
            ways.in_text(&text, &mut found);
        }
        let mut own: Vec<Change> = found.into_iter().filter_map(|one| one.change(file, &text)).collect();
        with_checks(&text, &mut own);
        all.changes.append(&mut own);
    }
    all.changes.sort_by(|a, b| a.edit.location.cmp(&b.edit.location));
    all.changes.dedup_by(|a, b| a.edit == b.edit);
    all.messages = left.messages();
    settings::follow(desk, asked, moves, &mut all);
    all
}

/// The files that move where files and folders do.
fn files_of(corpus: &Corpus, asked: &Moves) -> Moves {
    let mut moves = Moves::new();
    for (from, to) in asked {
        match corpus.is_there(from) {
            true => moves.extend([(from.clone(), to.clone())]),
            false => moves.append(&mut below(corpus, from, to)),
        }
    }
    moves
}

/// The files below a folder, and what they are called when the folder is called otherwise.
#[must_use]
pub fn below(corpus: &Corpus, folder: &str, to: &str) -> Moves {
    let moved = |path: FilePath| {
        let rest = path.strip_prefix(folder)?.strip_prefix('/')?;
        Some((path.clone(), Arc::from(format!("{to}/{rest}"))))
    };
    corpus.paths_below(folder).into_iter().filter_map(moved).collect()
}

/// A word that follows.
struct Follower {
    place: Place,
    role: Role,
    new: String,
}

impl Follower {
    fn change(self, file: &FileFacts, text: &str) -> Option<Change> {
        let span = self.place.span();
        let written = text.get(span.range())?;
        let new = match self.role {
            Role::Link => self.new,
            role => rewritten(&file.path, text, span, role, &self.new),
        };
        (written != new).then(|| Change {
            edit: Edit::new(&file.path, LineIndex::new(text).place(text, span), new),
            group: Group::of(file, text, span, self.role),
        })
    }
}

/// References to an article by its slug or path.
fn articles(
    corpus: &Corpus,
    file: &FileFacts,
    from: &FilePath,
    moves: &Moves,
    names: &Names,
    out: &mut Vec<Follower>,
    left: &mut Left,
) {
    let Some(to) = moves.get(from) else { return };
    for one in occurrences(corpus, file, &Subject::Article(from.clone())) {
        if one.role == Role::Link {
            continue;
        }
        match names.following(corpus, moves, file, &one, (from, to)) {
            Form::Same => {}
            Form::Other(new) => out.push(Follower { place: one.place, role: one.role, new }),
            Form::None => {
                left.articles.entry(to.clone()).or_default().insert(file.path.clone());
            }
        }
    }
}

/// Names of an entity that are the name of its page's file.
fn pages(corpus: &Corpus, file: &FileFacts, page: &Page, out: &mut Vec<Follower>, left: &mut Left) {
    let found = occurrences(corpus, file, &Subject::Entity(page.id.clone()));
    let mut found =
        found.iter().filter(|one| one.role != Role::Definition && one.word == &*page.id).peekable();
    let settled = file.article.as_ref().map(|article| &article.settled[..]).unwrap_or_default();
    let new = fold(&page.new);
    let is_other = |(name, id): &(Box<str>, Box<str>)| **name == *new && *id != page.id;
    if found.peek().is_some() && settled.iter().any(is_other) {
        left.taken.push((page.id.clone(), page.new.clone(), file.path.clone()));
        return;
    }
    out.extend(found.map(|one| Follower { place: one.place, role: one.role, new: page.new.to_string() }));
}
