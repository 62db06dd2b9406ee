//! The one tree that YAML, JSON and TOML are read into.

use crate::text::Span;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// Its bytes in the file; for text in quotes, the bytes between them.
    pub span: Span,
    /// What stands there.
    pub value: T,
}

impl<T> Spanned<T> {
    /// `value`, standing at `span`.
    pub fn new(span: Span, value: T) -> Self {
        Spanned { span, value }
    }

    /// The same place with another value.
    pub fn with<U>(&self, value: U) -> Spanned<U> {
        Spanned { span: self.span, value }
    }
}

impl Spanned<String> {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.value
    }
}

/// A piece of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// All of it, quotes and brackets included.
    pub span: Span,
    /// For text in quotes what is between them, for a YAML block (`|`, `>`) its lines;
    /// for everything else the same as `span`.
    pub content: Span,
    /// What it says.
    pub value: Value,
}

/// What a [`Node`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: `null`, `~`, or a key without a value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written, leading zeros and all.
    Number(String),
    /// Text; dates are text.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys with values, in the order of the file, each key once.
    Mapping(Vec<Field>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
}

impl Field {
    /// Key and value together.
    #[must_use]
    pub fn span(&self) -> Span {
        self.key.span.cover(self.value.span)
    }
}

impl Node {
    /// A node without quotes around it.
    #[must_use]
    pub fn new(span: Span, value: Value) -> Self {
        Node { span, content: span, value }
    }

    /// The value of `key`, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.fields().iter().find(|field| field.key.value == key).map(|field| &field.value)
    }

    /// The fields of a mapping; none for everything else.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        match &self.value {
            Value::Mapping(fields) => fields,
            _ => &[],
        }
    }

    /// The items of a list; none for everything else.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// What a single value says, as it was written: `id: 0311` gives `0311` and
    /// `title: true` gives `true`. `None` for lists, mappings and nothing.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) | Value::Number(text) => Some(text),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// [`as_str`](Self::as_str) with its place, quotes left out.
    #[must_use]
    pub fn text(&self) -> Option<Spanned<String>> {
        self.as_str().map(|text| Spanned::new(self.content, text.to_owned()))
    }

    /// `true` or `false`.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether there is nothing here.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// What this is, for a message: "a mapping".
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }
}
