//! What stands behind something: `tests/features/implementation.md`.

use newsmark::features;

use super::definition::draw;
use super::{check, facts};
use crate::fixture::{Files, Newsroom};

fn implementation(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let found = features::implementation(&room.corpus, facts(&room.corpus, path), offset);
    draw(files, path, offset, found)
}

#[test]
fn what_stands_behind_is_what_the_fixture_shows() {
    check("implementation", implementation);
}
