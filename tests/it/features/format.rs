//! Formatting: `tests/features/format.md`, and what it never does.

use newsmark::features::format::{format, format_typed};
use newsmark::syntax::{self, AttributeKind, ProblemKind};
use newsmark::text::Span;
use proptest::prelude::*;

use super::{check, facts};
use crate::fixture::{Files, Newsroom};
use crate::parser;

fn apply(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = text.to_owned();
    let mut last = text.len();
    for (span, new) in edits.iter().rev() {
        assert!(span.end() <= last, "{edits:?} are not in order in {text:?}");
        assert_ne!(span.of(text), new, "an edit that changes nothing in {text:?}");
        out.replace_range(span.range(), new);
        last = span.start();
    }
    out
}

fn formatted(room: &Newsroom, files: &Files, path: &str, _: usize) -> String {
    assert!(facts(&room.corpus, path).article.is_some());
    let text = &files[path];
    let edits = format(text, None);
    format!("{path}, {} edits\n{}", edits.len(), apply(text, &edits).replace("\r\n", "\n"))
}

#[test]
fn annotations_are_written_as_the_fixture_shows() {
    check("format", formatted);
}

/// What is said, in other words than the formatter's own.
fn said(text: &str) -> (String, Vec<String>) {
    let article = syntax::parse(text);
    let mut said = Vec::new();
    for annotation in &article.annotations {
        let attributes = &annotation.attributes;
        let mut own: Vec<String> = attributes.classes().map(|(_, class)| format!(".{class}")).collect();
        own.sort();
        own.push(format!("{:?}", attributes.id().map(|id| &id.text)));
        let mut last: Vec<String> = attributes
            .items
            .iter()
            .filter(|item| item.kind == AttributeKind::Pair)
            .map(|item| item.name.of(text))
            .map(|key| format!("{key}={:?}", attributes.get(text, key).map(|item| &item.text)))
            .collect();
        last.sort();
        said.push(format!(
            "{:?} {:?} {own:?} {last:?} {}",
            annotation.carrier,
            annotation.parent,
            article.clean_text(annotation)
        ));
    }
    for citation in &article.citations {
        for item in &citation.items {
            let words = [item.prefix, item.key, item.suffix].map(|span| span.of(text));
            said.push(format!("{} {words:?}", citation.bare));
        }
    }
    said.extend(article.mentions.iter().map(|mention| mention.span.of(text).to_owned()));
    (article.plain.text, said)
}

fn check_any(text: &str) {
    let edits = format(text, None);
    let after = apply(text, &edits);
    let joins =
        syntax::parse(text).problems.iter().any(|problem| problem.kind == ProblemKind::AdjacentCitations);
    if !joins {
        assert_eq!(said(text), said(&after), "{text:?}\n{after:?}");
    }
    assert_eq!(format(&after, None), [], "once more, of {text:?}\n{after:?}");
    for (at, _) in text.match_indices('}') {
        let typed = format_typed(text, at + 1);
        assert_eq!(said(text), said(&apply(text, &typed)), "typed in {text:?}");
        for (span, _) in typed {
            assert!(span.end() <= at, "what comes after the cursor stays, in {text:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_but_the_writing_changes(text in parser::articles()) {
        check_any(&text);
    }

    #[test]
    fn any_text_is_formatted(text in parser::anything()) {
        check_any(&text);
    }

    #[test]
    fn any_attributes_are_put_in_order(text in parser::attributes()) {
        check_any(&text);
    }

    #[test]
    fn a_part_is_formatted_alone(text in parser::attributes(), from in 0..200_usize, length in 0..40_usize) {
        let from = from.min(text.len());
        let to = (from + length).min(text.len());
        prop_assume!(text.is_char_boundary(from) && text.is_char_boundary(to));
        let all = format(&text, None);
        for edit in format(&text, Some(Span::new(from, to))) {
            prop_assert!(all.contains(&edit), "{:?} is no part of {:?} in {:?}", edit, all, text);
        }
    }
}

#[test]
fn only_the_block_that_was_closed_is_put_in_order() {
    let text = "[a]{by=x .claim} [b]{on=2026 .quote} {by=x .claim} `{by=x .claim}`\n\n::: {by=x .claim}\n";
    let first = text.find('}').expect("there is one") + 1;
    let typed = format_typed(text, first);
    assert_eq!(apply(text, &typed), text.replacen("{by=x .claim}", "{.claim by=x}", 1));
    for at in (0..=text.len() + 2).filter(|at| *at != first) {
        let typed = format_typed(text, at);
        let is_second = text.get(..at).is_some_and(|before| before.ends_with(".quote}"));
        assert_eq!(!typed.is_empty(), is_second, "{at}");
    }
}
