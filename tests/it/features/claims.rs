//! What is listed of the claims of an article: `tests/features/claims.md`. A cursor asks for all
//! of its file.

use std::fmt::Write as _;

use newsmark::features::claims::{self, ClaimSpeaker};

use super::{check, facts, show};
use crate::fixture::{Files, Newsroom};

fn listed(room: &Newsroom, files: &Files, path: &str, _: usize) -> String {
    let (corpus, file, text) = (&room.corpus, facts(&room.corpus, path), &files[path]);
    let shield = corpus.shield(file);
    let words = claims::words(text, &shield);
    let mut out = format!("{path}: {}\n", claims::title(corpus, file));
    for (number, status) in (0..).zip(claims::statuses(corpus, file)) {
        let (place, id) = claims::place_and_id(file, &shield, number).expect("it is a claim of the file");
        let words = &words[&place.span()];
        let who = |one: ClaimSpeaker| match one.voice.title() {
            Some(title) => format!("{} “{title}”", one.voice),
            None => format!("{} “{}”", one.voice, one.name),
        };
        let by: Vec<String> = claims::speakers(corpus, file, &shield, number).into_iter().map(who).collect();
        let at = show(text, place).split(' ').next().unwrap_or_default().to_owned();
        let id = id.map(|id| format!(" #{id}")).unwrap_or_default();
        let classes = words.classes.join(" ");
        let _ = writeln!(out, "  {at} {}: “{}” ({classes}{id})", status.as_str(), words.text);
        let _ = writeln!(out, "      {}", by.join(", "));
    }
    out
}

#[test]
fn claims_are_those_of_the_fixture() {
    check("claims", listed);
}
