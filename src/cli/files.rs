//! `newsmark files`: what is in the corpus as what, and why the rest is not.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::args::{self, Format};
use super::output::Output;
use super::report::counted;
use super::{Exit, table};
use crate::workspace::{Entry, Files, Kind, Request, Root, discover, shown_from};

pub(super) fn run(args: &args::Files, out: &mut Output) -> anyhow::Result<Exit> {
    let here = std::env::current_dir()?;
    for request in discover(&args.paths)? {
        let files = covered(&request, request.root.files(&request.named));
        match args.format {
            Format::Human => human(out, &here, &request.root, &files)?,
            Format::Json => json_lines(out, &request.root, &files)?,
        }
        if out.is_closed() {
            break;
        }
    }
    Ok(Exit::Clean)
}

/// The part of a walk that was named.
fn covered(request: &Request, mut files: Files) -> Files {
    let covers = |path: &str| {
        // A folder that was left out also says why what was named in it is not there.
        let folder = path.strip_suffix('/');
        let path = folder.unwrap_or(path);
        request.named.iter().any(|named| {
            named.covers(path)
                || (folder.is_some()
                    && named.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
        })
    };
    files.entries.retain(|entry| covers(&entry.path));
    files.left_out.retain(|left| covers(&left.path));
    files.unread.retain(|unread| covers(&unread.path));
    files
}

/// What a file is, its front matter considered: the page of an entity says so itself.
pub(super) fn kind(root: &Root, entry: &Entry) -> Kind {
    if !entry.is_markdown() {
        return entry.kind;
    }
    match root.read(entry) {
        Ok(text) if is_entity_page(&text) => Kind::Entities,
        Ok(_) if entry.is_article_too => Kind::Article,
        _ => entry.kind,
    }
}

/// Whether a Markdown file begins with front matter that has `entity:` at its top.
fn is_entity_page(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines();
    if lines.next().is_none_or(|line| line.trim_end() != "---") {
        return false;
    }
    lines
        .take_while(|line| !matches!(line.trim_end(), "---" | "..."))
        .any(|line| line.strip_prefix("entity").is_some_and(|rest| rest.trim_start().starts_with(':')))
}

fn human(out: &mut Output, here: &Path, root: &Root, files: &Files) -> anyhow::Result<()> {
    let shown = |path: &str| {
        let folder = if path.ends_with('/') { "/" } else { "" };
        shown_from(here, &root.on_disk(path)) + folder
    };
    let mut counts = [0; 3];
    let mut rows = Vec::new();
    for entry in &files.entries {
        let kind = kind(root, entry);
        counts[kind as usize] += 1;
        rows.push(vec![kind.as_str().to_owned(), shown(&entry.path)]);
    }
    for unread in &files.unread {
        rows.push(vec!["unreadable".to_owned(), shown(&unread.path), unread.problem.message()]);
    }
    for left in &files.left_out {
        rows.push(vec!["left out".to_owned(), shown(&left.path), left.why.to_string()]);
    }
    table::write(out, &rows)?;
    if !rows.is_empty() {
        writeln!(out)?;
    }
    let [articles, entities, sources] = counts;
    write!(
        out,
        "{}, {} of entities and {} of sources",
        counted(articles, "article", "articles"),
        counted(entities, "file", "files"),
        counted(sources, "file", "files"),
    )?;
    match files.left_out.len() + files.unread.len() {
        0 => writeln!(out)?,
        more => writeln!(out, "; {more} left out")?,
    }
    Ok(())
}

fn json_lines(out: &mut Output, root: &Root, files: &Files) -> anyhow::Result<()> {
    for entry in &files.entries {
        writeln!(out, "{}", json!({ "path": &*entry.path, "kind": kind(root, entry).as_str() }))?;
    }
    for unread in &files.unread {
        let line = json!({ "path": &*unread.path, "kind": "unreadable", "why": unread.problem.message() });
        writeln!(out, "{line}")?;
    }
    for left in &files.left_out {
        let line = json!({ "path": &*left.path, "kind": "left-out", "why": left.why.to_string() });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_entity_page;

    #[test]
    fn pages_of_entities_say_so() {
        assert!(is_entity_page("---\nname: A\nentity: person\n---\n"));
        assert!(is_entity_page("\u{feff}---\r\nentity : person\r\n---\r\n"));
        assert!(!is_entity_page("---\nentities: {A: b}\n---\nentity: person"));
        assert!(!is_entity_page("---\nx:\n  entity: person\n---\n"));
        assert!(!is_entity_page("entity: person\n"));
        assert!(!is_entity_page(""));
    }
}
