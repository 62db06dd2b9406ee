//! `weasel-attribution`

use super::same_fault::SwitchedOff;
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "weasel-attribution",
    summary: "something is attributed to nobody in particular, and nothing is cited",
    explanation: "\
\"Critics say\", \"it is believed to be\", \"sources said\", \"according to experts\", \"a group said\": the words
of an attribution without the attribution. Readers can't tell whether there were three critics or
none, and whoever checks the story can't ask them. The Reuters Handbook wants sources as exact as
they can be and never plural where there was one; Wikipedia's page on weasel words lists the rest.

    Bad:   Critics say that the dam is too dear.
    Good:  Critics such as [[dam-watch]] say that [the dam is too dear]{.claim by=dam-watch}[@dw-0311].

Say who they are, cite where it comes from in the sentence, or mark what they say as a claim:
`by=unnamed as=critics` if they can't be named. Left alone: quotations; sentences that name them
(\"including\", \"at the ministry\"), that cite something, or that hold or go on to a claim with `by`;
sentences with quoted words that are reported as `unsourced-quote`; articles that have no annotation at all. English and German articles are read.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| article.annotated) else { return };
    let quotes_are_reported = (context.is_on)("unsourced-quote");
    let mut off = None;
    for vague in &article.vague {
        // Whose the quoted words are is the same question, and who marks them answers both.
        let quote = vague.quote.and_then(|quote| article.quotes.get(quote as usize));
        if let Some(quote) = quote.filter(|_| quotes_are_reported) {
            let off = off.get_or_insert_with(|| SwitchedOff::new(article, "unsourced-quote"));
            if !off.holds(quote.place) {
                continue;
            }
        }
        let message = format!("`{}` attributes this to nobody in particular", vague.words);
        findings.push(
            Finding::new(vague.place, message).help(
                "say who they are, cite where it comes from, or mark what they say as a claim with `by=`",
            ),
        );
    }
}
