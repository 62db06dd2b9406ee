//! References over the pipe: whole, in parts, and cancelled.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

/// More articles than one part looks at.
const ARTICLES: usize = 600;

fn desk() -> Folder {
    let folder = Folder::new(&[]);
    folder.write("newsmark.toml", "");
    folder.write("entities.yaml", "- id: kasra\n  type: place\n");
    for number in 0..ARTICLES {
        let text = format!("---\ndate: 2026-03-11\n---\n\n[[kasra]] {number} [[kasra|there]]\n");
        folder.write(&format!("{number:03}.md"), &text);
    }
    folder
}

fn question(folder: &Folder, more: Value) -> Value {
    let mut params = json!({
        "textDocument": { "uri": uri(folder, "000.md") },
        "position": { "line": 4, "character": 3 },
        "context": { "includeDeclaration": true },
    });
    let fields = params.as_object_mut().expect("it is an object");
    fields.extend(more.as_object().expect("it is an object").clone());
    params
}

fn ready(folder: &Folder) -> Client {
    let mut client = Client::in_folder(folder);
    open(&mut client, folder, "000.md");
    client
}

fn open(client: &mut Client, folder: &Folder, path: &str) {
    client.open(&uri(folder, path), 1, &folder.read(path));
    client.settle();
}

fn places(answer: &Value) -> Vec<String> {
    let places = answer.as_array().expect("they are a list").iter();
    places.map(|place| format!("{} {}", place["uri"].as_str().unwrap_or("none"), place["range"])).collect()
}

#[test]
fn all_places_are_told_once_in_order() {
    let folder = desk();
    let mut client = ready(&folder);
    let all = places(&client.ask("textDocument/references", question(&folder, json!({}))));
    assert_eq!(all.len(), ARTICLES * 2 + 1);
    let files: Vec<&str> = all.iter().filter_map(|place| place.split(' ').next()).collect();
    assert!(files.is_sorted(), "files come in order");
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "none comes twice");
    let mut without = question(&folder, json!({}));
    without["context"]["includeDeclaration"] = json!(false);
    let uses = places(&client.ask("textDocument/references", without));
    assert_eq!(uses, all[..ARTICLES * 2], "the registry comes last");
}

#[test]
fn parts_make_the_whole() {
    let folder = desk();
    let mut client = ready(&folder);
    let whole = places(&client.ask("textDocument/references", question(&folder, json!({}))));
    let answer =
        client.ask("textDocument/references", question(&folder, json!({ "partialResultToken": "a part" })));
    assert_eq!(answer, json!([]), "everything was told before");
    let parts = client.told("$/progress");
    let parts: Vec<&Value> = parts.iter().filter(|one| one["token"] == "a part").collect();
    assert!(parts.len() > 1, "{} parts", parts.len());
    let told: Vec<String> = parts.iter().flat_map(|part| places(&part["value"])).collect();
    assert_eq!(told, whole);
}

#[test]
fn where_nothing_is_meant_nothing_is_said() {
    let folder = desk();
    let mut client = ready(&folder);
    let mut nowhere = question(&folder, json!({}));
    nowhere["position"] = json!({ "line": 1, "character": 0 });
    assert_eq!(client.ask("textDocument/references", nowhere), Value::Null);
    let mut unknown = question(&folder, json!({}));
    unknown["textDocument"]["uri"] = json!(uri(&folder, "001.md"));
    assert_eq!(client.ask("textDocument/references", unknown), Value::Null, "it is not open");
}

#[test]
fn highlights_tell_what_defines_from_what_uses() {
    let folder = desk();
    folder.write("600.md", "---\ndate: 2026-03-11\n---\n\n[x]{.claim #c} [y]{.claim disputes=\"#c\"}\n");
    let mut client = Client::in_folder(&folder);
    open(&mut client, &folder, "600.md");
    let answer = client.ask("textDocument/documentHighlight", Client::at(&uri(&folder, "600.md"), 4, 38));
    let at = |start: u64, kind: u64| {
        let [start, end] = [start, start + 1].map(|column| json!({ "line": 4, "character": column }));
        json!({ "range": { "start": start, "end": end }, "kind": kind })
    };
    assert_eq!(answer, json!([at(12, 3), at(37, 2)]));
}
