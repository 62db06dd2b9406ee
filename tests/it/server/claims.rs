//! `newsmark/claims` over the pipe: groups of claims, the claims of a group, and what stands in
//! none of them.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const FILES: &[(&str, &str)] = &[
    ("newsmark.toml", ""),
    (
        "entities.yaml",
        "- {id: kasra, name: Kasra Valley, aliases: [The Vale]}\n- {id: alliance, name: Alliance}\n\
         - {id: hidden-person, type: person, name: Hidden Person, aliases: [Old Docker]}\n",
    ),
    (
        "sources.yaml",
        "- {id: log, type: report}\n\
         - {id: tip, type: interview, author: [{given: Hidden, family: Person}], custom: {terms: anonymous}}\n",
    ),
    (
        "2026/pier.md",
        "---\ntitle: The pier\ndate: 2026-03-12\n---\n\n\
         [🦘 The *pier* fell]{.claim #fell by=kasra checked=2026-03-12}[@log]. [They sank it]{.accusation by=\"The Vale\" against=alliance}.\n",
    ),
    (
        "2026/bridge.md",
        "---\ntitle: The bridge\ndate: 2026-03-12\n---\n\n[It stands]{.claim by=alliance disputes=pier#fell} and [stands]{.quote}.\n",
    ),
    (
        "2026/old.md",
        "---\ntitle: Old news\ndate: 2026-03-11\n---\n\n[It rained]{.claim retracted=2026-03-12}\n",
    ),
    ("2026/none.md", "---\ntitle: None\ndate: 2026-03-13\n---\n\nNobody says anything.\n"),
    ("2026/draft.md", "---\ntitle: Draft\n---\n\n[Soon]{.claim by=kasra}\n"),
];

fn ready(folder: &Folder) -> Client {
    let mut client = Client::in_folder(folder);
    client.settle();
    client
}

fn groups(client: &mut Client, by: &str) -> Value {
    client.ask("newsmark/claims", json!({ "by": by }))
}

fn of(client: &mut Client, by: &str, key: &str) -> Value {
    client.ask("newsmark/claims", json!({ "by": by, "key": key }))
}

/// Their texts, in order.
fn texts(answer: &Value) -> Vec<&str> {
    let claims = answer["claims"].as_array().expect("claims are a list");
    claims.iter().map(|claim| claim["text"].as_str().expect("a claim has a text")).collect()
}

/// Key, label, how many claims, and how many of them are unsettled.
fn shown(answer: &Value) -> Vec<String> {
    let groups = answer["groups"].as_array().expect("groups are a list");
    let one = |group: &Value| {
        let unsettled =
            group.get("unsettled").map(|count| format!(", {count} unsettled")).unwrap_or_default();
        let (key, label) =
            (group["key"].as_str().unwrap_or_default(), group["label"].as_str().unwrap_or_default());
        format!("{} “{label}” {}{unsettled}", key.rsplit('/').next().unwrap_or_default(), group["claims"])
    };
    groups.iter().map(one).collect()
}

#[test]
fn articles_come_from_the_latest_on() {
    let folder = Folder::new(FILES);
    let mut client = ready(&folder);
    let answer = groups(&mut client, "article");
    assert_eq!((&answer["articles"], &answer["claims"], &answer["more"]), (&json!(4), &json!(6), &json!(0)));
    assert_eq!(
        shown(&answer),
        [
            "bridge.md “The bridge” 2, 0 unsettled",
            "pier.md “The pier” 2, 2 unsettled",
            "old.md “Old news” 1, 1 unsettled",
            "draft.md “Draft” 1, 0 unsettled",
        ]
    );
    let first = &answer["groups"][0];
    assert_eq!(
        (&first["date"], &first["uri"]),
        (&json!("2026-03-12"), &json!(uri(&folder, "2026/bridge.md")))
    );
    assert_eq!(first["key"], first["uri"]);
    assert!(answer["groups"][3].get("date").is_none(), "{answer}");
}

#[test]
fn a_claim_says_where_it_stands_and_who_says_what() {
    let folder = Folder::new(FILES);
    let mut client = ready(&folder);
    let pier = uri(&folder, "2026/pier.md");
    let answer = of(&mut client, "article", &pier);
    assert_eq!(answer["isIncomplete"], false);
    // In UTF-16, as was agreed.
    let range = json!({ "start": { "line": 5, "character": 0 }, "end": { "line": 5, "character": 62 } });
    let first = json!({
        "uri": pier, "range": range, "text": "🦘 The pier fell", "classes": ["claim"], "id": "fell",
        "speakers": [{ "name": "Kasra Valley", "id": "kasra" }], "status": "disputed",
    });
    assert_eq!(answer["claims"][0], first, "{answer}");
    let second = &answer["claims"][1];
    assert_eq!((&second["text"], &second["status"]), (&json!("They sank it"), &json!("unanswered")));
    assert!(second.get("id").is_none(), "{second}");
}

