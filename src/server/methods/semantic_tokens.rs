//! `textDocument/semanticTokens/full`, `…/full/delta` and `…/range`

use tower_lsp::gen_lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams,
    SemanticTokensDeltaResponse, SemanticTokensEdit, SemanticTokensLegend, SemanticTokensParams,
    SemanticTokensRangeParams, Uri,
};
use tower_lsp::jsonrpc::{Error, Result};

use crate::features::{self, Modifiers, TokenKind};
use crate::server::backend::Backend;
use crate::server::engine::{Engine, KeptTokens, View};
use crate::server::reply::answered;
use crate::text::Span;

/// What the numbers of kinds and the bits of modifiers stand for.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TokenKind::ALL.iter().map(|kind| kind.as_str().to_owned()).collect(),
        token_modifiers: Modifiers::NAMES.iter().map(|name| (*name).to_owned()).collect(),
    }
}

impl Backend {
    pub(in crate::server) async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokens>> {
        let uri = params.text_document.uri;
        let asked = self.engine()?.ask(move |engine: &mut Engine| {
            let data = all(&engine.view(&uri)?);
            let result_id = Some(engine.keep_tokens(&uri, data.clone())?);
            Some(SemanticTokens { result_id, data })
        });
        answered(asked.await.ok_or_else(Error::internal_error)?)
    }

    pub(in crate::server) async fn semantic_tokens_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensDeltaResponse>> {
        let (uri, before) = (params.text_document.uri, params.previous_result_id);
        let asked = self.engine()?.ask(move |engine: &mut Engine| answer(engine, &uri, &before));
        asked.await.ok_or_else(Error::internal_error)
    }

    pub(in crate::server) async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokens>> {
        let range = params.range;
        let asked = self.answer(params.text_document.uri, move |view| {
            let start = view.offset(range.start);
            let range = Span::new(start, view.offset(range.end).max(start));
            Some(SemanticTokens { result_id: None, data: tokens(view, range) })
        });
        asked.await
    }
}

/// What has changed since the tokens that the client has; all of them where it has others than
/// those that were sent last.
fn answer(engine: &mut Engine, uri: &Uri, before: &str) -> Option<SemanticTokensDeltaResponse> {
    let data = all(&engine.view(uri)?);
    let edits = match engine.kept_tokens(uri) {
        Some(KeptTokens { id, data: kept }) if id == before => Some(edit(kept, &data)),
        _ => None,
    };
    let result_id = Some(engine.keep_tokens(uri, data.clone())?);
    Some(match edits {
        Some(edit) => SemanticTokensDeltaResponse::SemanticTokensDelta(SemanticTokensDelta {
            result_id,
            edits: edit.into_iter().collect(),
        }),
        None => SemanticTokensDeltaResponse::SemanticTokens(SemanticTokens { result_id, data }),
    })
}

/// The one edit that makes the new of the old: all between what is the same at both ends.
fn edit(old: &[SemanticToken], new: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let same = |a: &SemanticToken, b: &SemanticToken| numbers(a) == numbers(b);
    let start = old.iter().zip(new).take_while(|(a, b)| same(a, b)).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    // Counted in numbers, of which each token has five.
    let count = |tokens: usize| u32::try_from(tokens * 5).unwrap_or(u32::MAX);
    (!old.is_empty() || !new.is_empty()).then(|| SemanticTokensEdit {
        start: count(start),
        delete_count: count(old.len()),
        data: Some(new.iter().flat_map(numbers).collect()),
    })
}

fn numbers(token: &SemanticToken) -> [u32; 5] {
    let SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset } = *token;
    [delta_line, delta_start, length, token_type, token_modifiers_bitset]
}

fn all(view: &View<'_>) -> Vec<SemanticToken> {
    tokens(view, Span::new(0, view.text.len()))
}

fn tokens(view: &View<'_>, range: Span) -> Vec<SemanticToken> {
    let mut last = (0, 0);
    let found = features::tokens(view.corpus, view.facts, view.text, range, view.is_ready());
    let encoded = found.into_iter().filter_map(|token| {
        let range = view.range(token.place);
        let (line, start) = (range.start.line, range.start.character);
        let delta_line = line - last.0;
        let delta_start = if delta_line == 0 { start - last.1 } else { start };
        last = (line, start);
        Some(SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character - start,
            token_type: u32::try_from(TokenKind::ALL.iter().position(|kind| *kind == token.kind)?).ok()?,
            token_modifiers_bitset: token.modifiers.bits(),
        })
    });
    encoded.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(numbers: [u32; 5]) -> SemanticToken {
        SemanticToken::from(numbers)
    }

    #[test]
    fn an_edit_makes_the_new_of_the_old() {
        let token = |at: u32| token([0, at, 1, 0, 0]);
        let cases: &[(&[u32], &[u32])] = &[
            (&[], &[]),
            (&[], &[1]),
            (&[1], &[]),
            (&[1, 2, 3], &[1, 2, 3]),
            (&[1, 2, 3], &[1, 3]),
            (&[1, 1, 1], &[1, 1]),
            (&[1, 2, 3], &[1, 4, 3]),
            (&[1, 2], &[3, 1, 2]),
            (&[1, 2], &[1, 2, 2]),
        ];
        for (old, new) in cases {
            let [old, new] = [old, new].map(|all| all.iter().map(|at| token(*at)).collect::<Vec<_>>());
            let mut made: Vec<u32> = old.iter().flat_map(numbers).collect();
            if let Some(edit) = edit(&old, &new) {
                let start = edit.start as usize;
                made.splice(start..start + edit.delete_count as usize, edit.data.unwrap_or_default());
            } else {
                assert_eq!(old.len(), new.len());
            }
            assert_eq!(made, new.iter().flat_map(numbers).collect::<Vec<_>>());
        }
    }
}
