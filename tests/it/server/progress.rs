//! What the client is told while a corpus is read.

use std::io::{BufRead, BufReader, Read, Write};

use serde_json::{Value, json};

use super::client::{Client, desk, uri};

#[test]
fn reading_a_corpus_is_shown() {
    let folder = desk();
    // As many as take longer than anybody would miss; read fast, nothing is shown.
    for number in 0..6_000 {
        let text = format!(
            "---\ntitle: T\n---\n\n{}",
            "The [[mayor]] closed [the pier]{.claim}[@wire-0311].\n".repeat(20)
        );
        folder.write(&format!("old/{number}.md"), text);
    }
    let mut client = Client::in_folder(&folder);
    client.wait(|message| message["method"] == "window/workDoneProgress/create");
    let kinds = |message: &Value| message["params"]["value"]["kind"].as_str().map(str::to_owned);
    let mut heard = Vec::new();
    while heard.last().map(String::as_str) != Some("end") {
        let message = client.wait(|message| message["method"] == "$/progress");
        heard.extend(kinds(&message));
    }
    assert_eq!(heard.first().map(String::as_str), Some("begin"));
    assert!(heard[1..heard.len() - 1].iter().all(|kind| kind == "report"), "{heard:?}");
    client.settle();
    assert_eq!(client.end(), 0);
}

/// Stopped, open files are looked at alone; asked to, newsmark reads on.
#[test]
fn reading_a_corpus_is_stopped() {
    let folder = desk();
    for number in 0..6_000 {
        let text =
            format!("---\ntitle: T\n---\n\n{}", "The [[mayor]] closed [the pier]{.claim}.\n".repeat(20));
        folder.write(&format!("old/{number}.md"), text);
    }
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    let begun = client.wait(|message| message["params"]["value"]["kind"] == "begin");
    assert_eq!(begun["params"]["value"]["cancellable"], true);
    client.tell("window/workDoneProgress/cancel", json!({ "token": "another" }));
    client.tell("window/workDoneProgress/cancel", json!({ "token": begun["params"]["token"] }));
    client.wait(|message| message["params"]["value"]["kind"] == "end");
    client.open(&pier, 1, "[[nobody]] [x]{.claim\n");
    let found = client.found(&pier);
    assert!(!found.contains("undefined-entity") && found.contains("malformed-attributes"), "{found}");
    client.watched(&[(&uri(&folder, "sources.yaml"), 2)]);
    assert!(!client.found(&pier).contains("undefined-entity"), "nothing is read by and by");
    let restart = json!({ "command": "newsmark.restartIndex" });
    client.ask("workspace/executeCommand", restart);
    assert!(client.found(&pier).contains("undefined-entity"));
    assert_eq!(client.end(), 0);
}

/// The library serves any stream, without a process around it.
#[test]
fn in_process() {
    let (input, mut to_server) = std::io::pipe().expect("the system has pipes");
    let (from_server, output) = std::io::pipe().expect("the system has pipes");
    let server = std::thread::spawn(move || newsmark::server::run(input, output));
    let mut from_server = BufReader::new(from_server);
    for (message, answers) in [
        (json!({ "id": 1, "method": "initialize", "params": { "capabilities": {} } }), true),
        (json!({ "method": "initialized", "params": {} }), false),
        (json!({ "id": 2, "method": "shutdown" }), true),
        (json!({ "method": "exit" }), false),
    ] {
        let mut message = message;
        message["jsonrpc"] = json!("2.0");
        let body = message.to_string();
        write!(to_server, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
        if answers {
            let mut header = String::new();
            from_server.read_line(&mut header).expect("the server answers");
            let length = header["Content-Length: ".len()..].trim().parse().expect("it is a number");
            from_server.read_line(&mut header).expect("the header ends");
            let mut body = vec![0; length];
            from_server.read_exact(&mut body).expect("the answer is whole");
            let answer: Value = serde_json::from_slice(&body).expect("it is JSON");
            assert_eq!(answer["id"], message["id"]);
            assert!(answer.get("error").is_none(), "{answer}");
        }
    }
    assert!(server.join().expect("it does not panic").expect("it starts"), "it ended as agreed");
}
