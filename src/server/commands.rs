//! What a client can have done by name, with `workspace/executeCommand`: a file for each
//! command, and a line in the table.

mod new_article;
mod restart_index;
mod show_origins;
mod show_retraction;
mod target;

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};

use super::backend::Backend;

/// The names of all commands, in order.
pub(super) const NAMES: &[&str] =
    &[new_article::NAME, restart_index::NAME, show_origins::NAME, show_retraction::NAME];

/// Does what a command says. The answer is the command's.
pub(super) async fn execute(backend: &Backend, name: &str, arguments: Vec<Value>) -> Result<Option<Value>> {
    match name {
        new_article::NAME => new_article::run(backend, arguments).await,
        restart_index::NAME => restart_index::run(backend).await,
        show_origins::NAME => show_origins::run(backend, arguments).await,
        show_retraction::NAME => show_retraction::run(backend, arguments).await,
        _ => Err(Error::invalid_params("newsmark has no command of that name")),
    }
}
