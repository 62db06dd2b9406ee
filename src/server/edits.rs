//! From edits of the corpus to those of the client.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tower_lsp::gen_lsp_types::{
    AnnotatedTextEdit, ChangeAnnotation, DocumentChange, Edit as LspEdit,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri,
    WorkspaceEdit,
};

use super::engine::View;
use super::session::Session;
use crate::diagnostic::Edit;
use crate::features::changes::{Change, Group};

/// Edits of files of the corpus, as the client can take them; nothing where one of them is of
/// a file that has no address.
pub(super) fn workspace_edit(view: &View<'_>, edits: &[Edit]) -> Option<WorkspaceEdit> {
    let mut all = Edits::default();
    all.add(view, edits.iter().map(|edit| (edit, None)))?;
    Some(all.into_workspace_edit(view.session()))
}

/// Edits on their way to the client, of one corpus or several.
#[derive(Default)]
pub(super) struct Edits {
    files: Vec<FileEdits>,
}

struct FileEdits {
    uri: Uri,
    version: Option<i32>,
    edits: Vec<(TextEdit, Option<Group>)>,
}

impl Edits {
    /// Adds changes of the corpus of a view; nothing of them where one is of a file that has no
    /// address.
    pub(super) fn add_changes(&mut self, view: &View<'_>, changes: &[Change]) -> Option<()> {
        self.add(view, changes.iter().map(|change| (&change.edit, Some(change.group))))
    }

    fn add<'e>(
        &mut self,
        view: &View<'_>,
        edits: impl Iterator<Item = (&'e Edit, Option<Group>)>,
    ) -> Option<()> {
        let mut by_file: Vec<FileEdits> = Vec::new();
        // Edits of one file mostly follow each other: the last file is looked at first.
        for (edit, group) in edits {
            let uri = view.uri_of(&edit.location.path)?;
            let edit = TextEdit { range: view.range(edit.location.place), new_text: edit.text.clone() };
            match by_file.iter_mut().rfind(|file| file.uri == uri) {
                Some(file) => file.edits.push((edit, group)),
                None => {
                    let version = view.version_of(&uri);
                    by_file.push(FileEdits { uri, version, edits: vec![(edit, group)] });
                }
            }
        }
        self.files.append(&mut by_file);
        Some(())
    }

    /// As the client can take them: versioned, and with what each is part of, if it knows that.
    pub(super) fn into_workspace_edit(self, session: &Session) -> WorkspaceEdit {
        if !session.versioned_edits {
            let plain = |file: FileEdits| (file.uri, file.edits.into_iter().map(|(edit, _)| edit).collect());
            let changes: HashMap<Uri, Vec<TextEdit>> = self.files.into_iter().map(plain).collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let annotations = Some(self.annotations()).filter(|all| session.annotated_edits && !all.is_empty());
        let edit = |(text_edit, group): (TextEdit, Option<Group>)| match group {
            Some(group) if session.annotated_edits => {
                LspEdit::AnnotatedTextEdit(AnnotatedTextEdit::new(group.name().to_owned(), text_edit))
            }
            _ => LspEdit::TextEdit(text_edit),
        };
        let change = |file: FileEdits| {
            let (version, text_document_identifier) =
                (file.version, TextDocumentIdentifier { uri: file.uri });
            DocumentChange::TextDocumentEdit(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { version, text_document_identifier },
                edits: file.edits.into_iter().map(edit).collect(),
            })
        };
        let changes = self.files.into_iter().map(change).collect();
        WorkspaceEdit { changes: None, document_changes: Some(changes), change_annotations: annotations }
    }

    /// The groups that there are, as people read of them.
    fn annotations(&self) -> HashMap<String, ChangeAnnotation> {
        let mut counts: BTreeMap<Group, (usize, usize)> = BTreeMap::new();
        for file in &self.files {
            let groups = file.edits.iter().filter_map(|(_, group)| *group);
            groups.clone().for_each(|group| counts.entry(group).or_default().0 += 1);
            let in_file: BTreeSet<Group> = groups.collect();
            in_file.into_iter().for_each(|group| counts.entry(group).or_default().1 += 1);
        }
        let annotation = |(group, (places, files)): (Group, (usize, usize))| {
            let annotation = ChangeAnnotation {
                label: group.label().to_owned(),
                // Nothing is changed that has to be agreed to one by one.
                needs_confirmation: Some(false),
                description: Some(group.description(places, files)),
            };
            (group.name().to_owned(), annotation)
        };
        counts.into_iter().map(annotation).collect()
    }
}
