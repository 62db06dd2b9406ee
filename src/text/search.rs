//! Names by what somebody has typed of them: the beginning, some of the words in any order, a
//! part, or letters here and there.
//!
//! A list of all names is laid out once; a search goes over it in the order in which the names
//! were put in, which is that of their importance. It turns most of them away by the letters
//! that they have, and stops when it has enough of what nothing later could be better than.

use memchr::memmem::Finder;
use nucleo_matcher::{Config, Matcher, Utf32Str};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold;

/// More of what is typed than this is not looked for, in bytes.
const LONGEST: usize = 96;

/// Names longer than this, in bytes, are not searched for scattered letters: a sentence holds
/// nearly any few of them.
const LONGEST_SCATTERED: usize = 48;

/// In how many names parts are looked for that begin no word, and in how many scattered letters.
/// What comes later is used less.
const MOST_PARTS: usize = 8_000;
const MOST_SCATTERED: usize = 1_500;

/// How well a name is what was typed, the best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// It has the letters in their order; the higher the better.
    Scattered(u16),
    /// It has it somewhere.
    Part,
    /// Each word typed begins one of its words.
    Words,
    /// It begins with it.
    Start,
    /// It is just that, or nothing was typed.
    Whole,
}

/// What somebody has typed of a name.
#[derive(Debug)]
pub struct Typed {
    /// As it is compared.
    text: String,
    whole: Finder<'static>,
    words: Vec<Finder<'static>>,
    letters: u64,
    first: u64,
    matcher: Option<Box<Matcher>>,
}

impl Typed {
    /// Case, accents and the signs between words do not count.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let mut text = searchable(typed);
        while text.len() > LONGEST {
            text.pop();
        }
        let letters = text.chars().fold(0, |all, c| all | bit(c));
        let first = text.chars().next().map_or(0, bit);
        let finder = |text: &str| Finder::new(text).into_owned();
        let (whole, words) = (finder(&text), text.split(' ').map(finder).collect());
        Typed { text, whole, words, letters, first, matcher: None }
    }

    /// Whether nothing that counts was typed: then every name will do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How well `name` is what was typed; nothing where it is not.
    pub fn quality(&mut self, name: &str) -> Option<Quality> {
        let name = searchable(name);
        self.plain(&name).or_else(|| self.scattered(&name))
    }

    /// Without regard to scattered letters.
    fn plain(&self, name: &str) -> Option<Quality> {
        if self.text.is_empty() || name == self.text {
            return Some(Quality::Whole);
        }
        if name.starts_with(&self.text) {
            return Some(Quality::Start);
        }
        if self.words.iter().all(|word| begins_a_word(name, word)) {
            return Some(Quality::Words);
        }
        // One letter is somewhere in nearly every name.
        self.text.chars().nth(1)?;
        self.whole.find(name.as_bytes()).map(|_| Quality::Part)
    }

    fn scattered(&mut self, name: &str) -> Option<Quality> {
        let typed = self.text.replace(' ', "");
        let count = typed.chars().count();
        if count < 2 || name.len() > LONGEST_SCATTERED {
            return None;
        }
        let matcher = self.matcher.get_or_insert_with(|| Box::new(Matcher::new(Config::DEFAULT)));
        let (mut name_chars, mut typed_chars) = (Vec::new(), Vec::new());
        let (name, typed) = (Utf32Str::new(name, &mut name_chars), Utf32Str::new(&typed, &mut typed_chars));
        let score = matcher.fuzzy_match(name, typed)?;
        // Below that the letters have nothing to do with each other.
        (usize::from(score) >= count * 17).then_some(Quality::Scattered(score))
    }
}

/// Whether `word` begins a word of `name`.
fn begins_a_word(name: &str, word: &Finder<'_>) -> bool {
    word.find_iter(name.as_bytes()).any(|at| at == 0 || name.as_bytes()[at - 1] == b' ')
}

