//! Making a claim plain text again.

use crate::corpus::ClaimFacts;
use crate::syntax::{Annotation, Carrier, vocabulary};
use crate::text::Span;

use super::page::{Changes, Growth, Page};
use super::{Refactoring, RefactoringKind};

/// How many of those who refer to a claim are named.
const MOST_NAMED: usize = 3;

pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    if page.facts().is_none() {
        return;
    }
    let Some((number, claim)) = page.claim() else { return };
    let work = changes(page, number, claim).map(|changes| page.edits(changes));
    let title = "Take the markup off this claim";
    found.push(Refactoring::new(RefactoringKind::Unwrap, title, work.into()));
}

fn changes(page: &Page<'_>, number: usize, claim: &Annotation) -> Result<Changes, String> {
    if let Some((own, facts)) = page.claim_facts(claim) {
        is_referred_to(page, own, facts)?;
    }
    let rest = rest(page, claim);
    let attributes = claim.attributes.span;
    let brackets = |rest: &str| match (claim.carrier, rest.is_empty()) {
        (Carrier::Span, true) => Ok(vec![
            (Span::new(claim.span.start(), claim.content.start()), String::new()),
            (Span::new(claim.content.end(), claim.span.end()), String::new()),
        ]),
        (Carrier::Heading, true) => {
            let before = page.text()[..attributes.start()].trim_end_matches([' ', '\t']).len();
            Ok(vec![(Span::new(before, attributes.end()), String::new())])
        }
        (Carrier::Image, true) => Ok(vec![(attributes, String::new())]),
        (Carrier::Div, true) => Err("the fence of a div is taken away by hand".to_owned()),
        (_, false) => Ok(vec![(attributes, format!("{{{rest}}}"))]),
    };
    let mut changes = brackets(&rest)?;
    changes.extend(handed_down(page, number, claim));
    changes.sort_by_key(|(span, _)| *span);
    // What is left may be something that newsmark reads, too, as `.entry` or an id.
    let grows: &[isize] = if rest.is_empty() { &[-1] } else { &[0, -1] };
    let is_read = |by: &isize| {
        let growth = Growth { annotations: *by, ..Growth::default() };
        page.draft(&changes, growth).is_some()
    };
    match grows.iter().any(is_read) {
        true => Ok(changes),
        false => Err("without its markup the text would be read as something else".to_owned()),
    }
}

fn is_of_picture(key: &str) -> bool {
    matches!(key, "credit" | "taken" | "place")
}

/// The attributes that are the house's or Pandoc's, and stay.
fn rest(page: &Page<'_>, claim: &Annotation) -> String {
    let text = page.text();
    let stays = claim.attributes.items.iter().filter(|item| {
        use crate::syntax::AttributeKind::{Class, Id, Pair};
        match item.kind {
            Class => !item.text.split_ascii_whitespace().all(vocabulary::is_claim_class),
            Pair => {
                let key = item.name.of(text);
                !vocabulary::is_key(key) || claim.carrier == Carrier::Image && is_of_picture(key)
            }
            // Links may lead to a heading's or picture's.
            Id => claim.carrier != Carrier::Span,
        }
    });
    stays.map(|item| item.span.of(text)).collect::<Vec<_>>().join(" ")
}

/// What the claims inside take over from the claim, and have to say for themselves.
fn handed_down(page: &Page<'_>, number: usize, claim: &Annotation) -> Changes {
    let (text, article) = (page.text(), page.article());
    let inside = article.annotations.iter().filter(|one| one.parent == Some(number) && one.is_claim());
    let taken_over = |one: &Annotation| {
        let keys = vocabulary::INHERITED_KEYS.iter().filter_map(|key| {
            let own = claim.attributes.get(text, key)?;
            one.attributes.get(text, key).is_none().then(|| format!(" {}", own.span.of(text)))
        });
        keys.collect::<String>()
    };
    let at = |one: &Annotation| Span::at(one.attributes.span.end() - 1);
    inside.map(|one| (at(one), taken_over(one))).filter(|(_, keys)| !keys.is_empty()).collect()
}

/// Refuses a claim that others refer to.
fn is_referred_to(page: &Page<'_>, own: u32, claim: &ClaimFacts) -> Result<(), String> {
    let asked = &page.asked;
    let Some(id) = &claim.id else { return Ok(()) };
    let references = asked.corpus.claim_references_to(asked.file, id);
    let others: Vec<String> = references
        .iter()
        .filter(|(file, reference)| file.path != asked.file.path || reference.claim != Some(own))
        .map(|(file, reference)| {
            let line = reference.place.start.line + 1;
            if file.path == asked.file.path {
                format!("line {line}")
            } else {
                format!("{}:{line}", file.path)
            }
        })
        .collect();
    if others.is_empty() {
        return Ok(());
    }
    let more = match others.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Err(format!("`#{id}` is referred to: {}{more}", others[..others.len().min(MOST_NAMED)].join(", ")))
}
