//! `newsmark lsp`, over real pipes on the built binary.

mod client;
mod code_action;
mod code_lens;
mod commands;
mod completion;
mod definition;
mod disk;
mod early;
mod edits;
mod encodings;
mod frames;
mod hierarchy;
mod inlay_hint;
mod progress;
mod protocol;
mod references;
mod rename;
mod semantic_tokens;
mod session;
mod workspace_symbol;
