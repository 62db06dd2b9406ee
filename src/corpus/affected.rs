//! Which files a change touches.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::data::date::Date;
use crate::diagnostic::FilePath;
use crate::text::Position;

use super::article::{ClaimReference, ClaimRelation};
use super::entries::Effect;
use super::event_dates;
use super::facts::{FileFacts, FileKind};
use super::figures::TouchedFigures;
use super::file_set::FileSet;
use super::patch::FirstNumbers;
use super::protected::beginnings;
use super::quotation_index::{TouchedQuotes, name_key};
use super::registry::{EntityFacts, NameKind, SourceFacts};
use super::tables::{Corpus, Entry, FileId, article_of, keys_used, names_used};

/// What was different before or after a batch of changes.
#[derive(Default)]
pub(super) struct Touched {
    /// Whether nobody asks.
    is_unasked: bool,
    files: FxHashSet<FileId>,
    /// Registries of which only some entries came or went: the keys of those that are sources.
    parts: BTreeMap<FileId, BTreeSet<Box<str>>>,
    /// The numbers of these entries.
    entries: BTreeMap<FileId, BTreeSet<u32>>,
    /// Names that are held or used by what changed, as compared.
    names: FxHashSet<Box<str>>,
    keys: FxHashSet<Box<str>>,
    /// Slugs and paths of articles.
    articles: FxHashSet<Box<str>>,
    /// Those to which claims that came or went are an answer: it is offered there.
    answered: FxHashSet<Box<str>>,
    /// Articles that are withdrawn, hashed: what went and what came.
    withdrawn: [Vec<u64>; 2],
    paths: FxHashSet<FilePath>,
    /// What names and keys there were before, of those that what changed holds: how
    /// anything went by the name, if anything did, and the files that defined the key.
    names_before: FxHashMap<Box<str>, Option<NameKind>>,
    keys_before: FxHashMap<Box<str>, Vec<FileId>>,
    /// Names of which the holders changed, not only the users.
    held: FxHashSet<Box<str>>,
    held_keys: FxHashSet<Box<str>>,
    /// The beginnings of names that a source which came or went protects.
    protected: FxHashSet<u32>,
    /// The dates of events that went or came.
    event_dates: Vec<(Box<str>, Date)>,
    /// What can be offered anywhere, hashed: what went and what came.
    offered: [Vec<u64>; 2],
    /// What is offered without being laid out to be looked up, likewise: the claims and headings
    /// to those who name their article, and the lines on which entries can be added to registries.
    unlisted: [Vec<u64>; 2],
    /// What is quoted.
    quotes: TouchedQuotes,
    figures: TouchedFigures,
}

impl Touched {
    /// For changes of which nobody asks what they touch.
    pub(super) fn nothing() -> Self {
        Touched { is_unasked: true, ..Touched::default() }
    }

    /// Whether nobody asks what the changes touch.
    pub(super) fn is_unasked(&self) -> bool {
        self.is_unasked
    }

    /// Where to note what is quoted, unless nobody asks.
    pub(super) fn quotes(&mut self) -> Option<&mut TouchedQuotes> {
        (!self.is_unasked).then_some(&mut self.quotes)
    }

    /// Remembers what there is of the names and keys of a file that is about to come or go.
    pub(super) fn remember(&mut self, corpus: &Corpus, facts: &FileFacts) {
        if self.is_unasked {
            return;
        }
        for (_, name) in facts.entities.iter().flat_map(|entity| &entity.names) {
            if !self.names_before.contains_key(name) {
                self.names_before.insert(name.clone(), held(corpus, name));
            }
        }
        for source in &facts.sources {
            if !self.keys_before.contains_key(&source.key) {
                self.keys_before.insert(source.key.clone(), defining(corpus, &source.key));
            }
        }
        self.figures.remember(corpus, facts);
    }

    /// Every file that is there and may lead nowhere otherwise than before. A registry that
    /// is edited holds thousands of names that still stand for what they did: whoever uses
    /// those is not looked at.
    pub(super) fn asking_anew(&self, corpus: &Corpus) -> Vec<FileId> {
        let mut files = self.files.clone();
        let mut add = |users: Option<&FileSet>| files.extend(users.into_iter().flat_map(FileSet::iter));
        for name in self.names_before.iter().filter(|(name, before)| held(corpus, name) != **before) {
            let settled = corpus.settled_as(name.0).map(|name| &**name);
            for name in settled.chain([&**name.0]) {
                add(corpus.names.get(name).map(|slot| &slot.users));
            }
        }
        for key in self.keys_before.iter().filter(|(key, files)| defining(corpus, key) != **files) {
            add(corpus.keys.get(key.0).map(|slot| &slot.users));
        }
        self.articles.iter().for_each(|article| add(corpus.article_users.get(article)));
        self.paths.iter().for_each(|path| add(corpus.path_users.get(path)));
        files.into_iter().collect()
    }

