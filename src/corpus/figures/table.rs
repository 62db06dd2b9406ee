//! All figures of events, by event and by what they count.
//!
//! A row holds what is compared: names as they were written, which are looked up when rows are
//! compared, since what a name stands for may change while the article does not.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::super::article::{ArticleFacts, ClaimRelation, Speaker};
use super::super::facts::FileFacts;
use super::super::file_set::FileSet;
use super::super::resolve::EntityTarget;
use super::super::tables::{Corpus, FileId, article_of};
use super::conflicts::KnownConflicts;
use super::{Amount, FigureFacts};

/// The figures of one event that count one thing, by file.
pub(super) type SameWhat = FxHashMap<FileId, Box<[Row]>>;

/// All figures of events that say what they count.
#[derive(Debug, Default)]
pub(crate) struct FigureTable {
    /// By the event's name as compared, in articles that settle it also by the id that it is
    /// settled on; then by what is counted.
    pub(super) events: FxHashMap<Box<str>, FxHashMap<Box<str>, SameWhat>>,
    /// Files with a figure whose speaker is implied by the source of that key.
    by_source: FxHashMap<Box<str>, FileSet>,
    /// Files with a figure that updates, disputes or corrects a claim of the article of that
    /// slug or path.
    by_article: FxHashMap<Box<str>, FileSet>,
    /// Which contradict each other, as far as anybody has asked since the last change.
    pub(super) known: KnownConflicts,
}

/// A figure of an event.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its number in [`ArticleFacts::figures`].
    pub(super) figure: u32,
    pub(super) amount: Amount,
    pub(super) unit: Option<Box<str>>,
    event: EventName,
    pub(super) voice: Voice,
    /// The first second of the entry's date, else of the article's.
    pub(super) at: Option<i64>,
    /// Whether the publication does not stand by it any more.
    pub(super) void: bool,
    pub(super) links: Option<Box<Links>>,
}

/// What the name under which a row stands is.
#[derive(Clone, Debug)]
enum EventName {
    /// What is written, and nothing else was settled.
    Written,
    /// What is written, where the id on which the article settles it is none.
    Unless(Box<str>),
    /// The id on which the article settles it.
    Settled,
}

/// A name, and the id on which its article settles it.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    folded: Box<str>,
    settled: Option<Box<str>>,
}

impl Name {
    fn new(article: &ArticleFacts, folded: &str) -> Self {
        let at = article.settled.partition_point(|(name, _)| **name < *folded);
        let settled = article.settled.get(at).filter(|(name, _)| **name == *folded);
        Name { folded: folded.into(), settled: settled.map(|(_, id)| id.clone()) }
    }

    /// What it stands for.
    pub(super) fn target<'c>(&self, corpus: &'c Corpus) -> EntityTarget<'c> {
        corpus.entity_settled(self.settled.as_deref(), &self.folded)
    }
}

/// Who says how many.
#[derive(Clone, Debug)]
pub(super) enum Voice {
    /// Somebody of whom nothing is known.
    Nobody,
    /// The publication.
    Own,
    /// These: the value of `by=`, and its parts where it may be a list.
    Named(Box<Name>, Box<[Name]>),
    /// Whoever speaks in the source of that key, cited directly after; else, where that is
    /// said, the publication.
    Source(Box<str>, bool),
}

/// How many claims a figure supersedes or disputes at most, with those around it: a list of
/// thousands on the claim around thousands of figures would cost their product.
const MOST_LINKS: usize = 64;

/// What can be referred to, and what it refers to.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    /// The ids of the claim and of those around it.
    pub(super) ids: Vec<Box<str>>,
    /// The claims that it or one around it updates, disputes or corrects.
    pub(super) to: Vec<Link>,
}

/// A claim that a figure supersedes or disputes.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// The article, as a slug or path; its own where there is none.
    pub(super) article: Option<Box<str>>,
    pub(super) id: Box<str>,
    /// Whether it disputes it, which does not say that its speaker gave it up.
    pub(super) disputes: bool,
}

