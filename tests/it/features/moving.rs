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

const LABELS: &str = "\
//- 2026/a.md
See [the list][l], [it][l], ![p][q], [b](b\\_1.md#x) and [c](<c (1).md>).

> [l]: ./b.md#toll \"The list\"

[Q]: <p q.png>
[x\\]y]:
  c.md
[x\\]y]
//- 2026/b.md
//- 2026/b_1.md
//- 2026/c (1).md
//- 2026/c.md
//- 2026/p q.png
";

#[test]
fn definitions_of_links() {
    let all = &[
        ("2026/b.md", "2026/d.md"),
        ("2026/p q.png", "p.png"),
        ("2026/c.md", "c.md"),
        ("2026/b_1.md", "b_1.md"),
        ("2026/c (1).md", "2026/c 2.md"),
    ];
    let expected = "See [the list][l], [it][l], ![p][q], [b](../b_1.md#x) and [c](<c%202.md>).\n\n\
                    > [l]: ./d.md#toll \"The list\"\n\n[Q]: <../p.png>\n[x\\]y]:\n  ../c.md\n[x\\]y]\n";
    check(LABELS, all, "2026/a.md", expected);
    let expected = "See [the list][l], [it][l], ![p][q], [b](../2026/b_1.md#x) and [c](<../2026/c%20%281%29.md>).\n\n\
                    > [l]: ../2026/b.md#toll \"The list\"\n\n[Q]: <../2026/p%20q.png>\n[x\\]y]:\n  ../2026/c.md\n[x\\]y]\n";
    check(LABELS, &[("2026/a.md", "2027/a.md")], "2027/a.md", expected);
}

