//! What a client may ask about documents and the corpus: a file for each of the protocol's
//! methods, or for a family of them, with its handler and the way from the plain answer to
//! the protocol's terms.

mod code_action;
mod definition;
mod document_highlight;
mod document_symbol;
mod hover;
mod references;
mod rename;

use tower_lsp::LspServiceBuilder;
use tower_lsp::gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProvider, DefinitionProvider, DocumentHighlightProvider,
    DocumentSymbolProvider, HoverProvider, ReferencesProvider, RenameOptions, RenameProvider,
    ServerCapabilities,
};

use super::backend::Backend;
use super::session::Session;

/// The methods, by name.
pub(super) fn register(builder: LspServiceBuilder<Backend>) -> LspServiceBuilder<Backend> {
    builder
        .custom_method("textDocument/codeAction", Backend::code_action)
        .custom_method("textDocument/definition", Backend::definition)
        .custom_method("textDocument/documentHighlight", Backend::document_highlight)
        .custom_method("textDocument/documentSymbol", Backend::document_symbol)
        .custom_method("textDocument/hover", Backend::hover)
        .custom_method("textDocument/prepareRename", Backend::prepare_rename)
        .custom_method("textDocument/references", Backend::references)
        .custom_method("textDocument/rename", Backend::rename)
}

/// What the client is told of them: a block each, on top of what the server can do anyway.
pub(super) fn add_capabilities(to: &mut ServerCapabilities, session: &Session) {
    if session.code_actions {
        to.code_action_provider = Some(CodeActionProvider::CodeActionOptions(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
            ..CodeActionOptions::default()
        }));
    }

    to.definition_provider = Some(DefinitionProvider::Bool(true));

    to.document_highlight_provider = Some(DocumentHighlightProvider::Bool(true));

    to.document_symbol_provider = Some(DocumentSymbolProvider::Bool(true));

    to.hover_provider = Some(HoverProvider::Bool(true));

    to.references_provider = Some(ReferencesProvider::Bool(true));

    to.rename_provider = Some(match session.prepares_rename {
        true => RenameProvider::RenameOptions(RenameOptions {
            prepare_provider: Some(true),
            ..RenameOptions::default()
        }),
        false => RenameProvider::Bool(true),
    });
}
