//! `unannotated-article`

use super::{Check, CorpusContext, Findings, Levels, Profile, Rule, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "unannotated-article",
    summary: "an article of which nothing has been marked as a claim",
    explanation: "\
An article with paragraphs of prose and not one claim: nobody has gone through it and written down what
it says, who says so and where that comes from. While a story is written that is no fault. On its way out
it is: the KSJ fact-checking guides begin with the annotated draft, in which each fact has its source,
and a story without one cannot be checked by anybody but its author. Before publication
this is an error; in the standard profile it is a warning where the front matter says `status: review`.

    Bad:   status: review
           …  The convoy was turned back, the agency said.
    Good:  status: review
           …  [The convoy was turned back]{.claim by=relief-agency}[@wire-0311], the agency said.

Mark the claims, beginning with the headline's. Pages about an entity, files without front matter, notices
of a line or two, lists, and articles that were withdrawn are left alone.",
    tier: Tier::B,
    levels: Levels { draft: None, standard: Some(Level::Warning), publish: Some(Level::Error) },
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    let Some(place) = article.unannotated else { return };
    if article.in_review || context.profile == Profile::Publish {
        findings.push(Finding::new(place, "nothing in this article is marked as a claim").help(
            "mark what it says with `[…]{.claim}`, who says so with `by=`, and cite where it comes from",
        ));
    }
}
