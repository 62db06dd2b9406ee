//! Taking entries out of a list of sources, whatever it is written in, and leaving the rest
//! as it is.

use crate::data::{Node, Value, json, yaml};
use crate::registry::{
    Read, Source, read_references, read_sources_bibtex, read_sources_csl_json, read_sources_csl_yaml,
};
use crate::syntax::front_matter;
use crate::text::Span;

use super::page::{Changes, Page};

/// What a list of sources is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// The front matter of an article.
    FrontMatter,
    Yaml,
    Json,
    Bibtex,
}

impl List {
    /// That of the page.
    pub(super) fn of(page: &Page<'_>) -> List {
        let path = page.asked.file.path.to_ascii_lowercase();
        if page.facts().is_some() {
            List::FrontMatter
        } else if path.ends_with(".json") {
            List::Json
        } else if path.ends_with(".bib") || path.ends_with(".bibtex") {
            List::Bibtex
        } else {
            List::Yaml
        }
    }

    /// The sources in a text.
    fn read(self, text: &str) -> Option<Read<Source>> {
        Some(match self {
            List::FrontMatter => read_references(text, &references(text)?),
            List::Yaml => read_sources_csl_yaml(text),
            List::Json => read_sources_csl_json(text),
            List::Bibtex => read_sources_bibtex(text),
        })
    }
}

/// The value of `references:` in an article's front matter.
pub(super) fn references(text: &str) -> Option<Node> {
    let block = crate::data::front_matter(text)?;
    front_matter::read(text, &block).references
}

/// Takes out the entries whose keys stand at these places; none where the rest would not be
/// what it is.
pub(super) fn entries(page: &Page<'_>, keys: &[Span]) -> Option<Changes> {
    let (text, list) = (page.text(), List::of(page));
    let before = list.read(text)?;
    let is_gone = |entry: &Source| keys.iter().any(|key| entry.span.contains(*key));
    let changes = match list {
        List::Bibtex => {
            bibtex(text, before.entries.iter().filter(|entry| is_gone(entry)).map(|one| one.span))
        }
        _ => nodes(text, list, keys)?,
    };
    let after = page.changed(&changes);
    let (read, none) = (list.read(&after), Vec::new());
    let (left, problems) = read.as_ref().map_or((&none, 0), |read| (&read.entries, read.problems.len()));
    let kept: Vec<&Source> = before.entries.iter().filter(|entry| !is_gone(entry)).collect();
    let is_same = kept.len() == left.len()
        && kept.iter().zip(left).all(|(a, b)| is_one(a, b))
        && problems <= before.problems.len()
        && kept.len() + keys.len() == before.entries.len();
    // The rest of an article's front matter and all of its text have to be what they were.
    let is_whole = list != List::FrontMatter || is_same_article(page, &after);
    (is_same && is_whole).then_some(changes)
}

/// Whether two entries say the same, wherever they stand.
fn is_one(a: &Source, b: &Source) -> bool {
    let title = |source: &Source| source.title.as_ref().map(|title| title.value.clone());
    let issued = |source: &Source| source.issued.as_ref().map(|date| date.value.clone());
    let url = |source: &Source| source.url.as_ref().map(|url| url.value.clone());
    a.key.value == b.key.value
        && title(a) == title(b)
        && issued(a) == issued(b)
        && url(a) == url(b)
        && a.relays.len() == b.relays.len()
        && a.terms() == b.terms()
        && a.authors.len() == b.authors.len()
}

fn is_same_article(page: &Page<'_>, after: &str) -> bool {
    let front = |text: &str| {
        let block = crate::data::front_matter(text)?;
        let parsed = yaml::parse(text, block.content);
        let fields = parsed.root.as_ref().map(Node::fields).unwrap_or_default().iter();
        let others: Vec<String> = fields
            .filter(|field| field.key.value != "references")
            .map(|field| format!("{}: {}", field.key.value, field.value.span.of(text)))
            .collect();
        Some((others, text[block.span.end()..].to_owned()))
    };
    front(page.text()) == front(after)
}

/// Entries of a bibliography, with the empty lines after each.
fn bibtex(text: &str, gone: impl Iterator<Item = Span>) -> Changes {
    gone.map(|span| {
        let rest = &text[span.end()..];
        let end = span.end() + (rest.len() - rest.trim_start().len());
        (Span::new(span.start(), end), String::new())
    })
    .collect()
}

/// Items of a list in YAML or JSON.
fn nodes(text: &str, list: List, keys: &[Span]) -> Option<Changes> {
    let (root, field) = match list {
        List::FrontMatter => {
            let block = crate::data::front_matter(text)?;
            let root = yaml::parse(text, block.content).root?;
            let field = root.fields().iter().find(|field| field.key.value == "references")?;
            (field.value.clone(), Some(field.key.span))
        }
        List::Json => (json::parse(text).root?, None),
        _ => {
            let root = yaml::parse_file(text).root?;
            (root.get("references").cloned().unwrap_or(root), None)
        }
    };
    let Value::Sequence(items) = &root.value else { return None };
    let gone: Vec<bool> = items.iter().map(|item| keys.iter().any(|key| item.span.contains(*key))).collect();
    let is_block = list != List::Json && items.iter().all(|item| dash(text, item.span).is_some());
    if !is_block {
        return Some(between_commas(items, &gone));
    }
    if let Some(key) = field.filter(|_| gone.iter().all(|gone| *gone)) {
        let start = line_start(text, key.start());
        return Some(vec![(Span::new(start, end_of_item(text, items.last()?.span)), String::new())]);
    }
    let lines = items.iter().zip(&gone).enumerate().filter(|(_, (_, gone))| **gone).map(|(at, (item, _))| {
        let start = line_start(text, item.span.start());
        let mut end = end_of_item(text, item.span);
        // The empty lines that keep it apart from the next one go with it.
        if at + 1 < items.len() {
            while let Some(line) = text[end..]
                .split_inclusive('\n')
                .next()
                .filter(|line| line.trim().is_empty() && !line.is_empty())
            {
                end += line.len();
            }
        }
        (Span::new(start, end), String::new())
    });
    Some(lines.collect())
}

/// Of a list between brackets the items that go, with their commas.
fn between_commas(items: &[Node], gone: &[bool]) -> Changes {
    let mut changes = Changes::new();
    let mut at = 0;
    while at < items.len() {
        if !gone[at] {
            at += 1;
            continue;
        }
        let first = at;
        while at < items.len() && gone[at] {
            at += 1;
        }
        let span = match (first.checked_sub(1), items.get(at)) {
            (Some(before), _) => Span { start: items[before].span.end, end: items[at - 1].span.end },
            (None, Some(next)) => Span { start: items[first].span.start, end: next.span.start },
            (None, None) => Span { start: items[first].span.start, end: items[at - 1].span.end },
        };
        changes.push((span, String::new()));
    }
    changes
}

/// Where the dash of an item stands that begins a line with it.
pub(super) fn dash(text: &str, item: Span) -> Option<usize> {
    let line = line_start(text, item.start());
    let before = &text[line..item.start()];
    (before.trim() == "-").then(|| line + before.find('-').unwrap_or(0))
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |newline| newline + 1)
}

/// Where the line after an item begins.
pub(super) fn end_of_item(text: &str, item: Span) -> usize {
    let end = item.start() + item.of(text).trim_end().len();
    let rest = &text[end..];
    match rest.find(['\n', '\r']) {
        Some(at) if rest[at..].starts_with("\r\n") => end + at + 2,
        Some(at) => end + at + 1,
        None => text.len(),
    }
}
