//! `newsmark/claims`, a request of newsmark's own: every claim of the open corpora, in groups,
//! and the claims of a group.
//!
//! A corpus may have a million articles. So they are gone through a few at a time, from the
//! latest on, and whoever types meanwhile waits for a few at most; no more is answered than
//! people look at; and words, which the corpus does not keep, are read only of the claims that are
//! listed, on a thread that nobody else needs.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tower_lsp::gen_lsp_types::{Range, Uri};
use tower_lsp::jsonrpc::{Error, Result};

use crate::corpus::{Corpus, FileFacts, FileId, FileKind, Shield};
use crate::data::date::Day;
use crate::diagnostic::FilePath;
use crate::features::claims::{self, ClaimSpeaker, ClaimStatus, Voice};
use crate::server::backend::Backend;
use crate::server::engine::{DeskId, Engine, Handle, OpenCorpus, Stored};
use crate::server::reply::answered;
use crate::text::{Place, fold};
use crate::workspace::Root;

/// How many groups are told at most: nobody looks through more.
const MOST_GROUPS: usize = 1_000;

/// How many claims of a group.
const MOST_CLAIMS: usize = 500;

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

async fn groups(engine: &Handle, by: By) -> Result<Option<Groups>> {
    let Some(left) = articles(engine).await? else { return Ok(None) };
    match by {
        By::Article => by_article(engine, left).await,
        By::Status => by_status(engine, left).await,
        By::Speaker => by_speaker(engine, left).await,
    }
    .map(Some)
}

async fn by_article(engine: &Handle, mut left: VecDeque<Article>) -> Result<Groups> {
    /// An article with claims.
    struct Counted {
        claims: usize,
        /// What is told of it, unless enough others are.
        shown: Option<(String, Option<String>, usize)>,
    }
    let mut room = MOST_GROUPS;
    let mut parts = engine.ask_in_parts(move |engine: &mut Engine| {
        let is_shown = room > 0;
        let found = look(engine, &mut left, |corpus, file| {
            let claims = claims::count(file);
            let shown = (claims > 0 && is_shown).then(|| {
                let unsettled = unsettled(&claims::statuses(corpus, file));
                let date = file.article.as_ref().and_then(|article| article.dates.first());
                (claims::title(corpus, file), date.map(ToString::to_string), unsettled)
            });
            Counted { claims, shown }
        })?;
        let (mut claims, mut articles, mut groups) = (0, 0, Vec::new());
        for (open, entry, counted) in found {
            claims += counted.claims;
            articles += usize::from(counted.claims > 0);
            let Some((label, date, unsettled)) = counted.shown.filter(|_| room > 0) else { continue };
            let Some(uri) = open.uri_of(&entry.path) else { continue };
            room -= 1;
            let (key, unsettled) = (uri.0.clone(), Some(unsettled));
            let group = Group { key, label, claims: counted.claims, unsettled, date, uri: Some(uri) };
            groups.push((entry.day, group));
        }
        Some((articles, claims, groups))
    });
    let (mut all, mut groups) = (Groups::default(), Vec::new());
    while let Some((articles, claims, some)) = parts.next().await? {
        all.articles += articles;
        all.claims += claims;
        groups.extend(some);
    }
    groups.sort_by_cached_key(|(day, group)| {
        (Reverse(*day), fold(&group.label).into_owned(), group.key.clone())
    });
    all.more = all.articles - groups.len().min(all.articles);
    all.groups = groups.into_iter().map(|(_, group)| group).collect();
    Ok(all)
}

fn unsettled(statuses: &[ClaimStatus]) -> usize {
    statuses.iter().filter(|status| status.is_unsettled()).count()
}

async fn by_status(engine: &Handle, mut left: VecDeque<Article>) -> Result<Groups> {
    let mut parts = engine.ask_in_parts(move |engine: &mut Engine| {
        let found = look(engine, &mut left, claims::statuses)?;
        let counts = |statuses: &[ClaimStatus]| {
            ClaimStatus::ALL.map(|status| statuses.iter().filter(|one| **one == status).count())
        };
        Some(found.iter().map(|(.., statuses)| counts(statuses)).collect::<Vec<_>>())
    });
    let (mut all, mut totals) = (Groups::default(), [0; ClaimStatus::ALL.len()]);
    while let Some(some) = parts.next().await? {
        for counts in some {
            let claims: usize = counts.iter().sum();
            all.claims += claims;
            all.articles += usize::from(claims > 0);
            totals.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
        }
    }
    let groups = ClaimStatus::ALL.into_iter().zip(totals).filter(|(_, claims)| *claims > 0);
    all.groups = groups
        .map(|(status, claims)| {
            let (key, label) = (status.as_str().to_owned(), status.title().to_owned());
            Group { key, label, claims, unsettled: None, date: None, uri: None }
        })
        .collect();
    Ok(all)
}

