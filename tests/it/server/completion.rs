//! Completions over the pipe: what an item has, for clients that know much and little.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const ARTICLE: &str = "[The road is closed]{.claim #road by=coast-guard}[@wire-0311].\n\nIn [[coast-x\n";

fn folder() -> Folder {
    Folder::new(&[
        ("newsmark.toml", ""),
        ("a.md", ARTICLE),
        ("entities.yaml", "- {id: coast-guard, type: organisation, name: Coast Guard, summary: Ships.}\n"),
        (
            "sources.yaml",
            "- {id: wire-0311, type: report, title: Road closed}\n- {id: gone, custom: {standing: retracted}}\n",
        ),
    ])
}

/// A client that can do all that an item may have.
fn able(introduction: &mut Value) {
    introduction["capabilities"]["textDocument"]["completion"] = json!({
        "completionItem": {
            "insertReplaceSupport": true,
            "labelDetailsSupport": true,
            "snippetSupport": true,
            "tagSupport": { "valueSet": [1] },
            "documentationFormat": ["markdown"],
        },
    });
}

fn complete(client: &mut Client, uri: &str, line: u64, character: u64) -> Value {
    let position = json!({ "line": line, "character": character });
    client.ask("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": position }))
}

fn range(line: u64, from: u64, to: u64) -> Value {
    json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } })
}

#[test]
fn a_client_that_knows_much_gets_all() {
    let folder = folder();
    let uri = uri(&folder, "a.md");
    let mut client = Client::introduced(&folder, able);
    client.open(&uri, 1, ARTICLE);
    client.settle();
    // In the middle of `coast-x`.
    let list = complete(&mut client, &uri, 2, 10);
    assert_eq!(list["isIncomplete"], false, "{list:#}");
    let item = &list["items"][0];
    assert_eq!(item["label"], "coast-guard");
    assert_eq!(item["labelDetails"]["description"], "Coast Guard");
    assert_eq!(item["detail"], "organisation · Ships.");
    assert_eq!(item["textEdit"]["newText"], "coast-guard]]");
    assert_eq!(item["textEdit"]["insert"], range(2, 5, 10));
    assert_eq!(item["insertTextFormat"], 1);
    assert!(item.get("documentation").is_none(), "it is worked out when somebody looks");
    let resolved = client.ask("completionItem/resolve", item.clone());
    let documentation = resolved["documentation"]["value"].as_str().unwrap_or_default();
    assert_eq!(resolved["documentation"]["kind"], "markdown");
    assert!(documentation.contains("**Coast Guard**") && documentation.contains("Ships"), "{resolved:#}");
    assert_eq!(resolved["textEdit"], item["textEdit"]);

    let list = complete(&mut client, &uri, 0, 51);
    let labels: Vec<&str> =
        list["items"].as_array().expect("a list").iter().filter_map(|item| item["label"].as_str()).collect();
    assert_eq!(labels, ["wire-0311", "gone"], "{list:#}");
    assert_eq!(list["items"][1]["tags"], json!([1]));
    assert_eq!(client.end(), 0);
}

#[test]
fn a_client_that_knows_little_gets_plain_items() {
    let folder = folder();
    let uri = uri(&folder, "a.md");
    let mut client = Client::in_folder(&folder);
    client.open(&uri, 1, ARTICLE);
    client.settle();
    let list = complete(&mut client, &uri, 2, 10);
    let item = &list["items"][0];
    assert_eq!(item["textEdit"]["range"], range(2, 5, 10));
    assert_eq!(item["detail"], "Coast Guard · organisation · Ships.");
    assert!(item.get("labelDetails").is_none() && item.get("tags").is_none(), "{item:#}");
    let resolved = client.ask("completionItem/resolve", item.clone());
    let documentation = resolved["documentation"].as_str().expect("it is a string");
    assert!(documentation.starts_with("Coast Guard") && !documentation.contains('*'), "{resolved:#}");
    let list = complete(&mut client, &uri, 0, 51);
    assert!(list["items"][1].get("tags").is_none(), "{list:#}");
    assert!(!list.to_string().contains('$'), "a snippet: {list:#}");
    assert_eq!(client.end(), 0);
}

#[test]
fn nothing_is_offered_where_nothing_is_known() {
    let folder = folder();
    let uri = uri(&folder, "a.md");
    let mut client = Client::in_folder(&folder);
    let answer = complete(&mut client, &uri, 0, 0);
    assert!(answer.is_null(), "a document that is not open: {answer}");
    client.open(&uri, 1, ARTICLE);
    // Perhaps before the corpus is read: an answer it is, from what is known.
    let answer = complete(&mut client, &uri, 0, 51);
    assert!(answer.is_null() || answer["items"].is_array(), "{answer}");
    client.settle();
    let answer = complete(&mut client, &uri, 0, 3);
    assert!(answer.is_null(), "in prose: {answer}");
    // An item of nobody's comes back as it is, and so does one of a source that went.
    let item = json!({ "label": "x" });
    assert_eq!(client.ask("completionItem/resolve", item.clone()), item);
    let item = json!({ "label": "x", "data": { "uri": uri, "kind": "source", "name": "no-more" } });
    assert_eq!(client.ask("completionItem/resolve", item.clone()), item);
    let item = json!({ "label": "x", "data": { "uri": uri, "kind": 7 } });
    assert_eq!(client.ask("completionItem/resolve", item.clone()), item);
    // One that is cancelled is answered with that, or was answered before.
    let position = json!({ "line": 0, "character": 51 });
    let id = client
        .request("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": position }));
    client.tell("$/cancelRequest", json!({ "id": id }));
    let answer = client.answer(id);
    assert!(answer.get("result").is_some() || answer["error"]["code"] == -32800, "{answer}");
    assert_eq!(client.end(), 0);
}

/// What is typed in one document is offered in the other at once.
#[test]
fn what_was_just_typed_is_offered() {
    let folder = folder();
    let (article, sources) = (uri(&folder, "a.md"), uri(&folder, "sources.yaml"));
    let mut client = Client::in_folder(&folder);
    client.open(&article, 1, ARTICLE);
    client.open(&sources, 1, "- {id: wire-0311, type: report, title: Road closed}\n");
    client.settle();
    let list = complete(&mut client, &article, 0, 51);
    assert!(!list.to_string().contains("fresh-report"), "{list:#}");
    let text = "- {id: wire-0311, type: report, title: Road closed}\n- {id: fresh-report, type: report}\n";
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": sources, "version": 2 }, "contentChanges": [{ "text": text }] }),
    );
    let list = complete(&mut client, &article, 0, 51);
    assert!(list.to_string().contains("fresh-report"), "{list:#}");
    assert_eq!(client.end(), 0);
}
