//! `right-of-reply-missing`

use rustc_hash::FxHashMap;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{
    Answerers, ArticleFacts, ClaimFacts, ClaimRelation, ClaimTarget, EntityFacts, Known, Reply, Speakers,
};
use crate::diagnostic::{Edit, Finding, Level};
use crate::syntax::attribute_value;

pub(super) static RULE: Rule = Rule {
    name: "right-of-reply-missing",
    summary: "an accusation against somebody who does not answer and of whom it is not said that they were asked",
    explanation: "\
Whoever is accused gets a chance to answer, and readers see what came of it: Ofcom's code (rule
7.11), the BBC's editorial guidelines and the Reuters Handbook all ask for it. For each accused in
`against=` this looks for a `.response` in the article that `answers` the accusation and comes from
them, from a body above or below them (`part-of`), or from a person who speaks for one of these on
the article's date; or for a `reply=` on the accusation that settles it. Each accused needs an answer.

    Bad:   [Its crews were practising all summer]{.accusation by=karu against=army}[@karu-1012], Karu said.
    Good:  [Its crews were practising all summer]{.accusation #crews by=karu against=army}[@karu-1012],
           Karu said. [No crew was there]{.response answers=#crews by=army}[@army-1013], the army said.
    Good:  [Its crews were practising all summer]{.accusation by=karu against=army reply=no-answer}[@karu-1012],
           Karu said; the army did not reply.

Mark the answer with `.response answers=#…`, or say with `reply=` what came of asking: `sought`,
`declined`, `no-answer`, `promised`, or one for each accused, `reply=\"army:declined, port:sought\"`.
`not-sought` is honest and settles nothing. An accusation that `repeats` or `continues` another of the
article shares its answers, and so does one that stands inside another. Nothing is reported where
it is unknown who is accused or who answers, nor where somebody accuses themselves.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

/// How many claims around an accusation are looked at: no text is nested deeper.
const MOST_NESTED: usize = 32;

/// How many other accusations a finding points at.
const MOST_RELATED: usize = 5;

/// How many replies, each of one accused, a fix writes at most.
const MOST_REPLIES: usize = 20;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    if article.claims.iter().any(|claim| claim.accusation && claim.against.is_some()) {
        Judge::new(context, article).judge(findings);
    }
}

/// What answers a set of accusations that share their answers.
#[derive(Default)]
struct Heard<'c> {
    answerers: Answerers<'c>,
    /// Somebody answers of whom it is not known who they are.
    by_unknown: bool,
    /// `reply=` settles it for all accused.
    settled: bool,
}

struct Judge<'c> {
    context: &'c CorpusContext<'c>,
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

/// An accusation with those of its accused who are not heard.
struct Unheard<'c> {
    claim: &'c ClaimFacts,
    speaker: String,
    accused: Vec<Known<'c, EntityFacts>>,
    /// How many it accuses in all.
    of: usize,
}

impl Unheard<'_> {
    /// How many replies say of all who are not heard what came of asking.
    fn replies(&self) -> usize {
        if self.accused.len() == self.of { 1 } else { self.accused.len() }
    }
}

impl<'c> Judge<'c> {
    fn new(context: &'c CorpusContext<'c>, article: &'c ArticleFacts) -> Self {
        let mut judge = Judge {
            context,
            article,
            shared: shared(context, article),
            heard: FxHashMap::default(),
            anybody: Answerers::default(),
            nowhere: Heard::default(),
        };
        for (number, claim) in article.claims.iter().enumerate() {
            if claim.response {
                judge.response(number as u32, claim);
            }
            if !claim.reply.is_empty() {
                judge.reply(number as u32, claim);
            }
        }
        judge
    }

