//! What a selection grows to, step by step: a word, what is quoted, the claim, the sentence,
//! the paragraph, the section; in data a value, its field, its entry, the list.

use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::FileFacts;
use crate::data::{Format, Node, Value, bibtex};
use crate::syntax::sentence::{quotations, sentences};
use crate::syntax::{Article, Attributes, Block};
use crate::text::{LineIndex, Place, Span};

use super::symbols::{Symbol, symbols};
use super::trees::{self, trees};

/// For each of some offsets in `file`, which holds `text`, what a selection there grows to:
/// from the inside out, each inside the next, and all of the file at last.
#[must_use]
pub fn selections(file: &FileFacts, text: &str, offsets: &[usize]) -> Vec<Vec<Place>> {
    let article = trees::article(file, text);
    let trees = trees(file, text, article.as_ref());
    let symbols = symbols(file, text);
    let is_large = trees::is_large(text, article.as_ref());
    let bibliography = match Format::of(&file.path) {
        Format::Bibtex if article.is_none() && !is_large => bibtex::parse(text).entries,
        _ => Vec::new(),
    };
    let lines = LineIndex::new(text);
    let grown = |&offset: &usize| {
        let mut steps = Steps { text, offset: within(text, offset), found: Vec::new() };
        steps.words(&lines);
        for tree in &trees {
            steps.node(tree);
        }
        for entry in &bibliography {
            steps.bibtex(entry);
        }
        steps.symbols(&symbols);
        if is_large {
            let around = symbols.iter().find(|entry| steps.is_in(entry.whole.span()));
            let tree = around.and_then(|entry| trees::entry(file, text, entry.whole.span()));
            tree.iter().for_each(|tree| steps.node(tree));
        }
        if let Some(article) = &article {
            steps.article(article, language(file));
        }
        steps.nested().into_iter().map(|span| lines.place(text, span)).collect()
    };
    offsets.iter().map(grown).collect()
}

fn language(file: &FileFacts) -> &str {
    file.article.as_ref().map_or("en", |article| &article.lang)
}

/// The offset, or the last character before it.
fn within(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// What is around one offset, in any order.
struct Steps<'t> {
    text: &'t str,
    offset: usize,
    found: Vec<Span>,
}

impl<'t> Steps<'t> {
    /// Either end counts as inside.
    fn is_in(&self, span: Span) -> bool {
        (span.start()..=span.end()).contains(&self.offset)
    }

    fn add(&mut self, span: Span) -> bool {
        let is_in = self.is_in(span);
        if is_in && !span.is_empty() {
            self.found.push(span);
        }
        is_in
    }

    /// From the inside out, each longer than the one before. Of two that overlap the shorter
    /// counts.
    fn nested(mut self) -> Vec<Span> {
        self.found.push(Span::new(0, self.text.len()));
        self.found.sort_by_key(|span| (span.len(), span.start));
        let mut nested: Vec<Span> = Vec::new();
        for span in self.found {
            if nested.last().is_none_or(|last| span.contains(*last) && span != *last) {
                nested.push(span);
            }
        }
        nested
    }

    /// The word; between two the one that begins there.
    fn words(&mut self, lines: &LineIndex) {
        let line = lines.line_span(self.text, lines.line_of(self.offset));
        let Some(line) = line else { return };
        // Nobody reads a line that is longer; looking for words in it takes its time.
        const LONGEST: usize = 64 * 1024;
        let from = within(self.text, self.offset.saturating_sub(LONGEST)).max(line.start());
        let to = within(self.text, self.offset + LONGEST).min(line.end());
        let words = self.text[from..to].unicode_word_indices().map(|(at, word)| {
            let at = from + at;
            Span::new(at, at + word.len())
        });
        let mut word = None;
        for span in words.skip_while(|span| span.end() < self.offset) {
            if !self.is_in(span) {
                break;
            }
            word = Some(span);
        }
        self.found.extend(word);
    }

    /// A value, its field, what they are in.
    fn node(&mut self, node: &Node) {
        if !self.add(node.span) {
            return;
        }
        self.add(node.content);
        match &node.value {
            Value::Sequence(items) => items.iter().for_each(|item| self.node(item)),
            Value::Mapping(fields) => {
                for field in fields {
                    self.add(field.key.span);
                    let before = &self.text[..field.key.span.start()];
                    let mark = usize::from(before.ends_with(['"', '\'']));
                    let start = field.key.span.start() - mark;
                    if self.add(Span::new(start, field.span().end())) {
                        self.node(&field.value);
                    }
                }
            }
            _ => {}
        }
    }

    fn bibtex(&mut self, entry: &bibtex::Entry<'_>) {
        if !self.add(entry.span) {
            return;
        }
        self.add(entry.key.span);
        for field in &entry.fields {
            self.add(field.name.span);
            self.add(field.content);
            self.add(field.span);
            self.add(field.name.span.cover(field.span));
        }
    }

    /// Sections, claims, entries.
    fn symbols(&mut self, symbols: &[Symbol]) {
        for symbol in symbols {
            if self.add(symbol.whole.span()) {
                self.symbols(&symbol.children);
            }
        }
    }

