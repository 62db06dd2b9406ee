//! newsmark reads annotated news drafts: Markdown articles in which a desk marks
//! what is claimed, by whom, on what source, and who answered.
//!
//! # The code map
//!
//! Each layer may import only those below it; `tests/it/layers.rs` reads the
//! sources and fails when one does not.
//!
//! ```text
//! main.rs
//! cli/                  the headless edge: arguments, standard output, exit status
//! server/               the live edge: the language server's messages and threads
//! workspace/            the only code that touches the disk: find, walk, read
//! lint/                 from texts to diagnostics, for one file or the corpus
//! features/             what an editor asks about a place in a text
//! config/               `newsmark.toml`: what belongs to a corpus, how bad what is
//! rules/                one file per rule
//! corpus/               names, facts, what a name stands for
//! diagnostic.rs         plain data: what was found, and how to mend it
//! registry/             sources and entities out of the data below
//! syntax/               one article: text to tree and problems
//! data/                 YAML, JSON, TOML, BibTeX with spans and recovery; dates
//! text/                 byte spans, lines and columns, how names compare
//! ```
//!
//! # What is never here
//!
//! Three absences hold the design together, and the same test keeps them:
//!
//! * No file access outside `workspace`: every other module is given text.
//! * No type of the editors' protocol outside a server module: answers are plain values.
//! * No rule knows another rule: what two rules share is a fact below them.

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "server")]
pub mod server;
pub mod workspace;

pub mod features;
pub mod lint;

pub mod config;
pub mod rules;

pub mod corpus;
pub mod diagnostic;

pub mod data;
pub mod registry;
pub mod syntax;

pub mod text;
