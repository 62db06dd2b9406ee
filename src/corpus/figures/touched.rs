//! Which files a change touches by their figures: those in which one contradicts another now
//! and did not before, or the other way round, or contradicts one that has moved.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::super::facts::FileFacts;
use super::super::tables::{Corpus, FileId, article_of};
use super::FigureConflict;
use super::conflicts::{Conflicts, Kind};
use super::table::{Name, kinds};

/// What a batch of changes did to figures.
#[derive(Default)]
pub(crate) struct TouchedFigures {
    /// The conflicts before it, by the event's id and what is counted.
    before: BTreeMap<Kind, Conflicts>,
    /// What was counted of which event, before or after.
    kinds: Vec<(Name, Box<str>)>,
    /// By which names there were articles: one for each time that a name went, and came.
    articles: BTreeMap<Box<str>, [Vec<FileId>; 2]>,
}

impl TouchedFigures {
    /// Notes what there is before a file comes or goes.
    pub(crate) fn remember(&mut self, corpus: &Corpus, facts: &FileFacts) {
        for (event, what) in kinds(facts) {
            if let Some(known) = event.target(corpus).one() {
                let id = known.what.folded_id();
                let kind = (Box::from(id), Box::from(what));
                self.before.entry(kind).or_insert_with(|| corpus.conflicts(id, what));
            }
        }
    }

    /// Notes a file that comes, or goes.
    pub(crate) fn note(&mut self, id: FileId, facts: &FileFacts, comes: bool) {
        self.kinds.extend(kinds(facts).map(|(event, what)| (event, what.into())));
        if let Some(article) = article_of(facts) {
            for name in [&*article.slug, crate::text::without_ending(&facts.path)] {
                let noted = self.articles.entry(name.into()).or_default();
                noted[usize::from(comes)].push(id);
            }
        }
    }

    /// The files that may be judged otherwise, where `changed` are those that came or went
    /// and `keys` the sources that mean something else.
    pub(crate) fn files<'k>(
        &mut self,
        corpus: &Corpus,
        changed: &FxHashSet<FileId>,
        keys: impl Iterator<Item = &'k Box<str>>,
    ) -> Vec<FileId> {
        let mut files: Vec<FileId> = Vec::new();
        for (event, what) in self.kinds.drain(..) {
            if let Some(known) = event.target(corpus).one() {
                self.before.entry((known.what.folded_id().into(), what)).or_default();
            }
        }
        for ((event, what), before) in &self.before {
            let after = corpus.conflicts(event, what);
            let is_in = |all: &Conflicts, one: &FigureConflict| all.binary_search(one).is_ok();
            let gone = before.iter().filter(|one| !is_in(&after, one));
            let new = after.iter().filter(|one| !is_in(before, one) || changed.contains(&one.other_file));
            files.extend(gone.chain(new).map(|conflict| conflict.file));
        }
        // Who speaks in a source, or which article a name means, tells figures apart that
        // stand in files that did not change.
        let mut elsewhere: BTreeSet<FileId> = keys.flat_map(|key| corpus.figures.of_source(key)).collect();
        for (name, [went, came]) in &mut self.articles {
            went.sort_unstable();
            came.sort_unstable();
            if went != came {
                elsewhere.extend(corpus.figures.of_article(name));
            }
        }
        let mut seen: FxHashSet<Kind> = FxHashSet::default();
        for id in elsewhere {
            let kinds: Vec<(Name, Box<str>)> = corpus
                .look_at(id, |facts| kinds(facts).map(|(event, what)| (event, what.into())).collect())
                .unwrap_or_default();
            for (event, what) in kinds {
                let Some(known) = event.target(corpus).one() else { continue };
                let event = known.what.folded_id();
                if seen.insert((event.into(), what.clone())) {
                    files.extend(corpus.members(event, &what).iter().map(|member| member.file));
                }
            }
        }
        files
    }
}