    fn response(&mut self, number: u32, response: &ClaimFacts) {
        let (corpus, file) = (self.context.corpus, self.context.file);
        let mut known = Vec::new();
        let mut unknown = response.flawed;
        let mut name = |folded: &str| match corpus.entity(file, folded).one() {
            Some(entity) => known.push(entity),
            None => unknown = true,
        };
        match corpus.speakers(file, response) {
            Speakers::Entities(names) => names.iter().for_each(|reference| name(&reference.folded)),
            Speakers::Implied(folded) => name(&folded),
            Speakers::Unnamed | Speakers::Missing => unknown = true,
            // The article itself can't answer for the accused.
            Speakers::Own => {}
        }
        for entity in &known {
            self.anybody.add(corpus, self.article, *entity, number);
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
                heard.answerers.add(corpus, self.article, *entity, number);
            }
        }
    }

    fn reply(&mut self, number: u32, claim: &ClaimFacts) {
        let (corpus, file) = (self.context.corpus, self.context.file);
        let heard = self.heard.entry(self.shared[number as usize]).or_default();
        for Reply { accused, .. } in claim.reply.iter().filter(|reply| reply.settles) {
            match accused {
                None => heard.settled = true,
                Some(accused) => {
                    let name = &file.entity_references[*accused as usize].folded;
                    match corpus.entity(file, name).one() {
                        Some(entity) => heard.answerers.add(corpus, self.article, entity, number),
                        // A name that leads nowhere is a fault of its own.
                        None => heard.by_unknown = true,
                    }
                }
            }
        }
    }

    /// Whether `accused` is heard on the claim with that number, or on one around it.
    fn is_heard(&self, number: u32, accused: Known<'c, EntityFacts>) -> bool {
        let around = std::iter::successors(Some(number), |&at| self.article.claims[at as usize].parent);
        around
            .take(MOST_NESTED)
            .filter_map(|number| self.heard.get(&self.shared[number as usize]))
            .chain([&self.nowhere])
            .any(|heard| {
                heard.settled
                    || heard.by_unknown
                    || heard.answerers.answer_for(self.context.corpus, self.article, accused).is_some()
            })
    }

    fn judge(&self, findings: &mut Findings) {
        let accusations = self.article.claims.iter().enumerate();
        let unheard: Vec<Unheard<'c>> = accusations
            .filter(|(_, claim)| claim.accusation && !claim.flawed)
            .filter_map(|(number, claim)| self.unheard(number as u32, claim))
            .collect();
        // One finding per speaker and accused.
        let mut groups: Vec<(Known<'c, EntityFacts>, Vec<&Unheard<'c>>)> = Vec::new();
        let mut numbers: FxHashMap<(&str, &str), usize> = FxHashMap::default();
        for accusation in &unheard {
            for accused in &accusation.accused {
                let number = *numbers.entry((&accusation.speaker, &accused.what.id)).or_insert_with(|| {
                    groups.push((*accused, Vec::new()));
                    groups.len() - 1
                });
                groups[number].1.push(accusation);
            }
        }
        findings.extend(groups.iter().map(|(accused, accusations)| self.finding(*accused, accusations)));
    }

    fn unheard(&self, number: u32, claim: &'c ClaimFacts) -> Option<Unheard<'c>> {
        let (corpus, file) = (self.context.corpus, self.context.file);
        let names = corpus.expand(file, claim.against?);
        let (speaker, speakers) = self.speaker(claim);
        let mut accused: Vec<Known<'c, EntityFacts>> = Vec::new();
        for name in &names {
            if let Some(entity) = corpus.entity(file, &name.folded).one()
                && !speakers.contains(&&*entity.what.id)
                && accused.iter().all(|other| other.what.id != entity.what.id)
                && !self.is_heard(number, entity)
            {
                accused.push(entity);
            }
        }
        (!accused.is_empty()).then_some(Unheard { claim, speaker, accused, of: names.len() })
    }

    /// Who accuses, as a word to compare and as the ids of those who are known.
    fn speaker(&self, claim: &ClaimFacts) -> (String, Vec<&'c str>) {
        let (corpus, file) = (self.context.corpus, self.context.file);
        let known = |folded: &str| corpus.entity(file, folded).one().map(|entity| &*entity.what.id);
        let join = |names: &mut dyn Iterator<Item = &str>| {
            let mut words: Vec<&str> = Vec::new();
            let mut ids: Vec<&'c str> = Vec::new();
            for name in names {
                words.push(known(name).unwrap_or(name));
                ids.extend(known(name));
            }
            words.sort_unstable();
            (format!("by {}", words.join(", ")), ids)
        };
        match corpus.speakers(file, claim) {
            Speakers::Entities(names) => join(&mut names.iter().map(|reference| &*reference.folded)),
            Speakers::Implied(name) => join(&mut std::iter::once(&*name)),
            Speakers::Unnamed => ("unnamed".to_owned(), Vec::new()),
            Speakers::Own | Speakers::Missing => (String::new(), Vec::new()),
        }
    }

    fn finding(&self, accused: Known<'c, EntityFacts>, accusations: &[&Unheard<'c>]) -> Finding {
        let (corpus, path) = (self.context.corpus, self.context.path());
        let name = &accused.what.name;
        let elsewhere = self.anybody.answer_for(corpus, self.article, accused);
        let message = match elsewhere {
            Some(_) => format!("{name} is accused here, and answers something else only"),
            None => format!("{name} is accused here, and nobody answers for them"),
        };
        let (first, others) = (accusations[0], &accusations[1..]);
        let mut finding = Finding::new(first.claim.place, message).help(
            "mark their answer with `.response answers=#…`, or say with `reply=` what came of asking them",
        );
        if let Some(number) = elsewhere {
            let answer = &self.article.claims[number as usize];
            let what = if self.article.related(answer, ClaimRelation::Answers).next().is_none() {
                "what they say here answers no claim: is it the answer?"
            } else {
                "what they say here answers another claim"
            };
            finding.add_related(path, answer.place, what);
        }
        for other in others.iter().take(MOST_RELATED) {
            finding.add_related(path, other.claim.place, format!("another accusation against {name}"));
        }
        if let Some(next) = others.get(MOST_RELATED) {
            finding.add_related(path, next.claim.place, format!("and {} more", others.len() - MOST_RELATED));
        }
        // Only the desk knows whether anybody was asked.
        finding.choice = true;
        if accusations.iter().map(|accusation| accusation.replies()).sum::<usize>() > MOST_REPLIES {
            return finding;
        }
        for (word, what) in
            [("sought", "was asked"), ("no-answer", "did not answer"), ("declined", "declined to comment")]
        {
            let edits: Option<Vec<Edit>> =
                accusations.iter().map(|accusation| self.edit(accusation, word)).collect();
            if let Some(edits) = edits {
                finding = finding.fix(format!("Say that {name} {what}: `reply={word}`"), edits);
            }
        }
        finding
    }

    /// Says of all who are not heard on an accusation what came of asking; none where it
    /// has a `reply` already, which only a person can add to.
    fn edit(&self, accusation: &Unheard<'c>, word: &str) -> Option<Edit> {
        if !accusation.claim.reply.is_empty() {
            return None;
        }
        let value = if accusation.accused.len() == accusation.of {
            word.to_owned()
        } else {
            let replies: Vec<String> =
                accusation.accused.iter().map(|accused| format!("{}:{word}", accused.what.id)).collect();
            attribute_value(&replies.join(", ")).into_owned()
        };
        Some(self.context.edit(accusation.claim.attributes_end, format!(" reply={value}")))
    }
}

/// For each claim the first of those with which it shares answers: what it repeats, and
/// the quote that it goes on from, in either direction.
fn shared(context: &CorpusContext<'_>, article: &ArticleFacts) -> Vec<u32> {
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
        let same =
            same.into_iter().flat_map(|relation| context.corpus.own_claims(context.file, claim, relation));
        for other in same {
            let (a, b) = (find(&mut first, number as u32), find(&mut first, other));
            first[a.max(b) as usize] = a.min(b);
        }
    }
    (0..article.claims.len() as u32).map(|number| find(&mut first, number)).collect()
}
