//! `outdated-photo`

use super::context::when;
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, PictureFacts};
use crate::data::date::{Date, Day};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "outdated-photo",
    summary: "a photograph taken long before the article, and not marked as a file photo",
    explanation: "\
Readers take a picture for one of what the story tells. One that is older shows something else, and
has to be called a file photo in so many words: AP and the Reuters Handbook ask for that in the
caption, and `.file-photo` marks it. What counts is the article's date, or the date of the live
page's entry; only what is certain is reported, so a picture of \"2026\" is never too old for a story
of that year.

    Bad:   date: 2026-03-11 …  ![The fish hall](hall.jpg){credit=\"E. Marsh\" taken=2025-09-18}
    Good:  date: 2026-03-11 …  ![The fish hall, in September 2025](hall.jpg){.file-photo credit=\"E. Marsh\" taken=2025-09-18}

Take a newer picture, or mark it with `.file-photo` and say in the caption when it was taken. More
than 30 days are long; another number is set in newsmark.toml under `[pictures]`, `outdated-days`.
Articles without a date are left alone.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    let days = context.options.outdated_days;
    for picture in article.pictures.iter().filter(|picture| !picture.file_photo) {
        let Some((taken, place)) = &picture.taken else { continue };
        let (Some(last), Some(first)) = (taken.latest(), first_day(article, picture)) else { continue };
        if first.days_since(last) <= i64::from(days) {
            continue;
        }
        let what = if picture.entry.is_some() { "entry" } else { "article" };
        let message =
            format!("this picture was taken {}, more than {days} days before the {what}", when(taken));
        let mut finding = Finding::new(*place, message)
            .help("take a newer one; or mark it with `.file-photo`, and say in the caption when it was taken")
            .fix("Mark it as a file photo", vec![context.edit(picture.attributes_end, " .file-photo")]);
        // A newer picture may be what is wanted.
        finding.choice = true;
        findings.push(finding);
    }
}

/// The first day that the article, or the entry around the picture, may be of.
fn first_day(article: &ArticleFacts, picture: &PictureFacts) -> Option<Day> {
    match &picture.entry {
        Some(entry) => entry.earliest(),
        None if article.undated => None,
        None => article.dates.iter().map(Date::earliest).min().flatten(),
    }
}
