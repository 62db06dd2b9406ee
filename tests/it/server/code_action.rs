//! `textDocument/codeAction` and `codeAction/resolve` over the pipe.

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};
use crate::folder::Folder;

/// An article with something to do, mend and link.
const ARTICLE: &str = "---\ntitle: Pier\ndate: 2026-03-11\nauthor: A. Desk\nreferences:\n- id: own\n---\n\n\
    The [[harbour-police]] closed [the pier]{.claim by=harbour-police}[@wire-0311][@wire-0311].\n\
    The Harbour Police said the gate is shut [@wire-0311].\n\n[No]{.claim .claim}[@wire-0311][@wire-0311]\n";

/// A client that shows all that there is of code actions.
fn able(folder: &Folder) -> Client {
    Client::introduced(folder, |introduction| {
        introduction["capabilities"]["textDocument"]["codeAction"] = json!({
            "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "refactor", "source"] } },
            "isPreferredSupport": true,
            "disabledSupport": true,
            "dataSupport": true,
            "resolveSupport": { "properties": ["edit"] },
        });
        introduction["initializationOptions"] = json!({ "checker": "Desk B" });
    })
}

fn ask(client: &mut Client, uri: &str, [from, to]: [(u64, u64); 2], context: Value) -> Value {
    let at = |(line, character): (u64, u64)| json!({ "line": line, "character": character });
    let mut all = json!({ "diagnostics": [] });
    for (key, value) in context.as_object().expect("a context has fields") {
        all[key] = value.clone();
    }
    client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": uri }, "range": { "start": at(from), "end": at(to) }, "context": all }),
    )
}

fn kinds(actions: &Value) -> Vec<String> {
    let all = actions.as_array().expect("a list of actions");
    let mut kinds: Vec<String> =
        all.iter().map(|one| one["kind"].as_str().expect("each has a kind").to_owned()).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

fn of_kind<'v>(actions: &'v Value, kind: &str) -> Vec<&'v Value> {
    actions.as_array().expect("a list of actions").iter().filter(|one| one["kind"] == kind).collect()
}

/// The two lines of the text.
const BOTH: [(u64, u64); 2] = [(8, 0), (9, 40)];

const HERE: [(u64, u64); 2] = [(9, 10), (9, 10)];

#[test]
fn kinds_are_declared_and_asked_for() {
    let folder = desk();
    let mut client = Client::start(&folder);
    let answer = client.initialize(&folder, json!(["utf-16"]));
    let provider = &answer["capabilities"]["codeActionProvider"];
    let declared: Vec<&str> = provider["codeActionKinds"]
        .as_array()
        .expect("the kinds are declared")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for kind in ["quickfix", "refactor.rewrite.mark", "source.fixAll.newsmark", "source.organizeSources"] {
        assert!(declared.contains(&kind), "{declared:?}");
    }
    assert!(provider.get("resolveProvider").is_none(), "this client resolves nothing");
    assert_eq!(client.end(), 0);

    let mut client = able(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, ARTICLE);
    client.settle();
    for (only, expected) in [
        ("quickfix", vec!["quickfix"]),
        ("refactor", vec!["refactor.rewrite"]),
        ("refactor.rewrite", vec!["refactor.rewrite"]),
        ("refactor.rewrite.mark", vec!["refactor.rewrite.mark"]),
        ("source.fixAll", vec!["source.fixAll.newsmark"]),
        ("source.fixAll.newsmark", vec!["source.fixAll.newsmark"]),
        ("source.organizeSources", vec!["source.organizeSources"]),
        ("source", vec!["source."]),
        ("refactor.re", vec![]),
        ("source.organizeImports", vec![]),
        ("", vec!["quickfix", "refactor.", "source."]),
    ] {
        let actions = ask(&mut client, &pier, BOTH, json!({ "only": [only] }));
        let found = kinds(&actions);
        let begin = |kind: &String| expected.iter().any(|begin| kind.starts_with(begin));
        assert!(found.iter().all(begin), "{only}: {found:?}");
        assert_eq!(found.is_empty(), expected.is_empty(), "{only}: {found:?}");
    }
    // Whoever moves the cursor did not ask for anything; whoever saves asked for what is named.
    let moved = ask(&mut client, &pier, HERE, json!({ "triggerKind": 2 }));
    assert!(kinds(&moved).iter().all(|kind| kind == "quickfix"), "{moved:#}");
    let saved = ask(&mut client, &pier, HERE, json!({ "triggerKind": 2, "only": ["source.fixAll"] }));
    assert_eq!(kinds(&saved), ["source.fixAll.newsmark"]);
    assert_eq!(client.end(), 0);
}

