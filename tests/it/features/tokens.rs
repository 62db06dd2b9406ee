//! Semantic tokens: `tests/features/tokens.md`. A cursor asks for all of its file.

use std::fmt::Write as _;

use newsmark::features::{self, Modifiers, Token};
use newsmark::text::Span;

use super::{check, facts, show};
use crate::fixture::{Files, Newsroom};

fn modifiers(token: &Token) -> String {
    let bits = token.modifiers.bits();
    let named = Modifiers::NAMES.iter().enumerate().filter(|(bit, _)| bits & (1 << bit) != 0);
    named.map(|(_, name)| format!(" {name}")).collect()
}

fn tokens(room: &Newsroom, files: &Files, path: &str, _: usize) -> String {
    let (corpus, file) = (&room.corpus, facts(&room.corpus, path));
    let text = &files[path];
    let mut out = format!("{path}\n");
    for token in features::tokens(corpus, file, text, Span::new(0, text.len()), true) {
        let _ = writeln!(out, "  {} {:?}{}", show(text, token.place), token.kind, modifiers(&token));
    }
    out
}

#[test]
fn tokens_are_those_of_the_fixture() {
    check("tokens", tokens);
}

#[test]
fn a_range_has_the_tokens_that_touch_it() {
    let article = "[x]{.claim #c}\n\n[[nobody]] [@a]\n\n[y]{.quote disputes=#c}\n";
    let files: Files = [("a.md".to_owned(), article.to_owned())].into();
    let room = Newsroom::new(&files);
    let file = facts(&room.corpus, "a.md");
    let ask = |range| features::tokens(&room.corpus, file, article, range, true);
    let all = ask(Span::new(0, article.len()));
    for start in 0..=article.len() {
        for end in start..=article.len() {
            let range = Span::new(start, end);
            let touches = |token: &&Token| {
                let span = token.place.span();
                span.start < range.end && range.start < span.end
            };
            let expected: Vec<Token> = all.iter().filter(touches).copied().collect();
            assert_eq!(ask(range), expected, "{range:?}");
        }
    }
    let known = features::tokens(&room.corpus, file, article, Span::new(0, article.len()), false);
    assert!(!known.iter().any(|token| modifiers(token).contains("unresolved")), "nobody has looked yet");
}
