//! Inlay hints over the pipe: in the range asked for, with tooltips that are asked for later.

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};

fn hints(client: &mut Client, uri: &str, lines: [u64; 2]) -> Value {
    let [start, end] = lines.map(|line| json!({ "line": line, "character": 0 }));
    let range = json!({ "start": start, "end": end });
    client.ask("textDocument/inlayHint", json!({ "textDocument": { "uri": uri }, "range": range }))
}

#[test]
fn hints_stand_after_the_words_and_tell_more_when_asked() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, PIER);
    client.settle();
    let all = hints(&mut client, &pier, [0, 99]);
    let labels: Vec<&str> =
        all.as_array().expect("a list").iter().filter_map(|hint| hint["label"].as_str()).collect();
    assert_eq!(labels, ["2026-03-10"]);
    assert_eq!(hints(&mut client, &pier, [0, 3]), json!([]), "nothing is shown there");
    let line = PIER.lines().nth(6).expect("it is there");
    let end = line.find("@wire-0311").expect("it is there") + "@wire-0311".len();
    assert_eq!(all[0]["position"], json!({ "line": 6, "character": end }));
    assert_eq!(all[0]["paddingLeft"], true);
    assert!(all[0].get("tooltip").is_none());
    let told = client.ask("inlayHint/resolve", all[0].clone());
    assert_eq!(told["tooltip"]["kind"], "markdown");
    let markdown = told["tooltip"]["value"].as_str().expect("it is words");
    assert!(markdown.contains("cited in 2 articles"), "{markdown}");
    // The place is another's after a change.
    client.change(&pier, 2, &[(Some([(0, 0), (0, 0)]), "\n")]);
    let late = client.ask("inlayHint/resolve", all[0].clone());
    assert!(late.get("tooltip").is_none(), "{late}");
}

#[test]
fn of_unknown_documents_nothing_is_said() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    assert_eq!(hints(&mut client, &uri(&folder, "2026/pier.md"), [0, 9]), Value::Null, "it is not open");
}
