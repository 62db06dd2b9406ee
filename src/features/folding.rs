//! What of a file can be folded away: front matter, sections, claims and divs over several
//! lines, entries, comments.

use crate::corpus::FileFacts;
use crate::data::{Format, Node, Value};
use crate::syntax::{Article, Carrier};
use crate::text::{LineIndex, Place, Span};

use super::symbols::{Symbol, SymbolKind, symbols};
use super::trees::{self, trees};

/// Something over several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// All of it: the first line stays in sight, what follows is folded away.
    pub place: Place,
    /// What it is.
    pub kind: FoldKind,
}

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FoldKind {
    /// A section, with its heading.
    Section,
    /// Something with a beginning and an end of its own: front matter, a claim, a div, an
    /// attribute block, an entry.
    Region,
    /// A comment, or several under each other.
    Comment,
}

/// What of `file`, which holds `text`, can be folded, by start, outer before inner.
#[must_use]
pub fn folds(file: &FileFacts, text: &str) -> Vec<Fold> {
    let mut found = Found { text, lines: LineIndex::new(text), folds: Vec::new() };
    let article = trees::article(file, text);
    match &article {
        Some(article) => {
            found.article(article);
            found.symbols(&symbols(file, text));
        }
        None => match Format::of(&file.path) {
            Format::Toml => {
                found.tables();
                found.comments();
            }
            Format::Json | Format::JsonLines | Format::Bibtex => {
                found.symbols(&symbols(file, text));
            }
            _ => {
                found.symbols(&symbols(file, text));
                found.comments();
            }
        },
    }
    for tree in trees(file, text, article.as_ref()) {
        found.node(&tree);
    }
    let mut folds = found.folds;
    folds.sort_by_key(|fold| (fold.place.start.offset, std::cmp::Reverse(fold.place.end.offset), fold.kind));
    folds.dedup_by_key(|fold| (fold.place.start.line, fold.place.end.line));
    folds
}

struct Found<'t> {
    text: &'t str,
    lines: LineIndex,
    folds: Vec<Fold>,
}

impl Found<'_> {
    fn add(&mut self, span: Span, kind: FoldKind) {
        let shown = span.of(self.text).trim_end().len();
        let place = self.lines.place(self.text, Span::new(span.start(), span.start() + shown));
        if place.start.line < place.end.line {
            self.folds.push(Fold { place, kind });
        }
    }

    fn article(&mut self, article: &Article) {
        if let Some(block) = &article.front_matter {
            self.add(block.span, FoldKind::Region);
        }
        for annotation in &article.annotations {
            self.add(annotation.attributes.span, FoldKind::Region);
            if annotation.carrier == Carrier::Div {
                self.add(annotation.span, FoldKind::Region);
            }
        }
        for comment in &article.comments {
            self.add(*comment, FoldKind::Comment);
        }
    }

    /// Sections, claims and entries.
    fn symbols(&mut self, symbols: &[Symbol]) {
        for symbol in symbols {
            let kind = match symbol.kind {
                SymbolKind::Heading => FoldKind::Section,
                SymbolKind::Claim
                | SymbolKind::Entry
                | SymbolKind::Entity
                | SymbolKind::Source
                | SymbolKind::Article
                | SymbolKind::Table
                | SymbolKind::Setting => FoldKind::Region,
            };
            self.add(symbol.whole.span(), kind);
            self.symbols(&symbol.children);
        }
    }

    /// Fields and items over several lines.
    fn node(&mut self, node: &Node) {
        match &node.value {
            Value::Sequence(items) => {
                for item in items {
                    self.add(item.span, FoldKind::Region);
                    self.node(item);
                }
            }
            Value::Mapping(fields) => {
                for field in fields {
                    // A table of TOML stands behind its header, and is found by that.
                    if field.key.span.start <= field.value.span.start {
                        self.add(field.span(), FoldKind::Region);
                    }
                    self.node(&field.value);
                }
            }
            _ => {}
        }
    }

    /// The tables of TOML, each up to the next header.
    fn tables(&mut self) {
        let mut open = None;
        for line in 0..self.lines.line_count() {
            let Some(span) = self.lines.line_span(self.text, line) else { continue };
            if !span.of(self.text).starts_with('[') {
                continue;
            }
            if let Some(start) = open.replace(span.start()) {
                self.add(Span::new(start, span.start()), FoldKind::Region);
            }
        }
        if let Some(start) = open {
            self.add(Span::new(start, self.text.len()), FoldKind::Region);
        }
    }

    /// Lines under each other that are comments of YAML or TOML.
    fn comments(&mut self) {
        let mut open: Option<Span> = None;
        for line in 0..self.lines.line_count() {
            let Some(span) = self.lines.line_span(self.text, line) else { continue };
            if span.of(self.text).trim_start().starts_with('#') {
                open = Some(open.map_or(span, |open| open.cover(span)));
            } else if let Some(comment) = open.take() {
                self.add(comment, FoldKind::Comment);
            }
        }
        if let Some(comment) = open {
            self.add(comment, FoldKind::Comment);
        }
    }
}
