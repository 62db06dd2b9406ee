//! Reads the corpora anew: after the reading was cancelled, or where the disk says something
//! else than what is shown.

use serde_json::Value;
use tower_lsp::jsonrpc::Result;

use crate::server::backend::Backend;

pub(super) const NAME: &str = "newsmark.restartIndex";

pub(super) async fn run(backend: &Backend) -> Result<Option<Value>> {
    backend.engine()?.restart();
    Ok(None)
}
