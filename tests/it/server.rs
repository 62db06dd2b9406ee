//! `newsmark lsp`, over real pipes on the built binary.

mod client;
mod disk;
mod document_link;
mod edits;
mod encodings;
mod folding_range;
mod formatting;
mod frames;
mod linked_editing_range;
mod progress;
mod protocol;
mod references;
mod selection_range;
mod session;
