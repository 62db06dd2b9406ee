//! Where an article first brings something in: `tests/features/declaration.md`.

use newsmark::features;

use super::definition::draw;
use super::{check, facts};
use crate::fixture::{Files, Newsroom};

fn declaration(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let found = features::declaration(&room.corpus, facts(&room.corpus, path), &files[path], offset);
    draw(files, path, offset, found)
}

#[test]
fn declarations_lead_where_the_fixture_shows() {
    check("declaration", declaration);
}
