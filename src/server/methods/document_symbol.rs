//! `textDocument/documentSymbol`

use tower_lsp::gen_lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location,
    SymbolInformation, SymbolKind, Uri,
};
use tower_lsp::jsonrpc::Result;

use crate::features;
use crate::server::backend::Backend;
use crate::server::engine::View;
use crate::server::formats::Kinds;

impl Backend {
    pub(in crate::server) async fn document_symbol(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        let (uri, nested) = (params.text_document.uri, self.session()?.nested_symbols);
        let own = uri.clone();
        self.answer(uri, move |view| answer(view, &own, nested)).await
    }
}

/// What the document is made of.
fn answer(view: &View<'_>, uri: &Uri, nested: bool) -> Option<DocumentSymbolResponse> {
    let symbols = features::symbols(view.facts, view.text);
    if !nested {
        let mut all = Vec::new();
        flatten(view, uri, symbols, None, &mut all);
        return Some(DocumentSymbolResponse::SymbolInformationList(all));
    }
    Some(DocumentSymbolResponse::DocumentSymbolList(
        symbols.into_iter().map(|one| symbol(view, one)).collect(),
    ))
}

/// One after the other, each with what it is in.
#[expect(deprecated, reason = "the protocol's type still has the field")]
fn flatten(
    view: &View<'_>,
    uri: &Uri,
    symbols: Vec<features::Symbol>,
    container: Option<&str>,
    out: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        out.push(SymbolInformation {
            location: Location { uri: uri.clone(), range: view.range(symbol.whole) },
            deprecated: None,
            base_symbol_information: BaseSymbolInformation {
                name: symbol.name.clone(),
                kind: kind(view.session().symbol_kinds, symbol.kind),
                tags: None,
                container_name: container.map(str::to_owned),
            },
        });
        flatten(view, uri, symbol.children, Some(&symbol.name), out);
    }
}

#[expect(deprecated, reason = "the protocol's type still has the field")]
fn symbol(view: &View<'_>, symbol: features::Symbol) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> =
        symbol.children.into_iter().map(|child| self::symbol(view, child)).collect();
    DocumentSymbol {
        name: symbol.name,
        detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
        kind: kind(view.session().symbol_kinds, symbol.kind),
        tags: None,
        deprecated: None,
        range: view.range(symbol.whole),
        selection_range: view.range(symbol.name_place),
        children: (!children.is_empty()).then_some(children),
    }
}

/// The protocol knows programs: of its kinds those whose pictures in editors fit best.
pub(super) fn kind(kinds: Kinds, kind: features::SymbolKind) -> SymbolKind {
    match kind {
        features::SymbolKind::Heading => SymbolKind::String,
        features::SymbolKind::Claim => kinds.either(SymbolKind::Key, SymbolKind::Constant),
        features::SymbolKind::Entry => kinds.either(SymbolKind::Event, SymbolKind::Field),
        features::SymbolKind::Entity => kinds.either(SymbolKind::Object, SymbolKind::Class),
        features::SymbolKind::Source => SymbolKind::File,
        features::SymbolKind::Article => SymbolKind::Module,
        features::SymbolKind::Table => SymbolKind::Namespace,
        features::SymbolKind::Setting => SymbolKind::Property,
    }
}
