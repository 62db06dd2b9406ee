//! What an article goes back to that is no longer held to be true.

use crate::data::date::Date;

use super::article::{ArticleFacts, ClaimFacts, ClaimReference, ClaimRelation, Verdict};
use super::facts::FileFacts;
use super::resolve::ClaimTarget;
use super::tables::Corpus;

/// Why a claim does not stand as it was made.
#[derive(Clone, Debug, PartialEq)]
pub enum Withdrawal {
    /// `verdict=false`
    False,
    /// The publication has withdrawn it, or the article that it stands in.
    Retracted,
    /// The article's `corrections` list it, since when where that is said.
    Corrected(Option<Date>),
}

/// A claim that another one repeats or confirms.
#[derive(Clone, Copy, Debug)]
pub struct Echoed<'c> {
    /// The reference.
    pub reference: &'c ClaimReference,
    /// The claim that refers to it.
    pub by: &'c ClaimFacts,
    /// The article of the claim that is repeated.
    pub file: &'c FileFacts,
    /// That claim; none where a correction keeps its id and the text has it no more.
    pub claim: Option<&'c ClaimFacts>,
}

impl Corpus {
    /// The claims that those of `article`, which is in `file`, repeat or confirm.
    pub fn echoed<'c>(
        &'c self,
        file: &'c FileFacts,
        article: &'c ArticleFacts,
    ) -> impl Iterator<Item = Echoed<'c>> {
        let echoes = |reference: &&ClaimReference| {
            matches!(reference.relation, ClaimRelation::Repeats | ClaimRelation::Confirms)
        };
        article.claim_references.iter().filter(echoes).filter_map(move |reference| {
            let ClaimTarget::Claim(target, anchor) = self.claim(file, reference) else { return None };
            let claims = &target.article.as_ref()?.claims;
            Some(Echoed {
                reference,
                by: article.claims.get(reference.claim? as usize)?,
                file: target,
                claim: anchor.claim.and_then(|number| claims.get(number as usize)),
            })
        })
    }
}

impl Echoed<'_> {
    /// Why the claim that is repeated does not stand, if it does not.
    #[must_use]
    pub fn withdrawal(&self) -> Option<Withdrawal> {
        let article = self.file.article.as_ref()?;
        if self.claim.is_some_and(|claim| claim.verdict == Some(Verdict::False)) {
            return Some(Withdrawal::False);
        }
        if article.retracted || self.claim.is_some_and(|claim| claim.retracted) {
            return Some(Withdrawal::Retracted);
        }
        let mut corrected =
            article.corrections.iter().filter(|correction| correction.claims.contains(&self.reference.id));
        corrected.next_back().map(|correction| Withdrawal::Corrected(correction.date.clone()))
    }

    /// Whether `article`, in which it is repeated, says so: it is corrected or withdrawn itself,
    /// or lists one of the two claims among its corrections; or it came after the correction.
    #[must_use]
    pub fn is_acknowledged(&self, article: &ArticleFacts, why: &Withdrawal) -> bool {
        let listed = |id: &str| {
            article.corrections.iter().any(|correction| correction.claims.iter().any(|own| **own == *id))
        };
        let came_after = match why {
            Withdrawal::Corrected(Some(date)) => {
                article.dates.iter().any(|own| !own.is_before(date).is_yes())
            }
            _ => false,
        };
        // A verdict of its own says what the desk holds of it.
        article.corrected
            || article.retracted
            || self.by.verdict.is_some()
            || came_after
            || listed(&self.reference.id)
            || self.by.id.as_ref().is_some_and(|id| listed(id))
    }
}
