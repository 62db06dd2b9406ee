//! Who says something: as the markup has it, or as the source that is cited right after it
//! implies.

use smallvec::SmallVec;

use super::article::{ArticleFacts, ClaimFacts, MOST_AROUND, Speaker};
use super::facts::{EntityReference, FileFacts};
use super::registry::{EntityFacts, SourceFacts};
use super::resolve::{EntityTarget, Known};
use super::tables::Corpus;

/// Who says something, as far as is known.
#[derive(Clone, Debug)]
pub enum Speakers<'f> {
    /// Nobody is named.
    Missing,
    /// These are.
    Entities(SmallVec<[&'f EntityReference; 2]>),
    /// Taken from the source: the name, as compared.
    Implied(Box<str>),
    /// `by=unnamed`
    Unnamed,
    /// `by=none`
    Own,
}

impl Corpus {
    /// The speaker of a claim: given, taken over, or implied by the one source cited
    /// directly after it where that is somebody speaking.
    #[must_use]
    pub fn speakers<'f>(&self, from: &'f FileFacts, claim: &ClaimFacts) -> Speakers<'f> {
        match claim.speaker {
            Speaker::Entities { reference, .. } => Speakers::Entities(self.expand(from, reference)),
            Speaker::Unnamed => Speakers::Unnamed,
            Speaker::Own => Speakers::Own,
            Speaker::Missing if claim.quote || claim.accusation || claim.response => {
                self.implied_speaker(from, claim).map_or(Speakers::Missing, Speakers::Implied)
            }
            Speaker::Missing => Speakers::Missing,
        }
    }

    /// The one author, else the issuer, of the one utterance cited directly after.
    fn implied_speaker(&self, from: &FileFacts, claim: &ClaimFacts) -> Option<Box<str>> {
        let article = from.article.as_ref()?;
        let point = article.points.get(claim.followed_by? as usize)?;
        let [cited] = &article.cited[point.start as usize..point.end as usize] else { return None };
        self.utterer(from, &cited.key)
    }

    /// The one author, else the issuer, of a source that `from` cites, where it is somebody
    /// speaking: as compared.
    pub(super) fn utterer(&self, from: &FileFacts, key: &str) -> Option<Box<str>> {
        let source = self.source(from, key)?.what;
        if !source.is_utterance() {
            return None;
        }
        source.author.as_deref().or_else(|| self.issuer(from, source)).map(Into::into)
    }

    /// Whose statement or document a source is that `from` cites, as compared: the issuer that
    /// it names, else its one author, else its publisher, these where they are the name of a
    /// known entity.
    #[must_use]
    pub fn issuer<'s>(&self, from: &FileFacts, source: &'s SourceFacts) -> Option<&'s str> {
        let is_known = |name: &&str| !matches!(self.entity(from, name), EntityTarget::Nothing);
        let named = source.author.as_deref().into_iter().chain(source.publisher.as_deref());
        source.issuer.as_deref().or_else(|| named.into_iter().find(is_known))
    }

    /// The entity whose statement `source` is, where `from` cites it.
    #[must_use]
    pub fn issuer_of<'c>(
        &'c self,
        from: &FileFacts,
        source: Known<'c, SourceFacts>,
    ) -> Option<Known<'c, EntityFacts>> {
        self.entity(from, self.issuer(from, source.what)?).one()
    }

    /// Whether the source from which the speaker of a claim is taken is not on record, or not
    /// known any more.
    #[must_use]
    pub fn is_implied_by_protected(&self, from: &FileFacts, claim: &ClaimFacts) -> bool {
        let Some(article) = from.article.as_ref() else { return false };
        let point = claim.followed_by.and_then(|point| article.points.get(point as usize));
        let cited = point.and_then(|point| article.cited.get(point.start as usize..point.end as usize));
        let protected = |key: &str| self.source(from, key).is_none_or(|source| source.what.protected);
        cited.into_iter().flatten().any(|cited| protected(&cited.key))
    }

    /// The speakers of a claim that are known entities; the second says whether somebody else
    /// speaks, too, of whom it is not known who they are.
    #[must_use]
    pub fn known_speakers<'c>(
        &'c self,
        from: &FileFacts,
        claim: &ClaimFacts,
    ) -> (SmallVec<[Known<'c, EntityFacts>; 2]>, bool) {
        let mut known = SmallVec::new();
        let mut unknown = false;
        let mut name = |folded: &str| match self.entity(from, folded).one() {
            Some(entity) => known.push(entity),
            None => unknown = true,
        };
        match self.speakers(from, claim) {
            Speakers::Entities(names) => names.iter().for_each(|reference| name(&reference.folded)),
            // Who speaks in a source that is not on record stays there.
            Speakers::Implied(_) if self.is_implied_by_protected(from, claim) => unknown = true,
            Speakers::Implied(folded) => name(&folded),
            Speakers::Unnamed | Speakers::Missing => unknown = true,
            // The article itself is nobody.
            Speakers::Own => {}
        }
        (known, unknown)
    }

    /// Whether the article says it in its own voice: nobody is given as the speaker, and it is
    /// no quote nor part of one.
    #[must_use]
    pub fn is_own_voice(&self, from: &FileFacts, article: &ArticleFacts, claim: &ClaimFacts) -> bool {
        !article.around(claim).take(MOST_AROUND).any(|claim| claim.quote)
            && matches!(self.speakers(from, claim), Speakers::Own | Speakers::Missing)
    }
}
