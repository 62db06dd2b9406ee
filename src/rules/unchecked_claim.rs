//! `unchecked-claim`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "unchecked-claim",
    summary: "a claim that the desk has not checked",
    explanation: "\
The desk's log is kept with the claims: `checked=` is the day on which somebody held the words, the
attribution and the sources of a claim against what they rest on, `checker=` who it was. The KSJ
fact-checking guides ask for such a log, fact by fact, and that each line of a draft is ticked off
before it goes to press. This asks for it before publication and at no other time.

    Bad:   [The gates were shut at noon]{.claim by=dam-authority}[@gate-log, p. 7].
    Good:  [The gates were shut at noon]{.claim by=dam-authority checked=2026-03-11}[@gate-log, p. 7].

Check it, and then say so: `checked=` with the date. What is nested in a claim is checked with it, and
reported with it. Claims and articles that were withdrawn are left alone.",
    tier: Tier::B,
    levels: Levels::publishing(Level::Error),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    for claim in article.claims.iter().filter(|claim| claim.parent.is_none() && !claim.flawed) {
        let notes = claim.notes.as_ref();
        if notes.is_none_or(|notes| notes.checked.is_none() && notes.retracted.is_none()) {
            findings.push(
                Finding::new(claim.place, "nobody has checked this claim")
                    .help("hold it against its sources, then add `checked=` with the date"),
            );
        }
    }
}
