//! Diagnostics on their way to the client.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    Code, CodeDescription, Diagnostic as LspDiagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DiagnosticTag, Location, Message, PublishDiagnosticsParams, Uri,
};

use crate::config::FILE_NAME;
use crate::diagnostic::{Diagnostic, Fix, Level, Location as Place};
use crate::lint;
use crate::rules;
use crate::text::Place as TextPlace;
use crate::workspace::Unread;

use super::super::outbox::Outbox;
use super::desk::Desk;
use super::open::{Home, Open, Stale};
use super::overview::ResultId;
use super::{Engine, View};

/// Of so many places that belong to a diagnostic those read who see nothing but its message.
const FEW: usize = 5;

/// What the client was told of a document.
pub(super) struct Sent {
    version: i32,
    diagnostics: Vec<LspDiagnostic>,
}

impl Engine {
    /// Judges a document that something touched since it was judged, and leaves it to be told.
    pub(in crate::server) fn judge_now(&mut self, uri: &Uri) {
        let Some(mut open) = self.open.remove(&uri.0) else { return };
        if open.stale != Stale::Nothing {
            self.judge(&mut open);
            (open.stale, open.is_told) = (Stale::Nothing, false);
        }
        self.open.insert(uri.0.clone(), open);
    }

    /// Judges the open documents that something touched, and tells the client of those for
    /// which it has not been told the same; one that asks by itself is asked to do so, where it
    /// cannot know that it has to.
    pub(super) fn publish(&mut self) {
        let stale: Vec<String> = self
            .open
            .iter()
            .filter(|(_, open)| open.stale != Stale::Nothing || !open.is_told)
            .map(|(uri, _)| uri.clone())
            .collect();
        for uri in stale {
            let Some(mut open) = self.open.remove(&uri) else { continue };
            if open.stale != Stale::Nothing {
                self.judge(&mut open);
            }
            (open.stale, open.is_told) = (Stale::Nothing, true);
            if self.session.pulls {
                if open.becomes_outdated() {
                    self.refresh.diagnostics();
                }
                self.open.insert(uri, open);
                continue;
            }
            let sent = open.sent.take();
            self.open.insert(uri.clone(), open);
            let Some(open) = self.open.get(&uri) else { continue };
            let desk = open.home.desk().and_then(|id| self.desks.get(&id));
            let address = Uri(uri.clone());
            let version = open.document.version;
            let diagnostics: Vec<LspDiagnostic> =
                open.diagnostics.iter().map(|one| self.for_client(desk, &address, one)).collect();
            let is_known =
                sent.as_ref().is_some_and(|sent| sent.version == version && sent.diagnostics == diagnostics);
            if !is_known {
                self.outbox.notify(
                    "textDocument/publishDiagnostics",
                    &PublishDiagnosticsParams {
                        uri: address,
                        version: Some(version),
                        diagnostics: diagnostics.clone(),
                    },
                );
            }
            if let Some(open) = self.open.get_mut(&uri) {
                open.sent = Some(Sent { version, diagnostics });
            }
        }
    }

    fn judge(&mut self, open: &mut Open) {
        if self.session.settings().is_on("diagnostics") {
            self.judge_wanted(open);
        } else {
            open.found = None;
            open.diagnostics.clear();
        }
        open.result = ResultId::of(&open.diagnostics);
    }

    fn judge_wanted(&mut self, open: &mut Open) {
        let found = open.found.take();
        if let Some(desk) = open.home.desk().and_then(|id| self.desks.get_mut(&id)) {
            let facts = match &open.home {
                Home::File { path, .. } => desk.corpus.at_path(path).and_then(|id| desk.corpus.file(id)),
                Home::Unsaved { facts, .. } => Some(&**facts),
                _ => None,
            };
            let stored = facts.map(|facts| desk.corpus.texts_for(facts)).unwrap_or_default();
            let texts = desk.texts.read(&desk.root, &stored);
            desk.corpus.hold(texts);
        }
        let Some(desk) = open.home.desk().and_then(|id| self.desks.get(&id)) else {
            open.diagnostics.clear();
            return;
        };
        open.diagnostics = match &open.home {
            Home::File { path, .. } => {
                if let Some(problem) = desk.root.unsaved_problem(&open.text) {
                    desk.root.finding(&Unread { path: path.clone(), problem }).into_iter().collect()
                } else {
                    let settings = open.settings.get_or_insert_with(|| desk.root.config.settings_for(path));
                    let facts = desk.corpus.at_path(path).and_then(|id| desk.corpus.file(id));
                    match facts {
                        Some(facts) if desk.ready => {
                            let (corpus, options) = (&desk.corpus, desk.root.config.options());
                            let found = match (found, &open.stale) {
                                (Some(mut found), Stale::Entries(entries)) => {
                                    found.find_again(corpus, facts, entries, settings, &options);
                                    found
                                }
                                _ => lint::InCorpus::find(corpus, facts, settings, &options),
                            };
                            open.found.insert(found).diagnostics(facts, settings)
                        }
                        Some(facts) => lint::alone(facts, settings),
                        None => Vec::new(),
                    }
                }
            }
            Home::Unsaved { facts, .. } => {
                let settings = desk.root.config.settings_for(&facts.path);
                match desk.ready {
                    true => lint::file(&desk.corpus, facts, &settings, &desk.root.config.options()),
                    false => lint::alone(facts, &settings),
                }
            }
            Home::Config { error: Some(error), .. } => vec![of_configuration(error)],
            Home::Config { error: None, .. } => of_known_configuration(desk),
            Home::Unknown | Home::Elsewhere => Vec::new(),
        };
    }

