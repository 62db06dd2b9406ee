//! Growing selections over the pipe.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const TEXT: &str = "---\ndate: 2026-03-11\n---\n\n[The road]{.claim} is closed.\n";

#[test]
fn there_is_one_answer_for_each_position() {
    let folder = Folder::new(&[("newsmark.toml", ""), ("a.md", TEXT)]);
    let mut client = Client::in_folder(&folder);
    let address = uri(&folder, "a.md");
    client.open(&address, 1, TEXT);
    let positions =
        json!([{ "line": 4, "character": 6 }, { "line": 3, "character": 0 }, { "line": 99, "character": 9 }]);
    let params = json!({ "textDocument": { "uri": address }, "positions": positions });
    let answer = client.ask("textDocument/selectionRange", params);
    let answers = answer.as_array().expect("a list");
    assert_eq!(answers.len(), 3);
    let mut ends = Vec::new();
    let mut step = &answers[0];
    while !step.is_null() {
        let [start, end] = ["start", "end"].map(|end| step["range"][end]["character"].clone());
        ends.push(json!([start, end]));
        step = &step["parent"];
    }
    assert_eq!(Value::from(ends), json!([[5, 9], [1, 9], [0, 18], [0, 29], [0, 0]]));
    assert_eq!(answers[1]["range"], answers[2]["range"], "all of the file");
    let unknown = json!({ "textDocument": { "uri": uri(&folder, "b.md") }, "positions": positions });
    assert_eq!(client.ask("textDocument/selectionRange", unknown), Value::Null);
}
