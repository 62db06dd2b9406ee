use expect_test::{Expect, expect};

use super::*;
use crate::diagnostic::{Edit, Fix, Location, Related};
use crate::text::{LineIndex, Span};

/// Texts by path.
type Files<'a> = &'a [(&'a str, &'a str)];

fn text<'a>(files: Files<'a>, path: &str) -> &'a str {
    files.iter().find(|(known, _)| *known == path).expect("a file of the test").1
}

/// Where some words stand in a file.
fn at(files: Files<'_>, path: &str, words: &str) -> Location {
    let text = text(files, path);
    let start = text.find(words).expect("words of the file");
    let place = LineIndex::new(text).place(text, Span::new(start, start + words.len()));
    Location { path: path.into(), place }
}

fn finding(location: Location, message: &str) -> Diagnostic {
    Diagnostic {
        location,
        rule: "undefined-source",
        level: Level::Error,
        message: message.to_owned(),
        help: None,
        related: Vec::new(),
        fixes: Vec::new(),
        choice: false,
    }
}

fn related(location: Location, message: &str) -> Related {
    Related { location, message: message.to_owned() }
}

fn human(files: Files<'_>, findings: &[Diagnostic], width: usize) -> String {
    let get = |path: &str| files.iter().find(|(known, _)| *known == path).map(|(_, text)| (*text).to_owned());
    let show = |path: &str| format!("news/{path}");
    let mut sources = Sources::new(&get, &show);
    let mut out = Vec::new();
    for finding in findings {
        Human::new(false, width).write(&mut out, finding, &mut sources).expect("a vector takes it");
    }
    String::from_utf8(out).expect("text")
}

fn check(files: Files<'_>, finding: Diagnostic, expect: Expect) {
    let shown = human(files, &[finding], 80);
    assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
    expect.assert_eq(&shown);
}

const ARTICLE: &str = "\
---
title: Aid turned back
---

[The convoy was turned back]{.claim by=relief-agency}[@wire-0312, p. 2],
said an officer who spoke [on condition of anonymity]{.claim}.
";

const SOURCES: &str = "- id: wire-0311\n  type: post\n";

const FILES: Files<'_> = &[("2026/aid.md", ARTICLE), ("sources.yaml", SOURCES)];