    /// Notes a file that comes (or goes).
    pub(super) fn note(&mut self, id: FileId, facts: &FileFacts, comes: bool) {
        if self.is_unasked {
            return;
        }
        self.files.insert(id);
        self.note_entries(facts, FirstNumbers::default(), comes);
        self.figures.note(id, facts, comes);
        self.event_dates.extend(event_dates::given(facts));
        let comes = usize::from(comes);
        claims(facts, &mut self.unlisted[comes]);
        self.paths.insert(facts.path.clone());
        if let Some(article) = article_of(facts) {
            self.articles.insert(article.slug.clone());
            self.articles.insert(crate::text::without_ending(&facts.path).into());
            if article.retracted {
                self.withdrawn[comes].push(hash(&facts.path));
            }
            let answers = |reference: &&ClaimReference| reference.relation == ClaimRelation::Answers;
            let named = article.claim_references.iter().filter(answers);
            self.answered.extend(named.filter_map(|reference| reference.article.clone()));
        }
    }

    /// Notes a part of a registry that comes (or goes).
    pub(super) fn note_part(&mut self, id: FileId, part: &FileFacts, first: FirstNumbers, comes: bool) {
        if self.is_unasked {
            return;
        }
        self.parts.entry(id).or_default().extend(part.sources.iter().map(|source| source.key.clone()));
        let entries = self.entries.entry(id).or_default();
        entries.extend((first.entity..).zip(&part.entities).map(|(number, _)| number));
        entries.extend((first.source..).zip(&part.sources).map(|(number, _)| number));
        self.note_entries(part, first, comes);
    }

    /// Notes what a file, or a part of it, defines and uses.
    fn note_entries(&mut self, facts: &FileFacts, first: FirstNumbers, comes: bool) {
        if facts.kind == FileKind::Registry {
            // The bytes before its end do not matter to whoever is told the line.
            let Position { line, column, .. } = facts.end.end;
            self.unlisted[usize::from(comes)].push(hash(&(&facts.path, line, column)));
        }
        offers(facts, first, &mut self.offered[usize::from(comes)]);
        self.note_moved(&facts.entities, &facts.sources);
        self.protected.extend(facts.sources.iter().flat_map(beginnings));
        self.names.extend(names_used(facts).cloned());
        self.keys.extend(keys_used(facts).cloned());
    }

    /// Notes entries that come, or go, or stand on other lines now: what is said elsewhere may
    /// point at them. A client is told lines and columns, so those of which only the bytes
    /// before them are more or fewer are what they were.
    pub(super) fn note_moved(&mut self, entities: &[EntityFacts], sources: &[SourceFacts]) {
        if self.is_unasked {
            return;
        }
        let names = entities.iter().flat_map(|entity| &entity.names);
        self.held.extend(names.map(|(_, name)| name.clone()));
        self.held_keys.extend(sources.iter().map(|source| source.key.clone()));
    }

    /// Notes a file that comes (or goes) and holds nothing that newsmark reads.
    pub(super) fn note_other(&mut self, path: &FilePath, comes: bool) {
        if self.is_unasked {
            return;
        }
        self.paths.insert(path.clone());
        self.offered[usize::from(comes)].push(hash(path));
    }

    /// Notes files with something that is in another ring of sources than before.
    pub(super) fn note_rings(&mut self, files: impl IntoIterator<Item = FileId>) {
        self.files.extend(files);
    }

    /// Whether anything came or went that could be offered anywhere. While somebody writes
    /// prose, nothing does.
    pub(super) fn changes_offers(&mut self) -> bool {
        are_different(&mut self.offered)
    }

    /// The parts of registries that came or went, but for those of `files`: the keys of the
    /// sources in them.
    pub(super) fn parts_beside(&self, files: &[FileId]) -> Vec<(FileId, Box<str>)> {
        let parts = self.parts.iter().filter(|(id, _)| !files.contains(id));
        parts.flat_map(|(id, keys)| keys.iter().map(|key| (*id, key.clone()))).collect()
    }

