//! Who is behind a source that is not on record, and who knows the name, is in no output.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::folder::Folder;

const ARTICLE: &str = "---\ntitle: T\ndate: 2026-03-11\nauthor: A. Desk\n---\n\n\
    [The road is closed]{.claim}[@tip; @gone; @half].\n";

/// Sources that protect a name, each with a fault that something is found in.
const REGISTRIES: &[(&str, &str)] = &[
    (
        "references.json",
        "[{\"id\": \"tip\", \"type\": \"interview\", \"author\": [{\"literal\": \"Secret Name\"}], \"custom\": \
         {\"terms\": \"anonymous\", \"known-to\": \"Editor Edith\", \"issuer\": \"Secret Name\", \"standing\": \
         \"retracted\", \"snapshot\": \"Secret-Name.txt\"}}, {\"id\": \"tip\", \"type\": \"interview\"}]\n",
    ),
    (
        "more.bib",
        "@misc{gone, author = {{Secret Name}}, terms = {off-record}, known-to = {Editor Edith}, standing = \
         {superseded}, superseded-by = {secretname}}\n",
    ),
    (
        "sources.yaml",
        "- id: half\n  type: interview\n  author: [{literal: Secret Name}]\n  custom:\n    terms: background\n    \
         known-to: Editor Edith\n    issuer: Secret Name\n    standing-date: Secret Name\n    relays: [secret-name]\n",
    ),
];

/// Articles that name such a source, in findings of all kinds.
const NAMING: &[(&str, &str)] = &[
    (
        "a.md",
        "---\ntitle: What Hidden Person saw\ndate: 2026-03-11\nauthor: A. Desk\n---\n\n\
         [Nobody paid, said Hidden Person]{.claim by=\"Hidden Person\"}. See [[Hidden Person]] and\n\
         [[Hidden Persan]], [b](hidden.md), said *Hidden* Person [@tip; @tpi].\n\n\
         [Nobody [paid]{.quote answers=#x}]{.claim by=hidden-person}[@tip].\n",
    ),
    ("b.md", "---\ndate: 2026-03-11\nauthor: A. Desk\n---\n\n[It]{.claim} was Person, Hidden [@nobody].\n"),
    ("entities.yaml", "- {id: hidden-person, type: person, aliases: [Hidden Person]}\n"),
    (
        "sources.yaml",
        "- id: tip\n  type: interview\n  author: [{given: Hidden, family: Person}]\n  custom: {terms: anonymous}\n",
    ),
];

#[test]
fn no_output_repeats_the_name_where_it_stands_in_an_article() {
    // Known to a registry, and to nobody: then an article that does not cite it is no better.
    for known in [true, false] {
        let files: Vec<(&str, &str)> =
            NAMING.iter().filter(|(path, _)| known || *path != "entities.yaml").copied().collect();
        let folder = Folder::new(&files);
        for arguments in [&["check"][..], &["check", "--format", "json"], &["check", "--profile", "publish"]]
        {
            let run = folder.run(arguments);
            assert_eq!(run.status, 1, "{run:?}");
            assert!(run.out.contains("protected-source-named"), "{}", run.out);
            for words in ["Hidden Person", "Hidden* Person", "Person, Hidden"] {
                assert!(
                    known && words == "Person, Hidden" || !run.out.contains(words),
                    "`{words}`:\n{}",
                    run.out
                );
                assert!(!run.err.contains(words), "`{words}`:\n{}", run.err);
            }
            assert!(!known || !run.out.contains("hidden-person"), "{}", run.out);
        }
    }
}

#[test]
fn no_output_names_a_source_that_is_not_on_record() {
    let mut files = vec![("a.md", ARTICLE)];
    files.extend(REGISTRIES);
    let folder = Folder::new(&files);
    for arguments in [&["check"][..], &["check", "--format", "json"], &["check", "--profile", "publish"]] {
        let run = folder.run(arguments);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(run.out.contains("tip"), "the key itself may be said: {}", run.out);
        for words in ["Secret", "secret", "Edith"] {
            assert!(!run.out.contains(words), "`{words}` is printed:\n{}", run.out);
            assert!(!run.err.contains(words), "`{words}` is printed:\n{}", run.err);
        }
    }
}

