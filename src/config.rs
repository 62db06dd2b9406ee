//! `newsmark.toml`: what belongs to a corpus, how strict the check is, and where each
//! setting comes from.
//!
//! Plain data made from plain text: this module is given the text of the file and
//! reads nothing itself. It knows the rules by their names and levels and nothing else
//! of them. What is wrong with a configuration is told apart here, once: a [`Problem`]
//! is reported and the run goes on (a key or rule that nobody knows, which a newer
//! newsmark may), an [`Error`] ends it (anything where going on would mean guessing
//! what was meant).

mod defaults;
mod globs;
mod meaning;
mod paths;
mod read;
mod schema;
mod settings;
mod value;

use std::fmt;
use std::sync::Arc;

pub use defaults::{
    ARTICLE_ENDINGS, ARTICLES, ENTITIES, ENTITY_ENDINGS, EXCLUDE, SIZE_LIMIT, SOURCE_ENDINGS, SOURCES,
};
pub use globs::{Globs, Pattern};
pub use meaning::{LEVEL, PROFILE, Setting, setting};
pub use paths::PathList;
pub use schema::schema;
pub use settings::{FileSettings, RuleSetting};
pub use value::{nearest, size_text};

use crate::diagnostic::{Diagnostic, Edit, Fix, Level, Location};
use crate::rules::{self, Options, Profile, Rule};
use crate::text::{LineIndex, Place, Position, Span};

/// The name of the configuration; the folder that holds it is the corpus root.
pub const FILE_NAME: &str = "newsmark.toml";

/// The rule under which problems with the configuration are reported.
pub const RULE: &str = "invalid-configuration";

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// It is what the profile has.
    Profile(Profile),
    /// A line of `newsmark.toml`, counted from 1.
    File {
        /// The line.
        line: u32,
    },
    /// An entry of `[[overrides]]`, with the line of the setting, counted from 1.
    Override {
        /// The line.
        line: u32,
        /// The pattern that took the file.
        pattern: String,
    },
    /// An option of the command line.
    CommandLine,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::Profile(profile) => write!(f, "profile {}", profile_name(*profile)),
            Origin::File { line } => write!(f, "{FILE_NAME}, line {line}"),
            Origin::Override { line, pattern } => {
                write!(f, "{FILE_NAME}, line {line} (override for `{pattern}`)")
            }
            Origin::CommandLine => f.write_str("command line"),
        }
    }
}

/// A value, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> Set<T> {
    fn default(value: T) -> Self {
        Set { value, origin: Origin::Default }
    }
}

/// An entry of `[names]`: which entity a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name, as articles write it.
    pub name: String,
    /// Where the name stands in the configuration.
    pub name_span: Span,
    /// The id of the entity.
    pub entity: String,
    /// Where the id stands in the configuration, quotation marks included.
    pub entity_span: Span,
}

/// A configuration: what the file says, and defaults for the rest.
#[derive(Clone, Debug)]
pub struct Config {
    /// Which files are articles.
    pub articles: Globs,
    /// Which files hold entities.
    pub entities: Globs,
    /// Which files hold sources.
    pub sources: Globs,
    /// Which files and folders are no part of the corpus.
    pub exclude: Globs,
    /// The largest file that is read, in bytes.
    pub size_limit: Set<u64>,
    /// How strict newsmark is where no override says otherwise.
    pub profile: Set<Profile>,
    /// Whether a suppression needs a reason.
    pub require_reason: Set<bool>,
    /// After how many days a picture is outdated.
    pub outdated_days: Set<u32>,
    /// Which entities ambiguous names stand for, in the order of the file.
    pub names: Vec<Name>,
    /// What is wrong with the file and did not end the run, in the order of the file.
    pub problems: Vec<Problem>,
    rules: settings::Levels,
    overrides: Vec<settings::Override>,
    known: &'static [&'static Rule],
    /// Set when the command line names a profile, which wins over everything.
    forced_profile: Option<Profile>,
    source: Option<Arc<Source>>,
}