    /// Every file that is there and may be judged otherwise than before, and what of a registry.
    pub(super) fn effect(mut self, corpus: &Corpus) -> Effect {
        // Those that are not touched but for their parts, as far as is known.
        let in_part: Vec<FileId> = self.parts.keys().copied().filter(|id| !self.files.contains(id)).collect();
        self.files.extend(self.parts.keys());
        self.close(corpus);
        self.note_snapshots(corpus);
        self.note_sources(corpus);
        self.note_withdrawn(corpus);
        self.note_quotes(corpus);
        self.close_sources(corpus);
        let naming = self.naming(corpus);
        let figures = self.figures.files(corpus, &self.files, self.held_keys.iter());
        let mut files: FxHashSet<FileId> = std::mem::take(&mut self.files);
        in_part.iter().for_each(|id| {
            files.remove(id);
        });
        files.extend(figures);
        if are_different(&mut self.offered) || are_different(&mut self.unlisted) {
            files.extend(&corpus.asking);
        }
        for (name, date) in &self.event_dates {
            files.extend(corpus.contradicted(name, date));
        }
        let held = || self.held.iter().filter_map(|name| corpus.names.get(name));
        files.extend(held().flat_map(|slot| slot.headlines.iter()));
        let articles = self.articles.iter().filter_map(|article| corpus.article_users.get(article));
        files.extend(articles.flat_map(|users| users.iter()));
        files.extend(self.answered.iter().flat_map(|name| corpus.article_ids(name).first));
        // Whether a slug still means one article decides who is taken to refer to it.
        let same = self.articles.iter().filter_map(|slug| corpus.slugs.get(&**slug));
        files.extend(same.flat_map(|same| same.files.iter()));
        files.extend(naming);
        let paths = self.paths.iter().filter_map(|path| corpus.path_users.get(path));
        files.extend(paths.flat_map(|users| users.iter()));
        corpus.quotations.add_files(&self.quotes, &mut files);
        let entries = match in_part[..] {
            [id] if !files.contains(&id) => self.entries_of(corpus, id).map(|entries| (id, entries)),
            _ => None,
        };

        // What follows touches no more of a registry than the entries with these names and keys.
        files.extend(in_part);
        files.extend(held().flat_map(|slot| slot.users.iter()));
        // Where only the use changed, what is defined may have become used or unused.
        let named = held().chain(self.names.iter().filter_map(|name| corpus.names.get(name)));
        files.extend(named.flat_map(|slot| slot.holders.iter().map(|(_, (file, _))| file)));
        let held = || self.held_keys.iter().filter_map(|key| corpus.keys.get(key));
        files.extend(held().flat_map(|slot| slot.users.iter()));
        let named = held().chain(self.keys.iter().filter_map(|key| corpus.keys.get(key)));
        files.extend(named.flat_map(|slot| slot.holders.iter().map(|(file, _)| file)));
        let mut files: Vec<FileId> = files.into_iter().filter(|id| corpus.slot(*id).is_some()).collect();
        files.sort_unstable();
        Effect { files, entries }
    }

    /// The entries of a registry, of which parts came and went, that may be judged otherwise.
    fn entries_of(&self, corpus: &Corpus, id: FileId) -> Option<BTreeSet<u32>> {
        let facts = corpus.file(id)?;
        if !facts.entities.is_empty() && !facts.sources.is_empty() {
            return None;
        }
        let mut numbers = self.entries.get(&id)?.clone();
        let names = || self.held.iter().chain(&self.names).filter_map(|name| corpus.names.get(name));
        let holders = names().flat_map(|slot| slot.holders.iter().map(|(_, entry)| entry));
        let keys = self.held_keys.iter().chain(&self.keys).filter_map(|key| corpus.keys.get(key));
        let holders = holders.chain(keys.flat_map(|slot| slot.holders.iter()));
        numbers.extend(holders.filter(|(file, _)| *file == id).map(|(_, number)| number));
        let mut names: FxHashSet<&str> = self.held.iter().chain(&self.names).map(|name| &**name).collect();
        let is_shared = |name: &str| corpus.names.get(name).is_some_and(|slot| slot.holders.len() > 1);
        names.retain(|name| self.held.contains(*name) || is_shared(name));
        // That a name is one of several entities' is said once in a file, of all that use it.
        loop {
            numbers.extend(facts.entries_using(&names, &self.held_keys));
            let count = names.len();
            let more = numbers.iter().flat_map(|number| facts.names_used_in(*number));
            names.extend(more.filter(|name| is_shared(name)));
            if names.len() == count {
                break;
            }
        }
        Some(numbers)
    }

