//! `tests/features/*.md`: what is answered about a cursor.
//!
//! A fixture is prose with fenced corpora. Under ```` ```newsmark ```` stand files with a
//! `$0` at each cursor; under ```` ```answers ```` what is answered there, in the order of
//! the cursors, with the text that the places cover. `UPDATE_EXPECT=1 cargo test` draws
//! the answers anew; read the difference before you keep it.
//!
//! Every fixture is read a second time with CRLF line ends: the answers are the same.

mod generated;
mod hostile;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use newsmark::corpus::{Corpus, FileFacts};
use newsmark::features::{self, Symbol};
use newsmark::text::Place;

use crate::fixture::{self, Files, Newsroom, difference, parts};

/// Files without their cursors, and the cursors: path and offset.
fn cursors(text: &str) -> (Files, Vec<(String, usize)>) {
    let mut files = fixture::files(text);
    let order =
        text.lines().filter_map(|line| line.strip_prefix("//- ")).map(|path| path.trim_end().to_owned());
    let mut cursors = Vec::new();
    for path in order {
        let text = files.get_mut(&path).expect("the file was read");
        while let Some(at) = text.find("$0") {
            text.replace_range(at..at + 2, "");
            cursors.push((path.clone(), at));
        }
    }
    (files, cursors)
}

fn facts<'c>(corpus: &'c Corpus, path: &str) -> &'c FileFacts {
    let id = corpus.at_path(path).unwrap_or_else(|| panic!("{path} is in the corpus"));
    corpus.file(id).expect("the file is in the corpus")
}

/// "3:5 `[[kasra]]`", in the file of that text; longer texts by their ends.
fn show(text: &str, place: Place) -> String {
    let (line, column) = (place.start.line + 1, place.start.column + 1);
    let words = text[place.span().range()].replace("\r\n", "\n").replace('\n', "⏎");
    let chars: Vec<char> = words.chars().collect();
    let shown = match chars.len() {
        0 => return format!("{line}:{column}"),
        1..=48 => words,
        length => format!(
            "{} … {}",
            chars[..24].iter().collect::<String>(),
            chars[length - 20..].iter().collect::<String>()
        ),
    };
    format!("{line}:{column} `{shown}`")
}

fn definition(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let Some(found) = features::definition(&room.corpus, facts(&room.corpus, path), offset) else {
        return format!("{path} {}: nothing\n", show(&files[path], at(&files[path], offset)));
    };
    let mut out = format!("{path} {}\n", show(&files[path], found.origin));
    for target in found.targets {
        let text = &files[&*target.path];
        let (whole, name) = (show(text, target.whole), show(text, target.name));
        let _ = writeln!(
            out,
            "  -> {} {name}{}",
            target.path,
            if whole == name { String::new() } else { format!(" in {whole}") }
        );
    }
    out
}

fn hover(room: &Newsroom, files: &Files, path: &str, offset: usize) -> String {
    let Some(found) = features::hover(&room.corpus, facts(&room.corpus, path), offset) else {
        return format!("{path} {}: nothing\n\n", show(&files[path], at(&files[path], offset)));
    };
    let mut out = format!("{path} {}\n", show(&files[path], found.place));
    for line in found.markdown.lines() {
        let _ = writeln!(out, "{}", format!("  | {line}").trim_end());
    }
    out + "\n"
}

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

/// The empty place at an offset.
fn at(text: &str, offset: usize) -> Place {
    newsmark::text::LineIndex::new(text).place(text, newsmark::text::Span::at(offset))
}

type Draw = fn(&Newsroom, &Files, &str, usize) -> String;

fn answers(text: &str, draw: Draw) -> String {
    let (files, cursors) = cursors(text);
    let room = Newsroom::new(&files);
    cursors.iter().map(|(path, offset)| draw(&room, &files, path, *offset)).collect()
}

fn redrawn(text: &str, draw: Draw) -> String {
    let mut out = String::new();
    let mut now = String::new();
    for (prose, fence) in parts(text, &["newsmark", "answers"]) {
        out.push_str(&prose);
        let Some(fence) = fence else { continue };
        if fence.words.starts_with("newsmark") {
            now = answers(&fence.body, draw);
            assert!(!now.is_empty(), "no cursor in\n{}", fence.body);
            let windows = answers(&fence.body.replace('\n', "\r\n"), draw);
            assert_eq!(windows, now, "other line ends make other answers");
            out.push_str(&fence.body);
        } else {
            out.push_str(&now);
        }
    }
    out
}

#[track_caller]
fn check(name: &str, draw: Draw) {
    let path = Path::new("tests/features").join(name).with_extension("md");
    let text = fs::read_to_string(&path).expect("a fixture can be read");
    let now = redrawn(&text, draw);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &now).expect("a fixture can be written");
    } else {
        assert!(now == text, "{}", difference(&path.display().to_string(), &text, &now));
    }
}

#[test]
fn definitions_lead_where_the_fixture_shows() {
    check("definition", definition);
}

#[test]
fn hovers_say_what_the_fixture_shows() {
    check("hover", hover);
}

#[test]
fn symbols_are_those_of_the_fixture() {
    check("symbols", symbols);
}

#[test]
fn actions_are_those_of_the_fixture() {
    check("actions", actions);
}
