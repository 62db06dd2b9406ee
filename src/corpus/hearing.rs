//! Who of those whom an article accuses is heard in it, and on what.
//!
//! An accused is heard on an accusation that a `.response` answers which comes from them or
//! from somebody who may answer for them, or of which `reply=` says what came of asking or
//! where the answer stands. Accusations share their answers with what they repeat or go on
//! from, and with what stands inside them. An answer in another article counts only where the
//! accusation names it: whoever reads this article would not find it otherwise.

use rustc_hash::FxHashMap;

use super::answers::Answerers;
use super::article::{ArticleFacts, ClaimFacts, ClaimReference, ClaimRelation, Reply, ReplyWord};
use super::facts::{EntityReference, FileFacts, FileKind};
use super::registry::EntityFacts;
use super::resolve::{ClaimTarget, Known};
use super::tables::Corpus;

/// How many references to an accusation in other articles are looked at for answers.
const MOST_ELSEWHERE: usize = 64;

/// What there is of one accused to one accusation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody who may answer for them does, in this claim of the article.
    Answered(u32),
    /// They do in another article, which the accusation names.
    AnsweredElsewhere,
    /// It is said what came of asking.
    Asked(ReplyWord),
    /// Somebody answers of whom it is not known for whom, or a reference leads nowhere.
    Unknown,
    /// Nothing.
    Unheard,
}

/// What answers a set of accusations that share their answers.
#[derive(Default)]
struct Heard<'c> {
    /// In responses, by the number of the claim.
    answerers: Answerers<'c>,
    /// In other articles.
    elsewhere: Answerers<'c>,
    /// Those who were asked, by the number in `words`.
    asked: Answerers<'c>,
    words: Vec<ReplyWord>,
    /// What came of asking all of them.
    all: Option<ReplyWord>,
    /// Somebody answers of whom it is not known who they are.
    by_unknown: bool,
}

impl Heard<'_> {
    fn is_anybody(&self) -> bool {
        !self.answerers.is_empty()
            || !self.elsewhere.is_empty()
            || !self.words.is_empty()
            || self.all.is_some()
            || self.by_unknown
    }
}

/// Who is heard in one article.
pub struct Hearing<'c> {
    corpus: &'c Corpus,
    file: &'c FileFacts,
    article: &'c ArticleFacts,
    /// For each claim, the first of those with which it shares answers.
    shared: Vec<u32>,
    /// By the first of those that share them.
    heard: FxHashMap<u32, Heard<'c>>,
    /// Whoever answers anything in the article.
    anybody: Answerers<'c>,
    /// Whoever answers a claim that is not there, which is a fault of its own: it may be
    /// any of these.
    nowhere: Heard<'c>,
}

impl<'c> Hearing<'c> {
    /// Of `article`, which is in `file`.
    #[must_use]
    pub fn new(corpus: &'c Corpus, file: &'c FileFacts, article: &'c ArticleFacts) -> Self {
        let mut hearing = Hearing {
            corpus,
            file,
            article,
            shared: shared(corpus, file, article),
            heard: FxHashMap::default(),
            anybody: Answerers::default(),
            nowhere: Heard::default(),
        };
        for (number, claim) in article.claims.iter().enumerate() {
            if claim.response {
                hearing.response(number as u32, claim);
            }
            for reply in &claim.reply {
                hearing.reply(number as u32, reply);
            }
        }
        hearing
    }

    /// What there is of `accused` to the accusation of that number, or to one around it.
    #[must_use]
    pub fn outcome(&self, number: u32, accused: Known<'c, EntityFacts>) -> Outcome {
        let around = self.article.with_those_around(number);
        let around = around.filter_map(|(at, _)| self.heard.get(self.shared.get(at as usize)?));
        let outcomes = around.chain([&self.nowhere]).map(|heard| self.outcome_of(heard, accused));
        // What is known of the innermost counts; of those that share answers, an answer most.
        outcomes.into_iter().find(|outcome| *outcome != Outcome::Unheard).unwrap_or(Outcome::Unheard)
    }

