//! `adjacent-citations`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "adjacent-citations",
    summary: "a citation that touches another bracket, so that it cites nothing",
    explanation: "\
To Markdown, two pairs of brackets that touch are one link, and so are a bracket and a
parenthesis. In `[@a][@b]` the first source is not cited, and its key is printed; in `[@a](p. 3)`
none is. Claims that rest on two sources are the ones that a newsroom counts on most, and here
one of the two has gone without a word.

    Bad:   The road was closed [@wire-0311][@hearing-12].
    Bad:   The road was closed [@wire-0311](p. 3).
    Good:  The road was closed [@wire-0311; @hearing-12].
    Good:  The road was closed [@wire-0311, p. 3].

Join the sources with a semicolon inside one pair of brackets, and put the page there too.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Syntax(ProblemKind::AdjacentCitations)],
};
