//! `newsmark check`: what is wrong in articles, for people and for programs.

mod asked;
mod baseline;
mod lint;
mod mend;
mod select;
mod stats;

use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail};

use super::Exit;
use super::args::{Check, Reporter};
use super::output::{self, Output};
use super::report::{self, Counts, Part, Report, Summary};
use crate::diagnostic::Level;
use crate::text::masked;
use crate::workspace::{Root, Unsaved, shown_from};

use asked::{Asked, asked, left_out};
use baseline::Baseline;
use lint::{Outcome, Protected, Times, Wanted, lint};
use mend::{Mended, Wish};
use select::Selection;
use stats::Stats;

pub(super) use select::rule;

pub(super) fn run(args: Check, out: &mut Output) -> anyhow::Result<Exit> {
    let start = Instant::now();
    let outputs = outputs(&args)?;
    let wanted = Wanted {
        selection: Selection::new(&args)?,
        wish: Wish::new(&args)?,
        needs_abouts: outputs.all().any(Reporter::has_fingerprints),
        is_quiet: args.quiet,
    };
    let mut asked = asked(&args)?;
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut notes = Vec::new();
    for number in 0..asked.requests.len() {
        if let Some(profile) = args.profile {
            asked.requests[number].root.config.force_profile(profile.into());
        }
        let files = asked.files(number)?;
        let request = &asked.requests[number];
        notes.extend(left_out(request, &files));
        outcomes.push(lint(request, &files, asked.unsaved.as_ref(), &wanted));
    }
    notes.extend(asked.passed_over());
    let mut failed = Vec::new();
    let found = if args.diff {
        diff(out, &asked, &outcomes)?
    } else {
        let (written, unwritten) = write(&asked, &outcomes);
        notes.extend(written);
        failed = unwritten;
        if let Some(file) = &args.write_baseline {
            notes.push(write_baseline(file, &asked, &outcomes)?);
            false
        } else {
            if let Some(file) = &args.baseline {
                notes.extend(leave_known(file, &args, &wanted, &asked, &mut outcomes)?);
            }
            if args.stats {
                stats(&asked, &outcomes, start, &outputs, out)?;
            } else {
                print(&asked, &outcomes, &args, start, &outputs, out)?;
            }
            let fail_on = Level::from(args.fail_on);
            let all = outcomes.iter().flat_map(|outcome| &outcome.findings);
            all.into_iter().any(|finding| finding.level >= fail_on)
        }
    };
    // After the output, where it is seen.
    out.flush()?;
    for note in notes.iter().filter(|_| !args.quiet) {
        output::say_note(note);
    }
    for failed in &failed {
        output::say_error(failed);
    }
    Ok(match (failed.is_empty(), found) {
        (false, _) => Exit::Failed,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Clean,
    })
}

/// Shows what fixes would change; whether they would change anything. Names that must not be shown
/// are dotted out.
fn diff(out: &mut Output, asked: &Asked, outcomes: &[Outcome]) -> anyhow::Result<bool> {
    let reading = texts(asked, outcomes)?;
    for (outcome, reading) in outcomes.iter().zip(&reading) {
        for Mended { path, old, new } in &outcome.mends.files {
            let hidden = |text: &str| outcome.shielded.hidden(path, text);
            let (old, new, path) = (hidden(old), hidden(new), (reading.path)(path));
            let diff = similar::TextDiff::from_lines(&old, &new);
            let unified = diff.unified_diff().header(&path, &path).to_string();
            for line in unified.split_inclusive('\n') {
                let style = match line.as_bytes().first() {
                    _ if !out.colour => anstyle::Style::new(),
                    Some(b'+') => anstyle::AnsiColor::Green.on_default(),
                    Some(b'-') => anstyle::AnsiColor::Red.on_default(),
                    Some(b'@') => anstyle::AnsiColor::Cyan.on_default(),
                    _ => anstyle::Style::new(),
                };
                let line = line.trim_end_matches(['\n', '\r']);
                writeln!(out, "{style}{}{style:#}", output::plain(line))?;
            }
        }
    }
    Ok(outcomes.iter().any(|outcome| !outcome.mends.files.is_empty()))
}

