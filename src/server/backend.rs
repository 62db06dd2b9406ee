//! One client: its life cycle, and what it tells of documents, files and folders. What it asks
//! about them is in `methods`.
//!
//! What a handler does before its first `await` is done in the order in which messages
//! come: see `serve`. So a document is changed, and a question put to the engine, there.

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde_json::json;
use tokio::sync::Notify;
use tower_lsp::gen_lsp_types::{
    ChangeNotifications, ConfigurationItem, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, InitializeParams,
    InitializeResult, InitializedParams, Registration, Save, ServerCapabilities, ServerInfo,
    TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions, Uri, WorkspaceFoldersServerCapabilities,
    WorkspaceOptions,
};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{Client, ClientSocket, LanguageServer, LspService};

use super::documents::{DidChange, Documents};
use super::engine::{Engine, Handle, View};
use super::log::{self, Trace};
use super::outbox::Outbox;
use super::progress::{self, ANSWER, Progress, Shown};
use super::refresh::{Refresh, Refreshing};
use super::reply::answered;
use super::session::Session;
use super::settings::{SECTION, Settings};
use super::{methods, uri};
use crate::workspace;

/// How often it is looked whether the client's process is still there.
const LOOK: Duration = Duration::from_secs(2);

/// The service with its methods, and the way to the client.
pub(super) fn service(outbox: Outbox) -> std::io::Result<(LspService<Backend>, ClientSocket)> {
    let builder = LspService::build_with_lifecycle_methods(|client| Backend::new(client, outbox))
        .custom_method("textDocument/didOpen", Backend::did_open)
        .custom_method("textDocument/didChange", Backend::did_change)
        .custom_method("textDocument/didSave", Backend::did_save)
        .custom_method("textDocument/didClose", Backend::did_close)
        .custom_method("workspace/didChangeWatchedFiles", Backend::did_change_watched_files)
        .custom_method("workspace/didChangeWorkspaceFolders", Backend::did_change_workspace_folders)
        .custom_method("workspace/didChangeConfiguration", Backend::did_change_configuration)
        .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
        .custom_method("$/setTrace", Backend::set_trace);
    let builder = methods::register(builder);
    // For tests of what a mistake of newsmark's own costs.
    #[cfg(debug_assertions)]
    let builder = builder
        .custom_method("newsmark/failingHandler", Backend::failing_handler)
        .custom_method("newsmark/failingQuestion", Backend::failing_question)
        .custom_method("newsmark/failingEngine", Backend::failing_engine)
        .custom_method("newsmark/settled", Backend::settled)
        .custom_method("newsmark/text", Backend::text);
    Ok(builder.finish())
}

/// One client.
pub(super) struct Backend {
    client: Client,
    outbox: Outbox,
    documents: Arc<Documents>,
    live: OnceLock<Live>,
    /// Told when the client's process has ended.
    ended: Arc<Notify>,
}

/// What there is once the client has introduced itself.
struct Live {
    session: Arc<Session>,
    engine: Handle,
    progress: Mutex<Option<Shown>>,
    refreshing: Mutex<Option<Refreshing>>,
}

impl Backend {
    fn new(client: Client, outbox: Outbox) -> Backend {
        Backend {
            client,
            outbox,
            documents: Arc::default(),
            live: OnceLock::new(),
            ended: Arc::new(Notify::new()),
        }
    }

    /// Whether the client has introduced itself.
    pub(super) fn is_initialized(&self) -> bool {
        self.live.get().is_some()
    }

    /// Waits for the client's process to end.
    pub(super) fn client_ended(&self) -> impl Future<Output = ()> + use<> {
        let ended = self.ended.clone();
        async move { ended.notified().await }
    }

    fn live(&self) -> Result<&Live> {
        self.live.get().ok_or_else(Error::internal_error)
    }

    /// What was agreed with the client.
    pub(super) fn session(&self) -> Result<&Session> {
        Ok(&self.live()?.session)
    }

    /// Where the client is asked for something.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// What goes out to the client.
    pub(super) fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// Where questions are put.
    pub(super) fn engine(&self) -> Result<&Handle> {
        Ok(&self.live()?.engine)
    }

