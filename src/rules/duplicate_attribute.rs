//! `duplicate-attribute`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-attribute",
    summary: "a key or an id given twice in one block",
    explanation: "\
Of two ids or two values for one key, only the last counts, and whoever reads the draft may take
the first. Is the speaker the ministry or the army? The story says one thing to its editor and
another to every check.

    Bad:   [The bank was told]{.claim by=ministry by=army}[@memo-0311].
    Good:  [The bank was told]{.claim by=army}[@memo-0311].

Keep one of the two. Where both are meant, give a list: `by=ministry,army`.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Syntax(ProblemKind::DuplicateAttribute)],
};
