//! The whole corpus: which files there are, what each defines and refers to, and what
//! a name stands for. Given texts, never the disk.
//!
//! A file is boiled down to its [`FileFacts`], once, on its own; [`Corpus::apply`] is
//! the one writer and puts them into tables from which they can be taken out again, so
//! that a change costs what the changed file holds, not what the corpus holds.

mod affected;
mod article;
mod facts;
mod file_set;
mod gather;
mod registry;
mod resolve;
mod tables;

pub use article::{
    Anchor, ArticleFacts, CitedKey, ClaimFacts, ClaimReference, LinkFacts, Mentioned, QuoteFacts, Reply, Speaker,
    SuppressionFacts,
};
pub use facts::{EntityReference, EntityRole, FileFacts, FileKind, NamedFile, SourceReference, SourceRole};
pub use gather::{article_facts, registry_facts, RegistryFormat};
pub use registry::{EntityFacts, RoleFacts, SourceFacts};
pub use resolve::{ClaimTarget, EntityTarget, Known, LinkTargetState};
pub use tables::{Change, Corpus, FileId};
