//! Commands, and the one that reads everything anew.

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};

fn command(name: &str) -> Value {
    json!({ "command": name, "arguments": [] })
}

#[test]
fn what_there_is_not_is_said() {
    let folder = desk();
    let mut client = Client::start(&folder);
    let answer = client.initialize(&folder, json!(["utf-16"]));
    let commands = answer["capabilities"]["executeCommandProvider"]["commands"].clone();
    assert!(
        commands.as_array().is_some_and(|all| all.contains(&json!("newsmark.restartIndex"))),
        "{commands}"
    );
    let unknown = client.call("workspace/executeCommand", command("newsmark.makeTea"));
    assert_eq!(unknown["error"]["code"], -32602);
    assert_eq!(client.end(), 0);
}

/// What no event told of is found.
#[test]
fn reading_everything_anew() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, PIER);
    assert_eq!(client.found(&pier), "");
    folder.write("sources.yaml", "[]\n");
    assert_eq!(client.found(&pier), "", "nobody has told of it");
    assert_eq!(client.ask("workspace/executeCommand", command("newsmark.restartIndex")), Value::Null);
    assert!(client.found(&pier).contains("undefined-source"));
    assert_eq!(client.end(), 0);
}
