//! `--fix`: what can be mended is, until nothing more can.

use std::collections::BTreeMap;

use crate::cli::args::Check;
use crate::config::FILE_NAME;
use crate::diagnostic::{Diagnostic, EditSet, FilePath};
use crate::rules;
use crate::text::edited;
use crate::workspace::{Files, Loaded, Root};

use super::select::{Selection, rule};

/// One fix may make room for another. What goes on for longer goes in circles.
const MOST_ROUNDS: usize = 32;

/// Which fixes are made.
pub(super) enum Wish {
    /// Those that leave what is said as it is.
    Safe,
    /// All of these rules.
    Only(Vec<&'static str>),
}

impl Wish {
    /// What the arguments say; nothing where no fix is wanted.
    pub(super) fn new(args: &Check) -> anyhow::Result<Option<Wish>> {
        if !args.fix_only.is_empty() {
            let rules: anyhow::Result<_> = args.fix_only.iter().map(|name| Ok(rule(name)?.name)).collect();
            return Ok(Some(Wish::Only(rules?)));
        }
        Ok((args.fix || args.diff).then_some(Wish::Safe))
    }

    /// Whether the fix of a finding is to be made: it has one, and nobody has to choose.
    fn takes(&self, finding: &Diagnostic) -> bool {
        !finding.fixes.is_empty()
            && !finding.choice
            && match self {
                Wish::Safe => rules::by_name(finding.rule).is_some_and(rules::Rule::has_safe_fixes),
                Wish::Only(rules) => rules.contains(&finding.rule),
            }
    }
}

/// What was mended in one file.
pub(super) struct Mended {
    pub(super) path: FilePath,
    /// What the file holds.
    pub(super) old: String,
    /// What it is to hold.
    pub(super) new: String,
}

/// What was mended in a corpus.
#[derive(Default)]
pub(super) struct Mends {
    /// By path.
    pub(super) files: Vec<Mended>,
    /// How many findings that settles.
    pub(super) count: usize,
}

/// Mends what is wished in what `covered` takes, and says what is found then. The corpus holds the
/// new texts afterwards, the disk still the old ones.
pub(super) fn mend(
    root: &Root,
    loaded: &mut Loaded,
    files: &Files,
    (wish, selection): (&Wish, &Selection),
    covered: &(impl Fn(&str) -> bool + Sync),
) -> (Mends, Vec<Diagnostic>) {
    let mut texts: BTreeMap<FilePath, Mended> = BTreeMap::new();
    let mut count = 0;
    let mut findings = root.judge(loaded, covered);
    for _ in 0..MOST_ROUNDS {
        let mut edits = EditSet::default();
        let mut taken = 0;
        for finding in findings.iter().filter(|one| selection.takes(one) && wish.takes(one)) {
            let own = &finding.fixes[0].edits;
            // What holds for all is not changed while it holds.
            let is_here = |path: &str| path != FILE_NAME && files.entry(path).is_some();
            if own.iter().all(|edit| is_here(&edit.location.path)) && edits.take(own) {
                taken += 1;
            }
        }
        let mut changed = BTreeMap::new();
        for (path, edits) in edits.by_file() {
            let known = texts.get(path).map(|mended| mended.new.clone());
            let Some(text) = known.or_else(|| root.read_named(path).ok()) else { continue };
            let spans = edits.iter().map(|edit| (edit.location.place.span(), edit.text.as_str()));
            let new = edited(&text, spans);
            if new == text {
                continue;
            }
            let mended = texts.entry(path.clone()).or_insert_with(|| Mended {
                path: path.clone(),
                old: text,
                new: String::new(),
            });
            mended.new.clone_from(&new);
            changed.insert(path.clone(), new);
        }
        if changed.is_empty() {
            break;
        }
        count += taken;
        root.put(loaded, files, &changed);
        findings = root.judge(loaded, covered);
    }
    let files = texts.into_values().filter(|mended| mended.old != mended.new).collect();
    (Mends { files, count }, findings)
}
