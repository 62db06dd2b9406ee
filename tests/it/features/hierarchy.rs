//! What rests on what, and what is part of what: `tests/features/hierarchy.md`.

use std::fmt::Write as _;

use newsmark::features::Asked;
use newsmark::features::hierarchy::{
    self, Item, Tie, entity_at, incoming, outgoing, parts, provenance_at, wholes,
};
use newsmark::features::reach::{Reach, beginnings, beginnings_page, touched_page};
use newsmark::text::Place;

use super::{at, check, facts, show};
use crate::fixture::{Files, Newsroom};

fn item(files: &Files, item: &Item) -> String {
    let node = &item.node;
    let said: String = item.said().into_iter().map(|said| format!(" · {said}")).collect();
    let path = &*node.location.path;
    let place = show(&files[path], node.location.place);
    assert!(item.whole.span().contains(node.location.place.span()));
    format!("{} {}{said}, {path} {place}", node.kind.as_str(), node.name)
}

fn ranges(text: &str, places: &[Place]) -> String {
    places.iter().map(|place| format!(" [{}]", show(text, *place))).collect()
}

fn drawn(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let (corpus, file) = (&room.corpus, facts(&room.corpus, path));
    let mut out = format!("{path} {}\n", show(&files[path], at(&files[path], offset)));
    if let Some(known) = entity_at(corpus, file, offset) {
        let own = hierarchy::item(corpus, &Asked::Entity(known));
        let _ = writeln!(out, "  {}", item(files, &own));
        for whole in wholes(corpus, known) {
            let _ = writeln!(out, "  up {}", item(files, &whole));
        }
        for part in parts(corpus, known) {
            let _ = writeln!(out, "  down {}", item(files, &part));
        }
        return out;
    }
    let Some(asked) = provenance_at(corpus, file, offset) else { return out + "  nothing\n" };
    let own = hierarchy::item(corpus, &asked);
    let _ = writeln!(out, "  {}", item(files, &own));
    let again = hierarchy::find(corpus, file, &own.spot).expect("it is found again");
    assert_eq!(hierarchy::item(corpus, &again), own);
    for Tie { item: to, places } in outgoing(corpus, &asked) {
        let text = &files[&*own.node.location.path];
        let _ = writeln!(out, "  to {}{}", item(files, &to), ranges(text, &places));
    }
    let ids = hierarchy::files(corpus, &asked).into_iter();
    for user in ids.filter_map(|id| corpus.file(id)) {
        for Tie { item: from, places } in incoming(corpus, user, &asked) {
            let text = &files[&*user.path];
            let _ = writeln!(out, "  from {}{}", item(files, &from), ranges(text, &places));
        }
    }
    let page = beginnings_page(&own, &beginnings(corpus, file, &asked));
    let mut walk = Reach::new(own.spot.clone());
    let mut touched = Vec::new();
    while let Some(part) = walk.part(corpus, file, 1) {
        touched.extend(part);
    }
    let pages = page + &touched_page(&own, &touched);
    for line in pages.replace("  \n", "⏎\n").lines() {
        let _ = writeln!(out, "  | {line}");
    }
    out
}

#[test]
fn hierarchies_are_those_of_the_fixture() {
    check("hierarchy", drawn);
}
