//! Whose something is: `tests/features/type_definition.md`.

use newsmark::features;

use super::definition::draw;
use super::{check, facts};
use crate::fixture::{Files, Newsroom};

fn type_definition(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let found = features::type_definition(&room.corpus, facts(&room.corpus, path), offset);
    draw(files, path, offset, found)
}

#[test]
fn owners_are_those_of_the_fixture() {
    check("type_definition", type_definition);
}
