//! `newsmark check`: what it prints for other programs, to files, and of what part.

use serde_json::Value;

use crate::folder::Folder;

/// Two findings in an article, one of them in a claim with an id, and one in a registry.
fn faulty() -> Folder {
    Folder::new(&[
        ("newsmark.toml", ""),
        ("desk/a b.md", ARTICLE),
        ("sources.yaml", "- {id: wire-1, type: report, issued: 2026-03-01}\n"),
        ("entities.yaml", "- {id: mayor, name: \"Mayor <b> & 100%\"}\n"),
    ])
}

const ARTICLE: &str = "---\ntitle: T\ndate: 2026-03-11\nauthor: [A. Desk, \"B. Desk\"]\n---\n\n\
    [The pier\nis closed]{.claim #pier by=mayor}.\n\nIt rained [@wire-1], and é [@gone, p. 3].\n";

fn run(folder: &Folder, args: &[&str]) -> String {
    let all: Vec<&str> = ["check"].iter().chain(args).copied().collect();
    let run = folder.run(&all);
    assert_eq!((run.status, run.err.as_str()), (1, ""), "{}", run.out);
    run.out
}

#[test]
fn a_line_each() {
    let out = run(&faulty(), &["--format", "short", "--quiet"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines,
        [
            "desk/a b.md:7:1: error[unsourced-claim]: this claim has no source",
            "desk/a b.md:10:29: error[undefined-source]: no source has the key `gone`",
        ]
    );
}

#[test]
fn github_shows_them_beside_the_lines() {
    let out = run(&faulty(), &["--format", "github", "--quiet", "--level", "error"]);
    let lines: Vec<&str> = out.lines().collect();
    // Over several lines there is no column, which GitHub would put onto the first.
    assert!(
        lines[0].starts_with("::error file=desk/a b.md,line=7,endLine=8,title=unsourced-claim::"),
        "{out}"
    );
    assert!(lines[1].contains("line=10,endLine=10,col=29,endColumn=34,"), "{out}");
    assert!(lines.len() == 2 && lines[1].contains("key `gone`%0Aadd it to"), "{out}");
}

#[test]
fn sarif_has_rules_places_and_fixes() {
    let log: Value = serde_json::from_str(&run(&faulty(), &["--format", "sarif"])).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("a number") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|help| help.len() > 100));
    }
    let place = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "desk/a%20b.md");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&10.into(), &29.into()));
    assert_eq!(results[0]["locations"][0]["logicalLocations"][0]["name"], "pier");
}

fn fingerprints(folder: &Folder) -> Vec<(String, String)> {
    let out = folder.run(&["check", "--format", "sarif"]).out;
    let log: Value = serde_json::from_str(&out).expect("JSON");
    let results = log["runs"][0]["results"].as_array().cloned().expect("results");
    let text = |value: &Value| value.as_str().expect("words").to_owned();
    results
        .iter()
        .map(|one| (text(&one["ruleId"]), text(&one["partialFingerprints"]["newsmark/v1"])))
        .collect()
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let folder = faulty();
    let before = fingerprints(&folder);
    let all: std::collections::BTreeSet<_> = before.iter().collect();
    assert_eq!(all.len(), before.len());
    // Other lines above it, other line breaks in it, other words around a claim that has an id.
    let moved = ARTICLE
        .replace("[The pier", "Good morning.\n\nFirst, [The old\npier")
        .replace("It rained", "It\nrained");
    folder.write("desk/a b.md", moved);
    assert_eq!(fingerprints(&folder), before);
    // Once more the same.
    folder.write("desk/a b.md", ARTICLE.to_owned() + "\nIt rained [@wire-1], and é [@gone, p. 3].\n");
    let twice = fingerprints(&folder);
    assert!(before.iter().all(|one| twice.contains(one)) && twice.len() == before.len() + 1, "{twice:?}");
}

