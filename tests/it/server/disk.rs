//! Files that change under the server.

use std::fmt::Write as _;
use std::fs;

use super::client::{Client, PIER, desk, uri};

const CREATED: u8 = 1;
const CHANGED: u8 = 2;
const DELETED: u8 = 3;

#[test]
fn files_come_change_and_go() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (pier, more) = (uri(&folder, "2026/pier.md"), uri(&folder, "more-sources.yaml"));
    client.open(&pier, 1, &PIER.replace("wire-0311", "wire-0312"));
    assert!(client.found(&pier).contains("undefined-source"));
    let source = |id: &str| format!("- {{id: {id}, type: article, issued: 2026-03-10}}\n");
    folder.write("more-sources.yaml", source("wire-0312"));
    client.watched(&[(&more, CREATED)]);
    // The default patterns take `sources.yaml` and folders of that name.
    folder.write("sources/more.yaml", source("wire-0312"));
    client.watched(&[(&uri(&folder, "sources"), CREATED)]);
    assert_eq!(client.found(&pier), "");
    folder.write("sources/more.yaml", source("wire-0313"));
    client.watched(&[(&uri(&folder, "sources/more.yaml"), CHANGED)]);
    assert!(client.found(&pier).contains("undefined-source"));
    folder.write("sources/more.yaml", source("wire-0312"));
    client.watched(&[(&uri(&folder, "sources/more.yaml"), CHANGED)]);
    assert_eq!(client.found(&pier), "");
    // A folder that goes takes its files with it, though nobody names them.
    fs::remove_dir_all(folder.join("sources")).expect("it is there");
    client.watched(&[(&uri(&folder, "sources"), DELETED)]);
    assert!(client.found(&pier).contains("undefined-source"));
    assert_eq!(client.end(), 0);
}

/// A bibliography that is there for an article alone is read again when it changes, opened
/// or not, and is gone when it goes.
#[test]
fn a_bibliography_of_one_article() {
    let folder = desk();
    folder.write(
        "2026/own.md",
        "---\ntitle: T\ndate: 2026-03-12\nauthor: A\nbibliography: own.bib\n---\n\n[x]{.claim}[@tape]\n",
    );
    let bib = |key: &str| format!("@misc{{{key}, title = {{A tape}}, year = 2025}}\n");
    folder.write("2026/own.bib", bib("tape"));
    let mut client = Client::in_folder(&folder);
    let (own, list) = (uri(&folder, "2026/own.md"), uri(&folder, "2026/own.bib"));
    client.open(&own, 1, &folder.read("2026/own.md"));
    assert_eq!(client.found(&own), "");
    folder.write("2026/own.bib", bib("other"));
    client.watched(&[(&list, CHANGED)]);
    assert!(client.found(&own).contains("undefined-source"));
    folder.write("2026/own.bib", bib("tape"));
    client.watched(&[(&list, CHANGED)]);
    assert_eq!(client.found(&own), "");
    fs::remove_file(folder.join("2026/own.bib")).expect("it is there");
    client.watched(&[(&list, DELETED)]);
    assert!(client.found(&own).contains("missing-bibliography"));
    folder.write("2026/own.bib", bib("tape"));
    client.watched(&[(&list, CREATED)]);
    assert_eq!(client.found(&own), "");
    assert_eq!(client.end(), 0);
}

#[test]
fn the_open_text_counts() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (pier, bridge) = (uri(&folder, "2026/pier.md"), uri(&folder, "2026/bridge.md"));
    let referring = PIER.replace("[the pier]{.claim", "[the pier]{.claim repeats=bridge#toll");
    client.open(&pier, 1, &referring);
    assert_eq!(client.found(&pier), "");
    client.open(&bridge, 1, &folder.read("2026/bridge.md"));
    // Changed on the disk while open.
    folder.write("2026/bridge.md", "---\ntitle: B\ndate: 2026-03-12\nauthor: A\n---\n");
    client.watched(&[(&bridge, CHANGED)]);
    assert_eq!(client.found(&pier), "");
    // Deleted while open.
    fs::remove_file(folder.join("2026/bridge.md")).expect("it is there");
    client.watched(&[(&bridge, DELETED)]);
    assert_eq!(client.found(&pier), "");
    client.close(&bridge);
    assert!(client.found(&pier).contains("no article has the slug"), "now it is gone");
    assert_eq!(client.end(), 0);
}

