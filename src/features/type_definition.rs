//! Whose it is: the issuer of a source, the speakers of a claim, what an entity is part of.

use crate::corpus::{Corpus, EntityFacts, FileFacts, Known};

use super::at::{Found, at};
use super::definition::{Definition, Targets, entity, led};
use super::meant::{Meant, meant};

/// Whose that is which stands at `offset` in `file`.
#[must_use]
pub fn type_definition(corpus: &Corpus, file: &FileFacts, offset: usize) -> Option<Definition> {
    let Found { thing, place } = at(corpus, file, offset)?;
    let mut targets: Targets = match meant(corpus, file, thing)? {
        // Whose a source is that is not on record stays in its entry.
        Meant::Source(known) if known.what.protected => Targets::new(),
        Meant::Source(known) => corpus.issuer_of(file, known).into_iter().map(entity).collect(),
        Meant::Claim(article, number) => {
            let claim = article.article.as_ref()?.claims.get(number as usize)?;
            corpus.known_speakers(article, claim).0.into_iter().map(entity).collect()
        }
        Meant::Entity(known) => wholes(corpus, known).map(entity).collect(),
        Meant::Article => Targets::new(),
    };
    targets.dedup();
    led(place, targets)
}

/// What an entity is part of; of a person the bodies in which they are or were in office.
fn wholes<'c>(
    corpus: &'c Corpus,
    known: Known<'c, EntityFacts>,
) -> impl Iterator<Item = Known<'c, EntityFacts>> {
    let offices = known.what.roles.iter().filter_map(|role| role.of.as_ref());
    let names = known.what.part_of.iter().chain(offices);
    names.filter_map(move |name| corpus.entity(known.file, name).one())
}
