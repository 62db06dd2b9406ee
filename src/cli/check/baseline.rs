//! A baseline: findings that a desk knows of and lives with, so that only new ones are reported.
//!
//! A line each, sorted, so that two changes of it merge: the path from the corpus root, the rule, and
//! what stands for the words around the finding. Lines may move, and files may; equal findings are
//! counted.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};

use crate::cli::identity::digest;
use crate::cli::report::Sources;
use crate::diagnostic::Diagnostic;
use crate::rules;
use crate::workspace;

/// The first line. What is made otherwise has another number.
const HEAD: &str = "# newsmark baseline 1";

/// A finding as a baseline knows it, but for its path.
type Known = (&'static str, u128);

/// Findings, counted among equals.
#[derive(Default)]
pub(super) struct Baseline {
    files: BTreeMap<String, BTreeMap<Known, usize>>,
}

/// What came of comparing findings with a baseline.
pub(super) struct Compared {
    /// For each finding whether it is new.
    pub(super) is_new: Vec<bool>,
    /// How many entries are found no more.
    pub(super) gone: usize,
    /// What a baseline without these holds.
    pub(super) left: Baseline,
}

impl Baseline {
    /// Reads one.
    ///
    /// # Errors
    /// Where it cannot be read, or a line of it means nothing.
    pub(super) fn read(path: &Path) -> anyhow::Result<Baseline> {
        let shown = path.display();
        let text =
            workspace::text_of(path).with_context(|| format!("the baseline {shown} cannot be read"))?;
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            bail!("{shown} is no baseline: its first line is not `{HEAD}`");
        }
        let mut baseline = Baseline::default();
        for (number, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let parts: Vec<&str> = line.split('\t').collect();
            let [path, rule, digest] = parts[..] else {
                bail!("line {} of {shown} is not path, rule and digest", number + 2);
            };
            let Ok(digest) = u128::from_str_radix(digest, 16) else {
                bail!("line {} of {shown} has no digest", number + 2);
            };
            // A rule that was taken out finds nothing any more.
            if let Some(rule) = rules::by_name(rule) {
                baseline.add(path.to_owned(), (rule.name, digest));
            }
        }
        Ok(baseline)
    }

    /// What is found now.
    pub(super) fn of(findings: &[Diagnostic], sources: &mut Sources<'_>) -> Baseline {
        let mut baseline = Baseline::default();
        for finding in findings {
            baseline.add(finding.location.path.to_string(), known(finding, sources));
        }
        baseline
    }

    fn add(&mut self, path: String, known: Known) {
        *self.files.entry(path).or_default().entry(known).or_default() += 1;
    }

    /// How many findings it has.
    pub(super) fn len(&self) -> usize {
        self.files.values().flat_map(BTreeMap::values).sum()
    }

    /// Writes it.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn write(&self, path: &Path) -> anyhow::Result<()> {
        let mut text = format!("{HEAD}\n");
        for (file, known) in &self.files {
            for ((rule, digest), count) in known {
                for _ in 0..*count {
                    text += &format!("{file}\t{rule}\t{digest:032x}\n");
                }
            }
        }
        workspace::save(path, &text)
            .with_context(|| format!("the baseline {} cannot be written", path.display()))
    }

    /// Compares findings with it. `is_there` says which files the corpus has: the entries of one
    /// that it has not go with its words, wherever these are now. Only entries that `is_covered` takes
    /// can be gone: of others nothing was looked for.
    pub(super) fn compare(
        mut self,
        findings: &[Diagnostic],
        sources: &mut Sources<'_>,
        is_there: impl Fn(&str) -> bool,
        is_covered: impl Fn(&str, &str) -> bool,
    ) -> Compared {
        let mut left = Baseline::default();
        let all: Vec<Known> = findings.iter().map(|finding| known(finding, sources)).collect();
        let mut is_new: Vec<bool> = Vec::with_capacity(all.len());
        for (finding, known) in findings.iter().zip(&all) {
            let path = &*finding.location.path;
            let is_known = self.files.get_mut(path).is_some_and(|file| take(file, *known));
            if is_known {
                left.add(path.to_owned(), *known);
            }
            is_new.push(!is_known);
        }
        // What moved: each entry of a file that is not there serves one finding elsewhere.
        let mut moved: BTreeMap<Known, Vec<String>> = BTreeMap::new();
        for (path, known) in self.files.iter().filter(|(path, _)| !is_there(path)) {
            for (known, count) in known {
                moved.entry(*known).or_default().extend(std::iter::repeat_n(path.clone(), *count));
            }
        }
        for ((finding, known), is_new) in findings.iter().zip(&all).zip(&mut is_new).filter(|(_, new)| **new)
        {
            let Some(from) = moved.get_mut(known).and_then(Vec::pop) else { continue };
            *is_new = false;
            if let Some(file) = self.files.get_mut(&from) {
                take(file, *known);
            }
            left.add(finding.location.path.to_string(), *known);
        }
        let mut gone = 0;
        for (path, known) in self.files {
            for (known, count) in known {
                if is_covered(&path, known.0) {
                    gone += count;
                } else {
                    (0..count).for_each(|_| left.add(path.clone(), known));
                }
            }
        }
        Compared { is_new, gone, left }
    }
}

fn take(file: &mut BTreeMap<Known, usize>, known: Known) -> bool {
    let Some(count) = file.get_mut(&known) else { return false };
    *count -= 1;
    if *count == 0 {
        file.remove(&known);
    }
    true
}

fn known(finding: &Diagnostic, sources: &mut Sources<'_>) -> Known {
    let block = sources.block(&finding.location.path, finding.location.place);
    // Of what cannot be read there is only what is said of it.
    let said = block.unwrap_or_else(|| finding.message.clone());
    (finding.rule, digest(&[finding.rule, &said]))
}
