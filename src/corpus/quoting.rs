//! What a quotation rests on, and who says it.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::data::date::Date;
use crate::diagnostic::FilePath;
use crate::text::{Place, primary_language};

use super::article::{ArticleFacts, ClaimFacts, ClaimRelation};
use super::citing::ClaimSources;
use super::facts::FileFacts;
use super::quotation_index::QuotedPlace;
use super::registry::EntityFacts;
use super::resolve::Known;
use super::tables::Corpus;

/// A quoted sentence with all that others compare it with.
#[derive(Clone, Debug)]
pub struct Utterance {
    /// The article.
    pub path: FilePath,
    /// Where the words stand.
    pub place: Place,
    /// The claim around them.
    pub claim: Place,
    /// The words.
    pub words: Box<str>,
    /// The ids of those who say it, as compared, in order; none where one of them is unknown.
    pub speakers: Vec<Box<str>>,
    /// When it was said, where the claim says so.
    pub on: Option<Date>,
    /// The key of the one utterance cited directly after it: speech, interview, hearing.
    pub occasion: Option<Box<str>>,
    /// When the one source that belongs to it was issued, where that is the speaker's own
    /// statement and passes on no other.
    pub stated: Option<Date>,
    /// The keys of the sources that belong to it.
    pub keys: Vec<Box<str>>,
    /// The language of the article: the first part of its tag.
    pub lang: Box<str>,
    /// The names of its claim: the article's slug and path, each with the id.
    names: Vec<String>,
    /// The claims to which it says how it stands, as names like these.
    relations: Vec<(ClaimRelation, String)>,
}

impl Utterance {
    /// Whether one of the two says that it stands so to the other.
    #[must_use]
    pub fn is_related(&self, other: &Utterance, is_one: impl Fn(ClaimRelation) -> bool) -> bool {
        let says = |one: &Utterance, other: &Utterance| {
            one.relations.iter().any(|(relation, name)| is_one(*relation) && other.names.contains(name))
        };
        says(self, other) || says(other, self)
    }

    /// Whether the two were certainly said on different occasions.
    #[must_use]
    pub fn is_apart(&self, other: &Utterance) -> bool {
        let are_days = |days: Option<(&Date, &Date)>| {
            days.is_some_and(|(one, other)| one.is_before(other).is_yes() || one.is_after(other).is_yes())
        };
        let occasions = self.occasion.as_ref().zip(other.occasion.as_ref());
        // "We are cooperating fully" stands in many a statement.
        are_days(self.on.as_ref().zip(other.on.as_ref()))
            || are_days(self.stated.as_ref().zip(other.stated.as_ref()))
            || occasions.is_some_and(|(one, other)| one != other)
    }
}

