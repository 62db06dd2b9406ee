//! A look ahead for nesting that would cost the stack.
//!
//! The parser bounds brackets and the parts of a dotted key each for itself, but not
//! their product: `{a.b = {a.b = …` goes as deep as both multiplied.

use crate::data::{MAX_DEPTH, Problem, TOO_DEEP, char_at};

/// What is said of a text that nests deeper than [`MAX_DEPTH`].
pub(super) fn too_deep(text: &str) -> Option<Problem> {
    let bytes = text.as_bytes();
    // The dots of the key before each open bracket, and of the key that is being read.
    let (mut open, mut dots) = (Vec::<usize>::new(), 0);
    let mut depth = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' => {
                at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
                continue;
            }
            b'"' | b'\'' => {
                at = end_of_string(bytes, at);
                continue;
            }
            b'[' | b'{' => {
                open.push(dots);
                depth += dots + 1;
                dots = 0;
            }
            b']' | b'}' => {
                if let Some(before) = open.pop() {
                    depth -= before + 1;
                }
                dots = 0;
            }
            b',' | b'\n' => dots = 0,
            b'.' => dots += 1,
            _ => {}
        }
        if depth + dots > MAX_DEPTH {
            return Some(Problem::loss(char_at(text, at), TOO_DEEP));
        }
        at += 1;
    }
    None
}

/// The first byte after the string that begins at `at`. A string on one line ends
/// there at the latest.
fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mark = bytes[at];
    let long = bytes[at..].starts_with(&[mark; 3]);
    let mut at = at + if long { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if mark == b'"' => at += 1,
            b'\n' if !long => return at,
            byte if byte == mark && !long => return at + 1,
            byte if byte == mark && bytes[at..].starts_with(&[mark; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}
