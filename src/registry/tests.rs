//! What the readers have in common is tested here, format by format below.

mod bibtex;
mod csl;
mod entities;
mod ftm;
mod speed;

use super::{Entity, Read, Source, Text};
use crate::data::Problem;
use crate::text::Span;

/// The line of each problem, the text that it points at, and what it says.
fn problems(text: &str, found: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| text[..problem.span.start()].matches('\n').count() + 1;
    found
        .iter()
        .map(|problem| format!("{} {:?} {}", line(problem), problem.span.of(text), problem.message))
        .collect()
}

/// Adds a value to a line that describes an entry, and asserts that it stands where
/// it says.
fn add(out: &mut String, text: &str, whole: Span, name: &str, value: &Text) {
    assert!(whole.contains(value.span), "{name} {value:?} is outside of {whole:?} in {text:?}");
    assert!(text.get(value.span.range()).is_some(), "{value:?} in {text:?}");
    *out += &format!(" {name}={}", value.value);
}

/// An entity on one line.
fn show_entity(text: &str, entity: &Entity) -> String {
    let mut out =
        if entity.id_from_file { format!("({})", entity.id.value) } else { entity.id.value.clone() };
    if let Some(kind) = &entity.kind {
        out += &format!(" {}", kind.value);
    }
    let mut add = |name: &str, value: &Text| add(&mut out, text, entity.span, name, value);
    entity.name.iter().for_each(|value| add("name", value));
    entity.aliases.iter().for_each(|value| add("alias", value));
    entity.loaded.iter().for_each(|value| add("loaded", value));
    entity.summary.iter().for_each(|value| add("summary", value));
    entity.wikidata.iter().for_each(|value| add("wikidata", value));
    entity.part_of.iter().for_each(|value| add("part-of", value));
    entity.date.iter().for_each(|value| add("date", value));
    entity.place.iter().for_each(|value| add("place", value));
    for role in &entity.roles {
        let text = |text: &Option<Text>| text.as_ref().map_or("?", |text| text.as_str()).to_owned();
        out += &format!(
            " role={}/{}/{}/{}",
            text(&role.title),
            text(&role.of),
            text(&role.from),
            text(&role.to)
        );
    }
    if let Some(dossier) = entity.dossier {
        out += &format!(" dossier={:?}", dossier.of(text));
    }
    out
}

/// A source on one line.
fn show_source(text: &str, source: &Source) -> String {
    let mut out = source.key.value.clone();
    let mut add = |name: &str, value: &Option<Text>| {
        value.iter().for_each(|value| add(&mut out, text, source.span, name, value));
    };
    add("kind", &source.kind);
    add("title", &source.title);
    add("publisher", &source.publisher);
    add("container", &source.container_title);
    add("issued", &source.issued);
    add("accessed", &source.accessed);
    add("url", &source.url);
    add("doi", &source.doi);
    add("pages", &source.pages);
    add("number-of-pages", &source.number_of_pages);
    add("medium", &source.medium);
    add("dimensions", &source.dimensions);
    add("language", &source.language);
    add("issuer", &source.issuer);
    add("article", &source.article);
    add("anonymity-reason", &source.anonymity_reason);
    add("known-to", &source.known_to);
    add("standing-date", &source.standing_date);
    add("standing-note", &source.standing_note);
    add("superseded-by", &source.superseded_by);
    add("snapshot", &source.snapshot);
    add("archive-url", &source.archive_url);
    for (name, list) in [("author", &source.authors), ("editor", &source.editors)] {
        for person in list {
            assert!(source.span.contains(person.span) && text.get(person.span.range()).is_some());
            out += &format!(" {name}={person}");
        }
    }
    source.relays.iter().for_each(|relay| out += &format!(" relays={}", relay.value));
    source.terms.iter().for_each(|terms| out += &format!(" terms={}", terms.value.as_str()));
    source.standing.iter().for_each(|standing| out += &format!(" standing={}", standing.value.as_str()));
    out
}

#[track_caller]
fn check_entities(text: &str, read: &Read<Entity>, entries: &[&str], said: &[&str]) {
    let found: Vec<_> = read.entries.iter().map(|entity| show_entity(text, entity)).collect();
    assert_eq!(problems(text, &read.problems), said, "{text}");
    assert_eq!(found, entries, "{text}");
}

#[track_caller]
fn check_sources(text: &str, read: &Read<Source>, entries: &[&str], said: &[&str]) {
    let found: Vec<_> = read.entries.iter().map(|source| show_source(text, source)).collect();
    assert_eq!(problems(text, &read.problems), said, "{text}");
    assert_eq!(found, entries, "{text}");
}
