//! `newsmark lsp`: the language server for editors.

use std::io;

use anyhow::Context;

use super::Exit;
use super::args::Lsp;

pub(super) fn run(_: &Lsp) -> anyhow::Result<Exit> {
    // Nothing else may write there; whoever starts this by hand would wait for ever.
    if super::output::stdin_is_terminal() {
        super::output::say_note(
            "this is for editors, which talk to it: docs/editors.md says how; Ctrl-D ends it",
        );
    }
    let is_clean = crate::server::run(io::stdin(), io::stdout()).context("the server cannot be started")?;
    Ok(if is_clean { Exit::Clean } else { Exit::Findings })
}
