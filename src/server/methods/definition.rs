//! `textDocument/definition`

use tower_lsp::gen_lsp_types::{
    Definition, DefinitionParams, DefinitionResponse, Location, LocationLink, Position, Uri,
};
use tower_lsp::jsonrpc::Result;

use crate::features;
use crate::server::backend::Backend;
use crate::server::engine::View;

impl Backend {
    pub(in crate::server) async fn definition(
        &self,
        params: DefinitionParams,
    ) -> Result<Option<DefinitionResponse>> {
        let at = params.text_document_position_params;
        let links = self.session()?.links;
        self.ask(at.text_document.uri, move |view| answer(view, at.position, links)).await
    }
}

/// Where what stands at a position is defined.
fn answer(view: &View<'_>, at: Position, links: bool) -> Option<DefinitionResponse> {
    let definition = features::definition(view.corpus, view.facts, view.offset(at))?;
    let origin = view.range(definition.origin);
    let targets = definition.targets.iter().filter_map(|target| Some((view.uri_of(&target.path)?, target)));
    Some(if links {
        let link = |(target_uri, target): (Uri, &features::Target)| LocationLink {
            origin_selection_range: Some(origin),
            target_uri,
            target_range: view.range(target.whole),
            target_selection_range: view.range(target.name),
        };
        DefinitionResponse::DefinitionLinkList(targets.map(link).collect())
    } else {
        let location =
            |(uri, target): (Uri, &features::Target)| Location { uri, range: view.range(target.name) };
        DefinitionResponse::Definition(Definition::LocationList(targets.map(location).collect()))
    })
}
