//! What a cursor means: not the word that stands there but who or what it stands for, so that
//! every other word for the same can be found.

use crate::corpus::{
    ArticleLink, ClaimTarget, Corpus, EntityReference, EntityRole, EntityTarget, FileFacts, Known, LinkFacts,
    Pointer, PointerRole, SourceFacts,
};
use crate::diagnostic::FilePath;
use crate::text::Place;

use super::at::{Thing, at};

/// Who or what a word stands for. It holds while the corpus changes: what is found out about
/// it is looked up anew each time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The entity with that id, as compared.
    Entity(Box<str>),
    /// A source.
    Source {
        /// Its key.
        key: Box<str>,
        /// The file that defines it: an article may have sources of its own.
        file: FilePath,
    },
    /// A claim or another part of an article that has an id.
    Part {
        /// The article.
        file: FilePath,
        /// The id.
        id: Box<str>,
    },
    /// An article as a whole.
    Article(FilePath),
    /// Another file: a picture, a bibliography, a stored text.
    File(FilePath),
    /// A name that stands for no entity, or for several: as compared.
    Name(Box<str>),
    /// A key that no source has.
    Key(Box<str>),
}

impl Subject {
    /// A source as a subject.
    #[must_use]
    pub fn source(known: Known<'_, SourceFacts>) -> Subject {
        Subject::Source { key: known.what.key.clone(), file: known.file.path.clone() }
    }
}

/// What stands at `offset` in `file`, and who or what it means.
#[must_use]
pub fn subject(corpus: &Corpus, file: &FileFacts, offset: usize) -> Option<(Place, Subject)> {
    let found = at(corpus, file, offset)?;
    Some((found.place, of(corpus, file, found.thing)?))
}

/// Who or what a thing in `file` means.
pub(super) fn of(corpus: &Corpus, file: &FileFacts, thing: Thing<'_>) -> Option<Subject> {
    match thing {
        Thing::Name(reference) => Some(name(corpus, file, reference)),
        Thing::Pointer(led) => pointer(corpus, file, led),
        Thing::Key(key) => Some(self::key(corpus, file, key)),
        Thing::Claim(reference) => match corpus.claim(file, reference) {
            ClaimTarget::Claim(article, part) => Some(self::part(article, &part.id)),
            ClaimTarget::NoClaim(article) => {
                article.anchor(&reference.id).map(|part| self::part(article, &part.id))
            }
            ClaimTarget::NoArticle | ClaimTarget::SeveralArticles => None,
        },
        Thing::Link(link) => self::link(corpus, file, link),
        Thing::File(named) => named.path.clone().map(Subject::File),
        Thing::Entity(entity) => Some(Subject::Entity(entity.folded_id().into())),
        Thing::Source(what) => Some(Subject::source(Known { file, what })),
        Thing::Anchor(given) => Some(part(file, &given.id)),
        Thing::Words(_, claim) => claim.id.as_ref().map(|id| part(file, id)),
        Thing::Rule(_) => None,
    }
}

/// What a name in `file` means.
pub(super) fn name(corpus: &Corpus, file: &FileFacts, reference: &EntityReference) -> Subject {
    let unknown = || Subject::Name(reference.folded.clone());
    if reference.role == EntityRole::Settled {
        let known = corpus.by_id(&reference.folded);
        return known.map_or_else(unknown, |known| Subject::Entity(known.what.folded_id().into()));
    }
    if reference.role == EntityRole::Via
        && let Some(known) = corpus.source(file, reference.name.trim_start_matches('@'))
    {
        return Subject::source(known);
    }
    match corpus.entity(file, &reference.folded) {
        EntityTarget::One(known) => Subject::Entity(known.what.folded_id().into()),
        EntityTarget::Several => unknown(),
        EntityTarget::Nothing if reference.role == EntityRole::Mention => {
            match corpus.article_link(file, &reference.name) {
                ArticleLink::There(article) => match reference.name.split_once('#') {
                    Some((_, id)) => part(article, id),
                    None => Subject::Article(article.path.clone()),
                },
                ArticleLink::NoAnchor(article, _) => Subject::Article(article.path.clone()),
                ArticleLink::NoArticle | ArticleLink::Several => unknown(),
            }
        }
        EntityTarget::Nothing => unknown(),
    }
}

/// What something that may lead elsewhere means, if it does.
pub(super) fn pointer(corpus: &Corpus, file: &FileFacts, pointer: &Pointer) -> Option<Subject> {
    let entity = match pointer.role {
        PointerRole::Author | PointerRole::Publisher => corpus.entity(file, &pointer.name).one(),
        PointerRole::Settled => corpus.by_id(&pointer.name),
        PointerRole::Article => {
            return match corpus.articles(&pointer.name).first[..] {
                [article] => Some(Subject::Article(article.path.clone())),
                _ => None,
            };
        }
    };
    entity.map(|known| Subject::Entity(known.what.folded_id().into()))
}

/// What a key in `file` means.
pub(super) fn key(corpus: &Corpus, file: &FileFacts, key: &str) -> Subject {
    corpus.source(file, key).map_or_else(|| Subject::Key(key.into()), Subject::source)
}

/// What a link in `file` leads to, if anything is there.
pub(super) fn link(corpus: &Corpus, file: &FileFacts, link: &LinkFacts) -> Option<Subject> {
    let target = match &link.path {
        None => Some(file),
        Some(path) => corpus.at_path(path).and_then(|id| corpus.file(id)),
    };
    match (target, link.fragment.as_deref(), &link.path) {
        (Some(target), Some(id), _) if target.anchor(id).is_some() => Some(part(target, id)),
        (Some(target), _, Some(_)) if target.article.is_some() => Some(Subject::Article(target.path.clone())),
        (_, _, Some(path)) => corpus.is_there(path).then(|| Subject::File(path.clone())),
        _ => None,
    }
}

fn part(file: &FileFacts, id: &str) -> Subject {
    Subject::Part { file: file.path.clone(), id: id.into() }
}
