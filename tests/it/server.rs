//! `newsmark lsp`, over real pipes on the built binary.

mod client;
mod disk;
mod edits;
mod encodings;
mod frames;
mod progress;
mod protocol;
mod references;
mod session;
