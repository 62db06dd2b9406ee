//! Shows what the retraction of a source, a claim or an article touches: all that rests on it.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;

use super::target::{Target, show, value};
use crate::features::hierarchy::{self, Item};
use crate::features::reach::{self, Reach, Touched};
use crate::server::backend::Backend;
use crate::server::engine::Engine;

pub(super) const NAME: &str = "newsmark.showRetraction";

/// In so many files a part of the answer is looked for: nobody waits for all of them.
const FILES: usize = 64;

pub(super) async fn run(backend: &Backend, arguments: Vec<Value>) -> Result<Option<Value>> {
    let target = Target::read(arguments)?;
    let mut walk: Option<(Item, Reach)> = None;
    let mut parts = backend.engine()?.ask_in_parts(move |engine: &mut Engine| {
        let view = engine.view(&target.uri)?;
        let mut start = None;
        if walk.is_none() {
            let item = hierarchy::item(view.corpus, &target.find(&view)?);
            start = Some(item.clone());
            let reach = Reach::new(item.spot.clone());
            walk = Some((item, reach));
        }
        let (_, reach) = walk.as_mut()?;
        let part = reach.part(view.corpus, view.facts, FILES);
        if part.is_none() && start.is_none() {
            return None;
        }
        let part: Vec<(Touched, Value)> = part
            .into_iter()
            .flatten()
            .map(|touched| {
                let mut item = value(&view, &touched.item);
                item["distance"] = touched.distance.into();
                (touched, item)
            })
            .collect();
        Some((start, part))
    });
    let (mut item, mut all, mut values) = (None, Vec::new(), Vec::new());
    while let Some((start, part)) = parts.next().await? {
        item = item.or(start);
        for (touched, value) in part {
            all.push(touched);
            values.push(value);
        }
    }
    let Some(item) = item else { return Ok(None) };
    let markdown = reach::touched_page(&item, &all);
    show(backend, &markdown);
    Ok(Some(json!({ "markdown": markdown, "touched": values })))
}
