//! "Did you mean": the known names nearest to one that nobody knows.
//!
//! Most candidates are turned away by their length and their letters before anything is
//! compared. Where there are as many as a corpus has names, a [`Shortlist`] gives those
//! that are worth a look.

mod shortlist;

pub use shortlist::Shortlist;

use crate::text::fold;

/// How many names are suggested at most: more is a list to read, not a hint.
const MOST: usize = 3;

/// Names longer than this, in characters, are not compared letter by letter, which
/// takes the product of both lengths. No name of people or places is as long.
const LONGEST: usize = 128;

/// Parts of names shorter than this, in characters, say nothing: "al", "de".
const SHORTEST_PART: usize = 3;

/// Names of more words than this are not compared word by word. No name has as many.
const MOST_WORDS: usize = 12;

/// The candidates that `wanted` may have been meant for, the likeliest first, at most
/// three. Each candidate is a name as it is shown and whatever the caller needs to
/// know of it.
///
/// Names are compared folded: within one edit (insertion, deletion, substitution or
/// swap of neighbours) up to four characters, two up to eight, three beyond; or one
/// has all the words of the other ("Petrov" for "Dmitri Petrov"); or the candidate
/// begins with what is wanted. The order does not depend on that of the candidates.
pub fn suggest<'a, T>(wanted: &str, candidates: impl IntoIterator<Item = (&'a str, T)>) -> Vec<(&'a str, T)> {
    let wanted_folded = fold(wanted);
    let name = Name::new(&wanted_folded);
    let mut best: Vec<(Rank<'a>, T)> = Vec::with_capacity(MOST + 1);
    if name.length == 0 {
        return Vec::new();
    }
    for (shown, value) in candidates {
        if shown == wanted {
            continue;
        }
        let folded = fold(shown);
        let candidate = Name::new(&folded);
        let Some(score) = score(&name, &candidate) else { continue };
        let rank = Rank { score, difference: name.length.abs_diff(candidate.length), shown };
        if best.iter().any(|(other, _)| other.shown == shown) {
            continue;
        }
        let at = best.partition_point(|(other, _)| *other < rank);
        if at < MOST {
            best.insert(at, (rank, value));
            best.truncate(MOST);
        }
    }
    best.into_iter().map(|(rank, value)| (rank.shown, value)).collect()
}

/// Whether `b` is `a` with one character inserted, deleted or substituted, or two
/// neighbours swapped. Case counts.
#[must_use]
pub fn one_edit_away(a: &str, b: &str) -> bool {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y);
    let start: usize = same.map(|(x, _)| x.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let same = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y);
    let end: usize = same.map(|(x, _)| x.len_utf8()).sum();
    // What differs, between what both begin and what both end with.
    let (mut a, mut b) = (a[..a.len() - end].chars(), b[..b.len() - end].chars());
    match ((a.next(), a.next(), a.next()), (b.next(), b.next(), b.next())) {
        ((_, None, _), (Some(_), None, _)) => true,
        ((Some(x), Some(y), None), (Some(u), Some(v), None)) => x == v && y == u,
        _ => false,
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank<'a> {
    score: usize,
    difference: usize,
    shown: &'a str,
}

/// A folded name with what turns it away quickly.
struct Name<'a> {
    text: &'a str,
    /// In characters.
    length: usize,
    /// Which characters there are, some sharing a bit: what holds of the characters
    /// holds of the bits.
    letters: u64,
}

impl<'a> Name<'a> {
    fn new(text: &'a str) -> Name<'a> {
        let (mut length, mut letters) = (0, 0_u64);
        for c in text.chars() {
            length += 1;
            letters |= 1 << (u32::from(c) % 64);
        }
        Name { text, length, letters }
    }

    fn words(&self) -> impl Iterator<Item = &'a str> {
        let parts = |c: char| matches!(c, ' ' | '-' | '_' | '.' | ':' | '/' | ',' | '#');
        self.text.split(parts).filter(|word| !word.is_empty())
    }

    /// Whether it has so few words that comparing them takes no time.
    fn has_few_words(&self) -> bool {
        self.words().nth(MOST_WORDS).is_none()
    }

    /// Whether every word of this name is one of `other`'s.
    fn words_are_in(&self, other: &Name) -> bool {
        self.length >= SHORTEST_PART
            && self.length < other.length
            && self.has_few_words()
            && other.has_few_words()
            && self.words().all(|word| other.words().any(|other| other == word))
    }

    /// Whether a name of that length and those letters may be within so many edits.
    fn is_within(&self, edits: usize, length: usize, letters: u64) -> bool {
        // An edit adds one character and takes one away at most.
        let unlike = (self.letters ^ letters).count_ones() as usize;
        self.length.abs_diff(length) <= edits && unlike <= 2 * edits
    }

    /// How many edits away a name may be that was meant by this one.
    fn edits(&self) -> usize {
        match self.length {
            0..=1 => 0,
            2..=4 => 1,
            5..=8 => 2,
            _ => 3,
        }
    }
}

