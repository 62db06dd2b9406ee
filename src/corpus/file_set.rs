//! Sorted sets, as small as most of them are.

use std::collections::BTreeSet;

use smallvec::{Array, SmallVec};

use super::FileId;

/// With more members than this, a set is a tree: moving the rest aside for each one that
/// comes or goes would cost the square of their number.
const FEW: usize = 64;

/// A sorted set of files. Most names are used in one or two files, which need no
/// allocation.
pub(super) type FileSet = SortedSet<[FileId; 4]>;

/// A sorted set: a short vector, or a tree where it is large.
#[derive(Clone, Debug)]
pub(super) enum SortedSet<A: Array> {
    Few(SmallVec<A>),
    Many(BTreeSet<A::Item>),
}

impl<A: Array> Default for SortedSet<A> {
    fn default() -> Self {
        SortedSet::Few(SmallVec::new())
    }
}

impl<A: Array> SortedSet<A>
where
    A::Item: Copy + Ord,
{
    pub(super) fn insert(&mut self, new: A::Item) {
        match self {
            SortedSet::Many(many) => {
                many.insert(new);
            }
            SortedSet::Few(few) => {
                let Err(at) = few.binary_search(&new) else { return };
                if few.len() < FEW {
                    few.insert(at, new);
                } else {
                    *self = SortedSet::Many(few.iter().copied().chain([new]).collect());
                }
            }
        }
    }

    pub(super) fn contains(&self, member: A::Item) -> bool {
        match self {
            SortedSet::Many(many) => many.contains(&member),
            SortedSet::Few(few) => few.binary_search(&member).is_ok(),
        }
    }

    pub(super) fn remove(&mut self, old: A::Item) {
        match self {
            SortedSet::Many(many) => {
                many.remove(&old);
            }
            SortedSet::Few(few) => {
                if let Ok(at) = few.binary_search(&old) {
                    few.remove(at);
                }
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            SortedSet::Few(few) => few.len(),
            SortedSet::Many(many) => many.len(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn first(&self) -> Option<A::Item> {
        match self {
            SortedSet::Few(few) => few.first().copied(),
            SortedSet::Many(many) => many.first().copied(),
        }
    }

    /// The members in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = A::Item> + '_ {
        let (few, many) = match self {
            SortedSet::Few(few) => (&few[..], None),
            SortedSet::Many(many) => (&[][..], Some(many)),
        };
        few.iter().chain(many.into_iter().flatten()).copied()
    }

    /// The members from `start` on, in order.
    pub(super) fn iter_from(&self, start: A::Item) -> impl Iterator<Item = A::Item> + '_ {
        let (few, many) = match self {
            SortedSet::Few(few) => (&few[few.partition_point(|member| *member < start)..], None),
            SortedSet::Many(many) => (&[][..], Some(many.range(start..))),
        };
        few.iter().chain(many.into_iter().flatten()).copied()
    }
}
