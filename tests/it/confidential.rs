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
