//! Shows where a source, or what a claim or an article cites, comes from in the end.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};

use super::target::{Target, show, value};
use crate::features::{hierarchy, reach};
use crate::server::backend::Backend;
use crate::server::engine::Engine;

pub(super) const NAME: &str = "newsmark.showOrigins";

pub(super) async fn run(backend: &Backend, arguments: Vec<Value>) -> Result<Option<Value>> {
    let target = Target::read(arguments)?;
    let asked = backend.engine()?.ask(move |engine: &mut Engine| {
        let view = engine.view(&target.uri)?;
        let asked = target.find(&view)?;
        let found = reach::beginnings(view.corpus, view.facts, &asked);
        let markdown = reach::beginnings_page(&hierarchy::item(view.corpus, &asked), &found);
        let origins = found.origins.iter().map(|(way, origin)| {
            let mut item = value(&view, origin);
            item["by"] = way.iter().map(|step| value(&view, step)).collect();
            item
        });
        let origins: Vec<Value> = origins.collect();
        Some((json!({ "markdown": markdown, "origins": origins, "complete": found.complete }), markdown))
    });
    let Some((answer, markdown)) = asked.await.ok_or_else(Error::internal_error)? else { return Ok(None) };
    show(backend, &markdown);
    Ok(Some(answer))
}