/// A name as it is searched: folded, without accents, its words one space apart.
fn searchable(name: &str) -> String {
    let folded = fold(name);
    let mut out = String::with_capacity(folded.len());
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !matches!(c, '\'' | '’') && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    };
    if folded.is_ascii() {
        folded.chars().for_each(&mut push);
    } else {
        folded.nfd().filter(|c| !is_combining_mark(*c)).for_each(&mut push);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Stands for a character; some share a bit.
fn bit(c: char) -> u64 {
    match c {
        ' ' => 0,
        'a'..='z' => 1 << (u32::from(c) - u32::from('a')),
        '0'..='9' => 1 << (26 + u32::from(c) - u32::from('0')),
        _ => 1 << (36 + u32::from(c) % 28),
    }
}

/// Names of things, laid out to be searched. A thing has several; those put in first count for
/// more.
#[derive(Debug)]
pub struct NameList<T> {
    text: String,
    rows: Vec<Row>,
    things: Vec<T>,
}

#[derive(Debug)]
struct Row {
    letters: u64,
    /// The letters that words begin with.
    initials: u64,
    start: u32,
    length: u32,
    thing: u32,
}

impl<T> NameList<T> {
    /// Lays out things, each with its names.
    pub fn new<'n, N: IntoIterator<Item = &'n str>>(things: impl IntoIterator<Item = (T, N)>) -> Self {
        let mut list = NameList { text: String::new(), rows: Vec::new(), things: Vec::new() };
        for (thing, names) in things {
            for name in names {
                let name = searchable(name);
                let mut row = Row {
                    letters: 0,
                    initials: 0,
                    start: list.text.len() as u32,
                    length: name.len() as u32,
                    thing: list.things.len() as u32,
                };
                let mut before = ' ';
                for c in name.chars() {
                    row.letters |= bit(c);
                    row.initials |= if before == ' ' { bit(c) } else { 0 };
                    before = c;
                }
                // Four billion bytes of names are no newsroom's.
                if name.is_empty() || u32::try_from(list.text.len() + name.len()).is_err() {
                    continue;
                }
                list.text.push_str(&name);
                list.rows.push(row);
            }
            list.things.push(thing);
        }
        list
    }

    fn name(&self, row: &Row) -> &str {
        &self.text[row.start as usize..(row.start + row.length) as usize]
    }

    /// The things that `is_wanted` with a name that may be what was typed, the most important
    /// first within each way of being that; and whether all of them are there. Of very many
    /// there are at least `most`.
    pub fn search(&self, typed: &mut Typed, most: usize, is_wanted: impl Fn(&T) -> bool) -> (Vec<&T>, bool) {
        if typed.is_empty() {
            let mut wanted = self.things.iter().filter(|thing| is_wanted(thing));
            let found = wanted.by_ref().take(most).collect();
            return (found, wanted.next().is_none());
        }
        let mut found = Found { things: Vec::new(), last: None };
        let may_be = |row: &&Row| typed.letters & !row.letters == 0;
        let wanted = |row: &&Row| is_wanted(&self.things[row.thing as usize]);
        let rows = || self.rows.iter().filter(may_be).filter(wanted);

        // What begins a name is better than what begins a word of it, and comes first.
        let (mut starts, mut others, mut is_cut) = (0, 0, false);
        for row in rows().filter(|row| row.initials & typed.first != 0) {
            match typed.plain(self.name(row)) {
                Some(Quality::Start | Quality::Whole) => starts += usize::from(found.add(row.thing)),
                Some(Quality::Words) if others < most => others += usize::from(found.add(row.thing)),
                Some(Quality::Words) => is_cut = true,
                _ => {}
            }
            if starts >= most {
                return (found.things(self), false);
            }
        }
        if starts + others >= most {
            return (found.things(self), false);
        }

        let mut left: Vec<&Row> = Vec::new();
        for (number, row) in rows().enumerate() {
            if number >= MOST_PARTS {
                is_cut = true;
                break;
            }
            match typed.plain(self.name(row)) {
                Some(_) => {
                    found.add(row.thing);
                }
                None => left.push(row),
            }
        }
        is_cut |= left.len() > MOST_SCATTERED;
        for row in left.into_iter().take(MOST_SCATTERED) {
            if typed.scattered(self.name(row)).is_some() {
                found.add(row.thing);
            }
        }
        (found.things(self), !is_cut)
    }
}

/// The numbers of things, each as often as it was found.
struct Found {
    things: Vec<u32>,
    last: Option<u32>,
}

impl Found {
    /// Whether it is another than the last: the names of one thing follow each other.
    fn add(&mut self, thing: u32) -> bool {
        let is_new = self.last != Some(thing);
        self.last = Some(thing);
        if is_new {
            self.things.push(thing);
        }
        is_new
    }

    fn things<T>(mut self, list: &NameList<T>) -> Vec<&T> {
        let mut seen = rustc_hash::FxHashSet::default();
        self.things.retain(|thing| seen.insert(*thing));
        self.things.iter().map(|thing| &list.things[*thing as usize]).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{NameList, Quality, Typed};

    fn quality(typed: &str, name: &str) -> Option<Quality> {
        Typed::new(typed).quality(name)
    }

    #[test]
    fn names_are_what_was_typed_more_or_less() {
        assert_eq!(quality("", "kasra"), Some(Quality::Whole));
        assert_eq!(quality("Kasra Valley", "kasra-valley"), Some(Quality::Whole));
        assert_eq!(quality("kas", "Kasra Valley"), Some(Quality::Start));
        assert_eq!(quality("val", "kasra-valley"), Some(Quality::Words));
        assert_eq!(quality("val kas", "kasra-valley"), Some(Quality::Words));
        assert_eq!(quality("lley", "kasra-valley"), Some(Quality::Part));
        assert!(matches!(quality("ksv", "kasra-valley"), Some(Quality::Scattered(_))));
        assert_eq!(quality("elan", "Élan"), Some(Quality::Whole));
        assert_eq!(quality("порт", "Старый порт"), Some(Quality::Words));
        assert_eq!(quality("oneill", "O’Neill"), Some(Quality::Whole));
        assert_eq!(quality("xyz", "kasra-valley"), None);
        assert_eq!(quality("kq", "kasra-valley"), None);
    }

    #[test]
    fn letters_far_apart_are_no_name() {
        assert_eq!(quality("aey", "kasra and the road to the valley"), None);
    }

    #[test]
    fn of_very_many_there_are_enough() {
        let names: Vec<String> = (0..20_000).map(|number| format!("wire-{number:05}")).collect();
        let list = NameList::new(names.iter().map(|name| (name.as_str(), [name.as_str()])));
        let (found, is_all) = list.search(&mut Typed::new("wi"), 100, |_| true);
        assert_eq!((found.len(), is_all), (100, false));
        assert_eq!(found[0], &"wire-00000");
        let (found, _) = list.search(&mut Typed::new("01234"), 100, |_| true);
        assert_eq!(found, [&"wire-01234"]);
        let (found, _) = list.search(&mut Typed::new("wire19999"), 100, |_| true);
        assert!(found.len() < 100);
    }

    proptest! {
        /// Whatever is found singly in a short list is found in the list.
        #[test]
        fn a_list_finds_what_its_names_are(
            names in prop::collection::vec("[a-cé -]{0,8}", 0..12),
            typed in "[a-cé -]{0,4}",
        ) {
            let list = NameList::new(names.iter().enumerate().map(|(at, name)| (at, [name.as_str()])));
            let mut typed = Typed::new(&typed);
            let (found, is_all) = list.search(&mut typed, 100, |_| true);
            let mut found: Vec<usize> = found.into_iter().copied().collect();
            found.sort_unstable();
            let single: Vec<usize> =
                (0..names.len()).filter(|&at| typed.quality(&names[at]).is_some()).collect();
            prop_assert!(is_all);
            prop_assert_eq!(found, single);
        }

        #[test]
        fn never_panics(typed in any::<String>(), name in any::<String>()) {
            let _ = Typed::new(&typed).quality(&name);
        }
    }
}
