//! The pass over inline text: brackets, attributes, citations and wiki links.
//!
//! One walk from left to right with a stack of open brackets; what a pair of
//! brackets is gets decided when it closes ([`brackets`]). Nothing is looked at
//! twice, so ten thousand open brackets cost ten thousand steps.

mod brackets;
mod emphasis;
mod faults;

use crate::text::Span;

use super::attributes::{self, Reader};
use super::blocks::{Blocks, Item, ItemKind};
use super::citation::{self, Addresses};
use super::plain::{self, Cut, Shown};
use super::tree::{
    Annotation, Article, Attributes, Block, BlockKind, Carrier, Citation, CitedItem, Heading, Problem,
    ProblemFix, ProblemKind,
};
use super::vocabulary;

/// Reads blocks into an article.
pub(super) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    reader: Reader<'a>,
    blocks: &'a Blocks,
    /// Opening fences that are text, by start: their attributes are not looked at.
    fences: &'a [Span],
    pub(super) article: Article,
    /// Attribute blocks out of which code or HTML reaches, as the Markdown parser
    /// took it: it has to be run again without them.
    pub(super) conflicts: Vec<Span>,
    /// Used again and again, so that a block costs no allocation.
    cuts: Vec<Cut>,
}

/// How much had been read when a block began.
#[derive(Clone, Copy)]
struct Start {
    annotations: usize,
    citations: usize,
    mentions: usize,
    links: usize,
    footnotes: usize,
    problems: usize,
}

/// A bracket that is open. There may be as many as the text has bytes, so keys and
/// semicolons are kept in stacks beside it: those from `keys` and `semicolons` on up
/// to the next opener's stand directly in it.
struct Opener {
    /// The byte of `[`.
    at: u32,
    keys: u32,
    semicolons: u32,
    /// The ordinary link that begins here, as an index in the block's items.
    link: Option<u32>,
    /// The group that this bracket touches, which is one only if this never closes.
    touches: Option<Box<Waiting>>,
}

/// A citation group that is none if the bracket after it closes.
struct Waiting {
    group: Span,
    items: Vec<CitedItem>,
    keys: Vec<Key>,
}

/// `@key`, before it is known what for.
#[derive(Clone)]
struct Key {
    /// With the sign, and a minus before it.
    span: Span,
    key: Span,
    /// The bracketed words right after it, which Pandoc takes for a locator.
    bracket: Option<Span>,
}

/// What an attribute block that nothing carries directly follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Text.
    Text,
    /// A link or code, which Pandoc lets carry attributes and newsmark does not.
    Carrier,
    /// A bracket that closes nothing.
    Stray,
}

/// What one block is being read into.
struct BlockState<'b> {
    block: Block,
    number: usize,
    items: &'b [Item],
    /// The next item that the walk has not passed.
    next: usize,
    openers: Vec<Opener>,
    /// Keys that stand directly in a bracket that is open, or in none.
    keys: Vec<Key>,
    semicolons: Vec<usize>,
    /// Keys in brackets that turned out to be no citation.
    bare: Vec<Key>,
    /// A link whose bracket comes next: the bracket's byte and the item.
    link: Option<(usize, usize)>,
    /// The group that has just closed, if a bracket follows.
    waiting: Option<Box<Waiting>>,
    /// The pair of plain brackets closed last.
    last_pair: Option<Span>,
    /// Groups that touch, reported together: the problem's index and where they end.
    chain: Option<(usize, usize)>,
    /// Where a link or code ended that an attribute block would belong to.
    carrier_end: usize,
    /// The parentheses of the block, once somebody asked: opening and closing byte.
    parentheses: Option<Vec<(u32, u32)>>,
    /// Closing brackets without partner.
    strays: Vec<usize>,
    /// Attribute blocks that nothing carries, and what stands right before each.
    loose: Vec<(Attributes, Before)>,
    emphases: Vec<(Span, usize)>,
    heading: Option<Attributes>,
    start: Start,
    addresses: Addresses,
}

/// The bytes at which the walk stops.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    let marks = b"[]@\\;{";
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

