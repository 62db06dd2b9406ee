//! In how many articles something is used, and where last: asked of the tables, so that
//! it costs what the users cost and not what the corpus does.

use rustc_hash::FxHashSet;

use crate::data::date::Date;

use super::article::ClaimReference;
use super::facts::{EntityRole, FileFacts, FileKind, PointerRole, SourceRole};
use super::file_set::FileSet;
use super::registry::{EntityFacts, SourceFacts};
use super::resolve::{ClaimTarget, EntityTarget, Known};
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
                let means = match self.entity(file, name) {
                    EntityTarget::One(known) => known.what.folded_id() == entity.what.folded_id(),
                    EntityTarget::Nothing | EntityTarget::Several => false,
                };
                if means && names(file, name) && seen.insert(id) {
                    usage.add(file);
                }
            }
        }
        usage
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
        let slug = article_of(file).map(|article| &*article.slug);
        let users = |name: &str| self.article_users.get(name).into_iter().flat_map(FileSet::iter);
        let by_slug = slug.into_iter().flat_map(users);
        let files: FxHashSet<FileId> = by_slug.chain(users(file.path_without_ending())).collect();
        // Its own references need not name it.
        let mut files: Vec<&FileFacts> =
            files.into_iter().filter_map(|id| self.file(id)).filter(|user| user.path != file.path).collect();
        files.push(file);
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let references = files.into_iter().flat_map(|user| {
            user.article
                .iter()
                .flat_map(move |article| article.claim_references.iter().map(move |one| (user, one)))
        });
        references
            .filter(|(user, reference)| {
                *reference.id == *id
                    && matches!(self.claim(user, reference),
                        ClaimTarget::Claim(target, _) if target.path == file.path)
            })
            .collect()
    }
}

/// Whether an article that uses `name` does so itself. Where it lists sources of its own,
/// these may be all that uses it, and who is behind them is not the article's to tell.
fn names(file: &FileFacts, name: &str) -> bool {
    file.sources.is_empty()
        || file
            .entity_references
            .iter()
            .any(|reference| *reference.folded == *name && reference.role != EntityRole::Issuer)
        || file.pointers.iter().any(|pointer| pointer.role == PointerRole::Settled && *pointer.name == *name)
}

/// Whether an article that uses `key` does so itself, likewise.
fn cites(file: &FileFacts, key: &str) -> bool {
    let is_own = |role| matches!(role, SourceRole::Via | SourceRole::Div);
    file.sources.is_empty()
        || file.article.iter().flat_map(|article| &article.cited).any(|cited| *cited.key == *key)
        || file.source_references.iter().any(|reference| *reference.key == *key && is_own(reference.role))
}