/// Entries of sources that are not on record, none of which can be read.
const BROKEN: &[(&str, &str)] = &[
    (
        "sources.yaml",
        "- id: tip\n  type: interview\n  author: [{literal: \"Secret Name}]\n  custom: {terms: anonymous}\n",
    ),
    (
        "sources.yaml",
        "- {id: tip, author: [{literal: Secret Name}], custom: {terms: anonymous}\n- {id: b, title: Open}\n",
    ),
    (
        "sources.yaml",
        "- {id: b, title: Open}\n- id: tip\n  custom: {known-to: Edith]\n  author: *Secret Name\n",
    ),
    (
        "sources.yaml",
        "- type: interview\n  author: [{literal: Secret Name}]\n  custom: {terms: background}\n",
    ),
    (
        "references.json",
        "[{\"id\": \"tip\" \"author\": [{\"literal\": \"Secret Name\"}], \"custom\": {\"terms\": \"anonymous\"}}]\n",
    ),
    (
        "references.json",
        "[{\"id\": \"tip\", \"author\": \"Secret Name, \"custom\": {\"terms\": \"anonymous\"}}\n",
    ),
    ("references.bib", "@misc{tip, author = {Secret Name, terms = {anonymous}\n"),
    ("references.bib", "@misc{tip, author = Secret Name, terms = {off-record}}\n"),
    (
        "b.md",
        "---\ndate: 2026-03-11\nreferences:\n- id: tip\n  author: [{literal: \"Secret Name}]\n  custom: {terms: anonymous}\n---\n",
    ),
    (
        "b.md",
        "---\ndate: 2026-03-11\nreferences:\n- {id: tip, author: [{literal: Secret Name}], custom: {terms: anonymous}\n---\n",
    ),
];

#[test]
fn an_entry_that_cannot_be_read_and_may_be_of_such_a_source_is_not_shown() {
    for (path, text) in BROKEN {
        let folder = Folder::new(&[("a.md", ARTICLE), (path, text)]);
        for arguments in [&["check"][..], &["check", "--format", "json"], &["check", "--profile", "publish"]]
        {
            let run = folder.run(arguments);
            assert!(run.out.contains("invalid-"), "{text}:\n{}", run.out);
            for words in ["Secret", "Edith"] {
                assert!(
                    !run.out.contains(words) && !run.err.contains(words),
                    "{text}:\n{}{}",
                    run.out,
                    run.err
                );
            }
        }
    }
    // Any other is shown, so that it can be mended.
    let folder = Folder::new(&[("a.md", ARTICLE), ("sources.yaml", "- id: log\n  title: \"Open Words\n")]);
    let run = folder.run(&["check"]);
    assert!(run.out.contains("Open Words"), "{}", run.out);
}

#[test]
fn nobody_is_helped_to_write_the_name() {
    let mut files = NAMING.to_vec();
    files[0] = (
        "a.md",
        "---\ndate: 2026-03-11\n---\n\n[It]{.claim by=hidden-persan}[@tip], said [[Hidden Persan]].\n",
    );
    let folder = Folder::new(&files);
    let run = folder.run(&["check"]);
    assert!(run.out.contains("undefined-entity"), "{}", run.out);
    assert!(!run.out.contains("did you mean"), "{}", run.out);
    let run = folder.run(&["trace", "hidden-persan"]);
    assert!(!run.err.contains("hidden-person") && !run.err.contains("Hidden Person"), "{}", run.err);
}

