//! `unknown-suppression`

use super::{ALL, Check, CorpusContext, Findings, Levels, Rule, TextContext, Tier, by_name};
use crate::diagnostic::{Edit, Finding, Level};
use crate::text::{Place, suggest};

pub(super) static RULE: Rule = Rule {
    name: "unknown-suppression",
    summary: "a suppression that names no rule, or gives no reason where one is asked for",
    explanation: "\
A comment `<!-- newsmark-ignore rule: reason -->` switches a rule off for the block that follows, or
for the line that it ends. Where there is no rule of that name it does nothing, and whoever wrote it
believes that a decision was made. Several rules have commas between them; a colon parts the rules
from the reason.

If newsmark.toml says `require-reason = true` under `[suppressions]`, a suppression without a reason
is reported here as well: the next editor, and the lawyer, will ask why the desk let this stand, and
a fact-checker's log has an answer to that.

    Bad:   <!-- newsmark-ignore unsourced-claims: she told us so herself -->
    Bad:   <!-- newsmark-ignore unsourced-claim she told us so herself -->
    Good:  <!-- newsmark-ignore unsourced-claim: she told us so herself -->

Correct the name (`newsmark rules` lists them all), or take the comment out. This cannot itself be
suppressed by a comment.",
    tier: Tier::A,
    levels: Levels::markup(Level::Warning),
    checks: &[Check::Text(check_names), Check::Corpus(check_reasons)],
};

/// The shape of a suppression, for messages.
const FORM: &str = "the form is `<!-- newsmark-ignore rule: reason -->`";

fn check_names(context: &TextContext<'_>, findings: &mut Findings) {
    for suppression in context.facts.article.iter().flat_map(|article| &article.suppressions) {
        if suppression.rules.is_empty() {
            let finding = Finding::new(suppression.place, "this suppression names no rule");
            findings.push(finding.help(FORM));
        }
        let last = suppression.rules.len().saturating_sub(1);
        for (at, (name, place)) in suppression.rules.iter().enumerate() {
            if by_name(name).is_some() {
                continue;
            }
            let may_be_reason = at == last && !suppression.has_reason;
            findings.push(unknown(context, name, *place, may_be_reason));
            // Where a colon is missing, the reason may have commas in it.
            if begins_with_rule(name) {
                break;
            }
        }
    }
}

fn unknown(context: &TextContext<'_>, name: &str, place: Place, may_be_reason: bool) -> Finding {
    let change = |finding: Finding, to: &str| {
        let edits = vec![Edit::new(context.source.path, place, to)];
        finding.fix(format!("Change to `{to}`"), edits)
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    if begins_with_rule(name)
        && let [first, rest @ ..] = &words[..]
    {
        if rest.iter().all(|word| by_name(word).is_some()) {
            let finding = Finding::new(place, "rules in a suppression have commas between them").help(FORM);
            return change(finding, &words.join(", "));
        }
        let finding = Finding::new(place, format!("a colon is missing after `{first}`")).help(FORM);
        let rest = name.trim_start().strip_prefix(first).unwrap_or_default().trim_start();
        return if may_be_reason { change(finding, &format!("{first}: {rest}")) } else { finding };
    }
    let near = suggest(name, ALL.iter().map(|rule| (rule.name, ())));
    let mut finding = Finding::new(place, format!("there is no rule `{}`", shown(&words)));
    finding.help = Some(match &near[..] {
        [] => "`newsmark rules` lists them all".to_owned(),
        [(one, ())] => format!("did you mean `{one}`?"),
        several => {
            let names: Vec<String> = several.iter().map(|(name, ())| format!("`{name}`")).collect();
            format!("did you mean one of {}?", names.join(", "))
        }
    });
    // Several that are equally near are for a person to choose from.
    finding.choice = near.len() > 1;
    near.iter().fold(finding, |finding, (near, ())| change(finding, near))
}

/// Whether more follows the name of a rule than the name.
fn begins_with_rule(name: &str) -> bool {
    name.split_whitespace().next().is_some_and(|first| by_name(first).is_some())
}

/// What was written for a rule's name, on one line and no longer than it is of use.
fn shown(words: &[&str]) -> String {
    const MOST: usize = 40;
    let name = words.join(" ");
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name,
    }
}

fn check_reasons(context: &CorpusContext<'_>, findings: &mut Findings) {
    if !context.options.require_reason {
        return;
    }
    for suppression in context.file.article.iter().flat_map(|article| &article.suppressions) {
        // What has no rule or no colon was reported for that.
        let is_read = suppression.rules.iter().all(|(name, _)| !name.contains(char::is_whitespace));
        if !suppression.has_reason && !suppression.rules.is_empty() && is_read {
            findings.push(Finding::new(suppression.place, "this suppression does not say why").help(FORM));
        }
    }
}
