//! `textDocument/prepareTypeHierarchy`, `typeHierarchy/supertypes` and `typeHierarchy/subtypes`:
//! what an entity is part of, and what is part of it.

use tower_lsp::gen_lsp_types::{
    TypeHierarchyItem, TypeHierarchyPrepareParams, TypeHierarchySubtypesParams,
    TypeHierarchySupertypesParams, Uri,
};
use tower_lsp::jsonrpc::{Error, Result};

use super::hierarchy_item::{Data, shown};
use crate::corpus::{Corpus, EntityFacts, Known};
use crate::features::Asked;
use crate::features::hierarchy::{self, Item};
use crate::server::backend::Backend;
use crate::server::engine::{Engine, View};

/// One step up or down.
type Step = fn(&Corpus, Known<'_, EntityFacts>) -> Vec<Item>;

impl Backend {
    pub(in crate::server) async fn prepare_type_hierarchy(
        &self,
        params: TypeHierarchyPrepareParams,
    ) -> Result<Option<Vec<TypeHierarchyItem>>> {
        let at = params.text_document_position_params;
        let (uri, position) = (at.text_document.uri, at.position);
        let from = uri.clone();
        let asked = self.ask(uri, move |view| {
            let known = hierarchy::entity_at(view.corpus, view.facts, view.offset(position))?;
            let item = hierarchy::item(view.corpus, &Asked::Entity(known));
            Some(vec![entry(view, &from, &item)?])
        });
        asked.await
    }

    pub(in crate::server) async fn supertypes(
        &self,
        params: TypeHierarchySupertypesParams,
    ) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.step(params.item, hierarchy::wholes).await
    }

    pub(in crate::server) async fn subtypes(
        &self,
        params: TypeHierarchySubtypesParams,
    ) -> Result<Option<Vec<TypeHierarchyItem>>> {
        self.step(params.item, hierarchy::parts).await
    }

    async fn step(&self, item: TypeHierarchyItem, step: Step) -> Result<Option<Vec<TypeHierarchyItem>>> {
        let Some(data) = Data::of(item.data) else { return Ok(None) };
        let range = item.range;
        let asked = self.engine()?.ask(move |engine: &mut Engine| {
            let view = data.view(engine)?;
            let Asked::Entity(known) = data.find(&view, range)? else { return None };
            let items = step(view.corpus, known);
            Some(items.iter().filter_map(|item| entry(&view, &data.from, item)).collect())
        });
        asked.await.ok_or_else(Error::internal_error)
    }
}

fn entry(view: &View<'_>, from: &Uri, item: &Item) -> Option<TypeHierarchyItem> {
    let shown = shown(view, from, item)?;
    Some(TypeHierarchyItem {
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
