//! Finding where entries begin and end.

use memchr::memchr;

use crate::data::front_matter::lines;
use crate::data::{Problem, char_at};
use crate::text::Span;

/// The entries of a file, `@comment` and `@preamble` left out, each with its closing
/// brace. What begins like an entry and is none is a problem; all other text between
/// entries is a comment, as BibTeX has it.
pub(super) fn find(text: &str, problems: &mut Vec<Problem>) -> Vec<Span> {
    let starts = line_starts(text);
    let next_start =
        |at: usize| starts.get(starts.partition_point(|&start| start <= at)).copied().unwrap_or(text.len());
    let mut found = Vec::new();
    // Whether a comment was never closed: then each is looked for up to the next
    // entry alone, or a thousand of them would each search the whole file.
    let mut unclosed_comment = false;
    let mut at = 0;
    while let Some(offset) = memchr(b'@', &text.as_bytes()[at..]) {
        let start = at + offset;
        let Some(head) = Head::at(text, start) else {
            at = start + 1;
            continue;
        };
        let limit = next_start(start);
        let Some(open) = head.open else {
            // An address in a comment is no entry; a lone word after `@` may become one.
            if starts.binary_search(&start).is_ok() {
                let name = Span::new(start, head.end);
                problems.push(Problem::loss(name, "an entry begins with its type and key: `@article{key,`"));
            }
            at = head.end;
            continue;
        };
        if head.kind.eq_ignore_ascii_case("comment") {
            let end = closing(text, open, if unclosed_comment { limit } else { text.len() });
            unclosed_comment |= end.is_none();
            at = end.unwrap_or(limit);
            continue;
        }
        if text.as_bytes()[open] == b'(' {
            problems.push(Problem::loss(
                Span::new(start, open + 1),
                "entries in round brackets are not read; use braces",
            ));
            at = limit;
            continue;
        }
        match closing(text, open, limit) {
            Some(end) => {
                if !head.kind.eq_ignore_ascii_case("preamble") {
                    found.push(Span::new(start, end));
                }
                let next = memchr(b'@', &text.as_bytes()[end..limit]).map_or(limit, |offset| end + offset);
                problems.extend(field_outside(text, Span::new(end, next)));
                at = end;
            }
            None => {
                problems.push(Problem::loss(
                    Span::new(start, open + 1),
                    "this entry is never closed; a `}` is missing",
                ));
                at = limit;
            }
        }
    }
    found
}

/// `@type` and the bracket that it opens.
struct Head<'t> {
    kind: &'t str,
    open: Option<usize>,
    end: usize,
}

impl<'t> Head<'t> {
    fn at(text: &'t str, start: usize) -> Option<Self> {
        let rest = &text[start + 1..];
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let kind = &rest[..length];
        // Bounded, so that a file of `@a` and blanks is not searched over and over.
        let gap = rest[length..].bytes().take(64).take_while(u8::is_ascii_whitespace).count();
        let bracket = rest.as_bytes().get(length + gap);
        let open = matches!(bracket, Some(b'{' | b'(')).then_some(start + 1 + length + gap);
        (length > 0).then_some(Head { kind, open, end: start + 1 + length })
    }
}

/// Where lines begin an entry, as far as that can be told from the line.
fn line_starts(text: &str) -> Vec<usize> {
    lines(text, 0)
        .filter_map(|line| {
            let body = line.text.trim_start_matches(['\u{feff}', ' ', '\t']);
            let start = line.start + line.text.len() - body.len();
            let word = body.strip_prefix('@')?;
            let rest = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let bracket = rest.trim_start();
            // Handles stand at the start of lines in abstracts: `@ministry said`.
            let begins = rest.len() < word.len() && (bracket.is_empty() || bracket.starts_with(['{', '(']));
            begins.then_some(start)
        })
        .collect()
}

/// One past the bracket that closes the one at `open`, looked for up to `limit`.
/// Braces after a backslash don't count, as the parser has it.
fn closing(text: &str, open: usize, limit: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[..limit];
    let (opens, closes) = if bytes.get(open)? == &b'(' { (b'(', b')') } else { (b'{', b'}') };
    let (mut depth, mut at) = (0_usize, open);
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\\' {
            at += 1;
        } else if byte == opens {
            depth += 1;
        } else if byte == closes {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        }
        at += 1;
    }
    None
}

/// What is said of a field that stands after its entry, because of a brace too many.
fn field_outside(text: &str, between: Span) -> Option<Problem> {
    let rest = between.of(text).trim_start_matches([',', ' ', '\t', '\r', '\n']);
    let start = between.end() - rest.len();
    let line = rest.lines().next().unwrap_or_default();
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let is_value = value.trim_start().starts_with(['{', '"']) || value.trim_end().ends_with([',', '}']);
    (is_name && is_value).then(|| {
        let place = char_at(text, between.start() - 1).cover(Span::new(start, start + name.len()));
        Problem::loss(place, "the entry ends here, before this field; look for a `}` too many")
    })
}
