//! `examples/newsroom`: every planted fault is found, nothing else is, and each mend
//! takes away its own fault and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::folder::Folder;

const NEWSROOM: &str = "examples/newsroom";

/// A fault of `FAULTS.md`.
struct Fault {
    number: usize,
    rule: String,
    path: String,
    words: String,
    mend: Vec<Replacement>,
}

/// A text that occurs once in a file, and what takes its place.
struct Replacement {
    path: String,
    old: String,
    new: String,
}

/// A finding, as the list names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    path: String,
    rule: String,
    words: String,
}

fn faults() -> Vec<Fault> {
    let text = fs::read_to_string(format!("{NEWSROOM}/FAULTS.md")).expect("the list of faults is there");
    let mut faults = Vec::new();
    for section in text.split("\n## ").skip(1) {
        let (heading, body) = section.split_once('\n').expect("a fault has a heading and a body");
        let (number, rest) = heading.split_once(". ").expect("a fault is numbered");
        let (rule, path) = rest.split_once(" in ").expect("a heading is `N. RULE in PATH`");
        faults.push(Fault {
            number: number.parse().expect("a fault is numbered"),
            rule: rule.trim().to_owned(),
            path: path.trim().trim_matches('`').to_owned(),
            words: words(body),
            mend: mend(body),
        });
    }
    faults
}

/// What stands behind `words:`: code on the same line, or a fenced block after it.
fn words(body: &str) -> String {
    let after = body.split("\nwords:").nth(1).expect("a fault names its words");
    let line = after.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        let block = after.split("~~~text\n").nth(1).and_then(|rest| rest.split("\n~~~").next());
        return block.expect("the words are in a block").to_owned();
    }
    let ticks = line.bytes().take_while(|&byte| byte == b'`').count();
    let inner = &line[ticks..line.len() - ticks];
    // Code that begins or ends with a backtick has a space beside it.
    if ticks > 1 { inner.trim().to_owned() } else { inner.to_owned() }
}

fn mend(body: &str) -> Vec<Replacement> {
    let block = body.split("~~~diff\n").nth(1).and_then(|rest| rest.split("\n~~~").next());
    let block = block.expect("a fault has a mend");
    let mut path = String::new();
    let mut out: Vec<Replacement> = Vec::new();
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut flush = |path: &str, old: &mut Vec<&str>, new: &mut Vec<&str>| {
        if !old.is_empty() {
            out.push(Replacement { path: path.to_owned(), old: old.join("\n"), new: new.join("\n") });
        }
        old.clear();
        new.clear();
    };
    for line in block.lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            flush(&path, &mut old, &mut new);
            path = name.trim().to_owned();
        } else if line == "@@" {
            flush(&path, &mut old, &mut new);
        } else if let Some(text) = line.strip_prefix('-') {
            old.push(text);
        } else if let Some(text) = line.strip_prefix('+') {
            new.push(text);
        }
    }
    flush(&path, &mut old, &mut new);
    out
}

/// A copy of the newsroom.
pub(crate) fn copy() -> Folder {
    let folder = Folder::new(&[]);
    copy_into(Path::new(NEWSROOM), &folder, "");
    folder
}

fn copy_into(from: &Path, to: &Folder, prefix: &str) {
    for entry in fs::read_dir(from).expect("the newsroom is there") {
        let entry = entry.expect("a folder can be read");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            copy_into(&entry.path(), to, &format!("{name}/"));
        } else {
            to.write(&name, fs::read(entry.path()).expect("a file can be read"));
        }
    }
}

fn apply(folder: &Folder, fault: &Fault) {
    for Replacement { path, old, new } in &fault.mend {
        let text = folder.read(path);
        let count = text.matches(old.as_str()).count();
        assert_eq!(count, 1, "fault {}: `{old}` stands {count} times in {path}", fault.number);
        folder.write(path, text.replacen(old, new, 1));
    }
}