impl FigureTable {
    /// The rows of `what` under a name of an event, each file's together.
    pub(super) fn rows(&self, name: &str, what: &str) -> impl Iterator<Item = (FileId, &[Row])> {
        let rows = self.events.get(name).and_then(|event| event.get(what));
        rows.into_iter().flatten().map(|(file, rows)| (*file, &**rows))
    }

    /// The files with a figure whose speaker the source of that key may tell.
    pub(crate) fn of_source(&self, key: &str) -> impl Iterator<Item = FileId> {
        self.by_source.get(key).into_iter().flat_map(FileSet::iter)
    }

    /// The files with a figure that says how it stands to one of the article of that name.
    pub(crate) fn of_article(&self, name: &str) -> impl Iterator<Item = FileId> {
        self.by_article.get(name).into_iter().flat_map(FileSet::iter)
    }
}

impl Row {
    /// Whether the row, which stands under `name`, is of the event with the id `event`;
    /// `written` says what the name stands for where nothing was settled.
    pub(super) fn is_of(&self, corpus: &Corpus, name: &str, written: Option<&str>, event: &str) -> bool {
        match &self.event {
            EventName::Written => written == Some(event),
            // Else it stands under that id, too.
            EventName::Unless(id) => {
                corpus.by_id(id).is_none()
                    && corpus
                        .entity_settled(Some(id), name)
                        .one()
                        .is_some_and(|known| known.what.folded_id() == event)
            }
            EventName::Settled => corpus.by_id(name).is_some_and(|known| known.what.folded_id() == event),
        }
    }
}

impl Corpus {
    /// Adds the figures of an article.
    pub(crate) fn put_figures(&mut self, id: FileId, facts: &FileFacts) {
        let Some(article) = article_of(facts).filter(|article| !article.figures.is_empty()) else { return };
        let table = &mut self.figures;
        for ((event, what), rows) in rows(facts, article) {
            for row in &rows {
                if let Voice::Source(key, _) = &row.voice {
                    table.by_source.entry(key.clone()).or_default().insert(id);
                }
                let links = row.links.iter().flat_map(|links| &links.to);
                for article in links.filter_map(|link| link.article.as_ref()) {
                    table.by_article.entry(article.clone()).or_default().insert(id);
                }
            }
            table.events.entry(event).or_default().entry(what).or_default().insert(id, rows.into());
        }
    }

    /// Takes them out again.
    pub(crate) fn take_figures(&mut self, id: FileId, facts: &FileFacts) {
        let Some(article) = article_of(facts).filter(|article| !article.figures.is_empty()) else { return };
        for ((event, what), rows) in rows(facts, article) {
            self.figures.take(id, &event, &what);
            for row in &rows {
                if let Voice::Source(key, _) = &row.voice {
                    forget(&mut self.figures.by_source, key, id);
                }
                let links = row.links.iter().flat_map(|links| &links.to);
                for article in links.filter_map(|link| link.article.as_ref()) {
                    forget(&mut self.figures.by_article, article, id);
                }
            }
        }
    }
}

impl FigureTable {
    fn take(&mut self, id: FileId, event: &str, what: &str) {
        let Some(whats) = self.events.get_mut(event) else { return };
        if let Some(rows) = whats.get_mut(what) {
            rows.remove(&id);
            if rows.is_empty() {
                whats.remove(what);
            }
        }
        if whats.is_empty() {
            self.events.remove(event);
        }
    }
}

fn forget(table: &mut FxHashMap<Box<str>, FileSet>, key: &str, id: FileId) {
    if let Some(files) = table.get_mut(key) {
        files.remove(id);
        if files.is_empty() {
            table.remove(key);
        }
    }
}

/// The events and what is counted of them, of all figures of a file; some more than once.
pub(super) fn kinds(facts: &FileFacts) -> impl Iterator<Item = (Name, &str)> {
    let article = article_of(facts);
    article.into_iter().flat_map(move |article| {
        let mut last: Option<(u32, &str)> = None;
        article.figures.iter().filter_map(move |figure| {
            let kind = (figure.event?, &*figure.what);
            if last.replace(kind) == Some(kind) {
                return None;
            }
            let event = facts.entity_references.get(kind.0 as usize)?;
            Some((Name::new(article, &event.folded), kind.1))
        })
    })
}

