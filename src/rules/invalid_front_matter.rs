//! `invalid-front-matter`

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::diagnostic::Level;

pub(super) static RULE: Rule = Rule {
    name: "invalid-front-matter",
    summary: "front matter that is no YAML, or a field that is of the wrong type",
    explanation: "\
The lines between the two `---` at the head of an article are YAML. Where they do not parse, a part
of them is not read, and with it perhaps the date, the author or the list of corrections; where
a field is something else than is asked for, the field is not read. `corrections:` with a sentence in
place of a list looks like a correction to you, and like nothing to everybody who asks for one; the
IFCN's code and the agencies' handbooks want corrections in the open. Fields that newsmark has no use
for are left alone, whatever is in them.

    Bad:   title: Minister: we were not asked
    Good:  title: \"Minister: we were not asked\"

    Bad:   corrections: The signing was at noon.
    Good:  corrections:
             - date: 2026-02-19
               text: The signing was at noon.

Put texts with a colon or a quotation mark in them into quotation marks, indent with spaces, and
write lists with `- ` before each entry.",
    tier: Tier::A,
    levels: Levels::markup(Level::Error),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    if let Some((_, front)) = context.article {
        findings.extend(context.data(&front.problems));
    }
}
