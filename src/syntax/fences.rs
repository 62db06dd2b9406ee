//! Fenced divs: `::: {.claim}` … `:::`.
//!
//! CommonMark knows none, so their lines are found first, in the paragraphs in
//! which a plain reading sees them, and blanked before the reading that counts.

use crate::text::Span;

use super::attributes::{Reader, skip_line_prefix};
use super::blocks::Blocks;
use super::tree::{Attributes, Block, Problem, ProblemKind};

/// A div: both its fences are lines of their own.
pub(super) struct Div {
    /// From the first colon of the opening fence to the last of the closing one.
    pub(super) span: Span,
    /// Between the two lines.
    pub(super) content: Span,
    pub(super) attributes: Attributes,
}

/// What the first reading found.
#[derive(Default)]
pub(super) struct Fences {
    /// By start.
    pub(super) divs: Vec<Div>,
    /// The bytes of all fences, to be blanked.
    pub(super) lines: Vec<Span>,
    pub(super) problems: Vec<Problem>,
}

/// A div whose end has not come.
struct Open {
    /// The fence, without the line end.
    fence: Span,
    attributes: Attributes,
    container: u32,
    column: usize,
    quotes: usize,
    /// Its place in `Fences::divs`, so that they stay in order of their starts.
    number: usize,
}

/// Finds the divs in the paragraphs of a first reading of `text`.
pub(super) fn find(text: &str, blocks: &Blocks) -> Fences {
    let mut fences = Fences::default();
    let mut finished: Vec<Option<Div>> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut reader = Reader::new(text);
    for (block, &container) in blocks.blocks.iter().zip(&blocks.containers) {
        close_ended(text, &mut open, blocks, block.span.start(), &mut fences, &mut finished);
        let mut may_open = true;
        let mut line = block.span.start();
        while line < block.span.end() {
            let line_end = end_of_line(text, line, block.span.end());
            let mut next = line_end;
            if text[line..line_end].starts_with(":::") {
                let (column, quotes) = prefix(text, line);
                if let Some(div) = open.pop_if(|div| {
                    is_closing(&text[line..line_end]) && div.column == column && div.quotes == quotes
                }) {
                    let end = line + text[line..line_end].trim_end().len();
                    close(text, div, end, line, &mut finished);
                    fences.lines.push(Span::new(line, end));
                    may_open = true;
                } else if let Some((fence, attributes)) = opening(text, &mut reader, line, block) {
                    if may_open && is_at_margin(text, line, block) {
                        next = fence.end();
                        fences.lines.push(fence);
                        open.push(Open {
                            fence,
                            attributes,
                            container,
                            column,
                            quotes,
                            number: finished.len(),
                        });
                        finished.push(None);
                    } else {
                        misplaced(text, fence, &attributes, may_open, &mut fences.problems);
                        may_open = false;
                    }
                } else {
                    may_open = false;
                }
            } else {
                may_open = false;
            }
            line = skip_line_prefix(
                text.as_bytes(),
                after_line_end(text, next, block.span.end()),
                block.span.end(),
                block.quotes,
            );
        }
    }
    close_ended(text, &mut open, blocks, usize::MAX, &mut fences, &mut finished);
    fences.divs = finished.into_iter().flatten().collect();
    fences
}

/// Closes the divs whose container ends before `at` without a closing fence. As in
/// Pandoc, such a div reaches to its container's end.
fn close_ended(
    text: &str,
    open: &mut Vec<Open>,
    blocks: &Blocks,
    at: usize,
    fences: &mut Fences,
    finished: &mut [Option<Div>],
) {
    let ends = |div: &Open| blocks.container_ends[div.container as usize];
    // Containers nest, but an inner div may hang in an outer container's text.
    while let Some(div) = open.pop_if(|div| ends(div) <= at) {
        let end = ends(&div).min(text.len());
        let end = end.max(div.fence.end());
        let end = div.fence.end() + text[div.fence.end()..end].trim_end().len();
        if div.attributes.is_newsmarks(text) {
            fences.problems.push(Problem {
                kind: ProblemKind::UnclosedClaim,
                span: div.fence,
                message: "this `:::` is never closed: it takes in everything up to the end".to_owned(),
                help: Some("put a line of `:::` after the last paragraph that belongs to it".to_owned()),
                fix: None,
            });
        }
        close(text, div, end, end, finished);
    }
}

