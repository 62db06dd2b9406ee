//! `textDocument/definition`, and the questions like it: `declaration`, `typeDefinition` and
//! `implementation`.

use tower_lsp::gen_lsp_types::{
    DeclarationParams, Definition, DefinitionParams, DefinitionResponse, ImplementationParams, Location,
    LocationLink, TypeDefinitionParams, Uri,
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
        self.ask(at.text_document.uri, move |view| {
            let offset = view.offset(at.position);
            answer(view, features::definition(view.corpus, view.facts, view.text, offset)?, links)
        })
        .await
    }

    pub(in crate::server) async fn declaration(
        &self,
        params: DeclarationParams,
    ) -> Result<Option<DefinitionResponse>> {
        let at = params.text_document_position_params;
        let links = self.session()?.declaration_links;
        self.ask(at.text_document.uri, move |view| {
            let offset = view.offset(at.position);
            answer(view, features::declaration(view.corpus, view.facts, view.text, offset)?, links)
        })
        .await
    }

    pub(in crate::server) async fn type_definition(
        &self,
        params: TypeDefinitionParams,
    ) -> Result<Option<DefinitionResponse>> {
        let at = params.text_document_position_params;
        let links = self.session()?.type_definition_links;
        self.ask(at.text_document.uri, move |view| {
            answer(view, features::type_definition(view.corpus, view.facts, view.offset(at.position))?, links)
        })
        .await
    }

    pub(in crate::server) async fn implementation(
        &self,
        params: ImplementationParams,
    ) -> Result<Option<DefinitionResponse>> {
        let at = params.text_document_position_params;
        let links = self.session()?.implementation_links;
        self.ask(at.text_document.uri, move |view| {
            answer(view, features::implementation(view.corpus, view.facts, view.offset(at.position))?, links)
        })
        .await
    }
}

/// Where it leads, as the client can take it.
fn answer(view: &View<'_>, found: features::Definition, links: bool) -> Option<DefinitionResponse> {
    let origin = view.range(found.origin);
    let targets = found.targets.iter().filter_map(|target| Some((view.uri_of(&target.path)?, target)));
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
