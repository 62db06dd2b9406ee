//! Whether a name in running words stands for itself or is part of something longer: an
//! address, a handle, a file name, or the name of somebody or something else.

mod words;

use std::ops::Range;

use crate::text::primary_language;

use super::sentence;

/// No address or file name that matters has more characters on either side of a name.
const FARTHEST: usize = 300;

/// Whether the name at `name` in `text` is joined to what stands beside it, without a space:
/// "press@Velm.org", "#Velm", "Kern-Smith". What stands behind an apostrophe is no part of a
/// name ("Kern's"), nor are the marks of sentences.
#[must_use]
pub fn is_joined(text: &str, name: Range<usize>) -> bool {
    let (left, right) = (&text[..name.start], &text[name.end..]);
    let is_link = |c: char| "-\u{2010}\u{2011}–/\\@#_&=+~%$^".contains(c);
    let mut before = left.chars().rev();
    let joined_before = before.next().is_some_and(|c| {
        is_link(c) || matches!(c, '.' | ':' | '\'' | '’') && before.next().is_some_and(char::is_alphanumeric)
    });
    let mut behind = right.chars();
    let joined_behind = behind.next().is_some_and(|c| match c {
        '.' | ':' | '!' | '?' => behind.next().is_some_and(char::is_alphanumeric),
        '\'' | '’' => {
            let rest = behind.as_str();
            let rest = rest.strip_prefix(['s', 'S']).unwrap_or(rest);
            rest.starts_with(|c: char| c.is_alphanumeric() || is_link(c))
        }
        _ => is_link(c),
    });
    joined_before || joined_behind || is_address(left, &text[name], right)
}

/// Whether what stands between the spaces around a name is an address.
fn is_address(left: &str, name: &str, right: &str) -> bool {
    let mut around: Vec<char> =
        left.chars().rev().take_while(|c| !c.is_whitespace()).take(FARTHEST).collect();
    around.reverse();
    around.extend(name.chars());
    around.extend(right.chars().take_while(|c| !c.is_whitespace()).take(FARTHEST));
    let all: String = around.into_iter().collect();
    let bare = all.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '#');
    let is_mail = all.match_indices('@').any(|(at, _)| all[at + 1..].starts_with(char::is_alphanumeric));
    is_mail
        || bare.starts_with('#')
        || all.contains("://")
        || bare.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
        || all.split_once('/').is_some_and(|(host, _)| host.trim_start_matches('.').contains('.'))
}

/// Whether the word right before the name at `name` may belong to it: "Otto Kern", "New
/// Velm". Of a person a title may stand there, by the words of the language `lang` (a BCP 47
/// tag) or where `is_title`; of anything a word with which sentences begin, unless it
/// `is_name`, too.
#[must_use]
pub fn has_more_before(
    text: &str,
    name: Range<usize>,
    is_person: bool,
    lang: &str,
    is_title: impl Fn(&str) -> bool,
    is_name: impl Fn(&str) -> bool,
) -> bool {
    if !is_capital(&text[name.clone()]) {
        return false;
    }
    let Some(near) = text[..name.start].strip_suffix(' ') else { return false };
    if near.ends_with('&') {
        return true;
    }
    // "Otto “Ace” Kern"
    if let Some(inside) = near.strip_suffix(['"', '”', '“', '’', '\'', ')']) {
        return is_person && inside.ends_with(char::is_alphanumeric);
    }
    let (near, is_dotted) = near.strip_suffix('.').map_or((near, false), |near| (near, true));
    let word = last_word(near);
    let has_title = || is_person && (words::is_title(word, lang) || is_title(word));
    if is_dotted {
        let is_initial = word.chars().count() == 1 && is_capital(word);
        return !has_title() && (is_initial || words::SAINTS.contains(&word));
    }
    if !is_capital(word) {
        return is_person && words::PARTICLES.contains(&word) && joins(near, lang);
    }
    if has_title() {
        return false;
    }
    if is_name(word) {
        return true;
    }
    if words::is_day(word, lang) || words::may_begin(word, lang) || sentence::is_starter(word, lang) {
        return word == "Will";
    }
    // Where all nouns have capitals they tell nothing, but people are called by their given names.
    is_person || !is_german(lang) || words::GERMAN_PLACES.contains(&word)
}

/// Whether the word right behind the name at `name` may belong to it: "Velm Street".
#[must_use]
pub fn has_more_behind(text: &str, name: Range<usize>, lang: &str) -> bool {
    let Some(rest) = text[name.end..].strip_prefix(' ') else { return false };
    if let Some(other) = rest.strip_prefix("& ") {
        return is_capital(other);
    }
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    is_capital(word) && !words::is_day(word, lang) && !is_german(lang)
}

/// Whether "van", "von", "bin", at the end of `near`, join a name to what stands before.
fn joins(near: &str, lang: &str) -> bool {
    if !words::has_particles_for_words(lang) {
        return true;
    }
    // "Otto von Kern", and not "die rede von Kern".
    let mut all = near.split(' ').rev().skip_while(|word| words::PARTICLES.contains(word));
    all.next().is_some_and(is_capital)
}

fn last_word(text: &str) -> &str {
    let start = text.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last();
    start.map_or("", |(at, _)| &text[at..])
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn is_german(lang: &str) -> bool {
    primary_language(lang).eq_ignore_ascii_case("de")
}
