use crate::data::yaml;
use crate::registry::{read_references, read_sources_csl_json, read_sources_csl_yaml};

use super::check_sources;

#[track_caller]
fn yaml(text: &str, entries: &[&str], problems: &[&str]) {
    check_sources(text, &read_sources_csl_yaml(text), entries, problems);
}

#[track_caller]
fn json(text: &str, entries: &[&str], problems: &[&str]) {
    check_sources(text, &read_sources_csl_json(text), entries, problems);
}

const FULL: &str = r#"- id: wire-0311
  type: article-newspaper
  title: "Ministry: no"
  author:
  - {family: Meer, non-dropping-particle: van der, given: Jan, suffix: Jr}
  - literal: The Wire
  editor: Jo Smith
  publisher: P
  container-title: C
  issued: 2026-03-11
  accessed: {date-parts: [[2026, 3, 12]]}
  URL: https://example.org/x
  DOI: 10.1/x
  page: 3-4
  number-of-pages: 12
  medium: video
  dimensions: 00:12:31
  language: en
  abstract: left alone
  custom:
    issuer: northland-mod
    relays: [nmod-0311, other]
    article: desert-camp-aid
    terms: anonymous
    anonymity-reason: fear
    known-to: J. Doe
    standing: superseded
    standing-date: 2026-03-13
    standing-note: withdrawn
    superseded-by: wire-0312
    snapshot: snapshots/wire-0311.txt
    archive-url: https://archive.example/x
"#;

const FULL_READ: &str = "wire-0311 kind=article-newspaper title=Ministry: no publisher=P container=C issued=2026-03-11 \
    accessed=2026-03-12 url=https://example.org/x doi=10.1/x pages=3-4 number-of-pages=12 medium=video \
    dimensions=00:12:31 language=en issuer=northland-mod article=desert-camp-aid anonymity-reason=fear \
    known-to=J. Doe standing-date=2026-03-13 standing-note=withdrawn superseded-by=wire-0312 \
    snapshot=snapshots/wire-0311.txt archive-url=https://archive.example/x author=Jan van der Meer Jr \
    author=The Wire editor=Jo Smith relays=nmod-0311 relays=other terms=anonymous standing=superseded";

#[test]
fn every_field_is_read() {
    yaml(FULL, &[FULL_READ], &[]);
    yaml(&format!("\u{feff}---\nreferences:\n{FULL}...\n"), &[FULL_READ], &[]);
    yaml(&FULL.replace('\n', "\r\n"), &[FULL_READ], &[]);
    json(
        r#"[{"id": "a", "type": "webpage", "author": [{"family": "F", "given": "G"}], "issued": {"date-parts": [[2000]]},
            "URL": "u", "custom": {"relays": "b, c", "terms": "on record"}}, {"id": 12}]"#,
        &["a kind=webpage issued=2000 url=u author=G F relays=b relays=c terms=on-record", "12"],
        &[],
    );
    json("[]", &[], &[]);
    yaml("", &[], &[]);
    yaml("references: []\n", &[], &[]);
}

#[test]
fn dates_become_edtf() {
    for (date, edtf) in [
        ("2016-03-02", "2016-03-02"),
        ("2016", "2016"),
        ("circa 1900", "circa 1900"),
        ("{date-parts: [[2016, 3, 2]]}", "2016-03-02"),
        ("{date-parts: [['2016', '03']]}", "2016-03"),
        ("{date-parts: [[2016, 3], [2016, 4, 1]]}", "2016-03/2016-04-01"),
        ("{date-parts: [[2016], [0]]}", "2016/.."),
        ("{date-parts: [[2016]], season: 2}", "2016-22"),
        ("{date-parts: [[2016, 13]]}", "2016-21"),
        ("{date-parts: [[2016, 5]], circa: true}", "2016-05~"),
        ("{date-parts: [[-44, 3, 15]]}", "-0044-03-15"),
        ("{date-parts: [[2016, '']]}", "2016"),
        ("[[2016, 3]]", "2016-03"),
        ("{raw: 3 March 2016}", "3 March 2016"),
        ("{literal: in press}", "in press"),
        ("{year: 2016, month: March, day: 2}", "2016-03-02"),
        ("[{year: 2016, month: 3}, {year: 2017}]", "2016-03/2017"),
        ("[{year: 2016, season: 1}]", "2016-21"),
    ] {
        yaml(&format!("- id: a\n  issued: {date}\n"), &[&format!("a issued={edtf}")], &[]);
    }
    for date in ["{date-parts: [[2016, 17]]}", "{date-parts: [[x]]}", "{date-parts: [[2016, 3, 32]]}"] {
        let read = read_sources_csl_yaml(&format!("- id: a\n  issued: {date}\n"));
        assert_eq!(read.entries[0].issued, None, "{date}");
        assert_eq!(read.problems.len(), 1, "{date}");
        assert_eq!(read.problems[0].message, "`issued` is a date, as in `2016-03-02`; this is none");
    }
    yaml(
        "- id: a\n  issued: {}\n  accessed: {date-parts: []}\n",
        &["a"],
        &["2 \"{}\" `issued` is a date, as in `2016-03-02`; this is none"],
    );
}

