//! What stands above lines: `tests/features/lens.md`. A cursor asks for all of its file.

use std::fmt::Write as _;

use newsmark::features::{self, Says, Told};

use super::{check, facts, show};
use crate::fixture::{Files, Newsroom};

fn lens(room: &Newsroom, files: &Files, path: &str, _: usize) -> String {
    let (corpus, file) = (&room.corpus, facts(&room.corpus, path));
    let mut out = format!("{path}\n");
    for lens in features::lenses(corpus, file) {
        let told: Option<Told> = match lens.says {
            Says::This(told) => Some(told),
            Says::Entity(id) => features::told_of_entity(corpus, file, &id),
            Says::Source(key) => features::told_of_source(corpus, file, &key),
        };
        let told = told.expect("what is offered is there");
        let at = show(&files[path], told.at);
        let _ = writeln!(out, "  {} {} (of {at})", show(&files[path], lens.place), told.title);
        for place in told.places.into_iter().flatten() {
            let _ = writeln!(out, "    {} {}", place.path, show(&files[&*place.path], place.place));
        }
    }
    out
}

#[test]
fn lenses_are_those_of_the_fixture() {
    check("lens", lens);
}
