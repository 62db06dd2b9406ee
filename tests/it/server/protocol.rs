//! What the protocol asks of every server, whatever goes wrong.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};

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
    let mut client = Client::start(&folder);
    let mut introduction = Client::introduction(&folder, json!(["utf-16"]));
    introduction["processId"] = json!(parent.id());
    client.ask("initialize", introduction);
    client.tell("initialized", json!({}));
    client.settle();
    parent.kill().expect("it is a child of this process");
    parent.wait().expect("it is a child of this process");
    assert_eq!(client.wait_for_end().0, 1);
}
