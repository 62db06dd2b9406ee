//! Where a name, key, id or link is defined.

use smallvec::SmallVec;

use crate::config::FILE_NAME;
use crate::corpus::{
    Anchor, ArticleLink, ClaimReference, ClaimTarget, Corpus, EntityFacts, EntityReference, EntityRole,
    EntityTarget, FileFacts, Known, Pointer, PointerRole, SourceFacts,
};
use crate::data::toml;
use crate::diagnostic::FilePath;
use crate::text::{LineIndex, Place, fold};

use super::at::{Found, Thing, at};
use super::written::{Hit, spot};

/// What is defined elsewhere, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What stands under the cursor.
    pub origin: Place,
    /// Where it leads to; several places where a name is ambiguous.
    pub targets: Vec<Target>,
}

/// Where something is defined.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The file.
    pub path: FilePath,
    /// All of it: an entry, a claim. The empty place at the start for a file as a whole.
    pub whole: Place,
    /// Its name in that: the id or key.
    pub name: Place,
}

pub(super) type Targets = SmallVec<[Target; 1]>;

/// Where what stands at `offset` in `file`, which holds `text`, is defined.
#[must_use]
pub fn definition(corpus: &Corpus, file: &FileFacts, text: &str, offset: usize) -> Option<Definition> {
    if *file.path == *FILE_NAME {
        return of_setting(corpus, text, offset);
    }
    let Found { thing, place } = at(corpus, file, offset)?;
    led(place, targets(corpus, file, thing))
}

/// The way to `targets`, if there are any.
pub(super) fn led(origin: Place, targets: Targets) -> Option<Definition> {
    (!targets.is_empty()).then(|| Definition { origin, targets: targets.into_vec() })
}

/// In `newsmark.toml`: the entity on which a name is settled, and files that are named whole.
fn of_setting(corpus: &Corpus, text: &str, offset: usize) -> Option<Definition> {
    let root = toml::parse(text).root?;
    let found = spot(&root, offset)?;
    let path: Vec<&str> = found.keys.iter().map(|field| field.key.as_str()).collect();
    let (span, targets): (_, Targets) = match (&path[..], found.hit) {
        (["names", _], hit) => {
            let field = found.keys.last()?;
            let span = if let Hit::Key = hit { field.key.span } else { field.value.content };
            (span, corpus.by_id(&fold(field.value.as_str()?)).into_iter().map(entity).collect())
        }
        (
            ["corpus", "articles" | "entities" | "sources" | "exclude"] | ["overrides", "paths"],
            Hit::Value(node),
        ) => {
            let path = FilePath::from(node.as_str()?.trim_start_matches("./"));
            let there = corpus.is_there(&path).then(|| start(&path));
            (node.content, there.into_iter().collect())
        }
        _ => return None,
    };
    let is_there = span.start() <= offset && offset <= span.end();
    led(LineIndex::new(text).place(text, span), targets).filter(|_| is_there)
}

/// Where a thing that stands in `file` is defined.
pub(super) fn targets(corpus: &Corpus, file: &FileFacts, thing: Thing<'_>) -> Targets {
    match thing {
        Thing::Name(reference) => name(corpus, file, reference),
        Thing::Pointer(led) => pointer(corpus, file, led),
        Thing::Key(key) => corpus.source(file, key).into_iter().map(source).collect(),
        Thing::Claim(reference) => claim(corpus, file, reference),
        Thing::Link(link) => {
            linked(corpus, file, link.path.as_ref(), link.fragment.as_deref()).into_iter().collect()
        }
        Thing::File(named) => linked(corpus, file, named.path.as_ref(), None)
            .filter(|_| named.path.is_some())
            .into_iter()
            .collect(),
        Thing::Entity(what) => std::iter::once(entity(Known { file, what })).collect(),
        Thing::Source(what) => std::iter::once(source(Known { file, what })).collect(),
        Thing::Anchor(given) => {
            std::iter::once(anchor(file, file.anchor(&given.id).unwrap_or(given))).collect()
        }
        Thing::Rule(_) | Thing::Words(..) => Targets::new(),
    }
}

fn name(corpus: &Corpus, file: &FileFacts, reference: &EntityReference) -> Targets {
    if reference.role == EntityRole::Settled {
        return corpus.by_id(&reference.folded).into_iter().map(entity).collect();
    }
    if reference.role == EntityRole::Via
        && let Some(known) = corpus.source(file, reference.name.trim_start_matches('@'))
    {
        return std::iter::once(source(known)).collect();
    }
    let entities = entities(corpus, file, &reference.folded);
    if !entities.is_empty() || reference.role != EntityRole::Mention {
        return entities;
    }
    wiki_link(corpus, file, &reference.name)
}

