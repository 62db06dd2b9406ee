//! `newsmark rules`: the list of all rules.

use std::io::{self, Write};

use serde_json::json;

use super::args::{Rules, TableFormat};
use super::output::Output;
use super::{Exit, table};
use crate::config::profile_name;
use crate::diagnostic::Level;
use crate::rules::{self, Profile, Rule};

/// The profiles, from the mildest to the strictest.
pub(super) const PROFILES: [Profile; 3] = [Profile::Draft, Profile::Standard, Profile::Publish];

pub(super) fn run(args: &Rules, out: &mut Output) -> anyhow::Result<Exit> {
    match args.format {
        TableFormat::Human => human(out, rules::ALL)?,
        TableFormat::Json => json(out, rules::ALL)?,
        TableFormat::Markdown => out.write_all(markdown(rules::ALL).as_bytes())?,
    }
    Ok(Exit::Clean)
}

/// A rule's level in each profile, as a word.
pub(super) fn levels(rule: &Rule) -> [&'static str; 3] {
    PROFILES.map(|profile| rule.levels.at(profile).map_or("off", Level::as_str))
}

fn human(out: &mut dyn Write, rules: &[&Rule]) -> io::Result<()> {
    let mut rows = vec![
        ["rule", "draft", "standard", "publish", "what is wrong"]
            .iter()
            .map(|cell| (*cell).to_owned())
            .collect(),
    ];
    rows.extend(rules.iter().map(|rule| {
        let mut row = vec![rule.name.to_owned()];
        row.extend(levels(rule).map(str::to_owned));
        row.push(rule.summary.to_owned());
        row
    }));
    table::write(out, &rows)
}

fn json(out: &mut dyn Write, rules: &[&Rule]) -> io::Result<()> {
    let list: Vec<serde_json::Value> = rules
        .iter()
        .map(|rule| {
            let by_profile = PROFILES.map(profile_name).into_iter().zip(levels(rule));
            let levels: serde_json::Map<String, serde_json::Value> =
                by_profile.map(|(profile, level)| (profile.to_owned(), json!(level))).collect();
            json!({ "name": rule.name, "tier": rule.tier, "summary": rule.summary, "levels": levels })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &list)?;
    out.write_all(b"\n")
}

/// The table in Markdown, as it stands in README.
fn markdown(rules: &[&Rule]) -> String {
    let mut table = String::from(
        "| rule | draft | standard | publish | what is wrong |\n| --- | --- | --- | --- | --- |\n",
    );
    for rule in rules {
        let [draft, standard, publish] = levels(rule);
        let summary = rule.summary.replace('|', "\\|");
        table += &format!("| `{}` | {draft} | {standard} | {publish} | {summary} |\n", rule.name);
    }
    table
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::rules::{Levels, Tier};

    static RULE: Rule = Rule {
        name: "unsourced-claim",
        summary: "a claim that no source | stands behind",
        explanation: "",
        tier: Tier::B,
        levels: Levels { draft: Some(Level::Hint), standard: Some(Level::Error), publish: None },
        checks: &[],
    };

    #[test]
    fn three_forms_of_the_list() {
        let text = |write: fn(&mut dyn Write, &[&Rule]) -> io::Result<()>| {
            let mut out = Vec::new();
            write(&mut out, &[&RULE]).expect("a vector takes it");
            String::from_utf8(out).expect("text")
        };
        expect![[r#"
            rule             draft  standard  publish  what is wrong
            unsourced-claim  hint   error     off      a claim that no source | stands behind
        "#]]
        .assert_eq(&text(human));
        expect![[r#"
            [
              {
                "levels": {
                  "draft": "hint",
                  "publish": "off",
                  "standard": "error"
                },
                "name": "unsourced-claim",
                "summary": "a claim that no source | stands behind",
                "tier": "B"
              }
            ]
        "#]]
        .assert_eq(&text(json));
        expect![[r#"
            | rule | draft | standard | publish | what is wrong |
            | --- | --- | --- | --- | --- |
            | `unsourced-claim` | hint | error | off | a claim that no source \| stands behind |
        "#]]
        .assert_eq(&markdown(&[&RULE]));
    }
}
