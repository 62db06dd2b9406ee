//! `textDocument/diagnostic`

use tower_lsp::gen_lsp_types::DocumentDiagnosticParams;
use tower_lsp::jsonrpc::{Error, Result};

use crate::server::backend::Backend;
use crate::server::engine::{Engine, Report};

impl Backend {
    pub(in crate::server) async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<Report> {
        let uri = params.text_document.uri;
        let previous = params.previous_result_id;
        let asked = self.engine()?.ask(move |engine: &mut Engine| engine.pull(&uri, previous.as_deref()));
        asked.await.ok_or_else(Error::internal_error)
    }
}
