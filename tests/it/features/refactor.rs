//! What can be done at a place beside mending: `tests/features/refactor.md`.
//!
//! A `$0` is a cursor, `$[` and `$]` are a selection's ends. The word behind `newsmark` on a
//! fence is the kind of what is drawn; below each title stand the lines that change.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use newsmark::diagnostic::{Diagnostic, Edit, Fix};
use newsmark::features::{self, Refactoring, RefactoringContext, RefactoringKind, Work};
use newsmark::syntax;
use newsmark::text::Span;
use proptest::prelude::*;
use proptest::sample::Index;

use super::facts;
use crate::fixture::{self, Files, Newsroom, difference, parts};
use crate::{incremental, newsroom, parser};

/// The day on which the tests take place.
const TODAY: &str = "2026-03-14";

/// Files without their marks, and the selections in the order of the text.
fn selections(text: &str) -> (Files, Vec<(String, Span)>) {
    let mut files = fixture::files(text);
    let order =
        text.lines().filter_map(|line| line.strip_prefix("//- ")).map(|path| path.trim_end().to_owned());
    let mut found = Vec::new();
    for path in order {
        let text = files.get_mut(&path).expect("the file was read");
        let mut from = None;
        while let Some(at) = text.find("$0").into_iter().chain(text.find("$[")).chain(text.find("$]")).min() {
            let mark = text[at..at + 2].to_owned();
            text.replace_range(at..at + 2, "");
            match (mark.as_str(), from.take()) {
                ("$0", _) => found.push((path.clone(), Span::at(at))),
                ("$[", _) => from = Some(at),
                (_, from) => found.push((path.clone(), Span::new(from.expect("a selection began"), at))),
            }
        }
    }
    (files, found)
}

fn context<'a>(
    room: &'a Newsroom,
    files: &'a Files,
    path: &str,
    range: Span,
    diagnostics: &'a [Diagnostic],
) -> RefactoringContext<'a> {
    RefactoringContext {
        corpus: &room.corpus,
        file: facts(&room.corpus, path),
        text: &files[path],
        range,
        diagnostics,
        today: TODAY,
        checker: Some("Desk B"),
        is_whole: true,
        may_wait: false,
    }
}

fn diagnostics(room: &Newsroom, path: &str) -> Vec<Diagnostic> {
    room.diagnostics(room.corpus.at_path(path).expect("the file is in the corpus"))
}

/// The files after these edits.
fn applied(files: &Files, edits: &[Edit]) -> Files {
    let mut by_path: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for edit in edits {
        by_path.entry(&edit.location.path).or_default().push(edit.location.place.span());
    }
    for (path, mut spans) in by_path {
        spans.sort_unstable();
        for two in spans.windows(2) {
            assert!(two[0].end <= two[1].start && two[0] != two[1], "{path}: {two:?} touch in {edits:#?}");
        }
        let text = &files[path];
        for span in spans {
            assert!(
                text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()),
                "{path} {span:?}"
            );
        }
    }
    let fix = Fix { title: String::new(), edits: edits.to_vec() };
    fixture::apply(files, &[&fix])
}

/// The lines that differ, file by file.
fn changes(before: &Files, after: &Files, out: &mut String) {
    for (path, old) in before {
        let new = &after[path];
        if old == new {
            continue;
        }
        let (old, new) = (old.replace("\r\n", "\n"), new.replace("\r\n", "\n"));
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let end =
            old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
        let _ = writeln!(out, "    {path}:{}", start + 1);
        for line in &old[start..old.len() - end] {
            let _ = writeln!(out, "{}", format!("    - {line}").trim_end());
        }
        for line in &new[start..new.len() - end] {
            let _ = writeln!(out, "{}", format!("    + {line}").trim_end());
        }
    }
}

