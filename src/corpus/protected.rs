//! Where the names of sources that are not on record stand in articles.
//!
//! The texts are not at hand here, and neither are tables of all names in all of them: an
//! article keeps pairs of words that may be parts of a name, as numbers, and there is a table
//! of those pairs alone with which a protected name begins. When a name comes to be protected
//! all articles are looked through for it, once, and only for this little.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::registry::EntityType;
use crate::text::{Place, fold, whole_name};

use super::article::{ArticleFacts, NamePlace};
use super::facts::{EntityRole, FileFacts, SourceRole};
use super::file_set::{FileSet, SortedSet};
use super::patch::FirstNumbers;
use super::registry::{EntityFacts, ProtectedName, SourceFacts};
use super::resolve::Known;
use super::speakers::Speakers;
use super::tables::{self, Corpus, FileId, Listing, article_of};

/// How many of those who share the beginning of a name are looked at.
const MOST_SHARING: usize = 16;

/// The beginnings of protected names.
#[derive(Debug, Default)]
pub(super) struct ProtectedTable {
    rows: FxHashMap<u32, Row>,
    /// All the names, as compared, with the beginnings that stand for them and by whom.
    names: BTreeMap<(Box<str>, u32), SortedSet<[tables::Entry; 1]>>,
    /// Rows for which the articles have not been looked through.
    fresh: FxHashSet<u32>,
    /// By the names, as compared, that such a source is given by: those sources.
    behind: FxHashMap<Box<str>, SortedSet<[tables::Entry; 1]>>,
}

/// Who protects a name that begins so, and which articles have the two words.
#[derive(Debug, Default)]
struct Row {
    holders: SortedSet<[tables::Entry; 1]>,
    users: FileSet,
    listing: OnceLock<Box<Listing<tables::Entry>>>,
}

impl ProtectedTable {
    pub(super) fn put_in(&mut self, id: FileId, facts: &FileFacts, first: FirstNumbers) {
        for (number, source) in (first.source..).zip(&facts.sources) {
            for hash in beginnings(source) {
                let row = self.rows.entry(hash).or_insert_with(|| {
                    self.fresh.insert(hash);
                    Row::default()
                });
                row.holders.insert((id, number));
                row.listing.take();
            }
            for name in named_beginnings(source) {
                self.names.entry(name).or_default().insert((id, number));
            }
            for name in behind(source) {
                self.behind.entry(name.clone()).or_default().insert((id, number));
            }
        }
        self.each_user_row(facts, |users| users.insert(id));
    }

    /// Rows that nobody holds any more stay until [`ProtectedTable::forget`]: most of what is
    /// taken out is put in again at once.
    pub(super) fn take_out(&mut self, id: FileId, facts: &FileFacts, first: FirstNumbers) {
        for (number, source) in (first.source..).zip(&facts.sources) {
            for hash in beginnings(source) {
                if let Some(row) = self.rows.get_mut(&hash) {
                    row.holders.remove((id, number));
                    row.listing.take();
                }
            }
            for name in named_beginnings(source) {
                if let Entry::Occupied(mut holders) = self.names.entry(name) {
                    holders.get_mut().remove((id, number));
                    if holders.get().is_empty() {
                        holders.remove();
                    }
                }
            }
            for name in behind(source) {
                if let Some(holders) = self.behind.get_mut(name) {
                    holders.remove((id, number));
                    if holders.is_empty() {
                        self.behind.remove(name);
                    }
                }
            }
        }
        self.each_user_row(facts, |users| users.remove(id));
    }

    fn each_user_row(&mut self, facts: &FileFacts, mut with: impl FnMut(&mut FileSet)) {
        if self.rows.is_empty() {
            return;
        }
        for name in names_of(facts) {
            if let Some(row) = self.rows.get_mut(&name.hash) {
                with(&mut row.users);
            }
        }
    }

    /// The articles that hold the beginning of a name.
    pub(super) fn users(&self, hash: u32) -> Option<&FileSet> {
        Some(&self.rows.get(&hash)?.users)
    }

    /// The articles that hold the beginning of one of the names that `is_meant`, as compared.
    pub(super) fn users_of_names(&self, is_meant: impl Fn(&str) -> bool) -> impl Iterator<Item = FileId> {
        let hashes = self.names.keys().filter(move |(name, _)| is_meant(name)).map(|(_, hash)| *hash);
        hashes.filter_map(|hash| self.users(hash)).flat_map(FileSet::iter)
    }

