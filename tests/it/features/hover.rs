//! Hovers: `tests/features/hover.md`.

use std::fmt::Write as _;

use newsmark::features;

use super::{at, check, facts, show};
use crate::fixture::{Files, Newsroom};

fn hover(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let own = facts(&room.corpus, path);
    let Some(found) = features::hover(&room.corpus, &room.config, own, &files[path], offset) else {
        return format!("{path} {}: nothing\n\n", show(&files[path], at(&files[path], offset)));
    };
    let mut out = format!("{path} {}\n", show(&files[path], found.place));
    // Two spaces at the end of a line, which break it, are seen.
    for line in found.markdown.replace("  \n", "⏎\n").lines() {
        let _ = writeln!(out, "{}", format!("  | {line}").trim_end());
    }
    out + "\n"
}

#[test]
fn hovers_say_what_the_fixture_shows() {
    check("hover", hover);
}
