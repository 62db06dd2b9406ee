//! Renaming over the pipe: what editors are given, and what is refused with words.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const ARTICLE: &str = "---\ndate: 2026-03-11\n---\n\n[[kasra]] [there](other.md)\n";

fn desk() -> Folder {
    Folder::new(&[
        ("newsmark.toml", ""),
        ("entities.yaml", "- id: kasra\n  type: place\n- {id: taken, type: place}\n"),
        ("a.md", ARTICLE),
        ("other.md", "---\ndate: 2026-03-11\n---\n\n[[kasra|the valley]]\n"),
    ])
}

fn ready(folder: &Folder) -> Client {
    introduced(folder, |_| {})
}

fn introduced(folder: &Folder, otherwise: impl FnOnce(&mut Value)) -> Client {
    let mut client = Client::introduced(folder, |introduction| {
        introduction["capabilities"]["textDocument"]["rename"] = json!({ "prepareSupport": true });
        introduction["capabilities"]["workspace"]["fileOperations"] = json!({ "willRename": true });
        otherwise(&mut introduction["capabilities"]["workspace"]["workspaceEdit"]);
    });
    client.open(&uri(folder, "a.md"), 1, ARTICLE);
    client.settle();
    client
}

/// What each edit is said to be part of, by file.
fn parts(edit: &Value) -> Vec<(String, Vec<String>)> {
    let changes = edit["documentChanges"].as_array().expect("edits are versioned").iter();
    let mut parts: Vec<_> = changes
        .map(|change| {
            let name = change["textDocument"]["uri"].as_str().expect("it has an address").rsplit('/').next();
            let edits = change["edits"].as_array().expect("there are edits").iter();
            let parts = edits.map(|edit| edit["annotationId"].as_str().unwrap_or_default().to_owned());
            (name.unwrap_or_default().to_owned(), parts.collect())
        })
        .collect();
    parts.sort();
    parts
}

fn renaming(folder: &Folder, new: &str) -> Value {
    let mut params = Client::at(&uri(folder, "a.md"), 4, 3);
    params["newName"] = json!(new);
    params
}

/// The edits of each file: address, version and new texts.
fn changes(edit: &Value) -> Vec<(String, Value, Vec<String>)> {
    let changes = edit["documentChanges"].as_array().expect("edits are versioned").iter();
    let mut changes: Vec<_> = changes
        .map(|change| {
            let texts = change["edits"].as_array().expect("there are edits").iter();
            let texts = texts.map(|edit| edit["newText"].as_str().expect("it has a text").to_owned());
            let document = &change["textDocument"];
            let address = document["uri"].as_str().expect("it has an address").to_owned();
            (address, document["version"].clone(), texts.collect())
        })
        .collect();
    changes.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    changes
}

#[test]
fn every_file_gets_the_new_name() {
    let folder = desk();
    let mut client = ready(&folder);
    let place = client.ask("textDocument/prepareRename", Client::at(&uri(&folder, "a.md"), 4, 3));
    let at = |character: u64| json!({ "line": 4, "character": character });
    assert_eq!(place, json!({ "range": { "start": at(2), "end": at(7) }, "placeholder": "kasra" }));
    let edit = client.ask("textDocument/rename", renaming(&folder, "kasra-valley"));
    let new = || vec!["kasra-valley".to_owned()];
    let expected = [
        (uri(&folder, "a.md"), json!(1), new()),
        (uri(&folder, "entities.yaml"), Value::Null, new()),
        (uri(&folder, "other.md"), Value::Null, new()),
    ];
    assert_eq!(changes(&edit), expected);
}

#[test]
fn what_cannot_be_is_refused_with_the_reason() {
    let folder = desk();
    let mut client = ready(&folder);
    let refused = |client: &mut Client, new: &str| {
        let answer = client.call("textDocument/rename", renaming(&folder, new));
        assert_eq!(answer["error"]["code"], -32803, "{answer}");
        answer["error"]["message"].as_str().expect("it says why").to_owned()
    };
    assert_eq!(
        refused(&mut client, "taken"),
        "`taken` stands for another entity already (entities.yaml, line 3)"
    );
    assert_eq!(refused(&mut client, ""), "a name has to have at least one letter");
    // A file that is not what was read: nothing is half done.
    folder.write("other.md", "---\ndate: 2026-03-11\n---\n\nquite another text than before\n");
    let why = refused(&mut client, "kasra-valley");
    assert!(why.starts_with("other.md is not what newsmark has read of it: nothing was renamed"), "{why}");
    folder.write("page.md", "---\nentity: place\n---\n");
    client.watched(&[(&uri(&folder, "page.md"), 1)]);
    client.change(&uri(&folder, "a.md"), 2, &[(Some([(4, 2), (4, 7)]), "page")]);
    client.settle();
    let by_file = client.call("textDocument/prepareRename", Client::at(&uri(&folder, "a.md"), 4, 3));
    let why = by_file["error"]["message"].as_str().expect("it says why");
    assert!(why.starts_with("`page` is the name of its file: rename page.md"), "{why}");
    let nothing = client.call("textDocument/prepareRename", Client::at(&uri(&folder, "a.md"), 1, 0));
    assert_eq!(nothing["error"]["message"], "there is no name, key, id or slug to rename here");
}

