//! `textDocument/linkedEditingRange`

use tower_lsp::gen_lsp_types::{LinkedEditingRangeParams, LinkedEditingRanges};
use tower_lsp::jsonrpc::Result;

use crate::features;
use crate::server::backend::Backend;

/// What may be typed before the editing ends: no white space and no sign that would end an id
/// or key. In the words that every client's patterns have in common.
const WORD: &str = "[^\\s\"'`#@{}()\\[\\],;|=<>&\\\\]+";

impl Backend {
    pub(in crate::server) async fn linked_editing_range(
        &self,
        params: LinkedEditingRangeParams,
    ) -> Result<Option<LinkedEditingRanges>> {
        let at = params.text_document_position_params;
        self.ask(at.text_document.uri, move |view| {
            let places = features::linked(view.corpus, view.facts, view.text, view.offset(at.position))?;
            Some(LinkedEditingRanges {
                ranges: places.into_iter().map(|place| view.range(place)).collect(),
                word_pattern: Some(WORD.to_owned()),
            })
        })
        .await
    }
}
