//! Semantic tokens over the pipe: whole, in a range, and what has changed.

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};

fn numbers(tokens: &Value) -> Vec<u64> {
    tokens.as_array().expect("a list").iter().filter_map(Value::as_u64).collect()
}

fn full(client: &mut Client, uri: &str) -> Value {
    client.ask("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": uri } }))
}

fn delta(client: &mut Client, uri: &str, before: &Value) -> Value {
    let params = json!({ "textDocument": { "uri": uri }, "previousResultId": before });
    client.ask("textDocument/semanticTokens/full/delta", params)
}

#[test]
fn changes_make_the_new_tokens_of_the_old() {
    let folder = desk();
    let mut client = Client::start(&folder);
    let answer = client.initialize(&folder, json!(["utf-16"]));
    let legend = &answer["capabilities"]["semanticTokensProvider"]["legend"];
    let named = |list: &str, name: &str| {
        legend[list].as_array().expect("a list").iter().position(|one| one == name).expect("it is there")
            as u64
    };
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, PIER);
    client.settle();
    let first = full(&mut client, &pier);
    let mut known = numbers(&first["data"]);
    // `harbour-police`, `.claim`, `by`, `harbour-police`, `@wire-0311`
    assert_eq!(known.len(), 25, "{known:?}");
    assert_eq!(known[..5], [6, 6, 14, named("tokenTypes", "type"), 0]);
    let nothing = delta(&mut client, &pier, &first["resultId"]);
    assert_eq!(nothing["edits"], json!([]));
    let mut id = nothing["resultId"].clone();
    let texts = [
        PIER.replace("closed", "has closed"),
        PIER.replace("[[harbour-police]]", "[[harbour-police]] and [[nobody]]"),
        PIER.replace("The [[", "\n\nThe [["),
        "Nothing is marked.\n".to_owned(),
        PIER.to_owned(),
    ];
    for (version, text) in (2..).zip(texts) {
        client.change(&pier, version, &[(None, &text)]);
        let answer = delta(&mut client, &pier, &id);
        for edit in answer["edits"].as_array().unwrap_or_else(|| panic!("{id} {answer}")) {
            let [start, count] =
                ["start", "deleteCount"].map(|field| edit[field].as_u64().expect("a number") as usize);
            known.splice(start..start + count, numbers(&edit["data"]));
        }
        assert!(answer["resultId"].is_string(), "{answer}");
        let anew = full(&mut client, &pier);
        assert_eq!(known, numbers(&anew["data"]), "{text:?}");
        let unresolved = 1 << named("tokenModifiers", "unresolved");
        assert_eq!(known.chunks(5).any(|token| token[4] & unresolved != 0), text.contains("nobody"));
        id = delta(&mut client, &pier, &anew["resultId"])["resultId"].clone();
        assert!(id.is_string());
    }
    // Whoever has others than those that were sent last gets all.
    let whole = delta(&mut client, &pier, &json!("strange"));
    assert_eq!(numbers(&whole["data"]), known);
    let range = json!({ "start": { "line": 6, "character": 0 }, "end": { "line": 6, "character": 8 } });
    let part = client
        .ask("textDocument/semanticTokens/range", json!({ "textDocument": { "uri": pier }, "range": range }));
    assert_eq!(numbers(&part["data"]), known[..5]);
}

#[test]
fn of_unknown_documents_nothing_is_said() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    assert_eq!(full(&mut client, &pier), Value::Null, "it is not open");
    assert_eq!(delta(&mut client, &pier, &json!("1")), Value::Null);
}
