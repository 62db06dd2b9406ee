//! One finding for all places of an article that have the same fault: who mends one mends all.
//!
//! A place at which a comment switches the rule off keeps a finding of its own, which the
//! comment takes away: it was looked at and let stand, and says nothing of the others. So the
//! finding stands at the first place that nobody has let stand.

use rustc_hash::FxHashMap;
use std::hash::Hash;

use super::{CorpusContext, Findings};
use crate::corpus::{ArticleFacts, SuppressionFacts};
use crate::diagnostic::Finding;
use crate::text::Place;

/// How many other places a finding points at.
const MOST_PLACES: usize = 32;

/// The findings of one rule in one article, put together by what is wrong.
pub(super) struct SameFault<'c, 'f, K> {
    context: &'c CorpusContext<'c>,
    findings: &'f mut Findings,
    off: SwitchedOff,
    /// The finding of each fault, and how many other places it has.
    known: FxHashMap<K, (usize, usize)>,
}

impl<'c, 'f, K: Eq + Hash> SameFault<'c, 'f, K> {
    pub(super) fn new(context: &'c CorpusContext<'c>, rule: &str, findings: &'f mut Findings) -> Self {
        let off = context.article().map(|article| SwitchedOff::new(article, rule)).unwrap_or_default();
        SameFault { context, findings, off, known: FxHashMap::default() }
    }

    /// Adds a finding of this fault, or its place and edits to that of the first place that has
    /// it. `also` says what is to be seen at a place that is not the first.
    pub(super) fn push(&mut self, fault: K, finding: Finding, also: &str) {
        if self.off.holds(finding.place) {
            self.findings.push(finding);
            return;
        }
        let Some((number, others)) = self.known.get_mut(&fault) else {
            self.known.insert(fault, (self.findings.len(), 0));
            self.findings.push(finding);
            return;
        };
        let Some(first) = self.findings.get_mut(*number) else { return };
        if *others < MOST_PLACES {
            *others += 1;
            first.add_related(self.context.path(), finding.place, also);
        }
        for (fix, more) in first.fixes.iter_mut().zip(finding.fixes) {
            fix.edits.extend(more.edits);
        }
    }
}

/// Where comments switch a rule off, each for a part of the article: one for the whole file takes
/// away whatever there is.
#[derive(Default)]
pub(super) struct SwitchedOff {
    /// Bytes from and to, in order, none in another.
    ranges: Vec<(u32, u32)>,
}

impl SwitchedOff {
    pub(super) fn new(article: &ArticleFacts, rule: &str) -> Self {
        let names =
            |suppression: &&SuppressionFacts| suppression.rules.iter().any(|(name, _)| **name == *rule);
        let own = article.suppressions.iter().filter(names);
        let mut all: Vec<(u32, u32)> = own.filter_map(|suppression| suppression.covers).collect();
        all.sort_unstable();
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for (from, to) in all {
            match ranges.last_mut() {
                Some(last) if from <= last.1 => last.1 = to.max(last.1),
                _ => ranges.push((from, to)),
            }
        }
        SwitchedOff { ranges }
    }

    /// Whether a finding there is taken away.
    pub(super) fn holds(&self, place: Place) -> bool {
        let at = place.start.offset;
        let next = self.ranges.partition_point(|(_, to)| *to <= at);
        self.ranges.get(next).is_some_and(|(from, _)| *from <= at)
    }
}
