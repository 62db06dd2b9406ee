//! The thing under an offset, for every feature that is asked about a cursor.

use crate::corpus::{
    Anchor, ClaimFacts, ClaimReference, Corpus, EntityFacts, EntityReference, EntityRole, FileFacts,
    LinkFacts, NamedFile, Pointer, SourceFacts, SourceRole,
};
use crate::text::Place;

/// Something in a file that a cursor can be on.
#[derive(Clone, Copy, Debug)]
pub struct Found<'f> {
    /// What it is.
    pub thing: Thing<'f>,
    /// All of it: of a wiki link its brackets, too, of a citation the `@`.
    pub place: Place,
}

/// What a cursor can be on.
#[derive(Clone, Copy, Debug)]
pub enum Thing<'f> {
    /// A name that stands for an entity; in a wiki link also for an article, in `via=` for
    /// a source.
    Name(&'f EntityReference),
    /// What may lead somewhere: an author, a publisher, an article, a settled name.
    Pointer(&'f Pointer),
    /// A source's key, cited or named in a registry or attribute.
    Key(&'f str),
    /// A reference to a claim.
    Claim(&'f ClaimReference),
    /// A link or picture.
    Link(&'f LinkFacts),
    /// A bibliography or a source's stored text.
    File(&'f NamedFile),
    /// A rule in a comment that switches it off.
    Rule(&'f str),
    /// An entity's own id.
    Entity(&'f EntityFacts),
    /// A source's own key.
    Source(&'f SourceFacts),
    /// An id given to a claim or another part of an article.
    Anchor(&'f Anchor),
    /// Words of a claim that are nothing else: its number in the article, and itself.
    Words(u32, &'f ClaimFacts),
}

/// What stands at `offset` in `file`: the smallest thing there. Either end of a word counts
/// as on it; between two that touch, the one that begins there is meant.
#[must_use]
pub fn at<'f>(corpus: &Corpus, file: &'f FileFacts, offset: usize) -> Option<Found<'f>> {
    let offset = u32::try_from(offset).ok()?;
    let mut nearest = Nearest { offset, best: None };
    names(corpus, file, &mut nearest);
    entries(file, &mut nearest);
    article(file, &mut nearest);
    nearest.best.map(|(_, found)| found).or_else(|| words(file, offset))
}

/// The smallest of the things that are offered.
struct Nearest<'f> {
    offset: u32,
    /// With what it is compared by: whether it only ends here, and its length.
    best: Option<((bool, u32), Found<'f>)>,
}

impl<'f> Nearest<'f> {
    fn offer(&mut self, place: Place, thing: Thing<'f>) {
        let span = place.span();
        if !(span.start..=span.end).contains(&self.offset) {
            return;
        }
        let size = (span.end == self.offset, span.end - span.start);
        // Of two that are the same the first counts.
        if self.best.as_ref().is_none_or(|(best, _)| size < *best) {
            self.best = Some((size, Found { thing, place }));
        }
    }
}

/// Names and keys in attributes, front matter and registries.
fn names<'f>(corpus: &Corpus, file: &'f FileFacts, nearest: &mut Nearest<'f>) {
    for reference in corpus.entity_references(file) {
        // Wiki links are offered whole.
        if reference.role != EntityRole::Mention {
            nearest.offer(reference.place, Thing::Name(reference));
        }
    }
    for reference in &file.source_references {
        // In `via=` each is a name as well, which knows that it may be a key.
        if reference.role != SourceRole::Via {
            nearest.offer(reference.place, Thing::Key(&reference.key));
        }
    }
    for pointer in &file.pointers {
        nearest.offer(pointer.place, Thing::Pointer(pointer));
    }
    for named in &file.named_files {
        nearest.offer(named.place, Thing::File(named));
    }
}

/// What a registry, an entity's page or an article's own references define.
fn entries<'f>(file: &'f FileFacts, nearest: &mut Nearest<'f>) {
    for entity in file.entities.iter().filter(|entity| !entity.stale) {
        nearest.offer(entity.id_place, Thing::Entity(entity));
    }
    for source in file.sources.iter().filter(|source| !source.stale) {
        nearest.offer(source.key_place, Thing::Source(source));
    }
}

fn article<'f>(file: &'f FileFacts, nearest: &mut Nearest<'f>) {
    let Some(article) = &file.article else { return };
    for mention in &article.mentions {
        if let Some(reference) = file.entity_references.get(mention.reference as usize) {
            nearest.offer(mention.place, Thing::Name(reference));
        }
    }
    for cited in &article.cited {
        nearest.offer(cited.place, Thing::Key(&cited.key));
    }
    for reference in &article.claim_references {
        nearest.offer(reference.place, Thing::Claim(reference));
    }
    for link in &article.links {
        nearest.offer(link.place, Thing::Link(link));
    }
    for (rule, place) in article.suppressions.iter().flat_map(|suppression| &suppression.rules) {
        nearest.offer(*place, Thing::Rule(rule));
    }
    for anchor in &article.anchors {
        // Of a heading's automatic id the place is that of the heading's words.
        let sign = anchor.place.span().len().wrapping_sub(anchor.id.len());
        if sign <= 1 {
            nearest.offer(anchor.place, Thing::Anchor(anchor));
        }
    }
}

/// The innermost claim.
fn words(file: &FileFacts, offset: u32) -> Option<Found<'_>> {
    let claims = &file.article.as_ref()?.claims;
    // Claims nest: whichever is around the offset is the last that begins before it, or
    // around that one.
    let last = claims.partition_point(|claim| claim.place.start.offset <= offset).checked_sub(1)?;
    let mut around = std::iter::successors(Some(last as u32), |&at| claims.get(at as usize)?.parent);
    around.find_map(|number| {
        let claim = claims.get(number as usize).filter(|claim| offset <= claim.place.end.offset)?;
        Some(Found { thing: Thing::Words(number, claim), place: claim.place })
    })
}
