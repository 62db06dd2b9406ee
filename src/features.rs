//! What an editor asks about a place in a text: what stands there, where it is defined,
//! what the file is made of, how a finding can be mended.
//!
//! Every answer is plain data about a corpus, one of its files and a byte offset. Nothing
//! here reads a file, knows an editor's protocol or judges the reporting. Each feature is
//! a chain of small functions that give up where there is nothing to say.

mod actions;
mod at;
pub mod changes;
mod checks;
pub mod claims;
mod completion;
mod declaration;
mod definition;
mod folding;
pub mod format;
mod fuzzy;
pub mod hierarchy;
mod hover;
mod implementation;
mod inlay_hints;
mod lens;
mod linked;
mod links;
mod markdown;
mod meant;
pub mod moving;
mod new_article;
pub mod reach;
mod refactor;
pub mod references;
mod relation;
pub mod rename;
mod respelling;
mod selection;
mod subject;
mod symbols;
mod tokens;
mod trace;
mod trees;
mod type_definition;
mod workspace_symbols;
mod written;

pub use actions::{Action, actions};
pub use at::{Found, Thing, at};
pub use completion::{Completion, CompletionKind, Completions, Described, completion, describe};
pub use declaration::declaration;
pub use definition::{Definition, Target, definition};
pub use folding::{Fold, FoldKind, folds};
pub use hover::{Hover, hover};
pub use implementation::implementation;
pub use inlay_hints::{Hint, InlaySettings, inlay_hints};
pub use lens::{Lens, Says, Told, lenses, told_of_entity, told_of_source};
pub use linked::linked;
pub use links::{Link, LinkKind, LinkTo, links, source_address};
pub use new_article::{NewArticle, new_article};
pub use refactor::{Refactoring, RefactoringContext, RefactoringKind, Work, refactorings};
pub use selection::selections;
pub use subject::{Subject, subject};
pub use symbols::{Symbol, SymbolKind, symbols};
pub use tokens::{Modifiers, Token, TokenKind, tokens};
pub use trace::{Asked, Node, NodeKind, NotFound, Step, Trace, asked, trace};
pub use type_definition::type_definition;
pub use workspace_symbols::{WorkspaceSymbol, symbol_place, workspace_symbols};
