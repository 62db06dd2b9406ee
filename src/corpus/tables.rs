//! The tables over all files, and their one writer.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::FilePath;
use crate::text::fold;

use super::affected::Touched;
use super::directory::Directory;
use super::entries::Effect;
use super::event_dates::{self, EventTable};
use super::facts::{FileFacts, FileKind, PointerRole};
use super::figures::FigureTable;
use super::file_set::{FileSet, SortedSet};
use super::files::Slot;
use super::headline::headline_names;
use super::name_index::Names;
use super::offers::Offers;
use super::packed::{Packed, RuleNames};
use super::patch::{FirstNumbers, Patch, StillUsed};
use super::protected::ProtectedTable;
use super::provenance::Provenance;
use super::quotation_index::QuotationIndex;
use super::registry::{EntityFacts, NameKind};
use super::resolve::article_link_parts;
use super::snapshots::{Obstacle, SnapshotFacts, Snapshots};

/// A file's number in the corpus, for as long as the file is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(super) u32);

/// Something that happened to a file.
#[derive(Debug)]
pub enum Change {
    /// It is new, or holds something else now. Its facts stay as they are: for registries
    /// and open files.
    Put(Box<FileFacts>),
    /// The same, with its facts as they are kept: for what nobody is writing at.
    PutPacked(Box<FileFacts>, Packed),
    /// Some entries of a registry are others now: one that is there and not packed, and holds
    /// what the patch was made from.
    Patch(Box<Patch>),
    /// It is there, and holds nothing that newsmark reads: a picture.
    Other(FilePath),
    /// It is what a source names as its stored text.
    Snapshot(FilePath, SnapshotFacts),
    /// It is gone.
    Remove(FilePath),
}

impl Change {
    /// The file that it happens to.
    #[must_use]
    pub fn path(&self) -> &FilePath {
        match self {
            Change::Put(facts) | Change::PutPacked(facts, _) => &facts.path,
            Change::Patch(patch) => &patch.facts.path,
            Change::Other(path) | Change::Snapshot(path, _) | Change::Remove(path) => path,
        }
    }

    /// The change that puts a file in that nobody is writing at. What others look things up
    /// in all the time, registries and pages of entities, is not packed. Best called where
    /// the file is read, side by side with others.
    #[must_use]
    pub fn at_rest(mut facts: FileFacts, rules: RuleNames) -> Change {
        let packed = match facts.kind {
            FileKind::Article => Packed::new(&facts, rules),
            _ => None,
        };
        match packed {
            Some(packed) => Change::PutPacked(Box::new(facts), packed),
            None => {
                facts.shrink_to_fit();
                Change::Put(Box::new(facts))
            }
        }
    }
}

/// An entry of a registry: the file and the entry's number in it.
pub(super) type Entry = (FileId, u32);

/// The first of many that share something, in the order of their paths and places, and
/// how many there are. Put in order when it is first asked for, and kept until one comes
/// or goes: however often the many are looked up, they are gone through once.
#[derive(Debug)]
pub(super) struct Listing<T> {
    pub(super) first: Box<[T]>,
    pub(super) count: usize,
}

/// Who goes by a name, and who uses it.
#[derive(Debug, Default)]
pub(super) struct Name {
    /// By kind of name, then file and number.
    pub(super) holders: SortedSet<[(NameKind, Entry); 1]>,
    pub(super) users: FileSet,
    /// Articles that may have it in their headline, and have it nowhere else.
    pub(super) headlines: FileSet,
    /// Entries that refer to it.
    pub(super) entries: SortedSet<[Entry; 1]>,
    /// Those of the best kind, where there are several holders.
    pub(super) listing: OnceLock<Box<Listing<Entry>>>,
}

/// Who defines a key, and who uses it.
#[derive(Debug, Default)]
pub(super) struct Key {
    pub(super) holders: SortedSet<[Entry; 1]>,
    pub(super) users: FileSet,
    /// Those in registries, where there are several holders.
    pub(super) registered: OnceLock<Box<Listing<Entry>>>,
}

/// The articles of a slug.
#[derive(Debug, Default)]
pub(super) struct SameSlug {
    pub(super) files: FileSet,
    /// In the order of their paths, where there are several.
    pub(super) listing: OnceLock<Box<Listing<FileId>>>,
}

