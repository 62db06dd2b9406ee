//! In how many articles something is used, and where last: asked of the tables, so that
//! it costs what the users cost and not what the corpus does.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::data::date::{Date, Day};
use crate::diagnostic::FilePath;

use super::article::ClaimReference;
use super::facts::{EntityRole, FileFacts, FileKind, SourceRole};
use super::file_set::FileSet;
use super::registry::{EntityFacts, SourceFacts};
use super::resolve::Known;
use super::tables::{Corpus, FileId, article_of};

/// The articles in which something is used.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage<'c> {
    /// How many they are.
    pub articles: usize,
    /// The latest of those that have a date; of several of one day the first by its path.
    pub latest: Option<(&'c FileFacts, &'c Date)>,
}

/// Counts articles. Only the latest is looked at in the end: the others stay packed.
#[derive(Default)]
struct Count<'c> {
    articles: usize,
    latest: Option<(Day, Reverse<&'c FilePath>, FileId)>,
}

impl<'c> Count<'c> {
    fn add(&mut self, corpus: &'c Corpus, id: FileId) {
        self.articles += 1;
        if let (Some(day), Some(path)) = (corpus.day(id), corpus.path(id)) {
            self.latest = self.latest.max(Some((day, Reverse(path), id)));
        }
    }

    fn usage(self, corpus: &'c Corpus) -> Usage<'c> {
        let latest = self.latest.and_then(|(.., id)| {
            let file = corpus.file(id)?;
            Some((file, article_of(file)?.dates.first()?))
        });
        Usage { articles: self.articles, latest }
    }
}

impl Corpus {
    /// The articles that name `entity`: in mentions and attributes, not as the author or
    /// issuer of what they cite.
    #[must_use]
    pub fn articles_naming(&self, entity: Known<'_, EntityFacts>) -> Usage<'_> {
        let mut count = Count::default();
        let mut seen: FxHashSet<FileId> = FxHashSet::default();
        for name in self.all_names(entity.what) {
            let Some(slot) = self.names.get(name) else { continue };
            // What it stands for where nothing else was settled.
            let means = self
                .entity(&FileFacts::nowhere(), name)
                .one()
                .is_some_and(|known| is_one(known, entity.what));
            for id in slot.users.iter().filter(|id| self.kind(*id) == Some(FileKind::Article)) {
                let names = match self.has_own_meanings(id) {
                    true => self.file(id).is_some_and(|file| self.names(file, entity.what)),
                    false => means,
                };
                if names && seen.insert(id) {
                    count.add(self, id);
                }
            }
        }
        count.usage(self)
    }

    /// Whether an article that settles names or lists sources names `entity`, and does so
    /// itself.
    fn names(&self, file: &FileFacts, entity: &EntityFacts) -> bool {
        let is_it = |known: Option<Known<'_, EntityFacts>>| known.is_some_and(|known| is_one(known, entity));
        // The sources that it lists may be all that uses the name, and who is behind them is
        // not the article's to tell; and an id on which it settles a name is no name.
        file.entity_references.iter().any(|reference| match reference.role {
            EntityRole::Issuer => false,
            EntityRole::Settled => is_it(self.by_id(&reference.folded)),
            _ => is_it(self.entity(file, &reference.folded).one()),
        })
    }

    /// The articles that cite `source` or say that it relayed a claim.
    #[must_use]
    pub fn articles_citing(&self, source: Known<'_, SourceFacts>) -> Usage<'_> {
        let mut count = Count::default();
        self.citing(source).for_each(|id| count.add(self, id));
        count.usage(self)
    }

    /// The same articles one by one, in no order that means anything.
    pub fn citing<'c>(&'c self, source: Known<'c, SourceFacts>) -> impl Iterator<Item = FileId> + 'c {
        let key = &source.what.key;
        let is_it = move |known: Option<Known<'_, SourceFacts>>| {
            known.is_some_and(|known| {
                known.file.path == source.file.path && known.what.key_place == source.what.key_place
            })
        };
        let means = is_it(self.source(&FileFacts::nowhere(), key));
        let users = self.keys.get(key).into_iter().flat_map(|slot| slot.users.iter());
        users.filter(|id| self.kind(*id) == Some(FileKind::Article)).filter(move |id| {
            match self.has_own_meanings(*id) {
                true => self.file(*id).is_some_and(|file| is_it(self.source(file, key)) && cites(file, key)),
                false => means,
            }
        })
    }

    /// The sources that are statements or documents of `entity`, in the order of their keys.
    #[must_use]
    pub fn statements_of<'c>(&'c self, entity: Known<'c, EntityFacts>) -> Vec<Known<'c, SourceFacts>> {
        let mut files: FxHashSet<FileId> = FxHashSet::default();
        for name in self.all_names(entity.what) {
            let users = self.names.get(name).into_iter().flat_map(|slot| slot.users.iter());
            files.extend(users.filter(|id| self.has_sources(*id)));
        }
        let mut found: Vec<Known<'c, SourceFacts>> = Vec::new();
        for file in files.into_iter().filter_map(|id| self.file(id)) {
            let all = file.sources.iter().map(|what| Known { file, what });
            found.extend(all.filter(|known| {
                !known.what.protected
                    && self.issuer_of(file, *known).is_some_and(|issuer| is_one(issuer, entity.what))
            }));
        }
        found.sort_by(|a, b| (&a.what.key, &a.file.path).cmp(&(&b.what.key, &b.file.path)));
        found
    }

    /// The entities that say of themselves that they are part of `entity`, by id.
    #[must_use]
    pub fn parts_of<'c>(&'c self, entity: Known<'c, EntityFacts>) -> Vec<Known<'c, EntityFacts>> {
        let mut found: Vec<Known<'c, EntityFacts>> = Vec::new();
        for name in self.all_names(entity.what) {
            let entries = self.names.get(name).into_iter().flat_map(|slot| slot.entries.iter());
            found.extend(entries.filter_map(|entry| self.known(entry)).filter(|part| {
                let is_part = |name: &str| {
                    self.entity(part.file, name).one().is_some_and(|whole| is_one(whole, entity.what))
                };
                part.what.part_of.iter().any(|name| is_part(name))
            }));
        }
        found.sort_by(|a, b| a.what.id.cmp(&b.what.id));
        found.dedup_by(|a, b| is_one(*a, b.what));
        found
    }

    /// Every reference to the claim `id` of the article `file`, there and in others, in the
    /// order of the files' paths.
    #[must_use]
    pub fn claim_references_to<'c>(
        &'c self,
        file: &'c FileFacts,
        id: &str,
    ) -> Vec<(&'c FileFacts, &'c ClaimReference)> {
        if !file.anchor(id).is_some_and(|anchor| anchor.is_claim) {
            return Vec::new();
        }
        // What others may call the article: its path, and its slug where no other has it.
        let slug = article_of(file).map(|article| &*article.slug);
        let mut names: SmallVec<[&str; 2]> = slug.into_iter().chain([file.path_without_ending()]).collect();
        names.retain(|name| matches!(self.articles(name).first[..], [one] if one.path == file.path));
        let users = names.iter().filter_map(|name| self.article_users.get(*name)).flat_map(FileSet::iter);
        let users: FxHashSet<FileId> = users.collect();
        let users = users.into_iter().filter_map(|id| self.file(id)).filter(|user| user.path != file.path);
        let mut found = Vec::new();
        // Its own references need not name it.
        for user in users.chain([file]) {
            let references = user.article.iter().flat_map(|article| &article.claim_references);
            let means = |reference: &&ClaimReference| {
                *reference.id == *id
                    && match &reference.article {
                        None => user.path == file.path,
                        Some(name) => names.contains(&&**name),
                    }
            };
            found.extend(references.filter(means).map(|reference| (user, reference)));
        }
        // Stable: those of one file stay in their order.
        found.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
        found
    }
}

/// Whether what is known is that entity.
fn is_one(known: Known<'_, EntityFacts>, entity: &EntityFacts) -> bool {
    known.what.folded_id() == entity.folded_id()
}

/// Whether an article that uses `key` does so itself, and not only in the sources that it
/// lists.
fn cites(file: &FileFacts, key: &str) -> bool {
    let is_own = |role| matches!(role, SourceRole::Via | SourceRole::Div);
    file.sources.is_empty()
        || file.article.iter().flat_map(|article| &article.cited).any(|cited| *cited.key == *key)
        || file.source_references.iter().any(|reference| *reference.key == *key && is_own(reference.role))
}
