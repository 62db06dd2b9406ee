//! What follows where files move: every link, name and path that led somewhere leads there.

use std::sync::Arc;

use newsmark::diagnostic::{Edit, FilePath, Fix};
use newsmark::features::moving::{Following, Moves, below, following};
use newsmark::features::rename::Desk;

use super::rename::{found, newsroom};
use crate::fixture::{self, Files, Newsroom};

fn follow(files: &Files, moves: &Moves) -> Following {
    let room = Newsroom::new(files);
    let text = |path: &FilePath| files.get(&**path).map(|text| Arc::from(text.as_str()));
    following(&Desk { corpus: &room.corpus, config: &room.config, text: &text }, moves)
}

fn moves(pairs: &[(&str, &str)]) -> Moves {
    pairs.iter().map(|(from, to)| (Arc::from(*from), Arc::from(*to))).collect()
}

/// The files as they are after a move and what follows it.
fn moved(files: &Files, moves: &Moves) -> Files {
    let edits: Vec<Edit> = follow(files, moves).changes.into_iter().map(|change| change.edit).collect();
    let changed = fixture::apply(files, &[&Fix { title: String::new(), edits }]);
    let to = |path: String| moves.get(&*path).map_or(path.clone(), |to| to.to_string());
    changed.into_iter().map(|(path, text)| (to(path), text)).collect()
}

#[track_caller]
fn check(text: &str, pairs: &[(&str, &str)], path: &str, expected: &str) {
    let files = fixture::files(text);
    let after = moved(&files, &moves(pairs));
    assert_eq!(after[path], expected);
}

const DESK: &str = "\
//- 2026/03/aid.md
---
date: 2026-03-11
bibliography: ../refs.bib
---

[x]{.claim #zone}[@s] [b](../02/camp.md#toll) ![p](pic.png)
//- 2026/02/camp.md
---
date: 2026-02-11
---

[x]{.claim #toll repeats=\"aid#zone, 2026/03/aid#zone\"} [[aid]] [[aid#zone|there]] [[2026/03/aid]]
[a](../03/aid.md#zone) [b](./own.md) ![p](../03/pic.png \"t\")
//- 2026/02/own.md
---
date: 2026-02-11
slug: mine
---

[[people]] [[mine]]
//- 2026/refs.bib
@misc{tape, title = {A tape}}
//- 2026/03/pic.png
//- people.md
---
entity: person
name: Somebody Else
---
//- sources.yaml
- {id: s, type: report, custom: {article: aid}}
- {id: t, type: report, custom: {article: 2026/03/aid, snapshot: 2026/03/pic.txt}}
//- 2026/03/pic.txt
";

#[test]
fn to_another_folder() {
    let move_it = &[("2026/03/aid.md", "2027/aid.md")];
    check(
        DESK,
        move_it,
        "2027/aid.md",
        "---\ndate: 2026-03-11\nbibliography: ../2026/refs.bib\n---\n\n\
         [x]{.claim #zone}[@s] [b](../2026/02/camp.md#toll) ![p](../2026/03/pic.png)\n",
    );
    check(
        DESK,
        move_it,
        "2026/02/camp.md",
        "---\ndate: 2026-02-11\n---\n\n\
         [x]{.claim #toll repeats=\"aid#zone, 2027/aid#zone\"} [[aid]] [[aid#zone|there]] [[2027/aid]]\n\
         [a](../../2027/aid.md#zone) [b](./own.md) ![p](../03/pic.png \"t\")\n",
    );
    check(
        DESK,
        move_it,
        "sources.yaml",
        "- {id: s, type: report, custom: {article: aid}}\n\
         - {id: t, type: report, custom: {article: 2027/aid, snapshot: 2026/03/pic.txt}}\n",
    );
}

#[test]
fn by_another_name() {
    let move_it = &[("2026/03/aid.md", "2026/03/convoy.md")];
    check(
        DESK,
        move_it,
        "2026/02/camp.md",
        "---\ndate: 2026-02-11\n---\n\n\
         [x]{.claim #toll repeats=\"convoy#zone, 2026/03/convoy#zone\"} [[convoy]] [[convoy#zone|there]] \
         [[2026/03/convoy]]\n[a](../03/convoy.md#zone) [b](./own.md) ![p](../03/pic.png \"t\")\n",
    );
    // A slug of its own stays, and so do those who use it.
    let own = moves(&[("2026/02/own.md", "2026/02/other.md")]);
    let after = moved(&fixture::files(DESK), &own);
    assert!(after["2026/02/other.md"].ends_with("[[people]] [[mine]]\n"));
    assert!(after["2026/02/camp.md"].contains("[b](./other.md)"));
    // The page of an entity is called by its file.
    let page = moves(&[("people.md", "pages/somebody.md")]);
    let after = moved(&fixture::files(DESK), &page);
    assert!(after["2026/02/own.md"].ends_with("[[somebody]] [[mine]]\n"), "{}", after["2026/02/own.md"]);
}

#[test]
fn a_folder_with_all_that_is_in_it() {
    let files = fixture::files(DESK);
    let room = Newsroom::new(&files);
    let folder = below(&room.corpus, "2026/03", "2027/spring");
    let paths: Vec<&str> = folder.keys().map(|path| &**path).collect();
    assert_eq!(paths, ["2026/03/aid.md", "2026/03/pic.png", "2026/03/pic.txt"]);
    let after = moved(&files, &folder);
    assert!(after["2027/spring/aid.md"].contains("![p](pic.png)"), "what moves together stays together");
    assert!(after["2026/02/camp.md"].contains("![p](../../2027/spring/pic.png \"t\")"));
    assert!(after["sources.yaml"].contains("snapshot: 2027/spring/pic.txt"));
}

#[test]
fn what_is_not_as_it_was_read_is_left_alone_and_said() {
    let files = fixture::files(DESK);
    let room = Newsroom::new(&files);
    let text = |path: &FilePath| {
        let is_known = &**path != "2026/02/camp.md";
        is_known.then(|| Arc::from(files[&**path].as_str()))
    };
    let desk = Desk { corpus: &room.corpus, config: &room.config, text: &text };
    let follows = following(&desk, &moves(&[("2026/03/aid.md", "2027/aid.md")]));
    assert_eq!(follows.skipped, ["2026/02/camp.md".into()]);
    assert!(follows.changes.iter().all(|change| &*change.edit.location.path != "2026/02/camp.md"));
}

/// Wherever an article of the example goes, what is found stays the same.
#[test]
fn a_move_makes_no_difference() {
    let files = newsroom();
    let room = Newsroom::new(&files);
    let before = found(&room);
    let articles: Vec<FilePath> = files
        .keys()
        .filter(|path| path.ends_with(".md") && path.starts_with("20"))
        .map(|path| Arc::from(path.as_str()))
        .collect();
    assert!(articles.len() > 30, "{} articles", articles.len());
    for path in articles.iter().step_by(5) {
        let name = path.rsplit('/').next().expect("it has a name");
        let elsewhere = moves(&[(path, &format!("2030/01/{name}"))]);
        let renamed = moves(&[(path, &path.replace(name, "quite-another.md"))]);
        for moves in [elsewhere, renamed] {
            let again = Newsroom::new(&moved(&files, &moves));
            let to = |path: &FilePath| moves.get(path).unwrap_or(path).clone();
            let mut expected: Vec<_> =
                before.iter().map(|(path, line, rule)| (to(path), *line, *rule)).collect();
            expected.sort();
            assert_eq!(found(&again), expected, "{moves:?}");
        }
    }
}
