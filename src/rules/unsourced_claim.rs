//! `unsourced-claim`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::ClaimFacts;
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "unsourced-claim",
    summary: "a claim with no source and no `basis`",
    explanation: "\
Every claim has to say where it comes from: a citation in it or right after it, in the claim
around it, or else in its sentence or table row; the `source=` of the div around it; or a
`basis`. \"Where did this come from?\" is the first question of every fact-checker: the KSJ
fact-checking guides ask for a source behind each line of an annotated draft, and the Reuters
Handbook for the source of every statement that is not plain to see.

    Bad:   [Fishermen were the first to reach her]{.claim by=seamens-union}.
    Good:  [Fishermen were the first to reach her]{.claim by=seamens-union}[@union-0805].
    Good:  [The lamps on the mole were out]{.claim basis=observed}.

Cite the source. Where the reporter was there, `basis=observed` says so; what nobody disputes is
`basis=established`. A claim is reported once, at the outermost: what is cited inside a nested
claim is a source for the nested one alone. A key that no source has, and a source that was
retracted, are reported as that and not here, unless the rule that does so is off.",
    tier: Tier::B,
    levels: Levels { draft: Some(Level::Hint), standard: Some(Level::Error), publish: Some(Level::Error) },
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    let points = context.counting_points(article);
    // What is nested in a sourced claim is sourced, and what is nested in another is
    // reported there: only the outermost are left to be judged.
    let outermost = article.claims.iter().filter(|claim| claim.parent.is_none());
    for claim in outermost.filter(|claim| !claim.flawed && !claim.basis) {
        if !points.cited_by(claim) {
            findings.push(finding(claim));
        }
    }
}

fn finding(claim: &ClaimFacts) -> Finding {
    let what = match claim {
        ClaimFacts { accusation: true, .. } => "accusation",
        ClaimFacts { response: true, .. } => "response",
        ClaimFacts { quote: true, .. } => "quote",
        _ => "claim",
    };
    Finding::new(claim.place, format!("this {what} has no source")).help(
        "cite where it comes from right after it, `[@key]`; or say `basis=observed` if the reporter \
         saw it, `basis=established` if nobody disputes it",
    )
}
