//! `photo-without-date`

use super::pictures::photographs;
use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "photo-without-date",
    summary: "a photograph of which it is not said when it was taken",
    explanation: "\
Old pictures of other events are the commonest fake there is, and most of them are honest mistakes:
somebody took what the search brought up. `taken` says when a picture was made, as exactly as that
is known (EDTF: a day, a month, `2026-03~`). AP asks for the date in every caption, and the
Verification Handbook for the date before anything else is believed of a picture; for a file photo
it matters more, not less.

    Bad:   ![The bridge on the day](bridge.jpg){credit=\"E. Marsh\"}
    Good:  ![The bridge on the day](bridge.jpg){credit=\"E. Marsh\" taken=2026-03-10}

Add the date, or mark what shows no event with `.illustration`. Drawings (`.svg`), pictures in
links, and articles that have no annotation at all are left alone.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    for picture in photographs(context).iter().filter(|picture| !picture.says("taken")) {
        let place = context.place(picture.link.span);
        let finding = Finding::new(place, "it is not said when this picture was taken").help(
            "say when, as exactly as it is known, `{taken=2026-03}`, or mark it with `.illustration` if it \
             shows no event",
        );
        findings.push(finding);
    }
}