/// Where a name may stand: `NAME` as it is said, `SLUG` as in an address.
const PLACES: &[&str] = &[
    "It fell, said NAME.",
    "# What NAME saw",
    "It fell, said **Hidden** Person.",
    "See [the list](https://example.org/l.pdf \"By NAME\").",
    "![A crane](https://example.org/c.png 'NAME'){credit=\"NAME\"}",
    "![NAME](https://example.org/SLUG.png)",
    "See [it](SLUG.md) and [this](#SLUG).",
    "It fell. <!-- NAME told us -->",
    "<!-- NAME\nand others -->",
    "It is in `NAME.txt`.",
    "```\nFrom: NAME\n```",
    "    From: NAME",
    "[It fell]{.claim #SLUG}[@tip, told by NAME]. [It fell]{.claim #SLUG}.",
    "[NAME fell]{.claim by=\"NAME\" as=\"NAME\" original=\"NAME\"}[@nobody].",
    "[It]{.claim answers=#SLUG via=\"NAME\"} [[NAME]] [[SLUG|she]] [[NAME|a docker]] [[x|NAME]]",
    "[It is]{.clam odd=\"NAME\"} [NAME]{.claim by=}",
    "It fell.[^SLUG]\n\n[^SLUG]: NAME.",
    "> NAME\n> said so.",
    "| who | when |\n| --- | --- |\n| NAME | [3]{.figure by=\"NAME\"} |",
    "<p title=\"NAME\">It <b>fell</b>.</p>",
    "<p>It was <b>Hidden</b> Person.</p>",
    "See https://example.org/people/SLUG or <https://example.org/SLUG>.",
    "See [it][1].\n\n[1]: https://example.org/Hidden%20Person",
    "::: {.claim by=\"NAME\"}\nNAME said so [@tpi].\n:::",
    "It fell [see NAME, @tip, and NAME].",
    "$NAME$ [“Nobody came and NAME went”]{.quote} [@tip",
];

/// Values in front matter that may hold it.
const FIELDS: &[&str] = &[
    "title: What NAME saw",
    "title: [NAME]",
    "tags: [NAME, cranes]",
    "entities: {the docker: SLUG}",
    "note: \"by Hidden\\u0020Person\"",
    "dateline: NAME",
    "slug: SLUG",
    "status: NAME",
    "corrections: [{date: NAME, text: NAME}]",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Wherever the name stands it is found, and printed nowhere.
    #[test]
    fn a_name_is_found_wherever_it_stands_and_printed_nowhere(
        places in subsequence(PLACES, 0..6).prop_shuffle(),
        fields in subsequence(FIELDS, 0..3),
        last in select(PLACES),
        cited in any::<bool>(),
        known in any::<bool>(),
    ) {
        let body = places.iter().chain([&last]).copied().collect::<Vec<_>>().join("\n\n");
        let cites = if cited { "\n\nIt fell [@tip].\n" } else { "\n" };
        let article = format!("---\ndate: 2026-03-11\n{}\n---\n\n{body}{cites}", fields.join("\n"));
        let article = article.replace("NAME", "Hidden Person").replace("SLUG", "hidden-person");
        let mut files = vec![("a.md", &*article), ("sources.yaml", NAMING[3].1)];
        // Who is known may be named where the source is not cited.
        if known && cited {
            files.push(NAMING[2]);
        }
        let folder = Folder::new(&files);
        for arguments in [
            &["check"][..],
            &["check", "--format", "json"],
            &["check", "--profile", "publish"],
            &["parse", "a.md"],
            &["trace", "tip"],
            &["trace", "--format", "json", "a.md"],
        ] {
            let run = folder.run(arguments);
            if arguments[0] == "check" {
                prop_assert!(run.out.contains("protected-source-named"), "{article}\n{}", run.out);
            }
            for words in ["Hidden Person", "hidden-person", "Hidden* Person", "Hidden%20Person", "Hidden</b>"] {
                prop_assert!(!run.out.contains(words), "{arguments:?}\n{article}\n{}", run.out);
                prop_assert!(!run.err.contains(words), "{arguments:?}\n{article}\n{}", run.err);
            }
        }
    }
}
