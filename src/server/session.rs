//! What was agreed with the client in `initialize`.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use serde_json::Value;
use tower_lsp::gen_lsp_types::InitializeParams;

use super::encoding::Encoding;
use super::uri;

/// What the client can do, and where it works.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) encoding: Encoding,
    /// Whether it can be asked to tell of files that change.
    pub(super) can_watch: bool,
    /// Whether it said that it does.
    pub(super) watches_files: AtomicBool,
    /// Whether it knows of versions of diagnostics.
    pub(super) versions: bool,
    /// Whether it shows places that belong to a diagnostic.
    pub(super) related: bool,
    /// Whether it knows `LocationLink`.
    pub(super) links: bool,
    /// Whether hovers may be Markdown.
    pub(super) markdown: bool,
    /// Whether symbols may have parts.
    pub(super) nested_symbols: bool,
    /// Whether edits may name the version that they are of.
    pub(super) versioned_edits: bool,
    /// Whether it asks what would be renamed before it asks for the new name.
    pub(super) prepares_rename: bool,
    /// Whether code actions may be more than commands.
    pub(super) code_actions: bool,
    /// Whether it shows the progress of what it did not ask for.
    pub(super) progress: bool,
    /// The folders that it works in, as it names them.
    pub(super) folders: Vec<PathBuf>,
    /// The process that has to be there.
    pub(super) process: Option<u32>,
}

impl Session {
    /// Reads what the client says of itself.
    pub(super) fn new(params: &InitializeParams) -> Session {
        let offered =
            params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        // By name: of all that a client may be able to do this is all that counts.
        let all = serde_json::to_value(&params.capabilities).unwrap_or_default();
        let can = |path: &str| all.pointer(path).and_then(Value::as_bool).unwrap_or(false);
        let formats = all.pointer("/textDocument/hover/contentFormat").and_then(Value::as_array);
        Session {
            encoding: Encoding::negotiated(offered),
            can_watch: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            watches_files: AtomicBool::new(false),
            versions: can("/textDocument/publishDiagnostics/versionSupport"),
            related: can("/textDocument/publishDiagnostics/relatedInformation"),
            links: can("/textDocument/definition/linkSupport"),
            markdown: formats
                .is_none_or(|formats| formats.iter().any(|format| format.as_str() == Some("markdown"))),
            nested_symbols: can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            versioned_edits: can("/workspace/workspaceEdit/documentChanges"),
            prepares_rename: can("/textDocument/rename/prepareSupport"),
            code_actions: all.pointer("/textDocument/codeAction/codeActionLiteralSupport").is_some(),
            progress: can("/window/workDoneProgress"),
            folders: folders(params),
            process: params.process_id.and_then(|id| u32::try_from(id).ok()),
        }
    }
}

/// The folders that the client works in; older ones name one, in another place.
#[expect(deprecated, reason = "clients that know no folders name one root")]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders_initialize_params.workspace_folders.as_ref();
    let folders = serde_json::to_value(folders).unwrap_or_default();
    let named = folders.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut uris: Vec<String> = named
        .iter()
        .filter_map(|folder| folder.get("uri").and_then(Value::as_str).map(str::to_owned))
        .collect();
    if uris.is_empty() {
        uris.extend(params.root_uri.as_ref().map(|uri| uri.0.clone()));
    }
    uris.into_iter().filter_map(|uri| uri::to_path(&tower_lsp::gen_lsp_types::Uri(uri))).collect()
}