/// How far a candidate is from what is wanted; none where it is too far. An edit
/// counts two, so that shared words stand between one edit and two.
fn score(wanted: &Name, candidate: &Name) -> Option<usize> {
    const SHARED_WORDS: usize = 3;
    const SAME_BEGINNING: usize = 5;

    let edits = wanted.edits();
    let mut best = None;
    if wanted.length <= LONGEST && wanted.is_within(edits, candidate.length, candidate.letters) {
        let distance = strsim::osa_distance(wanted.text, candidate.text);
        // All letters changed is no likeness, however few they are.
        if distance <= edits && distance < wanted.length {
            best = Some(2 * distance);
        }
    }
    if best.is_some_and(|score| score <= SHARED_WORDS) {
        return best;
    }
    let common = wanted.letters & candidate.letters;
    let shared = common == wanted.letters && wanted.words_are_in(candidate)
        || common & candidate.letters == candidate.letters && candidate.words_are_in(wanted);
    if shared {
        return Some(SHARED_WORDS);
    }
    if best.is_none() && wanted.length >= SHORTEST_PART && candidate.text.starts_with(wanted.text) {
        return Some(SAME_BEGINNING);
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names<'a>(wanted: &str, known: &[&'a str]) -> Vec<&'a str> {
        suggest(wanted, known.iter().map(|&name| (name, ()))).into_iter().map(|(name, ())| name).collect()
    }

    #[test]
    fn the_nearest_first() {
        let known = ["northland-mod", "northland-mfa", "northland", "southland", "relief-agency", "kasra"];
        assert_eq!(names("nothland", &known), ["northland", "southland"]);
        assert_eq!(names("kasar", &known), ["kasra"]);
        assert_eq!(names("northland-mdo", &known), ["northland-mod", "northland", "northland-mfa"]);
        assert_eq!(names("nort", &known), ["northland", "northland-mfa", "northland-mod"]);
        assert_eq!(names("Relief Agency", &known), ["relief-agency"]);
        assert_eq!(names("harbour", &known), [""; 0]);
        assert_eq!(names("", &known), [""; 0]);
        assert_eq!(names("x", &["y", "xy", "z"]), [""; 0]);
    }

    #[test]
    fn by_the_words_of_a_name() {
        let known = ["Dmitri Petrov", "Petra Dimitrov", "Petro", "Old Harbour", "Harbour Police"];
        assert_eq!(names("Petrov", &known), ["Petro", "Dmitri Petrov"]);
        assert_eq!(names("Dr. Dmitri Petrov", &known), ["Dmitri Petrov"]);
        assert_eq!(names("harbour", &known), ["Old Harbour", "Harbour Police"]);
        assert_eq!(names("Petrov, Dmitri", &known), ["Dmitri Petrov"]);
        assert_eq!(names("al", &["Al Hadath", "al-b"]), [""; 0]);
    }

    #[test]
    fn case_alone_is_no_distance() {
        assert_eq!(
            names("kasra-zone", &["Kasra-Zone", "kasra-zones", "kasra-zone"]),
            ["Kasra-Zone", "kasra-zones"]
        );
        assert_eq!(names("strasse", &["Straße"]), ["Straße"]);
    }

    #[test]
    fn the_cutoff_grows_with_the_name() {
        assert_eq!(names("abcd", &["abc", "abxx"]), ["abc"]);
        assert_eq!(names("abcdefgh", &["abcdefxx", "abcdexxx"]), ["abcdefxx"]);
        assert_eq!(names("abcdefghi", &["abcdefxxx", "abcdexxxx"]), ["abcdefxxx"]);
    }

    #[test]
    fn what_one_edit_is() {
        for (a, b) in [
            ("disputes", "dispute"),
            ("by", "bye"),
            ("claim", "clam"),
            ("claim", "clami"),
            ("claim", "claiм"),
            ("event", "evnet"),
            ("a", ""),
            ("ab", "ba"),
            ("aa", "a"),
            ("größe", "grösse"),
            ("héé", "hé"),
        ] {
            assert_eq!(one_edit_away(a, b), a != "größe", "{a} {b}");
            assert_eq!(one_edit_away(b, a), a != "größe", "{b} {a}");
        }
        for (a, b) in [
            ("", ""),
            ("claim", "claim"),
            ("ab", "cd"),
            ("abc", "cba"),
            ("claim", "clm"),
            ("abcd", "badc"),
            ("Claim", "cLaim"),
        ] {
            assert!(!one_edit_away(a, b), "{a} {b}");
        }
    }

    #[test]
    fn huge_names_cost_no_more_than_their_length() {
        let huge = "a b".repeat(100_000);
        let other = "a c".repeat(100_000);
        assert_eq!(names(&huge, &[&other, "a"]), [""; 0]);
    }

    proptest! {
        #[test]
        fn one_edit_is_a_distance_of_one(a in "[abc]{0,6}", b in "[abc]{0,6}") {
            prop_assert_eq!(one_edit_away(&a, &b), strsim::osa_distance(&a, &b) == 1);
        }

        #[test]
        fn order_of_candidates_does_not_matter(wanted in "[a-d ]{0,8}", mut known in prop::collection::vec("[a-d ]{0,8}", 0..12)) {
            let names = |known: &[String]| -> Vec<String> {
                suggest(&wanted, known.iter().map(|name| (&**name, ()))).into_iter().map(|(name, ())| name.to_owned()).collect()
            };
            let before = names(&known);
            known.reverse();
            prop_assert_eq!(before, names(&known));
        }

        #[test]
        fn nothing_near_is_turned_away(wanted in "[a-f]{5,8}", edited in "[a-f]{3,10}") {
            let near = strsim::osa_distance(&wanted, &edited) <= 2 && wanted != edited;
            if near {
                prop_assert_eq!(names(&wanted, &[&edited]).len(), 1);
            }
        }

        #[test]
        fn never_panics(wanted in any::<String>(), known in prop::collection::vec(any::<String>(), 0..4)) {
            let _ = suggest(&wanted, known.iter().map(|name| (&**name, ())));
            for name in &known {
                let _ = one_edit_away(&wanted, name);
            }
        }
    }
}