    /// The articles with words of a name that a source which changed protects, or by which an
    /// entity goes that changed.
    fn naming(&self, corpus: &Corpus) -> Vec<FileId> {
        let users = self.protected.iter().filter_map(|hash| corpus.protected.users(*hash));
        let mut files: Vec<FileId> = users.flat_map(FileSet::iter).collect();
        if !self.held.is_empty() {
            files.extend(corpus.protected.users_of_names(|name| self.held.contains(name)));
        }
        files
    }

    /// Adds the keys of the sources whose stored text came, went or changed: what is quoted from
    /// them is compared with it.
    fn note_snapshots(&mut self, corpus: &Corpus) {
        for path in self.paths.iter().filter(|path| corpus.is_snapshot(path)) {
            let users = corpus.path_users.get(path).into_iter().flat_map(FileSet::iter);
            for file in users.filter(|id| corpus.has_sources(*id)).filter_map(|id| corpus.file(id)) {
                let own = file.sources.iter().filter(|source| source.snapshot.as_ref() == Some(path));
                self.held_keys.extend(own.map(|source| source.key.clone()));
            }
        }
    }

    /// Adds what is compared with the quotations of those who go by a name that changed, or
    /// whose speaker follows from a source that did: by whom they are said depends on it.
    fn note_quotes(&mut self, corpus: &Corpus) {
        if corpus.quotations.is_empty() || self.held.is_empty() && self.held_keys.is_empty() {
            return;
        }
        let voices: FxHashSet<u32> = self.held.iter().map(|name| name_key(name)).collect();
        let names = self.held.iter().filter_map(|name| corpus.names.get(name));
        let mut files: FxHashSet<FileId> = names.flat_map(|slot| slot.users.iter()).collect();
        // What an article settles or cites may be anybody's word.
        let any = |id: &FileId| corpus.has_own_meanings(*id);
        corpus.quotations.touch(
            &files,
            |id, speaker| any(&id) || voices.contains(&speaker),
            &mut self.quotes,
        );
        let keys = self.held_keys.iter().filter_map(|key| corpus.keys.get(key));
        files.clear();
        files.extend(keys.flat_map(|slot| slot.users.iter()));
        corpus.quotations.touch(&files, |_, _| true, &mut self.quotes);
    }

    /// Adds the keys of the sources that an entity which changed wrote or issued: who is
    /// taken to speak in an article depends on them.
    fn note_sources(&mut self, corpus: &Corpus) {
        let users =
            self.held.iter().filter_map(|name| corpus.names.get(name)).flat_map(|slot| slot.users.iter());
        let files: FxHashSet<FileId> = users.filter(|id| corpus.has_sources(*id)).collect();
        for file in files.into_iter().filter_map(|id| corpus.file(id)) {
            for source in &file.sources {
                let mut people = source.author.iter().chain(&source.issuer).chain(&source.publisher);
                if people.any(|name| self.held.contains(name)) {
                    self.held_keys.insert(source.key.clone());
                }
            }
        }
        self.note_shielded(corpus);
    }

    /// Adds the keys of the sources that shield somebody who goes by a name that changed, or
    /// shares one that did: an article that cites them must not have any of the names.
    fn note_shielded(&mut self, corpus: &Corpus) {
        if self.held.is_empty() || corpus.protected.is_empty() {
            return;
        }
        let holders = self.held.iter().filter_map(|name| corpus.names.get(name));
        let entities =
            holders.flat_map(|slot| slot.holders.iter()).filter_map(|(_, entry)| corpus.known(entry));
        let mut names: FxHashSet<Box<str>> = self.held.iter().cloned().collect();
        names.extend(entities.flat_map(|entity| entity.what.names.iter().map(|(_, name)| name.clone())));
        let sources = corpus.protected.holders_of_names(|name| names.contains(name));
        let keys = sources.filter_map(|entry| Some(corpus.known_source(entry)?.what.key.clone()));
        self.held_keys.extend(keys);
    }

    /// Adds the keys of the sources that are articles which were withdrawn, or are so no more.
    fn note_withdrawn(&mut self, corpus: &Corpus) {
        if !are_different(&mut self.withdrawn) {
            return;
        }
        let users = self.articles.iter().filter_map(|article| corpus.article_users.get(article));
        let files: FxHashSet<FileId> =
            users.flat_map(FileSet::iter).filter(|id| corpus.has_sources(*id)).collect();
        for file in files.into_iter().filter_map(|id| corpus.file(id)) {
            let is_one = |source: &&SourceFacts| {
                source.article.as_ref().is_some_and(|article| self.articles.contains(article))
            };
            let keys: Vec<Box<str>> =
                file.sources.iter().filter(is_one).map(|source| source.key.clone()).collect();
            self.held_keys.extend(keys);
        }
    }