    /// Asks for something about a document, of which nothing is known where it is not open.
    pub(super) fn ask<T, Q>(
        &self,
        uri: Uri,
        question: Q,
    ) -> impl Future<Output = Result<Option<T>>> + Send + use<T, Q>
    where
        T: Send + 'static,
        Q: FnOnce(&View<'_>) -> Option<T> + Send + 'static,
    {
        let answer = self.live().map(|live| {
            live.engine.ask(move |engine: &mut Engine| engine.view(&uri).and_then(|view| question(&view)))
        });
        // The engine's answer to a question that failed is none.
        async move { answer?.await.ok_or_else(Error::internal_error) }
    }

    /// The same as the answer to the request that is being handled.
    pub(super) fn answer<T, Q>(
        &self,
        uri: Uri,
        question: Q,
    ) -> impl Future<Output = Result<Option<T>>> + Send + use<T, Q>
    where
        T: Serialize + Send + 'static,
        Q: FnOnce(&View<'_>) -> Option<T> + Send + 'static,
    {
        let asked = self.ask(uri, question);
        async move { answered(asked.await?) }
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let Ok(live) = self.live() else { return };
        let opened = params.text_document;
        let document = self.documents.open(opened.uri.clone(), opened.version, &opened.text);
        live.engine.text(opened.uri, document);
    }

    async fn did_change(&self, params: DidChange) {
        let Ok(live) = self.live() else { return };
        let (uri, version) = (params.text_document.uri, params.text_document.version);
        match self.documents.change(&uri, version, params.content_changes, live.session.encoding) {
            Some(document) => live.engine.text(uri, document),
            None => tracing::warn!("a document was changed that is not open"),
        }
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        if let Ok(live) = self.live() {
            live.engine.saved(uri::to_path(&params.text_document.uri));
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let Ok(live) = self.live() else { return };
        let uri = params.text_document.uri;
        if self.documents.close(&uri) {
            live.engine.closed(uri);
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let Ok(live) = self.live() else { return };
        // Created, changed or deleted: what there is now, the disk says.
        let paths = params.changes.iter().filter_map(|event| uri::to_path(&event.uri));
        live.engine.watched(paths.collect());
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let Ok(live) = self.live() else { return };
        let paths = |folders: &[tower_lsp::gen_lsp_types::WorkspaceFolder]| -> Vec<PathBuf> {
            folders.iter().filter_map(|folder| uri::to_path(&folder.uri)).collect()
        };
        live.engine.folders(paths(&params.event.added), paths(&params.event.removed));
    }

    /// The client's settings are others; some clients say which, others are asked.
    async fn did_change_configuration(&self, params: serde_json::Value) {
        let Ok(live) = self.live() else { return };
        if live.session.has_settings {
            tokio::spawn(ask_for_settings(self.client.clone(), live.session.clone(), live.engine.clone()));
        } else if let Some(said) = params.get("settings") {
            take_settings(&live.session, &live.engine, said);
        }
    }

    async fn set_trace(&self, params: serde_json::Value) {
        let value = params.get("value").and_then(serde_json::Value::as_str);
        log::set_trace(Trace::read(value.unwrap_or_default()));
    }

    /// The client wants something stopped of which it is told how far it is.
    async fn cancel_progress(&self, params: serde_json::Value) {
        if params.get("token").and_then(serde_json::Value::as_str) == Some(progress::TOKEN)
            && let Ok(live) = self.live()
        {
            live.engine.stop_reading();
        }
    }

    /// Whether a request is to be answered by nothing: its feature is switched off.
    pub(super) fn silences(&self, method: &str) -> bool {
        self.session().is_ok_and(|session| session.settings().silences(method))
    }

    /// Looks now and then whether the client's process is there: one that was killed may
    /// leave the pipe open in its children.
    fn watch_client(&self, process: Option<u32>) {
        let Some(process) = process else { return };
        let ended = self.ended.clone();
        tokio::spawn(async move {
            while workspace::is_running(process) {
                tokio::time::sleep(LOOK).await;
            }
            tracing::warn!("the client has ended without a word");
            ended.notify_one();
        });
    }
}

#[cfg(debug_assertions)]
impl Backend {
    async fn failing_handler(&self) -> Result<()> {
        panic!("the words of a draft");
    }

    async fn failing_question(&self) -> Result<Option<()>> {
        let answer = self.live()?.engine.ask(|_| -> () { panic!("the words of a draft") });
        answer.await.map(Some).ok_or_else(Error::internal_error)
    }

    async fn failing_engine(&self) {
        if let Ok(live) = self.live() {
            live.engine.fail();
        }
    }

    /// Answers when the corpora are read and nothing waits: what was done for that.
    async fn settled(&self) -> Result<serde_json::Value> {
        let engine = self.live()?.engine.clone();
        loop {
            let asked = engine.ask(|engine: &mut Engine| engine.settled());
            if let Some(Some(done)) = asked.await {
                return Ok(done);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The text of a document, as it is read.
    async fn text(&self, params: tower_lsp::gen_lsp_types::TextDocumentIdentifier) -> Result<Option<String>> {
        self.ask(params.uri, |view| Some(view.text.to_owned())).await
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let session = Arc::new(Session::new(&params));
        log::open(&self.outbox);
        log::set_trace(session.trace);
        let (progress, shown) = Progress::new();
        let (refresh, refreshing) = Refresh::new();
        let (outbox, documents) = (self.outbox.clone(), self.documents.clone());
        let engine =
            Engine::start(session.clone(), outbox, progress, refresh, documents).map_err(|error| {
                tracing::error!(%error, "the engine cannot be started");
                Error::internal_error()
            })?;
        self.watch_client(session.process);
        engine.folders(session.folders.clone(), Vec::new());
        let capabilities = capabilities(&session);
        let (progress, refreshing) = (Mutex::new(Some(shown)), Mutex::new(Some(refreshing)));
        let live = Live { session, engine, progress, refreshing };
        if self.live.set(live).is_err() {
            return Err(Error::invalid_request());
        }
        let info =
            ServerInfo { name: "newsmark".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
        Ok(InitializeResult { capabilities, server_info: Some(info) })
    }

    async fn initialized(&self, _: InitializedParams) {
        let Ok(live) = self.live() else { return };
        let shown = live.progress.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(shown) = shown {
            tokio::spawn(shown.run(self.client.clone(), self.outbox.clone(), live.session.progress));
        }
        let refreshing = live.refreshing.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(refreshing) = refreshing {
            tokio::spawn(refreshing.run(self.client.clone(), live.session.clone()));
        }
        if live.session.has_settings {
            tokio::spawn(ask_for_settings(self.client.clone(), live.session.clone(), live.engine.clone()));
        }
        if live.session.tells_settings {
            let client = self.client.clone();
            tokio::spawn(async move {
                let asked = client.register_capability(vec![changed_settings()]);
                if !matches!(tokio::time::timeout(ANSWER, asked).await, Ok(Ok(()))) {
                    tracing::info!("the client does not tell of settings that change");
                }
            });
        }
        if live.session.can_watch {
            let (client, session) = (self.client.clone(), live.session.clone());
            tokio::spawn(async move {
                let asked = client.register_capability(vec![watched_files()]);
                if matches!(tokio::time::timeout(ANSWER, asked).await, Ok(Ok(()))) {
                    session.watches_files.store(true, Ordering::Relaxed);
                } else {
                    tracing::warn!(
                        "the client does not tell of files that change: they are looked at when something is saved"
                    );
                }
            });
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}

/// Everything: pictures and folders come and go, too, and links lead to them.
fn watched_files() -> Registration {
    Registration {
        id: "newsmark/files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({ "watchers": [{ "globPattern": "**/*" }] })),
    }
}

/// The settings of the section that is newsmark's.
fn changed_settings() -> Registration {
    Registration {
        id: "newsmark/settings".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: Some(json!({ "section": SECTION })),
    }
}

/// Asks the client what its settings are. Where it does not say, they stay as they are.
async fn ask_for_settings(client: Client, session: Arc<Session>, engine: Handle) {
    let section = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
    let asked = tokio::time::timeout(ANSWER, client.configuration(vec![section])).await;
    match asked {
        Ok(Ok(said)) => {
            if let Some(said) = said.first().filter(|said| !said.is_null()) {
                take_settings(&session, &engine, said);
            }
        }
        _ => tracing::info!("the client does not say what its settings are"),
    }
}

fn take_settings(session: &Session, engine: &Handle, said: &serde_json::Value) {
    if session.set_settings(Settings::read(said)) {
        engine.settings();
    }
}

fn capabilities(session: &Session) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(Save::Bool(true)),
        ..TextDocumentSyncOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(ChangeNotifications::Bool(true)),
    };
    let mut capabilities = ServerCapabilities {
        position_encoding: Some(session.encoding.kind()),
        text_document_sync: Some(TextDocumentSync::Options(sync)),
        workspace: Some(WorkspaceOptions { workspace_folders: Some(folders), ..WorkspaceOptions::default() }),
        ..ServerCapabilities::default()
    };
    methods::add_capabilities(&mut capabilities, session);
    capabilities
}
