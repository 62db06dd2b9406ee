//! Names of people in running text, boiled down to numbers: enough to tell whether a full name
//! stands in a text that is no longer at hand, and never what the name is.
//!
//! A text is kept as its pairs of neighbouring capitalised words, a full name is the pairs of
//! its own words. What often comes and goes inside a name does not count there: initials, and
//! particles such as *van* and *de la*. Scripts without capitals have no such pairs.

use super::fold;

/// Words inside names that may be written small or large, or left out of the order.
const PARTICLES: &[&str] = &[
    "al", "ben", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el",
    "ibn", "la", "le", "ten", "ter", "van", "von", "y", "zu", "zur",
];

/// Two words of a text that may be parts of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamePair {
    /// Stands for the two words as compared, and for whether there is a comma between them.
    /// By accident two of four thousand million pairs share theirs.
    pub hash: u32,
    /// The byte at which the first begins.
    pub from: usize,
    /// The byte at which the second ends.
    pub to: usize,
}

/// Every pair of words in `text` that may be parts of one name, in the order of their ends.
pub fn name_pairs(text: &str, mut found: impl FnMut(NamePair)) {
    let mut run: Option<Run> = None;
    let mut end = 0;
    for (from, to) in words(text) {
        let gap = Gap::of(&text[end..from], run.is_some_and(|run| run.last.is_initial));
        end = to;
        let word = &text[from..to];
        let joined = run.filter(|_| gap != Gap::Break);
        if !word.starts_with(char::is_uppercase) {
            run = joined.filter(|_| gap == Gap::Space && PARTICLES.contains(&word));
            continue;
        }
        let bare = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
        let word = Word::new(bare, from);
        let to = from + bare.len();
        let mut pair = |first: Word, comma: bool| {
            found(NamePair { hash: pair(first, word, comma), from: first.from, to });
        };
        run = match (joined, gap) {
            (Some(run), Gap::Space) => {
                pair(run.last, false);
                if run.core.from != run.last.from {
                    pair(run.core, false);
                }
                Some(Run { core: if word.may_be_left_out { run.core } else { word }, last: word })
            }
            (Some(run), Gap::Comma) => {
                pair(run.core, true);
                Some(Run::new(word))
            }
            _ => Some(Run::new(word)),
        };
        // Nothing goes on after a genitive.
        run = run.filter(|_| to == end);
    }
}

/// The ways in which a full name may stand in a text, each as its pairs in order: as it is
/// said, and with the family name first. None where it is one word, or no name to go by:
/// "a port official".
#[must_use]
pub fn full_name(given: &str, family: &str) -> Option<Vec<Vec<u32>>> {
    let of = |text| words(text).map(|(from, to)| &text[from..to]).collect::<Vec<_>>();
    let (given, family) = (of(given), of(family));
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) || PARTICLES.contains(word);
    let all: Vec<&str> = given.iter().chain(&family).copied().collect();
    let is_long = |word: &&str| word.chars().nth(2).is_some();
    if !all.iter().all(is_name) || !all.iter().any(is_long) {
        return None;
    }
    let all: Vec<Word> = all.into_iter().map(|word| Word::new(word, 0)).collect();
    let last = all.len().checked_sub(1)?;
    let core = all.iter().enumerate().filter(|(at, word)| *at == 0 || *at == last || !word.may_be_left_out);
    let said: Vec<Word> = core.map(|(_, word)| *word).collect();
    let mut ways = Vec::new();
    if said.len() > 1 {
        ways.push(said.windows(2).map(|two| pair(two[0], two[1], false)).collect());
    }
    let (given, family) = all.split_at(given.len());
    let family: Vec<Word> = family.iter().filter(|word| !word.may_be_left_out).copied().collect();
    let given: Vec<Word> = given
        .iter()
        .enumerate()
        .filter(|(at, word)| *at == 0 || !word.may_be_left_out)
        .map(|(_, word)| *word)
        .collect();
    if let (Some(last), Some(first)) = (family.last(), given.first()) {
        let inside =
            |words: &[Word]| words.windows(2).map(|two| pair(two[0], two[1], false)).collect::<Vec<_>>();
        ways.push([inside(&family), vec![pair(*last, *first, true)], inside(&given)].concat());
    }
    (!ways.is_empty()).then_some(ways)
}

/// Capitalised words that follow each other.
#[derive(Clone, Copy)]
struct Run {
    /// The last that cannot be left out, or the first.
    core: Word,
    last: Word,
}

impl Run {
    fn new(word: Word) -> Self {
        Run { core: word, last: word }
    }
}