    /// Whether the claim of that number is an accusation of which somebody accused is neither
    /// answered for nor said to have been asked. Where it is not known who is accused, anybody's
    /// answer counts; who accuses themselves needs none.
    #[must_use]
    pub fn is_unanswered(&self, number: u32) -> bool {
        let Some(claim) = self.article.claims.get(number as usize) else { return false };
        if !claim.accusation || claim.flawed {
            return false;
        }
        let (corpus, file) = (self.corpus, self.file);
        let accused = claim.against.map(|against| corpus.expand(file, against)).unwrap_or_default();
        let (speakers, _) = corpus.known_speakers(file, claim);
        let is_unheard = |name: &&EntityReference| match corpus.entity(file, &name.folded).one() {
            Some(accused) => {
                !speakers.iter().any(|speaker| speaker.what.folded_id() == accused.what.folded_id())
                    && self.outcome(number, accused) == Outcome::Unheard
            }
            None => !self.hears_anybody(number),
        };
        if accused.is_empty() { !self.hears_anybody(number) } else { accused.iter().any(is_unheard) }
    }

    /// Whether anybody answers the accusation of that number or one around it, or was asked.
    fn hears_anybody(&self, number: u32) -> bool {
        let around = self.article.with_those_around(number);
        let mut around = around.filter_map(|(at, _)| self.heard.get(self.shared.get(at as usize)?));
        around.any(Heard::is_anybody) || self.nowhere.is_anybody()
    }

    fn outcome_of(&self, heard: &Heard<'c>, accused: Known<'c, EntityFacts>) -> Outcome {
        let by = |answerers: &Answerers<'c>| answerers.answer_for(self.corpus, self.article, accused);
        if let Some(claim) = by(&heard.answerers) {
            return Outcome::Answered(claim);
        }
        if by(&heard.elsewhere).is_some() {
            return Outcome::AnsweredElsewhere;
        }
        let word = by(&heard.asked).and_then(|at| heard.words.get(at as usize)).copied();
        match word.or(heard.all) {
            Some(word) => Outcome::Asked(word),
            None if heard.by_unknown => Outcome::Unknown,
            None => Outcome::Unheard,
        }
    }

    /// The first claim in which `accused`, or somebody for them, answers anything here.
    #[must_use]
    pub fn answers_anything(&self, accused: Known<'c, EntityFacts>) -> Option<u32> {
        self.anybody.answer_for(self.corpus, self.article, accused)
    }

    /// Claims of other articles that say of themselves that they answer `accusation` and come
    /// from somebody who may answer for `accused`.
    #[must_use]
    pub fn answers_in_other_articles(
        &self,
        accusation: &ClaimFacts,
        accused: Known<'c, EntityFacts>,
    ) -> Vec<(&'c FileFacts, &'c ClaimFacts)> {
        let Some(id) = &accusation.id else { return Vec::new() };
        let references = self.corpus.claim_references_to(self.file, id);
        let others = references.into_iter().filter(|(file, reference)| {
            reference.relation == ClaimRelation::Answers
                && file.path != self.file.path
                && file.kind == FileKind::Article
        });
        let claims = others.take(MOST_ELSEWHERE).filter_map(|(file, reference)| {
            Some((file, file.article.as_ref()?.claims.get(reference.claim? as usize)?))
        });
        claims
            .filter(|(file, claim)| {
                let mut voices = Answerers::default();
                hear(self.corpus, file, claim, 0, &mut voices);
                claim.response && voices.answer_for(self.corpus, self.article, accused).is_some()
            })
            .collect()
    }

