//! What a pair of brackets is: decided when it closes, in Pandoc's order.

use crate::text::Span;

use super::super::blocks::{Item, ItemKind, destination};
use super::super::citation;
use super::super::plain::{Cut, Shown};
use super::super::tree::{Annotation, Attributes, Carrier, Citation, CitedItem, Link, LinkTarget, Mention};
use super::{Before, BlockState, Opener, Scanner, Waiting, is_blank};

/// How a pair of brackets was read.
struct Closed {
    /// Where the walk goes on.
    to: usize,
    /// The end of its own bracket.
    end: usize,
    is_group: bool,
}

/// What makes a citation group none, or may yet.
enum Follower {
    Nothing,
    /// Brackets, of which it is not known whether they close.
    OpenBracket,
    /// Brackets or parentheses that end there.
    Closed {
        end: usize,
        /// Whether an author has linked a handle.
        deliberate: bool,
    },
}

impl Scanner<'_> {
    /// Handles a closing bracket.
    pub(super) fn close(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        let Some(mut opener) = state.openers.pop() else {
            return self.stray(state, at);
        };
        let before = opener.touches.take();
        let closed = self.pair(state, &opener, at, before.is_some());
        if let Some(waiting) = before {
            let follower = Span::new(opener.at as usize, closed.end);
            self.refuse(state, *waiting, follower, closed.is_group);
        }
        closed.to
    }

    /// A closing bracket that closes nothing.
    fn stray(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        if self.bytes[at + 1..state.block.span.end()].first() == Some(&b'{') {
            let known = state.loose.len();
            let to = self.loose_block(state, at + 1, Before::Stray);
            // One fault gives one problem: the block says what is wrong here.
            if state.loose.len() == known {
                state.strays.push(at);
            }
            return to;
        }
        state.strays.push(at);
        at + 1
    }

    /// Decides what the pair is that `opener` and the bracket at `at` make. A `label`
    /// follows a citation group directly, and is read without regard to what follows.
    fn pair(&mut self, state: &mut BlockState<'_>, opener: &Opener, at: usize, label: bool) -> Closed {
        let after = at + 1;
        let next = self.bytes[after..state.block.span.end()].first().copied();
        let is_group = self.is_group(state, opener, at);
        let plain = |to| Closed { to, end: after, is_group: false };
        let mut to = after;
        if next == Some(b'{') && !is_short_image(state, opener, after) {
            match self.read_attributes(state, after) {
                Ok(attributes) => return plain(self.span(state, opener, at, attributes, is_group)),
                Err(failure) => self.malformed(state, after, failure, false),
            }
            // A brace that was looked at and found wanting is not looked at again.
            to += 1;
        }
        if next == Some(b']')
            && state.openers.last().is_some_and(|outer| outer.at + 1 == opener.at)
            && let Some(to) = self.wiki_link(state, opener, at)
        {
            return Closed { to, end: to, is_group: false };
        }
        if is_group {
            // A label joins the chain when the group before it is refused.
            if !label {
                self.continue_chain(state, opener, at);
            }
            if self.group(state, opener, at, label) {
                return Closed { to, end: after, is_group };
            }
        }
        state.semicolons.truncate(opener.semicolons as usize);
        let keys = state.keys.drain(opener.keys as usize..);
        state.bare.extend(keys);
        if let Some(end) = self.link(state, opener, at) {
            return plain(end.max(to));
        }
        let pair = Span::new(opener.at as usize, after);
        self.bracket_after_key(state, pair);
        state.last_pair = Some(pair);
        plain(to)
    }

    /// `[text]{…}`
    fn span(
        &mut self,
        state: &mut BlockState<'_>,
        opener: &Opener,
        at: usize,
        attributes: Attributes,
        is_group: bool,
    ) -> usize {
        let open = opener.at as usize;
        let content = Span::new(open + 1, at);
        let span = Span::new(open, attributes.span.end());
        let is_wiki_link =
            state.last_pair == Some(content) && self.named(content.start() + 1, content.end() - 1).is_some();
        let is_citation = is_group && self.is_bare_group(state, opener, at);
        if is_wiki_link {
            self.mention_with_attributes(span, attributes.span);
        } else if is_citation {
            self.swallowed_citation(span);
        }
        self.cut(open, open + 1);
        self.cut(at, span.end());
        state.semicolons.truncate(opener.semicolons as usize);
        let keys = state.keys.drain(opener.keys as usize..);
        state.bare.extend(keys);
        state.last_pair = None;
        self.article.annotations.push(Annotation {
            carrier: Carrier::Span,
            span,
            content,
            attributes,
            text: Span::default(),
            parent: None,
            block: Some(state.number),
            flawed: is_wiki_link || is_citation,
        });
        span.end()
    }

    /// Whether every part between semicolons has a key: what Pandoc asks of a group.
    fn is_group(&self, state: &BlockState<'_>, opener: &Opener, close: usize) -> bool {
        let keys = &state.keys[opener.keys as usize..];
        let mut keys = keys.iter().map(|key| key.span.start()).peekable();
        let semicolons = &state.semicolons[opener.semicolons as usize..];
        for end in semicolons.iter().copied().chain([close]) {
            if keys.peek().is_none_or(|&key| key > end) {
                return false;
            }
            while keys.next_if(|&key| key < end).is_some() {}
        }
        true
    }

    /// Whether nothing but keys and locators stands in a group.
    fn is_bare_group(&self, state: &BlockState<'_>, opener: &Opener, close: usize) -> bool {
        self.cited_items(state, opener, close).iter().all(|item| {
            let suffix = item.suffix.of(self.text).trim_start();
            is_blank(item.prefix.of(self.text)) && (suffix.is_empty() || suffix.starts_with([',', '{']))
        })
    }

    /// `[see @a, p. 3; @b]`; whether it is read as one, or may be.
    fn group(&mut self, state: &mut BlockState<'_>, opener: &Opener, close: usize, label: bool) -> bool {
        let group = Span::new(opener.at as usize, close + 1);
        let follower = if label { Follower::Nothing } else { self.what_follows(state, opener, close) };
        match follower {
            Follower::Nothing => {
                let items = self.cited_items(state, opener, close);
                state.keys.truncate(opener.keys as usize);
                self.take_back(state, opener.at);
                self.accept(group, items);
            }
            Follower::OpenBracket => {
                let items = self.cited_items(state, opener, close);
                let keys = state.keys.drain(opener.keys as usize..).collect();
                state.waiting = Some(Box::new(Waiting { group, items, keys }));
            }
            Follower::Closed { end, deliberate } => {
                if !deliberate {
                    self.touching(state, group, Span::new(group.end(), end), false);
                }
                return false;
            }
        }
        state.semicolons.truncate(opener.semicolons as usize);
        state.last_pair = None;
        true
    }

    fn accept(&mut self, group: Span, items: Vec<CitedItem>) {
        self.swallowed_text(group, &items);
        self.cuts.push(Cut { span: group, shown: Shown::NothingNorSpaceBefore });
        self.article.citations.push(Citation { span: group, bare: false, items });
    }

    /// What directly follows a group that ends at `close`.
    fn what_follows(&self, state: &mut BlockState<'_>, opener: &Opener, close: usize) -> Follower {
        let after = close + 1;
        let end = state.block.span.end();
        let link = link_of(state, opener, close).filter(|(span, _)| span.end() > after);
        match self.bytes[after..end].first() {
            Some(b'(') => {
                let end = match link {
                    Some((span, _)) => span.end(),
                    None => match self.closing_parenthesis(state, after) {
                        Some(at) => at + 1,
                        None => return Follower::Nothing,
                    },
                };
                let deliberate = is_address(&self.text[after + 1..end]);
                Follower::Closed { end, deliberate }
            }
            Some(b'[') if self.footnote(after, end).is_some() => Follower::Nothing,
            Some(b'[') => match link {
                Some((span, _)) => Follower::Closed { end: span.end(), deliberate: false },
                None => Follower::OpenBracket,
            },
            _ => Follower::Nothing,
        }
    }

    /// The parenthesis that closes the one at `open`. All are paired at once, the
    /// first time that somebody asks.
    fn closing_parenthesis(&self, state: &mut BlockState<'_>, open: usize) -> Option<usize> {
        let block = state.block.span;
        let pairs = state.parentheses.get_or_insert_with(|| {
            let mut pairs: Vec<(u32, u32)> = Vec::new();
            let mut stack: Vec<u32> = Vec::new();
            let mut escaped = false;
            for (at, &byte) in (block.start..).zip(&self.bytes[block.range()]) {
                match byte {
                    b'\\' => {
                        escaped = !escaped;
                        continue;
                    }
                    b'(' if !escaped => stack.push(at),
                    b')' if !escaped => pairs.extend(stack.pop().map(|open| (open, at))),
                    _ => {}
                }
                escaped = false;
            }
            pairs.sort_unstable();
            pairs
        });
        let found = pairs.binary_search_by_key(&open, |&(open, _)| open as usize).ok()?;
        Some(pairs[found].1 as usize)
    }

    fn cited_items(&self, state: &BlockState<'_>, opener: &Opener, close: usize) -> Vec<CitedItem> {
        let mut items = Vec::new();
        let mut keys = state.keys[opener.keys as usize..].iter();
        let semicolons = &state.semicolons[opener.semicolons as usize..];
        let mut from = opener.at as usize + 1;
        for to in semicolons.iter().copied().chain([close]) {
            if let Some(key) = keys.find(|key| key.span.start() >= from) {
                let suffix = Span::new(key.span.end(), to);
                items.push(CitedItem {
                    span: key.span,
                    key: key.key,
                    prefix: Span::new(from, key.span.start()),
                    suffix,
                    locator: citation::locator(self.text, suffix),
                });
            }
            from = to + 1;
        }
        items
    }

    /// A group turned out to be none, because brackets follow it directly.
    fn refuse(&mut self, state: &mut BlockState<'_>, waiting: Waiting, follower: Span, joins: bool) {
        state.bare.extend(waiting.keys);
        self.touching(state, waiting.group, follower, joins);
    }

    /// At the block's end: what stands before a bracket that never closed is a group.
    pub(super) fn settle(&mut self, state: &mut BlockState<'_>, open: &mut [Opener]) {
        let groups: Vec<Waiting> =
            open.iter_mut().filter_map(|opener| opener.touches.take()).map(|it| *it).collect();
        if groups.is_empty() {
            return;
        }
        // Nothing is read inside a group, and much has been read after it.
        let outside = |span: Span| {
            let after = groups.partition_point(|waiting| waiting.group.start() <= span.start());
            after == 0 || !groups[after - 1].group.contains(span)
        };
        let start = state.start;
        let article = &mut self.article;
        retain_from(&mut article.annotations, start.annotations, |it| outside(it.span));
        retain_from(&mut article.citations, start.citations, |it| outside(it.span));
        retain_from(&mut article.mentions, start.mentions, |it| outside(it.span));
        retain_from(&mut article.links, start.links, |it| outside(it.span));
        retain_from(&mut article.footnote_references, start.footnotes, |it| outside(it.0));
        retain_from(&mut article.problems, start.problems, |it| outside(it.span));
        state.bare.retain(|key| outside(key.span));
        state.loose.retain(|(attributes, _)| outside(attributes.span));
        for waiting in groups {
            self.accept(waiting.group, waiting.items);
        }
    }

    /// `[[target|shown]]`, whose inner brackets have just closed.
    fn wiki_link(&mut self, state: &mut BlockState<'_>, inner: &Opener, close: usize) -> Option<usize> {
        let to = close + 2;
        let (target, shown) = self.named(inner.at as usize + 1, close)?;
        if is_embedded(self.bytes, inner.at as usize - 1) {
            return None;
        }
        // `[[entity]]{…}` is a span around `[entity]`, which the outer bracket will find.
        if self.bytes[to..state.block.span.end()].first() == Some(&b'{')
            && self.read_attributes(state, to).is_ok()
        {
            return None;
        }
        let outer = state.openers.pop()?;
        self.take_back(state, outer.at);
        state.keys.truncate(outer.keys as usize);
        state.semicolons.truncate(outer.semicolons as usize);
        let span = Span::new(outer.at as usize, to);
        let visible = shown.unwrap_or(target);
        self.cut(span.start(), visible.start());
        self.cut(visible.end(), to);
        self.mention_after_key(state, span);
        self.article.mentions.push(Mention { span, target, shown });
        state.last_pair = None;
        if let Some(waiting) = outer.touches {
            self.refuse(state, *waiting, span, false);
        }
        Some(to)
    }

    /// The entity part and the shown text between the brackets of a wiki link.
    fn named(&self, from: usize, to: usize) -> Option<(Span, Option<Span>)> {
        // The first thing that no name holds; looking no further keeps nesting linear.
        let raw = &self.text[from..to];
        let stop = raw.find(['|', '[', ']', '\n', '\r']).unwrap_or(raw.len());
        let has_pipe = match raw.as_bytes().get(stop) {
            None => false,
            Some(b'|') => true,
            Some(_) => return None,
        };
        // In a table's cell the pipe needs a backslash.
        let entity = if has_pipe { raw[..stop].strip_suffix('\\').unwrap_or(&raw[..stop]) } else { raw };
        let target = trimmed(self.text, Span::new(from, from + entity.len()));
        let shown = has_pipe.then(|| trimmed(self.text, Span::new(from + stop + 1, to)));
        (!target.is_empty()).then_some((target, shown))
    }

    /// An ordinary link or picture whose text closes at `close`; returns where it ends.
    fn link(&mut self, state: &mut BlockState<'_>, opener: &Opener, close: usize) -> Option<usize> {
        let (span, item) = link_of(state, opener, close)?;
        let ItemKind::Link { image, target, .. } = &state.items[item].kind else { return None };
        let (image, target) = (*image, target.clone());
        let open = opener.at as usize;
        self.cut(span.start(), open + 1);
        self.cut(close, span.end());
        let braces = self.bytes[span.end()..state.block.span.end()].first() == Some(&b'{');
        let (mut attributes, mut to) = (None, span.end());
        if image && braces {
            match self.read_attributes(state, to) {
                Ok(found) => attributes = Some(found),
                Err(failure) => {
                    self.malformed(state, to, failure, true);
                    to += 1;
                }
            }
        }
        if let Some(attributes) = &attributes {
            to = attributes.span.end();
            self.cut(span.end(), to);
            self.article.annotations.push(Annotation {
                carrier: Carrier::Image,
                span: Span::new(span.start(), to),
                content: Span::new(open + 1, close),
                attributes: attributes.clone(),
                text: Span::default(),
                parent: None,
                block: Some(state.number),
                flawed: false,
            });
        }
        let destination = matches!(target, LinkTarget::Inline(_))
            .then(|| destination_span(self.text, Span::new(close + 1, span.end())))
            .flatten();
        self.article.links.push(Link {
            span,
            text: Span::new(open + 1, close),
            destination,
            target,
            image,
            attributes,
        });
        if !image {
            state.carrier_end = to;
        }
        Some(to)
    }

    /// Pandoc takes brackets right after a bare key for its locator.
    fn bracket_after_key(&mut self, state: &mut BlockState<'_>, pair: Span) {
        let from = state.openers.last().map_or(0, |opener| opener.keys as usize);
        if let Some(key) = state.keys[from..].last_mut()
            && is_blank(&self.text[key.span.end()..pair.start()])
        {
            key.bracket = Some(Span::new(pair.start() + 1, pair.end() - 1));
        }
    }

    /// `@key [[entity]]`: Pandoc shows no link there.
    fn mention_after_key(&mut self, state: &BlockState<'_>, mention: Span) {
        let from = state.openers.last().map_or(0, |opener| opener.keys as usize);
        if let Some(key) = state.keys[from..].last()
            && is_blank(&self.text[key.span.end()..mention.start()])
        {
            self.swallowed_mention(key.span, mention);
        }
    }
}

