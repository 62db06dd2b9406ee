//! Rings: the strongly connected components of the graph that have more than one node, or
//! a node that rests on itself. Found by Tarjan's algorithm.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::tables::FileId;
use super::graph::{Graph, Node, Ring};

impl Graph {
    /// Finds the rings anew that may have come about or come apart where the edges of
    /// `changed` changed. The answer is every file with a node of which the ring is another.
    pub(super) fn find_rings(&mut self, changed: Vec<u32>) -> FxHashSet<FileId> {
        let mut before: FxHashMap<u32, Arc<Ring>> = FxHashMap::default();
        // A ring may come apart where one of its members changed: all of it is looked at.
        let mut starts = changed;
        for at in 0..starts.len() {
            let Some(ring) = self.vertex(starts[at]).and_then(|vertex| vertex.ring.clone()) else { continue };
            for &member in &ring.members {
                if let Some(vertex) = self.vertex_mut(member) {
                    vertex.ring = None;
                }
                before.insert(member, ring.clone());
            }
            starts.extend(&ring.members);
        }
        let mut touched = FxHashSet::default();
        for members in Search::new(self).components(&starts) {
            let old = self.vertex(members[0]).and_then(|vertex| vertex.ring.as_ref());
            // Downstream of what changed there are rings that stay what they were.
            if old.is_some_and(|old| *old.members == *members) {
                continue;
            }
            let is_article = |number: &u32| {
                self.vertex(*number).is_some_and(|vertex| matches!(vertex.node, Node::Article(_)))
            };
            let has_article = members.iter().any(is_article);
            let ring = Arc::new(Ring { members: members.into(), has_article });
            for &member in &ring.members {
                let is_same = before.remove(&member).is_some_and(|old| old.members == ring.members);
                if let Some(vertex) = self.vertex_mut(member) {
                    vertex.ring = Some(ring.clone());
                    touched.extend((!is_same).then(|| vertex.node.file()));
                }
            }
        }
        // In no ring any more.
        let mut left: Vec<u32> = before.into_keys().collect();
        left.sort_unstable();
        touched.extend(left.iter().filter_map(|number| Some(self.vertex(*number)?.node.file())));
        touched
    }
}

/// A search in depth, without recursion: a chain may be as long as a registry.
struct Search<'g> {
    graph: &'g Graph,
    /// When each node was met, and the earliest node on the path that it leads back to.
    met: FxHashMap<u32, Met>,
    /// Nodes that are in no component yet.
    waiting: Vec<u32>,
    found: Vec<Vec<u32>>,
}

#[derive(Clone, Copy)]
struct Met {
    order: u32,
    lowest: u32,
    waits: bool,
}

impl<'g> Search<'g> {
    fn new(graph: &'g Graph) -> Self {
        Search { graph, met: FxHashMap::default(), waiting: Vec::new(), found: Vec::new() }
    }

    /// The rings among all that can be reached from `starts`, the members of each in order.
    fn components(mut self, starts: &[u32]) -> Vec<Vec<u32>> {
        for &start in starts {
            if !self.met.contains_key(&start) {
                self.search(start);
            }
        }
        self.found
    }

    fn search(&mut self, start: u32) {
        // Each node on the path, with how many of its edges were followed.
        let mut path: Vec<(u32, usize)> = vec![(start, 0)];
        self.meet(start);
        while let Some((node, followed)) = path.last_mut() {
            let node = *node;
            let next = self.graph.vertex(node).and_then(|vertex| vertex.to.get(*followed)).copied();
            *followed += 1;
            match next {
                Some(next) => match self.met.get(&next).copied() {
                    None => {
                        self.meet(next);
                        path.push((next, 0));
                    }
                    Some(met) if met.waits => self.lower(node, met.order),
                    Some(_) => {}
                },
                None => {
                    path.pop();
                    let lowest = self.close(node);
                    if let Some((around, _)) = path.last() {
                        self.lower(*around, lowest);
                    }
                }
            }
        }
    }

    fn meet(&mut self, node: u32) {
        let order = self.met.len() as u32;
        self.met.insert(node, Met { order, lowest: order, waits: true });
        self.waiting.push(node);
    }

    fn lower(&mut self, node: u32, to: u32) {
        if let Some(met) = self.met.get_mut(&node) {
            met.lowest = met.lowest.min(to);
        }
    }

    /// All that a node leads to was looked at: where none of it leads back before the node,
    /// what waits since then is one component.
    fn close(&mut self, node: u32) -> u32 {
        let Some(&Met { order, lowest, .. }) = self.met.get(&node) else { return u32::MAX };
        if order == lowest {
            let first = self.waiting.iter().rposition(|waiting| *waiting == node).unwrap_or_default();
            let mut members = self.waiting.split_off(first);
            for member in &members {
                if let Some(met) = self.met.get_mut(member) {
                    met.waits = false;
                }
            }
            let is_ring =
                members.len() > 1 || self.graph.vertex(node).is_some_and(|vertex| vertex.to.contains(&node));
            if is_ring {
                members.sort_unstable();
                self.found.push(members);
            }
        }
        lowest
    }
}
