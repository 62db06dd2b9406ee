//! The facts of registries and entity pages.

use crate::data;
use crate::data::date::Date;
use crate::registry::{self, Entity, Source};
use crate::syntax::{Article, Block, BlockKind};
use crate::text::{Span, excerpt, fold};

use super::super::facts::{
    EntityRole, FileFacts, FileKind, NamedFile, Pointer, PointerRole, SourceReference, SourceRole, StubForm,
};
use super::super::registry::{EntityFacts, NameKind, RoleFacts, SourceFacts};
use super::article::date;
use super::{SourceText, guard, names, resolve_path};

/// How many characters are kept of the page about an entity: a few sentences.
const EXCERPT: usize = 300;

/// How many characters are kept of a formatted reference. Long ones have some 250.
const REFERENCE: usize = 400;

/// What a registry is written in, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistryFormat {
    /// A YAML list of entities.
    EntityYaml,
    /// FollowTheMoney's JSON lines.
    FollowTheMoney,
    /// CSL-JSON.
    CslJson,
    /// CSL-YAML.
    CslYaml,
    /// BibTeX or BibLaTeX.
    Bibtex,
}

/// What is wrong in a registry's own text.
#[derive(Debug, Default)]
pub struct RegistryProblems {
    /// What could not be used.
    pub entries: Vec<data::Problem>,
    /// Dates that are none.
    pub dates: Vec<data::Problem>,
}

/// Boils a registry down to its facts.
#[must_use]
pub fn registry_facts(
    source: &SourceText<'_>,
    kind: FileKind,
    format: RegistryFormat,
) -> (FileFacts, RegistryProblems) {
    let mut facts = FileFacts::empty(source.path.clone(), kind);
    let text = source.text;
    let problems = match format {
        RegistryFormat::EntityYaml => {
            let read = registry::read_entities_yaml(text);
            let last = read.entries.last().map(|entry| entry.span);
            facts.stub = end_of_list(text, last).map(StubForm::EntityYaml);
            entities(source, &mut facts, read)
        }
        RegistryFormat::FollowTheMoney => entities(source, &mut facts, registry::read_entities_ftm(text)),
        RegistryFormat::CslJson => sources(source, &mut facts, registry::read_sources_csl_json(text)),
        RegistryFormat::CslYaml => {
            let read = registry::read_sources_csl_yaml(text);
            let last = read.entries.last().map(|entry| entry.span);
            facts.stub = end_of_list(text, last).map(StubForm::SourceYaml);
            sources(source, &mut facts, read)
        }
        RegistryFormat::Bibtex => {
            facts.stub = Some(StubForm::Bibtex);
            sources(source, &mut facts, registry::read_sources_bibtex(text))
        }
    };
    facts.end = source.place(Span::at(text.len()));
    (facts, problems)
}

/// How far the items of a YAML list are indented, where one more at the file's end would
/// belong to it: the last item begins a line with its dash and nothing but comments come
/// after it.
fn end_of_list(text: &str, last: Option<Span>) -> Option<u32> {
    let is_empty =
        |text: &str| text.lines().all(|line| matches!(line.trim().bytes().next(), None | Some(b'#')));
    let Some(last) = last else { return is_empty(text.trim_start_matches('\u{feff}')).then_some(0) };
    let line = text[..last.start()].rfind('\n').map_or(0, |end| end + 1);
    let before = text[line..last.start()].trim_start_matches('\u{feff}');
    let indent = before.len() - before.trim_start_matches(' ').len();
    (before.trim() == "-" && is_empty(&text[last.end()..])).then_some(indent as u32)
}

fn entities(
    source: &SourceText<'_>,
    facts: &mut FileFacts,
    read: registry::Read<Entity>,
) -> RegistryProblems {
    let mut dates = Vec::new();
    for entity in &read.entries {
        add_entity(source, facts, entity);
        let terms = entity.roles.iter().flat_map(|role| role.from.iter().chain(&role.to));
        dates.extend(entity.date.iter().chain(terms).filter_map(|date| date_problem(date, Date::parse)));
        dates.extend(entity.roles.iter().filter_map(ends_before_it_begins));
    }
    RegistryProblems { entries: read.problems, dates }
}

