//! Renaming: `tests/features/rename.md`, and the example newsroom with other names.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use newsmark::diagnostic::{Edit, FilePath, Fix};
use newsmark::features::Subject;
use newsmark::features::changes::Change;
use newsmark::features::references::{files as files_of, occurrences};
use newsmark::features::rename::{Desk, Refusal, Renamed, rename, renamed};
use newsmark::text::fold;

use super::{at, check, facts, show};
use crate::fixture::{self, Files, Newsroom};

/// What every name in the fixture is changed to: one that may be an id, and one that may not.
const NEW: [&str; 2] = ["fresh-name", "Fresh Name"];

fn changes(room: &Newsroom, files: &Files, what: &Renamed, new: &str) -> Result<Vec<Change>, Refusal> {
    let text = |path: &FilePath| files.get(&**path).map(|text| Arc::from(text.as_str()));
    rename(&Desk { corpus: &room.corpus, config: &room.config, text: &text }, what, new)
}

fn edits(room: &Newsroom, files: &Files, what: &Renamed, new: &str) -> Result<Vec<Edit>, Refusal> {
    Ok(changes(room, files, what, new)?.into_iter().map(|change| change.edit).collect())
}

fn draw(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let text = &files[path];
    let what = match renamed(&room.corpus, facts(&room.corpus, path), text, offset) {
        Ok(what) => what,
        Err(Refusal(why)) => return format!("{path} {}: {why}\n\n", show(text, at(text, offset))),
    };
    let mut out = format!("{path} {}\n", show(text, what.place));
    for new in NEW {
        let _ = writeln!(out, "  {new}");
        match changes(room, files, &what, new) {
            Ok(changes) => {
                for Change { edit: Edit { location, text }, group } in changes {
                    let place = show(&files[&*location.path], location.place);
                    let _ = writeln!(out, "    {}: {} {place} -> `{text}`", group.name(), location.path);
                }
            }
            Err(Refusal(why)) => {
                let _ = writeln!(out, "    {why}");
            }
        }
    }
    out + "\n"
}

#[test]
fn renamings_are_those_of_the_fixture() {
    check("rename", draw);
}

/// The example newsroom.
pub(super) fn newsroom() -> Files {
    let mut files = Files::new();
    read(Path::new("examples/newsroom"), "", &mut files);
    files
}

fn read(folder: &Path, under: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).expect("the example is there") {
        let entry = entry.expect("it can be listed");
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{name}/"), files);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.insert(name, text);
        }
    }
}

/// What is found, without columns: those of a line on which something got another name change.
pub(super) fn found(room: &Newsroom) -> Vec<(FilePath, u32, &'static str)> {
    // A source that hides another of its key, or a name that looks like another, does so no more.
    let about_names = ["confusable-text", "shadowed-source"];
    let all = room.check().into_iter().filter(|one| !about_names.contains(&one.rule));
    let mut all: Vec<_> =
        all.map(|one| (one.location.path.clone(), one.location.place.start.line, one.rule)).collect();
    all.sort();
    all
}

/// Whoever gets another id, key or name: what is found stays, and whoever was meant is meant.
#[test]
fn a_name_makes_no_difference() {
    let files = newsroom();
    let room = Newsroom::new(&files);
    let before = found(&room);
    let mut seen = BTreeSet::new();
    let mut done = 0;
    let all: Vec<_> = room.corpus.files().map(|(_, facts)| facts.clone()).collect();
    let mut offsets: Vec<(FilePath, usize)> = Vec::new();
    for file in &all {
        let ids = file.entities.iter().map(|entity| entity.id_place);
        let keys = file.sources.iter().map(|source| source.key_place);
        let anchors = file.article.iter().flat_map(|article| &article.anchors).map(|anchor| anchor.place);
        let used = file.entity_references.iter().map(|reference| reference.place);
        let places = ids.chain(keys).chain(anchors).chain(used);
        offsets.extend(places.map(|place| (file.path.clone(), place.span().end())));
    }
    for (path, offset) in offsets {
        let facts = facts(&room.corpus, &path);
        let Ok(what) = renamed(&room.corpus, facts, &files[&*path], offset) else { continue };
        if !seen.insert((format!("{:?}", what.subject), what.word.clone(), what.is_name)) {
            continue;
        }
        let edits = match edits(&room, &files, &what, "quite-another") {
            Ok(edits) => edits,
            Err(Refusal(why)) => {
                assert!(!why.contains("is not what newsmark has read"), "{what:?}: {why}");
                continue;
            }
        };
        let places: BTreeSet<_> = edits.iter().map(|edit| &edit.location).collect();
        assert_eq!(places.len(), edits.len(), "{what:?}: nothing is replaced twice: {edits:#?}");
        if seen.len() % 11 != 0 {
            continue;
        }
        done += 1;
        let fix = Fix { title: String::new(), edits };
        let changed = fixture::apply(&files, &[&fix]);
        let again = Newsroom::new(&changed);
        let after = found(&again);
        let new: Vec<_> = after.iter().filter(|one| !before.contains(one)).collect();
        let gone: Vec<_> = before.iter().filter(|one| !after.contains(one)).collect();
        assert!(new.is_empty() && gone.is_empty(), "{what:?}: found now {new:?}, and no more {gone:?}");
        // The word is nowhere any more where it meant this.
        for id in files_of(&again.corpus, &what.subject) {
            let file = again.corpus.file(id).expect("it is there");
            let left = occurrences(&again.corpus, file, &what.subject);
            let left: Vec<_> = left.iter().filter(|one| fold(one.word) == *what.word).collect();
            // A name that is like the id, or the other way round, stays what it was.
            let is_alike = matches!(&what.subject, Subject::Entity(id) if *id == what.word) && what.is_name;
            assert!(left.is_empty() || is_alike, "{what:?} is left in {}: {left:?}", file.path);
        }
    }
    assert!(done > 20, "{done} names were changed");
}

