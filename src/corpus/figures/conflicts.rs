//! Which figures of one event contradict each other.
//!
//! Of each event, and of each thing that is counted of it, the figures that still stand are put
//! in the order of their dates, and each is held against the highest and the lowest before it by
//! the same speaker and in the same unit. A figure that somebody has updated, disputed or
//! corrected since does not stand, and nor does another of the same speaker that said the same
//! before that. So however many figures an event has, each is looked at a few times.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::diagnostic::FilePath;

use super::super::facts::FileFacts;
use super::super::resolve::EntityTarget;
use super::super::tables::{Corpus, FileId};
use super::table::{FigureTable, Row, Voice};

/// A figure that contradicts one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigureConflict {
    /// The article of the later one.
    pub file: FileId,
    /// The later one, as an index in [`super::super::article::ArticleFacts::figures`].
    pub figure: u32,
    /// The article of the earlier one.
    pub other_file: FileId,
    /// The earlier one.
    pub other: u32,
}

/// The conflicts of one event and one thing that is counted, by file and figure.
pub(super) type Conflicts = Arc<[FigureConflict]>;

/// An event's id and what is counted of it.
pub(super) type Kind = (Box<str>, Box<str>);

/// What was found out since the last change, by the event's id and by what is counted.
#[derive(Debug, Default)]
pub(super) struct KnownConflicts(Mutex<FxHashMap<Kind, Arc<OnceLock<Conflicts>>>>);

/// A figure among those of its event.
pub(super) struct Member<'c> {
    pub(super) file: FileId,
    pub(super) path: &'c FilePath,
    pub(super) row: &'c Row,
}

/// A speaker, as far as speakers are told apart: nothing for the publication itself.
pub(super) type SpeakerId<'c> = Option<&'c str>;

/// All those who say how many together.
pub(super) type Speakers<'c> = SmallVec<[SpeakerId<'c>; 1]>;

/// What is compared: the same unit, and the same speaker.
type Group<'c> = (Option<&'c str>, SpeakerId<'c>);

impl FigureTable {
    /// Forgets what was found out: something is about to change.
    pub(crate) fn forget_conflicts(&mut self) {
        let known = self.known.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        if !known.is_empty() {
            *known = FxHashMap::default();
        }
    }
}

impl Corpus {
    /// The figures of `file` that contradict others, of the event with that id, that count
    /// `what`: each with the earlier one, in the order in which they stand in the article.
    #[must_use]
    pub fn figure_conflicts(&self, file: FileId, event: &str, what: &str) -> Vec<FigureConflict> {
        let all = self.conflicts(event, what);
        let from = all.partition_point(|conflict| conflict.file < file);
        all[from..].iter().take_while(|conflict| conflict.file == file).copied().collect()
    }

    /// All of them, by file and figure.
    pub(super) fn conflicts(&self, event: &str, what: &str) -> Conflicts {
        let known = {
            let mut known = self.figures.known.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.entry((event.into(), what.into())).or_default().clone()
        };
        known.get_or_init(|| self.find_conflicts(&self.members(event, what))).clone()
    }

