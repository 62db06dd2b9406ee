//! `unsourced-quote`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "unsourced-quote",
    summary: "quoted words with neither a claim around them nor a citation in their sentence",
    explanation: "\
Four or more words in quotation marks are somebody's own. This finds those that stand in no claim
and in a sentence (or table row) that cites nothing, so that nobody can compare them with what
was said. The Reuters Handbook and AP hold that quotes are sacrosanct: whoever edits or checks
the story has to be able to find the notes, the recording or the document behind each.

    Bad:   She told me that \"the best seats are on the left\".
    Good:  She told me that [\"the best seats are on the left\"]{.quote by=tea-seller basis=observed}.
    Good:  The letter speaks of \"the best seats on the left\" [@letter-0203].

Mark the words as a quote and say whose they are, or cite the source in the sentence. Scraps of
up to three words, titles, prizes and nicknames (`the film \"…\"`, `the \"…\" award`), headings, and articles that have no annotation at all (they have not been
checked yet) are left alone.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    // An article without annotations has not been checked yet, which is not a fault of
    // each of its quotes.
    let Some(article) = context.article().filter(|article| article.annotated) else { return };
    let points = context.counting_points(article);
    for quote in article.quotes.iter().filter(|quote| !points.any(&quote.points)) {
        let finding = Finding::new(
            quote.place,
            "no claim and no citation says where these quoted words are from",
        )
        .help("mark them as a quote, `[\"…\"]{.quote by=…}[@key]`, or cite their source in the sentence");
        findings.push(finding);
    }
}
