//! Registries of every size and kind are read.

use std::fmt::Write;

use proptest::prelude::*;

use crate::registry::*;

/// Runs every reader.
fn read_all(text: &str) {
    let entities = [read_entities_yaml(text), read_entity_page(text, "stem"), read_entities_ftm(text)];
    let sources = [read_sources_csl_json(text), read_sources_csl_yaml(text), read_sources_bibtex(text)];
    let problems = entities.iter().flat_map(|read| &read.problems);
    for problem in problems.chain(sources.iter().flat_map(|read| &read.problems)) {
        assert!(text.get(problem.span.range()).is_some(), "{problem:?} in {text:?}");
    }
    for entity in entities.iter().flat_map(|read| &read.entries) {
        super::show_entity(text, entity);
    }
    for source in sources.iter().flat_map(|read| &read.entries) {
        super::show_source(text, source);
    }
}

#[test]
fn a_large_registry_is_read() {
    let mut yaml = String::new();
    for n in 0..20_000 {
        write!(
            yaml,
            "- id: entity-{n}\n  type: person\n  name: \"Person {n}\"\n  aliases: [P{n}, \"The {n}th\"]\n  summary: Somebody who has been counted, and more than once.\n  roles:\n  - {{title: clerk, of: entity-{}, from: 2016-03}}\n",
            n / 2
        )
        .expect("strings take text");
    }
    let read = read_entities_yaml(&yaml);
    assert_eq!((read.entries.len(), read.problems.len()), (20_000, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        read_all(&text);
    }

    #[test]
    fn anything_like_a_registry_is_read(
        text in r#"(---\n)?(references:\n|entities:\n)?((- |  )(id|type|aliases|roles|issued|author|custom|relays|terms|date-parts|entity|name): ?(a|é, b|\[a, \[1, 2\]\]|\{a: b\}|\{date-parts: \[\[2016, 13\]\]\}|\{terms: x, relays: "a, é"\}|"x\\ny, z"|\|\n    a, b)?\n){0,8}(---\n)?"#
    ) {
        read_all(&text);
    }

    #[test]
    fn anything_like_a_bibliography_is_read(
        text in r#"(@(misc|article)\{a,? ?((author|title|year|month|relays|terms|date) = (\{[aé ,\\'{}]{0,9}\}|"a and b"|mar|3),? ?){0,4}\}?\n){0,3}"#
    ) {
        read_all(&text);
    }
}