#[test]
fn renamed_on_the_disk_and_in_the_editor_at_once() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (pier, old, new) =
        (uri(&folder, "2026/pier.md"), uri(&folder, "2026/bridge.md"), uri(&folder, "2026/tower.md"));
    client.open(&pier, 1, &PIER.replace("[the pier]{.claim", "[the pier]{.claim repeats=tower#toll"));
    client.open(&old, 1, &folder.read("2026/bridge.md"));
    assert!(client.found(&pier).contains("undefined-claim"));
    let text = folder.read("2026/bridge.md");
    fs::rename(folder.join("2026/bridge.md"), folder.join("2026/tower.md")).expect("both are in one folder");
    client.close(&old);
    client.watched(&[(&old, DELETED), (&new, CREATED)]);
    client.open(&new, 1, &text);
    assert_eq!(client.found(&pier), "");
    assert_eq!(client.end(), 0);
}

/// What git does when another branch is checked out: thousands of files at once.
#[test]
fn a_branch_is_switched() {
    let folder = desk();
    for number in 0..300 {
        folder.write(
            &format!("old/{number}.md"),
            format!(
                "---\ntitle: T\ndate: 2026-03-11\nauthor: A\n---\n[x]{{.claim #c{number}}}[@wire-0311]\n"
            ),
        );
    }
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    let mut text = PIER.to_owned();
    let _ = writeln!(text, "[a]{{.claim repeats=7#c7}}[@wire-0311] [b]{{.claim repeats=n7#c7}}[@wire-0311]");
    client.open(&pier, 1, &text);
    assert!(client.found(&pier).contains("`n7`"));
    let mut events = Vec::new();
    for number in 0..300 {
        let (old, new) = (format!("old/{number}.md"), format!("new/n{number}.md"));
        let text = folder.read(&old);
        folder.write(&new, text);
        fs::remove_file(folder.join(&old)).expect("it is there");
        events.push((uri(&folder, &old), DELETED));
        events.push((uri(&folder, &new), CREATED));
    }
    let events: Vec<(&str, u8)> = events.iter().map(|(uri, kind)| (&**uri, *kind)).collect();
    client.watched(&events);
    let found = client.found(&pier);
    assert!(found.contains("slug or path `7`") && !found.contains("`n7`"), "{found}");
    assert_eq!(client.end(), 0);
}

/// However many events, the work is that of looking once or twice.
#[test]
fn a_burst_of_events() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, PIER);
    let before = client.settle()["errands"].as_u64().expect("it is counted");
    for number in 0..10_000 {
        let path = uri(&folder, &format!("2026/burst-{}.md", number % 50));
        client.watched(&[(&path, CHANGED)]);
    }
    let errands = client.settle()["errands"].as_u64().expect("it is counted") - before;
    assert!((1..=20).contains(&errands), "the disk was looked at {errands} times");
    assert_eq!(client.end(), 0);
}

/// Clients that do not tell of files are asked nothing: a save is reason enough to look.
#[test]
fn without_events_a_save_is_one() {
    let folder = desk();
    let mut client = Client::introduced(&folder, |introduction| {
        introduction["capabilities"]["workspace"] = serde_json::json!({});
    });
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, &PIER.replace("wire-0311", "wire-0312"));
    assert!(client.found(&pier).contains("undefined-source"));
    folder.write("sources.yaml", "- {id: wire-0312, type: article, issued: 2026-03-10}\n");
    client.tell("textDocument/didSave", serde_json::json!({ "textDocument": { "uri": pier } }));
    assert_eq!(client.found(&pier), "");
    assert_eq!(client.end(), 0);
}

/// One file, whatever its address looks like.
#[cfg(unix)]
#[test]
fn however_its_address_is_spelt() {
    let folder = desk();
    folder.link("also.md", folder.join("2026/pier.md"));
    let mut client = Client::in_folder(&folder);
    let odd = uri(&folder, "2026/%70ier.md");
    client.open(&odd, 1, "---\ntitle: P\ndate: 2026-03-11\nauthor: A\n---\n[x]{.claim #here}[@wire-0311]\n");
    let bridge = uri(&folder, "2026/bridge.md");
    client.open(
        &bridge,
        1,
        "---\ntitle: B\ndate: 2026-03-12\nauthor: A\n---\n[y]{.claim repeats=pier#here}[@wire-0311]\n",
    );
    assert_eq!(client.found(&bridge), "", "what is open under that address is the article");
    assert_eq!(client.end(), 0);
}

