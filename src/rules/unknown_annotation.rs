//! `unknown-annotation`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "unknown-annotation",
    summary: "a class, key or value one slip away from one that newsmark knows",
    explanation: "\
Classes and keys that newsmark does not know belong to somebody else and are left alone. One that
is a single letter away from a known one, in a block that is newsmark's, is most likely a slip:
`orignal=` instead of `original=`. So are two classes run together (`{.quote.accusation}` is one
class to every Markdown reader, `{#gates.claim}` one id), a word that `reply`, `basis` or `verdict`
cannot have, and a `value` that is neither a number nor a range. What is misspelt is not read: an accusation is no accusation, and nobody
asks whether the accused were heard.

    Bad:   [They opened the gates]{.quote.accusation agianst=dam-office}[@mayor-0311].
    Good:  [They opened the gates]{.quote .accusation against=dam-office}[@mayor-0311].

Take the fix, or, if the word is your own, choose one that is further from newsmark's.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Syntax(ProblemKind::UnknownAnnotation)],
};
