//! `single-source-accusation`

use super::context::{listed, whose};
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, CitedSource, ClaimFacts, Voices};
use crate::data::date::Certainty;
use crate::diagnostic::{Finding, Level};
use crate::registry::{Standing, Terms};

pub(super) static RULE: Rule = Rule {
    name: "single-source-accusation",
    summary: "an accusation in the article's own voice without two independent sources",
    explanation: "\
What the article says in its own voice (no `by=`, no quote) its publisher answers for. An accusation
needs two sources then that know it independently of each other: the BBC's editorial guidelines and
the Reuters Handbook ask for it. Two sources are independent when they come from different origins
and none of those whose statements they are is part of, above, or in office at one of the other's:
two ministries of one government are one voice.

    Bad:   [The mayor sold the pier twice]{.accusation against=mayor}[@clerk-0311].
    Good:  [The mayor sold the pier twice]{.accusation against=mayor}[@clerk-0311; @land-register].
    Good:  [The mayor sold the pier twice]{.accusation by=clerk against=mayor}[@clerk-0311].

Find a second source, or say whose accusation it is with `by=`. What nobody disputes, a judgment for
one, is `basis=established`. Whether sources are independent is told from `issuer:` (or an author or
publisher who is a known entity), `relays:` and `part-of:`. Where that says too little of one of
several sources, nothing is reported.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

/// How many sources of one accusation are compared with each other.
const MOST_COMPARED: usize = 16;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    for claim in article.claims.iter().filter(|claim| claim.accusation && !claim.flawed && !claim.basis) {
        // One inside another rests on what that rests on.
        if article.around(claim).nth(1).is_some_and(|outer| outer.accusation)
            || !context.corpus.is_own_voice(context.file, article, claim)
        {
            continue;
        }
        let sources = context.corpus.claim_sources(context.file, article, claim);
        if !sources.unknown && !sources.known.is_empty() && !is_anonymous(context, &sources.known) {
            findings.extend(finding(context, article, claim, &sources.known));
        }
    }
}

/// Whether another rule says that nobody stands behind it by name.
fn is_anonymous(context: &CorpusContext<'_>, sources: &[CitedSource<'_>]) -> bool {
    (context.is_on)("anonymous-only")
        && sources.iter().all(|cited| cited.source.what.terms != Terms::OnRecord)
}

fn finding(
    context: &CorpusContext<'_>,
    article: &ArticleFacts,
    claim: &ClaimFacts,
    sources: &[CitedSource<'_>],
) -> Option<Finding> {
    let what = match sources {
        [one] if is_reported_otherwise(context, one) => return None,
        [one] => format!("one source, `{}`", one.source.what.key),
        // Whose statement a source is that is not on record, nothing that is said may tell.
        several if several.iter().any(|cited| cited.source.what.protected) => return None,
        several if several.len() <= MOST_COMPARED && are_one_voice(context, article, several) => {
            let keys = listed(several.iter().map(|cited| &*cited.source.what.key));
            format!("{keys}, which are not independent of each other")
        }
        _ => return None,
    };
    let mut finding =
        Finding::new(claim.place, format!("this accusation in the article's own voice rests on {what}"))
            .help(
                "find a second source that knows it independently, or say with `by=` whose accusation it is",
            );
    for cited in sources {
        let known = cited.source;
        finding.add_related(&known.file.path, known.what.key_place, whose(context, known));
    }
    Some(finding)
}

/// Whether another rule says of the one source that nothing should rest on it.
fn is_reported_otherwise(context: &CorpusContext<'_>, cited: &CitedSource<'_>) -> bool {
    let source = cited.source.what;
    source.article.is_some() && (context.is_on)("own-reporting-only")
        || source.standing == Standing::Retracted && (context.is_on)("retracted-source")
}

/// Whether it is certain of every two of them that they are not independent, and not only by
/// that they come from one that is not cited, which is another rule's to say.
fn are_one_voice(context: &CorpusContext<'_>, article: &ArticleFacts, sources: &[CitedSource<'_>]) -> bool {
    let voices: Vec<Voices<'_>> =
        sources.iter().map(|cited| Voices::of(context.corpus, context.file, article, cited.source)).collect();
    let echoes = voices.windows(2).all(|two| two[0].shares_one_origin(&two[1]));
    if echoes && (context.is_on)("false-independence") && !sources.iter().any(|cited| is_origin(cited)) {
        return false;
    }
    let mut pairs =
        voices.iter().enumerate().flat_map(|(at, one)| voices[..at].iter().map(move |other| (one, other)));
    pairs.all(|(one, other)| one.independent(other) == Certainty::No)
}

fn is_origin(cited: &CitedSource<'_>) -> bool {
    cited.source.what.relays.is_empty()
}
