//! The graph that is kept up to date, against one that is built anew by other means.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;

use newsmark::corpus::{Change, Corpus, Known, Link, SourceFacts};
use newsmark::lint::{FileRole, read};
use newsmark::rules;

const REGISTRIES: [&str; 2] = ["one.yaml", "two.yaml"];
const ARTICLES: [&str; 4] = ["a.md", "b.md", "c.md", "d.md"];
const KEYS: [&str; 6] = ["k0", "k1", "k2", "k3", "k4", "k5"];

/// A source: its key, what it relays, and the article that it is.
type Entry = (usize, Vec<usize>, Option<usize>);

/// What a file holds: sources, and what it cites where it is an article.
#[derive(Clone, Debug, Default)]
struct File {
    sources: Vec<Entry>,
    cites: Vec<usize>,
}

fn entries(most: usize) -> impl Strategy<Value = Vec<Entry>> {
    // Key 6 is defined nowhere, and article 4 is none.
    let relays = prop::collection::vec(0..KEYS.len() + 1, 0..3);
    let article = prop::option::weighted(0.3, 0..ARTICLES.len() + 1);
    prop::collection::vec((0..KEYS.len(), relays, article), 0..most)
}

fn file() -> impl Strategy<Value = (usize, Option<File>)> {
    let registry =
        (0..REGISTRIES.len(), entries(6)).prop_map(|(at, sources)| (at, File { sources, cites: Vec::new() }));
    let article = (0..ARTICLES.len(), entries(2), prop::collection::vec(0..KEYS.len(), 0..3))
        .prop_map(|(at, sources, cites)| (REGISTRIES.len() + at, File { sources, cites }));
    (prop_oneof![registry, article], prop::bool::weighted(0.1))
        .prop_map(|((at, file), gone)| (at, (!gone).then_some(file)))
}

fn path(at: usize) -> &'static str {
    REGISTRIES.iter().chain(&ARTICLES).nth(at).expect("there are so many files")
}

fn change(at: usize, file: Option<&File>) -> Change {
    let Some(file) = file else { return Change::Remove(path(at).into()) };
    let name =
        |number: usize, of: &[&str]| of.get(number).map_or("nothing".to_owned(), |name| (*name).into());
    let mut list = String::new();
    for (key, relays, article) in &file.sources {
        let relays: Vec<String> = relays.iter().map(|key| name(*key, &KEYS)).collect();
        let article = article.map(|at| name(at, &["a", "b", "c", "d"]));
        let article = article.map(|slug| format!(", article: {slug}")).unwrap_or_default();
        let _ =
            writeln!(list, "- {{id: {}, custom: {{relays: [{}]{article}}}}}", KEYS[*key], relays.join(", "));
    }
    let role = if at < REGISTRIES.len() { FileRole::Sources } else { FileRole::Article };
    let text = match role {
        FileRole::Sources => list,
        _ => {
            let cites: Vec<String> =
                file.cites.iter().map(|key| format!("It is so [@{}].", KEYS[*key])).collect();
            let head = if list.is_empty() { String::new() } else { format!("---\nreferences:\n{list}---\n") };
            format!("{head}{}\n", cites.join(" "))
        }
    };
    Change::at_rest(read(&path(at).into(), &text, role), rules::names())
}

/// The same as files have it, resolved and searched in the plainest way.
struct Plain<'f> {
    files: &'f BTreeMap<usize, File>,
    graph: DiGraph<Node, ()>,
    numbers: BTreeMap<Node, NodeIndex>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Source(usize, usize),
    Article(usize),
}

impl<'f> Plain<'f> {
    fn new(files: &'f BTreeMap<usize, File>) -> Self {
        let mut plain = Plain { files, graph: DiGraph::new(), numbers: BTreeMap::new() };
        for (&at, file) in files {
            for (key, ..) in &file.sources {
                plain.number(Node::Source(at, *key));
            }
            if at >= REGISTRIES.len() {
                plain.number(Node::Article(at));
            }
        }
        for node in plain.numbers.clone().into_keys() {
            for to in plain.edges(node) {
                let (from, to) = (plain.number(node), plain.number(to));
                plain.graph.update_edge(from, to, ());
            }
        }
        plain
    }

