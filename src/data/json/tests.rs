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
fn good(text: &str, expected: &str) {
    assert_eq!(read(text), (expected.to_owned(), Vec::new()), "{text:?}");
}

#[track_caller]
fn bad(text: &str, expected: &str, problems: &[&str]) {
    let (tree, found) = read(text);
    assert_eq!(found, problems, "{text:?}");
    assert_eq!(tree, expected, "{text:?}");
}

#[test]
fn strict_json_is_read() {
    good(
        r#"[{"id": "a", "n": [2016, 3.50]}, null, true, "\u00e9\ud83d\ude00\n"]"#,
        r#"[{id: "a", n: [2016, 3.50]}, ~, true, "é😀\n"]"#,
    );
    good("\u{feff}{\"a\":\r\n 1}", "{a: 1}");
    good("[]", "[]");
    good(" [ ] \n", "[]");
    good("", "");
    good(" \n", "");
    good("\"x\"", "\"x\"");
    let text = r#"{"a": "b\"c"}"#;
    let root = parse(text).root.expect("a tree");
    assert_eq!(root.fields()[0].key.span.of(text), "a");
    assert_eq!(root.get("a").map(|a| (a.span.of(text), a.content.of(text))), Some((r#""b\"c""#, r#"b\"c"#)));
}

#[test]
fn too_much_costs_nothing() {
    bad("[1, 2,]", "[1, 2]", &["1 \",\" a comma is left over before `]`"]);
    bad(
        "[{\"a\": [1,],},]",
        "[{a: [1]}]",
        &[
            "1 \",\" a comma is left over before `]`",
            "1 \",\" a comma is left over before `}`",
            "1 \",\" a comma is left over before `]`",
        ],
    );
    bad(
        "// x\n[1, /* y */ 2]",
        "[1, 2]",
        &["1 \"// x\" JSON has no comments", "2 \"/* y */\" JSON has no comments"],
    );
    bad("[{\"a\": /* y */ 2}]", "[{a: 2}]", &["1 \"/* y */\" JSON has no comments"]);
    bad(
        "[1 2, {\"a\": 1 \"b\": 2}]",
        "[1, 2, {a: 1, b: 2}]",
        &["1 \"\" a comma is missing before this", "1 \"\" a comma is missing before this"],
    );
    bad("[1,,2]", "[1, 2]", &["1 \",\" a comma with nothing before it"]);
    bad(r#"{"a": 1, "a": 2}"#, "{a: 1}", &["1 \"a\" `a` is given twice; the first is used"]);
    bad("{} x", "{}", &["1 \"x\" the data has ended before this; it is not read"]);
}

#[test]
fn a_broken_element_costs_itself() {
    bad(
        "[{\"a\": 1}, {\"a\" 2}, {\"a\": 3}]",
        "[{a: 1}, {a: 3}]",
        &["1 \"\\\"a\\\"\" a colon and a value are missing after this"],
    );
    bad("[{\"a\": tru}, 2]", "[2]", &["1 \"tru\" text has to stand in double quotation marks"]);
    bad("[{'a': 1}, 2]", "[2]", &["1 \"'\" text has to stand in double quotation marks"]);
    bad("[{\"a\": 01}, 2]", "[2]", &["1 \"1\" a key in double quotation marks is missing here"]);
    bad(
        "[{\"a\": \"\\q\"}, 2]",
        "[2]",
        &["1 \"\\\\\" a backslash begins an escape, and this is none; write `\\\\`"],
    );
    bad(
        "[{\"a\": \"x\0\"}, 2]",
        "[2]",
        &["1 \"\\0\" a NUL character: the file is damaged here, or is no text file"],
    );
    bad("[{\"a\": [1}, 2]", "[]", &["1 \"}\" `[` is closed by `}` here", "1 \"[\" `[` is never closed"]);
    bad("[{\"a\": ]}, 2]", "[2]", &["1 \"]\" a value is missing here"]);
    bad("[1, {\"a\": 1", "[1]", &["1 \"{\" `{` is never closed", "1 \"[\" `[` is never closed"]);
    bad("{\"a\": ", "", &["1 \"\" a value is missing here"]);
}

#[test]
fn an_element_on_its_own_line_ends_what_is_broken_before_it() {
    bad(
        "[\n {\n  \"id\": \"a,\n  \"b\": 1\n },\n {\n  \"id\": \"c\"\n }\n]\n",
        r#"[{id: "c"}]"#,
        &["3 \"\\\"\" this quotation mark is never closed"],
    );
    bad(
        "[\n{\"id\": \"a\", \"x\": {\n{\"id\": \"b\"},\n{\"id\": \"c\"}\n]\n",
        r#"[{id: "b"}, {id: "c"}]"#,
        &["2 \"{\" `{` is never closed"],
    );
}

#[test]
fn a_broken_line_costs_itself() {
    let text = "\u{feff}{\"id\": \"a\"}\r\n\r\n{\"id\": \n{\"id\": \"b\"} {}\n[1]";
    let found = parse_lines(text);
    let nodes: Vec<_> = found.nodes.iter().map(show).collect();
    assert_eq!(nodes, [r#"{id: "a"}"#, r#"{id: "b"}"#, "[1]"]);
    let problems: Vec<_> = found.problems.iter().map(|problem| show_problem(text, problem)).collect();
    assert_eq!(
        problems,
        ["3 \"\" a value is missing here", "4 \"{\" the data has ended before this; it is not read"]
    );
    for node in &found.nodes {
        check(text, Span::new(0, text.len()), Some(node), &found.problems);
    }
}

#[test]
fn texts_that_make_careless_readers_quadratic_are_read() {
    let many = |piece: &str| piece.repeat(200_000 / piece.len());
    for text in [
        many("["),
        many("{"),
        many("\""),
        many("{\"a\":"),
        many("[\"\n,"),
        many("\\"),
        many("/*"),
        many("//"),
        many(","),
        many("[{"),
        many("{},"),
        many("\n{"),
        many("1 "),
        many("'"),
        many("\0"),
        many("é"),
        many("[1,]"),
        many("{\"a\":1}\n"),
        format!("[{}", many("/*,")),
        format!("[{}", many("{/*},")),
        format!("[{}", many("\"\n,")),
        format!("[{}", many("{\"},")),
        format!("[{}", many("{tru},")),
        format!("[\n{}", many("{[\n")),
        format!("[{}", many("tru,")),
        format!("[{}", many("]")),
        format!("{{{}", (0..15_000).map(|n| format!("\"k{n}\": 1,")).collect::<String>()),
        format!("[{}", many("\"\\u12,")),
        format!("[{}", many("\"\\")),
    ] {
        let _ = parse(&text);
        let _ = parse_lines(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        read(&text);
        let _ = parse_lines(&text);
    }

    #[test]
    fn anything_like_json_is_read(
        text in r#"([\[\]{},:]|"a"|"é\\u00e9"|"|\\|1.5e3|-|true|nul|//|/\*|\*/|'|\u{0}|\u{FEFF}|\u{A0}|\n|\r| ){0,24}"#
    ) {
        read(&text);
        let found = parse_lines(&text);
        for node in &found.nodes {
            check(&text, Span::new(0, text.len()), Some(node), &found.problems);
        }
    }

    #[test]
    fn what_serde_writes_is_read_as_serde_reads_it(
        values in prop::collection::vec(("\\PC{0,8}", any::<i64>(), any::<bool>()), 0..4)
    ) {
        let json: Vec<_> = values.iter().map(|(text, number, truth)| serde_json::json!({"t": text, "n": number, "b": truth})).collect();
        for written in [serde_json::to_string(&json), serde_json::to_string_pretty(&json)] {
            let written = written.expect("plain values");
            let parsed = parse(&written);
            prop_assert_eq!(&parsed.problems, &[]);
            let root = parsed.root.expect("a list");
            for (node, (text, number, truth)) in root.items().iter().zip(&values) {
                prop_assert_eq!(node.get("t").and_then(Node::as_str), Some(text.as_str()));
                let number = number.to_string();
                prop_assert_eq!(node.get("n").and_then(Node::as_str), Some(number.as_str()));
                prop_assert_eq!(node.get("b").and_then(Node::as_bool), Some(*truth));
            }
        }
    }
}