/// Writes what was mended. What there is to say of it, and what could not be written.
fn write(asked: &Asked, outcomes: &[Outcome]) -> (Option<String>, Vec<String>) {
    let mut failed = Vec::new();
    let (mut files, mut count) = (0, 0);
    for (request, outcome) in asked.requests.iter().zip(outcomes) {
        count += outcome.mends.count;
        for Mended { path, old, new } in &outcome.mends.files {
            match request.root.replace(path, old, new) {
                Ok(()) => files += 1,
                Err(error) => failed.push(format!("{path} was not changed: {error}")),
            }
        }
    }
    let (findings, files_word) =
        (report::counted(count, "finding", "findings"), report::counted(files, "file", "files"));
    ((count > 0).then(|| format!("mended {findings} in {files_word}")), failed)
}

/// Where findings are printed, and how.
struct Outputs<'a> {
    /// Nothing where a file takes its place.
    stdout: Option<Reporter>,
    files: Vec<(Reporter, &'a Path)>,
}

impl Outputs<'_> {
    fn all(&self) -> impl Iterator<Item = Reporter> {
        self.stdout.into_iter().chain(self.files.iter().map(|(reporter, _)| *reporter))
    }
}

fn outputs(args: &Check) -> anyhow::Result<Outputs<'_>> {
    let mut to_stdout = Some(args.format);
    let mut files = Vec::new();
    for output in &args.output {
        let format = match output.format {
            Some(format) => format,
            None if to_stdout.is_none() => bail!(
                "two files take the place of standard output: say what to print to each, \
                --output FORMAT=FILE"
            ),
            None => {
                to_stdout = None;
                args.format
            }
        };
        files.push((format, &*output.file));
    }
    if args.stats && !(files.is_empty() && matches!(args.format, Reporter::Human | Reporter::Json)) {
        bail!("--stats is printed on standard output, for people or with --format json");
    }
    Ok(Outputs { stdout: to_stdout, files })
}

/// Counts findings.
fn stats(
    asked: &Asked,
    outcomes: &[Outcome],
    start: Instant,
    outputs: &Outputs<'_>,
    out: &mut Output,
) -> anyhow::Result<()> {
    let reading = texts(asked, outcomes)?;
    let parts = reading.iter().map(Reading::part).collect::<Vec<_>>();
    let mut times = Times::default();
    outcomes.iter().for_each(|outcome| times += outcome.times);
    Stats::new(&parts, times, start.elapsed()).write(out, outputs.stdout == Some(Reporter::Json))?;
    Ok(())
}

/// Prints findings, to standard output and to files.
fn print(
    asked: &Asked,
    outcomes: &[Outcome],
    args: &Check,
    start: Instant,
    outputs: &Outputs<'_>,
    out: &mut Output,
) -> anyhow::Result<()> {
    let reading = texts(asked, outcomes)?;
    let all = || outcomes.iter().flat_map(|outcome| &outcome.findings);
    let mut counts = Counts::default();
    outcomes.iter().for_each(|outcome| counts += outcome.counts);
    let mut left = args.max.unwrap_or(usize::MAX);
    let mut parts: Vec<Part<'_>> = reading.iter().map(Reading::part).collect();
    for part in &mut parts {
        let shown = part.findings.len().min(left);
        part.findings = &part.findings[..shown];
        part.abouts = &part.abouts[..shown];
        left -= shown;
    }
    let report = Report {
        left_out: all().count() - parts.iter().map(|part| part.findings.len()).sum::<usize>(),
        parts,
        coverage: counts.coverage(),
        summary: Summary::new(all(), counts, start.elapsed()),
        fail_on: args.fail_on.into(),
        is_quiet: args.quiet,
    };
    if let Some(reporter) = outputs.stdout {
        report::print(out, &report, reporter)?;
    } else if !args.quiet {
        writeln!(out, "{}", report.summary)?;
    }
    for (reporter, path) in &outputs.files {
        let written = Output::file(path).and_then(|mut file| {
            report::print(&mut file, &report, *reporter)?;
            file.flush()
        });
        written.with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

/// What is asked with a path of the corpus.
type Owned<'a, T> = Box<dyn Fn(&str) -> T + 'a>;

/// The ways to the texts and paths of a corpus, for those who print its findings.
struct Reading<'a> {
    outcome: &'a Outcome,
    text: Owned<'a, Option<String>>,
    path: Owned<'a, String>,
}

impl Reading<'_> {
    fn part(&self) -> Part<'_> {
        Part {
            findings: &self.outcome.findings,
            abouts: &self.outcome.abouts,
            text: &*self.text,
            path: &*self.path,
        }
    }
}

