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

/// The editor is asked to create the file, and to show it.
#[test]
fn beginning_an_article() {
    let folder = desk();
    let mut client = Client::introduced(&folder, |introduction| {
        introduction["capabilities"]["workspace"]["workspaceEdit"]["resourceOperations"] = json!(["create"]);
        introduction["capabilities"]["window"]["showDocument"] = json!({ "support": true });
    });
    client.settle();
    client.answers = false;
    let new =
        json!({ "command": "newsmark.newArticle", "arguments": [{ "title": "Toll: 40", "author": "A" }] });
    let id = client.request("workspace/executeCommand", new);
    let asked = client.wait(|message| message["method"] == "workspace/applyEdit");
    let changes = &asked["params"]["edit"]["documentChanges"];
    assert_eq!(changes[0]["kind"], "create");
    let address = changes[0]["uri"].as_str().expect("it has an address").to_owned();
    assert!(address.ends_with("/toll-40.md"), "{address}");
    let text = changes[1]["edits"][0]["newText"].as_str().expect("it has a text");
    assert!(
        text.starts_with("---\ntitle: \"Toll: 40\"\ndate: ")
            && text.ends_with("author: A\nstatus: draft\n---\n\n"),
        "{text}"
    );
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": { "applied": true } }));
    let asked = client.wait(|message| message["method"] == "window/showDocument");
    assert_eq!(asked["params"]["uri"], address.as_str());
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": { "success": true } }));
    assert_eq!(client.answer(id)["result"], json!({ "uri": address }));
}

/// Without a headline, or an editor that can, it is said why there is none.
#[test]
fn no_article_is_begun_in_vain() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let new = |arguments: Value| json!({ "command": "newsmark.newArticle", "arguments": arguments });
    let why = |answer: &Value| answer["error"]["message"].as_str().unwrap_or_default().to_owned();
    let answer = client.call("workspace/executeCommand", new(json!([])));
    assert_eq!(why(&answer), "a new article needs a headline");
    let answer = client.call("workspace/executeCommand", new(json!(["A headline"])));
    assert_eq!(why(&answer), "this editor cannot be asked to create a file");
}
