//! From edits of the corpus to those of the client.

use std::collections::HashMap;

use tower_lsp::gen_lsp_types::{
    DocumentChange, Edit as LspEdit, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use super::engine::View;
use crate::diagnostic::Edit;

/// Edits of files of the corpus, as the client can take them; nothing where one of them is of
/// a file that has no address.
pub(super) fn workspace_edit(view: &View<'_>, edits: &[Edit]) -> Option<WorkspaceEdit> {
    let mut by_file: Vec<(Uri, Vec<TextEdit>)> = Vec::new();
    // Edits of one file mostly follow each other: the last file is looked at first.
    for edit in edits {
        let uri = view.uri_of(&edit.location.path)?;
        let edit = TextEdit { range: view.range(edit.location.place), new_text: edit.text.clone() };
        match by_file.iter_mut().rfind(|(other, _)| *other == uri) {
            Some((_, edits)) => edits.push(edit),
            None => by_file.push((uri, vec![edit])),
        }
    }
    if !view.session().versioned_edits {
        let changes: HashMap<Uri, Vec<TextEdit>> = by_file.into_iter().collect();
        return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
    }
    let change = |(uri, edits): (Uri, Vec<TextEdit>)| {
        let version = view.version_of(&uri);
        let text_document_identifier = TextDocumentIdentifier { uri };
        DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { version, text_document_identifier },
            edits: edits.into_iter().map(LspEdit::TextEdit).collect(),
        })
    };
    let changes = by_file.into_iter().map(change).collect();
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}
