//! All names of a corpus, laid out so that the few which may be near one that nobody
//! knows are found without looking at the others.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{Name, SHORTEST_PART};
use crate::text::fold;

/// Names laid out for [`suggest`](super::suggest()). It does not hold the names themselves,
/// only what each stands for: a number or two with which the name is found again.
#[derive(Debug)]
pub struct Shortlist<T> {
    /// By length.
    names: Vec<Outline<T>>,
    /// The words of all names, hashed, and which of `names` has each; in order.
    words: Vec<(u32, u32)>,
    /// The first characters of all names, likewise.
    beginnings: Vec<(u32, u32)>,
}

/// What is kept of a name.
#[derive(Debug)]
struct Outline<T> {
    letters: u64,
    /// In characters.
    length: u32,
    /// How many different words it has.
    words: u32,
    value: T,
}

impl<T: Copy> Shortlist<T> {
    /// Lays out `names`, each with what it stands for.
    pub fn new<'n>(names: impl IntoIterator<Item = (&'n str, T)>) -> Self {
        let (mut outlines, mut words, mut beginnings) = (Vec::new(), Vec::new(), Vec::new());
        for (number, (name, value)) in names.into_iter().enumerate() {
            let number = number as u32;
            let folded = fold(name);
            let name = Name::new(&folded);
            let own = word_hashes(&name);
            outlines.push((
                number,
                Outline { letters: name.letters, length: name.length as u32, words: own.len() as u32, value },
            ));
            words.extend(own.into_iter().map(|word| (word, number)));
            beginnings.extend(beginning(&name).map(|hash| (hash, number)));
        }
        outlines.sort_by_key(|(_, outline)| outline.length);
        let mut places = vec![0; outlines.len()];
        for (place, (number, _)) in outlines.iter().enumerate() {
            places[*number as usize] = place as u32;
        }
        for (_, number) in words.iter_mut().chain(&mut beginnings) {
            *number = places[*number as usize];
        }
        words.sort_unstable();
        beginnings.sort_unstable();
        Shortlist { names: outlines.into_iter().map(|(_, outline)| outline).collect(), words, beginnings }
    }

    /// What every name stands for that [`suggest`](super::suggest()) may name for `wanted`,
    /// each once, and some that it may not.
    #[must_use]
    pub fn near(&self, wanted: &str) -> Vec<T> {
        let folded = fold(wanted);
        let wanted = Name::new(&folded);
        let edits = wanted.edits();
        let from = self.names.partition_point(|name| (name.length as usize) + edits < wanted.length);
        let mut near: Vec<u32> = (from..)
            .zip(&self.names[from..])
            .take_while(|(_, name)| name.length as usize <= wanted.length + edits)
            .filter(|(_, name)| wanted.is_within(edits, name.length as usize, name.letters))
            .map(|(number, _)| number as u32)
            .collect();
        if let Some(beginning) = beginning(&wanted) {
            let begins = |number: &u32| {
                let name = &self.names[*number as usize];
                name.length as usize > wanted.length && name.letters & wanted.letters == wanted.letters
            };
            near.extend(postings(&self.beginnings, beginning).filter(begins));
        }
        self.sharing_words(&wanted, &mut near);
        near.sort_unstable();
        near.dedup();
        near.into_iter().map(|number| self.names[number as usize].value).collect()
    }

    /// Those that have all the words of `wanted`, or of which it has all.
    fn sharing_words(&self, wanted: &Name<'_>, near: &mut Vec<u32>) {
        let words = word_hashes(wanted);
        let mut shared: Vec<u32> = words.iter().flat_map(|word| postings(&self.words, *word)).collect();
        shared.sort_unstable();
        near.extend(shared.chunk_by(|a, b| a == b).filter_map(|run| {
            let all = self.names[run[0] as usize].words.min(words.len() as u32);
            (run.len() as u32 >= all).then_some(run[0])
        }));
    }
}

/// The hashes of the different words of a name; none of one with too many.
fn word_hashes(name: &Name<'_>) -> Vec<u32> {
    if !name.has_few_words() {
        return Vec::new();
    }
    let mut words: Vec<u32> = name.words().map(hash).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The hash of the first characters; none of a name that is shorter.
fn beginning(name: &Name<'_>) -> Option<u32> {
    let (end, last) = name.text.char_indices().nth(SHORTEST_PART - 1)?;
    Some(hash(&name.text[..end + last.len_utf8()]))
}

/// Two texts of one hash are no harm: what is found is compared.
fn hash(text: &str) -> u32 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish() as u32
}

fn postings(all: &[(u32, u32)], hash: u32) -> impl Iterator<Item = u32> {
    let from = all.partition_point(|(other, _)| *other < hash);
    all[from..].iter().take_while(move |(other, _)| *other == hash).map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::suggest;

    /// Names that resemble each other in all the ways that count.
    fn name() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-c]{0,7}",
            "(red |blue |old-|of.|harbour ){0,4}(pier|gate|Gäte)?",
            "wire-03[0-9]{2}",
            any::<String>()
        ]
    }

    proptest! {
        #[test]
        fn nothing_is_missed(wanted in name(), known in prop::collection::vec(name(), 0..20)) {
            let every = suggest(&wanted, known.iter().map(|name| (&**name, ())));
            let list = Shortlist::new(known.iter().enumerate().map(|(number, name)| (&**name, number)));
            let near = list.near(&wanted);
            let of_list = suggest(&wanted, near.iter().map(|number| (&*known[*number], ())));
            prop_assert_eq!(every, of_list);
        }
    }

    #[test]
    fn most_names_are_not_looked_at() {
        let known: Vec<String> = (0..1_000)
            .map(|number| format!("{}-{number}", ["ministry", "harbour", "relay"][number % 3]))
            .collect();
        let list = Shortlist::new(known.iter().map(|name| (&**name, &**name)));
        assert!(list.near("xylophone quartet").is_empty());
        assert_eq!(list.near("harbour-1 north"), ["harbour-1"]);
    }
}
