//! `internal-error`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;

pub(super) static RULE: Rule = Rule {
    name: "internal-error",
    summary: "newsmark itself failed on this file",
    explanation: "\
This is a mistake in newsmark, not in the file. A rule or the reader failed; everything else was
checked, but whatever the failed part would have found here is missing. Nothing of the story is
in the message, so that it can be passed on.

    Bad:   the rule `figure-conflict` failed on this file
    Good:  nothing: please report it, and it will be mended

Report it with the version (`newsmark --version`), the message, and, if it may be shown, the file
or the part of it on which this happens. Until then, that rule has to be checked by hand here.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Elsewhere],
};
