//! Answers that a handler writes itself, since they are too large to be built as one value on
//! the way out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use serde_json::value::RawValue;
use tower_lsp::jsonrpc::Id;

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
    pub(super) fn send(&self, result: &RawValue) {
        #[derive(Serialize)]
        struct Response<'r> {
            jsonrpc: &'static str,
            id: &'r Id,
            result: &'r RawValue,
        }
        if !self.is_answered.swap(true, Ordering::AcqRel) {
            self.outbox.send(&Response { jsonrpc: "2.0", id: &self.id, result });
        }
    }

    /// Whether it was answered.
    pub(super) fn is_answered(&self) -> bool {
        self.is_answered.load(Ordering::Acquire)
    }
}