fn draw(room: &Newsroom, files: &Files, path: &str, range: Span, wanted: &str) -> String {
    let found = diagnostics(room, path);
    let context = context(room, files, path, range, &found);
    let is_wanted = |kind: RefactoringKind| wanted.is_empty() || format!("{kind:?}") == wanted;
    let lines = files[path][..range.start()].matches('\n').count() + 1;
    let words = range.of(&files[path]).replace("\r\n", "\n").replace('\n', "⏎");
    let mut out = match range.is_empty() {
        true => format!("{path}:{lines}\n"),
        false => format!("{path}:{lines} `{words}`\n"),
    };
    for Refactoring { title, work, mends, .. } in features::refactorings(&context, is_wanted) {
        let mends = if mends.is_empty() { String::new() } else { format!(" ({} findings)", mends.len()) };
        match work {
            Work::Edits(edits) => {
                let _ = writeln!(out, "  {title}{mends}");
                changes(files, &applied(files, &edits), &mut out);
            }
            Work::Refused(why) => {
                let _ = writeln!(out, "  {title}{mends}: not here, {why}");
            }
            Work::Later => panic!("nothing may wait"),
        }
    }
    out
}

fn answers(text: &str, wanted: &str) -> String {
    let (files, selections) = selections(text);
    let room = Newsroom::new(&files);
    selections.iter().map(|(path, range)| draw(&room, &files, path, *range, wanted)).collect()
}

