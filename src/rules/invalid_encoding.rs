//! `invalid-encoding`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;

pub(super) static RULE: Rule = Rule {
    name: "invalid-encoding",
    summary: "a file that is not UTF-8 text, and was left out",
    explanation: "\
Everything that newsmark reads is UTF-8. A file in another encoding, mostly out of an old editor
or an export, is left out as a whole: no claim in it is checked, and what its registry defines is
unknown to every story. Reading it all the same would turn names into other names; a person whose
name is mangled is not found again.

    Bad:   a registry saved as Windows-1252 or UTF-16
    Good:  the same registry, saved as UTF-8, with or without a byte order mark

Save the file as UTF-8 (in most editors: \"Save with encoding\"). If it is no text at all, name it
under `exclude` in newsmark.toml.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Elsewhere],
};
