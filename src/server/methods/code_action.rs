//! `textDocument/codeAction` and `codeAction/resolve`

use serde::{Deserialize, Serialize};
use tower_lsp::gen_lsp_types::{
    CodeAction, CodeActionContext, CodeActionDisabled, CodeActionKind, CodeActionOptions, CodeActionParams,
    CodeActionResponse, CodeActionTriggerKind, Uri, WorkspaceEdit,
};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use crate::features::{self, Refactoring, RefactoringContext, RefactoringKind, Work};
use crate::server::backend::Backend;
use crate::server::clock::today;
use crate::server::edits;
use crate::server::engine::{Engine, View};
use crate::server::session::Session;
use crate::text::Span;

/// Mending what was found, one finding at a time.
const QUICK_FIX: &str = "quickfix";

/// The kinds as the client knows them, finer ones behind a point.
fn name(kind: RefactoringKind) -> &'static str {
    match kind {
        RefactoringKind::FixAllOfRule => "quickfix.all",
        RefactoringKind::Suppress => "quickfix.suppress",
        RefactoringKind::Mark => "refactor.rewrite.mark",
        RefactoringKind::Unwrap => "refactor.rewrite.unwrap",
        RefactoringKind::Reply => "refactor.rewrite.reply",
        RefactoringKind::Link => "refactor.rewrite.link",
        RefactoringKind::Check => "refactor.rewrite.check",
        RefactoringKind::MoveSource => "refactor.move.source",
        RefactoringKind::NewSource => "refactor.extract.source",
        RefactoringKind::NewEntity => "refactor.extract.entity",
        RefactoringKind::FixAll => "source.fixAll.newsmark",
        RefactoringKind::OrganizeSources => "source.organizeSources",
    }
}

/// What the client is told that there is.
pub(super) fn options(session: &Session) -> CodeActionOptions {
    let kinds = std::iter::once(QUICK_FIX).chain(RefactoringKind::ALL.map(name));
    CodeActionOptions {
        code_action_kinds: Some(kinds.map(CodeActionKind::from).collect()),
        resolve_provider: session.resolved_actions.then_some(true),
        ..CodeActionOptions::default()
    }
}

/// By what an action is found again whose edits are still to be worked out.
#[derive(Debug, Deserialize, Serialize)]
struct Later {
    uri: Uri,
    version: Option<i32>,
    from: usize,
    to: usize,
    kind: String,
    title: String,
}

impl Backend {
    pub(in crate::server) async fn code_action(
        &self,
        params: CodeActionParams,
    ) -> Result<Option<Vec<CodeActionResponse>>> {
        if !self.session()?.code_actions {
            return Ok(None);
        }
        let uri = params.text_document.uri.clone();
        let asked = self.engine()?.ask(move |engine: &mut Engine| {
            // What is offered is worked out for the text as it is now.
            engine.judge_now(&uri);
            engine.view(&uri).map(|view| answer(&view, &params))
        });
        asked.await.ok_or_else(Error::internal_error)
    }

    pub(in crate::server) async fn code_action_resolve(&self, mut action: CodeAction) -> Result<CodeAction> {
        let later = action.data.clone().and_then(|data| serde_json::from_value::<Later>(data).ok());
        let Some(later) = later else { return Ok(action) };
        let asked = self.engine()?.ask(move |engine: &mut Engine| {
            engine.judge_now(&later.uri);
            engine.view(&later.uri).and_then(|view| work(&view, &later))
        });
        match asked.await.ok_or_else(Error::internal_error)? {
            Some(edit) => action.edit = Some(edit),
            None => {
                // Another text, or the file is gone: what was offered holds no longer.
                let message = "the text has changed since this was offered".into();
                return Err(Error { code: ErrorCode::ContentModified, message, data: None });
            }
        }
        Ok(action)
    }
}