/// The names under which a figure stands, and what each of them is.
fn event_names(
    facts: &FileFacts,
    article: &ArticleFacts,
    figure: &FigureFacts,
) -> Option<impl Iterator<Item = (Box<str>, EventName)>> {
    let event = facts.entity_references.get(figure.event? as usize)?;
    let Name { folded, settled } = Name::new(article, &event.folded);
    let settled = settled.filter(|id| *id != folded);
    let written = settled.clone().map_or(EventName::Written, EventName::Unless);
    Some(std::iter::once((folded, written)).chain(settled.map(|id| (id, EventName::Settled))))
}

type Rows = BTreeMap<(Box<str>, Box<str>), Vec<Row>>;

fn rows(facts: &FileFacts, article: &ArticleFacts) -> Rows {
    let mut rows = Rows::default();
    for (number, figure) in article.figures.iter().enumerate() {
        for (name, event) in event_names(facts, article, figure).into_iter().flatten() {
            let row = row(facts, article, number as u32, figure, event);
            rows.entry((name, figure.what.clone())).or_default().push(row);
        }
    }
    rows
}

fn row(
    facts: &FileFacts,
    article: &ArticleFacts,
    number: u32,
    figure: &FigureFacts,
    event: EventName,
) -> Row {
    let links = links(article, figure.claim);
    let date = figure.entry.as_ref().or(article.dates.first());
    Row {
        figure: number,
        amount: figure.amount,
        unit: figure.unit.clone(),
        event,
        voice: voice(facts, article, figure),
        at: date.and_then(|date| date.earliest_second()),
        void: article.is_void(figure.claim),
        links: (!links.ids.is_empty() || !links.to.is_empty()).then(|| Box::new(links)),
    }
}

/// Who says how many. Words inside somebody's quote are theirs, and those between quotation marks
/// are not the publication's.
fn voice(facts: &FileFacts, article: &ArticleFacts, figure: &FigureFacts) -> Voice {
    let number = figure.claim;
    let Some(claim) = article.claims.get(number as usize) else { return Voice::Nobody };
    let mut around = article.with_those_around(number).map(|(_, claim)| claim);
    let is_quoted =
        figure.quoted || article.with_those_around(number).any(|(_, claim)| claim.quote || claim.response);
    match claim.speaker {
        Speaker::Entities { reference, .. } => {
            let Some(whole) = facts.entity_references.get(reference as usize) else { return Voice::Nobody };
            let from = reference as usize + 1;
            let parts = facts.entity_references.get(from..from + whole.parts as usize).unwrap_or_default();
            let name = |folded: &str| Name::new(article, folded);
            Voice::Named(Box::new(name(&whole.folded)), parts.iter().map(|part| name(&part.folded)).collect())
        }
        Speaker::Unnamed => Voice::Nobody,
        Speaker::Own if is_quoted => Voice::Nobody,
        Speaker::Own => Voice::Own,
        Speaker::Missing => {
            // The nearest that takes its speaker from what is cited after it.
            let implied = around.find(|claim| claim.quote || claim.accusation || claim.response);
            let point = implied.and_then(|claim| article.points.get(claim.followed_by? as usize));
            let cited = point.and_then(|point| article.cited.get(point.start as usize..point.end as usize));
            match cited {
                Some([cited]) => Voice::Source(cited.key.clone(), !is_quoted),
                _ if is_quoted => Voice::Nobody,
                _ => Voice::Own,
            }
        }
    }
}

fn links(article: &ArticleFacts, number: u32) -> Links {
    let mut links = Links::default();
    for (_, claim) in article.with_those_around(number) {
        links.ids.extend(claim.id.clone());
        for relation in [ClaimRelation::Updates, ClaimRelation::Corrects, ClaimRelation::Disputes] {
            links.to.extend(article.related(claim, relation).map(|reference| Link {
                article: reference.article.clone(),
                id: reference.id.clone(),
                disputes: relation == ClaimRelation::Disputes,
            }));
        }
    }
    links.to.truncate(MOST_LINKS);
    links
}
