//! What a name stands for.

use smallvec::SmallVec;

use crate::diagnostic::FilePath;

use super::affected::without_ending;
use super::article::{Anchor, ClaimFacts, ClaimReference, Speaker};
use super::facts::{EntityReference, EntityRole, FileFacts, FileKind};
use super::registry::{EntityFacts, NameKind, SourceFacts};
use super::tables::{Corpus, Entry, FileId, Name, article_of};

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

/// What a name comes to.
#[derive(Clone, Debug)]
pub enum EntityTarget<'c> {
    /// Nothing goes by it.
    Nothing,
    /// One entity does.
    One(Known<'c, EntityFacts>),
    /// Several do, in the order of their files.
    Several(Vec<Known<'c, EntityFacts>>),
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
    /// Several articles share the slug.
    Several(Vec<&'c FileFacts>),
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
                    !matches!(self.article_link(from, &reference.name), ArticleLink::NoArticle)
                }
                EntityRole::Via => self.source(from, reference.name.trim_start_matches('@')).is_some(),
                _ => false,
            }
    }

    /// Whether something in the file leads nowhere, so that a suggestion may be made.
    pub(super) fn asks(&self, file: &FileFacts) -> bool {
        let is_known = |key: &str| self.source(file, key).is_some();
        file.source_references.iter().any(|reference| !is_known(&reference.key))
            || self.entity_references(file).any(|reference| !self.is_defined(file, reference))
            || file.article.as_ref().is_some_and(|article| {
                article.cited.iter().any(|cited| !cited.bare && !is_known(&cited.key))
                    || article
                        .claim_references
                        .iter()
                        .any(|reference| matches!(self.claim(file, reference), ClaimTarget::NoArticle))
                    || article.links.iter().any(|link| {
                        self.link(file, link.path.as_deref(), link.fragment.as_deref())
                            == LinkTargetState::NoFile
                    })
            })
    }

    /// What `folded` stands for in the article `from`.
    #[must_use]
    pub fn entity(&self, from: &FileFacts, folded: &str) -> EntityTarget<'_> {
        let settled = from
            .article
            .as_ref()
            .and_then(|article| article.settled.iter().find(|(name, _)| **name == *folded).map(|(_, id)| id));
        if let Some(id) = settled.or_else(|| self.settled.get(folded))
            && let Some(known) = self.by_id(id)
        {
            return EntityTarget::One(known);
        }
        let Some(name) = self.names.get(folded) else { return EntityTarget::Nothing };
        // An id wins over a name, a name over an alias; of two with one id, which is
        // reported, the first counts.
        let best = match name.holders[..] {
            [] => return EntityTarget::Nothing,
            // Nearly every name: one entity goes by it.
            [(_, entry)] => return self.known(entry).map_or(EntityTarget::Nothing, EntityTarget::One),
            [(best, _), ..] => best,
        };
        let mut known = self.holders(name, best);
        // Two entries with one id are one entity.
        let mut at = 0;
        while at < known.len() {
            let id = known[at].what.folded_id();
            if known[..at].iter().any(|other| other.what.folded_id() == id) || best == NameKind::Id && at > 0
            {
                known.remove(at);
            } else {
                at += 1;
            }
        }
        match known[..] {
            [] => EntityTarget::Nothing,
            [one] => EntityTarget::One(one),
            _ => EntityTarget::Several(known),
        }
    }

    /// Those that go by a name of that kind, in the order of their files and places: of
    /// the numbers that files have here nothing may depend.
    fn holders(&self, name: &Name, kind: NameKind) -> Vec<Known<'_, EntityFacts>> {
        let from = name.holders.partition_point(|(other, _)| *other < kind);
        let holders = name.holders[from..].iter().take_while(|(other, _)| *other == kind);
        let mut known: Vec<_> = holders.filter_map(|&(_, entry)| self.known(entry)).collect();
        known.sort_by(|a, b| (&a.file.path, a.what.place.start).cmp(&(&b.file.path, b.what.place.start)));
        known
    }

    /// The entity with that id, as compared.
    #[must_use]
    pub fn by_id(&self, folded: &str) -> Option<Known<'_, EntityFacts>> {
        match self.names.get(folded)?.holders[..] {
            [(NameKind::Id, entry)] => self.known(entry),
            [(NameKind::Id, _), ..] => self.entities_with_id(folded).into_iter().next(),
            _ => None,
        }
    }

    fn known(&self, (file, number): Entry) -> Option<Known<'_, EntityFacts>> {
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
            .filter_map(|&(file, number)| {
                let file = self.file(file)?;
                let nearness = match file.kind {
                    _ if file.path == from.path => 0,
                    FileKind::Bibliography | FileKind::Registry if bibliographies.contains(&file.path) => 1,
                    FileKind::Registry => 2,
                    _ => return None,
                };
                Some((nearness, Known { file, what: file.sources.get(number as usize)? }))
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
        match &self.keys.get(key)?.holders[..] {
            // Nearly every key: one registry defines it.
            [(file, number)] => {
                let file = self.file(*file)?;
                let reaches = file.kind == FileKind::Registry
                    || file.path == from.path
                    || from
                        .article
                        .as_ref()
                        .is_some_and(|article| article.bibliographies.contains(&file.path));
                let what = file.sources.get(*number as usize)?;
                reaches.then_some(Known { file, what })
            }
            _ => self.sources(from, key).into_iter().next(),
        }
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
                !slot.users.is_empty() && slot.holders.first().is_some_and(|(best, _)| best == kind)
            })
        }) || self.settled_as(entity.folded_id()).next().is_some()
    }

    /// The names that the configuration settles on the entity with that id, as compared.
    pub(super) fn settled_as(&self, id: &str) -> impl Iterator<Item = &Box<str>> {
        self.settled_on.get(id).into_iter().flatten()
    }

    /// Every entity with the id, in the order of their files, for telling doubles.
    #[must_use]
    pub fn entities_with_id(&self, folded: &str) -> Vec<Known<'_, EntityFacts>> {
        self.names.get(folded).map_or_else(Vec::new, |name| self.holders(name, NameKind::Id))
    }

    /// Every source of that key in the registries, in the order of their files, for
    /// telling doubles.
    #[must_use]
    pub fn registered_sources(&self, key: &str) -> Vec<Known<'_, SourceFacts>> {
        let mut known = self.sources_in(key, |file| file.kind == FileKind::Registry);
        known.sort_by(|a, b| {
            (&a.file.path, a.what.key_place.start).cmp(&(&b.file.path, b.what.key_place.start))
        });
        known
    }

    /// The sources of that key in one file, in the order of their places.
    #[must_use]
    pub fn sources_of(&self, file: &FileFacts, key: &str) -> Vec<Known<'_, SourceFacts>> {
        self.sources_in(key, |holder| holder.path == file.path)
    }

    fn sources_in(&self, key: &str, takes: impl Fn(&FileFacts) -> bool) -> Vec<Known<'_, SourceFacts>> {
        let holders = self.keys.get(key).map_or(&[][..], |slot| &slot.holders);
        let known = holders.iter().filter_map(|&(file, number)| {
            let file = self.file(file)?;
            Some(Known { file, what: file.sources.get(number as usize)? })
        });
        known.filter(|known| takes(known.file)).collect()
    }

    /// The articles with that slug, or the one at that path without its ending.
    #[must_use]
    pub fn articles(&self, name: &str) -> Vec<&FileFacts> {
        let by_path = ["md", "markdown", "newsmark"]
            .iter()
            .filter_map(|ending| self.at_path(&format!("{name}.{ending}")))
            .filter_map(|id| self.file(id))
            .filter(|facts| article_of(facts).is_some());
        let by_slug =
            self.slugs.get(name).into_iter().flat_map(|files| files.iter()).filter_map(|id| self.file(id));
        let mut articles: Vec<&FileFacts> = by_path.collect();
        if articles.is_empty() {
            articles = by_slug.collect();
        }
        articles.sort_by(|a, b| a.path.cmp(&b.path));
        articles
    }

    /// What a reference to a claim means in the file `from`.
    #[must_use]
    pub fn claim<'c>(&'c self, from: &'c FileFacts, reference: &ClaimReference) -> ClaimTarget<'c> {
        let file = match &reference.article {
            None => from,
            Some(name) => match self.articles(name)[..] {
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
        let mut articles = if article.is_empty() { vec![from] } else { self.articles(article) };
        match (articles.pop(), fragment) {
            (None, _) => ArticleLink::NoArticle,
            (Some(last), _) if !articles.is_empty() => {
                articles.push(last);
                ArticleLink::Several(articles)
            }
            (Some(file), Some(fragment)) if file.anchor(fragment).is_none() => {
                ArticleLink::NoAnchor(file, fragment.into())
            }
            (Some(file), _) => ArticleLink::There(file),
        }
    }

    /// Whether what a link points at is there.
    #[must_use]
    pub fn link(&self, from: &FileFacts, path: Option<&str>, fragment: Option<&str>) -> LinkTargetState {
        let target = match path {
            None => Some(from),
            Some(path) => match self.at_path(path).and_then(|id| self.file(id)) {
                Some(file) => Some(file),
                None if self.others.contains(path) => None,
                None => return LinkTargetState::NoFile,
            },
        };
        match (target, fragment) {
            (Some(file), Some(fragment)) if file.article.is_some() && file.anchor(fragment).is_none() => {
                LinkTargetState::NoAnchor
            }
            _ => LinkTargetState::There,
        }
    }

    /// The files that articles name as their bibliographies.
    #[must_use]
    pub fn bibliographies(&self) -> rustc_hash::FxHashSet<FilePath> {
        let articles = self.files().filter_map(|(_, facts)| facts.article.as_ref());
        articles.flat_map(|article| article.bibliographies.iter().cloned()).collect()
    }

    /// Whether a file of that path is there, read or not.
    #[must_use]
    pub fn is_there(&self, path: &str) -> bool {
        self.by_path.contains_key(path) || self.others.contains(path)
    }

    /// The entities that `name`, as compared, is part of, itself included: upwards, each
    /// once.
    #[must_use]
    pub fn bodies_above(&self, entity: Known<'_, EntityFacts>) -> Vec<Box<str>> {
        let mut above = vec![entity.what.id.clone()];
        let mut open: Vec<Box<str>> = entity.what.part_of.clone();
        while let Some(name) = open.pop() {
            if let Some(body) = self.entity(entity.file, &name).one()
                && !above.contains(&body.what.id)
            {
                above.push(body.what.id.clone());
                open.extend(body.what.part_of.iter().cloned());
            }
        }
        above
    }

    /// The speaker of a claim: given, taken over, or implied by the one source cited
    /// directly after it where that is somebody speaking.
    #[must_use]
    pub fn speakers<'f>(&self, from: &'f FileFacts, claim: &ClaimFacts) -> Speakers<'f> {
        match claim.speaker {
            Speaker::Entities { reference, .. } => Speakers::Entities(self.expand(from, reference)),
            Speaker::Unnamed => Speakers::Unnamed,
            Speaker::Own => Speakers::Own,
            Speaker::Missing if claim.quote || claim.accusation || claim.response => {
                self.implied_speaker(from, claim).map_or(Speakers::Missing, Speakers::Implied)
            }
            Speaker::Missing => Speakers::Missing,
        }
    }

    /// The one author, else the issuer, of the one utterance cited directly after.
    fn implied_speaker(&self, from: &FileFacts, claim: &ClaimFacts) -> Option<Box<str>> {
        let article = from.article.as_ref()?;
        let point = article.points.get(claim.followed_by? as usize)?;
        let [cited] = &article.cited[point.start as usize..point.end as usize] else { return None };
        let source = self.source(from, &cited.key)?.what;
        if !source.is_utterance() {
            return None;
        }
        source.author.clone().or_else(|| source.issuer.clone())
    }
}

/// Who says something, as far as is known.
#[derive(Clone, Debug)]
pub enum Speakers<'f> {
    /// Nobody is named.
    Missing,
    /// These are.
    Entities(SmallVec<[&'f EntityReference; 2]>),
    /// Taken from the source: the name, as compared.
    Implied(Box<str>),
    /// `by=unnamed`
    Unnamed,
    /// `by=none`
    Own,
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
        without_ending(&self.path)
    }
}

impl Corpus {
    /// A file's number, for callers that hold facts.
    #[must_use]
    pub fn id_of(&self, facts: &FileFacts) -> Option<FileId> {
        self.at_path(&facts.path)
    }
}
