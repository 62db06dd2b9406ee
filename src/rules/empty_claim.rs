//! `empty-claim`

use super::{Check, Levels, Rule, Tier};
use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

pub(super) static RULE: Rule = Rule {
    name: "empty-claim",
    summary: "a claim without words, or with white space at its edges",
    explanation: "\
A claim is about the words between its brackets. Where there are none, the words were cut in
editing and the shell was left behind, with a source that now stands for nothing. White space
just inside a bracket becomes part of the claim and leaves a double space, or a space before the
comma, in the published text. A picture that makes a claim needs a description: it is what is
claimed, and what readers get who cannot see the picture.

    Bad:   The ship left at noon.[]{.claim by=harbour-master}[@log-0311]
    Bad:   [The ship left at noon ]{.claim by=harbour-master}[@log-0311], he said.
    Good:  [The ship left at noon]{.claim by=harbour-master}[@log-0311], he said.

Take the empty claim out together with its citation, or give it its words back. The fix takes
away the white space.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Syntax(ProblemKind::EmptyClaim)],
};
