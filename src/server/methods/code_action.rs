//! `textDocument/codeAction`

use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionParams, CodeActionResponse,
};
use tower_lsp::jsonrpc::{Error, Result};

use crate::features;
use crate::server::backend::Backend;
use crate::server::edits;
use crate::server::engine::{Engine, View};
use crate::text::Span;

impl Backend {
    pub(in crate::server) async fn code_action(
        &self,
        params: CodeActionParams,
    ) -> Result<Option<Vec<CodeActionResponse>>> {
        if !self.session()?.code_actions {
            return Ok(None);
        }
        let uri = params.text_document.uri.clone();
        let asked = self.engine()?.ask(move |engine: &mut Engine| {
            // What is offered is worked out for the text as it is now.
            engine.judge_now(&uri);
            engine.view(&uri).and_then(|view| answer(&view, &params))
        });
        asked.await.ok_or_else(Error::internal_error)
    }
}

/// What can be done about the diagnostics in a range.
fn answer(view: &View<'_>, params: &CodeActionParams) -> Option<Vec<CodeActionResponse>> {
    let CodeActionContext { only, .. } = &params.context;
    let is_wanted = only.as_ref().is_none_or(|only| {
        only.iter().any(|kind| *kind == CodeActionKind::QuickFix || *kind == CodeActionKind::Empty)
    });
    if !is_wanted {
        return None;
    }
    let range = Span::new(
        view.offset(params.range.start),
        view.offset(params.range.end).max(view.offset(params.range.start)),
    );
    let uri = &params.text_document.uri;
    let actions = features::actions(view.diagnostics, range).into_iter().filter_map(|action| {
        Some(CodeActionResponse::CodeAction(CodeAction {
            title: action.fix.title.clone(),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![view.diagnostic(uri, action.mends)]),
            is_preferred: Some(action.preferred),
            edit: Some(edits::workspace_edit(view, &action.fix.edits)?),
            ..CodeAction::default()
        }))
    });
    Some(actions.collect())
}
