//! The stored texts of sources: what is in the files that registries name, read and never
//! written.

use std::fs;
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::{FileProblem, Root};
use crate::config::size_text;
use crate::corpus::{Obstacle, SnapshotFacts};
use crate::diagnostic::FilePath;
use crate::syntax::StoredText;
use crate::text::LineIndex;

/// How many bytes of stored text are at hand at once, as they lie on the disk; taken apart into
/// words they are some five times as many. One file's quotations that rest on more are compared
/// with the first of it alone.
const MOST_HELD: u64 = 32 << 20;

/// Stored texts that were read.
#[derive(Debug, Default)]
pub struct SnapshotTexts {
    texts: FxHashMap<FilePath, Held>,
}

#[derive(Clone, Debug)]
struct Held {
    modified: Option<SystemTime>,
    /// In bytes.
    length: u64,
    text: Arc<StoredText>,
}

impl SnapshotTexts {
    /// The texts at these paths, as far as they can be read and are not too many. Those that are
    /// read already and did not change are not read again; those that nobody asks for go.
    #[must_use]
    pub fn read(&mut self, root: &Root, paths: &[FilePath]) -> FxHashMap<FilePath, Arc<StoredText>> {
        let mut total = 0;
        let stamped = paths.iter().filter_map(|path| {
            let metadata = fs::metadata(root.on_disk(path)).ok()?;
            total += metadata.len().min(root.config.size_limit.value);
            (total <= MOST_HELD || total == metadata.len())
                .then(|| (path, metadata.modified().ok(), metadata.len()))
        });
        let stamped: Vec<_> = stamped.collect();
        let before = std::mem::take(&mut self.texts);
        let read = stamped.into_par_iter().filter_map(|(path, modified, length)| {
            let known = before.get(path);
            let same = known.filter(|held| held.modified == modified && held.length == length);
            let held = same.cloned().or_else(|| {
                let raw = root.stored(path).ok()?;
                Some(Held { modified, length, text: Arc::new(StoredText::new(path, raw)) })
            })?;
            Some((path.clone(), held))
        });
        self.texts = read.collect();
        paths.iter().filter_map(|path| Some((path.clone(), self.texts.get(path)?.text.clone()))).collect()
    }

    /// How many of these files, each with the texts that it needs, can be judged together.
    #[must_use]
    pub fn together(&self, root: &Root, needed: &[Vec<FilePath>]) -> usize {
        let mut total = 0;
        let fits = |paths: &&Vec<FilePath>| {
            let sizes = paths.iter().filter_map(|path| fs::metadata(root.on_disk(path)).ok());
            total += sizes.map(|metadata| metadata.len()).sum::<u64>();
            total <= MOST_HELD
        };
        needed.iter().take_while(fits).count().max(1).min(needed.len())
    }
}

impl Root {
    /// What there is in a file that is named as a source's stored text; `None` for nothing.
    #[must_use]
    pub fn snapshot(&self, path: &str) -> Option<SnapshotFacts> {
        let unusable = |why: &str, obstacle| Some(SnapshotFacts::Unusable { why: why.into(), obstacle });
        match self.stored(path) {
            Ok(text) => {
                let digest = Sha256::digest(text.as_bytes());
                let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
                Some(SnapshotFacts::Text { digest: digest.into() })
            }
            Err(FileProblem::Missing | FileProblem::Vanished | FileProblem::BrokenLink { .. }) => None,
            Err(FileProblem::Outside) => unusable("lies outside the corpus", Obstacle::Outside),
            Err(FileProblem::Empty) => unusable("is empty", Obstacle::NoText),
            Err(FileProblem::NotUtf8 { looks_like: Some("no text at all"), .. }) => {
                unusable("is no text", Obstacle::NoText)
            }
            Err(FileProblem::NotUtf8 { looks_like, .. }) => {
                let like = looks_like.map(|what| format!(": it looks like {what}")).unwrap_or_default();
                unusable(&format!("is not UTF-8{like}"), Obstacle::NoText)
            }
            Err(FileProblem::TooLarge { size, limit }) => {
                let (size, limit) = (size_text(size), size_text(limit));
                unusable(&format!("has {size}, more than the limit of {limit}"), Obstacle::TooLarge)
            }
            Err(FileProblem::Special { what }) => {
                unusable(&format!("is {what}, not a file"), Obstacle::NoFile)
            }
            Err(FileProblem::Unreadable { reason }) => {
                unusable(&format!("cannot be read: {reason}"), Obstacle::Unreadable)
            }
        }
    }

    /// The text in a file that is named as a source's stored text.
    fn stored(&self, path: &str) -> Result<String, FileProblem> {
        let text = self.read_named(path)?;
        match text.find('\0') {
            // No text has one, and many files of other kinds do.
            Some(at) => Err(FileProblem::NotUtf8 {
                at: LineIndex::new(&text).position(&text, at),
                looks_like: Some("no text at all"),
            }),
            None => Ok(text),
        }
    }
}
