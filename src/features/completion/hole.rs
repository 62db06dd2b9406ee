//! What is filled: a stretch of the text, and how what is put there has to be written.

use std::borrow::Cow;

use crate::data::yaml;

/// A stretch of a text that is being typed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hole {
    /// Where it begins.
    pub(super) start: usize,
    /// The cursor.
    pub(super) at: usize,
    /// Where the word at the cursor ends.
    pub(super) end: usize,
    /// How what is put there is written.
    pub(super) writing: Writing,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// As it is.
    Plain,
    /// The value of an attribute, in quotes where it needs some.
    Attribute,
    /// A part of the value of an attribute that is a list without quotes.
    AttributePart,
    /// YAML without quotes, which are added where they are needed.
    Yaml,
    /// In double quotes, with what may not stand there escaped; of JSON and YAML.
    Json,
    /// JSON where the quotes are still to come.
    JsonBare,
    /// Between these quotes of an attribute.
    Quoted(char),
    /// Between single quotes of YAML.
    Single,
}

impl Writing {
    /// `value` written so; nothing where it cannot be.
    pub(super) fn of(self, value: &str) -> Option<Cow<'_, str>> {
        let is_line = !value.contains(['\n', '\r']);
        match self {
            _ if !is_line => None,
            Writing::Plain => Some(Cow::Borrowed(value)),
            Writing::Attribute if is_bare(value) => Some(Cow::Borrowed(value)),
            Writing::Attribute => Some(Cow::Owned(format!("\"{}\"", escaped(value, '"')))),
            Writing::AttributePart => is_bare(value).then_some(Cow::Borrowed(value)),
            Writing::Yaml => Some(yaml::scalar(value)),
            Writing::Json => {
                let quoted = serde_json::Value::from(value).to_string();
                Some(Cow::Owned(quoted[1..quoted.len() - 1].to_owned()))
            }
            Writing::JsonBare => Some(Cow::Owned(serde_json::Value::from(value).to_string())),
            Writing::Quoted(quote) => Some(Cow::Owned(escaped(value, quote))),
            Writing::Single => Some(Cow::Owned(value.replace('\'', "''"))),
        }
    }
}

fn is_bare(value: &str) -> bool {
    !value.is_empty()
        && !value.starts_with(['"', '\''])
        && !value.contains(|c: char| c.is_whitespace() || matches!(c, '}' | '\\' | '"'))
}

fn escaped(value: &str, quote: char) -> String {
    value.replace('\\', "\\\\").replace(quote, &format!("\\{quote}"))
}
