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
        let mut scanner = Scanner::new(text, &read, &fences.unclosed);
        let mut from = 0;
        for (number, (block, &to)) in read.blocks.iter().zip(&read.item_ends).enumerate() {
            let heading = read.heading(number);
            scanner.block(*block, &read.items[from..to], heading);
            from = to;
        }
        let Scanner { article, conflicts, .. } = scanner;
        if conflicts.is_empty() || round == ROUNDS {
            break (article, read);
        }
        mask(&mut source, &conflicts, b'x');
        round += 1;
    };
    article.problems.append(&mut fences.problems);
    add_divs(&mut article, fences.divs);
    nest(&mut article.annotations);
    article.citations.sort_by_key(|citation| citation.span.start);
    article.links.sort_by_key(|link| link.span.start);
    article.comments = suppression::all_comments(text, &read);
    article.suppressions = suppression::find(text, &read, &article);
    let Blocks { footnotes, definitions, .. } = read;
    article.footnotes = footnotes;
    article.definitions = definitions;
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
        let blocks = &article.blocks;
        let from = blocks.partition_point(|block| block.span.start < div.content.start);
        let to = blocks.partition_point(|block| block.span.start < div.content.end);
        let text = match blocks.get(from..to) {
            Some([first, .., last]) => first.plain.cover(last.plain),
            Some([only]) => only.plain,
            _ => Span::at(article.plain.from_source(div.content.start())),
        };
        article.annotations.push(Annotation {
            carrier: Carrier::Div,
            span: div.span,
            content: div.content,
            attributes: div.attributes,
            text,
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
        // What shows nothing has no place of its own.
        if let Some(&outer) = around.last() {
            annotations[index].text = annotations[index].text.clamped(annotations[outer].text);
        }
        around.push(index);
    }
}

/// Gives each heading the ids that links can use.
fn name_headings(text: &str, article: &mut Article) {
    let (mut pandoc, mut web) = (Names::default(), Names::default());
    let mut citations = article.citations.iter().filter(|citation| !citation.bare).peekable();
    for heading in &mut article.headings {
        let block = &article.blocks[heading.block];
        debug_assert!(matches!(block.kind, BlockKind::Heading(_)));
        let shown = block.plain.of(&article.plain.text);
        heading.web_id = web.unused(heading::web_id(shown));
        if let Some(id) = heading.id {
            pandoc.take(id.of(text).to_owned());
            continue;
        }
        // Pandoc's id is made of citations too.
        let mut with_groups = String::new();
        let mut from = block.plain.start();
        while citations.next_if(|citation| citation.span.end <= block.span.start).is_some() {}
        while let Some(group) = citations.next_if(|citation| block.span.contains(citation.span)) {
            let at = article.plain.from_source(group.span.start()).clamp(from, block.plain.end());
            with_groups.push_str(&article.plain.text[from..at]);
            if text[..group.span.start()].ends_with(char::is_whitespace) {
                with_groups.push(' ');
            }
            with_groups.push_str(group.span.of(text));
            from = at;
        }
        with_groups.push_str(&article.plain.text[from..block.plain.end()]);
        heading.pandoc_id = Some(pandoc.unused(heading::pandoc_id(&with_groups)));
    }
}

/// Names of which each can be had once; a second one gets a number, as in Pandoc and
/// on most sites.
#[derive(Default)]
struct Names {
    /// How many numbers were given to each name.
    taken: FxHashMap<String, usize>,
}

impl Names {
    fn take(&mut self, name: String) {
        self.taken.entry(name).or_default();
    }

    fn unused(&mut self, name: String) -> String {
        let Some(count) = self.taken.get_mut(&name) else {
            self.take(name.clone());
            return name;
        };
        // What is passed over here is passed over once: it is another name's only if
        // that is this one with a number.
        let mut number = *count;
        let found = loop {
            number += 1;
            let numbered = format!("{name}-{number}");
            if !self.taken.contains_key(&numbered) {
                break numbered;
            }
        };
        self.taken.insert(name, number);
        self.take(found.clone());
        found
    }
}
