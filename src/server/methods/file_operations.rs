//! `workspace/willRenameFiles`, `workspace/willDeleteFiles`, and what is told after it is done.

use std::collections::{BTreeMap, BTreeSet};

use tower_lsp::gen_lsp_types::{
    CreateFilesParams, DeleteFilesParams, FileOperationFilter, FileOperationOptions, FileOperationPattern,
    FileOperationRegistrationOptions, FileRename, RenameFilesParams, Uri, WorkspaceEdit,
};
use tower_lsp::jsonrpc::{Error, Result};

use crate::diagnostic::FilePath;
use crate::features::moving::{self, Moves, listed};
use crate::features::rename::Desk;
use crate::server::backend::Backend;
use crate::server::edits::Edits;
use crate::server::engine::{DeskId, Engine};
use crate::server::uri;
use crate::workspace;

impl Backend {
    pub(in crate::server) async fn will_rename_files(
        &self,
        params: RenameFilesParams,
    ) -> Result<Option<WorkspaceEdit>> {
        let asked = self.engine()?.ask(move |engine: &mut Engine| edit(engine, &params.files));
        asked.await.ok_or_else(Error::internal_error)
    }

    /// Nothing is changed for a file that goes: who refers to it is said, while there is time.
    pub(in crate::server) async fn will_delete_files(
        &self,
        params: DeleteFilesParams,
    ) -> Result<Option<WorkspaceEdit>> {
        let files = params.files.into_iter().map(|file| file.uri).collect::<Vec<Uri>>();
        let asked = self.engine()?.ask(move |engine: &mut Engine| say_who_refers(engine, &files));
        asked.await.ok_or_else(Error::internal_error)?;
        Ok(None)
    }

    pub(in crate::server) async fn did_rename_files(&self, params: RenameFilesParams) {
        let both = params.files.into_iter().flat_map(|file| [file.old_uri, file.new_uri]);
        self.look_at(both);
    }

    pub(in crate::server) async fn did_create_files(&self, params: CreateFilesParams) {
        self.look_at(params.files.into_iter().map(|file| file.uri));
    }

    pub(in crate::server) async fn did_delete_files(&self, params: DeleteFilesParams) {
        self.look_at(params.files.into_iter().map(|file| file.uri));
    }

    fn look_at(&self, files: impl Iterator<Item = Uri>) {
        if let Ok(engine) = self.engine() {
            engine.watched(files.filter_map(|file| uri::to_path(&file)).collect());
        }
    }
}

/// For which files the client is to ask and tell: pictures and folders move, too.
pub(super) fn operations() -> FileOperationOptions {
    let all = FileOperationRegistrationOptions {
        filters: vec![FileOperationFilter {
            scheme: Some("file".to_owned()),
            pattern: FileOperationPattern { glob: "**/*".to_owned(), ..FileOperationPattern::default() },
        }],
    };
    FileOperationOptions {
        did_create: Some(all.clone()),
        will_create: None,
        did_rename: Some(all.clone()),
        will_rename: Some(all.clone()),
        did_delete: Some(all.clone()),
        will_delete: Some(all),
    }
}

/// The file or folder of a corpus at an address.
fn find(engine: &Engine, at: &Uri) -> Option<(DeskId, FilePath)> {
    engine.find_desk(&workspace::identity(&uri::to_path(at)?))
}

fn edit(engine: &Engine, files: &[FileRename]) -> Option<WorkspaceEdit> {
    let mut by_desk: BTreeMap<DeskId, Moves> = BTreeMap::new();
    for file in files {
        let (Some((desk, from)), Some((other, to))) =
            (find(engine, &file.old_uri), find(engine, &file.new_uri))
        else {
            continue;
        };
        // What leaves the corpus is no longer there for it.
        if desk != other {
            continue;
        }
        by_desk.entry(desk).or_default().insert(from, to);
    }
    let mut edits = Edits::default();
    let mut is_any = false;
    for (id, moves) in by_desk {
        let Some(view) = engine.desk_view(id).filter(|view| view.is_ready()) else { continue };
        let desk = Desk { corpus: view.corpus, config: view.config, text: &|path| view.text_of(path) };
        let following = moving::following(&desk, &moves);
        if !following.skipped.is_empty() {
            engine.show(&format!(
                "links were not changed in {}, which newsmark has not read as {} now: look at {} after the move",
                listed(&following.skipped),
                if following.skipped.len() == 1 { "it is" } else { "they are" },
                if following.skipped.len() == 1 { "it" } else { "them" },
            ));
        }
        following.messages.iter().for_each(|message| engine.show(message));
        if !following.changes.is_empty() && edits.add_changes(&view, &following.changes).is_some() {
            is_any = true;
        }
    }
    is_any.then(|| edits.into_workspace_edit(engine.session()))
}

fn say_who_refers(engine: &Engine, gone: &[Uri]) {
    let mut by_desk: BTreeMap<DeskId, BTreeSet<FilePath>> = BTreeMap::new();
    for (desk, path) in gone.iter().filter_map(|uri| find(engine, uri)) {
        let Some(view) = engine.desk_view(desk) else { continue };
        let paths = by_desk.entry(desk).or_default();
        match view.corpus.is_there(&path) {
            true => paths.extend([path]),
            false => paths.extend(view.corpus.paths_below(&path)),
        }
    }
    for (desk, gone) in by_desk {
        let Some(view) = engine.desk_view(desk).filter(|view| view.is_ready()) else { continue };
        let corpus = view.corpus;
        let mut users: BTreeSet<FilePath> = BTreeSet::new();
        for path in &gone {
            let file = corpus.at_path(path).and_then(|id| corpus.file(id));
            let files = match file {
                Some(file) => corpus.files_leading_to(file),
                None => corpus.files_naming_path(path),
            };
            users.extend(files.into_iter().filter_map(|id| corpus.path(id).cloned()));
        }
        let users: Vec<FilePath> = users.difference(&gone).cloned().collect();
        if !users.is_empty() {
            engine.show(&format!("{} may refer to what was deleted", listed(&users)));
        }
    }
}
