//! Mending everything of a kind in a file, where there is nothing to choose.

use crate::diagnostic::{Diagnostic, Edit, EditSet};
use crate::features::actions;
use crate::rules::{self, Rule};

use super::page::Page;
use super::{Refactoring, RefactoringKind, Work};

/// A finding that can be mended unasked within its file.
type Mendable<'a> = (&'a Diagnostic, &'a [Edit]);

/// Mends all findings of each of the rules that found something at the place.
pub(super) fn of_rules<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    let here = actions(page.asked.diagnostics, page.asked.range);
    let mut rules: Vec<&str> =
        here.iter().filter(|action| action.preferred).map(|action| action.mends.rule).collect();
    let mut seen = Vec::new();
    rules.retain(|rule| !seen.contains(rule) && (seen.push(*rule), true).1);
    for rule in rules {
        let all = mendable(page, |diagnostic| diagnostic.rule == rule);
        if all.len() < 2 {
            continue;
        }
        let title = format!("Fix all {} `{rule}` in this file", all.len());
        let mends = all.iter().map(|(diagnostic, _)| *diagnostic).collect();
        let refactoring = Refactoring::new(RefactoringKind::FixAllOfRule, title, work(page, &all));
        found.push(Refactoring { mends, ..refactoring });
    }
}

/// Mends what can be mended unasked, as `newsmark check --fix` does: editors may do it on each save.
pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    let all = mendable(page, |diagnostic| rules::by_name(diagnostic.rule).is_some_and(Rule::has_safe_fixes));
    if all.is_empty() {
        return;
    }
    let title = match all.len() {
        1 => "Fix the one finding of this file whose fix changes nothing that is said".to_owned(),
        many => format!("Fix all {many} findings of this file whose fixes change nothing that is said"),
    };
    found.push(Refactoring::new(RefactoringKind::FixAll, title, work(page, &all)));
}

fn work(page: &Page<'_>, all: &[Mendable<'_>]) -> Work {
    if page.asked.may_wait {
        return Work::Later;
    }
    let mut edits: Vec<Edit> = all.iter().flat_map(|(_, edits)| edits.iter().cloned()).collect();
    edits.sort_by_key(|edit| edit.location.place.span());
    edits.dedup();
    Work::Edits(edits)
}

/// Those that are wanted, each with edits that touch none of those before it: what would is
/// left for the next time.
fn mendable<'a>(page: &Page<'a>, is_wanted: impl Fn(&Diagnostic) -> bool) -> Vec<Mendable<'a>> {
    let mut taken = EditSet::default();
    let wanted = page.asked.diagnostics.iter().filter(|diagnostic| is_wanted(diagnostic));
    wanted
        .filter_map(|diagnostic| {
            let [fix] = &diagnostic.fixes[..] else { return None };
            let is_here = |edit: &Edit| edit.location.path == page.asked.file.path;
            let may = !diagnostic.choice && fix.edits.iter().all(is_here);
            (may && taken.take(&fix.edits)).then_some((diagnostic, &fix.edits[..]))
        })
        .collect()
}
