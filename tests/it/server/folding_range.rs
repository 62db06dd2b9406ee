//! Folds over the pipe.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const TEXT: &str =
    "---\ndate: 2026-03-11\n---\n\n# One\n\n<!-- a\nb -->\n\n[The road\nis closed]{.claim\nby=x} now.\n";

fn folds(otherwise: impl FnOnce(&mut Value)) -> Value {
    let folder = Folder::new(&[("newsmark.toml", ""), ("a.md", TEXT)]);
    let mut client = Client::introduced(&folder, otherwise);
    let address = uri(&folder, "a.md");
    client.open(&address, 1, TEXT);
    client.ask("textDocument/foldingRange", json!({ "textDocument": { "uri": address } }))
}

#[test]
fn folds_are_told_with_their_kinds() {
    let all = folds(|_| {});
    assert_eq!(
        all,
        json!([
            { "startLine": 0, "endLine": 2, "endCharacter": 3, "kind": "region" },
            { "startLine": 4, "endLine": 11, "endCharacter": 10 },
            { "startLine": 6, "endLine": 7, "endCharacter": 5, "kind": "comment" },
            { "startLine": 9, "endLine": 11, "endCharacter": 5, "kind": "region" },
            { "startLine": 10, "endLine": 11, "endCharacter": 5, "kind": "region" },
        ])
    );
}

#[test]
fn what_the_client_asks_for_is_kept_to() {
    let lines = folds(|introduction| {
        introduction["capabilities"]["textDocument"]["foldingRange"] =
            json!({ "lineFoldingOnly": true, "rangeLimit": 2 });
    });
    assert_eq!(
        lines,
        json!([{ "startLine": 0, "endLine": 2, "kind": "region" }, { "startLine": 4, "endLine": 11 }])
    );
}

#[test]
fn the_configuration_folds_and_other_files_do_not() {
    let folder = Folder::new(&[("newsmark.toml", ""), ("readme.txt", "")]);
    let mut client = Client::in_folder(&folder);
    let mut ask = |path: &str, text: &str| {
        let address = uri(&folder, path);
        client.open(&address, 1, text);
        client.ask("textDocument/foldingRange", json!({ "textDocument": { "uri": address } }))
    };
    let folds = ask("newsmark.toml", "[names]\na = \"b\"\n\n[rules]\n");
    assert_eq!(folds, json!([{ "startLine": 0, "endLine": 1, "endCharacter": 7, "kind": "region" }]));
    assert_eq!(ask("readme.txt", "# One\n\ntext\n"), Value::Null);
}
