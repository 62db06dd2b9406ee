//! Blocks and ordinary inline Markdown, as `pulldown-cmark` reads them, in the
//! shape that the pass over annotations needs: which stretches hold inline text,
//! and what in them is not to be read.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use rustc_hash::FxHashMap;

use crate::text::Span;

use super::tree::{Block, BlockKind, Footnote, LinkDefinition, LinkTarget};

/// Smart punctuation would alter attributes, definition lists would eat fenced
/// divs, and wiki links, heading attributes and divs are read by our own pass.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH);

/// The blocks of one article.
#[derive(Default)]
pub(super) struct Blocks {
    /// Blocks of inline text, in order; their `plain` is still to be filled in.
    pub(super) blocks: Vec<Block>,
    /// For each block, where its items end in `items`; they begin where the block before ends.
    pub(super) item_ends: Vec<usize>,
    /// Inline Markdown in the blocks, by start.
    pub(super) items: Vec<Item>,
    /// Block-level elements by start, outer before inner: what a suppression can cover.
    pub(super) outline: Vec<Span>,
    /// Comments and other raw HTML between blocks.
    pub(super) html: Vec<Span>,
    /// Footnote definitions.
    pub(super) footnotes: Vec<Footnote>,
    /// Where labels of links lead, by start.
    pub(super) definitions: Vec<LinkDefinition>,
    /// The numbers of footnotes by label.
    labels: FxHashMap<String, usize>,
    /// The innermost block quote, list item or definition around each block, so that
    /// a fence closes only what was opened in the same one.
    pub(super) containers: Vec<u32>,
    /// The end of each container, by its number.
    pub(super) container_ends: Vec<usize>,
    /// The spans of whole headings, with the numbers of their blocks.
    heading_spans: Vec<(usize, Span)>,
}

/// A piece of inline Markdown.
#[derive(Debug)]
pub(super) struct Item {
    /// All of it.
    pub(super) span: Span,
    pub(super) kind: ItemKind,
}

#[derive(Debug)]
pub(super) enum ItemKind {
    /// Not read; shown as it stands between the two offsets: code, math, autolinks.
    /// Attributes that follow directly belong to it if it `carries` any.
    Verbatim { shown: Span, carries: bool },
    /// Not read and not shown: tags and comments.
    Html,
    /// `[^1]`, with the definition's number.
    FootnoteReference(usize),
    /// Emphasis; the marks are that many bytes long at each end.
    Emphasis { marks: usize },
    /// A link or image whose text or description ends at the bracket `text_end`.
    Link { image: bool, text_end: usize, target: LinkTarget },
    /// Bytes that stand for other text: `&amp;`.
    Replaced { by: Box<str> },
}

impl Blocks {
    /// All of the heading that block `number` is the text of.
    pub(super) fn heading(&self, number: usize) -> Option<Span> {
        let index = self.heading_spans.binary_search_by_key(&number, |&(block, _)| block).ok()?;
        Some(self.heading_spans[index].1)
    }

    /// The number of the footnote with that label, if the article defines one.
    pub(super) fn footnote(&self, label: &str) -> Option<usize> {
        self.labels.get(&label_name(label)).copied()
    }
}

/// A label as it is compared: without regard to case and amounts of white space.
fn label_name(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Reads `source` from `body.start` on. Everything before is left alone.
pub(super) fn read(source: &str, body: Span) -> Blocks {
    let mut reader = BlockReader::new(source, body.start());
    let parser = Parser::new_ext(body.of(source), OPTIONS);
    let definitions = parser.reference_definitions().iter().filter_map(|(_, definition)| {
        let span = Span::from(definition.span.clone()).shifted(body.start());
        let destination = destination_of_definition(source, span)?;
        Some(LinkDefinition { span, destination, target: definition.dest.as_ref().into() })
    });
    reader.out.definitions = definitions.collect();
    reader.out.definitions.sort_by_key(|definition| definition.span.start);
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, Span::from(range).shifted(body.start()));
    }
    reader.finish()
}

struct BlockReader<'a> {
    source: &'a str,
    out: Blocks,
    /// What kind of block inline text belongs to now, when inside one.
    kind: Option<BlockKind>,
    /// The block being read: first byte and last byte so far.
    open: Option<Span>,
    /// Starts of emphasis and links that are still open, as indices in `items`.
    inline_stack: Vec<usize>,
    /// The end of the inline event before.
    last_end: usize,
    containers: Vec<u32>,
    quotes: u32,
    lists: u32,
    footnote: Vec<u32>,
    row: u32,
    in_code: bool,
    heading: Option<Span>,
}

