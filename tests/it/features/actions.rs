//! What can be done about findings: `tests/features/actions.md`.

use std::fmt::Write as _;

use newsmark::features;

use super::{at, check, show};
use crate::fixture::{Files, Newsroom};

fn actions(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let id = room.corpus.at_path(path).expect("the file is in the corpus");
    let diagnostics = room.diagnostics(id);
    let text = &files[path];
    let mut out = format!("{path} {}\n", show(text, at(text, offset)));
    for action in features::actions(&diagnostics, newsmark::text::Span::at(offset)) {
        let preferred = if action.preferred { " (preferred)" } else { "" };
        let _ = writeln!(out, "  {}{preferred}: mends {}", action.fix.title, action.mends.rule);
    }
    out
}

#[test]
fn actions_are_those_of_the_fixture() {
    check("actions", actions);
}
