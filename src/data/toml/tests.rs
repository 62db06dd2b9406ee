use proptest::prelude::*;

use super::*;
use crate::data::testing::{check, show, show_problem};

fn read(text: &str) -> (String, Vec<String>) {
    let parsed = parse(text);
    check(text, Span::new(0, text.len()), parsed.root.as_ref(), &parsed.problems);
    (
        parsed.root.as_ref().map(show).unwrap_or_default(),
        parsed.problems.iter().map(|problem| show_problem(text, problem)).collect(),
    )
}

#[track_caller]
fn bad(text: &str, expected: &str, problems: &[&str]) {
    let (tree, found) = read(text);
    assert_eq!(found, problems, "{text:?}");
    assert_eq!(tree, expected, "{text:?}");
}

#[test]
fn toml_is_read() {
    bad(
        "# c\nz = 1_000\na = \"b\"\n[corpus]\narticles = ['*.md', \"x\\n\"]\nb.c = 2026-03-11\n[[rules]]\nn = 1.50\n[[rules]]\nn = true\n[corpus.x]\ny = {z = 0x1F}\n",
        r#"{z: 1_000, a: "b", corpus: {articles: ["*.md", "x\n"], b: {c: "2026-03-11"}, x: {y: {z: 0x1F}}}, rules: [{n: 1.50}, {n: true}]}"#,
        &[],
    );
    bad("", "{}", &[]);
    let text = "\"a key\" = '''\nb'''\r\n[t]\nx = \"y\"\n";
    let root = parse(text).root.expect("a tree");
    let field = &root.fields()[0];
    assert_eq!((field.key.span.of(text), field.value.span.of(text)), ("a key", "'''\nb'''"));
    assert_eq!(field.value.content.of(text), "\nb");
    assert_eq!(root.get("t").map(|t| t.span.of(text)), Some("[t]\nx = \"y\""));
}

#[test]
fn what_is_right_around_an_error_stays() {
    bad("a = 1\na = 2\nb = 3\n", "{a: 1, b: 3}", &["2 \"a\" `a` is given twice; the first is used"]);
    let (tree, problems) = read("a = 1\nb = \"x\nc = 3\n[t]\nd =\n");
    assert!(tree.contains("a: 1") && tree.contains("c: 3"), "{tree}");
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn no_text_takes_long_or_goes_deep() {
    let many = |piece: &str| piece.repeat(200_000 / piece.len());
    for text in [
        many("["),
        many("{"),
        many("a."),
        many("a={"),
        many("a.b={"),
        many("\""),
        many("'"),
        many("a=1\n"),
        many("[a]\n"),
        many("[[a]]\n"),
        many("#"),
        many("\0"),
        many("\r"),
        format!("a={}", many("[")),
        format!("a = {}", many("{a.b.c.d.e.f.g = ")),
        (0..20_000).map(|n| format!("k{n} = 1\n")).collect(),
        many("a = \"\n"),
        many("\"\"\""),
        many("é=\n"),
        format!("[{}a]\n{}=1", "a.".repeat(60), "a.".repeat(60)),
        many("a.b.c = 1\n"),
    ] {
        let parsed = parse(&text);
        for problem in &parsed.problems {
            assert!(text.get(problem.span.range()).is_some());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        read(&text);
    }

    #[test]
    fn anything_like_toml_is_read(
        text in r#"((\[\[?|\]\]?)?(a|b|"c"|'|"""|é|\.)?( ?= ?)?([\[\]{}",'#]|1_0|2026-03-11|true|"x"|\u{0})?(\n|\r\n|, )?){0,14}"#
    ) {
        read(&text);
    }
}
