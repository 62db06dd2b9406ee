//! `file-too-large`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;

pub(super) static RULE: Rule = Rule {
    name: "file-too-large",
    summary: "a file over the size limit, which was left out",
    explanation: "\
Files over the limit, 16 MiB unless newsmark.toml says otherwise, are left out as a whole. No story
is that long: behind it is mostly an export or a log that ended up among the articles. It is
reported, not passed over, so that nobody takes an unread file for a clean one.

    Bad:   a FollowTheMoney export of 40 MiB among the registries
    Good:  the entities that the stories are about, in a registry of their own

Split the file, keep in it what the stories need, or raise `size-limit` in newsmark.toml.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Elsewhere],
};
