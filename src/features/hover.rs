//! What is known of the thing under the cursor, as Markdown.

mod claim;
mod entity;
mod figures;
mod rule;
mod settings;
mod source;
mod term;

use crate::config::{Config, FILE_NAME};
use crate::corpus::{
    ArticleLink, ClaimTarget, Corpus, EntityReference, EntityRole, EntityTarget, FileFacts, FileKind, Known,
    NamedFile, Pointer, PointerRole, Usage,
};
use crate::text::{LineIndex, Place};

pub(super) use entity::display_name;

use super::at::{Found, Thing, at};
use super::markdown::{Page, escape, strong};
use super::written::{What, written};

/// What is shown over a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub place: Place,
    /// What is shown: two lines that tell the most, and the rest below them.
    pub markdown: String,
}

/// What is known of what stands at `offset` in `file`, which holds `text`; nothing of what is
/// not defined.
#[must_use]
pub fn hover(corpus: &Corpus, config: &Config, file: &FileFacts, text: &str, offset: usize) -> Option<Hover> {
    if *file.path == *FILE_NAME {
        let (span, page) = settings::page(corpus, config, file, text, offset)?;
        return Some(Hover { place: LineIndex::new(text).place(text, span), markdown: page.markdown() });
    }
    let found = at(corpus, file, offset);
    let (named, around) = match found {
        Some(found) if matches!(found.thing, Thing::Words(..)) => (None, Some(found)),
        other => (other, None),
    };
    if let Some(Found { thing, place }) = named {
        if is_protected(file, thing, place) {
            return None;
        }
        if let Some(page) = page(corpus, config, file, thing) {
            return Some(Hover { place, markdown: page.markdown() });
        }
    }
    // The keys and values of a claim are more than its words.
    meaning(config, file, text, offset).or_else(|| {
        let Found { thing, place } = around?;
        Some(Hover { place, markdown: page(corpus, config, file, thing)?.markdown() })
    })
}

/// What a key, class, word or date says.
fn meaning(config: &Config, file: &FileFacts, text: &str, offset: usize) -> Option<Hover> {
    let found = written(config, file, text, offset)?;
    let place = LineIndex::new(text).place(text, found.span);
    // What words and keys say of all sources says nothing of this one.
    if matches!(found.what, What::Date(_)) && is_in_protected(file, place) {
        return None;
    }
    Some(Hover { place, markdown: term::page(file, &found.what).markdown() })
}

/// Whether it stands in the entry of a source that is not on record, which is nobody's to
/// repeat but for the key.
fn is_protected(file: &FileFacts, thing: Thing<'_>, place: Place) -> bool {
    !matches!(thing, Thing::Source(_)) && is_in_protected(file, place)
}

pub(super) fn is_in_protected(file: &FileFacts, place: Place) -> bool {
    let mut protected = file.sources.iter().filter(|source| source.protected && !source.stale);
    protected.any(|source| source.place.span().contains(place.span()))
}

fn page(corpus: &Corpus, config: &Config, file: &FileFacts, thing: Thing<'_>) -> Option<Page> {
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
        Thing::Rule(name) => rule::page(name, &config.settings_for(&file.path)),
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
    entries(corpus.file(corpus.at_path(named.path.as_ref()?)?)?)
}

/// A registry: where it is, and what it holds.
fn entries(file: &FileFacts) -> Option<Page> {
    let mut page = Page::new(strong(&file.path));
    page.line(match file.entities.len() {
        0 => None,
        1 => Some("1 entity".to_owned()),
        count => Some(format!("{count} entities")),
    });
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

/// The source of that key, as it is shown over a citation in `from`.
pub(super) fn of_source(corpus: &Corpus, from: &FileFacts, key: &str) -> Option<String> {
    Some(source::page(corpus, from, corpus.source(from, key)?).markdown())
}

/// The entity of that id, as compared, as it is shown over a name in `from`.
pub(super) fn of_entity(corpus: &Corpus, from: &FileFacts, id: &str) -> Option<String> {
    Some(entity::page(corpus, from, corpus.by_id(id)?).markdown())
}

/// The claim of that id in the article at `path`, as it is shown over a reference in `from`.
pub(super) fn of_claim(corpus: &Corpus, from: &FileFacts, path: &str, id: &str) -> Option<String> {
    let known = corpus.at_path(path).and_then(|id| corpus.file(id));
    // A draft without a file is in no corpus.
    let article = known.or_else(|| (*from.path == *path).then_some(from))?;
    Some(claim::referred(corpus, from, article, article.anchor(id)?)?.markdown())
}

/// The article at `path`.
pub(super) fn of_article(corpus: &Corpus, path: &str) -> Option<String> {
    Some(article(corpus.file(corpus.at_path(path)?)?)?.markdown())
}

/// The rule of that name, as it holds for a file.
pub(super) fn of_rule(config: &Config, file: &FileFacts, name: &str) -> Option<String> {
    Some(rule::page(name, &config.settings_for(&file.path))?.markdown())
}
