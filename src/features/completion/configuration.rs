//! What is typed in `newsmark.toml`: what its schema says.

use std::sync::LazyLock;

use serde_json::Value;

use crate::config;
use crate::rules;

use super::desk::{Desk, Offer, Text};
use super::hole::Writing;
use super::names::Naming;
use super::{CompletionKind, Described};

static SCHEMA: LazyLock<Value> = LazyLock::new(config::schema);

pub(super) fn offer(desk: &mut Desk<'_>) -> Option<()> {
    let before = &desk.text[..desk.offset];
    let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = &before[line_start..];
    if line.contains('#') {
        return None;
    }
    if let Some(table) = line.trim_start().strip_prefix('[') {
        let table = table.strip_prefix('[').unwrap_or(table);
        if table.contains(']') {
            return None;
        }
        let end = desk.word_end(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        desk.fill(desk.offset - table.len(), end, Writing::Plain);
        let top = properties(&SCHEMA)?;
        for (name, schema) in top {
            let is_list = line.trim_start().starts_with("[[");
            let fits = match resolved(schema).get("type") {
                Some(kind) if is_list => has_type(kind, "array"),
                Some(kind) => has_type(kind, "object"),
                None => !is_list,
            };
            if fits {
                desk.add(Offer::word(name, description(schema), CompletionKind::Key));
            }
        }
        return Some(());
    }
    // The last table's header above.
    let header = before[..line_start].lines().rev().map(str::trim).find(|line| line.starts_with('['));
    let table = header.map_or("", |header| header.trim_matches(['[', ']', ' ']));
    let (table, inner) = table.split_once('.').map_or((table, None), |(table, inner)| (table, Some(inner)));
    let is_rules = table == "rules" || table == "overrides" && inner == Some("rules");
    let schema = match table {
        "" => Some(&*SCHEMA),
        _ => properties(&SCHEMA)?.get(table).map(resolved),
    };
    let schema = schema.map(|schema| schema.get("items").map_or(schema, resolved));
    let Some((key, value)) = line.split_once('=') else {
        let typed = line.trim_start();
        if typed.contains(|c: char| c.is_whitespace() || c == '"') {
            return None;
        }
        let end = desk.word_end(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        let after = if desk.text[end..].trim_start_matches(' ').starts_with('=') { "" } else { " = " };
        desk.fill(desk.offset - typed.len(), end, Writing::Plain);
        if is_rules {
            rule_names(desk, after);
            return Some(());
        }
        for (name, schema) in properties(schema?)? {
            let text = match table_marks(schema).filter(|_| table.is_empty() && !after.is_empty()) {
                Some((open, close)) => Text::Exact(format!("{open}{name}{close}")),
                None => Text::Exact(format!("{name}{after}")),
            };
            desk.add(Offer { text, ..Offer::word(name, description(schema), CompletionKind::Key) });
        }
        return Some(());
    };
    let (key, value) = (key.trim().trim_matches('"'), value.trim_start());
    let quote = value.starts_with('"');
    let typed = &value[usize::from(quote)..];
    if typed.contains('"') || typed.starts_with(['[', '{']) {
        return None;
    }
    let end = desk.word_end(|c| !matches!(c, '"' | '\n' | '\r' | '#'));
    let end = if quote && desk.text[end..].starts_with('"') { end } else { desk.offset };
    desk.fill(desk.offset - typed.len(), end, if quote { Writing::Json } else { Writing::JsonBare });
    if table == "names" {
        desk.entities(|_| true, 0, Naming::Id);
        return Some(());
    }
    let words: Vec<String> = match (is_rules, key) {
        (true, _) => ["off", "hint", "warning", "error"].map(str::to_owned).to_vec(),
        (false, _) => choices(resolved(properties(schema?)?.get(key)?)),
    };
    for word in &words {
        if matches!(word.as_str(), "true" | "false") {
            let offer = Offer::word(word, "", CompletionKind::Word);
            desk.add(Offer { text: Text::Exact(word.clone()), ..offer });
        } else {
            desk.add(Offer::word(word, "", CompletionKind::Word));
        }
    }
    (!words.is_empty()).then_some(())
}

fn rule_names(desk: &mut Desk<'_>, after: &str) {
    for &name in rules::names() {
        let summary = rules::by_name(name).map_or("", |rule| rule.summary);
        desk.add(Offer {
            text: Text::Exact(format!("{name}{after}")),
            subject: Described::Rule(name.to_owned()),
            ..Offer::word(name, summary, CompletionKind::Rule)
        });
    }
}

fn properties(schema: &'static Value) -> Option<&'static serde_json::Map<String, Value>> {
    resolved(schema).get("properties")?.as_object()
}

/// A part of the schema that stands elsewhere in it.
fn resolved(schema: &'static Value) -> &'static Value {
    let alternatives = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    let reference = std::iter::once(schema).chain(alternatives).find_map(|one| one.get("$ref")?.as_str());
    let target = reference.and_then(|path| SCHEMA.pointer(path.strip_prefix('#')?));
    target.unwrap_or(schema)
}

/// What a table's name stands between, where the schema is that of a table or a list of them.
fn table_marks(schema: &'static Value) -> Option<(&'static str, &'static str)> {
    let is = |schema: &'static Value, name: &str| {
        resolved(schema).get("type").is_some_and(|kind| has_type(kind, name))
    };
    let items = resolved(schema).get("items");
    match items.filter(|_| is(schema, "array")) {
        Some(items) => is(items, "object").then_some(("[[", "]]")),
        None => is(schema, "object").then_some(("[", "]")),
    }
}

fn has_type(kind: &Value, name: &str) -> bool {
    kind == name || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == name))
}

fn description(schema: &'static Value) -> &'static str {
    let own = schema.get("description").or_else(|| resolved(schema).get("description"));
    own.and_then(Value::as_str).unwrap_or_default()
}

/// The words that a value is one of.
fn choices(schema: &'static Value) -> Vec<String> {
    let alternatives = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(*key)?.as_array()).flatten();
    let constants = alternatives.clone().filter_map(|one| one.get("const")?.as_str());
    let lists = std::iter::once(schema).chain(alternatives).filter_map(|one| one.get("enum")?.as_array());
    let words = lists.flatten().filter_map(Value::as_str).chain(constants);
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    if schema.get("type").is_some_and(|kind| has_type(kind, "boolean")) {
        words.extend(["true".to_owned(), "false".to_owned()]);
    }
    words
}
