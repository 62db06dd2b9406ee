//! The semantic tokens that a client was sent last, so that it can be told what has changed.

use std::sync::atomic::{AtomicU64, Ordering};

use tower_lsp::gen_lsp_types::{SemanticToken, Uri};

use super::Engine;

/// Tokens as they were sent, and the number by which the client knows them.
pub(in crate::server) struct KeptTokens {
    pub(in crate::server) id: String,
    pub(in crate::server) data: Vec<SemanticToken>,
}

impl Engine {
    /// Keeps what is sent of a document until it is closed; the answer is the number of it,
    /// which is not used again. Nothing where the document is not open.
    pub(in crate::server) fn keep_tokens(&mut self, uri: &Uri, data: Vec<SemanticToken>) -> Option<String> {
        static LAST: AtomicU64 = AtomicU64::new(0);
        let open = self.open.get_mut(&uri.0)?;
        let id = (LAST.fetch_add(1, Ordering::Relaxed) + 1).to_string();
        open.tokens = Some(KeptTokens { id: id.clone(), data });
        Some(id)
    }

    /// What was sent of a document last.
    pub(in crate::server) fn kept_tokens(&self, uri: &Uri) -> Option<&KeptTokens> {
        self.open.get(&uri.0)?.tokens.as_ref()
    }
}