    fn number(&mut self, node: Node) -> NodeIndex {
        *self.numbers.entry(node).or_insert_with(|| self.graph.add_node(node))
    }

    fn entry(&self, at: usize, key: usize) -> Option<&Entry> {
        self.files.get(&at)?.sources.iter().find(|(own, ..)| *own == key)
    }

    /// The file that defines a key, seen from another: itself, else the first registry.
    fn resolve(&self, from: usize, key: usize) -> Option<Node> {
        let at = [from, 0, 1].into_iter().find(|at| self.entry(*at, key).is_some())?;
        Some(Node::Source(at, key))
    }

    fn edges(&self, node: Node) -> Vec<Node> {
        match node {
            Node::Source(at, key) => {
                let Some((_, relays, article)) = self.entry(at, key) else { return Vec::new() };
                let article = article.map(|article| REGISTRIES.len() + article);
                let article = article.filter(|at| self.files.contains_key(at)).map(Node::Article);
                relays.iter().filter_map(|key| self.resolve(at, *key)).chain(article).collect()
            }
            Node::Article(at) => {
                let cites = self.files[&at].cites.iter();
                cites.filter_map(|key| self.resolve(at, *key)).collect()
            }
        }
    }

    /// All nodes that rest on themselves, each with all that it rests on and that rests on it.
    fn rings(&self) -> BTreeMap<Node, BTreeSet<Node>> {
        let mut rings = BTreeMap::new();
        for component in tarjan_scc(&self.graph) {
            let members: BTreeSet<Node> = component.iter().map(|at| self.graph[*at]).collect();
            if component.len() > 1 || self.graph.contains_edge(component[0], component[0]) {
                rings.extend(members.iter().map(|node| (*node, members.clone())));
            }
        }
        rings
    }

    fn origins(&self, node: Node, rings: &BTreeMap<Node, BTreeSet<Node>>) -> (BTreeSet<Node>, bool) {
        let (mut found, mut complete) = (BTreeSet::new(), true);
        let (mut open, mut seen) = (vec![node], BTreeSet::from([node]));
        while let Some(node) = open.pop() {
            let Node::Source(at, key) = node else { continue };
            let named = self.entry(at, key).map_or(&[][..], |(_, relays, _)| relays);
            let next: Vec<Node> = named.iter().filter_map(|key| self.resolve(at, *key)).collect();
            complete &= next.len() == named.len();
            let is_article = |node: &Node| matches!(node, Node::Article(_));
            complete &= rings.get(&node).is_none_or(|ring| ring.iter().any(is_article));
            if named.is_empty() {
                found.insert(node);
            }
            open.extend(next.into_iter().filter(|next| seen.insert(*next)));
        }
        (found, complete)
    }
}

fn node(known: Known<'_, SourceFacts>) -> Node {
    let at = REGISTRIES.iter().chain(&ARTICLES).position(|path| **path == *known.file.path);
    let key = KEYS.iter().position(|key| **key == *known.what.key);
    Node::Source(at.expect("the path of a file"), key.expect("the key of a source"))
}

fn compare(corpus: &Corpus, files: &BTreeMap<usize, File>) -> Result<(), TestCaseError> {
    let plain = Plain::new(files);
    let rings = plain.rings();
    for (&at, file) in files {
        let facts = corpus.file(corpus.at_path(path(at)).expect("it is there")).expect("it has facts");
        if at >= REGISTRIES.len() {
            let round = corpus.ring_through(facts);
            let ring = rings.get(&Node::Article(at));
            prop_assert_eq!(round.as_ref().map(|round| round.count), ring.map(BTreeSet::len), "{}", path(at));
            if let Some(round) = round {
                prop_assert!(matches!(round.way[0], Link::Article(first) if first.path == facts.path));
                follow(&plain, &round.way)?;
            }
        }
        for (key, ..) in &file.sources {
            let known = corpus.source(facts, KEYS[*key]).expect("it is defined here");
            prop_assert_eq!(node(known), plain.resolve(at, *key).expect("likewise"));
            let origins = corpus.origins(known);
            let found: BTreeSet<Node> = origins.sources.iter().map(|known| node(*known)).collect();
            prop_assert_eq!(
                (found, origins.complete),
                plain.origins(node(known), &rings),
                "{:?}",
                node(known)
            );
            for origin in origins.sources {
                let way: Vec<Link<'_>> =
                    corpus.relay_path(known, origin).into_iter().map(Link::Source).collect();
                prop_assert_eq!(way.len() > 1, node(known) != node(origin));
                follow(&plain, &way[..way.len().saturating_sub(1)])?;
            }
            let ring = rings
                .get(&node(known))
                .filter(|ring| !ring.iter().any(|node| matches!(node, Node::Article(_))));
            // A registry's names are in the order of their numbers here.
            let first = ring.filter(|ring| ring.first() == Some(&node(known)));
            prop_assert_eq!(corpus.ring_from(known).map(|round| round.count), first.map(BTreeSet::len));
        }
    }
    Ok(())
}

