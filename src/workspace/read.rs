//! What is in a file, or why nobody can say.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path};

use super::walk::Entry;
use super::{Root, path};
use crate::config::{Config, size_text};
use crate::diagnostic::{Diagnostic, FilePath, Level, Location};
use crate::text::{LineIndex, Place, Position};

/// Why a file could not be read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileProblem {
    /// It is in another encoding than UTF-8, or is no text.
    NotUtf8 {
        /// The first byte that is wrong.
        at: Position,
        /// What it probably is.
        looks_like: Option<&'static str>,
    },
    /// It is over the size limit.
    TooLarge {
        /// Its size in bytes, at least.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// There is nothing in it.
    Empty,
    /// The system says no.
    Unreadable {
        /// What it says.
        reason: String,
    },
    /// It was there when the folder was listed, and then was not.
    Vanished,
    /// A path that something in the corpus names, and nothing is there.
    Missing,
    /// It is no regular file.
    Special {
        /// What it is instead.
        what: &'static str,
    },
    /// It is a link to something that is not there.
    BrokenLink {
        /// What it names.
        target: String,
    },
    /// It lies outside the corpus, or a link leads there.
    Outside,
}

/// A file or folder that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its path from the corpus root.
    pub path: FilePath,
    /// Why.
    pub problem: FileProblem,
}

impl FileProblem {
    /// The rule under which it is reported.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            FileProblem::NotUtf8 { .. } => "invalid-encoding",
            FileProblem::TooLarge { .. } => "file-too-large",
            _ => "unreadable-file",
        }
    }

    /// What is wrong, without a full stop.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            FileProblem::NotUtf8 { looks_like: Some(what), .. } => {
                format!("this file is not UTF-8: it looks like {what}")
            }
            FileProblem::NotUtf8 { looks_like: None, .. } => "this file is not UTF-8".to_owned(),
            FileProblem::TooLarge { size, limit } => {
                format!("this file has {}, more than the limit of {}", size_text(*size), size_text(*limit))
            }
            FileProblem::Empty => "this file is empty".to_owned(),
            FileProblem::Unreadable { reason } => format!("this cannot be read: {reason}"),
            FileProblem::Vanished => "this file vanished while it was read".to_owned(),
            FileProblem::Missing => "there is no such file".to_owned(),
            FileProblem::Special { what } => format!("this is {what}, not a file"),
            FileProblem::BrokenLink { target } => {
                format!("this is a link to `{target}`, and there is nothing there")
            }
            FileProblem::Outside => "this file lies outside the corpus".to_owned(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            FileProblem::NotUtf8 { .. } => Some("save it as UTF-8; until then it is left out"),
            FileProblem::TooLarge { .. } => {
                Some("split it, or raise `size-limit` in newsmark.toml; until then it is left out")
            }
            FileProblem::Empty => Some("write it, delete it, or exclude it in newsmark.toml"),
            FileProblem::Vanished => Some("run newsmark again"),
            FileProblem::Outside | FileProblem::Missing => None,
            _ => Some("until this is mended, it is left out"),
        }
    }

    /// It as a finding.
    #[must_use]
    pub fn diagnostic(&self, path: &FilePath, level: Level) -> Diagnostic {
        let place = match self {
            FileProblem::NotUtf8 { at, .. } => Place { start: *at, end: *at },
            _ => Place::default(),
        };
        Diagnostic {
            location: Location { path: path.clone(), place },
            rule: self.rule(),
            level,
            message: self.message(),
            help: self.help().map(str::to_owned),
            related: Vec::new(),
            fixes: Vec::new(),
            choice: false,
        }
    }
}

impl Root {
    /// A file that cannot be read, as a finding at the level that holds for it; `None`
    /// where the rule is off.
    #[must_use]
    pub fn finding(&self, unread: &Unread) -> Option<Diagnostic> {
        let settings = self.config.settings_for(&unread.path);
        let setting = settings.setting(unread.problem.rule());
        let level = setting.map_or(Some(Level::Error), |setting| setting.level)?;
        Some(unread.problem.diagnostic(&unread.path, level))
    }

    /// The text of a file that the walk found.
    pub fn read(&self, entry: &Entry) -> Result<String, FileProblem> {
        match text(&entry.on_disk(self), self.config.size_limit.value) {
            Err(FileProblem::Missing) => Err(FileProblem::Vanished),
            read => read,
        }
    }

