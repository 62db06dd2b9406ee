//! `<!-- newsmark-ignore RULE: reason -->`

use crate::text::Span;

use super::blocks::{Blocks, ItemKind};
use super::tree::{Article, Suppression, SuppressionScope};

const WORD: &str = "newsmark-ignore";

/// Finds the suppressions among the comments.
pub(super) fn find(text: &str, blocks: &Blocks, article: &Article) -> Vec<Suppression> {
    if memchr::memmem::find(text.as_bytes(), WORD.as_bytes()).is_none() {
        return Vec::new();
    }
    let is_block = |span: &Span| blocks.html.binary_search(span).is_err() || !is_comments(text, *span);
    let mut outline: Vec<Span> = blocks.outline.iter().copied().filter(is_block).collect();
    outline.extend(
        article.annotations.iter().filter(|annotation| annotation.block.is_none()).map(|div| div.span),
    );
    outline.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut scopes =
        Scopes { text, outline: &outline, html: &blocks.html, next: 0, around: Vec::new(), line: None };
    article.comments.iter().filter_map(|comment| read(text, *comment, &mut scopes)).collect()
}

/// The comments of an article, by start.
pub(super) fn all_comments(text: &str, blocks: &Blocks) -> Vec<Span> {
    if memchr::memmem::find(text.as_bytes(), b"<!--").is_none() {
        return Vec::new();
    }
    let inline = blocks.items.iter().filter(|item| matches!(item.kind, ItemKind::Html)).map(|item| item.span);
    let mut html: Vec<Span> = blocks.html.iter().copied().chain(inline).collect();
    html.sort();
    html.into_iter().flat_map(|html| comments(text, html)).collect()
}

/// Whether nothing but comments stands there: they are no block that a comment could
/// cover, so that several can stand above one block.
fn is_comments(text: &str, html: Span) -> bool {
    let mut at = html.start();
    for comment in comments(text, html) {
        if !text[at..comment.start()].trim().is_empty() {
            return false;
        }
        at = comment.end();
    }
    text[at..html.end()].trim().is_empty()
}

/// The comments in a stretch of HTML.
fn comments(text: &str, html: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = html.start();
    std::iter::from_fn(move || {
        let open = at + memchr::memmem::find(&text.as_bytes()[at..html.end()], b"<!--")?;
        let close = memchr::memmem::find(&text.as_bytes()[open..html.end()], b"-->")?;
        at = open + close + 3;
        Some(Span::new(open, at))
    })
}

fn read(text: &str, span: Span, scopes: &mut Scopes<'_>) -> Option<Suppression> {
    // `<!-->` is a comment too.
    let inner = Span::new(span.start() + 4, (span.end() - 3).max(span.start() + 4));
    let body = inner.of(text).trim_start();
    let after = body.strip_prefix(WORD)?;
    let whole_file = after.starts_with("-file");
    let list = after.strip_prefix("-file").unwrap_or(after);
    if !list.is_empty() && !list.starts_with([' ', '\t', '\n', '\r']) {
        return None;
    }
    let at = inner.end() - list.len();
    let (names, reason) = match list.find(':') {
        Some(colon) => (&list[..colon], Some(&list[colon + 1..])),
        None => (list, None),
    };
    let mut rules = Vec::new();
    let mut from = at;
    for name in names.split(',') {
        let trimmed = name.trim();
        if !trimmed.is_empty() {
            let start = from + (name.len() - name.trim_start().len());
            rules.push(Span::new(start, start + trimmed.len()));
        }
        from += name.len() + 1;
    }
    let reason = reason.filter(|reason| !reason.trim().is_empty()).map(|reason| {
        let start = inner.end() - reason.trim_start().len();
        Span::new(start, start + reason.trim().len())
    });
    let scope = if whole_file { SuppressionScope::File } else { scopes.of(span) };
    Some(Suppression { span, rules, reason, scope })
}

/// Finds what comments cover. They are asked about in order, so that many of them
/// take one walk through the article.
struct Scopes<'a> {
    text: &'a str,
    /// What can be covered, by start, outer before inner.
    outline: &'a [Span],
    /// Those of the outline that are HTML.
    html: &'a [Span],
    /// The first of the outline that begins after the comment before.
    next: usize,
    /// What was open there, innermost last.
    around: Vec<Span>,
    line: Option<Line>,
}

/// The line that was looked at last.
#[derive(Clone, Copy)]
struct Line {
    span: Span,
    /// Its first byte that is not white space or the mark of a quote or list.
    first: usize,
    /// The end of its text, without white space.
    last: usize,
}

impl Scopes<'_> {
    /// Alone on its line a comment covers the block that follows; otherwise its line.
    fn of(&mut self, comment: Span) -> SuppressionScope {
        let first = self.line_at(comment.start());
        let last = self.line_at(comment.end());
        if first.first < comment.start() || last.last > comment.end() {
            return SuppressionScope::Within(first.span.cover(last.span));
        }
        while let Some(block) = self.outline.get(self.next).filter(|block| block.start < comment.end) {
            // A comment between blocks is HTML itself, and covers none of it.
            if self.html.binary_search(block).is_err() {
                self.around.push(*block);
            }
            self.next += 1;
        }
        while self.around.pop_if(|block| block.end <= comment.end).is_some() {}
        let next = self.outline.get(self.next);
        match (self.around.last(), next) {
            // Directly above a paragraph's words it is part of the paragraph.
            (Some(block), next) if next.is_none_or(|next| next.start >= block.end) => {
                SuppressionScope::Within(Span::new(comment.end(), block.end()))
            }
            (_, Some(&block)) => SuppressionScope::Within(block),
            (_, None) => SuppressionScope::Nothing,
        }
    }

    fn line_at(&mut self, at: usize) -> Line {
        if let Some(line) = self.line
            && line.span.start() <= at
            && at <= line.span.end()
        {
            return line;
        }
        let start = self.text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let end = self.text[at..].find(['\n', '\r']).map_or(self.text.len(), |offset| at + offset);
        let text = &self.text[start..end];
        let is_mark = |c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '\u{feff}');
        let line = Line {
            span: Span::new(start, end),
            first: start + text.find(|c| !is_mark(c)).unwrap_or(text.len()),
            last: start + text.trim_end().len(),
        };
        self.line = Some(line);
        line
    }
}
