//! What is typed in an article: citations, wiki links, attributes, comments.

use crate::rules;
use crate::syntax::{Ground, RunningText, ground};

use super::attributes;
use super::desk::{Desk, Offer, Text};
use super::fields::Root;
use super::hole::Writing;
use super::names::Naming;
use super::{CompletionKind, Described, words, yaml};

pub(super) fn offer(desk: &mut Desk<'_>) -> Option<()> {
    match ground(desk.text, desk.offset)? {
        Ground::Unread => None,
        Ground::FrontMatter(lines) => {
            let is_page = desk.file.kind == crate::corpus::FileKind::Dossier;
            yaml::offer(desk, if is_page { Root::Page } else { Root::Article }, lines.start())
        }
        Ground::Comment(inside) => comment(desk, inside.start()),
        Ground::Text(running) => text(desk, &running),
    }
}

fn text(desk: &mut Desk<'_>, running: &RunningText) -> Option<()> {
    let read = running.read.as_str();
    if !leaves_attributes(read)
        && let Some(()) = attributes::offer(desk, running)
    {
        return Some(());
    }
    if let Some(at) = destination(read) {
        return link(desk, running.start + at);
    }
    if let Some(at) = wiki_link(read) {
        return mention(desk, running, at);
    }
    citation(desk, running)
}

/// Whether something has begun after an open brace that no attributes hold: whoever forgot to close
/// the brace goes on writing.
fn leaves_attributes(read: &str) -> bool {
    let after = read.rfind('{').map_or("", |brace| &read[brace..]);
    (after.contains("[[") || after.contains("[@")) && after.matches('"').count().is_multiple_of(2)
}

/// The names of rules in a suppression comment, and how one begins.
fn comment(desk: &mut Desk<'_>, start: usize) -> Option<()> {
    let inside = &desk.text[start..desk.offset];
    let body = inside.trim_start();
    let list = body.strip_prefix("newsmark-ignore").map(|after| after.strip_prefix("-file").unwrap_or(after));
    let Some(list) = list.filter(|list| list.starts_with([' ', '\t', '\n', '\r'])) else {
        if body.contains(char::is_whitespace) {
            return None;
        }
        let end = desk.word_end(|c| c.is_alphanumeric() || c == '-');
        let end = if desk.rest().starts_with("-->") { desk.offset } else { end };
        desk.fill(desk.offset - body.len(), end, Writing::Plain);
        // Nothing else is offered in comments: they are the reporter's own.
        let is_begun = body.is_empty() || "newsmark-ignore-file".starts_with(body);
        if is_begun {
            desk.words(words::COMMENTS, CompletionKind::Word, 0);
        }
        return is_begun.then_some(());
    };
    // After the colon stands the reason.
    if list.contains(':') {
        return None;
    }
    let names: Vec<&str> = list.split(',').map(str::trim).collect();
    let typed = list.rsplit(',').next().unwrap_or_default().trim_start();
    if typed.contains(char::is_whitespace) {
        return None;
    }
    let end = desk.word_end(|c| c.is_alphanumeric() || c == '-');
    let end = if desk.rest().starts_with("-->") { desk.offset } else { end };
    desk.fill(desk.offset - typed.len(), end, Writing::Plain);
    let before = &names[..names.len() - 1];
    let found: Vec<&str> = findings(desk);
    for &name in rules::names().iter().filter(|name| !before.contains(name)) {
        let summary = rules::by_name(name).map_or("", |rule| rule.summary);
        // What is wrong in this file is what somebody wants to have silent.
        let here = found.contains(&name);
        desk.add(Offer {
            here,
            subject: Described::Rule(name.to_owned()),
            ..Offer::word(name, summary, CompletionKind::Rule)
        });
    }
    Some(())
}

