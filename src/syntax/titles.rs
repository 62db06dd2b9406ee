//! Titles of people beside their names, as prose has them: "spokesperson M. Example",
//! "M. Example, the foreign minister,".
//!
//! Which words are a title nobody knows here: [`around`] cuts out of a sentence what may be
//! one, and [`TitleWords::say`] tells whether it is a given one, and no other that ends or
//! begins like it ("deputy foreign minister" is not "foreign minister"). Both are silent
//! wherever the words may speak of another time than that of the article.

mod words;

use std::ops::Range;

use crate::text::fold;

use words::Language;

/// The words beside a name that may be a title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitleWords {
    /// Those right before it. An ellipsis stands for what else there may be.
    pub before: Option<Box<str>>,
    /// Those by which the person is named, where they are several: a title may be the first.
    pub named: Option<Box<str>>,
    /// Those behind it, between a comma and the next mark.
    pub after: Option<Box<str>>,
}

/// How many words a title has at most, with those that say whose it is.
const WORDS_BEFORE: usize = 6;
const WORDS_AFTER: usize = 12;
/// How far from a title the words stand that put it into another time.
const NEARBY: usize = 4;

/// Whether [`around`] may find anything: `left` and `right` are what stands beside the name in
/// its block, which is told without looking for sentences.
#[must_use]
pub fn may_be(left: &str, right: &str, lang: &str) -> bool {
    let Some(language) = words::of(lang) else { return false };
    let behind = right.starts_with([',', '–', '—', '(']) || right.starts_with(" (");
    let last = left.strip_suffix([' ', '\u{a0}']).and_then(|left| left.rsplit([' ', '\u{a0}']).next());
    behind
        || last.is_some_and(|last| {
            !last.is_empty()
                && !is_break(last, language)
                && !is_determiner(last, language)
                && !ends_with_mark(last)
        })
}

/// What may be a title of the one who is named at `name` in `sentence`, which is in the
/// language `lang` (a BCP 47 tag). Only a name that `is_shown` in words of the article's own
/// may itself begin with one. Nothing where the sentence tells of another time, as far
/// as its words and years say, and nothing in a language whose words are not known.
#[must_use]
pub fn around(sentence: &str, name: Range<usize>, is_shown: bool, lang: &str) -> Option<TitleWords> {
    let language = words::of(lang)?;
    let (left, right) = (sentence.get(..name.start)?, sentence.get(name.end..)?);
    if is_of_a_thing(right, language) {
        return None;
    }
    let named = sentence.get(name)?.trim();
    let has_title = is_shown && named.contains(char::is_whitespace);
    let found = TitleWords {
        before: before(left, language)?,
        named: has_title.then(|| named.into()),
        after: after(right, language)?,
    };
    (found != TitleWords::default() && !tells_of_another_time(sentence, language)).then_some(found)
}

/// Whether a thing is called after the one who is named: "Mayor Example Street", "the Mayor
/// Example Prize", "Bürgermeister-Muster-Straße".
fn is_of_a_thing(right: &str, language: &Language) -> bool {
    if right.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
        return true;
    }
    // "Primary School"
    let mut words = right.strip_prefix([' ', '\u{a0}']).unwrap_or_default().split_whitespace().take(3);
    words.by_ref().map_while(|word| word.starts_with(char::is_uppercase).then_some(word)).any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        in_list(word, language.things)
    })
}

/// None where a word puts the title into another time; nothing where there is none.
fn before(left: &str, language: &Language) -> Option<Option<Box<str>>> {
    // Nothing but a space stands between the two.
    let Some(near) = left.strip_suffix([' ', '\u{a0}']) else {
        return (!left.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '–'))).then_some(None);
    };
    // "Then", or "former", may stand before a comma or an "and".
    if near.split_whitespace().rev().take(WORDS_BEFORE + NEARBY).any(|word| is_qualifier(word, language)) {
        return None;
    }
    // "Built under mayor Example": with nothing between the two but a title.
    let mut words = near.split_whitespace().rev().take(WORDS_BEFORE);
    let in_reign =
        words.find(|word| is_break(word, language) || ends_with_mark(word) || in_list(word, language.reigns));
    if in_reign.is_some_and(|word| in_list(word, language.reigns)) {
        return None;
    }
    Some(title_before(near, language))
}

fn title_before(near: &str, language: &Language) -> Option<Box<str>> {
    let mut kept: Vec<&str> = Vec::new();
    let mut whole = false;
    let mut words = near.split_whitespace().rev();
    while kept.len() < WORDS_BEFORE {
        let Some(word) = words.next() else {
            whole = true;
            break;
        };
        if is_break(word, language) || ends_with_mark(word) {
            whole = true;
            break;
        }
        kept.push(word);
        // What it begins with stands before it.
        if word.starts_with(is_mark) {
            return None;
        }
    }
    let last = kept.first()?;
    if is_determiner(last, language) || !last.ends_with(char::is_alphabetic) && !last.ends_with('.') {
        return None;
    }
    kept.extend((!whole).then_some("…"));
    kept.reverse();
    Some(kept.join(" ").into())
}

