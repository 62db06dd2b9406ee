//! Where what is cited comes from: the graph of sources that relay others and of articles
//! that are sources themselves.
//!
//! The *origins* of a source are what is reached by following `relays` to its end. What a
//! name stands for is asked of the tables; kept here are the edges, a file at a time, and the
//! rings among them.

mod graph;
mod rings;

use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::article::ArticleFacts;
use super::facts::FileFacts;
use super::registry::SourceFacts;
use super::resolve::Known;
use super::tables::{Corpus, FileId, article_of};
use crate::data::date::Certainty;
use graph::{Edges, Graph, Node, Ring};

/// How many sources are followed from one: nothing in news is relayed so often. What comes
/// from more is not known.
const MOST_FOLLOWED: usize = 1000;

/// How far a way round a ring through articles is looked for, in each of them.
const MOST_ROUND: usize = 10_000;

/// The graph, made when it is first asked for and from then on kept up to date.
#[derive(Debug, Default)]
pub(super) struct Provenance {
    graph: OnceLock<Box<Graph>>,
}

/// Where a source comes from in the end.
#[derive(Clone, Debug)]
pub struct Origins<'c> {
    /// The sources that pass on nothing themselves, in the order in which they are met.
    pub sources: Vec<Known<'c, SourceFacts>>,
    /// Whether these are all: nothing that is relayed on the way is undefined, in a ring or
    /// too far to follow.
    pub complete: bool,
}

/// A node of the graph, for people to read.
#[derive(Clone, Copy, Debug)]
pub enum Link<'c> {
    /// A source.
    Source(Known<'c, SourceFacts>),
    /// An article of the corpus.
    Article(&'c FileFacts),
}

/// Sources, or sources and articles, that rest on each other.
#[derive(Clone, Debug)]
pub struct Round<'c> {
    /// A way round: each rests on the next, and the last on the first. One that is too long
    /// to be shown is empty.
    pub way: Vec<Link<'c>>,
    /// How many rest on each other in all.
    pub count: usize,
}

impl Corpus {
    /// Where `source` comes from.
    #[must_use]
    pub fn origins<'c>(&'c self, source: Known<'c, SourceFacts>) -> Origins<'c> {
        let itself = || Origins { sources: vec![source], complete: true };
        let Some(start) = self.source_number(source) else { return itself() };
        let graph = self.graph();
        let mut origins = Origins { sources: Vec::new(), complete: true };
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        let mut open: VecDeque<u32> = VecDeque::from([start]);
        seen.insert(start);
        while let Some(number) = open.pop_front() {
            let Some(vertex) = graph.vertex(number) else { continue };
            origins.complete &= !vertex.leads_nowhere && !is_source_ring(vertex.ring.as_ref());
            let mut ends = true;
            for next in relayed(graph, number) {
                ends = false;
                if seen.len() >= MOST_FOLLOWED {
                    origins.complete = false;
                    return origins;
                }
                if seen.insert(next) {
                    open.push_back(next);
                }
            }
            if ends && !vertex.leads_nowhere {
                origins.sources.extend(self.source_of(&vertex.node));
            }
        }
        origins
    }