fn close(text: &str, div: Open, end: usize, content_end: usize, finished: &mut [Option<Div>]) {
    let from = after_line_end(text, div.fence.end(), text.len()).min(content_end);
    finished[div.number] = Some(Div {
        span: Span::new(div.fence.start(), end),
        content: Span::new(from, content_end),
        attributes: div.attributes,
    });
}

fn misplaced(text: &str, fence: Span, attributes: &Attributes, may_open: bool, problems: &mut Vec<Problem>) {
    if !attributes.is_newsmarks(text) {
        return;
    }
    let message = if may_open {
        "a `:::` fence stands at the very start of its line: indented, it is plain text"
    } else {
        "a `:::` fence needs a blank line before it: here it is plain text"
    };
    problems.push(Problem {
        kind: ProblemKind::MisplacedAnnotation,
        span: fence,
        message: message.to_owned(),
        help: None,
        fix: None,
    });
}

/// `::: {…}` or `::: word`, perhaps with colons after; its bytes and attributes.
fn opening(text: &str, reader: &mut Reader<'_>, at: usize, block: &Block) -> Option<(Span, Attributes)> {
    let end = block.span.end();
    let after_colons = at + colons(&text[at..end]);
    let from = after_colons + blanks(&text[after_colons..end]);
    let (attributes, to) = if text[from..end].starts_with('{') {
        let attributes = reader.read(from, end, block.quotes).ok()?;
        let to = attributes.span.end();
        (attributes, to)
    } else {
        let line = &text[from..end_of_line(text, from, end)];
        let word = line.split([' ', '\t']).next().filter(|word| !word.is_empty())?;
        (Attributes { span: Span::at(from), items: Vec::new() }, from + word.len())
    };
    let after = to + blanks(&text[to..end]);
    let after = after + colons(&text[after..end]);
    let line_end = end_of_line(text, after, end);
    text[after..line_end].trim().is_empty().then(|| (Span::new(at, after.max(to)), attributes))
}

fn is_closing(line: &str) -> bool {
    line[colons(line)..].trim().is_empty()
}

fn colons(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b':').count()
}

fn blanks(text: &str) -> usize {
    text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// The column of `at` in its line, in bytes, and the block quotes' marks before it.
fn prefix(text: &str, at: usize) -> (usize, usize) {
    let line = text[..at].rfind(['\n', '\r']).map_or(0, |line_end| line_end + 1);
    let before = text[line..at].trim_start_matches('\u{feff}');
    (before.len(), before.matches('>').count())
}

/// Whether nothing but its container's marks stands before the fence.
fn is_at_margin(text: &str, at: usize, block: &Block) -> bool {
    if block.in_list {
        return true;
    }
    let (column, _) = prefix(text, at);
    let before = &text[at - column..at];
    let after_mark = before.rfind('>').map_or(before, |mark| &before[mark + 1..]);
    after_mark.is_empty() || (block.quotes > 0 && after_mark == " ")
        // A footnote's first line begins after its label.
        || (block.footnote.is_some() && after_mark.trim_start_matches(' ').is_empty() | after_mark.contains("]:"))
}

fn end_of_line(text: &str, at: usize, end: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..end]).map_or(end, |offset| at + offset)
}

/// The first byte after the line that `at` stands in.
fn after_line_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let at = end_of_line(text, at, end);
    match bytes.get(at) {
        Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => (at + 2).min(end),
        Some(_) => (at + 1).min(end),
        None => end,
    }
}