impl<'a> Scanner<'a> {
    /// A reader of the `blocks` of `text`, in which `fences` were never closed.
    pub(super) fn new(text: &'a str, blocks: &'a Blocks, fences: &'a [Span]) -> Self {
        Scanner {
            text,
            bytes: text.as_bytes(),
            reader: Reader::new(text),
            blocks,
            fences,
            article: Article::default(),
            conflicts: Vec::new(),
            cuts: Vec::new(),
        }
    }

    /// Reads one block. `heading` is all of the heading that it is the text of.
    pub(super) fn block(&mut self, block: Block, items: &[Item], heading: Option<Span>) {
        self.cuts.clear();
        let mut state = BlockState {
            block,
            number: self.article.blocks.len(),
            items,
            next: 0,
            openers: Vec::new(),
            keys: Vec::new(),
            semicolons: Vec::new(),
            bare: Vec::new(),
            link: None,
            waiting: None,
            last_pair: None,
            chain: None,
            carrier_end: usize::MAX,
            parentheses: None,
            strays: Vec::new(),
            loose: Vec::new(),
            emphases: Vec::new(),
            heading: None,
            start: self.start(),
            addresses: Addresses::default(),
        };
        self.walk(&mut state);
        self.finish(state, heading);
    }

    fn walk(&mut self, state: &mut BlockState<'_>) {
        let end = state.block.span.end();
        let mut at = state.block.span.start();
        while at < end {
            while state.items.get(state.next).is_some_and(|item| item.span.start() < at) {
                state.next += 1;
            }
            let stop = state.items.get(state.next).map_or(end, |item| item.span.start().min(end));
            let special = self.bytes[at..stop].iter().position(|&byte| SPECIAL[byte as usize]);
            at = match special {
                Some(offset) => self.special(state, at + offset),
                None if stop == end => break,
                None => self.item(state, stop),
            };
        }
    }

    /// Handles the item that begins at `at`; returns where the walk goes on.
    fn item(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        let index = state.next;
        let item = &state.items[index];
        state.next += 1;
        let span = item.span;
        match &item.kind {
            ItemKind::Verbatim { shown, carries } => {
                self.cut(span.start(), shown.start());
                self.cut(shown.end(), span.end());
                self.article.verbatim.push(span);
                if *carries {
                    state.carrier_end = span.end();
                }
                span.end()
            }
            ItemKind::Html => {
                self.cut(span.start(), span.end());
                span.end()
            }
            ItemKind::FootnoteReference(number) => {
                self.cut(span.start(), span.end());
                self.article.footnote_references.push((span, *number));
                span.end()
            }
            ItemKind::Replaced { by } => {
                self.cuts.push(Cut { span, shown: Shown::Text(by.clone()) });
                span.end()
            }
            ItemKind::Emphasis { marks } => {
                state.emphases.push((span, *marks));
                at
            }
            ItemKind::Link { image, .. } => {
                state.link = Some((span.start() + usize::from(*image), index));
                at
            }
        }
    }

    /// Handles the special byte at `at`; returns where the walk goes on.
    fn special(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        let end = state.block.span.end();
        match self.bytes[at] {
            b'\\' => match self.bytes[at + 1..end].first() {
                Some(next) if next.is_ascii_punctuation() => {
                    self.cut(at, at + 1);
                    at + 2
                }
                // A hard break.
                Some(b'\n' | b'\r') => {
                    self.cut(at, at + 1);
                    at + 1
                }
                _ => at + 1,
            },
            b'[' => {
                let link = state.link.take_if(|(bracket, _)| *bracket == at).map(|(_, item)| item as u32);
                if let Some((span, number)) = self.footnote(at, end) {
                    self.cut(span.start(), span.end());
                    self.article.footnote_references.push((span, number));
                    return span.end();
                }
                let opener = Opener {
                    at: at as u32,
                    keys: state.keys.len() as u32,
                    semicolons: state.semicolons.len() as u32,
                    link,
                    touches: state.waiting.take(),
                };
                state.openers.push(opener);
                at + 1
            }
            b']' => self.close(state, at),
            b'@' => self.key(state, at),
            b';' => {
                if !state.openers.is_empty() {
                    state.semicolons.push(at);
                }
                at + 1
            }
            _ => {
                let before = if state.carrier_end == at { Before::Carrier } else { Before::Text };
                self.loose_block(state, at, before)
            }
        }
    }

