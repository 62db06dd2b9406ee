//! Diagnostics that the client asks for: of one document, and of the whole corpus.

use std::fs;

use serde_json::{Value, json};

use super::client::{Client, PIER, desk, uri};
use crate::folder::Folder;

const CREATED: u8 = 1;
const CHANGED: u8 = 2;
const DELETED: u8 = 3;

fn pulling(folder: &Folder) -> Client {
    Client::introduced(folder, Client::pulls)
}

fn rules(report: &Value) -> Vec<String> {
    let items = report["items"].as_array().expect("it is a full report").iter();
    items.map(|item| item["code"].as_str().expect("it has a rule").to_owned()).collect()
}

/// The paths of the documents that have findings, as the client was told.
fn paths(client: &Client, folder: &Folder) -> Vec<String> {
    let root = uri(folder, "");
    client.overview.keys().map(|uri| uri.trim_start_matches(&root).to_owned()).collect()
}

fn is_held(client: &mut Client, id: i64) -> bool {
    client.settle();
    !client.has_heard(|message| message["id"] == id && message.get("method").is_none())
}

fn wrong() -> String {
    PIER.replace("wire-0311", "wire-0312")
}

#[test]
fn who_asks_is_not_told_unasked() {
    let folder = desk();
    let mut client = Client::start(&folder);
    let mut introduction = Client::introduction(&folder, json!(["utf-16"]));
    Client::pulls(&mut introduction);
    let answer = client.ask("initialize", introduction);
    let provider = &answer["capabilities"]["diagnosticProvider"];
    assert_eq!(
        *provider,
        json!({ "identifier": "newsmark", "interFileDependencies": true, "workspaceDiagnostics": true })
    );
    client.tell("initialized", json!({}));
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, &wrong());
    client.settle();
    let first = client.pull(&pier);
    assert_eq!((&first["kind"], rules(&first)), (&json!("full"), vec!["undefined-source".to_owned()]));
    let again = client.pull(&pier);
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": first["resultId"] }));
    client.change(&pier, 2, &[(None, PIER)]);
    let mended = client.pull(&pier);
    assert_eq!((&mended["kind"], &mended["items"]), (&json!("full"), &json!([])));
    client.change(&pier, 3, &[(None, &wrong())]);
    assert_eq!(client.pull(&pier)["resultId"], first["resultId"], "the same findings have the same number");
    client.settle();
    assert_eq!(client.published, 0);
    assert_eq!(client.end(), 0);
}

