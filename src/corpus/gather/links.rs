//! Where an article's ordinary links lead, and the places in it that they can lead to.

use crate::diagnostic::FilePath;
use crate::syntax::{Article, LinkTarget};
use crate::text::Span;

use super::super::article::LinkFacts;
use super::{SourceText, resolve_path};

/// Links that can only mean a file of the corpus, or a part of this one.
pub(super) fn links(source: &SourceText<'_>, article: &Article) -> Vec<LinkFacts> {
    let mut out = Vec::new();
    for link in &article.links {
        let target = link.target.as_str();
        let inline = matches!(link.target, LinkTarget::Inline(_));
        let span = match (&link.target, link.destination) {
            (LinkTarget::Inline(_), Some(destination)) => destination,
            _ => link.text,
        };
        if let Some((path, fragment)) = corpus_target(source.path, target) {
            out.push(LinkFacts {
                path,
                fragment,
                image: link.image,
                written: target.into(),
                editable: inline && span.of(source.text) == target,
                place: source.place(span),
            });
        }
    }
    out
}

/// The file and the anchor that a destination means, where it is plainly a file of
/// the corpus. An address, a path from a site's root, a template's place holder
/// and a page without an ending are somebody else's business.
#[must_use]
pub fn corpus_target(from: &str, target: &str) -> Option<(Option<FilePath>, Option<Box<str>>)> {
    if target.contains([':', '{', '<', '?']) || target.starts_with('/') || target.is_empty() {
        return None;
    }
    let (file, fragment) = match target.split_once('#') {
        Some((file, fragment)) => (file, Some(fragment)),
        None => (target, None),
    };
    let fragment =
        fragment.filter(|fragment| !fragment.is_empty()).map(|fragment| percent_decoded(fragment).into());
    if file.is_empty() {
        return Some((None, fragment));
    }
    let file = percent_decoded(file);
    let (_, ending) = file.rsplit('/').next()?.rsplit_once('.')?;
    const ENDINGS: &[&str] =
        &["md", "markdown", "newsmark", "png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "tif", "tiff"];
    if !ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) {
        return None;
    }
    Some((Some(resolve_path(from, &file)?), fragment))
}

/// The ids and names that raw HTML gives to places in the text, wherever it stands: what
/// a site's own templates make of it is not known here, and a link is broken only if
/// nothing could be meant.
pub(super) fn html_ids(text: &str) -> Vec<Span> {
    if !text.contains('<') {
        return Vec::new();
    }
    let mut ids = Vec::new();
    for attribute in ["id=", "name="] {
        for at in memchr::memmem::find_iter(text.as_bytes(), attribute) {
            let from = at + attribute.len();
            let Some(quote @ (b'"' | b'\'')) = text.as_bytes().get(from).copied() else { continue };
            let value = &text[from + 1..];
            // Longer than any id; bounds the look for a quotation mark that never comes.
            let end = value.bytes().take(256).position(|byte| byte == quote || byte == b'\n');
            if let Some(end) = end.filter(|&end| end > 0 && value.as_bytes()[end] == quote) {
                ids.push(Span::new(from + 1, from + 1 + end));
            }
        }
    }
    ids
}

/// Undoes percent encoding.
pub(super) fn percent_decoded(target: &str) -> String {
    if !target.contains('%') {
        return target.to_owned();
    }
    let bytes = target.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = target.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| target.to_owned())
}