/// Whether a kind is among those asked for: it or what it is a part of.
fn is_wanted(context: &CodeActionContext, kind: &str) -> bool {
    match &context.only {
        Some(only) => only.iter().any(|wanted| {
            let wanted = String::from(wanted.clone());
            let rest = kind.strip_prefix(&wanted);
            wanted.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }),
        // Nobody asked: at every move of the cursor there is only what something found needs.
        None => context.trigger_kind != Some(CodeActionTriggerKind::Automatic) || kind == QUICK_FIX,
    }
}

/// What can be done about a range: the fixes of what was found there, then everything else.
fn answer(view: &View<'_>, params: &CodeActionParams) -> Vec<CodeActionResponse> {
    let range = Span::new(
        view.offset(params.range.start),
        view.offset(params.range.end).max(view.offset(params.range.start)),
    );
    let uri = &params.text_document.uri;
    let mut actions = Vec::new();
    if is_wanted(&params.context, QUICK_FIX) {
        actions.extend(fixes(view, uri, range));
    }
    let today = today();
    let context = context(view, range, &today, view.session().resolved_actions);
    let wanted = |kind| is_wanted(&params.context, name(kind));
    let all = features::refactorings(&context, wanted);
    actions.extend(all.into_iter().filter_map(|one| action(view, uri, range, one)));
    actions.into_iter().map(CodeActionResponse::CodeAction).collect()
}

fn context<'a>(view: &View<'a>, range: Span, today: &'a str, may_wait: bool) -> RefactoringContext<'a> {
    RefactoringContext {
        corpus: view.corpus,
        file: view.facts,
        text: view.text,
        range,
        diagnostics: view.diagnostics,
        today,
        checker: view.checker(),
        is_whole: view.is_ready(),
        may_wait,
    }
}

/// The fixes of what was found in a range.
fn fixes(view: &View<'_>, uri: &Uri, range: Span) -> Vec<CodeAction> {
    let actions = features::actions(view.diagnostics, range).into_iter().filter_map(|action| {
        Some(CodeAction {
            title: action.fix.title.clone(),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![view.diagnostic(uri, action.mends)]),
            is_preferred: Some(action.preferred),
            edit: Some(edits::workspace_edit(view, &action.fix.edits)?),
            ..CodeAction::default()
        })
    });
    actions.collect()
}

/// An action as the client takes it; none where it could only be shown as one that cannot be
/// taken, and the client shows none of these.
fn action(view: &View<'_>, uri: &Uri, range: Span, one: Refactoring<'_>) -> Option<CodeAction> {
    let kind = name(one.kind);
    let mends = one.mends.iter().map(|diagnostic| view.diagnostic(uri, diagnostic)).collect::<Vec<_>>();
    let mut action = CodeAction {
        title: one.title,
        kind: Some(CodeActionKind::from(kind)),
        diagnostics: (!mends.is_empty()).then_some(mends),
        ..CodeAction::default()
    };
    match one.work {
        Work::Edits(edits) => action.edit = Some(edits::workspace_edit(view, &edits)?),
        Work::Refused(reason) if view.session().disabled_actions => {
            action.disabled = Some(CodeActionDisabled { reason });
        }
        Work::Refused(_) => return None,
        Work::Later => {
            let later = Later {
                uri: uri.clone(),
                version: view.version_of(uri),
                from: range.start(),
                to: range.end(),
                kind: kind.to_owned(),
                title: action.title.clone(),
            };
            action.data = serde_json::to_value(later).ok();
        }
    }
    Some(action)
}

/// The edits of an action that was offered without them; none where the text is another now.
fn work(view: &View<'_>, later: &Later) -> Option<WorkspaceEdit> {
    let is_same = view.version_of(&later.uri) == later.version && later.from <= later.to;
    if !is_same || later.to > view.text.len() {
        return None;
    }
    let today = today();
    let context = context(view, Span::new(later.from, later.to), &today, false);
    let all = features::refactorings(&context, |kind| name(kind) == later.kind);
    let one = all.into_iter().find(|one| one.title == later.title)?;
    match one.work {
        Work::Edits(edits) => edits::workspace_edit(view, &edits),
        Work::Later | Work::Refused(_) => None,
    }
}
