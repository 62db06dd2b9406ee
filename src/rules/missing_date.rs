//! `missing-date`

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::data::date::Date;
use crate::diagnostic::{Edit, Finding, Level};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    name: "missing-date",
    summary: "an article without a date",
    explanation: "\
The front matter's `date` says when an article was published. Without it readers can't tell what
was known when, \"on Wednesday\" means nothing, and newsmark can't see whether a source is younger
than the story or a role was held at the time. News agencies date every story, and fact-checkers
every check.

    Bad:   title: Court asked to lock up the tape
    Good:  title: Court asked to lock up the tape
           date: 2025-03-20

Add `date` to the front matter, in the order year, month, day. A date that can't be read is
`invalid-date`, not this; front matter that can't be read is reported first. Pages about an entity
are no articles, and neither is a file with no front matter and no annotation.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    let Some((article, front)) = context.as_article() else { return };
    let Some(place) = context.front_matter_head() else { return };
    if front.date.is_some() {
        return;
    }
    let mut finding = Finding::new(place, "this article has no date")
        .help("add `date: YYYY-MM-DD` to the front matter, the day on which it is published");
    // Sites made with Jekyll carry the day in the file's name. An empty `date:` is left to
    // the reporter: a second one would not count.
    if let (Some(block), Some(day)) = (&article.front_matter, day_of(context.source.path))
        && !block.content.of(context.source.text).lines().any(|line| line.starts_with("date:"))
    {
        let end = context.place(Span::at(block.content.end()));
        let line_end = if block.content.of(context.source.text).ends_with("\r\n") { "\r\n" } else { "\n" };
        finding = finding.fix(
            format!("Add `date: {day}`, as the file's name has it"),
            vec![Edit::new(context.source.path, end, format!("date: {day}{line_end}"))],
        );
    }
    findings.push(finding);
}

/// The day that a file's name begins with: `2025-03-20-tape.md`.
fn day_of(path: &str) -> Option<&str> {
    let day = path.rsplit('/').next()?.get(..10)?;
    Date::parse(day).ok()?.day().map(|_| day)
}
