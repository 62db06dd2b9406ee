//! What is asked in a session: anything that the server knows to answer, with renamings carried
//! out as an editor does it; and what is compared in the end.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use super::super::client::{Client, uri};
use super::{PATHS, Session};
use crate::folder::Folder;

/// Names that something is given: free ones, ones that are taken, and some that nobody can have.
const NAMES: &[&str] = &[
    "harbour-police",
    "mayor",
    "old-mayor",
    "wire-0311",
    "wire-0399",
    "2nd",
    "drift",
    "pier",
    "bridge",
    "Bürgermeisterin",
    "two words",
    "",
    ".",
    "🦘",
];

/// Requests about a place in a document.
const AT: &[&str] = &[
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/typeDefinition",
    "textDocument/implementation",
    "textDocument/documentHighlight",
    "textDocument/completion",
    "textDocument/prepareCallHierarchy",
    "textDocument/prepareTypeHierarchy",
    "textDocument/prepareRename",
    "textDocument/linkedEditingRange",
];

/// By what claims are grouped.
const BY: &[&str] = &["article", "status", "speaker"];

/// Requests about a whole document.
const WHOLE: &[&str] = &[
    "textDocument/documentSymbol",
    "textDocument/codeLens",
    "textDocument/documentLink",
    "textDocument/foldingRange",
    "textDocument/semanticTokens/full",
];

impl Session {
    /// Asks for something, and may take that back or wait for it.
    pub(super) fn ask(&mut self, path: &'static str, uri: &str) {
        let spots = self.open.get(path).map(|text| spots(text)).filter(|spots| !spots.is_empty());
        let (line, column) = match spots {
            Some(spots) if self.dice.roll(3) > 0 => *self.dice.one(&spots),
            _ => (self.dice.roll(10) as u64, self.dice.roll(60) as u64),
        };
        let (method, params) = match self.dice.roll(9) {
            0 => return self.rename(uri, line, column),
            1 => return self.move_file(path),
            2 => (*self.dice.one(WHOLE), document(uri)),
            3 => ("workspace/symbol", json!({ "query": *self.dice.one(NAMES) })),
            4 => ("textDocument/references", references(uri, line, column)),
            8 => match self.dice.roll(2) {
                0 => ("newsmark/claims", json!({ "by": "article", "key": uri })),
                _ => ("newsmark/claims", json!({ "by": *self.dice.one(BY) })),
            },
            5 => {
                let method = *self.dice.one(&[
                    "textDocument/codeAction",
                    "textDocument/inlayHint",
                    "textDocument/semanticTokens/range",
                    "textDocument/rangeFormatting",
                ]);
                (method, in_range(uri, line, self.dice.roll(4) as u64))
            }
            _ => (*self.dice.one(AT), Client::at(uri, line, column)),
        };
        let id = self.client.request(method, params);
        if self.dice.roll(3) == 0 {
            self.client.tell("$/cancelRequest", json!({ "id": id }));
        } else if self.dice.roll(3) == 0 {
            let answer = self.client.answer(id);
            match answer.get("error") {
                Some(error) if method == "textDocument/prepareRename" => is_refusal(error),
                error => assert!(error.is_none(), "{method}: {answer}"),
            }
        }
    }

    /// Gives something another name, or is told why not.
    fn rename(&mut self, uri: &str, line: u64, column: u64) {
        let mut params = Client::at(uri, line, column);
        params["newName"] = json!(*self.dice.one(NAMES));
        let answer = self.client.call("textDocument/rename", params);
        match answer.get("error") {
            Some(error) => is_refusal(error),
            None => self.carry_out(&answer["result"]),
        }
    }

    /// Calls a file that nobody has open by the path of one that is not there.
    fn move_file(&mut self, path: &'static str) {
        let is_free = |path: &&str| path.ends_with(".md") && !self.open.contains_key(*path);
        let to = PATHS.iter().copied().filter(is_free).find(|to| !self.folder.join(to).exists());
        let Some(to) = to.filter(|_| is_free(&path) && self.folder.join(path).exists()) else { return };
        let (old, new) = (uri(&self.folder, path), uri(&self.folder, to));
        let files = json!({ "files": [{ "oldUri": old, "newUri": new }] });
        let edit = self.client.ask("workspace/willRenameFiles", files.clone());
        self.carry_out(&edit);
        fs::rename(self.folder.join(path), self.folder.join(to)).expect("it is there");
        self.client.tell("workspace/didRenameFiles", files);
        self.events.extend([(old, 3), (new, 1)]);
    }

    /// Changes documents as the server says: open ones as the editor has them, others on the disk.
    fn carry_out(&mut self, edit: &Value) {
        for change in edit["documentChanges"].as_array().into_iter().flatten() {
            let document = &change["textDocument"];
            let own = |path: &&&str| document["uri"] == uri(&self.folder, path);
            let path = *PATHS.iter().find(own).unwrap_or_else(|| panic!("{document}: no file of ours"));
            let on_disk = self.folder.join(path);
            let is_open = self.open.contains_key(path);
            let mut text = match self.open.get(path) {
                Some(text) => text.clone(),
                None => fs::read_to_string(&on_disk).expect("what is edited is there"),
            };
            let known = self.versions.get(path).filter(|_| is_open);
            assert_eq!(document["version"], json!(known), "{path}: edits are of the text that there is");
            let mut edits: Vec<&Value> =
                change["edits"].as_array().expect("there are edits").iter().collect();
            edits.sort_by_key(|edit| {
                (edit["range"]["start"]["line"].as_u64(), edit["range"]["start"]["character"].as_u64())
            });
            // From the end on, so that places before stay where they are.
            for edit in edits.into_iter().rev() {
                let [start, end] = ["start", "end"].map(|side| place(&edit["range"][side]));
                let new = edit["newText"].as_str().expect("an edit has a text");
                let range = offset(&text, start)..offset(&text, end);
                text.replace_range(range, new);
                if is_open {
                    let version = self.next_version(path);
                    let address = uri(&self.folder, path);
                    self.client.change(&address, version, &[(Some([start, end]), new)]);
                }
            }
            if is_open {
                self.open.insert(path, text);
            } else {
                self.folder.write(path, text);
                self.events.push((uri(&self.folder, path), 2));
            }
        }
    }
}

