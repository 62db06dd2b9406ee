//! What a file is made of, as a tree: headings and claims of an article, entries of a
//! registry or of front matter, tables of the configuration.

use crate::config::FILE_NAME;
use crate::corpus::{FileFacts, FileKind};
use crate::data::{Field, Node, Value, toml};
use crate::syntax::{self, Annotation, Article, Block, Carrier, Heading};
use crate::text::{LineIndex, Place, Span};

/// How many characters of a claim's words its name has: about what an outline is wide.
const WORDS: usize = 60;

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called; never empty.
    pub name: String,
    /// What there is to say beside.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it; inside that of what it is a part of.
    pub whole: Place,
    /// Its name, inside the whole.
    pub name_place: Place,
    /// Its parts, in the order of their places.
    pub children: Vec<Symbol>,
}

/// What kind of part a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SymbolKind {
    /// A heading and what is under it.
    Heading,
    /// A claim.
    Claim,
    /// A dated entry of a live page.
    Entry,
    /// An entity in a registry, or the one that a page is about.
    Entity,
    /// A source.
    Source,
    /// An article as a whole.
    Article,
    /// A table of the configuration.
    Table,
    /// A setting of the configuration.
    Setting,
}

/// The parts of `file`, which holds `text`.
#[must_use]
pub fn symbols(file: &FileFacts, text: &str) -> Vec<Symbol> {
    if *file.path == *FILE_NAME {
        return settings(text);
    }
    match file.kind {
        FileKind::Registry | FileKind::Bibliography if file.article.is_none() => entries(file),
        FileKind::Article | FileKind::Dossier | FileKind::Registry | FileKind::Bibliography => {
            // What the front matter defines comes before the body.
            let mut all = entries(file);
            all.extend(article(text, &syntax::parse(text)));
            all
        }
    }
}

/// The tables of the configuration with their settings.
fn settings(text: &str) -> Vec<Symbol> {
    let lines = LineIndex::new(text);
    let root = toml::parse(text).root;
    let tables = root.iter().flat_map(|root| root.fields());
    sorted(tables.filter_map(|field| setting(text, &lines, field)).collect())
}

/// A setting, or a table with those in it; each entry of a list of tables is one of them.
fn setting(text: &str, lines: &LineIndex, field: &Field) -> Option<Symbol> {
    let name = one_line(&field.key.value);
    let place = |span: Span| lines.place(text, span);
    let whole = field.span();
    let inner: Vec<Symbol> = match &field.value.value {
        Value::Mapping(fields) => fields.iter().filter_map(|field| setting(text, lines, field)).collect(),
        Value::Sequence(items) => {
            let tables = items.iter().filter(|item| !item.fields().is_empty());
            tables.filter_map(|item| entry_of_list(text, lines, &name, item)).collect()
        }
        _ => Vec::new(),
    };
    let is_table = matches!(field.value.value, Value::Mapping(_)) || !inner.is_empty();
    Some(Symbol {
        name: if name.is_empty() { "unnamed".to_owned() } else { name },
        detail: if is_table { String::new() } else { one_line(field.value.span.of(text)) },
        kind: if is_table { SymbolKind::Table } else { SymbolKind::Setting },
        whole: place(whole),
        name_place: place(field.key.span),
        children: sorted(inner),
    })
}

/// A table of a list, which goes by its first setting.
fn entry_of_list(text: &str, lines: &LineIndex, list: &str, item: &Node) -> Option<Symbol> {
    let first = item.fields().first()?;
    let inner = item.fields().iter().filter_map(|field| setting(text, lines, field)).collect();
    Some(Symbol {
        name: list.to_owned(),
        detail: one_line(first.value.span.of(text)),
        kind: SymbolKind::Table,
        whole: lines.place(text, item.span),
        name_place: lines.place(text, first.key.span),
        children: sorted(inner),
    })
}

fn sorted(mut symbols: Vec<Symbol>) -> Vec<Symbol> {
    symbols.sort_by_key(|symbol| symbol.whole.start);
    symbols
}

/// The entries of a registry. Of a source that is not on record the key is all there is.
fn entries(file: &FileFacts) -> Vec<Symbol> {
    let entities = file.entities.iter().filter(|entity| !entity.stale).map(|entity| {
        let kind = entity.kind.map_or("", |kind| kind.as_str());
        let id = if entity.id == entity.name { "" } else { &*entity.id };
        let detail = [kind, id].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        symbol(&entity.name, &entity.id, detail, SymbolKind::Entity, entity.place, entity.id_place)
    });
    let sources = file.sources.iter().filter(|source| !source.stale).map(|source| {
        let detail = match (source.protected, &source.title) {
            (true, _) => "not on record",
            (false, Some(title)) => title,
            (false, None) => &source.kind,
        };
        let name = &source.key;
        symbol(name, name, one_line(detail), SymbolKind::Source, source.place, source.key_place)
    });
    let mut all: Vec<Symbol> = entities.chain(sources).collect();
    all.sort_by_key(|symbol| (symbol.whole.start, std::cmp::Reverse(symbol.whole.end)));
    all
}

fn symbol(name: &str, id: &str, detail: String, kind: SymbolKind, whole: Place, name_place: Place) -> Symbol {
    let name = [one_line(name), one_line(id)].into_iter().find(|name| !name.is_empty());
    let whole = if whole.span().contains(name_place.span()) { whole } else { name_place };
    let name = name.unwrap_or_else(|| "unnamed".to_owned());
    Symbol { name, detail, kind, whole, name_place, children: Vec::new() }
}

/// A part of an article, as it is found: what nests is worked out from the spans.
struct Part {
    whole: Span,
    name_at: Span,
    name: String,
    detail: String,
    kind: SymbolKind,
}

