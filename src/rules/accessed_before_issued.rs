//! `accessed-before-issued`

use super::context::when;
use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::corpus::SourceFacts;
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "accessed-before-issued",
    summary: "a source that was read before it was issued",
    explanation: "\
A source's `accessed` says when somebody read it, `issued` when it came out. Nobody reads what is not
out: one of the two dates is wrong, and with it whatever is worked out from it, such as whether the
source can have been known when the story ran. Guides to verification ask to note both dates of
whatever was found on the web, since pages change.

    Bad:   accessed: 2025-03-02
           issued: 2025-03-20
    Good:  accessed: 2025-03-21
           issued: 2025-03-20

Correct the date that is wrong. Where a page was put out anew, `issued` is the day of the version that
was read, or the page was read again. Only what is certain is reported: `2025-03` may be any day of
that month. It is said where the source is defined, once. Books, journals and magazines, which are out
before the date that they bear, are left alone.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    findings.extend(context.facts.sources.iter().filter_map(finding));
}

fn finding(source: &SourceFacts) -> Option<Finding> {
    let (accessed, issued) = (source.accessed.as_ref()?, source.issued.as_ref()?);
    if bears_a_later_date(&source.kind) || !accessed.is_before(issued).is_yes() {
        return None;
    }
    // Of a source that is not on record nothing is said but its key.
    let message = match source.protected {
        true => format!("`{}` was read before it was issued", source.key),
        false => {
            format!("`{}` was read {}, before it was issued {}", source.key, when(accessed), when(issued))
        }
    };
    Some(Finding::new(source.key_place, message).help("correct `accessed` or `issued`, whichever is wrong"))
}

/// Whether such a thing may be in readers' hands before the date that it bears.
fn bears_a_later_date(kind: &str) -> bool {
    matches!(kind, "article-journal" | "article-magazine" | "periodical" | "book" | "chapter")
}