#[test]
fn links_follow_a_file_that_is_renamed() {
    let folder = desk();
    let mut client = ready(&folder);
    let files =
        json!({ "files": [{ "oldUri": uri(&folder, "other.md"), "newUri": uri(&folder, "2026/aid.md") }] });
    let edit = client.ask("workspace/willRenameFiles", files.clone());
    assert_eq!(changes(&edit), [(uri(&folder, "a.md"), json!(1), vec!["2026/aid.md".to_owned()])]);
    // The client does both, and tells of it.
    client.change(&uri(&folder, "a.md"), 2, &[(Some([(4, 18), (4, 26)]), "2026/aid.md")]);
    folder.write("2026/aid.md", folder.read("other.md"));
    std::fs::remove_file(folder.join("other.md")).expect("it is there");
    client.tell("workspace/didRenameFiles", files);
    assert_eq!(client.found(&uri(&folder, "a.md")), "0:0 missing-author: this article has no author\n");
}

#[test]
fn the_configuration_follows_a_folder_that_is_renamed() {
    let folder = desk();
    folder.write("newsmark.toml", "[corpus]\nentities = ['desk/people.yaml', 'en*.yaml']\n");
    folder.write("desk/people.yaml", "- {id: kolb, type: person}\n");
    let mut client = ready(&folder);
    // The editor's text counts, saved or not.
    let text = format!("# The desk\n{}", folder.read("newsmark.toml"));
    client.open(&uri(&folder, "newsmark.toml"), 1, &text);
    client.settle();
    let moving = |from: &str, to: &str| json!({ "files": [{ "oldUri": uri(&folder, from), "newUri": uri(&folder, to) }] });
    let edit = client.ask("workspace/willRenameFiles", moving("desk", "office"));
    let expected = (uri(&folder, "newsmark.toml"), json!(1), vec!["office/people.yaml".to_owned()]);
    assert_eq!(changes(&edit), [expected]);
    let edit = client.ask("workspace/willRenameFiles", moving("entities.yaml", "people.yaml"));
    assert_eq!(edit, Value::Null);
    let said = client.told("window/showMessage");
    let expected = "`en*.yaml` under `entities` in newsmark.toml does not take people.yaml after the move";
    assert!(
        said.iter().any(|told| told["message"].as_str().is_some_and(|said| said.contains(expected))),
        "{said:?}"
    );
}

/// What can be taken or left by itself is told apart, for who can show that.
#[test]
fn edits_say_what_they_are_part_of() {
    let folder = desk();
    folder.write("third.md", "---\ndate: 2026-03-11\n---\n\n[[kasra|the valley]]\n");
    let mut client = introduced(&folder, |can| {
        can["changeAnnotationSupport"] = json!({ "groupsOnLabel": true });
    });
    let edit = client.ask("textDocument/rename", renaming(&folder, "kasra-valley"));
    let part = |file: &str, part: &str| (file.to_owned(), vec![part.to_owned()]);
    let expected = [
        part("a.md", "words"),
        part("entities.yaml", "definition"),
        part("other.md", "uses"),
        part("third.md", "uses"),
    ];
    assert_eq!(parts(&edit), expected);
    let annotation = |label: &str, description: &str| json!({ "label": label, "needsConfirmation": false, "description": description });
    let expected = json!({
        "definition": annotation("Definition", "1 place in 1 file"),
        "words": annotation("Words that readers see", "1 place in 1 file"),
        "uses": annotation("Uses in articles", "2 places in 2 files: readers see no difference"),
    });
    assert_eq!(edit["changeAnnotations"], expected);
    let files =
        json!({ "files": [{ "oldUri": uri(&folder, "other.md"), "newUri": uri(&folder, "aid.md") }] });
    let edit = client.ask("workspace/willRenameFiles", files);
    assert_eq!(parts(&edit), [part("a.md", "uses")]);
    let expected = annotation("Uses in articles", "1 place in 1 file: readers see no difference");
    assert_eq!(edit["changeAnnotations"], json!({ "uses": expected }));
}

/// What somebody said is changed by nobody but a person; all else is the same by another name.
#[test]
fn words_of_a_quotation_stay() {
    let folder = desk();
    folder.write("other.md", "[\"We hold [[kasra]]\"]{.quote by=kasra}, in [[kasra]].\n");
    let mut client = introduced(&folder, |can| can["changeAnnotationSupport"] = json!({}));
    let edit = client.ask("textDocument/rename", renaming(&folder, "kasra-valley"));
    assert_eq!(parts(&edit)[2].1, ["uses", "uses", "words"]);
    assert!(edit.to_string().contains("kasra-valley|kasra"), "{edit:#}");
    let asked = edit["changeAnnotations"].as_object().expect("there are some");
    assert!(asked.values().all(|one| one["needsConfirmation"] == false), "{edit:#}");
    assert_eq!(client.end(), 0);
}

/// Who does not know of it gets what it always got.
#[test]
fn edits_are_plain_for_who_knows_no_other() {
    let folder = desk();
    let mut client = ready(&folder);
    let edit = client.ask("textDocument/rename", renaming(&folder, "kasra-valley"));
    assert!(!edit.to_string().contains("nnotation"), "{edit:#}");
    assert_eq!(client.end(), 0);
    // Annotations need the form in which versions are named.
    let mut client = introduced(&folder, |can| *can = json!({ "changeAnnotationSupport": {} }));
    let edit = client.ask("textDocument/rename", renaming(&folder, "kasra-valley"));
    assert!(edit["changes"].is_object() && !edit.to_string().contains("nnotation"), "{edit:#}");
    assert_eq!(client.end(), 0);
}
