//! What the editor's settings say, in their section `newsmark`: which features are on. How
//! strict newsmark is and what belongs to a corpus is none of theirs: that stands in
//! `newsmark.toml`, which everybody shares.

use std::collections::BTreeSet;

use serde_json::Value;

/// The section of an editor's settings.
pub(super) const SECTION: &str = "newsmark";

/// The features that can be switched off, each with the methods that are answered by
/// nothing then. Diagnostics are none of these: who switches them off is told that there are
/// none.
const FEATURES: &[(&str, &[&str])] = &[
    ("callHierarchy", &["textDocument/prepareCallHierarchy", "callHierarchy/"]),
    ("codeActions", &["textDocument/codeAction", "codeAction/"]),
    ("codeLens", &["textDocument/codeLens", "codeLens/"]),
    ("completion", &["textDocument/completion", "completionItem/"]),
    ("definition", &["textDocument/definition", "textDocument/declaration"]),
    ("diagnostics", &[]),
    ("documentHighlight", &["textDocument/documentHighlight"]),
    ("documentLinks", &["textDocument/documentLink", "documentLink/"]),
    ("documentSymbols", &["textDocument/documentSymbol"]),
    ("folding", &["textDocument/foldingRange"]),
    (
        "formatting",
        &["textDocument/formatting", "textDocument/rangeFormatting", "textDocument/onTypeFormatting"],
    ),
    ("hover", &["textDocument/hover"]),
    ("implementation", &["textDocument/implementation"]),
    ("inlayHints", &["textDocument/inlayHint", "inlayHint/"]),
    ("linkedEditing", &["textDocument/linkedEditingRange"]),
    ("references", &["textDocument/references"]),
    ("rename", &["textDocument/rename", "textDocument/prepareRename", "workspace/willRenameFiles"]),
    ("selectionRange", &["textDocument/selectionRange"]),
    ("semanticTokens", &["textDocument/semanticTokens/"]),
    ("typeDefinition", &["textDocument/typeDefinition"]),
    ("typeHierarchy", &["textDocument/prepareTypeHierarchy", "typeHierarchy/"]),
    ("workspaceSymbols", &["workspace/symbol", "workspaceSymbol/"]),
];

/// The settings of an editor, as it said them last. What it does not say is on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// The features that are off, by their names in [`FEATURES`].
    off: BTreeSet<&'static str>,
    /// The kinds of inlay hints that are off, as they are spelt in the settings.
    hints_off: BTreeSet<String>,
}

impl Settings {
    /// Reads a section, which may stand within one more object under its name. What cannot be
    /// understood is as if nobody had said it, and said to the log.
    pub(super) fn read(section: &Value) -> Settings {
        let section = section.get(SECTION).unwrap_or(section);
        let mut settings = Settings::default();
        for (name, value) in entries(section, "features") {
            let Some((feature, _)) = FEATURES.iter().find(|(feature, _)| *feature == name) else {
                tracing::warn!(
                    "the editor's settings name a feature under `newsmark.features` that there is not"
                );
                continue;
            };
            if value == Some(false) {
                settings.off.insert(feature);
            }
        }
        for (name, value) in entries(section, "inlayHints") {
            if value == Some(false) {
                settings.hints_off.insert(name.to_owned());
            }
        }
        settings
    }

    /// Whether a feature is on, by its name in the settings.
    pub(super) fn is_on(&self, feature: &str) -> bool {
        !self.off.contains(feature)
    }

    /// Whether inlay hints of a kind are on, by its name under `newsmark.inlayHints`. Where
    /// `newsmark.features.inlayHints` is off, none are asked for at all.
    pub(super) fn shows_hints(&self, kind: &str) -> bool {
        !self.hints_off.contains(kind)
    }

    /// Whether a request is answered by nothing, since its feature is off.
    pub(super) fn silences(&self, method: &str) -> bool {
        let is_it = |name: &&str| *name == method || name.ends_with('/') && method.starts_with(*name);
        let feature = FEATURES.iter().find(|(_, methods)| methods.iter().any(is_it));
        feature.is_some_and(|(feature, _)| !self.is_on(feature))
    }
}

/// The switches under a name of the section: `None` where one is neither on nor off.
fn entries<'v>(section: &'v Value, name: &str) -> impl Iterator<Item = (&'v str, Option<bool>)> {
    let entries = section.get(name).and_then(Value::as_object);
    entries.into_iter().flatten().map(|(name, value)| {
        if !value.is_boolean() {
            tracing::warn!("one of the editor's settings for newsmark is neither `true` nor `false`");
        }
        (&**name, value.as_bool())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_off_is_answered_by_nothing() {
        let settings = Settings::read(&json!({ "features": { "hover": false, "semanticTokens": false } }));
        assert!(settings.silences("textDocument/hover"));
        assert!(settings.silences("textDocument/semanticTokens/full/delta"));
        assert!(!settings.silences("textDocument/definition"));
        assert!(!settings.silences("workspace/executeCommand"));
        assert_eq!(Settings::read(&json!({ "newsmark": { "features": { "hover": false } } })), {
            Settings::read(&json!({ "features": { "hover": false } }))
        });
    }

    #[test]
    fn what_nobody_understands_is_as_if_unsaid() {
        for said in [
            json!(null),
            json!(7),
            json!([]),
            json!({ "features": [] }),
            json!({ "features": { "hover": "off", "telepathy": false } }),
            json!({ "newsmark": null }),
        ] {
            assert_eq!(Settings::read(&said), Settings::default(), "{said}");
        }
    }

    /// A feature that cannot be found in the guide cannot be switched off.
    #[test]
    fn the_guide_has_all_of_them() {
        let guide = include_str!("../../docs/editors.md");
        for (feature, _) in FEATURES {
            assert!(guide.contains(&format!("`{feature}`")), "{feature}");
        }
        assert!(FEATURES.is_sorted());
    }
}
