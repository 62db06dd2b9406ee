//! `off-record-source-cited`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{Known, SourceFacts, SourceRole};
use crate::diagnostic::{Finding, Level};
use crate::registry::Terms;
use crate::text::Place;

pub(super) static RULE: Rule = Rule {
    name: "off-record-source-cited",
    summary: "a citation of a source that is off the record",
    explanation: "\
What is said off the record may not be used: not quoted, not paraphrased, not even without a name. A
source with `terms: off-record` that an article cites, in a citation, in the `source=` of a div or in
`via=`, breaks a promise that somebody may have staked a living on. The Reuters Handbook and AP define
the terms alike, and both ask reporters to agree on them before they listen.

    Bad:   The lamps had been out for a week [@foreman-talk].     (terms: off-record)
    Good:  The lamps had been out for a week [@harbour-log, p. 3].

Get the same from somebody who may be cited, or go back to the source and agree on other terms; then
change `terms`. An article must not show what it owes to such a talk, so each citation is reported.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Error),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    let cited = context.corpus.cited_sources(context.file, article);
    let cited = cited.map(|cited| (cited.source, cited.place, "may not be cited"));
    let relays = context.file.source_references.iter().filter(|reference| reference.role == SourceRole::Via);
    let relays = relays.filter_map(|relay| {
        Some((context.corpus.source(context.file, &relay.key)?, relay.place, "may not be named in `via`"))
    });
    let off_record = |source: &Known<'_, SourceFacts>| source.what.terms == Terms::OffRecord;
    let all = cited.chain(relays).filter(|(source, ..)| off_record(source));
    findings.extend(all.map(|(source, place, what)| finding(source, place, what)));
}

fn finding(source: Known<'_, SourceFacts>, place: Place, what: &str) -> Finding {
    Finding::new(place, format!("`{}` is off the record and {what}", source.what.key))
        .help("take it out and rest the claim on a source that may be used, or agree on other terms with it")
        .related(&source.file.path, source.what.key_place, "the source and its terms")
}
