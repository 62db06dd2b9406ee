//! `invalid-configuration`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;

pub(super) static RULE: Rule = Rule {
    name: "invalid-configuration",
    summary: "a setting in newsmark.toml that has no effect",
    explanation: "\
A key, a rule's name or a section in newsmark.toml that newsmark does not know has no effect: the
rule that was meant to be an error stays a hint, and the folder that was meant to be read is left
out. That it was misspelt shows nowhere else. A wrong type or a pattern that does not parse is worse
and ends the run, since nobody could say what was meant.

    Bad:   [rules]
           unsourced-claims = \"error\"
    Good:  [rules]
           unsourced-claim = \"error\"

Correct the name (`newsmark rules` lists them all), or take the line out.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Elsewhere],
};
