//! The words of a headline that the article below it does not have.

use memchr::memmem;

use crate::syntax::Article;
use crate::syntax::front_matter::FrontMatter;
use crate::syntax::headline::LONGEST;
use crate::text::Span;

use super::super::headline::HeadlineWords;
use super::SourceText;

/// Small words that stand inside of names.
const INSIDE_NAMES: &[&str] = &[
    "of", "for", "the", "and", "to", "in", "on", "de", "del", "della", "di", "da", "du", "la", "le", "van",
    "von", "der", "den", "des", "für", "und", "zu", "zur", "zum", "al", "bin", "ibn",
];

/// Stretches of two words or more of the headline that begin with capitals and are not in the
/// article's text in any form.
pub(super) fn headline(
    source: &SourceText<'_>,
    article: &Article,
    front: &FrontMatter,
) -> Vec<HeadlineWords> {
    let Some(title) = front.title.as_ref().filter(|title| title.as_str().len() <= LONGEST) else {
        return Vec::new();
    };
    let body = &article.plain.text;
    // A page of nothing but a headline says nothing else.
    if body.trim().is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    // The run's first and last word in the headline.
    let (mut from, mut to) = (0, 0);
    let mut close = |run: &mut Vec<&str>, from: usize, to: usize| {
        while run.last().is_some_and(|word| INSIDE_NAMES.contains(word)) {
            run.pop();
        }
        if run.len() > 1 && !has_initials(body, run) {
            let whole = title.span.of(source.text);
            let at = whole.find(title.as_str()).map(|at| title.span.start() + at);
            let span = at.map_or(title.span, |at| Span::new(at + from, at + to));
            found.push(HeadlineWords { words: run.join(" ").into(), place: source.place(span) });
        }
        run.clear();
    };
    for word in title.as_str().split_whitespace() {
        let at = word.as_ptr() as usize - title.as_str().as_ptr() as usize;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_end_matches('.');
        let name = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
        let is_capital = name.starts_with(char::is_uppercase);
        let is_inside = !run.is_empty() && INSIDE_NAMES.contains(&name);
        if !(is_inside || is_capital && !is_in(body, name)) {
            close(&mut run, from, to);
            continue;
        }
        if word.starts_with(['"', '“', '„', '«', '(', '‘']) {
            close(&mut run, from, to);
        }
        if run.is_empty() {
            from = at + word.find(name).unwrap_or(0);
        }
        run.push(name);
        if is_capital {
            to = at + word.find(name).unwrap_or(0) + name.len();
        }
        // An initial's full stop, and that of an abbreviation, end no name.
        if word.ends_with(|c: char| !c.is_alphanumeric() && c != '.') {
            close(&mut run, from, to);
        }
    }
    close(&mut run, from, to);
    found
}

/// Whether the word stands in the text in some form, whatever its case and ending: looked
/// for without its first letter and its last ones.
fn is_in(body: &str, word: &str) -> bool {
    // What is in capitals may stand below in small letters.
    const LONGEST_ACRONYM: usize = 5;
    let is_shouted = word.chars().count() > LONGEST_ACRONYM && !word.contains(char::is_lowercase);
    if is_shouted || word.chars().count() < 2 {
        return true;
    }
    let first = word.chars().next().map_or(0, char::len_utf8);
    let length = word.chars().count();
    let keep = if length > 6 { length - 2 } else { length };
    let end = word.char_indices().nth(keep).map_or(word.len(), |(at, _)| at);
    memmem::find(body.as_bytes(), &word.as_bytes()[first..end]).is_some()
}

/// Whether the first letters of the words stand together in the text: "AJC".
fn has_initials(body: &str, words: &[&str]) -> bool {
    let initials: String = words
        .iter()
        .filter(|word| !INSIDE_NAMES.contains(word))
        .filter_map(|word| word.chars().next())
        .collect();
    memmem::find(body.as_bytes(), initials.as_bytes()).is_some()
}
