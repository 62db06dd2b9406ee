//! Where an article first brings in what is named: the first wiki link or attribute for an
//! entity, the first citation of a source, a claim itself.

use crate::corpus::{
    ArticleFacts, Corpus, EntityFacts, EntityReference, EntityRole, EntityTarget, FileFacts, SourceRole,
};
use crate::text::Place;

use super::at::{Found, at};
use super::definition::{Definition, Target, Targets, led, targets};
use super::meant::{Meant, meant};

/// Where the article `file` first brings in what stands at `offset`; where it is defined, of
/// what no article brings in.
#[must_use]
pub fn declaration(corpus: &Corpus, file: &FileFacts, text: &str, offset: usize) -> Option<Definition> {
    let definition = || super::definition(corpus, file, text, offset);
    let Some(Found { thing, place }) = at(corpus, file, offset) else { return definition() };
    let first = file.article.as_ref().and_then(|article| match meant(corpus, file, thing) {
        Some(Meant::Entity(known)) => first_naming(corpus, file, article, known.what),
        Some(Meant::Source(known)) => first_citing(file, article, &known.what.key),
        Some(Meant::Claim(..) | Meant::Article) | None => None,
    });
    match first {
        Some((whole, name)) => {
            led(place, Targets::from_iter([Target { path: file.path.clone(), whole, name }]))
        }
        // A claim is brought in where it is.
        None => led(place, targets(corpus, file, thing)),
    }
}

/// The first mention or attribute that means the entity.
fn first_naming(
    corpus: &Corpus,
    file: &FileFacts,
    article: &ArticleFacts,
    entity: &EntityFacts,
) -> Option<(Place, Place)> {
    let is_it = |reference: &EntityReference| match corpus.entity(file, &reference.folded) {
        EntityTarget::One(known) => known.what.folded_id() == entity.folded_id(),
        _ => false,
    };
    let brings_in = |role: EntityRole| {
        matches!(
            role,
            EntityRole::Mention
                | EntityRole::By
                | EntityRole::Via
                | EntityRole::Against
                | EntityRole::Reply
                | EntityRole::Event
                | EntityRole::Place
        )
    };
    let mut references = corpus.entity_references(file).filter(|reference| brings_in(reference.role));
    let first = references.by_ref().filter(|reference| is_it(reference)).min_by_key(|one| one.place.start)?;
    let mention = article.mentions.iter().find(|mention| mention.place.span().contains(first.place.span()));
    Some((mention.map_or(first.place, |mention| mention.place), first.place))
}

/// The first citation of a key, or the first attribute that names it.
fn first_citing(file: &FileFacts, article: &ArticleFacts, key: &str) -> Option<(Place, Place)> {
    let cited = article.cited.iter().filter(|cited| *cited.key == *key);
    let cited = cited.map(|cited| (cited.place, cited.key_place()));
    let is_own = |role| matches!(role, SourceRole::Via | SourceRole::Div);
    let named = file.source_references.iter().filter(|one| *one.key == *key && is_own(one.role));
    cited.chain(named.map(|one| (one.place, one.place))).min_by_key(|(whole, _)| whole.start)
}
