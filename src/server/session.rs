//! What was agreed with the client in `initialize`.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::Value;
use tower_lsp::gen_lsp_types::InitializeParams;

use super::encoding::Encoding;
use super::formats::{DiagnosticParts, Kinds, TextFormat};
use super::log::Trace;
use super::refresh::Refreshable;
use super::settings::Settings;
use super::uri;
use crate::features::InlaySettings;

/// What the client can do, and where it works.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) encoding: Encoding,
    /// Whether it can be asked to tell of files that change.
    pub(super) can_watch: bool,
    /// Whether it said that it does.
    pub(super) watches_files: AtomicBool,
    /// Whether it asks for diagnostics, and is not told unasked.
    pub(super) pulls: bool,
    /// Whether it takes those of other documents with what it asked for.
    pub(super) related_documents: bool,
    /// What it can be asked to ask for again.
    pub(super) refreshable: Vec<Refreshable>,
    /// Whether it can be asked for its settings.
    pub(super) has_settings: bool,
    /// Whether it can be asked to tell when they change.
    pub(super) tells_settings: bool,
    /// What its settings say.
    settings: RwLock<Arc<Settings>>,
    /// How much it wants to be told of what the server does.
    pub(super) trace: Trace,
    /// What it knows of diagnostics.
    pub(super) diagnostics: DiagnosticParts,
    /// Whether it knows `LocationLink`.
    pub(super) links: bool,
    /// The same of declarations, type definitions and implementations.
    pub(super) declaration_links: bool,
    pub(super) type_definition_links: bool,
    pub(super) implementation_links: bool,
    /// Whether it asks for the places of symbols of the workspace when they are wanted.
    pub(super) resolves_symbol_ranges: bool,
    /// How hovers may be written.
    pub(super) hover: TextFormat,
    /// Whether symbols may have parts.
    pub(super) nested_symbols: bool,
    /// Which kinds of symbols it shows of a document.
    pub(super) symbol_kinds: Kinds,
    /// Which kinds of symbols it shows of the whole workspace.
    pub(super) workspace_symbol_kinds: Kinds,
    /// Whether edits may name the version that they are of.
    pub(super) versioned_edits: bool,
    /// Whether it tells people what an edit is part of.
    pub(super) annotated_edits: bool,
    /// Whether it asks what would be renamed before it asks for the new name.
    pub(super) prepares_rename: bool,
    /// Whether code actions may be more than commands.
    pub(super) code_actions: bool,
    /// Whether it asks and tells of files that are renamed, created and deleted.
    pub(super) file_operations: bool,
    /// Whether the edits of code actions may follow when they are wanted.
    pub(super) resolved_actions: bool,
    /// Whether code actions are shown that cannot be taken, with the reason.
    pub(super) disabled_actions: bool,
    /// Who checks claims in this editor, as its settings say.
    pub(super) checker: Option<String>,
    /// What it can do with completions.
    pub(super) completion: Completing,
    /// Whether an edit may create files.
    pub(super) creates_files: bool,
    /// Whether it can be asked to show a document.
    pub(super) shows_documents: bool,
    /// Whether it folds whole lines alone.
    pub(super) folds_lines: bool,
    /// How many folds it wants of a document at most.
    pub(super) most_folds: Option<usize>,
    /// Whether it shows what a link opens.
    pub(super) link_tooltips: bool,
    /// Whether it shows the progress of what it did not ask for.
    pub(super) progress: bool,
    /// The folders that it works in, as it names them.
    pub(super) folders: Vec<PathBuf>,
    /// The process that has to be there.
    pub(super) process: Option<u32>,
}

/// What a client can do with completions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Completing {
    /// Whether an item may say what is replaced where the word at the cursor goes on.
    pub(super) insert_replace: bool,
    /// Whether it shows more than a label on an item's line.
    pub(super) label_details: bool,
    /// Whether it fills in snippets.
    pub(super) snippets: bool,
    /// Whether it shows what is better not used.
    pub(super) tags: bool,
    /// Which kinds of items it shows.
    pub(super) kinds: Kinds,
    /// How documentation may be written.
    pub(super) documentation: TextFormat,
}

