//! `correction-not-propagated`

use super::context::when;
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{Echoed, Withdrawal};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "correction-not-propagated",
    summary: "a claim was corrected, withdrawn or found false, and an article that repeats it does not say so",
    explanation: "\
A correction is made where the mistake was, and the mistake lives on in every story that was built
on it. A claim is false (`verdict=false`), withdrawn (`retracted=`, or its article's `status:
retracted`) or corrected (its article's `corrections` list it); this finds the articles that repeat
or confirm it (`repeats=`, `confirms=`) and have neither a `status` of corrected or retracted nor the
claim in their own `corrections`. The IFCN's code of principles asks for corrections wherever the
error went, and the Reuters Handbook for a correction to every story that carried it.

    Bad:   toll.md lists `#toll` in its `corrections`;
           year-review.md has [40 people died]{.claim repeats=toll#toll}[@wire] and says nothing.
    Good:  year-review.md has `status: corrected`, and in its `corrections` the claim.

Correct this article, too: set `status: corrected`, and list the claim in its `corrections` with
what it said (`was`). An article that was written or updated on the day of the correction or after
it repeats what it says now, and is left alone; what is false stays false. A claim with a `verdict` of
its own, in a fact-check for one, says itself what is held of it.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Error),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    for echoed in context.corpus.echoed(context.file, article) {
        // What is said of a claim of this article itself, this article says.
        if echoed.file.path == context.file.path {
            continue;
        }
        if let Some(why) = echoed.withdrawal().filter(|why| !echoed.is_acknowledged(article, why)) {
            findings.push(finding(&echoed, &why));
        }
    }
}

fn finding(echoed: &Echoed<'_>, why: &Withdrawal) -> Finding {
    let what = match why {
        Withdrawal::False => "was found to be false".to_owned(),
        Withdrawal::Retracted => "was withdrawn".to_owned(),
        Withdrawal::Corrected(None) => "was corrected".to_owned(),
        Withdrawal::Corrected(Some(date)) => format!("was corrected {}", when(date)),
    };
    let message =
        format!("this goes back to `#{}` in {}, which {what}", echoed.reference.id, echoed.file.path);
    let finding = Finding::new(echoed.reference.place, message)
        .help("correct it here, too: `status: corrected`, and the claim in `corrections`");
    let place = echoed.claim.map(|claim| claim.place);
    let listed = echoed.file.anchor(&echoed.reference.id).map(|anchor| anchor.place);
    finding.related(&echoed.file.path, place.or(listed).unwrap_or_default(), "the claim")
}
