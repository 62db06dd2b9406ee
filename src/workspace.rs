//! The disk: where a corpus begins, which files belong to it, and what is in them.
//!
//! This is the only module that opens a file, and the only one that writes one. It promises three things to the rest:
//!
//! * Nothing is left out silently: each file that it meets is an [`Entry`], a
//!   [`LeftOut`] with the reason, or an [`Unread`] with what went wrong.
//! * Nothing outside the corpus root is read, whatever links lead there, and nothing
//!   that is no regular file is opened: reading a pipe would never end.
//! * Paths leave it in one spelling: from the corpus root, with `/`.

mod discover;
mod ignored;
mod load;
mod path;
mod process;
mod read;
mod refresh;
mod snapshots;
mod walk;
#[cfg(feature = "cli")]
mod write;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

pub use discover::{Named, Request, discover, discover_unsaved};
pub use load::{Loaded, Unsaved};
pub use path::{identity, shown_from};
pub use process::is_running;
pub use read::{FileProblem, Unread};
pub use refresh::{Around, Found, NamedFiles, Stamp, Stamps};
pub use snapshots::SnapshotTexts;
pub use walk::{Entry, Files, Kind, LeftOut, Why};
#[cfg(feature = "cli")]
pub use write::{WriteError, create, is_there, list, save, text_of};

use crate::config::{self, Config, FILE_NAME};

/// How a corpus root was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootBy {
    /// It holds a `newsmark.toml`.
    Configuration,
    /// No configuration anywhere above: it is the top of the git repository.
    Git,
    /// Neither: it is the folder that was named, or that of the file that was named.
    Named,
    /// The file that was named lies in a home directory or at a file system's root,
    /// which are not walked: it is its own corpus.
    Alone,
}

/// A corpus on the disk: its folder and its configuration.
#[derive(Clone, Debug)]
pub struct Root {
    /// The folder, absolute and without links.
    pub folder: PathBuf,
    /// How it was found.
    pub by: RootBy,
    /// What holds in it.
    pub config: Config,
}

impl Root {
    /// The corpus of a configuration that cannot be understood, with what holds without
    /// one: for editors, in which it can be mended.
    #[must_use]
    pub fn in_spite_of(error: &Error) -> Option<Root> {
        let Error::BadConfiguration { path, .. } = error else { return None };
        let folder = path.parent()?.to_owned();
        Some(Root { folder, by: RootBy::Configuration, config: Config::default() })
    }

    /// Where the configuration is, if there is one.
    #[must_use]
    pub fn config_path(&self) -> Option<PathBuf> {
        (self.by == RootBy::Configuration).then(|| self.folder.join(FILE_NAME))
    }

    /// Where a file is, whose path counts from the corpus root.
    #[must_use]
    pub fn on_disk(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }
}

/// What ends a run before anything is read.
#[derive(Debug)]
pub enum Error {
    /// A path that was named is not there.
    Missing {
        /// The path, as it was named.
        path: PathBuf,
        /// Where it leads, if it is a link.
        target: Option<PathBuf>,
    },
    /// A path that was named, or the folder to begin at, cannot be read.
    Unreadable {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A path that was named is no file: a pipe, or a folder where it has to be a file.
    Special {
        /// The path, as it was named.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// A file that was named is a link that leads out of the corpus.
    Outside {
        /// The path, as it was named.
        path: PathBuf,
        /// Where it leads.
        target: PathBuf,
        /// The corpus.
        root: PathBuf,
    },
    /// The corpus would be a whole home directory or file system.
    TooWide {
        /// The folder that would be indexed.
        folder: PathBuf,
        /// Whether it holds a configuration.
        configured: bool,
    },
    /// The configuration cannot be read.
    Configuration {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The configuration cannot be understood.
    BadConfiguration {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: config::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Missing { path, target: None } => {
                write!(f, "{}: there is no such file or folder", path.display())
            }
            Error::Missing { path, target: Some(target) } => {
                write!(f, "{}: is a link to {}, which is not there", path.display(), target.display())
            }
            Error::Unreadable { path, source } | Error::Configuration { path, source } => {
                write!(f, "{}: cannot be read: {}", path.display(), read::reason(source))
            }
            Error::Special { path, what } => {
                write!(f, "{}: is {what}, not a file", path.display())
            }
            Error::Outside { path, target, root } => write!(
                f,
                "{}: is a link to {}, outside the corpus {}: name that file itself, or copy it in",
                path.display(),
                target.display(),
                root.display()
            ),
            Error::TooWide { folder, configured: false } => write!(
                f,
                "{}: {} is never taken for a corpus as a whole: name the folder with the articles, or \
                 put a {FILE_NAME} there",
                folder.display(),
                wide(folder)
            ),
            Error::TooWide { folder, configured: true } => write!(
                f,
                "{}: this configuration would make all of {} one corpus: move it to the folder with the \
                 articles, or name {} itself to say that you mean it",
                folder.join(FILE_NAME).display(),
                wide(folder),
                folder.display()
            ),
            Error::BadConfiguration { path, source } => write!(f, "{}:{source}", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Unreadable { source, .. } | Error::Configuration { source, .. } => Some(source),
            Error::BadConfiguration { source, .. } => Some(source),
            _ => None,
        }
    }
}

fn wide(folder: &Path) -> &'static str {
    if folder.parent().is_none() { "the root of a file system" } else { "a home directory" }
}
