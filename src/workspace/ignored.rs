//! What `.ignore`, `.gitignore` and git's other lists say about a path.
//!
//! The lists are read by the crate `ignore`; its own walk is not used, because it
//! passes over what is ignored without a word: registries that the configuration
//! names are read all the same, and `newsmark files` says why a file is left out.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The lists that hold in a folder, its own and those above.
#[derive(Clone, Debug, Default)]
pub(super) struct Ignores {
    /// Those of the folders above.
    above: Option<Arc<Ignores>>,
    /// `.ignore`, which wins over git's.
    own: Option<Gitignore>,
    /// `.gitignore`.
    git: Option<Gitignore>,
    /// `.git/info/exclude` and git's global list, which everything else wins over.
    last: Vec<Gitignore>,
}

/// Why a path is ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ignored {
    /// The file that says so.
    pub(super) list: PathBuf,
    /// The pattern in it.
    pub(super) pattern: String,
}

impl Ignores {
    /// The lists that hold in `root` but its own: of the folders from the top of its
    /// git repository down. None where they ignore the root itself: who names it means it.
    pub(super) fn above(root: &Path) -> Arc<Ignores> {
        match git_top(root) {
            Some(top) if !is_ignored_by_git(&top, root) => {
                let mut ignores = Arc::new(Ignores::of_git(&top));
                for folder in between(&top, root).into_iter().filter(|folder| *folder != root) {
                    ignores = Ignores::within(&ignores, folder, true, true);
                }
                ignores
            }
            _ => Arc::new(Ignores { last: vec![Gitignore::global().0], ..Ignores::default() }),
        }
    }

    /// The lists of a git repository that lie in none of its folders.
    fn of_git(top: &Path) -> Ignores {
        let last = vec![list(top, &top.join(".git/info/exclude")), Gitignore::global().0];
        Ignores { last, ..Ignores::default() }
    }

    /// The lists that hold within `folder`, where `above` holds around it; `own` and
    /// `git` say whether it has an `.ignore` and a `.gitignore`.
    pub(super) fn within(above: &Arc<Ignores>, folder: &Path, own: bool, git: bool) -> Arc<Ignores> {
        if !own && !git {
            return Arc::clone(above);
        }
        Arc::new(Ignores {
            above: Some(Arc::clone(above)),
            own: own.then(|| list(folder, &folder.join(".ignore"))),
            git: git.then(|| list(folder, &folder.join(".gitignore"))),
            last: Vec::new(),
        })
    }

    /// Why a path is ignored, if it is. Asks nothing about the folders around it: who
    /// walks down has asked for each of them.
    pub(super) fn ignored(&self, path: &Path, is_folder: bool) -> Option<Ignored> {
        let nearest_first = || std::iter::successors(Some(self), |ignores| ignores.above.as_deref());
        let lists = (nearest_first().filter_map(|ignores| ignores.own.as_ref()))
            .chain(nearest_first().filter_map(|ignores| ignores.git.as_ref()))
            .chain(nearest_first().flat_map(|ignores| &ignores.last));
        for list in lists {
            match list.matched(path, is_folder) {
                Match::None => {}
                Match::Whitelist(_) => return None,
                Match::Ignore(glob) => {
                    return Some(Ignored {
                        list: glob.from().unwrap_or(Path::new(".gitignore")).to_owned(),
                        pattern: glob.original().to_owned(),
                    });
                }
            }
        }
        None
    }
}

/// The patterns of one list, which count from `folder`. A line that is no pattern is
/// passed over, as git does.
fn list(folder: &Path, file: &Path) -> Gitignore {
    let mut builder = GitignoreBuilder::new(folder);
    // Asked before it is opened: it may be a pipe.
    if std::fs::metadata(file).is_ok_and(|metadata| metadata.is_file())
        && let Some(error) = builder.add(file)
    {
        tracing::debug!(%error, "in a list of ignored files");
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The top of the git repository that a folder lies in.
pub(super) fn git_top(folder: &Path) -> Option<PathBuf> {
    // `.git` is a file in submodules and linked work trees.
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

/// Whether git ignores a folder of the repository at `top`, or one around it.
pub(super) fn is_ignored_by_git(top: &Path, folder: &Path) -> bool {
    let mut ignores = Arc::new(Ignores::of_git(top));
    between(top, folder).into_iter().any(|folder| {
        let ignored = folder != top && ignores.ignored(folder, true).is_some();
        ignores = Ignores::within(&ignores, folder, true, true);
        ignored
    })
}

/// The folders from `top` down to `folder`, both included.
fn between<'a>(top: &Path, folder: &'a Path) -> Vec<&'a Path> {
    let mut folders: Vec<&Path> = folder.ancestors().take_while(|folder| folder.starts_with(top)).collect();
    folders.reverse();
    folders
}
