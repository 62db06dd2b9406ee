//! The shown text of a block: the source with its markup cut out.

use crate::text::Span;

use super::attributes::skip_line_prefix;
use super::tree::{Block, Plain};

/// Bytes of the source that are not shown as they stand.
pub(super) struct Cut {
    pub(super) span: Span,
    /// What is shown instead, if anything.
    pub(super) by: Option<Box<str>>,
}

/// Adds what `block` shows to `plain`; returns its stretch there.
///
/// Cuts may come in any order. Where they overlap, the one that begins first wins.
pub(super) fn append(plain: &mut Plain, source: &str, block: &Block, cuts: &mut [Cut]) -> Span {
    // Nearly sorted already: only opening brackets come late.
    cuts.sort_by_key(|cut| (cut.span.start, std::cmp::Reverse(cut.span.end)));
    if !plain.text.is_empty() {
        plain.text.push(' ');
    }
    let start = plain.text.len();
    let mut at = block.span.start();
    for cut in cuts.iter() {
        if cut.span.start() < at {
            at = at.max(cut.span.end()).min(block.span.end());
            continue;
        }
        copy(plain, source, at, cut.span.start().min(block.span.end()), block, start);
        if let Some(by) = &cut.by {
            plain.map.push((plain.text.len() as u32, cut.span.start));
            plain.text.push_str(by);
        }
        at = cut.span.end().min(block.span.end());
    }
    copy(plain, source, at, block.span.end(), block, start);
    let kept = start + plain.text[start..].trim_end_matches([' ', '\t']).len();
    plain.text.truncate(kept);
    Span::new(start, kept)
}

/// Copies bytes of the source, white space as single spaces.
fn copy(plain: &mut Plain, source: &str, from: usize, to: usize, block: &Block, start: usize) {
    let bytes = source.as_bytes();
    let mut at = from;
    let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    while at < to {
        if is_space(bytes[at]) {
            let space_at = at;
            while at < to && is_space(bytes[at]) {
                let line_end = matches!(bytes[at], b'\n' | b'\r');
                at += 1;
                if line_end {
                    at = skip_line_prefix(bytes, at, to, block.quotes);
                }
            }
            if plain.text.len() > start && !plain.text.ends_with(' ') {
                plain.map.push((plain.text.len() as u32, space_at as u32));
                plain.text.push(' ');
            }
        } else {
            let run = run_length(&bytes[at..to]);
            plain.map.push((plain.text.len() as u32, at as u32));
            plain.text.push_str(&source[at..at + run]);
            at += run;
        }
    }
}

/// The length of the text that can be copied as it is: up to white space that is
/// more than one space.
fn run_length(bytes: &[u8]) -> usize {
    let ends = |at: usize| match bytes[at] {
        b'\n' | b'\t' | b'\r' => true,
        b' ' => bytes.get(at + 1).is_none_or(|next| matches!(next, b' ' | b'\n' | b'\t' | b'\r')),
        _ => false,
    };
    (0..bytes.len()).find(|&at| ends(at)).unwrap_or(bytes.len())
}
