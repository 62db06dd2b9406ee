//! `photo-without-credit`

use super::pictures::photographs;
use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "photo-without-credit",
    summary: "a photograph of which it is not said whose it is",
    explanation: "\
A picture is a source, and `credit` names it: who took it, and for whom. Where nobody wrote that
down, nobody can ask whether it shows what it is said to show, and nobody knows whether it may be
printed. The Reuters Handbook and AP ask for a credit with every picture, the Verification Handbook
begins with who took it, user-made pictures above all.

    Bad:   ![Two boys play in the ruins](ruins.jpg){taken=2026-03-10}
    Good:  ![Two boys play in the ruins](ruins.jpg){taken=2026-03-10 credit=\"E. Marsh / The Causeway\"}

Add the credit, or mark what shows no event with `.illustration`. Drawings (`.svg`), pictures in
links, and articles that have no annotation at all are left alone.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    for picture in photographs(context).iter().filter(|picture| !picture.says("credit")) {
        let place = context.place(picture.link.span);
        let finding = Finding::new(place, "it is not said whose picture this is")
            .help("name who took it, `{credit=\"…\"}`, or mark it with `.illustration` if it shows no event");
        findings.push(finding);
    }
}
