//! Where a configuration names files by paths and patterns.

use super::globs::is_wild;
use super::{Config, Globs, Pattern};

/// A list of patterns, under its key.
#[derive(Clone, Copy, Debug)]
pub struct PathList<'c> {
    /// The key: `articles`, `paths`.
    pub key: &'static str,
    /// The patterns.
    pub globs: &'c Globs,
}

impl Config {
    /// All lists of patterns; the number and order are those of the same configuration with other
    /// patterns, too.
    #[must_use]
    pub fn path_lists(&self) -> Vec<PathList<'_>> {
        let corpus = [
            ("articles", &self.articles),
            ("entities", &self.entities),
            ("sources", &self.sources),
            ("exclude", &self.exclude),
        ];
        let overrides = self.overrides.iter().map(|entry| ("paths", &entry.paths));
        corpus.into_iter().chain(overrides).map(|(key, globs)| PathList { key, globs }).collect()
    }
}

impl Pattern {
    /// The path that a pattern without wildcards is, from the corpus root, without `./` in front
    /// and `/` at the end.
    #[must_use]
    pub fn literal(&self) -> Option<&str> {
        (!is_wild(&self.text)).then(|| self.text.trim_start_matches("./").trim_end_matches('/'))
    }

    /// The pattern that stands for the file or folder at `path` as this one does for its own;
    /// nothing where signs in it would be wildcards.
    #[must_use]
    pub fn moved_to(&self, path: &str) -> Option<String> {
        let literal = self.literal()?;
        let (before, after) = self.text.split_once(literal)?;
        (!is_wild(path)).then(|| format!("{before}{path}{after}"))
    }
}
