//! `anonymous-only`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, CitedSource, ClaimFacts};
use crate::diagnostic::{Finding, Level};
use crate::registry::{Standing, Terms};

pub(super) static RULE: Rule = Rule {
    name: "anonymous-only",
    summary: "an accusation that rests on anonymous sources alone",
    explanation: "\
An `.accusation` of which every source speaks on terms other than on record. Readers cannot weigh who
accuses, the accused cannot answer them, and nobody stands up for it if it is contested. The Reuters
Handbook calls sources without a name the weakest there are; AP takes from them what is information and
no opinion, and only what is to be had in no other way; the BBC's editorial guidelines ask a senior
editor to agree to a serious allegation by somebody anonymous.

    Bad:   [The harbour master sold the licences]{.accusation against=harbour}[@docker].
    Good:  [The harbour master sold the licences]{.accusation against=harbour}[@docker; @ledger-0311, p. 4].

Find a document or a person on record, or leave it out. Where the entry of every one of the sources says
why the name is withheld (`anonymity-reason`) and which editor knows it (`known-to`), it is a warning.
A source that is off the record may not be used at all and counts for nothing here: take it out.
Silent where something else is cited as well, be it one that is not defined or was retracted, which
other rules report; and for what the reporter saw (`basis=observed`).",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Error),
    checks: &[Check::Corpus(check)],
};

/// How many sources a message names.
const MOST_NAMED: usize = 3;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    // What the claims around each one have settled: that it is reported, or needs no source.
    let mut settled = vec![false; article.claims.len()];
    for (number, claim) in article.claims.iter().enumerate() {
        let around = claim.parent.is_some_and(|parent| settled[parent as usize]);
        settled[number] = around || claim.basis;
        if settled[number] || !claim.accusation || claim.flawed {
            continue;
        }
        if let Some(finding) = judge(context, article, claim) {
            settled[number] = true;
            findings.push(finding);
        }
    }
}

fn judge(context: &CorpusContext<'_>, article: &ArticleFacts, claim: &ClaimFacts) -> Option<Finding> {
    let sources = context.corpus.claim_sources(context.file, article, claim);
    let is_anonymous = |cited: &CitedSource<'_>| {
        let source = cited.source.what;
        source.terms != Terms::OnRecord && source.standing != Standing::Retracted
    };
    let may_not_be_used = |cited: &CitedSource<'_>| cited.source.what.terms == Terms::OffRecord;
    // What is off the record is reported as that.
    if sources.unknown || !sources.known.iter().all(is_anonymous) || sources.known.iter().all(may_not_be_used)
    {
        return None;
    }
    // It rests on those that may be used; the others are to go, whatever their entries say.
    let (off, used): (Vec<&CitedSource<'_>>, Vec<&CitedSource<'_>>) =
        sources.known.iter().partition(|cited| may_not_be_used(cited));
    let without = match &off[..] {
        [] => "",
        [_] => "; the source that is off the record may not be used at all, so take it out",
        _ => "; the sources that are off the record may not be used at all, so take them out",
    };
    let is_settled =
        used.iter().all(|cited| cited.source.what.gives_reason && cited.source.what.known_to_editor);
    let mut finding = Finding::new(claim.place, message(&used));
    if is_settled {
        finding = finding.at_most(Level::Warning).help(format!(
            "find a document or somebody on record who says so, too, or have the editor in charge decide{without}"
        ));
    } else {
        let entries = if off.is_empty() { "in each entry" } else { "in the entry of each of these" };
        finding = finding.help(format!(
            "find a document or somebody on record who says so, too; else say {entries} why the name is \
             withheld, `anonymity-reason`, and which editor knows it, `known-to`{without}"
        ));
    }
    for cited in used.iter().take(MOST_NAMED) {
        let source = cited.source;
        finding.add_related(&source.file.path, source.what.key_place, "not on record");
    }
    Some(finding)
}

fn message(sources: &[&CitedSource<'_>]) -> String {
    let keys: Vec<String> =
        sources.iter().take(MOST_NAMED).map(|cited| format!("`{}`", cited.source.what.key)).collect();
    match (sources.len().saturating_sub(keys.len()), &keys[..]) {
        (0, [one]) => format!("this accusation rests on an anonymous source alone: {one}"),
        (0, keys) => format!("this accusation rests on anonymous sources alone: {}", keys.join(", ")),
        (more, keys) => {
            format!("this accusation rests on anonymous sources alone: {} and {more} more", keys.join(", "))
        }
    }
}
