//! One attribute block: what it says in the order of `grammar/SPEC.md`.

use crate::syntax::{Attribute, AttributeKind, Attributes, vocabulary};
use crate::text::Span;

use super::Edit;

/// An attribute as it is to be written, and what it is put in order by: classes, the ids, keys;
/// first those that newsmark knows. What is equal in that keeps its order, as of two with one
/// name the last counts.
struct Written<'t> {
    rank: (u8, usize),
    text: std::borrow::Cow<'t, str>,
}

/// What is to be changed in a block, as little as can be.
pub(super) fn edit(text: &str, block: &Attributes) -> Option<Edit> {
    let mut items: Vec<Written<'_>> = Vec::with_capacity(block.items.len());
    for item in &block.items {
        write(text, item, &mut items);
    }
    items.sort_by_key(|item| item.rank);
    let mut gaps = gaps(text, block);
    let last = gaps.pop().unwrap_or_default();
    let mut gaps = gaps.into_iter();
    let mut new = String::with_capacity(block.span.len());
    new.push('{');
    for (index, item) in items.iter().enumerate() {
        let between = if index == 0 { "" } else { " " };
        // A class that was written as `class="a b"` is two attributes, with one gap between.
        new.push_str(gaps.next().flatten().unwrap_or(between));
        new.push_str(&item.text);
    }
    new.push_str(last.unwrap_or_default());
    new.push('}');
    smallest(text, block.span, &new)
}

/// What stands before each attribute and after the last: the line ends that the author put
/// there, with what belongs to the block quotes around, or nothing worth keeping.
fn gaps<'t>(text: &'t str, block: &Attributes) -> Vec<Option<&'t str>> {
    let starts = block.items.iter().map(|item| item.span.start()).chain([block.span.end() - 1]);
    let mut from = block.span.start() + 1;
    let mut gaps = Vec::with_capacity(block.items.len() + 1);
    for (index, start) in starts.enumerate() {
        gaps.push(Some(&text[from..start]).filter(|gap| gap.contains(['\n', '\r'])));
        from = block.items.get(index).map_or(start, |item| item.span.end());
    }
    gaps
}

fn write<'t>(text: &'t str, item: &'t Attribute, out: &mut Vec<Written<'t>>) {
    let as_it_is = item.span.of(text);
    match (item.kind, item.value) {
        (AttributeKind::Id, None) => out.push(Written { rank: (2, 0), text: as_it_is.into() }),
        (AttributeKind::Id, Some(_)) => {
            let text = match is_name(&item.text) {
                true => format!("#{}", item.text).into(),
                false => pair(text, item),
            };
            out.push(Written { rank: (2, 0), text });
        }
        (AttributeKind::Class, None) => out.push(Written { rank: class(&item.text), text: as_it_is.into() }),
        (AttributeKind::Class, Some(_)) => {
            let classes = || item.text.split_ascii_whitespace();
            let is_class = |name: &str| is_name(name) && name.starts_with(char::is_alphabetic);
            if classes().next().is_some() && classes().all(is_class) {
                out.extend(
                    classes().map(|name| Written { rank: class(name), text: format!(".{name}").into() }),
                );
            } else {
                out.push(Written { rank: (1, 0), text: pair(text, item) });
            }
        }
        (AttributeKind::Pair, _) => {
            let key = item.name.of(text);
            let known = vocabulary::KEYS.iter().position(|known| *known == key);
            let rank = known.map_or((4, 0), |index| (3, index));
            out.push(Written { rank, text: pair(text, item) });
        }
    }
}

fn class(name: &str) -> (u8, usize) {
    vocabulary::CLASSES.iter().position(|known| *known == name).map_or((1, 0), |index| (0, index))
}

/// Whether it may stand after `#` or `.`. With a full stop in it, it would be reported there as
/// two that run together.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ':'))
}

/// `key=value`: the value bare where that is plain to read, otherwise between `"`.
fn pair<'t>(text: &'t str, item: &'t Attribute) -> std::borrow::Cow<'t, str> {
    let as_it_is = item.span.of(text);
    let Some(value) = item.value else { return as_it_is.into() };
    let (key, raw) = (item.name.of(text), value.of(text));
    let is_quoted = item.span.end > value.end;
    if is_bare(&item.text) {
        return format!("{key}={}", item.text).into();
    }
    if is_quoted && as_it_is.ends_with('"') || !is_quoted && is_odd(raw) {
        return as_it_is.into();
    }
    let mut new = format!("{key}=\"");
    let mut signs = raw.chars().peekable();
    while let Some(sign) = signs.next() {
        match (sign, signs.peek()) {
            ('"', _) => new.push_str("\\\""),
            ('\\', Some(&next)) if next.is_ascii_punctuation() || next == ' ' => {
                new.extend([sign, next]);
                signs.next();
            }
            // Before the quotation mark it would take its meaning away.
            ('\\', None) => new.push_str("\\\\"),
            _ => new.push(sign),
        }
    }
    new.push('"');
    new.into()
}

/// Whether a value needs no quotation marks, for newsmark and for whoever reads it.
fn is_bare(value: &str) -> bool {
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '#' | '/' | '%' | '+' | '@' | '~')
    };
    !value.is_empty() && value.chars().all(plain)
}

/// Whether a bare value is reported for what it ends in or has around it, or would say
/// something else between quotation marks.
fn is_odd(raw: &str) -> bool {
    raw.contains('&')
        || raw.ends_with(',')
        || raw.starts_with(|c: char| !c.is_ascii() && !c.is_alphanumeric())
}

/// The edit that makes `new` of what stands at `span`, less what both begin and end with.
fn smallest(text: &str, span: Span, new: &str) -> Option<Edit> {
    let old = span.of(text);
    if old == new {
        return None;
    }
    let same = |(a, b): &(char, char)| a == b;
    let length = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.map(|(c, _)| c.len_utf8()).sum();
    let before: usize = length(&mut old.chars().zip(new.chars()).take_while(same));
    let rest = (&old[before..], &new[before..]);
    let after: usize = length(&mut rest.0.chars().rev().zip(rest.1.chars().rev()).take_while(same));
    let span = Span::new(span.start() + before, span.end() - after);
    Some((span, new[before..new.len() - after].to_owned()))
}
