//! `textDocument/documentLink` and `documentLink/resolve`

use serde::{Deserialize, Serialize};
use tower_lsp::gen_lsp_types::{DocumentLink, DocumentLinkParams, Uri};
use tower_lsp::jsonrpc::Result;

use crate::features::{self, Link, LinkTo};
use crate::server::backend::Backend;
use crate::server::engine::View;
use crate::server::uri;

/// By what a citation's link is known when somebody clicks on it.
#[derive(Deserialize, Serialize)]
struct Cited {
    /// The article that cites.
    uri: String,
    key: Box<str>,
}

impl Backend {
    pub(in crate::server) async fn document_link(
        &self,
        params: DocumentLinkParams,
    ) -> Result<Option<Vec<DocumentLink>>> {
        let uri = params.text_document.uri;
        let own = uri.clone();
        self.ask(uri, move |view| {
            let links = features::links(view.corpus, view.facts, view.text);
            Some(links.into_iter().filter_map(|one| link(view, &own, one)).collect())
        })
        .await
    }

    /// A link with what it leads to; without that where it is known no more.
    pub(in crate::server) async fn document_link_resolve(&self, link: DocumentLink) -> Result<DocumentLink> {
        let cited = link.data.clone().and_then(|data| serde_json::from_value::<Cited>(data).ok());
        let Some(cited) = cited.filter(|_| link.target.is_none()) else { return Ok(link) };
        let asked = self.ask(Uri(cited.uri), move |view| {
            features::source_address(view.corpus, view.facts, &cited.key, |path| view.text_of(path))
        });
        let target = asked.await?.map(|address| uri::of_web(&address));
        Ok(DocumentLink { target, ..link })
    }
}

fn link(view: &View<'_>, own: &Uri, link: Link) -> Option<DocumentLink> {
    let mut out = DocumentLink {
        range: view.range(link.place),
        tooltip: view.session().link_tooltips.then(|| link.kind.tooltip().to_owned()),
        ..DocumentLink::default()
    };
    match link.to {
        LinkTo::Web(address) => out.target = Some(uri::of_web(&address)),
        LinkTo::File(path, line) => {
            let Uri(file) = view.uri_of(&path)?;
            // Editors read the line, from one, out of the fragment.
            out.target = Some(Uri(line.map_or(file.clone(), |line| format!("{file}#L{}", line + 1))));
        }
        LinkTo::Source(key) => {
            out.data = serde_json::to_value(Cited { uri: own.0.clone(), key }).ok();
        }
    }
    Some(out)
}
