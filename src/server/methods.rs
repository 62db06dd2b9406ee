//! What a client may ask about documents and the corpus: a file for each of the protocol's
//! methods, or for a family of them, with its handler and the way from the plain answer to
//! the protocol's terms.

mod call_hierarchy;
mod claims;
mod code_action;
mod code_lens;
mod completion;
mod definition;
mod diagnostic;
mod document_highlight;
mod document_link;
mod document_symbol;
mod execute_command;
mod file_operations;
mod files;
mod folding_range;
mod formatting;
mod hierarchy_item;
mod hover;
mod inlay_hint;
mod linked_editing_range;
mod references;
mod rename;
mod selection_range;
mod semantic_tokens;
mod type_hierarchy;
mod workspace_diagnostic;
mod workspace_symbol;

pub(super) use hover::plain;
use tower_lsp::LspServiceBuilder;
use tower_lsp::gen_lsp_types::{
    CallHierarchyProvider, CodeActionProvider, CodeLensOptions, DeclarationProvider, DefinitionProvider,
    DiagnosticOptions, DiagnosticProvider, DocumentFormattingProvider, DocumentHighlightProvider,
    DocumentLinkOptions, DocumentOnTypeFormattingOptions, DocumentRangeFormattingProvider,
    DocumentSymbolProvider, ExecuteCommandOptions, FoldingRangeProvider, Full, HoverProvider,
    ImplementationProvider, InlayHintOptions, InlayHintProvider, LinkedEditingRangeProvider,
    ReferencesProvider, RenameOptions, RenameProvider, SelectionRangeProvider, SemanticTokensFullDelta,
    SemanticTokensOptions, SemanticTokensOptionsRange, SemanticTokensProvider, ServerCapabilities,
    TypeDefinitionProvider, TypeHierarchyProvider, WorkspaceSymbolOptions, WorkspaceSymbolProvider,
};

use super::backend::Backend;
use super::commands;
use super::session::Session;

/// The methods, by name.
pub(super) fn register(builder: LspServiceBuilder<Backend>) -> LspServiceBuilder<Backend> {
    builder
        .custom_method("callHierarchy/incomingCalls", Backend::incoming_calls)
        .custom_method("callHierarchy/outgoingCalls", Backend::outgoing_calls)
        .custom_method("codeAction/resolve", Backend::code_action_resolve)
        .custom_method("codeLens/resolve", Backend::code_lens_resolve)
        .custom_method("completionItem/resolve", Backend::resolve_completion)
        .custom_method("documentLink/resolve", Backend::document_link_resolve)
        .custom_method("inlayHint/resolve", Backend::inlay_hint_resolve)
        .custom_method("newsmark/claims", Backend::claims)
        .custom_method("textDocument/codeAction", Backend::code_action)
        .custom_method("textDocument/codeLens", Backend::code_lens)
        .custom_method("textDocument/completion", Backend::completion)
        .custom_method("textDocument/declaration", Backend::declaration)
        .custom_method("textDocument/definition", Backend::definition)
        .custom_method("textDocument/diagnostic", Backend::diagnostic)
        .custom_method("textDocument/documentHighlight", Backend::document_highlight)
        .custom_method("textDocument/documentLink", Backend::document_link)
        .custom_method("textDocument/documentSymbol", Backend::document_symbol)
        .custom_method("textDocument/foldingRange", Backend::folding_range)
        .custom_method("textDocument/formatting", Backend::formatting)
        .custom_method("textDocument/hover", Backend::hover)
        .custom_method("textDocument/implementation", Backend::implementation)
        .custom_method("textDocument/inlayHint", Backend::inlay_hint)
        .custom_method("textDocument/linkedEditingRange", Backend::linked_editing_range)
        .custom_method("textDocument/onTypeFormatting", Backend::on_type_formatting)
        .custom_method("textDocument/prepareCallHierarchy", Backend::prepare_call_hierarchy)
        .custom_method("textDocument/prepareRename", Backend::prepare_rename)
        .custom_method("textDocument/prepareTypeHierarchy", Backend::prepare_type_hierarchy)
        .custom_method("textDocument/rangeFormatting", Backend::range_formatting)
        .custom_method("textDocument/references", Backend::references)
        .custom_method("textDocument/rename", Backend::rename)
        .custom_method("textDocument/selectionRange", Backend::selection_range)
        .custom_method("textDocument/semanticTokens/full", Backend::semantic_tokens_full)
        .custom_method("textDocument/semanticTokens/full/delta", Backend::semantic_tokens_delta)
        .custom_method("textDocument/semanticTokens/range", Backend::semantic_tokens_range)
        .custom_method("textDocument/typeDefinition", Backend::type_definition)
        .custom_method("typeHierarchy/subtypes", Backend::subtypes)
        .custom_method("typeHierarchy/supertypes", Backend::supertypes)
        .custom_method("workspace/diagnostic", Backend::workspace_diagnostic)
        .custom_method("workspace/didCreateFiles", Backend::did_create_files)
        .custom_method("workspace/didDeleteFiles", Backend::did_delete_files)
        .custom_method("workspace/didRenameFiles", Backend::did_rename_files)
        .custom_method("workspace/executeCommand", Backend::execute_command)
        .custom_method("workspace/symbol", Backend::workspace_symbol)
        .custom_method("workspace/willDeleteFiles", Backend::will_delete_files)
        .custom_method("workspace/willRenameFiles", Backend::will_rename_files)
        .custom_method("workspaceSymbol/resolve", Backend::workspace_symbol_resolve)
}

