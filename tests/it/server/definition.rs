//! `textDocument/definition`, `declaration`, `typeDefinition` and `implementation`.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const METHODS: [&str; 4] = ["definition", "declaration", "typeDefinition", "implementation"];

const ARTICLE: &str =
    "[x]{.claim by=mayor}[@wire]\n\n[[mayor]] [y]{.claim #y}[@wire] [z]{.claim repeats=#y}\n";

fn folder() -> Folder {
    Folder::new(&[
        ("newsmark.toml", "[names]\nshe = \"mayor\"\n"),
        ("a.md", ARTICLE),
        ("wire.txt", "The words.\n"),
        ("entities.yaml", "- {id: mayor, part-of: council}\n- {id: council}\n"),
        ("sources.yaml", "- {id: wire, type: report, custom: {issuer: mayor, snapshot: wire.txt}}\n"),
    ])
}

fn ask(client: &mut Client, method: &str, at: Value) -> Value {
    client.ask(&format!("textDocument/{method}"), at)
}

#[test]
fn each_leads_its_own_way() {
    let folder = folder();
    let mut client = Client::introduced(&folder, |introduction| {
        for method in METHODS {
            introduction["capabilities"]["textDocument"][method] = json!({ "linkSupport": true });
        }
    });
    let a = uri(&folder, "a.md");
    client.open(&a, 1, ARTICLE);
    client.settle();
    let cited = Client::at(&a, 2, 26);
    let wanted = [
        ("definition", "sources.yaml", [0, 7]),
        ("declaration", "a.md", [0, 22]),
        ("typeDefinition", "entities.yaml", [0, 7]),
        ("implementation", "wire.txt", [0, 0]),
    ];
    for (method, path, [line, character]) in wanted {
        let found = ask(&mut client, method, cited.clone());
        assert_eq!(found[0]["targetUri"], uri(&folder, path), "{method}: {found}");
        let start = &found[0]["targetSelectionRange"]["start"];
        assert_eq!(*start, json!({ "line": line, "character": character }), "{method}: {found}");
    }
    // The claim is repeated by one that has no id.
    let repeated = ask(&mut client, "implementation", Client::at(&a, 2, 11));
    assert_eq!(repeated[0]["targetRange"]["start"], json!({ "line": 2, "character": 32 }), "{repeated}");
    assert_eq!(client.end(), 0);
}

#[test]
fn clients_that_know_no_links_get_places() {
    let folder = folder();
    let mut client = Client::introduced(&folder, |introduction| {
        introduction["capabilities"]["textDocument"] = json!({});
    });
    let a = uri(&folder, "a.md");
    client.open(&a, 1, ARTICLE);
    client.settle();
    for method in METHODS {
        let found = ask(&mut client, method, Client::at(&a, 2, 26));
        assert!(found[0]["uri"].is_string() && found[0]["range"].is_object(), "{method}: {found}");
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn where_nothing_leads_the_answer_is_none() {
    let folder = folder();
    let mut client = Client::in_folder(&folder);
    let a = uri(&folder, "a.md");
    // Asked before anything has been read.
    client.open(&a, 1, ARTICLE);
    for method in METHODS {
        ask(&mut client, method, Client::at(&a, 2, 26));
        assert_eq!(ask(&mut client, method, Client::at(&uri(&folder, "other.md"), 0, 0)), Value::Null);
        assert_eq!(ask(&mut client, method, Client::at("untitled:x", 0, 0)), Value::Null);
    }
    client.settle();
    for method in METHODS {
        assert_eq!(ask(&mut client, method, Client::at(&a, 1, 0)), Value::Null, "{method}");
        let id = client.request(&format!("textDocument/{method}"), Client::at(&a, 2, 26));
        client.tell("$/cancelRequest", json!({ "id": id }));
        client.answer(id);
    }
    assert_eq!(client.end(), 0);
}

/// A registry that goes away while something leads to it.
#[test]
fn a_file_that_vanished_is_led_to_no_more() {
    let folder = folder();
    let mut client = Client::in_folder(&folder);
    let a = uri(&folder, "a.md");
    client.open(&a, 1, ARTICLE);
    client.settle();
    assert!(ask(&mut client, "implementation", Client::at(&a, 2, 26)).is_array());
    for path in ["wire.txt", "entities.yaml"] {
        std::fs::remove_file(folder.join(path)).expect("it is there");
        client.watched(&[(&uri(&folder, path), 3)]);
    }
    client.settle();
    assert_eq!(ask(&mut client, "implementation", Client::at(&a, 2, 26)), Value::Null);
    assert_eq!(ask(&mut client, "typeDefinition", Client::at(&a, 2, 26)), Value::Null);
    assert_eq!(client.end(), 0);
}

#[test]
fn the_configuration_leads_and_explains() {
    let folder = folder();
    let mut client = Client::in_folder(&folder);
    let config = uri(&folder, "newsmark.toml");
    client.open(&config, 1, "[names]\nshe = \"mayor\"\n\n[rules]\nundefined-entity = \"hint\"\n");
    client.settle();
    let led = ask(&mut client, "definition", Client::at(&config, 1, 8));
    assert_eq!(led[0]["targetUri"], uri(&folder, "entities.yaml"), "{led}");
    assert_eq!(led[0]["originSelectionRange"]["start"], json!({ "line": 1, "character": 7 }));
    let hover = client.ask("textDocument/hover", Client::at(&config, 4, 3));
    let shown = hover["contents"]["value"].as_str().expect("words");
    assert!(shown.starts_with("**undefined-entity** · hint by line 5"), "{shown}");
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": config } }));
    let names: Vec<&str> =
        symbols.as_array().into_iter().flatten().filter_map(|symbol| symbol["name"].as_str()).collect();
    assert_eq!(names, ["names", "rules"]);
    assert_eq!(symbols[0]["children"][0]["name"], "she");
    // What it sets holds at once, in articles too.
    let a = uri(&folder, "a.md");
    client.open(&a, 1, "<!-- newsmark-ignore undefined-entity: reason -->\n[[nobody]]\n");
    let hover = client.ask("textDocument/hover", Client::at(&a, 0, 25));
    let shown = hover["contents"]["value"].as_str().expect("words");
    assert!(shown.starts_with("**undefined-entity** · hint by line 5"), "{shown}");
    assert_eq!(client.end(), 0);
}
