//! Names that stand in articles and must not: no output outside the editor repeats them.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Corpus, Shield};
use crate::diagnostic::{Diagnostic, FilePath, Related};
use crate::text::Span;

/// Whoever is named and must not be, in the files that findings show.
#[derive(Default)]
pub(super) struct Shielded {
    files: BTreeMap<FilePath, Names>,
}

/// The names in one file.
struct Names {
    places: Vec<Span>,
    /// The entries of those who are known: to point at one says who it is.
    entries: Vec<(FilePath, Span)>,
    shield: Shield,
}

impl Shielded {
    /// Looks only at the files at `paths`, such as those that findings are in or point at.
    pub(super) fn new<'p>(corpus: &Corpus, paths: impl IntoIterator<Item = &'p FilePath>) -> Self {
        let paths: BTreeSet<&FilePath> = paths.into_iter().collect();
        let files = paths.into_iter().filter_map(|path| {
            let names = corpus.look_at(corpus.at_path(path)?, |file| {
                let named = corpus.shielded_in(file);
                let entities = named.iter().filter_map(|named| named.entity);
                Names {
                    places: named.iter().flat_map(|named| &named.places).map(|place| place.span()).collect(),
                    entries: entities
                        .map(|entity| (entity.file.path.clone(), entity.what.place.span()))
                        .collect(),
                    shield: Shield::new(&named),
                }
            })?;
            (!names.shield.is_empty()).then(|| (path.clone(), names))
        });
        Shielded { files: files.collect() }
    }

    /// Where they stand, by file.
    pub(super) fn places(&self) -> impl Iterator<Item = (&FilePath, &[Span])> {
        self.files.iter().map(|(path, names)| (path, &*names.places))
    }

    /// The words of a file with the names dotted out.
    pub(super) fn hidden(&self, path: &str, text: &str) -> String {
        self.files.get(path).map_or_else(|| text.to_owned(), |names| names.shield.hidden(text))
    }

    /// Dots the names out in what a finding says; a fix that would write one is not offered.
    pub(super) fn hide(&self, finding: &mut Diagnostic) {
        if self.files.is_empty() {
            return;
        }
        let paths: BTreeSet<FilePath> = paths_of(finding).cloned().collect();
        for names in paths.iter().filter_map(|path| self.files.get(path)) {
            finding.message = names.shield.hidden(&finding.message);
            finding.help = finding.help.as_ref().map(|help| names.shield.hidden(help));
            finding.related.retain(|related| !names.holds(related));
            for related in &mut finding.related {
                related.message = names.shield.hidden(&related.message);
            }
            let says_nothing = |text: &str| names.shield.hidden(text) == *text;
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
}

/// The files that a finding shows.
pub(super) fn paths_of(finding: &Diagnostic) -> impl Iterator<Item = &FilePath> {
    let related = finding.related.iter().map(|related| &related.location.path);
    related.chain([&finding.location.path])
}
