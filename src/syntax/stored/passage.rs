//! The passage of a stored text that comes nearest to words that are not in it.

use std::ops::Range;

use crate::syntax::figure;
use crate::syntax::numbers::{NumberChange, number_change};
use crate::syntax::sentence::sentences;
use crate::text::{MOST_ALIGNED, Step, Wording, align, is_unseen, marked, same};

use super::{StoredText, first_key, word_of};

/// What stands in more places of the text than these says nothing about where to look.
const MOST_PLACES: usize = 64;

/// How many words a number at either end of a passage may have beyond it.
const MORE_WORDS: usize = 3;

/// Words of a stored text, laid beside others.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Which words of the stored text.
    pub words: Range<usize>,
    /// As they stand there, white space as single spaces.
    pub text: String,
    /// How many of the words are the same, of 1: all of them where only their spelling differs.
    pub share: f64,
    /// The same for a line or two: `**words**` are there alone, `~~words~~` are not there.
    pub marked: String,
}

impl StoredText {
    /// The passage that has most of these words in their order; `None` where none has half of
    /// them. `text` is what `wording` was made of.
    #[must_use]
    pub fn nearest(&self, wording: &Wording, text: &str) -> Option<Passage> {
        let words = self.nearest_words(wording)?;
        let passage = &*self.shown(&words);
        let own = Wording::new(passage);
        let steps = align(wording, &own);
        let share = same(&steps) as f64 / wording.len().max(own.len()).min(MOST_ALIGNED) as f64;
        if share < 0.5 {
            return None;
        }
        Some(Passage {
            share,
            words,
            text: passage.split_whitespace().collect::<Vec<_>>().join(" "),
            marked: marked(&steps, (wording, text), (&own, passage)),
        })
    }

    /// The words of the text that come nearest, however far that is.
    fn nearest_words(&self, wording: &Wording) -> Option<Range<usize>> {
        let length = wording.len().min(MOST_ALIGNED / 2);
        let start = self.most_voted(wording, length)?;
        let slack = slack(length);
        let around = start.saturating_sub(slack)..(start + length + 2 * slack).min(self.wording.len());
        let (from, to) = (self.wording.span(around.start).start(), self.wording.span(around.end - 1).end());
        let here = &self.text[from..to];
        let own = Wording::new(here);
        let steps = align(wording, &own);
        let (first, last) = densest(&steps)?;
        // Words that differ at either end are shown with those of the text that they stand for,
        // as far as these are of the same sentence.
        let (lead, trail) = (first.0, length.saturating_sub(last.0 + 1));
        let ends: Vec<usize> = sentences(here, "").into_iter().map(|sentence| sentence.end).collect();
        let sentence = |word: usize| ends.partition_point(|end| *end <= own.span(word).start());
        let first = (first.1 - lead.min(first.1)..=first.1)
            .find(|word| sentence(*word) == sentence(first.1))
            .unwrap_or(first.1);
        let last = (last.1..=(last.1 + trail).min(own.len() - 1))
            .rev()
            .find(|word| sentence(*word) == sentence(last.1))
            .unwrap_or(last.1);
        Some(around.start + first..around.start + last + 1)
    }

    /// What is seen of some words, at least one.
    fn shown(&self, words: &Range<usize>) -> String {
        let (from, to) = (self.wording.span(words.start).start(), self.wording.span(words.end - 1).end());
        self.text[from..to].chars().filter(|c| !is_unseen(*c)).collect()
    }

    /// Whether a passage says the same in the same words, with numbers in other signs:
    /// "three lorries", "3 lorries". `text` is what `wording` was made of, in the language `lang`
    /// (a BCP 47 tag).
    #[must_use]
    pub fn holds_but_for_numbers(&self, wording: &Wording, text: &str, lang: &str) -> bool {
        let has_number = text.contains(char::is_numeric) || figure::read("", text, lang).is_some();
        if !has_number || wording.len() > MOST_ALIGNED / 2 {
            return false;
        }
        let Some(near) = self.nearest_words(wording) else { return false };
        // A number at either end may have more words than the passage shows, or fewer.
        (0..=2 * MORE_WORDS).any(|more| {
            (0..=2 * MORE_WORDS).any(|behind| {
                let from = (near.start + MORE_WORDS).saturating_sub(more);
                let to = (near.end + behind).saturating_sub(MORE_WORDS).min(self.wording.len());
                if from >= to {
                    return false;
                }
                let passage = self.shown(&(from..to));
                // "Twenty-three" is not "three", nor is "three hundred".
                let wide = from.saturating_sub(MORE_WORDS)..(to + MORE_WORDS).min(self.wording.len());
                let whole = figure::read_all(&self.shown(&wide), lang);
                let mut read = figure::read_all(&passage, lang).into_iter();
                if !read.all(|part| whole.iter().any(|figure| figure.low == part.low)) {
                    return false;
                }
                let own = Wording::new(&passage);
                let steps = align(wording, &own);
                let is_same = |step: &Step| matches!(step, Step::Same(..));
                let runs: Vec<&[Step]> = steps.chunk_by(|a, b| is_same(a) == is_same(b)).collect();
                let is_end = |at: usize| at == 0 || at + 1 == runs.len();
                // What the passage has beyond the words is no difference.
                let is_beyond = |run: &[Step]| run.iter().all(|step| matches!(step, Step::Second(_)));
                runs.iter().enumerate().all(|(at, run)| {
                    is_same(&run[0])
                        || is_end(at) && is_beyond(run)
                        || number_change(run, (wording, text), (&own, &passage), lang) == NumberChange::Same
                })
            })
        })
    }