impl<'a> BlockReader<'a> {
    fn new(source: &'a str, start: usize) -> Self {
        BlockReader {
            source,
            out: Blocks { container_ends: vec![source.len()], ..Blocks::default() },
            kind: None,
            open: None,
            inline_stack: Vec::new(),
            last_end: start,
            containers: vec![0],
            quotes: 0,
            lists: 0,
            footnote: Vec::new(),
            row: 0,
            in_code: false,
            heading: None,
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Html(_) => {}
            Event::Rule => {
                self.close_block();
                self.out.outline.push(span);
            }
            Event::Text(_) if self.in_code => {}
            Event::Text(text) => {
                // The backslash of an escape is in no event; at the start of a block
                // it is in no block either.
                let is_escaped = self.open.is_none()
                    && self.source.as_bytes()[span.start()].is_ascii_punctuation()
                    && self.source.as_bytes()[..span.start()].last() == Some(&b'\\');
                let start = span.start() - usize::from(is_escaped);
                self.grow(Span::new(start, span.end()));
                // A character reference: the only text that does not stand for itself.
                if self.source.as_bytes()[span.start()] == b'&' && &*text != span.of(self.source) {
                    self.item(span, ItemKind::Replaced { by: (&*text).into() });
                }
            }
            Event::Code(_) => {
                self.grow(span);
                let ticks = span.of(self.source).bytes().take_while(|&byte| byte == b'`').count();
                let shown = Span::new(span.start() + ticks, (span.end() - ticks).max(span.start() + ticks));
                self.item(span, ItemKind::Verbatim { shown, carries: true });
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.grow(span);
                let dollars = if span.of(self.source).starts_with("$$") { 2 } else { 1 };
                let shown = Span::new(span.start() + dollars, span.end() - dollars);
                self.item(span, ItemKind::Verbatim { shown, carries: false });
            }
            Event::InlineHtml(_) => {
                self.grow(span);
                self.item(span, ItemKind::Html);
            }
            Event::FootnoteReference(label) => {
                self.grow(span);
                let number = self.footnote_number(&label);
                self.item(span, ItemKind::FootnoteReference(number));
            }
            // It stands before the item's text.
            Event::TaskListMarker(_) => {}
            Event::SoftBreak | Event::HardBreak => {
                self.grow(Span::at(span.start()));
                self.last_end = span.end();
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Emphasis => return self.open_inline(span, ItemKind::Emphasis { marks: 1 }),
            Tag::Strong => return self.open_inline(span, ItemKind::Emphasis { marks: 2 }),
            Tag::Strikethrough => {
                let marks = if span.of(self.source).starts_with("~~") { 2 } else { 1 };
                return self.open_inline(span, ItemKind::Emphasis { marks });
            }
            Tag::Superscript | Tag::Subscript => {
                return self.open_inline(span, ItemKind::Emphasis { marks: 1 });
            }
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.grow(span);
                let shown = Span::new(span.start() + 1, span.end() - 1);
                return self.open_inline(span, ItemKind::Verbatim { shown, carries: true });
            }
            Tag::Link { link_type, dest_url, .. } => {
                let span = self.whole_link(span, link_type);
                return self.open_inline(span, link(false, link_type, &dest_url));
            }
            Tag::Image { link_type, dest_url, .. } => {
                let span = self.whole_link(span, link_type);
                return self.open_inline(span, link(true, link_type, &dest_url));
            }
            _ => self.close_block(),
        }
        match tag {
            Tag::Paragraph => {
                self.out.outline.push(span);
                self.kind = Some(BlockKind::Paragraph);
            }
            Tag::Heading { level, .. } => {
                self.out.outline.push(span);
                self.kind = Some(BlockKind::Heading(level as u8));
                self.heading = Some(span);
            }
            Tag::BlockQuote(_) => {
                self.out.outline.push(span);
                self.quotes += 1;
                self.enter(span);
            }
            Tag::List(_) => {
                self.out.outline.push(span);
                self.lists += 1;
            }
            Tag::Item => self.enter(span),
            Tag::Table(_) => self.out.outline.push(span),
            Tag::TableHead | Tag::TableRow => self.row += 1,
            Tag::TableCell => self.kind = Some(BlockKind::Cell(self.row)),
            Tag::FootnoteDefinition(label) => {
                self.out.outline.push(span);
                let number = self.footnote_number(&label);
                self.out.footnotes[number].span = span;
                self.footnote.push(number as u32);
                self.enter(span);
            }
            Tag::CodeBlock(_) => {
                self.out.outline.push(span);
                self.in_code = true;
            }
            Tag::HtmlBlock => {
                self.out.outline.push(span);
                self.out.html.push(span);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => return self.close_inline(span),
            _ => self.close_block(),
        }
        match tag {
            TagEnd::BlockQuote(_) => {
                self.quotes -= 1;
                self.leave();
            }
            TagEnd::List(_) => self.lists -= 1,
            TagEnd::Item => self.leave(),
            TagEnd::FootnoteDefinition => {
                self.footnote.pop();
                self.leave();
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Heading(_) => self.heading = None,
            _ => {}
        }
        self.kind = None;
    }

    fn enter(&mut self, span: Span) {
        self.containers.push(self.out.container_ends.len() as u32);
        self.out.container_ends.push(span.end());
    }

    fn leave(&mut self) {
        self.containers.pop();
    }

    fn footnote_number(&mut self, label: &str) -> usize {
        let name = label_name(label);
        if let Some(&number) = self.out.labels.get(&name) {
            return number;
        }
        let number = self.out.footnotes.len();
        self.out.labels.insert(name, number);
        self.out.footnotes.push(Footnote { span: Span::default(), label: label.into() });
        number
    }

    fn grow(&mut self, span: Span) {
        self.open = Some(match self.open {
            Some(open) => Span::new(open.start(), open.end().max(span.end())),
            None => span,
        });
        self.last_end = span.end();
    }

    fn item(&mut self, span: Span, kind: ItemKind) {
        // What an autolink or an image's description holds is read with it.
        self.out.items.push(Item { span, kind });
    }

    fn open_inline(&mut self, span: Span, kind: ItemKind) {
        self.grow(Span::at(span.start()));
        self.inline_stack.push(self.out.items.len());
        self.last_end = match &kind {
            ItemKind::Emphasis { marks } => span.start() + marks,
            ItemKind::Link { image, .. } => span.start() + 1 + usize::from(*image),
            _ => span.start(),
        };
        self.item(span, kind);
    }

    fn close_inline(&mut self, span: Span) {
        let inner_end = self.last_end;
        let Some(at) = self.inline_stack.pop() else { return self.grow(span) };
        let Item { span, kind } = &mut self.out.items[at];
        if let ItemKind::Link { text_end, .. } = kind {
            // White space before the bracket is in no event.
            let rest = &self.source.as_bytes()[inner_end..span.end()];
            *text_end = inner_end + rest.iter().position(|&byte| byte == b']').unwrap_or(0);
        }
        let span = *span;
        self.grow(span);
    }

    /// The parser leaves the second pair of brackets out of `[text][]`.
    fn whole_link(&self, span: Span, link_type: LinkType) -> Span {
        let is_collapsed = matches!(link_type, LinkType::Collapsed | LinkType::CollapsedUnknown);
        let lacks = is_collapsed && self.source[span.end()..].starts_with("[]");
        Span::new(span.start(), span.end() + if lacks { 2 } else { 0 })
    }

    fn close_block(&mut self) {
        let Some(span) = self.open.take() else { return };
        self.inline_stack.clear();
        let number = self.out.blocks.len();
        if let Some(heading) = self.heading {
            self.out.heading_spans.push((number, heading));
        }
        self.out.blocks.push(Block {
            kind: self.kind.unwrap_or(BlockKind::Paragraph),
            span,
            plain: Span::default(),
            footnote: self.footnote.last().copied(),
            quotes: self.quotes,
            in_list: self.lists > 0,
        });
        self.out.containers.push(self.containers.last().copied().unwrap_or(0));
        self.out.item_ends.push(self.out.items.len());
    }

    fn finish(mut self) -> Blocks {
        self.close_block();
        self.out
    }
}

/// The destination in `[label]: destination "title"`.
fn destination_of_definition(text: &str, definition: Span) -> Option<Span> {
    let mut is_escaped = false;
    let end = definition.of(text).bytes().position(|byte| {
        let ends = byte == b']' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })?;
    let after = definition.start() + end + 1;
    text[after..definition.end()].starts_with(':').then_some(())?;
    destination(text, Span::new(after + 1, definition.end()))
}

/// The destination with which a stretch of a link or of a definition begins: `<in pointed
/// brackets>`, or up to white space.
pub(super) fn destination(text: &str, stretch: Span) -> Option<Span> {
    let trimmed = stretch.of(text).trim_start();
    let from = stretch.end() - trimmed.len();
    if let Some(pointed) = trimmed.strip_prefix('<') {
        return Some(Span::new(from + 1, from + 1 + pointed.find('>')?));
    }
    let to = trimmed.find(|c: char| c.is_ascii_whitespace()).unwrap_or(trimmed.len());
    Some(Span::new(from, from + to))
}

fn link(image: bool, link_type: LinkType, destination: &str) -> ItemKind {
    let target = match link_type {
        LinkType::Inline => LinkTarget::Inline(destination.into()),
        _ => LinkTarget::Reference(destination.into()),
    };
    ItemKind::Link { image, text_end: 0, target }
}
