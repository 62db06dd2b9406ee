//! What the editor's settings say, however they come; and what it wants to be told.

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};

fn hover(client: &mut Client, pier: &str) -> bool {
    !client.ask("textDocument/hover", Client::at(pier, 6, 7)).is_null()
}

fn no_hover() -> Value {
    json!({ "features": { "hover": false } })
}

#[test]
fn features_are_switched_off_and_on() {
    let folder = desk();
    let pier = uri(&folder, "2026/pier.md");
    let mut client = Client::introduced(&folder, |introduction| {
        introduction["initializationOptions"] = no_hover();
    });
    client.open(&pier, 1, PIER);
    client.settle();
    assert!(!hover(&mut client, &pier));
    let definition = client.ask("textDocument/definition", Client::at(&pier, 6, 7));
    assert!(!definition.is_null(), "it is another feature");
    // Told with the change, in the section or as all settings.
    for (settings, is_on) in [
        (json!({ "newsmark": { "features": { "hover": true } } }), true),
        (json!({ "newsmark": no_hover() }), false),
        (json!({ "newsmark": {} }), true),
        (no_hover(), false),
        (json!({ "newsmark": { "features": { "hover": "perhaps" } } }), true),
    ] {
        client.tell("workspace/didChangeConfiguration", json!({ "settings": settings }));
        assert_eq!(hover(&mut client, &pier), is_on, "{settings}");
    }
    assert_eq!(client.end(), 0);
}

/// Editors that can be asked are asked, and asked again when something changes.
#[test]
fn settings_are_asked_for() {
    let folder = desk();
    let pier = uri(&folder, "2026/pier.md");
    let mut client = Client::start(&folder);
    client.settings = no_hover();
    let mut introduction = Client::introduction(&folder, json!(["utf-16"]));
    introduction["capabilities"]["workspace"]["configuration"] = json!(true);
    introduction["capabilities"]["workspace"]["didChangeConfiguration"] =
        json!({ "dynamicRegistration": true });
    client.ask("initialize", introduction);
    client.tell("initialized", json!({}));
    let asked = client.wait(|message| message["method"] == "workspace/configuration");
    assert_eq!(asked["params"]["items"], json!([{ "section": "newsmark" }]));
    let is_it = |message: &Value| {
        message["params"]["registrations"][0]["method"] == "workspace/didChangeConfiguration"
    };
    let registered = client.wait(is_it);
    assert_eq!(registered["params"]["registrations"][0]["registerOptions"], json!({ "section": "newsmark" }));
    client.open(&pier, 1, PIER);
    client.settle();
    while hover(&mut client, &pier) {}
    client.settings = json!({});
    client.tell("workspace/didChangeConfiguration", json!({ "settings": null }));
    client.wait(|message| message["method"] == "workspace/configuration");
    while !hover(&mut client, &pier) {}
    assert_eq!(client.end(), 0);
}

#[test]
fn diagnostics_are_taken_back_and_told_again() {
    let folder = desk();
    let wrong = PIER.replace("wire-0311", "wire-0312");
    folder.write("2026/pier.md", &wrong);
    let pier = uri(&folder, "2026/pier.md");
    let off =
        |is_off: bool| json!({ "settings": { "newsmark": { "features": { "diagnostics": !is_off } } } });
    // Told.
    let mut client = Client::in_folder(&folder);
    client.open(&pier, 1, &wrong);
    assert!(client.found(&pier).contains("undefined-source"));
    client.tell("workspace/didChangeConfiguration", off(true));
    assert_eq!(client.found(&pier), "");
    client.tell("workspace/didChangeConfiguration", off(false));
    assert!(client.found(&pier).contains("undefined-source"));
    assert_eq!(client.end(), 0);
    // Asked for.
    let mut client = Client::introduced(&folder, Client::pulls);
    client.request_overview(true);
    client.settle();
    for is_off in [true, false] {
        client.tell("workspace/didChangeConfiguration", off(is_off));
        client.settle();
        assert_eq!(client.overview.is_empty(), is_off);
        assert_eq!(client.pull(&pier)["items"].as_array().map(Vec::is_empty), Some(is_off));
    }
    assert_eq!(client.end(), 0);
}

/// What a client is told when it wants to be, and never a word of a draft.
#[test]
fn traces_hold_no_text() {
    const SECRET: &str = "Quartermaster";
    let folder = desk();
    let mut client = Client::introduced(&folder, |introduction| introduction["trace"] = json!("messages"));
    let pier = uri(&folder, "2026/pier.md");
    let text = format!("{PIER}{SECRET} [[{SECRET}]] [{SECRET}]{{.claim by={SECRET}}}\n");
    client.open(&pier, 1, &text);
    client.settle();
    assert!(hover(&mut client, &pier));
    let is_hover = |said: &Value| said["message"] == "textDocument/hover: answered";
    let traced = client.told("$/logTrace");
    assert!(traced.iter().any(|said| is_hover(said) && said.get("verbose").is_none()), "{traced:?}");
    client.tell("$/setTrace", json!({ "value": "verbose" }));
    assert!(hover(&mut client, &pier));
    client.settle();
    let traced = client.told("$/logTrace");
    assert!(traced.iter().any(|said| is_hover(said) && said.get("verbose").is_some()), "{traced:?}");
    client.change(&pier, 2, &[(None, &text)]);
    folder.write("sources.yaml", SECRET);
    client.watched(&[(&uri(&folder, "sources.yaml"), 2)]);
    client.settle();
    let said = client.told("window/logMessage");
    assert!(
        said.iter().any(|said| said["message"].as_str().is_some_and(|text| text.contains("ready"))),
        "{said:?}"
    );
    let said = format!("{said:?}{:?}", client.told("$/logTrace"));
    assert!(!said.contains(SECRET), "{said}");
    client.tell("$/setTrace", json!({ "value": "off" }));
    client.settle();
    let before = client.told("$/logTrace").len();
    assert!(hover(&mut client, &pier));
    client.settle();
    assert_eq!(client.told("$/logTrace").len(), before);
    assert_eq!(client.end(), 0);
}

/// What is shown in open documents is asked for again, where the client can be asked.
#[test]
fn what_is_shown_is_refreshed() {
    let folder = desk();
    let mut client = Client::introduced(&folder, |introduction| {
        let workspace = &mut introduction["capabilities"]["workspace"];
        for what in ["codeLens", "inlayHint", "semanticTokens", "foldingRange"] {
            workspace[what] = json!({ "refreshSupport": true });
        }
    });
    let methods = ["codeLens", "inlayHint", "semanticTokens", "foldingRange"]
        .map(|what| format!("workspace/{what}/refresh"));
    // Once everything is read, and once a registry changed on the disk.
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, PIER);
    for method in &methods {
        client.wait(|message| message["method"] == **method);
    }
    client.settle();
    folder.write("entities.yaml", "[]\n");
    client.watched(&[(&uri(&folder, "entities.yaml"), 2)]);
    for method in &methods {
        client.wait(|message| message["method"] == **method);
    }
    assert_eq!(client.end(), 0);
}
