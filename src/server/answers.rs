//! From plain answers to the protocol's terms.

use tower_lsp::gen_lsp_types::{
    CodeActionParams, CodeActionResponse, DefinitionResponse, DocumentSymbolResponse, Hover, Position,
};

use super::engine::View;

pub(super) fn hover(_view: &View<'_>, _at: Position, _markdown: bool) -> Option<Hover> {
    None
}

pub(super) fn definition(_view: &View<'_>, _at: Position, _links: bool) -> Option<DefinitionResponse> {
    None
}

pub(super) fn symbols(_view: &View<'_>) -> Option<DocumentSymbolResponse> {
    None
}

pub(super) fn code_actions(
    _view: &View<'_>,
    _params: &CodeActionParams,
    _versioned: bool,
) -> Option<Vec<CodeActionResponse>> {
    None
}
