//! `textDocument/hover`

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use tower_lsp::gen_lsp_types::{Contents, Hover, HoverParams, MarkupContent, MarkupKind, Position};
use tower_lsp::jsonrpc::Result;

use crate::features;
use crate::server::backend::Backend;
use crate::server::engine::View;
use crate::server::formats::TextFormat;

impl Backend {
    pub(in crate::server) async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let format = self.session()?.hover;
        self.ask(at.text_document.uri, move |view| answer(view, at.position, format)).await
    }
}

/// What is known of what stands at a position.
fn answer(view: &View<'_>, at: Position, format: TextFormat) -> Option<Hover> {
    let hover = features::hover(view.corpus, view.config, view.facts, view.text, view.offset(at))?;
    let written = |kind, value| Contents::MarkupContent(MarkupContent { kind, value });
    let contents = match format {
        TextFormat::Markdown => written(MarkupKind::Markdown, hover.markdown),
        TextFormat::Plain => written(MarkupKind::PlainText, plain(&hover.markdown)),
        TextFormat::Unsaid => old(hover.markdown),
    };
    Some(Hover { contents, range: Some(view.range(hover.place)) })
}

/// For clients from before formats were said: to them a string is Markdown.
#[expect(deprecated, reason = "those clients know nothing else")]
fn old(markdown: String) -> Contents {
    Contents::MarkedString(tower_lsp::gen_lsp_types::MarkedString::String(markdown))
}

/// Markdown as it reads, for clients that show none.
pub(in crate::server) fn plain(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::Start(Tag::Item) => out.push_str("- "),
            Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                out.push('\n');
            }
            _ => {}
        }
    }
    out.trim_end().to_owned()
}
