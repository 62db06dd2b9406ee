//! Ids that are edited together: `tests/features/linked.md`.

use std::fmt::Write as _;

use newsmark::features;

use super::{at, check, facts, show};
use crate::fixture::{Files, Newsroom};

fn linked(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let text = &files[path];
    let mut out = format!("{path} {}", show(text, at(text, offset)));
    let Some(places) = features::linked(&room.corpus, facts(&room.corpus, path), text, offset) else {
        return out + ": nothing\n";
    };
    out.push('\n');
    for place in places {
        let _ = writeln!(out, "  {}", show(text, place));
    }
    out
}

#[test]
fn ids_are_linked_as_the_fixture_shows() {
    check("linked", linked);
}
