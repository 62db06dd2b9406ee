//! Positions as the client counts them, and as newsmark does. The only place that knows
//! the client's way.

use ropey::{Rope, RopeSlice};
use tower_lsp::gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::{self, Place};

/// What the client counts columns in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what holds where nothing is agreed.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The best of those that the client offers: bytes are what newsmark counts in, code
    /// points what people do.
    pub(super) fn negotiated(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        let offers = |kind: &PositionEncodingKind| offered.is_some_and(|offered| offered.contains(kind));
        if offers(&PositionEncodingKind::UTF8) {
            Encoding::Utf8
        } else if offers(&PositionEncodingKind::UTF32) && !offers(&PositionEncodingKind::UTF16) {
            Encoding::Utf32
        } else {
            Encoding::Utf16
        }
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// A position as the client counts it.
    pub(super) fn position(self, at: text::Position) -> Position {
        let character = match self {
            Encoding::Utf8 => at.utf8,
            Encoding::Utf16 => at.utf16,
            Encoding::Utf32 => at.column,
        };
        Position { line: at.line, character }
    }

    /// A place as the client counts it.
    pub(super) fn range(self, place: Place) -> Range {
        Range { start: self.position(place.start), end: self.position(place.end) }
    }

    /// The character of `text` that stands at `position`. A line or column that is not there
    /// is the end of the text or of the line, its line break left out; the middle of a
    /// character is its beginning.
    pub(super) fn character(self, text: &Rope, position: Position) -> usize {
        let line = position.line as usize;
        if line >= text.len_lines() {
            return text.len_chars();
        }
        let slice = without_break(text.line(line));
        let column = position.character as usize;
        let within = match self {
            Encoding::Utf8 => slice.byte_to_char(column.min(slice.len_bytes())),
            Encoding::Utf16 => slice.utf16_cu_to_char(column.min(slice.len_utf16_cu())),
            Encoding::Utf32 => column.min(slice.len_chars()),
        };
        text.line_to_char(line) + within
    }

    /// The byte of `text` at which `position` is.
    pub(super) fn offset(self, text: &Rope, position: Position) -> usize {
        text.char_to_byte(self.character(text, position))
    }
}

/// A line without its line break.
fn without_break(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut end = line.len_chars();
    while end > 0 && matches!(line.char(end - 1), '\n' | '\r') {
        end -= 1;
    }
    line.slice(..end)
}
