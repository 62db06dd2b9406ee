//! What goes out: one writer, in the order in which it was sent.
//!
//! Answers and diagnostics are written as JSON straight into their frame. Who sends never
//! waits for the client; that it reads no more is noticed by whoever takes in the next
//! message, which then stays where it is.

use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::Notify;
use tower_lsp::gen_lsp_types::ProgressToken;

/// How many bytes may wait to be written before no more messages are taken in.
const FULL: usize = 64 << 20;

/// How many bytes may wait before nothing is added that is not urgent.
const CROWDED: usize = 4 << 20;

/// Where messages are put that go to the client.
#[derive(Clone)]
pub(super) struct Outbox {
    frames: mpsc::Sender<Vec<u8>>,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// Bytes that wait.
    waiting: AtomicUsize,
    /// Whether the client has gone.
    gone: AtomicBool,
    /// Told when bytes were written or the client has gone.
    changed: Notify,
}

impl Outbox {
    /// An outbox of which a thread writes to `output`.
    pub(super) fn new(output: impl Write + Send + 'static) -> std::io::Result<Outbox> {
        let (frames, to_write) = mpsc::channel();
        let state = Arc::new(State::default());
        let shared = state.clone();
        std::thread::Builder::new()
            .name("newsmark-writer".to_owned())
            .spawn(move || write_all(output, &to_write, &shared))?;
        Ok(Outbox { frames, state })
    }

    /// Sends a message.
    pub(super) fn send(&self, message: &impl Serialize) {
        // Values of the protocol are maps with names as keys, which never fail.
        match serde_json::to_vec(message) {
            Ok(body) => self.send_written(&[&body]),
            Err(_) => tracing::error!("a message could not be written as JSON"),
        }
    }

    /// Sends a message that is written as JSON already, in pieces: large answers are copied once
    /// on their way, and not read again.
    pub(super) fn send_written(&self, pieces: &[&[u8]]) {
        let length: usize = pieces.iter().map(|piece| piece.len()).sum();
        let head = format!("Content-Length: {length}\r\n\r\n");
        let mut frame = Vec::with_capacity(head.len() + length);
        frame.extend_from_slice(head.as_bytes());
        pieces.iter().for_each(|piece| frame.extend_from_slice(piece));
        self.state.waiting.fetch_add(frame.len(), Ordering::Relaxed);
        // It fails where the client has gone.
        let _ = self.frames.send(frame);
    }

    /// Sends a part of an answer that is written as JSON already, in pieces.
    pub(super) fn send_part(&self, token: &ProgressToken, pieces: &[&[u8]]) {
        let token = serde_json::to_string(token).unwrap_or_default();
        let head = format!(r#"{{"jsonrpc":"2.0","method":"$/progress","params":{{"token":{token},"value":"#);
        self.send_written(&[&[head.as_bytes()], pieces, &[b"}}"]].concat());
    }

    /// Sends a notification.
    pub(super) fn notify(&self, method: &'static str, params: impl Serialize) {
        #[derive(Serialize)]
        struct Notification<P> {
            jsonrpc: &'static str,
            method: &'static str,
            params: P,
        }
        self.send(&Notification { jsonrpc: "2.0", method, params });
    }

    /// Whether so much waits to be written that what can wait should not be added.
    pub(super) fn is_crowded(&self) -> bool {
        self.state.waiting.load(Ordering::Acquire) > CROWDED
    }

    /// Waits until the client has read enough for more to be sent; false if it has gone.
    pub(super) async fn has_room(&self) -> bool {
        loop {
            let changed = self.state.changed.notified();
            if self.state.gone.load(Ordering::Acquire) {
                return false;
            }
            if self.state.waiting.load(Ordering::Acquire) < FULL {
                return true;
            }
            changed.await;
        }
    }

    /// Waits until the client has gone.
    pub(super) async fn gone(&self) {
        loop {
            let changed = self.state.changed.notified();
            if self.state.gone.load(Ordering::Acquire) {
                return;
            }
            changed.await;
        }
    }

    /// Waits until everything has been written, the client has gone, or it took too long.
    pub(super) async fn drained(&self, at_most: Duration) {
        let end = Instant::now() + at_most;
        while self.state.waiting.load(Ordering::Acquire) > 0
            && !self.state.gone.load(Ordering::Acquire)
            && Instant::now() < end
        {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

fn write_all(mut output: impl Write, frames: &mpsc::Receiver<Vec<u8>>, state: &State) {
    while let Ok(first) = frames.recv() {
        let mut count = first.len();
        let mut result = output.write_all(&first);
        // What waits goes out with it.
        while result.is_ok()
            && count < FULL
            && let Ok(next) = frames.try_recv()
        {
            count += next.len();
            result = output.write_all(&next);
        }
        let result = result.and_then(|()| output.flush());
        state.waiting.fetch_sub(count, Ordering::AcqRel);
        if result.is_err() {
            state.gone.store(true, Ordering::Release);
        }
        state.changed.notify_waiters();
        if result.is_err() {
            return;
        }
    }
}
