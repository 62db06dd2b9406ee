//! Growing selections: `tests/features/selection.md`.

use std::fmt::Write as _;

use newsmark::features;

use super::{at, check, facts, show};
use crate::fixture::{Files, Newsroom};

fn selection(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let text = &files[path];
    let mut out = format!("{path} {}\n", show(text, at(text, offset)));
    let grown = features::selections(facts(&room.corpus, path), text, &[offset]);
    for place in &grown[0] {
        let _ = writeln!(out, "  {}", show(text, *place));
    }
    out
}

#[test]
fn selections_grow_as_the_fixture_shows() {
    check("selection", selection);
}

/// A registry that is too long to be read as a whole for each question.
fn large(entry: impl Fn(usize) -> String, head: &str, tail: &str) -> String {
    let entries: Vec<String> = (0..6000).map(entry).collect();
    format!("{head}{}{tail}", entries.concat())
}

#[test]
fn a_large_registry_is_read_in_parts() {
    let yaml = |number: usize| {
        format!(
            "- id: s{number}\n  type: report\n  URL: \"https://example.org/{number}\"\n  custom: {{issuer: x}}\n"
        )
    };
    let json = |number: usize| {
        let comma = if number == 0 { "" } else { ",\n" };
        format!(
            "{comma}{{\"id\": \"j{number}\", \"URL\": \"https://example.org/{number}\", \"type\": \"report\"}}"
        )
    };
    let files = Files::from([
        ("sources.yaml".to_owned(), large(yaml, "", "")),
        ("sources.json".to_owned(), large(json, "[", "]\n")),
    ]);
    let room = Newsroom::new(&files);
    for path in ["sources.yaml", "sources.json"] {
        let text = &files[path];
        assert!(text.len() > 256 * 1024);
        let file = facts(&room.corpus, path);
        let offset = text.find("example.org/4000").expect("it is there");
        let grown = features::selections(file, text, &[offset]);
        let shown: Vec<&str> = grown[0].iter().map(|place| place.span().of(text)).collect();
        let has = |wanted: &str| shown.contains(&wanted);
        assert!(has("https://example.org/4000"), "{path}: {:?}", &shown[..3]);
        assert!(
            has("URL: \"https://example.org/4000\"")
                || has("\"URL\": \"https://example.org/4000\"")
                || shown.len() > 4
        );
        let links = features::links(&room.corpus, file, text);
        assert_eq!(links.len(), 6000, "{path}");
        assert!(features::folds(file, text).len() == if path.ends_with("yaml") { 6000 } else { 0 }, "{path}");
    }
}
