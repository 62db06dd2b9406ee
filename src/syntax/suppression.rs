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
    let mut outline: Vec<Span> = blocks.outline.clone();
    outline.extend(
        article.annotations.iter().filter(|annotation| annotation.block.is_none()).map(|div| div.span),
    );
    outline.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let inline = blocks.items.iter().filter(|item| matches!(item.kind, ItemKind::Html)).map(|item| item.span);
    let mut comments: Vec<Span> = blocks.html.iter().copied().chain(inline).collect();
    comments.sort();
    comments.into_iter().flat_map(|html| in_html(text, html, &outline)).collect()
}

fn in_html<'a>(text: &'a str, html: Span, outline: &'a [Span]) -> impl Iterator<Item = Suppression> + 'a {
    let mut at = html.start();
    std::iter::from_fn(move || {
        loop {
            let open = at + memchr::memmem::find(&text.as_bytes()[at..html.end()], b"<!--")?;
            let close = memchr::memmem::find(&text.as_bytes()[open..html.end()], b"-->")?;
            at = open + close + 3;
            if let Some(suppression) = read(text, Span::new(open, at), outline) {
                return Some(suppression);
            }
        }
    })
}

fn read(text: &str, span: Span, outline: &[Span]) -> Option<Suppression> {
    let inner = Span::new(span.start() + 4, span.end() - 3);
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
    let scope = if whole_file { SuppressionScope::File } else { scope(text, span, outline) };
    Some(Suppression { span, rules, reason, scope })
}

/// Alone on its line a comment covers the block that follows; otherwise its line.
fn scope(text: &str, span: Span, outline: &[Span]) -> SuppressionScope {
    let line_start = text[..span.start()].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let marks = |c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '\u{feff}');
    let line_end = text[span.end()..].find(['\n', '\r']).map_or(text.len(), |at| span.end() + at);
    let begins_line = text[line_start..span.start()].chars().all(marks);
    let ends_line = text[span.end()..line_end].trim().is_empty();
    if !(begins_line && ends_line) {
        return SuppressionScope::Within(Span::new(line_start, line_end));
    }
    let after = outline.partition_point(|block| block.start() < span.end());
    // A comment directly above a paragraph's words is part of the paragraph. A block of
    // HTML that holds the comment alone ends with its line's end, which is not covered.
    let goes_on =
        |block: &Span| span.end() < block.end() && !text[span.end()..block.end()].trim_start().is_empty();
    let around = outline[..after].iter().rev().find(|block| block.start() <= span.start() && goes_on(block));
    match (around, outline.get(after)) {
        (Some(block), next) if next.is_none_or(|next| next.start() >= block.end()) => {
            SuppressionScope::Within(Span::new(span.end(), block.end()))
        }
        (_, Some(&block)) => SuppressionScope::Within(block),
        (_, None) => SuppressionScope::Nothing,
    }
}
