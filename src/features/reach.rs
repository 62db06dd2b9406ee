//! Where something comes from in the end, and all that rests on it: what is asked when a source
//! is doubted or withdrawn.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use crate::corpus::{Corpus, FileFacts};
use crate::diagnostic::FilePath;

use super::hierarchy::{Item, Spot, files, find, incoming, item, outgoing};
use super::hover::some;
use super::markdown::{Page, escape, strong};
use super::trace::{Asked, NodeKind};

/// How many things are followed from one: nothing in news is relayed so often.
const MOST_FOLLOWED: usize = 1000;

/// Where something comes from in the end.
#[derive(Clone, Debug, Default)]
pub struct Beginnings {
    /// The sources that relay nothing and the articles of ours that cite nothing, each with
    /// those by way of which it is come to, the nearest first.
    pub origins: Vec<(Vec<Item>, Item)>,
    /// Whether these are all: nothing on the way is undefined, in a ring, not on record or too
    /// far off.
    pub complete: bool,
}

/// Where a source, or what a claim or an article cites, comes from in the end: by what sources
/// relay, claims repeat and articles that are sources cite.
#[must_use]
pub fn beginnings(corpus: &Corpus, own: &FileFacts, asked: &Asked<'_>) -> Beginnings {
    let mut found = Beginnings { origins: Vec::new(), complete: true };
    // Each with the number of the one that leads to it.
    let mut met: Vec<(Item, Option<usize>)> = vec![(item(corpus, asked), None)];
    let mut seen: FxHashSet<Spot> = met.iter().map(|(item, _)| item.spot.clone()).collect();
    let mut at = 0;
    while let Some((here, before)) = met.get(at) {
        let Some(asked) = find(corpus, own, &here.spot) else { break };
        let next: Vec<Item> = outgoing(corpus, &asked).into_iter().map(|tie| tie.item).collect();
        let is_end = match &asked {
            Asked::Source(known) => {
                let is_first = before.is_none_or(|before| met[before].0.node.kind != NodeKind::Source);
                // All that is relayed from the first on is looked at at once.
                found.complete &= !known.what.protected && (!is_first || corpus.origins(*known).complete);
                known.what.protected || known.what.relays.is_empty() && next.is_empty()
            }
            Asked::Article(_) => before.is_some() && next.is_empty(),
            Asked::Claim(..) | Asked::Entity(_) => false,
        };
        if is_end {
            found.origins.push((way(&met, at), met[at].0.clone()));
        }
        for next in next {
            if met.len() >= MOST_FOLLOWED {
                found.complete = false;
            } else if seen.insert(next.spot.clone()) {
                met.push((next, Some(at)));
            }
        }
        at += 1;
    }
    found
}

/// What lies between the first and the last.
fn way(met: &[(Item, Option<usize>)], last: usize) -> Vec<Item> {
    let back = std::iter::successors(met[last].1, |at| met[*at].1);
    let mut way: Vec<Item> = back.filter(|at| *at > 0).map(|at| met[at].0.clone()).collect();
    way.reverse();
    way
}

/// A walk over all that rests on something, the nearest first, in parts.
#[derive(Debug)]
pub struct Reach {
    /// What is looked for, how far it is from the beginning, and the files in which it has not
    /// been looked for yet, the last first.
    open: VecDeque<(Spot, u32, Option<Vec<FilePath>>)>,
    seen: FxHashSet<Spot>,
}

/// Something that rests on what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    /// What it is.
    pub item: Item,
    /// Over how many others; 1 where it says so itself.
    pub distance: u32,
}

impl Reach {
    /// A walk that begins at a source, claim or article.
    #[must_use]
    pub fn new(from: Spot) -> Reach {
        Reach { seen: FxHashSet::from_iter([from.clone()]), open: VecDeque::from([(from, 1, None)]) }
    }

