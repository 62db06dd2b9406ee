//! Kinds and texts that a client shows: those that it names, and to one that names none those
//! of the protocol's first version.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const ARTICLE: &str = "---\ntitle: Road\ndate: 2026-03-11\nnewsmark: live\n---\n\n# The road\n\n\
    [Closed]{.claim #road by=coast-guard status=}[@wire-0311], said [[coast-guard]].\n\n[[\n\n[x]{.\n";

fn folder() -> Folder {
    Folder::new(&[
        ("newsmark.toml", ""),
        ("a.md", ARTICLE),
        (
            "entities.yaml",
            "- {id: coast-guard, type: organisation, name: Coast Guard, summary: Ships.}\n\
             - {id: storm, type: event}\n- {id: law, type: concept}\n",
        ),
        ("sources.yaml", "- {id: wire-0311, type: report, title: Road closed}\n"),
    ])
}

/// A client of today.
fn of_today(introduction: &mut Value) {
    let all: Vec<u32> = (1..=26).collect();
    let capabilities = &mut introduction["capabilities"];
    capabilities["workspace"]["symbol"] = json!({ "symbolKind": { "valueSet": all } });
    let document = &mut capabilities["textDocument"];
    document["documentSymbol"]["symbolKind"] = json!({ "valueSet": all });
    document["completion"] = json!({
        "completionItemKind": { "valueSet": all[..25] },
        "completionItem": { "documentationFormat": ["plaintext", "markdown"] },
    });
}

/// A client that has no word for kinds or formats.
fn of_old(introduction: &mut Value) {
    let document = &mut introduction["capabilities"]["textDocument"];
    document["documentSymbol"] = json!({ "hierarchicalDocumentSymbolSupport": true });
    document["hover"] = json!({});
}

fn opened(folder: &Folder, otherwise: impl FnOnce(&mut Value)) -> Client {
    let mut client = Client::introduced(folder, otherwise);
    client.open(&uri(folder, "a.md"), 1, ARTICLE);
    client.settle();
    client
}

/// The kinds of all that can be asked for, of completions and of symbols.
fn kinds(client: &mut Client, folder: &Folder) -> [BTreeSet<u64>; 2] {
    let article = uri(folder, "a.md");
    let lists = [(8, 44), (10, 2), (12, 5)].map(|(line, character)| {
        client.ask("textDocument/completion", Client::at(&article, line, character))["items"].clone()
    });
    let document = json!({ "textDocument": { "uri": article } });
    let symbols = [
        client.ask("textDocument/documentSymbol", document),
        client.ask("workspace/symbol", json!({ "query": "" })),
    ];
    [kinds_of(&json!(lists)), kinds_of(&json!(symbols))]
}

/// Every `kind` that is a number.
fn kinds_of(value: &Value) -> BTreeSet<u64> {
    match value {
        Value::Array(all) => all.iter().flat_map(kinds_of).collect(),
        Value::Object(fields) => {
            let own = fields.get("kind").and_then(Value::as_u64);
            own.into_iter().chain(fields.values().flat_map(kinds_of)).collect()
        }
        _ => BTreeSet::new(),
    }
}

#[test]
fn kinds_are_those_that_the_client_shows() {
    let folder = folder();
    let mut client = opened(&folder, of_today);
    let [completions, symbols] = kinds(&mut client, &folder);
    assert_eq!(client.end(), 0);
    // An event, another entity, a class; a claim and an entity.
    assert!([23, 22, 25].iter().all(|kind| completions.contains(kind)), "{completions:?}");
    assert!([20, 19].iter().all(|kind| symbols.contains(kind)), "{symbols:?}");
    let mut client = opened(&folder, of_old);
    let [old_completions, old_symbols] = kinds(&mut client, &folder);
    assert_eq!(client.end(), 0);
    assert!(old_completions.iter().chain(&old_symbols).all(|kind| (1..=18).contains(kind)));
    // Most things can still be told apart.
    assert_eq!(old_symbols.len(), symbols.len(), "{old_symbols:?}");
    assert!(old_completions.len() >= 4, "{old_completions:?}");
}

#[test]
fn texts_are_written_as_the_client_reads_them() {
    let folder = folder();
    let article = uri(&folder, "a.md");
    let documentation = |client: &mut Client| {
        let list = client.ask("textDocument/completion", Client::at(&article, 10, 2));
        let items = list["items"].as_array().expect("a list");
        let item = items.iter().find(|item| item["label"] == "coast-guard").expect("it is offered");
        client.ask("completionItem/resolve", item.clone())["documentation"].clone()
    };
    let hover = |client: &mut Client| {
        client.ask("textDocument/hover", Client::at(&article, 8, 70))["contents"].clone()
    };
    let mut client = opened(&folder, of_today);
    let told = documentation(&mut client);
    assert_eq!(told["kind"], "markdown");
    assert!(told["value"].as_str().is_some_and(|text| text.contains("**Coast Guard**")), "{told}");
    assert_eq!(hover(&mut client)["kind"], "markdown");
    assert_eq!(client.end(), 0);
    let mut client = opened(&folder, of_old);
    let told = documentation(&mut client);
    assert!(told.as_str().is_some_and(|text| text.starts_with("Coast Guard · organisation")), "{told}");
    // There a string is Markdown.
    let told = hover(&mut client);
    assert!(told.as_str().is_some_and(|text| text.contains("**Coast Guard**")), "{told}");
    assert_eq!(client.end(), 0);
    let mut client = opened(&folder, |introduction| {
        let document = &mut introduction["capabilities"]["textDocument"];
        document["hover"] = json!({ "contentFormat": ["plaintext"] });
        document["completion"] = json!({ "completionItem": { "documentationFormat": ["plaintext"] } });
    });
    for told in [documentation(&mut client), hover(&mut client)] {
        assert_eq!(told["kind"], "plaintext");
        assert!(told["value"].as_str().is_some_and(|text| !text.contains('*')), "{told}");
    }
    assert_eq!(client.end(), 0);
}
