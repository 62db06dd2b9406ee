//! Two texts word by word: what stands in both, and what in one alone.

use super::Wording;

/// How many words of a text are laid beside another at most. Nobody reads the difference of
/// longer ones word by word, and the work is the product of both lengths.
pub const MOST_ALIGNED: usize = 256;

/// One step through two texts, with the number of the word in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The same word in both.
    Same(usize, usize),
    /// A word of the first text alone.
    First(usize),
    /// A word of the second text alone.
    Second(usize),
}

/// The steps through the first words of two texts, as many of them the same as can be; where
/// they differ, what the first has comes before what the second has.
#[must_use]
pub fn align(first: &Wording, second: &Wording) -> Vec<Step> {
    let (rows, columns) = (first.len().min(MOST_ALIGNED), second.len().min(MOST_ALIGNED));
    // For each pair of ends, how many words they have in common from there on; of two ways the
    // one with the same words side by side.
    let width = columns + 1;
    let mut best = vec![0u32; (rows + 1) * width];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let without = best[(row + 1) * width + column].max(best[row * width + column + 1]);
            let is_same = is_same_word(first.word(row), second.word(column));
            best[row * width + column] = match is_same {
                true => without.max(best[(row + 1) * width + column + 1] + 1),
                false => without,
            };
        }
    }
    let mut steps = Vec::with_capacity(rows + columns);
    let (mut row, mut column) = (0, 0);
    while row < rows || column < columns {
        let here = best[row * width + column];
        let is_same = row < rows && column < columns && is_same_word(first.word(row), second.word(column));
        if is_same && here == best[(row + 1) * width + column + 1] + 1 {
            steps.push(Step::Same(row, column));
            (row, column) = (row + 1, column + 1);
        } else if column == columns || row < rows && best[(row + 1) * width + column] == here {
            steps.push(Step::First(row));
            row += 1;
        } else {
            steps.push(Step::Second(column));
            column += 1;
        }
    }
    steps
}

/// Whether two words are one, in one spelling of English or two: papers print what was said in
/// their own.
fn is_same_word(one: &str, other: &str) -> bool {
    one == other
        || one.len() >= 4
            && other.len() >= 4
            && one.len().abs_diff(other.len()) <= 3
            && one.as_bytes()[0] == other.as_bytes()[0]
            && respelled(one) == respelled(other)
}

/// A word in no spelling of either side of the Atlantic.
fn respelled(word: &str) -> String {
    let pairs =
        [("our", "or"), ("is", "iz"), ("ys", "yz"), ("ll", "l"), ("ae", "e"), ("oe", "e"), ("ogue", "og")];
    let ends = [("re", "er"), ("mme", "m"), ("ce", "se"), ("grey", "gray")];
    let mut word = word.to_owned();
    for (british, american) in ends {
        if let Some(stem) = word.strip_suffix(british) {
            word = format!("{stem}{american}");
        }
    }
    pairs.iter().fold(word, |word, (british, american)| word.replace(british, american))
}

/// How many words are the same.
#[must_use]
pub fn same(steps: &[Step]) -> usize {
    steps.iter().filter(|step| matches!(step, Step::Same(..))).count()
}

/// `second` as far as it can be shown in a line or two, its words that the first text lacks
/// between `**`, and words that the first alone has between `~~`. `text` is what `second` was
/// made of. What lies far from any difference is cut.
#[must_use]
pub fn marked(steps: &[Step], first: (&Wording, &str), second: (&Wording, &str)) -> String {
    /// How many words are shown on either side of what differs, and at most.
    const AROUND: usize = 8;
    const MOST: usize = 36;
    let differs = |step: &Step| !matches!(step, Step::Same(..));
    let from = steps.iter().position(differs).unwrap_or(0).saturating_sub(AROUND);
    let last = steps.iter().rposition(differs).unwrap_or(0);
    let to = (last + AROUND + 1).min(from + MOST).min(steps.len());
    let mut out = String::new();
    if from > 0 {
        out.push('…');
    }
    let mut at = from;
    while at < to {
        let kind = std::mem::discriminant(&steps[at]);
        let end = at + steps[at..to].iter().take_while(|step| std::mem::discriminant(*step) == kind).count();
        if !out.is_empty() {
            out.push(' ');
        }
        let run = |wording: &Wording, text: &str, from: usize, to: usize| {
            let words = &text[wording.span(from).start()..wording.span(to).end()];
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        match (steps[at], steps[end - 1]) {
            (Step::Same(_, from), Step::Same(_, to)) => out += &run(second.0, second.1, from, to),
            (Step::Second(from), Step::Second(to)) => {
                out += &format!("**{}**", run(second.0, second.1, from, to));
            }
            (Step::First(from), Step::First(to)) => {
                out += &format!("~~{}~~", run(first.0, first.1, from, to));
            }
            _ => {}
        }
        at = end;
    }
    if to < steps.len() {
        out.push_str(" …");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(first: &str, second: &str) -> String {
        let (one, other) = (Wording::new(first), Wording::new(second));
        marked(&align(&one, &other), (&one, first), (&other, second))
    }

    #[test]
    fn differences_are_marked_word_by_word() {
        assert_eq!(difference("we are going", "We are not going."), "We are **not** going");
        assert_eq!(difference("we are not going", "we are going"), "we are ~~not~~ going");
        assert_eq!(difference("it is big, he said", "it was big, he said"), "it ~~is~~ **was** big, he said");
        assert_eq!(difference("", "a b"), "**a b**");
        assert_eq!(difference("", ""), "");
    }

    #[test]
    fn two_spellings_are_one_word() {
        for (one, other) in [
            ("organisation", "organization"),
            ("harbour", "harbor"),
            ("centre", "center"),
            ("travelled", "traveled"),
        ] {
            assert_eq!(difference(one, other), other, "{one}");
        }
        assert_eq!(difference("four", "for"), "~~four~~ **for**");
        assert_eq!(difference("were", "we"), "~~were~~ **we**");
    }

    #[test]
    fn what_is_far_from_a_difference_is_cut() {
        let long: String = (0..40).map(|number| format!("w{number} ")).collect();
        let shown = difference(&long, &long.replace("w20", "other"));
        assert_eq!(
            shown,
            "… w12 w13 w14 w15 w16 w17 w18 w19 ~~w20~~ **other** w21 w22 w23 w24 w25 w26 w27 w28 …"
        );
    }
}
