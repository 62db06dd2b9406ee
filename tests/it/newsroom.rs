//! `examples/newsroom`: every fault that is planted there is found, under the words that
//! `FAULTS.md` gives, and nothing else is.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use newsmark::corpus::Change;
use newsmark::diagnostic::Diagnostic;
use newsmark::lint::{self, FileRole};
use newsmark::rules;

use crate::fixture::{Files, Newsroom};

const ROOT: &str = "examples/newsroom";

/// What is said of the front matter as a whole.
const FRONT_MATTER: &str = "(front matter)";

/// Every file of the example that is text.
fn read() -> (Files, Vec<String>) {
    let mut files = Files::new();
    let mut others = Vec::new();
    let mut open = vec![ROOT.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the example is there") {
            let path = entry.expect("its folders can be read").path();
            if path.is_dir() {
                open.push(path.display().to_string());
                continue;
            }
            let from_root = path.strip_prefix(ROOT).expect("it lies in there").display().to_string();
            match fs::read_to_string(&path) {
                Ok(text) => drop(files.insert(from_root, text)),
                Err(_) => others.push(from_root),
            }
        }
    }
    (files, others)
}

fn open(files: &Files, others: &[String]) -> Newsroom {
    let mut newsroom = Newsroom::new(files);
    // What an article names as its bibliography is read as one.
    let bibliographies: BTreeSet<Arc<str>> = newsroom
        .corpus
        .files()
        .flat_map(|(_, file)| &file.named_files)
        .filter(|named| named.bibliography)
        .filter_map(|named| named.path.clone())
        .collect();
    let changes: Vec<Change> = bibliographies
        .iter()
        .filter(|path| newsroom.corpus.at_path(path).is_none())
        .filter_map(|path| Some(lint::read(path, files.get(&**path)?, FileRole::Bibliography)))
        .map(|facts| Change::Put(Box::new(facts)))
        .collect();
    newsroom.corpus.apply(changes);
    let read: Vec<&str> = newsroom.corpus.files().map(|(_, file)| &*file.path).collect();
    let others = files.keys().chain(others).filter(|path| !read.contains(&path.as_str()));
    let others: Vec<Arc<str>> = others.map(|path| Arc::from(path.as_str())).collect();
    newsroom.corpus.add_others(others);
    newsroom
}

/// Rule, file and words of every fault, as `FAULTS.md` lists them.
fn planted() -> Vec<(String, String, String)> {
    let text = fs::read_to_string(Path::new(ROOT).join("FAULTS.md")).expect("the list is there");
    let mut planted = Vec::new();
    let mut heading = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("## ") {
            let (_, rest) = rest.split_once(". ").expect("a number");
            let (rule, file) = rest.split_once(" in ").expect("a rule and a file");
            heading = Some((rule.to_owned(), file.to_owned()));
        } else if let Some(words) = line.strip_prefix("words: ") {
            let (rule, file) = heading.take().expect("a heading before the words");
            planted.push((rule, file, words.trim_matches('`').to_owned()));
        }
    }
    planted
}

fn words(files: &Files, diagnostic: &Diagnostic) -> String {
    let text = &files[&*diagnostic.location.path];
    match diagnostic.location.place.span().of(text) {
        "---" => FRONT_MATTER.to_owned(),
        words => words.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

#[test]
fn each_fault_of_the_example_is_found_and_nothing_else() {
    let (files, others) = read();
    let newsroom = open(&files, &others);
    let mut found: Vec<(String, String, String)> = newsroom
        .check()
        .iter()
        .map(|found| (found.rule.to_owned(), found.location.path.to_string(), words(&files, found)))
        .collect();
    // Rules that are not there yet find nothing.
    let mut planted: Vec<(String, String, String)> =
        planted().into_iter().filter(|(rule, ..)| rules::by_name(rule).is_some()).collect();
    found.sort();
    planted.sort();
    let missing: Vec<_> = planted.iter().filter(|fault| !found.contains(fault)).collect();
    let others: Vec<_> = found.iter().filter(|fault| !planted.contains(fault)).collect();
    assert!(missing.is_empty() && others.is_empty(), "not found: {missing:#?}\nfound: {others:#?}");
    assert_eq!(found, planted, "each fault is found once");
}
