//! References: `tests/features/references.md`.

use std::fmt::Write as _;

use newsmark::features::references::{files as files_of, occurrences};
use newsmark::features::subject;

use super::{at, check, facts, show};
use crate::fixture::{Files, Newsroom};

fn references(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let corpus = &room.corpus;
    let Some((place, subject)) = subject(corpus, facts(corpus, path), offset) else {
        return format!("{path} {}: nothing\n", show(&files[path], at(&files[path], offset)));
    };
    let mut out = format!("{path} {}\n", show(&files[path], place));
    for file in files_of(corpus, &subject).into_iter().filter_map(|id| corpus.file(id)) {
        for found in occurrences(corpus, file, &subject) {
            let _ =
                writeln!(out, "  {} {} {:?}", file.path, show(&files[&*file.path], found.place), found.role);
        }
    }
    out
}

#[test]
fn references_are_those_of_the_fixture() {
    check("references", references);
}
