//! Names that stand in articles and must not: no output outside the editor repeats them.

use std::collections::{BTreeMap, BTreeSet};

use super::report::masked;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, FilePath, Related};
use crate::text::{Span, name_pairs};

/// Whoever is named and must not be, in the files that findings show.
#[derive(Default)]
pub(super) struct Shielded {
    files: BTreeMap<FilePath, Names>,
}

/// The names in one file.
struct Names {
    places: Vec<Span>,
    /// What the pairs of their words stand for.
    pairs: BTreeSet<u32>,
    /// The entries of those who are known: to point at one says who it is.
    entries: Vec<(FilePath, Span)>,
    /// What the markup calls them.
    written: BTreeSet<String>,
}

impl Shielded {
    /// Looks only at the files at `paths`, such as those that findings are in or point at.
    pub(super) fn new<'p>(corpus: &Corpus, paths: impl IntoIterator<Item = &'p FilePath>) -> Self {
        let paths: BTreeSet<&FilePath> = paths.into_iter().collect();
        let files = paths.into_iter().filter_map(|path| {
            let names = corpus.look_at(corpus.at_path(path)?, |file| {
                let mut names = Names {
                    places: Vec::new(),
                    pairs: BTreeSet::new(),
                    entries: Vec::new(),
                    written: BTreeSet::new(),
                };
                for named in corpus.shielded_in(file) {
                    names.places.extend(named.places.iter().map(|place| place.span()));
                    names.entries.extend(
                        named.entity.map(|entity| (entity.file.path.clone(), entity.what.place.span())),
                    );
                    names.pairs.extend(named.ways.iter().flatten());
                    names.written.extend(named.written.iter().map(|name| (*name).to_owned()));
                }
                names
            })?;
            (!names.pairs.is_empty() || !names.written.is_empty()).then(|| (path.clone(), names))
        });
        Shielded { files: files.collect() }
    }

    /// Where they stand, by file.
    pub(super) fn places(&self) -> impl Iterator<Item = (&FilePath, &[Span])> {
        self.files.iter().map(|(path, names)| (path, &*names.places))
    }

    /// The words of a file with the names dotted out.
    pub(super) fn hidden(&self, path: &str, text: &str) -> String {
        self.files.get(path).map_or_else(|| text.to_owned(), |names| names.hidden(text))
    }

    /// Dots the names out in what a finding says; a fix that would write one is not offered.
    pub(super) fn hide(&self, finding: &mut Diagnostic) {
        if self.files.is_empty() {
            return;
        }
        let paths: BTreeSet<FilePath> = paths_of(finding).cloned().collect();
        for names in paths.iter().filter_map(|path| self.files.get(path)) {
            finding.message = names.hidden(&finding.message);
            finding.help = finding.help.as_ref().map(|help| names.hidden(help));
            finding.related.retain(|related| !names.holds(related));
            for related in &mut finding.related {
                related.message = names.hidden(&related.message);
            }
            let says_nothing = |text: &str| names.hidden(text) == *text;
            finding.fixes.retain(|fix| {
                says_nothing(&fix.title) && fix.edits.iter().all(|edit| says_nothing(&edit.text))
            });
        }
    }
}

impl Names {
    fn holds(&self, related: &Related) -> bool {
        let place = related.location.place.span();
        self.entries.iter().any(|(path, entry)| *path == related.location.path && entry.contains(place))
    }

    fn hidden(&self, text: &str) -> String {
        let mut spans: Vec<(Span, Span)> = Vec::new();
        let mut add = |from: usize, to: usize| spans.push((Span::new(from, to), Span::at(0)));
        name_pairs(text, |pair| {
            if self.pairs.contains(&pair.hash) {
                add(pair.from, pair.to);
            }
        });
        for name in &self.written {
            for (at, _) in text.match_indices(name.as_str()) {
                let end = at + name.len();
                let is_part = text[..at].ends_with(char::is_alphanumeric)
                    || text[end..].starts_with(char::is_alphanumeric);
                if !is_part {
                    add(at, end);
                }
            }
        }
        spans.sort_unstable();
        masked(text, &spans)
    }
}

/// The files that a finding shows.
pub(super) fn paths_of(finding: &Diagnostic) -> impl Iterator<Item = &FilePath> {
    let related = finding.related.iter().map(|related| &related.location.path);
    related.chain([&finding.location.path])
}
