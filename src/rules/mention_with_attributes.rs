//! `mention-with-attributes`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "mention-with-attributes",
    summary: "a wiki link with braces after it, which is no mention",
    explanation: "\
`[[entity]]{…}` is not a link with a class on it: Markdown takes the outer brackets for a span,
and what is left inside is `[entity]`, printed with its brackets. The person or body is not linked,
the story is missing from their page, and a claim made this way names nobody.

    Bad:   [[northland-mod|The ministry]]{.claim} was silent.
    Good:  [[[northland-mod|The ministry]] was silent]{.claim}[@wire-0311].
    Good:  [[northland-mod|The ministry]] was silent.

Take the braces away, or put the mention, and the words that are claimed, inside brackets of
their own.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Syntax(ProblemKind::MentionWithAttributes)],
};
