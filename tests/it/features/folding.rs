//! Folds: `tests/features/folding.md`.

use std::fmt::Write as _;

use newsmark::features;

use super::{check, facts};
use crate::fixture::{Files, Newsroom};

fn folding(room: &Newsroom, files: &Files, path: &str, _: usize) -> String {
    let text = &files[path];
    let mut out = format!("{path}\n");
    for fold in features::folds(facts(&room.corpus, path), text) {
        let (first, last) = (fold.place.start.line, fold.place.end.line);
        let line = text.lines().nth(first as usize).unwrap_or_default();
        let _ = writeln!(out, "  {}-{} {:?} `{}`", first + 1, last + 1, fold.kind, line.trim());
    }
    out
}

#[test]
fn what_folds_is_what_the_fixture_shows() {
    check("folding", folding);
}
