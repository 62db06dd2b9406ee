//! Sets of files, as small as most of them are.

use smallvec::SmallVec;

use super::FileId;

/// A sorted set of files. Most names are used in one or two files, which need no
/// allocation; the few that half the corpus uses are one sorted vector.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FileSet(SmallVec<[FileId; 4]>);

impl FileSet {
    pub(super) fn insert(&mut self, file: FileId) {
        // Files are mostly added in order of their numbers.
        if self.0.last().is_none_or(|&last| last < file) {
            self.0.push(file);
        } else if let Err(at) = self.0.binary_search(&file) {
            self.0.insert(at, file);
        }
    }

    pub(super) fn remove(&mut self, file: FileId) {
        if let Ok(at) = self.0.binary_search(&file) {
            self.0.remove(at);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = FileId> + '_ {
        self.0.iter().copied()
    }
}