    /// What is around the offset in an article.
    fn article(&mut self, article: &Article, lang: &str) {
        if let Some(block) = &article.front_matter {
            self.add(block.content);
            self.add(block.span);
        }
        for annotation in &article.annotations {
            if self.add(annotation.span) {
                self.add(annotation.content);
                self.attributes(&annotation.attributes);
            }
        }
        for link in &article.links {
            if self.add(link.span) {
                self.add(link.text);
                link.destination.map(|destination| self.add(destination));
            }
            link.attributes.iter().for_each(|attributes| self.attributes(attributes));
        }
        for citation in &article.citations {
            if self.add(citation.span) {
                for item in &citation.items {
                    self.add(item.key);
                    self.add(item.span);
                    self.add(trimmed(self.text, item.prefix.cover(item.suffix)));
                }
            }
        }
        for mention in &article.mentions {
            if self.add(mention.span) {
                self.add(mention.target);
                mention.shown.map(|shown| self.add(shown));
            }
        }
        for span in article.comments.iter().chain(&article.verbatim) {
            self.add(*span);
        }
        for footnote in &article.footnotes {
            self.add(trimmed(self.text, footnote.span));
        }
        for heading in &article.headings {
            self.add(trimmed(self.text, heading.span));
        }
        let after = article.blocks.partition_point(|block| block.span.start() <= self.offset);
        let Some(number) = after.checked_sub(1) else { return };
        let block = article.blocks[number];
        if self.add(block.span) {
            self.quotes(article, block);
            self.sentences(article, number, lang);
        }
    }

    /// Words, value, attribute, block.
    fn attributes(&mut self, attributes: &Attributes) {
        if self.add(attributes.span) {
            for item in &attributes.items {
                self.add(item.name);
                item.value.map(|value| self.add(value));
                self.add(item.span);
            }
        }
    }

    /// What stands between quotation marks, without and with them.
    fn quotes(&mut self, article: &Article, block: Block) {
        let plain = &article.plain;
        let start = block.plain.start();
        for quotation in quotations(block.plain.of(&plain.text)) {
            for part in [quotation.inner, quotation.outer] {
                let (from, to) = (plain.to_source(start + part.start), plain.end_to_source(start + part.end));
                if from <= to {
                    self.add(Span::new(from, to));
                }
            }
        }
    }

    /// The sentence, as far as it is in the claim that it reaches out of, and all sentences that
    /// a claim reaches into.
    fn sentences(&mut self, article: &Article, number: usize, lang: &str) {
        let sentences = self.sentences_of(article, article.blocks[number], lang);
        let own = sentences.iter().find(|sentence| self.offset < sentence.end()).or(sentences.last());
        let Some(&own) = own else { return };
        let mut inner = own;
        let annotations = article.annotations.iter().filter(|annotation| annotation.block == Some(number));
        // Inner ones come after those around them.
        let around: Vec<_> = annotations.filter(|annotation| self.is_in(annotation.span)).collect();
        for annotation in around {
            if !own.contains(annotation.span) && self.is_in(annotation.content) {
                inner = own.clamped(annotation.content);
            }
            let touched = sentences
                .iter()
                .filter(|sentence| {
                    sentence.start < annotation.span.end && annotation.span.start < sentence.end
                })
                .fold(annotation.span, |all, sentence| all.cover(*sentence));
            self.found.push(touched);
        }
        self.add(inner);
    }

    /// The sentences of a block, each with its marks and what it cites.
    fn sentences_of(&self, article: &Article, block: Block, lang: &str) -> Vec<Span> {
        let plain = &article.plain;
        let (start, words) = (block.plain.start(), block.plain.of(&plain.text));
        let mut found = sentences(words, lang).into_iter().peekable();
        let mut from = block.span.start();
        let mut out = Vec::new();
        while let Some(sentence) = found.next() {
            let shown = words[sentence.clone()].trim_end().len();
            let end = plain.end_to_source(start + sentence.start + shown);
            let (to, next_from) = match found.peek() {
                None => (block.span.end(), block.span.end()),
                Some(next) => {
                    let next = plain.to_source(start + next.start).max(end);
                    self.boundary(article, Span::new(end, next))
                }
            };
            if from < to {
                out.push(Span::new(from, to));
            }
            from = next_from.max(from);
        }
        out
    }

    /// Where between two sentences the first ends and the second begins: at the last white
    /// space that is in no attribute and no citation.
    fn boundary(&self, article: &Article, between: Span) -> (usize, usize) {
        let is_hidden = |at: usize| {
            let citations = &article.citations;
            let cited = citations.partition_point(|citation| citation.span.start() <= at);
            let in_citation = cited > 0 && citations[cited - 1].span.contains_offset(at);
            let annotations = &article.annotations;
            // Attributes end what they belong to: those of one that begins before.
            let last = annotations.partition_point(|annotation| annotation.span.start() <= at);
            let mut before = annotations[..last].iter().rev().take(64);
            in_citation || before.any(|annotation| annotation.attributes.span.contains_offset(at))
        };
        let gap = between.of(self.text);
        let mut spaces = gap.char_indices().rev().filter(|(_, c)| c.is_whitespace());
        match spaces.find(|(at, _)| !is_hidden(between.start() + at)) {
            Some((at, space)) => {
                let to = between.start() + gap[..at].trim_end().len();
                (to, between.start() + at + space.len_utf8())
            }
            None => (between.end(), between.end()),
        }
    }
}

/// Without white space at the ends.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start() + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}
