//! Input that nobody would write on purpose, and some that somebody would: each gets a
//! clear finding, and nothing is lost or left out silently. What concerns files as such
//! (pipes, links, permissions) is in `workspace.rs` and `cli.rs`.

use serde_json::Value;

use crate::folder::Folder;

/// A finding: path, rule, line, message.
type Found = (String, String, u64, String);

/// What the check of these files finds, with its exit status.
fn check(files: &[(&str, &str)]) -> (Vec<Found>, i32) {
    let run = Folder::new(files).run(&["check", "--format", "json"]);
    assert!(run.status < 2, "newsmark could not run: {}", run.err);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let found = run
        .out
        .lines()
        .map(|line| {
            let finding: Value = serde_json::from_str(line).expect("each line is an object");
            let line = finding["range"]["start"]["line"].as_u64().expect("a line");
            (text(&finding["path"]), text(&finding["rule"]), line, text(&finding["message"]))
        })
        .collect();
    (found, run.status)
}

/// The one finding of these files, which is an error of `rule` in `path` at `line`.
#[track_caller]
fn one(files: &[(&str, &str)], path: &str, rule: &str, line: u64) -> String {
    let (found, status) = check(files);
    assert_eq!(found.len(), 1, "{found:#?}");
    let (its_path, its_rule, its_line, message) = found.into_iter().next().expect("there is one");
    assert_eq!((&*its_path, &*its_rule, its_line), (path, rule, line), "{message}");
    assert_eq!(status, 1, "it is an error");
    message
}

/// An article without faults, around `body`.
fn article(body: &str) -> String {
    format!("---\ntitle: T\ndate: 2026-03-11\nauthor: A. Desk\n---\n\n{body}\n")
}

/// A registry entry for the source `s`, and an article that cites it.
const SOURCE: &str = "- id: s\n  type: report\n  issued: 2026-03-01\n";

#[test]
fn front_matter_that_is_never_closed() {
    let text = "---\ntitle: T\ndate: 2026-03-11\nauthor: A. Desk\n\nThe road is closed.\n";
    let message = one(&[("a.md", text)], "a.md", "invalid-front-matter", 1);
    assert!(message.contains("never closed"), "{message}");
}

#[test]
fn yaml_with_a_tab() {
    let text = "---\ntitle: T\ndate: 2026-03-11\nauthor:\n\t- A. Desk\n---\n\nThe road is closed.\n";
    let (found, _) = check(&[("a.md", text)]);
    let message = &found.iter().find(|found| found.1 == "invalid-front-matter").expect("it is found").3;
    assert!(message.contains("tab"), "{message}");
}

#[test]
fn yaml_that_is_a_bomb() {
    let mut registry = String::from(
        "- id: s\n  type: report\n  issued: 2026-03-01\n  title: &a0 [x, x, x, x, x, x, x, x, x, x]\n",
    );
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        registry += &format!(
            "- id: s{level}\n  type: report\n  note: &a{level} [{}]\n",
            before.trim_end_matches(", ")
        );
    }
    let (found, _) = check(&[("a.md", &article("The road is closed [@s].")), ("sources.yaml", &registry)]);
    let bombs: Vec<&Found> = found.iter().filter(|found| found.1 == "invalid-registry").collect();
    assert!(!bombs.is_empty(), "{found:#?}");
    assert!(found.iter().all(|found| found.1 != "undefined-source"), "the rest stays in use: {found:#?}");
}

#[test]
fn yaml_with_a_key_twice() {
    let text = "---\ntitle: T\ndate: 2026-03-11\nauthor: A. Desk\ntitle: U\n---\n\nThe road is closed.\n";
    let message = one(&[("a.md", text)], "a.md", "invalid-front-matter", 5);
    assert!(message.contains("title"), "{message}");
}

#[test]
fn yaml_of_ten_thousand_levels() {
    let deep = format!("{}- id: t\n  note: {}{}\n", SOURCE, "[".repeat(10_000), "]".repeat(10_000));
    let (found, _) = check(&[("a.md", &article("The road is closed [@s].")), ("sources.yaml", &deep)]);
    assert!(found.iter().any(|found| found.1 == "invalid-registry"), "{found:#?}");
    assert!(found.iter().all(|found| found.1 != "undefined-source"), "the rest stays in use: {found:#?}");
}