#[test]
fn links_to_files_that_come_and_go() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (pier, picture) = (uri(&folder, "2026/pier.md"), uri(&folder, "2026/pier.jpg"));
    client.open(&pier, 1, &format!("{PIER}\n![The pier](pier.jpg){{.illustration}}\n"));
    assert!(client.found(&pier).contains("broken-link"));
    folder.write("2026/pier.jpg", "x");
    client.watched(&[(&picture, CREATED)]);
    assert_eq!(client.found(&pier), "");
    fs::remove_file(folder.join("2026/pier.jpg")).expect("it is there");
    client.watched(&[(&picture, DELETED)]);
    assert!(client.found(&pier).contains("broken-link"));
    assert_eq!(client.end(), 0);
}

#[cfg(unix)]
#[test]
fn two_addresses_of_one_file() {
    let folder = desk();
    folder.link("alias.md", folder.join("2026/pier.md"));
    let mut client = Client::in_folder(&folder);
    let (pier, alias) = (uri(&folder, "2026/pier.md"), uri(&folder, "alias.md"));
    client.open(&pier, 1, PIER);
    client.open(&alias, 1, "---\ntitle: T\ndate: 2026-03-11\nauthor: A\n---\n\n[[nobody]]\n");
    assert!(client.found(&alias).contains("`nobody`"));
    assert_eq!(client.found(&pier), "", "each has what is wrong in its own text");
    client.close(&pier);
    assert!(client.found(&alias).contains("`nobody`"));
    client.open(&pier, 2, PIER);
    client.close(&alias);
    assert_eq!(client.found(&pier), "");
    let hover = client.ask("textDocument/hover", Client::at(&pier, 6, 7));
    assert!(hover.to_string().contains("Harbour Police"), "{hover}");
    assert_eq!(client.end(), 0);
}

/// A folder that is reached through a link, as temporary folders are on some systems.
#[cfg(unix)]
#[test]
fn through_a_link_to_the_folder() {
    let real = desk();
    let outside = crate::folder::Folder::new(&[]);
    outside.link("ln", real.path());
    let root = format!("file://{}/ln", outside.path().display());
    let mut client = Client::introduced(&real, |introduction| {
        introduction["rootUri"] = serde_json::json!(root);
        introduction["workspaceFolders"] = serde_json::json!([{ "uri": root, "name": "desk" }]);
    });
    let pier = format!("{root}/2026/pier.md");
    client.open(&pier, 1, PIER);
    assert_eq!(client.found(&pier), "");
    let definition = client.ask("textDocument/definition", Client::at(&pier, 6, 7));
    assert_eq!(definition[0]["targetUri"], format!("{root}/entities.yaml"), "in the client's own folder");
    real.write("entities.yaml", "[]\n");
    client.watched(&[(&format!("{root}/entities.yaml"), CHANGED)]);
    assert!(client.found(&pier).contains("undefined-entity"));
    assert_eq!(client.end(), 0);
}

#[test]
fn folders_with_a_dot_in_their_names() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let pier = uri(&folder, "2026/pier.md");
    client.open(&pier, 1, &PIER.replace("wire-0311", "wire-0312"));
    assert!(client.found(&pier).contains("undefined-source"));
    folder.write("reg.2026/sources.yaml", "- {id: wire-0312, type: article, issued: 2026-03-10}\n");
    client.watched(&[(&uri(&folder, "reg.2026"), CREATED)]);
    assert_eq!(client.found(&pier), "");
    assert_eq!(client.end(), 0);
}

/// What is no file of the corpus rests on it all the same.
#[test]
fn the_configuration_and_new_texts_follow_the_corpus() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (config, entities) = (uri(&folder, "newsmark.toml"), uri(&folder, "entities.yaml"));
    client.open(&config, 1, "[names]\n\"Police\" = \"new-one\"\n");
    let new = "untitled:Untitled-1";
    client.open(new, 1, "[[new-one]]\n");
    client.open(&entities, 1, &folder.read("entities.yaml"));
    assert!(client.found(&config).contains("`new-one`"));
    assert!(client.found(new).contains("`new-one`"));
    client.change(&entities, 2, &[(None, "- {id: new-one, type: person}\n")]);
    assert_eq!(client.found(&config), "");
    assert!(!client.found(new).contains("`new-one`"));
    assert_eq!(client.end(), 0);
}