    /// The text of a file that something in the corpus names: a bibliography, a
    /// snapshot. `path` counts from the corpus root.
    pub fn read_named(&self, path: &str) -> Result<String, FileProblem> {
        let climbs = Path::new(path).components().any(|part| !matches!(part, Component::Normal(_)));
        if climbs {
            return Err(FileProblem::Outside);
        }
        let on_disk = self.on_disk(path);
        match fs::canonicalize(&on_disk) {
            Ok(real) if !real.starts_with(&self.folder) => Err(FileProblem::Outside),
            Ok(real) => text(&real, self.config.size_limit.value),
            Err(error) => Err(of_io(&error)),
        }
    }

    /// Whether there is a folder of that path.
    #[must_use]
    pub fn is_folder(&self, path: &str) -> bool {
        self.on_disk(path).is_dir()
    }

    /// Whether there is a file or folder of that path within the corpus, for links to it.
    #[must_use]
    pub fn exists(&self, path: &str) -> bool {
        fs::canonicalize(self.on_disk(path)).is_ok_and(|real| real.starts_with(&self.folder))
    }

    /// The path from the corpus root of a file with that [`identity`](super::identity()),
    /// whether it is there or not; `None` if it would lie elsewhere.
    #[must_use]
    pub fn path_within(&self, identity: &Path) -> Option<String> {
        let path = path::with_slashes(identity.strip_prefix(&self.folder).ok()?);
        (!path.is_empty()).then_some(path)
    }

    /// Why a text that is not saved yet would not be read, if it would not.
    #[must_use]
    pub fn unsaved_problem(&self, text: &str) -> Option<FileProblem> {
        let (size, limit) = (text.len() as u64, self.config.size_limit.value);
        match size {
            0 => Some(FileProblem::Empty),
            _ if size > limit => Some(FileProblem::TooLarge { size, limit }),
            _ => None,
        }
    }

    /// The configuration as it stands on the disk; `None` if there is none. What is wrong
    /// with it, or with reading it, comes as the run of a check would have it.
    pub fn configuration(&self) -> Result<Option<Config>, super::Error> {
        super::discover::configuration_in(&self.folder)
    }

    /// The path from the corpus root of a file that somebody named, links followed;
    /// `None` if it lies elsewhere or is not there.
    #[must_use]
    pub fn path_of(&self, on_disk: &Path) -> Option<String> {
        let real = fs::canonicalize(on_disk).ok()?;
        Some(path::with_slashes(real.strip_prefix(&self.folder).ok()?))
    }
}

/// Reads a regular file of at most `limit` bytes.
fn text(on_disk: &Path, limit: u64) -> Result<String, FileProblem> {
    // Asked before it is opened: opening a pipe waits for somebody to write to it.
    let metadata = fs::metadata(on_disk).map_err(|error| of_io(&error))?;
    if !metadata.is_file() {
        return Err(FileProblem::Special { what: kind_of(metadata.file_type()) });
    }
    let size = metadata.len();
    if size > limit {
        return Err(FileProblem::TooLarge { size, limit });
    }
    let file = File::open(on_disk).map_err(|error| of_io(&error))?;
    // One byte more than it should have, so that the last read needs no second buffer,
    // and one that grows past the limit meanwhile is noticed.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| of_io(&error))?;
    if bytes.len() as u64 > limit {
        return Err(FileProblem::TooLarge { size: bytes.len() as u64, limit });
    }
    if bytes.is_empty() {
        return Err(FileProblem::Empty);
    }
    String::from_utf8(bytes).map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()))
}

fn not_utf8(bytes: &[u8], valid_up_to: usize) -> FileProblem {
    let looks_like = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some("UTF-16"),
        _ if bytes.contains(&0) => Some("no text at all"),
        // The letters of Western European languages lie there in the old encodings.
        _ if bytes[valid_up_to] >= 0xA0 => Some("Latin-1 or Windows-1252"),
        _ => None,
    };
    let valid = std::str::from_utf8(&bytes[..valid_up_to]).unwrap_or_default();
    FileProblem::NotUtf8 { at: LineIndex::new(valid).position(valid, valid.len()), looks_like }
}

/// What the system said about a path.
pub(super) fn of_io(error: &io::Error) -> FileProblem {
    match error.kind() {
        io::ErrorKind::NotFound => FileProblem::Missing,
        _ => FileProblem::Unreadable { reason: reason(error) },
    }
}

/// What the system says, without the number.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// What something is that is no regular file.
pub(super) fn kind_of(kind: fs::FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a named pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    if kind.is_dir() { "a folder" } else { "something special" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_the_encoding_breaks() {
        let FileProblem::NotUtf8 { at, looks_like } = not_utf8(b"ab\ncaf\xE9 x", 6) else { panic!() };
        assert_eq!((at.offset, at.line, at.column), (6, 1, 3));
        assert_eq!(looks_like, Some("Latin-1 or Windows-1252"));
    }
}