    /// The sources that protect one of the names that `is_meant`, as compared.
    pub(super) fn holders_of_names(
        &self,
        is_meant: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = tables::Entry> {
        self.names.iter().filter(move |((name, _), _)| is_meant(name)).flat_map(|(_, holders)| holders.iter())
    }

    /// The files with a source that is not on record and by whoever goes by a name, as compared.
    pub(super) fn files_behind(&self, folded: &str) -> BTreeSet<FileId> {
        let holders = self.behind.get(folded).into_iter().flat_map(SortedSet::iter);
        holders.map(|(file, _)| file).collect()
    }

    /// Whether nothing is protected.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Lets go of the names that nothing protects any more.
    pub(super) fn forget(&mut self) {
        self.rows.retain(|_, row| !row.holders.is_empty());
    }
}

impl Corpus {
    /// Looks the articles through for names that were not protected before.
    pub(super) fn find_protected(&mut self) {
        let fresh = std::mem::take(&mut self.protected.fresh);
        if fresh.is_empty() {
            return;
        }
        let mut found: Vec<(u32, FileId)> = Vec::new();
        for (id, slot) in self.slots() {
            slot.name_hashes(|hash| {
                if fresh.contains(&hash) {
                    found.push((hash, id));
                }
            });
        }
        for (hash, id) in found {
            if let Some(row) = self.protected.rows.get_mut(&hash) {
                row.users.insert(id);
            }
        }
    }

    /// The sources that protect a name which begins so, by their files and places.
    fn protecting(&self, hash: u32) -> &[tables::Entry] {
        let Some(row) = self.protected.rows.get(&hash) else { return &[] };
        let listing = row.listing.get_or_init(|| {
            let mut known: Vec<_> =
                row.holders.iter().filter_map(|entry| Some((entry, self.known_source(entry)?))).collect();
            known.sort_by_key(|(_, known)| (&known.file.path, known.what.key_place.start));
            let first = known.iter().take(MOST_SHARING).map(|(entry, _)| *entry).collect();
            Box::new(Listing { first, count: known.len() })
        });
        &listing.first
    }

    /// Whoever must not be named and is, in an article: each once.
    ///
    /// In an article that cites the source, that is everybody behind it, but for those whom the
    /// article also has on record. In any other, those whom no registry of entities knows:
    /// who is known there may be named for what they do in public.
    #[must_use]
    pub fn protected_names_in<'c>(&'c self, file: &'c FileFacts) -> Vec<NamedSource<'c>> {
        let mut named = self.shielded_in(file);
        named.retain(|named| !named.places.is_empty());
        named
    }

    /// Whoever must not be named in an article, whether or not they are. Of those whose source
    /// the article does not cite only such as may be named in it.
    #[must_use]
    pub fn shielded_in<'c>(&'c self, file: &'c FileFacts) -> Vec<NamedSource<'c>> {
        match article_of(file) {
            Some(article) if !self.protected.is_empty() => self.named_sources(file, article),
            _ => Vec::new(),
        }
    }

    /// Whether a source that is not on record is by an entity of that name, whoever asks.
    #[must_use]
    pub fn is_protected_name(&self, folded: &str) -> bool {
        let is_one = |name: &str| {
            self.protected
                .names
                .range((name.into(), 0)..)
                .next()
                .is_some_and(|((held, _), _)| **held == *name)
        };
        let by_id = self.names.get(folded).into_iter().flat_map(|slot| slot.holders.iter());
        let entities = by_id.filter_map(|(_, entry)| self.known(entry));
        is_one(folded)
            || entities.into_iter().any(|entity| entity.what.names.iter().any(|(_, name)| is_one(name)))
    }

