//! `invalid-registry`

use rustc_hash::FxHashSet;

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::data::Problem;
use crate::diagnostic::Level;

pub(super) static RULE: Rule = Rule {
    name: "invalid-registry",
    summary: "an entry of a registry or bibliography that cannot be read, or not as it was meant",
    explanation: "\
Registries hold who and what the stories are about, and the sources that they rest on. Where an
entry does not parse, has no id to be called by, or has a field that is of the wrong kind, that much
of it is not used; the rest of the file is. What is not read cannot be checked: a source whose terms
are misspelt counts as on record, and a body without a type can be named as a place. The same is
asked of an article's own `references:` and of pages about an entity.

    Bad:   - id: norhaven-ship
             type: vessel
    Good:  - id: norhaven-ship
             type: thing

The message says what is wrong and what can stand there. Fields that newsmark does not know are left
alone unless they are one letter away from one that it does.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    // A page about an entity is read twice, as front matter and as an entry.
    let front = context.article.map_or(&[][..], |(_, front)| &front.problems);
    let known: FxHashSet<u32> = front.iter().map(|problem| problem.span.start).collect();
    let is_new = |problem: &&Problem| !known.contains(&problem.span.start);
    findings.extend(context.data(context.registry.entries.iter().filter(is_new)));
}
