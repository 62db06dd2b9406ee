//! `source-after-article`

use rustc_hash::FxHashMap;

use super::context::when;
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "source-after-article",
    summary: "a source that was issued after the article's last date",
    explanation: "\
No article can rest on what had not been issued yet when it was last touched. The latest of its
`date`, `updated`, its corrections' dates and the date of the live page's entry counts, and only
what is certain is reported: dates of a month, a year or with `?` and `~` (EDTF) stand for all that
they may mean. Either the key is wrong, or the article was changed without a word to its readers,
which corrections policies ask to be open about.

    Bad:   date: 2024-08-05 …  The call came at 19:52 [@delta-0807].   (issued 2024-08-07)
    Good:  date: 2024-08-05, updated: 2024-08-07 …  The call came at 19:52 [@delta-0807].

Set `updated`, or correct the key or the source's `issued`. Articles without a date are left
alone, and so are journals and magazines, which come out before the date that they bear. A source
is reported once, where it is cited first.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Error),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    for cited in context.corpus.cited_sources(context.file, article) {
        let source = cited.source.what;
        let Some(issued) = source.issued.as_ref().filter(|_| !bears_a_later_date(&source.kind)) else {
            continue;
        };
        if !article.certainly_precedes(issued, cited.entry) {
            continue;
        }
        if let Some(&number) = numbers.get(&*source.key) {
            findings[number].add_related(context.path(), cited.place, "cited here, too");
            continue;
        }
        numbers.insert(&source.key, findings.len());
        let message = format!("`{}` was issued {}, after this article's last date", source.key, when(issued));
        let finding = Finding::new(cited.place, message)
            .help("set `updated` if the article was changed since; else correct the key or the source's date")
            .related(&cited.source.file.path, source.key_place, format!("issued {issued}"));
        findings.push(finding);
    }
}

/// Whether such a thing is in readers' hands before the date on its cover.
fn bears_a_later_date(kind: &str) -> bool {
    matches!(kind, "article-journal" | "article-magazine" | "periodical")
}
