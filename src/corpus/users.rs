//! Which files something may be used in: asked of the tables, so that nothing is unpacked.
//! Whether it is really meant there, a look into the file says.

use crate::diagnostic::FilePath;

use super::facts::FileFacts;
use super::file_set::FileSet;
use super::registry::EntityFacts;
use super::tables::{Corpus, FileId, article_of};

impl Corpus {
    /// The files that define `entity` or use any of its names, in the order of their paths.
    #[must_use]
    pub fn files_naming(&self, entity: &EntityFacts) -> Vec<FileId> {
        let mut files = Vec::new();
        for name in self.all_names(entity) {
            self.add_files_of_name(name, &mut files);
        }
        self.in_order(files)
    }

    /// The files that hold or use a name, as compared.
    #[must_use]
    pub fn files_of_name(&self, folded: &str) -> Vec<FileId> {
        let mut files = Vec::new();
        self.add_files_of_name(folded, &mut files);
        self.in_order(files)
    }

    fn add_files_of_name(&self, folded: &str, files: &mut Vec<FileId>) {
        let Some(slot) = self.names.get(folded) else { return };
        files.extend(slot.users.iter());
        files.extend(slot.holders.iter().map(|(_, (file, _))| file));
        files.extend(slot.entries.iter().map(|(file, _)| file));
    }

    /// The files that define or use a source's key.
    #[must_use]
    pub fn files_of_key(&self, key: &str) -> Vec<FileId> {
        let Some(slot) = self.keys.get(key) else { return Vec::new() };
        self.in_order(slot.users.iter().chain(slot.holders.iter().map(|(file, _)| file)).collect())
    }

    /// The files that may refer to `file` or to a part of it, by its path or its slug, and
    /// itself.
    #[must_use]
    pub fn files_leading_to(&self, file: &FileFacts) -> Vec<FileId> {
        let mut files: Vec<FileId> = self.at_path(&file.path).into_iter().collect();
        let slug = article_of(file).map(|article| &*article.slug);
        for name in slug.into_iter().chain([file.path_without_ending()]) {
            files.extend(self.article_users.get(name).into_iter().flat_map(FileSet::iter));
        }
        files.extend(self.path_users.get(&file.path).into_iter().flat_map(FileSet::iter));
        self.in_order(files)
    }

    /// The files that link to a path or name it.
    #[must_use]
    pub fn files_naming_path(&self, path: &str) -> Vec<FileId> {
        self.in_order(self.path_users.get(path).into_iter().flat_map(FileSet::iter).collect())
    }

    /// The paths of all files below a folder, read or not. Goes through all that there are.
    #[must_use]
    pub fn paths_below(&self, folder: &str) -> Vec<FilePath> {
        let is_below = |path: &&FilePath| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let mut paths: Vec<FilePath> =
            self.by_path.keys().chain(&self.others).filter(is_below).cloned().collect();
        paths.sort();
        paths
    }

    /// In the order of their paths, each once.
    fn in_order(&self, mut files: Vec<FileId>) -> Vec<FileId> {
        files.sort_unstable();
        files.dedup();
        files.sort_by_key(|id| self.path(*id));
        files
    }
}
