//! Stored texts of sources, as they lie on a disk.

use std::fmt::Write as _;

use crate::folder::Folder;

const ARTICLE: &str = "---\ntitle: T\ndate: 2026-03-11\nauthor: A. Desk\n---\n";

/// A registry of sources with these keys, each with a snapshot of its name.
fn registry(snapshots: &[(&str, &str)]) -> String {
    snapshots.iter().fold(String::new(), |mut out, (key, path)| {
        let _ = writeln!(out, "- {{id: {key}, type: report, custom: {{snapshot: {path:?}}}}}");
        out
    })
}

/// An article that quotes the same words from each of these sources.
fn quoting(keys: &[&str]) -> String {
    keys.iter().fold(ARTICLE.to_owned(), |mut out, key| {
        let _ = writeln!(out, "[\"We will go to the harbour\"]{{.quote by=none}}[@{key}].\n");
        out
    })
}

#[test]
fn what_is_no_stored_text_is_said_once_where_it_is_named() {
    let outside = Folder::new(&[("secret.txt", "We will not go to the harbour.")]);
    let folder = Folder::new(&[("newsmark.toml", "[corpus]\nsize-limit = 2000\n"), ("texts/a", "x")]);
    let snapshots = [
        ("missing", "texts/missing.txt"),
        ("binary", "texts/binary.txt"),
        ("latin", "texts/latin.txt"),
        ("large", "texts/large.txt"),
        ("empty", "texts/empty.txt"),
        ("nul", "texts/nul.txt"),
        ("folder", "texts"),
        ("pipe", "texts/pipe"),
        ("up", "../secret.txt"),
        ("link", "texts/link.txt"),
        ("dangling", "texts/dangling.txt"),
    ];
    folder.write("sources.yaml", registry(&snapshots));
    folder.write("a.md", quoting(&snapshots.map(|(key, _)| key)));
    folder.write("texts/binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0");
    folder.write("texts/latin.txt", b"caf\xe9 au lait");
    folder.write("texts/large.txt", "We will go. ".repeat(400));
    folder.write("texts/empty.txt", "");
    folder.write("texts/nul.txt", "We will\0go");
    folder.pipe("texts/pipe");
    folder.link("texts/link.txt", outside.join("secret.txt"));
    folder.link("texts/dangling.txt", "nowhere.txt");
    let run = folder.run(&["check", "--format", "json"]);
    let found = run.json();
    let messages: Vec<&str> = found
        .iter()
        .filter(|found| found["rule"] == "missing-snapshot")
        .filter_map(|found| found["message"].as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "there is no snapshot `texts/missing.txt`",
            "the snapshot `texts/binary.txt` is no text",
            "the snapshot `texts/latin.txt` is not UTF-8: it looks like Latin-1 or Windows-1252",
            "the snapshot `texts/large.txt` has 4800 bytes, more than the limit of 2000 bytes",
            "the snapshot `texts/empty.txt` is empty",
            "the snapshot `texts/nul.txt` is no text",
            "the snapshot `texts` is a folder, not a file",
            "the snapshot `texts/pipe` is a named pipe, not a file",
            "the snapshot `../secret.txt` lies outside the corpus",
            "the snapshot `texts/link.txt` lies outside the corpus",
            "there is no snapshot `texts/dangling.txt`",
        ]
    );
    assert!(!run.out.contains("quote-not-in-source"), "nobody can tell: {}", run.out);
}

#[test]
fn quotations_are_compared_with_texts_in_every_form() {
    let snapshots =
        [("txt", "texts/a.txt"), ("md", "texts/a.md"), ("html", "texts/a.html"), ("good", "texts/b.txt")];
    let folder = Folder::new(&[
        ("texts/a.txt", "So far. We will never go to the harbour.\r\n"),
        ("texts/a.md", "# A\n\nWe will *never* go to the harbour.\n"),
        ("texts/a.html", "<html><body><p>We will <em>never</em> go to the harbour.</p><script>x</script>"),
        ("texts/b.txt", "\u{feff}We will go\nto the har\u{ad}bour."),
        // What lies among the articles is one as well, and not in the way.
        ("newsmark.toml", "[corpus]\narticles = [\"*.md\"]\n"),
    ]);
    folder.write("sources.yaml", registry(&snapshots));
    folder.write("a.md", quoting(&snapshots.map(|(key, _)| key)));
    let run = folder.run(&["check", "--format", "json"]);
    let found = run.json();
    let quotes: Vec<&serde_json::Value> =
        found.iter().filter(|found| found["rule"] == "quote-not-in-source").collect();
    assert_eq!(quotes.len(), 3, "{}", run.out);
    for (found, key) in quotes.iter().zip(["txt", "md", "html"]) {
        assert_eq!(found["message"], format!("these words are not in the stored text of `{key}`"));
        assert_eq!(found["help"], format!("`{key}` says: \"We will **never** go to the harbour\"").as_str());
    }
    assert!(!run.out.contains("missing-snapshot"), "{}", run.out);
}

#[test]
fn a_source_that_is_not_on_record_is_not_repeated() {
    let folder = Folder::new(&[
        ("a.md", &quoting(&["tip"])),
        ("sources.yaml", "- {id: tip, type: interview, custom: {terms: background, snapshot: tip.txt}}\n"),
        ("tip.txt", "We will never go to the harbour, says Secret Name."),
    ]);
    let run = folder.run(&["check", "--format", "json"]);
    assert!(run.out.contains("quote-not-in-source"), "{}", run.out);
    assert!(!run.out.contains("never") && !run.out.contains("Secret"), "{}", run.out);
    let run = folder.run(&["check"]);
    assert!(!run.out.contains("never") && !run.out.contains("Secret"), "{}", run.out);
}