fn ends_before_it_begins(role: &registry::Role) -> Option<data::Problem> {
    let to = role.to.as_ref()?;
    let is_certain = date(Some(to))?.is_before(&date(role.from.as_ref())?).is_yes();
    is_certain.then(|| data::Problem::new(to.span, "this term of office ends before it begins".to_owned()))
}

fn sources(
    source: &SourceText<'_>,
    facts: &mut FileFacts,
    mut read: registry::Read<Source>,
) -> RegistryProblems {
    guard::entries(source.text, &mut read);
    let dates = add_sources(source, facts, &read.entries);
    RegistryProblems { entries: read.problems, dates }
}

fn date_problem(
    text: &registry::Text,
    parse: impl Fn(&str) -> Result<Date, data::date::DateError>,
) -> Option<data::Problem> {
    parse(text.as_str()).err().map(|error| data::Problem::new(text.span, error.to_string()))
}

/// Bibliographies hold dates in words, which are kept as they are; only what has the
/// shape of a date is held to be one.
fn looks_like_a_date(text: &&registry::Text) -> bool {
    let bytes = text.as_str().as_bytes();
    bytes.len() > 4 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-'
}

/// Adds the entity that a Markdown page is about to the facts of its body, which is read
/// as `page`.
#[must_use]
pub fn add_entity_page(source: &SourceText<'_>, facts: &mut FileFacts, page: &Article) -> RegistryProblems {
    let stem = crate::text::stem(source.path);
    let problems = entities(source, facts, registry::read_entity_page(source.text, stem));
    let is_prose = |block: &&Block| block.kind == BlockKind::Paragraph && block.footnote.is_none();
    let mut paragraphs = page.blocks.iter().filter(is_prose).map(|block| block.plain.of(&page.plain.text));
    let first = paragraphs.find(|text| !text.trim().is_empty());
    for entity in &mut facts.entities {
        entity.excerpt = first.map(|text| excerpt(text, EXCERPT));
    }
    problems
}

fn add_entity(source: &SourceText<'_>, facts: &mut FileFacts, entity: &Entity) {
    let mut names: Vec<(NameKind, Box<str>)> = Vec::new();
    let mut add = |kind, name: &str| {
        let folded = fold(name);
        if !folded.is_empty() && names.iter().all(|(_, known)| **known != *folded) {
            names.push((kind, folded.into()));
        }
    };
    add(NameKind::Id, entity.id.as_str());
    if let Some(name) = &entity.name {
        add(NameKind::Name, name.as_str());
    }
    for alias in &entity.aliases {
        add(NameKind::Alias, alias.as_str());
    }
    for body in &entity.part_of {
        facts.entity_references.push(source.entity(body.as_str(), body.span, EntityRole::PartOf));
    }
    for body in entity.roles.iter().filter_map(|role| role.of.as_ref()) {
        facts.entity_references.push(source.entity(body.as_str(), body.span, EntityRole::RoleOf));
    }
    if let Some(place) = &entity.place {
        facts.entity_references.push(source.entity(place.as_str(), place.span, EntityRole::Place));
    }
    facts.entities.push(EntityFacts {
        id: entity.id.as_str().into(),
        id_place: source.place(entity.id.span),
        kind: entity.kind.as_ref().map(|kind| kind.value),
        name: entity.display_name().into(),
        names,
        aliases: entity.aliases.iter().map(|alias| alias.as_str().into()).collect(),
        summary: entity.summary.as_ref().map(|summary| summary.as_str().into()),
        excerpt: None,
        part_of: entity.part_of.iter().map(|body| fold(body.as_str()).into()).collect(),
        roles: entity
            .roles
            .iter()
            .map(|role| RoleFacts {
                title: role.title.as_ref().map_or("", |title| title.as_str()).into(),
                of: role.of.as_ref().map(|of| fold(of.as_str()).into()),
                from: date(role.from.as_ref()),
                to: date(role.to.as_ref()),
            })
            .collect(),
        date: date(entity.date.as_ref()),
        at: entity.place.as_ref().map(|place| fold(place.as_str()).into()),
        place: source.place(entity.span),
        stale: false,
    });
}

