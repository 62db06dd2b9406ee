//! A registry of which a stretch was written anew.
//!
//! Somebody who writes in a registry of ten thousand entries changes one of them: only that
//! one is read, and only what it says is taken out of the tables and put in again. The rest
//! stays, at places that may have moved.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::diagnostic::{FilePath, Finding};
use crate::text::{Place, Position, Span};

use super::affected::Touched;
use super::facts::{EntityReference, FileFacts, NamedFile, Pointer, SourceReference};
use super::registry::{EntityFacts, SourceFacts};
use super::tables::{Corpus, FileId, articles_used, keys_used, names_used, paths_used};

/// Entries of a registry that take the place of others.
#[derive(Clone, Debug)]
pub struct Patch {
    /// What comes: the entries with all that was found in them, at their places in the new
    /// text; `end` and `stub` are those of the whole of it.
    pub facts: FileFacts,
    /// What goes: all that begins in this stretch of the text before.
    pub replaced: Span,
    /// How far moves what came after it.
    pub shift: Shift,
}

/// How far something moves that begins a line before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    /// Bytes, forwards or backwards.
    pub bytes: i64,
    /// Lines, likewise.
    pub lines: i64,
}

impl Shift {
    /// The place that was `place`.
    #[must_use]
    pub fn of(self, place: Place) -> Place {
        let moved = |at: Position| Position {
            offset: (i64::from(at.offset) + self.bytes) as u32,
            line: (i64::from(at.line) + self.lines) as u32,
            ..at
        };
        Place { start: moved(place.start), end: moved(place.end) }
    }
}

/// Something in a registry that has a place and is listed in the order of the places.
pub(super) trait Placed: Clone {
    fn place(&self) -> Place;
    fn each_place(&mut self, path: &FilePath, with: impl Fn(&mut Place));
}

macro_rules! placed {
    ($($type:ty: $first:ident $($other:ident)*;)*) => { $(
        impl Placed for $type {
            fn place(&self) -> Place {
                self.$first
            }

            fn each_place(&mut self, _: &FilePath, with: impl Fn(&mut Place)) {
                with(&mut self.$first);
                $(with(&mut self.$other);)*
            }
        }
    )* };
}

placed! {
    EntityFacts: place id_place;
    SourceFacts: place key_place;
    EntityReference: place;
    SourceReference: place;
    Pointer: place;
    NamedFile: place;
}

impl Placed for Finding {
    fn place(&self) -> Place {
        self.place
    }

    fn each_place(&mut self, path: &FilePath, with: impl Fn(&mut Place)) {
        with(&mut self.place);
        let related = self.related.iter_mut().map(|related| &mut related.location);
        let edits = self.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.location);
        for location in related.chain(edits).filter(|location| location.path == *path) {
            with(&mut location.place);
        }
    }
}

impl Patch {
    /// Moves what was found in the registry before to where it stands now, but for what goes
    /// with what is replaced.
    pub fn carry(&self, findings: &mut Vec<Finding>) {
        let (replaced, end) = (self.replaced.range(), self.replaced.end());
        findings.retain(|finding| !replaced.contains(&finding.place.span().start()));
        for finding in findings {
            finding.each_place(&self.facts.path, |place| match place.span().start() {
                // An entry begins after its dash: this is the end of the file.
                start if start == end => *place = self.facts.end,
                start if start > end => *place = self.shift.of(*place),
                _ => {}
            });
        }
    }
}

impl FileFacts {
    /// Moves all that is in a registry, but for its end.
    pub fn shift(&mut self, by: Shift) {
        let path = self.path.clone();
        // All of them by name: what is new in facts has to be looked at here.
        let FileFacts {
            path: _,
            kind: _,
            findings,
            entities,
            sources,
            entity_references,
            source_references,
            pointers,
            named_files,
            article: _,
            end: _,
            stub: _,
            broken: _,
            // What is broken is read anew.
            guarded: _,
        } = self;
        shift(findings, &path, by);
        shift(entities, &path, by);
        shift(sources, &path, by);
        shift(entity_references, &path, by);
        shift(source_references, &path, by);
        shift(pointers, &path, by);
        shift(named_files, &path, by);
    }

    /// Puts what a patch brings in the place of what it replaces, which is the answer.
    pub fn patch(&mut self, patch: &Patch) -> FileFacts {
        let new = &patch.facts;
        let path = &new.path;
        FileFacts {
            findings: splice(&mut self.findings, &new.findings, path, patch),
            entities: splice(&mut self.entities, &new.entities, path, patch),
            sources: splice(&mut self.sources, &new.sources, path, patch),
            entity_references: splice(&mut self.entity_references, &new.entity_references, path, patch),
            source_references: splice(&mut self.source_references, &new.source_references, path, patch),
            pointers: splice(&mut self.pointers, &new.pointers, path, patch),
            named_files: splice(&mut self.named_files, &new.named_files, path, patch),
            end: std::mem::replace(&mut self.end, new.end),
            stub: std::mem::replace(&mut self.stub, new.stub),
            path: path.clone(),
            kind: self.kind,
            article: None,
            broken: false,
            guarded: Vec::new(),
        }
    }
}

