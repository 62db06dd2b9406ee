//! What a client may ask about documents and the corpus: a file for each of the protocol's
//! methods, or for a family of them, with its handler and the way from the plain answer to
//! the protocol's terms.

mod code_action;
mod definition;
mod diagnostic;
mod document_highlight;
mod document_symbol;
mod execute_command;
mod hover;
mod references;
mod workspace_diagnostic;

use tower_lsp::LspServiceBuilder;
use tower_lsp::gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProvider, DefinitionProvider, DiagnosticOptions,
    DiagnosticProvider, DocumentHighlightProvider, DocumentSymbolProvider, ExecuteCommandOptions,
    HoverProvider, ReferencesProvider, ServerCapabilities,
};

use super::backend::Backend;
use super::commands;
use super::session::Session;

/// The methods, by name.
pub(super) fn register(builder: LspServiceBuilder<Backend>) -> LspServiceBuilder<Backend> {
    builder
        .custom_method("textDocument/codeAction", Backend::code_action)
        .custom_method("textDocument/definition", Backend::definition)
        .custom_method("textDocument/diagnostic", Backend::diagnostic)
        .custom_method("textDocument/documentHighlight", Backend::document_highlight)
        .custom_method("textDocument/documentSymbol", Backend::document_symbol)
        .custom_method("textDocument/hover", Backend::hover)
        .custom_method("textDocument/references", Backend::references)
        .custom_method("workspace/diagnostic", Backend::workspace_diagnostic)
        .custom_method("workspace/executeCommand", Backend::execute_command)
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

    // Others are told without asking.
    if session.pulls {
        to.diagnostic_provider = Some(DiagnosticProvider::DiagnosticOptions(DiagnosticOptions {
            identifier: Some("newsmark".to_owned()),
            inter_file_dependencies: true,
            workspace_diagnostics: true,
            ..DiagnosticOptions::default()
        }));
    }

    to.document_highlight_provider = Some(DocumentHighlightProvider::Bool(true));

    to.document_symbol_provider = Some(DocumentSymbolProvider::Bool(true));

    to.execute_command_provider = Some(ExecuteCommandOptions {
        commands: commands::NAMES.iter().map(|name| (*name).to_owned()).collect(),
        ..ExecuteCommandOptions::default()
    });

    to.hover_provider = Some(HoverProvider::Bool(true));

    to.references_provider = Some(ReferencesProvider::Bool(true));
}
