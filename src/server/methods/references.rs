//! `textDocument/references`, answered in parts: tens of thousands of places are never built
//! as one value, nor looked for in one go.

use rayon::prelude::*;
use serde::Serialize;
use tower_lsp::gen_lsp_types::{Location, Range, ReferenceParams, Uri};
use tower_lsp::jsonrpc::{Error, Result};

use super::files::{Files, facts_at};
use crate::features::references::{Occurrence, Role, files, occurrences};
use crate::features::{Subject, subject};
use crate::server::backend::Backend;
use crate::server::engine::{Engine, View};
use crate::server::reply::Reply;

/// So many files are looked at for a part: what can be found and written while nobody notices.
const FILES: usize = 128;

impl Backend {
    pub(in crate::server) async fn references(
        &self,
        params: ReferenceParams,
    ) -> Result<Option<Vec<Location>>> {
        let reply = Reply::current().ok_or_else(Error::internal_error)?;
        let at = params.text_document_position_params;
        let (uri, position) = (at.text_document.uri, at.position);
        let with_definition = params.context.include_declaration;
        let mut search: Option<Search> = None;
        let mut parts = self.engine()?.ask_in_parts(move |engine: &mut Engine| {
            let view = engine.view(&uri)?;
            if search.is_none() {
                let (_, subject) = subject(view.corpus, view.facts, view.offset(position))?;
                search = Some(Search::new(&view, subject, with_definition));
            }
            search.as_mut()?.part(&view)
        });
        let token = params.partial_result_params.partial_result_token;
        let mut all: Option<Vec<Vec<u8>>> = None;
        while let Some(part) = parts.next().await? {
            let all = all.get_or_insert_default();
            match &token {
                _ if part.is_empty() => {}
                Some(token) => self.outbox().send_part(token, &[b"[", &part, b"]"]),
                None => all.push(part),
            }
        }
        let Some(all) = all else { return Ok(None) };
        let mut pieces: Vec<&[u8]> = Vec::with_capacity(2 * all.len() + 2);
        for part in &all {
            pieces.extend([if pieces.is_empty() { b"[" } else { b"," }, &part[..]]);
        }
        pieces.push(if pieces.is_empty() { b"[]" } else { b"]" });
        reply.send_written(&pieces);
        Ok(None)
    }
}

/// What is being looked for, and where it has not been looked yet.
struct Search {
    subject: Subject,
    files: Files,
    with_definition: bool,
}

impl Search {
    fn new(view: &View<'_>, subject: Subject, with_definition: bool) -> Search {
        let files = Files::new(view, files(view.corpus, &subject));
        Search { subject, files, with_definition }
    }

    /// Some places, as JSON with commas between; nothing when all files were looked at.
    fn part(&mut self, view: &View<'_>) -> Option<Vec<u8>> {
        #[derive(Serialize)]
        struct Found<'u> {
            uri: &'u Uri,
            range: Range,
        }
        if self.files.is_empty() {
            return None;
        }
        let (corpus, subject) = (view.corpus, &self.subject);
        let own = view.facts;
        // Most of the work is to unpack the files.
        let some = self.files.next(FILES);
        let found: Vec<Vec<Occurrence<'_>>> = some
            .par_iter()
            .map(|path| {
                facts_at(corpus, own, path)
                    .map(|facts| occurrences(corpus, facts, subject))
                    .unwrap_or_default()
            })
            .collect();
        let mut part = Vec::new();
        for (path, found) in some.iter().zip(found).filter(|(_, found)| !found.is_empty()) {
            let Some(uri) = view.uri_of(path) else { continue };
            for found in found.iter().filter(|found| found.role != Role::Definition || self.with_definition) {
                if !part.is_empty() {
                    part.push(b',');
                }
                // It fails where maps have other keys than names, and nowhere else.
                let _ =
                    serde_json::to_writer(&mut part, &Found { uri: &uri, range: view.range(found.place) });
            }
        }
        Some(part)
    }
}