    /// How `source` comes to `origin`: both and what lies between, each relaying the next. The
    /// shortest of several ways.
    #[must_use]
    pub fn relay_path<'c>(
        &'c self,
        source: Known<'c, SourceFacts>,
        origin: Known<'c, SourceFacts>,
    ) -> Vec<Known<'c, SourceFacts>> {
        let (Some(from), Some(to)) = (self.source_number(source), self.source_number(origin)) else {
            return Vec::new();
        };
        let graph = self.graph();
        let way = shortest(from, |at| at == to, |at| relayed(graph, at).collect(), MOST_FOLLOWED);
        way.into_iter().filter_map(|at| self.source_of(&graph.vertex(at)?.node)).collect()
    }

    /// The sources that `source` relays, as far as they are defined.
    #[must_use]
    pub fn relays<'c>(&'c self, source: Known<'c, SourceFacts>) -> Vec<Known<'c, SourceFacts>> {
        let Some(number) = self.source_number(source) else { return Vec::new() };
        let graph = self.graph();
        relayed(graph, number).filter_map(|next| self.source_of(&graph.vertex(next)?.node)).collect()
    }

    /// The sources that relay `source`, in the order of their keys.
    #[must_use]
    pub fn relayed_by<'c>(&'c self, source: Known<'c, SourceFacts>) -> Vec<Known<'c, SourceFacts>> {
        let Some(number) = self.source_number(source) else { return Vec::new() };
        self.leading_to(number)
    }

    /// The sources that pass on `source` or something that does, the nearest first, as far as
    /// they are followed.
    #[must_use]
    pub fn resting_on<'c>(&'c self, source: Known<'c, SourceFacts>) -> Vec<Known<'c, SourceFacts>> {
        let Some(start) = self.source_number(source) else { return Vec::new() };
        let graph = self.graph();
        let mut seen: FxHashSet<u32> = FxHashSet::from_iter([start]);
        let mut open: VecDeque<u32> = VecDeque::from([start]);
        let mut found = Vec::new();
        while let Some(number) = open.pop_front() {
            let from = graph.vertex(number).into_iter().flat_map(|vertex| vertex.from.iter());
            for next in from {
                let known = graph.vertex(next).and_then(|vertex| self.source_of(&vertex.node));
                if seen.len() < MOST_FOLLOWED && known.is_some() && seen.insert(next) {
                    found.extend(known);
                    open.push_back(next);
                }
            }
        }
        found
    }

    /// The sources that are the article `file`, in the order of their keys.
    #[must_use]
    pub fn sources_that_are<'c>(&'c self, file: &FileFacts) -> Vec<Known<'c, SourceFacts>> {
        let id = self.at_path(&file.path);
        let number = id.and_then(|id| self.graph().number(&Node::Article(id)));
        number.map(|number| self.leading_to(number)).unwrap_or_default()
    }

    fn leading_to(&self, number: u32) -> Vec<Known<'_, SourceFacts>> {
        let graph = self.graph();
        let from = graph.vertex(number).into_iter().flat_map(|vertex| vertex.from.iter());
        let mut found: Vec<_> =
            from.filter_map(|number| self.source_of(&graph.vertex(number)?.node)).collect();
        found.sort_by(|a, b| (&a.what.key, &a.file.path).cmp(&(&b.what.key, &b.file.path)));
        found
    }

    /// The ring of sources alone in which `source` is the first, by file and key.
    #[must_use]
    pub fn ring_from<'c>(&'c self, source: Known<'c, SourceFacts>) -> Option<Round<'c>> {
        let number = self.source_number(source)?;
        let graph = self.graph();
        let ring = graph.vertex(number)?.ring.as_ref().filter(|ring| !ring.has_article)?;
        let place = |number: &u32| match &graph.vertex(*number)?.node {
            Node::Source(file, key) => Some((self.path(*file)?, key)),
            Node::Article(_) => None,
        };
        let own = place(&number)?;
        let is_first = ring.members.iter().filter_map(place).all(|other| own <= other);
        is_first.then(|| self.round(number, ring, ring.members.len()))
    }

    /// The ring in which the article `file` rests on itself.
    #[must_use]
    pub fn ring_through<'c>(&'c self, file: &FileFacts) -> Option<Round<'c>> {
        let graph = self.graph();
        let number = graph.number(&Node::Article(self.at_path(&file.path)?))?;
        let ring = graph.vertex(number)?.ring.as_ref()?;
        Some(self.round(number, ring, MOST_ROUND))
    }

    fn round<'c>(&'c self, number: u32, ring: &Arc<Ring>, most: usize) -> Round<'c> {
        let graph = self.graph();
        let next = |at: u32| -> Vec<u32> {
            let to = graph.vertex(at).map_or(&[][..], |vertex| &vertex.to);
            to.iter().copied().filter(|next| ring.members.binary_search(next).is_ok()).collect()
        };
        let mut first = true;
        let is_round = |at: u32| at == number && !std::mem::take(&mut first);
        let mut way = shortest(number, is_round, next, most);
        // It ends where it began.
        way.pop();
        let way = way.into_iter().filter_map(|at| self.link_of(&graph.vertex(at)?.node)).collect();
        Round { way, count: ring.members.len() }
    }

    /// Whether two sources rest on different things: they share no origin, and none of those
    /// whose statements they and their origins are is part of, above, or in office at one of
    /// the other's. Unknown where a source does not say whose statement it is, or where it
    /// comes from.
    #[must_use]
    pub fn independent(
        &self,
        from: &FileFacts,
        article: &ArticleFacts,
        a: Known<'_, SourceFacts>,
        b: Known<'_, SourceFacts>,
    ) -> Certainty {
        Voices::of(self, from, article, a).independent(&Voices::of(self, from, article, b))
    }

    fn graph(&self) -> &Graph {
        self.provenance.graph.get_or_init(|| {
            let mut graph = Box::new(Graph::default());
            graph.update(self.defining(), Vec::new(), |file, is_article| self.edges(file, is_article));
            graph
        })
    }

    /// Brings the graph up to date where these files, or what they name, changed, and these
    /// sources of other files. The answer is every file in which something is in another ring
    /// now.
    pub(super) fn update_provenance(
        &mut self,
        files: &[FileId],
        sources: &[(FileId, Box<str>)],
    ) -> FxHashSet<FileId> {
        // While nobody has asked, nothing was said that could be different now.
        let Some(mut graph) = self.provenance.graph.take() else { return FxHashSet::default() };
        let sources = sources.iter().map(|(file, key)| {
            let known = self.source_in(*file, key);
            let edges = known.and_then(|known| self.edges_of_source(known.file, known.what));
            (Node::Source(*file, key.clone()), edges)
        });
        let touched = graph.update(files.iter().copied(), sources.collect(), |file, is_article| {
            self.edges(file, is_article)
        });
        self.provenance.graph = OnceLock::from(graph);
        touched
    }

    /// What rests on what as far as one file says so.
    fn edges(&self, id: FileId, is_article: bool) -> Vec<(Node, Edges)> {
        if !is_article && !self.has_sources(id) {
            return Vec::new();
        }
        self.look_at(id, |facts| self.edges_of(id, facts, is_article)).unwrap_or_default()
    }

    /// What a source of the file `facts` rests on; none where that is nothing.
    fn edges_of_source(&self, facts: &FileFacts, source: &SourceFacts) -> Option<Edges> {
        if source.relays.is_empty() && source.article.is_none() {
            return None;
        }
        let mut edges = Edges::default();
        for key in &source.relays {
            match self.source(facts, key).and_then(|known| self.node_of(known)) {
                Some(target) => edges.to.push(target),
                None => edges.leads_nowhere = true,
            }
        }
        if let Some(name) = &source.article
            && let [one] = self.article_ids(name).first[..]
        {
            edges.to.push(Node::Article(one));
        }
        Some(edges)
    }

    fn node_of(&self, known: Known<'_, SourceFacts>) -> Option<Node> {
        Some(Node::Source(self.at_path(&known.file.path)?, known.what.key.clone()))
    }

    fn edges_of(&self, id: FileId, facts: &FileFacts, is_article: bool) -> Vec<(Node, Edges)> {
        let mut found = Vec::new();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        // Of two with one key the first counts.
        for source in facts.sources.iter().filter(|source| seen.insert(&source.key)) {
            let edges = self.edges_of_source(facts, source);
            found.extend(edges.map(|edges| (Node::Source(id, source.key.clone()), edges)));
        }
        if let Some(article) = article_of(facts).filter(|_| is_article) {
            let mut edges = Edges::default();
            let mut cited: FxHashSet<&str> = FxHashSet::default();
            for source in self.cited_sources(facts, article) {
                if cited.insert(&source.source.what.key) {
                    edges.to.extend(self.node_of(source.source));
                }
            }
            found.push((Node::Article(id), edges));
        }
        found
    }

    fn source_number(&self, source: Known<'_, SourceFacts>) -> Option<u32> {
        let file = self.at_path(&source.file.path)?;
        self.graph().number(&Node::Source(file, source.what.key.clone()))
    }

    fn source_of(&self, node: &Node) -> Option<Known<'_, SourceFacts>> {
        match node {
            Node::Source(file, key) => self.source_in(*file, key),
            Node::Article(_) => None,
        }
    }

    fn link_of(&self, node: &Node) -> Option<Link<'_>> {
        match node {
            Node::Source(..) => self.source_of(node).map(Link::Source),
            Node::Article(file) => self.file(*file).map(Link::Article),
        }
    }
}

