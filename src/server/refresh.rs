//! Asking the client to ask again: for what it shows of open documents, and what came of the
//! rest of the corpus has changed. The one place from which it is asked.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;

use super::progress::ANSWER;
use super::session::Session;

/// How long it has to be quiet before the client is asked: who types a name in a registry
/// changes the corpus with each key.
const QUIET: Duration = Duration::from_millis(150);

/// The longest that is waited for quiet.
const PATIENCE: Duration = Duration::from_millis(600);

/// What a client can be asked to ask for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refreshable {
    Diagnostics,
    CodeLenses,
    FoldingRanges,
    InlayHints,
    SemanticTokens,
}

impl Refreshable {
    /// Each with the client's capability for it.
    pub(super) const ALL: [(Refreshable, &str); 5] = [
        (Refreshable::Diagnostics, "/workspace/diagnostics/refreshSupport"),
        (Refreshable::CodeLenses, "/workspace/codeLens/refreshSupport"),
        (Refreshable::FoldingRanges, "/workspace/foldingRange/refreshSupport"),
        (Refreshable::InlayHints, "/workspace/inlayHint/refreshSupport"),
        (Refreshable::SemanticTokens, "/workspace/semanticTokens/refreshSupport"),
    ];
}

/// Where the engine says what is outdated. Nothing here waits.
#[derive(Clone)]
pub(super) struct Refresh {
    wanted: UnboundedSender<Outdated>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outdated {
    Diagnostics,
    Shown,
}

impl Refresh {
    pub(super) fn new() -> (Refresh, Refreshing) {
        let (wanted, outdated) = unbounded_channel();
        (Refresh { wanted }, Refreshing(outdated))
    }

    /// Diagnostics are others than the client was told when it asked.
    pub(super) fn diagnostics(&self) {
        let _ = self.wanted.send(Outdated::Diagnostics);
    }

    /// What is shown in the text of open documents may be other: all but diagnostics, of which
    /// it is known whether they are.
    pub(super) fn shown(&self) {
        let _ = self.wanted.send(Outdated::Shown);
    }

    /// Everything may be other.
    pub(super) fn all(&self) {
        self.diagnostics();
        self.shown();
    }
}

/// The other end: what the client is asked.
pub(super) struct Refreshing(UnboundedReceiver<Outdated>);

impl Refreshing {
    /// Asks until the engine ends.
    pub(super) async fn run(mut self, client: Client, session: Arc<Session>) {
        while let Some(first) = self.0.recv().await {
            let mut outdated = vec![first];
            let end = tokio::time::Instant::now() + PATIENCE;
            loop {
                let quiet = (tokio::time::Instant::now() + QUIET).min(end);
                match tokio::time::timeout_at(quiet, self.0.recv()).await {
                    Ok(Some(more)) if outdated.contains(&more) => {}
                    Ok(Some(more)) => outdated.push(more),
                    Ok(None) | Err(_) => break,
                }
            }
            for what in &session.refreshable {
                let is_shown = match what {
                    Refreshable::Diagnostics => Outdated::Diagnostics,
                    _ => Outdated::Shown,
                };
                if outdated.contains(&is_shown) {
                    ask(&client, *what).await;
                }
            }
        }
    }
}

async fn ask(client: &Client, what: Refreshable) {
    // A client that does not answer is not waited for.
    let answer = async {
        match what {
            Refreshable::Diagnostics => client.workspace_diagnostic_refresh().await,
            Refreshable::CodeLenses => client.code_lens_refresh().await,
            Refreshable::FoldingRanges => client.folding_range_refresh().await,
            Refreshable::InlayHints => client.inlay_hint_refresh().await,
            Refreshable::SemanticTokens => client.semantic_tokens_refresh().await,
        }
    };
    if !matches!(tokio::time::timeout(ANSWER, answer).await, Ok(Ok(()))) {
        tracing::debug!(?what, "the client was asked to ask again and did not say that it will");
    }
}
