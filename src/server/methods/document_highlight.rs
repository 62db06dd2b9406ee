//! `textDocument/documentHighlight`

use tower_lsp::gen_lsp_types::{DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, Position};
use tower_lsp::jsonrpc::Result;

use crate::features::references::{Role, occurrences};
use crate::features::subject;
use crate::server::backend::Backend;
use crate::server::engine::View;

impl Backend {
    pub(in crate::server) async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.ask(at.text_document.uri, move |view| answer(view, at.position)).await
    }
}

/// Where else in the document the same is meant. What defines it is written, the rest read.
fn answer(view: &View<'_>, at: Position) -> Option<Vec<DocumentHighlight>> {
    let (_, subject) = subject(view.corpus, view.facts, view.offset(at))?;
    let all = occurrences(view.corpus, view.facts, &subject).into_iter();
    let highlights = all.map(|one| DocumentHighlight {
        range: view.range(one.place),
        kind: Some(match one.role {
            Role::Definition => DocumentHighlightKind::Write,
            _ => DocumentHighlightKind::Read,
        }),
    });
    Some(highlights.collect())
}
