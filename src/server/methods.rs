//! What a client may ask about documents and the corpus: a file for each of the protocol's
//! methods, or for a family of them, with its handler and the way from the plain answer to
//! the protocol's terms.

mod code_action;
mod definition;
mod document_highlight;
mod document_link;
mod document_symbol;
mod folding_range;
mod formatting;
mod hover;
mod linked_editing_range;
mod references;
mod rename;
mod selection_range;

use tower_lsp::LspServiceBuilder;
use tower_lsp::gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProvider, DefinitionProvider, DocumentFormattingProvider,
    DocumentHighlightProvider, DocumentLinkOptions, DocumentOnTypeFormattingOptions,
    DocumentRangeFormattingProvider, DocumentSymbolProvider, FoldingRangeProvider, HoverProvider,
    LinkedEditingRangeProvider, ReferencesProvider, RenameOptions, RenameProvider, SelectionRangeProvider,
    ServerCapabilities,
};

use super::backend::Backend;
use super::session::Session;

/// The methods, by name.
pub(super) fn register(builder: LspServiceBuilder<Backend>) -> LspServiceBuilder<Backend> {
    builder
        .custom_method("documentLink/resolve", Backend::document_link_resolve)
        .custom_method("textDocument/codeAction", Backend::code_action)
        .custom_method("textDocument/definition", Backend::definition)
        .custom_method("textDocument/documentHighlight", Backend::document_highlight)
        .custom_method("textDocument/documentLink", Backend::document_link)
        .custom_method("textDocument/documentSymbol", Backend::document_symbol)
        .custom_method("textDocument/foldingRange", Backend::folding_range)
        .custom_method("textDocument/formatting", Backend::formatting)
        .custom_method("textDocument/hover", Backend::hover)
        .custom_method("textDocument/linkedEditingRange", Backend::linked_editing_range)
        .custom_method("textDocument/onTypeFormatting", Backend::on_type_formatting)
        .custom_method("textDocument/prepareRename", Backend::prepare_rename)
        .custom_method("textDocument/rangeFormatting", Backend::range_formatting)
        .custom_method("textDocument/references", Backend::references)
        .custom_method("textDocument/rename", Backend::rename)
        .custom_method("textDocument/selectionRange", Backend::selection_range)
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

    to.folding_range_provider = Some(FoldingRangeProvider::Bool(true));

    to.hover_provider = Some(HoverProvider::Bool(true));

    to.linked_editing_range_provider = Some(LinkedEditingRangeProvider::Bool(true));

    to.references_provider = Some(ReferencesProvider::Bool(true));

    to.rename_provider = Some(match session.prepares_rename {
        true => RenameProvider::RenameOptions(RenameOptions {
            prepare_provider: Some(true),
            ..RenameOptions::default()
        }),
        false => RenameProvider::Bool(true),
    });

    to.selection_range_provider = Some(SelectionRangeProvider::Bool(true));
}
