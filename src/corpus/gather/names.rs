//! What an article keeps of the names in its text, and a source of the names that protect it.

use crate::registry::{PersonName, Source};
use crate::syntax::Article;
use crate::syntax::front_matter::FrontMatter;
use crate::text::{NamePair, Span, fold, full_name, given_and_family, name_pairs};

use super::super::article::NamePlace;
use super::super::facts::EntityReference;
use super::super::registry::ProtectedName;
use super::SourceText;
use super::links::percent_decoded;

/// The pairs of words in an article that may be parts of one name, wherever they stand: in
/// what readers see, and in all that is left in a draft that is passed on, such as attributes,
/// titles of links, comments, code and front matter. Not in the front matter's own list of
/// sources, which is where such names belong.
pub(super) fn names<'f>(
    source: &SourceText<'_>,
    article: &Article,
    front: &FrontMatter,
    references: impl Iterator<Item = &'f EntityReference>,
) -> Vec<NamePlace> {
    let text = source.text;
    let mut out: Vec<NamePlace> = Vec::new();
    // The others stand in the text as they read.
    for reference in references.filter(|reference| reference.place.span().of(text) != &*reference.name) {
        let place = reference.place;
        name_pairs(&reference.name, |pair| out.push(NamePlace { hash: pair.hash, place }));
    }
    let mut add = |hash, span| out.push(NamePlace { hash, place: source.place(span) });
    for value in &front.rewritten {
        written(text, value.as_str(), value.span, &mut add);
    }
    let plain = &article.plain;
    for block in &article.blocks {
        let base = block.plain.start();
        name_pairs(block.plain.of(&plain.text), |pair| {
            let to = plain.end_to_source(base + pair.to);
            add(pair.hash, Span::new(plain.to_source(base + pair.from).min(to), to));
        });
    }
    for item in article.annotations.iter().flat_map(|annotation| &annotation.attributes.items) {
        written(text, &item.text, item.value.unwrap_or(item.name), &mut add);
    }
    for link in &article.links {
        let target = link.target.as_str();
        if target.contains('%') {
            written(text, &percent_decoded(target), link.destination.unwrap_or(link.span), &mut add);
        }
    }
    unshown(text, article, front, |span| {
        let mut add = |pair: NamePair| {
            add(pair.hash, Span::new(pair.from, pair.to).shifted(span.start()));
        };
        name_pairs(span.of(text), &mut add);
        if let Some(untagged) = untagged(span.of(text)) {
            name_pairs(&untagged, &mut add);
        }
    });
    out
}

/// The text with its tags and non-breaking spaces made into fill of the same length, which
/// parts no words; `None` where there is nothing of the kind, or nothing else.
fn untagged(text: &str) -> Option<String> {
    if !text.contains("</") && !text.contains("<br") && !text.contains("&nbsp;") {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag = rest[1..].starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
        let length = match rest.as_bytes()[0] {
            b'&' if rest.starts_with("&nbsp;") => "&nbsp;".len(),
            // Longer than any tag; bounds the look for an end that never comes.
            b'<' if is_tag => rest.bytes().take(4096).position(|byte| byte == b'>').map_or(1, |end| end + 1),
            _ => 1,
        };
        let is_break = rest.starts_with("<br") || rest.starts_with("&nbsp;");
        match (length, is_break) {
            (1, _) => out.push_str(&rest[..1]),
            (_, true) => out.extend(std::iter::repeat_n(' ', length)),
            (_, false) => out.extend(std::iter::repeat_n('*', length)),
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    Some(out)
}

/// The pairs of a value whose bytes say otherwise what it does, at the place of the whole.
fn written(text: &str, value: &str, span: Span, add: &mut impl FnMut(u32, Span)) {
    if span.of(text) != value {
        name_pairs(value, |pair| add(pair.hash, span));
    }
}

/// All that no reader sees as it stands, in order: what is between the stretches of shown text.
fn unshown(text: &str, article: &Article, front: &FrontMatter, mut with: impl FnMut(Span)) {
    let mut at = 0;
    let mut until = |from: usize, to: usize| {
        if from > at {
            with(Span::new(at, from));
        }
        at = at.max(to);
    };
    if let Some(references) = front.references.as_ref().map(|references| references.span) {
        until(references.start(), references.end());
    }
    for run in &article.plain.runs {
        until(run.source.start(), run.source.end());
    }
    until(text.len(), text.len());
}

/// The full names of those behind a source that is not on record.
pub(super) fn protected_names(source: &Source) -> Vec<ProtectedName> {
    if !source.is_protected() {
        return Vec::new();
    }
    source.authors.iter().filter_map(protected_name).collect()
}

fn protected_name(name: &PersonName) -> Option<ProtectedName> {
    let (given, family) = match name {
        PersonName { given: Some(given), family: Some(family), .. } => (given.as_str(), family.as_str()),
        PersonName { literal: Some(whole), .. }
        | PersonName { family: Some(whole), .. }
        | PersonName { given: Some(whole), .. } => {
            // One word is no name to look for, but may be what a known person goes by.
            given_and_family(whole).unwrap_or(("", whole))
        }
        _ => return None,
    };
    let ways = full_name(given, family).unwrap_or_default();
    Some(ProtectedName { folded: fold(&format!("{given} {family}")).into(), ways })
}