/// Adds sources, and what they refer to; returns the dates that are none.
pub(super) fn add_sources(
    source: &SourceText<'_>,
    facts: &mut FileFacts,
    entries: &[Source],
) -> Vec<data::Problem> {
    let mut dates = Vec::new();
    for entry in entries {
        add_source(source, facts, entry);
        let written = entry.issued.iter().chain(&entry.accessed).filter(looks_like_a_date);
        dates.extend(written.filter_map(|date| date_problem(date, Date::parse_lenient)));
        dates.extend(entry.standing_date.iter().filter_map(|date| date_problem(date, Date::parse)));
    }
    dates
}

fn add_source(text: &SourceText<'_>, facts: &mut FileFacts, source: &Source) {
    let relayed = source.relays.iter().map(|key| (key, SourceRole::Relays));
    let replaced = source.superseded_by.iter().map(|key| (key, SourceRole::SupersededBy));
    for (key, role) in relayed.chain(replaced) {
        facts.source_references.push(SourceReference {
            key: key.as_str().into(),
            role,
            place: text.place(key.span),
            entry: None,
        });
    }
    if let Some(issuer) = &source.issuer {
        facts.entity_references.push(text.entity(issuer.as_str(), issuer.span, EntityRole::Issuer));
    }
    if let Some(snapshot) = &source.snapshot {
        facts.named_files.push(NamedFile {
            path: resolve_path(text.path, snapshot.as_str()),
            written: snapshot.as_str().into(),
            bibliography: false,
            place: text.place(snapshot.span),
        });
    }
    let author: Option<Box<str>> = match &source.authors[..] {
        [author] => Some(fold(&author.to_string()).into()),
        _ => None,
    };
    let protected = source.is_protected();
    if !protected {
        let author = author.iter().zip(&source.authors);
        let author = author.map(|(name, author)| (PointerRole::Author, name.clone(), author.span));
        let publisher = source.publisher.iter();
        let publisher = publisher.map(|name| (PointerRole::Publisher, fold(name.as_str()).into(), name.span));
        let article = source.article.iter();
        let article = article.map(|slug| (PointerRole::Article, slug.as_str().trim().into(), slug.span));
        let pointers = author.chain(publisher).chain(article);
        facts.pointers.extend(pointers.map(|(role, name, span)| Pointer {
            role,
            name,
            place: text.place(span),
        }));
    }
    let boxed = |text: &Option<registry::Text>| text.as_ref().map(|text| text.as_str().into());
    facts.sources.push(SourceFacts {
        key: source.key.as_str().into(),
        key_place: text.place(source.key.span),
        kind: source.kind.as_ref().map_or("", |kind| kind.as_str()).into(),
        title: boxed(&source.title),
        issued: source.issued.as_ref().and_then(|date| Date::parse_lenient(date.as_str()).ok()),
        accessed: source.accessed.as_ref().and_then(|date| Date::parse_lenient(date.as_str()).ok()),
        author,
        issuer: source.issuer.as_ref().map(|issuer| fold(issuer.as_str()).into()),
        publisher: source.publisher.as_ref().map(|publisher| fold(publisher.as_str()).into()),
        terms: source.terms(),
        protected,
        standing: source.standing(),
        standing_date: date(source.standing_date.as_ref()),
        standing_note: boxed(&source.standing_note),
        superseded_by: boxed(&source.superseded_by),
        relays: source.relays.iter().map(|key| key.as_str().into()).collect(),
        article: source.article.as_ref().map(|article| article.as_str().trim().into()),
        gives_reason: source.anonymity_reason.is_some(),
        names: names::protected_names(source),
        needs_place: source.needs_place(),
        has_address: source.web_address().is_some(),
        known_to_editor: source.known_to.is_some(),
        language: boxed(&source.language),
        snapshot: source.snapshot.as_ref().and_then(|snapshot| resolve_path(text.path, snapshot.as_str())),
        reference: (!protected).then(|| excerpt(&registry::reference(source), REFERENCE)),
        place: text.place(source.span),
        stale: false,
    });
}
