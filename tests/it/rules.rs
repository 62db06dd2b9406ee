//! `tests/rules/*.md`: what each rule finds, and where it must stay silent.
//!
//! A fixture is prose with fenced corpora. Under ```` ```newsmark ```` stand files with
//! what the fixture's rule finds drawn in (findings of other rules are left out); under
//! ```` ```fixed ```` right after it, the files that its fixes change, as they are then.
//! `UPDATE_EXPECT=1 cargo test` draws both anew; read the difference before you keep it.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use newsmark::diagnostic::Diagnostic;
use newsmark::rules::{self, Check, Tier};

use crate::fixture::{self, Newsroom, difference, parts};

/// Rules that a corpus in memory cannot break.
const TESTED_ELSEWHERE: &[&str] =
    &["invalid-encoding", "file-too-large", "unreadable-file", "invalid-configuration", "internal-error"];

/// The fences of a fixture.
const KINDS: &[&str] = &["newsmark", "fixed"];

fn fixtures() -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, PathBuf)> = fs::read_dir("tests/rules")
        .expect("the fixtures are there")
        .map(|entry| entry.expect("the folder can be read").path())
        .map(|path| (path.file_stem().expect("a file has a name").to_string_lossy().into_owned(), path))
        .collect();
    found.sort();
    found
}

/// The fixture as it would be if everything in it were right.
fn redrawn(rule: &str, text: &str) -> (String, usize, bool) {
    let mut out = String::new();
    let (mut silent, mut found_any) = (0, false);
    let mut fixed: Option<String> = None;
    for (prose, fence) in parts(text, KINDS) {
        out.push_str(&prose);
        let Some(fence) = fence else { continue };
        if fence.words.starts_with("fixed") {
            out.push_str(&fixed.take().unwrap_or_else(|| "(nothing is fixed)\n".to_owned()));
            continue;
        }
        let files = fixture::files(&fence.body);
        let mut newsroom = Newsroom::new(&files);
        if let Some(profile) = fixture::profile(&fence.words) {
            newsroom.config.force_profile(profile);
        }
        let own: Vec<Diagnostic> =
            newsroom.check().into_iter().filter(|diagnostic| diagnostic.rule == rule).collect();
        silent += usize::from(own.is_empty());
        found_any |= !own.is_empty();
        out.push_str(&fixture::draw(&fence.body, &files, &own));
        let fixes: Vec<_> = own.iter().filter_map(|diagnostic| diagnostic.fixes.first()).collect();
        let after = fixture::apply(&files, &fixes);
        let mut changed = String::new();
        for (path, text) in after.iter().filter(|(path, text)| files[*path] != **text) {
            let line_end = if text.ends_with('\n') { "" } else { "\n" };
            let _ = write!(changed, "//- {path}\n{text}{line_end}");
        }
        fixed = Some(changed);
    }
    (out, silent, found_any)
}