fn article(text: &str, article: &Article) -> Vec<Symbol> {
    let mut parts = headings(text, article);
    for (index, annotation) in article.annotations.iter().enumerate() {
        parts.extend(annotated(text, article, index, annotation));
    }
    // Outer before inner; of two of one span the heading is around the claim that it is.
    parts.sort_by_key(|part| (part.whole.start, std::cmp::Reverse(part.whole.end), part.kind));
    let lines = LineIndex::new(text);
    let mut roots: Vec<Symbol> = Vec::new();
    let mut open: Vec<(Span, Symbol)> = Vec::new();
    for part in parts {
        while open.last().is_some_and(|(around, _)| around.end <= part.whole.start) {
            close(&mut open, &mut roots);
        }
        // A div may hold a heading and end before its section does: the part ends where
        // what is around it ends.
        let whole = open.last().map_or(part.whole, |(around, _)| part.whole.clamped(*around));
        let name_at = part.name_at.clamped(whole);
        let symbol = Symbol {
            name: part.name,
            detail: part.detail,
            kind: part.kind,
            whole: lines.place(text, whole),
            name_place: lines.place(text, name_at),
            children: Vec::new(),
        };
        open.push((whole, symbol));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

/// Takes the innermost open symbol and puts it where it belongs.
fn close(open: &mut Vec<(Span, Symbol)>, roots: &mut Vec<Symbol>) {
    if let Some((_, symbol)) = open.pop() {
        let siblings = open.last_mut().map_or(roots, |(_, parent)| &mut parent.children);
        siblings.push(symbol);
    }
}

/// Each heading with all up to the next that is as high.
fn headings(text: &str, article: &Article) -> Vec<Part> {
    let divs: Vec<Span> = article
        .annotations
        .iter()
        .filter(|annotation| annotation.carrier == Carrier::Div && is_shown(annotation))
        .map(|annotation| annotation.content)
        .collect();
    let mut divs = divs.into_iter().peekable();
    // The divs around the heading that is looked at.
    let mut around: Vec<Span> = Vec::new();
    let mut ends = vec![text.len(); article.headings.len()];
    // Headings whose section has not ended yet, and in how many divs they stand.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, heading) in article.headings.iter().enumerate() {
        let start = heading.span.start;
        while let Some(div) = divs.next_if(|div| div.start <= start) {
            around.retain(|outer| outer.end > div.start);
            around.push(div);
        }
        around.retain(|div| div.end > start);
        let depth = around.len();
        // What stands in a div ends with it, and ends nothing outside of it.
        let is_over = |&&(last, within): &&(usize, usize)| {
            within > depth || within == depth && article.headings[last].level >= heading.level
        };
        while let Some(&(last, _)) = open.last().filter(is_over) {
            ends[last] = ends[last].min(heading.span.start());
            open.pop();
        }
        ends[index] = around.last().map_or(text.len(), |div| div.end());
        open.push((index, depth));
    }
    article.headings.iter().zip(ends).map(|(heading, end)| section(text, article, heading, end)).collect()
}

/// Whether an annotation is a part of the outline: a claim, or an entry of a live page.
fn is_shown(annotation: &Annotation) -> bool {
    annotation.is_claim() || is_entry(annotation)
}

fn is_entry(annotation: &Annotation) -> bool {
    annotation.carrier == Carrier::Div && annotation.has_class("entry")
}

fn section(text: &str, article: &Article, heading: &Heading, end: usize) -> Part {
    let block: &Block = &article.blocks[heading.block];
    let start = heading.span.start();
    let end = start.max(end).max(heading.span.end().min(end));
    let content = Span::new(start, start + text[start..end].trim_end().len());
    let name = one_line(block.plain.of(&article.plain.text));
    Part {
        whole: content,
        name_at: if block.span.is_empty() { heading.span } else { block.span },
        name: if name.is_empty() { "#".repeat(usize::from(heading.level)) } else { name },
        detail: String::new(),
        kind: SymbolKind::Heading,
    }
}

/// A claim, or an entry of a live page.
fn annotated(text: &str, article: &Article, index: usize, annotation: &Annotation) -> Option<Part> {
    if !is_shown(annotation) {
        return None;
    }
    let claim = annotation.is_claim();
    let classes = annotation.attributes.classes().map(|(_, class)| class);
    let classes: Vec<&str> = classes.filter(|class| syntax::vocabulary::is_class(class)).collect();
    let id = article.id_of(&article.annotations[index]).map(one_line).filter(|id| !id.is_empty());
    let date = annotation.attributes.get(text, "date").map(|date| one_line(&date.text));
    let words = one_line(article.clean_text(annotation));
    let detail: Vec<&str> = classes.iter().copied().chain(id.as_deref()).collect();
    let name = date.filter(|date| !claim && !date.is_empty()).unwrap_or(words);
    let content = annotation.content.of(text);
    let start = annotation.content.start() + (content.len() - content.trim_start().len());
    let words_at = Span::new(start, start + content.trim().len());
    let name_at = if words_at.is_empty() { annotation.attributes.span } else { words_at };
    Some(Part {
        whole: annotation.span,
        name_at,
        name: if name.is_empty() { id.clone().unwrap_or_else(|| "claim".to_owned()) } else { name },
        detail: detail.join(" "),
        kind: if claim { SymbolKind::Claim } else { SymbolKind::Entry },
    })
}

/// The beginning of a text on one line.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        if let Some((end, _)) = out.char_indices().nth(WORDS) {
            out.truncate(end);
            out.push('…');
            break;
        }
    }
    out
}