    fn named_sources<'c>(&'c self, file: &'c FileFacts, article: &'c ArticleFacts) -> Vec<NamedSource<'c>> {
        let people = self.people(file, article);
        let mut found: Vec<NamedSource<'c>> = Vec::new();
        if people.is_empty() {
            return found;
        }
        let pairs = Pairs::new(article);
        let mut taken: FxHashSet<u32> = FxHashSet::default();
        for Person { source, name, is_cited } in people {
            if is_cited && self.is_on_record(file, article, name) {
                continue;
            }
            let ways = name.ways.clone();
            let mut named =
                NamedSource { source, name, entity: None, ways, places: Vec::new(), written: Vec::new() };
            if is_cited && let Some(entity) = self.entity(file, &name.folded).one() {
                named.entity = Some(entity);
                self.add_names(file, entity.what, &mut named);
                self.add_references(file, entity, &mut named);
            }
            named.places.extend(named.ways.iter().flat_map(|way| pairs.places(way)));
            named.places.sort_unstable();
            named.places.dedup_by(|next, before| next.start < before.end);
            // One who shares the words with another is reported with them.
            named.places.retain(|place| taken.insert(place.start.offset));
            self.leave_out_keys(file, article, &mut named.places);
            found.push(named);
        }
        found
    }

    /// The key of a source may be said, whatever words it is made of.
    fn leave_out_keys(&self, file: &FileFacts, article: &ArticleFacts, places: &mut Vec<Place>) {
        if places.is_empty() {
            return;
        }
        let is_key = |key: &str| self.source(file, key).is_some();
        let cited = article.cited.iter().map(|cited| (&*cited.key, cited.place));
        let others = file.source_references.iter().map(|reference| (&*reference.key, reference.place));
        places.retain(|place| {
            let mut around =
                cited.clone().chain(others.clone()).filter(|(_, key)| key.span().contains(place.span()));
            !around.any(|(key, _)| is_key(key))
        });
    }

    /// Whom the article may name and must not.
    fn people<'c>(&'c self, file: &'c FileFacts, article: &'c ArticleFacts) -> Vec<Person<'c>> {
        let mut people: Vec<Person<'c>> = Vec::new();
        let mut seen: FxHashSet<&'c str> = FxHashSet::default();
        let cited = self.cited_sources(file, article).map(|cited| cited.source);
        let relays = file.source_references.iter().filter(|reference| reference.role == SourceRole::Via);
        let relays = relays.filter_map(|reference| self.source(file, &reference.key));
        // A body that speaks through somebody is no person to be shielded.
        let is_body = |name: &&ProtectedName| {
            let entity = self.entity(file, &name.folded).one();
            entity.and_then(|entity| entity.what.kind).is_some_and(|kind| kind != EntityType::Person)
        };
        for source in cited.chain(relays) {
            let names = source.what.names.iter().filter(|name| !is_body(name));
            let names = names.filter(|name| seen.insert(&name.folded));
            people.extend(names.map(|name| Person { source, name, is_cited: true }));
        }
        for pair in &article.names {
            for entry in self.protecting(pair.hash) {
                let Some(source) = self.known_source(*entry) else { continue };
                let begins =
                    |name: &&ProtectedName| name.ways.iter().any(|way| way.first() == Some(&pair.hash));
                let is_unknown = |name: &&ProtectedName| {
                    self.names.get(&name.folded).is_none_or(|slot| slot.holders.is_empty())
                };
                let names = source.what.names.iter().filter(begins).filter(is_unknown);
                let names = names.filter(|name| seen.insert(&name.folded));
                people.extend(names.map(|name| Person { source, name, is_cited: false }));
            }
        }
        people
    }

    /// Adds all that a person goes by and nobody else does; in prose one word is no name to look for.
    fn add_names<'c>(&self, file: &FileFacts, entity: &'c EntityFacts, named: &mut NamedSource<'c>) {
        let all = [&entity.id, &entity.name].into_iter().chain(&entity.aliases);
        for name in all {
            let meant = self.entity(file, &fold(name)).one();
            if meant.is_none_or(|meant| meant.what.folded_id() != entity.folded_id()) {
                continue;
            }
            named.written.push(name);
            for way in whole_name(name).into_iter().flatten() {
                if !named.ways.contains(&way) {
                    named.ways.push(way);
                }
            }
        }
    }

    /// Adds where the markup names the entity that goes by a protected name.
    fn add_references<'c>(
        &'c self,
        file: &'c FileFacts,
        entity: Known<'c, EntityFacts>,
        named: &mut NamedSource<'c>,
    ) {
        let names_it = |role| {
            matches!(
                role,
                EntityRole::Mention
                    | EntityRole::By
                    | EntityRole::Via
                    | EntityRole::Against
                    | EntityRole::Reply
            )
        };
        for reference in self.entity_references(file).filter(|reference| names_it(reference.role)) {
            let meant = self.entity(file, &reference.folded).one();
            if meant.is_some_and(|meant| meant.what.folded_id() == entity.what.folded_id()) {
                named.places.push(reference.place);
                named.written.push(&reference.name);
            }
        }
    }

    /// Whether the article cites something else that they put their name to, or has them say
    /// something that rests on sources on record.
    fn is_on_record(&self, file: &FileFacts, article: &ArticleFacts, name: &ProtectedName) -> bool {
        let is_author =
            |source: &SourceFacts| !source.protected && source.author.as_ref() == Some(&name.folded);
        if self.cited_sources(file, article).any(|cited| is_author(cited.source.what)) {
            return true;
        }
        let Some(entity) = self.entity(file, &name.folded).one() else { return false };
        article.claims.iter().any(|claim| {
            let Speakers::Entities(speakers) = self.speakers(file, claim) else { return false };
            let is_theirs = speakers.iter().any(|speaker| {
                let meant = self.entity(file, &speaker.folded).one();
                meant.is_some_and(|meant| meant.what.folded_id() == entity.what.folded_id())
            });
            if !is_theirs {
                return false;
            }
            let sources = self.claim_sources(file, article, claim);
            let on_record = sources.known.iter().all(|cited| !cited.source.what.protected);
            on_record && !sources.unknown && !sources.known.is_empty()
        })
    }
}