/// All files and what a name stands for.
#[derive(Debug, Default)]
pub struct Corpus {
    pub(super) files: Vec<Option<Slot>>,
    free: Vec<FileId>,
    /// Files that were unpacked because something was looked up in them.
    pub(super) unpacked: Mutex<Vec<FileId>>,
    pub(super) by_path: FxHashMap<FilePath, FileId>,
    /// By folded name.
    pub(super) names: FxHashMap<Box<str>, Name>,
    /// Sources by key.
    pub(super) keys: FxHashMap<Box<str>, Key>,
    /// Articles by slug.
    pub(super) slugs: FxHashMap<Arc<str>, SameSlug>,
    /// Who refers to an article, by the slug or path that they write.
    pub(super) article_users: FxHashMap<Box<str>, FileSet>,
    /// Who links to or names a file, by its path.
    pub(super) path_users: FxHashMap<FilePath, FileSet>,
    /// All of them, to be looked through.
    pub(super) name_index: Names,
    /// When articles say that events took place, by the name that they use.
    pub(super) event_dates: EventTable,
    /// How many articles name a file as a bibliography.
    pub(super) bibliographies: FxHashMap<FilePath, u32>,
    /// Names that stand nowhere, and where they do.
    pub(super) protected: ProtectedTable,
    /// Files that are there but hold nothing that newsmark reads: pictures, snapshots.
    pub(super) others: FxHashSet<FilePath>,
    pub(super) snapshots: Snapshots,
    /// What is quoted, by its words.
    pub(super) quotations: QuotationIndex,
    /// The figures of events.
    pub(super) figures: FigureTable,
    /// Files with something that leads nowhere: what is suggested there depends on all
    /// that is defined.
    pub(super) asking: BTreeSet<FileId>,
    /// Files of which it has not been looked at whether they ask.
    undecided: Vec<FileId>,
    /// What is offered to them.
    pub(super) offers: Offers,
    /// What can be typed.
    pub(super) directory: Directory,
    /// Who passes on whom.
    pub(super) provenance: Provenance,
    /// Names that the configuration settles: folded name to folded id.
    pub(super) settled: FxHashMap<Box<str>, Box<str>>,
    /// The same the other way round.
    pub(super) settled_on: FxHashMap<Box<str>, Vec<Box<str>>>,
}

