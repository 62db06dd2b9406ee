//! `missing-locator`

use rustc_hash::FxHashMap;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "missing-locator",
    summary: "a long document or a recording that is cited without a place in it",
    explanation: "\
Whoever checks a sentence against a report of two hundred pages, or an hour of tape, has to know where to
look. This finds citations of a book, report, hearing, legal case, broadcast or interview that say no
page, paragraph or time, where the source's entry says that it has more than two pages
(`number-of-pages`, `page`) or that it is a recording (`medium`, `dimensions`) of more than a minute.
Guides to annotated drafts ask for the page or the time beside each line.

    Bad:   [Nobody was told]{.claim by=inquiry}[@inquiry-report].
    Good:  [Nobody was told]{.claim by=inquiry}[@inquiry-report, p. 112].
    Good:  [Nobody was told]{.claim by=captain}[@hearing-12 {00:12:31}].

Add the place after the key. Whatever stands behind the key counts as one. A source is reported once,
where it is first cited so; keys in running text (`@inquiry-report says`) and the `source=` of a div,
which speak of it as a whole, are left alone.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    for cited in article.cited.iter().filter(|cited| !cited.bare && !cited.placed) {
        let Some(source) = context.corpus.source(context.file, &cited.key) else { continue };
        if !source.what.needs_place {
            continue;
        }
        if let Some(&number) = numbers.get(&*cited.key) {
            findings[number].add_related(context.path(), cited.place, "and here");
            continue;
        }
        numbers.insert(&cited.key, findings.len());
        let finding = Finding::new(cited.place, format!("`{}` is cited without a place in it", cited.key))
            .help("say where to look: `[@key, p. 12]`, or in a recording `[@key {00:12:31}]`");
        findings.push(finding);
    }
}
