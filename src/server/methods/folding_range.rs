//! `textDocument/foldingRange`

use tower_lsp::gen_lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};
use tower_lsp::jsonrpc::Result;

use crate::features::{self, Fold, FoldKind};
use crate::server::backend::Backend;
use crate::server::engine::View;

impl Backend {
    pub(in crate::server) async fn folding_range(
        &self,
        params: FoldingRangeParams,
    ) -> Result<Option<Vec<FoldingRange>>> {
        self.ask(params.text_document.uri, answer).await
    }
}

fn answer(view: &View<'_>) -> Option<Vec<FoldingRange>> {
    let mut folds = features::folds(view.facts, view.text);
    let session = view.session();
    if session.folds_lines {
        folds.retain_mut(|fold| ends_before_other_words(view.text, fold));
        // Of two that begin in one line only one can be folded: the outer one.
        folds.dedup_by_key(|fold| fold.place.start.line);
    }
    if let Some(most) = session.most_folds.filter(|most| folds.len() > *most) {
        let lines = |fold: &Fold| fold.place.end.line - fold.place.start.line;
        folds.sort_by_key(|fold| std::cmp::Reverse(lines(fold)));
        folds.truncate(most);
        folds.sort_by_key(|fold| fold.place.start.offset);
    }
    Some(folds.into_iter().map(|fold| folding(view, fold)).collect())
}

/// Leaves the last line in sight where more than what is folded stands on it; the answer is
/// whether anything is left to fold.
fn ends_before_other_words(text: &str, fold: &mut Fold) -> bool {
    let rest = text.get(fold.place.end.offset as usize..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    if line.contains(char::is_alphanumeric) {
        fold.place.end.line -= 1;
    }
    fold.place.start.line < fold.place.end.line
}

/// From the end of the first line, which clients take where no column is said, to the end.
fn folding(view: &View<'_>, fold: Fold) -> FoldingRange {
    let range = view.range(fold.place);
    FoldingRange {
        start_line: range.start.line,
        end_line: range.end.line,
        end_character: (!view.session().folds_lines).then_some(range.end.character),
        kind: match fold.kind {
            FoldKind::Section => None,
            FoldKind::Region => Some(FoldingRangeKind::Region),
            FoldKind::Comment => Some(FoldingRangeKind::Comment),
        },
        ..FoldingRange::default()
    }
}
