//! What follows where files get other names or move to other folders: links, claim
//! references, bibliographies, stored texts, and the names that come from a file's own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::corpus::{Corpus, EntityFacts, FileFacts, FileId};
use crate::diagnostic::{Edit, FilePath};
use crate::text::{LineIndex, Place, fold, relative_path, stem, without_ending};

use super::changes::{Change, Group, with_checks};
use super::references::{Role, files, occurrences};
use super::rename::{Desk, own_slug_of};
use super::respelling::{plain, rewritten};
use super::subject::Subject;

/// Files by the paths that they have, with those that they get.
pub type Moves = BTreeMap<FilePath, FilePath>;

/// What follows a move.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Following {
    /// The changes, of files at the paths that they have.
    pub changes: Vec<Change>,
    /// Files in which something should follow and that are not what was read.
    pub skipped: Vec<FilePath>,
}

/// What follows where files move. To be asked before they do.
#[must_use]
pub fn following(desk: &Desk<'_>, moves: &Moves) -> Following {
    let corpus = desk.corpus;
    let mut touched: BTreeSet<FileId> = BTreeSet::new();
    let mut names = Names::default();
    for (from, to) in moves {
        let file = corpus.at_path(from);
        touched.extend(file);
        touched.extend(corpus.files_naming_path(from));
        if let Some(file) = file.and_then(|id| corpus.file(id)) {
            touched.extend(corpus.files_leading_to(file));
            names.add(desk, file, to);
        }
    }
    for id in &names.entities {
        touched.extend(files(corpus, &Subject::Entity(id.0.clone())));
    }
    let mut all = Following::default();
    for file in touched.into_iter().filter_map(|id| corpus.file(id)) {
        let found = found(corpus, file, moves, &names);
        if found.is_empty() {
            continue;
        }
        let Some(text) = (desk.text)(&file.path) else {
            all.skipped.push(file.path.clone());
            continue;
        };
        let mut own: Vec<Change> = found.into_iter().filter_map(|one| one.change(file, &text)).collect();
        with_checks(&text, &mut own);
        all.changes.append(&mut own);
    }
    all.changes.sort_by(|a, b| a.edit.location.cmp(&b.edit.location));
    all.changes.dedup_by(|a, b| a.edit == b.edit);
    all
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

/// Names that files have from their own, and get with it.
#[derive(Default)]
struct Names {
    /// How articles are called where they are referred to by their slugs.
    slugs: BTreeMap<FilePath, Box<str>>,
    /// Ids of entities, as compared, with the new ones.
    entities: Vec<(Box<str>, Box<str>)>,
}

impl Names {
    fn add(&mut self, desk: &Desk<'_>, file: &FileFacts, to: &FilePath) {
        let (before, after) = (stem(&file.path), stem(to));
        if before == after {
            return;
        }
        let is_free = |name: &str| desk.corpus.articles(name).count == 0;
        if let Some(article) = &file.article
            && *article.slug == *before
            && (desk.text)(&file.path).is_none_or(|text| own_slug_of(&text).is_none())
        {
            // A slug that another article has would lead to neither.
            let name = if is_free(after) { after } else { without_ending(to) };
            self.slugs.insert(file.path.clone(), name.into());
        }
        // A page without an id of its own is called by its file's name.
        let is_page = |entity: &&EntityFacts| *entity.id == *before;
        if let Some(page) = file.entities.iter().find(is_page).filter(|_| file.article.is_some()) {
            let is_written = (desk.text)(&file.path).is_none_or(|text| {
                text.get(page.id_place.span().range())
                    .is_some_and(|written| fold(written) == page.folded_id())
            });
            if !is_written {
                self.entities.push((page.folded_id().into(), after.into()));
            }
        }
    }
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

fn found(corpus: &Corpus, file: &FileFacts, moves: &Moves, names: &Names) -> Vec<Follower> {
    let moved = |path: &FilePath| moves.get(path).unwrap_or(path).clone();
    let own = moved(&file.path);
    let mut out = Vec::new();
    for link in file.article.iter().flat_map(|article| &article.links) {
        let Some(path) = link.path.as_ref().filter(|_| link.editable) else { continue };
        let target = moved(path);
        if own == file.path && target == *path {
            continue;
        }
        let written = link.written.split('#').next().unwrap_or_default();
        let new = relative(&own, &target, written);
        out.push(Follower { place: link.place.first(written), role: Role::Link, new: encoded(&new) });
    }
    for named in &file.named_files {
        let Some(path) = &named.path else { continue };
        let target = moved(path);
        if own == file.path && target == *path {
            continue;
        }
        out.push(Follower {
            place: named.place,
            role: Role::Registry,
            new: relative(&own, &target, &named.written),
        });
    }
    for path in moves.keys() {
        articles(corpus, file, path, moves, names, &mut out);
    }
    for (id, new) in &names.entities {
        for one in occurrences(corpus, file, &Subject::Entity(id.clone())) {
            if one.role != Role::Definition && *one.word == **id {
                out.push(Follower { place: one.place, role: one.role, new: new.to_string() });
            }
        }
    }
    out
}

/// References to an article by its slug or path.
fn articles(
    corpus: &Corpus,
    file: &FileFacts,
    path: &FilePath,
    moves: &Moves,
    names: &Names,
    out: &mut Vec<Follower>,
) {
    let by_path = without_ending(path);
    for one in occurrences(corpus, file, &Subject::Article(path.clone())) {
        if one.role == Role::Link {
            continue;
        }
        let (name, ending) = match one.word.strip_suffix(".md") {
            Some(name) => (name, ".md"),
            None => (one.word, ""),
        };
        let new = if *plain(name) == *by_path {
            moves.get(path).map(|to| without_ending(to))
        } else {
            names.slugs.get(path).map(|name| &**name)
        };
        if let Some(new) = new {
            out.push(Follower { place: one.place, role: one.role, new: format!("{new}{ending}") });
        }
    }
}

/// The way from the file `own` to the file `target`, both from the corpus root; with `./` at
/// its beginning if it was `written` so.
fn relative(own: &str, target: &str, written: &str) -> String {
    let way = relative_path(own, target);
    if written.starts_with("./") && !way.starts_with("../") { format!("./{way}") } else { way }
}

/// As the destination of a link, in which no space and no parenthesis may stand.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for sign in path.chars() {
        match sign {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '%' => out.push_str("%25"),
            '#' => out.push_str("%23"),
            '?' => out.push_str("%3F"),
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{encoded, relative};

    #[test]
    fn a_way_is_written_as_before() {
        assert_eq!(relative("a.md", "b.md", "./c.md"), "./b.md");
        assert_eq!(encoded("a b(1).md"), "a%20b%281%29.md");
    }
}
