//! `swallowed-citation`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "swallowed-citation",
    summary: "a citation with braces after it, which cites nothing",
    explanation: "\
Braces right after a citation make its brackets marked text, with a bare key in it: `[@key]{…}`
cites nothing, the words before it have no source, and the key is printed. Mostly the braces
were meant for the words of the claim. A source that is in the file and supports nothing is worse
than none: the desk believes that the sentence was checked.

    Bad:   The road was closed [@wire-0311]{.claim by=relief-agency}.
    Good:  [The road was closed]{.claim by=relief-agency}[@wire-0311].

Put brackets around the words that are claimed and the braces after those; the citation follows
on its own.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Syntax(ProblemKind::SwallowedCitation)],
};
