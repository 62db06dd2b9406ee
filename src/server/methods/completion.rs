//! `textDocument/completion` and `completionItem/resolve`

use serde_json::{Value, json};
use tower_lsp::gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionItemTag,
    CompletionItemTextEdit, CompletionList, CompletionOptions, CompletionParams, Documentation,
    InsertReplaceEdit, InsertTextFormat, MarkupContent, MarkupKind, Position, TextEdit, Uri,
};
use tower_lsp::jsonrpc::Result;

use super::hover::plain;
use crate::features::{self, Completion, CompletionKind, Described};
use crate::server::backend::Backend;
use crate::server::clock::today;
use crate::server::engine::View;
use crate::server::formats::{Kinds, TextFormat};

/// What a client asks after without being told to: a space is none of them, which would ask in
/// the middle of every sentence.
const TRIGGERS: [&str; 9] = ["@", "[", "|", "#", ".", "=", "{", ":", "\""];

/// What is offered to clients.
pub(super) fn options() -> CompletionOptions {
    CompletionOptions {
        trigger_characters: Some(TRIGGERS.iter().chain(&[",", "'"]).map(|&sign| sign.to_owned()).collect()),
        resolve_provider: Some(true),
        ..CompletionOptions::default()
    }
}

impl Backend {
    pub(in crate::server) async fn completion(
        &self,
        params: CompletionParams,
    ) -> Result<Option<CompletionList>> {
        let at = params.text_document_position_params;
        let uri = at.text_document.uri.clone();
        self.answer(at.text_document.uri, move |view| answer(view, &uri, at.position)).await
    }

    pub(in crate::server) async fn resolve_completion(
        &self,
        mut item: CompletionItem,
    ) -> Result<CompletionItem> {
        let Some((uri, subject)) = item.data.as_ref().and_then(subject_of) else { return Ok(item) };
        let format = self.session()?.completion.documentation;
        let found = self
            .ask(uri, move |view| features::describe(view.corpus, view.config, view.facts, &subject))
            .await?;
        let written = |kind, value| Documentation::MarkupContent(MarkupContent { kind, value });
        item.documentation = found.map(|text| match format {
            TextFormat::Markdown => written(MarkupKind::Markdown, text),
            TextFormat::Plain => written(MarkupKind::PlainText, plain(&text)),
            TextFormat::Unsaid => Documentation::String(plain(&text)),
        });
        Ok(item)
    }
}

fn answer(view: &View<'_>, uri: &Uri, at: Position) -> Option<CompletionList> {
    let found = features::completion(view.corpus, view.facts, view.text, view.offset(at), Some(&today()))?;
    let can = view.session().completion;
    let (insert, replace) = (view.range(found.typed), view.range(found.word));
    let item = |(number, one): (usize, Completion)| {
        let (new_text, format) = match one.snippet {
            Some(snippet) if can.snippets => (snippet, InsertTextFormat::Snippet),
            _ => (one.text, InsertTextFormat::PlainText),
        };
        let text_edit = match can.insert_replace {
            true => {
                CompletionItemTextEdit::InsertReplaceEdit(InsertReplaceEdit { new_text, insert, replace })
            }
            false => CompletionItemTextEdit::TextEdit(TextEdit { range: replace, new_text }),
        };
        let (label_details, detail) = match can.label_details {
            true => {
                let description = one.also.or_else(|| one.detail.clone());
                let details = CompletionItemLabelDetails { detail: None, description };
                (Some(details).filter(|details| details.description.is_some()), one.detail)
            }
            false => (None, [one.also, one.detail].into_iter().flatten().reduce(|a, b| format!("{a} · {b}"))),
        };
        CompletionItem {
            label: one.label,
            label_details,
            kind: Some(kind(can.kinds, one.kind)),
            tags: (one.deprecated && can.tags).then(|| vec![CompletionItemTag::Deprecated]),
            detail,
            sort_text: Some(format!("{number:03}")),
            filter_text: Some(one.filter),
            insert_text_format: Some(format),
            text_edit: Some(text_edit),
            data: data(uri, &one.subject),
            ..CompletionItem::default()
        }
    };
    let items: Vec<CompletionItem> = found.items.into_iter().enumerate().map(item).collect();
    // While the corpus is read, more may come.
    let is_incomplete = found.incomplete || view.is_reading();
    Some(CompletionList { is_incomplete, items, ..CompletionList::default() })
}

/// The protocol knows programs: of its kinds those whose pictures in editors fit best.
fn kind(kinds: Kinds, kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Source => CompletionItemKind::Reference,
        CompletionKind::Person => CompletionItemKind::Class,
        CompletionKind::Organisation => CompletionItemKind::Interface,
        CompletionKind::Place => CompletionItemKind::Module,
        CompletionKind::Event => kinds.either(CompletionItemKind::Event, CompletionItemKind::Value),
        CompletionKind::Entity => kinds.either(CompletionItemKind::Struct, CompletionItemKind::Class),
        CompletionKind::Claim => kinds.either(CompletionItemKind::Constant, CompletionItemKind::Variable),
        CompletionKind::Article => CompletionItemKind::File,
        CompletionKind::Rule => CompletionItemKind::Keyword,
        CompletionKind::Class => kinds.either(CompletionItemKind::TypeParameter, CompletionItemKind::Keyword),
        CompletionKind::Key => CompletionItemKind::Property,
        CompletionKind::Word => kinds.either(CompletionItemKind::EnumMember, CompletionItemKind::Enum),
        CompletionKind::Text => CompletionItemKind::Text,
    }
}

/// What an item stands for, as the client gives it back.
fn data(uri: &Uri, subject: &Described) -> Option<Value> {
    let (kind, name) = match subject {
        Described::None => return None,
        Described::Source(key) => ("source", json!(key)),
        Described::Entity(id) => ("entity", json!(id)),
        Described::Claim { path, id } => ("claim", json!([path, id])),
        Described::Article(path) => ("article", json!(path)),
        Described::Rule(name) => ("rule", json!(name)),
    };
    Some(json!({ "uri": uri, "kind": kind, "name": name }))
}

fn subject_of(data: &Value) -> Option<(Uri, Described)> {
    let uri = Uri(data.get("uri")?.as_str()?.to_owned());
    let name = data.get("name")?;
    let text = || name.as_str().map(str::to_owned);
    let part = |at: usize| name.get(at).and_then(Value::as_str).map(str::to_owned);
    let subject = match data.get("kind")?.as_str()? {
        "source" => Described::Source(text()?),
        "entity" => Described::Entity(text()?),
        "claim" => Described::Claim { path: part(0)?, id: part(1)? },
        "article" => Described::Article(text()?),
        "rule" => Described::Rule(text()?),
        _ => return None,
    };
    Some((uri, subject))
}
