//! What a source is, and whether it still stands.

use crate::corpus::{Corpus, FileFacts, Known, Pointer, PointerRole, SnapshotFacts, SourceFacts};
use crate::registry::Standing;

use super::super::markdown::{Page, escape, strong};
use super::entity::display_name;
use super::{row, usage};

/// A source, seen from `from`. Of one that is not on record nothing is shown but that.
pub(super) fn page(corpus: &Corpus, from: &FileFacts, known: Known<'_, SourceFacts>) -> Page {
    let source = known.what;
    if source.protected {
        let mut page = Page::new(strong(&source.key));
        page.line("This source is not on record.".to_owned());
        return page;
    }
    let reference = source.reference.as_deref().map(escape).filter(|text| !text.is_empty());
    let mut page = Page::new(reference.unwrap_or_else(|| strong(&source.key)));
    page.line(standing(source));
    let issuer = corpus.issuer(from, source).map(|name| escape(display_name(corpus, from, name)));
    let kind = Some(escape(&source.kind)).filter(|kind| !kind.is_empty());
    let line: Vec<String> =
        issuer.map(|issuer| format!("issued by {issuer}")).into_iter().chain(kind).collect();
    page.line((!line.is_empty()).then(|| line.join(" · ")));
    let relays = row(source.relays.iter().map(|key| &**key));
    page.item(relays.map(|relays| format!("relays {relays}")));
    page.item(own_article(known).map(|article| format!("our own reporting: {}", escape(article))));
    page.item(source.snapshot.as_deref().and_then(|path| stored(corpus, path)));
    page.item(usage("cited", corpus.articles_citing(known)));
    page.item(format!("key {}, in {}", escape(&source.key), escape(&known.file.path)));
    page
}

/// Where its text is stored, and by what it is told that it is still the same.
fn stored(corpus: &Corpus, path: &str) -> Option<String> {
    let SnapshotFacts::Text { digest } = corpus.snapshot(path)? else { return None };
    Some(format!("stored in {}, SHA-256 {}", escape(path), escape(digest)))
}

/// The article of this corpus that a source is.
fn own_article<'c>(known: Known<'c, SourceFacts>) -> Option<&'c str> {
    let entry = known.what.place.span();
    let inside = |pointer: &&Pointer| {
        pointer.role == PointerRole::Article && !known.what.stale && entry.contains(pointer.place.span())
    };
    known.file.pointers.iter().find(inside).map(|pointer| &*pointer.name)
}

/// "**retracted** 2026-03-14: wrong place; superseded by wire-0312"
fn standing(source: &SourceFacts) -> Option<String> {
    if source.standing == Standing::Current && source.superseded_by.is_none() {
        return None;
    }
    let mut line = strong(source.standing.as_str());
    if let Some(date) = &source.standing_date {
        line += &format!(" {date}");
    }
    if let Some(note) = &source.standing_note {
        line += &format!(": {}", escape(note));
    }
    if let Some(successor) = &source.superseded_by {
        line += &format!("; superseded by {}", escape(successor));
    }
    Some(line)
}