#[test]
fn gitlab_and_xml_are_well_formed() {
    let folder = faulty();
    let issues: Value = serde_json::from_str(&run(&folder, &["--format", "gitlab"])).expect("JSON");
    assert_eq!(issues[0]["location"]["path"], "desk/a b.md");
    assert_eq!(issues[0]["location"]["lines"]["begin"], 7);
    assert_eq!(issues[0]["severity"], "major");
    let clean =
        Folder::new(&[("newsmark.toml", ""), ("a.md", "Hello.\n")]).run(&["check", "--format", "gitlab"]);
    assert_eq!((clean.status, clean.out.as_str()), (0, "[\n]\n"));
    let junit = run(&folder, &["--format", "junit"]);
    assert!(junit.contains(r#"failures="2""#), "{junit}");
    let checkstyle = run(&folder, &["--format", "checkstyle"]);
    assert!(checkstyle.contains(r#"<file name="desk/a b.md">"#), "{checkstyle}");
    for xml in [junit, checkstyle] {
        assert!(!xml.contains("Mayor <b>") && xml.starts_with("<?xml"), "{xml}");
    }
}

#[test]
fn files_are_written_besides_or_instead() {
    let folder = faulty();
    let out = run(&folder, &["--output", "sarif=x.sarif", "--output", "junit=x.xml", "--format", "short"]);
    assert!(out.contains("error[undefined-source]") && out.contains(" errors"), "{out}");
    assert!(folder.read("x.sarif").contains("\"2.1.0\"") && folder.read("x.xml").contains("<testsuite"));
    let out = run(&folder, &["--output", "x.jsonl", "--format", "json"]);
    assert!(!out.contains("undefined-source") && out.contains("2 errors"), "{out}");
    assert_eq!(folder.read("x.jsonl").lines().count(), folder.read("x.sarif").matches("\"ruleId\"").count());
    for (args, said) in [
        (["--output", "a", "--output", "b"], "--output FORMAT=FILE"),
        (["--output", "pdf=a", "--output", "b"], "pdf"),
        (["--output", "no/such/a", "--output", "json=b"], "no/such/a"),
        (["--output", "json=", "--quiet", "--quiet"], "file is missing"),
    ] {
        let run = folder.run(&[&["check"][..], &args].concat());
        assert!(run.status == 2 && run.err.contains(said), "{run:?}");
    }
}

#[test]
fn a_selection_decides_what_fails() {
    let folder = faulty();
    let rules = |args: &[&str]| {
        let run = folder.run(&[&["check", "--format", "json"], args].concat());
        let rules: Vec<String> =
            run.json().iter().filter_map(|one| Some(one["rule"].as_str()?.to_owned())).collect();
        (run.status, rules.join(" "))
    };
    assert_eq!(rules(&["--rule", "undefined-source"]), (1, "undefined-source".to_owned()));
    assert_eq!(rules(&["--rule", "missing-date,missing-author"]), (0, String::new()));
    assert_eq!(
        rules(&["--level", "error", "--except", "unsourced-claim"]),
        (1, "undefined-source".to_owned())
    );
    // What is not shown fails it all the same.
    let (status, shown) = rules(&["--max", "1"]);
    assert_eq!((status, shown.as_str()), (1, "unsourced-claim"));
    let run = folder.run(&["check", "--rule", "undefined-sauce"]);
    assert_eq!(
        (run.status, run.err.as_str()),
        (2, "error: there is no rule `undefined-sauce`: did you mean `undefined-source`?\n")
    );
    let shown = folder.run(&["check", "--max", "1"]).out;
    assert!(shown.contains("not shown (--max)") && shown.contains("2 errors"), "{shown}");
}

#[test]
fn statistics_count_by_level_rule_file_and_author() {
    let folder = faulty();
    let run = folder.run(&["check", "--stats", "--level", "error"]);
    let tables = run.out.rsplit_once("\n\n").map_or("", |(tables, _)| tables);
    assert_eq!(
        tables,
        "Level\n  2  error\n  0  warning\n  0  hint\n\nRule\n  1  undefined-source\n  1  unsourced-claim\n\n\
        File\n  2  desk/a b.md\n\nAuthor\n  2  A. Desk\n  2  B. Desk"
    );
    let stats = folder.run(&["check", "--stats", "--format", "json"]).json();
    assert_eq!(stats[0]["rules"]["undefined-source"], 1);
    assert!(stats[0]["seconds"]["all"].is_number());
    assert_eq!(folder.run(&["check", "--stats", "--format", "sarif"]).status, 2);
}

#[test]
fn lists_of_paths_pass_over_what_is_no_article() {
    let folder = faulty();
    folder.write("list.txt", "desk/a b.md\r\n\ngone.md\nlist.txt\n");
    let run = folder.run(&["check", "@list.txt", "--format", "short"]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("desk/a b.md:7:1"), "{run:?}");
    assert_eq!(run.err, "note: 2 paths of the list are no article, or no longer there\n");
    let run = folder.run_with(&["check", "@-"], b"gone.md\n");
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.out.starts_with("Nothing found in 0 articles"), "{run:?}");
    let run = folder.run(&["check", "@nothing.txt"]);
    assert!(run.status == 2 && run.err.contains("nothing.txt"), "{run:?}");
}
