//! The groups of claims, and how many claims are in each.

use std::cmp::Reverse;
use std::collections::VecDeque;

use rustc_hash::FxHashMap;
use tower_lsp::jsonrpc::Result;

use super::{Article, By, Group, Groups, articles, look};
use crate::features::claims::{self, ClaimSpeaker, ClaimStatus, Voice};
use crate::server::engine::{Engine, Handle};
use crate::text::fold;

/// How many groups are told at most: nobody looks through more.
const MOST_GROUPS: usize = 1_000;

pub(super) async fn groups(engine: &Handle, by: By) -> Result<Option<Groups>> {
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
        Some(found.into_iter().map(|(.., all)| all).collect::<Vec<_>>())
    });
    let (mut all, mut tallies) = (Groups::default(), FxHashMap::<Voice, Tally>::default());
    while let Some(files) = parts.next().await? {
        for claims in files {
            all.claims += claims.len();
            all.articles += usize::from(!claims.is_empty());
            for (status, speakers) in claims {
                for ClaimSpeaker { voice, name, .. } in speakers {
                    tally(&mut tallies, voice, name, status);
                }
            }
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
#[derive(Default)]
struct Tally {
    name: String,
    claims: usize,
    unsettled: usize,
}

/// Counts a claim of somebody.
fn tally(tallies: &mut FxHashMap<Voice, Tally>, voice: Voice, name: String, status: ClaimStatus) {
    // Of a speaker whom a source implies only what names are compared by is known.
    let folded = match &voice {
        Voice::Name(folded) => Some(folded.clone()),
        _ => None,
    };
    let tally = tallies.entry(voice).or_default();
    tally.claims += 1;
    tally.unsettled += usize::from(status.is_unsettled());
    if tally.claims == 1 || folded.is_some_and(|folded| *folded == *tally.name) {
        tally.name = name;
    }
}
