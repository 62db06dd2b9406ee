//! Begins an article: where the last one lies, with the front matter that every article has.
//!
//! Its argument is a headline, or an object of `title` and, where they are known, `author` and
//! `uri`, a document of the corpus that is meant. The answer is the address of the article.

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CreateFile, DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, Position, Range,
    ShowDocumentParams, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use tower_lsp::jsonrpc::{Error, Result};

use crate::data::date::Date;
use crate::features::{NewArticle, new_article};
use crate::server::backend::Backend;
use crate::server::clock::today;
use crate::server::engine::Engine;
use crate::server::progress::ANSWER;

pub(super) const NAME: &str = "newsmark.newArticle";

pub(super) async fn run(backend: &Backend, arguments: Vec<Value>) -> Result<Option<Value>> {
    let argument = arguments.into_iter().next().unwrap_or_default();
    let word = |key: &str| argument.get(key).and_then(Value::as_str).map(str::to_owned);
    let title = argument
        .as_str()
        .map(str::to_owned)
        .or_else(|| word("title"))
        .ok_or_else(|| Error::invalid_params("a new article needs a headline"))?;
    let session = backend.session()?;
    if !session.creates_files {
        return Err(Error::invalid_params("this editor cannot be asked to create a file"));
    }
    let (author, document) = (word("author").or_else(|| session.checker.clone()), word("uri").map(Uri));
    let shows = session.shows_documents;
    let asked =
        backend.engine()?.ask(move |engine: &mut Engine| begin(engine, &title, author.as_deref(), document));
    let begun = asked.await.ok_or_else(Error::internal_error)?;
    let (uri, text) = begun.map_err(Error::invalid_params)?;
    let client = backend.client();
    let created = tokio::time::timeout(ANSWER, client.apply_edit(creation(uri.clone(), text))).await;
    if !matches!(&created, Ok(Ok(answer)) if answer.applied) {
        return Err(Error::invalid_params("the editor did not create the file"));
    }
    if shows {
        let show = ShowDocumentParams {
            uri: uri.clone(),
            external: Some(false),
            take_focus: Some(true),
            selection: None,
        };
        // An editor that does not show it has it all the same.
        let _ = tokio::time::timeout(ANSWER, client.show_document(show)).await;
    }
    Ok(Some(json!({ "uri": uri })))
}

/// The address of the article and what it holds.
fn begin(
    engine: &Engine,
    title: &str,
    author: Option<&str>,
    document: Option<Uri>,
) -> std::result::Result<(Uri, String), String> {
    let corpora: Vec<_> = engine.corpora().collect();
    let corpus = match (document.and_then(|uri| engine.corpus_of(&uri)), &corpora[..]) {
        (Some((corpus, _)), _) => corpus,
        (None, [corpus, ..]) => *corpus,
        (None, []) => return Err("there is no corpus open: open its folder".to_owned()),
    };
    if !corpus.is_ready() {
        return Err("newsmark is still reading the corpus: try again when it has done".to_owned());
    }
    let today = Date::parse(&today()).map_err(|error| error.to_string())?;
    let NewArticle { path, text } = new_article(corpus.corpus, corpus.config(), title, &today, author)?;
    let uri = corpus.uri_of(&path).ok_or("the article's file has no address")?;
    Ok((uri, text))
}

fn creation(uri: Uri, text: String) -> WorkspaceEdit {
    let text_document_identifier = TextDocumentIdentifier { uri: uri.clone() };
    let start = Position { line: 0, character: 0 };
    let fill = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { version: None, text_document_identifier },
        edits: vec![Edit::TextEdit(TextEdit { range: Range { start, end: start }, new_text: text })],
    };
    let create = CreateFile { uri, options: None, annotation_id: None };
    WorkspaceEdit {
        document_changes: Some(vec![
            DocumentChange::CreateFile(create),
            DocumentChange::TextDocumentEdit(fill),
        ]),
        ..WorkspaceEdit::default()
    }
}
