//! What an article keeps of the names in its text, and a source of the names that protect it.

use crate::registry::{PersonName, Source};
use crate::syntax::front_matter::FrontMatter;
use crate::syntax::vocabulary::ENTITY_KEYS;
use crate::syntax::{Article, AttributeKind};
use crate::text::{Span, fold, full_name, name_pairs};

use super::super::article::NamePlace;
use super::super::facts::EntityReference;
use super::super::registry::ProtectedName;
use super::SourceText;

/// The pairs of words in an article that may be parts of one name: in its headline, its text,
/// the words that it has for speakers without a name, and `references`, the names for entities
/// that stand in its markup alone.
pub(super) fn names<'f>(
    source: &SourceText<'_>,
    article: &Article,
    front: &FrontMatter,
    references: impl Iterator<Item = &'f EntityReference>,
) -> Vec<NamePlace> {
    let mut out: Vec<NamePlace> = Vec::new();
    for reference in references {
        let place = reference.place;
        name_pairs(&reference.name, |pair| out.push(NamePlace { hash: pair.hash, place }));
    }
    let mut add = |hash, span| out.push(NamePlace { hash, place: source.place(span) });
    if let Some(title) = &front.title {
        written(source.text, title.as_str(), title.span, &mut add);
    }
    let plain = &article.plain;
    for block in &article.blocks {
        let base = block.plain.start();
        name_pairs(block.plain.of(&plain.text), |pair| {
            let to = plain.end_to_source(base + pair.to);
            add(pair.hash, Span::new(plain.to_source(base + pair.from).min(to), to));
        });
    }
    for annotation in &article.annotations {
        let written_out = annotation.attributes.items.iter().filter(|item| {
            // The others are references, whose names were looked at above.
            item.kind == AttributeKind::Pair && !ENTITY_KEYS.contains(&item.name.of(source.text))
        });
        for item in written_out {
            written(source.text, &item.text, item.value.unwrap_or(item.span), &mut add);
        }
    }
    out
}

/// The pairs of a value; each at the place of the whole, where that says otherwise what it does.
fn written(text: &str, value: &str, span: Span, add: &mut impl FnMut(u32, Span)) {
    let exact = span.of(text) == value;
    name_pairs(value, |pair| {
        let own = Span::new(pair.from, pair.to).shifted(span.start());
        add(pair.hash, if exact { own } else { span });
    });
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
        | PersonName { given: Some(whole), .. } => match whole.split_once(',') {
            Some((family, given)) => (given, family),
            None => whole.trim().rsplit_once(char::is_whitespace)?,
        },
        _ => return None,
    };
    let ways = full_name(given, family)?;
    Some(ProtectedName { folded: fold(&format!("{given} {family}")).into(), ways })
}
