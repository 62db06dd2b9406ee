//! The parser's errors, in words for people who write articles.

use granit_parser::{ErrorKind, ScanError};

use crate::data::front_matter::lines;
use crate::data::{Problem, TOO_DEEP, char_at, fit};
use crate::text::Span;

/// What is wrong in the part at `span`, and where.
pub(super) fn explain(text: &str, span: Span, error: &ScanError) -> Problem {
    use ErrorKind as E;
    let at = span.start() + error.marker().byte_offset().unwrap_or_default();
    let at = fit(text, at..at).start().min(span.end());
    // What is missing at the end is missing after the last word, not on the next line.
    let here = char_at(text, at.min(span.start() + span.of(text).trim_end().len()));
    let message = match error.kind() {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => {
            let place = indenting_tab(text, Span::new(line_start(text, span, at), span.end())).unwrap_or(here);
            return Problem::loss(place, "a tab cannot indent YAML; use spaces");
        }
        E::UnclosedQuotedScalar
        | E::InvalidQuotedScalarIndent
        | E::DocumentIndicatorInQuotedScalar
        | E::InvalidTrailingSingleQuotedScalar
        | E::InvalidTrailingDoubleQuotedScalar => return quote(text, span, at, error.kind()),
        E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::InvalidFlowScalarIndent
        | E::InvalidColonPlacement => return bracket(text, span, at),
        E::UnclosedFlowCollection { open } => never_closed(*open),
        E::MismatchedFlowCollectionEnd { open, close } => format!("`{open}` is closed by `{close}` here"),
        E::MisplacedFlowCollectionEnd => "nothing is open that this bracket could close".to_owned(),
        E::MappingValueNotAllowed => {
            "a second colon followed by a space; put the value in quotation marks if the colon is part of it"
                .to_owned()
        }
        E::SimpleKeyExpected | E::ExpectedBlockMappingKey | E::InvalidSimpleKey => {
            "a line of the form `key: value` belongs here, indented like the ones before it".to_owned()
        }
        E::ExpectedBlockSequenceEntry | E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => {
            "an item of a list, `- …`, begins or ends in the wrong place here; look at the indentation".to_owned()
        }
        E::InvalidIndentation | E::ExpectedDocumentStart | E::InvalidBlockScalarIndent => {
            "this line is indented unlike the ones before it".to_owned()
        }
        E::UnexpectedCharacter { character } => {
            format!("a value cannot begin with `{}`; put it in quotation marks", character.escape_default())
        }
        E::PlainScalarStartsWithDashFlowIndicator | E::MappingKeyNotAllowed => {
            "a value cannot begin like this; put it in quotation marks".to_owned()
        }
        E::RecursionLimitExceeded => TOO_DEEP.to_owned(),
        E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape | E::InvalidUnicodeEscape => {
            "a backslash in double quotation marks begins an escape, and this is none; write `\\\\` or use single ones"
                .to_owned()
        }
        E::MissingAnchorOrAliasName => {
            "`&` and `*` begin YAML's anchors and aliases; put the value in quotation marks".to_owned()
        }
        other => format!("this is no YAML that can be read: {other}"),
    };
    Problem::loss(here, message)
}

/// Where the line of `at` starts, within `span`.
fn line_start(text: &str, span: Span, at: usize) -> usize {
    text[span.start()..at].rfind('\n').map_or(span.start(), |offset| span.start() + offset + 1)
}

/// The first tab among the white space that a line of `part` begins with.
fn indenting_tab(text: &str, part: Span) -> Option<Span> {
    lines(&text[..part.end()], part.start()).find_map(|line| {
        let indent = &line.text[..line.text.len() - line.text.trim_start().len()];
        indent.find('\t').map(|tab| char_at(text, line.start + tab))
    })
}

/// A quotation mark that is never closed is often noticed only where the next one
/// opens; the place to look is the line before that has an odd number of them.
fn quote(text: &str, span: Span, at: usize, kind: &ErrorKind) -> Problem {
    const NEVER: &str = "this quotation mark is never closed";
    if !matches!(
        kind,
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar
    ) && text[at..].starts_with(['"', '\''])
    {
        return Problem::loss(char_at(text, at), NEVER);
    }
    let (marks, otherwise): (&[char], _) = match kind {
        ErrorKind::InvalidTrailingSingleQuotedScalar => (
            &['\''],
            "text after the closing quotation mark; an apostrophe in single quotation marks is written twice",
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            (&['"'], "text after the closing quotation mark; one that belongs to the text is written `\\\"`")
        }
        _ => (&['"', '\''], NEVER),
    };
    let before = &text[span.start()..line_start(text, span, at)];
    let open = marks.iter().find_map(|&mark| odd(before, mark)).map(|offset| span.start() + offset);
    match open {
        Some(open) => Problem::loss(char_at(text, open), NEVER),
        None => Problem::loss(char_at(text, at), otherwise),
    }
}

/// The last `mark` of the first line that has an odd number of them.
fn odd(part: &str, mark: char) -> Option<usize> {
    let mut start = 0;
    for line in part.split_inclusive('\n') {
        // An apostrophe inside a word neither opens nor closes anything.
        let counts = |&(at, _): &(usize, &str)| {
            mark == '"'
                || !(line[..at].ends_with(char::is_alphanumeric)
                    && line[at + 1..].starts_with(char::is_alphanumeric))
        };
        let (count, last) =
            line.match_indices(mark).filter(counts).fold((0, 0), |(count, _), (at, _)| (count + 1, at));
        if count % 2 == 1 {
            return Some(start + last);
        }
        start += line.len();
    }
    None
}

/// A bracket that is never closed is noticed at the next line's colon; the place to
/// look is the last one that opened.
fn bracket(text: &str, span: Span, at: usize) -> Problem {
    let mut open = Vec::new();
    let mut quoted = None;
    for (offset, byte) in text.as_bytes()[span.start()..at].iter().enumerate() {
        match (quoted, byte) {
            (Some(mark), byte) if mark == byte => quoted = None,
            (Some(_), _) => {}
            (None, b'"') => quoted = Some(byte),
            (None, b'[' | b'{') => open.push(span.start() + offset),
            (None, b']' | b'}') => {
                open.pop();
            }
            _ => {}
        }
    }
    match open.last() {
        Some(&open) => {
            let place = char_at(text, open);
            Problem::loss(place, never_closed(text[open..].chars().next().unwrap_or('[')))
        }
        None => Problem::loss(char_at(text, at), "a comma or a closing bracket is missing here"),
    }
}

fn never_closed(open: char) -> String {
    format!("`{open}` is never closed, or a comma is missing after it")
}
