//! Who or what an entity is, as of an article's date.

use crate::corpus::{Corpus, EntityFacts, FileFacts, Known, RoleFacts, Sharing};
use crate::data::date::{Certainty, Date};

use super::super::markdown::{Page, escape, strong};
use super::{figures, row, usage};

/// How many of those that share a name are listed.
const SHARING: usize = 8;

/// An entity, seen from `from`.
pub(super) fn page(corpus: &Corpus, from: &FileFacts, known: Known<'_, EntityFacts>) -> Page {
    let entity = known.what;
    let mut page = Page::new(head(entity));
    let date = from.article.as_ref().and_then(|article| article.dates.first());
    // One who holds an office is known by it, others by the summary.
    let (held, others): (Vec<&RoleFacts>, Vec<&RoleFacts>) =
        entity.roles.iter().partition(|role| is_held(role, date) != Certainty::No);
    for role in held {
        let perhaps = is_held(role, date) == Certainty::Unknown && date.is_some();
        page.line(office(corpus, known.file, role, perhaps || date.is_none(), perhaps));
    }
    page.line(entity.summary.as_deref().map(escape));
    for role in others {
        let line = office(corpus, known.file, role, true, false);
        page.item(line.map(|line| format!("not at the time: {line}")));
    }
    if let Some(date) = &entity.date {
        page.line(date.to_string());
    }
    let aliases = row(entity
        .aliases
        .iter()
        .map(|alias| &**alias)
        .filter(|alias| **alias != *entity.name)
        .collect::<Vec<_>>()
        .into_iter());
    page.item(aliases.map(|aliases| format!("also {aliases}")));
    let wholes: Vec<&str> =
        entity.part_of.iter().map(|whole| display_name(corpus, known.file, whole)).collect();
    page.item(row(wholes.into_iter()).map(|wholes| format!("part of {wholes}")));
    page.items.extend(figures::of_event(corpus, entity));
    page.item(usage("named", corpus.articles_naming(known)));
    page.tail.extend(entity.excerpt.as_deref().map(escape).filter(|text| !text.is_empty()));
    page
}

/// Several entities of one name.
pub(super) fn several(name: &str, sharing: &Sharing<Known<'_, EntityFacts>>) -> Page {
    let mut page = Page::new(format!("{} may be {} entities", strong(name), sharing.count));
    for known in sharing.first.iter().take(SHARING) {
        let summary = known.what.summary.as_deref().map(|summary| format!(": {}", escape(summary)));
        page.items.push(head(known.what) + &summary.unwrap_or_default());
    }
    let more = sharing.count.saturating_sub(SHARING);
    page.item((more > 0).then(|| format!("and {more} more")));
    page
}

/// "**M. Example** · person · example-m"
fn head(entity: &EntityFacts) -> String {
    let mut head = strong(&entity.name);
    if let Some(kind) = entity.kind {
        head += &format!(" · {kind}");
    }
    if entity.id != entity.name {
        head += &format!(" · {}", escape(&entity.id));
    }
    head
}

/// "spokesperson of Northland's foreign ministry (since 2024-08)"
fn office(corpus: &Corpus, file: &FileFacts, role: &RoleFacts, dated: bool, perhaps: bool) -> Option<String> {
    let title = escape(&role.title);
    let body = role.of.as_ref().map(|of| escape(display_name(corpus, file, of)));
    let office = match (title.is_empty(), body) {
        (true, None) => return None,
        (true, Some(body)) => format!("in office at {body}"),
        (false, None) => title,
        (false, Some(body)) => format!("{title} of {body}"),
    };
    let years = match (&role.from, &role.to) {
        _ if !dated => String::new(),
        (None, None) => String::new(),
        (Some(from), None) => format!(" (since {from})"),
        (None, Some(to)) => format!(" (until {to})"),
        (Some(from), Some(to)) => format!(" ({from} to {to})"),
    };
    Some(format!("{}{office}{years}", if perhaps { "perhaps " } else { "" }))
}

/// Whether the office is held on the day; where there is no day, nobody knows.
fn is_held(role: &RoleFacts, date: Option<&Date>) -> Certainty {
    let Some(date) = date else { return Certainty::Unknown };
    let too_early = role.from.as_ref().map_or(Certainty::No, |from| date.is_before(from));
    let too_late = role.to.as_ref().map_or(Certainty::No, |to| date.is_after(to));
    match (too_early, too_late) {
        (Certainty::Yes, _) | (_, Certainty::Yes) => Certainty::No,
        (Certainty::No, Certainty::No) => Certainty::Yes,
        _ => Certainty::Unknown,
    }
}

/// What the entity of that name is called, where there is one.
pub(in crate::features) fn display_name<'c>(corpus: &'c Corpus, file: &FileFacts, name: &'c str) -> &'c str {
    corpus.entity(file, name).one().map_or(name, |known| &known.what.name)
}
