//! One file's diagnostics, as the corpus and the configuration have it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::config::FileSettings;
use crate::corpus::{ArticleFacts, Corpus, FileFacts, SuppressionFacts};
use crate::diagnostic::{Diagnostic, Finding, Location};
use crate::rules::{self, Check, CorpusContext, Levels, Options, Rule};

use super::read::internal_error;

/// The diagnostics of `file`, in order of their places.
#[must_use]
pub fn file(
    corpus: &Corpus,
    file: &FileFacts,
    settings: &FileSettings,
    options: &Options,
) -> Vec<Diagnostic> {
    let is_on = |rule: &str| settings.level(rule).is_some();
    let context = CorpusContext { corpus, file, options, is_on: &is_on };
    let mut findings = file.findings.clone();
    for rule in rules::ALL {
        for check in rule.checks {
            if let Check::Corpus(check) = check {
                findings.append(&mut run(rule, *check, &context));
            }
        }
    }
    if let Some(article) = &file.article {
        suppress(article, settings, &mut findings);
    }
    let mut diagnostics: Vec<Diagnostic> =
        findings.into_iter().filter_map(|finding| level(file, settings, finding)).collect();
    diagnostics.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| (diagnostic.location.place.start.offset, diagnostic.rule);
        key(a).cmp(&key(b)).then_with(|| a.cmp(b))
    });
    // What is inherited is looked at where it is used; it is wrong only once.
    diagnostics.dedup();
    diagnostics
}

fn run(
    rule: &'static Rule,
    check: fn(&CorpusContext<'_>, &mut Vec<Finding>),
    context: &CorpusContext<'_>,
) -> Vec<Finding> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut found = Vec::new();
        check(context, &mut found);
        found
    }));
    match outcome {
        Ok(mut found) => {
            for finding in &mut found {
                finding.rule = rule.name;
            }
            found
        }
        Err(_) => vec![internal_error(&format!("the rule `{}` failed on this file", rule.name))],
    }
}

/// Gives a finding its level; drops it where its rule is off.
fn level(file: &FileFacts, settings: &FileSettings, finding: Finding) -> Option<Diagnostic> {
    let level = settings.level(finding.rule)?;
    // Where such a rule is off and was switched on by name, it is as bad as ever.
    let at_most = finding
        .at_most
        .map(|standard| Levels::sourcing(standard).at(settings.profile.value).unwrap_or(standard));
    Some(Diagnostic {
        location: Location { path: file.path.clone(), place: finding.place },
        rule: finding.rule,
        level: at_most.map_or(level, |most| level.min(most)),
        message: finding.message,
        help: finding.help,
        related: finding.related,
        fixes: finding.fixes,
        choice: finding.choice,
    })
}

/// Takes away what is suppressed, and adds what is wrong with the suppressions.
fn suppress(article: &ArticleFacts, settings: &FileSettings, findings: &mut Vec<Finding>) {
    let mut used: Vec<Vec<bool>> =
        article.suppressions.iter().map(|suppression| vec![false; suppression.rules.len()]).collect();
    findings.retain(|finding| {
        let mut keep = true;
        for (suppression, used) in article.suppressions.iter().zip(&mut used) {
            if !covers(suppression, finding) {
                continue;
            }
            for ((rule, _), used) in suppression.rules.iter().zip(used) {
                if **rule == *finding.rule {
                    *used = true;
                    keep = false;
                }
            }
        }
        keep
    });
    for (suppression, used) in article.suppressions.iter().zip(&used) {
        for ((rule, place), used) in suppression.rules.iter().zip(used) {
            // A rule that is off here might find something elsewhere or tomorrow.
            let is_on = rules::by_name(rule).is_some() && settings.level(rule).is_some();
            if !used && is_on {
                let mut finding =
                    Finding::new(*place, format!("nothing here is `{rule}`: this suppresses nothing"))
                        .help("take the rule out of the comment");
                finding.rule = "unused-suppression";
                findings.push(finding);
            }
        }
    }
}

/// Whether a suppression reaches a finding. One on a suppression itself is never
/// suppressed: it would hide what it is about.
fn covers(suppression: &SuppressionFacts, finding: &Finding) -> bool {
    if matches!(finding.rule, "unused-suppression" | "unknown-suppression") {
        return false;
    }
    let start = finding.place.start.offset;
    suppression.covers.is_none_or(|(from, to)| from <= start && start < to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::FileKind;
    use crate::rules::Tier;

    static BROKEN: Rule = Rule {
        name: "broken",
        summary: "",
        explanation: "",
        tier: Tier::A,
        levels: Levels::markup(crate::diagnostic::Level::Error),
        checks: &[],
    };

    #[test]
    fn a_rule_that_fails_costs_its_own_answer_and_says_so() {
        let (corpus, options) = (Corpus::default(), Options::default());
        let file = FileFacts::empty("a.md".into(), FileKind::Article);
        let context = CorpusContext { corpus: &corpus, file: &file, options: &options, is_on: &|_| true };
        let found = run(&BROKEN, |_, _| panic!("the words of a draft"), &context);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rule, "internal-error");
        assert!(found[0].message.contains("`broken`"), "{}", found[0].message);
        assert!(!found[0].message.contains("draft"), "what a panic says is not repeated");
    }
}
