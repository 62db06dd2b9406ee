//! `unclosed-claim`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "unclosed-claim",
    summary: "a claim whose bracket or fence is never closed",
    explanation: "\
A `[` that was opened for a claim needs its `]` right before the braces; a `:::` fence with
attributes needs a line of `:::` at its end. Without the bracket there is no claim: nothing
checks it, and bracket and braces are printed. Without the fence the claim reaches to the end of
the story and takes in what others said. An annotation has to show exactly which words it is
about; the guides to annotated drafts ask for no less.

    Bad:   [The road was closed{.claim by=relief-agency}[@wire-0311].
    Good:  [The road was closed]{.claim by=relief-agency}[@wire-0311].

Close the bracket after the last word of the claim. The fix puts it right before the braces;
look whether the claim ends there.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Syntax(ProblemKind::UnclosedClaim)],
};
