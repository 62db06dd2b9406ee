//! `textDocument/formatting`, `textDocument/rangeFormatting` and
//! `textDocument/onTypeFormatting`
//!
//! How wide a tab is and the like is nothing that annotations have.

use tower_lsp::gen_lsp_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, TextEdit,
};
use tower_lsp::jsonrpc::Result;

use crate::features::format;
use crate::server::backend::Backend;
use crate::server::engine::View;
use crate::text::{LineIndex, Span};

impl Backend {
    pub(in crate::server) async fn formatting(
        &self,
        params: DocumentFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let uri = params.text_document.uri;
        self.ask(uri, |view| answer(view, |text| format::format(text, None))).await
    }

    pub(in crate::server) async fn range_formatting(
        &self,
        params: DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let (uri, range) = (params.text_document.uri, params.range);
        self.ask(uri, move |view| {
            let start = view.offset(range.start);
            let within = Span::new(start, view.offset(range.end).max(start));
            answer(view, |text| format::format(text, Some(within)))
        })
        .await
    }

    pub(in crate::server) async fn on_type_formatting(
        &self,
        params: DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let (uri, position) = (params.text_document.uri, params.position);
        let is_end = params.ch == "}";
        self.ask(uri, move |view| {
            let at = view.offset(position);
            answer(view, |text| if is_end { format::format_typed(text, at) } else { Vec::new() })
        })
        .await
    }
}

/// The edits of an article; of registries and the configuration there are none.
fn answer(view: &View<'_>, edits: impl FnOnce(&str) -> Vec<(Span, String)>) -> Option<Vec<TextEdit>> {
    view.facts.article.as_ref()?;
    let edits = edits(view.text);
    if edits.is_empty() {
        return None;
    }
    let lines = LineIndex::new(view.text);
    let edit = |(span, new_text): (Span, String)| TextEdit {
        range: view.range(lines.place(view.text, span)),
        new_text,
    };
    Some(edits.into_iter().map(edit).collect())
}