    /// Adds the keys of the sources that one which changed took the place of, since what is
    /// proposed instead of them depends on it, and of those that relay it: where they come
    /// from does.
    fn close_sources(&mut self, corpus: &Corpus) {
        let mut open: Vec<Box<str>> = self.held_keys.iter().cloned().collect();
        let mut read: FxHashSet<FileId> = FxHashSet::default();
        let mut leading: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        while let Some(key) = open.pop() {
            let Some(slot) = corpus.keys.get(&key) else { continue };
            // Whatever names the key as its successor, or relays it, uses it, so its file is
            // among these.
            for facts in slot
                .users
                .iter()
                .filter(|user| corpus.has_sources(*user) && read.insert(*user))
                .filter_map(|user| corpus.file(user))
            {
                for source in &facts.sources {
                    for named in source.superseded_by.iter().chain(&source.relays) {
                        leading.entry(named).or_default().push(&source.key);
                    }
                }
            }
            for other in leading.get(&*key).into_iter().flatten() {
                if self.held_keys.insert((*other).into()) {
                    open.push((*other).into());
                }
            }
        }
    }

    /// Adds the names of what is part of, or speaks for, something that changed: who may
    /// answer for whom depends on what is above them.
    fn close(&mut self, corpus: &Corpus) {
        let mut open: Vec<Box<str>> = self.held.iter().cloned().collect();
        let mut seen: FxHashSet<Entry> = FxHashSet::default();
        while let Some(name) = open.pop() {
            // Names that the configuration settles on it are used by others.
            for settled in corpus.settled_as(&name) {
                if self.held.insert(settled.clone()) {
                    open.push(settled.clone());
                }
            }
            let Some(slot) = corpus.names.get(&name) else { continue };
            // The other names of what goes by this one, and of what refers to it.
            let holders = slot.holders.iter().map(|(_, entry)| entry);
            for entry in holders.chain(slot.entries.iter()) {
                // An entity is met again by each of its names.
                if !seen.insert(entry) {
                    continue;
                }
                let (file, number) = entry;
                let Some(entity) = corpus.file(file).and_then(|facts| facts.entities.get(number as usize))
                else {
                    continue;
                };
                for (_, name) in &entity.names {
                    if self.held.insert(name.clone()) {
                        open.push(name.clone());
                    }
                }
            }
        }
    }
}

/// What a name is at best to those who go by it: some places take an id and nothing else.
fn held(corpus: &Corpus, name: &str) -> Option<NameKind> {
    corpus.names.get(name)?.holders.first().map(|(kind, _)| kind)
}

/// The files that define a key, in order.
fn defining(corpus: &Corpus, key: &str) -> Vec<FileId> {
    let mut files: Vec<FileId> =
        corpus.keys.get(key).into_iter().flat_map(|slot| slot.holders.iter().map(|(file, _)| file)).collect();
    files.dedup();
    files
}

/// All in a file that can be offered anywhere, hashed each on its own: names, keys, the
/// file itself, and how an entry can be added.
fn offers(facts: &FileFacts, first: FirstNumbers, out: &mut Vec<u64>) {
    out.push(hash(&facts.path));
    if facts.kind == FileKind::Registry {
        out.push(hash(&(&facts.path, facts.stub)));
    }
    if facts.kind != FileKind::Article {
        let numbered = (first.source..).zip(&facts.sources);
        out.extend(numbered.map(|(number, source)| hash(&(&facts.path, number, &source.key))));
    }
    for (number, entity) in (first.entity..).zip(&facts.entities) {
        let EntityFacts { id, name, aliases, kind, .. } = entity;
        out.push(hash(&(&facts.path, number, id, name, aliases, kind)));
    }
    if let Some(article) = article_of(facts) {
        out.push(hash(&(&facts.path, &article.slug)));
    }
}

/// The claims and headings of an article, hashed each on its own: wiki links may lead to both.
fn claims(facts: &FileFacts, out: &mut Vec<u64>) {
    let anchors = article_of(facts).into_iter().flat_map(|article| &article.anchors);
    out.extend(anchors.map(|anchor| hash(&(&facts.path, &anchor.id, anchor.is_claim))));
}

/// Whether what went and what came are not the same.
fn are_different([went, came]: &mut [Vec<u64>; 2]) -> bool {
    went.sort_unstable();
    came.sort_unstable();
    went != came
}

fn hash(what: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    what.hash(&mut hasher);
    hasher.finish()
}
