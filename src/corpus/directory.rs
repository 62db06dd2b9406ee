//! All sources, entities and articles by name, for those who type one.
//!
//! Each list is laid out when something is first typed that it is for, those used most first.
//! What comes after that is kept beside it until it is a good many; what goes, or has another
//! name now, is found out when it is looked up. So no answer is stale, and a key press in a
//! registry of thousands does not lay them all out anew.

use std::cmp::Reverse;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::registry::EntityType;
use crate::text::{NameList, Typed};

use super::facts::{FileFacts, FileKind};
use super::registry::{EntityFacts, SourceFacts};
use super::resolve::Known;
use super::tables::{Corpus, FileId};

/// With so many newcomers beside it a list is laid out anew.
const MOST_RECENT: usize = 64;

/// How many sources of an article's own files are looked at.
const MOST_OWN: usize = 2_000;

/// The lists.
#[derive(Debug, Default)]
pub(super) struct Directory {
    /// The keys of registries.
    sources: Part<Box<str>>,
    /// Ids, as compared.
    entities: Part<(Box<str>, Option<EntityType>)>,
    articles: Part<FileId>,
    /// How many files there were when it was begun.
    files: usize,
}

#[derive(Debug)]
struct Part<T> {
    list: OnceLock<NameList<T>>,
    /// What came since, or is otherwise now.
    recent: Vec<T>,
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Part { list: OnceLock::new(), recent: Vec::new() }
    }
}

impl<T: PartialEq> Part<T> {
    fn note(&mut self, is_it: impl Fn(&T) -> bool, new: impl FnOnce() -> T) {
        if self.list.get().is_none() || self.recent.iter().any(is_it) {
            return;
        }
        match self.recent.len() {
            MOST_RECENT.. => *self = Part::default(),
            _ => self.recent.push(new()),
        }
    }

    /// What may go by what was typed, and whether that is all.
    fn find(
        &self,
        typed: &mut Typed,
        most: usize,
        is_wanted: impl Fn(&T) -> bool,
        lay_out: impl FnOnce() -> NameList<T>,
    ) -> (Vec<&T>, bool) {
        let (mut found, is_all) = self.list.get_or_init(lay_out).search(typed, most, &is_wanted);
        found.extend(self.recent.iter().filter(|thing| is_wanted(thing)));
        (found, is_all)
    }
}

impl Directory {
    /// The directory of a corpus that is being read, now with so many files. Lists that were
    /// asked for meanwhile stay until there is twice as much: who types would wait for each
    /// batch otherwise. [`Corpus::decide`] ends that.
    pub(super) fn while_filling(self, files: usize) -> Directory {
        match self.files.max(1) * 2 > files {
            true => self,
            false => Directory { files, ..Directory::default() },
        }
    }

    pub(super) fn note_source(&mut self, key: &str) {
        self.sources.note(|known| **known == *key, || key.into());
    }

    pub(super) fn note_entity(&mut self, entity: &EntityFacts) {
        let id = entity.folded_id();
        self.entities.note(|known| *known.0 == *id && known.1 == entity.kind, || (id.into(), entity.kind));
    }

    pub(super) fn note_article(&mut self, id: FileId) {
        self.articles.note(|known| *known == id, || id);
    }
}

/// Things that may go by what was typed; some may not.
#[derive(Debug)]
pub struct Candidates<T> {
    /// Each once, those used most in the whole corpus first among those that go by it as well.
    pub things: Vec<T>,
    /// Whether there are no others.
    pub complete: bool,
}

