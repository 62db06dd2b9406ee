//! TOML.

mod depth;

use ::toml::Spanned as TomlSpanned;
use ::toml::de::{DeTable, DeValue, Error};

use super::{Field, Node, Parsed, Problem, Spanned, Value, fit};
use crate::text::Span;

/// Reads TOML. All errors are found in one go, and what is right around them stays
/// in use. Numbers and dates are given as they were written.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    if let Some(problem) = depth::too_deep(text) {
        return Parsed { root: None, problems: vec![problem] };
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let fields = fields(text, table.get_ref());
    let root = Node::new(Span::new(0, text.len()), Value::Mapping(fields));
    let mut problems: Vec<_> = errors.iter().map(|error| explain(text, error)).collect();
    problems.sort_by_key(|problem| problem.span);
    // One mistake often makes the parser stumble several times in a line.
    let mut line_end = None;
    problems.retain(|problem| {
        let first = line_end.is_none_or(|end| problem.span.start() > end);
        if first {
            let at = problem.span.start();
            line_end =
                Some(memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |offset| at + offset));
        }
        first
    });
    Parsed { root: Some(root), problems }
}

/// The fields of a table in the order of the file, which the parser does not keep.
fn fields(text: &str, table: &DeTable<'_>) -> Vec<Field> {
    let mut fields: Vec<_> = table
        .iter()
        .map(|(key, value)| Field {
            key: Spanned::new(inside(text, fit(text, key.span())), key.get_ref().to_string()),
            value: node(text, value),
        })
        .collect();
    fields.sort_by_key(|field| field.key.span);
    fields
}

fn node(text: &str, value: &TomlSpanned<DeValue<'_>>) -> Node {
    let span = fit(text, value.span());
    match value.get_ref() {
        DeValue::String(value) => {
            Node { span, content: inside(text, span), value: Value::String(value.to_string()) }
        }
        DeValue::Boolean(value) => Node::new(span, Value::Bool(*value)),
        DeValue::Integer(_) | DeValue::Float(_) => Node::new(span, Value::Number(span.of(text).to_owned())),
        DeValue::Datetime(_) => Node::new(span, Value::String(span.of(text).to_owned())),
        DeValue::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| node(text, item)).collect();
            let span = items.iter().fold(span, |span, item| span.cover(item.span));
            Node::new(span, Value::Sequence(items))
        }
        // The parser gives a table the place of its header.
        DeValue::Table(table) => {
            let fields = fields(text, table);
            let span = fields.iter().fold(span, |span, field| span.cover(field.span()));
            Node::new(span, Value::Mapping(fields))
        }
    }
}

/// What is between the quotation marks of a key or value, or all of it.
fn inside(text: &str, span: Span) -> Span {
    let all = span.of(text);
    let marks = ["\"\"\"", "'''", "\"", "'"]
        .into_iter()
        .find(|marks| all.len() >= 2 * marks.len() && all.starts_with(marks) && all.ends_with(marks));
    let marks = marks.map_or(0, str::len);
    Span::new(span.start() + marks, span.end() - marks)
}

fn explain(text: &str, error: &Error) -> Problem {
    let span = error.span().map_or_else(|| Span::at(0), |range| fit(text, range));
    let message = match error.message() {
        "duplicate key" => format!("`{}` is given twice; the first is used", span.of(text)),
        other => other.replace("extra ", "an extra "),
    };
    Problem::loss(span, message)
}

#[cfg(test)]
mod tests;
