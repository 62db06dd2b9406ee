//! In how many articles something is used, and where last: asked of the tables, so that
//! it costs what the users cost and not what the corpus does.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::data::date::Date;

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

impl<'c> Usage<'c> {
    fn add(&mut self, file: &'c FileFacts) {
        self.articles += 1;
        let Some(date) = article_of(file).and_then(|article| article.dates.first()) else { return };
        let is_later = self
            .latest
            .is_none_or(|(known, latest)| (date.earliest(), &known.path) > (latest.earliest(), &file.path));
        if is_later {
            self.latest = Some((file, date));
        }
    }
}

impl Corpus {
    /// The articles that name `entity`: in mentions and attributes, not as the author or
    /// issuer of what they cite.
    #[must_use]
    pub fn articles_naming(&self, entity: Known<'_, EntityFacts>) -> Usage<'_> {
        let mut usage = Usage::default();
        let own = entity.what.names.iter().map(|(_, name)| name);
        let mut seen: FxHashSet<FileId> = FxHashSet::default();
        for name in own.chain(self.settled_as(entity.what.folded_id())) {
            let Some(slot) = self.names.get(name) else { continue };
            for id in slot.users.iter() {
                let Some(file) = self.file(id).filter(|file| file.kind == FileKind::Article) else {
                    continue;
                };
                if self.names(file, name, entity.what) && seen.insert(id) {
                    usage.add(file);
                }
            }
        }
        usage
    }

    /// Whether an article that uses `name` means `entity` by it, and does so itself.
    fn names(&self, file: &FileFacts, name: &str, entity: &EntityFacts) -> bool {
        let is_it = |known: Option<Known<'_, EntityFacts>>| {
            known.is_some_and(|known| known.what.folded_id() == entity.folded_id())
        };
        let settles = file.article.as_ref().is_some_and(|article| !article.settled.is_empty());
        if file.sources.is_empty() && !settles {
            return is_it(self.entity(file, name).one());
        }
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
        let mut usage = Usage::default();
        let key = &source.what.key;
        for id in self.keys.get(key).iter().flat_map(|slot| slot.users.iter()) {
            let Some(file) = self.file(id).filter(|file| file.kind == FileKind::Article) else { continue };
            let means = self.source(file, key).is_some_and(|known| {
                known.file.path == source.file.path && known.what.key_place == source.what.key_place
            });
            if means && cites(file, key) {
                usage.add(file);
            }
        }
        usage
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

/// Whether an article that uses `key` does so itself, and not only in the sources that it
/// lists.
fn cites(file: &FileFacts, key: &str) -> bool {
    let is_own = |role| matches!(role, SourceRole::Via | SourceRole::Div);
    file.sources.is_empty()
        || file.article.iter().flat_map(|article| &article.cited).any(|cited| *cited.key == *key)
        || file.source_references.iter().any(|reference| *reference.key == *key && is_own(reference.role))
}