/// Someone who must not be named, where they are.
#[derive(Clone, Debug)]
pub struct NamedSource<'c> {
    /// The source that they are behind.
    pub source: Known<'c, SourceFacts>,
    /// Their name.
    pub name: &'c ProtectedName,
    /// Who they are, where that is known and the article cites the source.
    pub entity: Option<Known<'c, EntityFacts>>,
    /// The ways to write this and whatever else a known person goes by, as those of
    /// [`ProtectedName`].
    pub ways: Vec<Vec<u32>>,
    /// Where the name stands, in order.
    pub places: Vec<Place>,
    /// The names for them in the markup, and whatever else a known person goes by.
    pub written: Vec<&'c str>,
}

struct Person<'c> {
    source: Known<'c, SourceFacts>,
    name: &'c ProtectedName,
    is_cited: bool,
}

/// The pairs of an article by what they stand for, each list by start.
struct Pairs {
    places: FxHashMap<u32, Vec<Place>>,
}

impl Pairs {
    fn new(article: &ArticleFacts) -> Self {
        let mut places: FxHashMap<u32, Vec<Place>> = FxHashMap::default();
        let mut sorted: Vec<&NamePlace> = article.names.iter().collect();
        sorted.sort_by_key(|pair| pair.place);
        for pair in sorted {
            places.entry(pair.hash).or_default().push(pair.place);
        }
        Pairs { places }
    }

    fn of(&self, hash: u32) -> &[Place] {
        self.places.get(&hash).map_or(&[], Vec::as_slice)
    }

    /// Where all of a name stands, written in one way.
    fn places<'p>(&'p self, way: &'p [u32]) -> impl Iterator<Item = Place> + 'p {
        let parts = way.split_first().into_iter();
        parts.flat_map(|(first, rest)| self.of(*first).iter().filter_map(|place| self.whole(*place, rest)))
    }

    /// The place of a name of which the first two words are at `first`: each next pair has to
    /// begin within the one before it, or to be in the same value, of which nothing finer is known.
    fn whole(&self, first: Place, rest: &[u32]) -> Option<Place> {
        let mut last = first;
        for hash in rest {
            let places = self.of(*hash);
            if places.binary_search(&last).is_ok() {
                continue;
            }
            let after = places.partition_point(|place| place.start <= last.start);
            last = *places.get(after).filter(|next| next.start < last.end && last.end < next.end)?;
        }
        Some(Place { start: first.start, end: last.end })
    }
}

/// By what names a source that is not on record is given.
fn behind(source: &SourceFacts) -> impl Iterator<Item = &Box<str>> {
    let names = [&source.issuer, &source.author, &source.publisher].into_iter().flatten();
    names.filter(|_| source.protected)
}

/// The pairs with which the names that a source protects begin.
pub(super) fn beginnings(source: &SourceFacts) -> impl Iterator<Item = u32> {
    source.names.iter().flat_map(|name| &name.ways).filter_map(|way| way.first().copied())
}

fn named_beginnings(source: &SourceFacts) -> impl Iterator<Item = (Box<str>, u32)> {
    source.names.iter().flat_map(|name| {
        let beginnings = name.ways.iter().filter_map(|way| way.first().copied());
        // One word begins no pair and is a name all the same.
        let none = name.ways.is_empty().then_some(0);
        beginnings.chain(none).map(|hash| (name.folded.clone(), hash))
    })
}

fn names_of(facts: &FileFacts) -> &[NamePlace] {
    facts.article.as_ref().map_or(&[], |article| &article.names)
}