#[test]
fn what_is_wrong_costs_no_more_than_it_must() {
    yaml(
        "- title: A\n- id: b\n",
        &["b"],
        &["1 \"title\" a source needs an `id` to be cited by; this one is left out"],
    );
    yaml("- a\n- id: b\n-\n", &["b"], &["1 \"a\" a source has fields, `id: …`; this is text"]);
    yaml("x: y\n", &[], &["1 \"x\" a bibliography is a list, `- id: …`; this is a mapping"]);
    json("{\"references\": 1}", &[], &["1 \"1\" a bibliography is a list, `- id: …`; this is a number"]);
    yaml(
        "- id: a\n  title: {x: y}\n  author: [[b]]\n",
        &["a"],
        &[
            "2 \"x\" `title` is a single value; this is a mapping",
            "3 \"b\" `author` is a list of names; this is a list in it",
        ],
    );
    yaml(
        "- id: a\n  custom: {terms: secret, standing: gone, isuer: b, relays: {c: d}}\n",
        &["a"],
        &[
            "2 \"secret\" `terms` is one of `on-record`, `background`, `deep-background`, `off-record` or `anonymous`",
            "2 \"gone\" `standing` is one of `current`, `corrected`, `superseded` or `retracted`",
            "2 \"isuer\" `custom` has no field `isuer`; did you mean `issuer`?",
            "2 \"c\" `relays` is a list of sources; this is a mapping",
        ],
    );
    yaml(
        "- id: a\n  custom: [b]\n",
        &["a"],
        &["2 \"b\" `custom` holds fields, `custom: {issuer: …}`; this is a list"],
    );
    yaml(
        "- id: a\n  title: b\n  title: c\n- id: a\n",
        &["a title=b", "a"],
        &["3 \"title\" `title` is given twice; the first is used"],
    );
}

#[test]
fn bad_input_costs_the_entry_that_it_stands_in() {
    json(
        "[{\"id\": \"a\", \"title\": \"b\",}, {\"id\": \"c\"},]",
        &["a title=b", "c"],
        &["1 \",\" a comma is left over before `}`", "1 \",\" a comma is left over before `]`"],
    );
    json(
        "\u{feff}[\r\n {\"id\": \"a\", \"title\": \"b},\r\n {\"id\": \"c\"}\r\n]",
        &["c"],
        &["2 \"\\\"\" this quotation mark is never closed"],
    );
    yaml(
        "references:\n- id: a\n  title: \"b\n- id: c\n",
        &["c"],
        &["3 \"\\\"\" this quotation mark is never closed"],
    );
    let bomb = "references:\n- &a [x,x,x,x,x,x,x,x,x,x]\n- &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n- &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n- &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n- &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n- &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n- id: z\n";
    let read = read_sources_csl_yaml(bomb);
    assert_eq!(read.entries.len(), 1);
    assert_eq!(
        read.problems.iter().filter(|problem| problem.message.contains("stand for too much")).count(),
        1
    );
}

#[test]
fn an_article_has_references_of_its_own() {
    let text = "---\ntitle: T\nreferences:\n- id: a\n  title: b\n- c\n---\n";
    let parsed = yaml::parse(text, crate::text::Span::new(4, text.len() - 4));
    let root = parsed.root.expect("a tree");
    let read = read_references(text, root.get("references").expect("the list"));
    check_sources(text, &read, &["a title=b"], &["6 \"c\" a source has fields, `id: …`; this is text"]);
}