/// The ordinary link that begins with `opener` and whose text closes at `close`: all
/// of it, and its index among the block's items.
fn link_of(state: &BlockState<'_>, opener: &Opener, close: usize) -> Option<(Span, usize)> {
    let index = opener.link? as usize;
    let Item { span, kind: ItemKind::Link { text_end, .. } } = &state.items[index] else { return None };
    (*text_end == close).then_some((*span, index))
}

/// `![label]`, which the article defines: what follows are the image's attributes.
fn is_short_image(state: &BlockState<'_>, opener: &Opener, after: usize) -> bool {
    opener.link.is_some_and(|index| {
        let item = &state.items[index as usize];
        item.span.end() == after && matches!(item.kind, ItemKind::Link { image: true, .. })
    })
}

/// Whether a `!` that is not escaped stands before the bracket at `open`.
fn is_embedded(bytes: &[u8], open: usize) -> bool {
    let before = &bytes[..open];
    before.last() == Some(&b'!')
        && before[..open - 1].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 0
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start() + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

fn retain_from<T>(all: &mut Vec<T>, from: usize, mut keep: impl FnMut(&T) -> bool) {
    let tail = all.split_off(from);
    all.extend(tail.into_iter().filter(|it| keep(it)));
}

/// Whether what a parenthesis holds can only be meant as a link's target.
fn is_address(inner: &str) -> bool {
    let scheme =
        inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
    inner.starts_with(['/', '.', '#']) || (scheme > 1 && inner[scheme..].starts_with(':'))
}

/// The destination in `(destination "title")`.
fn destination_span(text: &str, tail: Span) -> Option<Span> {
    tail.of(text).strip_prefix('(')?.strip_suffix(')')?;
    destination(text, Span::new(tail.start() + 1, tail.end() - 1))
}
