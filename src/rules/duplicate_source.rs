//! `duplicate-source`

use rustc_hash::FxHashMap;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{FileKind, Known, SourceFacts};
use crate::diagnostic::{Finding, Level};

/// More places than this are a list to read.
const MOST_PLACES: usize = 8;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-source",
    summary: "a key that two sources share",
    explanation: "\
A key stands for one source in all registries of the corpus, and for one in an article's own
`references:` or in a bibliography. Where two entries have the same key, only the first counts, and
what is put right in the other reaches no article. Most often one file was imported twice; now and
then two documents got one key, and claims rest on the wrong one. Guides to the annotated draft ask
that a citation leads a checker to one document.

    Bad:   - id: court-tape      in documents.yaml
           - id: court-tape      in ferry-files.yaml
    Good:  - id: court-tape      in documents.yaml
           - id: court-tape-2    in ferry-files.yaml, and cited so

Take out the entry that is too many, or give one of the two another key. An article's own source
with the key of a registry's is `shadowed-source`.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let file = context.file;
    // What is no registry is a list of its own.
    let mut own: FxHashMap<&str, Vec<Known<'_, SourceFacts>>> = FxHashMap::default();
    if file.kind != FileKind::Registry {
        for what in &file.sources {
            let same = own.entry(&what.key).or_default();
            if same.len() <= MOST_PLACES {
                same.push(Known { file, what });
            }
        }
    }
    for source in file.sources.iter().filter(|source| !source.stale) {
        let registered;
        let same = match own.get(&*source.key) {
            Some(same) => same,
            None => {
                registered = context.corpus.registered_sources(&source.key).first;
                &registered
            }
        };
        let is = |other: &Known<'_, SourceFacts>| {
            other.file.path == file.path && other.what.key_place == source.key_place
        };
        let [first, _, ..] = &same[..] else { continue };
        if is(first) {
            continue;
        }
        let mut finding =
            Finding::new(source.key_place, format!("the key `{}` is defined already", source.key))
                .help("the first definition counts: take this one out, or give it another key");
        for other in same.iter().filter(|other| !is(other)).take(MOST_PLACES) {
            finding = finding.related(&other.file.path, other.what.key_place, "it is defined here too");
        }
        findings.push(finding);
    }
}
