//! What the settings mean, for whatever explains or offers them: as the schema has it.

use std::sync::LazyLock;

use serde_json::Value;

use super::schema::schema;
use crate::data::term::Term;

/// The words for how strict newsmark is.
pub const PROFILE: Term = Term::new("profile", "a word", "How strict newsmark is").with(&[
    ("draft", "While writing: the markup, and what it points at"),
    ("standard", "While editing: sourcing and fairness, too"),
    ("publish", "Before it goes out: warnings are errors, and hints are warnings"),
]);

/// The words for how bad what a rule finds is.
pub const LEVEL: Term = Term::new("level", "a word", "How bad what the rule finds is").with(&[
    ("error", "It has to be mended: the check fails"),
    ("warning", "It is to be looked at. The check fails only where that is asked for"),
    ("hint", "It is shown in passing"),
    ("off", "It is not looked for"),
]);

/// A key of `newsmark.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<'s> {
    /// What it means, with a full stop. What stands between backticks is code.
    pub meaning: &'s str,
    /// What holds where it is not set, as it would be written.
    pub default: Option<String>,
}

/// The setting at a path of keys from the top; lists do not count as a step. Nothing of keys
/// that the schema does not describe, and of names that people choose.
#[must_use]
pub fn setting(path: &[&str]) -> Option<Setting<'static>> {
    static SCHEMA: LazyLock<Value> = LazyLock::new(schema);
    let root: &'static Value = &SCHEMA;
    // A definition may stand elsewhere.
    let there = |node: &'static Value| match node["$ref"].as_str().and_then(|at| at.strip_prefix('#')) {
        Some(at) => root.pointer(at).unwrap_or(node),
        None => node,
    };
    let (mut node, mut own) = (root, root);
    for key in path {
        let mut around = there(node);
        if let Some(items) = around.get("items") {
            around = there(items);
        }
        own = around.get("properties")?.get(*key)?;
        node = own;
    }
    let meaning = own["description"].as_str().or_else(|| there(own)["description"].as_str())?;
    let default = own.get("default").map(|default| match default {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    });
    Some(Setting { meaning, default })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::super::value::{LEVELS, PROFILES};
    use super::*;

    #[test]
    fn every_setting_has_a_meaning() {
        let tables: [(&[&str], &[&str]); 5] = [
            (&[], read::TOP),
            (&["corpus"], read::CORPUS),
            (&["suppressions"], read::SUPPRESSIONS),
            (&["pictures"], read::PICTURES),
            (&["overrides"], read::OVERRIDE),
        ];
        for (table, keys) in tables {
            for key in keys {
                let path: Vec<&str> = table.iter().chain([key]).copied().collect();
                assert!(setting(&path).is_some_and(|setting| !setting.meaning.is_empty()), "{path:?}");
            }
        }
        assert_eq!(setting(&["names", "Norhaven"]), None);
        assert_eq!(setting(&["no-such"]), None);
        let days = setting(&["pictures", "outdated-days"]).and_then(|setting| setting.default);
        assert_eq!(days.as_deref(), Some("30"));
    }

    #[test]
    fn every_word_has_a_meaning() {
        let words = |term: Term| term.words.iter().map(|(word, _)| *word).collect::<Vec<_>>();
        assert_eq!(words(LEVEL), LEVELS.iter().map(|(word, _)| *word).collect::<Vec<_>>());
        assert_eq!(words(PROFILE), PROFILES.iter().map(|(word, _)| *word).collect::<Vec<_>>());
    }
}
