//! Ids that are edited together, over the pipe.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const TEXT: &str = "---\ndate: 2026-03-11\n---\n\n[x]{.claim #road} [y]{.claim disputes=#road}\n";

#[test]
fn an_id_and_its_uses_are_edited_together() {
    let folder = Folder::new(&[("newsmark.toml", ""), ("a.md", TEXT)]);
    let mut client = Client::in_folder(&folder);
    let address = uri(&folder, "a.md");
    client.open(&address, 1, TEXT);
    let linked = client.ask("textDocument/linkedEditingRange", Client::at(&address, 4, 14));
    let starts: Vec<&Value> = linked["ranges"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|range| &range["start"]["character"])
        .collect();
    assert_eq!(starts, [&json!(12), &json!(39)]);
    assert!(linked["wordPattern"].as_str().is_some_and(|pattern| !pattern.is_empty()));
    for character in [1, 6] {
        let at = Client::at(&address, 4, character);
        assert_eq!(client.ask("textDocument/linkedEditingRange", at), Value::Null);
    }
}
