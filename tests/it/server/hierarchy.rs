//! Call and type hierarchies over the pipe: each thing is found again by what the client has.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const BRIDGE: &str = "---\ntitle: Bridge\ndate: 2026-03-12\n---\n\n[The toll is 3]{.claim #toll}[@wire].\n";

fn desk() -> Folder {
    Folder::new(&[
        ("newsmark.toml", ""),
        (
            "entities.yaml",
            "- {id: police, name: Police, part-of: city}\n- {id: city, name: City, part-of: police}\n",
        ),
        (
            "sources.yaml",
            "- {id: wire, type: article, custom: {relays: [brief]}}\n- {id: brief, type: article, custom: {relays: [wire]}}\n",
        ),
        ("bridge.md", BRIDGE),
        ("pier.md", "---\ndate: 2026-03-13\n---\n\n[3]{.claim repeats=bridge#toll} [[police]]\n"),
    ])
}

fn names(calls: &Value, end: &str) -> Vec<String> {
    let calls = calls.as_array().expect("a list").iter();
    calls.map(|call| call[end]["name"].as_str().expect("it has a name").to_owned()).collect()
}

#[test]
fn what_rests_on_a_source_is_found_through_files_that_are_not_open() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let bridge = uri(&folder, "bridge.md");
    client.open(&bridge, 1, BRIDGE);
    client.settle();
    let items = client.ask("textDocument/prepareCallHierarchy", Client::at(&bridge, 5, 33));
    assert_eq!(items[0]["name"], "wire", "{items}");
    assert_eq!(items[0]["uri"], uri(&folder, "sources.yaml"));
    let item = json!({ "item": items[0] });
    let incoming = client.ask("callHierarchy/incomingCalls", item.clone());
    assert_eq!(names(&incoming, "from"), ["bridge.md", "bridge#toll", "brief"]);
    assert_eq!(incoming[0]["fromRanges"][0]["start"], json!({ "line": 5, "character": 30 }));
    let outgoing = client.ask("callHierarchy/outgoingCalls", item);
    assert_eq!(names(&outgoing, "to"), ["brief"]);
    assert_eq!(outgoing[0]["fromRanges"][0]["start"]["line"], 0);
    // Round the ring, as far as anybody goes.
    let next = client.ask("callHierarchy/outgoingCalls", json!({ "item": outgoing[0]["to"] }));
    assert_eq!(names(&next, "to"), ["wire"]);
    let claim = json!({ "item": incoming[1]["from"] });
    let claims = client.ask("callHierarchy/incomingCalls", claim.clone());
    assert_eq!(names(&claims, "from"), ["pier, line 5"]);
    assert_eq!(claims[0]["from"]["uri"], uri(&folder, "pier.md"));
    // It has an id, and is found where it is now.
    client.change(&bridge, 2, &[(Some([(5, 0), (5, 0)]), "New.\n\n")]);
    assert_eq!(names(&client.ask("callHierarchy/incomingCalls", claim.clone()), "from"), ["pier, line 5"]);
    // Where the document is closed and no other is open, nobody asks.
    client.close(&bridge);
    assert_eq!(client.ask("callHierarchy/incomingCalls", claim.clone()), Value::Null);
    let pier = uri(&folder, "pier.md");
    client.open(&pier, 1, &folder.read("pier.md"));
    assert_eq!(names(&client.ask("callHierarchy/incomingCalls", claim), "from"), ["pier, line 5"]);
}

#[test]
fn a_claim_without_an_id_is_not_taken_for_another() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "pier.md");
    client.open(&pier, 1, &folder.read("pier.md"));
    client.settle();
    let items = client.ask("textDocument/prepareCallHierarchy", Client::at(&pier, 4, 1));
    let item = json!({ "item": items[0] });
    assert_eq!(names(&client.ask("callHierarchy/outgoingCalls", item.clone()), "to"), ["bridge#toll"]);
    client.change(&pier, 2, &[(Some([(4, 0), (4, 0)]), "[new]{.claim} ")]);
    assert_eq!(client.ask("callHierarchy/outgoingCalls", item), Value::Null);
    assert_eq!(client.ask("textDocument/prepareCallHierarchy", Client::at(&pier, 0, 0)), Value::Null);
}

#[test]
fn entities_are_parts_of_each_other() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "pier.md");
    client.open(&pier, 1, &folder.read("pier.md"));
    client.settle();
    let items = client.ask("textDocument/prepareTypeHierarchy", Client::at(&pier, 4, 36));
    assert_eq!(items[0]["name"], "police", "{items}");
    let item = json!({ "item": items[0] });
    for method in ["typeHierarchy/supertypes", "typeHierarchy/subtypes"] {
        let next = client.ask(method, item.clone());
        assert_eq!(next[0]["name"], "city");
        assert_eq!(next[0]["detail"], "City");
        assert_eq!(next[0]["uri"], uri(&folder, "entities.yaml"));
    }
    assert_eq!(client.ask("textDocument/prepareTypeHierarchy", Client::at(&pier, 4, 1)), Value::Null);
    let mut strange = items[0].clone();
    strange["data"] = json!(7);
    assert_eq!(client.ask("typeHierarchy/subtypes", json!({ "item": strange })), Value::Null);
}
