//! Small corpora written down in one text, with what is expected drawn under the words.
//!
//! ```text
//! //- 2026/03/road.md
//! The road is closed [@wire-0312].
//!                     ^^^^^^^^^^ undefined-source error: no source has the key `wire-0312`
//! //- sources.yaml
//! - id: wire-0311
//! ```
//!
//! A line of carets belongs to the line above it; what ends on a later line is
//! underlined to the end of its first. A finding of no length has one `|`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use newsmark::config::Config;
use newsmark::corpus::{Change, Corpus, FileId, SnapshotFacts};
use newsmark::diagnostic::{Diagnostic, FilePath, Fix};
use newsmark::lint::{self, FileRole};
use newsmark::rules::{self, Options, Profile};
use newsmark::syntax::StoredText;

/// Files by path.
pub(crate) type Files = BTreeMap<String, String>;

/// A corpus of files in memory, classified as a folder without surprises is.
pub(crate) struct Newsroom {
    pub(crate) config: Config,
    pub(crate) corpus: Corpus,
    pub(crate) options: Options,
    /// Whether files are packed, as they are where a folder is read.
    is_packed: bool,
}

impl Newsroom {
    /// Reads `files`; a `newsmark.toml` among them is the configuration.
    pub(crate) fn new(files: &Files) -> Self {
        let mut newsroom = Self::empty(files.get("newsmark.toml").map_or("", String::as_str));
        let changes: Vec<Change> = files.iter().filter_map(|(path, text)| newsroom.put(path, text)).collect();
        newsroom.corpus.apply(changes);
        newsroom.add_named(files);
        newsroom
    }

    /// Reads `files` as a folder of a hundred thousand is read: packed, and without asking
    /// what each file touches.
    pub(crate) fn packed(files: &Files) -> Self {
        let mut newsroom = Self::empty(files.get("newsmark.toml").map_or("", String::as_str));
        newsroom.is_packed = true;
        let changes: Vec<Change> = files.iter().filter_map(|(path, text)| newsroom.put(path, text)).collect();
        newsroom.corpus.fill(changes);
        newsroom.add_named(files);
        newsroom
    }

    /// Reads the bibliographies that articles name and no pattern takes, and says that
    /// every other file is there.
    fn add_named(&mut self, files: &Files) {
        let named = self.corpus.bibliographies();
        let named: BTreeSet<FilePath> = named.into_iter().filter(|path| self.role(path).is_none()).collect();
        let bibliographies: Vec<Change> = named
            .iter()
            .filter_map(|path| {
                let text = files.get(&**path)?;
                Some(Change::Put(Box::new(lint::read(path, text, FileRole::Bibliography))))
            })
            .collect();
        self.corpus.apply(bibliographies);
        self.add_snapshots(files);
        let others = files.keys().filter(|path| self.role(path).is_none()).map(|path| Arc::from(&**path));
        let is_other = |path: &FilePath| !named.contains(path) && self.corpus.snapshot(path).is_none();
        let others: Vec<FilePath> = others.filter(is_other).collect();
        self.corpus.add_others(others);
    }

    /// Says of the files that sources name as their stored text that they are one, if that is
    /// not known; and has the texts at hand. The answer is every file that this touches.
    pub(crate) fn add_snapshots(&mut self, files: &Files) -> Vec<FileId> {
        let named = |path: &&String| self.corpus.is_snapshot(path);
        let named: Vec<FilePath> = files.keys().filter(named).map(|path| Arc::from(&**path)).collect();
        let is_new =
            |path: &&FilePath| self.corpus.snapshot(path).is_none() && self.corpus.at_path(path).is_none();
        let text =
            |path: &FilePath| Change::Snapshot(path.clone(), SnapshotFacts::Text { digest: "".into() });
        let changes: Vec<Change> = named.iter().filter(is_new).map(text).collect();
        let touched = if changes.is_empty() { Vec::new() } else { self.corpus.apply(changes) };
        let texts = named.into_iter().map(|path| {
            let text = StoredText::new(&path, files[&*path].clone());
            (path, Arc::new(text))
        });
        self.corpus.hold(texts.collect());
        touched
    }

    /// A corpus without files.
    pub(crate) fn empty(config: &str) -> Self {
        let config = Config::parse(config).expect("the configuration of a fixture is right");
        let corpus = Corpus::new(config.settled_names());
        let options = config.options();
        Newsroom { config, corpus, options, is_packed: false }
    }

    /// The change that puts a file in; `None` where it belongs to nothing.
    pub(crate) fn put(&self, path: &str, text: &str) -> Option<Change> {
        let role = self.role(path)?;
        let facts = lint::read(&Arc::from(path), text, role);
        Some(match self.is_packed {
            true => Change::at_rest(facts, rules::names()),
            false => Change::Put(Box::new(facts)),
        })
    }

    /// What the configuration takes a file for.
    pub(crate) fn role(&self, path: &str) -> Option<FileRole> {
        if self.config.sources.is_match(path) {
            Some(FileRole::Sources)
        } else if self.config.entities.is_match(path) {
            Some(FileRole::Entities)
        } else if self.config.articles.is_match(path) {
            Some(FileRole::Article)
        } else {
            None
        }
    }

    /// The diagnostics of one file.
    pub(crate) fn diagnostics(&self, file: FileId) -> Vec<Diagnostic> {
        let facts = self.corpus.file(file).expect("the file is in the corpus");
        lint::file(&self.corpus, facts, &self.config.settings_for(&facts.path), &self.options)
    }

