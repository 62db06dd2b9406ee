//! `missing-author`

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "missing-author",
    summary: "an article without an author",
    explanation: "\
The front matter's `author` says who answers for an article: one name or a list of them, a desk or
an agency where no person is named. Readers can ask back and editors know whose notes to look for.
Codes of transparency, such as the Trust Project's, ask for it.

    Bad:   title: The radio in the walnut tree
    Good:  title: The radio in the walnut tree
           author: Tove Hallam

Add `author` to the front matter. Front matter that can't be read is reported first. Pages about
an entity are no articles, and neither is a file with no front matter and no annotation.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    let Some((_, front)) = context.as_article() else { return };
    let Some(place) = context.front_matter_head() else { return };
    if front.authors.is_empty() {
        let finding = Finding::new(place, "this article has no author")
            .help("add `author:` to the front matter: a name, a list of names, or the desk");
        findings.push(finding);
    }
}