/// What the client is told of them: a block each, on top of what the server can do anyway.
pub(super) fn add_capabilities(to: &mut ServerCapabilities, session: &Session) {
    to.call_hierarchy_provider = Some(CallHierarchyProvider::Bool(true));

    if session.code_actions {
        let options = code_action::options(session);
        to.code_action_provider = Some(CodeActionProvider::CodeActionOptions(options));
    }

    to.code_lens_provider =
        Some(CodeLensOptions { resolve_provider: Some(true), ..CodeLensOptions::default() });

    to.declaration_provider = Some(DeclarationProvider::Bool(true));

    to.completion_provider = Some(completion::options());

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

    to.document_formatting_provider = Some(DocumentFormattingProvider::Bool(true));

    to.document_range_formatting_provider = Some(DocumentRangeFormattingProvider::Bool(true));

    to.document_on_type_formatting_provider = Some(DocumentOnTypeFormattingOptions {
        first_trigger_character: "}".to_owned(),
        more_trigger_character: None,
    });

    to.document_highlight_provider = Some(DocumentHighlightProvider::Bool(true));

    to.document_link_provider =
        Some(DocumentLinkOptions { resolve_provider: Some(true), ..DocumentLinkOptions::default() });

    to.document_symbol_provider = Some(DocumentSymbolProvider::Bool(true));

    to.execute_command_provider = Some(ExecuteCommandOptions {
        commands: commands::NAMES.iter().map(|name| (*name).to_owned()).collect(),
        ..ExecuteCommandOptions::default()
    });

    if let Some(workspace) = to.workspace.as_mut().filter(|_| session.file_operations) {
        workspace.file_operations = Some(file_operations::operations());
    }

    to.execute_command_provider = Some(ExecuteCommandOptions {
        commands: commands::NAMES.iter().map(|name| (*name).to_owned()).collect(),
        ..ExecuteCommandOptions::default()
    });

    to.folding_range_provider = Some(FoldingRangeProvider::Bool(true));

    to.hover_provider = Some(HoverProvider::Bool(true));

    to.linked_editing_range_provider = Some(LinkedEditingRangeProvider::Bool(true));

    to.inlay_hint_provider = Some(InlayHintProvider::InlayHintOptions(InlayHintOptions {
        resolve_provider: Some(true),
        ..InlayHintOptions::default()
    }));

    to.references_provider = Some(ReferencesProvider::Bool(true));

    to.rename_provider = Some(match session.prepares_rename {
        true => RenameProvider::RenameOptions(RenameOptions {
            prepare_provider: Some(true),
            ..RenameOptions::default()
        }),
        false => RenameProvider::Bool(true),
    });

    to.semantic_tokens_provider =
        Some(SemanticTokensProvider::SemanticTokensOptions(SemanticTokensOptions {
            legend: semantic_tokens::legend(),
            range: Some(SemanticTokensOptionsRange::Bool(true)),
            full: Some(Full::SemanticTokensFullDelta(SemanticTokensFullDelta { delta: Some(true) })),
            ..SemanticTokensOptions::default()
        }));

    to.type_hierarchy_provider = Some(TypeHierarchyProvider::Bool(true));

    to.implementation_provider = Some(ImplementationProvider::Bool(true));

    to.type_definition_provider = Some(TypeDefinitionProvider::Bool(true));

    to.workspace_symbol_provider =
        Some(WorkspaceSymbolProvider::WorkspaceSymbolOptions(WorkspaceSymbolOptions {
            resolve_provider: Some(true),
            ..WorkspaceSymbolOptions::default()
        }));

    to.selection_range_provider = Some(SelectionRangeProvider::Bool(true));
}
