//! `workspace/symbol` and `workspaceSymbol/resolve`.

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};
use crate::folder::Folder;

fn symbols(client: &mut Client, query: &str) -> Value {
    client.ask("workspace/symbol", json!({ "query": query }))
}

fn names(symbols: &Value) -> Vec<&str> {
    symbols.as_array().expect("a list").iter().filter_map(|symbol| symbol["name"].as_str()).collect()
}

/// A client that asks for places when it wants them.
fn later(folder: &Folder) -> Client {
    Client::introduced(folder, |introduction| {
        introduction["capabilities"]["workspace"]["symbol"] =
            json!({ "resolveSupport": { "properties": ["location.range"] } });
    })
}

#[test]
fn everything_that_has_a_name_is_found() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    client.settle();
    let found = symbols(&mut client, "toll");
    assert_eq!(names(&found), ["bridge#toll"]);
    assert_eq!(found[0]["location"]["uri"], uri(&folder, "2026/bridge.md"));
    assert_eq!(found[0]["location"]["range"]["start"], json!({ "line": 6, "character": 23 }));
    assert_eq!(found[0]["containerName"], "2026/bridge.md");
    let found = symbols(&mut client, "harb pol");
    assert_eq!(names(&found), ["Harbour Police"]);
    assert_eq!(found[0]["containerName"], "organisation");
    assert_eq!(names(&symbols(&mut client, "wire")), ["wire-0311"]);
    assert_eq!(names(&symbols(&mut client, "pier")), ["Pier"]);
    assert_eq!(names(&symbols(&mut client, "bridge#")), ["bridge#toll"]);
    assert_eq!(symbols(&mut client, "no such thing"), json!([]));
    let found = symbols(&mut client, "");
    let mut all = names(&found);
    all.sort_unstable();
    assert_eq!(all, ["Bridge", "Harbour Police", "Pier", "wire-0311"]);
    assert_eq!(client.end(), 0);
}

#[test]
fn what_is_open_counts() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    client.settle();
    assert_eq!(symbols(&mut client, "gate"), json!([]));
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, &PIER.replace("{.claim by", "{.claim #gate by"));
    assert_eq!(names(&symbols(&mut client, "gate")), ["pier#gate"]);
    client.change(&pier, 2, &[(None, PIER)]);
    assert_eq!(symbols(&mut client, "gate"), json!([]));
    assert_eq!(client.end(), 0);
}

#[test]
fn places_are_worked_out_when_they_are_wanted() {
    let folder = desk();
    let mut client = later(&folder);
    client.settle();
    let found = symbols(&mut client, "toll");
    let symbol = found[0].clone();
    assert_eq!(symbol["location"], json!({ "uri": uri(&folder, "2026/bridge.md") }));
    let resolved = client.ask("workspaceSymbol/resolve", symbol.clone());
    assert_eq!(resolved["location"]["range"]["start"], json!({ "line": 6, "character": 23 }));
    assert_eq!(resolved["name"], symbol["name"]);
    // It moved since it was found.
    let bridge = uri(&folder, "2026/bridge.md");
    client.open(&bridge, 1, "\n[The toll is 3]{.claim #toll}\n");
    let resolved = client.ask("workspaceSymbol/resolve", symbol.clone());
    assert_eq!(resolved["location"]["range"]["start"], json!({ "line": 1, "character": 23 }));
    // It is gone: the file is still a place to go to.
    client.change(&bridge, 2, &[(None, "Nothing.\n")]);
    let resolved = client.ask("workspaceSymbol/resolve", symbol.clone());
    assert_eq!(resolved["location"]["range"]["start"], json!({ "line": 0, "character": 0 }));
    assert_eq!(resolved["location"]["uri"], symbol["location"]["uri"]);
    for (query, line) in [("Harbour Police", 0), ("wire", 0), ("Pier", 0)] {
        let symbol = symbols(&mut client, query)[0].clone();
        let resolved = client.ask("workspaceSymbol/resolve", symbol);
        assert_eq!(resolved["location"]["range"]["start"]["line"], line, "{query}: {resolved}");
    }
    // Of another server, or of none.
    let strange = json!({ "name": "x", "kind": 1, "location": { "uri": "untitled:x" } });
    let resolved = client.ask("workspaceSymbol/resolve", strange);
    assert_eq!(resolved["location"]["range"]["start"], json!({ "line": 0, "character": 0 }));
    assert_eq!(client.end(), 0);
}

#[test]
fn it_is_answered_while_the_corpus_is_read() {
    let folder = desk();
    for number in 0..300 {
        folder.write(&format!("more/{number}.md"), format!("[x]{{.claim #c{number}}}\n"));
    }
    let mut client = Client::in_folder(&folder);
    // Whatever is known by then.
    assert!(symbols(&mut client, "c299").is_array());
    let cancelled = client.request("workspace/symbol", json!({ "query": "c" }));
    client.tell("$/cancelRequest", json!({ "id": cancelled }));
    client.answer(cancelled);
    client.settle();
    assert_eq!(names(&symbols(&mut client, "c299")), ["299#c299"]);
    assert_eq!(symbols(&mut client, "c").as_array().map(Vec::len), Some(200));
    assert_eq!(client.end(), 0);
}

#[test]
fn every_folder_is_looked_through() {
    let folder = Folder::new(&[
        ("north/newsmark.toml", ""),
        ("north/entities.yaml", "- {id: kasra-north}\n"),
        ("south/newsmark.toml", ""),
        ("south/entities.yaml", "- {id: kasra}\n"),
    ]);
    let mut client = Client::introduced(&folder, |introduction| {
        let folders = ["north", "south"].map(|name| json!({ "uri": uri(&folder, name), "name": name }));
        introduction["workspaceFolders"] = json!(folders);
    });
    client.settle();
    assert_eq!(names(&symbols(&mut client, "kasra")), ["kasra", "kasra-north"]);
    assert_eq!(client.end(), 0);
}
