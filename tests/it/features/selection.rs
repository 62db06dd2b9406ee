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
