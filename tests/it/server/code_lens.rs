//! Lenses over the pipe: what a click is given, and entries that are worked out one by one.

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};
use crate::folder::Folder;

fn lenses(client: &mut Client, uri: &str) -> Value {
    client.ask("textDocument/codeLens", json!({ "textDocument": { "uri": uri } }))
}

#[test]
fn a_claim_says_at_once_who_disputes_it() {
    let folder = desk();
    let bridge = folder.read("2026/bridge.md");
    let mut client = Client::in_folder(&folder);
    let [bridge_at, pier_at] = ["2026/bridge.md", "2026/pier.md"].map(|path| uri(&folder, path));
    client.open(&bridge_at, 1, &bridge);
    client.settle();
    assert_eq!(lenses(&mut client, &bridge_at), json!([]));
    // The other article is written at and not saved.
    client.open(&pier_at, 1, &format!("{PIER}\n[It is 4]{{.claim disputes=bridge#toll}}\n"));
    let all = lenses(&mut client, &bridge_at);
    assert_eq!(all[0]["command"]["title"], "1 dispute", "{all}");
    assert_eq!(all[0]["command"]["command"], "newsmark.showReferences");
    let arguments = &all[0]["command"]["arguments"];
    assert_eq!(arguments[0], bridge_at);
    assert_eq!(arguments[1], json!({ "line": 6, "character": 23 }));
    assert_eq!(arguments[2][0]["uri"], pier_at);
    assert_eq!(arguments[2][0]["range"]["start"]["line"], 8);
    let at = json!({ "line": 6, "character": 0 });
    assert_eq!(all[0]["range"], json!({ "start": at, "end": at }));
}

#[test]
fn an_entry_says_when_it_is_asked_how_often_it_is_used() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let sources = uri(&folder, "sources.yaml");
    client.open(&sources, 1, &folder.read("sources.yaml"));
    client.settle();
    let all = lenses(&mut client, &sources);
    assert!(all[0].get("command").is_none(), "{all}");
    let lens = client.ask("codeLens/resolve", all[0].clone());
    assert_eq!(lens["command"]["title"], "2 uses in 2 articles");
    assert_eq!(lens["command"]["arguments"][2].as_array().map(Vec::len), Some(2));
    // What is gone is not told of.
    client.change(&sources, 2, &[(None, "[]\n")]);
    let gone = client.ask("codeLens/resolve", all[0].clone());
    assert!(gone.get("command").is_none(), "{gone}");
    let mut strange = all[0].clone();
    strange["data"] = json!("strange");
    assert_eq!(client.ask("codeLens/resolve", strange.clone()), strange);
}

#[test]
fn of_what_is_used_very_often_the_articles_are_counted() {
    let folder = Folder::new(&[("newsmark.toml", ""), ("sources.yaml", "- {id: a, type: report}\n")]);
    for number in 0..250 {
        folder.write(&format!("{number:03}.md"), "---\ndate: 2026-03-11\n---\n\n[@a] [@a]\n");
    }
    let mut client = Client::in_folder(&folder);
    let sources = uri(&folder, "sources.yaml");
    client.open(&sources, 1, &folder.read("sources.yaml"));
    client.settle();
    let all = lenses(&mut client, &sources);
    let lens = client.ask("codeLens/resolve", all[0].clone());
    assert_eq!(lens["command"]["title"], "used in 250 articles");
    assert_eq!(lens["command"]["arguments"].as_array().map(Vec::len), Some(2), "{lens}");
}

#[test]
fn of_unknown_documents_nothing_is_said() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    assert_eq!(lenses(&mut client, &uri(&folder, "2026/pier.md")), Value::Null, "it is not open");
    assert_eq!(lenses(&mut client, "file:///nowhere/a.md"), Value::Null);
}
