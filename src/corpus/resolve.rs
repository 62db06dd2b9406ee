//! What a name stands for.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::diagnostic::FilePath;

use super::article::{Anchor, ClaimReference};
use super::facts::{EntityReference, EntityRole, FileFacts, FileKind};
use super::registry::{EntityFacts, NameKind, SourceFacts};
use super::tables::{Corpus, Entry, FileId, Key, Listing, Name, SameSlug};

/// How many of those that share a name are kept in order: more than any rule shows.
const MOST_LISTED: usize = 16;

/// Something found, and the file that it is in.
#[derive(Debug)]
pub struct Known<'c, T> {
    /// The file.
    pub file: &'c FileFacts,
    /// The thing.
    pub what: &'c T,
}

// Derived, both would ask the same of `T`.
impl<T> Clone for Known<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Known<'_, T> {}

/// The first of those that share a name, an id or a key, in the order of their files.
#[derive(Clone, Debug)]
pub struct Sharing<T> {
    /// The first of them, more than a list for people to read has.
    pub first: Vec<T>,
    /// How many there are.
    pub count: usize,
}

/// What a name comes to.
#[derive(Clone, Copy, Debug)]
pub enum EntityTarget<'c> {
    /// Nothing goes by it.
    Nothing,
    /// One entity does.
    One(Known<'c, EntityFacts>),
    /// Several do: [`Corpus::entities_named`] lists them.
    Several,
}

impl<'c> EntityTarget<'c> {
    /// The entity, where it is one.
    #[must_use]
    pub fn one(&self) -> Option<Known<'c, EntityFacts>> {
        match self {
            EntityTarget::One(known) => Some(*known),
            _ => None,
        }
    }
}

/// What a claim reference comes to.
#[derive(Clone, Copy, Debug)]
pub enum ClaimTarget<'c> {
    /// No article goes by that name.
    NoArticle,
    /// Several articles share the slug.
    SeveralArticles,
    /// The article has no such claim.
    NoClaim(&'c FileFacts),
    /// A claim, or an id that a correction keeps.
    Claim(&'c FileFacts, &'c Anchor),
}

/// What a link comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTargetState {
    /// It is there, as far as newsmark knows.
    There,
    /// No such file.
    NoFile,
    /// The article has no such heading or claim.
    NoAnchor,
}

