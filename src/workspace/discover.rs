//! From the paths on a command line, or the one that an editor opens, to corpora.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::ignored::{git_top, is_ignored_by_git};
use super::read::kind_of;
use super::{Error, Root, RootBy, path};
use crate::config::{Config, FILE_NAME};
use crate::diagnostic::FilePath;

/// A path that somebody named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As it was named, for messages.
    pub shown: PathBuf,
    /// From the corpus root; empty for the root itself.
    pub path: FilePath,
    /// Whether it is a folder.
    pub is_folder: bool,
}

impl Named {
    /// Whether a file or folder of the corpus is this one, or lies in it.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        &*self.path == path || (self.is_folder && lies_in(path, &self.path))
    }
}

/// Whether `path` lies in the folder `folder`, both from the corpus root.
pub(super) fn lies_in(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// What somebody wants looked at in one corpus.
#[derive(Clone, Debug)]
pub struct Request {
    /// The corpus.
    pub root: Root,
    /// What in it.
    pub named: Vec<Named>,
}

impl Request {
    /// Whether a file or folder of the corpus was named, or lies in what was.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.named.iter().any(|named| named.covers(path))
    }
}

/// The corpora of some paths, each with what was named in it; the folder that newsmark
/// was started in where nothing was.
///
/// A corpus begins at the nearest `newsmark.toml` above what was named. Without one it
/// is the git repository, so that `check stories/a.md` finds the registries beside
/// `stories`; without that too (or where git ignores the path), the folder itself.
pub fn discover(paths: &[PathBuf]) -> Result<Vec<Request>, Error> {
    let here = [PathBuf::from(".")];
    let by_name = !paths.is_empty();
    let mut requests: Vec<Request> = Vec::new();
    // A hook may name a thousand files of one folder.
    let mut of_files: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for shown in if by_name { paths } else { &here } {
        let start = Start::of(shown)?;
        let known = of_files.get(&start.folder).copied().filter(|_| start.file.is_some());
        let at = match known {
            Some(at) => at,
            None => {
                let root = find_root(&start, by_name)?;
                let same =
                    |request: &Request| request.root.folder == root.folder && request.root.by == root.by;
                match requests.iter().position(same) {
                    Some(at) => at,
                    None => {
                        requests.push(Request { root, named: Vec::new() });
                        requests.len() - 1
                    }
                }
            }
        };
        let request = &mut requests[at];
        let named = start.named(&request.root)?;
        if !request.named.contains(&named) {
            request.named.push(named);
        }
        if start.file.is_some() {
            of_files.insert(start.folder, at);
        }
    }
    Ok(merged(requests))
}

/// The corpus that a file belongs to which may not be saved yet.
pub fn discover_unsaved(file: &Path) -> Result<Request, Error> {
    let absolute =
        std::path::absolute(file).map_err(|source| Error::Unreadable { path: file.to_owned(), source })?;
    if absolute.is_dir() {
        return Err(Error::Special { path: file.to_owned(), what: "a folder" });
    }
    let nearest = absolute.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
    let folder =
        fs::canonicalize(nearest).map_err(|source| Error::Unreadable { path: file.to_owned(), source })?;
    let file_path = match absolute.strip_prefix(nearest) {
        Ok(rest) => folder.join(rest),
        Err(_) => folder.join(file),
    };
    // Links followed where there is a file: one identity for each.
    let file_path = fs::canonicalize(&file_path).unwrap_or(file_path);
    let start = Start { folder, file: Some(file_path), shown: file.to_owned() };
    let root = find_root(&start, true)?;
    let named = start.named(&root)?;
    Ok(Request { root, named: vec![named] })
}

/// Where the search for a root begins.
struct Start {
    /// The folder that was named, or that of the file; absolute, without links.
    folder: PathBuf,
    /// The file that was named, absolute; a link to it followed.
    file: Option<PathBuf>,
    shown: PathBuf,
}

impl Start {
    fn of(shown: &Path) -> Result<Start, Error> {
        let unreadable = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => {
                Error::Missing { path: shown.to_owned(), target: fs::read_link(shown).ok() }
            }
            _ => Error::Unreadable { path: shown.to_owned(), source },
        };
        let real = fs::canonicalize(shown).map_err(unreadable)?;
        let kind = fs::metadata(&real).map_err(unreadable)?.file_type();
        if kind.is_dir() {
            fs::read_dir(&real).map_err(unreadable)?;
            return Ok(Start { folder: real, file: None, shown: shown.to_owned() });
        }
        if !kind.is_file() {
            return Err(Error::Special { path: shown.to_owned(), what: kind_of(kind) });
        }
        File::open(&real).map_err(unreadable)?;
        // The corpus is that of the name, not of what a link leads to.
        let absolute = std::path::absolute(shown).map_err(unreadable)?;
        let folder = fs::canonicalize(absolute.parent().unwrap_or(&absolute)).map_err(unreadable)?;
        Ok(Start { folder, file: Some(real), shown: shown.to_owned() })
    }

    fn named(&self, root: &Root) -> Result<Named, Error> {
        let on_disk = self.file.as_deref().unwrap_or(&self.folder);
        let Ok(path) = on_disk.strip_prefix(&root.folder) else {
            return Err(Error::Outside {
                path: self.shown.clone(),
                target: on_disk.to_owned(),
                root: root.folder.clone(),
            });
        };
        Ok(Named {
            shown: self.shown.clone(),
            path: path::with_slashes(path).into(),
            is_folder: self.file.is_none(),
        })
    }
}

