//! `misplaced-annotation`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "misplaced-annotation",
    summary: "an annotation on something that cannot carry one",
    explanation: "\
Claims are made of bracketed words, headings, pictures and `:::` blocks. A claim's class after
anything else makes no claim: after a link, after code, on a bare word, after a space, or on a
fence that has no blank line before it. The braces are printed, or dropped when the page is
built, and the words go out unchecked although somebody took the trouble to mark them.

    Bad:   [The road was closed] {.claim by=relief-agency}[@wire-0311].
    Bad:   [The list](list.html){.claim} has ten names.
    Good:  [The road was closed]{.claim by=relief-agency}[@wire-0311].
    Good:  [[The list](list.html) has ten names]{.claim}[@list, p. 1].

Put the braces directly after the bracket that closes the words, put a link inside brackets of
its own, and leave a blank line before `:::`.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Syntax(ProblemKind::MisplacedAnnotation)],
};