    /// The figures of an event that count `what`, by date, then path, then place.
    pub(super) fn members(&self, event: &str, what: &str) -> Vec<Member<'_>> {
        let mut members: Vec<Member<'_>> = Vec::new();
        for name in self.names_of_entity(event) {
            let written = self.entity_settled(None, name).one().map(|known| known.what.folded_id());
            for (file, rows) in self.figures.rows(name, what) {
                let Some(path) = self.path(file) else { continue };
                let own = rows.iter().filter(|row| row.is_of(self, name, written, event));
                members.extend(own.map(|row| Member { file, path, row }));
            }
        }
        // What has no date yet is being written.
        let order = |member: &Member<'_>| (member.row.at.is_none(), member.row.at);
        members
            .sort_unstable_by(|a, b| (order(a), a.path, a.row.figure).cmp(&(order(b), b.path, b.row.figure)));
        members
    }

    /// All names that may stand for the entity with that id, each once.
    pub(super) fn names_of_entity<'c>(&'c self, id: &'c str) -> Vec<&'c str> {
        let Some(known) = self.by_id(id) else { return Vec::new() };
        let mut names: Vec<&str> = self.all_names(known.what).map(|name| &**name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn find_conflicts<'c>(&'c self, members: &[Member<'c>]) -> Conflicts {
        let speakers: Vec<Speakers<'c>> = members.iter().map(|member| self.speakers_of(member)).collect();
        let mut groups: FxHashMap<Group<'c>, Vec<u32>> = FxHashMap::default();
        let mut order: Vec<Group<'c>> = Vec::new();
        for (number, member) in members.iter().enumerate().filter(|(_, member)| !member.row.void) {
            for &speaker in &speakers[number] {
                let group = (member.row.unit.as_deref(), speaker);
                groups.entry(group).or_insert_with(|| {
                    order.push(group);
                    Vec::new()
                });
                if let Some(own) = groups.get_mut(&group) {
                    own.push(number as u32);
                }
            }
        }
        let range = |number: &u32| members[*number as usize].row.amount.range();
        let at_odds = |group: &Group<'_>| {
            let of_group = || groups.get(group).into_iter().flatten();
            let low = of_group().map(|number| range(number).0).fold(f64::NEG_INFINITY, f64::max);
            let high = of_group().map(|number| range(number).1).fold(f64::INFINITY, f64::min);
            low > high
        };
        // Nearly always nothing is, and nobody needs to know who updates what.
        order.retain(at_odds);
        if order.is_empty() {
            return Arc::new([]);
        }
        let superseded = self.superseded(members, &speakers);
        let mut found: FxHashSet<FigureConflict> = FxHashSet::default();
        for group in &order {
            let Some(own) = groups.get(group) else { continue };
            compare(members, own, |number| superseded.of(number, group.1), &mut found);
        }
        let mut found: Vec<FigureConflict> = found.into_iter().collect();
        found.sort_unstable();
        // One that contradicts others as several speakers does so once.
        found.dedup_by_key(|conflict| (conflict.file, conflict.figure));
        found.into()
    }

    /// Who says how many, of those who are known: by id.
    pub(super) fn speakers_of<'c>(&'c self, member: &Member<'c>) -> Speakers<'c> {
        let id = |target: EntityTarget<'c>| target.one().map(|known| Some(known.what.folded_id()));
        let mut ids: Speakers<'c> = match &member.row.voice {
            Voice::Nobody => SmallVec::new(),
            Voice::Own => SmallVec::from_slice(&[None]),
            Voice::Named(whole, parts) => {
                let target = whole.target(self);
                if parts.is_empty() || !matches!(target, EntityTarget::Nothing) {
                    id(target).into_iter().collect()
                } else {
                    parts.iter().filter_map(|part| id(part.target(self))).collect()
                }
            }
            Voice::Source(key, or_own) => match self.implied_by(member.file, key) {
                Some(speaker) => speaker.into_iter().map(Some).collect(),
                None if *or_own => SmallVec::from_slice(&[None]),
                None => SmallVec::new(),
            },
        };
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The speaker that a source implies in an article, where it is a known one; `None` where
    /// the source implies nobody.
    fn implied_by(&self, file: FileId, key: &str) -> Option<Option<&str>> {
        // Where nothing is settled and no source brought along, all articles see the same.
        let none = FileFacts::nowhere();
        let from: &FileFacts = if self.has_own_meanings(file) { self.file(file)? } else { &none };
        let name = self.utterer(from, key)?;
        // Who speaks in a source that is not on record is not told, and what is told apart by
        // them would tell.
        if self.source(from, key).is_none_or(|source| source.what.protected) {
            return Some(None);
        }
        Some(self.entity(from, &name).one().map(|known| known.what.folded_id()))
    }

    /// Which of the members do not stand any more.
    fn superseded<'c>(&'c self, members: &[Member<'c>], speakers: &[Speakers<'c>]) -> Superseded<'c> {
        let mut targets: Targets<'_> = Targets::default();
        let mut articles: FxHashMap<&str, Option<FileId>> = FxHashMap::default();
        for (number, member) in members.iter().enumerate() {
            for link in member.row.links.iter().flat_map(|links| &links.to) {
                let file = match &link.article {
                    None => Some(member.file),
                    Some(name) => {
                        *articles.entry(name).or_insert_with(|| match self.article_ids(name).first[..] {
                            [one] => Some(one),
                            _ => None,
                        })
                    }
                };
                let Some(file) = file else { continue };
                let target = targets.entry((file, &link.id)).or_default();
                if link.disputes {
                    target.disputed.extend(speakers[number].iter().map(|by| (*by, number as u32)));
                } else {
                    target.updated = target.updated.max(Some(number as u32));
                }
            }
        }
        let mut out = Superseded::default();
        if targets.is_empty() {
            return out;
        }
        for (number, member) in members.iter().enumerate() {
            let number = number as u32;
            let ids = member.row.links.iter().flat_map(|links| &links.ids);
            let hit = ids.filter_map(|id| targets.get(&(member.file, &**id)));
            for target in hit {
                for &speaker in &speakers[number as usize] {
                    let disputed = target.disputed.get(&speaker).copied();
                    if let Some(by) = target.updated.max(disputed).filter(|by| *by != number) {
                        out.figures.insert((number, speaker));
                        let last = out.values.entry((key(member.row), speaker)).or_insert(by);
                        *last = by.max(*last);
                    }
                }
            }
        }
        // Whoever said the same before it was superseded.
        for (number, member) in members.iter().enumerate() {
            for &speaker in &speakers[number] {
                let by = out.values.get(&(key(member.row), speaker));
                if by.is_some_and(|by| number as u32 <= *by) {
                    out.figures.insert((number as u32, speaker));
                }
            }
        }
        out
    }
}

