//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and
//! `callHierarchy/outgoingCalls`: what rests on something, and what that rests on.

use tower_lsp::gen_lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, Position, Range,
    Uri,
};
use tower_lsp::jsonrpc::{Error, Result};

use super::files::{Files, facts_at};
use super::hierarchy_item::{Data, shown};
use crate::features::hierarchy::{self, Item, Tie};
use crate::server::backend::Backend;
use crate::server::engine::{Engine, View};

/// In so many files a part of an answer is looked for: nobody waits for all of them.
const FILES: usize = 64;

impl Backend {
    pub(in crate::server) async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let at = params.text_document_position_params;
        let (uri, position) = (at.text_document.uri, at.position);
        let from = uri.clone();
        self.ask(uri, move |view| prepared(view, &from, position)).await
    }

    pub(in crate::server) async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let Some(data) = Data::of(params.item.data) else { return Ok(None) };
        let range = params.item.range;
        let mut files: Option<Files> = None;
        let mut parts = self.engine()?.ask_in_parts(move |engine: &mut Engine| {
            let view = data.view(engine)?;
            incoming(&view, &data, range, &mut files)
        });
        let mut all: Option<Vec<CallHierarchyIncomingCall>> = None;
        while let Some(part) = parts.next().await? {
            all.get_or_insert_default().extend(part);
        }
        Ok(all)
    }

    pub(in crate::server) async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let Some(data) = Data::of(params.item.data) else { return Ok(None) };
        let range = params.item.range;
        let asked = self.engine()?.ask(move |engine: &mut Engine| {
            let view = data.view(engine)?;
            let ties = hierarchy::outgoing(view.corpus, &data.find(&view, range)?);
            let call = |tie: Tie| {
                let from_ranges = ranges(&view, &tie);
                Some(CallHierarchyOutgoingCall { to: entry(&view, &data.from, &tie.item)?, from_ranges })
            };
            Some(ties.into_iter().filter_map(call).collect())
        });
        asked.await.ok_or_else(Error::internal_error)
    }
}

fn prepared(view: &View<'_>, from: &Uri, at: Position) -> Option<Vec<CallHierarchyItem>> {
    let asked = hierarchy::provenance_at(view.corpus, view.facts, view.offset(at))?;
    Some(vec![entry(view, from, &hierarchy::item(view.corpus, &asked))?])
}

/// What is found in the next files; nothing when all were looked at.
fn incoming(
    view: &View<'_>,
    data: &Data,
    range: Range,
    files: &mut Option<Files>,
) -> Option<Vec<CallHierarchyIncomingCall>> {
    let asked = data.find(view, range)?;
    let is_first = files.is_none();
    let files = files.get_or_insert_with(|| Files::new(view, hierarchy::files(view.corpus, &asked)));
    if files.is_empty() && !is_first {
        return None;
    }
    let mut calls = Vec::new();
    for path in files.next(FILES) {
        let facts = facts_at(view.corpus, view.facts, &path);
        let ties = facts.map(|facts| hierarchy::incoming(view.corpus, facts, &asked)).unwrap_or_default();
        calls.extend(ties.iter().filter_map(|tie| {
            let from = entry(view, &data.from, &tie.item)?;
            Some(CallHierarchyIncomingCall { from, from_ranges: ranges(view, tie) })
        }));
    }
    Some(calls)
}

fn ranges(view: &View<'_>, tie: &Tie) -> Vec<Range> {
    tie.places.iter().map(|place| view.range(*place)).collect()
}

fn entry(view: &View<'_>, from: &Uri, item: &Item) -> Option<CallHierarchyItem> {
    let shown = shown(view, from, item)?;
    Some(CallHierarchyItem {
        name: shown.name,
        kind: shown.kind,
        tags: None,
        detail: shown.detail,
        uri: shown.uri,
        range: shown.range,
        selection_range: shown.selection_range,
        data: shown.data,
    })
}
