//! `newsmark explain`: what a rule asks for, and why.

use std::io::{self, Write};

use anstyle::Style;

use super::args::Explain;
use super::check::rule;
use super::output::Output;
use super::rules::{PROFILES, levels};
use super::{Exit, table};
use crate::config::profile_name;
use crate::rules::Rule;

pub(super) fn run(args: &Explain, out: &mut Output) -> anyhow::Result<Exit> {
    let rule = rule(&args.rule)?;
    let (colour, width) = (out.colour, out.width);
    write(out, rule, colour, width)?;
    Ok(Exit::Clean)
}

fn write(out: &mut dyn Write, rule: &Rule, colour: bool, width: usize) -> io::Result<()> {
    let bold = if colour { Style::new().bold() } else { Style::new() };
    let by_profile: Vec<String> = (PROFILES.map(profile_name).into_iter().zip(levels(rule)))
        .map(|(profile, level)| format!("{profile}: {level}"))
        .collect();
    writeln!(out, "{bold}{}{bold:#}: {}", rule.name, rule.summary)?;
    writeln!(out, "{}\n", by_profile.join(", "))?;
    writeln!(out, "{}", wrapped(rule.explanation, width.min(100)))
}

/// Markdown with its paragraphs broken for the terminal; code, tables and the first
/// columns of lists stay as they are.
fn wrapped(markdown: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut is_code = false;
    for line in markdown.trim().lines() {
        let is_fence = line.trim_start().starts_with("```");
        let is_verbatim =
            is_code || is_fence || line.starts_with("    ") || line.starts_with(['|', '#', '>']);
        let begins = is_verbatim || line.trim().is_empty() || bullet(line).is_some();
        if begins && !paragraph.is_empty() {
            lines.push(flow(&paragraph, width));
            paragraph.clear();
        }
        if is_verbatim {
            lines.push(line.to_owned());
        } else if line.trim().is_empty() {
            lines.push(String::new());
        } else {
            paragraph.push(line);
        }
        is_code ^= is_fence;
    }
    if !paragraph.is_empty() {
        lines.push(flow(&paragraph, width));
    }
    lines.join("\n")
}

/// One paragraph or item of a list.
fn flow(lines: &[&str], width: usize) -> String {
    let first = lines.first().copied().unwrap_or_default();
    let indent = bullet(first).unwrap_or(0);
    let lead = first.len() - first.trim_start().len();
    let text = lines.join(" ");
    format!("{}{}", &first[..lead], table::wrap(&text, width.saturating_sub(lead), &" ".repeat(indent)))
}

/// The columns in front of the text of a list's item.
fn bullet(line: &str) -> Option<usize> {
    let text = line.trim_start();
    let rest = match text.strip_prefix(['-', '*', '+']) {
        Some(rest) => rest,
        None => text
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .strip_prefix('.')
            .filter(|rest| rest.len() + 1 < text.len())?,
    };
    rest.starts_with(' ').then(|| line.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::diagnostic::Level;
    use crate::rules::{Levels, Tier};

    static RULE: Rule = Rule {
        name: "unsourced-claim",
        summary: "a claim that no source stands behind",
        explanation: "\
A claim names a source that stands, or has a `basis`.
The reader, the editor and the lawyer ask the same question: how do you know?

Bad:

```markdown
[The convoy was turned back, as everybody in the whole of the valley knows]{.claim}
```

- cite a source right after the claim, in brackets and with an at sign;
- 2026. is no item
1. or say that you saw it
",
        tier: Tier::B,
        levels: Levels { draft: None, standard: Some(Level::Error), publish: Some(Level::Error) },
        checks: &[],
    };

    #[test]
    fn is_wrapped_to_the_terminal() {
        let mut out = Vec::new();
        write(&mut out, &RULE, false, 50).expect("a vector takes it");
        expect![[r#"
            unsourced-claim: a claim that no source stands behind
            draft: off, standard: error, publish: error

            A claim names a source that stands, or has a
            `basis`. The reader, the editor and the lawyer ask
            the same question: how do you know?

            Bad:

            ```markdown
            [The convoy was turned back, as everybody in the whole of the valley knows]{.claim}
            ```

            - cite a source right after the claim, in brackets
              and with an at sign;
            - 2026. is no item
            1. or say that you saw it
        "#]]
        .assert_eq(&String::from_utf8(out).expect("text"));
    }
}
