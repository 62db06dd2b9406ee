//! The claims of a group, with their words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tower_lsp::gen_lsp_types::{Range, Uri};
use tower_lsp::jsonrpc::{Error, Result};

use super::{Article, By, Claim, Claims, Speaker, articles, aside, look};
use crate::corpus::{Corpus, FileFacts, Shield};
use crate::data::date::Day;
use crate::features::claims::{self, ClaimSpeaker, ClaimStatus, Voice};
use crate::server::engine::{DeskId, Engine, Handle, Stored};
use crate::text::{Place, fold};
use crate::workspace::Root;

/// How many claims of a group are told at most.
const MOST_CLAIMS: usize = 500;

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

pub(super) async fn listed(engine: &Handle, by: By, key: String) -> Result<Option<Claims>> {
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
