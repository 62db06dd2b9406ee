//! Commands that show what rests on what.

use serde_json::{Value, json};

use super::client::{Client, desk, uri};
use crate::folder::Folder;

fn run(client: &mut Client, command: &str, arguments: Value) -> Value {
    client.call("workspace/executeCommand", json!({ "command": command, "arguments": arguments }))
}

fn ready(folder: &Folder) -> (Client, String) {
    let mut client = Client::in_folder(folder);
    let bridge = uri(folder, "2026/bridge.md");
    client.open(&bridge, 1, &folder.read("2026/bridge.md"));
    client.settle();
    (client, bridge)
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().filter_map(|one| one["name"].as_str()).collect()
}

#[test]
fn a_retraction_touches_all_that_rests_on_the_source() {
    let folder = desk();
    let (mut client, bridge) = ready(&folder);
    let at = json!({ "line": 6, "character": 34 });
    for about in [at, json!("wire-0311"), json!("@wire-0311")] {
        let answer = run(&mut client, "newsmark.showRetraction", json!([bridge, about]))["result"].take();
        assert_eq!(
            names(&answer["touched"]),
            ["2026/bridge.md", "bridge#toll", "2026/pier.md", "pier, line 7"],
            "{answer}"
        );
        assert_eq!(answer["touched"][3]["location"]["uri"], uri(&folder, "2026/pier.md"));
        assert!(answer["markdown"].as_str().is_some_and(|page| page.contains("2 articles, 2 claims")));
    }
    let told = client.told("window/showMessage");
    assert_eq!(told.len(), 3);
    assert!(
        told[0]["message"].as_str().is_some_and(|text| text.contains("article 2026/pier.md")),
        "{told:?}"
    );
}

#[test]
fn origins_come_with_the_way_to_them() {
    let folder = desk();
    folder.write(
        "sources.yaml",
        "- {id: wire-0311, type: article, custom: {relays: [brief]}}\n- {id: brief, type: report}\n",
    );
    let (mut client, bridge) = ready(&folder);
    let answer = run(&mut client, "newsmark.showOrigins", json!([bridge, "bridge#toll"]))["result"].take();
    assert_eq!(names(&answer["origins"]), ["brief"], "{answer}");
    assert_eq!(names(&answer["origins"][0]["by"]), ["wire-0311"]);
    assert_eq!(answer["complete"], true);
}

#[test]
fn what_is_not_there_is_null_and_what_is_wrong_is_said() {
    let folder = desk();
    let (mut client, bridge) = ready(&folder);
    for about in [json!("nothing"), json!("harbour-police"), json!({ "line": 0, "character": 0 })] {
        for command in ["newsmark.showOrigins", "newsmark.showRetraction"] {
            assert_eq!(run(&mut client, command, json!([bridge, about]))["result"], Value::Null);
        }
    }
    for arguments in [json!([]), json!([bridge]), json!([7, 7]), json!([bridge, 7])] {
        assert_eq!(run(&mut client, "newsmark.showOrigins", arguments)["error"]["code"], -32602);
    }
    assert_eq!(run(&mut client, "newsmark.strange", json!([]))["error"]["code"], -32602);
    assert!(client.told("window/showMessage").is_empty());
}