fn find_root(start: &Start, by_name: bool) -> Result<Root, Error> {
    let root = find_root_of(start, by_name)?;
    tracing::debug!(named = %start.shown.display(), root = %root.folder.display(), by = ?root.by, "found a corpus");
    Ok(root)
}

fn find_root_of(start: &Start, by_name: bool) -> Result<Root, Error> {
    if let Some((folder, config)) = nearest_configuration(&start.folder)? {
        let is_meant = by_name && start.file.is_none() && start.folder == folder;
        if is_too_wide(&folder) && !is_meant {
            return Err(Error::TooWide { folder, configured: true });
        }
        return Ok(Root { folder, by: RootBy::Configuration, config });
    }
    let (folder, by) = unconfigured(start)?;
    Ok(Root { folder, by, config: Config::default() })
}

/// Where a corpus without a configuration begins.
fn unconfigured(start: &Start) -> Result<(PathBuf, RootBy), Error> {
    if let Some(top) = git_top(&start.folder)
        && !is_too_wide(&top)
        && !is_ignored_by_git(&top, &start.folder)
    {
        return Ok((top, RootBy::Git));
    }
    match (is_too_wide(&start.folder), &start.file) {
        (false, _) => Ok((start.folder.clone(), RootBy::Named)),
        (true, Some(_)) => Ok((start.folder.clone(), RootBy::Alone)),
        (true, None) => Err(Error::TooWide { folder: start.folder.clone(), configured: false }),
    }
}

/// The configuration in a folder or the nearest above it.
fn nearest_configuration(start: &Path) -> Result<Option<(PathBuf, Config)>, Error> {
    for folder in start.ancestors() {
        if let Some(config) = configuration_in(folder)? {
            return Ok(Some((folder.to_owned(), config)));
        }
    }
    Ok(None)
}

/// The configuration in a folder.
pub(super) fn configuration_in(folder: &Path) -> Result<Option<Config>, Error> {
    let path = folder.join(FILE_NAME);
    match fs::symlink_metadata(&path) {
        Err(error) if is_absence(&error) => return Ok(None),
        Err(source) => return Err(Error::Configuration { path, source }),
        Ok(_) => {}
    }
    let text =
        configuration_text(&path).map_err(|source| Error::Configuration { path: path.clone(), source })?;
    Config::parse(&text).map(Some).map_err(|source| Error::BadConfiguration { path, source })
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn configuration_text(path: &Path) -> io::Result<String> {
    /// A configuration of a thousand overrides has some 100 KB.
    const LIMIT: u64 = 16 << 20;
    let metadata = fs::metadata(path)?;
    let says = |what: &str| Err(io::Error::new(io::ErrorKind::InvalidData, what.to_owned()));
    if !metadata.is_file() {
        return says(&format!("it is {}, not a file", kind_of(metadata.file_type())));
    }
    if metadata.len() > LIMIT {
        return says("it is larger than a configuration can be");
    }
    match String::from_utf8(fs::read(path)?) {
        Ok(text) => Ok(text),
        Err(error) => says(&format!("it is not UTF-8 (byte {})", error.utf8_error().valid_up_to())),
    }
}

/// Whether a folder is a home directory or the root of a file system.
fn is_too_wide(folder: &Path) -> bool {
    folder.parent().is_none()
        || std::env::home_dir()
            .and_then(|home| fs::canonicalize(home).ok())
            .is_some_and(|home| home == folder)
}

/// Corpora without a configuration that lie in another such are one with it: what is
/// named twice, as itself and in the folder around it, is looked at once.
fn merged(mut requests: Vec<Request>) -> Vec<Request> {
    let mut kept: Vec<Request> = Vec::new();
    requests.sort_by(|a, b| a.root.folder.cmp(&b.root.folder));
    for request in requests {
        let outer = kept.iter_mut().find(|outer| {
            let mergeable = |root: &Root| root.by == RootBy::Named || root.by == RootBy::Alone;
            mergeable(&request.root)
                && outer.root.by != RootBy::Alone
                && outer.root.by != RootBy::Configuration
                && request.root.folder.starts_with(&outer.root.folder)
        });
        match outer {
            None => kept.push(request),
            Some(outer) => {
                let inner = request.root.folder.strip_prefix(&outer.root.folder);
                let inner = path::with_slashes(inner.unwrap_or(Path::new("")));
                outer.named.extend(request.named.into_iter().map(|named| {
                    let parts: Vec<&str> =
                        [inner.as_str(), &named.path].into_iter().filter(|part| !part.is_empty()).collect();
                    Named { path: parts.join("/").into(), ..named }
                }));
            }
        }
    }
    kept
}