    /// The reference to a footnote that begins at `at`: one whatever follows it. (The
    /// Markdown parser takes it for a link's text where `[` or `(` does.)
    fn footnote(&self, at: usize, end: usize) -> Option<(Span, usize)> {
        let label = self.text[at..end].strip_prefix("[^")?;
        let label = &label[..label.find(['[', ']', ' ', '\t', '\n', '\r'])?];
        let to = at + 2 + label.len();
        let number = if self.bytes[to] == b']' { self.blocks.footnote(label)? } else { return None };
        Some((Span::new(at, to + 1), number))
    }

    fn key(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        let block = state.block.span;
        if !state.addresses.at_sign_is_free(self.text, block.start(), at) {
            return at + 1;
        }
        let Some((key, to)) = citation::key(self.text, at + 1, block.end()) else {
            return at + 1;
        };
        let minus = at > block.start() && self.bytes[at - 1] == b'-';
        let span = Span::new(at - usize::from(minus), to);
        state.keys.push(Key { span, key, bracket: None });
        to
    }

    /// A `{` that follows no pair of brackets.
    fn loose_block(&mut self, state: &mut BlockState<'_>, at: usize, before: Before) -> usize {
        let end = state.block.span.end();
        let begins_block = self.text[at + 1..end]
            .trim_start_matches([' ', '\t'])
            .starts_with(|c: char| matches!(c, '.' | '#' | '-' | '}') || c.is_alphabetic());
        if !begins_block || self.is_in_fence(at) {
            return at + 1;
        }
        let attributes = match self.read_attributes(state, at) {
            Ok(attributes) => attributes,
            Err(failure) => {
                self.malformed(state, at, failure, false);
                return at + 1;
            }
        };
        let to = attributes.span.end();
        let carried = before == Before::Carrier;
        if before == Before::Text && state.openers.is_empty() && self.ends_heading(state, to) {
            state.heading = Some(attributes);
            return end;
        }
        let is_ours = attributes.classes().any(|(_, class)| vocabulary::is_class(class));
        if carried {
            self.cut(at, to);
        }
        if is_ours {
            state.loose.push((attributes, before));
        }
        if is_ours || carried { to } else { at + 1 }
    }

    /// Whether `at` stands in an opening fence that is text.
    fn is_in_fence(&self, at: usize) -> bool {
        let after = self.fences.partition_point(|fence| fence.start() <= at);
        after > 0 && self.fences[after - 1].contains_offset(at)
    }

    /// Whether the heading that is being read has nothing more on its line from `at` on.
    fn ends_heading(&self, state: &BlockState<'_>, at: usize) -> bool {
        // Closing `#`s after the attributes stand outside the heading's text.
        let line = || self.text[at..].bytes().take_while(|byte| !matches!(byte, b'\n' | b'\r'));
        matches!(state.block.kind, BlockKind::Heading(_))
            && is_blank(&self.text[at..state.block.span.end()])
            && line().all(|byte| matches!(byte, b' ' | b'\t'))
    }

    /// Reads attributes, and notes where the Markdown parser saw something else there.
    fn read_attributes(
        &mut self,
        state: &BlockState<'_>,
        at: usize,
    ) -> Result<Attributes, attributes::Failure> {
        let attributes = self.reader.read(at, state.block.span.end(), state.block.quotes)?;
        let inside = state.items[state.next..]
            .iter()
            .skip_while(|item| item.span.start() < at)
            .take_while(|item| item.span.start() < attributes.span.end());
        for item in inside {
            let is_opaque =
                matches!(item.kind, ItemKind::Verbatim { .. } | ItemKind::Html | ItemKind::Link { .. });
            if is_opaque && item.span.end() > attributes.span.end() {
                self.conflicts.push(attributes.span);
            }
        }
        Ok(attributes)
    }

    fn start(&self) -> Start {
        let article = &self.article;
        Start {
            annotations: article.annotations.len(),
            citations: article.citations.len(),
            mentions: article.mentions.len(),
            links: article.links.len(),
            footnotes: article.footnote_references.len(),
            problems: article.problems.len(),
        }
    }

