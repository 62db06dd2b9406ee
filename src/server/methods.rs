//! What a client may ask about documents and the corpus: a file for each of the protocol's
//! methods, or for a family of them, with its handler and the way from the plain answer to
//! the protocol's terms.

mod code_action;
mod completion;
mod definition;
mod document_symbol;
mod hover;

use tower_lsp::LspServiceBuilder;
use tower_lsp::gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProvider, DefinitionProvider, DocumentSymbolProvider,
    HoverProvider, ServerCapabilities,
};

use super::backend::Backend;
use super::session::Session;

/// The methods, by name.
pub(super) fn register(builder: LspServiceBuilder<Backend>) -> LspServiceBuilder<Backend> {
    builder
        .custom_method("completionItem/resolve", Backend::resolve_completion)
        .custom_method("textDocument/codeAction", Backend::code_action)
        .custom_method("textDocument/completion", Backend::completion)
        .custom_method("textDocument/definition", Backend::definition)
        .custom_method("textDocument/documentSymbol", Backend::document_symbol)
        .custom_method("textDocument/hover", Backend::hover)
}

/// What the client is told of them: a block each, on top of what the server can do anyway.
pub(super) fn add_capabilities(to: &mut ServerCapabilities, session: &Session) {
    if session.code_actions {
        to.code_action_provider = Some(CodeActionProvider::CodeActionOptions(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
            ..CodeActionOptions::default()
        }));
    }

    to.completion_provider = Some(completion::options());

    to.definition_provider = Some(DefinitionProvider::Bool(true));

    to.document_symbol_provider = Some(DocumentSymbolProvider::Bool(true));

    to.hover_provider = Some(HoverProvider::Bool(true));
}