#[test]
fn statuses_and_speakers_gather_claims_of_all_articles() {
    let folder = Folder::new(FILES);
    let mut client = ready(&folder);
    assert_eq!(
        shown(&groups(&mut client, "status")),
        [
            "retracted “Withdrawn” 1",
            "disputed “Disputed” 1",
            "unanswered “Accused, not answered” 1",
            "unchecked “Not checked by the desk” 3",
        ]
    );
    assert_eq!(texts(&of(&mut client, "status", "unchecked")), ["It stands", "stands", "Soon"]);
    assert_eq!(
        shown(&groups(&mut client, "speaker")),
        [
            "entity:kasra “Kasra Valley” 3, 2 unsettled",
            "entity:alliance “Alliance” 1, 0 unsettled",
            "own “In the article’s own voice” 1, 1 unsettled",
            "nobody “Nobody is named as the speaker” 1, 0 unsettled",
        ]
    );
    let by = of(&mut client, "speaker", "entity:kasra");
    assert_eq!(texts(&by), ["🦘 The pier fell", "They sank it", "Soon"]);
    assert_eq!(texts(&of(&mut client, "speaker", "nobody")), ["stands"]);
    for (by, key) in [
        ("speaker", "entity:nobody-known"),
        ("speaker", "odd"),
        ("status", "odd"),
        ("article", "file:///odd.md"),
    ] {
        let nothing = json!({ "claims": [], "isIncomplete": false });
        assert_eq!(of(&mut client, by, key), nothing, "{by} {key}");
    }
    let error = client.call("newsmark/claims", json!({ "by": "colour" }));
    assert_eq!(error["error"]["code"], -32602, "{error}");
}

#[test]
fn what_is_open_counts_as_it_is() {
    let folder = Folder::new(FILES);
    let mut client = ready(&folder);
    let old = uri(&folder, "2026/old.md");
    client.open(&old, 1, &folder.read("2026/old.md"));
    client.change(&old, 2, &[(Some([(5, 1), (5, 10)]), "It 🦘 snowed")]);
    let claims = of(&mut client, "article", &old);
    assert_eq!(texts(&claims), ["It 🦘 snowed"]);
    assert_eq!(claims["claims"][0]["range"]["start"], json!({ "line": 5, "character": 0 }));
    client.change(&old, 3, &[(None, "Nothing.\n")]);
    assert_eq!(texts(&of(&mut client, "article", &old)), [""; 0]);
    assert_eq!(texts(&of(&mut client, "status", "retracted")), [""; 0]);
    assert_eq!(groups(&mut client, "article")["articles"], 3);
}

#[test]
fn a_file_that_changed_behind_the_servers_back_is_left_out() {
    let folder = Folder::new(FILES);
    let mut client = ready(&folder);
    folder.write(
        "2026/old.md",
        "---\ntitle: Old news\ndate: 2026-03-11\n---\n\n[It hailed for days]{.claim retracted=2026-03-12}\n",
    );
    assert_eq!(texts(&of(&mut client, "status", "retracted")), [""; 0], "its words are of another text");
    client.watched(&[(&uri(&folder, "2026/old.md"), 2)]);
    client.settle();
    assert_eq!(texts(&of(&mut client, "status", "retracted")), ["It hailed for days"]);
}

#[test]
fn many_are_told_in_part() {
    let folder = Folder::new(&[("newsmark.toml", "")]);
    for number in 0..1_100 {
        let text = format!(
            "---\ntitle: No. {number:04}\ndate: 2026-03-11\n---\n\n[It is {number:04}]{{.claim by=\"Speaker {number}\"}}\n"
        );
        folder.write(&format!("{number:04}.md"), &text);
    }
    let mut client = ready(&folder);
    for by in ["article", "speaker"] {
        let answer = groups(&mut client, by);
        assert_eq!((&answer["claims"], &answer["more"]), (&json!(1_100), &json!(100)), "by {by}");
        assert_eq!(answer["groups"].as_array().map(Vec::len), Some(1_000), "by {by}");
    }
    let answer = of(&mut client, "status", "unchecked");
    assert_eq!(answer["isIncomplete"], true);
    let texts = texts(&answer);
    assert_eq!((texts.len(), texts[0], texts[499]), (500, "It is 0000", "It is 0499"));
    // Cancelled, it ends.
    let id = client.request("newsmark/claims", json!({ "by": "speaker" }));
    client.tell("$/cancelRequest", json!({ "id": id }));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
}

