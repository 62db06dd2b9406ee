//! What is typed in BibTeX.

use super::CompletionKind;
use super::desk::{Desk, Offer, Text};
use super::fields::{self, BIBTEX_FIELDS, Fields};
use super::hole::Writing;
use super::words;

/// No entry is longer, in bytes.
const FARTHEST: usize = 32 * 1024;

pub(super) fn offer(desk: &mut Desk<'_>) -> Option<()> {
    let before = &desk.text[..desk.offset];
    // An entry begins on a line of its own.
    let lines = before.split_inclusive(['\n', '\r']).rev();
    let mut start = before.len();
    let mut entry = None;
    for line in lines {
        start -= line.len();
        if line.trim_start().starts_with('@') {
            entry = Some(start + (line.len() - line.trim_start().len()));
            break;
        }
        if before.len() - start > FARTHEST {
            break;
        }
    }
    let entry = entry?;
    let written = &before[entry + 1..];
    let Some(brace) = written.find(['{', '(']) else {
        if written.contains(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')) {
            return None;
        }
        let end = desk.word_end(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let after = match desk.text[end..].starts_with(['{', '(']) {
            true => "",
            false if closes(&desk.text[end..]) < 0 => "{",
            false => "{}",
        };
        desk.fill(entry + 1, end, Writing::Plain);
        let count = words::BIBTEX_TYPES.len();
        for (number, (word, meaning)) in words::BIBTEX_TYPES.iter().enumerate() {
            desk.add(Offer {
                text: Text::Exact(format!("{word}{after}")),
                snippet: fields::inside_braces(word, after),
                uses: count - number,
                ..Offer::word(*word, meaning, CompletionKind::Word)
            });
        }
        return Some(());
    };
    inside(desk, entry + 1 + brace + 1)
}

/// How many more braces are opened than closed (fewer: below zero) in the rest of an entry:
/// up to the line on which the next one begins.
fn closes(rest: &str) -> i32 {
    let mut open = 0;
    let mut length = 0;
    for (number, line) in rest.split_inclusive(['\n', '\r']).enumerate() {
        length += line.len();
        if number > 0 && line.trim_start().starts_with('@') || length > FARTHEST {
            break;
        }
        let mut before = ' ';
        for c in line.chars() {
            open += match c {
                '{' if before != '\\' => 1,
                '}' if before != '\\' => -1,
                _ => 0,
            };
            before = c;
        }
    }
    open
}

/// Inside an entry, after its brace.
fn inside(desk: &mut Desk<'_>, from: usize) -> Option<()> {
    let body = &desk.text[from..desk.offset];
    // After the last comma or equals sign that stands in no value.
    let (mut depth, mut quoted, mut start, mut is_value, mut name) = (0_usize, false, 0, false, "");
    let mut value = 0;
    let mut parts = 0;
    let mut taken: Vec<String> = Vec::new();
    let mut before = ' ';
    for (at, c) in body.char_indices() {
        match c {
            _ if before == '\\' => {}
            '"' if depth == 0 && is_value => {
                quoted = !quoted;
                value = at + 1;
            }
            '{' => {
                depth += 1;
                if depth == 1 {
                    value = at + 1;
                }
            }
            '}' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 && !quoted => {
                (start, is_value) = (at + 1, false);
                parts += 1;
            }
            '=' if depth == 0 && !quoted && !is_value => {
                name = body[start..at].trim();
                taken.push(name.to_ascii_lowercase());
                (is_value, value) = (true, at + 1);
            }
            _ => {}
        }
        before = if before == '\\' { ' ' } else { c };
    }
    let fields = Fields::Known(BIBTEX_FIELDS);
    if parts == 0 {
        // The key is the entry's own.
        return None;
    }
    if is_value {
        let name = name.to_ascii_lowercase();
        if depth == 0 && !quoted {
            return None;
        }
        let written = &body[value..];
        let is_list = matches!(name.as_str(), "relays");
        let part = if is_list { written.rsplit(',').next().unwrap_or_default() } else { written };
        let part = match name.as_str() {
            "author" | "editor" => part.rsplit(" and ").next().unwrap_or_default(),
            _ => part,
        };
        let part = part.trim_start();
        let end = desk.word_end(|c| !matches!(c, '}' | '"' | ',' | '\n' | '\r'));
        let is_closed = desk.text[end..].starts_with(['}', '"', ',']);
        desk.fill(desk.offset - part.len(), if is_closed { end } else { desk.offset }, Writing::Plain);
        return fields::offer_value(desk, fields, &name);
    }
    let typed = body[start..].trim_start();
    if depth > 0 || typed.contains(char::is_whitespace) {
        return None;
    }
    let end = desk.word_end(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    // The entry's own brace is still to come, unless it is one in parentheses.
    let open = i32::from(desk.text[..from].ends_with('{'));
    let after = match desk.text[end..].trim_start().starts_with('=') {
        true => "",
        false if open + closes(&desk.text[end..]) < 0 => " = {",
        false => " = {}",
    };
    desk.fill(desk.offset - typed.len(), end, Writing::Plain);
    fields::offer_keys(desk, fields, &taken, after)
}
