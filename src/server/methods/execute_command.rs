//! `workspace/executeCommand`

use serde_json::Value;
use tower_lsp::gen_lsp_types::ExecuteCommandParams;
use tower_lsp::jsonrpc::Result;

use crate::server::backend::Backend;
use crate::server::commands;

impl Backend {
    pub(in crate::server) async fn execute_command(
        &self,
        params: ExecuteCommandParams,
    ) -> Result<Option<Value>> {
        commands::execute(self, &params.command, params.arguments.unwrap_or_default()).await
    }
}
