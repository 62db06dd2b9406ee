//! `tests/features/*.md`: what is answered about a cursor.
//!
//! A fixture is prose with fenced corpora. Under ```` ```newsmark ```` stand files with a
//! `$0` at each cursor; under ```` ```answers ```` what is answered there, in the order of
//! the cursors, with the text that the places cover. `UPDATE_EXPECT=1 cargo test` draws
//! the answers anew; read the difference before you keep it.
//!
//! Each feature has a file below this one, with the function that draws its answers.
//!
//! Every fixture is read a second time with CRLF line ends: the answers are the same.

mod actions;
mod claims;
mod completion;
mod declaration;
mod definition;
mod folding;
mod format;
mod generated;
mod hierarchy;
mod hostile;
mod hover;
mod implementation;
mod inlay_hints;
mod lens;
mod linked;
mod links;
mod moving;
mod new_article;
mod refactor;
mod references;
mod rename;
mod selection;
mod symbols;
mod tokens;
mod type_definition;
mod workspace_symbols;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use newsmark::config::FILE_NAME;
use newsmark::corpus::{Corpus, FileFacts, FileKind};
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
    // The configuration is no file of the corpus.
    static CONFIGURATION: LazyLock<FileFacts> =
        LazyLock::new(|| FileFacts::empty(FILE_NAME.into(), FileKind::Registry));
    if path == FILE_NAME {
        return &CONFIGURATION;
    }
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

/// The empty place at an offset.
fn at(text: &str, offset: usize) -> Place {
    newsmark::text::LineIndex::new(text).place(text, newsmark::text::Span::at(offset))
}

/// Draws what is answered at a cursor: given the files, its path and byte offset.
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
            if windows != now {
                panic!("other line ends make other answers: {}", difference("crlf", &now, &windows));
            }
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
