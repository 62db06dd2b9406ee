//! `newsmark trace`: where something comes from, and what rests on it.

use expect_test::expect;

use crate::folder::Folder;

fn newsroom() -> Folder {
    Folder::new(&[
        ("newsmark.toml", ""),
        (
            "sources.yaml",
            "- {id: statement, type: speech, title: Daily statement, custom: {issuer: ministry}}\n\
             - {id: nwire, type: article-newspaper, title: Mast sound, custom: {issuer: agency, relays: [statement], standing: retracted, standing-date: 2026-03-12}}\n\
             - {id: radio, type: broadcast, custom: {relays: [nwire, statement]}}\n\
             - {id: our-mast, type: article-newspaper, custom: {article: mast}}\n\
             - {id: tip, type: interview, author: [{literal: A. Secret}], custom: {relays: [statement], terms: anonymous, known-to: B. Editor}}\n\
             - {id: ring, type: report, custom: {relays: [ring]}}\n",
        ),
        (
            "entities.yaml",
            "- {id: state, type: organisation, name: The state}\n\
             - {id: ministry, type: organisation, name: The ministry, aliases: [Double], part-of: [state]}\n\
             - {id: agency, type: organisation, name: NWire, aliases: [Double]}\n",
        ),
        (
            "2026/03/mast.md",
            "---\ntitle: The mast\ndate: 2026-03-11\n---\n[It is sound]{.claim #sound by=ministry}[@nwire]. Heard [@tip].\n",
        ),
        (
            "2026/04/later.md",
            "---\ndate: 2026-04-01\n---\n[It was sound]{.claim #was repeats=\"mast#sound\"}[@our-mast]. [Not so]{.claim disputes=\"mast#sound\"}[@radio].\n",
        ),
    ])
}

fn shown(args: &[&str]) -> String {
    let run = newsroom().run(&[&["trace"], args].concat());
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.err);
    run.out
}

