//! What is kept of an article's pictures.

use crate::data::date::Date;
use crate::syntax::front_matter::FrontMatter;
use crate::syntax::{Annotation, Article, Carrier};
use crate::text::Span;

use super::super::pictures::{NameTraces, PictureFacts};
use super::SourceText;

/// What a picture says of when and where it was taken; none where it says neither, or where
/// what it says is not judged. `taken_at` is the reference that its place is.
pub(super) fn picture(
    source: &SourceText<'_>,
    annotation: &Annotation,
    taken_at: Option<u32>,
    entry: Option<&Date>,
) -> Option<PictureFacts> {
    if annotation.carrier != Carrier::Image || annotation.flawed || annotation.has_class("illustration") {
        return None;
    }
    let attributes = &annotation.attributes;
    let taken = attributes.get(source.text, "taken").and_then(|taken| {
        let date = Date::parse(&taken.text).ok()?;
        Some((date, source.place(taken.value.unwrap_or(taken.span))))
    });
    (taken.is_some() || taken_at.is_some()).then(|| PictureFacts {
        place: source.place(annotation.span),
        attributes_end: source.place(Span::at(attributes.span.end() - 1)),
        taken,
        entry: entry.cloned(),
        taken_at,
        file_photo: annotation.has_class("file-photo"),
    })
}

/// The names in an article's headline, dateline and body, but not those in the captions of
/// its pictures: a caption says what the picture shows, not what the story is about.
pub(super) fn name_traces(article: &Article, front: &FrontMatter) -> NameTraces {
    let mut texts: Vec<&str> = Vec::new();
    texts.extend(front.title.iter().chain(&front.dateline).map(|text| text.as_str()));
    texts.extend(front.reported_from.iter().map(|text| text.as_str()));
    let plain = &article.plain;
    let mut at = 0;
    for link in article.links.iter().filter(|link| link.image) {
        let (from, to) = (plain.from_source(link.text.start()), plain.from_source(link.text.end()));
        texts.extend(plain.text.get(at..from));
        at = at.max(to);
    }
    texts.extend(plain.text.get(at..));
    NameTraces::of(texts)
}