    pub(super) fn for_client(
        &self,
        desk: Option<&Desk>,
        uri: &Uri,
        diagnostic: &Diagnostic,
    ) -> LspDiagnostic {
        let encoding = self.session.encoding;
        let related = diagnostic.related.iter().filter_map(|related| {
            let uri = self.uri_of(desk?, &related.location.path)?;
            let range = encoding.range(related.location.place);
            Some(DiagnosticRelatedInformation {
                location: Location { uri, range },
                message: related.message.clone(),
            })
        });
        let related: Vec<DiagnosticRelatedInformation> = related.collect();
        let can = self.session.diagnostics;
        let mut message = diagnostic.message.clone();
        if let Some(help) = &diagnostic.help {
            message.push('\n');
            message.push_str(help);
        }
        if !can.related {
            message.extend(diagnostic.related.iter().take(FEW).map(|related| {
                let Place { path, place } = &related.location;
                let path = Some(path).filter(|path| **path != diagnostic.location.path);
                let path = path.map_or_else(String::new, |path| format!("{path}, "));
                format!("\n{}: {path}line {}", related.message, place.start.line + 1)
            }));
        }
        LspDiagnostic {
            range: encoding.range(diagnostic.location.place),
            severity: Some(severity(diagnostic.level)),
            code: Some(Code::String(diagnostic.rule.to_owned())),
            code_description: can
                .described
                .then(|| CodeDescription { href: Uri(rules::reference(diagnostic.rule)) }),
            source: Some("newsmark".to_owned()),
            message: Message::String(message),
            tags: tag(diagnostic.rule).filter(|_| can.tags).map(|tag| vec![tag]),
            related_information: Some(related).filter(|related| !related.is_empty() && can.related),
            data: can.data.then(|| self.data(desk, uri, diagnostic)).flatten(),
        }
    }

    /// What a client needs to mend it without asking again.
    fn data(&self, desk: Option<&Desk>, own: &Uri, diagnostic: &Diagnostic) -> Option<Value> {
        let edits = |fix: &Fix| -> Option<Vec<Value>> {
            let one = |location: &Place, text: &str| {
                let is_own = location.path == diagnostic.location.path;
                let uri = if is_own { own.clone() } else { self.uri_of(desk?, &location.path)? };
                let range = self.session.encoding.range(location.place);
                Some(json!({ "uri": uri, "range": range, "newText": text }))
            };
            fix.edits.iter().map(|edit| one(&edit.location, &edit.text)).collect()
        };
        let fixes: Vec<Value> = diagnostic
            .fixes
            .iter()
            .filter_map(|fix| Some(json!({ "title": fix.title, "edits": edits(fix)? })))
            .collect();
        (!fixes.is_empty()).then(|| json!({ "fixes": fixes, "choice": diagnostic.choice }))
    }
}

impl View<'_> {
    /// A diagnostic of the document as the client was told it.
    pub(in crate::server) fn diagnostic(&self, uri: &Uri, diagnostic: &Diagnostic) -> LspDiagnostic {
        self.engine.for_client(self.desk, uri, diagnostic)
    }
}

/// Takes back what the client was told of a document.
pub(super) fn clear(outbox: &Outbox, uri: &Uri, closed: &Open) {
    if closed.sent.as_ref().is_some_and(|sent| !sent.diagnostics.is_empty()) {
        outbox.notify(
            "textDocument/publishDiagnostics",
            &PublishDiagnosticsParams { uri: uri.clone(), version: None, diagnostics: Vec::new() },
        );
    }
}

/// Shows the user something that keeps newsmark from working as it should.
pub(super) fn show(outbox: &Outbox, message: &str) {
    /// `MessageType.Warning`
    const WARNING: u8 = 2;
    outbox.notify("window/showMessage", json!({ "type": WARNING, "message": message }));
}

/// The diagnostics of the configuration that holds.
pub(super) fn of_known_configuration(desk: &Desk) -> Vec<Diagnostic> {
    let mut all = desk.root.config.diagnostics();
    if desk.ready {
        all.extend(lint::unknown_names(&desk.corpus, &desk.root.config));
    }
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}

fn of_configuration(error: &crate::config::Error) -> Diagnostic {
    Diagnostic {
        location: Place { path: FILE_NAME.into(), place: TextPlace { start: error.at, end: error.at } },
        rule: crate::config::RULE,
        level: Level::Error,
        message: error.message.clone(),
        help: Some("until this is mended, what was configured before holds".to_owned()),
        related: Vec::new(),
        fixes: Vec::new(),
        choice: false,
    }
}

fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
        Level::Hint => DiagnosticSeverity::Hint,
    }
}

/// How editors show what a rule is about: struck through where it no longer stands, faded
/// where nothing uses it.
fn tag(rule: &str) -> Option<DiagnosticTag> {
    match rule {
        "retracted-source" => Some(DiagnosticTag::Deprecated),
        rule if rule.starts_with("unused-") => Some(DiagnosticTag::Unnecessary),
        _ => None,
    }
}
