//! `newsmark lsp`, over real pipes on the built binary.

mod client;
mod code_action;
mod completion;
mod definition;
mod disk;
mod edits;
mod encodings;
mod frames;
mod progress;
mod protocol;
mod references;
mod rename;
mod session;
mod workspace_symbol;
