//! Names of people in running text, boiled down to numbers: enough to tell whether a full name
//! stands in a text that is no longer at hand, and never what the name is.
//!
//! A text is kept as its pairs of neighbouring capitalised words, a full name is the pairs of
//! its own words. What often comes and goes inside a name does not count there: initials,
//! particles such as *van* and *de la*, and marks on letters. Words that hang together as in
//! addresses and names of files (`anna-kern`, `anna_kern.jpg`) are such pairs in small letters,
//! too. Other scripts without capitals have no pairs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold;

/// Words inside names that may be written small or large, or left out of the order.
const PARTICLES: &[&str] = &[
    "al", "ben", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el",
    "ibn", "la", "le", "ten", "ter", "van", "von", "y", "zu", "zur",
];

/// Two words of a text that may be parts of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamePair {
    /// Stands for the two words as compared, and for what is between them.
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
    let mut joined_run = Joined::default();
    let mut end = 0;
    for (from, to) in words(text) {
        let gap = Gap::of(&text[end..from], run.is_some_and(|run| run.last.is_initial));
        end = to;
        let word = &text[from..to];
        joined_run.add(text, (from, to), gap == Gap::Joint, &mut found);
        let joined = run.filter(|_| matches!(gap, Gap::Space | Gap::Comma));
        if !word.starts_with(char::is_uppercase) {
            run = joined.filter(|_| gap == Gap::Space && PARTICLES.contains(&word));
            continue;
        }
        let bare = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
        let word = Word::new(bare, from);
        let to = from + bare.len();
        let mut pair = |first: Word, between: Between| {
            found(NamePair { hash: pair(first, word, between), from: first.from, to });
        };
        run = match (joined, gap) {
            (Some(run), Gap::Space) => {
                pair(run.last, Between::Space);
                if run.core.from != run.last.from {
                    pair(run.core, Between::Space);
                }
                Some(Run { core: if word.may_be_left_out { run.core } else { word }, last: word })
            }
            (Some(run), Gap::Comma) => {
                pair(run.core, Between::Comma);
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
    let parts: Vec<Word> =
        all.iter().flat_map(|word| word.split(HYPHENS)).map(|part| Word::new(part, 0)).collect();
    let whole: Vec<Word> = all.into_iter().map(|word| Word::new(word, 0)).collect();
    let (given_parts, family_parts) =
        parts.split_at(given.iter().map(|word| word.split(HYPHENS).count()).sum());
    let (given, family) = whole.split_at(given.len());
    let ways = [
        said(&whole, Between::Space),
        turned(given, family, Between::Comma),
        // The parts of a double name are words like the others, in an address always.
        said(&parts, Between::Space).filter(|_| parts.len() > whole.len()),
        said(&parts, Between::Joint),
        turned(given_parts, family_parts, Between::Joint),
    ];
    let ways: Vec<Vec<u32>> = ways.into_iter().flatten().collect();
    (!ways.is_empty()).then_some(ways)
}

/// The pairs of a name with the family name first, and what is then between the two.
fn turned(given: &[Word], family: &[Word], between: Between) -> Option<Vec<u32>> {
    let inside = if between == Between::Joint { Between::Joint } else { Between::Space };
    let stays = |(at, word): &(usize, &Word)| *at == 0 || !word.may_be_left_out;
    let given: Vec<Word> = given.iter().enumerate().filter(stays).map(|(_, word)| *word).collect();
    let family: Vec<Word> = family.iter().filter(|word| !word.may_be_left_out).copied().collect();
    let middle = pair(*family.last()?, *given.first()?, between);
    let pairs = |words: &[Word]| words.windows(2).map(|two| pair(two[0], two[1], inside)).collect::<Vec<_>>();
    Some([pairs(&family), vec![middle], pairs(&given)].concat())
}

/// The pairs of a name in the order in which it is said; `None` where it is one word.
fn said(all: &[Word], between: Between) -> Option<Vec<u32>> {
    let last = all.len().checked_sub(1)?;
    let core = all.iter().enumerate().filter(|(at, word)| *at == 0 || *at == last || !word.may_be_left_out);
    let said: Vec<Word> = core.map(|(_, word)| *word).collect();
    (said.len() > 1).then(|| said.windows(2).map(|two| pair(two[0], two[1], between)).collect())
}

/// The ways in which a name that is given as a whole may stand in a text: "Given Family" or
/// "Family, Given". None as for [`full_name`].
#[must_use]
pub fn whole_name(name: &str) -> Option<Vec<Vec<u32>>> {
    let (given, family) = given_and_family(name)?;
    full_name(given, family)
}

/// A name that is given as a whole, taken apart; `None` where it is one word.
#[must_use]
pub fn given_and_family(name: &str) -> Option<(&str, &str)> {
    match name.split_once(',') {
        Some((family, given)) => Some((given, family)),
        None => name.trim().rsplit_once(char::is_whitespace),
    }
}

/// Words that hang together without a space, as in addresses: in either order and case.
#[derive(Default)]
struct Joined {
    run: Option<Run>,
    /// The word before, of which nothing was made yet: prose has hardly any such words.
    before: Option<(usize, usize)>,
}

impl Joined {
    /// Adds a word; `is_joint` where it hangs on to the one before.
    fn add(&mut self, text: &str, word: (usize, usize), is_joint: bool, found: &mut impl FnMut(NamePair)) {
        if !is_joint {
            self.run = None;
        } else if self.run.is_none()
            && let Some(before) = self.before
        {
            self.parts(text, before, &mut |_| {});
        }
        self.before = Some(word);
        if is_joint || has_hyphen(&text[word.0..word.1]) {
            self.parts(text, word, found);
        }
    }

    fn parts(&mut self, text: &str, (from, to): (usize, usize), found: &mut impl FnMut(NamePair)) {
        let mut at = from;
        for part in text[from..to].split(HYPHENS) {
            let start = at;
            let to = start + part.len();
            // All hyphens but the plain one are three bytes long.
            at = to + text[to..].chars().next().map_or(0, char::len_utf8);
            // Most of what hangs together is dates and numbers, which are no part of a name.
            if part.starts_with(|c: char| c.is_ascii_digit()) {
                self.run = None;
                continue;
            }
            let word = Word::new(part, start);
            if let Some(run) = self.run {
                let mut pair = |first: Word| {
                    found(NamePair { hash: pair(first, word, Between::Joint), from: first.from, to });
                };
                pair(run.last);
                if run.core.from != run.last.from {
                    pair(run.core);
                }
            }
            let core = self.run.map(|run| run.core).filter(|_| word.may_be_left_out);
            self.run = Some(Run { core: core.unwrap_or(word), last: word });
        }
    }
}

/// What joins the parts of a word.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

fn has_hyphen(word: &str) -> bool {
    // The first byte of the other two.
    word.bytes().any(|byte| matches!(byte, b'-' | 0xe2)) && word.contains(HYPHENS)
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
            let folded = unmarked(&fold(word));
            (hash_of(folded.bytes()), folded.chars().nth(1).is_none(), PARTICLES.contains(&folded.as_str()))
        };
        Word { hash, from, is_initial, may_be_left_out: is_initial || is_particle }
    }
}

