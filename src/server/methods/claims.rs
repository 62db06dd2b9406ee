//! `newsmark/claims`, a request of newsmark's own: every claim of the open corpora, in groups,
//! and the claims of a group.
//!
//! A corpus may have a million articles. So they are gone through a few at a time, from the
//! latest on, and whoever types meanwhile waits for a few at most; no more is answered than
//! people look at; and words, which the corpus does not keep, are read only of the claims that are
//! listed, on a thread that nobody else needs.

mod groups;
mod listed;

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tower_lsp::gen_lsp_types::{Range, Uri};
use tower_lsp::jsonrpc::{Error, Result};

use crate::corpus::{Corpus, FileFacts, FileId, FileKind};
use crate::data::date::Day;
use crate::diagnostic::FilePath;
use crate::server::backend::Backend;
use crate::server::engine::{DeskId, Engine, Handle, OpenCorpus};
use crate::server::reply::answered;

use groups::groups;
use listed::listed;

/// How many files are looked at in a part at most, and how many at once.
const FILES: usize = 128;
const AT_ONCE: usize = 16;

/// A part that takes longer ends: somebody may be typing.
const LONG: Duration = Duration::from_millis(2);

/// By what claims are told apart.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum By {
    Article,
    Status,
    Speaker,
}

#[derive(Debug, Deserialize)]
pub(in crate::server) struct ClaimsParams {
    by: By,
    /// The group whose claims are wanted; the groups are, where there is none.
    #[serde(default)]
    key: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(in crate::server) enum ClaimsResult {
    Groups(Groups),
    Claims(Claims),
}

#[derive(Debug, Default, Serialize)]
pub(in crate::server) struct Groups {
    /// How many articles have claims.
    articles: usize,
    /// How many claims they have.
    claims: usize,
    groups: Vec<Group>,
    /// How many groups were left out.
    more: usize,
}

#[derive(Debug, Serialize)]
struct Group {
    key: String,
    label: String,
    claims: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    unsettled: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<Uri>,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::server) struct Claims {
    claims: Vec<Claim>,
    /// Whether the group has more claims than these.
    is_incomplete: bool,
}

#[derive(Debug, Serialize)]
struct Claim {
    uri: Uri,
    range: Range,
    text: String,
    classes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Box<str>>,
    speakers: Vec<Speaker>,
    status: &'static str,
}

#[derive(Debug, Serialize)]
struct Speaker {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Box<str>>,
}

impl Backend {
    pub(in crate::server) async fn claims(&self, params: ClaimsParams) -> Result<Option<ClaimsResult>> {
        let engine = self.engine()?.clone();
        let result = match params.key {
            None => groups(&engine, params.by).await?.map(ClaimsResult::Groups),
            Some(key) => listed(&engine, params.by, key).await?.map(ClaimsResult::Claims),
        };
        answered(result)
    }
}

/// An article, by its path: the corpus may change while it is gone through, and with it the
/// numbers.
struct Article {
    day: Option<Day>,
    desk: DeskId,
    path: FilePath,
}

/// Every article, from the latest on; nothing where not all have been read.
async fn articles(engine: &Handle) -> Result<Option<VecDeque<Article>>> {
    let all = engine.ask(|engine: &mut Engine| {
        let mut all = Vec::new();
        for open in engine.corpora() {
            if !open.is_ready() {
                return None;
            }
            let corpus = open.corpus;
            let articles = corpus.ids().filter(|id| corpus.kind(*id) == Some(FileKind::Article));
            all.extend(articles.filter_map(|id| {
                Some(Article { day: corpus.day(id), desk: open.id, path: corpus.path(id)?.clone() })
            }));
        }
        Some(all)
    });
    let Some(mut all) = all.await.ok_or_else(Error::internal_error)? else { return Ok(None) };
    aside(move |_| {
        all.sort_unstable_by(|a, b| {
            (Reverse(a.day), a.desk, &a.path).cmp(&(Reverse(b.day), b.desk, &b.path))
        });
        VecDeque::from(all)
    })
    .await
    .map(Some)
}

/// Does something that takes a while where nobody waits for it. It is told whether anybody
/// still wants to know.
async fn aside<T: Send + 'static>(work: impl FnOnce(&dyn Fn() -> bool) -> T + Send + 'static) -> Result<T> {
    let (alive, dropped) = tokio::sync::oneshot::channel::<()>();
    let done = tokio::task::spawn_blocking(move || work(&|| !alive.is_closed())).await;
    drop(dropped);
    done.map_err(|_| Error::internal_error())
}

/// What `look` finds in the next articles, in their order, as far as they are still there;
/// nothing when there are no more of them. Most of the work is to unpack the files.
fn look<'e, T: Send>(
    engine: &'e Engine,
    left: &mut VecDeque<Article>,
    look: impl Fn(&Corpus, &FileFacts) -> T + Sync,
) -> Option<Vec<(OpenCorpus<'e>, Article, T)>> {
    if left.is_empty() {
        return None;
    }
    let start = Instant::now();
    let (mut found, mut looked_at) = (Vec::new(), 0);
    while looked_at < FILES && start.elapsed() < LONG && !left.is_empty() {
        let some: Vec<Article> = left.drain(..AT_ONCE.min(left.len())).collect();
        looked_at += some.len();
        let there: Vec<(OpenCorpus<'e>, Article, FileId)> = some
            .into_iter()
            .filter_map(|entry| {
                let open = engine.corpus(entry.desk)?;
                let id = open.corpus.at_path(&entry.path)?;
                Some((open, entry, id))
            })
            .collect();
        let corpora: Vec<(&Corpus, FileId)> = there.iter().map(|(open, _, id)| (open.corpus, *id)).collect();
        let looked: Vec<Option<T>> =
            corpora.par_iter().map(|(corpus, id)| corpus.look_at(*id, |file| look(corpus, file))).collect();
        let both = there.into_iter().zip(looked);
        found.extend(both.filter_map(|((open, entry, _), looked)| Some((open, entry, looked?))));
    }
    Some(found)
}