#[test]
fn corpora_that_nobody_needs_are_dropped() {
    let folder = desk();
    let others: Vec<_> = (0..5).map(|_| desk()).collect();
    let mut client = Client::in_folder(&folder);
    for other in &others {
        let pier = uri(other, "2026/pier.md");
        client.open(&pier, 1, &PIER.replace("wire-0311", "wire-0312"));
        assert!(client.found(&pier).contains("undefined-source"), "a corpus of its own");
        client.close(&pier);
    }
    assert_eq!(client.settle()["corpora"], 1);
    assert_eq!(client.end(), 0);
}

/// Each key press in it may mean another corpus: that is read when the typing is over.
#[test]
fn typing_in_the_configuration() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let config = uri(&folder, "newsmark.toml");
    client.open(&config, 1, "");
    let before = client.settle()["errands"].as_u64().expect("it is counted");
    let text = "[names]\nPolice = \"harbour-police\"\n";
    for end in 1..=text.len() {
        client.change(&config, i32::try_from(end).expect("it is small") + 1, &[(None, &text[..end])]);
    }
    let errands = client.settle()["errands"].as_u64().expect("it is counted") - before;
    assert!(errands <= 3, "the disk was read {errands} times");
    assert_eq!(client.end(), 0);
}

/// Without events, a configuration is found when it is saved.
#[test]
fn a_configuration_that_is_saved() {
    let folder = desk();
    let mut client = Client::introduced(&folder, |introduction| {
        introduction["capabilities"]["workspace"] = serde_json::json!({});
    });
    let (pier, config) = (uri(&folder, "2026/pier.md"), uri(&folder, "2026/newsmark.toml"));
    client.open(&pier, 1, PIER);
    assert_eq!(client.found(&pier), "");
    client.open(&config, 1, "");
    folder.write("2026/newsmark.toml", "");
    client.tell("textDocument/didSave", serde_json::json!({ "textDocument": { "uri": config } }));
    assert!(client.found(&pier).contains("undefined-source"), "a corpus of its own now");
    assert_eq!(client.end(), 0);
}

/// Opened in the editor, it is found without anybody's word: what is open belongs to it.
#[test]
fn a_configuration_that_is_opened() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (pier, config) = (uri(&folder, "2026/pier.md"), uri(&folder, "2026/newsmark.toml"));
    client.open(&pier, 1, PIER);
    assert_eq!(client.found(&pier), "");
    folder.write("2026/newsmark.toml", "");
    client.open(&config, 1, "");
    assert!(client.found(&pier).contains("undefined-source"), "a corpus of its own now");
    assert_eq!(client.end(), 0);
}

#[test]
fn a_stored_text_comes_changes_and_goes() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let (pier, stored) = (uri(&folder, "2026/pier.md"), uri(&folder, "stored.txt"));
    folder.write("sources/more.yaml", "- {id: talk, type: report, custom: {snapshot: ../stored.txt}}\n");
    client.watched(&[(&uri(&folder, "sources/more.yaml"), CREATED)]);
    let quote = "\n[\"We closed the pier for good\"]{.quote by=none}[@talk]\n";
    client.open(&pier, 1, &format!("{PIER}{quote}"));
    assert_eq!(client.found(&pier), "", "nobody can tell");
    folder.write("stored.txt", "We closed the pier for now.");
    client.watched(&[(&stored, CREATED)]);
    assert!(client.found(&pier).contains("quote-not-in-source"));
    folder.write("stored.txt", "We closed the pier for good!");
    client.watched(&[(&stored, CHANGED)]);
    assert_eq!(client.found(&pier), "");
    folder.write("stored.txt", "\0We closed the pier for good!");
    client.watched(&[(&stored, CHANGED)]);
    assert_eq!(client.found(&pier), "");
    folder.write("stored.txt", "We closed the pier.");
    client.watched(&[(&stored, CHANGED)]);
    assert!(client.found(&pier).contains("quote-not-in-source"));
    fs::remove_file(folder.join("stored.txt")).expect("it is there");
    client.watched(&[(&stored, DELETED)]);
    assert_eq!(client.found(&pier), "");
    assert_eq!(client.end(), 0);
}
