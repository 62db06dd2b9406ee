//! Findings as they are printed.
//!
//! Told nothing of how they came about: a list of findings, a way to get at the texts,
//! and a writer.

mod checkstyle;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod sarif;
mod short;
mod source;
mod window;
mod xml;

use std::fmt;
use std::io::{self, Write as _};
use std::time::Duration;

pub(super) use human::Human;
pub(super) use json::{JsonRange, write as write_json};
pub(super) use source::{GetText, ShowPath, Sources};

use super::args::Reporter;
use super::identity::About;
use super::output::Output;
use crate::diagnostic::{Diagnostic, FilePath, Level};

/// What a check came to, for those who print it.
pub(super) struct Report<'a> {
    /// Corpus by corpus.
    pub(super) parts: Vec<Part<'a>>,
    /// How many findings are not in it, as there were too many.
    pub(super) left_out: usize,
    /// How much of the articles is annotated.
    pub(super) coverage: Option<String>,
    pub(super) summary: Summary,
    /// At which level a finding makes the check fail.
    pub(super) fail_on: Level,
    /// Whether people want nothing but findings.
    pub(super) is_quiet: bool,
}

/// What the check of one corpus came to.
pub(super) struct Part<'a> {
    /// In order of path, place and rule.
    pub(super) findings: &'a [Diagnostic],
    /// What each of them is about, where that has a name.
    pub(super) abouts: &'a [Option<About>],
    pub(super) text: GetText<'a>,
    pub(super) path: ShowPath<'a>,
}

impl Part<'_> {
    /// A path of the corpus as people here would type it.
    pub(super) fn shown(&self, path: &str) -> String {
        (self.path)(path)
    }

    pub(super) fn sources(&self) -> Sources<'_> {
        Sources::new(self.text, self.path)
    }

    /// The findings of each file.
    pub(super) fn by_file(&self) -> impl Iterator<Item = (&FilePath, &[Diagnostic])> {
        let files = self.findings.chunk_by(|a, b| a.location.path == b.location.path);
        files.filter_map(|file| Some((&file.first()?.location.path, file)))
    }
}

/// Prints a report.
pub(super) fn print(out: &mut Output, report: &Report<'_>, reporter: Reporter) -> io::Result<()> {
    match reporter {
        Reporter::Human => {
            let human = Human::new(out.colour, out.width);
            for part in &report.parts {
                let mut sources = part.sources();
                for finding in part.findings {
                    human.write(out, finding, &mut sources)?;
                    if out.is_closed() {
                        return Ok(());
                    }
                }
            }
            ending(out, report)
        }
        Reporter::Short => {
            report.parts.iter().try_for_each(|part| short::write(out, part))?;
            ending(out, report)
        }
        Reporter::Json => {
            for finding in report.parts.iter().flat_map(|part| part.findings) {
                write_json(out, finding)?;
                if out.is_closed() {
                    break;
                }
            }
            Ok(())
        }
        Reporter::Sarif => sarif::write(out, report),
        Reporter::Github => {
            report.parts.iter().try_for_each(|part| github::write(out, part))?;
            ending(out, report)
        }
        Reporter::Gitlab => gitlab::write(out, report),
        Reporter::Junit => junit::write(out, report),
        Reporter::Checkstyle => checkstyle::write(out, &report.parts),
    }
}

/// What people are told after the findings.
fn ending(out: &mut Output, report: &Report<'_>) -> io::Result<()> {
    if report.is_quiet {
        return Ok(());
    }
    if report.left_out > 0 {
        let more = counted(report.left_out, "finding is", "findings are");
        writeln!(out, "{more} not shown (--max)\n")?;
    }
    if let Some(coverage) = &report.coverage {
        writeln!(out, "{coverage}")?;
    }
    writeln!(out, "{}", report.summary)
}

/// How much of what there was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Articles that were looked at.
    pub(super) articles: usize,
    /// Entities that the corpus knows.
    pub(super) entities: usize,
    /// Sources that the corpus knows.
    pub(super) sources: usize,
    /// Articles that hold any annotation.
    pub(super) annotated: usize,
    /// Quotations in the articles, and those that stand in a claim or carry a source.
    pub(super) quotations: Covered,
    /// Figures in the articles, likewise.
    pub(super) figures: Covered,
}

/// How many of how many are covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Covered {
    pub(super) covered: usize,
    pub(super) all: usize,
}

impl std::ops::AddAssign for Covered {
    fn add_assign(&mut self, other: Covered) {
        self.covered += other.covered;
        self.all += other.all;
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.articles += other.articles;
        self.entities += other.entities;
        self.sources += other.sources;
        self.annotated += other.annotated;
        self.quotations += other.quotations;
        self.figures += other.figures;
    }
}

impl Counts {
    /// How much of the articles has been annotated: "44 articles, 38 annotated; 61 of 80 quotations
    /// and 52 of 70 figures stand in a claim or carry a source"; nothing where nothing is.
    pub(super) fn coverage(&self) -> Option<String> {
        let parts: Vec<String> =
            [(self.quotations, "quotation", "quotations"), (self.figures, "figure", "figures")]
                .into_iter()
                .filter(|(of, ..)| of.all > 0)
                .map(|(of, one, many)| format!("{} of {}", number(of.covered), counted(of.all, one, many)))
                .collect();
        let articles = counted(self.articles, "article", "articles");
        let annotated = format!("{articles}, {} annotated", number(self.annotated));
        (self.annotated > 0).then(|| match &parts[..] {
            [] => annotated,
            parts => format!("{annotated}; {} stand in a claim or carry a source", parts.join(" and ")),
        })
    }
}

/// The last line of a check: "3 errors, 2 warnings and 1 hint in 24 articles
/// (60 entities, 80 sources), 0.12 s".
pub(super) struct Summary {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) hints: usize,
    pub(super) counts: Counts,
    pub(super) time: Duration,
}

impl Summary {
    pub(super) fn new<'f>(
        findings: impl Iterator<Item = &'f Diagnostic> + Clone,
        counts: Counts,
        time: Duration,
    ) -> Summary {
        let of = |level| findings.clone().filter(|finding| finding.level == level).count();
        Summary {
            errors: of(Level::Error),
            warnings: of(Level::Warning),
            hints: of(Level::Hint),
            counts,
            time,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found: Vec<String> = [
            (self.errors, "error", "errors"),
            (self.warnings, "warning", "warnings"),
            (self.hints, "hint", "hints"),
        ]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count, one, many))
        .collect();
        match &found[..] {
            [] => f.write_str("Nothing found")?,
            [one] => f.write_str(one)?,
            [most @ .., last] => write!(f, "{} and {last}", most.join(", "))?,
        }
        write!(
            f,
            " in {} ({}, {}), {}",
            counted(self.counts.articles, "article", "articles"),
            counted(self.counts.entities, "entity", "entities"),
            counted(self.counts.sources, "source", "sources"),
            seconds(self.time)
        )
    }
}

/// A number with its word.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

fn number(count: usize) -> String {
    let mut digits = count.to_string();
    // 12,345: from five digits on, numbers are read in groups.
    if digits.len() > 4 {
        let mut at = digits.len() - 3;
        loop {
            digits.insert(at, ',');
            if at <= 3 {
                break;
            }
            at -= 3;
        }
    }
    digits
}

fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        time if time < 10.0 => format!("{time:.2} s"),
        time => format!("{time:.0} s"),
    }
}

#[cfg(test)]
mod tests;
