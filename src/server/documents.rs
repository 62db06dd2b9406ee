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
    pub(super) version: i32,
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
        version: i32,
        changes: Vec<Change>,
        encoding: Encoding,
    ) -> Option<Document> {
        let mut document = self.open.get_mut(uri)?;
        for change in changes {
            apply(&mut document.text, change, encoding);
        }
        document.version = version;
        Some(document.clone())
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
