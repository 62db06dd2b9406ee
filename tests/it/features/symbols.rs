//! Symbols of a document: `tests/features/symbols.md`.

use std::fmt::Write as _;

use newsmark::features::{self, Symbol};

use super::{check, facts, show};
use crate::fixture::{Files, Newsroom};

fn symbols(room: &Newsroom, files: &Files, path: &str, _: usize) -> String {
    fn draw(text: &str, symbols: &[Symbol], depth: usize, out: &mut String) {
        for symbol in symbols {
            let indent = "  ".repeat(depth);
            let (name, whole) = (show(text, symbol.name_place), show(text, symbol.whole));
            let _ = writeln!(out, "{indent}{:?} “{}” {}", symbol.kind, symbol.name, symbol.detail);
            let _ = writeln!(out, "{indent}    {name} in {whole}");
            draw(text, &symbol.children, depth + 1, out);
        }
    }
    let text = &files[path];
    let mut out = format!("{path}\n");
    draw(text, &features::symbols(facts(&room.corpus, path), text), 1, &mut out);
    out
}

#[test]
fn symbols_are_those_of_the_fixture() {
    check("symbols", symbols);
}
