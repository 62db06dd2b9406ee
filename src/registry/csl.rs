//! Sources in CSL, as JSON or YAML.

use super::fields::{Fields, start_of};
use super::{Read, Source};
use crate::data::{Field, Node, Parsed, Value, json, yaml};
use crate::text::one_edit_away;

/// The fields that newsmark reads under `custom:`.
pub(super) const CUSTOM: &[&str] = &[
    "issuer",
    "relays",
    "article",
    "terms",
    "anonymity-reason",
    "known-to",
    "standing",
    "standing-date",
    "standing-note",
    "superseded-by",
    "snapshot",
    "archive-url",
];

/// Reads CSL-JSON: a list of items.
#[must_use]
pub fn read_sources_csl_json(text: &str) -> Read<Source> {
    read(text, json::parse(text))
}

/// Reads CSL-YAML: a list of items, at the top or under `references:`.
#[must_use]
pub fn read_sources_csl_yaml(text: &str) -> Read<Source> {
    read(text, yaml::parse_file(text))
}

/// Reads the value of `references:` in the front matter of the article `text`.
#[must_use]
pub fn read_references(text: &str, references: &Node) -> Read<Source> {
    let mut fields = Fields::new(text, Vec::new());
    let entries = fields.sources(references);
    fields.read(entries)
}

fn read(text: &str, parsed: Parsed) -> Read<Source> {
    let mut fields = Fields::new(text, parsed.problems);
    let entries = match &parsed.root {
        Some(root) => fields.sources(root.get("references").unwrap_or(root)),
        None => Vec::new(),
    };
    fields.read(entries)
}

impl Fields<'_> {
    fn sources(&mut self, list: &Node) -> Vec<Source> {
        match &list.value {
            Value::Sequence(items) => items.iter().filter_map(|item| self.source(item)).collect(),
            Value::Null => Vec::new(),
            _ => {
                let message = format!("a bibliography is a list, `- id: …`; this is {}", list.kind());
                self.loss(start_of(list), message);
                Vec::new()
            }
        }
    }

    fn source(&mut self, node: &Node) -> Option<Source> {
        let Value::Mapping(all) = &node.value else {
            if !node.is_null() {
                self.loss(start_of(node), format!("a source has fields, `id: …`; this is {}", node.kind()));
            }
            return None;
        };
        let id = node.get("id");
        let Some(key) = id.and_then(|id| self.node_text(id, "id")) else {
            if id.is_none_or(|id| id.as_str().is_some() || id.is_null()) {
                self.loss(start_of(node), "a source needs an `id` to be cited by; this one is left out");
            }
            return None;
        };
        let mut source = Source::new(key, node.span);
        for field in all {
            match field.key.value.as_str() {
                "type" => source.kind = self.text(field),
                "title" => source.title = self.text(field),
                "author" => source.authors = self.names(field),
                "editor" => source.editors = self.names(field),
                "publisher" => source.publisher = self.text(field),
                "container-title" => source.container_title = self.text(field),
                "issued" => source.issued = self.csl_date(field),
                "accessed" => source.accessed = self.csl_date(field),
                "URL" | "url" => source.url = self.text(field),
                "DOI" | "doi" => source.doi = self.text(field),
                "page" => source.pages = self.text(field),
                "number-of-pages" => source.number_of_pages = self.text(field),
                "medium" => source.medium = self.text(field),
                "dimensions" => source.dimensions = self.text(field),
                "language" => source.language = self.text(field),
                "custom" => self.custom(field, &mut source),
                // CSL has none of these: here they would be silently without effect.
                key if CUSTOM.contains(&key) && key != "article" => {
                    source.guarded |= is_about_terms(key);
                    let message = format!("`{key}` is read under `custom:` only: `custom: {{{key}: …}}`");
                    self.problem(field.key.span, message);
                }
                _ => {}
            }
        }
        Some(source)
    }

    fn custom(&mut self, custom: &Field, source: &mut Source) {
        if !matches!(custom.value.value, Value::Mapping(_) | Value::Null) {
            let message =
                format!("`custom` holds fields, `custom: {{issuer: …}}`; this is {}", custom.value.kind());
            self.problem(start_of(&custom.value), message);
        }
        for field in custom.value.fields() {
            match field.key.value.as_str() {
                "issuer" => source.issuer = self.text(field),
                "relays" => source.relays = self.list(field, "sources"),
                "article" => source.article = self.text(field),
                "terms" => {
                    source.terms = self.text(field).and_then(|text| self.choice("terms", &text));
                    source.guarded |= source.terms.is_none();
                }
                "anonymity-reason" => {
                    source.anonymity_reason = self.text(field);
                    source.guarded = true;
                }
                "known-to" => {
                    source.known_to = self.text(field);
                    source.guarded = true;
                }
                "standing" => {
                    source.standing = self.text(field).and_then(|text| self.choice("standing", &text))
                }
                "standing-date" => source.standing_date = self.csl_date(field),
                "standing-note" => source.standing_note = self.text(field),
                "superseded-by" => source.superseded_by = self.text(field),
                "snapshot" => source.snapshot = self.text(field),
                "archive-url" => source.archive_url = self.text(field),
                key => {
                    source.guarded |= is_about_terms(key);
                    self.unknown(&field.key, CUSTOM, "`custom`");
                }
            }
        }
    }
}

/// Whether a field, misspelt or not, says on what terms a source speaks or who knows it.
fn is_about_terms(key: &str) -> bool {
    let known = ["terms", "known-to", "anonymity-reason"];
    known.iter().any(|known| *known == key || one_edit_away(known, key))
}