impl Corpus {
    /// The sources that `from` can cite by a key, title or author that may be what was typed.
    pub fn sources_typed<'c>(
        &'c self,
        from: &'c FileFacts,
        typed: &mut Typed,
        most: usize,
    ) -> Candidates<Known<'c, SourceFacts>> {
        let (keys, complete) = self.directory.sources.find(typed, most, |_| true, || self.lay_out_sources());
        let bibliographies = from.article.iter().flat_map(|article| &article.bibliographies);
        let named = bibliographies.filter_map(|path| self.file(self.at_path(path)?));
        let own = named.chain([from]).filter(|file| file.kind != FileKind::Registry);
        let own = own.flat_map(|file| &file.sources).take(MOST_OWN).map(|source| &source.key);
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let keys = own.chain(keys).filter(|key| seen.insert(key));
        Candidates { things: keys.filter_map(|key| self.source(from, key)).collect(), complete }
    }

    fn lay_out_sources(&self) -> NameList<Box<str>> {
        let files = self.slots().filter(|(_, slot)| slot.kind == FileKind::Registry && slot.has_sources);
        let files = files.filter_map(|(id, _)| self.file(id));
        let mut all: Vec<(Reverse<usize>, &SourceFacts)> = files
            .flat_map(|file| &file.sources)
            .map(|source| (Reverse(self.uses_of_source(&source.key)), source))
            .collect();
        all.sort_unstable_by(|(a, one), (b, other)| (a, &one.key).cmp(&(b, &other.key)));
        NameList::new(all.into_iter().map(|(_, source)| (source.key.clone(), source.shown_names())))
    }

    /// The entities of the kinds that are wanted, by an id, name or alias that may be what was
    /// typed.
    pub fn entities_typed(
        &self,
        typed: &mut Typed,
        most: usize,
        is_wanted: impl Fn(Option<EntityType>) -> bool,
    ) -> Candidates<Known<'_, EntityFacts>> {
        let is_wanted = |(_, kind): &(Box<str>, Option<EntityType>)| is_wanted(*kind);
        let part = &self.directory.entities;
        let (ids, complete) = part.find(typed, most, is_wanted, || self.lay_out_entities());
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let ids = ids.into_iter().map(|(id, _)| id).filter(|id| seen.insert(id));
        Candidates { things: ids.filter_map(|id| self.by_id(id)).collect(), complete }
    }

    fn lay_out_entities(&self) -> NameList<(Box<str>, Option<EntityType>)> {
        let files = self.slots().filter(|(_, slot)| slot.has_entities);
        let files = files.filter_map(|(id, _)| self.file(id));
        let mut all: Vec<(Reverse<usize>, &EntityFacts)> = files
            .flat_map(|file| &file.entities)
            .map(|entity| (Reverse(self.uses_of_entity(entity)), entity))
            .collect();
        all.sort_unstable_by(|(a, one), (b, other)| (a, one.folded_id()).cmp(&(b, other.folded_id())));
        let things = all.into_iter().map(|(_, entity)| ((entity.folded_id().into(), entity.kind), entity));
        NameList::new(things.map(|(thing, entity)| (thing, entity.shown_names())))
    }

    /// The articles whose slug or path may be what was typed, the latest first.
    pub fn articles_typed(&self, typed: &mut Typed, most: usize) -> Candidates<FileId> {
        let part = &self.directory.articles;
        let (ids, complete) = part.find(typed, most, |_| true, || self.lay_out_articles());
        let mut seen: FxHashSet<FileId> = FxHashSet::default();
        let there = |id: &FileId| seen.insert(*id) && self.slug(*id).is_some();
        Candidates { things: ids.into_iter().copied().filter(there).collect(), complete }
    }

    fn lay_out_articles(&self) -> NameList<FileId> {
        let mut all: Vec<_> = self
            .slots()
            .filter_map(|(id, slot)| Some((Reverse(slot.day), &slot.path, id, slot.slug.as_deref()?)))
            .collect();
        all.sort_unstable();
        NameList::new(all.into_iter().map(|(_, path, id, slug)| {
            let path = crate::text::without_ending(path);
            (id, [slug].into_iter().chain((path != slug).then_some(path)))
        }))
    }

    /// What others call an article: its slug, or its path without the ending where another has
    /// the slug.
    #[must_use]
    pub fn article_name(&self, id: FileId) -> Option<&str> {
        let slug = self.slug(id)?;
        match self.article_ids(slug).first[..] {
            [one] if one == id => Some(slug),
            _ => Some(crate::text::without_ending(self.path(id)?)),
        }
    }

    /// How many files use the key of a source.
    #[must_use]
    pub fn uses_of_source(&self, key: &str) -> usize {
        self.keys.get(key).map_or(0, |slot| slot.users.len())
    }

    /// How often files use a name of an entity: each name counts.
    #[must_use]
    pub fn uses_of_entity(&self, entity: &EntityFacts) -> usize {
        entity.names.iter().map(|(_, name)| self.uses_of_name(name)).sum()
    }

    /// How many files use a name, as compared. Those are not counted in which a source that is
    /// not on record is by somebody of that name: who is offered first would tell who it is.
    #[must_use]
    pub fn uses_of_name(&self, folded: &str) -> usize {
        let Some(slot) = self.names.get(folded) else { return 0 };
        let hidden = self.protected.files_behind(folded).into_iter();
        slot.users.len() - hidden.filter(|file| slot.users.contains(*file)).count()
    }

    /// The ids by which other articles refer to claims of `file` that are not there; of very
    /// many articles some.
    #[must_use]
    pub fn claims_missed(&self, file: &FileFacts) -> Vec<&str> {
        /// So many articles are looked at.
        const MOST: usize = 32;
        let Some(id) = self.at_path(&file.path) else { return Vec::new() };
        let names = [self.slug(id).unwrap_or_default(), file.path_without_ending()];
        let users = names.iter().filter_map(|name| self.article_users.get(*name));
        let users = users.flat_map(|users| users.iter()).take(MOST).filter_map(|user| self.file(user));
        let references = users.flat_map(|user| user.article.iter().flat_map(|one| &one.claim_references));
        let missed = references.filter(|one| {
            one.article.as_deref().is_some_and(|name| names.contains(&name)) && file.anchor(&one.id).is_none()
        });
        let mut ids: Vec<&str> = missed.map(|one| &*one.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl EntityFacts {
    /// What it goes by, as written: its id, its name where that is another, its aliases.
    pub fn shown_names(&self) -> impl Iterator<Item = &str> {
        let name = (self.name != self.id).then_some(&*self.name);
        let is_name = |alias: &&str| **alias != *self.name && **alias != *self.id;
        let aliases = self.aliases.iter().map(|alias| &**alias).filter(is_name);
        [&*self.id].into_iter().chain(name).chain(aliases)
    }
}

impl SourceFacts {
    /// What it may be looked for by: its key, title, author and publisher; of one that is not on
    /// record its key alone.
    pub fn shown_names(&self) -> impl Iterator<Item = &str> {
        let others = [&self.title, &self.author, &self.publisher].into_iter().flatten();
        [&*self.key].into_iter().chain(others.map(|name| &**name).filter(|_| !self.protected))
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Change, Corpus};
    use crate::lint::{self, FileRole};
    use crate::text::Typed;

    fn sources(text: &str) -> Change {
        Change::Put(Box::new(lint::read(&"sources.yaml".into(), text, FileRole::Sources)))
    }

    fn found(corpus: &Corpus, typed: &str) -> Vec<String> {
        let from = crate::corpus::FileFacts::nowhere();
        let mut typed = Typed::new(typed);
        let found = corpus.sources_typed(&from, &mut typed, 100);
        let mut keys: Vec<String> = found.things.iter().map(|known| known.what.key.to_string()).collect();
        keys.sort();
        keys
    }

    #[test]
    fn what_comes_and_goes_is_found_and_not() {
        let mut corpus = Corpus::default();
        corpus.apply([sources("- id: wire-1\n  title: Old\n- id: wire-2\n")]);
        assert_eq!(found(&corpus, "wire"), ["wire-1", "wire-2"]);
        corpus.apply([sources("- id: wire-2\n- id: wire-3\n")]);
        assert_eq!(found(&corpus, "wire"), ["wire-2", "wire-3"]);
        // More than are kept beside the list.
        let many: String = (10..200).map(|number| format!("- id: wire-{number}\n")).collect();
        corpus.apply([sources(&many)]);
        let begin = |key: &&String| key.starts_with("wire-11");
        assert_eq!(found(&corpus, "wire-11").iter().filter(begin).count(), 11);
    }

    #[test]
    fn while_a_corpus_is_read_there_is_what_was_there_and_in_the_end_all() {
        let file = |number: usize| {
            let text = format!("- id: wire-{number}\n");
            let path = format!("{number}/sources.yaml").as_str().into();
            Change::Put(Box::new(lint::read(&path, &text, FileRole::Sources)))
        };
        let mut corpus = Corpus::default();
        for number in 0..40 {
            corpus.fill([file(number)]);
            let there = found(&corpus, "wire").len();
            assert!(there * 2 > number && there <= number + 1, "{there} of {number}");
        }
        corpus.decide([]);
        assert_eq!(found(&corpus, "wire").len(), 40);
    }
}
