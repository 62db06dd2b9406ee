//! Open documents: their text as the client has it.
//!
//! The table of them is written where messages arrive and read nowhere else: with each
//! change the engine is given the text as it is then, which costs no copy. So a question
//! that came before an edit is answered by the text before it.

use dashmap::DashMap;
use ropey::Rope;
use serde::{Deserialize, Deserializer};
use tower_lsp::gen_lsp_types::{Position, Range, Uri};

use super::encoding::Encoding;

/// A document at one moment.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// The client's number for its state.
    pub(super) version: i32,
    /// Its text.
    pub(super) text: Rope,
}

/// What `textDocument/didChange` brings. The protocol's own type takes an edit for the
/// whole text where a number in its range is out of bounds; here that is the bound.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DidChange {
    pub(super) text_document: Versioned,
    pub(super) content_changes: Vec<Change>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Versioned {
    pub(super) uri: Uri,
    /// Older clients leave it out.
    #[serde(default)]
    pub(super) version: Option<i32>,
}

/// An edit, of the whole text where it has no range.
#[derive(Debug, Deserialize)]
pub(super) struct Change {
    #[serde(default, deserialize_with = "range")]
    range: Option<Range>,
    text: String,
}

fn range<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Range>, D::Error> {
    #[derive(Deserialize)]
    struct AnyRange {
        start: AnyPosition,
        end: AnyPosition,
    }
    #[derive(Deserialize)]
    struct AnyPosition {
        line: f64,
        character: f64,
    }
    // Converted, a number out of bounds is the bound.
    let position = |at: AnyPosition| Position { line: at.line as u32, character: at.character as u32 };
    let range = Option::<AnyRange>::deserialize(deserializer)?;
    Ok(range.map(|range| Range { start: position(range.start), end: position(range.end) }))
}

/// The open documents by the addresses that the client has for them.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: DashMap<Uri, Document>,
}

impl Documents {
    /// Opens a document; one that is open already has this text now.
    pub(super) fn open(&self, uri: Uri, version: i32, text: &str) -> Document {
        let document = Document { version, text: Rope::from_str(text) };
        self.open.insert(uri, document.clone());
        document
    }

    /// Changes a document: the answer is how it is afterwards, `None` if it is not open. An
    /// edit counts from the text that the one before it left.
    pub(super) fn change(
        &self,
        uri: &Uri,
        version: Option<i32>,
        changes: Vec<Change>,
        encoding: Encoding,
    ) -> Option<Document> {
        let mut document = self.open.get_mut(uri)?;
        for change in changes {
            apply(&mut document.text, change, encoding);
        }
        document.version = version.unwrap_or(document.version);
        Some(document.clone())
    }

    /// All that are open.
    pub(super) fn all(&self) -> Vec<(Uri, Document)> {
        self.open.iter().map(|open| (open.key().clone(), open.value().clone())).collect()
    }

    /// Closes a document; false if it was not open.
    pub(super) fn close(&self, uri: &Uri) -> bool {
        self.open.remove(uri).is_some()
    }
}

fn apply(text: &mut Rope, change: Change, encoding: Encoding) {
    let Some(range) = change.range else {
        *text = Rope::from_str(&change.text);
        return;
    };
    let start = encoding.character(text, range.start);
    let end = encoding.character(text, range.end);
    // Turned round, it is the same stretch.
    let (start, end) = (start.min(end), start.max(end));
    text.remove(start..end);
    text.insert(start, &change.text);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A position counted by hand.
    fn position(text: &str, at: usize, encoding: Encoding) -> Position {
        let mut line = 0;
        let mut start = 0;
        for (index, c) in text[..at].char_indices() {
            let is_first_half = c == '\r' && text[index + 1..].starts_with('\n');
            if matches!(c, '\n' | '\r') && !is_first_half {
                line += 1;
                start = index + 1;
            }
        }
        let before = &text[start..at];
        let character = match encoding {
            Encoding::Utf8 => before.len(),
            Encoding::Utf16 => before.encode_utf16().count(),
            Encoding::Utf32 => before.chars().count(),
        };
        Position { line, character: character as u32 }
    }

    /// Between two characters, but for the halves of a line break.
    fn boundary(text: &str, at: usize) -> usize {
        let is_one = |at: &usize| {
            text.is_char_boundary(*at) && !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n'))
        };
        (0..=at.min(text.len())).rev().find(is_one).unwrap_or(0)
    }

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-z]{0,4}",
            Just("\n".to_owned()),
            Just("\r\n".to_owned()),
            Just("\r".to_owned()),
            Just("🦘".to_owned()),
            Just("e\u{301}".to_owned()),
            Just("\u{2028}".to_owned()),
            any::<char>().prop_map(String::from),
        ]
    }

    proptest! {
        #[test]
        fn edits_are_those_of_a_text(
            pieces in prop::collection::vec(piece(), 0..12),
            edits in prop::collection::vec((0..60_usize, 0..12_usize, piece()), 0..12),
            encoding in prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf16), Just(Encoding::Utf32)],
        ) {
            let uri = Uri("file:///a.md".to_owned());
            let documents = Documents::default();
            let mut text = pieces.concat();
            documents.open(uri.clone(), 0, &text);
            for (version, (at, length, new)) in (1..).zip(edits) {
                let (start, end) = (boundary(&text, at), boundary(&text, at + length));
                let range = Range { start: position(&text, start, encoding), end: position(&text, end, encoding) };
                let change = Change { range: Some(range), text: new.clone() };
                let document = documents.change(&uri, Some(version), vec![change], encoding).expect("it is open");
                text.replace_range(start..end, &new);
                prop_assert_eq!(document.text.to_string(), &*text);
                prop_assert_eq!(document.version, version);
                let at = boundary(&text, start);
                prop_assert_eq!(encoding.offset(&document.text, position(&text, at, encoding)), at);
            }
        }

        #[test]
        fn no_position_is_too_far(text in ".{0,20}(\n|\r\n|\r|🦘).{0,20}", line in any::<u32>(), character in any::<u32>()) {
            let rope = Rope::from_str(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                for position in [Position { line, character }, Position { line: line % 3, character: character % 50 }] {
                    prop_assert!(text.is_char_boundary(encoding.offset(&rope, position)));
                }
            }
        }
    }
}
