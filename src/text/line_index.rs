//! From byte offsets to lines and columns.

use super::Span;

/// How far apart, in bytes, columns are remembered on lines with characters
/// outside ASCII. Bounds the work of one lookup, so that ten thousand places on
/// one line of 50 MB stay cheap; at 24 bytes a mark it adds 2 per cent of memory.
const MARK_EVERY: usize = 1024;

/// A point in a text. Everything counts from zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// Bytes from the start of the text.
    pub offset: u32,
    /// Line breaks (LF, CRLF or a lone CR) before it.
    pub line: u32,
    /// Unicode code points from the start of the line.
    pub column: u32,
    /// UTF-16 code units from the start of the line.
    pub utf16: u32,
    /// Bytes from the start of the line.
    pub utf8: u32,
}

/// A stretch of text as people and editors name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Where it begins.
    pub start: Position,
    /// Where it ends; the character there is no longer part of it.
    pub end: Position,
}

impl Place {
    /// The bytes it covers.
    #[must_use]
    pub fn span(&self) -> Span {
        Span { start: self.start.offset, end: self.end.offset }
    }

    /// The empty place where this one begins.
    #[must_use]
    pub fn before(&self) -> Place {
        Place { start: self.start, end: self.start }
    }

    /// The empty place where this one ends.
    #[must_use]
    pub fn after(&self) -> Place {
        Place { start: self.end, end: self.end }
    }

    /// The part of it that `words` make, which it begins with. They are on one line.
    #[must_use]
    pub fn first(&self, words: &str) -> Place {
        Place { start: self.start, end: self.start.moved(words, 1) }
    }

    /// The part of it that `words` make, which it ends with. They are on one line.
    #[must_use]
    pub fn last(&self, words: &str) -> Place {
        Place { start: self.end.moved(words, -1), end: self.end }
    }
}

impl Position {
    /// The position after (1) or before (-1) words of the same line that stand there.
    fn moved(self, words: &str, sign: i32) -> Position {
        let bytes = words.len() as i32 * sign;
        let chars = words.chars().count() as i32 * sign;
        let units = words.encode_utf16().count() as i32 * sign;
        Position {
            offset: self.offset.saturating_add_signed(bytes),
            line: self.line,
            column: self.column.saturating_add_signed(chars),
            utf16: self.utf16.saturating_add_signed(units),
            utf8: self.utf8.saturating_add_signed(bytes),
        }
    }
}

/// The line starts of one text, with marks that make columns cheap on long lines.
///
/// A line ends at LF, CRLF or a lone CR, as the Language Server Protocol has it.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    /// Byte offset of each line's first byte; the first is 0.
    starts: Vec<u32>,
    /// Empty when the text is ASCII: then a column is a difference of offsets.
    marks: Vec<Mark>,
    ascii: bool,
}

/// How many characters of the whole text come before a byte offset.
#[derive(Clone, Copy, Debug)]
struct Mark {
    offset: u32,
    chars: u32,
    utf16: u32,
}

impl LineIndex {
    /// Reads the line ends of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let is_first_half_of_crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !is_first_half_of_crlf {
                starts.push(at as u32 + 1);
            }
        }
        let ascii = text.is_ascii();
        let mut marks = Vec::new();
        if !ascii {
            marks.reserve(bytes.len() / MARK_EVERY + 1);
            let (mut from, mut chars, mut utf16) = (0, 0, 0);
            while from < bytes.len() {
                marks.push(Mark { offset: from as u32, chars, utf16 });
                let mut to = (from + MARK_EVERY).min(bytes.len());
                while !text.is_char_boundary(to) {
                    to += 1;
                }
                let (c, u) = count(&bytes[from..to]);
                chars += c;
                utf16 += u;
                from = to;
            }
        }
        LineIndex { starts, marks, ascii }
    }

    /// How many lines there are; at least one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The line of a byte offset, from zero.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset) - 1
    }

    /// Byte offset of the first byte of `line`, counted from zero.
    #[must_use]
    pub fn line_start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).map(|&start| start as usize)
    }

    /// The bytes of `line` in `text`, its line break included.
    #[must_use]
    pub fn line_span(&self, text: &str, line: usize) -> Option<Span> {
        let start = self.line_start(line)?;
        let end = self.line_start(line + 1).unwrap_or(text.len());
        Some(Span::new(start, end))
    }

    /// The place of a span of `text`, which is the text that the index was made of.
    #[must_use]
    pub fn place(&self, text: &str, span: Span) -> Place {
        let start = self.position(text, span.start());
        let end = if span.is_empty() { start } else { self.position(text, span.end()) };
        Place { start, end }
    }

    /// The position of a byte offset of `text`, on a character boundary.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line_of(offset);
        let start = self.starts[line] as usize;
        let (column, utf16) = if self.ascii {
            ((offset - start) as u32, (offset - start) as u32)
        } else if offset - start <= MARK_EVERY {
            count(&text.as_bytes()[start..offset])
        } else {
            let (chars_to, utf16_to) = self.counted_to(text, offset);
            let (chars_from, utf16_from) = self.counted_to(text, start);
            (chars_to - chars_from, utf16_to - utf16_from)
        };
        Position { offset: offset as u32, line: line as u32, column, utf16, utf8: (offset - start) as u32 }
    }

    /// Code points and UTF-16 units from the start of the text to `offset`.
    fn counted_to(&self, text: &str, offset: usize) -> (u32, u32) {
        let after = self.marks.partition_point(|mark| mark.offset as usize <= offset);
        let mark = self.marks[after - 1];
        let (chars, utf16) = count(&text.as_bytes()[mark.offset as usize..offset]);
        (mark.chars + chars, mark.utf16 + utf16)
    }
}

/// Code points and UTF-16 units in whole characters of UTF-8.
fn count(bytes: &[u8]) -> (u32, u32) {
    // Most stretches of most texts; the standard library looks at many bytes at once.
    if bytes.is_ascii() {
        return (bytes.len() as u32, bytes.len() as u32);
    }
    let (mut chars, mut astral) = (0u32, 0u32);
    for &byte in bytes {
        chars += u32::from(byte & 0xC0 != 0x80);
        astral += u32::from(byte >= 0xF0);
    }
    (chars, chars + astral)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The plain way: walk every character.
    fn walk(text: &str, offset: usize) -> Position {
        let mut position = Position { offset: offset as u32, ..Position::default() };
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if at >= offset {
                break;
            }
            let crlf = c == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n');
            if (c == '\n' || c == '\r') && !crlf {
                position.line += 1;
                position.column = 0;
                position.utf16 = 0;
                position.utf8 = 0;
            } else {
                position.column += 1;
                position.utf16 += c.len_utf16() as u32;
                position.utf8 += c.len_utf8() as u32;
            }
        }
        position
    }

    proptest! {
        #[test]
        fn agrees_with_walking_every_character(
            text in "([a-c]|\r\n|\n|\r|é|𝄞|字|\u{301}){0,40}(x{0,1500}|é{0,1500})(\n|𝄞|b){0,9}"
        ) {
            let index = LineIndex::new(&text);
            for offset in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                prop_assert_eq!(index.position(&text, offset), walk(&text, offset));
            }
        }
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let index = LineIndex::new("");
        assert_eq!(index.line_count(), 1);
        assert_eq!(index.position("", 0), Position::default());
    }
}