/// Tabs that an editor shows may not be open in the protocol's sense.
#[test]
fn documents_that_are_not_open() {
    let folder = desk();
    folder.write("2026/pier.md", wrong());
    let mut client = pulling(&folder);
    client.settle();
    let report = client.pull(&uri(&folder, "2026/pier.md"));
    assert_eq!(rules(&report), ["undefined-source"]);
    assert_eq!(client.pull(&uri(&folder, "2026/pier.md"))["kind"], "unchanged");
    for other in ["file:///no/such/file.md", "git:/2026/pier.md?HEAD"] {
        assert_eq!(client.pull(other)["items"], json!([]), "{other}");
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn other_documents_that_a_change_touched_come_along() {
    let folder = desk();
    let mut client = pulling(&folder);
    let (pier, bridge, sources) =
        (uri(&folder, "2026/pier.md"), uri(&folder, "2026/bridge.md"), uri(&folder, "sources.yaml"));
    let text = folder.read("sources.yaml");
    for (uri, text) in [(&pier, PIER), (&bridge, "[[nobody]]\n"), (&sources, &*text)] {
        client.open(uri, 1, text);
    }
    client.settle();
    for uri in [&pier, &bridge, &sources] {
        assert!(client.pull(uri).get("relatedDocuments").is_none());
    }
    client.change(&sources, 2, &[(None, "- {id: other, type: article, issued: 2026-03-10}\n")]);
    let report = client.pull(&sources);
    let related = report["relatedDocuments"].as_object().expect("there are some");
    assert_eq!(related.keys().collect::<Vec<_>>(), [&pier], "and no other");
    assert_eq!(rules(&related[&pier]), ["undefined-source"]);
    assert_eq!(client.pull(&pier)["kind"], "unchanged", "it was told that");
    assert_eq!(client.end(), 0);
}

#[test]
fn what_changes_without_the_editor_is_announced() {
    let folder = desk();
    let is_refresh = |message: &Value| message["method"] == "workspace/diagnostic/refresh";
    for can in [true, false] {
        folder.write("sources.yaml", "- {id: wire-0311, type: article, issued: 2026-03-10}\n");
        let mut client = Client::introduced(&folder, |introduction| {
            Client::pulls(introduction);
            introduction["capabilities"]["workspace"]["diagnostics"] = json!({ "refreshSupport": can });
        });
        let pier = uri(&folder, "2026/pier.md");
        client.open(&pier, 1, PIER);
        client.settle();
        assert_eq!(client.pull(&pier)["items"], json!([]));
        folder.write("sources.yaml", "[]\n");
        client.watched(&[(&uri(&folder, "sources.yaml"), CHANGED)]);
        if can {
            // That everything is read may have been announced before.
            while client.pull(&pier)["kind"] == "unchanged" {
                client.wait(is_refresh);
            }
        } else {
            client.settle();
            assert_eq!(rules(&client.pull(&pier)), ["undefined-source"]);
            assert!(!client.has_heard(is_refresh), "it cannot be asked");
        }
        assert_eq!(client.end(), 0);
    }
}

#[test]
fn the_whole_corpus_and_then_what_changes() {
    let folder = desk();
    folder.write("2026/pier.md", wrong());
    folder.write("latin.md", b"caf\xe9, four, five\n".as_slice());
    folder.write("newsmark.toml", "[rules]\nundefined-sauce = \"off\"\n");
    let mut client = pulling(&folder);
    // Asked while nothing is read: the answer waits for it.
    let answer = client.ask_overview();
    client.note_reports(&answer);
    assert_eq!(paths(&client, &folder), ["2026/pier.md", "latin.md", "newsmark.toml"]);
    assert!(answer["items"].as_array().expect("a list").iter().all(|one| one["version"] == Value::Null));

    // Nothing is otherwise: held open, until something is.
    let id = client.request_overview(false);
    assert!(is_held(&mut client, id));
    folder.write("2026/pier.md", PIER);
    client.watched(&[(&uri(&folder, "2026/pier.md"), CHANGED)]);
    let answer = client.answer(id)["result"].clone();
    assert_eq!(answer["items"].as_array().map(Vec::len), Some(1), "what changed alone: {answer}");
    client.note_reports(&answer);
    assert_eq!(paths(&client, &folder), ["latin.md", "newsmark.toml"]);

    // A registry touches what rests on it; a configuration everything.
    let id = client.request_overview(true);
    folder.write("sources.yaml", "[]\n");
    fs::remove_file(folder.join("latin.md")).expect("it is there");
    client.watched(&[(&uri(&folder, "sources.yaml"), CHANGED), (&uri(&folder, "latin.md"), DELETED)]);
    assert!(is_held(&mut client, id));
    assert_eq!(paths(&client, &folder), ["2026/bridge.md", "2026/pier.md", "newsmark.toml"]);
    folder.write("newsmark.toml", "[rules]\nundefined-source = \"off\"\n");
    client.watched(&[(&uri(&folder, "newsmark.toml"), CHANGED)]);
    assert!(is_held(&mut client, id));
    let found = paths(&client, &folder);
    assert!(!found.contains(&"newsmark.toml".to_owned()), "{found:?}");
    let said = format!("{:?}", client.overview);
    assert!(!said.contains("undefined-source"), "{said}");
    assert_eq!(client.end(), 0);
}

#[test]
fn open_documents_count_as_they_are() {
    let folder = desk();
    let mut client = pulling(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 7, PIER);
    let id = client.request_overview(true);
    assert!(is_held(&mut client, id));
    assert!(paths(&client, &folder).is_empty());
    client.change(&pier, 8, &[(None, &wrong())]);
    assert!(is_held(&mut client, id));
    assert_eq!(client.overview[&pier]["version"], 8);
    let result = client.pull(&pier)["resultId"].clone();
    assert_eq!(client.overview[&pier]["resultId"], result);
    // Closed without saving: the disk counts.
    client.close(&pier);
    assert!(is_held(&mut client, id));
    assert!(client.overview.is_empty(), "{:?}", client.overview);
    assert_eq!(client.end(), 0);
}

#[test]
fn in_parts_and_cancelled() {
    let folder = desk();
    for number in 0..700 {
        folder.write(&format!("old/{number}.md"), wrong());
    }
    let mut client = pulling(&folder);
    let id = client.request_overview(true);
    assert!(is_held(&mut client, id));
    assert_eq!(client.overview.len(), 700);
    let parts = client.told("$/progress");
    let token = client.overview_token();
    let parts = parts.iter().filter(|part| part["token"] == token).count();
    assert!(parts > 1, "{parts} parts");
    client.tell("$/cancelRequest", json!({ "id": id }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    // What happened meanwhile is told to the next.
    folder.write("sources.yaml", "- {id: wire-0312, type: article, issued: 2026-03-10}\n");
    client.watched(&[(&uri(&folder, "sources.yaml"), CHANGED)]);
    client.settle();
    let answer = client.ask_overview();
    client.note_reports(&answer);
    assert_eq!(answer["items"].as_array().map(Vec::len), Some(702), "all that were told, and two others");
    assert_eq!(paths(&client, &folder), ["2026/bridge.md", "2026/pier.md"]);
    assert_eq!(client.end(), 0);
}

/// The client has one picture of the corpus: of two requests for it the later counts.
#[test]
fn two_requests_at_once() {
    let folder = desk();
    folder.write("2026/pier.md", wrong());
    let mut client = pulling(&folder);
    for in_parts in [true, false] {
        client.overview.clear();
        let all = client.ask_overview();
        client.note_reports(&all);
        let earlier = client.request_overview(in_parts);
        assert!(is_held(&mut client, earlier));
        let later = client.request_overview(in_parts);
        assert_eq!(client.answer(earlier)["result"], json!({ "items": [] }));
        assert!(is_held(&mut client, later));
        client.tell("$/cancelRequest", json!({ "id": later }));
        assert_eq!(client.answer(later)["error"]["code"], -32800);
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn what_a_client_knows_and_nobody_told_it() {
    let folder = desk();
    let mut client = pulling(&folder);
    client.settle();
    let known = |path: &str, value: &str| json!({ "uri": uri(&folder, path), "value": value });
    let params = json!({ "previousResultIds": [
        known("2026/pier.md", "what?"), known("gone.md", "1234"), known("2026/bridge.md", "0"),
        { "uri": "file:///elsewhere/a.md", "value": "77" },
    ] });
    let answer = client.ask("workspace/diagnostic", params);
    let mut told: Vec<&str> = answer["items"]
        .as_array()
        .expect("a list")
        .iter()
        .inspect(|one| assert_eq!(one["items"], json!([])))
        .filter_map(|one| one["uri"].as_str())
        .collect();
    told.sort_unstable();
    let (gone, pier) = (uri(&folder, "gone.md"), uri(&folder, "2026/pier.md"));
    let mut wanted = vec!["file:///elsewhere/a.md", &gone, &pier];
    wanted.sort_unstable();
    assert_eq!(told, wanted);
    assert_eq!(client.end(), 0);
}

#[test]
fn folders_come_and_go() {
    let (folder, other) = (desk(), desk());
    other.write("2026/pier.md", wrong());
    let mut client = pulling(&folder);
    let id = client.request_overview(true);
    assert!(is_held(&mut client, id));
    assert!(client.overview.is_empty());
    let named = json!([{ "uri": format!("file://{}", other.path().display()), "name": "other" }]);
    let event = |added: &Value, removed: &Value| json!({ "event": { "added": added, "removed": removed } });
    client.tell("workspace/didChangeWorkspaceFolders", event(&named, &json!([])));
    assert!(is_held(&mut client, id));
    assert_eq!(client.overview.keys().collect::<Vec<_>>(), [&uri(&other, "2026/pier.md")]);
    client.tell("workspace/didChangeWorkspaceFolders", event(&json!([]), &named));
    assert!(is_held(&mut client, id));
    assert!(client.overview.is_empty(), "{:?}", client.overview);

    // What lies in a corpus of its own is no more of the one around it, and comes back to it.
    folder.write("2026/pier.md", wrong());
    client.watched(&[(&uri(&folder, "2026/pier.md"), CHANGED)]);
    assert!(is_held(&mut client, id));
    assert_eq!(paths(&client, &folder), ["2026/pier.md"]);
    let config = uri(&folder, "2026/newsmark.toml");
    folder.write("2026/newsmark.toml", "[rules]\nundefined-source = \"off\"\nundefined-entity = \"off\"\n");
    client.open(&config, 1, &folder.read("2026/newsmark.toml"));
    client.watched(&[(&config, CREATED)]);
    assert!(is_held(&mut client, id));
    let said = format!("{:?}", client.overview);
    assert!(!said.contains("undefined-source"), "{said}");
    fs::remove_file(folder.join("2026/newsmark.toml")).expect("it is there");
    client.close(&config);
    client.watched(&[(&config, DELETED)]);
    assert!(is_held(&mut client, id));
    assert_eq!(paths(&client, &folder), ["2026/pier.md"]);
    assert_eq!(client.end(), 0);
}

/// Retracted sources are struck through, unused ones faded.
#[test]
fn how_findings_are_shown() {
    let folder = desk();
    folder.write("newsmark.toml", "[rules]\nunused-source = \"warning\"\n");
    folder.write(
        "sources.yaml",
        "- {id: wire-0311, type: article, issued: 2026-03-10, custom: {standing: retracted}}\n\
         - {id: spare, type: article, issued: 2026-03-10}\n",
    );
    let mut client = pulling(&folder);
    let answer = client.ask_overview();
    let mut tags: Vec<(String, Value)> = Vec::new();
    for report in answer["items"].as_array().expect("a list") {
        for one in report["items"].as_array().expect("a list") {
            tags.push((one["code"].as_str().expect("a rule").to_owned(), one["tags"].clone()));
        }
    }
    assert!(tags.contains(&("retracted-source".to_owned(), json!([2]))), "{tags:?}");
    assert!(tags.contains(&("unused-source".to_owned(), json!([1]))), "{tags:?}");
    assert_eq!(client.end(), 0);
}

/// Who shows neither links nor places beside is told the places in words, and nothing that it
/// does not know.
#[test]
fn findings_for_a_client_that_shows_little() {
    let folder = desk();
    folder.write(
        "sources.yaml",
        "- {id: wire-0311, type: article, issued: 2026-03-10, custom: {standing: retracted}}\n",
    );
    let text = "---\ntitle: Pier\ndate: 2026-03-11\nauthor: A. Desk\n---\n\n\
        [One]{.claim}[@wire-0311].\n\n[Two]{.claim}[@wire-0311].\n";
    let mut shown = Vec::new();
    for knows_little in [false, true] {
        let mut client = Client::introduced(&folder, |introduction| {
            if knows_little {
                introduction["capabilities"]["textDocument"]["publishDiagnostics"] = json!({});
            }
        });
        let pier = uri(&folder, "2026/pier.md");
        client.open(&pier, 1, text);
        client.settle();
        let found = client.diagnostics[&pier]["diagnostics"].as_array().expect("a list").clone();
        shown.push(found.into_iter().find(|one| one["code"] == "retracted-source").expect("it is found"));
        assert_eq!(client.end(), 0);
    }
    let (much, little) = (&shown[0], &shown[1]);
    for part in ["relatedInformation", "codeDescription", "tags"] {
        assert!(!much[part].is_null() && little[part].is_null(), "{part}: {much:#} {little:#}");
    }
    assert!(little["data"].is_null());
    let said = |one: &serde_json::Value| one["message"].as_str().expect("words").to_owned();
    let beside = said(little).strip_prefix(&said(much)).expect("the same and more").to_owned();
    assert!(beside.contains("line 9") && beside.contains("sources.yaml, line 1"), "{beside}");
}

/// Who asks and cannot be asked to ask again is told unasked: nothing stale is ever shown.
#[test]
fn who_cannot_be_asked_to_ask_again_is_told() {
    let folder = desk();
    let mut client = Client::introduced(&folder, |introduction| {
        introduction["capabilities"]["textDocument"]["diagnostic"] = json!({});
    });
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, PIER);
    assert_eq!(client.found(&pier), "");
    folder.write("sources.yaml", "- {id: other, type: article, issued: 2026-03-10}\n");
    client.watched(&[(&uri(&folder, "sources.yaml"), CHANGED)]);
    assert!(client.found(&pier).contains("undefined-source"));
    assert_eq!(client.end(), 0);
}

#[test]
fn what_newsmark_leaves_out_by_itself_is_not_checked_when_it_is_opened() {
    let text = "[x]{.claim}\n";
    let folder = Folder::new(&[
        ("newsmark.toml", "[corpus]\narticles = [\"*.md\"]\n"),
        ("README.md", text),
        ("a.md", text),
    ]);
    let mut client = Client::in_folder(&folder);
    for name in ["README.md", "a.md"] {
        client.open(&uri(&folder, name), 1, text);
    }
    client.settle();
    assert!(client.found(&uri(&folder, "a.md")).contains("unsourced-claim"));
    assert_eq!(client.found(&uri(&folder, "README.md")), "");
}
