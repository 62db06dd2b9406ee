//! Answers that a handler writes itself, since they are too large to be built as a tree of
//! JSON on the way out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use tower_lsp::jsonrpc::{Id, Result};

use super::outbox::Outbox;

tokio::task_local! {
    static CURRENT: Reply;
}

/// The way to answer the request that is being handled.
#[derive(Clone)]
pub(super) struct Reply {
    id: Id,
    outbox: Outbox,
    is_answered: Arc<AtomicBool>,
}

impl Reply {
    pub(super) fn new(id: Id, outbox: Outbox) -> Reply {
        Reply { id, outbox, is_answered: Arc::default() }
    }

    /// Does something that is answered by `self`, if it asks for it.
    pub(super) fn while_handling<F: Future>(self, future: F) -> impl Future<Output = F::Output> {
        CURRENT.scope(self, future)
    }

    /// That of the request which is being handled; none of a notification.
    pub(super) fn current() -> Option<Reply> {
        CURRENT.try_with(Reply::clone).ok()
    }

    /// Answers. What the handler gives back afterwards goes nowhere.
    pub(super) fn send(&self, result: &impl Serialize) {
        #[derive(Serialize)]
        struct Response<'r, R> {
            jsonrpc: &'static str,
            id: &'r Id,
            result: &'r R,
        }
        if !self.is_answered.swap(true, Ordering::AcqRel) {
            self.outbox.send(&Response { jsonrpc: "2.0", id: &self.id, result });
        }
    }

    /// The same with what is written as JSON already, in pieces.
    pub(super) fn send_written(&self, pieces: &[&[u8]]) {
        if !self.is_answered.swap(true, Ordering::AcqRel) {
            let id = serde_json::to_string(&self.id).unwrap_or_default();
            let head = format!(r#"{{"jsonrpc":"2.0","id":{id},"result":"#);
            self.outbox.send_written(&[&[head.as_bytes()], pieces, &[b"}"]].concat());
        }
    }

    /// Whether it was answered.
    pub(super) fn is_answered(&self) -> bool {
        self.is_answered.load(Ordering::Acquire)
    }
}

/// Answers the request that is being handled: straight as text, which for lists of hundreds of
/// things takes half the time. To be given back by its handler.
pub(super) fn answered<T: Serialize>(result: Option<T>) -> Result<Option<T>> {
    match Reply::current() {
        Some(reply) => {
            reply.send(&result);
            Ok(None)
        }
        None => Ok(result),
    }
}
