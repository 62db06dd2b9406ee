//! When articles say that an event took place, and who says otherwise.
//!
//! A table keeps for each name of an event the first and the last days that articles give it,
//! in order, so that whoever is furthest off is found in one step, however many articles there
//! are; and so that of a change only those hear whom it contradicts.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::data::date::Date;
use crate::diagnostic::FilePath;
use crate::registry::EntityType;
use crate::text::Place;

use super::facts::FileFacts;
use super::registry::EntityFacts;
use super::resolve::Known;
use super::tables::{Corpus, FileId, article_of};

/// A date that an article joins to an event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventDateFacts {
    /// The event: an index in the file's entity references.
    pub reference: u32,
    /// Every day that may be meant.
    pub date: Date,
    /// As written.
    pub written: Box<str>,
    /// Where it stands.
    pub place: Place,
    /// A word for the event, as compared, where it is not named by a link: it is the date of the
    /// event only if that has the word in one of its names.
    pub word: Option<Box<str>>,
}

/// A day, the article that gives it, and the number of the date there: by path, so that
/// nothing depends on the order in which files came.
type Given = (i64, FilePath, u32);

/// What articles say of one name.
#[derive(Debug, Default)]
pub(super) struct EventDates {
    /// By the first day that is meant.
    by_first: BTreeSet<Given>,
    /// By the last.
    by_last: BTreeSet<Given>,
}

/// The table.
pub(super) type EventTable = FxHashMap<Box<str>, EventDates>;

/// The dates of a file that others are compared with: those of links, in articles in which
/// names mean what they mean everywhere.
fn shared(facts: &FileFacts) -> impl Iterator<Item = (&Box<str>, u32, &EventDateFacts)> {
    let article = article_of(facts).filter(|article| article.settled.is_empty());
    let dates = article.into_iter().flat_map(|article| article.event_dates.iter().enumerate());
    dates.filter(|(_, given)| given.word.is_none()).filter_map(|(number, given)| {
        let reference = facts.entity_references.get(given.reference as usize)?;
        Some((&reference.folded, number as u32, given))
    })
}

/// Puts the dates of a file in.
pub(super) fn insert(table: &mut EventTable, facts: &FileFacts) {
    for (name, number, given) in shared(facts) {
        let row = table.entry(name.clone()).or_default();
        let entry = |day| (day, facts.path.clone(), number);
        row.by_first.extend(given.date.earliest().map(|day| entry(day.number())));
        row.by_last.extend(given.date.latest().map(|day| entry(day.number())));
    }
}

/// Takes them out again.
pub(super) fn remove(table: &mut EventTable, facts: &FileFacts) {
    for (name, number, given) in shared(facts) {
        let Some(row) = table.get_mut(name) else { continue };
        let entry = |day| (day, facts.path.clone(), number);
        if let Some(day) = given.date.earliest() {
            row.by_first.remove(&entry(day.number()));
        }
        if let Some(day) = given.date.latest() {
            row.by_last.remove(&entry(day.number()));
        }
        if row.by_first.is_empty() && row.by_last.is_empty() {
            table.remove(name);
        }
    }
}

/// The dates of a file that is about to come or go, with the names of their events.
pub(super) fn given(facts: &FileFacts) -> impl Iterator<Item = (Box<str>, Date)> {
    shared(facts).map(|(name, _, given)| (name.clone(), given.date.clone()))
}

/// A date that an article gives an event.
#[derive(Clone, Copy, Debug)]
pub struct GivenDate<'c> {
    /// The article.
    pub file: &'c FileFacts,
    /// The date.
    pub what: &'c EventDateFacts,
}

impl Corpus {
    /// The event that an article dates there, where it is one that is known.
    #[must_use]
    pub fn dated_event<'c>(
        &'c self,
        file: &FileFacts,
        given: &EventDateFacts,
    ) -> Option<Known<'c, EntityFacts>> {
        let reference = file.entity_references.get(given.reference as usize)?;
        let event = self.entity(file, &reference.folded).one()?;
        let mut words =
            event.what.names.iter().flat_map(|(_, name)| name.split(|c: char| !c.is_alphanumeric()));
        let is_meant = given.word.as_ref().is_none_or(|word| words.any(|own| own == &**word));
        (event.what.kind == Some(EntityType::Event) && is_meant).then_some(event)
    }

    /// A date that an article, perhaps the same one, gives the event and that can't be this one:
    /// of several the one that is furthest off.
    #[must_use]
    pub fn dated_otherwise<'c>(
        &'c self,
        event: Known<'c, EntityFacts>,
        date: &Date,
    ) -> Option<GivenDate<'c>> {
        let rows = self.rows_of(event);
        let earlier = rows.iter().filter_map(|row| row.by_last.first()).min();
        let later = rows.iter().filter_map(|row| row.by_first.last()).max();
        let first = date.earliest().map(|day| day.number());
        let last = date.latest().map(|day| day.number());
        let earlier = earlier.filter(|(day, ..)| first.is_some_and(|first| *day < first));
        let later = later.filter(|(day, ..)| last.is_some_and(|last| *day > last));
        let (_, path, number) = earlier.or(later)?;
        let file = self.file(self.at_path(path)?)?;
        let what = file.article.as_ref()?.event_dates.get(*number as usize)?;
        // Clocks may differ by more than a day has.
        (!what.date.may_meet(date)).then_some(GivenDate { file, what })
    }

    /// The rows of all names that stand for an event.
    fn rows_of(&self, event: Known<'_, EntityFacts>) -> Vec<&EventDates> {
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        self.all_names(event.what)
            .filter(|name| seen.insert(name))
            .filter_map(|name| Some((name, self.event_dates.get(name)?)))
            .filter(|(name, _)| {
                self.entity(event.file, name).one().is_some_and(|known| known.what.id == event.what.id)
            })
            .map(|(_, row)| row)
            .collect()
    }

    /// The articles that a date of the event of that name, which came or went, contradicts.
    pub(super) fn contradicted(&self, name: &str, date: &Date) -> FxHashSet<FileId> {
        let Some(event) = self.event_named(name) else { return FxHashSet::default() };
        let mut found = FxHashSet::default();
        for row in self.rows_of(event) {
            let after = date.latest().map(|day| (day.number() + 1, FilePath::from(""), 0));
            let before = date.earliest().map(|day| (day.number(), FilePath::from(""), 0));
            let later = after.map(|after| row.by_first.range(after..));
            let earlier = before.map(|before| row.by_last.range(..before));
            let files = later.into_iter().flatten().chain(earlier.into_iter().flatten());
            found.extend(files.filter_map(|(_, path, _)| self.at_path(path)));
        }
        found
    }

    /// What a name stands for where no article settles it.
    fn event_named(&self, name: &str) -> Option<Known<'_, EntityFacts>> {
        // Seen from the file of whatever goes by it, which settles nothing.
        let slot = self.names.get(name).and_then(|slot| slot.holders.first());
        let by_settled = || self.settled.get(name).and_then(|id| self.by_id(id));
        match slot {
            Some((_, (file, _))) => self.entity(self.file(file)?, name).one(),
            None => by_settled(),
        }
    }
}