/// The text of a configuration file, for places in it.
#[derive(Debug)]
struct Source {
    text: String,
    lines: LineIndex,
}

/// Something wrong with a configuration that does not end the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where in the configuration.
    pub span: Span,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What to put in the place of `span`, where that is clear.
    pub replacement: Option<String>,
}

/// Something wrong with a configuration that ends the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where in the configuration. Counts from zero.
    pub at: Position,
    /// What is wrong and what to do, in one line without a full stop.
    pub message: String,
}

impl fmt::Display for Error {
    /// `line:column: message`, counted from 1: what follows the path of the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.at.line + 1, self.at.column + 1, self.message)
    }
}

impl std::error::Error for Error {}

impl Default for Config {
    /// What holds without a `newsmark.toml`.
    fn default() -> Self {
        defaults::config(rules::ALL)
    }
}

impl Config {
    /// Reads the text of a `newsmark.toml`.
    pub fn parse(text: &str) -> Result<Config, Error> {
        Config::parse_with(text, rules::ALL)
    }

    /// The same, for another list of rules: this module's tests bring their own, so that
    /// they do not change with each rule that is added.
    pub(crate) fn parse_with(text: &str, known: &'static [&'static Rule]) -> Result<Config, Error> {
        read::config(text, known)
    }

    /// Which entity a name stands for, where that is settled: names and ids.
    pub fn settled_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|name| (&*name.name, &*name.entity))
    }

    /// What rules are told beside their levels.
    #[must_use]
    pub fn options(&self) -> Options {
        Options { require_reason: self.require_reason.value, outdated_days: self.outdated_days.value }
    }

    /// Sets the profile of every file, as an option of the command line does.
    pub fn force_profile(&mut self, profile: Profile) {
        self.forced_profile = Some(profile);
    }

    /// What holds for the file at `path`, which counts from the corpus root, with `/`.
    #[must_use]
    pub fn settings_for(&self, path: &str) -> FileSettings {
        settings::settings_for(self, path)
    }

    /// Whether the same files are read with both, as the same things, and names stand for
    /// the same: then nothing has to be read anew.
    #[must_use]
    pub fn reads_like(&self, other: &Config) -> bool {
        self.articles.are_those_of(&other.articles)
            && self.entities.are_those_of(&other.entities)
            && self.sources.are_those_of(&other.sources)
            && self.exclude.are_those_of(&other.exclude)
            && self.size_limit.value == other.size_limit.value
            && self.settled_names().eq(other.settled_names())
    }

    /// The place of a span of the configuration's text.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        match &self.source {
            Some(source) => source.lines.place(&source.text, span),
            None => Place::default(),
        }
    }

    /// The text that the configuration was read from, if there is a file.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.source.as_deref().map(|source| source.text.as_str())
    }

    /// The problems as findings of `invalid-configuration`; none where that rule is off.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let settings = self.settings_for(FILE_NAME);
        let level = match settings.setting(RULE) {
            Some(setting) => setting.level,
            None => Some(Level::Warning),
        };
        let Some(level) = level else { return Vec::new() };
        let location = |span| Location { path: FILE_NAME.into(), place: self.place(span) };
        let fix = |problem: &Problem| {
            let text = problem.replacement.clone()?;
            Some(Fix {
                title: format!("Change to `{text}`"),
                edits: vec![Edit { location: location(problem.span), text }],
            })
        };
        self.problems
            .iter()
            .map(|problem| Diagnostic {
                location: location(problem.span),
                rule: RULE,
                level,
                message: problem.message.clone(),
                help: problem.help.clone(),
                related: Vec::new(),
                fixes: fix(problem).into_iter().collect(),
                choice: false,
            })
            .collect()
    }
}

/// The word for a profile.
#[must_use]
pub fn profile_name(profile: Profile) -> &'static str {
    match profile {
        Profile::Draft => "draft",
        Profile::Standard => "standard",
        Profile::Publish => "publish",
    }
}

#[cfg(test)]
mod tests;
