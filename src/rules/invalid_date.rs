//! `invalid-date`

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::data::date::{Date, DateError};
use crate::diagnostic::{Edit, Finding, Level};
use crate::syntax::ProblemKind;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    name: "invalid-date",
    summary: "a date that is none, or is written so that it could mean two days",
    explanation: "\
Dates are written as ISO 8601 and its extension EDTF have them, which is what libraries and
archives use: `2026-03-11`, `2026-03` if the day is not known, `2026-03-11T14:05`, `2026?` for an
uncertain year, `2026-03-01/2026-03-14` for a stretch. `03/11/2026` is March to one reader and
November to another. A date that cannot be read is not compared with anything: nothing says that
the source is younger than the story, or that the weekday beside the date is wrong.

    Bad:   [We were not asked]{.quote by=harbour-master on=11.03.2026}[@call-0311]
    Good:  [We were not asked]{.quote by=harbour-master on=2026-03-11}[@call-0311]

This goes for `on`, `checked`, `retracted`, the `taken` of a picture and the `date` of a live page's
entry; for `date`, `updated`, `embargo` and the corrections in the front matter; and for the dates of
entities and sources. Front matter may also hold dates as content systems write them there, such as
`2019-03-26 12:38:00 -0500`, and bibliographies dates in words. Write year, month, day, with hyphens;
leave out what you do not know.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Syntax(ProblemKind::InvalidDate), Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    // The front matter of a page about an entity is an entry of the registry.
    if let Some((_, front)) = context.as_article() {
        findings.extend(
            front.invalid_dates.iter().map(|problem| finding(context, problem.span, problem.message.clone())),
        );
    }
    for problem in &context.registry.dates {
        findings.push(finding(context, problem.span, problem.message.clone()));
    }
}

fn finding(context: &TextContext<'_>, span: Span, message: String) -> Finding {
    let place = context.place(span);
    let finding = Finding::new(place, message);
    match mended(span.of(context.source.text)) {
        Some(right) => {
            let edits = vec![Edit::new(context.source.path, place, right.clone())];
            finding.fix(format!("Write `{right}`"), edits)
        }
        None => finding,
    }
}

/// The date that is plainly meant.
fn mended(text: &str) -> Option<String> {
    match Date::parse(text).err()? {
        DateError::Unusual(right) => Some(right),
        // The rest of it is ASCII, or it would not be a date but for the dashes.
        DateError::Dashes(_) => {
            Some(text.trim().chars().map(|c| if c.is_ascii() { c } else { '-' }).collect())
        }
        _ => None,
    }
}
