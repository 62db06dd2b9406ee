//! The part of a line that fits on the screen.
//!
//! In an article a line is a paragraph, and in a file that went wrong it is 50 MB:
//! what is shown is the words that a finding is about with as much around them as
//! fits. Nothing here looks at more of the line than that.

use std::ops::Range;

use crate::cli::output::{shown, shown_width};

/// What stands for what was cut off.
const CUT: &str = "…";

/// Bytes per column that are looked at, at most: marks without a width of their own
/// can pile up on a letter without end.
const BYTES_PER_COLUMN: usize = 16;

/// A part of a line, made fit to be shown.
#[derive(Debug)]
pub(super) struct Window {
    /// What is shown.
    pub(super) text: String,
    /// The bytes of the line that are shown.
    part: Range<usize>,
    /// For each character of the part, where it begins in the line and in `text`;
    /// the ends of both last.
    at: Vec<(usize, usize)>,
}

impl Window {
    /// The part of `line` around `focus` that takes at most `columns`. What lies in
    /// `focus` is shown from its beginning where it does not fit as a whole.
    pub(super) fn new(line: &str, focus: Range<usize>, columns: usize) -> Window {
        let room = columns.saturating_sub(4).max(16);
        let (inside, after_focus) = forward(line, focus.start, focus.end, room);
        let rest = room - inside;
        let (left, _) = backward(line, focus.start, rest);
        let (right, _) = forward(line, after_focus, line.len(), rest);
        // Half of the room on either side, and what one side leaves to the other.
        let left_room = left.min((rest / 2).max(rest - right));
        let (_, mut start) = backward(line, focus.start, left_room);
        let (_, mut end) = forward(line, after_focus, line.len(), rest - left_room);
        if start > 0 {
            start = after_a_space(line, start, focus.start);
        }
        if end < line.len() {
            let limit = if end > focus.end { focus.end } else { focus.start };
            end = before_a_space(line, end, limit);
        }
        let mut text = String::with_capacity(end - start + 2 * CUT.len() + 2);
        if start > 0 {
            text += CUT;
            text.push(' ');
        }
        let mut at = Vec::new();
        for (offset, c) in line[start..end].char_indices() {
            at.push((start + offset, text.len()));
            text += &shown(c);
        }
        at.push((end, text.len()));
        if end < line.len() {
            text.push(' ');
            text += CUT;
        }
        Window { text, part: start..end, at }
    }

    /// Where a place of the line is in the text that is shown; the nearer end for one
    /// that is not.
    pub(super) fn to_shown(&self, offset: usize) -> usize {
        let offset = offset.clamp(self.part.start, self.part.end);
        let after = self.at.partition_point(|&(in_line, _)| in_line < offset);
        self.at[after.min(self.at.len() - 1)].1
    }

    /// Whether all of these bytes of the line are shown.
    pub(super) fn shows(&self, range: &Range<usize>) -> bool {
        self.part.start <= range.start && range.end <= self.part.end
    }
}

/// How many columns the characters from `start` on take, up to `end` or `columns`, and
/// where they end.
fn forward(line: &str, start: usize, end: usize, columns: usize) -> (usize, usize) {
    let mut taken = 0;
    for (offset, c) in line[start..end].char_indices() {
        let width = shown_width(c);
        if taken + width > columns || offset > columns * BYTES_PER_COLUMN {
            return (taken, start + offset);
        }
        taken += width;
    }
    (taken, end)
}

/// The same for the characters before `end`, and where they begin.
fn backward(line: &str, end: usize, columns: usize) -> (usize, usize) {
    let mut taken = 0;
    let mut start = end;
    for c in line[..end].chars().rev() {
        let width = shown_width(c);
        if taken + width > columns || end - start > columns * BYTES_PER_COLUMN {
            // A mark belongs to the letter before it, which is cut off.
            return (taken, start + marks_at(&line[start..end]));
        }
        taken += width;
        start -= c.len_utf8();
    }
    (taken, start)
}

/// The bytes of the marks without a letter that a text begins with.
fn marks_at(text: &str) -> usize {
    text.chars().take_while(|&c| shown_width(c) == 0).map(char::len_utf8).sum()
}

/// A cut between words, if there is one within a few letters.
const WORD: usize = 20;

fn after_a_space(line: &str, start: usize, limit: usize) -> usize {
    let part = &line[start..limit];
    match part.char_indices().take(WORD).find(|(_, c)| c.is_whitespace()) {
        Some((at, space)) => start + at + space.len_utf8(),
        None => start,
    }
}

fn before_a_space(line: &str, end: usize, limit: usize) -> usize {
    let part = &line[limit..end];
    match part.char_indices().rev().take(WORD).find(|(_, c)| c.is_whitespace()) {
        Some((at, _)) => limit + at,
        None => end,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cli::output::width;

    fn window(line: &str, focus: &str, columns: usize) -> String {
        let start = line.find(focus).expect("it is in the line");
        let range = start..start + focus.len();
        let window = Window::new(line, range.clone(), columns);
        let underline = width(&window.text[window.to_shown(range.start)..window.to_shown(range.end)]);
        let before = width(&window.text[..window.to_shown(range.start)]);
        format!("{}\n{}{}", window.text, " ".repeat(before), "^".repeat(underline))
    }

    #[test]
    fn a_paragraph_is_cut_between_words() {
        let line = "The relief agency said on Monday that the convoy had been turned back twice at the \
                    northern checkpoint, and that nobody had said why it was not let through.";
        expect_test::expect![[r#"
            … said on Monday that the convoy had been turned back twice …
                                      ^^^^^^"#]]
        .assert_eq(&window(line, "convoy", 70));
        expect_test::expect![[r#"
            The relief agency said on Monday that the convoy had been …
                ^^^^^^"#]]
        .assert_eq(&window(line, "relief", 64));
        expect_test::expect![[r#"
            … said on Monday that the convoy had been turned back twice at the …
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"#]]
        .assert_eq(&window(line, &line[18..], 70));
    }

    #[test]
    fn what_is_wide_or_unseen_keeps_its_underline() {
        expect_test::expect![[r#"
            a    字字 <U+200B>b␛[31m e
                 ^^^^"#]]
        .assert_eq(&window("a\t字字 \u{200b}b\u{1b}[31m e", "字字", 80));
    }

    proptest! {
        #[test]
        fn fits_and_maps(line in "([a-c ]|é|\u{301}|字|\t|\u{1b}|\u{200b}){0,300}", from: prop::sample::Index,
                         to: prop::sample::Index, columns in 20usize..120) {
            let places: Vec<usize> = (0..=line.len()).filter(|&at| line.is_char_boundary(at)).collect();
            let (a, b) = (places[from.index(places.len())], places[to.index(places.len())]);
            let focus = a.min(b)..a.max(b);
            let window = Window::new(&line, focus.clone(), columns);
            prop_assert!(width(&window.text) <= columns, "{}", window.text);
            let (start, end) = (window.to_shown(focus.start), window.to_shown(focus.end));
            prop_assert!(start <= end && window.text.is_char_boundary(start) && window.text.is_char_boundary(end));
            if window.shows(&(0..line.len())) {
                prop_assert!(!window.text.contains(CUT));
            }
        }
    }
}
