//! What is asked before the corpus is read is answered from what is known, and never an error;
//! and what is cancelled is let go.

use serde_json::json;

use super::client::{Client, PIER, desk, uri};

#[test]
fn while_the_corpus_is_read() {
    let folder = desk();
    for number in 0..2_000 {
        folder.write(&format!("2025/{number}.md"), "---\ndate: 2025-01-01\n---\n\n[x]{.claim}[@wire-0311]\n");
    }
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, PIER);
    let document = json!({ "uri": pier });
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    for _ in 0..5 {
        client.ask("textDocument/codeLens", json!({ "textDocument": document }));
        client.ask("textDocument/inlayHint", json!({ "textDocument": document, "range": range }));
        let tokens = client.ask("textDocument/semanticTokens/full", json!({ "textDocument": document }));
        let data = tokens["data"].as_array().expect("a list");
        assert!(data.len() >= 10, "what is written is known: {tokens}");
        client.ask("textDocument/prepareTypeHierarchy", Client::at(&pier, 6, 7));
        let items = client.ask("textDocument/prepareCallHierarchy", Client::at(&pier, 6, 34));
        assert_eq!(items[0]["kind"], 20, "the claim is known: {items}");
        client.ask("callHierarchy/incomingCalls", json!({ "item": items[0] }));
        client.ask("callHierarchy/outgoingCalls", json!({ "item": items[0] }));
        let command = json!({ "command": "newsmark.showRetraction", "arguments": [pier, "@wire-0311"] });
        client.ask("workspace/executeCommand", command);
    }
    client.settle();
    let line = PIER.lines().nth(6).expect("it is there");
    let at = line.find("@wire").expect("it is there") as u64 + 2;
    let items = client.ask("textDocument/prepareCallHierarchy", Client::at(&pier, 6, at));
    let all = client.ask("callHierarchy/incomingCalls", json!({ "item": items[0] }));
    assert_eq!(all.as_array().map(Vec::len), Some(2 * 2_002), "an article and its claim each");
    // Cancelled, it ends.
    let id = client.request("callHierarchy/incomingCalls", json!({ "item": items[0] }));
    client.tell("$/cancelRequest", json!({ "id": id }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    // A file that vanishes is not told of.
    std::fs::remove_file(folder.join("2026/bridge.md")).expect("it is there");
    client.watched(&[(&uri(&folder, "2026/bridge.md"), 3)]);
    client.settle();
    let all = client.ask("callHierarchy/incomingCalls", json!({ "item": items[0] }));
    assert_eq!(all.as_array().map(Vec::len), Some(2 * 2_001));
}