/// What a server shows of a document and of what stands in it, with the folder's name taken out:
/// by request, lists in an order of their own.
pub(super) fn shown(
    client: &mut Client,
    folder: &Folder,
    path: &str,
    text: &str,
) -> BTreeMap<String, Vec<String>> {
    let address = uri(folder, path);
    let mut asked: Vec<(&str, Value)> = WHOLE.iter().map(|method| (*method, document(&address))).collect();
    asked.push(("textDocument/inlayHint", in_range(&address, 0, 100)));
    for (line, column) in spots(text) {
        asked.push(("textDocument/hover", Client::at(&address, line, column)));
        asked.push(("textDocument/definition", Client::at(&address, line, column)));
        asked.push(("textDocument/references", references(&address, line, column)));
    }
    let query = |query: &str| ("workspace/symbol", json!({ "query": query }));
    asked.extend([query(""), query("mayor"), query("wire"), query("pi")]);
    for by in BY {
        asked.push(("newsmark/claims", json!({ "by": by })));
        let groups = client.ask("newsmark/claims", json!({ "by": by }));
        let keys = groups["groups"].as_array().into_iter().flatten().map(|group| &group["key"]);
        asked.extend(keys.map(|key| ("newsmark/claims", json!({ "by": by, "key": key }))));
    }
    let root = folder.path().display().to_string();
    let mut out = BTreeMap::new();
    for (method, params) in asked {
        let place = match method {
            "newsmark/claims" => params.to_string().replace(&root, ""),
            _ => params["position"].to_string(),
        };
        let mut answer = client.ask(method, params);
        // Numbers that a session counts.
        if let Some(fields) = answer.as_object_mut() {
            fields.remove("resultId");
        }
        let answers = match answer {
            Value::Array(list) => list,
            one => vec![one],
        };
        let mut lines: Vec<String> =
            answers.iter().map(|one| without_versions(one).to_string().replace(&root, "")).collect();
        lines.sort();
        out.insert(format!("{method} {place}"), lines);
    }
    out
}

/// Lines and columns at which a name, key or id is likely to begin.
fn spots(text: &str) -> Vec<(u64, u64)> {
    let after_mark = |before: &str| {
        ["[[", "@", "#", "=", "id: ", ": [", "misc{"].iter().any(|mark| before.ends_with(mark))
    };
    let mut spots = Vec::new();
    for (line, words) in text.lines().enumerate() {
        let marks = words.char_indices().filter(|(at, _)| after_mark(&words[..*at]));
        spots.extend(marks.map(|(at, _)| (line as u64, words[..at].chars().count() as u64)));
    }
    spots
}

/// The same without versions of documents, which each client counts.
fn without_versions(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| *name != "version");
            fields.map(|(name, value)| (name.clone(), without_versions(value))).collect()
        }
        Value::Array(items) => items.iter().map(without_versions).collect(),
        other => other.clone(),
    }
}

/// `RequestFailed`, in words.
fn is_refusal(error: &Value) {
    assert!(
        error["code"] == -32803 && error["message"].as_str().is_some_and(|why| !why.is_empty()),
        "{error}"
    );
}

fn document(uri: &str) -> Value {
    json!({ "textDocument": { "uri": uri } })
}

fn references(uri: &str, line: u64, column: u64) -> Value {
    let mut params = Client::at(uri, line, column);
    params["context"] = json!({ "includeDeclaration": true });
    params
}

fn in_range(uri: &str, line: u64, lines: u64) -> Value {
    let range = json!({
        "start": { "line": line, "character": 0 },
        "end": { "line": line + lines, "character": 0 },
    });
    json!({
        "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] },
        "options": { "tabSize": 4, "insertSpaces": true },
    })
}

/// Line and column.
fn place(position: &Value) -> (u64, u64) {
    let number = |name: &str| position[name].as_u64().expect("a position has two numbers");
    (number("line"), number("character"))
}

/// The byte at a line and a column in code points.
fn offset(text: &str, (line, column): (u64, u64)) -> usize {
    let (mut now, mut at) = (0, 0);
    let mut signs = text.char_indices().peekable();
    while now < line {
        let (start, sign) = signs.next().expect("there is such a line");
        let is_break = sign == '\n' || sign == '\r' && signs.peek().is_none_or(|(_, next)| *next != '\n');
        now += u64::from(is_break);
        at = start + sign.len_utf8();
    }
    text[at..]
        .char_indices()
        .map(|(more, _)| at + more)
        .chain([text.len()])
        .nth(column as usize)
        .expect("there is such a column")
}
