//! What is found by a part of its name: `tests/features/workspace_symbols.md`.

use std::fmt::Write as _;

use newsmark::corpus::Change;
use newsmark::features;
use newsmark::lint::{self, FileRole};

use super::{check, show};
use crate::fixture::{Files, Newsroom};

/// The line before the cursor is what is looked for.
fn workspace_symbols(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let before = &files[path][..offset];
    let wanted = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let mut out = format!("“{wanted}”\n");
    for symbol in features::workspace_symbols(&room.corpus, wanted, 6) {
        let place = features::symbol_place(&room.corpus, &symbol.path, symbol.kind, &symbol.id);
        let place = place.map_or_else(|| "gone".to_owned(), |place| show(&files[&*symbol.path], place));
        let _ = writeln!(out, "  {:?} {} · {}", symbol.kind, symbol.name, symbol.container);
        let _ = writeln!(out, "      {} {place}", symbol.path);
    }
    out
}

#[test]
fn what_is_found_is_what_the_fixture_shows() {
    check("workspace_symbols", workspace_symbols);
}

fn names(room: &Newsroom, wanted: &str) -> Vec<String> {
    features::workspace_symbols(&room.corpus, wanted, 200).into_iter().map(|symbol| symbol.name).collect()
}

/// Whether files are packed, come, change or go: what is found is what a fresh corpus has.
#[test]
fn what_changes_is_found_anew() {
    let article = |id: &str| format!("---\ntitle: The pier\n---\n\n[x]{{.claim #{id}}} [[kasra]]\n");
    let mut files = Files::from([
        ("a.md".to_owned(), article("toll")),
        ("b.md".to_owned(), article("bridge")),
        ("entities.yaml".to_owned(), "- {id: kasra, aliases: [The Valley]}\n".to_owned()),
    ]);
    let mut room = Newsroom::packed(&files);
    for (wanted, found) in
        [("toll", vec!["a#toll"]), ("valley", vec!["The Valley (kasra)"]), ("b#", vec!["b#bridge"])]
    {
        assert_eq!(names(&room, wanted), found, "{wanted}");
    }
    let put = |path: &str, text: &str, role| Change::Put(Box::new(lint::read(&path.into(), text, role)));
    let changes: [(Change, Option<(&str, String)>); 4] = [
        (put("a.md", &article("zone"), FileRole::Article), Some(("a.md", article("zone")))),
        (Change::Remove("b.md".into()), None),
        (put("c.md", &article("tollgate"), FileRole::Article), Some(("c.md", article("tollgate")))),
        (
            put("entities.yaml", "- {id: gate, name: Toll gate}\n", FileRole::Entities),
            Some(("entities.yaml", "- {id: gate, name: Toll gate}\n".to_owned())),
        ),
    ];
    for (change, text) in changes {
        match text {
            Some((path, text)) => files.insert(path.to_owned(), text),
            None => files.remove("b.md"),
        };
        room.corpus.apply([change]);
        let fresh = Newsroom::packed(&files);
        for wanted in ["", "toll", "zone", "kasra", "b#", "#", "pier", "gate"] {
            let mut found = names(&room, wanted);
            let mut anew = names(&fresh, wanted);
            found.sort();
            anew.sort();
            assert_eq!(found, anew, "{wanted}");
        }
    }
}