/// Only what would lead elsewhere is written anew.
#[test]
fn what_is_right_afterwards_stays_as_written() {
    let text = "\
//- a/a.md
---
bibliography: ../c/../refs.bib
---
[u](../c/%C3%BC.md) [u](../c/./ü.md#x) [l]

[l]: ../c/%C3%BC.md
//- c/ü.md
//- refs.bib
";
    let expected = fixture::files(text)["a/a.md"].clone();
    check(text, &[("a/a.md", "b/a.md")], "b/a.md", &expected);
}

const TAKEN: &str = "\
//- a.md
[[b]] [[b#x]] [l](b.md) [[2026/c]] [[c]] [x]{.claim repeats=\"b#x\"} [[d]]
//- b.md
[x]{.claim #x}
//- 2026/c.md
//- 2025/d.md
//- entities.yaml
- {id: kolb, type: person}
";

/// A link to a story does not become a mention of somebody.
#[test]
fn where_the_slug_is_an_entitys_the_path_is_written() {
    let expected = |b: &str, x: &str, link: &str, of: &str| {
        format!("[[{b}]] [[{x}#x]] [l]({link}) [[2026/c]] [[c]] [x]{{.claim repeats=\"{of}#x\"}} [[d]]\n")
    };
    let of_folder = expected("2026/kolb", "2026/kolb", "2026/kolb.md", "2026/kolb");
    let after = moved(&fixture::files(TAKEN), &moves(&[("b.md", "2026/kolb.md")]));
    assert_eq!(after["a.md"], of_folder);
    // Here the path is the slug.
    check(TAKEN, &[("b.md", "kolb.md")], "a.md", &expected("kolb.md", "kolb", "kolb.md", "kolb"));
    let after = moved(&fixture::files(TAKEN), &moves(&[("2026/c.md", "2026/kolb.md")]));
    assert!(after["a.md"].contains("[[2026/kolb]] [[2026/kolb]]"), "{}", after["a.md"]);
    // A slug that leads there still stays as it is.
    check(TAKEN, &[("b.md", "2027/b.md")], "a.md", &expected("b", "b", "2027/b.md", "b"));
    // Two that come to share a slug.
    let after =
        moved(&fixture::files(TAKEN), &moves(&[("2026/c.md", "2026/e.md"), ("2025/d.md", "2025/e.md")]));
    assert!(after["a.md"].contains("[[2026/e]] [[2026/e]]") && after["a.md"].contains("[[2025/e]]"));
    // Two that change their names.
    let after =
        moved(&fixture::files(TAKEN), &moves(&[("2026/c.md", "2026/d.md"), ("2025/d.md", "2025/c.md")]));
    assert!(
        after["a.md"].contains("[[2026/d]] [[d]]") && after["a.md"].ends_with("[[c]]\n"),
        "{}",
        after["a.md"]
    );
}

#[test]
fn an_article_to_which_no_name_leads_is_told_of() {
    let files = fixture::files(TAKEN);
    let follows = follow(&files, &moves(&[("2025/d.md", "2025/kolb.txt"), ("2026/c.md", "2026/c1.md")]));
    let message = |path: &str| {
        format!("after the move no name leads to {path} and nowhere else: look at what refers to it in a.md")
    };
    assert!(follows.messages.contains(&message("2025/kolb.txt")), "{:?}", follows.messages);
    let mut files = files;
    files.insert("2025/kolb.markdown".to_owned(), String::new());
    let follows = follow(&files, &moves(&[("2025/d.md", "2025/kolb.md")]));
    assert_eq!(follows.messages, [message("2025/kolb.md")]);
    assert!(follows.changes.is_empty());
}

#[test]
fn an_id_that_is_taken_is_left_to_its_owner() {
    let files = fixture::files(
        "\
//- a.md
[[kolb]] said [\"no\"]{.quote by=kolb} [p](people/kolb.md)
//- people/kolb.md
---
entity: person
---
//- people.entities.yaml
- {id: marie, type: person}
",
    );
    let follows = follow(&files, &moves(&[("people/kolb.md", "people/marie.md")]));
    let new: Vec<&str> = follows.changes.iter().map(|change| &*change.edit.text).collect();
    assert_eq!(new, ["people/marie.md"]);
    let [message] = &follows.messages[..] else { panic!("{:?}", follows.messages) };
    assert!(
        message.starts_with("the id `marie` is taken in people.entities.yaml: what names `kolb` was left")
    );
    // An id that goes at the same time is free.
    let mut files = files;
    files.remove("people.entities.yaml");
    files.insert("people/marie.md".to_owned(), "---\nentity: person\n---\n".to_owned());
    let both = moves(&[("people/kolb.md", "people/marie.md"), ("people/marie.md", "people/anna.md")]);
    assert!(follow(&files, &both).messages.is_empty());
}

const CONFIGURED: &str = "\
//- newsmark.toml
# Kept as it is.
[corpus]
entities = [ 'desk/entities.yaml', \"./desk/more/\", \"office/*.yaml\"] # and this
sources = [\"desk/refs.bib\"]

[[overrides]]
paths = [\"2026/06\"]
profile = \"publish\"
//- desk/entities.yaml
- {id: kolb, type: person}
//- desk/more/places.yaml
- {id: marie, type: person}
//- desk/refs.bib
//- office/x.yaml
- {id: anna, type: person}
//- 2026/06/a.md
[[kolb]] [[marie]] [[anna]]
";

#[test]
fn paths_in_the_configuration() {
    let files = fixture::files(CONFIGURED);
    let after = |pairs: &[(&str, &str)]| {
        let follows = follow(&files, &moves(pairs));
        assert!(follows.skipped.is_empty());
        let edits = follows.changes.into_iter().map(|change| change.edit).collect();
        let changed = fixture::apply(&files, &[&Fix { title: String::new(), edits }]);
        (changed["newsmark.toml"].clone(), follows.messages)
    };
    let with = |from: &str, to: &str| files["newsmark.toml"].replace(from, to);
    let none = Vec::<String>::new();
    assert_eq!(after(&[("desk", "new/desk")]), (with("desk/", "new/desk/"), none.clone()));
    let one = after(&[("desk/entities.yaml", "people.yaml")]);
    assert_eq!(one, (with("desk/entities.yaml", "people.yaml"), none.clone()));
    let quoted = after(&[("desk/entities.yaml", "desk/it's.yaml")]);
    assert_eq!(quoted, (with("'desk/entities.yaml'", "\"desk/it's.yaml\""), none.clone()));
    assert_eq!(after(&[("2026", "2025")]), (with("2026/06", "2025/06"), none.clone()));
    assert_eq!(after(&[("2026/06", "2026/july")]), (with("2026/06", "2026/july"), none.clone()));
    // Patterns are somebody's to think about.
    let same = files["newsmark.toml"].clone();
    let said = |message: &str| (same.clone(), vec![message.to_owned()]);
    assert_eq!(
        after(&[("office", "rooms")]),
        said("`office/*.yaml` under `entities` in newsmark.toml does not take rooms/x.yaml after the move")
    );
    assert_eq!(
        after(&[("2026/06/a.md", "2026/07/a.md")]),
        said("`2026/06` under `paths` in newsmark.toml does not take 2026/07/a.md after the move")
    );
    assert_eq!(
        after(&[("2026/06/a.md", "2026/06/README.md")]),
        said("newsmark will not read 2026/06/README.md: it leaves out `**/README.md`")
    );
    assert_eq!(after(&[("office/x.yaml", "office/y.yaml")]), (same.clone(), none));
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
