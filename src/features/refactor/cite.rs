//! Making a source of an ordinary link, or of words that name one.

use crate::corpus::NewSource;
use crate::diagnostic::Edit;
use crate::syntax::Link;
use crate::text::Span;

use super::page::{Changes, Growth, Page, shortened, trimmed};
use super::remove::{dash, end_of_item, line_start};
use super::{Refactoring, RefactoringKind};

/// More words than a title has.
const MOST_WORDS: usize = 20;

pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    if page.facts().is_none() {
        return;
    }
    if let Some((link, url)) = link(page) {
        let title = "Make this link a source, and cite it";
        found.push(Refactoring::new(RefactoringKind::NewSource, title, of_link(page, link, url).into()));
    } else if let Some((words, after)) = selection(page) {
        let title = format!("Make “{}” a source, and cite it", shortened(bare(words)));
        let work = of_words(page, words, after);
        found.push(Refactoring::new(RefactoringKind::NewSource, title, work.into()));
    }
}

/// The ordinary link at the cursor that leads out of the corpus.
fn link<'p>(page: &'p Page<'_>) -> Option<(&'p Link, &'p str)> {
    let range = page.asked.range;
    let is_here = |link: &&Link| link.span.start <= range.start && range.end <= link.span.end && !link.image;
    let link = page.article().links.iter().rfind(is_here)?;
    let url = link.target.as_str();
    let lower = url.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then_some((link, url))
}

fn of_link(page: &Page<'_>, link: &Link, url: &str) -> Result<Vec<Edit>, String> {
    let asked = &page.asked;
    let plain = &page.article().plain;
    let shown = &plain.text[plain.from_source(link.text.start())..plain.from_source(link.text.end())];
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if shown.is_empty() {
        return Err("the link shows no words".to_owned());
    }
    let host = url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#', ':']).next());
    let host = host.unwrap_or_default().trim_start_matches("www.");
    let site = host.split('.').next().unwrap_or_default();
    let key = asked.corpus.unused_key(asked.file, &format!("{site} {shown}"));
    let source = NewSource { key: &key, kind: "webpage", title: &shown, web: Some((url, asked.today)) };
    let changes = vec![
        (Span::new(link.span.start(), link.text.start()), String::new()),
        (Span::new(link.text.end(), link.span.end()), format!(" [@{}]", cited(&key))),
    ];
    let growth = Growth { citations: 1, links: -1, ..Growth::default() };
    with_entry(page, &source, changes, growth)
}

/// The words that are selected, if they could be a title, and where they end.
fn selection<'a>(page: &Page<'a>) -> Option<(&'a str, usize)> {
    let span = trimmed(page.text(), page.asked.range);
    let words = span.of(page.text());
    let is_title = words.contains(char::is_alphanumeric)
        && !words.contains(['\n', '\r', '[', ']', '{', '}', '<', '>', '\\', '`', '@', '*', '_'])
        && words.split_whitespace().count() <= MOST_WORDS;
    let mut blocks = page.article().blocks.iter();
    let is_prose = blocks.any(|block| block.span.contains(span)) && !page.article().is_verbatim(span.start());
    (is_title && is_prose).then_some((words, span.end()))
}

fn of_words(page: &Page<'_>, words: &str, after: usize) -> Result<Vec<Edit>, String> {
    let asked = &page.asked;
    let title = bare(words);
    let key = asked.corpus.unused_key(asked.file, title);
    let source = NewSource { key: &key, kind: "document", title, web: None };
    let changes = vec![(Span::at(after), format!(" [@{}]", cited(&key)))];
    with_entry(page, &source, changes, Growth { citations: 1, ..Growth::default() })
}

/// A title without the marks around it.
fn bare(words: &str) -> &str {
    words.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | ',' | ' '))
}

/// A key as it is written behind its `@`.
fn cited(key: &str) -> String {
    let is_plain =
        key.chars().all(|c| c.is_alphanumeric() || c == '-') && key.starts_with(char::is_alphanumeric);
    if is_plain { key.to_owned() } else { format!("{{{key}}}") }
}

/// The changes with an entry for the source: in the registry, or where there is none in the
/// front matter.
fn with_entry(
    page: &Page<'_>,
    source: &NewSource<'_>,
    mut changes: Changes,
    growth: Growth,
) -> Result<Vec<Edit>, String> {
    if page.draft(&changes, growth).is_none() {
        return Err("a citation here would be read as something else".to_owned());
    }
    let added = page.asked.corpus.registry_for_source().and_then(|addition| addition.add(source));
    if added.is_none() {
        changes.insert(0, in_front_matter(page, source)?);
    }
    Ok(page.edits(changes).into_iter().chain(added).collect())
}

/// An entry in the article's own `references`.
fn in_front_matter(page: &Page<'_>, source: &NewSource<'_>) -> Result<(Span, String), String> {
    let (text, end) = (page.text(), page.line_end());
    let item = |indent: usize| {
        let fields = source.yaml();
        let lines = fields.iter().enumerate().map(|(number, field)| {
            format!("{}{}{field}{end}", " ".repeat(indent), if number == 0 { "- " } else { "  " })
        });
        lines.collect::<String>()
    };
    let change = match (&page.article().front_matter, super::remove::references(text)) {
        (None, _) => {
            let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            (Span::at(start), format!("---{end}references:{end}{}---{end}{end}", item(0)))
        }
        (Some(_), Some(list)) => {
            let last = list.items().last().filter(|last| dash(text, last.span).is_some());
            let Some(last) = last else { return Err("`references` is no list of lines here".to_owned()) };
            let indent = dash(text, last.span).unwrap_or_default() - line_start(text, last.span.start());
            (Span::at(end_of_item(text, last.span)), item(indent))
        }
        (Some(block), None) => (Span::at(block.content.end()), format!("references:{end}{}", item(0))),
    };
    let after = page.changed(&vec![change.clone()]);
    let keys = |text: &str| {
        let list = super::remove::references(text);
        let read = list.map(|list| crate::registry::read_references(text, &list).entries);
        read.unwrap_or_default().into_iter().map(|entry| entry.key.value).collect::<Vec<_>>()
    };
    let mut wanted = keys(text);
    wanted.push(source.key.to_owned());
    match keys(&after) == wanted {
        true => Ok(change),
        false => Err("the front matter leaves no place for one more source".to_owned()),
    }
}