#[test]
fn a_bibtex_entry_cut_off_in_the_middle() {
    let bibliography =
        "@report{s,\n  title = {A report},\n  date = {2026-03-01},\n}\n\n@report{half,\n  title = {Hal";
    one(
        &[("a.md", &article("The road is closed [@s].")), ("references.bib", bibliography)],
        "references.bib",
        "invalid-registry",
        6,
    );
}

#[test]
fn json_with_a_trailing_comma() {
    let registry = "[\n  {\"id\": \"s\", \"type\": \"report\"},\n]\n";
    let message = one(
        &[("a.md", &article("The road is closed [@s].")), ("references.json", registry)],
        "references.json",
        "invalid-registry",
        2,
    );
    assert!(message.contains("comma"), "{message}");
}

#[test]
fn two_registries_with_the_same_key() {
    let message = one(
        &[
            ("a.md", &article("The road is closed [@s].")),
            ("references.json", "[{\"id\": \"s\", \"type\": \"report\"}]\n"),
            ("sources.yaml", SOURCE),
        ],
        "sources.yaml",
        "duplicate-source",
        1,
    );
    assert!(message.contains("`s`"), "{message}");
}

#[test]
fn a_hundred_thousand_open_brackets() {
    let (found, status) = check(&[("a.md", &article(&"[".repeat(100_000)))]);
    assert_eq!((found, status), (Vec::new(), 0), "brackets are text");
}

#[test]
fn one_very_long_line() {
    // A megabyte in the debug build is what fifty are in the other; `.ci/long` has those.
    let body = "The road is closed [@s]. ".repeat(40_000) + "[@t]";
    let (found, _) = check(&[("a.md", &article(&body)), ("sources.yaml", SOURCE)]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((&*found[0].1, found[0].2), ("undefined-source", 7));
}

#[test]
fn a_long_line_is_cut_to_what_matters_for_people() {
    let body = "The road is closed [@s]. ".repeat(40_000) + "[@t]";
    let run = Folder::new(&[("a.md", &article(&body)), ("sources.yaml", SOURCE)]).run(&["check"]);
    assert!(run.out.contains("[@t]"), "the words are shown");
    assert!(run.out.len() < 2_000, "{} bytes are printed", run.out.len());
}

#[test]
fn a_nul_byte() {
    let (found, _) = check(&[("a.md", &article("The road\0 is closed [@s].")), ("sources.yaml", SOURCE)]);
    assert_eq!(found, []);
}

#[test]
fn a_claim_of_a_megabyte() {
    let body =
        format!("[{}]{{.claim}} [@s].", "The road is closed and so is the bridge. ".repeat(25_000).trim());
    let (found, _) = check(&[("a.md", &article(&body)), ("sources.yaml", SOURCE)]);
    assert_eq!(found, []);
}

#[test]
fn ten_thousand_citations_in_one_group() {
    let keys: Vec<String> =
        (0..10_000).map(|number| if number == 7_000 { "@t".into() } else { "@s".into() }).collect();
    let body = format!("[The road is closed]{{.claim}} [{}].", keys.join("; "));
    let (found, _) = check(&[("a.md", &article(&body)), ("sources.yaml", SOURCE)]);
    assert_eq!(found.len(), 1, "{} findings", found.len());
    assert_eq!(&*found[0].1, "undefined-source");
}

#[test]
fn a_file_that_is_not_utf_8_costs_only_itself() {
    let folder = Folder::new(&[("sources.yaml", SOURCE), ("b.md", &article("The road is closed [@t]."))]);
    folder.write("a.md", b"---\ntitle: T\n---\n\nD\xe9j\xe0 vu.\n");
    let run = folder.run(&["check"]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("error[invalid-encoding]"), "{}", run.out);
    assert!(run.out.contains("error[undefined-source]"), "{}", run.out);
}

#[test]
fn an_empty_bibliography_is_said_once_though_an_article_names_it() {
    let folder = Folder::new(&[
        ("a.md", "---\ntitle: T\ndate: 2026-03-11\nauthor: A\nbibliography: refs.bib\n---\nWords.\n"),
        ("refs.bib", ""),
    ]);
    let run = folder.run(&["check", "--format", "json"]);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.out.contains("this file is empty"));
}
