//! `workspace/diagnostic`: open until there is something to tell, and for a client that is
//! told in parts until it asks again.

use serde::Serialize;
use serde_json::value::RawValue;
use tower_lsp::gen_lsp_types::{ProgressToken, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport};
use tower_lsp::jsonrpc::{Error, Result};

use crate::server::backend::Backend;
use crate::server::reply::Reply;

/// A part of an answer on its way.
#[derive(Serialize)]
struct Part<'p> {
    token: &'p ProgressToken,
    value: &'p RawValue,
}

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
                Some(token) => {
                    let value = raw(&more.json)?;
                    self.outbox().notify("$/progress", &Part { token, value: &value });
                }
                None => all = std::mem::take(&mut more.json),
            }
        }
        reply.send(&raw(&all)?);
        Ok(None)
    }
}

/// Reports as they are written, as the protocol wants them.
fn raw(reports: &[u8]) -> Result<Box<RawValue>> {
    let text = format!(r#"{{"items":[{}]}}"#, String::from_utf8_lossy(reports));
    RawValue::from_string(text).map_err(|_| Error::internal_error())
}
