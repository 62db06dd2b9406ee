//! `textDocument/codeLens` and `codeLens/resolve`

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{CodeLens, CodeLensParams, Command, Location, Uri};
use tower_lsp::jsonrpc::Result;

use crate::features::{self, Says, Told};
use crate::server::backend::Backend;
use crate::server::engine::View;

/// What a click on a lens runs: the client's command, which shows places. It is given the
/// address and position of what is referred to, and the places; where these are very many they
/// are left out, and the client asks for references at the position.
const SHOW: &str = "newsmark.showReferences";

/// By what a lens is worked out later.
#[derive(Serialize, Deserialize)]
struct Later {
    uri: Uri,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

impl Backend {
    pub(in crate::server) async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let uri = params.text_document.uri;
        let own = uri.clone();
        self.ask(uri, move |view| Some(answer(view, &own))).await
    }

    pub(in crate::server) async fn code_lens_resolve(&self, mut lens: CodeLens) -> Result<CodeLens> {
        let later = lens.data.clone().and_then(|data| serde_json::from_value::<Later>(data).ok());
        let Some(later) = later.filter(|_| lens.command.is_none()) else { return Ok(lens) };
        let uri = later.uri.clone();
        lens.command = self.ask(uri, move |view| resolved(view, &later)).await?;
        Ok(lens)
    }
}

fn answer(view: &View<'_>, uri: &Uri) -> Vec<CodeLens> {
    let lenses = features::lenses(view.corpus, view.facts).into_iter();
    let lens = |lens: features::Lens| {
        let later = |entity: Option<&str>, source: Option<&str>| {
            let own = |name: &str| name.to_owned();
            let later = Later { uri: uri.clone(), entity: entity.map(own), source: source.map(own) };
            serde_json::to_value(later).ok()
        };
        let (command, data) = match &lens.says {
            Says::This(told) => (Some(command(view, uri, told)), None),
            Says::Entity(id) => (None, later(Some(id), None)),
            Says::Source(key) => (None, later(None, Some(key))),
        };
        CodeLens { range: view.range(lens.place), command, data }
    };
    lenses.map(lens).collect()
}

fn resolved(view: &View<'_>, later: &Later) -> Option<Command> {
    let told = match later {
        Later { entity: Some(id), .. } => features::told_of_entity(view.corpus, view.facts, id),
        Later { source: Some(key), .. } => features::told_of_source(view.corpus, view.facts, key),
        _ => None,
    };
    Some(command(view, &later.uri, &told?))
}

fn command(view: &View<'_>, uri: &Uri, told: &Told) -> Command {
    let mut arguments: Vec<Value> = vec![json!(uri), json!(view.range(told.at).start)];
    if let Some(places) = &told.places {
        let location = |place: &crate::diagnostic::Location| {
            Some(Location { uri: view.uri_of(&place.path)?, range: view.range(place.place) })
        };
        arguments.push(json!(places.iter().filter_map(location).collect::<Vec<_>>()));
    }
    Command { title: told.title.clone(), tooltip: None, command: SHOW.to_owned(), arguments: Some(arguments) }
}
