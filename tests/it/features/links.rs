//! Links: `tests/features/links.md`.

use std::fmt::Write as _;

use newsmark::features::{self, LinkTo};

use super::{check, facts, show};
use crate::fixture::{Files, Newsroom};

fn links(room: &Newsroom, files: &Files, path: &str, _: usize) -> String {
    let text = &files[path];
    let file = facts(&room.corpus, path);
    let mut out = format!("{path}\n");
    for link in features::links(&room.corpus, file, text) {
        let to = match &link.to {
            LinkTo::Web(address) => address.clone(),
            LinkTo::File(path, None) => path.to_string(),
            LinkTo::File(path, Some(line)) => format!("{path} line {}", line + 1),
            LinkTo::Source(key) => {
                let address = features::source_address(&room.corpus, file, key, |path| files.get(&**path));
                format!("{key}: {}", address.expect("a citation that is a link leads somewhere"))
            }
        };
        let _ = writeln!(out, "  {} {:?} {to}", show(text, link.place), link.kind);
    }
    out
}

#[test]
fn links_open_what_the_fixture_shows() {
    check("links", links);
}

/// A source that is protected meanwhile is none to open, whoever asks.
#[test]
fn a_protected_source_has_no_address() {
    let files = Files::from([
        ("a.md".to_owned(), "[@a] [@b] [@c]\n".to_owned()),
        (
            "sources.yaml".to_owned(),
            "- {id: a, URL: https://example.org/a, custom: {terms: background}}\n\
             - {id: b, URL: https://example.org/b, custom: {known-to: Desk}}\n\
             - {id: c, URL: https://example.org/c}\n"
                .to_owned(),
        ),
    ]);
    let room = Newsroom::new(&files);
    let file = facts(&room.corpus, "a.md");
    for (key, expected) in [("a", None), ("b", None), ("c", Some("https://example.org/c"))] {
        let address = features::source_address(&room.corpus, file, key, |path| files.get(&**path));
        assert_eq!(address.as_deref(), expected, "{key}");
    }
    let links = features::links(&room.corpus, file, &files["a.md"]);
    assert_eq!(links.iter().map(|link| &link.to).collect::<Vec<_>>(), [&LinkTo::Source("c".into())]);
}
