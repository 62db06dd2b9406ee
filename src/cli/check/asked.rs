//! What is to be checked: paths, lists of paths, or an article from standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use crate::cli::args::Check;
use crate::cli::report::counted;
use crate::diagnostic::FilePath;
use crate::workspace::{self, Files, Named, Request, Unsaved, Why, discover, discover_unsaved, shown_from};

/// What is to be checked.
pub(super) struct Asked {
    /// The corpora, with what of each.
    pub(super) requests: Vec<Request>,
    /// What stands on standard input.
    pub(super) unsaved: Option<Unsaved>,
    /// Whether other programs made the list of it: then what is no article is passed over.
    is_listed: bool,
    /// How much was passed over.
    passed_over: usize,
}

/// What the arguments ask for.
pub(super) fn asked(args: &Check) -> anyhow::Result<Asked> {
    let Some(file) = &args.stdin_filename else {
        if args.paths.iter().any(|path| path.as_os_str() == "-") {
            bail!("to check standard input, say as which file: --stdin-filename PATH");
        }
        return paths(&args.paths);
    };
    let request = discover_unsaved(file)?;
    let path = request.named.first().map_or_else(|| "".into(), |named| FilePath::from(&*named.path));
    let limit = request.root.config.size_limit.value;
    let mut bytes = Vec::new();
    std::io::stdin().take(limit + 1).read_to_end(&mut bytes).context("standard input cannot be read")?;
    if bytes.len() as u64 > limit {
        bail!("standard input has more than the limit of {limit} bytes (`size-limit`)");
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        anyhow!("standard input is not UTF-8 (byte {})", error.utf8_error().valid_up_to())
    })?;
    let unsaved = Some(Unsaved { path, text });
    Ok(Asked { requests: vec![request], unsaved, is_listed: false, passed_over: 0 })
}

/// The corpora of paths, with what `@FILE` lists in its place, a path a line; `@-` is standard
/// input.
fn paths(named: &[PathBuf]) -> anyhow::Result<Asked> {
    let list = |path: &Path| Some(PathBuf::from(path.to_str()?.strip_prefix('@')?));
    let is_listed = named.iter().any(|path| list(path).is_some());
    if !is_listed {
        return Ok(Asked { requests: discover(named)?, unsaved: None, is_listed, passed_over: 0 });
    }
    let mut all = Vec::new();
    let mut passed_over = 0;
    for path in named {
        let Some(file) = list(path) else {
            all.push(path.clone());
            continue;
        };
        let listed = workspace::list(&file)
            .with_context(|| format!("the list of paths {} cannot be read", path.display()))?;
        for path in listed.into_iter().map(PathBuf::from) {
            // What a change deleted is in its list, too.
            match workspace::is_there(&path) {
                true => all.push(path),
                false => passed_over += 1,
            }
        }
    }
    // Nothing named is the whole folder, nothing listed is nothing.
    let requests = if all.is_empty() { Vec::new() } else { discover(&all)? };
    Ok(Asked { requests, unsaved: None, is_listed, passed_over })
}

impl Asked {
    /// The files of the corpus of that number; an error where something was named that is none of
    /// them.
    pub(super) fn files(&mut self, number: usize) -> anyhow::Result<Files> {
        let request = &mut self.requests[number];
        let mut files = request.root.files(&request.named);
        if let Some(Unsaved { path, .. }) = &self.unsaved
            && !files.entries.iter().any(|entry| entry.path == *path)
        {
            match request.root.entry(path) {
                Ok(entry) => files.entries.push(entry),
                Err(why) => bail!("nothing was checked: {path} is no article: {why}"),
            }
            files.unread.retain(|unread| unread.path != *path);
        }
        let is_there = |named: &Named| {
            files.entries.iter().any(|entry| named.covers(&entry.path))
                || files.unread.iter().any(|unread| named.covers(unread.path.trim_end_matches('/')))
        };
        if self.is_listed {
            let before = request.named.len();
            request.named.retain(is_there);
            self.passed_over += before - request.named.len();
        } else if let Some(named) = request.named.iter().find(|named| !is_there(named)) {
            bail!("nothing was checked: {}", nothing(request, named, &files));
        }
        Ok(files)
    }

    /// What was in a list and is nothing to check.
    pub(super) fn passed_over(&self) -> Option<String> {
        let (one, many) = ("path of the list is", "paths of the list are");
        (self.passed_over > 0)
            .then(|| format!("{} no article, or no longer there", counted(self.passed_over, one, many)))
    }
}

/// Why something that was named has nothing to check.
fn nothing(request: &Request, named: &Named, files: &Files) -> String {
    let shown = named.shown.display();
    let of_it = |path: &str| match path.strip_suffix('/') {
        Some(folder) => {
            *named.path == *folder
                || named.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        }
        None => *named.path == *path,
    };
    if let Some(left) = files.left_out.iter().find(|left| of_it(&left.path)) {
        return match (&left.why, named.is_folder) {
            (Why::NoPattern, false) => {
                format!("{shown} is no article, and no pattern takes it for a registry")
            }
            (why, _) => format!("{shown} holds no article: {why}"),
        };
    }
    let others = files.left_out.iter().filter(|left| named.covers(left.path.trim_end_matches('/')));
    if let Some(corpus) = others.into_iter().find(|left| left.why == Why::OtherCorpus) {
        let path = shown_from(&request.root.folder, &request.root.on_disk(&corpus.path));
        return format!("{shown} holds no article but those of another corpus: name {path}");
    }
    format!("{shown} holds no article (`newsmark files {shown}` says what is there)")
}

/// What somebody may think was checked and was not.
pub(super) fn left_out(request: &Request, files: &Files) -> Option<String> {
    let covered = |why: fn(&Why) -> bool| {
        let left = files.left_out.iter().filter(|left| why(&left.why));
        left.filter(|left| request.covers(&left.path)).count()
    };
    let links = covered(|why| matches!(why, Why::LinkOutside { .. }));
    let corpora = covered(|why| matches!(why, Why::OtherCorpus));
    let parts: Vec<String> = [
        (links, "link out of the corpus", "links out of the corpus"),
        (corpora, "folder with a newsmark.toml of its own", "folders with a newsmark.toml of their own"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| counted(count, one, many))
    .collect();
    let parts = (!parts.is_empty()).then(|| parts.join(" and "))?;
    Some(format!("left out: {parts} (`newsmark files` lists what is left out)"))
}
