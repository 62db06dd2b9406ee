//! One way to write annotations: attributes in one order and with one kind of quotation
//! marks, citations that touch in one pair of brackets. Nothing else of a text is touched,
//! and what it says, to its readers and to newsmark, stays as it is.

mod block;
mod reading;

use crate::syntax::{self, Article, Attributes, ProblemKind, SuppressionScope};
use crate::text::{Span, edited};

use reading::Reading;

/// Bytes to replace, and by what.
type Edit = (Span, String);

/// How often a text is read again to find out which edit of several does harm. No draft has
/// ever needed one.
const ATTEMPTS: u32 = 16;

/// What has to be changed in the article `text`, or in the part of it that touches `within`:
/// edits in the order of their places, none over another.
#[must_use]
pub fn format(text: &str, within: Option<Span>) -> Vec<(Span, String)> {
    let article = syntax::parse(text);
    let wanted = |span: Span| within.is_none_or(|part| span.start <= part.end && part.start <= span.end);
    let blocks = blocks(text, &article).filter(|block| wanted(block.span));
    let blocks = blocks.filter_map(|block| block::edit(text, block)).collect();
    unharmed(text, &article, joined(text, &article, wanted), blocks)
}

/// What has to be changed once a `}` was typed that ends at `at`: the attribute block that it
/// closes, if it does close one.
#[must_use]
pub fn format_typed(text: &str, at: usize) -> Vec<(Span, String)> {
    if !text.get(..at).is_some_and(|before| before.ends_with('}')) {
        return Vec::new();
    }
    let article = syntax::parse(text);
    let block = blocks(text, &article).find(|block| block.span.end() == at);
    let edit = block.and_then(|block| block::edit(text, block));
    unharmed(text, &article, Vec::new(), edit.into_iter().collect())
}

/// The attribute blocks in which newsmark reads something, by start. A div's class without
/// braces is none.
fn blocks<'a>(text: &'a str, article: &'a Article) -> impl Iterator<Item = &'a Attributes> {
    let all = article.annotations.iter().map(|annotation| &annotation.attributes);
    let mut blocks: Vec<&Attributes> =
        all.filter(|block| block.is_newsmarks(text) && block.span.of(text).starts_with('{')).collect();
    blocks.sort_by_key(|block| block.span);
    blocks.dedup_by_key(|block| block.span);
    blocks.into_iter()
}

/// The fixes of `adjacent-citations` that do no more than to join groups, where the author has
/// not switched that rule off.
fn joined(text: &str, article: &Article, wanted: impl Fn(Span) -> bool) -> Vec<Edit> {
    let rule = ProblemKind::AdjacentCitations.rule();
    let is_off = |span: Span| {
        let mut own =
            article.suppressions.iter().filter(|one| one.rules.iter().any(|name| name.of(text) == rule));
        own.any(|one| match one.scope {
            SuppressionScope::File => true,
            SuppressionScope::Within(scope) => scope.contains(span),
            SuppressionScope::Nothing => false,
        })
    };
    let touching = article
        .problems
        .iter()
        .filter(|problem| problem.kind == ProblemKind::AdjacentCitations)
        .filter(|problem| wanted(problem.span) && !is_off(problem.span));
    let fixes = touching.filter_map(|problem| problem.fix.as_ref());
    let joins = fixes.filter(|fix| fix.edits.iter().all(|(span, _)| span.of(text) == "]["));
    let mut edits: Vec<Edit> = joins.flat_map(|fix| fix.edits.iter().cloned()).collect();
    edits.sort();
    edits
}

/// Those of the edits after which everything is read as before. What a place means to Markdown
/// may hang on a character far from it, so it is read again instead of reasoned about.
fn unharmed(text: &str, article: &Article, joins: Vec<Edit>, blocks: Vec<Edit>) -> Vec<Edit> {
    let mut before = Reading::of(text, article);
    let mut joins = joins;
    if !joins.is_empty() {
        let after = Reading::of_text(&after(text, &joins));
        match before.has_the_same_parts(&after) {
            // Of two groups that touch one is no citation, and its key is printed.
            true => before = after,
            false => joins.clear(),
        }
    }
    let mut trial = Trial { text, joins, before, left: ATTEMPTS };
    let kept = trial.unharmed(&blocks);
    // Each does no harm; together they may.
    let kept = if kept.len() == blocks.len() || trial.is_unharmed(&kept) { kept } else { Vec::new() };
    trial.with_joins(&kept)
}

struct Trial<'t> {
    text: &'t str,
    joins: Vec<Edit>,
    before: Reading,
    left: u32,
}

impl Trial<'_> {
    fn unharmed(&mut self, edits: &[Edit]) -> Vec<Edit> {
        if edits.is_empty() || self.left == 0 {
            return Vec::new();
        }
        self.left -= 1;
        if self.is_unharmed(edits) {
            return edits.to_vec();
        }
        if edits.len() == 1 {
            return Vec::new();
        }
        let (first, second) = edits.split_at(edits.len() / 2);
        let mut kept = self.unharmed(first);
        kept.extend(self.unharmed(second));
        kept
    }

    fn is_unharmed(&self, edits: &[Edit]) -> bool {
        edits.is_empty() || Reading::of_text(&after(self.text, &self.with_joins(edits))) == self.before
    }

    fn with_joins(&self, edits: &[Edit]) -> Vec<Edit> {
        let mut all: Vec<Edit> = self.joins.iter().chain(edits).cloned().collect();
        all.sort();
        all
    }
}

/// `text` after `edits`, which come in order.
fn after(text: &str, edits: &[Edit]) -> String {
    edited(text, edits.iter().map(|(span, new)| (*span, new.as_str())))
}
