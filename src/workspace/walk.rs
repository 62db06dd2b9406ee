//! Which files belong to a corpus, and as what.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::discover::{Named, lies_in};
use super::ignored::{Ignored, Ignores};
use super::read::{FileProblem, Unread, kind_of, of_io};
use super::{Root, RootBy, path};
use crate::config::{ARTICLE_ENDINGS, Config, FILE_NAME, Origin, Pattern};
use crate::diagnostic::FilePath;
use crate::lint::FileRole;

/// What a file of the corpus is, by its path. A Markdown page with `entity:` in its
/// front matter is a page of an entity, whatever its path says: who reads it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A story.
    Article,
    /// A registry of entities, or the page of one.
    Entities,
    /// A registry of sources.
    Sources,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Entities => "entities",
            Kind::Sources => "sources",
        }
    }
}

/// A file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path from the corpus root.
    pub path: FilePath,
    /// What it is.
    pub kind: Kind,
    /// Whether it is an article as well, by its path: a Markdown page among the
    /// entities that turns out to be none is one.
    pub is_article_too: bool,
    /// Its path where `path` is no way to find it, because its name is not Unicode.
    raw: Option<PathBuf>,
}

impl Entry {
    /// What it is read as.
    #[must_use]
    pub fn role(&self) -> FileRole {
        match self.kind {
            Kind::Sources => FileRole::Sources,
            // A page that is about no entity is the article that its path says it is.
            Kind::Entities if self.is_article_too && self.is_markdown() => FileRole::Article,
            Kind::Entities => FileRole::Entities,
            Kind::Article => FileRole::Article,
        }
    }

    /// Whether it is Markdown: an article or the page of an entity.
    #[must_use]
    pub fn is_markdown(&self) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, ending)| ARTICLE_ENDINGS.contains(&ending))
    }

    /// Where it is.
    #[must_use]
    pub fn on_disk(&self, root: &Root) -> PathBuf {
        match &self.raw {
            Some(raw) => root.folder.join(raw),
            None => root.on_disk(&self.path),
        }
    }
}

/// Why a file is not in the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is the configuration.
    Configuration,
    /// No pattern takes it.
    NoPattern,
    /// A pattern of `exclude` takes it, or a folder around it.
    Excluded {
        /// The pattern.
        pattern: String,
        /// Where it comes from.
        origin: Origin,
    },
    /// Its name begins with a dot.
    Hidden,
    /// A list of ignored files has it.
    Ignored {
        /// The list.
        list: String,
        /// The pattern in it.
        pattern: String,
    },
    /// It is a folder with a `newsmark.toml` of its own.
    OtherCorpus,
    /// It is a link that leads out of the corpus.
    LinkOutside {
        /// Where it leads.
        target: String,
    },
    /// It is a link to what is read under its own name.
    LinkInside {
        /// Where it leads, from the corpus root.
        target: String,
    },
    /// It is neither a file nor a folder.
    Special {
        /// What it is.
        what: &'static str,
    },
}

impl Why {
    /// Whether somebody may have expected it to be read: a summary mentions these.
    #[must_use]
    pub fn is_notable(&self) -> bool {
        matches!(self, Why::OtherCorpus | Why::LinkOutside { .. })
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Configuration => f.write_str("the configuration"),
            Why::NoPattern => f.write_str("no pattern takes it"),
            Why::Excluded { pattern, origin } => write!(f, "excluded by `{pattern}` ({origin})"),
            Why::Hidden => f.write_str("hidden: its name begins with a dot"),
            Why::Ignored { list, pattern } => write!(f, "ignored by `{pattern}` in {list}"),
            Why::OtherCorpus => write!(f, "a corpus of its own: it holds a {FILE_NAME}"),
            Why::LinkOutside { target } => write!(f, "a link that leads out of the corpus, to {target}"),
            Why::LinkInside { target } => write!(f, "a link to {target}, which is read there"),
            Why::Special { what } => write!(f, "{what}"),
        }
    }
}

/// A file or folder that is not in the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path from the corpus root; a folder's ends with `/`.
    pub path: FilePath,
    /// Why.
    pub why: Why,
}

/// What a walk met, each list in the order of its paths.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// What is in the corpus.
    pub entries: Vec<Entry>,
    /// What is not; of folders that are not entered, the folder alone.
    pub left_out: Vec<LeftOut>,
    /// What would be, and cannot be read.
    pub unread: Vec<Unread>,
}

impl Files {
    fn append(&mut self, mut other: Files) {
        self.entries.append(&mut other.entries);
        self.left_out.append(&mut other.left_out);
        self.unread.append(&mut other.unread);
    }