    /// Takes back all that was read since the bracket at `open`: what was read before
    /// it begins before it.
    fn take_back(&mut self, state: &mut BlockState<'_>, open: u32) {
        let article = &mut self.article;
        pop_from(&mut article.annotations, |it| it.span.start >= open);
        pop_from(&mut article.citations, |it| it.span.start >= open);
        pop_from(&mut article.mentions, |it| it.span.start >= open);
        pop_from(&mut article.links, |it| it.span.start >= open);
        pop_from(&mut article.footnote_references, |it| it.0.start >= open);
        pop_from(&mut article.problems, |it| it.span.start >= open);
        pop_from(&mut self.cuts, |it| it.span.start >= open);
        pop_from(&mut state.bare, |it| it.span.start >= open);
        pop_from(&mut state.loose, |it| it.0.span.start >= open);
    }

    /// Closes the block: what is still open, emphasis, the plain text.
    fn finish(&mut self, mut state: BlockState<'_>, heading: Option<Span>) {
        if let (Some(attributes), Some(whole)) = (state.heading.take(), heading) {
            self.heading_attributes(&state, attributes, whole);
        }
        let mut open = std::mem::take(&mut state.openers);
        self.settle(&mut state, &mut open);
        self.bare_keys(&mut state);
        let unclosed = self.loose_blocks(&state, &open);
        self.unmatched(&state, &open, &unclosed);
        self.emphasis(&state);
        let block = Block {
            plain: plain::append(&mut self.article.plain, self.text, &state.block, &mut self.cuts),
            ..state.block
        };
        self.article.blocks.push(block);
        let Article { annotations, plain, .. } = &mut self.article;
        let own = &mut annotations[state.start.annotations..];
        for annotation in own.iter_mut() {
            let from = plain.from_source(annotation.content.start());
            let to = plain.from_source(annotation.content.end());
            annotation.text = Span::new(from.min(to), to).clamped(block.plain);
        }
        if let BlockKind::Heading(level) = block.kind {
            let id = own
                .iter()
                .find(|annotation| annotation.carrier == Carrier::Heading)
                .and_then(|annotation| annotation.attributes.id())
                .map(|id| id.value.unwrap_or(id.name));
            self.article.headings.push(Heading {
                span: heading.unwrap_or(block.span),
                level,
                block: state.number,
                id,
                pandoc_id: None,
                web_id: String::new(),
            });
        }
    }

    /// `# Head ## {.claim}`: the closing marks are no text.
    fn heading_attributes(&mut self, state: &BlockState<'_>, attributes: Attributes, whole: Span) {
        let block = state.block.span;
        let before = self.text[block.start()..attributes.span.start()].trim_end();
        let bare = before.trim_end_matches('#');
        let text = if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim_end() } else { before };
        let text_end = block.start() + text.len();
        self.cut(text_end, block.end());
        self.article.annotations.push(Annotation {
            carrier: Carrier::Heading,
            span: Span::new(whole.start(), attributes.span.end()),
            content: Span::new(block.start(), text_end),
            attributes,
            text: Span::default(),
            parent: None,
            block: Some(state.number),
            flawed: false,
        });
    }

    fn bare_keys(&mut self, state: &mut BlockState<'_>) {
        for key in state.bare.drain(..).chain(state.keys.drain(..)) {
            let suffix = key.bracket.unwrap_or(Span::at(key.span.end()));
            self.article.citations.push(Citation {
                span: key.span,
                bare: true,
                items: vec![CitedItem {
                    span: key.span,
                    key: key.key,
                    prefix: Span::at(key.span.start()),
                    suffix,
                    locator: key.bracket.and_then(|_| citation::locator(self.text, suffix)),
                }],
            });
        }
    }

    fn cut(&mut self, from: usize, to: usize) {
        if from < to {
            self.cuts.push(Cut { span: Span::new(from, to), shown: Shown::Nothing });
        }
    }

    fn problem(
        &mut self,
        kind: ProblemKind,
        span: Span,
        message: &str,
        help: Option<&str>,
        fix: Option<ProblemFix>,
    ) {
        self.article.problems.push(Problem {
            kind,
            span,
            message: message.to_owned(),
            help: help.map(str::to_owned),
            fix,
        });
    }
}

fn pop_from<T>(all: &mut Vec<T>, mut is_after: impl FnMut(&T) -> bool) {
    while all.pop_if(|it| is_after(it)).is_some() {}
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}
