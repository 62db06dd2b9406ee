//! The way through a tree of data to what is under an offset.

use crate::data::{Field, Node, Value};
use crate::text::Span;

/// What is under an offset, and the keys that lead to it; lists do not count as a step.
#[derive(Debug)]
pub(in crate::features) struct Spot<'n> {
    pub(in crate::features) keys: Vec<&'n Field>,
    pub(in crate::features) hit: Hit<'n>,
    pub(in crate::features) offset: usize,
}

/// What is there.
#[derive(Clone, Copy, Debug)]
pub(in crate::features) enum Hit<'n> {
    /// The last of the keys.
    Key,
    /// A single value below it.
    Value(&'n Node),
}

/// What is under `offset` in the tree `root`. Either end of a word counts as on it; of two
/// that touch, the one that begins there is meant.
pub(in crate::features) fn spot(root: &Node, offset: usize) -> Option<Spot<'_>> {
    let mut keys = Vec::new();
    let hit = hit(root, offset, &mut keys)?;
    Some(Spot { keys, hit, offset })
}

fn hit<'n>(node: &'n Node, offset: usize, keys: &mut Vec<&'n Field>) -> Option<Hit<'n>> {
    match &node.value {
        Value::Mapping(fields) => fields_at(fields, offset, keys),
        Value::Sequence(items) => nearest(items.iter().map(|item| (item.span, item)), offset)
            .into_iter()
            .find_map(|item| hit(item, offset, keys)),
        Value::Null => None,
        _ => Some(Hit::Value(node)),
    }
}

fn fields_at<'n>(fields: &'n [Field], offset: usize, keys: &mut Vec<&'n Field>) -> Option<Hit<'n>> {
    if let Some(field) = nearest(fields.iter().map(|field| (field.key.span, field)), offset).first() {
        keys.push(field);
        return Some(Hit::Key);
    }
    for field in nearest(fields.iter().map(|field| (field.value.span, field)), offset) {
        keys.push(field);
        if let Some(found) = hit(&field.value, offset, keys) {
            return Some(found);
        }
        keys.pop();
    }
    None
}

/// Those at the offset, what begins or goes on there before what ends there.
fn nearest<T>(all: impl Iterator<Item = (Span, T)>, offset: usize) -> Vec<T> {
    let mut found: Vec<(bool, T)> = all
        .filter(|(span, _)| span.start() <= offset && offset <= span.end())
        .map(|(span, one)| (span.end() == offset, one))
        .collect();
    found.sort_by_key(|(only_ends, _)| *only_ends);
    found.into_iter().map(|(_, one)| one).collect()
}
