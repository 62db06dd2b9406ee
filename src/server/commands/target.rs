//! What a command is about: `[uri, position]`, or `[uri, name]` with a name as `newsmark trace`
//! takes it.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{Location, Position, Uri};
use tower_lsp::jsonrpc::{Error, Result};

use crate::features::hierarchy::{Item, provenance_at};
use crate::features::{self, Asked, Node};
use crate::server::backend::Backend;
use crate::server::engine::View;
use crate::server::methods::plain;

/// What a client is shown in a message: more than this covers the text that it works at.
const LINES: usize = 20;

/// What a command is about.
pub(super) struct Target {
    /// An open document of the corpus.
    pub(super) uri: Uri,
    about: About,
}

enum About {
    At(Position),
    Named(String),
}

impl Target {
    pub(super) fn read(arguments: Vec<Value>) -> Result<Target> {
        let wrong =
            || Error::invalid_params("the arguments are a document's address, and a position or a name");
        let mut arguments = arguments.into_iter();
        let uri = arguments.next().and_then(|uri| serde_json::from_value(uri).ok()).ok_or_else(wrong)?;
        let about = match arguments.next().ok_or_else(wrong)? {
            Value::String(name) => About::Named(name),
            position => About::At(serde_json::from_value(position).map_err(|_| wrong())?),
        };
        Ok(Target { uri, about })
    }

    /// The source, claim or article that is meant.
    pub(super) fn find<'v>(&self, view: &View<'v>) -> Option<Asked<'v>> {
        let asked = match &self.about {
            About::At(position) => provenance_at(view.corpus, view.facts, view.offset(*position)),
            About::Named(name) => features::asked(view.corpus, name).ok(),
        };
        asked.filter(|asked| !matches!(asked, Asked::Entity(_)))
    }
}

/// A thing as data.
pub(super) fn value(view: &View<'_>, item: &Item) -> Value {
    let Node { kind, name, label, date, note, location, .. } = &item.node;
    let range = view.range(location.place);
    let location = view.uri_of(&location.path).map(|uri| Location { uri, range });
    json!({
        "kind": kind.as_str(),
        "name": name,
        "label": label,
        "date": date,
        "note": note,
        "location": location,
    })
}

/// Shows a page to who works at the client, its first lines.
pub(super) fn show(backend: &Backend, markdown: &str) {
    let text = plain(markdown);
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let mut message = lines[..lines.len().min(LINES)].join("\n");
    if lines.len() > LINES {
        message += &format!("\nand {} more", lines.len() - LINES);
    }
    /// `MessageType.Info`
    const INFO: u32 = 3;
    backend.outbox().notify("window/showMessage", json!({ "type": INFO, "message": message }));
}
