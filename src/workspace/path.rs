//! How paths are spelled.

use std::fs;
use std::path::{Component, Path, PathBuf};

/// A path from the corpus root with `/` between its parts. Names that are not Unicode
/// come out with replacement characters, for people to read.
pub(super) fn with_slashes(path: &Path) -> String {
    let mut spelled = String::with_capacity(path.as_os_str().len());
    for part in path.components() {
        let Component::Normal(part) = part else { continue };
        if !spelled.is_empty() {
            spelled.push('/');
        }
        spelled.push_str(&part.to_string_lossy());
    }
    spelled
}

/// The one name of a file that has several, which need not be there: absolute, and the
/// links in what is there of it followed.
#[must_use]
pub fn identity(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|part| Some((fs::canonicalize(part).ok()?, part)));
    match there {
        Some((real, part)) => match path.strip_prefix(part) {
            Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
            _ => real,
        },
        None => path.to_owned(),
    }
}

/// `path` as somebody in the folder `from` would type it, with `/`. Both are absolute.
/// Where they share nothing but the root of the file system, the absolute path.
#[must_use]
pub fn shown_from(from: &Path, path: &Path) -> String {
    let mut ours = from.components().peekable();
    let mut theirs = path.components().peekable();
    let mut shared = 0;
    while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
        if a != b {
            break;
        }
        shared += usize::from(matches!(a, Component::Normal(_)));
        ours.next();
        theirs.next();
    }
    let up = ours.count();
    if up > 0 && shared == 0 {
        return slashes(path);
    }
    let mut shown: PathBuf = std::iter::repeat_n("..", up).collect();
    shown.extend(theirs);
    if shown.as_os_str().is_empty() { ".".to_owned() } else { slashes(&shown) }
}

fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_somebody_there_would_type_them() {
        let shown = |from: &str, path: &str| shown_from(Path::new(from), Path::new(path));
        assert_eq!(shown("/news/desk", "/news/desk/a/b.md"), "a/b.md");
        assert_eq!(shown("/news/desk", "/news/sources.bib"), "../sources.bib");
        assert_eq!(shown("/news/desk", "/news/desk"), ".");
        assert_eq!(shown("/", "/tmp/a.md"), "tmp/a.md");
        assert_eq!(shown("/news/desk", "/tmp/a.md"), "/tmp/a.md");
    }

    #[test]
    fn paths_have_slashes() {
        let path: PathBuf = ["2026", "a.md"].iter().collect();
        assert_eq!(with_slashes(&path), "2026/a.md");
    }
}