impl Corpus {
    /// An empty corpus, in which `names` (name, id) are settled.
    #[must_use]
    pub fn new<'n>(names: impl IntoIterator<Item = (&'n str, &'n str)>) -> Self {
        let mut corpus = Corpus::default();
        for (name, id) in names {
            let (name, id): (Box<str>, Box<str>) = (fold(name).into(), fold(id).into());
            corpus.settled_on.entry(id.clone()).or_default().push(name.clone());
            corpus.settled.insert(name, id);
        }
        corpus
    }

    /// The file at `path`.
    #[must_use]
    pub fn at_path(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// Says that these files are there, though they hold nothing that newsmark reads: for
    /// a corpus that is being built, of which no file has been judged yet.
    pub fn add_others(&mut self, paths: impl IntoIterator<Item = FilePath>) {
        self.others.extend(paths);
        self.offers = Offers::default();
    }

    /// Paths that articles and registries name and that are no file known so far.
    #[must_use]
    pub fn unknown_paths(&self) -> Vec<FilePath> {
        let is_unknown = |path: &&FilePath| !self.is_there(path) || self.is_unseen_snapshot(path);
        let mut unknown: Vec<FilePath> = self.path_users.keys().filter(is_unknown).cloned().collect();
        unknown.sort();
        unknown
    }

    /// Those of them that one file names.
    #[must_use]
    pub fn unknown_paths_of(&self, facts: &FileFacts) -> Vec<FilePath> {
        let is_unknown = |path: &&FilePath| !self.is_there(path) || self.is_unseen_snapshot(path);
        paths_used(facts).filter(is_unknown).cloned().collect()
    }

    /// Whether a file is named as a source's stored text and has not been looked at since it
    /// came or changed.
    #[must_use]
    pub fn asks_for_snapshot(&self, path: &str) -> bool {
        self.is_there(path) && self.is_unseen_snapshot(path)
    }

    /// Whether something in the corpus names a file of that path.
    #[must_use]
    pub fn is_asked_for(&self, path: &str) -> bool {
        self.path_users.contains_key(path)
    }

    /// Puts files in without asking what that touches: for a corpus that is being built, of
    /// which no file has been judged yet.
    pub fn fill(&mut self, files: impl IntoIterator<Item = Change>) {
        let mut touched = Touched::nothing();
        let directory = std::mem::take(&mut self.directory);
        for change in files {
            let id = self.change(change, &mut touched);
            self.undecided.extend(id);
            self.rest();
        }
        self.directory = directory.while_filling(self.by_path.len());
        self.find_protected();
        self.protected.forget();
        self.figures.forget_conflicts();
        self.offers = Offers::default();
        self.provenance = Provenance::default();
    }

    /// Files of which it has not been looked at whether something in them leads nowhere, as
    /// it has to be before the next change; [`Corpus::apply`] does it one by one if nobody
    /// did. To be given to [`Corpus::decide`].
    #[must_use]
    pub fn undecided(&self) -> &[FileId] {
        &self.undecided
    }

    /// Notes the files among [`Corpus::undecided`] of which [`Corpus::asks`] is true.
    pub fn decide(&mut self, asking: impl IntoIterator<Item = FileId>) {
        for id in std::mem::take(&mut self.undecided) {
            self.asking.remove(&id);
        }
        self.asking.extend(asking);
        self.directory = Directory::default();
    }

    /// Puts files in and takes them out. The answer is every file whose diagnostics may
    /// have changed, in order; files that are gone are not among them.
    pub fn apply(&mut self, changes: impl IntoIterator<Item = Change>) -> Vec<FileId> {
        self.apply_closely(changes).files
    }

    /// The same, and of a registry into which a patch was put, which entries that touches.
    pub fn apply_closely(&mut self, changes: impl IntoIterator<Item = Change>) -> Effect {
        if !self.undecided.is_empty() {
            let asking: Vec<FileId> = self.undecided.iter().copied().filter(|id| self.asks(*id)).collect();
            self.decide(asking);
        }
        let mut touched = Touched::default();
        for change in changes {
            self.change(change, &mut touched);
        }
        self.figures.forget_conflicts();
        if touched.changes_offers() {
            self.offers = Offers::default();
        }
        let anew = touched.asking_anew(self);
        for &id in &anew {
            if self.asks(id) {
                self.asking.insert(id);
            } else {
                self.asking.remove(&id);
            }
        }
        touched.note_rings(self.update_provenance(&anew, &touched.parts_beside(&anew)));
        self.find_protected();
        let effect = touched.effect(self);
        self.protected.forget();
        effect
    }

    /// The answer is the file that is there now.
    fn change(&mut self, change: Change, touched: &mut Touched) -> Option<FileId> {
        match change {
            Change::Put(facts) => return Some(self.put(facts, None, touched)),
            Change::PutPacked(facts, packed) => return Some(self.put(facts, Some(packed), touched)),
            Change::Patch(patch) => return self.patch(&patch, touched),
            Change::Other(path) => {
                self.remove(&path, touched);
                touched.note_other(&path, true);
                self.snapshots.forget(&path);
                self.others.insert(path);
            }
            Change::Snapshot(path, found) => {
                self.remove(&path, touched);
                let is_outside = matches!(found, SnapshotFacts::Unusable { obstacle: Obstacle::Outside, .. });
                match is_outside {
                    true => self.forget_other(&path, touched),
                    false => {
                        self.others.insert(path.clone());
                    }
                }
                touched.note_other(&path, true);
                self.snapshots.note(path, found);
            }
            Change::Remove(path) => {
                self.remove(&path, touched);
                self.forget_other(&path, touched);
            }
        }
        None
    }

    fn put(&mut self, facts: Box<FileFacts>, packed: Option<Packed>, touched: &mut Touched) -> FileId {
        self.forget_other(&facts.path, touched);
        let id = match self.by_path.get(&facts.path) {
            Some(&id) => {
                self.take_out(id, touched);
                id
            }
            None => self.new_id(),
        };
        self.put_in(id, facts, packed, touched);
        id
    }

    fn remove(&mut self, path: &FilePath, touched: &mut Touched) {
        if let Some(&id) = self.by_path.get(path) {
            self.take_out(id, touched);
            self.asking.remove(&id);
            self.free.push(id);
        }
    }

    fn forget_other(&mut self, path: &FilePath, touched: &mut Touched) {
        self.snapshots.forget(path);
        if self.others.remove(path) {
            touched.note_other(path, false);
        }
    }

    fn new_id(&mut self) -> FileId {
        self.free.pop().unwrap_or_else(|| {
            self.files.push(None);
            FileId(self.files.len() as u32 - 1)
        })
    }

    pub(super) fn put_in(
        &mut self,
        id: FileId,
        facts: Box<FileFacts>,
        packed: Option<Packed>,
        touched: &mut Touched,
    ) {
        touched.remember(self, &facts);
        self.put_into_tables(id, &facts, FirstNumbers::default());
        self.put_figures(id, &facts);
        event_dates::insert(&mut self.event_dates, &facts);
        for name in headline_names(&facts) {
            row(&mut self.names, &name).headlines.insert(id);
        }
        let mut own_slug = None;
        if let Some(article) = article_of(&facts) {
            let known = self.slugs.get_key_value(&*article.slug).map(|(slug, _)| slug.clone());
            let slug: Arc<str> = known.unwrap_or_else(|| (*article.slug).into());
            let same = self.slugs.entry(slug.clone()).or_default();
            same.files.insert(id);
            same.listing.take();
            self.directory.note_article(id);
            own_slug = Some(slug);
        }
        self.by_path.insert(facts.path.clone(), id);
        self.quotations.put_in(id, &facts, touched.quotes());
        touched.note(id, &facts, true);
        if packed.is_some() {
            self.note_unpacked(id);
        }
        self.files[id.0 as usize] = Some(Slot::new(facts, packed, own_slug));
    }

    /// Puts what a file, or a part of it, defines and uses into the tables.
    pub(super) fn put_into_tables(&mut self, id: FileId, facts: &FileFacts, first: FirstNumbers) {
        self.name_index.note(id);
        for (number, entity) in (first.entity..).zip(&facts.entities) {
            let entry = (id, number);
            self.directory.note_entity(entity);
            for (kind, name) in &entity.names {
                let slot = row(&mut self.names, name);
                slot.holders.insert((*kind, entry));
                slot.listing.take();
            }
            for body in bodies(entity) {
                row(&mut self.names, body).entries.insert(entry);
            }
        }
        for (number, source) in (first.source..).zip(&facts.sources) {
            self.directory.note_source(&source.key);
            let slot = row(&mut self.keys, &source.key);
            slot.holders.insert((id, number));
            slot.registered.take();
        }
        for name in names_used(facts) {
            row(&mut self.names, name).users.insert(id);
        }
        for key in keys_used(facts) {
            row(&mut self.keys, key).users.insert(id);
        }
        for path in paths_used(facts) {
            self.path_users.entry(path.clone()).or_default().insert(id);
        }
        for path in facts.article.iter().flat_map(|article| &article.bibliographies) {
            *self.bibliographies.entry(path.clone()).or_default() += 1;
        }
        for article in articles_used(facts) {
            row(&mut self.article_users, article).insert(id);
        }
        self.protected.put_in(id, facts, first);
        self.snapshots.put_in(facts);
    }

    /// Takes a file out; the answer is what it was.
    pub(super) fn take_out(&mut self, id: FileId, touched: &mut Touched) -> Option<Box<FileFacts>> {
        // While it is still there: what it contradicts is looked up.
        if !touched.is_unasked()
            && let Some(facts) = self.file(id)
        {
            touched.remember(self, facts);
        }
        let facts = self.files[id.0 as usize].take()?.into_facts();
        touched.note(id, &facts, false);
        self.take_from_tables(id, &facts, FirstNumbers::default(), &StillUsed::default());
        self.take_figures(id, &facts);
        event_dates::remove(&mut self.event_dates, &facts);
        for name in headline_names(&facts) {
            change(&mut self.names, &*name, |slot| slot.headlines.remove(id));
        }
        self.quotations.take_out(id, touched.quotes());
        if let Some(article) = article_of(&facts) {
            change(&mut self.slugs, &*article.slug, |slot| {
                slot.files.remove(id);
                slot.listing.take();
            });
        }
        self.by_path.remove(&facts.path);
        Some(facts)
    }

    /// Takes what a file, or a part of it, defined and used out of the tables.
    pub(super) fn take_from_tables(
        &mut self,
        id: FileId,
        facts: &FileFacts,
        first: FirstNumbers,
        still_used: &StillUsed,
    ) {
        self.name_index.note(id);
        for (number, entity) in (first.entity..).zip(&facts.entities) {
            let entry = (id, number);
            for (kind, name) in &entity.names {
                change(&mut self.names, &**name, |slot| {
                    slot.holders.remove((*kind, entry));
                    slot.listing.take();
                });
            }
            for body in bodies(entity) {
                change(&mut self.names, &**body, |slot| slot.entries.remove(entry));
            }
        }
        for (number, source) in (first.source..).zip(&facts.sources) {
            change(&mut self.keys, &*source.key, |slot| {
                slot.holders.remove((id, number));
                slot.registered.take();
            });
        }
        for name in names_used(facts).filter(|name| !still_used.has_name(name)) {
            change(&mut self.names, &**name, |slot| slot.users.remove(id));
        }
        for key in keys_used(facts).filter(|key| !still_used.has_key(key)) {
            change(&mut self.keys, &**key, |slot| slot.users.remove(id));
        }
        for path in paths_used(facts).filter(|path| !still_used.has_path(path)) {
            change(&mut self.path_users, &**path, |users| users.remove(id));
        }
        for path in facts.article.iter().flat_map(|article| &article.bibliographies) {
            if let Some(count) = self.bibliographies.get_mut(path) {
                *count -= 1;
                if *count == 0 {
                    self.bibliographies.remove(path);
                }
            }
        }
        for article in articles_used(facts).filter(|article| !still_used.has_article(article)) {
            change(&mut self.article_users, article, |users| users.remove(id));
        }
        self.protected.take_out(id, facts, first);
        self.snapshots.take_out(facts);
    }
}

