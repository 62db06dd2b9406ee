//! What holds for one file, and why.

use super::{Config, Globs, Origin, Set};
use crate::diagnostic::Level;
use crate::rules::{Profile, Rule};

/// Levels that were set by hand: the rule's name, the level (`None` is off), the line.
pub(super) type Levels = Vec<(&'static str, Option<Level>, u32)>;

/// An entry of `[[overrides]]`.
#[derive(Clone, Debug)]
pub(super) struct Override {
    pub(super) paths: Globs,
    pub(super) profile: Option<(Profile, u32)>,
    pub(super) rules: Levels,
}

/// A rule's level in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetting {
    /// The rule's name.
    pub rule: &'static str,
    /// How bad its findings are; `None` where it is off.
    pub level: Option<Level>,
    /// Where that comes from.
    pub origin: Origin,
}

/// What holds for one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSettings {
    /// How strict newsmark is.
    pub profile: Set<Profile>,
    /// Every rule, by name.
    rules: Vec<RuleSetting>,
}

impl FileSettings {
    /// The level of a rule; `None` where it is off, or no rule has the name.
    #[must_use]
    pub fn level(&self, rule: &str) -> Option<Level> {
        self.setting(rule)?.level
    }

    /// The level of a rule and where it comes from; `None` where no rule has the name.
    #[must_use]
    pub fn setting(&self, rule: &str) -> Option<&RuleSetting> {
        let at = self.rules.binary_search_by(|setting| setting.rule.cmp(rule)).ok()?;
        self.rules.get(at)
    }

    /// Every rule, in the order of their names.
    #[must_use]
    pub fn rules(&self) -> &[RuleSetting] {
        &self.rules
    }
}

/// The command line wins over overrides, the last of those that take the file over
/// the ones before it, all of them over the rest of the file, and a level that was set
/// by hand over what the profile has.
pub(super) fn settings_for(config: &Config, path: &str) -> FileSettings {
    let overrides: Vec<(&Override, &str)> = config
        .overrides
        .iter()
        .filter_map(|entry| Some((entry, entry.paths.matched(path)?.text.as_str())))
        .collect();
    let origin = |line: u32, pattern: &str| Origin::Override { line, pattern: pattern.to_owned() };
    let profile = match config.forced_profile {
        Some(value) => Set { value, origin: Origin::CommandLine },
        None => overrides
            .iter()
            .rev()
            .find_map(|(entry, pattern)| {
                let (value, line) = entry.profile?;
                Some(Set { value, origin: origin(line, pattern) })
            })
            .unwrap_or_else(|| config.profile.clone()),
    };
    let mut rules: Vec<RuleSetting> =
        config.known.iter().map(|rule| from_profile(rule, profile.value)).collect();
    rules.sort_by_key(|setting| setting.rule);
    let mut set = |rule: &str, level: Option<Level>, origin: Origin| {
        if let Ok(at) = rules.binary_search_by(|setting| setting.rule.cmp(rule)) {
            rules[at].level = level;
            rules[at].origin = origin;
        }
    };
    for &(rule, level, line) in &config.rules {
        set(rule, level, Origin::File { line });
    }
    for (entry, pattern) in overrides {
        for &(rule, level, line) in &entry.rules {
            set(rule, level, origin(line, pattern));
        }
    }
    FileSettings { profile, rules }
}

fn from_profile(rule: &Rule, profile: Profile) -> RuleSetting {
    RuleSetting { rule: rule.name, level: rule.levels.at(profile), origin: Origin::Profile(profile) }
}
