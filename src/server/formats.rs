//! What clients show of what they are sent: kinds of symbols and completions, and Markdown.

use serde_json::Value;

/// The kinds of symbols or of completions that a client shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds(u64);

impl Default for Kinds {
    /// Those of the protocol's first version, which everybody knows: 1 to 18, of both.
    fn default() -> Kinds {
        Kinds((1..=18).fold(0, |all, kind| all | 1 << kind))
    }
}

impl Kinds {
    /// Those of a `valueSet`; of who has none, those of the first version.
    pub(super) fn read(set: Option<&Value>) -> Kinds {
        let Some(set) = set.and_then(Value::as_array) else { return Kinds::default() };
        let kinds = set.iter().filter_map(Value::as_u64).filter(|kind| *kind < u64::from(u64::BITS));
        Kinds(kinds.fold(0, |all, kind| all | 1 << kind))
    }

    /// The kind where the client shows it, and otherwise one of the first version that is like it.
    pub(super) fn either<K: Copy + Into<u32>>(self, kind: K, older: K) -> K {
        let number: u32 = kind.into();
        if number < u64::BITS && self.0 & 1 << number != 0 { kind } else { older }
    }
}

/// How texts for people may be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TextFormat {
    /// The client does not say, and knows nothing but strings.
    #[default]
    Unsaid,
    /// As plain text.
    Plain,
    /// As Markdown.
    Markdown,
}

impl TextFormat {
    /// From the list of formats that a client takes, if it has one.
    pub(super) fn read(formats: Option<&Value>) -> TextFormat {
        match formats.and_then(Value::as_array) {
            None => TextFormat::Unsaid,
            Some(formats) if formats.iter().any(|format| format == "markdown") => TextFormat::Markdown,
            Some(_) => TextFormat::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Kinds;

    #[test]
    fn kinds_are_those_that_were_said() {
        let old = Kinds::read(None);
        assert_eq!((old.either(18_u32, 1), old.either(19_u32, 1)), (18, 1));
        let said = Kinds::read(Some(&json!([2, 19, 64, -1, "x"])));
        assert_eq!((said.either(19_u32, 1), said.either(18_u32, 1), said.either(64_u32, 1)), (19, 1, 1));
    }
}

/// What a client knows of diagnostics besides where and what: of the others it is told nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DiagnosticParts {
    /// Places that belong to one.
    pub(super) related: bool,
    /// Where a rule is described.
    pub(super) described: bool,
    /// What is kept for whoever mends it.
    pub(super) data: bool,
    /// That something is of no use, or withdrawn.
    pub(super) tags: bool,
}

impl DiagnosticParts {
    /// From the client's capabilities; what it knows of those that it asks for it knows of
    /// those that it is told.
    pub(super) fn read(all: &Value) -> Self {
        let said = |name: &str| {
            ["publishDiagnostics", "diagnostic"]
                .iter()
                .filter_map(|way| all.pointer(&format!("/textDocument/{way}/{name}")))
                .any(|said| said.is_object() || *said == Value::Bool(true))
        };
        DiagnosticParts {
            related: said("relatedInformation"),
            described: said("codeDescriptionSupport"),
            data: said("dataSupport"),
            tags: said("tagSupport"),
        }
    }
}
