//! Fenced divs: `::: {.claim}` … `:::`.
//!
//! CommonMark knows none, so their lines are found first, in the paragraphs in
//! which a plain reading sees them, and blanked before the reading that counts.

use crate::text::Span;

use super::attributes::{Reader, skip_line_prefix};
use super::blocks::Blocks;
use super::tree::{Attribute, AttributeKind, Attributes, Block, BlockKind, Problem, ProblemKind};
use super::vocabulary;

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
    /// The bytes of the fences of all divs, to be blanked.
    pub(super) lines: Vec<Span>,
    /// Opening fences that are never closed, by start: they are text.
    pub(super) unclosed: Vec<Span>,
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
}

/// Finds the divs in the paragraphs of a first reading of `text`.
pub(super) fn find(text: &str, blocks: &Blocks) -> Fences {
    let mut fences = Fences::default();
    let mut open: Vec<Open> = Vec::new();
    let mut reader = Reader::new(text);
    let mut row = None;
    for (number, (block, &container)) in blocks.blocks.iter().zip(&blocks.containers).enumerate() {
        fences.give_up(text, &mut open, blocks, block.span.start());
        // After a table's last row a closing fence is read as one more, in its first cell.
        let in_cell = matches!(block.kind, BlockKind::Cell(_));
        if in_cell && row.replace(block.kind) == Some(block.kind) {
            continue;
        }
        let after_hashes = blocks.heading(number).is_some_and(|heading| heading.start < block.span.start);
        let mut may_open = !in_cell && !after_hashes;
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
                    fences.close(text, div, Span::new(line, end));
                    may_open = true;
                } else if may_open
                    && is_at_margin(text, line, block)
                    && let Some((fence, attributes)) = opening(text, &mut reader, line, block)
                {
                    next = fence.end();
                    open.push(Open { fence, attributes, container, column, quotes });
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
    fences.give_up(text, &mut open, blocks, usize::MAX);
    fences.divs.sort_by_key(|div| div.span.start);
    fences.unclosed.sort();
    fences
}

impl Fences {
    fn close(&mut self, text: &str, div: Open, fence: Span) {
        let content = after_line_end(text, div.fence.end(), text.len()).min(fence.start());
        self.lines.extend([div.fence, fence]);
        self.divs.push(Div {
            span: div.fence.cover(fence),
            content: Span::new(content, fence.start()),
            attributes: div.attributes,
        });
    }

    /// Gives up on the divs whose container ends before `at`: nothing closes them.
    ///
    /// Pandoc has such a div reach to its container's end. Here the fence is text, so
    /// that one forgotten line does not make a claim of the rest of the article.
    fn give_up(&mut self, text: &str, open: &mut Vec<Open>, blocks: &Blocks, at: usize) {
        // Containers nest, but an inner div may hang in an outer container's text.
        while let Some(div) = open.pop_if(|div| blocks.container_ends[div.container as usize] <= at) {
            self.unclosed.push(div.fence);
            if !is_meant(text, &div.attributes) {
                continue;
            }
            self.problems.push(Problem {
                kind: ProblemKind::UnclosedClaim,
                span: div.fence,
                message: "this `:::` is never closed: it is plain text".to_owned(),
                help: Some("put a line of `:::` after the last paragraph that belongs to it".to_owned()),
                fix: None,
            });
        }
    }
}

/// Whether newsmark would read a div with these attributes.
fn is_meant(text: &str, attributes: &Attributes) -> bool {
    attributes.classes().any(|(_, class)| vocabulary::is_class(class))
        || attributes.pairs(text).any(|(key, _)| vocabulary::DIV_KEYS.contains(&key))
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
        let span = Span::new(from, from + word.len());
        let class =
            Attribute { span, name: span, value: None, text: word.into(), kind: AttributeKind::Class };
        (Attributes { span, items: vec![class] }, span.end())
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
