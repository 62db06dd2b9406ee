//! `duplicate-claim`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-claim",
    summary: "an id that stands twice in one article",
    explanation: "\
Claims are pointed at by their ids: an answer says `answers=#gates`, a correction lists `gates`,
another story links to it. Of two claims with one id, newsmark and the reader's browser take the
first, and the answer may be given to an accusation that was never made. Headings count too, with
the ids that are made of their words. Most doubles come about when a claim is copied as a pattern
for the next. Every entry in a fact-checker's log needs a name of its own.

    Bad:   [They opened the gates]{.accusation #gates against=dam-office}[@mayor-0311]
           [Nobody warned us]{.accusation #gates against=dam-office}[@mayor-0311]
    Good:  [They opened the gates]{.accusation #gates against=dam-office}[@mayor-0311]
           [Nobody warned us]{.accusation #no-warning against=dam-office}[@mayor-0311]

Give the second claim an id of its own, then look at what points at the first: it may have been
meant for the second.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Syntax(ProblemKind::DuplicateClaim)],
};
