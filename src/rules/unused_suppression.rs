//! `unused-suppression`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;

pub(super) static RULE: Rule = Rule {
    name: "unused-suppression",
    summary: "a suppression that suppresses nothing",
    explanation: "\
`<!-- newsmark-ignore rule: reason -->` covers the block that follows, or the line that it ends;
`newsmark-ignore-file` covers the file. Where the rule finds nothing there, the comment was
written for a fault that has been mended since, or stands in the wrong place. Left in, it hides the
next fault of its kind: the one that nobody decided to accept. A rule that is switched off in this
profile is not counted as finding nothing.

    Bad:   <!-- newsmark-ignore undefined-source: the key comes with tonight's import -->
           The road was closed [@wire-0311].      (the registry has wire-0311 by now)
    Good:  The road was closed [@wire-0311].

Take the rule out of the comment, or the comment out of the story; or move it to directly before
the block that it is about. This cannot itself be suppressed; switch the rule off in newsmark.toml
if you do not want it.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Elsewhere],
};
