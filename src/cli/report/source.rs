//! The texts that findings are shown in.

use std::collections::HashMap;
use std::rc::Rc;

use crate::cli::identity::block;
use crate::text::{LineIndex, Place, Span};

/// How many bytes of text are kept: findings come file by file, and what they point
/// back to is mostly the same few registries.
const KEPT: usize = 64 << 20;

/// A file's text, if it can be had.
pub(in crate::cli) type GetText<'a> = &'a dyn Fn(&str) -> Option<String>;

/// How a path of the corpus is shown to people: as they would type it.
pub(in crate::cli) type ShowPath<'a> = &'a dyn Fn(&str) -> String;

/// Texts by path, read when they are first asked for.
pub(in crate::cli) struct Sources<'a> {
    get: GetText<'a>,
    show: ShowPath<'a>,
    kept: HashMap<String, Option<Rc<Text>>>,
    bytes: usize,
}

impl<'a> Sources<'a> {
    pub(in crate::cli) fn new(get: GetText<'a>, show: ShowPath<'a>) -> Sources<'a> {
        Sources { get, show, kept: HashMap::new(), bytes: 0 }
    }

    /// The path, for people.
    pub(super) fn shown(&self, path: &str) -> String {
        (self.show)(path)
    }

    /// The text of the block around a place, as it is compared; `None` if the file is another now.
    pub(in crate::cli) fn block(&mut self, path: &str, place: Place) -> Option<String> {
        let text = self.text(path).filter(|text| text.has(place))?;
        Some(block(&text.text, place))
    }

    /// The text of a file; `None` if it cannot be read any more.
    pub(super) fn text(&mut self, path: &str) -> Option<Rc<Text>> {
        if let Some(text) = self.kept.get(path) {
            return text.clone();
        }
        let text = (self.get)(path).map(|text| Rc::new(Text { lines: LineIndex::new(&text), text }));
        self.bytes += text.as_ref().map_or(0, |text| text.text.len());
        if self.bytes > KEPT {
            self.kept.clear();
            self.bytes = text.as_ref().map_or(0, |text| text.text.len());
        }
        self.kept.insert(path.to_owned(), text.clone());
        text
    }
}

/// A text with its lines.
pub(super) struct Text {
    text: String,
    lines: LineIndex,
}

impl Text {
    /// Whether the text still has this place: a file may have changed since it was checked.
    pub(super) fn has(&self, place: Place) -> bool {
        let (start, end) = (place.start.offset as usize, place.end.offset as usize);
        start <= end
            && self.text.is_char_boundary(start)
            && self.text.is_char_boundary(end)
            && self.lines.place(&self.text, Span::new(start, end)) == place
    }

    /// The byte at which a line begins.
    pub(super) fn start_of(&self, line: usize) -> usize {
        self.lines.line_start(line).unwrap_or(self.text.len())
    }

    /// A line without its line break.
    pub(super) fn line(&self, line: usize) -> &str {
        let text = self.lines.line_span(&self.text, line).map_or("", |span| span.of(&self.text));
        text.trim_end_matches(['\n', '\r'])
    }
}
