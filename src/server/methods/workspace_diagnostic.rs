//! `workspace/diagnostic`: open until there is something to tell, and for a client that is
//! told in parts until it asks again.

use tower_lsp::gen_lsp_types::{WorkspaceDiagnosticParams, WorkspaceDiagnosticReport};
use tower_lsp::jsonrpc::{Error, Result};

use crate::server::backend::Backend;
use crate::server::reply::Reply;

/// What stands around reports.
const HEAD: &[u8] = br#"{"items":["#;
const TAIL: &[u8] = b"]}";

impl Backend {
    pub(in crate::server) async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<Option<WorkspaceDiagnosticReport>> {
        let reply = Reply::current().ok_or_else(Error::internal_error)?;
        let token = params.partial_result_params.partial_result_token;
        let mut reports = self.engine()?.watch(params.previous_result_ids, token.is_some());
        let mut all = Vec::new();
        while let Some(mut more) = reports.recv().await {
            match &token {
                Some(token) => self.outbox().send_part(token, &[HEAD, &more.json, TAIL]),
                None => all = std::mem::take(&mut more.json),
            }
        }
        reply.send_written(&[HEAD, &all, TAIL]);
        Ok(None)
    }
}
