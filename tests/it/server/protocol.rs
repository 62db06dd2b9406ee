//! What the protocol asks of every server, whatever goes wrong.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};
use crate::folder::Folder;

fn code(answer: &Value) -> i64 {
    answer["error"]["code"].as_i64().unwrap_or_default()
}

#[test]
fn from_first_to_last() {
    let folder = desk();
    let mut client = Client::start(&folder);
    // Nothing before it is introduced.
    let early = client.call("textDocument/hover", Client::at("file:///a.md", 0, 0));
    assert_eq!(code(&early), -32002);
    assert_eq!(code(&client.call("shutdown", Value::Null)), -32002);
    client.tell("textDocument/didOpen", json!({}));
    let answer = client.initialize(&folder, json!(["utf-16"]));
    assert_eq!(answer["serverInfo"]["name"], "newsmark");
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    // Once is enough.
    let again = client.call("initialize", Client::introduction(&folder, json!([])));
    assert_eq!(code(&again), -32600);
    assert_eq!(code(&client.call("textDocument/fancy", json!({}))), -32601);
    assert_eq!(code(&client.call("textDocument/hover", json!({ "position": 7 }))), -32602);
    client.tell("$/whatever", json!({}));
    assert_eq!(code(&client.call("$/whatever", json!({}))), -32601, "a request is answered");
    client.tell("textDocument/unheardOf", json!({}));
    client.settle();
    client.ask("shutdown", Value::Null);
    let late = client.call("textDocument/hover", Client::at("file:///a.md", 0, 0));
    assert_eq!(code(&late), -32600);
    client.tell("exit", Value::Null);
    assert_eq!(client.wait_for_end().0, 0);
}

#[test]
fn an_exit_without_leave_is_a_failure() {
    let mut client = Client::in_folder(&desk());
    client.tell("exit", Value::Null);
    assert_eq!(client.wait_for_end().0, 1);
    let mut client = Client::start(&desk());
    client.tell("exit", Value::Null);
    assert_eq!(client.wait_for_end().0, 1);
}

/// The best of what is offered: bytes, if the client can count them.
#[test]
fn encodings_are_agreed_on() {
    let folder = desk();
    for (offered, agreed) in [
        (json!(["utf-16", "utf-8"]), "utf-8"),
        (json!(["utf-32"]), "utf-32"),
        (json!(["utf-32", "utf-16"]), "utf-16"),
        (json!(["ebcdic"]), "utf-16"),
        (json!([]), "utf-16"),
        (Value::Null, "utf-16"),
    ] {
        let mut client = Client::start(&folder);
        let answer = client.initialize(&folder, offered);
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed);
        assert_eq!(client.end(), 0);
    }
}

#[test]
fn a_mistake_costs_its_own_request() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, &PIER.replace("harbour-police]]", "harbor-police]]"));
    assert!(client.found(&pier).contains("undefined-entity"));
    assert_eq!(code(&client.call("newsmark/failingHandler", Value::Null)), -32603);
    assert_eq!(code(&client.call("newsmark/failingQuestion", Value::Null)), -32603);
    client.settle();
    // Half-changed tables are read anew.
    for _ in 0..2 {
        client.tell("newsmark/failingEngine", Value::Null);
        client.settle();
        assert!(client.found(&pier).contains("undefined-entity"));
    }
    client.change(&pier, 2, &[(None, PIER)]);
    assert_eq!(client.found(&pier), "");
    client.ask("shutdown", Value::Null);
    client.tell("exit", Value::Null);
    let (status, log) = client.wait_for_end();
    assert_eq!(status, 0);
    assert!(log.contains("src/server/"), "the log has the place:\n{log}");
    assert!(!log.contains("draft"), "and no words of a draft:\n{log}");
}

#[test]
fn every_request_gets_one_answer() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, PIER);
    let ids: Vec<i64> = (0..300)
        .map(|number| {
            let id = client.request("textDocument/hover", Client::at(&pier, 6, number % 60));
            client.tell("$/cancelRequest", json!({ "id": id }));
            id
        })
        .collect();
    let mut answers: BTreeMap<i64, Value> = BTreeMap::new();
    for id in ids {
        let answer = client.answer(id);
        assert!(answer.get("error").is_none() || code(&answer) == -32800, "{answer}");
        assert!(answers.insert(id, answer).is_none());
    }
    // A request that is not there, or is answered, can be cancelled, too.
    client.tell("$/cancelRequest", json!({ "id": 1 }));
    client.tell("$/cancelRequest", json!({ "id": "what" }));
    client.settle();
    assert_eq!(client.end(), 0);
}

/// An edit counts for what comes after it, and for nothing that came before.
#[test]
fn each_answer_is_as_of_the_edit_before_it() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, "# a {#a}\n");
    client.settle();
    let symbols: Vec<(String, i64)> = (0..100)
        .map(|number| {
            let name = format!("heading {number}");
            client.change(&pier, number + 2, &[(None, &format!("# {name}\n"))]);
            let document = json!({ "textDocument": { "uri": pier } });
            (name, client.request("textDocument/documentSymbol", document))
        })
        .collect();
    for (name, id) in symbols {
        assert_eq!(client.answer(id)["result"][0]["name"], name);
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn a_client_that_answers_nothing() {
    let folder = desk();
    let mut client = Client::start(&folder);
    client.answers = false;
    client.initialize(&folder, json!(["utf-16"]));
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, &PIER.replace("wire-0311", "wire-0312"));
    assert!(client.found(&pier).contains("undefined-source"));
    // Answers to questions that nobody asked are no harm.
    client.send(&json!({ "jsonrpc": "2.0", "id": 12_345, "result": null }));
    client.send(&json!({ "jsonrpc": "2.0", "id": "x", "error": { "code": 1, "message": "no" } }));
    client.settle();
    assert_eq!(client.end(), 0);
}