    fn leave(&mut self, path: &str, why: Why) {
        self.left_out.push(LeftOut { path: path.into(), why });
    }

    fn fail(&mut self, path: &str, problem: FileProblem) {
        self.unread.push(Unread { path: path.into(), problem });
    }
}

impl Root {
    /// Walks the corpus. What was named is in it even where a list of ignored files has
    /// it or its name is hidden, but not where the configuration excludes it.
    #[must_use]
    pub fn files(&self, named: &[Named]) -> Files {
        let walk = Walk { root: self, named };
        let mut files = if self.by == RootBy::Alone { walk.named_alone() } else { walk.folders() };
        tracing::debug!(
            root = %self.folder.display(),
            files = files.entries.len(),
            left_out = files.left_out.len(),
            unread = files.unread.len(),
            "walked"
        );
        files.entries.sort_by(|a, b| a.path.cmp(&b.path));
        files.left_out.sort_by(|a, b| a.path.cmp(&b.path));
        files.unread.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }
}

impl Root {
    /// What a file at `path` is that need not be there yet, or why it is none of the
    /// corpus. As for what was named, lists of ignored files are not asked.
    pub fn entry(&self, path: &str) -> Result<Entry, Why> {
        if let Some(pattern) = self.config.exclude.matched(path)
            && pattern.origin != Origin::Default
        {
            return Err(excluded(pattern));
        }
        let Some(Taken { kind, is_article_too, .. }) = taken(&self.config, path) else {
            return Err(Why::NoPattern);
        };
        Ok(Entry { path: path.into(), kind, is_article_too, raw: None })
    }

    /// Whether a file that nobody names is left out by what newsmark excludes by itself, such as
    /// `README.md`: a walk passes it over.
    #[must_use]
    pub fn is_left_out(&self, path: &str) -> bool {
        let config = &self.config;
        config.exclude.matched(path).is_some_and(|pattern| pattern.origin == Origin::Default)
            && ![&config.articles, &config.entities, &config.sources]
                .iter()
                .any(|globs| globs.spells_out(path))
    }
}

/// A folder to walk.
struct Folder {
    /// From the corpus root; empty for the root.
    path: String,
    /// Where it is, under the corpus root; links in it are those that were followed.
    on_disk: PathBuf,
    ignores: Arc<Ignores>,
    /// Set within a folder that is hidden or ignored, and walked all the same for the
    /// registries that the configuration names, or because something in it was named.
    is_ignored: bool,
}

/// Something in a folder.
struct Item {
    path: String,
    on_disk: PathBuf,
    kind: fs::FileType,
    folder: Arc<Folder>,
    raw: Option<PathBuf>,
}

/// What one item comes to.
#[derive(Default)]
struct Step {
    files: Files,
    enter: Option<Folder>,
    link: Option<Item>,
}

impl From<Files> for Step {
    fn from(files: Files) -> Self {
        Step { files, ..Step::default() }
    }
}

struct Walk<'a> {
    root: &'a Root,
    named: &'a [Named],
}

