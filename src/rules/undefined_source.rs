//! `undefined-source`

use super::did_you_mean::{Near, nearest, offer, offer_source_stub};
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::SourceRole;
use crate::diagnostic::{Finding, Level};
use crate::syntax;
use crate::text::Place;

pub(super) static RULE: Rule = Rule {
    name: "undefined-source",
    summary: "a citation of a source that no registry and no bibliography defines",
    explanation: "\
Every key in a citation, in the `source=` of a div, in `relays` or `superseded-by` has to be defined:
in a registry of the corpus, in a file that the article names under `bibliography:`, or in the
article's own `references:`. A key that leads nowhere is a claim that nobody can check; most
often it is a slip of the pen, or a source that was never entered. Every guide to the annotated
draft asks for a source that the checker can open.

    Bad:   The road was closed [@wire-0312].      (the registry has wire-0311)
    Good:  The road was closed [@wire-0311].

Correct the key, or add the source to a registry. A bare `@name` in running text counts as a
citation only where the source is known; elsewhere it is a handle.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let file = context.file;
    if let Some(article) = &file.article {
        for cited in article.cited.iter().filter(|cited| !cited.bare && !cited.confusing) {
            report(context, &cited.key, cited.place, cited.key_place(), findings);
        }
    }
    for reference in &file.source_references {
        // What is not the key that it looks like was reported for that.
        if reference.role != SourceRole::Via && syntax::confusing(&reference.key).is_none() {
            report(context, &reference.key, reference.place, reference.place, findings);
        }
    }
}

fn report(context: &CorpusContext<'_>, key: &str, place: Place, key_place: Place, findings: &mut Findings) {
    let (corpus, file) = (context.corpus, context.file);
    if corpus.source(file, key).is_some() {
        return;
    }
    // No source passes itself on, or takes its own place.
    let is_own = |near: &str| {
        let own = file.sources.iter().filter(|source| *source.key == *near);
        own.map(|source| source.place.span()).any(|entry| entry.contains(place.span()))
    };
    let near = nearest(context, key, || corpus.source_keys_near(file, key))
        .into_iter()
        .filter(|near| !is_own(near))
        .map(|near| Near::new(near, context.edit(key_place, near)))
        .collect();
    let finding = Finding::new(place, format!("no source has the key `{key}`"));
    let finding = offer(finding, near, "add it to a registry of sources, or correct the key");
    findings.push(offer_source_stub(finding, corpus, key));
}
