//! `embargo-broken`

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::data::date::Date;
use crate::diagnostic::{Finding, Level};
use crate::syntax::front_matter::Text;

pub(super) static RULE: Rule = Rule {
    name: "embargo-broken",
    summary: "an article that is published before its embargo ends",
    explanation: "\
The front matter's `embargo` is the time before which the story may not go out: what the desk agreed to
when it took the report or the speech in advance. AP, Reuters and the science desks hold to embargoes,
since who breaks one gets nothing in advance again. This compares the article's `date`.

    Bad:   date: 2026-03-10
           embargo: 2026-03-11T06:00
    Good:  date: 2026-03-11T06:00+01:00
           embargo: 2026-03-11T06:00+01:00

Hold the story until then and set `date`, or take the `embargo` out if it was lifted. Only what is certain
is reported: an article of the day on which the embargo ends may be of the hour after, and where one of
the two times has an offset (`+01:00`) and the other has none, a day may be long over somewhere on earth.",
    tier: Tier::B,
    levels: Levels::publishing(Level::Error),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    let Some((_, front)) = context.as_article() else { return };
    let (Some(embargo), Some(date)) = (&front.embargo, &front.date) else { return };
    let read = |text: &Text| Date::parse_lenient(text.as_str()).ok();
    let (Some(end), Some(published)) = (read(embargo), read(date)) else { return };
    if context.facts.article.as_ref().is_some_and(|article| article.retracted)
        || !published.is_before(&end).is_yes()
    {
        return;
    }
    let message = format!("this article is dated {published}, and under embargo until {end}");
    findings.push(
        Finding::new(context.place(embargo.span), message)
            .help("hold it until then and set `date`; if the embargo was lifted, take `embargo` out")
            .related(context.source.path, context.place(date.span), "the article's date"),
    );
}
