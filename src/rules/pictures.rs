//! The pictures of an article that the rules about photographs look at.

use super::TextContext;
use crate::syntax::{Annotation, Article, Carrier, Link};
use crate::text::Span;

/// A picture that is taken for a photograph of what happened.
pub(super) struct Picture<'a> {
    pub(super) link: &'a Link,
    article: &'a Article,
    text: &'a str,
}

/// Classes and keys that only somebody who marks pictures writes.
const CLASSES: [&str; 2] = ["file-photo", "illustration"];
const KEYS: [&str; 3] = ["credit", "taken", "place"];

/// The photographs of an article: pictures but for illustrations, drawings (`.svg`), what
/// stands in a link as a badge does, and what is marked up wrongly, which is reported as that.
///
/// None in an article in which nothing is annotated and no picture carries anything of
/// newsmark's: its pictures have not been looked at yet.
pub(super) fn photographs<'a>(context: &TextContext<'a>) -> Vec<Picture<'a>> {
    let Some((article, _)) = context.as_article() else { return Vec::new() };
    let text = context.source.text;
    let pictures = || article.annotations.iter().filter(|annotation| annotation.carrier == Carrier::Image);
    let annotated = context.facts.article.as_ref().is_some_and(|facts| facts.annotated);
    if !annotated && !pictures().any(|picture| is_marked(picture, text)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    // How far the links reach that began so far.
    let mut reach = 0;
    for link in &article.links {
        if !link.image {
            reach = reach.max(link.span.end());
            continue;
        }
        let picture = Picture { link, article, text };
        let is_drawing = link.target.as_str().to_ascii_lowercase().ends_with(".svg");
        let is_no_address = link.target.as_str().is_empty() || link.target.as_str().contains(['{', '<']);
        let is_marked_up_wrongly = link.attributes.is_none() && text[link.span.end()..].starts_with('{');
        if link.span.start() >= reach
            && !is_drawing
            && !is_no_address
            && !is_marked_up_wrongly
            && !picture.has_class("illustration")
            && picture.annotation().is_none_or(|annotation| !annotation.flawed)
        {
            found.push(picture);
        }
    }
    found
}

fn is_marked(picture: &Annotation, text: &str) -> bool {
    CLASSES.iter().any(|class| picture.has_class(class))
        || KEYS.iter().any(|key| picture.attributes.get(text, key).is_some())
}

impl<'a> Picture<'a> {
    fn has_class(&self, class: &str) -> bool {
        self.link.attributes.as_ref().is_some_and(|own| own.classes().any(|(_, own)| own == class))
    }

    fn annotation(&self) -> Option<&'a Annotation> {
        let annotations = &self.article.annotations;
        let at = annotations.partition_point(|annotation| annotation.span.start < self.link.span.start);
        let same = annotations[at..].iter().take_while(|own| own.span.start == self.link.span.start);
        same.into_iter().find(|annotation| annotation.carrier == Carrier::Image)
    }

    /// Whether its attributes say anything under that key.
    pub(super) fn says(&self, key: &str) -> bool {
        let attributes = self.link.attributes.as_ref();
        attributes
            .and_then(|own| own.get(self.text, key))
            .is_some_and(|attribute| !attribute.text.trim().is_empty())
    }

    /// The words between its brackets, as shown.
    pub(super) fn description(&self) -> &'a str {
        let plain = &self.article.plain;
        let from = plain.from_source(self.link.text.start());
        plain.text.get(from..plain.from_source(self.link.text.end())).unwrap_or_default().trim()
    }

    /// What stands behind the address, where a title may.
    pub(super) fn after_address(&self) -> &'a str {
        self.link.destination.map_or("", |address| {
            Span::new(address.end(), self.link.span.end().max(address.end())).of(self.text)
        })
    }

    /// What stands behind all of it.
    pub(super) fn after(&self) -> &'a str {
        let end = self.link.attributes.as_ref().map_or(self.link.span.end(), |own| own.span.end());
        &self.text[end..]
    }
}
