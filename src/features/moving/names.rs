//! What names will mean after a move: slugs and paths of articles, ids of pages.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Corpus, EntityFacts, EntityRole, EntityTarget, FileFacts};
use crate::diagnostic::FilePath;
use crate::features::references::{Occurrence, Role};
use crate::features::rename::{Desk, own_slug_of};
use crate::features::respelling::plain;
use crate::text::{fold, stem, without_ending};

use super::Moves;
use super::left::Left;

/// A page that is called by its file's name, and gets another with it.
pub(super) struct Page {
    /// Its id, as compared.
    pub(super) id: Box<str>,
    /// The id that it gets.
    pub(super) new: Box<str>,
    path: FilePath,
}

/// By what name an article is referred to after a move.
pub(super) enum Form {
    /// By the one that stands there.
    Same,
    /// By another.
    Other(String),
    /// No name leads to it.
    None,
}

/// Names that files have from their own, and get with it.
#[derive(Default)]
pub(super) struct Names {
    /// The pages of entities whose ids are others after the move.
    pub(super) pages: Vec<Page>,
    /// Moved articles where they are after the move, by the slugs that they have then.
    slugs: BTreeMap<Box<str>, Vec<FilePath>>,
    /// All of them.
    arrived: BTreeSet<FilePath>,
}

impl Names {
    /// Adds a file that moves.
    pub(super) fn add(&mut self, desk: &Desk<'_>, file: &FileFacts, to: &FilePath) {
        let (before, after) = (stem(&file.path), stem(to));
        let is_article = |file: &FileFacts| {
            desk.corpus.at_path(&file.path).is_some_and(|id| desk.corpus.slug(id).is_some())
        };
        if let Some(article) = file.article.as_ref().filter(|_| is_article(file)) {
            let is_own = *article.slug != *before
                || before != after
                    && (desk.text)(&file.path).is_some_and(|text| own_slug_of(&text).is_some());
            let slug = if is_own { article.slug.clone() } else { after.into() };
            // Under another ending it may be no article any more.
            if desk.config.articles.is_match(to) {
                self.slugs.entry(slug).or_default().push(to.clone());
                self.arrived.insert(to.clone());
            }
        }
        if before == after {
            return;
        }
        // A page without an id of its own is called by its file's name.
        let is_page = |entity: &&EntityFacts| *entity.id == *before;
        if let Some(page) = file.entities.iter().find(is_page).filter(|_| file.article.is_some()) {
            let is_written = (desk.text)(&file.path).is_none_or(|text| {
                text.get(page.id_place.span().range())
                    .is_some_and(|written| fold(written) == page.folded_id())
            });
            if !is_written {
                let (id, new) = (page.folded_id().into(), after.into());
                self.pages.push(Page { id, new, path: file.path.clone() });
            }
        }
    }

    /// Takes out the pages whose new ids are taken: what names them would name another.
    pub(super) fn leave_taken(&mut self, desk: &Desk<'_>, left: &mut Left) {
        let holders: Vec<Option<FilePath>> = self.pages.iter().map(|page| self.holder(desk, page)).collect();
        let mut holders = holders.into_iter();
        self.pages.retain(|page| match holders.next().flatten() {
            Some(holder) => {
                left.taken.push((page.id.clone(), page.new.clone(), holder));
                false
            }
            None => true,
        });
    }

    /// The file that gives the id which a page is to get to somebody else.
    fn holder(&self, desk: &Desk<'_>, page: &Page) -> Option<FilePath> {
        let new = fold(&page.new);
        let stays = |path: &FilePath| self.pages.iter().all(|other| other.path != *path);
        let known = desk.corpus.entities_with_id(&new);
        let known = known.first.iter().map(|known| &known.file.path).find(|path| stays(path));
        let arrives = || {
            let same = |other: &&Page| other.path != page.path && fold(&other.new) == new;
            self.pages.iter().find(same).map(|other| &other.path)
        };
        let is_settled = || {
            let mut settled = desk.config.settled_names();
            settled.any(|(name, entity)| fold(name) == new && fold(entity) != *page.id)
        };
        known.or_else(arrives).cloned().or_else(|| is_settled().then(|| crate::config::FILE_NAME.into()))
    }

    /// Whether a name means an entity in `file` after the move.
    fn means_entity(&self, corpus: &Corpus, file: &FileFacts, folded: &str) -> bool {
        if self.pages.iter().any(|page| fold(&page.new) == folded) {
            return true;
        }
        match corpus.entity(file, folded) {
            EntityTarget::Nothing => false,
            EntityTarget::One(known) => {
                let is_gone = |page: &Page| *page.id == *folded && page.path == known.file.path;
                !self.pages.iter().any(is_gone)
            }
            EntityTarget::Several => true,
        }
    }

    /// The one article that a slug or a path without its ending leads to after the move.
    fn article(&self, corpus: &Corpus, moves: &Moves, name: &str) -> Option<FilePath> {
        let mut found: Vec<FilePath> = Vec::new();
        for ending in ["md", "markdown", "newsmark"] {
            let path: FilePath = format!("{name}.{ending}").into();
            let stays = || {
                let is_article = corpus.at_path(&path).is_some_and(|id| corpus.slug(id).is_some());
                is_article && !moves.contains_key(&path)
            };
            if self.arrived.contains(&path) || stays() {
                found.push(path);
            }
        }
        if found.is_empty() {
            let known = corpus.slug_ids(name);
            if known.count > known.first.len() {
                return None;
            }
            let paths = known.first.iter().filter_map(|id| corpus.path(*id));
            found.extend(paths.filter(|path| !moves.contains_key(*path)).cloned());
            found.extend(self.slugs.get(name).into_iter().flatten().cloned());
        }
        match &found[..] {
            [one] => Some(one.clone()),
            _ => None,
        }
    }

    /// What has to stand in `file` where one occurrence of the article at `from` stands, so that
    /// it leads to `to`.
    pub(super) fn following(
        &self,
        corpus: &Corpus,
        moves: &Moves,
        file: &FileFacts,
        one: &Occurrence<'_>,
        (from, to): (&FilePath, &FilePath),
    ) -> Form {
        let (name, ending) = match one.word.strip_suffix(".md") {
            Some(name) => (name, ".md"),
            None => (one.word, ""),
        };
        // Of a mention the anchor belongs to the name that an entity might have.
        let anchor = || {
            let is_it = |led: &&crate::corpus::EntityReference| {
                led.role == EntityRole::Mention && led.place.start == one.place.start
            };
            let whole = file.entity_references.iter().find(is_it)?;
            whole.name.find('#').map(|at| &whole.name[at..])
        };
        let anchor = if one.role == Role::Mention { anchor().unwrap_or_default() } else { "" };
        let leads = |name: &str, ending: &str| {
            self.article(corpus, moves, name).as_ref() == Some(to)
                && (one.role != Role::Mention
                    || !self.means_entity(corpus, file, &fold(&format!("{name}{ending}{anchor}"))))
        };
        let (slug, path) = (stem(to), without_ending(to));
        let forms = match *plain(name) == *without_ending(from) {
            true => [path, slug],
            false => [slug, path],
        };
        if leads(&plain(name), ending) {
            return Form::Same;
        }
        let mentions = forms.into_iter().filter(|_| one.role == Role::Mention).map(|form| (form, ".md"));
        let mut all = forms.into_iter().map(|form| (form, ending)).chain(mentions);
        let found = all.find(|(name, ending)| leads(name, ending));
        found.map_or(Form::None, |(name, ending)| Form::Other(format!("{name}{ending}")))
    }
}
