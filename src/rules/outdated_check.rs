//! `outdated-check`

use super::context::when;
use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::data::date::Date;
use crate::diagnostic::{Finding, Level};
use crate::syntax::{Annotation, Attribute, CheckHashes, belongings};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    name: "outdated-check",
    summary: "a checked claim that has changed since it was checked",
    explanation: "\
With `checked=` the desk says that it held a claim against its sources; `hash=` keeps what it looked at:
the words, the speaker, the accused, the figure, the original, and what is cited, with its places. A
draft changes after the check: a sentence is cut, a name is put in, a source goes, and the tick beside it
stays. The KSJ guides to annotated drafts ask that every change after the check goes back to the checker.

    Bad:   [The gates were shut at ten]{.claim by=dam-authority checked=2026-03-11 hash=ec434c4d}[@gate-log]
           (it was \"at noon\" when it was checked)
    Good:  the same, checked again, with the date and the hash of that check

Check the claim again and set `checked` and `hash`, or put it back as it was. How the hash is made is in
the language's chapter on claims. Markup alone and white space do not count. A `checked` without a
`hash` is never outdated, and a `hash` without a `checked` says nothing.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    let Some((article, front)) = context.as_article() else { return };
    let text = context.source.text;
    let checked: Vec<(usize, &Annotation, Checked<'_>)> = article
        .claims()
        .filter(|(_, claim)| !claim.flawed)
        .filter_map(|(index, claim)| Some((index, claim, Checked::of(claim, text)?)))
        .collect();
    if checked.is_empty() {
        return;
    }
    let belongings = belongings(article, front.language());
    let hashes = CheckHashes::new(text, article, &belongings);
    for (index, claim, Checked { date, hash }) in checked {
        let written = hash.text.trim();
        let Some(now) = hashes.hash(index).filter(|now| !written.eq_ignore_ascii_case(now)) else { continue };
        let is_hash = written.len() == now.len() && written.bytes().all(|byte| byte.is_ascii_hexdigit());
        findings.push(match is_hash {
            true => finding(context, claim.span, date),
            false => no_hash(context, hash),
        });
    }
}

/// What a claim says of its check.
struct Checked<'a> {
    date: &'a Attribute,
    hash: &'a Attribute,
}

impl<'a> Checked<'a> {
    fn of(claim: &'a Annotation, text: &'a str) -> Option<Self> {
        let said = |key| claim.attributes.get(text, key).filter(|said| !said.text.trim().is_empty());
        Some(Checked { date: said("checked")?, hash: said("hash")? })
    }
}

fn finding(context: &TextContext<'_>, claim: Span, checked: &Attribute) -> Finding {
    let date = Date::parse(&checked.text).ok();
    let date = date.map(|date| format!(" {}", when(&date))).unwrap_or_default();
    let message = format!("this claim has changed since it was checked{date}");
    Finding::new(context.place(claim), message)
        .help("check it again, and set the date and the hash of that check; or put it back as it was")
        .related(context.source.path, context.place(checked.span), "the check")
}

fn no_hash(context: &TextContext<'_>, hash: &Attribute) -> Finding {
    let place = context.place(hash.value.unwrap_or(hash.span));
    Finding::new(place, "a `hash` is eight hexadecimal digits: nothing tells what was checked here")
        .help("check the claim again, and set the date and the hash of that check")
}
