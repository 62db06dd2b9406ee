//! `newsmark check`: findings and how they are counted.

use std::collections::{BTreeSet, HashMap};
use std::io::{Read, Write};
use std::time::Instant;

use anyhow::{Context, anyhow, bail};

use super::Exit;
use super::args::{Check, Format};
use super::output::{self, Output};
use super::progress::Progress;
use super::report::{Counts, Covered, Human, Sources, Summary, counted, write_json};
use super::shielded::{Shielded, paths_of};
use crate::corpus::{Coverage, FileFacts, FileId, FileKind};
use crate::diagnostic::{Diagnostic, FilePath, Level};
use crate::text::{Span, masked};
use crate::workspace::{
    Files, Kind, Named, Request, Root, Unsaved, Why, discover, discover_unsaved, shown_from,
};

/// What the check of one corpus came to.
struct Outcome {
    findings: Vec<Diagnostic>,
    counts: Counts,
    protected: Protected,
}

/// What is not shown of a file, each with what is shown in it after all: the entries of sources
/// that are not on record, with their keys, and the names of such sources.
type Protected = HashMap<FilePath, Vec<(Span, Span)>>;

pub(super) fn run(args: Check, out: &mut Output) -> anyhow::Result<Exit> {
    let start = Instant::now();
    let (mut requests, unsaved) = requests(&args)?;
    let fail_on = Level::from(args.fail_on);
    let mut findings = Vec::new();
    let mut counts = Counts::default();
    let mut done = Vec::new();
    let mut notes = Vec::new();
    for request in &mut requests {
        if let Some(profile) = args.profile {
            request.root.config.force_profile(profile.into());
        }
        let files = files(request, unsaved.as_ref())?;
        notes.extend(left_out(request, &files));
        let Outcome { findings: mut found, counts: more, protected } =
            lint(request, &files, unsaved.as_ref());
        counts += more;
        done.push((findings.len()..findings.len() + found.len(), protected));
        findings.append(&mut found);
    }
    match args.format {
        Format::Json => {
            for finding in &findings {
                write_json(out, finding)?;
                if out.is_closed() {
                    break;
                }
            }
        }
        Format::Human => {
            for (request, (range, protected)) in requests.iter().zip(&done) {
                human(out, &request.root, unsaved.as_ref(), &findings[range.clone()], protected)?;
            }
            if let Some(coverage) = counts.coverage() {
                writeln!(out, "{coverage}")?;
            }
            writeln!(out, "{}", Summary::new(&findings, counts, start.elapsed()))?;
        }
    }
    // After the output, where it is seen.
    out.flush()?;
    for note in notes {
        output::say_note(&note);
    }
    let has_failed = findings.iter().any(|finding| finding.level >= fail_on);
    Ok(if has_failed { Exit::Findings } else { Exit::Clean })
}

