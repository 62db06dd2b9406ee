//! `citation-swallows-text`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "citation-swallows-text",
    summary: "a citation that takes words of the story for its own",
    explanation: "\
Everything in brackets that hold an `@key` is one citation: `[the minister told @reuters he
lied]` is no aside but a source with many words around it, and all of them are gone from the
published page. Up to three words beside the key and its page are room enough for `see also` and
`quoted in`; more is prose. In the same way a bare `@key` in running text takes the `[[link]]` right
after it for a page number, and the name in the link is lost.

    Bad:   A guard [who told @delta-1013 that he had gone home] was not there.
    Bad:   As @delta-1013 [[delta-news|the agency]] noted, nobody was hurt.
    Good:  A guard, who said that he had gone home, was not there [@delta-1013].
    Good:  As [[delta-news|the agency]] noted, nobody was hurt [@delta-1013].

Keep the words outside the brackets and the citation at their end. If the `@name` is somebody's
handle, and not one of your sources, write it with a backslash: `\\@name`.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Syntax(ProblemKind::CitationSwallowsText)],
};
