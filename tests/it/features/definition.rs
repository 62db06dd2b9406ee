//! Definitions: `tests/features/definition.md`.

use std::fmt::Write as _;

use newsmark::features::{self, Definition};

use super::{at, check, facts, show};
use crate::fixture::{Files, Newsroom};

fn definition(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let found = features::definition(&room.corpus, facts(&room.corpus, path), &files[path], offset);
    draw(files, path, offset, found)
}

/// Draws where something leads to.
pub(super) fn draw(files: &Files, path: &str, offset: usize, found: Option<Definition>) -> String {
    let Some(found) = found else {
        return format!("{path} {}: nothing\n", show(&files[path], at(&files[path], offset)));
    };
    let mut out = format!("{path} {}\n", show(&files[path], found.origin));
    for target in found.targets {
        let text = &files[&*target.path];
        let (whole, name) = (show(text, target.whole), show(text, target.name));
        let _ = writeln!(
            out,
            "  -> {} {name}{}",
            target.path,
            if whole == name { String::new() } else { format!(" in {whole}") }
        );
    }
    out
}

#[test]
fn definitions_lead_where_the_fixture_shows() {
    check("definition", definition);
}
