//! Which findings are reported.

use anyhow::bail;

use crate::cli::args::Check;
use crate::config::nearest;
use crate::diagnostic::{Diagnostic, Level};
use crate::rules::{self, Rule};

/// What `--rule`, `--except` and `--level` leave.
pub(super) struct Selection {
    /// All of them where there are none.
    only: Vec<&'static str>,
    except: Vec<&'static str>,
    least: Level,
}

impl Selection {
    /// What the arguments say; an error where one names no rule.
    pub(super) fn new(args: &Check) -> anyhow::Result<Selection> {
        let named = |names: &[String]| names.iter().map(|name| Ok(rule(name)?.name)).collect();
        let only: anyhow::Result<Vec<_>> = named(&args.rule);
        let except: anyhow::Result<Vec<_>> = named(&args.except);
        let least = args.level.map_or(Level::Hint, Level::from);
        Ok(Selection { only: only?, except: except?, least })
    }

    /// Whether all that a rule finds is taken.
    pub(super) fn takes_all_of(&self, rule: &str) -> bool {
        self.least == Level::Hint
            && (self.only.is_empty() || self.only.contains(&rule))
            && !self.except.contains(&rule)
    }

    pub(super) fn takes(&self, finding: &Diagnostic) -> bool {
        finding.level >= self.least
            && (self.only.is_empty() || self.only.contains(&finding.rule))
            && !self.except.contains(&finding.rule)
    }
}

/// The rule of that name.
///
/// # Errors
/// Where there is none, with what was perhaps meant.
pub(in crate::cli) fn rule(name: &str) -> anyhow::Result<&'static Rule> {
    let Some(rule) = rules::by_name(name) else {
        match nearest(name, rules::ALL.iter().map(|rule| rule.name)) {
            Some(near) => bail!("there is no rule `{name}`: did you mean `{near}`?"),
            None => bail!("there is no rule `{name}`: `newsmark rules` lists them all"),
        }
    };
    Ok(rule)
}
