//! `photo-without-caption`

use super::pictures::{Picture, photographs};
use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "photo-without-caption",
    summary: "a photograph of which it is not said what it shows",
    explanation: "\
Without words readers take a picture for what the story is about, whatever it shows; and whoever
does not see it learns nothing. The words between the brackets are the caption (and what is read
out where the picture can't be seen): who and what, where and when, as the Reuters Handbook and AP
ask for. The name of the file is no caption.

    Bad:   ![](ruins.jpg){credit=\"E. Marsh\" taken=2026-03-10}
    Good:  ![Two boys play in the ruins of the fish hall](ruins.jpg){credit=\"E. Marsh\" taken=2026-03-10}

Write the caption, or mark what shows no event with `.illustration`. A title behind the address
counts, and so do words in italics below the picture. Drawings (`.svg`), pictures in links, and
articles that have no annotation at all are left alone.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    for picture in photographs(context).iter().filter(|picture| !has_caption(picture)) {
        let place = context.place(picture.link.span);
        let message = if picture.description().contains(char::is_alphanumeric) {
            "this picture has the name of its file for a caption"
        } else {
            "this picture has no caption"
        };
        findings.push(Finding::new(place, message).help(
            "say between the brackets what it shows, or mark it with `.illustration` if it shows no event",
        ));
    }
}

fn has_caption(picture: &Picture<'_>) -> bool {
    let target = picture.link.target.as_str();
    let file = target.rsplit('/').next().unwrap_or(target);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let description = picture.description();
    let described = description.contains(char::is_alphanumeric) && description != file && description != stem;
    // A title; and of a picture that is defined elsewhere, its title is not known here.
    let titled = picture.link.destination.is_none() || picture.after_address().contains(['"', '\'', '(']);
    let below = without_comments(picture.after());
    described || titled || below.starts_with(['*', '_', '<'])
}

/// What stands behind a picture, but for the comments right there: they are shown to nobody.
fn without_comments(mut after: &str) -> &str {
    loop {
        after = after.trim_start();
        let Some((_, rest)) = after.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) else {
            return after;
        };
        after = rest;
    }
}
