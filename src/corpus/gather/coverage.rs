//! How far an article has been annotated.

use crate::corpus::FileKind;
use crate::syntax::{Article, BlockKind};
use crate::text::{Place, Span};

use super::SourceText;

/// A brief has some forty words; what has fewer is a notice, a caption, a page that has moved.
const WORDS_OF_PROSE: usize = 30;

/// Where to say that an article of some prose has not one claim: the first line of its front
/// matter, without which nothing tells that a file is an article at all.
pub(super) fn unannotated(source: &SourceText<'_>, kind: FileKind, article: &Article) -> Option<Place> {
    let front = article.front_matter.as_ref().filter(|_| kind == FileKind::Article)?;
    if article.claims().next().is_some() || !has_prose(article) {
        return None;
    }
    let first = front.span.of(source.text).lines().next().unwrap_or_default().trim_end();
    Some(source.place(Span::new(front.span.start(), front.span.start() + first.len())))
}

fn has_prose(article: &Article) -> bool {
    let is_prose = |kind| kind == BlockKind::Paragraph;
    let paragraphs = article.blocks.iter().filter(|block| {
        is_prose(block.kind) && block.footnote.is_none() && !block.in_list && block.quotes == 0
    });
    let words = paragraphs.flat_map(|block| block.plain.of(&article.plain.text).split_whitespace());
    words.filter(|word| word.contains(char::is_alphanumeric)).take(WORDS_OF_PROSE).count() == WORDS_OF_PROSE
}