#[test]
fn what_costs_more_is_worked_out_when_it_is_wanted() {
    let folder = desk();
    let mut client = able(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, ARTICLE);
    client.settle();
    let actions = ask(&mut client, &pier, HERE, json!({ "only": ["source.fixAll"] }));
    let action = actions[0].clone();
    assert!(action.get("edit").is_none() && action["data"].is_object(), "{action:#}");
    let resolved = client.ask("codeAction/resolve", action.clone());
    assert_eq!(resolved["title"], action["title"]);
    let change = &resolved["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 1);
    assert_eq!(change["edits"].as_array().map(Vec::len), Some(2), "{change:#}");
    // What was offered for another text is not done to this one.
    client.change(&pier, 2, &[(Some([(8, 0), (8, 0)]), "New ")]);
    let late = client.call("codeAction/resolve", action.clone());
    assert_eq!(late["error"]["code"], -32801, "{late}");
    client.close(&pier);
    let gone = client.call("codeAction/resolve", action);
    assert_eq!(gone["error"]["code"], -32801, "{gone}");
    // What is whole stays what it is.
    let whole = json!({ "title": "x", "kind": "refactor" });
    assert_eq!(client.ask("codeAction/resolve", whole.clone()), whole);
    assert_eq!(client.end(), 0);

    // A client that resolves nothing is told at once.
    let mut client = Client::in_folder(&folder);
    client.open(&pier, 1, ARTICLE);
    client.settle();
    let actions = ask(&mut client, &pier, HERE, json!({ "only": ["source.fixAll"] }));
    assert!(actions[0]["edit"]["documentChanges"].is_array(), "{actions:#}");
    assert_eq!(client.end(), 0);
}

#[test]
fn what_cannot_be_done_says_why_where_that_is_shown() {
    let folder = desk();
    let pier = uri(&folder, "2026/pier.md");
    // The selection begins before a claim and ends in it.
    let crossing = [(8, 20), (8, 35)];
    let mut client = able(&folder);
    client.open(&pier, 1, ARTICLE);
    client.settle();
    let actions = ask(&mut client, &pier, crossing, json!({ "only": ["refactor.rewrite.mark"] }));
    for action in of_kind(&actions, "refactor.rewrite.mark") {
        assert_eq!(action["disabled"]["reason"], "the selection crosses a claim’s edge");
        assert!(action.get("edit").is_none());
    }
    assert!(!of_kind(&actions, "refactor.rewrite.mark").is_empty());
    assert_eq!(client.end(), 0);

    let mut client = Client::in_folder(&folder);
    client.open(&pier, 1, ARTICLE);
    client.settle();
    let actions = ask(&mut client, &pier, crossing, json!({ "only": ["refactor.rewrite.mark"] }));
    assert_eq!(actions, json!([]));
    assert_eq!(client.end(), 0);
}

#[test]
fn a_sentence_is_marked_and_checked() {
    let folder = desk();
    let mut client = able(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, ARTICLE);
    client.settle();
    let actions = ask(&mut client, &pier, HERE, json!({ "only": ["refactor.rewrite.mark"] }));
    assert!(actions[0]["edit"].is_object(), "{actions:#}");
    let edits = actions[0]["edit"]["documentChanges"][0]["edits"].as_array().expect("edits").clone();
    let changes: Vec<Value> =
        edits.iter().rev().map(|edit| json!({ "range": edit["range"], "text": edit["newText"] })).collect();
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": pier, "version": 2 }, "contentChanges": changes }),
    );
    let text = client.ask("newsmark/text", json!({ "uri": pier }));
    let text = text.as_str().expect("it is open").to_owned();
    assert!(
        text.contains("The Harbour Police said [the gate is shut]{.claim by=harbour-police} [@wire-0311]"),
        "{text}"
    );
    let actions = ask(&mut client, &pier, [(9, 30), (9, 30)], json!({ "only": ["refactor.rewrite.check"] }));
    let added = &actions[0]["edit"]["documentChanges"][0]["edits"][0]["newText"];
    let added = added.as_str().expect("something is added");
    assert!(added.starts_with(" checked=20") && added.contains(" checker=\"Desk B\" hash="), "{added}");
    assert_eq!(client.end(), 0);
}

#[test]
fn nothing_is_asked_of_what_is_not_there() {
    let folder = desk();
    let mut client = able(&folder);
    let elsewhere = uri(&folder, "2026/not-open.md");
    assert_eq!(ask(&mut client, &elsewhere, HERE, json!({})), Value::Null);
    // While the corpus is read there is an answer, and none that needs all of it.
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, PIER);
    assert!(ask(&mut client, &pier, HERE, json!({})).is_array());
    assert_eq!(client.end(), 0);

    // A client that knows commands only gets nothing.
    let mut client = Client::introduced(&folder, |introduction| {
        introduction["capabilities"]["textDocument"]["codeAction"] = json!({});
    });
    client.open(&pier, 1, ARTICLE);
    assert_eq!(ask(&mut client, &pier, HERE, json!({})), Value::Null);
    assert_eq!(client.end(), 0);
}
