//! `unescaped-handle`

use rustc_hash::FxHashSet;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::CitedKey;
use crate::diagnostic::{Finding, Level};
use crate::text::Place;

pub(super) static RULE: Rule = Rule {
    name: "unescaped-handle",
    summary: "a bare `@handle` that Pandoc takes for a citation",
    explanation: "\
News is full of handles, and newsmark takes a bare `@name` for a citation only where a source has
that key. Pandoc takes every one for a citation: the built page shows a question mark where the
account's name should be. Quoting an account by its exact name is part of identifying a source
(Verification Handbook), so the name has to come through.

    Bad:   The account @sarrel_now showed the pier.
    Good:  The account \\@sarrel_now showed the pier.

Write a backslash before the `@`, or add the source if one is meant. Articles without any
annotation are left alone: nothing in them is cited yet.",
    tier: Tier::A,
    levels: Levels::markup(Level::Hint),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| article.annotated) else { return };
    // Of these, the rule about what stands after them says what to do.
    let swallowing = context.file.findings.iter().filter(|other| other.rule == "citation-swallows-text");
    let reported: FxHashSet<u32> = swallowing.map(|other| other.place.start.offset).collect();
    for handle in article.cited.iter().filter(|cited| cited.bare && !cited.confusing) {
        let is_reported = reported.contains(&handle.place.start.offset);
        if is_reported || context.corpus.source(context.file, &handle.key).is_some() {
            continue;
        }
        findings.push(
            Finding::new(
                handle.place,
                format!("Pandoc takes `@{}` for a citation, and no source has this key", handle.key),
            )
            .help("write a backslash before the `@`, or add the source")
            .fix("Put a backslash before the `@`", vec![context.edit(at_sign(handle), "\\")]),
        );
    }
}

/// The empty place before the `@`: a key may have a `-` before that, and braces around it.
fn at_sign(handle: &CitedKey) -> Place {
    let mut place = handle.place.before();
    let marks = handle.place.span().len() - handle.key.len();
    if marks.is_multiple_of(2) {
        place.start.offset += 1;
        place.start.column += 1;
        place.start.utf16 += 1;
        place.start.utf8 += 1;
    }
    Place { start: place.start, end: place.start }
}
