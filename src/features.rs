//! What an editor asks about a place in a text: what stands there, where it is defined,
//! what the file is made of, how a finding can be mended.
//!
//! Every answer is plain data about a corpus, one of its files and a byte offset. Nothing
//! here reads a file, knows an editor's protocol or judges the reporting. Each feature is
//! a chain of small functions that give up where there is nothing to say.

mod actions;
mod at;
mod definition;
mod hover;
mod markdown;
pub mod references;
mod relation;
pub mod rename;
mod subject;
mod symbols;
mod trace;

pub use actions::{Action, actions};
pub use at::{Found, Thing, at};
pub use definition::{Definition, Target, definition};
pub use hover::{Hover, hover};
pub use subject::{Subject, subject};
pub use symbols::{Symbol, SymbolKind, symbols};
pub use trace::{Asked, Node, NodeKind, NotFound, Step, Trace, asked, trace};
