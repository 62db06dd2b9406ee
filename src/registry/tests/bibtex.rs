use crate::registry::read_sources_bibtex;

use super::check_sources;

#[track_caller]
fn check(text: &str, entries: &[&str], problems: &[&str]) {
    check_sources(text, &read_sources_bibtex(text), entries, problems);
}

#[test]
fn every_field_is_read() {
    check(
        r#"@online{wire-0311,
  title = {Ministry: {NATO} says ``no''}, subtitle = {Again},
  author = {van der Meer, Jan and {The Wire} and Łukasz Núñez and Reuters and others},
  editor = "Smith, Jr, Jo",
  publisher = {P}, journaltitle = {C},
  date = {2026-03-11}, urldate = {2026-03-12},
  url = {https://example.org/~x_y--z}, doi = {10.1/x},
  pages = {3--4}, pagetotal = {12}, medium = {video}, runtime = {12 min}, langid = {english},
  issuer = {northland-mod}, relays = {nmod-0311, other}, article = {desert-camp-aid},
  terms = {anonymous}, anonymity-reason = {fear}, known-to = {J. Doe},
  standing = {superseded}, standingdate = {2026-03-13}, standing-note = {withdrawn}, supersededby = {wire-0312},
  snapshot = {snapshots/wire_0311.txt}, archiveurl = {https://archive.example/x},
  abstract = {left alone}
}"#,
        &[
            "wire-0311 kind=webpage title=Ministry: NATO says “no”: Again publisher=P container=C issued=2026-03-11 \
            accessed=2026-03-12 url=https://example.org/~x_y--z doi=10.1/x pages=3–4 number-of-pages=12 medium=video \
            dimensions=12 min language=english issuer=northland-mod article=desert-camp-aid anonymity-reason=fear \
            known-to=J. Doe standing-date=2026-03-13 standing-note=withdrawn superseded-by=wire-0312 \
            snapshot=snapshots/wire_0311.txt archive-url=https://archive.example/x author=Jan van der Meer \
            author=The Wire author=Łukasz Núñez author=Reuters editor=Jo Smith Jr relays=nmod-0311 relays=other \
            terms=anonymous standing=superseded",
        ],
        &[],
    );
}

#[test]
fn types_are_those_of_csl() {
    for (entry, kind) in [
        ("@book{a,}", "book"),
        ("@ARTICLE{a,}", "article-journal"),
        ("@article{a, entrysubtype = {newspaper}}", "article-newspaper"),
        ("@online{a,}", "webpage"),
        ("@inproceedings{a,}", "paper-conference"),
        ("@techreport{a,}", "report"),
        ("@phdthesis{a,}", "thesis"),
        ("@misc{a,}", "document"),
        ("@jurisdiction{a,}", "legal_case"),
        ("@video{a,}", "motion_picture"),
        ("@interview{a,}", "interview"),
        ("@hearing{a,}", "hearing"),
    ] {
        let read = read_sources_bibtex(entry);
        assert_eq!(read.entries[0].kind.as_ref().map(|kind| kind.as_str()), Some(kind), "{entry}");
    }
    check("@xdata{a, title = {x}}\n@misc{b,}", &["b kind=document"], &[]);
}

#[test]
fn dates_become_edtf() {
    for (fields, edtf) in [
        ("date = {2016-03-02/2016-03-05}", "2016-03-02/2016-03-05"),
        ("year = 2016", "2016"),
        ("year = {2016}, month = {3}, day = {2}", "2016-03-02"),
        ("year = {2016}, month = mar, day = 2", "2016-03-02"),
        ("year = {2016}, month = mar # \"~2\"", "2016-03-02"),
        ("year = {2016}, month = {September}", "2016-09"),
        ("year = {2016}, month = {Spring}", "2016"),
        ("year = {in press}", "in press"),
    ] {
        let text = format!("@misc{{a, {fields}}}");
        check(&text, &[&format!("a kind=document issued={edtf}")], &[]);
    }
}

#[test]
fn bad_input_costs_the_entry_that_it_stands_in() {
    check(
        "\u{feff}@book{a, title = {A}}\r\n@book{half,\r\n  title = {Cut o\r\n@book{b, title = {B}}\r\n",
        &["a kind=book title=A", "b kind=book title=B"],
        &["2 \"@book{\" this entry is never closed; a `}` is missing"],
    );
    check(
        "@book{a, terms = {secret}}\n@book{, title = {x}}",
        &["a kind=book"],
        &[
            "1 \"secret\" `terms` is one of `on-record`, `background`, `deep-background`, `off-record` or `anonymous`",
            "2 \"book\" a source needs a key to be cited by; this one is left out",
        ],
    );
    check("@book{a,}\n@book{a,}", &["a kind=book", "a kind=book"], &[]);
    check(
        "@book{a, title = {x\0}}\n@book{b,}",
        &["b kind=book"],
        &["1 \"\\0\" a NUL character: the file is damaged here, or is no text file"],
    );
}
