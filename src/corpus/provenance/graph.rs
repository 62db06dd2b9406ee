//! Which source passes on which, which article a source is, and what that article cites: as
//! numbers with edges in both directions, and the rings among them.
//!
//! Kept up to date a file at a time. A ring can only have come about through a file of
//! which the edges changed, so rings are looked for downstream of those alone.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::file_set::SortedSet;
use super::super::tables::FileId;

/// A source, by the file that defines it and its key there, or an article that some source is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Node {
    Source(FileId, Box<str>),
    Article(FileId),
}

impl Node {
    pub(super) fn file(&self) -> FileId {
        match self {
            Node::Source(file, _) | Node::Article(file) => *file,
        }
    }
}

/// What a node rests on: the sources that a source relays and the article that it is, or
/// the sources that an article cites.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Edges {
    pub(super) to: Vec<Node>,
    /// Whether something that it names is not there, so that what it rests on in the end is
    /// not known.
    pub(super) leads_nowhere: bool,
}

/// Sources and articles of which each rests on every other.
#[derive(Debug)]
pub(super) struct Ring {
    /// In no order that means anything.
    pub(super) members: Box<[u32]>,
    pub(super) has_article: bool,
}

#[derive(Debug)]
pub(super) struct Vertex {
    pub(super) node: Node,
    pub(super) to: Box<[u32]>,
    pub(super) leads_nowhere: bool,
    pub(super) from: SortedSet<[u32; 2]>,
    pub(super) ring: Option<Arc<Ring>>,
}

#[derive(Debug, Default)]
pub(super) struct Graph {
    numbers: FxHashMap<Node, u32>,
    vertices: Vec<Option<Vertex>>,
    free: Vec<u32>,
    /// The nodes with edges that a file makes.
    of_file: FxHashMap<FileId, Vec<u32>>,
}

impl Graph {
    pub(super) fn number(&self, node: &Node) -> Option<u32> {
        self.numbers.get(node).copied()
    }

    pub(super) fn vertex(&self, number: u32) -> Option<&Vertex> {
        self.vertices.get(number as usize)?.as_ref()
    }

    pub(super) fn vertex_mut(&mut self, number: u32) -> Option<&mut Vertex> {
        self.vertices.get_mut(number as usize)?.as_mut()
    }

    /// Puts what files say now in the place of what they said. `edges` tells of a file what
    /// rests on what; of an article only where the second argument says that a source is that
    /// article. Of other files only some `sources` rest on something else, or on nothing now.
    /// The answer is every file with a node of which the ring is another one.
    pub(super) fn update(
        &mut self,
        files: impl IntoIterator<Item = FileId>,
        sources: Vec<(Node, Option<Edges>)>,
        mut edges: impl FnMut(FileId, bool) -> Vec<(Node, Edges)>,
    ) -> FxHashSet<FileId> {
        let mut changes = Changes::default();
        let mut open: Vec<FileId> = files.into_iter().collect();
        for (node, edges) in sources {
            let file = node.file();
            let number = self.number_of(node);
            let own = self.of_file.entry(file).or_default();
            own.retain(|other| *other != number);
            own.extend(edges.is_some().then_some(number));
            self.link(number, edges.unwrap_or_default(), &mut open, &mut changes);
        }
        let mut seen: FxHashSet<FileId> = FxHashSet::default();
        while let Some(file) = open.pop() {
            let is_article = self.numbers.contains_key(&Node::Article(file));
            if !seen.insert(file) && !is_article {
                continue;
            }
            let before = self.of_file.remove(&file).unwrap_or_default();
            let mut own: Vec<u32> = Vec::new();
            for (node, edges) in edges(file, is_article) {
                let number = self.number_of(node);
                own.push(number);
                self.link(number, edges, &mut open, &mut changes);
            }
            let kept: FxHashSet<u32> = own.iter().copied().collect();
            for number in before.into_iter().filter(|number| !kept.contains(number)) {
                self.set(number, Vec::new(), false, &mut changes);
            }
            if !own.is_empty() {
                self.of_file.insert(file, own);
            }
        }
        self.drop_what_is_no_source(&mut changes);
        let touched = self.find_rings(changes.edges);
        self.forget(changes.loose);
        touched
    }

    /// Gives a node its edges. Articles that come in by them are left in `open`.
    fn link(&mut self, number: u32, edges: Edges, open: &mut Vec<FileId>, changes: &mut Changes) {
        let mut to: Vec<u32> = Vec::with_capacity(edges.to.len());
        for target in edges.to {
            // An article that a source has become rests on what it cites.
            if let Node::Article(article) = target
                && !self.numbers.contains_key(&target)
            {
                open.push(article);
            }
            to.push(self.number_of(target));
        }
        self.set(number, to, edges.leads_nowhere, changes);
    }

    fn number_of(&mut self, node: Node) -> u32 {
        if let Some(number) = self.numbers.get(&node) {
            return *number;
        }
        let vertex = Vertex {
            node: node.clone(),
            to: Box::default(),
            leads_nowhere: false,
            from: SortedSet::default(),
            ring: None,
        };
        let number = self.free.pop().unwrap_or(self.vertices.len() as u32);
        match self.vertices.get_mut(number as usize) {
            Some(free) => *free = Some(vertex),
            None => self.vertices.push(Some(vertex)),
        }
        self.numbers.insert(node, number);
        number
    }

    /// Gives a node other edges.
    fn set(&mut self, number: u32, mut to: Vec<u32>, leads_nowhere: bool, changes: &mut Changes) {
        to.sort_unstable();
        to.dedup();
        let Some(vertex) = &mut self.vertices[number as usize] else { return };
        vertex.leads_nowhere = leads_nowhere;
        changes.loose.push(number);
        if *vertex.to == to {
            return;
        }
        changes.edges.push(number);
        let before = std::mem::replace(&mut vertex.to, to.clone().into());
        for target in before {
            changes.loose.push(target);
            if let Some(target) = &mut self.vertices[target as usize] {
                target.from.remove(number);
            }
        }
        for target in to {
            if let Some(target) = &mut self.vertices[target as usize] {
                target.from.insert(number);
            }
        }
    }

    /// Articles that no source is any more rest on nothing that matters.
    fn drop_what_is_no_source(&mut self, changes: &mut Changes) {
        let mut at = 0;
        while let Some(&number) = changes.loose.get(at) {
            at += 1;
            let Some(vertex) = &self.vertices[number as usize] else { continue };
            if matches!(vertex.node, Node::Article(_)) && vertex.from.is_empty() && !vertex.to.is_empty() {
                let file = vertex.node.file();
                if let Some(own) = self.of_file.get_mut(&file) {
                    own.retain(|other| *other != number);
                }
                self.set(number, Vec::new(), false, changes);
            }
        }
    }

    /// Forgets those of some nodes that have no edges any more.
    fn forget(&mut self, loose: Vec<u32>) {
        for number in loose {
            let Some(vertex) = &self.vertices[number as usize] else { continue };
            if vertex.to.is_empty() && vertex.from.is_empty() && !vertex.leads_nowhere {
                let file = vertex.node.file();
                self.numbers.remove(&vertex.node);
                self.vertices[number as usize] = None;
                self.free.push(number);
                if let Some(own) = self.of_file.get_mut(&file) {
                    own.retain(|other| *other != number);
                }
            }
        }
    }
}

/// What was done to the edges.
#[derive(Default)]
struct Changes {
    /// Nodes that have other edges.
    edges: Vec<u32>,
    /// Nodes that may have none any more, or that nothing leads to.
    loose: Vec<u32>,
}