#[test]
fn what_rests_on_a_source_after_its_retraction() {
    expect![[r#"
        nwire · “Mast sound” · retracted 2026-03-12
        sources.yaml:2:8

        what it rests on
          ├─ issued by agency · NWire
          └─ relays statement · “Daily statement” (origin)
             └─ issued by ministry · The ministry

        what rests on it
          ├─ relayed by radio
          │  └─ cited in 2026/04/later.md (2026-04-01)
          └─ cited in 2026/03/mast.md · The mast (2026-03-11)
             ├─ for the claim mast#sound · “It is sound” (2026-03-11)
             │  ├─ repeated by later#was · “It was sound” (2026-04-01)
             │  └─ disputed by later, line 4 (2026-04-01)
             └─ is the source our-mast
                └─ cited in 2026/04/later.md (2026-04-01)
                   └─ for the claim later#was · “It was sound” (2026-04-01) (see above)

        in all: 2 sources, 2 articles, 3 claims
    "#]]
    .assert_eq(&shown(&["nwire"]));
}

#[test]
fn a_claim_an_entity_and_an_article() {
    expect![[r#"
        mast#sound · “It is sound” (2026-03-11)
        2026/03/mast.md:5:1

        what it rests on
          ├─ said by ministry · The ministry
          └─ cites nwire · “Mast sound” · retracted 2026-03-12
             ├─ issued by agency · NWire
             └─ relays statement · “Daily statement” (origin)
                └─ issued by ministry · The ministry
    "#]]
    .assert_eq(&shown(&["mast#sound", "--up"]));
    expect![[r#"
        mast#sound · “It is sound” (2026-03-11)
        2026/03/mast.md:5:1

        what rests on it
          ├─ repeated by later#was · “It was sound” (2026-04-01)
          └─ disputed by later, line 4 (2026-04-01)

        in all: 2 claims
    "#]]
    .assert_eq(&shown(&["2026/03/mast#sound", "--down"]));
    expect![[r#"
        ministry · The ministry
        entities.yaml:2:8

        what it rests on
          └─ part of state · The state

        what rests on it
          └─ issued statement · “Daily statement” (origin)
             ├─ relayed by nwire · “Mast sound” · retracted 2026-03-12
             │  ├─ relayed by radio
             │  │  └─ cited in 2026/04/later.md (2026-04-01)
             │  └─ cited in 2026/03/mast.md · The mast (2026-03-11)
             │     ├─ for the claim mast#sound · “It is sound” (2026-03-11)
             │     │  ├─ repeated by later#was · “It was sound” (2026-04-01)
             │     │  └─ disputed by later, line 4 (2026-04-01)
             │     └─ is the source our-mast
             │        └─ cited in 2026/04/later.md (2026-04-01)
             │           └─ for the claim later#was · “It was sound” (2026-04-01) (see above)
             └─ relayed by radio (see above)

        in all: 4 sources, 2 articles, 3 claims
    "#]]
    .assert_eq(&shown(&["the MINISTRY"]));
    expect![[r#"
        2026/04/later.md (2026-04-01)
        2026/04/later.md:1:1

        what it rests on
          ├─ cites our-mast
          │  └─ is the article 2026/03/mast.md · The mast (2026-03-11)
          │     ├─ cites nwire · “Mast sound” · retracted 2026-03-12
          │     │  ├─ issued by agency · NWire
          │     │  └─ relays statement · “Daily statement” (origin)
          │     │     └─ issued by ministry · The ministry
          │     └─ cites tip · not on record
          └─ cites radio
             ├─ relays nwire · “Mast sound” · retracted 2026-03-12 (see above)
             └─ relays statement · “Daily statement” (origin) (see above)

        ring · rests on itself
        sources.yaml:6:8

        what it rests on
          └─ relays ring · rests on itself (see above)
    "#]]
    .assert_eq(&shown(&["later.md", "ring", "--up"]));
}

#[test]
fn nothing_of_a_source_that_is_not_on_record_is_shown() {
    let out = shown(&["tip"]) + &shown(&["tip", "--format", "json"]) + &shown(&["statement"]);
    assert!(!out.contains("Secret") && !out.contains("Editor"), "{out}");
    expect![[r#"
        tip · not on record
        sources.yaml:5:8

        what it rests on
          nothing that is known

        what rests on it
          └─ cited in 2026/03/mast.md · The mast (2026-03-11)
             └─ is the source our-mast
                └─ cited in 2026/04/later.md (2026-04-01)
                   └─ for the claim later#was · “It was sound” (2026-04-01)

        in all: 1 source, 2 articles, 1 claim
    "#]]
    .assert_eq(&shown(&["tip"]));
}

#[test]
fn for_programs() {
    let schema = include_str!("../../docs/schemas/trace.schema.json");
    let schema = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    for args in
        [&["nwire"][..], &["mast#sound"], &["state"], &["ring"], &["mast", "--up"], &["tip", "--down"]]
    {
        let run = newsroom().run(&[&["trace", "--format", "json"], args].concat());
        for line in run.out.lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
            validator.validate(&value).unwrap_or_else(|error| panic!("{error}: {value:#}"));
        }
        assert_eq!(run.out.lines().count(), 1, "one object for each name");
    }
}

#[test]
fn what_is_not_there_is_said() {
    let run = |name: &str| {
        let run = newsroom().run(&["trace", name]);
        assert_eq!((run.status, run.out.as_str()), (2, ""));
        run.err
    };
    expect![[r#"
        error: no source, entity or article goes by `nwyre`: did you mean `nwire`?
    "#]]
    .assert_eq(&run("nwyre"));
    expect![[r#"
        error: no source, entity or article goes by `@ministry`: did you mean `ministry`?
    "#]]
    .assert_eq(&run("@ministry"));
    expect![[r#"
        error: no source, entity or article goes by `[[radio]]`: did you mean `radio`?
    "#]]
    .assert_eq(&run("[[radio]]"));
    expect![[r#"
        error: `Double` may be any of ministry, agency: name the one that is meant
    "#]]
    .assert_eq(&run("Double"));
    expect![[r#"
        error: 2026/03/mast.md has no claim `#loud`
    "#]]
    .assert_eq(&run("mast#loud"));
    expect![[r#"
        error: no source, entity or article goes by `mask#sound`
    "#]]
    .assert_eq(&run("mask#sound"));
}