/// What decides whether sources are independent, so that many can be compared.
#[derive(Debug)]
pub struct Voices<'c> {
    /// The origins: file and key.
    origins: FxHashSet<(&'c str, &'c str)>,
    /// Whose statements the source and its origins are, and all that is above these: ids.
    bodies: FxHashSet<&'c str>,
    complete: bool,
    /// Whether the origins are all that there are.
    complete_origins: bool,
}

impl<'c> Voices<'c> {
    /// Of a source that `from`, which is `article`, cites.
    #[must_use]
    pub fn of(
        corpus: &'c Corpus,
        from: &FileFacts,
        article: &ArticleFacts,
        source: Known<'c, SourceFacts>,
    ) -> Self {
        let origins = corpus.origins(source);
        let mut voices = Voices {
            origins: FxHashSet::default(),
            bodies: FxHashSet::default(),
            complete: origins.complete,
            complete_origins: origins.complete,
        };
        for known in origins.sources.iter().copied().chain([source]) {
            match corpus.issuer_of(from, known) {
                Some(issuer) => voices.bodies.extend(corpus.upwards(article.dates_in(None), issuer)),
                None => voices.complete = false,
            }
        }
        voices.origins.extend(origins.sources.iter().map(|known| (&*known.file.path, &*known.what.key)));
        voices
    }

