//! Files and folders that the configuration names.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{Config, FILE_NAME, Origin, Pattern};
use crate::corpus::FileFacts;
use crate::diagnostic::{Edit, FilePath};
use crate::features::changes::{Change, Group};
use crate::features::rename::Desk;
use crate::features::respelling::json;
use crate::syntax::{self, front_matter};
use crate::text::Span;

use super::left::{first, listed};
use super::{Following, Moves};

/// What follows in the configuration where files and folders are `asked` to move, by which the
/// files of `moves` do.
pub(super) fn follow(desk: &Desk<'_>, asked: &Moves, moves: &Moves, all: &mut Following) {
    if asked.contains_key(FILE_NAME) {
        return;
    }
    let edits = edits(desk.config, asked);
    let mut after = None;
    if let Some(text) = desk.config.text().filter(|_| !edits.is_empty()) {
        // What is in the editor may be another text, which cannot be understood.
        let path: FilePath = FILE_NAME.into();
        if (desk.text)(&path).is_none_or(|now| *now == *text) {
            after = Config::parse(&replaced(text, &edits)).ok();
        }
        if after.is_some() {
            let change = |(span, new)| {
                let edit = Edit::new(&path, desk.config.place(span), new);
                Change { edit, group: Group::Settings }
            };
            all.changes.extend(edits.into_iter().map(change));
        } else {
            all.skipped.push(path);
        }
    }
    all.messages.append(&mut lost(desk, after.as_ref().unwrap_or(desk.config), moves));
}

/// Where the configuration names what moves without wildcards, and what has to stand there.
fn edits(config: &Config, asked: &Moves) -> Vec<(Span, String)> {
    let Some(text) = config.text() else { return Vec::new() };
    let lists = config.path_lists();
    let patterns = lists.iter().flat_map(|list| list.globs.patterns());
    let edit = |pattern: &Pattern| {
        let (literal, span) = (pattern.literal()?, pattern.span?);
        let path = moved(asked, literal)?;
        let new = pattern.moved_to(&path)?;
        let quoted = span.of(text);
        let marks = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|mark| quoted.starts_with(mark))?;
        let inner = quoted.strip_prefix(marks)?.strip_suffix(marks)?;
        // Other signs would need another writing.
        let is_plain = inner == pattern.text && !new.contains(['"', '\'']) && !new.contains(char::is_control);
        Some(match is_plain {
            true => (Span::new(span.start() + marks.len(), span.end() - marks.len()), new),
            false => (span, json(&new)),
        })
    };
    let mut edits: Vec<(Span, String)> = patterns.filter_map(edit).collect();
    edits.sort_by_key(|(span, _)| span.start);
    edits
}

/// Where a path is after the move: its own, or that of a folder around it.
fn moved(asked: &Moves, path: &str) -> Option<FilePath> {
    if let Some(to) = asked.get(path) {
        return Some(to.clone());
    }
    let mut folder = path;
    while let Some((outer, _)) = folder.rsplit_once('/') {
        if let Some(to) = asked.get(outer) {
            return Some(Arc::from(format!("{to}{}", &path[outer.len()..])));
        }
        folder = outer;
    }
    None
}

fn replaced(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = text.to_owned();
    for (span, new) in edits.iter().rev() {
        out.replace_range(span.range(), new);
    }
    out
}

/// A sentence for each pattern that takes a file before the move and not after it, and for each
/// that excludes one from then on.
fn lost(desk: &Desk<'_>, after: &Config, moves: &Moves) -> Vec<String> {
    let (lists, then) = (desk.config.path_lists(), after.path_lists());
    let mut lost: BTreeMap<(usize, &str), (&Pattern, Vec<FilePath>)> = BTreeMap::new();
    for (from, to) in moves {
        let Some(file) = desk.corpus.at_path(from).and_then(|id| desk.corpus.file(id)) else { continue };
        for (number, (list, then)) in lists.iter().zip(&then).enumerate() {
            let (before, after) = (list.globs.matched(from), then.globs.matched(to));
            let pattern = match (list.key, before, after) {
                ("exclude", None, Some(pattern)) => pattern,
                ("exclude", ..) | (_, None, _) | (_, _, Some(_)) => continue,
                ("entities", ..) if is_page_by_itself(desk, file) => continue,
                (_, Some(pattern), None) => pattern,
            };
            lost.entry((number, &pattern.text)).or_insert((pattern, Vec::new())).1.push(to.clone());
        }
    }
    let message = |((number, _), (pattern, files)): ((usize, &str), (&Pattern, Vec<FilePath>))| {
        let (key, text, files) = (lists[number].key, &pattern.text, listed(&files));
        match (key, &pattern.origin) {
            ("exclude", Origin::Default) => {
                format!("newsmark will not read {files}: it leaves out `{text}`")
            }
            ("exclude", _) => {
                format!("newsmark will not read {files}: `{text}` under `exclude` in {FILE_NAME} takes it")
            }
            (_, Origin::Default) => {
                format!(
                    "`{text}`, by which newsmark finds {key}, does not take {files}: name it in {FILE_NAME}"
                )
            }
            _ => format!("`{text}` under `{key}` in {FILE_NAME} does not take {files} after the move"),
        }
    };
    first(lost.into_iter().map(message).collect())
}

/// Whether a page says itself that it is one of an entity, wherever it lies.
fn is_page_by_itself(desk: &Desk<'_>, file: &FileFacts) -> bool {
    let is_page = |text: &str| {
        let article = syntax::parse(text);
        article.front_matter.as_ref().is_some_and(|block| front_matter::read(text, block).entity)
    };
    file.article.is_some() && (desk.text)(&file.path).is_some_and(|text| is_page(&text))
}