fn texts<'a>(asked: &'a Asked, outcomes: &'a [Outcome]) -> anyhow::Result<Vec<Reading<'a>>> {
    let here = std::env::current_dir()?;
    let all = asked.requests.iter().zip(outcomes).map(|(request, outcome)| {
        let (root, here) = (&request.root, here.clone());
        let text = move |path: &str| text(root, asked.unsaved.as_ref(), &outcome.protected, path);
        let path = move |path: &str| {
            let folder = if path.ends_with('/') { "/" } else { "" };
            shown_from(&here, &root.on_disk(path)) + folder
        };
        Reading { outcome, text: Box::new(text), path: Box::new(path) }
    });
    Ok(all.collect())
}

/// The text of a file, as far as it may be shown.
fn text(root: &Root, unsaved: Option<&Unsaved>, protected: &Protected, path: &str) -> Option<String> {
    let text = match unsaved {
        Some(unsaved) if *unsaved.path == *path => unsaved.text.clone(),
        _ => root.read_named(path).ok()?,
    };
    Some(match protected.get(path) {
        Some(entries) => masked(&text, entries),
        None => text,
    })
}

/// Writes what is found to a baseline; what there is to say of it.
fn write_baseline(file: &Path, asked: &Asked, outcomes: &[Outcome]) -> anyhow::Result<String> {
    let [outcome] = outcomes else { bail!("a baseline is of one corpus: name paths of one alone") };
    let reading = texts(asked, outcomes)?;
    let part = reading[0].part();
    let mut sources = part.sources();
    let baseline = Baseline::of(&outcome.findings, &mut sources);
    baseline.write(file)?;
    let count = report::counted(baseline.len(), "finding is", "findings are");
    Ok(format!("{count} written to {}", file.display()))
}

/// Leaves out what a baseline knows; what there is to say of it.
fn leave_known(
    file: &Path,
    args: &Check,
    wanted: &Wanted,
    asked: &Asked,
    outcomes: &mut [Outcome],
) -> anyhow::Result<Option<String>> {
    let baseline = Baseline::read(file)?;
    let compared = {
        let ([outcome], [request]) = (&*outcomes, &asked.requests[..]) else {
            bail!("a baseline is of one corpus: name paths of one alone");
        };
        let reading = texts(asked, outcomes)?;
        let part = reading[0].part();
        let mut sources = part.sources();
        let is_there = |path: &str| request.root.exists(path);
        let is_covered = |path: &str, rule: &str| wanted.selection.takes_all_of(rule) && request.covers(path);
        baseline.compare(&outcome.findings, &mut sources, is_there, is_covered)
    };
    let [outcome] = outcomes else { return Ok(None) };
    let mut is_new = compared.is_new.iter().copied();
    outcome.findings.retain(|_| is_new.next().unwrap_or(true));
    let mut is_new = compared.is_new.iter().copied();
    outcome.abouts.retain(|_| is_new.next().unwrap_or(true));
    if args.prune_baseline && compared.gone > 0 {
        compared.left.write(file)?;
    }
    let gone = report::counted(compared.gone, "entry of the baseline is", "entries of the baseline are");
    Ok((compared.gone > 0).then(|| match args.prune_baseline {
        true => format!("{gone} found no more, and taken out"),
        false => format!("{gone} found no more (--prune-baseline takes them out)"),
    }))
}