    /// Where the passage would begin for which most places speak that share letters with it.
    fn most_voted(&self, wording: &Wording, length: usize) -> Option<usize> {
        let letters = wording.letters().as_bytes();
        let mut votes: Vec<usize> = Vec::new();
        for word in 0..length {
            let Some(key) = first_key(&letters[wording.start_of(word)..]) else { break };
            let listed = self.listed(key);
            if listed.len() <= MOST_PLACES {
                // Counted from the length, so that none is below zero.
                votes.extend(listed.iter().map(|place| word_of(*place) + length - word));
            }
        }
        votes.sort_unstable();
        let reach = slack(length);
        let mut best: Option<(usize, usize)> = None;
        let mut end = 0;
        for start in 0..votes.len() {
            while votes.get(end).is_some_and(|vote| *vote <= votes[start] + reach) {
                end += 1;
            }
            if best.is_none_or(|(most, _)| end - start > most) {
                best = Some((end - start, votes[start]));
            }
        }
        best.map(|(_, vote)| vote.saturating_sub(length))
    }
}

/// The same word in both texts, by its numbers.
type Pair = (usize, usize);

/// The first and the last pair of same words of the stretch in which most words are the same
/// and fewest of the text's own come between: a word that is the same by chance, far before the
/// others, is left out.
fn densest(steps: &[Step]) -> Option<(Pair, Pair)> {
    let mut best: Option<(i32, Pair, Pair)> = None;
    let mut open: Option<(i32, Pair)> = None;
    for step in steps {
        match step {
            Step::Same(own, word) => {
                let (score, from) = open.unwrap_or((0, (*own, *word)));
                open = Some((score + 2, from));
                if best.is_none_or(|(most, ..)| score + 2 > most) {
                    best = Some((score + 2, from, (*own, *word)));
                }
            }
            Step::Second(_) => {
                open = open.map(|(score, from)| (score - 1, from)).filter(|(score, _)| *score > 0)
            }
            Step::First(_) => {}
        }
    }
    best.map(|(_, from, to)| (from, to))
}

/// How many words may have come or gone on the way.
fn slack(length: usize) -> usize {
    6 + length / 3
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Nobody on either side fired a shot. The drivers had permits from Tessary and from \
        the liaison office, and were told at the roadside that one cancelled the other. They slept there.";

    fn nearest(words: &str) -> Option<Passage> {
        StoredText::new("a.txt", TEXT.to_owned()).nearest(&Wording::new(words), words)
    }

    #[test]
    fn the_nearest_passage_shows_what_differs() {
        let found = nearest("were told at the road that one cancelled the other").expect("it is near");
        assert_eq!(found.text, "were told at the roadside that one cancelled the other");
        assert_eq!(found.marked, "were told at the ~~road~~ **roadside** that one cancelled the other");
        let found = nearest("The driver had permits from Tessary").expect("it is near");
        assert_eq!(found.marked, "The ~~driver~~ **drivers** had permits from Tessary");
        let found = nearest("on either side fired a gun").expect("it is near");
        assert_eq!(found.marked, "on either side fired a ~~gun~~ **shot**");
        let found = nearest("somebody on either side fired a shot").expect("it is near");
        assert_eq!(found.marked, "~~somebody~~ **Nobody** on either side fired a shot");
        let found = nearest("The office was told at the roadside").expect("it is near");
        assert_eq!(found.text, "the liaison office, and were told at the roadside");
    }

    #[test]
    fn the_nearest_passage_ends_with_its_sentence() {
        let found = nearest("on either side fired a shot today").expect("it is near");
        assert_eq!(found.text, "on either side fired a shot");
        let found =
            nearest("In fact drivers had permits from Tessary and from the office").expect("it is near");
        assert!(found.text.starts_with("The drivers had"), "{}", found.text);
    }

    #[test]
    fn numbers_may_be_written_otherwise() {
        let holds = |stored: &str, words: &str| {
            StoredText::new("a.txt", stored.to_owned()).holds_but_for_numbers(
                &Wording::new(words),
                words,
                "en",
            )
        };
        let waited = "We waited three and a half hours. Twenty-five lorries stood there, and more came.";
        for words in ["We waited 3½ hours", "we waited 3 1/2 hours", "25 lorries stood there"] {
            assert!(holds(waited, words), "{words}");
        }
        for words in
            ["We waited 4½ hours", "We waited 3 hours", "26 lorries stood there", "25 cars stood there"]
        {
            assert!(!holds(waited, words), "{words}");
        }
        assert!(holds("There were 3 1/2 hours of it.", "there were three and a half hours"));
        assert!(holds("There were 3½ hours of it.", "3 1/2 hours of it"));
        assert!(!holds("There were twenty-three lorries on it.", "3 lorries on it"));
        assert!(!holds("On it we saw three hundred lorries.", "on it we saw 3"));
    }

    #[test]
    fn what_has_little_in_common_is_not_near() {
        assert!(nearest("the permits were a private matter of the two offices in town").is_none());
        assert!(nearest("no").is_none());
        assert!(nearest("").is_none());
        assert!(
            StoredText::new("a.txt", String::new()).nearest(&Wording::new("a word or two"), "").is_none()
        );
    }
}
