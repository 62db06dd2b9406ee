use proptest::prelude::*;

use super::*;
use crate::data::testing::{check, show_problem};

/// Entries on one line each, and problems.
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let found = parse(text);
    check(text, Span::new(0, text.len()), None, &found.problems);
    for entry in &found.entries {
        assert!(text.get(entry.span.range()).is_some(), "{text:?}");
        assert!(entry.span.contains(entry.kind.span) && entry.span.contains(entry.key.span), "{text:?}");
        for field in &entry.fields {
            assert!(entry.span.contains(field.name.span) && entry.span.contains(field.span), "{text:?}");
            assert!(field.span.contains(field.content), "{text:?}");
            assert!(text.get(field.content.range()).is_some(), "{text:?}");
            for (name, _) in field.names() {
                assert!(
                    field.content.contains(name.span) && text.get(name.span.range()).is_some(),
                    "{text:?}"
                );
            }
        }
    }
    let entries = found.entries.iter().map(|entry| {
        let fields: Vec<_> = entry
            .fields
            .iter()
            .map(|field| format!("{}: {:?}", field.name.value, field.text().value))
            .collect();
        format!("{} {} {{{}}}", entry.kind.value, entry.key.value, fields.join(", "))
    });
    (entries.collect(), found.problems.iter().map(|problem| show_problem(text, problem)).collect())
}

#[track_caller]
fn check_read(text: &str, entries: &[&str], problems: &[&str]) {
    let (found, said) = read(text);
    assert_eq!(said, problems, "{text:?}");
    assert_eq!(found, entries, "{text:?}");
}

