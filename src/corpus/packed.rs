//! Facts at rest: what is kept of a file, as few bytes as it takes.
//!
//! An article of 6 KB has about 15 KB of facts in a hundred pieces, of which a corpus of a
//! million would need sixteen gigabytes; packed, they are a tenth of that in one piece.
//! Packing and unpacking cost far less than reading the text again.

mod codec;
mod layout;

use crate::diagnostic::FilePath;
use crate::text::Place;

use super::facts::FileFacts;
use super::name_index::Named;
use codec::{Pack, Packer, Unpacker};

/// The names of all rules, in an order that stays the same while the process runs: packed
/// findings name their rules by number, and no rule is known down here.
pub type RuleNames = &'static [&'static str];

/// The facts of one file but for its path, as bytes, which mean something to this build of
/// newsmark only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    bytes: Box<[u8]>,
    rules: RuleNames,
}

impl Packed {
    /// Packs facts; `None` where a finding is of a rule that is not among `rules`.
    #[must_use]
    pub fn new(facts: &FileFacts, rules: RuleNames) -> Option<Packed> {
        let FileFacts {
            path,
            kind,
            findings,
            entities,
            sources,
            entity_references,
            source_references,
            named_files,
            pointers,
            article,
            end,
            stub,
            broken,
            guarded,
        } = facts;
        let mut out = Packer::new(path, rules);
        article.pack(&mut out);
        kind.pack(&mut out);
        broken.pack(&mut out);
        guarded.pack(&mut out);
        stub.pack(&mut out);
        entities.pack(&mut out);
        sources.pack(&mut out);
        entity_references.pack(&mut out);
        source_references.pack(&mut out);
        named_files.pack(&mut out);
        pointers.pack(&mut out);
        findings.pack(&mut out);
        end.pack(&mut out);
        let packed = Packed { bytes: out.finish()?, rules };
        debug_assert_eq!(packed.unpack(path).as_ref(), Some(facts), "what is packed comes out again");
        Some(packed)
    }

    /// The facts of the file at `path`. `None` where the bytes are no facts, which may be
    /// where the file had another path when they were packed.
    #[must_use]
    pub fn unpack(&self, path: &FilePath) -> Option<FileFacts> {
        let mut from = Unpacker::new(path, self.rules, &self.bytes);
        let from = &mut from;
        let facts = FileFacts {
            article: Pack::unpack(from)?,
            path: path.clone(),
            kind: Pack::unpack(from)?,
            broken: Pack::unpack(from)?,
            guarded: Pack::unpack(from)?,
            stub: Pack::unpack(from)?,
            entities: Pack::unpack(from)?,
            sources: Pack::unpack(from)?,
            entity_references: Pack::unpack(from)?,
            source_references: Pack::unpack(from)?,
            named_files: Pack::unpack(from)?,
            pointers: Pack::unpack(from)?,
            findings: Pack::unpack(from)?,
            end: Pack::unpack(from)?,
        };
        from.is_empty().then_some(facts)
    }

    /// Whether `#id` means something in the article, as [`FileFacts::anchor`] has it; `None`
    /// where it is none. Looks through its ids one by one.
    pub(super) fn has_anchor(&self, path: &FilePath, id: &str) -> Option<bool> {
        layout::has_anchor(&mut Unpacker::new(path, self.rules, &self.bytes), id)
    }

    /// Calls `with` for each pair of words in an article that may be parts of a name.
    pub(super) fn name_hashes(&self, path: &FilePath, with: impl FnMut(u32)) {
        // An article ends after them, and a file that is none has none.
        let _ = layout::name_hashes(&mut Unpacker::new(path, self.rules, &self.bytes), with);
    }

    /// Calls `with` for the names in an article: its claims', its slug and its headline.
    pub(super) fn names(&self, path: &FilePath, with: impl FnMut(Named, u32, &str)) {
        let _ = layout::names(&mut Unpacker::new(path, self.rules, &self.bytes), with);
    }

    /// Where `#id` is given in the article, if it is.
    pub(super) fn anchor_place(&self, path: &FilePath, id: &str) -> Option<Place> {
        layout::anchor_place(&mut Unpacker::new(path, self.rules, &self.bytes), id)
    }

    /// How many bytes they are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are none, which no facts come to.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}
