//! `newsmark check --fix`: what is mended, what is left alone, and how files are written.

use std::os::unix::fs::{MetadataExt, PermissionsExt};

use crate::folder::Folder;

/// Things that can be mended without asking, one inside the other, and a guess.
const ARTICLE: &str = "---\r\ntitle: T\r\ndate: 2026-03-11\r\nauthor: A. Desk\r\n---\r\n\r\n\
    [The road] {.claim by=mayor} is said @somebody to be shut [@wire-1][@wire-2].\r\n\r\n\
    [It rained]{.claim by=the mayor}[@wire-1x], é.";

fn desk() -> Folder {
    Folder::new(&[
        ("newsmark.toml", ""),
        ("2026/a.md", ARTICLE),
        (
            "2026/b.md",
            "---\ntitle: T\ndate: 2026-03-11\nauthor: A\n---\n\n[Rain]{.claim basis=observed}.\nAsk @nobody.\n",
        ),
        ("sources.yaml", "- {id: wire-1, type: report}\n- {id: wire-2, type: report}\n"),
        ("entities.yaml", "- {id: mayor, name: The Mayor}\n"),
    ])
}

#[test]
fn what_leaves_nothing_to_choose_is_mended_and_then_nothing_is_left() {
    let folder = desk();
    let run = folder.run(&["check", "--fix", "--format", "json"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.err.contains("mended ") && run.err.contains(" in 2 files"), "{run:?}");
    let text = folder.read("2026/a.md");
    assert!(text.contains("[The road]{.claim by=mayor} is said \\@somebody"), "{text}");
    assert!(text.contains("[@wire-1; @wire-2].\r\n"), "{text}");
    assert!(text.ends_with("[@wire-1x], é."), "a guess at a key is not made: {text}");
    assert_eq!(text.matches('\n').count(), ARTICLE.matches('\n').count());
    assert_eq!(text.matches("\r\n").count(), ARTICLE.matches("\r\n").count());
    // What it reports is what there is now.
    let again = folder.run(&["check", "--format", "json"]);
    assert_eq!(again.out, run.out);
    let twice = folder.run(&["check", "--fix", "--format", "json"]);
    assert_eq!((twice.out, twice.err), (run.out, String::new()));
    assert_eq!(folder.read("2026/a.md"), text);
}

#[test]
fn a_difference_is_shown_and_nothing_changed() {
    let folder = desk();
    let run = folder.run(&["check", "--diff", "2026/b.md"]);
    let shown = "--- 2026/b.md\n+++ 2026/b.md\n@@ -5,4 +5,4 @@\n ---\n \n [Rain]{.claim basis=observed}.\n-Ask @nobody.\n+Ask \\@nobody.\n";
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (1, shown, ""));
    assert!(folder.read("2026/b.md").contains("Ask @nobody."));
    folder.run(&["check", "--fix", "2026/b.md"]);
    assert_eq!(folder.read("2026/a.md"), ARTICLE, "it was not named");
    let run = folder.run(&["check", "--diff", "2026/b.md"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
}

#[test]
fn guesses_are_made_by_name() {
    let folder = desk();
    let run = folder.run(&["check", "--fix-only", "undefined-source", "2026/a.md"]);
    assert!(run.err.contains("mended 1 finding in 1 file"), "{run:?}");
    let text = folder.read("2026/a.md");
    assert!(text.contains("[@wire-1], é.") && text.contains("said @somebody"), "{text}");
    let run = folder.run(&["check", "--fix-only", "undefined-sauce"]);
    assert!(run.status == 2 && run.err.contains("did you mean `undefined-source`?"), "{run:?}");
}

#[test]
fn permissions_and_links_stay_and_what_is_elsewhere_is_not_written() {
    let folder = desk();
    let path = folder.join("2026/b.md");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("it is ours");
    std::fs::rename(folder.join("2026/a.md"), folder.join("kept.txt")).expect("it is there");
    folder.link("2026/a.md", "../kept.txt");
    folder.run(&["check", "--fix"]);
    assert_eq!(std::fs::metadata(&path).expect("it is there").mode() & 0o777, 0o640);
    assert!(folder.read("2026/b.md").contains("\\@nobody"));
    assert!(std::fs::symlink_metadata(folder.join("2026/a.md")).expect("it is there").is_symlink());
    assert!(folder.read("kept.txt").contains("\\@somebody"));
    let left: Vec<_> = std::fs::read_dir(folder.join("2026")).expect("it is there").collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn the_newsroom_is_mended_once() {
    let folder = crate::newsroom::copy();
    let before = folder.run(&["check", "--format", "json"]).json().len();
    let run = folder.run(&["check", "--fix", "--format", "json"]);
    let after = run.json().len();
    assert!(after < before, "{before}, {after}");
    let count: usize = run.err.split(' ').nth(2).and_then(|count| count.parse().ok()).expect("a number");
    // Whatever is mended is gone, and nothing new is found.
    assert_eq!(before - after, count, "{}", run.err);
    assert_eq!(folder.run(&["check", "--diff"]).out, "");
}

#[test]
fn names_that_must_not_be_known_are_in_no_difference() {
    let folder = Folder::new(&[
        ("newsmark.toml", ""),
        (
            "a.md",
            "---\ntitle: T\ndate: 2026-03-11\nauthor: A\n---\n\n[Otto Brill]{.claim basis=observed} wrote to @nobody.\n",
        ),
        (
            "sources.yaml",
            "- {id: tip, type: interview, issued: 2026-03-01, author: [{literal: Otto Brill}], custom: {terms: background, reason: r, known-to: k}}\n",
        ),
    ]);
    let run = folder.run(&["check", "--diff"]);
    assert!(run.out.contains("\\@nobody") && !run.out.contains("Brill"), "{}", run.out);
}

#[test]
fn what_is_left_out_is_said_beside_a_difference_too() {
    let folder = desk();
    folder.write("list.txt", "2026/b.md\ngone.md\n");
    for more in ["--diff", "--write-baseline=known"] {
        let run = folder.run(&["check", more, "@list.txt"]);
        assert!(run.err.contains("1 path of the list is no article"), "{more}: {run:?}");
    }
}
