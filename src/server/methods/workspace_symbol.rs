//! `workspace/symbol` and `workspaceSymbol/resolve`

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    BaseSymbolInformation, Location, LocationUriOnly, SymbolInformation, WorkspaceSymbol,
    WorkspaceSymbolLocation, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp::jsonrpc::{Error, Result};

use super::document_symbol::kind;
use crate::features::{self, SymbolKind};
use crate::server::backend::Backend;
use crate::server::engine::{Engine, OpenCorpus};
use crate::server::formats::Kinds;
use crate::server::reply::answered;
use crate::text::Place;

/// More than these nobody looks through: another letter is typed.
const MOST: usize = 200;

impl Backend {
    pub(in crate::server) async fn workspace_symbol(
        &self,
        params: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>> {
        self.session()?;
        let asked = self.engine()?.ask(move |engine: &mut Engine| answer(engine, &params.query));
        answered(Some(asked.await.ok_or_else(Error::internal_error)?))
    }

    pub(in crate::server) async fn workspace_symbol_resolve(
        &self,
        symbol: WorkspaceSymbol,
    ) -> Result<WorkspaceSymbol> {
        let asked = self.engine()?.ask(move |engine: &mut Engine| resolved(engine, symbol));
        asked.await.ok_or_else(Error::internal_error)
    }
}

/// What goes by a name like that in any corpus that is open, the best first.
fn answer(engine: &Engine, query: &str) -> WorkspaceSymbolResponse {
    let mut found: Vec<(features::WorkspaceSymbol, OpenCorpus<'_>)> = Vec::new();
    let mut corpora = 0;
    for corpus in engine.corpora() {
        corpora += 1;
        let own = features::workspace_symbols(corpus.corpus, query, MOST);
        found.extend(own.into_iter().map(|symbol| (symbol, corpus)));
    }
    if corpora > 1 {
        // Stable: of those that fit alike the ones of one corpus stay in their order.
        found.sort_by_key(|(symbol, _)| (std::cmp::Reverse(symbol.score), symbol.name.len()));
        found.truncate(MOST);
    }
    let session = engine.session();
    let kinds = session.workspace_symbol_kinds;
    if session.resolves_symbol_ranges {
        let later = found.into_iter().filter_map(|(symbol, corpus)| without_range(&corpus, kinds, symbol));
        return WorkspaceSymbolResponse::WorkspaceSymbolList(later.collect());
    }
    let now = found.into_iter().filter_map(|(symbol, corpus)| with_range(&corpus, kinds, symbol));
    WorkspaceSymbolResponse::SymbolInformationList(now.collect())
}

fn base(kinds: Kinds, symbol: &features::WorkspaceSymbol) -> BaseSymbolInformation {
    BaseSymbolInformation {
        name: symbol.name.clone(),
        kind: kind(kinds, symbol.kind),
        tags: None,
        container_name: Some(symbol.container.clone()).filter(|container| !container.is_empty()),
    }
}

/// Where it stands is worked out when the client wants to go there.
fn without_range(
    corpus: &OpenCorpus<'_>,
    kinds: Kinds,
    symbol: features::WorkspaceSymbol,
) -> Option<WorkspaceSymbol> {
    let uri = corpus.uri_of(&symbol.path)?;
    Some(WorkspaceSymbol {
        location: WorkspaceSymbolLocation::LocationUriOnly(LocationUriOnly { uri }),
        data: Some(json!({ "kind": kind_name(symbol.kind), "id": symbol.id })),
        base_symbol_information: base(kinds, &symbol),
    })
}

#[expect(deprecated, reason = "the protocol's type still has the field")]
fn with_range(
    corpus: &OpenCorpus<'_>,
    kinds: Kinds,
    symbol: features::WorkspaceSymbol,
) -> Option<SymbolInformation> {
    let uri = corpus.uri_of(&symbol.path)?;
    let place = features::symbol_place(corpus.corpus, &symbol.path, symbol.kind, &symbol.id);
    let range = corpus.range(place.unwrap_or_default());
    Some(SymbolInformation {
        location: Location { uri, range },
        deprecated: None,
        base_symbol_information: base(kinds, &symbol),
    })
}

/// The symbol with its range; the start of the file where it is there no more.
fn resolved(engine: &Engine, symbol: WorkspaceSymbol) -> WorkspaceSymbol {
    let uri = match &symbol.location {
        WorkspaceSymbolLocation::LocationUriOnly(location) => location.uri.clone(),
        WorkspaceSymbolLocation::Location(_) => return symbol,
    };
    let data = |key: &str| symbol.data.as_ref().and_then(|data| data.get(key)).and_then(Value::as_str);
    let found = engine.corpus_of(&uri).and_then(|(corpus, path)| {
        let kind = data("kind").and_then(kind_of_name)?;
        let place = features::symbol_place(corpus.corpus, &path, kind, data("id")?)?;
        Some(corpus.range(place))
    });
    let range = found.unwrap_or_else(|| engine.session().encoding.range(Place::default()));
    WorkspaceSymbol { location: WorkspaceSymbolLocation::Location(Location { uri, range }), ..symbol }
}

/// The kinds that are found, as the client keeps them for us.
const KINDS: [(&str, SymbolKind); 4] = [
    ("entity", SymbolKind::Entity),
    ("source", SymbolKind::Source),
    ("article", SymbolKind::Article),
    ("claim", SymbolKind::Claim),
];

fn kind_name(kind: SymbolKind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("article", |(name, _)| *name)
}

fn kind_of_name(name: &str) -> Option<SymbolKind> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}
