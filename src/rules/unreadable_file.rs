//! `unreadable-file`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;

pub(super) static RULE: Rule = Rule {
    name: "unreadable-file",
    summary: "a file that could not be opened, and was left out",
    explanation: "\
The file is empty, is gone, is a link to nothing, or the system does not let newsmark open it. It
was left out: no claim in it is checked, and nothing that it defines is known. What could not be
read has to be said; a check that passes over it would call a story clean that nobody looked at.

    Bad:   2026/03/road.md is a link to a file on somebody's own computer
    Good:  2026/03/road.md is the file itself

The message says what stands in the way. Mend the link or the permissions, delete the empty file,
or name it under `exclude` in newsmark.toml.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Elsewhere],
};