fn shift<T: Placed>(all: &mut [T], path: &FilePath, by: Shift) {
    if by == Shift::default() {
        return;
    }
    for one in all {
        one.each_place(path, |place| *place = by.of(*place));
    }
}

fn splice<T: Placed>(all: &mut Vec<T>, new: &[T], path: &FilePath, patch: &Patch) -> Vec<T> {
    let range = replaced(all, patch.replaced);
    shift(&mut all[range.end..], path, patch.shift);
    all.splice(range, new.iter().cloned()).collect()
}

/// The numbers of what begins in a stretch of the text.
pub(super) fn replaced<T: Placed>(all: &[T], span: Span) -> Range<usize> {
    let before = |end: u32| all.partition_point(|one| one.place().start.offset < end);
    before(span.start)..before(span.end)
}

impl Corpus {
    /// Puts a patch into a registry that is there, read from the text before.
    pub(super) fn patch(&mut self, patch: &Patch, touched: &mut Touched) -> Option<FileId> {
        let id = self.at_path(&patch.facts.path)?;
        let facts = self.files.get_mut(id.0 as usize)?.as_mut()?.facts_mut()?;
        let entities = replaced(&facts.entities, patch.replaced);
        let sources = replaced(&facts.sources, patch.replaced);
        let new = &patch.facts;
        if entities.len() != new.entities.len() || sources.len() != new.sources.len() {
            // Those after them have other numbers now.
            let mut facts = self.take_out(id, touched)?;
            facts.patch(patch);
            self.put_in(id, facts, None, touched);
            return Some(id);
        }
        let first = FirstNumbers { entity: entities.start as u32, source: sources.start as u32 };
        let gone = facts.patch(patch);
        let still_used = StillUsed::new(facts, &gone, new);
        if patch.shift.lines != 0 {
            touched.note_moved(&facts.entities[entities.end..], &facts.sources[sources.end..]);
        }
        let may_ask_no_more = self.asking.contains(&id) && self.leads_nowhere(&gone);
        touched.remember(self, &gone);
        touched.note_part(id, &gone, first, false);
        self.take_from_tables(id, &gone, first, &still_used);
        touched.remember(self, new);
        touched.note_part(id, new, first, true);
        self.put_into_tables(id, new, first);
        // Where something else in the file leads somewhere else now, `apply` asks it again.
        if self.leads_nowhere(new) {
            self.asking.insert(id);
        } else if may_ask_no_more && !self.asks(id) {
            self.asking.remove(&id);
        }
        Some(id)
    }
}

/// Which numbers the first entries of a part have in the whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FirstNumbers {
    pub(super) entity: u32,
    pub(super) source: u32,
}

/// What a part that goes used, and the rest of the file uses still.
#[derive(Debug, Default)]
pub(super) struct StillUsed {
    names: FxHashSet<Box<str>>,
    keys: FxHashSet<Box<str>>,
    paths: FxHashSet<Box<str>>,
    articles: FxHashSet<Box<str>>,
}

impl StillUsed {
    /// What `gone` used that `whole` uses, of which it is no part any more; but for what `new`,
    /// which is put into the tables after it, uses as well.
    fn new(whole: &FileFacts, gone: &FileFacts, new: &FileFacts) -> Self {
        fn still<'f, I: Iterator<Item = &'f str>>(
            used: impl Fn(&'f FileFacts) -> I,
            of: [&'f FileFacts; 3],
        ) -> FxHashSet<Box<str>> {
            let [whole, gone, new] = of;
            let mut left: FxHashSet<&str> = used(gone).collect();
            used(new).for_each(|name| {
                left.remove(name);
            });
            // Mostly nothing: then the whole is not gone through.
            let is_any = !left.is_empty();
            used(whole).take_while(|_| is_any).filter(|name| left.contains(name)).map(Box::from).collect()
        }
        let of = [whole, gone, new];
        StillUsed {
            names: still(|facts| names_used(facts).map(|name| &**name), of),
            keys: still(|facts| keys_used(facts).map(|key| &**key), of),
            paths: still(|facts| paths_used(facts).map(|path| &**path), of),
            articles: still(articles_used, of),
        }
    }

    pub(super) fn has_name(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    pub(super) fn has_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    pub(super) fn has_path(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    pub(super) fn has_article(&self, article: &str) -> bool {
        self.articles.contains(article)
    }
}
