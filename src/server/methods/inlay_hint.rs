//! `textDocument/inlayHint` and `inlayHint/resolve`

use serde::{Deserialize, Serialize};
use tower_lsp::gen_lsp_types::{
    InlayHint, InlayHintParams, Label, MarkupContent, MarkupKind, Position, Range, Tooltip, Uri,
};
use tower_lsp::jsonrpc::Result;

use super::hover::plain;
use crate::features;
use crate::server::backend::Backend;
use crate::server::engine::View;
use crate::server::formats::TextFormat;
use crate::text::Span;

/// By what the words beside a hint are found later.
#[derive(Serialize, Deserialize)]
struct Later {
    uri: Uri,
    /// Of which version of the text the position is.
    version: Option<i32>,
    at: Position,
}

impl Backend {
    pub(in crate::server) async fn inlay_hint(
        &self,
        params: InlayHintParams,
    ) -> Result<Option<Vec<InlayHint>>> {
        let (uri, range) = (params.text_document.uri, params.range);
        let own = uri.clone();
        self.answer(uri, move |view| Some(answer(view, &own, range))).await
    }

    pub(in crate::server) async fn inlay_hint_resolve(&self, mut hint: InlayHint) -> Result<InlayHint> {
        let later = hint.data.clone().and_then(|data| serde_json::from_value::<Later>(data).ok());
        let Some(later) = later else { return Ok(hint) };
        let format = self.session()?.hover;
        hint.tooltip = self.ask(later.uri.clone(), move |view| tooltip(view, &later, format)).await?;
        Ok(hint)
    }
}

fn answer(view: &View<'_>, uri: &Uri, range: Range) -> Vec<InlayHint> {
    let start = view.offset(range.start);
    let range = Span::new(start, view.offset(range.end).max(start));
    let hints = features::inlay_hints(view.corpus, view.facts, range, view.session().inlay_hints());
    let version = view.version_of(uri);
    let hint = |hint: features::Hint| {
        let later = Later { uri: uri.clone(), version, at: view.range(hint.about).start };
        InlayHint {
            position: view.range(hint.place).start,
            label: Label::String(hint.label),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: serde_json::to_value(later).ok(),
        }
    };
    hints.into_iter().map(hint).collect()
}

/// What is shown over a hint: what a hover over the words shows. Nothing where the text has
/// changed since: the client asks for hints again.
fn tooltip(view: &View<'_>, later: &Later, format: TextFormat) -> Option<Tooltip> {
    if view.version_of(&later.uri) != later.version {
        return None;
    }
    let hover = features::hover(view.corpus, view.config, view.facts, view.text, view.offset(later.at))?;
    Some(match format {
        TextFormat::Markdown => {
            Tooltip::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: hover.markdown })
        }
        TextFormat::Plain | TextFormat::Unsaid => Tooltip::String(plain(&hover.markdown)),
    })
}