impl Session {
    /// Reads what the client says of itself.
    pub(super) fn new(params: &InitializeParams) -> Session {
        let offered =
            params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        // By name: of all that a client may be able to do this is all that counts.
        let all = serde_json::to_value(&params.capabilities).unwrap_or_default();
        let can = |path: &str| all.pointer(path).and_then(Value::as_bool).unwrap_or(false);
        let resolved = all.pointer("/workspace/symbol/resolveSupport/properties").and_then(Value::as_array);
        let item = "/textDocument/completion/completionItem";
        let tags = all.pointer(&format!("{item}/tagSupport/valueSet")).and_then(Value::as_array);
        let completion = Completing {
            insert_replace: can(&format!("{item}/insertReplaceSupport")),
            label_details: can(&format!("{item}/labelDetailsSupport")),
            snippets: can(&format!("{item}/snippetSupport")),
            tags: tags.is_some_and(|tags| tags.iter().any(|tag| *tag == 1)),
            kinds: Kinds::read(all.pointer("/textDocument/completion/completionItemKind/valueSet")),
            documentation: TextFormat::read(all.pointer(&format!("{item}/documentationFormat"))),
        };
        let said = params.initialization_options.as_ref();
        let settings = said.map(Settings::read).unwrap_or_default();
        Session {
            encoding: asked_for(params).unwrap_or_else(|| Encoding::negotiated(offered)),
            can_watch: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            watches_files: AtomicBool::new(false),
            // One that cannot be asked to ask again would show what is true no more.
            pulls: all.pointer("/textDocument/diagnostic").is_some_and(Value::is_object)
                && can("/workspace/diagnostics/refreshSupport"),
            related_documents: can("/textDocument/diagnostic/relatedDocumentSupport"),
            refreshable: Refreshable::ALL
                .into_iter()
                .filter(|(_, path)| can(path))
                .map(|(what, _)| what)
                .collect(),
            has_settings: can("/workspace/configuration"),
            tells_settings: can("/workspace/didChangeConfiguration/dynamicRegistration"),
            settings: RwLock::new(Arc::new(settings)),
            trace: Trace::read(word(params.trace.as_ref()).as_deref().unwrap_or_default()),
            diagnostics: DiagnosticParts::read(&all),
            links: can("/textDocument/definition/linkSupport"),
            declaration_links: can("/textDocument/declaration/linkSupport"),
            type_definition_links: can("/textDocument/typeDefinition/linkSupport"),
            implementation_links: can("/textDocument/implementation/linkSupport"),
            resolves_symbol_ranges: resolved.is_some_and(|properties| {
                properties.iter().any(|one| one.as_str() == Some("location.range"))
            }),
            hover: TextFormat::read(all.pointer("/textDocument/hover/contentFormat")),
            nested_symbols: can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            symbol_kinds: Kinds::read(all.pointer("/textDocument/documentSymbol/symbolKind/valueSet")),
            workspace_symbol_kinds: Kinds::read(all.pointer("/workspace/symbol/symbolKind/valueSet")),
            versioned_edits: can("/workspace/workspaceEdit/documentChanges"),
            annotated_edits: can("/workspace/workspaceEdit/documentChanges")
                && all
                    .pointer("/workspace/workspaceEdit/changeAnnotationSupport")
                    .is_some_and(Value::is_object),
            prepares_rename: can("/textDocument/rename/prepareSupport"),
            code_actions: all.pointer("/textDocument/codeAction/codeActionLiteralSupport").is_some(),
            file_operations: all.pointer("/workspace/fileOperations").is_some(),
            resolved_actions: can("/textDocument/codeAction/dataSupport")
                && all.pointer("/textDocument/codeAction/resolveSupport/properties").is_some_and(
                    |properties| properties.as_array().is_some_and(|all| all.iter().any(|one| one == "edit")),
                ),
            disabled_actions: can("/textDocument/codeAction/disabledSupport"),
            checker: checker(params),
            completion,
            creates_files: can("/workspace/workspaceEdit/documentChanges")
                && all
                    .pointer("/workspace/workspaceEdit/resourceOperations")
                    .and_then(Value::as_array)
                    .is_some_and(|operations| operations.iter().any(|one| one == "create")),
            shows_documents: can("/window/showDocument/support"),
            folds_lines: can("/textDocument/foldingRange/lineFoldingOnly"),
            most_folds: all
                .pointer("/textDocument/foldingRange/rangeLimit")
                .and_then(Value::as_u64)
                .and_then(|most| usize::try_from(most).ok()),
            link_tooltips: can("/textDocument/documentLink/tooltipSupport"),
            progress: can("/window/workDoneProgress"),
            folders: folders(params),
            process: params.process_id.and_then(|id| u32::try_from(id).ok()),
        }
    }
}

impl Session {
    /// Which inlay hints are wanted.
    pub(super) fn inlay_hints(&self) -> InlaySettings {
        let settings = self.settings();
        InlaySettings {
            citations: settings.shows_hints("citations"),
            mentions: settings.shows_hints("mentions"),
            speakers: settings.shows_hints("speakers"),
            verdicts: settings.shows_hints("verdicts"),
            checks: settings.shows_hints("checks"),
        }
    }
}

/// The encoding that its settings ask for, `positionEncoding`: some clients count bytes and cannot
/// say so as the protocol has it.
fn asked_for(params: &InitializeParams) -> Option<Encoding> {
    let asked = params.initialization_options.as_ref()?.get("positionEncoding")?.as_str()?;
    [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].into_iter().find(|one| one.kind().as_str() == asked)
}

/// The name of whoever works in this editor, from its settings: `checker`.
fn checker(params: &InitializeParams) -> Option<String> {
    let options = params.initialization_options.as_ref()?;
    let name = options.get("checker")?.as_str()?.trim();
    // A name is on one line; what is longer than any is none.
    let is_name = !name.is_empty() && name.len() <= 200 && !name.contains(char::is_control);
    is_name.then(|| name.to_owned())
}

impl Session {
    /// What the client's settings say now.
    pub(super) fn settings(&self) -> Arc<Settings> {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes other settings; whether they are others.
    pub(super) fn set_settings(&self, settings: Settings) -> bool {
        let mut own = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        let is_other = **own != settings;
        *own = Arc::new(settings);
        is_other
    }
}

/// A word of the protocol.
fn word(value: Option<&impl serde::Serialize>) -> Option<String> {
    serde_json::to_value(value?).ok()?.as_str().map(str::to_owned)
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
