//! `weekday-date-mismatch`

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::data::date::{Day, Weekday};
use crate::diagnostic::{Edit, Finding, Level};
use crate::syntax::sentence::{quotations, sentences};
use crate::syntax::weekday::yearless::yearless_weekday_dates;
use crate::syntax::weekday::{WeekdayDate, weekday_dates};
use crate::syntax::{Article, Block};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    name: "weekday-date-mismatch",
    summary: "a date that was another day of the week",
    explanation: "\
Where a weekday and a whole date stand together, the calendar says whether they agree. One of the
two is wrong otherwise, and nobody can tell which from the story. Copy editors check every date
against a calendar, as fact-checking guides tell them to: it is the cheapest check there is, and
readers do it, too.

    Bad:   The list was closed on Thursday, 3 August 2016.     (a Wednesday)
    Good:  The list was closed on Wednesday, 3 August 2016.

Look up which of the two is right, and correct the other. English, German, French and Spanish
dates are read, in articles of that language (`lang`). A date without a year (\"Tuesday 3 March\")
is that of the year in which it is within four months of the article's date, unless its sentence
tells of another year or is quoted; others without a year are left alone. Lists and ranges of days are left alone, and so are old dates that were right in the Julian calendar.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Error),
    checks: &[Check::Text(check)],
};

/// The first whole year of the Gregorian calendar.
const FIRST_YEAR: i64 = 1583;

/// The last year in which some country still dated by the Julian calendar (Greece, until
/// February 1923).
const LAST_JULIAN_YEAR: i64 = 1923;

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    let Some((article, front)) = context.as_article() else { return };
    for block in &article.blocks {
        let text = block.plain.of(&article.plain.text);
        for date in weekday_dates(text, front.language()) {
            // In code a date is data, not something the article says.
            let at = article.plain.to_source(block.plain.start() + date.span.start);
            if !agrees(date.said, date.day) && !article.is_verbatim(at) {
                findings.push(finding(context, article, block, &date, false));
            }
        }
        yearless(context, article, block, front.language(), findings);
    }
    findings.sort_by_key(|finding| finding.place.start.offset);
}

/// How many days before and after the article's date a date without a year is of a year that is
/// clear.
const MOST_DAYS_OFF: i64 = 120;

/// Words of a sentence that tells of another year than the article's.
const OTHER_YEARS: &[&str] = &[
    "ago",
    "year",
    "years",
    "decade",
    "decades",
    "century",
    "anniversary",
    "then",
    "jahr",
    "jahre",
    "jahren",
    "jahres",
    "jahrzehnt",
    "jahrestag",
    "damals",
    "année",
    "ans",
    "alors",
    "año",
    "años",
    "entonces",
];

/// Dates without a year, read against the article's own.
fn yearless(
    context: &TextContext<'_>,
    article: &Article,
    block: &Block,
    lang: &str,
    findings: &mut Findings,
) {
    let facts = context.facts.article.as_ref().filter(|facts| !facts.undated && !facts.dates.is_empty());
    let Some(facts) = facts.filter(|_| block.quotes == 0) else { return };
    let text = block.plain.of(&article.plain.text);
    let day_of = |month, day| {
        let mut days = facts.dates.iter().map(|date| nearest_year(date.day()?, month, day));
        let first = days.next()??;
        days.all(|day| day == Some(first)).then_some(first)
    };
    for date in yearless_weekday_dates(text, lang, day_of) {
        let at = article.plain.to_source(block.plain.start() + date.span.start);
        if agrees(date.said, date.day) || article.is_verbatim(at) || is_of_another_year(text, &date, lang) {
            continue;
        }
        findings.push(finding(context, article, block, &date, true));
    }
}

/// That day of the month, in the year in which it is near.
fn nearest_year(anchor: Day, month: u8, day: u8) -> Option<Day> {
    let year = i32::try_from(anchor.civil().0).ok()?;
    let mut days = (year - 1..=year + 1).filter_map(|year| Day::new(year, month, day));
    days.find(|day| (day.number() - anchor.number()).abs() <= MOST_DAYS_OFF)
}

/// Whether the sentence tells of another year, or is somebody's words of some other time.
fn is_of_another_year(text: &str, date: &WeekdayDate, lang: &str) -> bool {
    let at = date.span.start;
    if quotations(text).iter().any(|quotation| quotation.outer.contains(&at)) {
        return true;
    }
    let sentence = sentences(text, lang).into_iter().find(|sentence| sentence.contains(&at));
    let sentence = &text[sentence.unwrap_or(0..text.len())];
    sentence.split(|c: char| !c.is_alphanumeric()).any(|word| {
        word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())
            || word.len() < 16 && OTHER_YEARS.contains(&&*word.to_lowercase())
    })
}

/// Whether the day was that weekday, in the calendar that may have been in use.
fn agrees(said: Weekday, day: Day) -> bool {
    let (year, month, _) = day.civil();
    // The same day and month of the Julian calendar came some days later: ten in 1600,
    // and one more in each year that only that calendar makes a leap year.
    let last_leap_day = if month > 2 { year } else { year - 1 };
    let later = last_leap_day / 100 - last_leap_day / 400 - 2;
    let julian = (day.weekday() as i64 + later) % 7;
    year < FIRST_YEAR || day.weekday() == said || year <= LAST_JULIAN_YEAR && julian == said as i64
}

fn finding(
    context: &TextContext<'_>,
    article: &Article,
    block: &Block,
    date: &WeekdayDate,
    is_yearless: bool,
) -> Finding {
    let text = block.plain.of(&article.plain.text);
    let right = date.day.weekday();
    let article_of = |weekday: Weekday| format!("a {weekday}");
    let place = |range: &std::ops::Range<usize>| {
        let from = article.plain.to_source(block.plain.start() + range.start);
        let to = article.plain.end_to_source(block.plain.start() + range.end);
        Span::new(from, to.max(from))
    };
    // Where markup stands inside of a word, there is no telling what to replace.
    let edit = |range: &std::ops::Range<usize>, with: String| {
        let span = place(range);
        (span.of(context.source.text) == &text[range.clone()])
            .then(|| vec![Edit::new(context.source.path, context.place(span), with)])
    };
    let message = format!(
        "`{}` falls on {}{}, not on {}",
        &text[date.date.clone()],
        article_of(right),
        if is_yearless { format!(" in {}", date.day.civil().0) } else { String::new() },
        article_of(date.said)
    );
    let mut finding = Finding::new(context.place(place(&date.span)), message)
        .help("look up which of the two is right, and correct the other");
    // Which one is wrong, only the reporter's notes tell.
    finding.choice = true;
    let weekday = date.weekday_like(text, right);
    if let Some(edits) = edit(&date.weekday, weekday.clone()) {
        finding = finding.fix(format!("Change to `{weekday}`"), edits);
    }
    if let Some(day) = nearest(date.said, date.day) {
        let number = date.day_of_month_like(text, day);
        if let Some(edits) = edit(&date.day_of_month, number.clone()) {
            finding = finding.fix(format!("Change the day to `{number}`"), edits);
        }
    }
    finding
}

/// The day of the same month nearest to `day` that is a `weekday`.
fn nearest(weekday: Weekday, day: Day) -> Option<u8> {
    let (year, month, number) = day.civil();
    let steps = (weekday as i64 - day.weekday() as i64 + 3).rem_euclid(7) - 3;
    let number = u8::try_from(i64::from(number) + steps).ok()?;
    Day::new(i32::try_from(year).ok()?, month, number).map(|_| number)
}
