//! `own-reporting-only`

use rustc_hash::FxHashMap;

use super::context::listed;
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, CitedSource, ClaimFacts, Corpus};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "own-reporting-only",
    summary: "a claim of which the only source is this corpus itself",
    explanation: "\
A source whose entry names an `article:` is our own earlier story, and what rests on nothing else
is ourselves saying so twice. The earlier story has its sources; whoever checks this one needs
those. It is how one mistake is printed for years: the KSJ fact-checking guides and every
newsroom's library warn of the clipping file as a source.

    Bad:   [The bridge was built in 1931]{.claim}[@our-bridge-2019].
    Good:  [The bridge was built in 1931]{.claim}[@city-archive-1931].
    Good:  [The bridge was built in 1931]{.claim repeats=bridge-closed#built}[@our-bridge-2019].

Cite what the earlier story rests on, as well or instead; or say which of its claims this one
repeats, so that its sources can be found and a correction there reaches this article.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Hint),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    // That they lead back here is the worse fault.
    if (context.is_on)("circular-sourcing") && context.corpus.ring_through(context.file).is_some() {
        return;
    }
    let mut numbers: FxHashMap<Vec<&str>, usize> = FxHashMap::default();
    let outermost = article.claims.iter().filter(|claim| claim.parent.is_none());
    for claim in outermost.filter(|claim| !claim.flawed && !claim.basis && !leads_elsewhere(article, claim)) {
        let sources = context.corpus.claim_sources(context.file, article, claim);
        if sources.unknown
            || sources.known.is_empty()
            || !sources.known.iter().all(|cited| is_own(context.corpus, cited))
        {
            continue;
        }
        let mut keys: Vec<&str> = sources.known.iter().map(|cited| &*cited.source.what.key).collect();
        keys.sort_unstable();
        if let Some(&number) = numbers.get(&keys) {
            findings[number].add_related(context.path(), claim.place, "this rests on nothing else, either");
            continue;
        }
        findings.push(finding(claim, &sources.known));
        numbers.insert(keys, findings.len() - 1);
    }
}

/// Whether it says to which claim of another article it goes back.
fn leads_elsewhere(article: &ArticleFacts, claim: &ClaimFacts) -> bool {
    article.relations(claim).iter().any(|reference| reference.article.is_some())
}

/// Whether a source is an article of this corpus, or passes on nothing but such.
fn is_own(corpus: &Corpus, cited: &CitedSource<'_>) -> bool {
    if cited.source.what.relays.is_empty() {
        return cited.source.what.article.is_some();
    }
    let origins = corpus.origins(cited.source);
    let mut ends = origins.sources.iter();
    origins.complete && !origins.sources.is_empty() && ends.all(|origin| origin.what.article.is_some())
}

fn finding(claim: &ClaimFacts, sources: &[CitedSource<'_>]) -> Finding {
    let keys = listed(sources.iter().map(|cited| &*cited.source.what.key));
    let mut finding =
        Finding::new(claim.place, format!("the only source of this is our own reporting, {keys}"))
            .help("cite what that story rests on, or say with `repeats=` which of its claims this is");
    for cited in sources {
        let known = cited.source;
        let says = match &known.what.article {
            Some(article) => format!("`{}` is our article {article}", known.what.key),
            None => format!("`{}` passes on our own reporting", known.what.key),
        };
        finding.add_related(&known.file.path, known.what.key_place, says);
    }
    finding
}
