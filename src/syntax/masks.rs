//! From the body's text to an article: readings by the Markdown parser, with what
//! it must not see masked, and the pass over annotations on top.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::text::Span;

use super::blocks::{self, Blocks};
use super::fences::{self, Div};
use super::inline::Scanner;
use super::tree::{Annotation, Article, BlockKind, Carrier};
use super::{checks, heading, suppression};

/// How often a reading is begun again because code or HTML seemed to reach out of
/// an attribute block. Each round masks what the last one found; after the third,
/// which no draft has ever needed, the rest is read as it comes.
const ROUNDS: usize = 3;

/// Reads everything of `text` from `body.start` on.
pub(super) fn parse_body(text: &str, body: Span) -> Article {
    let mut source = Cow::Borrowed(text);
    let mut fences = fences::Fences::default();
    if memchr::memmem::find(body.of(text).as_bytes(), b":::").is_some() {
        fences = fences::find(text, &blocks::read(text, body));
        mask(&mut source, &fences.lines, b' ');
    }
    let mut round = 1;
    let (mut article, read) = loop {
        let read = blocks::read(&source, body);
        let mut scanner = Scanner::new(text);
        let mut from = 0;
        for (number, (block, &to)) in read.blocks.iter().zip(&read.item_ends).enumerate() {
            let heading = read.heading_spans.get(&number).copied();
            scanner.block(*block, &read.items[from..to], heading);
            from = to;
        }
        if scanner.conflicts.is_empty() || round == ROUNDS {
            break (scanner.article, read);
        }
        mask(&mut source, &scanner.conflicts, b'x');
        round += 1;
    };
    article.problems.append(&mut fences.problems);
    add_divs(&mut article, fences.divs);
    nest(&mut article.annotations);
    article.citations.sort_by_key(|citation| citation.span.start);
    article.suppressions = suppression::find(text, &read, &article);
    let Blocks { footnotes, .. } = read;
    article.footnotes = footnotes;
    name_headings(text, &mut article);
    checks::check(text, &mut article);
    article.problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    article
}

/// Overwrites bytes, line ends apart.
fn mask(source: &mut Cow<'_, str>, spans: &[Span], with: u8) {
    if spans.is_empty() {
        return;
    }
    let mut bytes = std::mem::take(source.to_mut()).into_bytes();
    for span in spans {
        for byte in &mut bytes[span.range()] {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = with;
            }
        }
    }
    *source = Cow::Owned(String::from_utf8(bytes).expect("whole characters are overwritten by ASCII"));
}

fn add_divs(article: &mut Article, divs: Vec<Div>) {
    for div in divs {
        let from = article.plain.from_source(div.content.start());
        let to = article.plain.from_source(div.content.end());
        article.annotations.push(Annotation {
            carrier: Carrier::Div,
            span: div.span,
            content: div.content,
            attributes: div.attributes,
            text: Span::new(from.min(to), to),
            parent: None,
            block: None,
            flawed: false,
        });
    }
}

/// Puts annotations in order of their starts, outer ones first, and finds for each
/// the one around it.
fn nest(annotations: &mut [Annotation]) {
    annotations.sort_by_key(|annotation| (annotation.span.start, std::cmp::Reverse(annotation.span.end)));
    let mut around: Vec<usize> = Vec::new();
    for index in 0..annotations.len() {
        let span = annotations[index].span;
        while around.last().is_some_and(|&outer| !annotations[outer].content.contains(span)) {
            around.pop();
        }
        annotations[index].parent = around.last().copied();
        around.push(index);
    }
}

/// Gives each heading the ids that links can use; a doubled one gets a number, as
/// in Pandoc and on most sites.
fn name_headings(text: &str, article: &mut Article) {
    let mut pandoc: FxHashMap<String, usize> = FxHashMap::default();
    let mut web: FxHashMap<String, usize> = FxHashMap::default();
    let number = |seen: &mut FxHashMap<String, usize>, id: String| {
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}-{}", *count - 1) }
    };
    for index in 0..article.headings.len() {
        let block = &article.blocks[article.headings[index].block];
        debug_assert!(matches!(block.kind, BlockKind::Heading(_)));
        let shown = block.plain.of(&article.plain.text);
        let (for_pandoc, for_web) = (heading::pandoc_id(shown), heading::web_id(shown));
        let heading = &mut article.headings[index];
        match heading.id {
            Some(id) => {
                pandoc.entry(id.of(text).to_owned()).or_insert(1);
            }
            None => heading.pandoc_id = Some(number(&mut pandoc, for_pandoc)),
        }
        heading.web_id = number(&mut web, for_web);
    }
}
