//! A client that says what it is told to, and notes all that it hears.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::folder::Folder;

/// Longer than anything takes here; a test that waits as long has found a hang.
const LONG: Duration = Duration::from_secs(60);

/// The file that the tests edit, and the address of any.
pub(crate) fn uri(folder: &Folder, path: &str) -> String {
    format!("file://{}", folder.join(path).display())
}

/// An edit: from one line and column to another, or of all the text, and what stands there
/// afterwards.
pub(crate) type Edit<'t> = (Option<[(u64, u64); 2]>, &'t str);

pub(crate) struct Client {
    process: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    errors: Receiver<String>,
    last_id: i64,
    /// Whether what the server says stays in the pipe.
    is_deaf: Arc<AtomicBool>,
    /// Whether questions of the server are answered.
    pub(crate) answers: bool,
    /// What was heard and not asked for yet.
    heard: VecDeque<Value>,
    /// The last diagnostics of each document.
    pub(crate) diagnostics: BTreeMap<String, Value>,
    /// How often diagnostics came.
    pub(crate) published: usize,
    /// What it says that its settings are, when it is asked.
    pub(crate) settings: Value,
    /// What it was told of the whole corpus: the last report of each document that has findings.
    pub(crate) overview: BTreeMap<String, Value>,
    /// How often it asked for that.
    overviews: u32,
    /// The last result id of each document that it asked for.
    results: BTreeMap<String, Value>,
}

impl Client {
    /// A server in that folder, to which nothing has been said.
    pub(crate) fn start(folder: &Folder) -> Client {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsmark"));
        command.arg("lsp").current_dir(folder.path()).env_remove("NEWSMARK_LOG");
        Client::of(&mut command)
    }

    fn of(command: &mut Command) -> Client {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("the server starts");
        let input = process.stdin.take();
        let mut output = BufReader::new(process.stdout.take().expect("it is a pipe"));
        let mut errors = process.stderr.take().expect("it is a pipe");
        let (send, messages) = channel();
        let is_deaf = Arc::new(AtomicBool::new(false));
        let deaf = is_deaf.clone();
        std::thread::spawn(move || {
            while let Some(message) = message(&mut output) {
                while deaf.load(Ordering::Acquire) {
                    std::thread::sleep(Duration::from_millis(5));
                }
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        let (send, log) = channel();
        std::thread::spawn(move || {
            let mut text = String::new();
            let _ = errors.read_to_string(&mut text);
            let _ = send.send(text);
        });
        Client {
            process,
            input,
            output: messages,
            errors: log,
            last_id: 0,
            is_deaf,
            answers: true,
            heard: VecDeque::new(),
            diagnostics: BTreeMap::new(),
            published: 0,
            settings: Value::Null,
            overview: BTreeMap::new(),
            overviews: 0,
            results: BTreeMap::new(),
        }
    }

    /// A server that was initialised as most editors do it, in a folder.
    pub(crate) fn in_folder(folder: &Folder) -> Client {
        let mut client = Client::start(folder);
        client.initialize(folder, json!(["utf-16"]));
        client
    }

    /// Leaves what the server says in the pipe from here on.
    pub(crate) fn stop_reading(&mut self) {
        self.is_deaf.store(true, Ordering::Release);
    }

    /// A server that was introduced otherwise than most editors do it.
    pub(crate) fn introduced(folder: &Folder, otherwise: impl FnOnce(&mut Value)) -> Client {
        let mut client = Client::start(folder);
        let mut introduction = Client::introduction(folder, json!(["utf-16"]));
        otherwise(&mut introduction);
        client.ask("initialize", introduction);
        client.tell("initialized", json!({}));
        client
    }

    /// Initialises it; the answer is the server's.
    pub(crate) fn initialize(&mut self, folder: &Folder, encodings: Value) -> Value {
        let answer = self.ask("initialize", Client::introduction(folder, encodings));
        self.tell("initialized", json!({}));
        answer
    }

    pub(crate) fn introduction(folder: &Folder, encodings: Value) -> Value {
        let root = format!("file://{}", folder.path().display());
        json!({
            "processId": std::process::id(),
            "rootUri": root,
            "workspaceFolders": [{ "uri": root, "name": "desk" }],
            "capabilities": {
                "general": { "positionEncodings": encodings },
                "workspace": {
                    "didChangeWatchedFiles": { "dynamicRegistration": true },
                    "workspaceEdit": { "documentChanges": true },
                },
                "textDocument": {
                    "publishDiagnostics": {
                        "versionSupport": true, "relatedInformation": true, "codeDescriptionSupport": true,
                        "dataSupport": true, "tagSupport": { "valueSet": [1, 2] },
                    },
                    "definition": { "linkSupport": true },
                    "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                    "hover": { "contentFormat": ["markdown"] },
                    "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
                },
                "window": { "workDoneProgress": true },
            },
        })
    }

    /// Writes bytes as they are.
    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("it was not closed");
        // A server that has gone is found out by what it does not say.
        let _ = input.write_all(bytes).and_then(|()| input.flush());
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; the answer is its number.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        self.last_id
    }

    /// Sends a request and waits for the answer to it, with its error if it is one.
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        self.answer(id)
    }

    /// The same, for one that has to succeed.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let mut answer = self.call(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// The answer to a request.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The next message that is like this; others are kept.
    pub(crate) fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.heard.iter().position(&is_it) {
            return self.heard.remove(at).expect("it was found there");
        }
        let end = Instant::now() + LONG;
        loop {
            let message = self.hear(end).unwrap_or_else(|| {
                panic!("the server does not answer; it said\n{}", self.log_so_far());
            });
            if is_it(&message) {
                return message;
            }
            self.heard.push_back(message);
        }
    }

