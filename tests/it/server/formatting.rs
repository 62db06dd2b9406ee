//! Formatting over the pipe.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const TEXT: &str = "---\ndate: 2026-03-11\n---\n\n[a]{by=x .claim}[@a][@b]\n[b]{by=x .claim}\n";

fn desk() -> Folder {
    Folder::new(&[
        ("newsmark.toml", ""),
        ("a.md", TEXT),
        ("sources.yaml", "- {id: a}\n"),
        ("readme.txt", "x\n"),
    ])
}

fn ask(client: &mut Client, method: &str, uri: &str, more: Value) -> Value {
    let mut params =
        json!({ "textDocument": { "uri": uri }, "options": { "tabSize": 4, "insertSpaces": true } });
    params.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    client.ask(method, params)
}

fn range(from: [u64; 2], to: [u64; 2]) -> Value {
    let position = |[line, character]: [u64; 2]| json!({ "line": line, "character": character });
    json!({ "start": position(from), "end": position(to) })
}

#[test]
fn edits_are_as_small_as_can_be() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let address = uri(&folder, "a.md");
    client.open(&address, 1, TEXT);
    let all = ask(&mut client, "textDocument/formatting", &address, json!({}));
    let edit = |from, to, new: &str| json!({ "range": range(from, to), "newText": new });
    let (first, second) = (edit([4, 4], [4, 15], ".claim by=x"), edit([5, 4], [5, 15], ".claim by=x"));
    assert_eq!(all, json!([first, edit([4, 19], [4, 21], "; "), second]));
    let part = json!({ "range": range([5, 0], [5, 17]) });
    assert_eq!(ask(&mut client, "textDocument/rangeFormatting", &address, part), json!([second]));
    let typed =
        |character: u64, ch: &str| json!({ "position": { "line": 5, "character": character }, "ch": ch });
    let on_type = "textDocument/onTypeFormatting";
    assert_eq!(ask(&mut client, on_type, &address, typed(16, "}")), json!([second]));
    assert_eq!(ask(&mut client, on_type, &address, typed(16, ";")), Value::Null);
    assert_eq!(ask(&mut client, on_type, &address, typed(10, "}")), Value::Null);
    let applied = TEXT.replace("by=x .claim", ".claim by=x").replace("][", "; ");
    client.change(&address, 2, &[(None, &applied)]);
    assert_eq!(ask(&mut client, "textDocument/formatting", &address, json!({})), Value::Null);
}

#[test]
fn what_is_no_article_stays_as_it_is() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    for path in ["sources.yaml", "newsmark.toml", "readme.txt"] {
        let address = uri(&folder, path);
        client.open(&address, 1, "[a]{by=x .claim}\n");
        assert_eq!(ask(&mut client, "textDocument/formatting", &address, json!({})), Value::Null, "{path}");
    }
    let unknown = uri(&folder, "unknown.md");
    assert_eq!(ask(&mut client, "textDocument/formatting", &unknown, json!({})), Value::Null);
    client.open("untitled:Untitled-1", 1, "[a]{by=x .claim}\n");
    let edits = ask(&mut client, "textDocument/formatting", "untitled:Untitled-1", json!({}));
    assert_eq!(edits[0]["newText"], ".claim by=x");
}
