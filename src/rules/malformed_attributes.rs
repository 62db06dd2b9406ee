//! `malformed-attributes`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "malformed-attributes",
    summary: "an attribute block that does not parse, so that its braces are printed as text",
    explanation: "\
Braces that name one of newsmark's classes or keys have to parse, whole: `{.claim #id
by=entity on=2026-03-11}`, with spaces between the items. One character that cannot stand there
turns the block and its brackets into plain text: the claim is not checked, and its braces go out
in the published story. The message says at which character the block breaks. Word processors
are the usual cause: they make quotation marks typographic and put in no-break spaces. Annotated
drafts, as fact-checking desks ask for them, are of use only where every annotation can be read.

    Bad:   [The road was closed]{.claim by=“relief agency”}[@wire-0311].
    Bad:   [The road was closed]{.claim, by=relief-agency}[@wire-0311].
    Good:  [The road was closed]{.claim by=\"relief agency\"}[@wire-0311].

Write straight quotation marks, plain spaces between the items and none around `=`. Where the
slip is plain, the fix does it.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Syntax(ProblemKind::MalformedAttributes)],
};