/// A table's entry that goes when it holds nothing, so that the tables are what a fresh
/// build would make.
trait Entries: Default {
    fn holds_nothing(&self) -> bool;
}

impl Entries for Name {
    fn holds_nothing(&self) -> bool {
        self.holders.is_empty()
            && self.users.is_empty()
            && self.headlines.is_empty()
            && self.entries.is_empty()
    }
}

impl Entries for Key {
    fn holds_nothing(&self) -> bool {
        self.holders.is_empty() && self.users.is_empty()
    }
}

impl Entries for SameSlug {
    fn holds_nothing(&self) -> bool {
        self.files.is_empty()
    }
}

impl Entries for FileSet {
    fn holds_nothing(&self) -> bool {
        self.is_empty()
    }
}

fn row<'t, T: Entries>(table: &'t mut FxHashMap<Box<str>, T>, key: &str) -> &'t mut T {
    if !table.contains_key(key) {
        table.insert(key.into(), T::default());
    }
    table.get_mut(key).expect("it was put in just now")
}

fn change<K, Q, T: Entries>(table: &mut FxHashMap<K, T>, key: &Q, with: impl FnOnce(&mut T))
where
    K: std::hash::Hash + Eq + std::borrow::Borrow<Q>,
    Q: std::hash::Hash + Eq + ?Sized,
{
    if let Some(slot) = table.get_mut(key) {
        with(slot);
        if slot.holds_nothing() {
            table.remove(key);
        }
    }
}

