//! `right-of-reply-missing`

use rustc_hash::FxHashMap;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{
    ArticleFacts, ClaimFacts, ClaimRelation, EntityFacts, Hearing, Known, Outcome, Speakers,
};
use crate::diagnostic::{Edit, Finding, Fix, Level};
use crate::syntax::attribute_value;

pub(super) static RULE: Rule = Rule {
    name: "right-of-reply-missing",
    summary: "an accusation against somebody who does not answer and of whom it is not said that they were asked",
    explanation: "\
Whoever is accused gets a chance to answer, and readers see what came of it: Ofcom's code (rule
7.11), the BBC's editorial guidelines and the Reuters Handbook all ask for it. For each accused in
`against=` this looks for a `.response` in the article that `answers` the accusation and comes from
them, from a body above or below them (`part-of`), or from a person who speaks for one of these on
the date of the answer (`on=`, else the article's); or for a `reply=` on the accusation that settles it. Each accused needs an answer.

    Bad:   [Its crews were practising all summer]{.accusation by=karu against=army}[@karu-1012], Karu said.
    Good:  [Its crews were practising all summer]{.accusation #crews by=karu against=army}[@karu-1012],
           Karu said. [No crew was there]{.response answers=#crews by=army}[@army-1013], the army said.
    Good:  [Its crews were practising all summer]{.accusation by=karu against=army reply=no-answer}[@karu-1012],
           Karu said; the army did not reply.

Mark the answer with `.response answers=#…`, or say with `reply=` what came of asking: `sought`,
`declined`, `no-answer`, `promised`, or one for each accused, `reply=\"army:declined, port:sought\"`.
`not-sought` is honest and settles nothing. An answer in another article counts once it is named,
`reply=mast-answer#no-crew`: readers of this one would not find it otherwise. One that says of itself
that it answers the accusation is offered. An accusation that `repeats` or `continues` another of the
article shares its answers, and so does one that stands inside another. Nothing is reported where
it is unknown who is accused or who answers, nor where somebody accuses themselves.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

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

struct Judge<'c> {
    context: &'c CorpusContext<'c>,
    article: &'c ArticleFacts,
    hearing: Hearing<'c>,
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
        Judge { context, article, hearing: Hearing::new(context.corpus, context.file, article) }
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
                && self.hearing.outcome(number, entity) == Outcome::Unheard
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
        let path = self.context.path();
        let name = &accused.what.name;
        let elsewhere = self.hearing.answers_anything(accused);
        let answers_nothing = elsewhere.is_some_and(|number| {
            let answer = &self.article.claims[number as usize];
            self.article.related(answer, ClaimRelation::Answers).next().is_none()
        });
        let message = match elsewhere {
            Some(_) if answers_nothing => {
                format!("{name} is accused here, and what they say is not said to answer it")
            }
            Some(_) => format!("{name} is accused here, and answers something else only"),
            None => format!("{name} is accused here, and nobody answers for them"),
        };
        let (first, others) = (accusations[0], &accusations[1..]);
        let mut finding = Finding::new(first.claim.place, message).help(
            "mark their answer with `.response answers=#…`, or say with `reply=` what came of asking them",
        );
        if let Some(number) = elsewhere {
            let answer = &self.article.claims[number as usize];
            let what = if answers_nothing {
                "is this the answer? Then say so with `answers=`"
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
        self.offer_links(accused, accusations, &mut finding);
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

    /// Points at answers in other articles, and offers to name them. Readers of this one do not
    /// know of them, so they do not count before it does.
    fn offer_links(
        &self,
        accused: Known<'c, EntityFacts>,
        accusations: &[&Unheard<'c>],
        finding: &mut Finding,
    ) {
        let mut edits = Vec::new();
        for accusation in accusations {
            let answers = self.hearing.answers_in_other_articles(accusation.claim, accused);
            for (file, claim) in answers.iter().take(MOST_RELATED) {
                let date = file.article.as_ref().and_then(|article| article.dates.first());
                let date = date.map(|date| format!(" of {date}")).unwrap_or_default();
                let what = format!("an answer in another article{date}, which this one does not name");
                finding.add_related(&file.path, claim.place, what);
            }
            let named = answers.iter().find_map(|(file, claim)| Some((file, claim.id.as_ref()?)));
            let link = named.map(|(file, id)| format!("{}#{id}", file.path_without_ending()));
            edits.extend(link.and_then(|link| self.edit(accusation, &link)));
        }
        if !edits.is_empty() && edits.len() == accusations.len() && edits.len() <= MOST_REPLIES {
            let title = format!("Name the answer of {} in another article", accused.what.name);
            finding.fixes.push(Fix { title, edits });
        }
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
            replies.join(", ")
        };
        let value = attribute_value(&value);
        Some(self.context.edit(accusation.claim.attributes_end, format!(" reply={value}")))
    }
}