/// What is to be checked.
fn requests(args: &Check) -> anyhow::Result<(Vec<Request>, Option<Unsaved>)> {
    let Some(file) = &args.stdin_filename else {
        if args.paths.iter().any(|path| path.as_os_str() == "-") {
            bail!("to check standard input, say as which file: --stdin-filename PATH");
        }
        return Ok((discover(&args.paths)?, None));
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
    Ok((vec![request], Some(Unsaved { path, text })))
}

/// The files of a corpus; an error where something was named that is none of them.
fn files(request: &Request, unsaved: Option<&Unsaved>) -> anyhow::Result<Files> {
    let mut files = request.root.files(&request.named);
    if let Some(Unsaved { path, .. }) = unsaved
        && !files.entries.iter().any(|entry| entry.path == *path)
    {
        match request.root.entry(path) {
            Ok(entry) => files.entries.push(entry),
            Err(why) => bail!("nothing was checked: {path} is no article: {why}"),
        }
        files.unread.retain(|unread| unread.path != *path);
    }
    for named in &request.named {
        let is_there = files.entries.iter().any(|entry| named.covers(&entry.path))
            || files.unread.iter().any(|unread| named.covers(unread.path.trim_end_matches('/')));
        if !is_there {
            bail!("nothing was checked: {}", nothing(request, named, &files));
        }
    }
    Ok(files)
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
fn left_out(request: &Request, files: &Files) -> Option<String> {
    let covered = |why: fn(&Why) -> bool| {
        let left = files.left_out.iter().filter(|left| why(&left.why));
        left.filter(|left| request.named.iter().any(|named| named.covers(left.path.trim_end_matches('/'))))
            .count()
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

/// Findings for people, file by file.
fn human(
    out: &mut Output,
    root: &Root,
    unsaved: Option<&Unsaved>,
    findings: &[Diagnostic],
    protected: &Protected,
) -> anyhow::Result<()> {
    let here = std::env::current_dir()?;
    let text = |path: &str| {
        let text = match unsaved {
            Some(unsaved) if *unsaved.path == *path => unsaved.text.clone(),
            _ => root.read_named(path).ok()?,
        };
        Some(match protected.get(path) {
            Some(entries) => masked(&text, entries),
            None => text,
        })
    };
    let shown = |path: &str| {
        let folder = if path.ends_with('/') { "/" } else { "" };
        shown_from(&here, &root.on_disk(path)) + folder
    };
    let mut sources = Sources::new(&text, &shown);
    let human = Human::new(out.colour, out.width);
    for finding in findings {
        human.write(out, finding, &mut sources)?;
        if out.is_closed() {
            break;
        }
    }
    Ok(())
}

/// From the files of a corpus to findings, in order.
fn lint(request: &Request, files: &Files, unsaved: Option<&Unsaved>) -> Outcome {
    let progress = Progress::new(files.entries.len());
    let mut loaded = request.root.load(files, unsaved, || progress.step());
    progress.finish();
    let covered = |path: &str| request.named.iter().any(|named| named.covers(path.trim_end_matches('/')));
    let mut findings = request.root.judge(&mut loaded, covered);
    let shielded = Shielded::new(&loaded.corpus, findings.iter().flat_map(paths_of));
    findings.iter_mut().for_each(|finding| shielded.hide(finding));
    // What could not be read is looked at too; that is what its finding says.
    let unread = files.entries.iter().filter(|entry| {
        entry.kind == Kind::Article && covered(&entry.path) && loaded.corpus.at_path(&entry.path).is_none()
    });
    let mut counts = Counts { articles: unread.count(), ..Counts::default() };
    let corpus = &loaded.corpus;
    let is_counted = |id: &FileId| {
        corpus.kind(*id) == Some(FileKind::Article) && corpus.path(*id).is_some_and(|path| covered(path))
    };
    for id in corpus.ids().filter(is_counted) {
        counts.articles += 1;
        corpus.look_at(id, |facts| {
            let Some(article) = &facts.article else { return };
            let Coverage { quotations, covered_quotations, figures, covered_figures } = article.coverage;
            counts.annotated += usize::from(article.annotated);
            counts.quotations += Covered { covered: covered_quotations as usize, all: quotations as usize };
            counts.figures += Covered { covered: covered_figures as usize, all: figures as usize };
        });
    }
    let mut protected = Protected::new();
    for id in corpus.defining() {
        corpus.look_at(id, |facts| {
            counts.entities += facts.entities.len();
            counts.sources += facts.sources.len();
        });
    }
    let paths: BTreeSet<&FilePath> = findings.iter().flat_map(paths_of).collect();
    for id in paths.into_iter().filter_map(|path| corpus.at_path(path)) {
        protected.extend(corpus.look_at(id, protected_entries).flatten());
    }
    for (path, places) in shielded.places() {
        let entries = protected.entry(path.clone()).or_default();
        entries.extend(places.iter().map(|place| (*place, Span::at(0))));
        entries.sort_unstable();
    }
    Outcome { findings, counts, protected }
}

/// The entries of a file's sources that are not on record, or may be.
fn protected_entries(facts: &FileFacts) -> Option<(FilePath, Vec<(Span, Span)>)> {
    let protected = facts.sources.iter().filter(|source| source.protected);
    let mut entries: Vec<(Span, Span)> =
        protected.map(|source| (source.place.span(), source.key_place.span())).collect();
    entries.extend(facts.guarded.iter().map(|stretch| (stretch.span(), Span::at(0))));
    entries.sort_unstable();
    (!entries.is_empty()).then(|| (facts.path.clone(), entries))
}
