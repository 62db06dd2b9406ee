//! `accusation-without-target`

use rustc_hash::FxHashMap;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, ClaimRelation, Speakers};
use crate::diagnostic::{Finding, Level};
use crate::syntax::attribute_value;

pub(super) static RULE: Rule = Rule {
    name: "accusation-without-target",
    summary: "an accusation that does not say whom it accuses",
    explanation: "\
An `.accusation` says with `against=` whom it accuses, or takes that over from the claim or div
around it. Without it nothing can tell whether the accused was heard, and fairness to the accused
is what the word is there for: Ofcom's code (rule 7.11), the BBC's editorial guidelines and the
Reuters Handbook ask that those who are accused get a chance to answer.

    Bad:   [Somebody at the hospital gave it away]{.accusation by=joris-vael}[@hearing-12].
    Good:  [Somebody at the hospital gave it away]{.accusation by=joris-vael against=hospital}[@hearing-12].

Add `against=` with the entity or entities accused. If nobody is accused of doing wrong, the words
are a `.claim`.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    // Whether it, or a claim around it, accuses nobody: one `against=` mends them all.
    let mut said = vec![false; article.claims.len()];
    let answers = answers(context, article);
    for (number, claim) in article.claims.iter().enumerate() {
        let around = claim.parent.is_some_and(|parent| said[parent as usize]);
        let lacks = claim.accusation && claim.against.is_none();
        said[number] = around || lacks;
        if !lacks || around || claim.flawed {
            continue;
        }
        let mut finding = Finding::new(claim.place, "this accusation does not say whom it accuses").help(
            "name the accused with `against=`; where nobody is accused of doing wrong, it is a `.claim`",
        );
        // Who answers it is most likely who is accused; but a person has to say so.
        if let Some(Some(id)) = answers.get(&(number as u32)) {
            let value = attribute_value(id);
            finding.choice = true;
            finding = finding.fix(
                format!("Add `against={value}`, who answers it"),
                vec![context.add_attributes(claim, &format!("against={value}"))],
            );
        }
        findings.push(finding);
    }
}

/// For each claim that is answered in the article, the one entity that does, or none
/// where it is several. The first answer counts.
fn answers<'c>(context: &CorpusContext<'c>, article: &'c ArticleFacts) -> FxHashMap<u32, Option<&'c str>> {
    let (corpus, file) = (context.corpus, context.file);
    let mut answers = FxHashMap::default();
    for response in article.claims.iter().filter(|claim| claim.response) {
        let speaker = match corpus.speakers(file, response) {
            Speakers::Entities(names) => match names[..] {
                [one] => corpus.entity(file, &one.folded).one().map(|known| &*known.what.id),
                _ => None,
            },
            _ => None,
        };
        for claim in corpus.own_claims(file, response, ClaimRelation::Answers) {
            answers.entry(claim).or_insert(speaker);
        }
    }
    answers
}
