//! What happens where newsmark itself fails.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::diagnostic::Finding;
use crate::rules::Rule;
use crate::text::Place;

/// The name under which newsmark's own failures are reported.
pub(super) const FAILURE: &str = "internal-error";

/// What a rule finds; that it failed, where it does. Either way every finding has the
/// name of its rule.
pub(super) fn run(rule: &'static Rule, check: impl FnOnce(&mut Vec<Finding>)) -> Vec<Finding> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut found = Vec::new();
        check(&mut found);
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

/// What is reported where newsmark itself fails. The panic's own words may hold text
/// of the draft, so they go nowhere.
pub(super) fn internal_error(what: &str) -> Finding {
    let mut finding = Finding::new(Place::default(), format!("{what}: this is a mistake in newsmark"))
        .help("everything else was checked; please report it, with the file if it may be shown");
    finding.rule = FAILURE;
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Levels, Tier};

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
        let found = run(&BROKEN, |_| panic!("the words of a draft"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rule, "internal-error");
        assert!(found[0].message.contains("`broken`"), "{}", found[0].message);
        assert!(!found[0].message.contains("draft"), "what a panic says is not repeated");
    }
}