/// What refers to claims, by their article and id.
type Targets<'c> = FxHashMap<(FileId, &'c str), Target<'c>>;

#[derive(Default)]
struct Target<'c> {
    /// The last that updates or corrects it.
    updated: Option<u32>,
    /// The last of each speaker that disputes it.
    disputed: FxHashMap<SpeakerId<'c>, u32>,
}

/// A range and its unit, for telling which figures say the same.
type Value<'c> = (u64, u64, Option<&'c str>);

fn key(row: &Row) -> Value<'_> {
    let (low, high) = row.amount.range();
    (low.to_bits(), high.to_bits(), row.unit.as_deref())
}

/// The figures that do not stand any more, each as a speaker's.
#[derive(Default)]
struct Superseded<'c> {
    figures: FxHashSet<(u32, SpeakerId<'c>)>,
    /// What was said, and the last that superseded it.
    values: FxHashMap<(Value<'c>, SpeakerId<'c>), u32>,
}

impl<'c> Superseded<'c> {
    fn of(&self, number: u32, speaker: SpeakerId<'c>) -> bool {
        self.figures.contains(&(number, speaker))
    }
}

/// Holds each of a speaker's figures against the highest and the lowest before it.
fn compare(
    members: &[Member<'_>],
    own: &[u32],
    is_superseded: impl Fn(u32) -> bool,
    found: &mut FxHashSet<FigureConflict>,
) {
    let (mut highest, mut lowest, mut last): (Option<u32>, Option<u32>, Option<u32>) = (None, None, None);
    let row = |number: u32| members[number as usize].row;
    let amount = |number: u32| &row(number).amount;
    let range = |number: u32| row(number).amount.range();
    for &number in own.iter().filter(|number| !is_superseded(**number)) {
        let this = amount(number);
        let above = highest.filter(|other| this.is_below(amount(*other)));
        let below = lowest.filter(|other| amount(*other).is_below(this));
        // The last one is what a reader will remember.
        let before = last.filter(|other| this.is_below(amount(*other)) || amount(*other).is_below(this));
        if let Some(other) = before.or(above.max(below)) {
            let (later, earlier) = (&members[number as usize], &members[other as usize]);
            found.insert(FigureConflict {
                file: later.file,
                figure: later.row.figure,
                other_file: earlier.file,
                other: earlier.row.figure,
            });
        }
        last = Some(number);
        if highest.is_none_or(|other| range(other).0 <= this.range().0) {
            highest = Some(number);
        }
        if lowest.is_none_or(|other| range(other).1 >= this.range().1) {
            lowest = Some(number);
        }
    }
}
