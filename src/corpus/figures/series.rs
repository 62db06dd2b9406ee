//! All that was ever said of one event: who said when how many.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::tables::{Corpus, FileId};

/// What was said of one thing that is counted of an event.
#[derive(Clone, Debug)]
pub struct FigureSeries {
    /// What is counted.
    pub what: Box<str>,
    /// How many figures there are, those of a speaker who said the same again included.
    pub count: usize,
    /// The latest of each speaker, the latest of all first; nothing of figures that the
    /// publication does not stand by any more.
    pub latest: Vec<SeriesFigure>,
}

/// A figure of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesFigure {
    /// The article.
    pub file: FileId,
    /// Its number in [`super::super::article::ArticleFacts::figures`].
    pub figure: u32,
}

impl Corpus {
    /// What was said of the event with that id, as compared, that counts `what`.
    #[must_use]
    pub fn figure_series(&self, event: &str, what: &str) -> FigureSeries {
        let members = self.members(event, what);
        let mut latest: Vec<SeriesFigure> = Vec::new();
        let mut seen: FxHashSet<(Option<&str>, Option<&str>)> = FxHashSet::default();
        let standing = || members.iter().filter(|member| !member.row.void);
        for member in standing().rev() {
            let unit = member.row.unit.as_deref();
            let speakers = self.speakers_of(member);
            // Of those who are not known, each is another.
            let new = speakers.iter().filter(|speaker| seen.insert((unit, **speaker))).count();
            let is_new = new > 0 || speakers.is_empty();
            if is_new {
                latest.push(SeriesFigure { file: member.file, figure: member.row.figure });
            }
        }
        FigureSeries { what: what.into(), count: standing().count(), latest }
    }

    /// What is counted of the event with that id, what is counted most often first.
    #[must_use]
    pub fn counted_of(&self, event: &str) -> Vec<Box<str>> {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for name in self.names_of_entity(event) {
            let whats = self.figures.events.get(name).into_iter().flatten();
            whats.for_each(|(what, files)| *counts.entry(what).or_default() += files.len());
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|(what, count)| (std::cmp::Reverse(*count), *what));
        counts.into_iter().map(|(what, _)| what.into()).collect()
    }
}
