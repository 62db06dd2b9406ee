//! What the tests of the readers share.

use std::fmt::Write;

use super::{MAX_DEPTH, Node, Problem, Value};
use crate::text::Span;

/// A tree on one line: text is in quotes, numbers are not.
pub(super) fn show(node: &Node) -> String {
    let mut out = String::new();
    write(node, &mut out);
    out
}

fn write(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push('~'),
        Value::Bool(value) => write!(out, "{value}").expect("strings take text"),
        Value::Number(value) => out.push_str(value),
        Value::String(value) => write!(out, "{value:?}").expect("strings take text"),
        Value::Sequence(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                write(item, out);
            }
            out.push(']');
        }
        Value::Mapping(fields) => {
            out.push('{');
            for (index, field) in fields.iter().enumerate() {
                write!(out, "{}{}: ", if index > 0 { ", " } else { "" }, field.key.value)
                    .expect("strings take text");
                write(&field.value, out);
            }
            out.push('}');
        }
    }
}

/// The line of a problem, the text that it points at, and what it says of it.
pub(super) fn show_problem(text: &str, problem: &Problem) -> String {
    let line = text[..problem.span.start()].matches('\n').count() + 1;
    format!("{line} {:?} {}", problem.span.of(text), problem.message)
}

/// Asserts that places lie in the text, on characters, and within each other.
pub(super) fn check(text: &str, inside: Span, root: Option<&Node>, problems: &[Problem]) {
    let sound = |span: Span| {
        assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} in {text:?}");
        assert!(inside.contains(span), "{span:?} is outside of {inside:?} in {text:?}");
    };
    for problem in problems {
        sound(problem.span);
        assert!(!problem.message.is_empty() && !problem.message.ends_with('.'), "{problem:?}");
    }
    if let Some(root) = root {
        check_node(root, &sound, 0);
    }
}

fn check_node(node: &Node, sound: &dyn Fn(Span), depth: usize) {
    assert!(depth <= MAX_DEPTH + 1, "nested too deeply");
    sound(node.span);
    assert!(node.span.contains(node.content), "{node:?}");
    for item in node.items() {
        assert!(node.span.contains(item.span), "{node:?}");
        check_node(item, sound, depth + 1);
    }
    for field in node.fields() {
        assert!(node.span.contains(field.key.span), "{:?} {node:?}", field.key);
        assert!(node.span.contains(field.value.span), "{:?} {node:?}", field.key);
        check_node(&field.value, sound, depth + 1);
    }
}