impl Corpus {
    /// What belongs to a quote, the claim of that number: where nothing does, what belongs to
    /// the quote that it goes on from.
    #[must_use]
    pub fn sources_of_quote<'c>(
        &'c self,
        file: &'c FileFacts,
        article: &'c ArticleFacts,
        claim: u32,
    ) -> ClaimSources<'c> {
        let Some(claim) = article.claims.get(claim as usize) else { return ClaimSources::default() };
        let found = self.claim_sources(file, article, claim);
        if found.unknown || !found.known.is_empty() {
            return found;
        }
        let mut before = self.own_claims(file, claim, ClaimRelation::Continues);
        let first = before.next().and_then(|number| article.claims.get(number as usize));
        first.map(|first| self.claim_sources(file, article, first)).unwrap_or_default()
    }

    /// The entities that say a claim, where all of them are known; else none.
    #[must_use]
    pub fn all_speakers<'c>(
        &'c self,
        file: &FileFacts,
        claim: &ClaimFacts,
    ) -> SmallVec<[Known<'c, EntityFacts>; 2]> {
        let (known, unknown) = self.known_speakers(file, claim);
        if unknown { SmallVec::new() } else { known }
    }

    /// Whether one of `speakers` speaks at that place; `voices` is who may be meant by its name.
    /// Looked up where the article may settle the name otherwise, or leaves it to what it cites.
    #[must_use]
    pub fn is_said_by(
        &self,
        own: &FileFacts,
        place: QuotedPlace,
        voices: &FxHashSet<u32>,
        speakers: &[Known<'_, EntityFacts>],
    ) -> bool {
        if !self.may_be_said_by(place, voices) {
            return false;
        }
        let is_plain = voices.contains(&place.speaker()) && !self.has_own_meanings(place.file);
        let is_one = |id: &str| speakers.iter().any(|known| known.what.folded_id() == id);
        is_plain
            || self
                .utterance(own, place)
                .is_some_and(|utterance| utterance.speakers.iter().any(|id| is_one(id)))
    }

    /// A quoted sentence with all that others compare it with. What is packed is unpacked for
    /// it and not kept.
    ///
    /// `own` is the article that is judged, which may hold thousands of them: it is unpacked
    /// already.
    #[must_use]
    pub fn utterance(&self, own: &FileFacts, place: QuotedPlace) -> Option<Utterance> {
        if self.path(place.file) == Some(&own.path) {
            return self.utterance_in(own, place.sentence);
        }
        self.look_at(place.file, |file| self.utterance_in(file, place.sentence))?
    }

    fn utterance_in(&self, file: &FileFacts, sentence: u32) -> Option<Utterance> {
        let article = file.article.as_ref()?;
        let sentence = article.quotations.sentences.get(sentence as usize)?;
        let claim = article.claims.get(sentence.claim as usize)?;
        let mut speakers: Vec<Box<str>> =
            self.all_speakers(file, claim).iter().map(|known| known.what.folded_id().into()).collect();
        speakers.sort_unstable();
        let names = [&*article.slug, file.path_without_ending()];
        let name = |id: &str| names.map(|article| format!("{article}#{id}"));
        let relations = article.relations(claim).iter().flat_map(|reference| match &reference.article {
            Some(article) => vec![(reference.relation, format!("{article}#{}", reference.id))],
            None => name(&reference.id).map(|name| (reference.relation, name)).to_vec(),
        });
        let sources = self.sources_of_quote(file, article, sentence.claim);
        let stated = self.stated(file, &sources, &speakers);
        Some(Utterance {
            path: file.path.clone(),
            place: sentence.place,
            claim: claim.place,
            words: sentence.words.clone(),
            speakers,
            on: article.said_on(claim),
            occasion: self.occasion(file, article, claim),
            stated,
            keys: sources.known.iter().map(|cited| cited.source.what.key.clone()).collect(),
            lang: primary_language(&article.lang).to_ascii_lowercase().into(),
            names: claim.id.iter().flat_map(|id| name(id)).collect(),
            relations: relations.collect(),
        })
    }

    /// The key of the one utterance cited directly after a claim.
    fn occasion(&self, file: &FileFacts, article: &ArticleFacts, claim: &ClaimFacts) -> Option<Box<str>> {
        let point = article.points.get(claim.followed_by? as usize)?;
        let [cited] = article.cited.get(point.start as usize..point.end as usize)? else { return None };
        let source = self.source(file, &cited.key)?.what;
        source.is_utterance().then(|| source.key.clone())
    }

    /// When the one source was issued, where it is the own statement of one of the speakers, given
    /// by their ids.
    fn stated(&self, file: &FileFacts, sources: &ClaimSources<'_>, speakers: &[Box<str>]) -> Option<Date> {
        let [cited] = &sources.known[..] else { return None };
        let source = cited.source.what;
        let issuer = self.issuer_of(file, cited.source)?;
        let is_own = speakers.iter().any(|id| **id == *issuer.what.folded_id());
        source.issued.clone().filter(|_| is_own && source.relays.is_empty() && !sources.unknown)
    }
}
