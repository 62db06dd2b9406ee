//! What can be done about findings at a place.

use crate::diagnostic::{Diagnostic, Fix};
use crate::text::Span;

/// A way to mend a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action<'d> {
    /// The edits, with what they do in words.
    pub fix: &'d Fix,
    /// What they mend.
    pub mends: &'d Diagnostic,
    /// Whether it may be taken unasked: the one fix there is, and nothing to choose.
    pub preferred: bool,
}

/// The ways to mend the findings of a file that touch `range`, in the order of the findings,
/// the best of each first.
#[must_use]
pub fn actions(diagnostics: &[Diagnostic], range: Span) -> Vec<Action<'_>> {
    let touching = diagnostics.iter().filter(|diagnostic| {
        let own = diagnostic.location.place.span();
        own.start <= range.end && range.start <= own.end
    });
    touching
        .flat_map(|mends| {
            let preferred = mends.fixes.len() == 1 && !mends.choice;
            mends.fixes.iter().map(move |fix| Action { fix, mends, preferred })
        })
        .collect()
}
