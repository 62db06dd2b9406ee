//! What is known of the thing under the cursor, as Markdown.

mod claim;
mod entity;
mod figures;
mod source;

use crate::corpus::{
    ArticleLink, ClaimTarget, Corpus, EntityReference, EntityRole, EntityTarget, FileFacts, FileKind, Known,
    NamedFile, Pointer, PointerRole, Usage,
};
use crate::rules;
use crate::text::Place;

pub(super) use entity::display_name;

use super::at::{Found, Thing, at};
use super::markdown::{Page, escape, strong};

/// What is shown over a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub place: Place,
    /// What is shown: two lines that tell the most, and the rest below them.
    pub markdown: String,
}

/// What is known of what stands at `offset` in `file`; nothing of what is not defined.
#[must_use]
pub fn hover(corpus: &Corpus, file: &FileFacts, offset: usize) -> Option<Hover> {
    let Found { thing, place } = at(corpus, file, offset)?;
    if is_protected(file, thing, place) {
        return None;
    }
    let page = page(corpus, file, thing)?;
    Some(Hover { place, markdown: page.markdown() })
}

/// Whether it stands in the entry of a source that is not on record, which is nobody's to
/// repeat but for the key.
fn is_protected(file: &FileFacts, thing: Thing<'_>, place: Place) -> bool {
    let is_own = matches!(thing, Thing::Source(_));
    !is_own
        && file
            .sources
            .iter()
            .any(|source| source.protected && !source.stale && source.place.span().contains(place.span()))
}

fn page(corpus: &Corpus, file: &FileFacts, thing: Thing<'_>) -> Option<Page> {
    match thing {
        Thing::Name(reference) => name(corpus, file, reference),
        Thing::Pointer(led) => pointer(corpus, file, led),
        Thing::Key(key) => Some(source::page(corpus, file, corpus.source(file, key)?)),
        Thing::Claim(reference) => match corpus.claim(file, reference) {
            ClaimTarget::Claim(article, anchor) => claim::referred(corpus, file, article, anchor),
            _ => None,
        },
        Thing::Anchor(anchor) => claim::referred(corpus, file, file, file.anchor(&anchor.id)?),
        Thing::Words(number, what) => Some(claim::page(corpus, file, number, what)),
        Thing::Link(link) => {
            let target = corpus.file(corpus.at_path(link.path.as_ref()?)?)?;
            match link.fragment.as_deref().and_then(|id| target.anchor(id)) {
                Some(anchor) if anchor.claim.is_some() => claim::referred(corpus, file, target, anchor),
                _ => article(target),
            }
        }
        Thing::File(named) => bibliography(corpus, named),
        Thing::Rule(name) => {
            let rule = rules::by_name(name)?;
            let mut page = Page::new(strong(rule.name));
            // Markdown of our own.
            page.line(rule.summary.to_owned());
            Some(page)
        }
        Thing::Entity(what) => Some(entity::page(corpus, file, Known { file, what })),
        Thing::Source(what) => Some(source::page(corpus, file, Known { file, what })),
    }
}

fn name(corpus: &Corpus, file: &FileFacts, reference: &EntityReference) -> Option<Page> {
    if reference.role == EntityRole::Settled {
        return Some(entity::page(corpus, file, corpus.by_id(&reference.folded)?));
    }
    if reference.role == EntityRole::Via
        && let Some(known) = corpus.source(file, reference.name.trim_start_matches('@'))
    {
        return Some(source::page(corpus, file, known));
    }
    entity_or_several(corpus, file, &reference.folded, &reference.name)
        .or_else(|| wiki_link(corpus, file, reference))
}

fn pointer(corpus: &Corpus, file: &FileFacts, pointer: &Pointer) -> Option<Page> {
    match pointer.role {
        PointerRole::Author | PointerRole::Publisher => {
            entity_or_several(corpus, file, &pointer.name, &pointer.name)
        }
        PointerRole::Settled => Some(entity::page(corpus, file, corpus.by_id(&pointer.name)?)),
        PointerRole::Article => article(corpus.articles(&pointer.name).first.first()?),
    }
}

fn entity_or_several(corpus: &Corpus, file: &FileFacts, folded: &str, written: &str) -> Option<Page> {
    match corpus.entity(file, folded) {
        EntityTarget::Nothing => None,
        EntityTarget::One(known) => Some(entity::page(corpus, file, known)),
        EntityTarget::Several => Some(entity::several(written, &corpus.entities_named(folded))),
    }
}

/// A wiki link that names no entity: an article, or a claim in one.
fn wiki_link(corpus: &Corpus, file: &FileFacts, reference: &EntityReference) -> Option<Page> {
    if reference.role != EntityRole::Mention {
        return None;
    }
    let ArticleLink::There(target) = corpus.article_link(file, &reference.name) else { return None };
    let part = reference.name.split_once('#').and_then(|(_, id)| target.anchor(id));
    match part.filter(|anchor| anchor.claim.is_some()) {
        Some(anchor) => claim::referred(corpus, file, target, anchor),
        None => article(target),
    }
}

/// An article: its headline, where it is and when it came out.
fn article(file: &FileFacts) -> Option<Page> {
    let article = file.article.as_ref().filter(|_| file.kind == FileKind::Article)?;
    let mut page = Page::new(strong(article.title.as_deref().unwrap_or(&article.slug)));
    let mut line = escape(&file.path);
    if let Some(date) = article.dates.first() {
        line = format!("{date} · {line}");
    }
    page.line(line);
    page.item(article.retracted.then(|| "withdrawn".to_owned()));
    page.item(some(article.claims.len(), "claim"));
    Some(page)
}

fn bibliography(corpus: &Corpus, named: &NamedFile) -> Option<Page> {
    let file = corpus.file(corpus.at_path(named.path.as_ref()?)?)?;
    let mut page = Page::new(strong(&file.path));
    page.line(some(file.sources.len(), "source"));
    Some(page)
}

/// "3 claims"; nothing of none.
pub(super) fn some(count: usize, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{count} {what}s")),
    }
}

/// "Cited in 12 articles, last in desert-camp-aid (2026-03-11)".
fn usage(verb: &str, usage: Usage<'_>) -> String {
    let Some(count) = some(usage.articles, "article") else { return format!("{verb} in no article") };
    match usage.latest.and_then(|(file, date)| Some((file.article.as_ref()?, date))) {
        Some((article, date)) => format!("{verb} in {count}, last in {} ({date})", escape(&article.slug)),
        None => format!("{verb} in {count}"),
    }
}

/// Names in a row, at most so many of them.
fn row<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> Option<String> {
    /// More than this nobody reads in a hover.
    const MOST: usize = 12;
    let more = names.len().saturating_sub(MOST);
    let shown: Vec<String> = names.take(MOST).map(escape).filter(|name| !name.is_empty()).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!shown.is_empty()).then(|| shown.join(", ") + &more)
}