/// What is typed while all articles are looked at is judged before the last of them is.
#[test]
fn nobody_who_types_waits_for_it() {
    let folder = Folder::new(FILES);
    for number in 0..1_500 {
        folder.write(&format!("2025/{number}.md"), "---\ndate: 2025-01-01\n---\n\n[x]{.claim}[@log]\n");
    }
    let mut client = ready(&folder);
    let old = uri(&folder, "2026/old.md");
    client.open(&old, 1, &folder.read("2026/old.md"));
    client.settle();
    let frame = |message: Value| {
        let body = message.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let question = frame(json!({
        "jsonrpc": "2.0", "id": "long", "method": "newsmark/claims", "params": { "by": "speaker" },
    }));
    let typed = frame(json!({
        "jsonrpc": "2.0", "method": "textDocument/didChange",
        "params": { "textDocument": { "uri": old, "version": 2 }, "contentChanges": [{ "text": "[x]{.claim}[@odd]\n" }] },
    }));
    // Both at once: the server has the second long before it has answered the first.
    client.raw(format!("{question}{typed}").as_bytes());
    client.wait(|message| message["id"] == "long");
    let told = &client.diagnostics[&old];
    assert_eq!(told["version"], 2, "{told}");
    assert!(told.to_string().contains("undefined-source"), "{told}");
}

#[test]
fn before_all_is_read_nothing_is_said() {
    let folder = Folder::new(FILES);
    for number in 0..2_000 {
        folder.write(&format!("2025/{number}.md"), "---\ndate: 2025-01-01\n---\n\n[x]{.claim}[@log]\n");
    }
    let mut client = Client::in_folder(&folder);
    assert_eq!(groups(&mut client, "article"), Value::Null);
    assert_eq!(of(&mut client, "status", "unchecked"), Value::Null);
    assert_eq!(of(&mut client, "article", &uri(&folder, "2026/pier.md")), Value::Null);
    client.settle();
    assert_eq!(groups(&mut client, "article")["articles"], 2_004);
}

/// However the name of a source that is not on record stands in an article, no answer has it.
#[test]
fn names_of_sources_that_are_not_on_record_stay_out() {
    const WAYS: &[&str] = &[
        "[Nobody paid]{.claim by=hidden-person}[@tip]",
        "[Nobody paid]{.claim by=\"Hidden Person\"}[@tip]",
        "[Nobody paid]{.claim by=\"Old Docker\"}[@tip]",
        "[Nobody paid]{.claim by=\"kasra, hidden-person\"}[@tip]",
        "::: {.claim by=hidden-person}\n[Nobody paid]{.quote}[@tip]\n:::",
        "[Nobody paid]{.quote}[@tip]",
        "[Nobody paid, said Hidden Person]{.claim by=kasra}[@tip]",
        "[Nobody paid, said *Hidden* Person]{.claim by=kasra}[@tip]",
        "[Nobody paid, said [[hidden-person]]]{.claim by=kasra}[@tip]",
        "[Nobody paid, said Old Docker]{.claim by=kasra}[@tip]",
        "[Nobody paid, said [[Old Docker|Person, Hidden]]]{.claim by=kasra}[@tip]",
        "[Nobody paid]{.claim #hidden-person-saw by=kasra}[@tip]",
        "# What Hidden Person saw {.claim by=kasra}\n\nIt [@tip].",
    ];
    for way in WAYS {
        let folder = Folder::new(FILES);
        folder.write(
            "2026/paid.md",
            format!("---\ntitle: What Hidden Person saw\ndate: 2026-03-14\n---\n\n{way}\n"),
        );
        let mut client = ready(&folder);
        let mut told = String::new();
        for by in ["article", "status", "speaker"] {
            let answer = groups(&mut client, by);
            told += &answer.to_string();
            for group in answer["groups"].as_array().expect("groups are a list") {
                told += &of(&mut client, by, group["key"].as_str().expect("a key is a text")).to_string();
            }
        }
        assert!(told.contains("paid.md"), "{way}: {told}");
        for name in ["Hidden Person", "hidden-person", "hidden person", "Old Docker", "Person, Hidden"] {
            assert!(!told.contains(name), "`{name}` of {way}:\n{told}");
        }
    }
}