/// A suppression that is offered works, whatever the rule: what it was offered for is gone, and
/// nobody calls it unused.
#[test]
fn every_finding_of_the_rules_can_be_suppressed() {
    let mut wrong = String::new();
    let mut offered = 0;
    let mut paths: Vec<_> = fs::read_dir("tests/rules")
        .expect("the fixtures are there")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    for fixture_path in paths {
        let text = fs::read_to_string(&fixture_path).expect("a fixture can be read");
        for fence in parts(&text, &["newsmark"]).into_iter().filter_map(|(_, fence)| fence) {
            let files = fixture::files(&fence.body);
            let room = |files: &Files| {
                let mut room = Newsroom::new(files);
                if let Some(profile) = fixture::profile(&fence.words) {
                    room.config.force_profile(profile);
                }
                room
            };
            let before = room(&files);
            let all = before.check();
            for diagnostic in &all {
                let path = &diagnostic.location.path;
                let Some(file) = before.corpus.at_path(path).filter(|_| files.contains_key(&**path)) else {
                    continue;
                };
                let found = before.diagnostics(file);
                let range = Span::at(diagnostic.location.place.span().start());
                let context = context(&before, &files, path, range, &found);
                let name = format!("`{}`", diagnostic.rule);
                let ways = features::refactorings(&context, |kind| kind == RefactoringKind::Suppress);
                let Some(way) = ways.iter().find(|way| way.title.contains(&name)) else { continue };
                let Work::Edits(edits) = &way.work else { continue };
                offered += 1;
                let after = applied(&files, edits);
                let count = |all: &[Diagnostic], rule: &str| {
                    all.iter().filter(|one| one.rule == rule && one.location.path == *path).count()
                };
                let now = room(&after).check();
                // What is told once an article is told of the next place then.
                let from_end = |files: &Files, one: &Diagnostic| {
                    files[&**path].len() - one.location.place.span().start()
                };
                let behind = edits.iter().all(|edit| edit.location.place.span().start() <= range.start());
                let was = if behind { from_end(&files, diagnostic) } else { from_end(&after, diagnostic) };
                let mut same =
                    now.iter().filter(|one| one.rule == diagnostic.rule && one.location.path == *path);
                let is_gone = count(&now, diagnostic.rule) < count(&all, diagnostic.rule)
                    || same.all(|one| from_end(&after, one) != was);
                let is_used = count(&now, "unused-suppression") <= count(&all, "unused-suppression");
                if !is_gone || !is_used {
                    let text = &after[&**path];
                    let _ = writeln!(wrong, "{}: {path} {name} {is_gone}\n{text}", fixture_path.display());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(offered > 100, "only {offered} suppressions were offered");
}

#[test]
fn refactorings_are_those_of_the_fixture() {
    let path = "tests/features/refactor.md";
    let text = fs::read_to_string(path).expect("a fixture can be read");
    let (mut out, mut now) = (String::new(), String::new());
    for (prose, fence) in parts(&text, &["newsmark", "answers"]) {
        out.push_str(&prose);
        let Some(fence) = fence else { continue };
        if let Some(wanted) = fence.words.strip_prefix("newsmark") {
            now = answers(&fence.body, wanted.trim());
            assert!(!now.is_empty(), "no cursor in\n{}", fence.body);
            let windows = answers(&fence.body.replace('\n', "\r\n"), wanted.trim());
            assert_eq!(windows, now, "other line ends make other answers");
            out.push_str(&fence.body);
        } else {
            out.push_str(&now);
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, &out).expect("a fixture can be written");
    } else {
        assert!(out == text, "{}", difference(path, &text, &out));
    }
}

/// What can be done at a range does what it says, and nothing else.
fn check(room: &Newsroom, files: &Files, path: &str, range: Span) {
    let found = diagnostics(room, path);
    let context = context(room, files, path, range, &found);
    let before = syntax::parse(&files[path]);
    let waiting = RefactoringContext { may_wait: true, ..context };
    let titles = |all: &[Refactoring]| all.iter().map(|one| one.title.clone()).collect::<Vec<_>>();
    let all = features::refactorings(&context, |_| true);
    // What is found again by its title, once its edits are wanted, is the same.
    assert_eq!(titles(&features::refactorings(&waiting, |_| true)), titles(&all));
    for Refactoring { title, kind, work, .. } in all {
        assert!(!title.is_empty() && !title.contains('\n'), "{title:?}");
        let edits = match work {
            Work::Edits(edits) => edits,
            Work::Refused(why) => {
                assert!(!why.is_empty());
                continue;
            }
            Work::Later => panic!("{title} may not wait"),
        };
        assert!(!edits.is_empty(), "{title} at {range:?} of {:?}", files[path]);
        let after = applied(files, &edits);
        assert!(after != *files, "{title} changes nothing at {range:?} of {:?}", files[path]);
        let says = || format!("{title} at {range:?} of {:?}\n=> {:?}", files[path], after[path]);
        let is_article = facts(&room.corpus, path).article.is_some();
        let is_text = !matches!(kind, RefactoringKind::FixAll | RefactoringKind::FixAllOfRule);
        if is_article && is_text {
            let read = syntax::parse(&after[path]);
            let same = before.plain.text.split_whitespace().eq(read.plain.text.split_whitespace());
            assert!(same, "other words: {}", says());
            assert!(read.problems.len() <= before.problems.len(), "new problems: {}", says());
            let claims = (before.claims().count(), read.claims().count());
            let grows = match kind {
                RefactoringKind::Mark if title.starts_with("Mark this claim as") => 0,
                RefactoringKind::Mark => 1,
                RefactoringKind::Unwrap => -1,
                _ => 0,
            };
            assert_eq!(claims.0 as isize + grows, claims.1 as isize, "{}", says());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_corpus_can_be_worked_on(
        texts in incremental::PATHS.iter().map(|path| incremental::text_for(path)).collect::<Vec<_>>(),
        at in proptest::collection::vec((any::<Index>(), any::<Index>(), any::<bool>()), 4),
    ) {
        let paths = incremental::PATHS.iter().map(|path| (*path).to_owned());
        let mut files: Files = paths.zip(texts).collect();
        files.insert("newsmark.toml".to_owned(), incremental::CONFIG.to_owned());
        let room = Newsroom::new(&files);
        let known: Vec<String> = room.corpus.files().map(|(_, file)| file.path.to_string()).collect();
        for path in known.iter().filter(|path| files.contains_key(*path)) {
            for (from, to, is_cursor) in &at {
                check(&room, &files, path, some_range(&files[path], from, to, *is_cursor));
            }
        }
    }

    #[test]
    fn any_markup_can_be_worked_on(
        text in parser::articles(),
        at in proptest::collection::vec((any::<Index>(), any::<Index>(), any::<bool>()), 8),
    ) {
        let mut files = Files::new();
        files.insert("entities.yaml".to_owned(), "- {id: x, type: person, name: X}\n- {id: a}\n".to_owned());
        files.insert("sources.yaml".to_owned(), "- id: a\n- id: b\n".to_owned());
        files.insert("a.md".to_owned(), text);
        let room = Newsroom::new(&files);
        for (from, to, is_cursor) in &at {
            check(&room, &files, "a.md", some_range(&files["a.md"], from, to, *is_cursor));
        }
    }
}

fn some_range(text: &str, from: &Index, to: &Index, is_cursor: bool) -> Span {
    let boundary = |index: &Index| {
        let at = index.index(text.len() + 1);
        (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
    };
    let (from, to) = (boundary(from), boundary(to));
    if is_cursor { Span::at(from) } else { Span::new(from.min(to), from.max(to)) }
}

/// The newsroom's files.
fn example() -> Files {
    let folder = newsroom::copy();
    let mut files = Files::new();
    let mut open = vec![folder.path().to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = path.strip_prefix(folder.path()).expect("it is in the folder");
                files.insert(path.to_string_lossy().into_owned(), text);
            }
        }
    }
    files
}

#[test]
fn a_newsroom_can_be_worked_on() {
    let files = example();
    let room = Newsroom::new(&files);
    for (_, file) in room.corpus.files() {
        let text = &files[&*file.path];
        for at in (0..text.len()).step_by(307).filter(|&at| text.is_char_boundary(at)) {
            check(&room, &files, &file.path, Span::at(at));
        }
    }
}

/// What is found, without where.
fn counted(found: &[Diagnostic]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in found {
        *counts.entry(diagnostic.rule).or_default() += 1;
    }
    counts
}

/// Mending all that leaves nothing to choose takes these findings away; the answer is how
/// many. Markup that is mended may be read as something that has faults of its own, so only
/// of articles whose markup is right it is said that nothing else is found in them.
fn check_fix_all(files: &Files, is_markup_right: bool) -> usize {
    let room = Newsroom::new(files);
    let mut mended = 0;
    let known: Vec<String> = room.corpus.files().map(|(_, file)| file.path.to_string()).collect();
    for path in known {
        let before = diagnostics(&room, &path);
        let context = context(&room, files, &path, Span::at(0), &before);
        let all = features::refactorings(&context, |kind| kind == RefactoringKind::FixAll);
        for Refactoring { title, work, .. } in all {
            let Work::Edits(edits) = work else { panic!("{title} can be done") };
            let after = applied(files, &edits);
            let room = Newsroom::new(&after);
            let left = diagnostics(&room, &path);
            let says = |rule: &str| format!("{rule}: {title}\n{}\n=>\n{}", files[&path], after[&path]);
            let (was, is) = (counted(&before), counted(&left));
            let count = |counts: &BTreeMap<&str, usize>, rule| counts.get(rule).copied().unwrap_or(0);
            for diagnostic in before.iter().filter(|one| one.fixes.len() == 1 && !one.choice) {
                let here = diagnostic.fixes[0].edits.iter().all(|edit| edits.contains(edit));
                let (was, is) = (count(&was, diagnostic.rule), count(&is, diagnostic.rule));
                assert!(!here || is < was, "{}", says(diagnostic.rule));
                mended += usize::from(here);
            }
            for rule in is.keys().filter(|rule| is_markup_right && **rule != "unused-suppression") {
                // A class that was misspelt is judged once it is right.
                let is_read_anew = was.contains_key("unknown-annotation");
                assert!(is_read_anew || count(&is, rule) <= count(&was, rule), "{}", says(rule));
            }
        }
    }
    mended
}

#[test]
fn whatever_leaves_nothing_to_choose_is_mended() {
    let mut mended = check_fix_all(&example(), true);
    for entry in fs::read_dir("tests/rules").expect("the fixtures are there") {
        let path = entry.expect("an entry can be read").path();
        let text = fs::read_to_string(path).expect("a fixture can be read");
        for (_, fence) in parts(&text, &["newsmark"]) {
            let Some(fence) = fence.filter(|fence| fence.body.contains("//- ")) else { continue };
            mended += check_fix_all(&fixture::files(&fence.body), false);
        }
    }
    assert!(mended > 50, "{mended}");
}