/// However a key looks, and wherever it stands: what is written there is read as that key.
#[test]
fn a_key_is_written_as_its_file_reads_it() {
    let files: Files = [
        ("aid.md", "---\ndate: 2026-03-12\nbibliography: tapes.bib\n---\n\n[x]{.claim via=tape}[@tape]\n"),
        ("tapes.bib", "@misc{tape, title = {A tape}}\n@misc{copy, crossref = {tape}, title = {A copy}}\n"),
        ("sources.yaml", "- {id: log, type: report, custom: {relays: [tape]}}\n"),
        ("sources.json", r#"[{"id": "note", "type": "report", "custom": {"relays": ["tape"]}}]"#),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .into();
    let room = Newsroom::new(&files);
    let path = "tapes.bib";
    let what = renamed(&room.corpus, facts(&room.corpus, path), &files[path], 7).expect("it has a name");
    let before = found(&room);
    for new in ["2nd-tape", "tape:2", "ålesund_1999", "true", "no", "1999", "a.b/c"] {
        let edits = match edits(&room, &files, &what, new) {
            Ok(edits) => edits,
            Err(Refusal(why)) => panic!("{new}: {why}"),
        };
        assert_eq!(edits.len(), 5, "{new}: {edits:#?}");
        let changed = fixture::apply(&files, &[&Fix { title: String::new(), edits }]);
        let again = Newsroom::new(&changed);
        let keys: Vec<_> = facts(&again.corpus, path).sources.iter().map(|source| &*source.key).collect();
        assert_eq!(keys, [new, "copy"], "{}", changed[path]);
        assert_eq!(found(&again), before, "{new}: {changed:#?}");
    }
}

/// Files after a renaming of what stands first at `mark` in one of them, or why there is none.
fn renaming(files: &[(&str, &str)], path: &str, mark: &str, new: &str) -> Result<Files, String> {
    let files: Files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let room = Newsroom::new(&files);
    let offset = files[path].find(mark).expect("it is there");
    let what = renamed(&room.corpus, facts(&room.corpus, path), &files[path], offset).map_err(|why| why.0)?;
    let edits = edits(&room, &files, &what, new).map_err(|why| why.0)?;
    Ok(fixture::apply(&files, &[&Fix { title: String::new(), edits }]))
}

const HEAD: &str = "---\ntitle: T\ndate: 2026-03-11\nauthor: A\n---\n\n";

/// An id of a claim looks like anything and is never in quotation marks.
#[test]
fn ids_of_claims_stand_bare() {
    let text = format!(
        "{HEAD}[It is so]{{.claim #q basis=observed}}. [No]{{.response answers=#q basis=observed}}\n"
    );
    for new in ["2026", "1.5", "true", "null", "2026-03-11", "ålesund"] {
        let after = renaming(&[("a.md", &text)], "a.md", "q basis", new).expect("it may be called so");
        assert_eq!(after["a.md"], text.replace("#q", &format!("#{new}")));
    }
    let why = renaming(&[("a.md", &text)], "a.md", "q basis", "z.claim").expect_err("the check refuses it");
    assert!(why.contains("`.claim`"), "{why}");
}

/// A wiki link to an article stays one.
#[test]
fn a_slug_is_no_name_for_an_entity() {
    let a = format!("{HEAD}x\n").replace("title: T", "title: T\nslug: aa");
    let b = format!("{HEAD}As reported in [[aa]], [[kolb]] left.\n");
    let files = [("a.md", &*a), ("b.md", &*b), ("entities.yaml", "- {id: kolb, type: person, name: Kolb}\n")];
    for mark in ["kolb", "Kolb"] {
        let why = renaming(&files, "entities.yaml", mark, "aa").expect_err("it is a slug");
        assert!(why.contains("the slug of a.md"), "{why}");
    }
}

/// Where a macro stands for a key, the reason is that, and not that the file were another.
#[test]
fn a_macro_is_named_as_what_it_is() {
    let list = "@string{k = \"w\"}\n@report{w, title = {T}}\n@report{v, relays = k, title = {x}}\n";
    let why = renaming(&[("sources.bib", list)], "sources.bib", "w, title", "w9").expect_err("it is hidden");
    assert!(why.contains("sources.bib, line 3") && !why.contains("save it"), "{why}");
}

/// A name is shown as it is meant and written as its place wants it.
#[test]
fn a_name_with_escapes_is_one() {
    let escaped =
        ("- {id: x, type: place, name: \"N\\u00F8rth\"}\n", "- {id: x, type: place, name: \"NørthX\"}\n");
    let folded = (
        "- id: x\n  type: place\n  name: >-\n    North\n    Sea\n",
        "- id: x\n  type: place\n  name: >-\n    North SeaX\n",
    );
    for (text, after) in [escaped, folded] {
        let files = [("entities.yaml", text)];
        let room = Newsroom::new(&[("entities.yaml".to_owned(), text.to_owned())].into());
        let offset = text.find('N').expect("it is there");
        let what = renamed(&room.corpus, facts(&room.corpus, "entities.yaml"), text, offset).expect("a name");
        assert!(["Nørth", "North Sea"].contains(&&*what.written), "{what:?}");
        let new = format!("{}X", what.written);
        let changed = renaming(&files, "entities.yaml", "N", &new).expect("it may be called so");
        assert_eq!(changed["entities.yaml"], after);
    }
}