#[test]
fn the_words_the_message_and_what_to_do() {
    let mut one = finding(at(FILES, "2026/aid.md", "wire-0312"), "no source is called `wire-0312`");
    one.help = Some("did you mean `wire-0311`?".to_owned());
    one.related = vec![
        related(at(FILES, "2026/aid.md", "[The convoy was turned back]"), "the claim that it is to source"),
        related(at(FILES, "sources.yaml", "wire-0311"), "the nearest key"),
    ];
    let edit = Edit { location: at(FILES, "2026/aid.md", "wire-0312"), text: "wire-0311".to_owned() };
    one.fixes = vec![Fix { title: "Change to `wire-0311`".to_owned(), edits: vec![edit] }];
    check(
        FILES,
        one,
        expect![[r#"
            error[undefined-source]: no source is called `wire-0312`
             --> news/2026/aid.md:5:56
              |
            5 | [The convoy was turned back]{.claim by=relief-agency}[@wire-0312, p. 2],
              | ----------------------------                           ^^^^^^^^^
              | |
              | the claim that it is to source
              |
             ::: news/sources.yaml:1:7
              |
            1 | - id: wire-0311
              |       --------- the nearest key
              |
              = help: did you mean `wire-0311`?
              = fix: Change to `wire-0311`

        "#]],
    );
}

#[test]
fn several_fixes_to_choose_from() {
    let mut one = finding(at(FILES, "2026/aid.md", "relief-agency"), "two entities are called so");
    one.level = Level::Hint;
    one.choice = true;
    let fix = |title: &str| Fix { title: title.to_owned(), edits: Vec::new() };
    one.fixes = (1..8).map(|at| fix(&format!("Change to `agency-{at}`"))).collect();
    one.related = (0..7).map(|_| related(at(FILES, "sources.yaml", "wire-0311"), "is one")).collect();
    check(
        FILES,
        one,
        expect![[r#"
            hint[undefined-source]: two entities are called so
             --> news/2026/aid.md:5:40
              |
            5 | [The convoy was turned back]{.claim by=relief-agency}[@wire-0312, p. 2],
              |                                        ^^^^^^^^^^^^^
              |
             ::: news/sources.yaml:1:7
              |
            1 | - id: wire-0311
              |       --------- is one
              |
             ::: news/sources.yaml:1:7
              |
            1 | - id: wire-0311
              |       --------- is one
              |
             ::: news/sources.yaml:1:7
              |
            1 | - id: wire-0311
              |       --------- is one
              |
             ::: news/sources.yaml:1:7
              |
            1 | - id: wire-0311
              |       --------- is one
              |
             ::: news/sources.yaml:1:7
              |
            1 | - id: wire-0311
              |       --------- is one
              |
              = note: and 2 more places
              = fix: Change to `agency-1`
              = fix: Change to `agency-2`
              = fix: Change to `agency-3`
              = fix: Change to `agency-4`
              = fix: Change to `agency-5`
              = fix: or one of 2 more

        "#]],
    );
}

#[test]
fn words_over_several_lines() {
    let words = "[@wire-0312, p. 2],\nsaid an officer";
    let mut one = finding(at(FILES, "2026/aid.md", words), "this goes over a line");
    one.level = Level::Warning;
    check(
        FILES,
        one,
        expect![[r#"
            warning[undefined-source]: this goes over a line
             --> news/2026/aid.md:5:54
              |
            5 | [The convoy was turned back]{.claim by=relief-agency}[@wire-0312, p. 2],
              |                                                      ^^^^^^^^^^^^^^^^^^^
            6 | said an officer who spoke [on condition of anonymity]{.claim}.
              | ^^^^^^^^^^^^^^^

        "#]],
    );
    let all =
        "---\ntitle: Aid turned back\n---\n\n[The convoy was turned back]{.claim by=relief-agency}[@wire";
    check(
        FILES,
        finding(at(FILES, "2026/aid.md", all), "this is long"),
        expect![[r#"
            error[undefined-source]: this is long
             --> news/2026/aid.md:1:1
              |
            1 | ---
              | ^^^
            2 | title: Aid turned back
              | ^^^^^^^^^^^^^^^^^^^^^^
            3 | ---
              | ^^^ and 1 more line

        "#]],
    );
}

#[test]
fn what_cannot_be_shown_is_still_reported() {
    let files: Files<'_> = &[("empty.md", ""), ("changed.md", "short")];
    check(
        files,
        finding(at(files, "empty.md", ""), "the article has no date"),
        expect![[r#"
            error[undefined-source]: the article has no date
             --> news/empty.md:1:1
              |
            1 |
              | ^

        "#]],
    );
    let mut gone = finding(at(FILES, "2026/aid.md", "wire-0312"), "the file is gone");
    gone.location.path = "gone.md".into();
    gone.related = vec![related(gone.location.clone(), "and so is this")];
    check(
        files,
        gone,
        expect![[r#"
            error[undefined-source]: the file is gone
            --> news/gone.md:5:56
             |
            ::: news/gone.md:5:56
             = note: and so is this

        "#]],
    );
    let mut changed = finding(at(FILES, "2026/aid.md", "wire-0312"), "the file has changed");
    changed.location.path = "changed.md".into();
    check(
        files,
        changed,
        expect![[r#"
        error[undefined-source]: the file has changed
        --> news/changed.md:5:56

    "#]],
    );
    let mut end = finding(at(files, "changed.md", "short"), "here it ends");
    end.location.place = end.location.place.after();
    check(
        files,
        end,
        expect![[r#"
            error[undefined-source]: here it ends
             --> news/changed.md:1:6
              |
            1 | short
              |      ^

        "#]],
    );
}

#[test]
fn scripts_tabs_and_controls() {
    let files: Files<'_> = &[(
        "odd\u{1b}[2J.md",
        "a\tb 外交部 e\u{301}te\u{301} \u{1b}[31mred\u{7} zero\u{200b}width 👩\u{200d}🚀 \u{202e}txt wörds\r\nnext\r\n",
    )];
    let path = files[0].0;
    for (words, expect) in [
        (
            "外交部",
            expect![[r#"
                error[undefined-source]: this is<U+009B> 外交部
                 --> news/odd␛[2J.md:1:5
                  |
                1 | a    b 外交部 été ␛[31mred␇ zero<U+200B>width 👩🚀 <U+202E>txt wörds
                  |        ^^^^^^

            "#]],
        ),
        (
            "e\u{301}te\u{301}",
            expect![[r#"
                error[undefined-source]: this is<U+009B> été
                 --> news/odd␛[2J.md:1:9
                  |
                1 | a    b 外交部 été ␛[31mred␇ zero<U+200B>width 👩🚀 <U+202E>txt wörds
                  |               ^^^

            "#]],
        ),
        (
            "\u{1b}[31mred\u{7}",
            expect![[r#"
                error[undefined-source]: this is<U+009B> ␛[31mred␇
                 --> news/odd␛[2J.md:1:15
                  |
                1 | a    b 外交部 été ␛[31mred␇ zero<U+200B>width 👩🚀 <U+202E>txt wörds
                  |                   ^^^^^^^^^

            "#]],
        ),
        (
            "zero\u{200b}width",
            expect![[r#"
                error[undefined-source]: this is<U+009B> zero<U+200B>width
                 --> news/odd␛[2J.md:1:25
                  |
                1 | a    b 外交部 été ␛[31mred␇ zero<U+200B>width 👩🚀 <U+202E>txt wörds
                  |                             ^^^^^^^^^^^^^^^^^

            "#]],
        ),
        (
            "👩\u{200d}🚀",
            expect![[r#"
                error[undefined-source]: this is<U+009B> 👩🚀
                 --> news/odd␛[2J.md:1:36
                  |
                1 | a    b 外交部 été ␛[31mred␇ zero<U+200B>width 👩🚀 <U+202E>txt wörds
                  |                                               ^^^^

            "#]],
        ),
        (
            "wörds",
            expect![[r#"
                error[undefined-source]: this is<U+009B> wörds
                 --> news/odd␛[2J.md:1:45
                  |
                1 | a    b 外交部 été ␛[31mred␇ zero<U+200B>width 👩🚀 <U+202E>txt wörds
                  |                                                                ^^^^^

            "#]],
        ),
        (
            "next",
            expect![[r#"
                error[undefined-source]: this is<U+009B> next
                 --> news/odd␛[2J.md:2:1
                  |
                2 | next
                  | ^^^^

            "#]],
        ),
        (
            "\tb",
            expect![[r#"
                error[undefined-source]: this is<U+009B>  b
                 --> news/odd␛[2J.md:1:2
                  |
                1 | a    b 外交部 été ␛[31mred␇ zero<U+200B>width 👩🚀 <U+202E>txt wörds
                  |  ^^^^^

            "#]],
        ),
    ] {
        check(files, finding(at(files, path, words), &format!("this is\u{9b}\n{words}")), expect);
    }
}

#[test]
fn long_lines_are_cut_to_the_words() {
    let paragraph = "The relief agency said on Monday that its convoy had been turned back twice at the \
                     northern checkpoint and that nobody had told it why, while the alliance maintained \
                     that no request had ever reached its officers and that the road was open to all.";
    let files: Files<'_> = &[("a.md", paragraph)];
    check(
        files,
        finding(at(files, "a.md", "northern checkpoint"), "here"),
        expect![[r#"
            error[undefined-source]: here
             --> news/a.md:1:84
              |
            1 | … turned back twice at the northern checkpoint and that nobody had told …
              |                            ^^^^^^^^^^^^^^^^^^^

        "#]],
    );
    let mut far = finding(at(files, "a.md", "relief agency"), "here");
    far.related = vec![related(at(files, "a.md", "alliance"), "and there, too far for one line")];
    check(
        files,
        far,
        expect![[r#"
            error[undefined-source]: here
             --> news/a.md:1:5
              |
            1 | The relief agency said on Monday that its convoy had been turned back …
              |     ^^^^^^^^^^^^^
              |
             ::: news/a.md:1:147
              |
            1 | … had told it why, while the alliance maintained that no request had …
              |                              -------- and there, too far for one line

        "#]],
    );
    let mut near = finding(at(files, "a.md", "alliance"), "here");
    near.related = vec![related(at(files, "a.md", "its officers"), "and there")];
    check(
        files,
        near,
        expect![[r#"
            error[undefined-source]: here
             --> news/a.md:1:147
              |
            1 | … alliance maintained that no request had ever reached its officers …
              |   ^^^^^^^^                                             ------------ and there

        "#]],
    );
}

#[test]
fn a_line_of_many_megabytes() {
    let line = format!("{}here{}", "x".repeat(20_000_000), "é".repeat(10_000_000));
    let files: Files<'_> = &[("a.md", &line)];
    let shown = human(files, &[finding(at(files, "a.md", "here"), "found")], 80);
    assert!(shown.len() < 1000, "{} bytes", shown.len());
    let marks = format!("e{}", "\u{301}".repeat(1_000_000));
    let files: Files<'_> = &[("a.md", &marks)];
    let shown = human(files, &[finding(at(files, "a.md", &marks), "all of it")], 80);
    assert!(shown.len() < 20_000, "{} bytes", shown.len());
}

#[test]
fn a_line_for_programs() {
    let mut one = finding(at(FILES, "2026/aid.md", "wire-0312"), "no source is called \"wire-0312\"");
    let json = |finding: &Diagnostic| {
        let mut out = Vec::new();
        write_json(&mut out, finding).expect("a vector takes it");
        String::from_utf8(out).expect("text")
    };
    expect![[r#"
        {"path":"2026/aid.md","rule":"undefined-source","level":"error","message":"no source is called \"wire-0312\"","range":{"start":{"line":5,"column":56,"offset":87},"end":{"line":5,"column":65,"offset":96}}}
    "#]].assert_eq(&json(&one));
    let edit = Edit { location: at(FILES, "2026/aid.md", "wire-0312"), text: "wire-0311".to_owned() };
    one.fixes = vec![Fix { title: "Change to `wire-0311`".to_owned(), edits: vec![edit] }];
    one.help = Some("did you mean `wire-0311`?".to_owned());
    one.related = vec![related(at(FILES, "sources.yaml", "wire-0311"), "the nearest key")];
    expect![[r#"
        {"path":"2026/aid.md","rule":"undefined-source","level":"error","message":"no source is called \"wire-0312\"","range":{"start":{"line":5,"column":56,"offset":87},"end":{"line":5,"column":65,"offset":96}},"related":[{"path":"sources.yaml","range":{"start":{"line":1,"column":7,"offset":6},"end":{"line":1,"column":16,"offset":15}},"message":"the nearest key"}],"help":"did you mean `wire-0311`?","fix":{"title":"Change to `wire-0311`","edits":[{"path":"2026/aid.md","range":{"start":{"line":5,"column":56,"offset":87},"end":{"line":5,"column":65,"offset":96}},"text":"wire-0311"}]}}
    "#]].assert_eq(&json(&one));
    one.choice = true;
    assert!(!json(&one).contains("\"fix\""), "a person has to choose");
}

#[test]
fn the_summary_counts() {
    let summary = |errors, warnings, hints, articles, entities, sources, millis| {
        let counts = Counts { articles, entities, sources, ..Counts::default() };
        Summary { errors, warnings, hints, counts, time: Duration::from_millis(millis) }.to_string()
    };
    assert_eq!(
        summary(3, 2, 1, 24, 60, 80, 120),
        "3 errors, 2 warnings and 1 hint in 24 articles (60 entities, 80 sources), 0.12 s"
    );
    assert_eq!(summary(1, 0, 0, 1, 1, 1, 4), "1 error in 1 article (1 entity, 1 source), 0.00 s");
    assert_eq!(
        summary(0, 0, 2, 1_234_567, 12_345, 0, 61_000),
        "2 hints in 1,234,567 articles (12,345 entities, 0 sources), 61 s"
    );
    assert_eq!(
        summary(0, 0, 0, 1234, 0, 0, 999),
        "Nothing found in 1234 articles (0 entities, 0 sources), 1.00 s"
    );
}

#[test]
fn long_help_is_wrapped() {
    let mut one = finding(at(FILES, "2026/aid.md", "wire-0312"), "no source is called so");
    one.help = Some(
        "add it to one of the registries that newsmark.toml names, or to the references of this article, \
         or cite another that says the same"
            .to_owned(),
    );
    check(
        FILES,
        one,
        expect![[r#"
        error[undefined-source]: no source is called so
         --> news/2026/aid.md:5:56
          |
        5 | [The convoy was turned back]{.claim by=relief-agency}[@wire-0312, p. 2],
          |                                                        ^^^^^^^^^
          |
          = help: add it to one of the registries that newsmark.toml names, or to
                  the references of this article, or cite another that says the same

    "#]],
    );
}

#[test]
fn the_summary_says_how_much_is_covered() {
    let of = |covered, all| Covered { covered, all };
    let counts = Counts {
        articles: 44,
        annotated: 38,
        quotations: of(61, 80),
        figures: of(52, 70),
        ..Counts::default()
    };
    assert_eq!(
        counts.coverage().as_deref(),
        Some(
            "44 articles, 38 annotated; 61 of 80 quotations and 52 of 70 figures stand in a claim or carry a source"
        )
    );
    let one = Counts { articles: 1, annotated: 1, ..Counts::default() };
    assert_eq!(one.coverage().as_deref(), Some("1 article, 1 annotated"));
    assert_eq!(Counts { annotated: 0, ..counts }.coverage(), None);
}
