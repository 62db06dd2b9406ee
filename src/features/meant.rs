//! What a thing under a cursor comes to: the entity, source, claim or article that it names.

use crate::corpus::{
    ArticleLink, ClaimTarget, Corpus, EntityFacts, EntityReference, EntityRole, FileFacts, FileKind, Known,
    Pointer, PointerRole, SourceFacts,
};

use super::at::Thing;

/// What is meant; nothing of what is not defined, ambiguous or something else.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meant<'c> {
    Entity(Known<'c, EntityFacts>),
    Source(Known<'c, SourceFacts>),
    /// The claim of that number in a file.
    Claim(&'c FileFacts, u32),
    Article,
}

/// What `thing`, which stands in `file`, means.
pub(super) fn meant<'c>(corpus: &'c Corpus, file: &'c FileFacts, thing: Thing<'c>) -> Option<Meant<'c>> {
    match thing {
        Thing::Name(reference) => name(corpus, file, reference),
        Thing::Pointer(led) => pointer(corpus, file, led),
        Thing::Key(key) => corpus.source(file, key).map(Meant::Source),
        Thing::Claim(reference) => match corpus.claim(file, reference) {
            ClaimTarget::Claim(article, anchor) => Some(Meant::Claim(article, anchor.claim?)),
            _ => None,
        },
        Thing::Anchor(anchor) => Some(Meant::Claim(file, file.anchor(&anchor.id)?.claim?)),
        Thing::Words(number, _) => Some(Meant::Claim(file, number)),
        Thing::Link(link) => {
            let target = match &link.path {
                Some(path) => corpus.file(corpus.at_path(path)?)?,
                None => file,
            };
            part(target, link.fragment.as_deref())
        }
        Thing::Entity(what) => Some(Meant::Entity(Known { file, what })),
        Thing::Source(what) => Some(Meant::Source(Known { file, what })),
        Thing::File(_) | Thing::Rule(_) => None,
    }
}

fn name<'c>(corpus: &'c Corpus, file: &'c FileFacts, reference: &'c EntityReference) -> Option<Meant<'c>> {
    if reference.role == EntityRole::Settled {
        return corpus.by_id(&reference.folded).map(Meant::Entity);
    }
    if reference.role == EntityRole::Via
        && let Some(known) = corpus.source(file, reference.name.trim_start_matches('@'))
    {
        return Some(Meant::Source(known));
    }
    if let Some(known) = corpus.entity(file, &reference.folded).one() {
        return Some(Meant::Entity(known));
    }
    if reference.role != EntityRole::Mention {
        return None;
    }
    match corpus.article_link(file, &reference.name) {
        ArticleLink::There(target) => part(target, reference.name.split_once('#').map(|(_, id)| id)),
        _ => None,
    }
}

/// A claim of an article, or all of it.
fn part<'c>(target: &'c FileFacts, id: Option<&str>) -> Option<Meant<'c>> {
    match id.and_then(|id| target.anchor(id)?.claim) {
        Some(claim) => Some(Meant::Claim(target, claim)),
        None => (target.kind == FileKind::Article).then_some(Meant::Article),
    }
}

fn pointer<'c>(corpus: &'c Corpus, file: &'c FileFacts, pointer: &'c Pointer) -> Option<Meant<'c>> {
    match pointer.role {
        PointerRole::Author | PointerRole::Publisher => {
            corpus.entity(file, &pointer.name).one().map(Meant::Entity)
        }
        PointerRole::Settled => corpus.by_id(&pointer.name).map(Meant::Entity),
        PointerRole::Article => Some(Meant::Article),
    }
}