/// As [`before`].
fn after(right: &str, language: &Language) -> Option<Option<Box<str>>> {
    let Some(rest) = right.strip_prefix([',', '–', '—', '(']).or_else(|| right.strip_prefix(" (")) else {
        return Some(None);
    };
    let mut rest = rest.trim_start();
    // The age comes first.
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits)
        && let Some(behind) = rest[digits..].strip_prefix(',')
    {
        rest = behind.trim_start();
    }
    let end = rest.char_indices().find(|(at, c)| ends_apposition(rest, *at, *c));
    let (apposition, behind) = match end {
        Some((at, c)) => (&rest[..at], rest[at + c.len_utf8()..].trim_start()),
        None => (rest, ""),
    };
    let near = apposition.split_whitespace().chain(behind.split_whitespace().take(NEARBY));
    if near.take(WORDS_AFTER + NEARBY).any(|word| is_qualifier(word, language)) {
        return None;
    }
    let is_long = apposition.split_whitespace().nth(WORDS_AFTER).is_some();
    let first = apposition.split_whitespace().next();
    if is_long || first.is_none_or(|first| is_break(first, language)) {
        return Some(None);
    }
    // "A, the minister, B, said": whose title it is, nobody can tell.
    let another_name = behind.starts_with(char::is_uppercase) && end.is_some_and(|(_, c)| c == ',');
    Some((!another_name).then(|| apposition.trim_end().into()))
}

/// Whether a mark ends what stands behind a name; a full stop only at the end, where it is no
/// abbreviation's: what is given is one sentence.
fn ends_apposition(text: &str, at: usize, c: char) -> bool {
    match c {
        '.' => text[at + 1..].trim().is_empty(),
        '!' | '?' => true,
        _ => is_mark(c),
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '('
            | ')'
            | '['
            | ']'
            | '"'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '–'
            | '—'
            | '…'
            | '/'
    )
}

/// Whether a mark stands at its end; the full stop of an abbreviation is none.
fn ends_with_mark(word: &str) -> bool {
    word.ends_with(is_mark)
}

fn in_list(word: &str, list: &[&str]) -> bool {
    // The longest word of the lists has fewer bytes.
    word.len() < 24 && list.contains(&&*word.to_lowercase())
}

fn is_break(word: &str, language: &Language) -> bool {
    in_list(word, language.breaks)
}

fn is_determiner(word: &str, language: &Language) -> bool {
    in_list(word, language.determiners)
}

fn is_qualifier(word: &str, language: &Language) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let begins = |beginning: &&str| {
        word.get(..beginning.len()).is_some_and(|start| start.to_lowercase() == **beginning)
    };
    in_list(word, language.qualifiers) || language.qualifying_beginnings.iter().any(begins)
}

/// Whether the sentence has a year in it, or a word that puts it into the past.
fn tells_of_another_time(sentence: &str, language: &Language) -> bool {
    let mut digits = 0;
    let mut has_year = false;
    for byte in sentence.bytes().chain([b' ']) {
        if byte.is_ascii_digit() {
            digits += 1;
        } else {
            has_year |= digits == 4;
            digits = 0;
        }
    }
    has_year
        || sentence
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .any(|word| in_list(word, language.other_times))
}

impl TitleWords {
    /// Whether these words say that somebody is `title`. `is_owner` says of a word, as
    /// compared, whether it is part of the name of the body in which the title is held, so
    /// that "Northland spokesperson" is a spokesperson and "deputy spokesperson" is none;
    /// `is_name` whether it is part of a name of the person.
    #[must_use]
    pub fn say(
        &self,
        title: &str,
        lang: &str,
        is_owner: impl Fn(&str) -> bool,
        is_name: impl Fn(&str) -> bool,
    ) -> bool {
        let Some(language) = words::of(lang) else { return false };
        let title: Vec<String> = folded_words(title);
        if title.is_empty() {
            return false;
        }
        // What stands right before a title, for nothing to be part of it.
        let may_precede = |word: Option<&String>| {
            word.is_none_or(|word| {
                is_determiner(word, language)
                    || word.ends_with("'s")
                    || word.ends_with("s'")
                    || is_owner(word)
            })
        };
        let before = self.before.as_deref().map(folded_words).unwrap_or_default();
        if before.ends_with(&title) && may_precede(before[..before.len() - title.len()].last()) {
            return true;
        }
        let named = self.named.as_deref().map(folded_words).unwrap_or_default();
        if let Some(at) = named.windows(title.len()).position(|words| words == title) {
            let (first, last) = (&named[..at], &named[at + title.len()..]);
            let preceded = if first.is_empty() { before.last() } else { None };
            return may_precede(preceded)
                && first.iter().all(|word| may_precede(Some(word)))
                && !last.is_empty()
                && last.iter().all(|word| is_name(word));
        }
        let after = self.after.as_deref().map(folded_words).unwrap_or_default();
        let Some(at) = after.windows(title.len()).position(|words| words == title) else { return false };
        let owned = after[..at].iter().all(|word| may_precede(Some(word)));
        owned && after.get(at + title.len()).is_none_or(|next| in_list(next, language.of))
    }
}

