//! The live edge: the language server, over standard input and output and nothing else.
//!
//! A message travels from `frames`, which takes the stream apart, through `serve`, which
//! keeps order and survives mistakes, to a handler in `backend` or `methods`; that changes an
//! open document in `documents` or puts a question to the `engine`, the one thread that holds
//! the corpora. Answers are worked out by `features` and `lint` in bytes and places; `methods`,
//! `edits`, `encoding` and `formats` turn them into the protocol's terms, and `outbox` writes them.
//!
//! What a client asked for it is told; what it does not know of to ask, `refresh` asks it to
//! ask. `commands` does what it wants done, `settings` has what it switched off, and `log`
//! tells it what happens.
//!
//! No other module of the crate knows a type of the protocol.

mod backend;
mod clock;
mod commands;
mod documents;
mod edits;
mod encoding;
mod engine;
mod formats;
mod frames;
mod log;
mod methods;
mod outbox;
mod progress;
mod refresh;
mod reply;
mod serve;
mod session;
mod settings;
mod uri;

use std::io::{Read, Write};

use serve::End;

pub use log::layer as log_layer;

/// Serves one client over these streams until it goes. The answer is whether it took its
/// leave as the protocol has it.
///
/// # Errors
/// Where the system gives no threads.
pub fn run(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> std::io::Result<bool> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let end = runtime.block_on(serve::serve(input, output))?;
    // Threads that wait for the client or the disk are not waited for.
    runtime.shutdown_background();
    Ok(end == End::Clean)
}