/// What `newsmark check` finds there.
fn check(folder: &Path) -> Vec<Found> {
    let output = Command::new(env!("CARGO_BIN_EXE_newsmark"))
        .args(["check", "--format", "json"])
        .arg(folder)
        .output()
        .expect("newsmark runs");
    let text = String::from_utf8(output.stdout).expect("the output is UTF-8");
    text.lines()
        .map(|line| {
            let finding: Value = serde_json::from_str(line).expect("each line is an object");
            let path = finding["path"].as_str().expect("a path").to_owned();
            let offset = |end: &str| finding["range"][end]["offset"].as_u64().expect("an offset") as usize;
            let source = fs::read_to_string(folder.join(&path)).expect("the file is there");
            let words = source[offset("start")..offset("end")].to_owned();
            Found { path, rule: finding["rule"].as_str().expect("a rule").to_owned(), words }
        })
        .collect()
}

/// A fault's finding, as the list has it.
fn listed(fault: &Fault) -> Found {
    Found { path: fault.path.clone(), rule: fault.rule.clone(), words: fault.words.clone() }
}

fn counted(found: impl IntoIterator<Item = Found>) -> BTreeMap<Found, usize> {
    let mut counts = BTreeMap::new();
    for one in found {
        // A missing field is nowhere: the whole of the front matter stands for it.
        let words = if one.rule.starts_with("missing-") && one.words.starts_with("---") {
            "(front matter)".to_owned()
        } else {
            one.words
        };
        *counts.entry(Found { words, ..one }).or_default() += 1;
    }
    counts
}

fn difference(expected: &BTreeMap<Found, usize>, got: &BTreeMap<Found, usize>) -> String {
    let mut out = String::new();
    let all: BTreeSet<&Found> = expected.keys().chain(got.keys()).collect();
    for one in all {
        let (wanted, had) = (expected.get(one).unwrap_or(&0), got.get(one).unwrap_or(&0));
        if wanted != had {
            let _ = writeln!(
                out,
                "  {} in {}: {:?}: {wanted} expected, {had} found",
                one.rule, one.path, one.words
            );
        }
    }
    out
}

#[test]
fn the_planted_faults_are_found_and_nothing_else() {
    let expected = counted(faults().iter().map(listed));
    let got = counted(check(Path::new(NEWSROOM)));
    let difference = difference(&expected, &got);
    assert!(difference.is_empty(), "\n{difference}");
}

#[test]
fn each_mend_takes_away_its_own_fault_and_nothing_else() {
    let folder = copy();
    let before = counted(check(folder.path()));
    let mut wrong = String::new();
    for fault in faults() {
        let files: Vec<(&str, String)> =
            fault.mend.iter().map(|one| (&*one.path, folder.read(&one.path))).collect();
        apply(&folder, &fault);
        let mut expected = before.clone();
        expected.remove(&listed(&fault));
        let after = counted(check(folder.path()));
        let difference = difference(&expected, &after);
        if !difference.is_empty() {
            let _ =
                writeln!(wrong, "after the mend of fault {} ({}):\n{difference}", fault.number, fault.rule);
        }
        for (path, text) in files.into_iter().rev() {
            folder.write(path, text);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn all_mends_together_leave_nothing_to_find() {
    let folder = copy();
    for fault in faults() {
        apply(&folder, &fault);
    }
    assert_eq!(check(folder.path()), []);
}

#[test]
fn every_rule_that_a_text_can_break_has_a_fault() {
    const ELSEWHERE: &[&str] =
        &["invalid-encoding", "file-too-large", "unreadable-file", "invalid-configuration", "internal-error"];
    let faults = faults();
    for rule in newsmark::rules::ALL {
        let planted = faults.iter().any(|fault| fault.rule == rule.name);
        assert_eq!(planted, !ELSEWHERE.contains(&rule.name), "`{}` in FAULTS.md", rule.name);
    }
}