impl Walk<'_> {
    /// Level by level, each in parallel: no recursion, however deep the folders are.
    fn folders(&self) -> Files {
        let mut files = Files::default();
        let mut links: Vec<Item> = Vec::new();
        // Real folders that were walked, so that a link to one of them is not.
        let mut walked: BTreeSet<PathBuf> = BTreeSet::new();
        let mut level = vec![Folder {
            path: String::new(),
            on_disk: self.root.folder.clone(),
            ignores: Ignores::above(&self.root.folder),
            is_ignored: false,
        }];
        loop {
            walked.extend(level.iter().map(|folder| folder.on_disk.clone()));
            let listed: Vec<(Files, Vec<Item>)> =
                level.into_par_iter().map(|folder| self.list(folder)).collect();
            let mut items = Vec::new();
            for (problems, mut found) in listed {
                files.append(problems);
                items.append(&mut found);
            }
            let steps: Vec<Step> =
                items.into_par_iter().with_min_len(128).map(|item| self.step(item)).collect();
            level = Vec::new();
            for step in steps {
                files.append(step.files);
                level.extend(step.enter);
                links.extend(step.link);
            }
            if level.is_empty() && !links.is_empty() {
                // Links last, when it is known what is read under its own name.
                let found: BTreeSet<PathBuf> =
                    files.entries.iter().map(|entry| entry.on_disk(self.root)).collect();
                for link in std::mem::take(&mut links) {
                    level.extend(self.follow(&link, &mut walked, &found, &mut files));
                }
            }
            if level.is_empty() {
                return files;
            }
        }
    }

    /// The files that were named, and nothing around them.
    fn named_alone(&self) -> Files {
        let mut files = Files::default();
        let folder = Arc::new(Folder {
            path: String::new(),
            on_disk: self.root.folder.clone(),
            ignores: Arc::new(Ignores::default()),
            is_ignored: false,
        });
        for named in self.named {
            let on_disk = self.root.on_disk(&named.path);
            match fs::metadata(&on_disk) {
                Err(error) => files.fail(&named.path, of_io(&error)),
                Ok(metadata) => {
                    let item = Item {
                        path: named.path.to_string(),
                        on_disk,
                        kind: metadata.file_type(),
                        folder: Arc::clone(&folder),
                        raw: None,
                    };
                    files.append(self.file(&item));
                }
            }
        }
        files
    }

    /// What is in a folder.
    fn list(&self, mut folder: Folder) -> (Files, Vec<Item>) {
        let mut files = Files::default();
        let mut found = Vec::new();
        let shown = if folder.path.is_empty() { "./".to_owned() } else { format!("{}/", folder.path) };
        match fs::read_dir(&folder.on_disk) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                files.fail(&shown, FileProblem::Vanished);
            }
            Err(error) => files.fail(&shown, of_io(&error)),
            Ok(entries) => {
                for entry in entries {
                    match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                        Ok(entry) => found.push(entry),
                        Err(error) => files.fail(&shown, of_io(&error)),
                    }
                }
            }
        }
        let has = |name: &str| found.iter().any(|(found, _)| found == name);
        if !folder.path.is_empty() && has(FILE_NAME) {
            files.leave(&shown, Why::OtherCorpus);
            return (files, Vec::new());
        }
        folder.ignores = Ignores::within(&folder.ignores, &folder.on_disk, has(".ignore"), has(".gitignore"));
        let folder = Arc::new(folder);
        let items = found
            .into_iter()
            .map(|(name, kind)| {
                let shown = name.to_string_lossy();
                let path = match folder.path.as_str() {
                    "" => shown.clone().into_owned(),
                    folder => format!("{folder}/{shown}"),
                };
                let on_disk = folder.on_disk.join(&name);
                let raw = self.raw(&on_disk, &path);
                Item { path, on_disk, kind, folder: Arc::clone(&folder), raw }
            })
            .collect();
        (files, items)
    }

    /// The path from the root where the one for people does not lead there.
    fn raw(&self, on_disk: &Path, path: &str) -> Option<PathBuf> {
        let raw = on_disk.strip_prefix(&self.root.folder).ok()?;
        (raw.to_str().is_none() && path.contains('\u{fffd}')).then(|| raw.to_owned())
    }

    fn step(&self, item: Item) -> Step {
        if item.kind.is_symlink() {
            return Step { link: Some(item), ..Step::default() };
        }
        if item.kind.is_dir() { self.folder(&item) } else { self.file(&item).into() }
    }

    /// Whether to enter a folder.
    fn folder(&self, item: &Item) -> Step {
        const REPOSITORIES: [&str; 4] = [".git", ".hg", ".jj", ".svn"];
        let mut step = Step::default();
        let Item { path, on_disk, folder: parent, .. } = item;
        if REPOSITORIES.iter().any(|name| on_disk.ends_with(name)) {
            return step;
        }
        let shown = format!("{path}/");
        let config = self.config();
        if let Some(pattern) = config.exclude.matched(path) {
            step.files.leave(&shown, excluded(pattern));
            return step;
        }
        let enter = |is_ignored| {
            Some(Folder {
                path: path.clone(),
                on_disk: on_disk.clone(),
                ignores: Arc::clone(&parent.ignores),
                is_ignored,
            })
        };
        if self.is_named(path) {
            step.enter = enter(false);
            return step;
        }
        let Some(why) = self.ignored(item, true) else {
            step.enter = enter(parent.is_ignored);
            return step;
        };
        if !parent.is_ignored {
            step.files.leave(&shown, why);
        }
        if config.entities.configured_may_reach(path)
            || config.sources.configured_may_reach(path)
            || self.named.iter().any(|named| lies_in(&named.path, path))
        {
            step.enter = enter(true);
        }
        step
    }

    /// What a file is, or why it is none of the corpus.
    fn file(&self, item: &Item) -> Files {
        let mut files = Files::default();
        let Item { path, kind, folder, raw, .. } = item;
        let config = self.config();
        if let Some(pattern) = config.exclude.matched(path)
            && (pattern.origin != Origin::Default || (!self.is_named(path) && self.root.is_left_out(path)))
        {
            files.leave(path, excluded(pattern));
            return files;
        }
        let taken = taken(config, path);
        let is_configured = taken
            .as_ref()
            .is_some_and(|taken| taken.kind != Kind::Article && *taken.origin != Origin::Default);
        if !self.is_named(path) && !is_configured {
            if folder.is_ignored {
                // The folder is listed with its reason, and that is enough.
                return files;
            }
            if let Some(why) = self.ignored(item, false) {
                files.leave(path, why);
                return files;
            }
        }
        let Some(Taken { kind: taken, is_article_too, .. }) = taken else {
            files.leave(path, if path == FILE_NAME { Why::Configuration } else { Why::NoPattern });
            return files;
        };
        if !kind.is_file() {
            files.fail(path, FileProblem::Special { what: kind_of(*kind) });
            return files;
        }
        files.entries.push(Entry {
            path: path.as_str().into(),
            kind: taken,
            is_article_too,
            raw: raw.clone(),
        });
        files
    }

    /// What a link leads to: a folder to enter, or a file, or a reason.
    fn follow(
        &self,
        link: &Item,
        walked: &mut BTreeSet<PathBuf>,
        found: &BTreeSet<PathBuf>,
        files: &mut Files,
    ) -> Option<Folder> {
        let target = match fs::canonicalize(&link.on_disk) {
            Ok(target) => target,
            Err(error) => {
                // A broken link is a fault where an article or a registry was meant.
                let mut broken = self.file(link);
                if broken.entries.pop().is_some() || !broken.unread.is_empty() {
                    let problem = match fs::read_link(&link.on_disk) {
                        Ok(target) if error.kind() == std::io::ErrorKind::NotFound => {
                            FileProblem::BrokenLink { target: target.to_string_lossy().into_owned() }
                        }
                        _ => of_io(&error),
                    };
                    files.fail(&link.path, problem);
                } else {
                    files.append(broken);
                }
                return None;
            }
        };
        let kind = match fs::metadata(&target) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => {
                files.fail(&link.path, of_io(&error));
                return None;
            }
        };
        let mut step = self.step(Item {
            path: link.path.clone(),
            on_disk: link.on_disk.clone(),
            kind,
            folder: Arc::clone(&link.folder),
            raw: link.raw.clone(),
        });
        // A link that would be passed over for its name is no more than that.
        if step.enter.is_some() || !step.files.entries.is_empty() {
            let why = match target.strip_prefix(&self.root.folder) {
                Err(_) => Some(Why::LinkOutside { target: target.to_string_lossy().into_owned() }),
                Ok(inside) if found.contains(&target) || walked.contains(&target) => {
                    let inside = path::with_slashes(inside);
                    let target = if inside.is_empty() { ".".to_owned() } else { inside };
                    Some(Why::LinkInside { target })
                }
                Ok(_) => None,
            };
            if let Some(why) = why {
                step = Step::default();
                step.files.leave(&link.path, why);
            }
        }
        files.append(step.files);
        if step.enter.is_some() {
            walked.insert(target);
        }
        step.enter
    }

    /// Why an item is hidden or ignored by itself, whatever holds for the folders around it.
    fn ignored(&self, item: &Item, is_folder: bool) -> Option<Why> {
        if item.on_disk.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            return Some(Why::Hidden);
        }
        let Ignored { list, pattern } = item.folder.ignores.ignored(&item.on_disk, is_folder)?;
        let list = match list.strip_prefix(&self.root.folder) {
            Ok(list) => path::with_slashes(list),
            Err(_) => list.to_string_lossy().into_owned(),
        };
        Some(Why::Ignored { list, pattern })
    }

    fn is_named(&self, path: &str) -> bool {
        self.named.iter().any(|named| &*named.path == path)
    }

    fn config(&self) -> &Config {
        &self.root.config
    }
}

fn excluded(pattern: &Pattern) -> Why {
    Why::Excluded { pattern: pattern.text.clone(), origin: pattern.origin.clone() }
}

/// What a path is by the patterns of the configuration.
struct Taken<'a> {
    kind: Kind,
    origin: &'a Origin,
    is_article_too: bool,
}

/// Registries win over articles: `**/*.md` takes the pages of entities too.
fn taken<'a>(config: &'a Config, path: &str) -> Option<Taken<'a>> {
    let is_article_too = config.articles.is_match(path);
    let registry = [(Kind::Sources, &config.sources), (Kind::Entities, &config.entities)]
        .into_iter()
        .find_map(|(kind, globs)| Some((kind, globs.matched(path)?)));
    match registry {
        Some((kind, pattern)) => Some(Taken { kind, origin: &pattern.origin, is_article_too }),
        None if is_article_too => {
            let pattern = config.articles.matched(path)?;
            Some(Taken { kind: Kind::Article, origin: &pattern.origin, is_article_too })
        }
        None => None,
    }
}