    fn response(&mut self, number: u32, response: &'c ClaimFacts) {
        let (corpus, file) = (self.corpus, self.file);
        let (known, unknown) = corpus.known_speakers(file, response);
        let unknown = unknown || response.flawed;
        let said = self.article.said_on(response);
        let dates = self.article.dates_in(said.as_ref());
        for entity in &known {
            self.anybody.add(corpus, dates, *entity, number);
        }
        let leads_nowhere = self
            .article
            .related(response, ClaimRelation::Answers)
            .any(|reference| !matches!(corpus.claim(file, reference), ClaimTarget::Claim(..)));
        let own = corpus.own_claims(file, response, ClaimRelation::Answers);
        let mut answered: Vec<Option<u32>> = own.map(|claim| Some(self.shared[claim as usize])).collect();
        answered.sort_unstable();
        answered.dedup();
        answered.extend(leads_nowhere.then_some(None));
        for claim in answered {
            let heard = match claim {
                Some(claim) => self.heard.entry(claim).or_default(),
                None => &mut self.nowhere,
            };
            heard.by_unknown |= unknown;
            for entity in &known {
                heard.answerers.add(corpus, dates, *entity, number);
            }
        }
    }

    fn reply(&mut self, number: u32, reply: &Reply) {
        let named = reply.answer.and_then(|answer| self.article.claim_references.get(answer as usize));
        if let Some(reference) = named {
            self.named_answer(number, reference);
        }
        let Some(word) = reply.word.filter(|word| word.settles()) else { return };
        let heard = self.heard.entry(self.shared[number as usize]).or_default();
        let Some(accused) = reply.accused else {
            heard.all = Some(word);
            return;
        };
        let name = &self.file.entity_references[accused as usize].folded;
        match self.corpus.entity(self.file, name).one() {
            Some(entity) => {
                let dates = self.article.dates_in(None);
                heard.asked.add(self.corpus, dates, entity, heard.words.len() as u32);
                heard.words.push(word);
            }
            // A name that leads nowhere is a fault of its own.
            None => heard.by_unknown = true,
        }
    }

    /// An answer that the accusation names: whoever speaks there is heard here.
    fn named_answer(&mut self, number: u32, reference: &'c ClaimReference) {
        let (corpus, own) = (self.corpus, self.file);
        let target = match corpus.claim(own, reference) {
            ClaimTarget::Claim(file, anchor) => anchor
                .claim
                .and_then(|claim| Some((file, file.article.as_ref()?.claims.get(claim as usize)?))),
            _ => None,
        };
        let heard = self.heard.entry(self.shared[number as usize]).or_default();
        // A reference that leads nowhere is a fault of its own.
        let Some((file, claim)) = target else {
            heard.by_unknown = true;
            return;
        };
        heard.by_unknown |= hear(corpus, file, claim, number, &mut heard.elsewhere);
    }
}

/// Adds whoever speaks in a claim of another article; says whether somebody unknown does. They
/// hold their offices when they answer, which is when that article is published, or on the date
/// that the claim gives.
fn hear<'c>(
    corpus: &'c Corpus,
    file: &'c FileFacts,
    claim: &ClaimFacts,
    number: u32,
    voices: &mut Answerers<'c>,
) -> bool {
    let (known, unknown) = corpus.known_speakers(file, claim);
    if let Some(article) = &file.article {
        let said = article.said_on(claim);
        for entity in &known {
            voices.add(corpus, article.dates_in(said.as_ref()), *entity, number);
        }
    }
    unknown
}

/// For each claim the first of those with which it shares answers: what it repeats, and
/// the quote that it goes on from, in either direction.
fn shared(corpus: &Corpus, file: &FileFacts, article: &ArticleFacts) -> Vec<u32> {
    let mut first: Vec<u32> = (0..article.claims.len() as u32).collect();
    // Each points at a smaller number; the paths are halved on the way.
    fn find(first: &mut [u32], mut at: u32) -> u32 {
        while first[at as usize] != at {
            first[at as usize] = first[first[at as usize] as usize];
            at = first[at as usize];
        }
        at
    }
    for (number, claim) in article.claims.iter().enumerate() {
        let same = [ClaimRelation::Repeats, ClaimRelation::Continues];
        for other in same.into_iter().flat_map(|relation| corpus.own_claims(file, claim, relation)) {
            let (a, b) = (find(&mut first, number as u32), find(&mut first, other));
            first[a.max(b) as usize] = a.min(b);
        }
    }
    (0..article.claims.len() as u32).map(|number| find(&mut first, number)).collect()
}