/// What an entity is part of, holds an office in or took place at, as compared: whoever uses
/// its names is looked at again when one of these changes.
fn bodies(entity: &EntityFacts) -> impl Iterator<Item = &Box<str>> {
    let offices = entity.roles.iter().filter_map(|role| role.of.as_ref());
    entity.part_of.iter().chain(offices).chain(&entity.at)
}

/// The names that a file uses, as compared.
pub(super) fn names_used(facts: &FileFacts) -> impl Iterator<Item = &Box<str>> {
    let settled = facts.article.iter().flat_map(|article| article.settled.iter().map(|(_, id)| id));
    let people = facts.sources.iter().flat_map(|source| source.author.iter().chain(&source.publisher));
    facts.entity_references.iter().map(|reference| &reference.folded).chain(settled).chain(people)
}

/// The source keys that a file uses.
pub(super) fn keys_used(facts: &FileFacts) -> impl Iterator<Item = &Box<str>> {
    let cited = facts.article.iter().flat_map(|article| article.cited.iter().map(|cited| &cited.key));
    cited.chain(facts.source_references.iter().map(|reference| &reference.key))
}

/// The paths that a file names or links to.
pub(super) fn paths_used(facts: &FileFacts) -> impl Iterator<Item = &FilePath> {
    let links =
        facts.article.iter().flat_map(|article| article.links.iter().filter_map(|link| link.path.as_ref()));
    links.chain(facts.named_files.iter().filter_map(|file| file.path.as_ref()))
}

/// The articles that a file refers to, by slug or path as written.
pub(super) fn articles_used(facts: &FileFacts) -> impl Iterator<Item = &str> {
    let sources = facts.pointers.iter().filter(|pointer| pointer.role == PointerRole::Article);
    let article = facts.article.iter();
    let references = article.clone().flat_map(|article| &article.claim_references);
    // Any mention may turn out to be a link to an article.
    let mentions = article.flat_map(|article| article.mentions.iter());
    references.filter_map(|reference| reference.article.as_ref()).map(|name| &**name).chain(
        mentions
            .map(|mention| article_link_parts(&facts.entity_references[mention.reference as usize].name).0)
            .chain(sources.map(|pointer| &*pointer.name)),
    )
}

/// The article that a file is, so that claims and slugs can be looked up in it.
pub(super) fn article_of(facts: &FileFacts) -> Option<&super::article::ArticleFacts> {
    facts.article.as_ref().filter(|_| facts.kind == FileKind::Article)
}
