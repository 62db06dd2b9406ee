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
mod event_dates;
mod facts;
mod file_set;
mod files;
mod gather;
mod headline;
mod offers;
mod packed;
mod pictures;
mod registry;
mod resolve;
mod tables;
mod titles;
mod usage;

pub use answers::Answerers;
pub use article::{
    Anchor, ArticleFacts, CitedKey, ClaimFacts, ClaimNotes, ClaimReference, ClaimRelation, LinkFacts,
    Mentioned, QuoteFacts, Reply, Speaker, SuppressionFacts,
};
pub use citing::{CitedSource, CountingKeys, CountingPoints};
pub use event_dates::{EventDateFacts, GivenDate};
pub use facts::{
    EntityReference, EntityRole, FileFacts, FileKind, NamedFile, Pointer, PointerRole, SourceReference,
    SourceRole, StubForm,
};
pub use gather::{
    RegistryFormat, RegistryProblems, SourceText, add_entity_page, article_facts, registry_facts,
};
pub use headline::HeadlineWords;
pub use packed::{Packed, RuleNames};
pub use pictures::{NameTraces, PictureFacts, StoryPlaces};
pub use registry::{EntityFacts, NameKind, RoleFacts, SourceFacts};
pub use resolve::{ArticleLink, ClaimTarget, EntityTarget, Known, LinkTargetState, Sharing, Speakers};
pub use tables::{Change, Corpus, FileId};
pub use titles::TitleFacts;
pub use usage::Usage;
