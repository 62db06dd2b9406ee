//! The whole corpus: which files there are, what each defines and refers to, and what
//! a name stands for. Given texts, never the disk.
//!
//! A file is boiled down to its [`FileFacts`], once, on its own; [`Corpus::apply`] is
//! the one writer and puts them into tables from which they can be taken out again, so
//! that a change costs what the changed file holds, not what the corpus holds. What nobody
//! is writing at is kept packed; a look-up unpacks the file that it ends in, and
//! [`Corpus::rest`] packs it up again.

mod affected;
mod answers;
mod article;
mod citing;
mod facts;
mod file_set;
mod files;
mod gather;
mod hearing;
mod offers;
mod packed;
mod patch;
mod protected;
mod provenance;
mod registry;
mod resolve;
mod speakers;
mod tables;
mod usage;
mod withdrawn;

pub use answers::Answerers;
pub use article::{
    Anchor, ArticleFacts, CitedKey, ClaimFacts, ClaimNotes, ClaimReference, ClaimRelation, CorrectionFacts,
    LinkFacts, Mentioned, NamePlace, QuoteFacts, Reply, ReplyWord, Speaker, SuppressionFacts, Verdict,
};
pub use citing::{CitedSource, ClaimSources, CountingKeys, CountingPoints};
pub use facts::{
    EntityReference, EntityRole, FileFacts, FileKind, NamedFile, Pointer, PointerRole, SourceReference,
    SourceRole, StubForm,
};
pub use gather::{
    RegistryFormat, RegistryProblems, SourceText, add_entity_page, article_facts, registry_facts,
};
pub use hearing::{Hearing, Outcome};
pub use packed::{Packed, RuleNames};
pub use patch::{Patch, Shift};
pub use protected::NamedSource;
pub use provenance::{Link, Origins, Round, Voices, independent_voices};
pub use registry::{EntityFacts, NameKind, ProtectedName, RoleFacts, SourceFacts};
pub use resolve::{ArticleLink, ClaimTarget, EntityTarget, Known, LinkTargetState, Sharing};
pub use speakers::Speakers;
pub use tables::{Change, Corpus, FileId};
pub use usage::Usage;
pub use withdrawn::{Echoed, Withdrawal};
