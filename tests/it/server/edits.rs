//! Edits as editors send them, and as no editor should.

use serde_json::json;

use super::client::{Client, Edit, PIER, desk, uri};
use crate::folder::Folder;

/// The document after these edits, by the heading that it ends with: what is read from it.
fn after(text: &str, edits: &[Edit<'_>]) -> String {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, text);
    client.change(&pier, 2, edits);
    let text = client.ask("newsmark/text", json!({ "uri": pier }));
    text.as_str().expect("it is open").to_owned()
}

const END: u64 = 0x7fff_ffff;

#[test]
fn ranges_that_are_not_there() {
    let all = [(0, 0), (END, END)];
    assert_eq!(after("one\ntwo\n", &[(Some(all), "three\n")]), "three\n");
    assert_eq!(after("one\ntwo", &[(Some([(9, 9), (9, 9)]), "!")]), "one\ntwo!");
    assert_eq!(after("one\ntwo", &[(Some([(0, 99), (0, 99)]), "!")]), "one!\ntwo");
    assert_eq!(after("one\r\ntwo", &[(Some([(0, 99), (1, 0)]), " ")]), "one two");
    assert_eq!(after("one", &[(Some([(0, 3), (0, 1)]), "x")]), "ox", "turned round");
    // Numbers that no position can have.
    assert_eq!(after("one", &[(Some([(0, 1), (u64::MAX, u64::MAX)]), "x")]), "ox");
    assert_eq!(after("", &[(Some([(0, 0), (0, 0)]), "a")]), "a");
}

#[test]
fn in_the_middle_of_a_character() {
    // The kangaroo takes two units of UTF-16, the ring is a character of its own.
    assert_eq!(after("a🦘b", &[(Some([(0, 2), (0, 2)]), "x")]), "ax🦘b");
    assert_eq!(after("a🦘b", &[(Some([(0, 2), (0, 3)]), "x")]), "axb");
    assert_eq!(after("A\u{30a}b", &[(Some([(0, 1), (0, 2)]), "")]), "Ab");
}

#[test]
fn lines_end_where_the_protocol_ends_them() {
    assert_eq!(after("a\rb\rc", &[(Some([(1, 0), (1, 1)]), "x")]), "a\rx\rc");
    assert_eq!(after("a\r\nb\nc", &[(Some([(2, 0), (2, 1)]), "x")]), "a\r\nb\nx");
    // Neither of these ends a line.
    assert_eq!(
        after("a\u{2028}b\u{b}c\u{85}d\ne", &[(Some([(1, 0), (1, 1)]), "x")]),
        "a\u{2028}b\u{b}c\u{85}d\nx"
    );
}

#[test]
fn one_edit_counts_from_the_one_before() {
    let edits =
        [(Some([(0, 0), (0, 0)]), "one\n"), (Some([(1, 0), (1, 0)]), "two\n"), (Some([(0, 3), (1, 0)]), " ")];
    assert_eq!(after("end", &edits), "one two\nend");
    assert_eq!(after("end", &[(None, "all"), (Some([(0, 3), (0, 3)]), " new")]), "all new");
}

#[test]
fn documents_that_are_not_open_or_twice() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (pier, bridge) = (uri(&folder, "2026/pier.md"), uri(&folder, "2026/bridge.md"));
    client.change(&pier, 5, &[(Some([(0, 0), (0, 0)]), "x")]);
    client.close(&pier);
    client.settle();
    assert_eq!(client.published, 0, "nothing is said of what is not open");
    client.open(&pier, 1, &PIER.replace("wire-0311", "wire-0312"));
    assert!(client.found(&pier).contains("`wire-0312`"));
    client.open(&pier, 1, &PIER.replace("wire-0311", "wire-0313"));
    assert!(client.found(&pier).contains("`wire-0313`"), "the last text counts");
    // Closed, nothing is said of it any more; opened again, the new text counts.
    client.close(&pier);
    assert_eq!(client.found(&pier), "");
    client.close(&pier);
    client.open(&pier, 1, &PIER.replace("wire-0311", "wire-0314"));
    assert!(client.found(&pier).contains("`wire-0314`"));
    client.open(&bridge, 1, "---\ntitle: B\ndate: 2026-03-12\nauthor: A\n---\n\n[[nobody]]\n");
    assert!(client.found(&bridge).contains("`nobody`"));
    assert_eq!(client.end(), 0);
}

#[test]
fn versions_are_the_clients() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 7, PIER);
    client.settle();
    assert_eq!(client.diagnostics[&pier]["version"], 7);
    for version in [8, 3, -2] {
        client.change(&pier, version, &[(Some([(6, 0), (6, 0)]), "x")]);
        client.settle();
        assert_eq!(client.diagnostics[&pier]["version"], version, "whatever came before it");
    }
    assert_eq!(client.end(), 0);
}