async fn by_speaker(engine: &Handle, mut left: VecDeque<Article>) -> Result<Groups> {
    let mut parts = engine.ask_in_parts(move |engine: &mut Engine| {
        let found = look(engine, &mut left, |corpus, file| {
            let shield = corpus.shield(file);
            let statuses = (0..).zip(claims::statuses(corpus, file));
            statuses
                .map(|(number, status)| (status, claims::speakers(corpus, file, &shield, number)))
                .collect::<Vec<_>>()
        })?;
        let (mut articles, mut claims) = (0, 0);
        let mut tallies: FxHashMap<Voice, Tally> = FxHashMap::default();
        for (.., all) in found {
            claims += all.len();
            articles += usize::from(!all.is_empty());
            for (status, speakers) in all {
                for ClaimSpeaker { voice, name, .. } in speakers {
                    let unsettled = usize::from(status.is_unsettled());
                    Tally { name, claims: 1, unsettled }.add_to(&mut tallies, voice);
                }
            }
        }
        Some((articles, claims, tallies))
    });
    let (mut all, mut tallies) = (Groups::default(), FxHashMap::<Voice, Tally>::default());
    while let Some((articles, claims, some)) = parts.next().await? {
        all.articles += articles;
        all.claims += claims;
        for (voice, found) in some {
            found.add_to(&mut tallies, voice);
        }
    }
    let mut tallies: Vec<(Voice, Tally)> = tallies.into_iter().collect();
    tallies.sort_by_cached_key(|(voice, tally)| claims::rank(voice, &tally.name, tally.claims));
    all.more = tallies.len().saturating_sub(MOST_GROUPS);
    // Those who have no name come last, and are wanted all the same.
    let nameless = tallies.iter().filter(|(voice, _)| voice.title().is_some()).count();
    let named = tallies.len() - nameless;
    let room = MOST_GROUPS.saturating_sub(nameless);
    if named > room {
        tallies.drain(room..named);
    }
    let group = |(voice, tally): (Voice, Tally)| Group {
        key: voice.to_string(),
        label: voice.title().map_or(tally.name, str::to_owned),
        claims: tally.claims,
        unsettled: Some(tally.unsettled),
        date: None,
        uri: None,
    };
    all.groups = tallies.into_iter().map(group).collect();
    Ok(all)
}

/// What somebody is called, and how many claims they make.
struct Tally {
    name: String,
    claims: usize,
    unsettled: usize,
}

impl Tally {
    fn add_to(self, tallies: &mut FxHashMap<Voice, Tally>, voice: Voice) {
        match tallies.entry(voice) {
            Entry::Vacant(slot) => {
                slot.insert(self);
            }
            Entry::Occupied(mut slot) => {
                // Of a speaker whom a source implies only what names are compared by is known.
                let is_folded = matches!(slot.key(), Voice::Name(name) if **name == *slot.get().name);
                let tally = slot.get_mut();
                tally.claims += self.claims;
                tally.unsettled += self.unsettled;
                if is_folded {
                    tally.name = self.name;
                }
            }
        }
    }
}

/// Which claims of an article are wanted.
#[derive(Clone)]
enum Wanted {
    All,
    Status(ClaimStatus),
    Voice(Voice),
}

/// A claim of a group, without its words.
struct Picked {
    place: Place,
    id: Option<Box<str>>,
    speakers: Vec<ClaimSpeaker>,
    status: ClaimStatus,
}

/// Those of one article, and where their words stand.
struct PickedFile {
    day: Option<Day>,
    title: String,
    uri: Uri,
    stored: Stored,
    root: Arc<Root>,
    shield: Shield,
    /// Each with its range as the client counts it.
    claims: Vec<(Picked, Range)>,
}