    /// What it was told by notifications of that method, as far as they were heard.
    pub(crate) fn told(&mut self, method: &str) -> Vec<Value> {
        let is_it = |message: &&Value| message["method"] == method && message.get("id").is_none();
        self.heard.iter().filter(is_it).map(|message| message["params"].clone()).collect()
    }

    /// Whether it was told or answered something like this, as far as that was heard.
    pub(crate) fn has_heard(&self, is_it: impl Fn(&Value) -> bool) -> bool {
        self.heard.iter().any(is_it)
    }

    /// The next message; `None` if none comes any more.
    fn hear(&mut self, end: Instant) -> Option<Value> {
        let message = match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        };
        if message["method"] == "textDocument/publishDiagnostics" {
            self.published += 1;
            let uri = message["params"]["uri"].as_str().expect("a document has an address").to_owned();
            self.diagnostics.insert(uri, message["params"].clone());
        }
        if message.get("method").is_some() && message.get("id").is_some() && self.answers {
            let result = match message["method"].as_str() {
                Some("workspace/configuration") => json!([self.settings]),
                _ => Value::Null,
            };
            self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
        }
        // What an earlier request is still told is no answer to the later one.
        if message["method"] == "$/progress" && message["params"]["token"] == self.overview_token() {
            self.note_reports(&message["params"]["value"]);
        }
        Some(message)
    }

    /// Waits until the server has nothing left to do; what it thinks of the disk is part of
    /// that. The answer is what it has done for it.
    pub(crate) fn settle(&mut self) -> Value {
        self.ask("newsmark/settled", Value::Null)
    }

    pub(crate) fn open(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": version, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a document: `(start, end)` as line and column each, or all of it.
    pub(crate) fn change(&mut self, uri: &str, version: i32, edits: &[Edit<'_>]) {
        let position = |(line, character): (u64, u64)| json!({ "line": line, "character": character });
        let changes: Vec<Value> = edits
            .iter()
            .map(|(range, text)| match range {
                Some([start, end]) => {
                    json!({ "range": { "start": position(*start), "end": position(*end) }, "text": text })
                }
                None => json!({ "text": text }),
            })
            .collect();
        let document = json!({ "uri": uri, "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub(crate) fn close(&mut self, uri: &str) {
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// Tells of files that were created (1), changed (2) or deleted (3).
    pub(crate) fn watched(&mut self, events: &[(&str, u8)]) {
        let changes: Vec<Value> =
            events.iter().map(|(uri, kind)| json!({ "uri": uri, "type": kind })).collect();
        self.tell("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    pub(crate) fn at(uri: &str, line: u64, character: u64) -> Value {
        json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
    }

    /// Notes a report of the whole corpus, or a part of it.
    pub(crate) fn note_reports(&mut self, report: &Value) {
        for one in report["items"].as_array().expect("reports are a list") {
            let uri = one["uri"].as_str().expect("it names a document").to_owned();
            if one["kind"] == "unchanged" {
                continue;
            }
            match one["items"].as_array().expect("diagnostics are a list").is_empty() {
                true => self.overview.remove(&uri),
                false => self.overview.insert(uri, one.clone()),
            };
        }
    }

    /// By what name the last request for the whole corpus is answered in parts.
    pub(crate) fn overview_token(&self) -> String {
        format!("overview {}", self.overviews)
    }

    /// Asks for the diagnostics of the whole corpus as far as they are others than it knows,
    /// as a whole or in parts.
    pub(crate) fn request_overview(&mut self, in_parts: bool) -> i64 {
        let params = self.overview_params(in_parts);
        self.request("workspace/diagnostic", params)
    }

    /// The same as a whole: the answer.
    pub(crate) fn ask_overview(&mut self) -> Value {
        let params = self.overview_params(false);
        self.ask("workspace/diagnostic", params)
    }

    fn overview_params(&mut self, in_parts: bool) -> Value {
        self.overviews += 1;
        let known = |(uri, report): (&String, &Value)| json!({ "uri": uri, "value": report["resultId"] });
        let known: Vec<Value> = self.overview.iter().map(known).collect();
        let mut params = json!({ "previousResultIds": known });
        if in_parts {
            params["partialResultToken"] = json!(self.overview_token());
        }
        params
    }

    /// Asks for the diagnostics of a document, as an editor does that asks for them.
    pub(crate) fn pull(&mut self, uri: &str) -> Value {
        let mut params = json!({ "textDocument": { "uri": uri }, "identifier": "newsmark" });
        if let Some(id) = self.results.get(uri) {
            params["previousResultId"] = id.clone();
        }
        let report = self.ask("textDocument/diagnostic", params);
        self.note_pulled(uri, &report);
        for (uri, report) in report["relatedDocuments"].as_object().into_iter().flatten() {
            self.note_pulled(uri, report);
        }
        report
    }

    fn note_pulled(&mut self, uri: &str, report: &Value) {
        self.results.insert(uri.to_owned(), report["resultId"].clone());
        if report["kind"] == "full" {
            self.diagnostics.insert(uri.to_owned(), json!({ "diagnostics": report["items"] }));
        }
    }

    /// Makes an introduction that of an editor that asks for diagnostics.
    pub(crate) fn pulls(introduction: &mut Value) {
        let capabilities = &mut introduction["capabilities"];
        capabilities["textDocument"]["diagnostic"] = json!({ "relatedDocumentSupport": true });
        capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    }

    /// The rules and words of a document's diagnostics, a line each, after it has settled.
    pub(crate) fn found(&mut self, uri: &str) -> String {
        self.settle();
        let mut out = String::new();
        for one in
            self.diagnostics.get(uri).and_then(|all| all["diagnostics"].as_array()).into_iter().flatten()
        {
            let start = &one["range"]["start"];
            let message = one["message"].as_str().expect("it says what is wrong");
            let first = message.lines().next().unwrap_or_default();
            let code = one["code"].as_str().expect("it has a rule");
            let _ = writeln!(out, "{}:{} {code}: {first}", start["line"], start["character"]);
        }
        out
    }

    /// Takes its leave; the answer is the exit status.
    pub(crate) fn end(mut self) -> i32 {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.wait_for_end().0
    }

    /// Closes the stream to the server.
    pub(crate) fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits for the process to end: its exit status and its log.
    pub(crate) fn wait_for_end(&mut self) -> (i32, String) {
        let end = Instant::now() + LONG;
        let status = loop {
            if let Some(status) = self.process.try_wait().expect("it is a child of this process") {
                break status;
            }
            assert!(Instant::now() < end, "the server does not end");
            std::thread::sleep(Duration::from_millis(5));
        };
        let log = self.errors.recv_timeout(LONG).unwrap_or_default();
        (status.code().unwrap_or(-1), log)
    }

    pub(crate) fn log_so_far(&mut self) -> String {
        let _ = self.process.kill();
        self.errors.recv_timeout(Duration::from_secs(5)).unwrap_or_default()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn message(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().expect("a length is a number");
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("the server sends JSON"))
}

/// A folder with a small corpus.
pub(crate) fn desk() -> Folder {
    Folder::new(&[
        ("newsmark.toml", "profile = \"standard\"\n"),
        ("entities.yaml", "- {id: harbour-police, type: organisation, name: Harbour Police}\n"),
        ("sources.yaml", "- {id: wire-0311, type: article, issued: 2026-03-10}\n"),
        ("2026/pier.md", PIER),
        (
            "2026/bridge.md",
            "---\ntitle: Bridge\ndate: 2026-03-12\nauthor: A. Desk\n---\n\n[The toll is 3]{.claim #toll}[@wire-0311].\n",
        ),
    ])
}

/// An article in which nothing is wrong.
pub(crate) const PIER: &str = "---\ntitle: Pier\ndate: 2026-03-11\nauthor: A. Desk\n---\n\n\
    The [[harbour-police]] closed [the pier]{.claim by=harbour-police}[@wire-0311].\n";
