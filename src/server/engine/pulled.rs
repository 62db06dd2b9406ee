//! Diagnostics of one document for a client that asks for them.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::Serialize;
use tower_lsp::gen_lsp_types::{Diagnostic as LspDiagnostic, Uri};

use crate::diagnostic::Diagnostic;

use super::Engine;
use super::desk::Desk;
use super::open::Open;
use super::overview::ResultId;

/// How long it may take to judge other documents that a change touched; the client is asked
/// to ask for the rest.
const OTHERS: Duration = Duration::from_millis(4);

/// So many are judged however long it takes.
const FEW: usize = 8;

/// What a client that asks was told of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pulled {
    version: i32,
    result: ResultId,
    /// Whether it was asked to ask again, since there is something else now.
    is_announced: bool,
}

impl Open {
    /// Whether the client was told something else of this very text: nothing but an answer to
    /// a question that it does not know of to ask would tell it.
    fn is_outdated(&self) -> bool {
        let is_old = |told: Pulled| told.version == self.document.version && told.result != self.result;
        self.pulled.is_some_and(is_old)
    }

    /// The same, once each time.
    pub(super) fn becomes_outdated(&mut self) -> bool {
        let is_outdated = self.is_outdated();
        let told = self.pulled.as_mut().filter(|_| is_outdated);
        told.is_some_and(|told| !std::mem::replace(&mut told.is_announced, true))
    }
}

/// `RelatedFullDocumentDiagnosticReport`, or the same for what is unchanged.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::server) struct Report {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    result_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<LspDiagnostic>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    related_documents: BTreeMap<String, Report>,
}

impl Report {
    fn full(result: Option<ResultId>, items: Vec<LspDiagnostic>) -> Report {
        let result_id = result.map(ResultId::text);
        Report { kind: "full", result_id, items: Some(items), related_documents: BTreeMap::new() }
    }
}

impl Engine {
    /// The diagnostics of a document as it is now; of one that is open nowhere, as far as its
    /// corpus is read. `previous` is what the client knows.
    pub(in crate::server) fn pull(&mut self, uri: &Uri, previous: Option<&str>) -> Report {
        let previous = previous.map(ResultId::read);
        if !self.open.contains_key(&uri.0) {
            return self.pull_closed(uri, previous);
        }
        self.judge_now(uri);
        let mut report = self.report_open(uri, previous);
        if self.session.related_documents {
            report.related_documents = self.outdated_beside(uri);
        }
        report
    }

    fn pull_closed(&mut self, uri: &Uri, previous: Option<ResultId>) -> Report {
        let place = self.place_of(uri);
        let place = place.filter(|(id, _)| self.desks.get(id).is_some_and(|desk| desk.ready));
        let Some((id, path)) = place else { return Report::full(None, Vec::new()) };
        let judged = self.judge_files(id, vec![path]).pop();
        let diagnostics = judged.map(|(_, diagnostics)| diagnostics).unwrap_or_default();
        self.report_of(self.desks.get(&id), uri, &diagnostics, ResultId::of(&diagnostics), previous)
    }

    /// What there is of an open document, which the client knows from now on.
    fn report_open(&mut self, uri: &Uri, previous: Option<ResultId>) -> Report {
        let Some(open) = self.open.get_mut(&uri.0) else { return Report::full(None, Vec::new()) };
        let (version, result) = (open.document.version, open.result);
        open.pulled = Some(Pulled { version, result, is_announced: false });
        let Some(open) = self.open.get(&uri.0) else { return Report::full(None, Vec::new()) };
        let desk = open.home.desk().and_then(|id| self.desks.get(&id));
        self.report_of(desk, uri, &open.diagnostics, result, previous)
    }

    fn report_of(
        &self,
        desk: Option<&Desk>,
        uri: &Uri,
        diagnostics: &[Diagnostic],
        result: ResultId,
        previous: Option<ResultId>,
    ) -> Report {
        if previous == Some(result) {
            let result_id = Some(result.text());
            return Report { kind: "unchanged", result_id, items: None, related_documents: BTreeMap::new() };
        }
        let items = diagnostics.iter().map(|one| self.for_client(desk, uri, one)).collect();
        Report::full(Some(result), items)
    }

    /// Other open documents of which the client was told something else than there is now.
    fn outdated_beside(&mut self, uri: &Uri) -> BTreeMap<String, Report> {
        let end = Instant::now() + OTHERS;
        let others = self.open.iter().filter(|(other, open)| **other != uri.0 && open.pulled.is_some());
        let others: Vec<String> = others.map(|(other, _)| other.clone()).collect();
        let mut reports = BTreeMap::new();
        for (number, other) in others.into_iter().enumerate() {
            if number >= FEW && Instant::now() > end {
                break;
            }
            let address = Uri(other.clone());
            self.judge_now(&address);
            if self.open.get(&other).is_some_and(Open::is_outdated) {
                reports.insert(other, self.report_open(&address, None));
            }
        }
        reports
    }
}