#[test]
fn each_rule_finds_what_its_fixture_shows_and_nothing_else() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for (rule, path) in fixtures() {
        let known = rules::by_name(&rule);
        let known = known.unwrap_or_else(|| panic!("{} is the fixture of no rule", path.display()));
        // What judges the reporting is switched off by its users where it is often wrong.
        let wanted = if known.tier == Tier::B { 2 } else { 1 };
        let text = fs::read_to_string(&path).expect("a fixture can be read");
        let (now, silent, found) = redrawn(&rule, &text);
        if update {
            fs::write(&path, &now).expect("a fixture can be written");
        } else if now != text {
            let _ = writeln!(wrong, "{}", difference(&path.display().to_string(), &text, &now));
        }
        if silent < wanted {
            let path = path.display();
            let _ = writeln!(wrong, "{path}: {silent} of {wanted} cases in which the rule stays silent");
        }
        if !found {
            let _ = writeln!(wrong, "{}: no case in which the rule finds something", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_fix_mends_what_it_is_offered_for() {
    let mut wrong = String::new();
    for (rule, path) in fixtures() {
        let text = fs::read_to_string(&path).expect("a fixture can be read");
        for fence in parts(&text, KINDS).into_iter().filter_map(|(_, fence)| fence) {
            if fence.words.starts_with("fixed") {
                continue;
            }
            let files = fixture::files(&fence.body);
            let found = |files: &fixture::Files| {
                let all = Newsroom::new(files).check();
                let own = all.iter().filter(|diagnostic| diagnostic.rule == rule).count();
                let broken = ["invalid-front-matter", "invalid-registry", "malformed-attributes"];
                (own, all.iter().filter(|diagnostic| broken.contains(&diagnostic.rule)).count())
            };
            let (own, broken) = found(&files);
            for diagnostic in Newsroom::new(&files).check() {
                for fix in diagnostic.fixes.iter().filter(|_| diagnostic.rule == rule) {
                    let (own_after, broken_after) = found(&fixture::apply(&files, &[fix]));
                    if own_after >= own || broken_after > broken {
                        let _ = writeln!(
                            wrong,
                            "{}: `{}` does not mend: {}",
                            path.display(),
                            fix.title,
                            diagnostic.message
                        );
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_rule_is_whole() {
    let fixtures: Vec<String> = fixtures().into_iter().map(|(rule, _)| rule).collect();
    let mut names: Vec<&str> = Vec::new();
    for rule in rules::ALL {
        let name = rule.name;
        assert!(!names.contains(&name), "two rules are called `{name}`");
        names.push(name);
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "`{name}` is not in kebab case");
        assert!(!rule.summary.is_empty() && !rule.summary.ends_with('.'), "{name}: the summary is one line");
        assert!(!rule.summary.contains('\n'), "{name}: the summary is one line");
        for part in ["Bad:", "Good:"] {
            assert!(rule.explanation.contains(part), "{name}: the explanation has no example `{part}`");
        }
        assert!(rule.explanation.len() > 200, "{name}: the explanation says too little");
        assert!(!rule.checks.is_empty(), "{name}: nothing checks it");
        let levels = [rule.levels.draft, rule.levels.standard, rule.levels.publish];
        assert!(levels.iter().any(Option::is_some), "{name}: it is off in every profile");
        let elsewhere = TESTED_ELSEWHERE.contains(&name);
        assert_eq!(
            fixtures.iter().any(|fixture| fixture == name),
            !elsewhere,
            "{name}: tests/rules/{name}.md is missing, or the rule is tested elsewhere"
        );
        if elsewhere {
            assert!(rule.checks.iter().all(|check| matches!(check, Check::Elsewhere)));
        }
    }
}

/// A file in which nothing is as it should be is not read name by name.
#[test]
fn the_first_of_very_many_slips_are_guessed_at() {
    let text: String = (0..400).map(|number| format!("The road is closed [@wire-{number}x].\n")).collect();
    let sources: String = (0..400).map(|number| format!("- {{id: wire-{number}, type: report}}\n")).collect();
    let files = [("a.md", text), ("sources.yaml", sources)].map(|(path, text)| (path.to_owned(), text));
    let found = Newsroom::new(&files.into()).check();
    let undefined: Vec<&Diagnostic> = found.iter().filter(|found| found.rule == "undefined-source").collect();
    assert_eq!(undefined.len(), 400, "each is reported");
    let is_guessed =
        |found: &&Diagnostic| found.help.as_ref().is_some_and(|help| help.contains("did you mean"));
    assert!(undefined[..200].iter().all(is_guessed));
    assert!(!undefined[200..].iter().any(is_guessed));
}

#[test]
fn retired_names_are_not_used_again() {
    const RETIRED: &[&str] = &[];
    for rule in rules::ALL {
        assert!(!RETIRED.contains(&rule.name), "`{}` was the name of another rule", rule.name);
    }
}