/// The words of a title, as compared: without the full stops of abbreviations.
#[must_use]
pub fn folded_words(text: &str) -> Vec<String> {
    fold(text)
        .split(' ')
        .map(|word| word.trim_matches(|c: char| matches!(c, '.' | ',')).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::around;

    /// Whether the sentence, with the name between `<` and `>`, says that the person is that.
    fn says(lang: &str, sentence: &str, title: &str) -> bool {
        let start = sentence.find('<').expect("a name");
        let end = sentence.find('>').expect("a name") - 1;
        let plain: String = sentence.chars().filter(|c| !matches!(c, '<' | '>')).collect();
        let found = around(&plain, start..end, true, lang);
        let is_owner = |word: &str| matches!(word, "northland" | "nordland");
        let is_name = |word: &str| matches!(word, "m" | "example");
        found.is_some_and(|words| words.say(title, lang, is_owner, is_name))
    }

    #[test]
    fn titles_beside_names() {
        for sentence in [
            "said spokesperson <Example>.",
            "Spokesperson <Example> said no.",
            "the spokesperson <M. Example> said no.",
            "Northland spokesperson <Example> said no.",
            "The ministry's spokesperson <Example> said no.",
            "At Example Street, spokesperson <Example> said no.",
            "Under pressure, the spokesperson <Example> said no.",
            "\"No\", said <Example>, spokesperson of the army.",
            "<Example>, the spokesperson, said no.",
            "<Example>, 45, Northland's spokesperson, said no.",
            "<Example> (spokesperson) said no.",
            "It met <Example>, its spokesperson.",
            "<Spokesperson M. Example> said no.",
            "The <Northland spokesperson Example> said no.",
        ] {
            assert!(says("en", sentence, "spokesperson"), "{sentence}");
        }
        for sentence in
            ["Foreign Minister <Example> said no.", "Lt. <X> met <Example>, Northland's foreign minister."]
        {
            let sentence = sentence.replacen("<X>", "X", 1);
            assert!(says("en", &sentence, "foreign minister"), "{sentence}");
        }
        for sentence in [
            "Der Sprecher <Muster> sagte Nein.",
            "<Muster>, Sprecher des Ministeriums, sagte Nein.",
            "Nein, sagte <Muster>, der Sprecher.",
        ] {
            assert!(says("de", sentence, "Sprecher"), "{sentence}");
        }
    }

    #[test]
    fn other_titles_and_other_times() {
        for sentence in [
            "said deputy spokesperson <Example>.",
            "Deputy Spokesperson <Example> said no.",
            "said former spokesperson <Example>.",
            "said then-spokesperson <Example>.",
            "said the ex-spokesperson <Example>.",
            "<Example>, then spokesperson, said no.",
            "In the days of spokesperson <Example> it was so.",
            "<Example>, spokesperson in those days, said no.",
            "It was built under spokesperson <Example>.",
            "It is in Spokesperson <Example> Street.",
            "The Spokesperson <M. Example> Primary School is closed.",
            "<Example>, the former spokesperson, said no.",
            "<Example>, spokesperson until the spring, said no.",
            "<Example>, spokesperson at the time, said no.",
            "<Example>, the spokesperson, now retired, said no.",
            "<Example>, spokesperson Other and others said no.",
            "<Example>, the spokesperson, Other, and others said no.",
            "<Example>, who was spokesperson, said no.",
            "<Example>, deputy spokesperson, said no.",
            "<Example>, a spokesperson-designate, said no.",
            "In 2019 spokesperson <Example> said no.",
            "Three years ago spokesperson <Example> said no.",
            "The spokesperson, <Example>s friend, said no.",
            "the spokesperson of <Example> said no.",
            "to replace as spokesperson, <Example> said no.",
            "<Example> said no.",
            "<Example>",
            "deputy <spokesperson Example> said no.",
            "the ex-<spokesperson Example> said no.",
            "former <spokesperson Example> said no.",
            "the <spokesperson> said no.",
            "the <spokesperson for transport> said no.",
        ] {
            assert!(!says("en", sentence, "spokesperson"), "{sentence}");
        }
        for sentence in [
            "Die damalige Sprecherin <Muster> sagte Nein.",
            "Ex-Sprecherin <Muster> sagte Nein.",
            "Unter Sprecherin <Muster> war es anders.",
            "In den Tagen der Sprecherin <Muster> war es anders.",
            "Die Sprecherin <Muster>-Straße ist gesperrt.",
            "<Muster>, frühere Sprecherin, sagte Nein.",
            "<Muster>, Sprecherin bis März, sagte Nein.",
        ] {
            assert!(!says("de", sentence, "Sprecherin"), "{sentence}");
        }
        assert!(!says("fr", "la spokesperson <Example> dit non.", "spokesperson"));
    }
}