/// FNV-1a, the same on every machine.
fn hash_of(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A folded word without the marks on its letters, which addresses, names of files and many
/// desks leave out.
fn unmarked(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            c => out.push(c),
        }
    }
    out
}

/// What is between two words of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Space,
    Comma,
    /// What joins words in addresses and names of files.
    Joint,
}

fn pair(first: Word, second: Word, between: Between) -> u32 {
    let mixed =
        (first.hash.rotate_left(23) ^ between as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ second.hash;
    let mixed = mixed.wrapping_mul(0xd6e8_feb8_6659_fd93);
    (mixed >> 32) as u32
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Space,
    Comma,
    /// A mark that joins words in addresses and names of files.
    Joint,
    Break,
}

impl Gap {
    fn of(between: &str, after_initial: bool) -> Gap {
        let is_space = |text: &str| text.chars().all(char::is_whitespace);
        match between.chars().next() {
            Some('.') if after_initial && is_space(&between[1..]) => Gap::Space,
            Some(',') if between.len() > 1 && is_space(&between[1..]) => Gap::Comma,
            Some('.' | '_' | '+') if between.len() == 1 => Gap::Joint,
            Some('-') if matches!(between, "--") => Gap::Joint,
            Some(_) if is_space(between) => Gap::Space,
            Some(_) if is_marked_up_space(between) => Gap::Space,
            _ => Gap::Break,
        }
    }
}

/// Whether there is white space, and nothing else but marks of emphasis, escapes, and the signs
/// of block quotes at the beginnings of lines: markup that is not read as such, in comments, in
/// code or in a message.
fn is_marked_up_space(between: &str) -> bool {
    let mut begins_line = false;
    let is_fill = |c: char| {
        let is_quote = begins_line && c == '>';
        begins_line = c == '\n' || begins_line && (is_quote || c.is_whitespace());
        c.is_whitespace() || is_quote || matches!(c, '*' | '_' | '~' | '^' | '`' | '\\')
    };
    between.chars().all(is_fill) && between.contains(char::is_whitespace)
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
        assert!(holds("Jose Nuñez", "José", "Núñez"));
        assert!(holds("Anna Maria Kern", "Anna-Maria", "Kern"));
    }

    #[test]
    fn a_full_name_is_found_in_addresses_and_names_of_files() {
        for text in [
            "https://example.org/people/anna-kern/",
            "img/anna_kern.jpg",
            "2025-03-Kern-Anna.mp3",
            "anna.m.kern@example.org",
            "#anna-kern",
            "see Anna_Kern",
            "with-anna--kern-in-port",
            "*Anna* Kern",
            "> code\n> Anna\n> Kern",
        ] {
            assert!(holds(text, "Anna", "Kern"), "{text}");
        }
        assert!(holds("anna-maria-kern", "Anna-Maria", "Kern"));
        assert!(holds("kern_anna-maria", "Anna-Maria", "Kern"));
        assert!(holds("van-dael-joris", "Joris", "van Dael"));
        assert!(holds("joris-van-dael", "Joris", "van Dael"));
        assert!(holds("jorg-muller", "Jörg", "Müller"));
        for text in ["anna/kern", "anna-kerner", "hanna-kern", "anna-of-kern", "anna kern", "an-anna", "kern"]
        {
            assert!(!holds(text, "Anna", "Kern"), "{text}");
        }
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
