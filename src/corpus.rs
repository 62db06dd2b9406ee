//! The whole corpus: which files there are, what each defines and refers to, and what
//! a name stands for. Given texts, never the disk.
//!
//! A file is boiled down to its [`FileFacts`], once, on its own; [`Corpus::apply`] is
//! the one writer and puts them into tables from which they can be taken out again, so
//! that a change costs what the changed file holds, not what the corpus holds. What nobody
//! is writing at is kept packed; a look-up unpacks the file that it ends in, and
//! [`Corpus::rest`] packs it up again.

mod additions;
mod affected;
mod answers;
mod article;
mod citing;
mod directory;
mod entries;
mod event_dates;
mod facts;
mod figures;
mod file_set;
mod files;
mod gather;
mod headline;
mod hearing;
mod missing_words;
mod name_index;
mod offers;
mod packed;
mod patch;
mod pictures;
mod protected;
mod provenance;
mod quotation_index;
mod quotations;
mod quoting;
mod registry;
mod resolve;
mod shield;
mod snapshots;
mod speakers;
mod tables;
mod titles;
mod usage;
mod users;
mod withdrawn;

pub use additions::{Addition, NewSource, SourceForm};
pub use answers::Answerers;
pub use article::{
    Anchor, ArticleFacts, CitedKey, ClaimFacts, ClaimNotes, ClaimReference, ClaimRelation, CorrectionFacts,
    Coverage, LinkFacts, Mentioned, NamePlace, QuoteFacts, Reply, ReplyWord, Speaker, SuppressionFacts,
    VagueAttribution, Verdict,
};
pub use citing::{CitedSource, ClaimSources, CountingKeys, CountingPoints};
pub use directory::Candidates;
pub use entries::Effect;
pub use event_dates::{EventDateFacts, GivenDate};
pub use facts::{
    EntityReference, EntityRole, FileFacts, FileKind, NamedFile, Pointer, PointerRole, SourceReference,
    SourceRole, StubForm,
};
pub use figures::{Amount, FigureConflict, FigureFacts, FigureSeries, SeriesFigure};
pub use gather::{
    RegistryFormat, RegistryProblems, SourceText, add_entity_page, article_facts, corpus_target,
    guarded_stretches, registry_facts, resolve_path,
};
pub use headline::HeadlineWords;
pub use hearing::{Hearing, Outcome};
pub use missing_words::MissingWords;
pub use name_index::{IndexedName, NameIndex, Named, letters};
pub use offers::id_of_name;
pub use packed::{Packed, RuleNames};
pub use patch::{Patch, Shift};
pub use pictures::{NameTraces, PictureFacts, StoryPlaces};
pub use protected::NamedSource;
pub use provenance::{Link, Origins, Round, Voices, independent_voices};
pub use quotation_index::{FEWEST_WORDS, IndexedQuote, QuotedPlace};
pub use quotations::{QuotationFacts, QuotedSentence};
pub use quoting::Utterance;
pub use registry::{EntityFacts, NameKind, ProtectedName, RoleFacts, SourceFacts};
pub use resolve::{ArticleLink, ClaimTarget, EntityTarget, Known, LinkTargetState, Sharing};
pub use shield::Shield;
pub use snapshots::{Obstacle, SnapshotFacts};
pub use speakers::Speakers;
pub use tables::{Change, Corpus, FileId};
pub use titles::TitleFacts;
pub use usage::Usage;
pub use withdrawn::{Echoed, Withdrawal};