async fn listed(engine: &Handle, by: By, key: String) -> Result<Option<Claims>> {
    let (left, wanted) = match by {
        By::Article => (article(engine, Uri(key)).await?, Some(Wanted::All)),
        By::Status => {
            let status = ClaimStatus::ALL.into_iter().find(|status| status.as_str() == key);
            (articles(engine).await?, status.map(Wanted::Status))
        }
        By::Speaker => (articles(engine).await?, Voice::parse(&key).map(Wanted::Voice)),
    };
    let Some(mut left) = left else { return Ok(None) };
    let Some(wanted) = wanted else { return Ok(Some(Claims::default())) };
    let mut roots: BTreeMap<DeskId, Arc<Root>> = BTreeMap::new();
    let mut parts = engine.ask_in_parts(move |engine: &mut Engine| {
        let found = look(engine, &mut left, |corpus, file| picked(corpus, file, &wanted))?;
        let files = found.into_iter().filter_map(|(open, entry, (title, shield, claims))| {
            let root = roots.entry(open.id).or_insert_with(|| Arc::new(open.root().clone()));
            Some(PickedFile {
                day: entry.day,
                title,
                uri: open.uri_of(&entry.path).filter(|_| !claims.is_empty())?,
                stored: open.stored(&entry.path)?,
                root: root.clone(),
                shield,
                claims: claims
                    .into_iter()
                    .map(|one| (open.range(one.place), one))
                    .map(|(range, one)| (one, range))
                    .collect(),
            })
        });
        Some(files.collect::<Vec<_>>())
    });
    let (mut files, mut count) = (Vec::new(), 0);
    while count <= MOST_CLAIMS
        && let Some(some) = parts.next().await?
    {
        count += some.iter().map(|file| file.claims.len()).sum::<usize>();
        files.extend(some);
    }
    drop(parts);
    aside(move |is_wanted| {
        files.sort_by_cached_key(|file| {
            (Reverse(file.day), fold(&file.title).into_owned(), file.uri.0.clone())
        });
        let mut left = MOST_CLAIMS;
        let mut claims = Vec::new();
        for file in files.into_iter().take_while(|_| is_wanted()) {
            let room = left;
            left = left.saturating_sub(file.claims.len());
            claims.extend(file.claims_with_words(room));
        }
        Claims { claims, is_incomplete: count > MOST_CLAIMS }
    })
    .await
    .map(Some)
}

/// The article at an address, where it is one of a corpus; nothing where not all has been read.
async fn article(engine: &Handle, uri: Uri) -> Result<Option<VecDeque<Article>>> {
    let found = engine.ask(move |engine: &mut Engine| {
        if !engine.corpora().all(|open| open.is_ready()) {
            return None;
        }
        let entry = engine.corpus_of(&uri).map(|(open, path)| Article { day: None, desk: open.id, path });
        Some(entry.into_iter().collect())
    });
    found.await.ok_or_else(Error::internal_error)
}

fn picked(corpus: &Corpus, file: &FileFacts, wanted: &Wanted) -> (String, Shield, Vec<Picked>) {
    let shield = corpus.shield(file);
    let statuses = (0..).zip(claims::statuses(corpus, file));
    let picked = statuses.filter_map(|(number, status)| {
        if matches!(wanted, Wanted::Status(wanted) if *wanted != status) {
            return None;
        }
        let speakers = claims::speakers(corpus, file, &shield, number);
        let is_by = |voice: &Voice| speakers.iter().any(|speaker| speaker.voice == *voice);
        if matches!(wanted, Wanted::Voice(voice) if !is_by(voice)) {
            return None;
        }
        let (place, id) = claims::place_and_id(file, &shield, number)?;
        Some(Picked { place, id, speakers, status })
    });
    let picked: Vec<Picked> = picked.collect();
    let title = if picked.is_empty() { String::new() } else { claims::title(corpus, file) };
    (title, shield, picked)
}

impl PickedFile {
    /// Its claims, at most so many. What is not where it was when the article was read is left
    /// out: the file has changed, and soon everybody is told.
    fn claims_with_words(self, most: usize) -> Vec<Claim> {
        let Some(text) = self.stored.read(&self.root).filter(|_| most > 0) else { return Vec::new() };
        let mut words = claims::words(&text, &self.shield);
        let with_words = |(one, range): (Picked, Range)| {
            let words = words.remove(&one.place.span())?;
            let speakers = one.speakers.into_iter().filter_map(Speaker::of).collect();
            Some(Claim {
                uri: self.uri.clone(),
                range,
                text: words.text,
                classes: words.classes,
                id: one.id,
                speakers,
                status: one.status.as_str(),
            })
        };
        self.claims.into_iter().take(most).filter_map(with_words).collect()
    }
}

impl Speaker {
    /// Whom it is worth while to name beside a claim.
    fn of(speaker: ClaimSpeaker) -> Option<Speaker> {
        match speaker.voice {
            Voice::Own | Voice::Nobody => None,
            Voice::Unnamed => Some(Speaker { name: "unnamed".to_owned(), id: None }),
            Voice::Entity(_) | Voice::Name(_) => Some(Speaker { name: speaker.name, id: speaker.id }),
        }
    }
}
