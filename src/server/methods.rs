//! What a client may ask about documents and the corpus: a file for each of the protocol's
//! methods, or for a family of them, with its handler and the way from the plain answer to
//! the protocol's terms.

mod code_action;
mod completion;
mod definition;
mod document_highlight;
mod document_symbol;
mod file_operations;
mod hover;
mod references;
mod rename;
mod workspace_symbol;

use tower_lsp::LspServiceBuilder;
use tower_lsp::gen_lsp_types::{
    CodeActionProvider, DeclarationProvider, DefinitionProvider, DocumentHighlightProvider,
    DocumentSymbolProvider, HoverProvider, ImplementationProvider, ReferencesProvider, RenameOptions,
    RenameProvider, ServerCapabilities, TypeDefinitionProvider, WorkspaceSymbolOptions,
    WorkspaceSymbolProvider,
};

use super::backend::Backend;
use super::session::Session;

/// The methods, by name.
pub(super) fn register(builder: LspServiceBuilder<Backend>) -> LspServiceBuilder<Backend> {
    builder
        .custom_method("codeAction/resolve", Backend::code_action_resolve)
        .custom_method("completionItem/resolve", Backend::resolve_completion)
        .custom_method("textDocument/codeAction", Backend::code_action)
        .custom_method("textDocument/completion", Backend::completion)
        .custom_method("textDocument/declaration", Backend::declaration)
        .custom_method("textDocument/definition", Backend::definition)
        .custom_method("textDocument/documentHighlight", Backend::document_highlight)
        .custom_method("textDocument/documentSymbol", Backend::document_symbol)
        .custom_method("textDocument/hover", Backend::hover)
        .custom_method("textDocument/implementation", Backend::implementation)
        .custom_method("textDocument/prepareRename", Backend::prepare_rename)
        .custom_method("textDocument/references", Backend::references)
        .custom_method("textDocument/rename", Backend::rename)
        .custom_method("textDocument/typeDefinition", Backend::type_definition)
        .custom_method("workspace/didCreateFiles", Backend::did_create_files)
        .custom_method("workspace/didDeleteFiles", Backend::did_delete_files)
        .custom_method("workspace/didRenameFiles", Backend::did_rename_files)
        .custom_method("workspace/symbol", Backend::workspace_symbol)
        .custom_method("workspace/willDeleteFiles", Backend::will_delete_files)
        .custom_method("workspace/willRenameFiles", Backend::will_rename_files)
        .custom_method("workspaceSymbol/resolve", Backend::workspace_symbol_resolve)
}

/// What the client is told of them: a block each, on top of what the server can do anyway.
pub(super) fn add_capabilities(to: &mut ServerCapabilities, session: &Session) {
    if session.code_actions {
        let options = code_action::options(session);
        to.code_action_provider = Some(CodeActionProvider::CodeActionOptions(options));
    }

    to.declaration_provider = Some(DeclarationProvider::Bool(true));
    to.completion_provider = Some(completion::options());

    to.definition_provider = Some(DefinitionProvider::Bool(true));

    to.document_highlight_provider = Some(DocumentHighlightProvider::Bool(true));

    to.document_symbol_provider = Some(DocumentSymbolProvider::Bool(true));

    if let Some(workspace) = to.workspace.as_mut().filter(|_| session.file_operations) {
        workspace.file_operations = Some(file_operations::operations());
    }

    to.hover_provider = Some(HoverProvider::Bool(true));

    to.references_provider = Some(ReferencesProvider::Bool(true));

    to.rename_provider = Some(match session.prepares_rename {
        true => RenameProvider::RenameOptions(RenameOptions {
            prepare_provider: Some(true),
            ..RenameOptions::default()
        }),
        false => RenameProvider::Bool(true),
    });
    to.implementation_provider = Some(ImplementationProvider::Bool(true));

    to.type_definition_provider = Some(TypeDefinitionProvider::Bool(true));

    to.workspace_symbol_provider =
        Some(WorkspaceSymbolProvider::WorkspaceSymbolOptions(WorkspaceSymbolOptions {
            resolve_provider: Some(true),
            ..WorkspaceSymbolOptions::default()
        }));
}
