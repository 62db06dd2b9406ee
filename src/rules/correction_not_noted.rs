//! `correction-not-noted`

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "correction-not-noted",
    summary: "an article with the status of corrected that does not say what was corrected",
    explanation: "\
An article with `status: corrected` tells readers that something in it was wrong. Its `corrections` say
what, when, and in which claims. Without an entry nobody who read, cited or repeated the story can know
what no longer holds. The Reuters Handbook and AP ask for corrections that name the error, and the IFCN's
code of principles for corrections made openly and honestly.

    Bad:   status: corrected
    Good:  status: corrected
           corrections:
           - {date: 2026-03-12, text: \"The raid was on 14 February, not 15.\", claims: [raid]}

Add an entry for each correction, or set the status back.",
    tier: Tier::B,
    levels: Levels::publishing(Level::Warning),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    let Some((_, front)) = context.as_article() else { return };
    let Some(status) = front.status.as_ref().filter(|status| status.as_str().trim() == "corrected") else {
        return;
    };
    // Where the front matter could not be read, what it lacks is unknown.
    if front.corrections.is_empty() && front.problems.is_empty() {
        findings.push(
            Finding::new(
                context.place(status.span),
                "this article was corrected, and `corrections` is empty",
            )
            .help("say under `corrections` when, what was wrong and in which claims: `{date, text, claims}`"),
        );
    }
}
