//! Frames that are none.

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};

/// The error that the server sends to nobody in particular.
fn next_error(client: &mut Client) -> i64 {
    let answer = client.wait(|message| message["id"].is_null() && message.get("error").is_some());
    answer["error"]["code"].as_i64().expect("an error has a code")
}

#[test]
fn damage_costs_the_message_that_it_is_in() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    for (damage, code) in [
        (&b"Content-Length: 4\r\n\r\n{\"a\""[..], -32700),
        (b"Content-Length: 2\r\n\r\n\xff\xfe", -32700),
        (b"Content-Type: application/json\r\n\r\n{}", -32700),
        (b"Content-Length: 10000000000\r\n\r\n{}", -32700),
        (b"Content-Length: -1\r\n\r\n", -32700),
        (b"who is there?\r\n\r\n", -32700),
        (b"Content-Length: 2\r\n\r\n[]", -32600),
        (b"Content-Length: 2\r\n\r\n{}", -32600),
        (b"Content-Length: 21\r\n\r\n{\"method\":\"shutdown\"}", -32600),
    ] {
        client.raw(damage);
        assert_eq!(next_error(&mut client), code, "{}", String::from_utf8_lossy(damage));
        assert_eq!(client.ask("newsmark/settled", Value::Null)["corpora"], 1);
    }
    // What the id was can still be read.
    let wrong = json!({ "jsonrpc": "1.0", "id": 77, "method": "shutdown" });
    client.send(&wrong);
    assert_eq!(client.answer(77)["error"]["code"], -32600);
    // Everything works as before.
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, &PIER.replace("harbour-police]]", "harbor-police]]"));
    assert!(client.found(&pier).contains("undefined-entity"));
    assert_eq!(client.end(), 0);
}

#[test]
fn a_stream_that_ends_is_the_end() {
    for rest in ["", "Content-Length: 100\r\n\r\n{\"jsonrpc\":", "Content-Le"] {
        let mut client = Client::in_folder(&desk());
        client.settle();
        client.raw(rest.as_bytes());
        client.hang_up();
        assert_eq!(client.wait_for_end().0, 1, "it ended without a word: {rest}");
    }
}

#[test]
fn a_client_that_reads_no_more_is_not_waited_for() {
    let folder = desk();
    let mut client = Client::start(&folder);
    client.initialize(&folder, json!(["utf-16"]));
    client.stop_reading();
    for id in 0..20_000 {
        client.send(&json!({ "jsonrpc": "2.0", "id": id, "method": "nothing/like/it" }));
    }
    client.hang_up();
    assert_eq!(client.wait_for_end().0, 1);
}
