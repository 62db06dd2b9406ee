//! `textDocument/prepareRename` and `textDocument/rename`

use tower_lsp::gen_lsp_types::{
    PrepareRenameParams, PrepareRenamePlaceholder, PrepareRenameResult, RenameParams, WorkspaceEdit,
};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use crate::features::rename::{self, Desk, Refusal};
use crate::server::backend::Backend;
use crate::server::edits::Edits;
use crate::server::engine::View;

/// What a refused renaming is answered with: `RequestFailed`, whose words editors show.
const REFUSED: ErrorCode = ErrorCode::ServerError(-32803);

impl Backend {
    pub(in crate::server) async fn prepare_rename(
        &self,
        params: PrepareRenameParams,
    ) -> Result<Option<PrepareRenameResult>> {
        let at = params.text_document_position_params;
        let asked = self.ask(at.text_document.uri, move |view| {
            let desk = Desk { corpus: view.corpus, config: view.config, text: &|path| view.text_of(path) };
            let what = rename::prepared(&desk, view.facts, view.text, view.offset(at.position));
            Some(what.map(|what| (view.range(what.place), what.written)))
        });
        let Some((range, placeholder)) = refused(asked.await?)? else { return Ok(None) };
        Ok(Some(PrepareRenameResult::PrepareRenamePlaceholder(PrepareRenamePlaceholder {
            range,
            placeholder,
        })))
    }

    pub(in crate::server) async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = params.text_document_position_params;
        let new = params.new_name;
        let asked = self.ask(at.text_document.uri, move |view| Some(answer(view, at.position, &new)));
        refused(asked.await?)
    }
}

fn answer(
    view: &View<'_>,
    at: tower_lsp::gen_lsp_types::Position,
    new: &str,
) -> std::result::Result<WorkspaceEdit, Refusal> {
    let refuse = |why: &str| Refusal(why.to_owned());
    if !view.is_ready() {
        return Err(refuse("newsmark is still reading the corpus: try again when it has done"));
    }
    let what = rename::renamed(view.corpus, view.facts, view.text, view.offset(at))?;
    let desk = Desk { corpus: view.corpus, config: view.config, text: &|path| view.text_of(path) };
    let changes = rename::rename(&desk, &what, new)?;
    let mut edits = Edits::default();
    edits.add_changes(view, &changes).ok_or_else(|| refuse("one of the files has no address"))?;
    Ok(edits.into_workspace_edit(view.session()))
}

fn refused<T>(answer: Option<std::result::Result<T, Refusal>>) -> Result<Option<T>> {
    match answer {
        None => Ok(None),
        Some(Ok(answer)) => Ok(Some(answer)),
        Some(Err(Refusal(why))) => Err(Error { code: REFUSED, message: why.into(), data: None }),
    }
}
