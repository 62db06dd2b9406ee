//! Moving a source from an article's front matter to the registry.

use crate::corpus::{Addition, SourceFacts, SourceForm};
use crate::data::{Node, Value};
use crate::diagnostic::Edit;
use crate::text::Span;

use super::page::Page;
use super::remove::{self, dash, end_of_item, line_start};
use super::{Refactoring, RefactoringKind, Work};

pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    let asked = &page.asked;
    if page.facts().is_none() {
        return;
    }
    let range = asked.range;
    let is_here = |source: &&SourceFacts| {
        let span = source.place.span();
        !source.stale && span.start <= range.start && range.end <= span.end
    };
    let Some(source) = asked.file.sources.iter().find(is_here) else { return };
    let addition = asked.corpus.registry_for_source();
    let title = match addition {
        Some(addition) => format!("Move `{}` to {}", source.key, addition.file.path),
        None => format!("Move `{}` to a registry", source.key),
    };
    let work = match addition {
        None => Work::Refused("there is no registry that a source can be added to".to_owned()),
        Some(addition) => match edits(page, source, addition) {
            Ok(_) if asked.may_wait => Work::Later,
            done => done.into(),
        },
    };
    found.push(Refactoring::new(RefactoringKind::MoveSource, title, work));
}

fn edits(page: &Page<'_>, source: &SourceFacts, addition: Addition<'_>) -> Result<Vec<Edit>, String> {
    let asked = &page.asked;
    if asked.corpus.registered_sources(&source.key).count > 0 {
        return Err(format!("a registry has `{}` already", source.key));
    }
    if asked.file.broken {
        return Err("some of the front matter cannot be read".to_owned());
    }
    let text = page.text();
    let key = source.key_place.span();
    let references = remove::references(text).unwrap_or_else(|| Node::new(Span::at(0), Value::Null));
    let item = references.items().iter().find(|item| item.span.contains(key));
    let Some(item) = item else { return Err("it is no item of `references`".to_owned()) };
    let snapshot = source.snapshot.as_deref();
    let entry = match addition.form {
        SourceForm::Yaml(indent) => yaml(text, item, indent, snapshot),
        SourceForm::Json(indent) => Ok(json(item, indent as usize, snapshot, false)),
        SourceForm::Bibtex => Err(format!("{} is BibTeX: write the entry there by hand", addition.file.path)),
    }?;
    let mut edits = match remove::entries(page, &[key]) {
        Some(changes) => page.edits(changes),
        None => return Err("it cannot be taken out here without touching the others".to_owned()),
    };
    edits.push(addition.put(&entry));
    Ok(edits)
}

/// The value of `custom: {snapshot: …}`: a path from the file that it stands in.
fn snapshot_of(item: &Node) -> Option<&Node> {
    item.get("custom")?.get("snapshot")
}

/// An item as it is written, after so many spaces.
fn yaml(text: &str, item: &Node, indent: u32, snapshot: Option<&str>) -> Result<String, String> {
    // An anchor or alias means something only in the file that it stands in.
    let is_anchored =
        |text: &str| text.split_whitespace().any(|word| word.len() > 1 && word.starts_with(['&', '*']));
    if is_anchored(item.span.of(text)) {
        return Err("its entry uses anchors of the front matter".to_owned());
    }
    let is_lines = dash(text, item.span).is_some();
    let end = if is_lines { end_of_item(text, item.span) } else { item.span.end() };
    let mut entry = text[item.span.start()..end].to_owned();
    if let (Some(node), Some(path)) = (snapshot_of(item), snapshot) {
        let at = node.content.start() - item.span.start();
        entry.replace_range(at..at + node.content.len(), &format!("/{path}"));
    }
    let column = item.span.start() - line_start(text, item.span.start());
    let indent = " ".repeat(indent as usize);
    let mut out = String::new();
    for (number, line) in entry.trim_end().lines().enumerate() {
        if number == 0 {
            out.push_str(&format!("{indent}- {line}"));
            continue;
        }
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let rest = &line[spaces.min(column)..];
        out.push('\n');
        if !rest.is_empty() {
            out.push_str(&format!("{indent}  {rest}"));
        }
    }
    Ok(out)
}

/// A node in JSON, its last bracket after so many spaces.
fn json(node: &Node, indent: usize, snapshot: Option<&str>, in_custom: bool) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let (inner, outer) = (" ".repeat(indent + 2), " ".repeat(indent));
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        // A number in YAML need not be one in JSON: `0311`.
        Value::Number(number) => match serde_json::from_str::<serde_json::Number>(number) {
            Ok(_) => number.clone(),
            Err(_) => quoted(number),
        },
        Value::String(text) => quoted(text),
        Value::Sequence(items) if items.is_empty() => "[]".to_owned(),
        Value::Sequence(items) => {
            let items = items.iter().map(|item| format!("{inner}{}", json(item, indent + 2, None, false)));
            format!("[\n{}\n{outer}]", items.collect::<Vec<_>>().join(",\n"))
        }
        Value::Mapping(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Mapping(fields) => {
            let fields = fields.iter().map(|field| {
                let key = field.key.as_str();
                let value = match (key, snapshot) {
                    ("snapshot", Some(path)) if in_custom => quoted(&format!("/{path}")),
                    _ => {
                        json(&field.value, indent + 2, snapshot.filter(|_| key == "custom"), key == "custom")
                    }
                };
                format!("{inner}{}: {value}", quoted(key))
            });
            format!("{{\n{}\n{outer}}}", fields.collect::<Vec<_>>().join(",\n"))
        }
    }
}
