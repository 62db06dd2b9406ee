//! The key, class or value under an offset that means something by where it is written: in
//! attributes, front matter and registries. The text is read for it, of a registry no more
//! than the entry: nothing of this is kept in the facts.

mod path;

use crate::config::{Config, FILE_NAME};
use crate::corpus::{FileFacts, FileKind, StubForm};
use crate::data::date::Date;
use crate::data::term::{Term, find};
use crate::data::{self, Field, Format};
use crate::registry::{csl_date, terms};
use crate::syntax::{self, Attribute, AttributeKind, Attributes, terms as markup};
use crate::text::Span;

pub(super) use path::{Hit, Spot, spot};

/// Something that is written, and where.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) span: Span,
    pub(super) what: What,
}

/// What is written.
#[derive(Debug)]
pub(super) enum What {
    /// A class.
    Class(&'static Term),
    /// A key or field.
    Key(&'static Term),
    /// One of the words of a key.
    Word(&'static Term, &'static str),
    /// A date.
    Date(Date),
}

/// Above this, a registry is read an entry at a time or not at all.
const MOST_AT_ONCE: usize = 64 << 10;

/// What is written at `offset` of `file`, which holds `text`. `config` says what a registry
/// holds that has no entry yet.
pub(super) fn written(config: &Config, file: &FileFacts, text: &str, offset: usize) -> Option<Written> {
    if *file.path == *FILE_NAME {
        return None;
    }
    let found = match file.article.is_some() || file.kind == FileKind::Article {
        true => in_article(file, text, offset),
        false => in_registry(config, file, text, offset),
    };
    // Quotation marks are no part of what they are around.
    found.filter(|found| found.span.start() <= offset && offset <= found.span.end())
}

fn in_article(file: &FileFacts, text: &str, offset: usize) -> Option<Written> {
    let block = data::front_matter(text);
    if let Some(block) = block.filter(|block| offset <= block.content.end()) {
        let root = data::yaml::parse(text, block.content).root?;
        let fields = if file.kind == FileKind::Dossier { Fields::Page } else { Fields::FrontMatter };
        return fields.written(text, &spot(&root, offset)?);
    }
    let article = syntax::parse(text);
    let holds = |attributes: &&Attributes| {
        attributes.span.start() < offset && offset < attributes.span.end() && attributes.is_newsmarks(text)
    };
    let carried = article.annotations.iter().map(|annotation| &annotation.attributes);
    let pictures = article.links.iter().filter_map(|link| link.attributes.as_ref());
    let attributes = carried.chain(pictures).find(holds)?;
    let item = attributes.items.iter().rfind(|item| {
        let span = item.span;
        span.start() <= offset && offset <= span.end()
    })?;
    attribute(text, item, offset)
}

fn attribute(text: &str, item: &Attribute, offset: usize) -> Option<Written> {
    match item.kind {
        AttributeKind::Id => None,
        AttributeKind::Class => {
            let term = find(markup::CLASSES, &item.text)?;
            Some(Written { span: item.span, what: What::Class(term) })
        }
        AttributeKind::Pair => {
            let term = find(markup::KEYS, item.name.of(text))?;
            if offset <= item.name.end() {
                return Some(Written { span: item.name, what: What::Key(term) });
            }
            value(text, term, item.value?, &item.text, offset)
        }
    }
}

/// What stands as the value of `term`.
fn value(text: &str, term: &'static Term, span: Span, said: &str, offset: usize) -> Option<Written> {
    if is_date(term) {
        let date = Date::parse_lenient(said.trim()).ok()?;
        return Some(Written { span, what: What::Date(date) });
    }
    if term.words.is_empty() {
        return None;
    }
    // `reply` has words in a list, each perhaps behind a name.
    let (span, said) = match part_at(text, span, offset) {
        Some(part) if term.name == "reply" => (part, part.of(text)),
        _ => (span, said),
    };
    let word = known_word(term, said.trim())?;
    Some(Written { span, what: What::Word(term, word) })
}

/// A word of the term, as registries may write it too.
fn known_word(term: &'static Term, said: &str) -> Option<&'static str> {
    let lower = said.to_lowercase();
    let hyphened = lower.replace(['_', ' '], "-");
    let is_it = |word: &&str| **word == *lower || **word == *hyphened;
    term.words.iter().map(|(word, _)| *word).find(is_it)
}

fn is_date(term: &Term) -> bool {
    term.takes.starts_with("a date")
}

/// The part of a list at `offset`, without what stands before a colon in it.
fn part_at(text: &str, span: Span, offset: usize) -> Option<Span> {
    let mut start = span.start();
    for part in span.of(text).split_inclusive([',', ':']) {
        let bare = part.trim_end_matches([',', ':']);
        let end = start + bare.len();
        if offset <= end {
            let lead = bare.len() - bare.trim_start().len();
            return Some(Span::new(start + lead, start + lead + bare.trim().len()));
        }
        start += part.len();
    }
    None
}

/// Whose fields are looked at.
#[derive(Clone, Copy)]
enum Fields {
    /// Those of an article.
    FrontMatter,
    /// Those of a page about an entity.
    Page,
    Entity,
    Source,
    FollowTheMoney,
}

impl Fields {
    /// The terms of the fields below a path of keys.
    fn below(self, path: &[&str]) -> &'static [Term] {
        match (self, path) {
            (Fields::FrontMatter, []) => markup::FRONT_MATTER,
            (Fields::FrontMatter | Fields::Page, ["references", rest @ ..]) => Fields::Source.below(rest),
            (Fields::FrontMatter, ["corrections"]) => markup::CORRECTION,
            (Fields::FrontMatter | Fields::Page, ["author" | "authors"])
            | (Fields::Source, ["author" | "editor"]) => terms::NAME,
            (Fields::Page, []) | (Fields::Entity, []) => terms::ENTITY,
            (Fields::Page | Fields::Entity, ["roles"]) => terms::ROLE,
            (Fields::Source, []) => terms::SOURCE,
            (Fields::Source, ["custom"]) => terms::CUSTOM,
            (Fields::FollowTheMoney, []) => terms::FTM,
            (Fields::FollowTheMoney, ["properties"]) => terms::FTM_PROPERTIES,
            _ => &[],
        }
    }

    /// The term of the last of a path of keys.
    fn term(self, path: &[&str]) -> Option<&'static Term> {
        let (last, above) = path.split_last()?;
        // What the fields of CSL are called in other letters.
        let name = match *last {
            "url" => "URL",
            "doi" => "DOI",
            other => other,
        };
        let own = find(self.below(above), name);
        match (self, above) {
            (Fields::Page, []) => match *last {
                "entity" => find(terms::PAGE, "entity"),
                // The type of a page is the business of whatever else reads it.
                "type" => None,
                _ => own.or_else(|| find(markup::FRONT_MATTER, name)),
            },
            (Fields::FrontMatter, []) => own.or_else(|| find(terms::PAGE, name)),
            _ => own,
        }
    }

    fn written(self, text: &str, spot: &Spot<'_>) -> Option<Written> {
        let path: Vec<&str> = spot.keys.iter().map(|field| field.key.as_str()).collect();
        match spot.hit {
            Hit::Key => {
                let span = spot.keys.last()?.key.span;
                Some(Written { span, what: What::Key(self.term(&path)?) })
            }
            Hit::Value(node) => {
                // The parts of a date have keys of their own.
                let dated = (1..=path.len()).find_map(|depth| {
                    let term = self.term(&path[..depth]).filter(|term| is_date(term))?;
                    Some((term, spot.keys[depth - 1]))
                });
                match dated {
                    Some((_, field)) => date(text, field),
                    None => {
                        let said = node.as_str()?;
                        value(text, self.term(&path)?, node.content, said, spot.offset)
                    }
                }
            }
        }
    }
}

/// The date that a field says.
fn date(text: &str, field: &Field) -> Option<Written> {
    let date = Date::parse_lenient(csl_date(text, field)?.trim()).ok()?;
    let span = field.value.content;
    Some(Written { span, what: What::Date(date) })
}

fn in_registry(config: &Config, file: &FileFacts, text: &str, offset: usize) -> Option<Written> {
    let format = Format::of(&file.path);
    let holds = |span: Span| span.start() <= offset && offset <= span.end();
    let entities = file.entities.iter().filter(|entity| !entity.stale).map(|entity| entity.place.span());
    let sources = file.sources.iter().filter(|source| !source.stale).map(|source| source.place.span());
    let entry = entities.chain(sources).filter(|span| holds(*span)).min_by_key(|span| span.len());
    let whole = Span::new(0, text.len());
    let entry = match entry {
        Some(entry) => entry,
        None if text.len() <= MOST_AT_ONCE => whole,
        None => return None,
    };
    // What holds now is of this text.
    let entry_text = text.get(entry.range())?;
    if format == Format::Bibtex {
        return in_bibtex(entry_text, offset - entry.start()).map(|found| shifted(found, entry.start()));
    }
    let is_entities = match (file.entities.is_empty(), file.sources.is_empty(), file.stub) {
        (false, ..) | (true, true, Some(StubForm::EntityYaml(_))) => true,
        (true, false, _) => false,
        _ => {
            file.kind == FileKind::Registry
                && !config.sources.is_match(&file.path)
                && config.entities.is_match(&file.path)
        }
    };
    let is_json = matches!(format, Format::Json | Format::JsonLines);
    let fields = match (is_entities, is_json) {
        (true, true) => Fields::FollowTheMoney,
        (true, false) => Fields::Entity,
        (false, _) => Fields::Source,
    };
    if is_json {
        let at = offset - entry.start();
        let roots = match fields {
            Fields::FollowTheMoney => data::json::parse_lines(entry_text).nodes,
            _ => data::json::parse(entry_text).root.into_iter().collect(),
        };
        let spot = roots.iter().find_map(|root| spot(root, at))?;
        return fields.written(entry_text, &spot).map(|found| shifted(found, entry.start()));
    }
    let root = data::yaml::parse(text, with_its_mark(text, entry)).root?;
    let mut spot = spot(&root, offset)?;
    // A list may stand below one key.
    if spot.keys.first().is_some_and(|field| matches!(field.key.as_str(), "entities" | "references")) {
        spot.keys.remove(0);
    }
    fields.written(text, &spot)
}

/// An entry of a YAML list with all of its first line, where the mark of its item stands, to
/// which the others are indented.
fn with_its_mark(text: &str, entry: Span) -> Span {
    let start = text[..entry.start()].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let before = text[start..entry.start()].trim_start_matches('\u{feff}');
    let is_block = !entry.of(text).starts_with(['{', '[']) && before.chars().all(|c| matches!(c, ' ' | '-'));
    if is_block { Span::new(start, entry.end()) } else { entry }
}

fn in_bibtex(text: &str, offset: usize) -> Option<Written> {
    let parsed = data::bibtex::parse(text);
    let holds = |span: Span| span.start() <= offset && offset <= span.end();
    let entry = parsed.entries.iter().find(|entry| holds(entry.span))?;
    let field = entry.fields.iter().find(|field| holds(field.name.span) || holds(field.span))?;
    let term = terms::bibtex(&field.name.value)?;
    if holds(field.name.span) {
        return Some(Written { span: field.name.span, what: What::Key(term) });
    }
    let said = field.text();
    match field.name.value.as_str() {
        // Each says a part of it.
        "year" | "month" | "day" => None,
        _ => value(text, term, said.span, &said.value, offset),
    }
}

fn shifted(found: Written, by: usize) -> Written {
    Written { span: found.span.shifted(by), ..found }
}
