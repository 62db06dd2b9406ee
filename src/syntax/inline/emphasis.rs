//! Which marks of emphasis are marks, where spans and groups stand among them.

use crate::text::Span;

use super::super::tree::Carrier;
use super::{BlockState, Scanner};

impl Scanner<'_> {
    /// Takes emphasis marks out of the plain text, but for those of which only one
    /// lies inside a span or a group: they are plain text, as in Pandoc.
    pub(super) fn emphasis(&mut self, state: &BlockState<'_>) {
        if state.emphases.is_empty() {
            return;
        }
        let around = self.surroundings(state);
        // Every mark's byte, with the emphasis that it belongs to.
        let mut marks: Vec<(usize, usize)> = Vec::new();
        for (index, (span, length)) in state.emphases.iter().enumerate() {
            marks.push((span.start(), index));
            marks.push((span.end() - length, index));
        }
        marks.sort_unstable();
        let mut inside: Vec<Option<Option<usize>>> = vec![None; state.emphases.len()];
        let mut stack: Vec<usize> = Vec::new();
        let mut next = 0;
        for (at, emphasis) in marks {
            while next < around.len() && around[next].0.start() <= at {
                stack.push(next);
                next += 1;
            }
            while stack.last().is_some_and(|&top| around[top].1.end() <= at) {
                stack.pop();
            }
            // In the attributes of a span a mark is no mark at all.
            let here = stack.last().map(|&top| if around[top].0.end() <= at { usize::MAX } else { top });
            match inside[emphasis] {
                None => inside[emphasis] = Some(here),
                Some(there) if there == here && here != Some(usize::MAX) => {
                    let (span, length) = state.emphases[emphasis];
                    self.cut(span.start(), span.start() + length);
                    self.cut(span.end() - length, span.end());
                }
                Some(_) => {}
            }
        }
    }

    /// What marks of emphasis cannot reach into or out of, by start: where marks are
    /// read in it, and all of it.
    fn surroundings(&self, state: &BlockState<'_>) -> Vec<(Span, Span)> {
        let article = &self.article;
        let mut around: Vec<(Span, Span)> = article.annotations[state.start.annotations..]
            .iter()
            .filter(|annotation| annotation.carrier != Carrier::Heading)
            .map(|annotation| (annotation.content, annotation.span))
            .collect();
        let groups = &article.citations[state.start.citations..];
        around.extend(
            groups.iter().filter(|citation| !citation.bare).map(|citation| (citation.span, citation.span)),
        );
        // What a wiki link shows is plain.
        let mentions = &article.mentions[state.start.mentions..];
        around.extend(mentions.iter().map(|mention| (Span::at(mention.span.start()), mention.span)));
        around.sort_by_key(|(content, whole)| (content.start, std::cmp::Reverse(whole.end)));
        around
    }
}