fn entities(corpus: &Corpus, file: &FileFacts, folded: &str) -> Targets {
    match corpus.entity(file, folded) {
        EntityTarget::Nothing => Targets::new(),
        EntityTarget::One(known) => std::iter::once(entity(known)).collect(),
        EntityTarget::Several => corpus.entities_named(folded).first.into_iter().map(entity).collect(),
    }
}

fn pointer(corpus: &Corpus, file: &FileFacts, pointer: &Pointer) -> Targets {
    match pointer.role {
        PointerRole::Author | PointerRole::Publisher => entities(corpus, file, &pointer.name),
        PointerRole::Settled => corpus.by_id(&pointer.name).into_iter().map(entity).collect(),
        PointerRole::Article => articles(corpus, &pointer.name),
    }
}

fn articles(corpus: &Corpus, name: &str) -> Targets {
    corpus.articles(name).first.into_iter().map(|article| start(&article.path)).collect()
}

/// A wiki link that names no entity: an article, or a part of one.
fn wiki_link(corpus: &Corpus, file: &FileFacts, name: &str) -> Targets {
    match corpus.article_link(file, name) {
        ArticleLink::NoArticle => Targets::new(),
        ArticleLink::Several => {
            let article = name.split_once('#').map_or(name, |(article, _)| article);
            articles(corpus, article.strip_suffix(".md").unwrap_or(article))
        }
        ArticleLink::NoAnchor(article, _) => std::iter::once(start(&article.path)).collect(),
        ArticleLink::There(article) => {
            let part = name.split_once('#').and_then(|(_, id)| article.anchor(id));
            let target = part.map_or_else(|| start(&article.path), |part| anchor(article, part));
            std::iter::once(target).collect()
        }
    }
}

fn claim(corpus: &Corpus, file: &FileFacts, reference: &ClaimReference) -> Targets {
    match corpus.claim(file, reference) {
        ClaimTarget::NoArticle => Targets::new(),
        ClaimTarget::SeveralArticles => {
            reference.article.iter().flat_map(|name| articles(corpus, name)).collect()
        }
        // An id that is no claim's, and failing that the article where it should be.
        ClaimTarget::NoClaim(article) => match article.anchor(&reference.id) {
            Some(other) => std::iter::once(anchor(article, other)).collect(),
            None if reference.article.is_some() => std::iter::once(start(&article.path)).collect(),
            None => Targets::new(),
        },
        ClaimTarget::Claim(article, known) => std::iter::once(anchor(article, known)).collect(),
    }
}

/// What a link leads to; without a path, a part of the file itself.
fn linked(
    corpus: &Corpus,
    file: &FileFacts,
    path: Option<&FilePath>,
    fragment: Option<&str>,
) -> Option<Target> {
    let target = match path {
        None => Some(file),
        Some(path) => match corpus.at_path(path).and_then(|id| corpus.file(id)) {
            Some(known) => Some(known),
            None if corpus.is_there(path) => return Some(start(path)),
            None => None,
        },
    }?;
    let part = fragment.and_then(|id| target.anchor(id));
    Some(part.map_or_else(|| start(&target.path), |part| anchor(target, part)))
}

pub(super) fn entity(known: Known<'_, EntityFacts>) -> Target {
    entry(known.file, known.what.place, known.what.id_place, known.what.stale)
}

fn source(known: Known<'_, SourceFacts>) -> Target {
    entry(known.file, known.what.place, known.what.key_place, known.what.stale)
}

/// An entry of a registry. The places of one that is half-typed are those of the text
/// before: only the file is certain.
fn entry(file: &FileFacts, whole: Place, name: Place, stale: bool) -> Target {
    if stale {
        return start(&file.path);
    }
    // The name of a page without an id is its title, of BibTeX's inherited fields none of it.
    let whole = if whole.span().contains(name.span()) { whole } else { name };
    Target { path: file.path.clone(), whole, name }
}

pub(super) fn anchor(file: &FileFacts, anchor: &Anchor) -> Target {
    let claims = file.article.as_ref().map(|article| &article.claims);
    let claim = anchor.claim.and_then(|number| claims?.get(number as usize));
    entry(file, claim.map_or(anchor.place, |claim| claim.place), anchor.place, false)
}

/// A file as a whole.
pub(super) fn start(path: &FilePath) -> Target {
    Target { path: path.clone(), whole: Place::default(), name: Place::default() }
}
