//! Marking a claim as checked: the date, who checked it, and the hash of what was checked.

use crate::diagnostic::Edit;
use crate::syntax::{Annotation, CheckHashes, attribute_value, belongings};
use crate::text::Span;

use super::page::Page;
use super::{Refactoring, RefactoringKind};

pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    if page.facts().is_none() {
        return;
    }
    let Some((number, claim)) = page.claim() else { return };
    let title = format!("Mark this claim as checked on {}", page.asked.today);
    let work = edits(page, number, claim);
    found.push(Refactoring::new(RefactoringKind::Check, title, work.into()));
}

fn edits(page: &Page<'_>, number: usize, claim: &Annotation) -> Result<Vec<Edit>, String> {
    let (text, article) = (page.text(), page.article());
    let belongings = belongings(article, page.lang());
    let hashes = CheckHashes::new(text, article, &belongings);
    let Some(hash) = hashes.hash(number) else {
        return Err("it is nested too deep to be checked".to_owned());
    };
    if claim.flawed {
        return Err("mend its markup first: what it says cannot be read for certain".to_owned());
    }
    let checker = page.asked.checker.map(str::to_owned);
    let wanted = [("checked", Some(page.asked.today.to_owned())), ("checker", checker), ("hash", Some(hash))];
    let (mut edits, mut added) = (Vec::new(), String::new());
    for (key, value) in wanted {
        let Some(value) = value else {
            // Who checked it before did not check it now.
            if let Some(own) = claim.attributes.get(text, key).filter(|_| is_outdated(&edits, &added)) {
                let start = text[..own.span.start()].trim_end_matches([' ', '\t']).len();
                edits.push(page.edit(Span::new(start, own.span.end()), ""));
            }
            continue;
        };
        match claim.attributes.get(text, key) {
            Some(own) if *own.text == *value => {}
            Some(own) => edits.push(page.edit(own.span, format!("{key}={}", attribute_value(&value)))),
            None => added.push_str(&format!(" {key}={}", attribute_value(&value))),
        }
    }
    if !added.is_empty() {
        edits.push(page.edit(Span::at(claim.attributes.span.end() - 1), added));
    }
    match edits.is_empty() {
        true => Err("it is marked as checked today, and nothing has changed since".to_owned()),
        false => Ok(edits),
    }
}

/// Whether the check that is written down is of another day.
fn is_outdated(edits: &[Edit], added: &str) -> bool {
    !edits.is_empty() || !added.is_empty()
}
