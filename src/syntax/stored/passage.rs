//! The passage of a stored text that comes nearest to words that are not in it.

use std::ops::Range;

use crate::text::{MOST_ALIGNED, Step, Wording, align, marked, same};

use super::{StoredText, first_key, word_of};

/// What stands in more places of the text than these says nothing about where to look.
const MOST_PLACES: usize = 64;

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
        let length = wording.len().min(MOST_ALIGNED / 2);
        let start = self.most_voted(wording, length)?;
        let slack = slack(length);
        let around = start.saturating_sub(slack)..(start + length + 2 * slack).min(self.wording.len());
        let (from, to) = (self.wording.span(around.start).start(), self.wording.span(around.end - 1).end());
        let here = &self.text[from..to];
        let own = Wording::new(here);
        let steps = align(wording, &own);
        let (first, last) = densest(&steps)?;
        // Words that differ at either end are shown with those of the text that they stand for.
        let (lead, trail) = (first.0, length.saturating_sub(last.0 + 1));
        let first = first.1 - lead.min(first.1);
        let last = (last.1 + trail).min(own.len() - 1);
        let passage = &here[own.span(first).start()..own.span(last).end()];
        let own = Wording::new(passage);
        let steps = align(wording, &own);
        let share = same(&steps) as f64 / wording.len().max(own.len()).min(MOST_ALIGNED) as f64;
        if share < 0.5 {
            return None;
        }
        Some(Passage {
            share,
            words: around.start + first..around.start + last + 1,
            text: passage.split_whitespace().collect::<Vec<_>>().join(" "),
            marked: marked(&steps, (wording, text), (&own, passage)),
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
    fn what_has_little_in_common_is_not_near() {
        assert!(nearest("the permits were a private matter of the two offices in town").is_none());
        assert!(nearest("no").is_none());
        assert!(nearest("").is_none());
        assert!(
            StoredText::new("a.txt", String::new()).nearest(&Wording::new("a word or two"), "").is_none()
        );
    }
}
