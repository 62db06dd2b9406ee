//! The rules: one file each, and the one list of them all.
//!
//! A rule is static data and a plain function. Its name says what is wrong, reads
//! after "allow", and is never reused. What the reference page, `newsmark explain`,
//! the configuration's schema and the help links show comes from [`ALL`].

use crate::diagnostic::Level;

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

/// One rule.
#[derive(Debug)]
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
}

/// Every rule, in the order of the reference page.
pub static ALL: &[&Rule] = &[];

/// The rule of that name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}