/// Each rests on the next, and in a ring the last on the first.
fn follow(plain: &Plain<'_>, way: &[Link<'_>]) -> Result<(), TestCaseError> {
    let nodes: Vec<Node> = way
        .iter()
        .map(|link| match link {
            Link::Source(known) => node(*known),
            Link::Article(file) => {
                let at = ARTICLES.iter().position(|path| **path == *file.path);
                Node::Article(REGISTRIES.len() + at.expect("the path of an article"))
            }
        })
        .collect();
    for two in nodes.windows(2) {
        prop_assert!(plain.edges(two[0]).contains(&two[1]), "{nodes:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_is_kept_is_what_is_there(steps in prop::collection::vec(file(), 1..24)) {
        let mut corpus = Corpus::default();
        let mut files: BTreeMap<usize, File> = BTreeMap::new();
        for (at, file) in steps {
            let before: Vec<(usize, Option<usize>)> = rings_of(&corpus, &files);
            let affected = corpus.apply([change(at, file.as_ref())]);
            match file {
                Some(file) => files.insert(at, file),
                None => files.remove(&at),
            };
            compare(&corpus, &files)?;
            // Whose ring is another is said to be affected.
            let now = rings_of(&corpus, &files);
            for (at, count) in before {
                let same = now.iter().find(|(other, _)| *other == at).is_none_or(|(_, other)| *other == count);
                let id = corpus.at_path(path(at));
                prop_assert!(same || id.is_none_or(|id| affected.contains(&id)), "{}", path(at));
            }
        }
    }
}

fn rings_of(corpus: &Corpus, files: &BTreeMap<usize, File>) -> Vec<(usize, Option<usize>)> {
    let articles = files.keys().copied().filter(|at| *at >= REGISTRIES.len());
    let file = |at: usize| corpus.file(corpus.at_path(path(at))?);
    articles.filter_map(|at| Some((at, corpus.ring_through(file(at)?).map(|round| round.count)))).collect()
}

#[test]
fn a_ring_of_many_thousand_sources_is_found_and_broken() {
    const MANY: usize = 20_000;
    let ring = |last: usize| {
        let mut text = String::new();
        for at in 0..MANY {
            let next = if at + 1 == MANY { last } else { at + 1 };
            let _ = writeln!(text, "- {{id: s{at:06}, custom: {{relays: [s{next:06}]}}}}");
        }
        Change::at_rest(read(&"s.yaml".into(), &text, FileRole::Sources), rules::names())
    };
    let mut corpus = Corpus::default();
    corpus.fill([ring(0)]);
    let count = |corpus: &Corpus, key: &str| {
        let file = corpus.file(corpus.at_path("s.yaml").expect("it is there")).expect("it has facts");
        let known = corpus.source(file, key).expect("it is defined");
        (corpus.ring_from(known).map(|round| round.count), corpus.origins(known).complete)
    };
    assert_eq!(count(&corpus, "s000000"), (Some(MANY), false));
    assert_eq!(count(&corpus, "s000001"), (None, false), "a ring is told of once");
    corpus.apply([ring(MANY)]);
    assert_eq!(count(&corpus, "s000000"), (None, false), "what it comes from is not defined");
    corpus.apply([ring(MANY - 1)]);
    assert_eq!(count(&corpus, "s019999"), (Some(1), false), "a source that relays itself");
    assert_eq!(count(&corpus, "s019990"), (None, false));
}
