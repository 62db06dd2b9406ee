//! `unmatched-bracket`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "unmatched-bracket",
    summary: "a bracket without its partner beside a claim",
    explanation: "\
In a paragraph that holds claims, every `[` needs its `]`. One that is left over is printed, and
often shows that a claim begins or ends in another place than the one you had in mind: a bracket
was lost in editing, or a note to the desk was only half taken out. Paragraphs without claims
are left alone: brackets there are your own affair.

    Bad:   The auction starts at five] as [the hall said]{.claim}[@hall-0311].
    Good:  The auction starts at five, as [the hall said]{.claim}[@hall-0311].

Take the bracket away, or give it its partner. If it is meant to be printed, as around an
editor's insertion in a quote, close it, or put a backslash before it: `\\[`.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Syntax(ProblemKind::UnmatchedBracket)],
};
