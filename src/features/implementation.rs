//! What stands behind it: the stored text of a source or the article that it is, and the claims
//! that say a claim again or bear it out.

use crate::corpus::{Anchor, ClaimRelation, Corpus, FileFacts};

use super::at::{Found, at};
use super::definition::{Definition, Target, Targets, anchor, led, start};
use super::meant::{Meant, meant};

/// How many claims are listed at most.
const MOST: usize = 100;

/// What stands behind that which is at `offset` in `file`.
#[must_use]
pub fn implementation(corpus: &Corpus, file: &FileFacts, offset: usize) -> Option<Definition> {
    let Found { thing, place } = at(corpus, file, offset)?;
    let targets: Targets = match meant(corpus, file, thing)? {
        // What stands behind a source that is not on record stays in its entry.
        Meant::Source(known) if known.what.protected => Targets::new(),
        Meant::Source(known) => {
            let stored = known.what.snapshot.as_ref().filter(|path| corpus.is_there(path)).map(start);
            let own = known.what.article.as_ref().map(|name| corpus.articles(name).first);
            let own = own.into_iter().flatten().map(|article| start(&article.path));
            stored.into_iter().chain(own).collect()
        }
        Meant::Claim(article, number) => again(corpus, article, number),
        Meant::Entity(_) | Meant::Article => Targets::new(),
    };
    led(place, targets)
}

/// The claims that repeat or confirm a claim.
fn again(corpus: &Corpus, article: &FileFacts, number: u32) -> Targets {
    let claim = article.article.as_ref().and_then(|article| article.claims.get(number as usize));
    let Some(id) = claim.and_then(|claim| claim.id.as_deref()) else { return Targets::new() };
    let says_so = |relation| matches!(relation, ClaimRelation::Repeats | ClaimRelation::Confirms);
    let references = corpus.claim_references_to(article, id);
    let references = references.into_iter().filter(|(_, reference)| says_so(reference.relation));
    references
        .take(MOST)
        .filter_map(|(user, reference)| {
            let claim = user.article.as_ref()?.claims.get(reference.claim? as usize)?;
            Some(match own_anchor(user, claim.id.as_deref()) {
                Some(given) => anchor(user, given),
                None => Target { path: user.path.clone(), whole: claim.place, name: claim.place },
            })
        })
        .collect()
}

fn own_anchor<'f>(file: &'f FileFacts, id: Option<&str>) -> Option<&'f Anchor> {
    file.anchor(id?).filter(|anchor| anchor.claim.is_some())
}