/// A client that is killed may leave its end of the pipe to a child.
#[cfg(unix)]
#[test]
fn the_server_goes_with_its_client() {
    let folder = desk();
    let mut parent = Command::new("sleep").arg("600").spawn().expect("sleep is part of every Unix");
    let mut client =
        Client::introduced(&folder, |introduction| introduction["processId"] = json!(parent.id()));
    client.settle();
    parent.kill().expect("it is a child of this process");
    parent.wait().expect("it is a child of this process");
    assert_eq!(client.wait_for_end().0, 1);
}

/// A client that says that it can do nothing gets what every client can show.
#[test]
fn a_client_of_few_words() {
    let folder = desk();
    let mut client = Client::start(&folder);
    let root = format!("file://{}", folder.path().display());
    let formats = json!({ "hover": { "contentFormat": ["plaintext"] } });
    client.ask("initialize", json!({ "rootUri": root, "capabilities": { "textDocument": formats } }));
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, PIER);
    client.settle();
    let hover = client.ask("textDocument/hover", Client::at(&pier, 6, 7));
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let text = hover["contents"]["value"].as_str().expect("it is text");
    assert!(text.starts_with("Harbour Police · organisation"), "{text}");
    assert!(!text.contains(['*', '\\']), "{text}");
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": pier } }));
    assert_eq!(symbols[0]["location"]["uri"], pier);
    let definition = client.ask("textDocument/definition", Client::at(&pier, 6, 7));
    assert!(definition[0]["uri"].as_str().is_some_and(|uri| uri.ends_with("entities.yaml")), "{definition}");
    // Versions were not always there.
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": pier }, "contentChanges": [{ "text": "[[nobody]]\n" }] }),
    );
    assert!(client.found(&pier).contains("`nobody`"));
    assert_eq!(client.end(), 0);
}

/// What a light bulb offers is for the text as it is, not as it was when it was last looked at.
#[test]
fn fixes_are_those_of_the_text_as_it_is() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, &PIER.replace("[[harbour-police]]", "[[harbor-police]]"));
    client.settle();
    for version in 2..20 {
        client.change(&pier, version, &[(Some([(6, 0), (6, 0)]), "New ")]);
        let range = json!({ "start": { "line": 6, "character": 0 }, "end": { "line": 6, "character": 200 } });
        let context = json!({ "diagnostics": [] });
        let document = json!({ "uri": pier });
        let actions = client.ask(
            "textDocument/codeAction",
            json!({ "textDocument": document, "range": range, "context": context }),
        );
        let change = &actions[0]["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"]["version"], version);
        assert_eq!(change["edits"][0]["range"]["start"]["character"], 6 + 4 * (version - 1), "{actions}");
    }
    assert_eq!(client.end(), 0);
}

/// Of who is not on record the key is all that may be shown: also where what says so is
/// half-typed, misspelt or in the wrong place.
#[test]
fn sources_that_may_not_be_named() {
    const SECRET: &str = "Quartermaster";
    for terms in [
        "custom: {terms: off-record}",
        "custom: {known-to: editor}",
        "custom: {known-to: [editor]}",
        "custom: {terms: off-the-record}",
        "custom: {terms: }",
        "custom: {anonymity-reason: fear}",
        "custom: {knwon-to: editor}",
        "known-to: editor",
        "terms: background",
    ] {
        let sources = format!(
            "- id: s1\n  type: interview\n  title: {SECRET} speaks\n  author: [{{family: {SECRET}}}]\n  {terms}\n- id: s2\n  type: interview\n  custom: {{standing: retracted, standing-note: {SECRET} was afraid, {}}}\n",
            terms.trim_start_matches("custom: {").trim_end_matches('}')
        );
        let article = PIER.replace("[@wire-0311]", "[@s1; @s2]");
        let folder = Folder::new(&[("newsmark.toml", ""), ("a.md", &article), ("sources.yaml", &sources)]);
        let mut client = Client::in_folder(&folder);
        let (uri, registry) = (uri(&folder, "a.md"), uri(&folder, "sources.yaml"));
        client.open(&uri, 1, &article);
        client.open(&registry, 1, &sources);
        client.settle();
        let mut said = format!("{:?}", client.diagnostics);
        for (document, text) in [(&uri, &article), (&registry, &sources)] {
            for (number, line) in text.lines().enumerate() {
                for character in 0..line.len() {
                    let hover = client
                        .ask("textDocument/hover", Client::at(document, number as u64, character as u64));
                    said.push_str(&hover["contents"]["value"].to_string());
                }
            }
            let symbols =
                client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": document } }));
            said.push_str(&symbols.to_string());
        }
        said.push_str(&folder.run(&["check", "--format", "json"]).out);
        assert!(said.contains("not on record"), "{terms}: {said}");
        assert!(!said.contains(SECRET), "{terms}: {said}");
        assert_eq!(client.end(), 0);
    }
}
