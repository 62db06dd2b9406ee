//! What a text says, in a form in which two texts can be compared that differ in the order
//! and the quotation marks of their attributes alone.

use std::fmt::Write as _;

use crate::syntax::{self, Annotation, Article, AttributeKind};

/// What is read of an article.
#[derive(PartialEq, Eq)]
pub(super) struct Reading {
    /// Its parts: annotations with their attributes, mentions, links, headings, blocks.
    parts: String,
    /// The keys that stand in it, cited or not.
    keys: Vec<String>,
    /// What is shown, and what is cited where in it.
    shown: String,
}

impl Reading {
    pub(super) fn of_text(text: &str) -> Reading {
        Reading::of(text, &syntax::parse(text))
    }

    pub(super) fn of(text: &str, article: &Article) -> Reading {
        let mut shown = article.plain.text.clone();
        let mut keys = Vec::new();
        for citation in &article.citations {
            let _ = write!(shown, "\n{} {}", article.plain.from_source(citation.span.start()), citation.bare);
            for item in &citation.items {
                let parts = [item.prefix, item.key, item.suffix].map(|span| span.of(text));
                let _ = write!(shown, "{parts:?} {:?}", item.locator.map(|span| span.of(text)));
                keys.push(item.key.of(text).to_owned());
            }
        }
        for heading in &article.headings {
            let _ = write!(shown, "\n{:?} {}", heading.pandoc_id, heading.web_id);
        }
        for annotation in &article.annotations {
            let _ = write!(shown, "\n{:?}", annotation.text);
        }
        for block in &article.blocks {
            let _ = write!(shown, "\n{:?}", block.plain);
        }
        keys.sort();
        Reading { parts: parts(text, article), keys, shown }
    }

    /// Whether the two differ at most in what of their citations is one, and so in what is shown.
    pub(super) fn has_the_same_parts(&self, other: &Reading) -> bool {
        self.parts == other.parts && self.keys == other.keys
    }
}

fn parts(text: &str, article: &Article) -> String {
    let mut out = String::new();
    for annotation in &article.annotations {
        annotated(text, annotation, &mut out);
    }
    for mention in &article.mentions {
        let shown = mention.shown.map(|span| span.of(text));
        let _ = writeln!(out, "{:?} {shown:?}", mention.target.of(text));
    }
    for link in &article.links {
        let _ = writeln!(out, "{:?} {} {}", link.target, link.image, link.attributes.is_some());
    }
    for heading in &article.headings {
        let _ = writeln!(out, "{} {} {:?}", heading.level, heading.block, heading.id.map(|id| id.of(text)));
    }
    for block in &article.blocks {
        let _ = writeln!(out, "{:?} {:?} {} {}", block.kind, block.footnote, block.quotes, block.in_list);
    }
    for suppression in &article.suppressions {
        let _ = writeln!(out, "{}", suppression.span.of(text));
    }
    let _ = write!(out, "{} {}", article.footnotes.len(), article.footnote_references.len());
    out
}

fn annotated(text: &str, annotation: &Annotation, out: &mut String) {
    let Annotation { carrier, parent, block, flawed, attributes, .. } = annotation;
    let _ = write!(out, "{carrier:?} {parent:?} {block:?} {flawed}");
    let mut classes: Vec<&str> = attributes.classes().map(|(_, class)| class).collect();
    classes.sort_unstable();
    let ids = attributes.items.iter().filter(|item| item.kind == AttributeKind::Id);
    let ids: Vec<&str> = ids.map(|item| &*item.text).collect();
    let mut pairs: Vec<(&str, &str)> = attributes.pairs(text).map(|(key, item)| (key, &*item.text)).collect();
    // Of one key the last counts: the order of its values stays.
    pairs.sort_by_key(|(key, _)| *key);
    let _ = writeln!(out, "{classes:?} {ids:?} {pairs:?}");
}