#[derive(Clone, Copy)]
struct Word {
    hash: u64,
    from: usize,
    is_initial: bool,
    may_be_left_out: bool,
}

impl Word {
    fn new(word: &str, from: usize) -> Self {
        // Of a word in ASCII folding makes the letters small, for which it need not be copied.
        let (hash, is_initial, is_particle) = if word.is_ascii() {
            let is_it = |particle: &&str| particle.eq_ignore_ascii_case(word);
            let hash = hash_of(word.bytes().map(|byte| byte.to_ascii_lowercase()));
            (hash, word.len() < 2, PARTICLES.iter().any(is_it))
        } else {
            let folded = fold(word);
            (hash_of(folded.bytes()), folded.chars().nth(1).is_none(), PARTICLES.contains(&&*folded))
        };
        Word { hash, from, is_initial, may_be_left_out: is_initial || is_particle }
    }
}

/// FNV-1a, the same on every machine.
fn hash_of(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn pair(first: Word, second: Word, comma: bool) -> u32 {
    let mixed =
        (first.hash.rotate_left(23) ^ u64::from(comma)).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ second.hash;
    let mixed = mixed.wrapping_mul(0xd6e8_feb8_6659_fd93);
    (mixed >> 32) as u32
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Space,
    Comma,
    Break,
}

impl Gap {
    fn of(between: &str, after_initial: bool) -> Gap {
        let is_space = |text: &str| text.chars().all(char::is_whitespace);
        match between.chars().next() {
            Some('.') if after_initial && is_space(&between[1..]) => Gap::Space,
            Some(',') if between.len() > 1 && is_space(&between[1..]) => Gap::Comma,
            Some(_) if is_space(between) => Gap::Space,
            _ => Gap::Break,
        }
    }
}

/// The words of a text, from which byte to which: letters and digits, with marks on them, and
/// apostrophes and hyphens between them.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    // Nearly all of a text is ASCII, of which no character has to be made.
    let is_inside = |at: usize| match bytes.get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => text[at..].chars().next().is_some_and(char::is_alphanumeric),
        None => false,
    };
    let length = |at: usize| match bytes[at] {
        byte if byte.is_ascii() => 1,
        _ => text[at..].chars().next().map_or(1, char::len_utf8),
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !is_inside(at) {
            at += length(at);
        }
        let from = at;
        while at < bytes.len() {
            let next = at + length(at);
            let joins = || match &text[at..next] {
                "'" | "’" | "-" | "\u{2010}" | "\u{2011}" => is_inside(next),
                mark => matches!(mark.chars().next(), Some('\u{300}'..='\u{36f}')),
            };
            if !is_inside(at) && !joins() {
                break;
            }
            at = next;
        }
        (from < at).then_some((from, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the full name stands in the text.
    fn holds(text: &str, given: &str, family: &str) -> bool {
        let mut pairs = Vec::new();
        name_pairs(text, |pair| pairs.push(pair));
        let ways = full_name(given, family).expect("a full name");
        ways.iter().any(|way| way.iter().all(|hash| pairs.iter().any(|pair| pair.hash == *hash)))
    }

    #[test]
    fn a_full_name_is_found_as_it_may_be_written() {
        for text in
            ["Anna Kern", "by ANNA\nKERN.", "(Anna\u{a0}Kern's)", "Mayor Anna M. Kern, who", "Kern, Anna"]
        {
            assert!(holds(text, "Anna", "Kern"), "{text}");
            assert!(holds(text, "Anna M.", "Kern"), "{text}");
        }
        assert!(holds("as Joris van Dael said", "Joris", "van Dael"));
        assert!(holds("as Joris Van Dael said", "Joris", "van Dael"));
        assert!(holds("van Dael, Joris", "Joris", "van Dael"));
        assert!(holds("J. R. Docker", "J.", "Docker"));
        assert!(holds("Cafe\u{301} Kern", "Café", "Kern"));
        assert!(holds("García López, María Luz", "María Luz", "García López"));
        assert!(holds("Le Thi Van", "Le Thi", "Van"));
    }

    #[test]
    fn what_is_not_all_of_it_is_not_found() {
        for text in [
            "Kern",
            "Anna",
            "Anna. Kern",
            "Anna and Kern",
            "Kern Anna",
            "Anna, Kern",
            "anna kern",
            "Hanna Kern",
        ] {
            assert!(!holds(text, "Anna", "Kern"), "{text}");
        }
        assert!(!holds("Anna Maria spoke", "Anna Maria", "Kern"));
        assert!(full_name("", "Docker").is_none());
        assert!(full_name("", "a port official").is_none());
        assert!(full_name("A.", "B.").is_none());
        assert!(full_name("", "").is_none());
    }
}
