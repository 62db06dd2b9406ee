use proptest::prelude::*;

use super::*;
use crate::data::testing::{check, show, show_problem};
use crate::data::{Node, Value};

fn read(text: &str) -> (String, Vec<String>) {
    let parsed = parse_file(text);
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
fn values_are_kept_as_they_are_written() {
    good("date: 2026-03-11", r#"{date: "2026-03-11"}"#);
    good("id: 0311", "{id: 0311}");
    good(
        "a: 1.50\nb: -3e5\nc: 0x1F\nd: 1.2.3\ne: 12:30",
        r#"{a: 1.50, b: -3e5, c: 0x1F, d: "1.2.3", e: "12:30"}"#,
    );
    good(
        "a: No\nb: Null\nc: true\nd: ~\ne:\nf: True",
        r#"{a: "No", b: "Null", c: true, d: ~, e: ~, f: "True"}"#,
    );
    good("a: '1'\nb: \"\"\nc: !!str 12", r#"{a: "1", b: "", c: "12"}"#);
    good("a: |\n  x\n  y\n\nb: >-\n  x\n  y\n", r#"{a: "x\ny\n", b: "x y"}"#);
    good("- a\n- [b, {c: d}]\n-\n- e: f\n  g: h\n", r#"["a", ["b", {c: "d"}], ~, {e: "f", g: "h"}]"#);
    good("a:\n- b\n- c\n", r#"{a: ["b", "c"]}"#);
    good("\u{feff}a: b\r\nc: d\r\n", r#"{a: "b", c: "d"}"#);
    good("# only a comment\n", "");
    good("", "");
    good("---\na: b\n...\n", r#"{a: "b"}"#);
    good("قصر: نادر", r#"{قصر: "نادر"}"#);
}

#[test]
fn places_count_from_the_start_of_the_whole_text() {
    let text = "---\ntitle: 'It''s é'\nids: [a, \"b\"]\nnote: |\n  x\n\n---\n";
    let parsed = parse(text, Span::new(4, text.len() - 4));
    let root = parsed.root.expect("a tree");
    let at = |node: Option<&Node>| node.map(|node| (node.span.of(text), node.content.of(text)));
    assert_eq!(at(root.get("title")), Some(("'It''s é'", "It''s é")));
    assert_eq!(at(root.get("ids")), Some(("[a, \"b\"]", "[a, \"b\"]")));
    assert_eq!(at(root.get("ids").and_then(|ids| ids.items().get(1))), Some(("\"b\"", "b")));
    assert_eq!(at(root.get("note")), Some(("x", "x")));
    assert_eq!(root.fields()[1].key.span.of(text), "ids");
    assert_eq!(root.get("title").and_then(Node::text).map(|text| text.value), Some("It's é".to_owned()));
    assert_eq!(at(Some(&root)), Some((&text[4..text.len() - 6], &text[4..text.len() - 6])));
}

#[test]
fn a_broken_key_costs_itself() {
    bad(
        "title: Ministry: no\ndate: 2026\n",
        "{date: 2026}",
        &[
            "1 \":\" a second colon followed by a space; put the value in quotation marks if the colon is part of it",
        ],
    );
    bad(
        "title: \"No end\ndate: 2026\nslug: \"x\"\n",
        r#"{date: 2026, slug: "x"}"#,
        &["1 \"\\\"\" this quotation mark is never closed"],
    );
    bad("a: [b\nc: d\n", r#"{c: "d"}"#, &["1 \"[\" `[` is never closed, or a comma is missing after it"]);
    bad("a: b\n\tc: d\ne: f\n", r#"{e: "f"}"#, &["2 \"\\t\" a tab cannot indent YAML; use spaces"]);
    bad(
        "a: @b\ne: f\n",
        r#"{e: "f"}"#,
        &["1 \"@\" a value cannot begin with `@`; put it in quotation marks"],
    );
    bad(
        "a: b\nhalf\nc: d\n",
        r#"{c: "d"}"#,
        &["2 \"h\" a line of the form `key: value` belongs here, indented like the ones before it"],
    );
    bad("half\na: b\n", r#"{a: "b"}"#, &["1 \"half\" this is no `key: value`"]);
    bad(
        "a: \"\\q\"\nc: d\n",
        r#"{c: "d"}"#,
        &[
            "1 \"\\\"\" a backslash in double quotation marks begins an escape, and this is none; write `\\\\` or use single ones",
        ],
    );
    bad(
        "a: 'It's'\nc: d\n",
        r#"{c: "d"}"#,
        &[
            "1 \"s\" text after the closing quotation mark; an apostrophe in single quotation marks is written twice",
        ],
    );
    bad(
        "a: b\0\nc: d\n",
        r#"{c: "d"}"#,
        &["1 \"\\0\" a NUL character: the file is damaged here, or is no text file"],
    );
}

#[test]
fn a_broken_item_costs_itself() {
    bad(
        "- id: a\n- id: b\n\tname: B\n- id: c\n",
        r#"[{id: "a"}, {id: "c"}]"#,
        &["3 \"\\t\" a tab cannot indent YAML; use spaces"],
    );
    bad(
        "references:\n- id: a\n- id: b\n  title: \"B\n  URL: \"c\"\n- id: c\nnext: 1\n",
        r#"{references: [{id: "a"}, {id: "c"}], next: 1}"#,
        &["4 \"\\\"\" this quotation mark is never closed"],
    );
    bad(
        "references:\n  - id: a\n  - id: b: c\n  - {id: c\n  - id: d\n",
        r#"{references: [{id: "a"}, {id: "d"}]}"#,
        &[
            "3 \":\" a second colon followed by a space; put the value in quotation marks if the colon is part of it",
            "4 \"{\" `{` is never closed, or a comma is missing after it",
        ],
    );
    bad(
        "references:\n  - id: a\n - id: b\n",
        r#"{references: [{id: "a"}, {id: "b"}]}"#,
        &["3 \" - id: b\" this line is indented less than the list that it stands in"],
    );
}

#[test]
fn what_is_said_twice_counts_once() {
    bad("a: 1\nb: 2\na: 3\n", "{a: 1, b: 2}", &["3 \"a\" `a` is given twice; the first is used"]);
    bad("- {a: 1, \"a\": 3}", "[{a: 1}]", &["1 \"a\" `a` is given twice; the first is used"]);
    let many: String = (0..40).map(|n| format!("k{n}: {n}\n")).collect();
    let (_, problems) = read(&format!("{many}k3: 1\nk39: 1\n"));
    assert_eq!(problems.len(), 2, "{problems:?}");
    bad(
        "---\na: 1\n---\na: 2\n",
        "{a: 1}",
        &["3 \"---\" a second document begins here; only the first is read"],
    );
}

#[test]
fn aliases_stand_for_what_they_name() {
    good("a: &x [1, 2]\nb: *x\n", "{a: [1, 2], b: [1, 2]}");
    let text = "a: &x {k: v}\nb: *x\n";
    let parsed = parse_file(text);
    let root = parsed.root.expect("a tree");
    let copy = root.get("b").and_then(|b| b.get("k")).expect("the copy");
    assert_eq!(copy.span.of(text), "*x");
    bad("b: *x\n", "{b: ~}", &["1 \"*x\" `*x` stands for nothing: there is no `&x` before it"]);
    bad("a: &x [*x]\n", "{a: [~]}", &["1 \"*x\" `*x` stands for what it is part of"]);
    bad(
        "a: &x {k: v}\nb:\n  <<: *x\n  c: d\n",
        r#"{a: {k: "v"}, b: {c: "d"}}"#,
        &["3 \"<<\" `<<` does not bring in the fields of another mapping here; write them out"],
    );
    good("\"<<\": a", r#"{<<: "a"}"#);
    bad(
        "? [a]\n: b\nc: d\n",
        r#"{c: "d"}"#,
        &["1 \"[a]\" a key has to be a word or text in quotation marks; this is a list"],
    );
    // What is named in one entry may be meant in another, though the one between is broken.
    bad(
        "- &x a\n- [\n- *x\n",
        r#"["a", "a"]"#,
        &["2 \"[\" `[` is never closed, or a comma is missing after it"],
    );
}

#[test]
fn bombs_go_off_quietly() {
    let mut text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, before) in ('b'..='k').zip('a'..) {
        text += &format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 10].join(", "));
    }
    let (_, problems) = read(&text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("stand for too much"), "{problems:?}");

    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), vec!["*a"; 1000].join(", "));
    assert_eq!(read(&long).1.len(), 1);
}

#[test]
fn deep_nesting_costs_the_entry_that_it_stands_in() {
    let nested = |n: usize| (0..n).map(|level| format!("{}k:\n", " ".repeat(level + 1))).collect::<String>();
    for deep in [
        format!("a:\n{}b: 1\n", nested(10_000)),
        format!("a: {}\nb: 1\n", "[".repeat(100_000)),
        format!("a: {}{}\nb: 1\n", "[".repeat(100), "]".repeat(100)),
        format!("a: {}\nb: 1\n", "{k: ".repeat(100_000)),
        format!("a:\n  {}\nb: 1\n", "- ".repeat(100_000)),
    ] {
        let (tree, problems) = read(&deep);
        assert!(["{b: 1}", "{a: [], b: 1}"].contains(&tree.as_str()), "{tree}");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].ends_with("more than 64 deep here"), "{problems:?}");
    }
    let levels = format!("{}x{}", "[".repeat(64), "]".repeat(64));
    assert_eq!(read(&levels).1, Vec::<String>::new());
}

#[test]
fn texts_that_make_careless_readers_quadratic_are_read() {
    let lines = |line: &str| line.repeat(200_000 / line.len());
    for text in [
        lines("\""),
        lines("'"),
        lines("["),
        lines("]"),
        lines("{"),
        lines("- "),
        lines("? "),
        lines("a: \"\n"),
        lines("- \"\n"),
        lines("\t"),
        lines("a: &a *a\n"),
        lines("*a\n"),
        lines("&a "),
        lines("!"),
        lines("a: b: c\n"),
        lines("- a: b: c\n"),
        lines("---\n"),
        lines("%TAG ! x\n"),
        lines("#"),
        lines(" #\n"),
        lines("a:\n- [\n"),
        lines("a: |\n"),
        lines(": "),
        lines("\0"),
        lines("\u{feff}"),
        lines("a"),
        lines("é\n"),
        lines("- - [\n"),
        format!("a:\n{}", lines("- [\n")),
        format!("{}]", lines("[a, ")),
        lines("[a]: b\n"),
        lines("{a: b},"),
    ] {
        let _ = parse_file(&text);
    }
}

#[test]
fn a_large_mapping_is_no_slower_than_a_list() {
    let text: String = (0..50_000).map(|n| format!("key{n}: {n}\n")).collect();
    let parsed = parse_file(&text);
    assert!(
        matches!(parsed.root.map(|root| root.value), Some(Value::Mapping(fields)) if fields.len() == 50_000)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        read(&text);
    }

    #[test]
    fn anything_like_yaml_is_read(
        text in r#"((- |  |\t)?(a|b|"c"|'d|é|<<|\? ?x)?(: ?|:\n)?(&x |\*x|!!str )?([\[\]{}",'|>#@%0]|- |x y|---|\u{0}|\u{FEFF}|1.5|true)?(\n|\r\n|, )?){0,14}"#
    ) {
        read(&text);
    }

    #[test]
    fn a_part_is_read_where_it_stands(before in "[a-zé\n]{0,9}", text in "([a-c]: [a-cé\"]{0,3}\n){0,4}") {
        let whole = format!("{before}{text}after");
        let span = Span::new(before.len(), before.len() + text.len());
        let parsed = parse(&whole, span);
        check(&whole, span, parsed.root.as_ref(), &parsed.problems);
        let alone = parse_file(&text);
        prop_assert_eq!(parsed.root.as_ref().map(show), alone.root.as_ref().map(show));
        prop_assert_eq!(parsed.problems.len(), alone.problems.len());
    }
}