    /// What is found in the next `most` files at most; nothing once all is found.
    pub fn part(&mut self, corpus: &Corpus, own: &FileFacts, most: usize) -> Option<Vec<Touched>> {
        let mut found = Vec::new();
        let mut left = most;
        while left > 0 {
            let Some((spot, distance, to_look_at)) = self.open.front_mut() else {
                return (left < most).then_some(found);
            };
            let distance = *distance;
            let Some(asked) = find(corpus, own, spot) else {
                self.open.pop_front();
                left -= 1;
                continue;
            };
            let paths = to_look_at.get_or_insert_with(|| {
                let ids = files(corpus, &asked).into_iter().rev();
                ids.filter_map(|id| corpus.path(id).cloned()).collect()
            });
            left -= 1;
            let Some(path) = paths.pop() else {
                self.open.pop_front();
                continue;
            };
            let Some(file) = corpus.at_path(&path).and_then(|id| corpus.file(id)) else { continue };
            for tie in incoming(corpus, file, &asked) {
                if self.seen.insert(tie.item.spot.clone()) {
                    self.open.push_back((tie.item.spot.clone(), distance + 1, None));
                    found.push(Touched { item: tie.item, distance });
                }
            }
        }
        Some(found)
    }
}

/// How many lines of one kind a page has.
const LINES: usize = 100;

/// What a page says of a beginning, as Markdown.
#[must_use]
pub fn beginnings_page(from: &Item, found: &Beginnings) -> String {
    let mut page = Page::new(strong(&from.node.name));
    if let [(_, origin)] = &found.origins[..]
        && origin.spot == from.spot
    {
        page.line(
            match found.complete {
                true => "relays no other source: things come from here",
                false => "not on record: where it has it from is not told",
            }
            .to_owned(),
        );
        return page.markdown();
    }
    page.line(match found.origins.len() {
        0 => "comes from no source that is known".to_owned(),
        1 => "comes from one source".to_owned(),
        count => format!("comes from {count} sources"),
    });
    for (way, origin) in found.origins.iter().take(LINES) {
        let keys: Vec<String> = way.iter().rev().map(|step| escape(&step.node.name)).collect();
        let way = if keys.is_empty() { String::new() } else { format!(", by way of {}", keys.join(", ")) };
        page.item(line(origin) + &way);
    }
    page.item(more(found.origins.len()));
    page.item((!found.complete).then(|| {
        "these may not be all: not of everything on the way it is known where it comes from".to_owned()
    }));
    page.markdown()
}

/// What a page says of all that rests on something, as Markdown.
#[must_use]
pub fn touched_page(from: &Item, all: &[Touched]) -> String {
    let mut page = Page::new(strong(&from.node.name));
    let kinds = [(NodeKind::Article, "article"), (NodeKind::Claim, "claim"), (NodeKind::Source, "source")];
    let of = |kind: NodeKind| all.iter().filter(move |touched| touched.item.node.kind == kind);
    let counts = kinds.iter().filter_map(|(kind, word)| some(of(*kind).count(), word));
    let counts: Vec<String> = counts.collect();
    page.line(match counts.is_empty() {
        true => "nothing rests on it".to_owned(),
        false => format!("on it rest {}", counts.join(", ")),
    });
    for (kind, word) in kinds {
        let items = of(kind).take(LINES).map(|touched| format!("{word} {}", line(&touched.item)));
        page.items.extend(items);
        page.item(more(of(kind).count()));
    }
    page.markdown()
}

/// "wire-0311: A headline · 2026-03-11 · retracted"
fn line(item: &Item) -> String {
    let said: Vec<String> = item.said().into_iter().map(escape).filter(|said| !said.is_empty()).collect();
    let colon = if said.is_empty() { "" } else { ": " };
    format!("{}{colon}{}", escape(&item.node.name), said.join(" · "))
}

fn more(count: usize) -> Option<String> {
    (count > LINES).then(|| format!("and {} more", count - LINES))
}
