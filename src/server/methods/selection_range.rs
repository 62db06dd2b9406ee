//! `textDocument/selectionRange`

use tower_lsp::gen_lsp_types::{SelectionRange, SelectionRangeParams};
use tower_lsp::jsonrpc::Result;

use crate::features;
use crate::server::backend::Backend;
use crate::server::engine::View;
use crate::text::Place;

impl Backend {
    pub(in crate::server) async fn selection_range(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.ask(params.text_document.uri, move |view| {
            let offsets: Vec<usize> = positions.iter().map(|position| view.offset(*position)).collect();
            let all = features::selections(view.facts, view.text, &offsets);
            all.into_iter().map(|grown| nested(view, &grown)).collect()
        })
        .await
    }
}

/// The innermost, in those around it.
fn nested(view: &View<'_>, grown: &[Place]) -> Option<SelectionRange> {
    let around = |parent: Option<SelectionRange>, place: &Place| {
        Some(SelectionRange { range: view.range(*place), parent: parent.map(Box::new) })
    };
    grown.iter().rev().fold(None, around)
}
