//! What README and the reference say is what newsmark does.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use newsmark::diagnostic::Level;
use newsmark::rules::{self, Rule, Tier};

/// Compares a file with what it should be, or writes it.
fn expect_file(path: &str, wanted: &str) {
    let got = fs::read_to_string(path).unwrap_or_default();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, wanted).expect("the file can be written");
    } else {
        assert!(
            got == wanted,
            "{path} is out of date: run `UPDATE_EXPECT=1 cargo test` and read the difference"
        );
    }
}

fn level(level: Option<Level>) -> &'static str {
    level.map_or("off", Level::as_str)
}

fn table(rules: &[&Rule]) -> String {
    let mut out = String::from(
        "| rule | draft | standard | publish | what is wrong |\n| --- | --- | --- | --- | --- |\n",
    );
    for rule in rules {
        let levels = rule.levels;
        let _ = writeln!(
            out,
            "| [{name}](docs/rules.md#{name}) | {} | {} | {} | {} |",
            level(levels.draft),
            level(levels.standard),
            level(levels.publish),
            rule.summary,
            name = rule.name
        );
    }
    out
}

#[test]
fn the_readme_lists_all_rules() {
    let readme = fs::read_to_string("README.md").expect("README.md is there");
    let (before, rest) = readme.split_once("<!-- rules:").expect("README.md has a place for the rules");
    let (marker, rest) = rest.split_once("-->\n").expect("the mark is closed");
    let (_, after) = rest.split_once("<!-- end of rules -->").expect("the place ends");
    let of =
        |tier: Tier| -> Vec<&Rule> { rules::ALL.iter().copied().filter(|rule| rule.tier == tier).collect() };
    let rules = format!(
        "\n**The markup, and what it points at**\n\n{}\n**Sourcing and fairness**\n\n{}\n",
        table(&of(Tier::A)),
        table(&of(Tier::B))
    );
    expect_file("README.md", &format!("{before}<!-- rules:{marker}-->\n{rules}<!-- end of rules -->{after}"));
}

#[test]
fn the_reference_explains_all_rules() {
    let mut out = String::from(
        "# The rules\n\nMade from the rules themselves by `UPDATE_EXPECT=1 cargo test`; `newsmark explain RULE` prints the same.\n",
    );
    for rule in rules::ALL {
        let levels = rule.levels;
        let _ = write!(
            out,
            "\n## {}\n\n*{}.* Draft: {}, standard: {}, publish: {}.\n\n{}\n",
            rule.name,
            first_upper(rule.summary),
            level(levels.draft),
            level(levels.standard),
            level(levels.publish),
            rule.explanation.trim()
        );
    }
    expect_file("docs/rules.md", &out);
}

fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The lines of README's block are the first and the last that the command prints; the
/// time it took is its own.
#[test]
fn the_readme_shows_real_output() {
    let output = Command::new(env!("CARGO_BIN_EXE_newsmark"))
        .args(["check", "examples/newsroom"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("newsmark runs");
    assert_eq!(output.status.code(), Some(1), "the check of the example finds the planted faults");
    let printed = String::from_utf8(output.stdout).expect("newsmark prints UTF-8");
    let without_time = |line: &str| line.rsplit_once(", ").map_or(line, |(words, _)| words).to_owned();
    let lines: Vec<&str> = printed.lines().collect();
    let readme = fs::read_to_string("README.md").expect("README.md is there");
    let block = readme.split("```console\n").nth(1).and_then(|rest| rest.split("\n```").next());
    let shown: Vec<&str> = block.expect("README.md has a block of output").lines().skip(1).collect();
    let cut = shown.iter().position(|line| *line == "…").expect("the block leaves something out");
    assert_eq!(shown[..cut], lines[..cut], "the first lines of README's block");
    let end: Vec<&str> = shown[cut + 1..].iter().copied().skip_while(|line| line.is_empty()).collect();
    assert!(end.len() >= 2, "the block ends with what was checked and what was found");
    let printed = &lines[lines.len() - end.len()..];
    let of_both = end.split_last().zip(printed.split_last());
    let ((last, before), (last_printed, printed_before)) = of_both.expect("the block has a last line");
    assert_eq!(before, printed_before, "the last lines of README's block");
    assert_eq!(without_time(last), without_time(last_printed));
}