/// Only what a change touches is said again.
#[test]
fn what_is_not_touched_is_left_alone() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (pier, bridge) = (uri(&folder, "2026/pier.md"), uri(&folder, "2026/bridge.md"));
    client.open(&pier, 1, PIER);
    client.open(&bridge, 1, &folder.read("2026/bridge.md"));
    client.settle();
    let before = client.published;
    client.change(&pier, 2, &[(Some([(6, 0), (6, 0)]), "Today, ")]);
    client.settle();
    assert_eq!(client.published, before + 1, "the other article has nothing to do with it");
    assert_eq!(client.end(), 0);
}

/// A registry that is open is the registry, saved or not.
#[test]
fn open_registries_count() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (pier, sources) = (uri(&folder, "2026/pier.md"), uri(&folder, "sources.yaml"));
    client.open(&pier, 1, PIER);
    assert_eq!(client.found(&pier), "");
    client.open(&sources, 1, "- {id: wire-0312, type: article, issued: 2026-03-10}\n");
    assert!(client.found(&pier).contains("no source has the key `wire-0311`"));
    // Half-typed, what was known is kept.
    client.change(&sources, 2, &[(None, "- {id: wire-0311, type: article, issued: 2026-03-10}\n")]);
    assert_eq!(client.found(&pier), "");
    client.change(&sources, 3, &[(None, "- {id: wire-0311, type: article, iss\n")]);
    assert_eq!(client.found(&pier), "");
    assert!(client.found(&sources).contains("invalid-registry"));
    // Closed without saving, the disk counts again.
    client.change(&sources, 4, &[(None, "- {id: other, type: article}\n")]);
    assert!(client.found(&pier).contains("wire-0311"));
    client.close(&sources);
    assert_eq!(client.found(&pier), "");
    assert_eq!(client.end(), 0);
}

#[test]
fn the_configuration_is_a_document_too() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (pier, config) = (uri(&folder, "2026/pier.md"), uri(&folder, "newsmark.toml"));
    client.open(&pier, 1, &PIER.replace("wire-0311", "wire-0312"));
    assert!(client.found(&pier).contains("undefined-source"));
    client.open(&config, 1, "[rules]\nundefined-source = \"off\"\nundefined-sauce = \"off\"\n");
    assert!(!client.found(&pier).contains("undefined-source"));
    assert!(client.found(&config).contains("undefined-sauce"));
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 3, "character": 0 } });
    let document = json!({ "uri": config });
    let context = json!({ "diagnostics": [] });
    let actions = client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": document, "range": range, "context": context }),
    );
    let edit = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(
        (&edit["textDocument"]["uri"], &edit["edits"][0]["newText"]),
        (&json!(config), &json!("undefined-source"))
    );
    // One that cannot be understood changes nothing but what is said of it.
    client.change(&config, 2, &[(None, "[rules\n")]);
    assert!(client.found(&config).contains("invalid-configuration"));
    assert!(!client.found(&pier).contains("undefined-source"));
    // Which files there are is part of it.
    client.change(&config, 3, &[(None, "[corpus]\nsources = [\"other/*.yaml\"]\n")]);
    assert!(client.found(&pier).contains("undefined-source"));
    client.close(&config);
    assert!(client.found(&pier).contains("undefined-source"));
    assert_eq!(client.end(), 0);
}

#[test]
fn a_broken_configuration_can_be_mended() {
    let folder = Folder::new(&[("newsmark.toml", "profile = 7\n"), ("a.md", PIER)]);
    let mut client = Client::in_folder(&folder);
    let (article, config) = (uri(&folder, "a.md"), uri(&folder, "newsmark.toml"));
    client.open(&article, 1, PIER);
    assert!(client.found(&article).contains("undefined-source"), "what holds without one");
    client.open(&config, 1, "profile = 7\n");
    assert!(client.found(&config).contains("invalid-configuration"));
    client.change(&config, 2, &[(None, "profile = \"draft\"\n")]);
    assert_eq!(client.found(&config), "");
    assert_eq!(client.end(), 0);
}

#[test]
fn what_has_no_file_yet() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let new = "untitled:Untitled-1";
    client.open(new, 1, &PIER.replace("[[harbour-police]]", "[[harbor-police]]"));
    assert!(client.found(new).contains("undefined-entity"), "the corpus is known there, too");
    let unsaved = uri(&folder, "2026/new.md");
    client.open(&unsaved, 1, &PIER.replace("wire-0311", "wire-0312"));
    assert!(client.found(&unsaved).contains("undefined-source"));
    // What is none of newsmark's is left alone.
    for other in ["git:/2026/pier.md?HEAD", "file:///no/such/folder/a.txt"] {
        client.open(other, 1, "[[nobody]]\n");
        assert_eq!(client.found(other), "", "{other}");
    }
    assert_eq!(client.end(), 0);
}
