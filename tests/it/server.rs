//! `newsmark lsp`, over real pipes on the built binary.

mod client;
mod code_action;
mod commands;
mod completion;
mod definition;
mod diagnostics;
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
mod rename;
mod selection_range;
mod session;
mod settings;
mod workspace_symbol;
