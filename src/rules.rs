//! The rules: one file each, and the one list of them all.
//!
//! A rule is static data and a plain function. Its name says what is wrong, reads
//! after "allow", and is never reused. What the reference page, `newsmark explain`,
//! the configuration's schema and the help links show comes from [`ALL`].

mod context;
mod did_you_mean;
mod pictures;
mod same_fault;

pub use context::{CorpusContext, Findings, Options, TextContext};

use std::sync::LazyLock;

use crate::diagnostic::Level;
use crate::syntax::ProblemKind;

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub enum Tier {
    /// The markup, and what it points at.
    A,
    /// Sourcing and fairness.
    B,
}

/// How strict newsmark is as a whole.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// While writing.
    Draft,
    /// While editing and in most pipelines.
    #[default]
    Standard,
    /// Before it goes out.
    Publish,
}

/// A rule's level in each profile; `None` where it is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    /// While writing.
    pub draft: Option<Level>,
    /// While editing.
    pub standard: Option<Level>,
    /// Before publication.
    pub publish: Option<Level>,
}

impl Levels {
    /// For rules about the markup: the same level throughout, but that hints are
    /// warnings before publication.
    #[must_use]
    pub const fn markup(level: Level) -> Self {
        let publish = match level {
            Level::Hint => Level::Warning,
            other => other,
        };
        Levels { draft: Some(level), standard: Some(level), publish: Some(publish) }
    }

    /// For rules about sourcing and fairness: off while writing, and before publication
    /// warnings are errors and hints warnings.
    #[must_use]
    pub const fn sourcing(level: Level) -> Self {
        let publish = match level {
            Level::Hint => Level::Warning,
            Level::Warning | Level::Error => Level::Error,
        };
        Levels { draft: None, standard: Some(level), publish: Some(publish) }
    }

    /// For rules about what has to be done before publication, and need not be before.
    #[must_use]
    pub const fn publishing(level: Level) -> Self {
        Levels { draft: None, standard: None, publish: Some(level) }
    }

    /// The level in `profile`.
    #[must_use]
    pub fn at(self, profile: Profile) -> Option<Level> {
        match profile {
            Profile::Draft => self.draft,
            Profile::Standard => self.standard,
            Profile::Publish => self.publish,
        }
    }
}

/// How a rule finds things.
#[derive(Clone, Copy)]
pub enum Check {
    /// The parser finds it.
    Syntax(ProblemKind),
    /// From the text of one file: what it needs is there while the file is read. What is found
    /// in one entry of a registry may not depend on another, since it is read again alone.
    Text(fn(&TextContext<'_>, &mut Findings)),
    /// From the facts of one file, seen in the corpus.
    Corpus(fn(&CorpusContext<'_>, &mut Findings)),
    /// It is about reading files, the configuration, or suppressions, and found by
    /// whoever does that.
    Elsewhere,
}

/// One rule.
pub struct Rule {
    /// Its name, in kebab case.
    pub name: &'static str,
    /// What is wrong, in one line.
    pub summary: &'static str,
    /// What it checks, why a newsroom cares and which standard asks for it, a bad and
    /// a good example, and how to settle it: Markdown, without a heading.
    pub explanation: &'static str,
    /// What it is about.
    pub tier: Tier,
    /// How bad it is.
    pub levels: Levels,
    /// How it finds things.
    pub checks: &'static [Check],
}

/// The rules whose fixes leave what an article says, and who says it, as it is: they mend how it
/// is written. What is a guess at what was meant, `newsmark check --fix` makes by name alone.
const SAFE_FIXES: [&str; 10] = [
    "adjacent-citations",
    "confusable-text",
    "empty-claim",
    "invalid-date",
    "malformed-attributes",
    "mention-with-attributes",
    "misplaced-annotation",
    "swallowed-citation",
    "unescaped-handle",
    "unmatched-bracket",
];

impl Rule {
    /// Whether its fixes may be made unasked.
    #[must_use]
    pub fn has_safe_fixes(&self) -> bool {
        SAFE_FIXES.contains(&self.name)
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Rule").field(&self.name).finish()
    }
}

/// The names of all rules, in the order of [`ALL`].
#[must_use]
pub fn names() -> &'static [&'static str] {
    static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| ALL.iter().map(|rule| rule.name).collect());
    &NAMES
}

/// The rule of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// Where the reference page has the rule of that name.
#[must_use]
pub fn reference(name: &str) -> String {
    format!("https://newsmark.example/docs/rules.html#{name}")
}

/// Declares the rules' modules and the list of them, so that one word below is all that
/// a new rule needs outside its own file.
macro_rules! rules {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// Every rule, in the order of the reference page.
        pub static ALL: &[&Rule] = &[$(&$module::RULE),*];
    };
}

rules! {
    malformed_attributes
    unclosed_claim
    unmatched_bracket
    misplaced_annotation
    unknown_annotation
    duplicate_attribute
    empty_claim
    swallowed_citation
    adjacent_citations
    citation_swallows_text
    mention_with_attributes
    confusable_text
    invalid_date
    invalid_front_matter
    invalid_registry
    duplicate_claim
    undefined_source
    undefined_entity
    undefined_claim
    duplicate_source
    duplicate_entity
    shadowed_source
    ambiguous_mention
    wrong_entity_type
    missing_bibliography
    missing_snapshot
    unused_source
    unused_entity
    broken_link
    unescaped_handle
    invalid_encoding
    file_too_large
    unreadable_file
    invalid_configuration
    internal_error
    unused_suppression
    unknown_suppression
    unsourced_claim
    unsourced_quote
    unattributed_quote
    accusation_without_target
    single_source_accusation
    false_independence
    circular_sourcing
    own_reporting_only
    undeclared_relay
    retracted_source
    source_after_article
    right_of_reply_missing
    one_sided
    disputed_stated_as_fact
    correction_not_propagated
    event_date_conflict
    anachronistic_role
    weekday_date_mismatch
    weasel_attribution
    photo_without_credit
    photo_without_date
    photo_without_caption
    outdated_photo
    photo_place_mismatch
    headline_unsupported
    missing_date
    missing_author
    accessed_before_issued
    missing_locator
    anonymous_without_reason
    anonymous_only
    off_record_source_cited
    protected_source_named
    outdated_check
    unannotated_article
    unchecked_claim
    embargo_broken
    correction_not_noted
    quote_not_in_source
    quote_drift
    quote_speaker_conflict
    figure_conflict
    figure_sum_mismatch
    unit_conversion_mismatch
}
