//! What call and type hierarchies have in common: things that are shown, and found again when
//! more is asked about them.

use serde::{Deserialize, Serialize};
use tower_lsp::gen_lsp_types::{LspAny, Range, SymbolKind, Uri};

use crate::features::hierarchy::{Item, Spot, find, item};
use crate::features::{Asked, NodeKind};
use crate::server::engine::{Engine, View};

/// By what a thing is found again.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Data {
    /// The document from which it was asked for first: it tells the corpus.
    pub(super) from: Uri,
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
}

impl Data {
    fn new(from: Uri, spot: &Spot) -> Data {
        let own = |text: &str| Some(text.to_owned());
        let (kind, file, name, number) = match spot {
            Spot::Source { file, key } => (NodeKind::Source, own(file), own(key), None),
            Spot::Claim { file, id, number } => {
                (NodeKind::Claim, own(file), id.as_deref().and_then(own), Some(*number))
            }
            Spot::Article(file) => (NodeKind::Article, own(file), None, None),
            Spot::Entity(id) => (NodeKind::Entity, None, own(id), None),
        };
        Data { from, kind: kind.as_str().to_owned(), file, name, number }
    }

    /// The thing that a client's item is.
    pub(super) fn of(data: Option<LspAny>) -> Option<Data> {
        serde_json::from_value(data?).ok()
    }

    fn spot(&self) -> Option<Spot> {
        let file = || self.file.as_deref().map(Into::into);
        let name = || self.name.as_deref().map(Into::into);
        let is = |kind: NodeKind| self.kind == kind.as_str();
        Some(if is(NodeKind::Source) {
            Spot::Source { file: file()?, key: name()? }
        } else if is(NodeKind::Claim) {
            Spot::Claim { file: file()?, id: name(), number: self.number? }
        } else if is(NodeKind::Article) {
            Spot::Article(file()?)
        } else if is(NodeKind::Entity) {
            Spot::Entity(name()?)
        } else {
            return None;
        })
    }

    /// What the thing is now, as `range` was told of it: one that has no name of its own is
    /// not found any more where it was moved.
    pub(super) fn find<'v>(&self, view: &View<'v>, range: Range) -> Option<Asked<'v>> {
        let spot = self.spot()?;
        let asked = find(view.corpus, view.facts, &spot)?;
        let is_named = !matches!(spot, Spot::Claim { id: None, .. });
        (is_named || view.range(item(view.corpus, &asked).whole) == range).then_some(asked)
    }

    /// What questions about it are answered from: the document from which it was asked for, or
    /// another one of the corpus that is open.
    pub(super) fn view<'e>(&self, engine: &'e Engine) -> Option<View<'e>> {
        engine.view(&self.from).or_else(|| {
            let path = self.file.as_deref();
            let knows = |view: &View<'_>| path.is_none_or(|path| view.corpus.at_path(path).is_some());
            engine.views().find(knows)
        })
    }
}

/// The fields that items of both hierarchies have.
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) kind: SymbolKind,
    pub(super) detail: Option<String>,
    pub(super) uri: Uri,
    pub(super) range: Range,
    pub(super) selection_range: Range,
    pub(super) data: Option<LspAny>,
}

/// A thing as the client shows it; nothing where its file has no address.
pub(super) fn shown(view: &View<'_>, from: &Uri, item: &Item) -> Option<Shown> {
    let node = &item.node;
    let detail = item.said().join(" · ");
    Some(Shown {
        name: node.name.clone(),
        kind: match node.kind {
            NodeKind::Source => SymbolKind::File,
            NodeKind::Claim => SymbolKind::Key,
            NodeKind::Article => SymbolKind::Module,
            NodeKind::Entity => SymbolKind::Object,
        },
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        uri: view.uri_of(&node.location.path)?,
        range: view.range(item.whole),
        selection_range: view.range(node.location.place),
        data: serde_json::to_value(Data::new(from.clone(), &item.spot)).ok(),
    })
}