#[test]
fn entries_are_read() {
    check_read(
        "% a comment\n@Article{smith-2016:a,\n  Title = {The {BBC}},\n  year = 2016,\n  archive-url = \"https://x.org\", % why\n}\n",
        &[r#"article smith-2016:a {title: "The BBC", year: "2016", archive-url: "https://x.org"}"#],
        &[],
    );
    check_read(
        "\u{feff}@misc{a, title={x}}\r\n@misc{b, title={y}}@misc{a,}",
        &[r#"misc a {title: "x"}"#, r#"misc b {title: "y"}"#, "misc a {}"],
        &[],
    );
    check_read("mail me@example.org or @handle\n@misc{a,}", &["misc a {}"], &[]);
    check_read("", &[], &[]);
}

#[test]
fn macros_are_put_in() {
    check_read(
        "@string{wire = \"The Wire\", full = wire # { Service}}\n@preamble{\"x\"}\n@misc{a, publisher = full # \", London\", month = mar # \"~2\"}",
        &[r#"misc a {publisher: "The Wire Service, London", month: "mar 2"}"#],
        &[],
    );
    check_read(
        "@misc{a, publisher = Wire, year = 1}",
        &[r#"misc a {publisher: "Wire", year: "1"}"#],
        &["1 \"Wire\" no `@string` defines `Wire`; text stands in braces"],
    );
    let doubling: String = (1..60).map(|n| format!("@string{{m{n} = m{} # m{}}}\n", n - 1, n - 1)).collect();
    let text = format!("@string{{m0 = \"xxxxxxxx\"}}\n{doubling}@misc{{a, title = m59, note = {{n}}}}\n");
    let found = parse(&text);
    assert_eq!(found.entries.len(), 1);
    assert!(found.problems.iter().all(|problem| problem.message == "macros stand for too much here"));
}

#[test]
fn places_are_those_of_the_file() {
    let text = "@string{s={x}}\n\n@book{k1,\n title = {A \\'e},\n note = \"b\" ,\n year = 2016,\n publisher = s # { y}\n}\n";
    let found = parse(text);
    let entry = &found.entries[0];
    assert_eq!(entry.span.of(text), text[16..].trim_end());
    assert_eq!((entry.kind.span.of(text), entry.key.span.of(text)), ("book", "k1"));
    let places: Vec<_> = entry
        .fields
        .iter()
        .map(|field| (field.name.span.of(text), field.span.of(text), field.content.of(text)))
        .collect();
    assert_eq!(
        places,
        [
            ("title", "{A \\'e}", "A \\'e"),
            ("note", "\"b\"", "b"),
            ("year", "2016", "2016"),
            ("publisher", "s # { y}", "s # { y}")
        ]
    );
}

#[test]
fn names_are_split_outside_of_braces() {
    let text =
        r"@misc{a, author = {Okafor, Angela and {Marks and Spencer} and Łukasz van der Meer and {\'E}. {X}}}";
    let found = parse(text);
    let names = found.entries[0].get("author").expect("the field").names();
    let names: Vec<_> =
        names.iter().map(|(name, whole)| (name.value.as_str(), name.span.of(text), *whole)).collect();
    assert_eq!(
        names,
        [
            ("Okafor, Angela", "Okafor, Angela", false),
            ("Marks and Spencer", "{Marks and Spencer}", true),
            ("Łukasz van der Meer", "Łukasz van der Meer", false),
            ("É. X", r"{\'E}. {X}", false),
        ]
    );
}

#[test]
fn a_broken_entry_costs_itself() {
    let after = "\n@misc{z, year = 1}\n";
    let z = r#"misc z {year: "1"}"#;
    for (broken, problem) in [
        ("@article{half,\n title = {No", "1 \"@article{\" this entry is never closed; a `}` is missing"),
        ("@article{half,\n title = {No},\n", "1 \"@article{\" this entry is never closed; a `}` is missing"),
        ("@article{", "1 \"@article{\" this entry is never closed; a `}` is missing"),
        ("@article", "1 \"@article\" an entry begins with its type and key: `@article{key,`"),
        ("@article{half}", "1 \"\" a comma is missing here"),
        ("@article{half, title}", "1 \"\" `=` and a value are missing after this name"),
        (
            "@article{half, title = }",
            "1 \"}\" a value belongs here: text in braces or quotation marks, or a number",
        ),
        ("@article{half, title = {a}\n year = 1}", "1 \"\" a comma is missing here"),
        ("@article{half, = {a}}", "1 \"=\" the name of a field belongs here"),
        ("@article(half, title = {a})", "1 \"@article(\" entries in round brackets are not read; use braces"),
        (
            "@article{half, title = {a\0}}",
            "1 \"\\0\" a NUL character: the file is damaged here, or is no text file",
        ),
    ] {
        check_read(&format!("{broken}{after}"), &[z], &[problem]);
    }
    check_read(
        "@misc{a, title = {x}},\n year = {2016},\n}\n@misc{z, year = 1}",
        &[r#"misc a {title: "x"}"#, z],
        &["1 \"},\\n year\" the entry ends here, before this field; look for a `}` too many"],
    );
    check_read(
        "@misc{a, title = {x}, Title = {y}}",
        &[r#"misc a {title: "x"}"#],
        &["1 \"Title\" `title` is given twice; the first is used"],
    );
}

#[test]
fn comments_are_left_alone() {
    check_read("@comment{ @misc{a, title = {x}}\n@misc{b, year = 1} }\n@misc{z,}", &["misc z {}"], &[]);
    check_read("@Comment{jabref-meta: databaseType:biblatex;}\n@misc{z,}", &["misc z {}"], &[]);
    check_read("@comment{ never closed\n@misc{z,}", &["misc z {}"], &[]);
    check_read(
        "@misc{a, abstract = {He wrote:\n@ministry said no\n}}\n@misc{z,}",
        &[r#"misc a {abstract: "He wrote: @ministry said no"}"#, "misc z {}"],
        &[],
    );
}

#[test]
fn texts_that_make_careless_readers_quadratic_are_read() {
    let many = |piece: &str| piece.repeat(200_000 / piece.len());
    for text in [
        many("@"),
        many("@a"),
        many("@a{"),
        many("@a{\n"),
        many("\n@a{"),
        many("@comment{"),
        many("\n@comment{"),
        many("{"),
        many("}"),
        many("@a{b,c={"),
        many("\\"),
        many("@a \n"),
        many("@misc{a,}\n"),
        many("\""),
        many("é@"),
        many("@a{b,c=\"}"),
        format!("@a{{b, {}}}", many("c={x},")),
        format!("@a{{b, c={}}}", many("d # ")),
        format!("@a{{b, c={{{}}}}}", many("{a}")),
        format!("@a{{b, c={{{}}}}}", many("\\a{")),
        format!("@a{{b, c={{{}x{}}}}}", "{".repeat(50_000), "}".repeat(50_000)),
        format!("@a{{b, author={{{}}}}}", many("a and ")),
        many("@a{b}\n x = {y},\n"),
        many("@string{a = a # a}\n"),
        many("}@misc{"),
        many("@misc{a,}"),
    ] {
        for entry in &parse(&text).entries {
            for field in &entry.fields {
                let _ = (field.text(), field.names(), field.address());
            }
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
    fn anything_like_bibtex_is_read(
        text in r#"(@(misc|string|comment|preamble)?|[{}(),=#"%\\]|a|é|title ?= ?|\{x\}|"y"|1|mar| and |\n|\r\n|\u{0}| ){0,30}"#
    ) {
        read(&text);
    }
}