    /// All diagnostics, by path and place.
    pub(crate) fn check(&self) -> Vec<Diagnostic> {
        let mut files: Vec<(FilePath, FileId)> =
            self.corpus.files().map(|(id, facts)| (facts.path.clone(), id)).collect();
        files.sort();
        files.into_iter().flat_map(|(_, id)| self.diagnostics(id)).collect()
    }
}

/// Takes a text of several files apart, and drops what is drawn under their words.
pub(crate) fn files(text: &str) -> Files {
    let mut files = Files::new();
    let mut path = String::new();
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("//- ") {
            path = name.trim_end().to_owned();
            files.insert(path.clone(), String::new());
        } else if !is_drawing(line) {
            files.get_mut(&path).unwrap_or_else(|| panic!("no `//- path` before {line:?}")).push_str(line);
        }
    }
    files
}

fn is_drawing(line: &str) -> bool {
    let marks = line.trim_start();
    let rest = marks.trim_start_matches('^');
    (rest.len() < marks.len() || marks.starts_with("| ")) && {
        let words = rest.trim_start_matches("| ").trim_start();
        let level = words.split([' ', ':']).nth(1);
        matches!(level, Some("error" | "warning" | "hint"))
    }
}

/// The files in the order of `text`, with findings drawn under their words.
pub(crate) fn draw(text: &str, files: &Files, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    let order = text.lines().filter_map(|line| line.strip_prefix("//- ")).map(str::trim_end);
    for path in order {
        let _ = writeln!(out, "//- {path}");
        let own: Vec<&Diagnostic> =
            diagnostics.iter().filter(|diagnostic| &*diagnostic.location.path == path).collect();
        for (number, line) in files[path].split_inclusive('\n').enumerate() {
            out.push_str(line);
            if !line.ends_with('\n') {
                out.push('\n');
            }
            for diagnostic in own.iter().filter(|own| own.location.place.start.line as usize == number) {
                out.push_str(&drawing(line, diagnostic));
            }
        }
        // At the very end, after the last line end.
        let lines = files[path].split_inclusive('\n').count();
        for diagnostic in own.iter().filter(|own| own.location.place.start.line as usize >= lines) {
            out.push_str(&drawing("", diagnostic));
        }
    }
    out
}

fn drawing(line: &str, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.location.place;
    let line = line.trim_end_matches(['\n', '\r']);
    let before: String =
        line.chars().take(place.start.column as usize).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let end = if place.end.line == place.start.line { place.end.column } else { line.chars().count() as u32 };
    let width = end.saturating_sub(place.start.column) as usize;
    let marks = if width == 0 { "|".to_owned() } else { "^".repeat(width) };
    format!("{before}{marks} {} {}: {}\n", diagnostic.rule, diagnostic.level, diagnostic.message)
}

/// The files after these fixes.
pub(crate) fn apply(files: &Files, fixes: &[&Fix]) -> Files {
    let mut by_path: BTreeMap<&str, Vec<(usize, usize, &str)>> = BTreeMap::new();
    for edit in fixes.iter().flat_map(|fix| &fix.edits) {
        let span = edit.location.place.span();
        by_path.entry(&edit.location.path).or_default().push((span.start(), span.end(), &edit.text));
    }
    let mut files = files.clone();
    for (path, mut edits) in by_path {
        edits.sort();
        edits.dedup();
        let text = files.get_mut(path).unwrap_or_else(|| panic!("a fix edits {path}, which is not there"));
        for (from, to, with) in edits.into_iter().rev() {
            text.replace_range(from..to, with);
        }
    }
    files
}

/// The profile that a fixture asks for on its fence: `newsmark publish`.
pub(crate) fn profile(words: &str) -> Option<Profile> {
    words.split_whitespace().find_map(|word| match word {
        "draft" => Some(Profile::Draft),
        "publish" => Some(Profile::Publish),
        _ => None,
    })
}

/// One fence of a fixture.
pub(crate) struct Fence {
    pub(crate) words: String,
    pub(crate) body: String,
}

/// Prose and fences of these kinds in turn; prose first.
pub(crate) fn parts(text: &str, kinds: &[&str]) -> Vec<(String, Option<Fence>)> {
    let mut parts = Vec::new();
    let mut prose = String::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        prose.push_str(line);
        let ticks = line.bytes().take_while(|&byte| byte == b'`').count();
        let words = line.trim_start_matches('`').trim();
        if ticks >= 3 && kinds.iter().any(|kind| words.starts_with(kind)) {
            let close = format!("{}\n", "`".repeat(ticks));
            let body: String = lines.by_ref().take_while(|line| *line != close).collect();
            parts.push((std::mem::take(&mut prose), Some(Fence { words: words.to_owned(), body })));
            prose.push_str(&close);
        }
    }
    parts.push((prose, None));
    parts
}

/// The lines that differ, with where they are.
pub(crate) fn difference(path: &str, expected: &str, got: &str) -> String {
    let (expected, got): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    let same_start = expected.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let same_end = expected[same_start..]
        .iter()
        .rev()
        .zip(got[same_start..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let mut out = format!("{path}, line {}:\n", same_start + 1);
    for line in &expected[same_start..expected.len() - same_end] {
        let _ = writeln!(out, "  expected | {line}");
    }
    for line in &got[same_start..got.len() - same_end] {
        let _ = writeln!(out, "  got      | {line}");
    }
    out
}
