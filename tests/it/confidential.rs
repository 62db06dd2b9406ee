//! Who is behind a source that is not on record, and who knows the name, is in no output.

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