    /// Whether both come from one source and no other.
    #[must_use]
    pub fn shares_one_origin(&self, other: &Voices<'_>) -> bool {
        self.complete_origins
            && other.complete_origins
            && self.origins.len() == 1
            && self.origins == other.origins
    }

    /// Whether the two sources are independent.
    #[must_use]
    pub fn independent(&self, other: &Voices<'_>) -> Certainty {
        let shares = |a: &FxHashSet<&str>, b: &FxHashSet<&str>| !a.is_disjoint(b);
        if !self.origins.is_disjoint(&other.origins) || shares(&self.bodies, &other.bodies) {
            Certainty::No
        } else if self.complete && other.complete {
            Certainty::Yes
        } else {
            Certainty::Unknown
        }
    }
}

/// How many of these sources are independent of each other: those that are not count as one.
/// The second says whether that is certain of every two of the others; where it is not, there
/// are at most so many.
#[must_use]
pub fn independent_voices(voices: &[Voices<'_>]) -> (usize, bool) {
    let mut group: Vec<usize> = (0..voices.len()).collect();
    let mut certain = true;
    for (at, one) in voices.iter().enumerate() {
        for (before, other) in voices[..at].iter().enumerate() {
            match one.independent(other) {
                Certainty::No => {
                    let (from, to) = (group[at], group[before]);
                    group.iter_mut().filter(|number| **number == from).for_each(|number| *number = to);
                }
                Certainty::Unknown => certain = false,
                Certainty::Yes => {}
            }
        }
    }
    group.sort_unstable();
    group.dedup();
    (group.len(), certain)
}

fn is_source_ring(ring: Option<&Arc<Ring>>) -> bool {
    ring.is_some_and(|ring| !ring.has_article)
}

/// The sources that a source relays.
fn relayed(graph: &Graph, number: u32) -> impl Iterator<Item = u32> {
    let to = graph.vertex(number).map_or(&[][..], |vertex| &vertex.to);
    let is_source =
        |next: &u32| graph.vertex(*next).is_some_and(|vertex| matches!(vertex.node, Node::Source(..)));
    to.iter().copied().filter(is_source)
}

/// The shortest way from a node to one that is looked for, both ends included; empty where
/// there is none, or none of at most `most` nodes was looked at.
fn shortest(
    from: u32,
    mut is_end: impl FnMut(u32) -> bool,
    next: impl Fn(u32) -> Vec<u32>,
    most: usize,
) -> Vec<u32> {
    if is_end(from) {
        return vec![from];
    }
    let mut before: FxHashMap<u32, u32> = FxHashMap::default();
    let mut open = VecDeque::from([from]);
    while let Some(at) = open.pop_front() {
        for to in next(at) {
            if is_end(to) {
                let mut way = vec![to];
                let back =
                    std::iter::successors(
                        Some(at),
                        |at| {
                            if *at == from { None } else { before.get(at).copied() }
                        },
                    );
                way.extend(back);
                way.reverse();
                return way;
            }
            if to != from && before.len() < most && !before.contains_key(&to) {
                before.insert(to, at);
                open.push_back(to);
            }
        }
    }
    Vec::new()
}
