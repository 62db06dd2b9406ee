//! `disputed-stated-as-fact`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{Echoed, Verdict};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "disputed-stated-as-fact",
    summary: "a claim that is disputed or false elsewhere, repeated here in the article's own voice",
    explanation: "\
The desk has found a claim to be disputed or false (`verdict=`) where it was made first, and this
article repeats or confirms it (`repeats=`, `confirms=`) without saying whose claim it is: in its own
voice, as a fact. The Reuters Handbook asks that what is contested is attributed each time it is
told, and the IFCN's code that a publication's own verdicts hold in all that it prints.

    Bad:   [The mast was mined]{.claim repeats=mast-falls#mined}[@karu-1012].   (verdict=disputed there)
    Good:  [The mast was mined]{.claim by=karu repeats=mast-falls#mined}[@karu-1012], Karu said.

Say whose claim it is with `by=`, say that it is disputed, or give this one a `verdict` of its own if
the desk has found out more. A claim that is false, and that the article neither lists among its
`corrections` nor says by its `status`, is reported as a correction that did not arrive.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    for echoed in context.corpus.echoed(context.file, article) {
        let Some(verdict) = echoed.claim.and_then(|claim| claim.verdict) else { continue };
        let has_own = echoed.by.verdict.is_some() || echoed.by.flawed;
        if has_own || !context.corpus.is_own_voice(context.file, article, echoed.by) {
            continue;
        }
        let word = match verdict {
            Verdict::Disputed => "disputed",
            // Otherwise it is the correction that is missing.
            Verdict::False if !is_reported_as_uncorrected(context, &echoed) => "false",
            _ => continue,
        };
        findings.push(finding(context, &echoed, word));
    }
}

fn is_reported_as_uncorrected(context: &CorpusContext<'_>, echoed: &Echoed<'_>) -> bool {
    let Some(article) = context.article() else { return false };
    (context.is_on)("correction-not-propagated")
        && echoed.withdrawal().is_some_and(|why| !echoed.is_acknowledged(article, &why))
}

fn finding(context: &CorpusContext<'_>, echoed: &Echoed<'_>, word: &str) -> Finding {
    let is_own = echoed.file.path == context.file.path;
    let place = if is_own { "of this article".to_owned() } else { format!("in {}", echoed.file.path) };
    let message = format!(
        "this states as a fact what `#{}` {place} says and the desk holds to be {word}",
        echoed.reference.id
    );
    let mut finding = Finding::new(echoed.by.place, message)
        .help("say with `by=` whose claim it is, or give it a `verdict` of its own");
    if let Some(claim) = echoed.claim {
        finding.add_related(&echoed.file.path, claim.place, format!("`verdict={word}`"));
    }
    finding
}