/// The rules that found something in the file itself.
fn findings(desk: &Desk<'_>) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = desk.file.findings.iter().map(|finding| finding.rule).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Where a link's destination begins that is open at the end of the text.
fn destination(read: &str) -> Option<usize> {
    let at = read.rfind("](")? + 2;
    (!read[at..].contains([')', ' ', '\n', '\r', '\t'])).then_some(at)
}

/// Anchors in a link's destination; paths are the editor's own to complete.
fn link(desk: &mut Desk<'_>, start: usize) -> Option<()> {
    let written = &desk.text[start..desk.offset];
    let (path, id) = written.split_once('#')?;
    let end = desk.word_end(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
    desk.fill(desk.offset - id.len(), end, Writing::Plain);
    let (corpus, file) = (desk.corpus, desk.file);
    let target = if path.is_empty() {
        file
    } else {
        let folder = file.path.rfind('/').map_or("", |slash| &file.path[..=slash]);
        let path = crate::diagnostic::FilePath::from(joined(folder, path)?);
        corpus.file(corpus.at_path(&path)?)?
    };
    desk.anchors_of(target, "", "");
    Some(())
}

/// A path from a folder, without its `.` and `..`; nothing where it would leave the corpus.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{folder}{path}") };
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Where the target of a wiki link begins that is open at the end of the text.
fn wiki_link(read: &str) -> Option<usize> {
    let at = read.rfind("[[")? + 2;
    let inside = &read[at..];
    let is_open = !inside.contains([']', '[']) && !read[..at - 2].ends_with('!');
    // What is shown may go over lines, the target may not.
    let target = inside.split('|').next().unwrap_or_default();
    (is_open && !target.contains(['\n', '\r'])).then_some(at)
}

fn mention(desk: &mut Desk<'_>, running: &RunningText, at: usize) -> Option<()> {
    let start = running.start + at;
    let inside = &desk.text[start..desk.offset];
    let (corpus, file) = (desk.corpus, desk.file);
    let rest = desk.rest();
    if let Some((target, shown)) = inside.split_once('|') {
        // Words to show: the names of what is meant.
        let target = target.trim().trim_end_matches('\\');
        let known = corpus.entity(file, &crate::text::fold(target)).one()?;
        let end = desk.word_end(|c| !matches!(c, ']' | '[' | '\n' | '\r'));
        let close = closing(&desk.text[end..]);
        desk.fill(
            desk.offset - shown.len(),
            if close.is_empty() { end } else { desk.offset },
            Writing::Plain,
        );
        for (number, name) in known.what.shown_names().enumerate() {
            let uses = corpus.uses_of_name(&crate::text::fold(name));
            desk.add(Offer {
                group: u8::from(number == 0),
                uses,
                text: Text::Exact(format!("{name}{close}")),
                subject: Described::Entity(known.what.folded_id().to_owned()),
                ..Offer::word(name, &known.what.id, CompletionKind::Text)
            });
        }
        return Some(());
    }
    // The rest of the target, where the link is closed on this line.
    let stop = rest.find(['[', ']', '|', '\n', '\r']).unwrap_or(rest.len());
    let is_shown = rest[stop..].starts_with('|');
    let line = rest[stop..].lines().next().unwrap_or_default();
    let is_closed = line.starts_with(']') || is_shown && !running.in_table && line.contains("]]");
    let end = if is_closed { desk.offset + stop } else { desk.offset };
    let is_shown = is_shown && is_closed;
    let close = if is_shown { "" } else { closing(&desk.text[end..]) };
    let end = if is_shown { desk.offset + rest[..stop].trim_end_matches('\\').len() } else { end };
    let typed = inside.trim_start();
    desk.fill(desk.offset - typed.len(), end, Writing::Plain);
    if let Some((article, _)) = typed.split_once('#') {
        let target = match article {
            "" => Some(file),
            _ => match corpus.articles(article.strip_suffix(".md").unwrap_or(article)).first[..] {
                [one] => Some(one),
                _ => None,
            },
        }?;
        desk.anchors_of(target, &format!("{article}#"), close);
        return Some(());
    }
    let pipe = match (is_shown, running.in_table) {
        (true, _) => None,
        (false, true) => Some("\\|"),
        (false, false) => Some("|"),
    };
    desk.entities(|_| true, 0, Naming::Mention { pipe, close });
    desk.articles(2, |name| Text::Exact(format!("{name}{close}")));
    Some(())
}

/// What is missing of the brackets that close a wiki link.
fn closing(rest: &str) -> &'static str {
    match rest {
        _ if rest.starts_with("]]") => "",
        _ if rest.starts_with(']') => "]",
        _ => "]]",
    }
}

/// `@key`, in brackets and in running text.
fn citation(desk: &mut Desk<'_>, running: &RunningText) -> Option<()> {
    let read = running.read.as_str();
    let braced = read
        .rfind("@{")
        .filter(|&at| !read[at + 2..].contains(|c: char| c.is_whitespace() || c == '}' || c == '{'));
    let (at, start) = match braced {
        Some(at) => (at, at + 2),
        None => {
            let key = read.trim_end_matches(is_key);
            let at = key.len().checked_sub(1).filter(|_| key.ends_with('@'))?;
            (at, at + 1)
        }
    };
    if read[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') || is_in_address(&read[..at]) {
        return None;
    }
    let end = match braced {
        Some(_) => desk.word_end(|c| !c.is_whitespace() && !matches!(c, '}' | '{' | ']' | ';')),
        None => desk.word_end(is_key),
    };
    // A mark at its end is no part of a key.
    let end = desk.offset + desk.text[desk.offset..end].trim_end_matches(is_mark).len();
    desk.fill(running.start + start, end, Writing::Plain);
    let needs_close = braced.is_some() && !desk.text[end..].starts_with('}');
    desk.sources(0, |key| {
        if braced.is_some() {
            Text::Exact(format!("{key}{}", if needs_close { "}" } else { "" }))
        } else if is_plain_key(key) {
            Text::Exact(key.to_owned())
        } else {
            Text::Exact(format!("{{{key}}}"))
        }
    });
    Some(())
}

fn is_key(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/')
}

/// Whether a key needs no braces: its marks stand one at a time, and none at an end.
fn is_plain_key(key: &str) -> bool {
    let mut before = '.';
    key.chars().all(|c| {
        let fits = is_key(c) && !(is_mark(c) && is_mark(before));
        before = c;
        fits
    }) && !is_mark(before)
}

/// Whether what goes on after `before` is a bare address.
fn is_in_address(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '<' | '[' | ']' | '(')).next();
    word.is_some_and(|word| word.contains("://") || word.starts_with("www.") || word.starts_with("mailto:"))
}
