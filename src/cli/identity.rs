//! What a finding is about, so that it is known again when lines have moved.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::report::Sources;
use crate::corpus::{Corpus, FileFacts};
use crate::diagnostic::{Diagnostic, FilePath};
use crate::text::{Place, Span};

/// A claim, source or entity that has a name of its own: `claim toll`.
pub(super) type About = String;

/// What has a name around each finding: the innermost claim with an id, or the entry of a
/// registry. Findings are sorted by path, so that each file is looked at once.
pub(super) fn abouts(corpus: &Corpus, findings: &[Diagnostic]) -> Vec<Option<About>> {
    let mut all = Vec::with_capacity(findings.len());
    for file in findings.chunk_by(|a, b| a.location.path == b.location.path) {
        let around = |facts: &FileFacts| -> Vec<Option<About>> {
            file.iter().map(|finding| named_around(facts, finding.location.place.span())).collect()
        };
        let id = corpus.at_path(&file[0].location.path);
        let found = id.and_then(|id| corpus.look_at(id, around));
        all.extend(found.unwrap_or_else(|| vec![None; file.len()]));
    }
    all
}

fn named_around(facts: &FileFacts, span: Span) -> Option<About> {
    let claims = facts.article.iter().flat_map(|article| &article.claims);
    let claims = claims.filter(|claim| claim.place.span().contains(span));
    let claim = claims.filter_map(|claim| Some((claim.place.span().len(), claim.id.as_deref()?))).min();
    if let Some((_, id)) = claim {
        return Some(format!("claim {id}"));
    }
    let source = facts.sources.iter().find(|source| source.place.span().contains(span));
    if let Some(source) = source {
        return Some(format!("source {}", source.key));
    }
    // The id of one behind a source that is not on record is not for others to guess.
    if facts.guarded.iter().any(|stretch| stretch.span().contains(span)) {
        return None;
    }
    let entity = facts.entities.iter().find(|entity| entity.place.span().contains(span));
    entity.map(|entity| format!("entity {}", entity.id))
}

/// Gives findings fingerprints: the same where a rule finds the same again, wherever it stands in
/// its file then. They are made of the rule and of what it is about: the claim or key, else the
/// words around it, of which nobody can be known who must not be.
#[derive(Default)]
pub(super) struct Fingerprints {
    /// How often each was given, by file: equal ones are counted.
    given: HashMap<(FilePath, u128), u32>,
}

impl Fingerprints {
    /// That of the next finding: hexadecimal digits, and a number where there are several.
    pub(super) fn of(
        &mut self,
        finding: &Diagnostic,
        about: Option<&About>,
        sources: &mut Sources<'_>,
    ) -> String {
        let path = &finding.location.path;
        let said = match about {
            Some(about) => about.clone(),
            None => sources.block(path, finding.location.place).unwrap_or_default(),
        };
        let digest = digest(&[finding.rule, &said]);
        let count = self.given.entry((path.clone(), digest)).or_default();
        *count += 1;
        let mut text = format!("{digest:032x}");
        if *count > 1 {
            let _ = write!(text, "-{count}");
        }
        text
    }
}

/// The first half of the SHA-256 of the parts.
pub(super) fn digest(parts: &[&str]) -> u128 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().take(16).fold(0, |all, byte| all << 8 | u128::from(*byte))
}

/// So many bytes to each side are looked at for the ends of a block.
const NEAR: usize = 4096;

/// The text of the block around a place, as it is compared: white space does not count.
pub(super) fn block(text: &str, place: Place) -> String {
    let (start, end) = (place.start.offset as usize, place.end.offset as usize);
    // A text without blank lines is no block.
    let (low, high) = (start.saturating_sub(NEAR), end.saturating_add(NEAR).min(text.len()));
    let low = (low..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let high = (end..=high).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    let text = text.get(low..high).unwrap_or_default();
    let (start, end) = (start - low, end - low);
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let from = before.rmatch_indices('\n').find(|(at, _)| is_blank_line(before, *at));
    let from = from.map_or(0, |(at, _)| at + 1);
    let to = after.match_indices('\n').find(|(at, _)| begins_blank(&after[at + 1..]));
    let to = to.map_or(text.len(), |(at, _)| end + at);
    text[from..to].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the line that the line break at `at` ends is blank.
fn is_blank_line(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    line.trim().is_empty()
}

/// Whether a text begins with a blank line.
fn begins_blank(text: &str) -> bool {
    text.split('\n').next().unwrap_or_default().trim().is_empty()
}
