//! Getting typed values out of fields, with a problem for what is something else.

use super::source::Choice;
use super::{PersonName, Read, Text};
use crate::data::{Field, Node, Problem, Spanned, Value};
use crate::text::Span;

/// Reads fields of one file and collects what is wrong with them.
pub(super) struct Fields<'t> {
    pub(super) text: &'t str,
    pub(super) problems: Vec<Problem>,
}

impl<'t> Fields<'t> {
    pub(super) fn new(text: &'t str, problems: Vec<Problem>) -> Self {
        Fields { text, problems }
    }

    /// What came of the file, its problems in the order of their places.
    pub(super) fn read<T>(mut self, entries: Vec<T>) -> Read<T> {
        self.problems.sort_by_key(|problem| problem.span);
        Read { entries, problems: self.problems }
    }

    pub(super) fn problem(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(Problem::new(span, message));
    }

    /// What costs its entry.
    pub(super) fn loss(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(Problem::loss(span, message));
    }

    /// A single value. Nothing, and text without a letter in it, is none.
    pub(super) fn text(&mut self, field: &Field) -> Option<Text> {
        self.node_text(&field.value, &field.key.value)
    }

    /// [`text`](Self::text), of a field that is called `name`.
    pub(super) fn node_text(&mut self, node: &Node, name: &str) -> Option<Text> {
        if matches!(node.value, Value::Sequence(_) | Value::Mapping(_)) {
            self.problem(start_of(node), format!("`{name}` is a single value; this is {}", node.kind()));
        }
        node.text().filter(|text| !text.value.trim().is_empty())
    }

    /// A list of values: a list, or one text with commas in it. `what` is what stands
    /// in the list, for messages: "names".
    pub(super) fn list(&mut self, field: &Field, what: &str) -> Vec<Text> {
        let name = &field.key.value;
        match &field.value.value {
            Value::Sequence(items) => {
                let mut texts = Vec::with_capacity(items.len());
                for item in items {
                    if matches!(item.value, Value::Sequence(_) | Value::Mapping(_)) {
                        let message = format!("`{name}` is a list of {what}; this is {}", item.kind());
                        self.problem(start_of(item), message);
                    }
                    texts.extend(item.text().filter(|text| !text.value.trim().is_empty()));
                }
                texts
            }
            Value::Mapping(_) => {
                self.problem(
                    start_of(&field.value),
                    format!("`{name}` is a list of {what}; this is a mapping"),
                );
                Vec::new()
            }
            _ => field.value.text().map(|text| split_list(self.text, &text)).unwrap_or_default(),
        }
    }

    /// One of a few words.
    pub(super) fn choice<T: Choice>(&mut self, name: &str, text: &Text) -> Option<Spanned<T>> {
        let word = text.value.trim().to_lowercase().replace(['_', ' '], "-");
        let found = T::ALL.iter().find(|(known, _)| *known == word).map(|&(_, value)| text.with(value));
        if found.is_none() {
            let words: Vec<_> = T::ALL.iter().map(|(known, _)| format!("`{known}`")).collect();
            self.problem(text.span, format!("`{name}` is one of {}", one_of(&words)));
        }
        found
    }

    /// Says so if the name of a field is one slip away from a known one.
    pub(super) fn unknown(&mut self, key: &Text, known: &[&str], of: &str) {
        let near =
            known.iter().find(|known| known.len() >= 4 && strsim::osa_distance(known, &key.value) == 1);
        if let Some(near) = near {
            self.problem(key.span, format!("{of} has no field `{}`; did you mean `{near}`?", key.value));
        }
    }

    /// The names of CSL: a list of mappings, texts, or one text.
    pub(super) fn names(&mut self, field: &Field) -> Vec<PersonName> {
        let mut names = Vec::new();
        let nodes = match &field.value.value {
            Value::Sequence(items) => items.as_slice(),
            _ => std::slice::from_ref(&field.value),
        };
        for node in nodes {
            match &node.value {
                Value::Mapping(_) => names.extend(csl_name(node)),
                Value::Null => {}
                Value::Sequence(_) => {
                    let name = &field.key.value;
                    self.problem(
                        start_of(node),
                        format!("`{name}` is a list of names; this is a list in it"),
                    );
                }
                _ => names.extend(node.text().map(PersonName::literal)),
            }
        }
        names
    }
}

/// A name in the parts that CSL has for it.
fn csl_name(node: &Node) -> Option<PersonName> {
    let part =
        |key: &str| node.get(key).and_then(Node::as_str).map(str::trim).filter(|part| !part.is_empty());
    let particles = part("dropping-particle").into_iter().chain(part("non-dropping-particle"));
    let family = particles.chain(part("family")).collect::<Vec<_>>().join(" ");
    let name = PersonName {
        span: node.span,
        family: Some(family).filter(|family| !family.is_empty()),
        given: part("given").map(str::to_owned),
        suffix: part("suffix").map(str::to_owned),
        literal: part("literal").or(part("name")).map(str::to_owned),
    };
    (name.family.is_some() || name.given.is_some() || name.literal.is_some()).then_some(name)
}

/// The parts of a text with commas in it, each at its own place if the text stands
/// in the file just as it is, and otherwise all at the place of the whole.
pub(super) fn split_list(text: &str, list: &Text) -> Vec<Text> {
    let exact = list.span.of(text) == list.value;
    let mut start = 0;
    let mut parts = Vec::new();
    for part in list.value.split(',') {
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let at = list.span.start() + start + (part.len() - part.trim_start().len());
            let span = if exact { Span::new(at, at + trimmed.len()) } else { list.span };
            parts.push(Spanned::new(span, trimmed.to_owned()));
        }
        start += part.len() + 1;
    }
    parts
}

/// Where to point at for what is wrong with a node as a whole: its first key or item
/// says enough, and is easier on the eye than a page of it.
pub(super) fn start_of(node: &Node) -> Span {
    match &node.value {
        Value::Mapping(fields) => fields.first().map_or(node.span, |field| field.key.span),
        Value::Sequence(items) => items.first().map_or(node.span, start_of),
        _ => node.span,
    }
}

/// "a, b or c".
pub(super) fn one_of(words: &[String]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.concat(),
    }
}