/// What a wiki link comes to as a link to an article.
#[derive(Clone, Debug)]
pub enum ArticleLink<'c> {
    /// No article goes by that name.
    NoArticle,
    /// Several articles share the slug: [`Corpus::articles`] lists them.
    Several,
    /// The article has no heading or claim of that id.
    NoAnchor(&'c FileFacts, Box<str>),
    /// An article, or something in it.
    There(&'c FileFacts),
}

/// The article and the anchor that a wiki link names, if it names one.
pub(super) fn article_link_parts(name: &str) -> (&str, Option<&str>) {
    let (article, fragment) = match name.split_once('#') {
        Some((article, fragment)) => (article, Some(fragment)),
        None => (name, None),
    };
    (article.strip_suffix(".md").unwrap_or(article), fragment)
}

impl Corpus {
    /// Whether a reference stands for an entity, or for several: in wiki links also for an
    /// article, in `via=` for a source, and under `entities:` by an id alone.
    #[must_use]
    pub fn is_defined(&self, from: &FileFacts, reference: &EntityReference) -> bool {
        if reference.role == EntityRole::Settled {
            return self.by_id(&reference.folded).is_some();
        }
        !matches!(self.entity(from, &reference.folded), EntityTarget::Nothing)
            || match reference.role {
                EntityRole::Mention => {
                    let (article, _) = article_link_parts(&reference.name);
                    article.is_empty() || self.article_ids(article).count > 0
                }
                EntityRole::Via => self.source(from, reference.name.trim_start_matches('@')).is_some(),
                _ => false,
            }
    }

    /// Whether something in a file leads nowhere, so that a suggestion may be made. Leaves it
    /// packed.
    #[must_use]
    pub fn asks(&self, file: FileId) -> bool {
        self.look_at(file, |facts| self.leads_nowhere(facts)).unwrap_or_default()
    }

    /// The same, of facts that may be only a part of those of a file.
    pub(super) fn leads_nowhere(&self, file: &FileFacts) -> bool {
        let is_known = |key: &str| self.source(file, key).is_some();
        file.source_references.iter().any(|reference| !is_known(&reference.key))
            || self.entity_references(file).any(|reference| !self.is_defined(file, reference))
            || file.article.as_ref().is_some_and(|article| {
                article.cited.iter().any(|cited| !cited.bare && !is_known(&cited.key))
                    || article
                        .claim_references
                        .iter()
                        .filter_map(|reference| reference.article.as_ref())
                        .any(|article| self.article_ids(article).count == 0)
                    || article
                        .links
                        .iter()
                        .filter_map(|link| link.path.as_ref())
                        .any(|path| !self.is_there(path))
            })
    }

    /// What `folded` stands for in the article `from`.
    #[must_use]
    pub fn entity(&self, from: &FileFacts, folded: &str) -> EntityTarget<'_> {
        let settled = from.article.as_ref().and_then(|article| {
            let at = article.settled.partition_point(|(name, _)| **name < *folded);
            article.settled.get(at).filter(|(name, _)| **name == *folded).map(|(_, id)| &**id)
        });
        self.entity_settled(settled, folded)
    }

    /// What `folded` stands for in an article that settles it on the id `settled`, or not.
    pub(super) fn entity_settled(&self, settled: Option<&str>, folded: &str) -> EntityTarget<'_> {
        if let Some(id) = settled.or_else(|| Some(self.settled.get(folded)?))
            && let Some(known) = self.by_id(id)
        {
            return EntityTarget::One(known);
        }
        // An id wins over a name, a name over an alias; of two with one id, which is
        // reported, the first counts.
        let Some((name, (best, entry))) =
            self.names.get(folded).and_then(|name| Some((name, name.holders.first()?)))
        else {
            return EntityTarget::Nothing;
        };
        let first = match self.listing(name) {
            // Nearly every name: one entity goes by it.
            None => entry,
            Some(listing) if best == NameKind::Id || listing.count == 1 => listing.first[0],
            Some(_) => return EntityTarget::Several,
        };
        self.known(first).map_or(EntityTarget::Nothing, EntityTarget::One)
    }

    /// Those that go by a name in the best way that anything does, where several might: in
    /// the order of their files and places, since of the numbers that files have here
    /// nothing may depend. Of a name or an alias, two entries with one id are one entity.
    fn listing<'n>(&self, name: &'n Name) -> Option<&'n Listing<Entry>> {
        let (best, _) = name.holders.first().filter(|_| name.holders.len() > 1)?;
        Some(name.listing.get_or_init(|| {
            let holders = name.holders.iter().take_while(|(kind, _)| *kind == best);
            let mut known: Vec<_> =
                holders.filter_map(|(_, entry)| Some((entry, self.known(entry)?))).collect();
            known.sort_by_key(|(_, known)| (&known.file.path, known.what.place.start));
            if best != NameKind::Id {
                let mut ids: FxHashSet<&str> = FxHashSet::default();
                known.retain(|(_, known)| ids.insert(known.what.folded_id()));
            }
            Box::new(Listing {
                first: known.iter().take(MOST_LISTED).map(|(entry, _)| *entry).collect(),
                count: known.len(),
            })
        }))
    }

    /// The entities that a name of several stands for.
    #[must_use]
    pub fn entities_named(&self, folded: &str) -> Sharing<Known<'_, EntityFacts>> {
        let Some(name) = self.names.get(folded) else { return Sharing { first: Vec::new(), count: 0 } };
        match self.listing(name) {
            Some(listing) => Sharing {
                first: listing.first.iter().filter_map(|entry| self.known(*entry)).collect(),
                count: listing.count,
            },
            None => {
                let first: Vec<_> =
                    name.holders.first().and_then(|(_, entry)| self.known(entry)).into_iter().collect();
                Sharing { count: first.len(), first }
            }
        }
    }

    /// The entity with that id, as compared.
    #[must_use]
    pub fn by_id(&self, folded: &str) -> Option<Known<'_, EntityFacts>> {
        let name = self.names.get(folded)?;
        let (_, entry) = name.holders.first().filter(|(kind, _)| *kind == NameKind::Id)?;
        self.known(self.listing(name).map_or(entry, |listing| listing.first[0]))
    }

    pub(super) fn known(&self, (file, number): Entry) -> Option<Known<'_, EntityFacts>> {
        let file = self.file(file)?;
        Some(Known { file, what: file.entities.get(number as usize)? })
    }

    /// The references of a value as they count: its parts where it is a list, itself
    /// where the whole is a name.
    #[must_use]
    pub fn expand<'f>(&self, from: &'f FileFacts, reference: u32) -> SmallVec<[&'f EntityReference; 2]> {
        let Some(whole) = from.entity_references.get(reference as usize) else { return SmallVec::new() };
        let parts = reference as usize + 1..reference as usize + 1 + whole.parts as usize;
        match from.entity_references.get(parts) {
            Some(parts)
                if whole.parts > 0 && matches!(self.entity(from, &whole.folded), EntityTarget::Nothing) =>
            {
                parts.iter().collect()
            }
            _ => SmallVec::from_slice(&[whole]),
        }
    }

    /// Every reference of a file to an entity, lists taken apart where they are some.
    pub fn entity_references<'f>(&self, from: &'f FileFacts) -> impl Iterator<Item = &'f EntityReference> {
        let mut at = 0u32;
        std::iter::from_fn(move || {
            let whole = from.entity_references.get(at as usize)?;
            let here = at;
            at += 1 + whole.parts;
            Some(self.expand(from, here))
        })
        .flatten()
    }

    /// Every definition of `key` that the file `from` can mean: its own first, then its
    /// bibliographies', then the registries'.
    #[must_use]
    pub fn sources(&self, from: &FileFacts, key: &str) -> Vec<Known<'_, SourceFacts>> {
        let Some(slot) = self.keys.get(key) else { return Vec::new() };
        let bibliographies = from.article.as_ref().map_or(&[][..], |article| &article.bibliographies);
        let mut found: Vec<(u8, Known<'_, SourceFacts>)> = slot
            .holders
            .iter()
            .filter_map(|(file, number)| {
                let slot = self.slot(file)?;
                let nearness = match slot.kind {
                    _ if slot.path == from.path => 0,
                    FileKind::Bibliography | FileKind::Registry if bibliographies.contains(&slot.path) => 1,
                    FileKind::Registry => 2,
                    _ => return None,
                };
                Some((nearness, self.known_source((file, number))?))
            })
            .collect();
        found.sort_by(|(near_a, a), (near_b, b)| {
            (near_a, &a.file.path, a.what.key_place.start).cmp(&(
                near_b,
                &b.file.path,
                b.what.key_place.start,
            ))
        });
        found.into_iter().map(|(_, known)| known).collect()
    }

    /// The definition of `key` that counts for the file `from`: the nearest.
    #[must_use]
    pub fn source(&self, from: &FileFacts, key: &str) -> Option<Known<'_, SourceFacts>> {
        let slot = self.keys.get(key)?;
        let (file, number) = slot.holders.first()?;
        let bibliographies = from.article.as_ref().map_or(&[][..], |article| &article.bibliographies);
        if slot.holders.len() == 1 {
            // Nearly every key: one registry defines it.
            let slot = self.slot(file)?;
            let reaches = slot.kind == FileKind::Registry
                || slot.path == from.path
                || slot.kind == FileKind::Bibliography && bibliographies.contains(&slot.path);
            return if reaches { self.known_source((file, number)) } else { None };
        }
        let first_in = |file: FileId| self.first_in(file, slot);
        let own = self.at_path(&from.path).and_then(first_in);
        own.or_else(|| {
            let is_list =
                |id: &FileId| matches!(self.kind(*id), Some(FileKind::Bibliography | FileKind::Registry));
            let named = bibliographies.iter().filter_map(|path| self.at_path(path)).filter(is_list);
            named.filter_map(first_in).min_by_key(|known| &known.file.path)
        })
        .or_else(|| self.known_source(*self.registered(slot)?.first.first()?))
    }

    /// The source that a file defines by `key`, the first of several.
    pub(super) fn source_in(&self, file: FileId, key: &str) -> Option<Known<'_, SourceFacts>> {
        self.first_in(file, self.keys.get(key)?)
    }

    fn first_in(&self, file: FileId, slot: &Key) -> Option<Known<'_, SourceFacts>> {
        let own = slot.holders.iter_from((file, 0)).take_while(|(holder, _)| *holder == file);
        own.filter_map(|entry| self.known_source(entry)).min_by_key(|known| known.what.key_place.start)
    }

    pub(super) fn known_source(&self, (file, number): Entry) -> Option<Known<'_, SourceFacts>> {
        let file = self.file(file)?;
        Some(Known { file, what: file.sources.get(number as usize)? })
    }

    /// The definitions in registries, where there are several in all, in the order of
    /// their files and places.
    fn registered<'k>(&self, key: &'k Key) -> Option<&'k Listing<Entry>> {
        if key.holders.len() < 2 {
            return None;
        }
        Some(key.registered.get_or_init(|| {
            let mut known: Vec<_> = key
                .holders
                .iter()
                .filter(|(file, _)| self.kind(*file) == Some(FileKind::Registry))
                .filter_map(|entry| Some((entry, self.known_source(entry)?)))
                .collect();
            known.sort_by_key(|(_, known)| (&known.file.path, known.what.key_place.start));
            Box::new(Listing {
                first: known.iter().take(MOST_LISTED).map(|(entry, _)| *entry).collect(),
                count: known.len(),
            })
        }))
    }

    /// Whether anything refers to a source by `key`.
    #[must_use]
    pub fn is_source_used(&self, key: &str) -> bool {
        self.keys.get(key).is_some_and(|slot| !slot.users.is_empty())
    }

    /// Whether anything refers to the entity by one of its names: one that means it, and
    /// not an entity of which it is a better name.
    #[must_use]
    pub fn is_entity_used(&self, entity: &EntityFacts) -> bool {
        entity.names.iter().any(|(kind, name)| {
            self.names.get(name).is_some_and(|slot| {
                !slot.users.is_empty() && slot.holders.first().is_some_and(|(best, _)| best == *kind)
            })
        }) || self.settled_as(entity.folded_id()).next().is_some()
    }

    /// All names that may stand for an entity, as compared: its own, and those that the
    /// configuration settles on it. One that is both comes twice.
    pub fn all_names<'c>(&'c self, entity: &'c EntityFacts) -> impl Iterator<Item = &'c Box<str>> {
        entity.names.iter().map(|(_, name)| name).chain(self.settled_as(entity.folded_id()))
    }

    /// The names that the configuration settles on the entity with that id, as compared.
    pub(super) fn settled_as(&self, id: &str) -> impl Iterator<Item = &Box<str>> {
        self.settled_on.get(id).into_iter().flatten()
    }

    /// The entities with the id, for telling doubles.
    #[must_use]
    pub fn entities_with_id(&self, folded: &str) -> Sharing<Known<'_, EntityFacts>> {
        match self.by_id(folded) {
            Some(_) => self.entities_named(folded),
            None => Sharing { first: Vec::new(), count: 0 },
        }
    }

    /// The sources of that key in the registries, for telling doubles.
    #[must_use]
    pub fn registered_sources(&self, key: &str) -> Sharing<Known<'_, SourceFacts>> {
        let Some(slot) = self.keys.get(key) else { return Sharing { first: Vec::new(), count: 0 } };
        match self.registered(slot) {
            Some(listing) => Sharing {
                first: listing.first.iter().filter_map(|entry| self.known_source(*entry)).collect(),
                count: listing.count,
            },
            None => {
                let one =
                    slot.holders.first().filter(|(file, _)| self.kind(*file) == Some(FileKind::Registry));
                let first: Vec<_> = one.and_then(|entry| self.known_source(entry)).into_iter().collect();
                Sharing { count: first.len(), first }
            }
        }
    }

    /// The articles with that slug, or the one at that path without its ending.
    #[must_use]
    pub fn articles(&self, name: &str) -> Sharing<&FileFacts> {
        let Sharing { first, count } = self.article_ids(name);
        Sharing { first: first.into_iter().filter_map(|id| self.file(id)).collect(), count }
    }

    /// The same as numbers, which unpacks nothing.
    #[must_use]
    pub fn article_ids(&self, name: &str) -> Sharing<FileId> {
        let by_path = ["md", "markdown", "newsmark"]
            .iter()
            .filter_map(|ending| self.at_path(&format!("{name}.{ending}")))
            .filter(|id| self.slug(*id).is_some());
        let mut first: Vec<FileId> = by_path.collect();
        first.sort_by_key(|id| self.path(*id));
        match first.is_empty() {
            true => self.slug_ids(name),
            false => Sharing { count: first.len(), first },
        }
    }

    /// The articles with that slug, whatever lies at the path that the name might be.
    #[must_use]
    pub fn slug_ids(&self, slug: &str) -> Sharing<FileId> {
        let Some(slug) = self.slugs.get(slug) else { return Sharing { first: Vec::new(), count: 0 } };
        match self.of_slug(slug) {
            Some(listing) => Sharing { first: listing.first.to_vec(), count: listing.count },
            None => {
                let first: Vec<FileId> = slug.files.first().into_iter().collect();
                Sharing { count: first.len(), first }
            }
        }
    }

    /// The articles of a slug, where there are several, in the order of their paths.
    fn of_slug<'s>(&self, slug: &'s SameSlug) -> Option<&'s Listing<FileId>> {
        if slug.files.len() < 2 {
            return None;
        }
        Some(slug.listing.get_or_init(|| {
            let mut files: Vec<_> = slug.files.iter().filter_map(|id| Some((self.path(id)?, id))).collect();
            files.sort_unstable();
            Box::new(Listing {
                first: files.iter().take(MOST_LISTED).map(|(_, id)| *id).collect(),
                count: files.len(),
            })
        }))
    }

    /// What a reference to a claim means in the file `from`.
    #[must_use]
    pub fn claim<'c>(&'c self, from: &'c FileFacts, reference: &ClaimReference) -> ClaimTarget<'c> {
        let file = match &reference.article {
            None => from,
            Some(name) => match self.articles(name).first[..] {
                [] => return ClaimTarget::NoArticle,
                [one] => one,
                _ => return ClaimTarget::SeveralArticles,
            },
        };
        match file.anchor(&reference.id).filter(|anchor| anchor.is_claim) {
            Some(anchor) => ClaimTarget::Claim(file, anchor),
            None => ClaimTarget::NoClaim(file),
        }
    }

    /// What a wiki link that names no entity means as a link to an article, or to a claim
    /// or heading in it; `[[#id]]` is one of the file `from`.
    #[must_use]
    pub fn article_link<'c>(&'c self, from: &'c FileFacts, name: &str) -> ArticleLink<'c> {
        let (article, fragment) = article_link_parts(name);
        let articles = if article.is_empty() { vec![from] } else { self.articles(article).first };
        match (articles.first().copied(), fragment) {
            (None, _) => ArticleLink::NoArticle,
            _ if articles.len() > 1 => ArticleLink::Several,
            (Some(file), Some(fragment)) if file.anchor(fragment).is_none() => {
                ArticleLink::NoAnchor(file, fragment.into())
            }
            (Some(file), _) => ArticleLink::There(file),
        }
    }

    /// Whether what a link points at is there.
    #[must_use]
    pub fn link(&self, from: &FileFacts, path: Option<&str>, fragment: Option<&str>) -> LinkTargetState {
        if path.is_some_and(|path| !self.is_there(path)) {
            return LinkTargetState::NoFile;
        }
        let is_in = |file: &FileFacts, id: &str| file.article.is_none() || file.anchor(id).is_some();
        let is_there = match (path, fragment) {
            (_, None) => true,
            (None, Some(fragment)) => is_in(from, fragment),
            (Some(path), Some(fragment)) => self.at_path(path).is_none_or(|id| {
                let at_rest = self.slot(id).and_then(|slot| slot.has_anchor(fragment));
                at_rest.unwrap_or_else(|| self.file(id).is_none_or(|file| is_in(file, fragment)))
            }),
        };
        if is_there { LinkTargetState::There } else { LinkTargetState::NoAnchor }
    }

    /// The files that articles name as their bibliographies.
    #[must_use]
    pub fn bibliographies(&self) -> FxHashSet<FilePath> {
        self.bibliographies.keys().cloned().collect()
    }

    /// Whether a file of that path is there, read or not.
    #[must_use]
    pub fn is_there(&self, path: &str) -> bool {
        self.by_path.contains_key(path) || self.others.contains(path)
    }
}

impl FileFacts {
    /// What `#id` means in this file.
    #[must_use]
    pub fn anchor(&self, id: &str) -> Option<&Anchor> {
        let anchors = &self.article.as_ref()?.anchors;
        let at = anchors.partition_point(|anchor| *anchor.id < *id);
        anchors.get(at).filter(|anchor| *anchor.id == *id)
    }

    /// The path without its ending, as claim references write it.
    #[must_use]
    pub fn path_without_ending(&self) -> &str {
        crate::text::without_ending(&self.path)
    }
}
