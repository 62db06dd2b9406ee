//! Hints beside the words: `tests/features/inlay_hints.md`. A cursor asks for all of its file.

use std::fmt::Write as _;

use newsmark::features::{self, InlaySettings};
use newsmark::text::Span;

use super::{check, facts, show};
use crate::fixture::{Files, Newsroom};

fn hints(room: &Newsroom, files: &Files, path: &str, _: usize) -> String {
    let (corpus, file) = (&room.corpus, facts(&room.corpus, path));
    let text = &files[path];
    let all = Span::new(0, text.len());
    let mut out = format!("{path}\n");
    for hint in features::inlay_hints(corpus, file, all, InlaySettings::default()) {
        let _ = writeln!(out, "  {} after {}", hint.label, show(text, hint.about));
        assert_eq!(hint.place.start, hint.about.end);
        let hover = features::hover(corpus, &room.config, file, text, hint.about.start.offset as usize);
        assert!(hover.is_some(), "there is more to be known of {}", hint.label);
    }
    out
}

#[test]
fn hints_are_those_of_the_fixture() {
    check("inlay_hints", hints);
}

const ARTICLE: &str = "---\ndate: 2026-03-11\nstatus: review\n---\n\n[[The Vale]] [x]{.quote verdict=false}[@a]\n\n[[The Vale]]\n";
const ENTITIES: &str = "- {id: kasra, name: Kasra, aliases: [The Vale]}\n";
const SOURCES: &str = "- {id: a, type: speech, issued: 2026-03-10, author: [{literal: Kasra}]}\n";

fn labels(range: Span, settings: InlaySettings) -> Vec<String> {
    let files = [("a.md", ARTICLE), ("entities.yaml", ENTITIES), ("sources.yaml", SOURCES)];
    let files: Files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    let room = Newsroom::new(&files);
    let hints = features::inlay_hints(&room.corpus, facts(&room.corpus, "a.md"), range, settings);
    hints.into_iter().map(|hint| hint.label).collect()
}

#[test]
fn each_kind_can_be_switched_off_alone() {
    let all = Span::new(0, ARTICLE.len());
    let on = InlaySettings::default();
    let told = |settings| labels(all, settings);
    assert_eq!(told(on), ["Kasra", "by Kasra · verdict: false · not checked", "Kasra, 2026-03-10", "Kasra"]);
    assert_eq!(
        told(InlaySettings { mentions: false, ..on }),
        ["by Kasra · verdict: false · not checked", "Kasra, 2026-03-10"]
    );
    assert_eq!(
        told(InlaySettings { citations: false, ..on }),
        ["Kasra", "by Kasra · verdict: false · not checked", "Kasra"]
    );
    assert_eq!(told(InlaySettings { speakers: false, ..on })[1], "verdict: false · not checked");
    assert_eq!(told(InlaySettings { verdicts: false, ..on })[1], "by Kasra · not checked");
    assert_eq!(told(InlaySettings { checks: false, ..on })[1], "by Kasra · verdict: false");
    let none =
        InlaySettings { citations: false, mentions: false, speakers: false, verdicts: false, checks: false };
    assert!(told(none).is_empty());
}

#[test]
fn only_what_is_in_the_range_is_told() {
    let last = ARTICLE.rfind("[[").expect("it is there");
    assert_eq!(labels(Span::new(last, ARTICLE.len()), InlaySettings::default()), ["Kasra"]);
    assert!(labels(Span::at(0), InlaySettings::default()).is_empty());
}
