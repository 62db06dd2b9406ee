//! From plain answers to the protocol's terms.

use std::collections::HashMap;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use tower_lsp::gen_lsp_types::{
    BaseSymbolInformation, CodeAction, CodeActionContext, CodeActionKind, CodeActionParams,
    CodeActionResponse, Contents, Definition, DefinitionResponse, DocumentChange, DocumentSymbol,
    DocumentSymbolResponse, Edit, Hover, Location, LocationLink, MarkupContent, MarkupKind,
    OptionalVersionedTextDocumentIdentifier, Position, SymbolInformation, SymbolKind, TextDocumentEdit,
    TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use super::engine::View;
use crate::diagnostic::Fix;
use crate::features;
use crate::text::Span;

/// What is known of what stands at a position.
pub(super) fn hover(view: &View<'_>, at: Position, markdown: bool) -> Option<Hover> {
    let hover = features::hover(view.corpus, view.facts, view.offset(at))?;
    let (kind, value) = match markdown {
        true => (MarkupKind::Markdown, hover.markdown),
        false => (MarkupKind::PlainText, plain(&hover.markdown)),
    };
    Some(Hover {
        contents: Contents::MarkupContent(MarkupContent { kind, value }),
        range: Some(view.range(hover.place)),
    })
}

/// Markdown as it reads, for clients that show none.
fn plain(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::Start(Tag::Item) => out.push_str("- "),
            Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                out.push('\n');
            }
            _ => {}
        }
    }
    out.trim_end().to_owned()
}

/// Where what stands at a position is defined.
pub(super) fn definition(view: &View<'_>, at: Position, links: bool) -> Option<DefinitionResponse> {
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

/// What the document is made of.
pub(super) fn symbols(view: &View<'_>, uri: &Uri, nested: bool) -> Option<DocumentSymbolResponse> {
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
                kind: kind(symbol.kind),
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
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: view.range(symbol.whole),
        selection_range: view.range(symbol.name_place),
        children: (!children.is_empty()).then_some(children),
    }
}

/// The protocol knows programs: of its kinds those whose pictures in editors fit best.
fn kind(kind: features::SymbolKind) -> SymbolKind {
    match kind {
        features::SymbolKind::Heading => SymbolKind::String,
        features::SymbolKind::Claim => SymbolKind::Key,
        features::SymbolKind::Entry => SymbolKind::Event,
        features::SymbolKind::Entity => SymbolKind::Object,
        features::SymbolKind::Source => SymbolKind::File,
    }
}

/// What can be done about the diagnostics in a range.
pub(super) fn code_actions(
    view: &View<'_>,
    params: &CodeActionParams,
    versioned: bool,
) -> Option<Vec<CodeActionResponse>> {
    let CodeActionContext { only, .. } = &params.context;
    let is_wanted = only.as_ref().is_none_or(|only| {
        only.iter().any(|kind| *kind == CodeActionKind::QuickFix || *kind == CodeActionKind::Empty)
    });
    if !is_wanted {
        return None;
    }
    let range = Span::new(
        view.offset(params.range.start),
        view.offset(params.range.end).max(view.offset(params.range.start)),
    );
    let uri = &params.text_document.uri;
    let actions = features::actions(view.diagnostics, range).into_iter().filter_map(|action| {
        Some(CodeActionResponse::CodeAction(CodeAction {
            title: action.fix.title.clone(),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![view.diagnostic(uri, action.mends)]),
            is_preferred: Some(action.preferred),
            edit: Some(edit(view, uri, action.fix, versioned)?),
            ..CodeAction::default()
        }))
    });
    Some(actions.collect())
}

/// The edits of a fix; nothing where one of them is of a file that has no address.
fn edit(view: &View<'_>, own: &Uri, fix: &Fix, versioned: bool) -> Option<WorkspaceEdit> {
    let mut by_file: Vec<(Uri, Vec<TextEdit>)> = Vec::new();
    for edit in &fix.edits {
        let path = &edit.location.path;
        let uri = if *path == view.facts.path { own.clone() } else { view.uri_of(path)? };
        let edit = TextEdit { range: view.range(edit.location.place), new_text: edit.text.clone() };
        match by_file.iter_mut().find(|(other, _)| *other == uri) {
            Some((_, edits)) => edits.push(edit),
            None => by_file.push((uri, vec![edit])),
        }
    }
    if !versioned {
        let changes: HashMap<Uri, Vec<TextEdit>> = by_file.into_iter().collect();
        return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
    }
    let change = |(uri, edits): (Uri, Vec<TextEdit>)| {
        let version = view.version_of(&uri);
        let text_document_identifier = TextDocumentIdentifier { uri };
        DocumentChange::TextDocumentEdit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { version, text_document_identifier },
            edits: edits.into_iter().map(Edit::TextEdit).collect(),
        })
    };
    let changes = by_file.into_iter().map(change).collect();
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}
