//! Switching a rule off where it found something, with the reason to be filled in.

use crate::diagnostic::Diagnostic;
use crate::syntax::{Article, SuppressionScope};
use crate::text::Span;

use super::page::{Growth, Page};
use super::{Refactoring, RefactoringKind};

/// Stands for the reason until somebody writes it.
const REASON: &str = "reason";

/// What these find missing belongs into the front matter, wherever they say so.
const IN_FRONT_MATTER: [&str; 2] = ["missing-author", "missing-date"];

pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    // There are no comments for it in registries.
    if page.facts().is_none() {
        return;
    }
    let range = page.asked.range;
    let here = page.asked.diagnostics.iter().filter(|diagnostic| {
        let own = diagnostic.location.place.span();
        own.start <= range.end && range.start <= own.end
    });
    let mut rules: Vec<&str> = Vec::new();
    for diagnostic in here.filter(|diagnostic| may_be_suppressed(diagnostic.rule)) {
        if rules.contains(&diagnostic.rule) {
            continue;
        }
        rules.push(diagnostic.rule);
        let work = comment(page, diagnostic)
            .map(|(at, text)| vec![page.edit(Span::at(at), text)])
            .ok_or_else(|| "no comment can stand here that covers it".to_owned());
        let title = format!("Suppress `{}` here, with a reason", diagnostic.rule);
        let refactoring = Refactoring::new(RefactoringKind::Suppress, title, work.into());
        found.push(Refactoring { mends: vec![diagnostic], ..refactoring });
    }
}

/// What is wrong with a suppression cannot be suppressed, nor that a file was not checked.
fn may_be_suppressed(rule: &str) -> bool {
    !matches!(rule, "unused-suppression" | "unknown-suppression" | "internal-error")
}

/// The comment with its place: at the line's end, before the block, or for all of the file,
/// whichever is the first that covers the finding.
fn comment(page: &Page<'_>, diagnostic: &Diagnostic) -> Option<(usize, String)> {
    let (text, rule, end) = (page.text(), diagnostic.rule, page.line_end());
    let at = diagnostic.location.place.span().start();
    let short = format!("<!-- newsmark-ignore {rule}: {REASON} -->");
    let article = page.article();
    let front = article.front_matter.as_ref().map_or(0, |front| front.span.end());
    let body = front + line_end_length(&text[front..]);
    let line_end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
    let in_line = text[..line_end].trim_end_matches([' ', '\t']).len();
    let mut places = Vec::new();
    // Beside a picture that stands alone it would make its paragraph another one.
    let behind = (in_line, format!(" {short}"));
    let is_alone = is_picture_alone(page, &text[..in_line]);
    if at >= body && !IN_FRONT_MATTER.contains(&rule) {
        places.extend((!is_alone).then(|| behind.clone()));
        // Before the line where the paragraph, list or table begins: the last with none before it.
        let above = &text[body..at];
        let blank = |line: &str| line.trim().is_empty();
        let mut start = body + above.rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        places.push((start, format!("{short}{end}")));
        while start > body {
            let before = without_line_end(&text[body..start]);
            let line = body + before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
            if blank(&text[line..start]) {
                break;
            }
            start = line;
        }
        places.push((start, format!("{short}{end}")));
        places.extend(is_alone.then_some(behind));
    }
    let file = format!("<!-- newsmark-ignore-file {rule}: {REASON} -->");
    let gap = if text[..body].is_empty() || text[..body].ends_with(['\n', '\r']) { "" } else { end };
    // Between the front matter and the text, or before all of it.
    places.extend((body > 0).then(|| (body, format!("{gap}{end}{file}{end}"))));
    places.push((body, format!("{gap}{file}{end}{end}")));
    places.into_iter().find(|(place, comment)| covers(page, *place, comment, at))
}

/// Whether the last line of `text`, which the page begins with, is a picture and nothing else.
fn is_picture_alone(page: &Page<'_>, text: &str) -> bool {
    let line = text.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+');
    let first = line + (text[line..].len() - text[line..].trim_start_matches(is_mark).len());
    page.article().links.iter().filter(|link| link.image && link.span.start() == first).any(|link| {
        let attributes = link.attributes.as_ref().map_or(link.span, |own| own.span);
        link.span.cover(attributes).end() == text.len()
    })
}

/// How long the line end is with which a text begins, if it does.
fn line_end_length(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// A text without the one line end at its end.
fn without_line_end(text: &str) -> &str {
    text.strip_suffix("\r\n").or(text.strip_suffix(['\n', '\r'])).unwrap_or(text)
}

/// Whether the comment is read as one that covers the byte at `at`, and nothing else changes.
fn covers(page: &Page<'_>, place: usize, comment: &str, at: usize) -> bool {
    let changes = vec![(Span::at(place), comment.to_owned())];
    let growth = Growth { suppressions: 1, ..Growth::default() };
    let Some((_, after)) = page.draft(&changes, growth) else { return false };
    // What is wrong stays so: behind a fence, a comment would make it none.
    let kinds = |article: &Article| article.problems.iter().map(|one| one.kind.rule()).collect::<Vec<_>>();
    if kinds(&after) != kinds(page.article()) {
        return false;
    }
    let moved = if at >= place { at + comment.len() } else { at };
    let own = after
        .suppressions
        .iter()
        .find(|own| place <= own.span.start() && own.span.end() <= place + comment.len());
    own.is_some_and(|own| match own.scope {
        SuppressionScope::File => true,
        SuppressionScope::Within(span) => span.contains_offset(moved),
        SuppressionScope::Nothing => false,
    })
}
