//! `missing-bibliography`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "missing-bibliography",
    summary: "a bibliography that is not there",
    explanation: "\
An article can name files of sources under `bibliography:`, seen from its own folder. Each has to be
there, inside the corpus: without it what the article cites cannot be looked up, and Pandoc refuses
to build the page. Guides to the annotated draft ask that the sources travel with the draft.

    Bad:   bibliography: tape-files.bib        (there is no such file)
    Good:  bibliography: ../sources/tape-files.bib

Correct the path, put the file there, or take the line out if the sources stand in a registry.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    for named in
        context.file.named_files.iter().filter(|named| named.bibliography && !named.written.trim().is_empty())
    {
        let message = match &named.path {
            None => format!("the bibliography `{}` lies outside the corpus", named.written),
            Some(path) if !context.corpus.is_there(path) => {
                format!("there is no bibliography `{}`", named.written)
            }
            Some(_) => continue,
        };
        findings.push(
            Finding::new(named.place, message)
                .help("name a file by its path from this article's folder, inside the corpus"),
        );
    }
}
