//! The check of one corpus: from its files to findings, in order.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use super::mend::{Mends, Wish, mend};
use super::select::Selection;
use crate::cli::identity::{About, abouts};
use crate::cli::progress::Progress;
use crate::cli::report::{Counts, Covered};
use crate::cli::shielded::{Shielded, paths_of};
use crate::corpus::{Coverage, FileFacts, FileId, FileKind};
use crate::diagnostic::{Diagnostic, FilePath};
use crate::text::Span;
use crate::workspace::{Files, Kind, Request, Unsaved};

/// What the check of one corpus came to.
pub(super) struct Outcome {
    pub(super) findings: Vec<Diagnostic>,
    /// What each of them is about, where that has a name.
    pub(super) abouts: Vec<Option<About>>,
    pub(super) counts: Counts,
    pub(super) protected: Protected,
    pub(super) times: Times,
    pub(super) mends: Mends,
    pub(super) shielded: Shielded,
}

/// What is wanted of the check of a corpus.
pub(super) struct Wanted {
    pub(super) selection: Selection,
    pub(super) wish: Option<Wish>,
    /// Whether anything is printed for which it counts what findings are about.
    pub(super) needs_abouts: bool,
    pub(super) is_quiet: bool,
}

/// How long what took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Times {
    pub(super) reading: Duration,
    pub(super) judging: Duration,
}

impl std::ops::AddAssign for Times {
    fn add_assign(&mut self, other: Times) {
        self.reading += other.reading;
        self.judging += other.judging;
    }
}

/// What is not shown of a file, each with what is shown in it after all: the entries of sources
/// that are not on record, with their keys, and the names of such sources.
pub(super) type Protected = HashMap<FilePath, Vec<(Span, Span)>>;

/// From the files of a corpus to findings, in order.
pub(super) fn lint(request: &Request, files: &Files, unsaved: Option<&Unsaved>, wanted: &Wanted) -> Outcome {
    let Wanted { selection, wish, needs_abouts, is_quiet } = wanted;
    let start = Instant::now();
    let progress = (!*is_quiet).then(|| Progress::new(files.entries.len()));
    let step = || progress.iter().for_each(Progress::step);
    let mut loaded = request.root.load(files, unsaved, step);
    progress.iter().for_each(Progress::finish);
    let reading = start.elapsed();
    let covered = |path: &str| request.covers(path);
    let (mends, mut findings) = match wish {
        Some(wish) => mend(&request.root, &mut loaded, files, (wish, selection), &covered),
        None => (Mends::default(), request.root.judge(&mut loaded, covered)),
    };
    let times = Times { reading, judging: start.elapsed() - reading };
    findings.retain(|finding| selection.takes(finding));
    let mended = mends.files.iter().map(|mended| &mended.path);
    let shown: BTreeSet<FilePath> = findings.iter().flat_map(paths_of).chain(mended).cloned().collect();
    let shielded = Shielded::new(&loaded.corpus, &shown);
    findings.iter_mut().for_each(|finding| shielded.hide(finding));
    // What could not be read is looked at too; that is what its finding says.
    let unread = files.entries.iter().filter(|entry| {
        entry.kind == Kind::Article && covered(&entry.path) && loaded.corpus.at_path(&entry.path).is_none()
    });
    let mut counts = Counts { articles: unread.count(), ..Counts::default() };
    let corpus = &loaded.corpus;
    let is_counted = |id: &FileId| {
        corpus.kind(*id) == Some(FileKind::Article) && corpus.path(*id).is_some_and(|path| covered(path))
    };
    for id in corpus.ids().filter(is_counted) {
        counts.articles += 1;
        corpus.look_at(id, |facts| {
            let Some(article) = &facts.article else { return };
            let Coverage { quotations, covered_quotations, figures, covered_figures } = article.coverage;
            counts.annotated += usize::from(article.annotated);
            counts.quotations += Covered { covered: covered_quotations as usize, all: quotations as usize };
            counts.figures += Covered { covered: covered_figures as usize, all: figures as usize };
        });
    }
    let mut protected = Protected::new();
    for id in corpus.defining() {
        corpus.look_at(id, |facts| {
            counts.entities += facts.entities.len();
            counts.sources += facts.sources.len();
        });
    }
    for id in shown.iter().filter_map(|path| corpus.at_path(path)) {
        protected.extend(corpus.look_at(id, protected_entries).flatten());
    }
    for (path, places) in shielded.places() {
        let entries = protected.entry(path.clone()).or_default();
        entries.extend(places.iter().map(|place| (*place, Span::at(0))));
        entries.sort_unstable();
    }
    let abouts = match needs_abouts {
        true => abouts(corpus, &findings),
        false => vec![None; findings.len()],
    };
    Outcome { findings, abouts, counts, protected, times, mends, shielded }
}

/// The entries of a file's sources that are not on record, or may be.
fn protected_entries(facts: &FileFacts) -> Option<(FilePath, Vec<(Span, Span)>)> {
    let protected = facts.sources.iter().filter(|source| source.protected);
    let mut entries: Vec<(Span, Span)> =
        protected.map(|source| (source.place.span(), source.key_place.span())).collect();
    entries.extend(facts.guarded.iter().map(|stretch| (stretch.span(), Span::at(0))));
    entries.sort_unstable();
    (!entries.is_empty()).then(|| (facts.path.clone(), entries))
}
