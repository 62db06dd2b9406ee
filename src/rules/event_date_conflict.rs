//! `event-date-conflict`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, EntityFacts, EventDateFacts, Known};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "event-date-conflict",
    summary: "an event that is dated otherwise in two places",
    explanation: "\
The registry says when an event took place (`date`), and articles do, too: in the words of a link
(`[[harbour-raid|the raid of 14 February]]`), right beside it (\"the [[harbour-raid]] (14 February
2023)\"), or where a claim with `event=` begins with it (\"A raid on 14 February\"). Where the two can't
both be right, one of them is wrong. Where the registry gives no date, articles are compared with
each other. Fact-checking guides have dates checked one by one, above all those that were
copied from the last story.

    Bad:   date: 2023-02-20 …  [[harbour-raid|the raid of 15 February]]      (date: 2023-02-14)
    Good:  date: 2023-02-20 …  [[harbour-raid|the raid of 14 February]]

Look up which is right, and correct the other. Dates without a year, weekdays and words such as
\"yesterday\" count from the article's date, or the live page's entry's, and stand for every day that
they may mean; only what is certain is reported, each wrong date at its place. \"They condemned the
raid on Friday\" and \"the report on the raid (3 March)\" are left alone, for the date may be that of
the condemning or of the report, and so are quotations. English and German are read.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    for given in &article.event_dates {
        let Some(event) = context.corpus.dated_event(context.file, given) else { continue };
        findings.extend(conflict(context, article, given, event));
    }
}

fn conflict(
    context: &CorpusContext<'_>,
    article: &ArticleFacts,
    given: &EventDateFacts,
    event: Known<'_, EntityFacts>,
) -> Option<Finding> {
    let name = &event.what.name;
    let (message, path, place, what) = match &event.what.date {
        Some(date) if date.may_meet(&given.date) => return None,
        Some(date) => {
            let message = format!("{name} is dated `{}` here, and {date} in the registry", given.written);
            (message, &event.file.path, event.what.id_place, format!("{name}, {date}"))
        }
        // Others can't be asked of what is known in this article alone.
        None if given.word.is_some() || !article.settled.is_empty() => return None,
        None => {
            let other = context.corpus.dated_otherwise(event, &given.date)?;
            let whose =
                if other.file.path == *context.path() { "elsewhere here" } else { "in another article" };
            let message =
                format!("{name} is dated `{}` here, and `{}` {whose}", given.written, other.what.written);
            (message, &other.file.path, other.what.place, format!("`{}`", other.what.written))
        }
    };
    let finding = Finding::new(given.place, message).help("look up which is right, and correct the other");
    Some(finding.related(path, place, what))
}
