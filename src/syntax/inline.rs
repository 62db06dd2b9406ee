//! The pass over inline text: brackets, attributes, citations and wiki links.
//!
//! One walk from left to right with a stack of open brackets; what a pair of
//! brackets is gets decided when it closes, in Pandoc's order: citation group,
//! span, wiki link, link. Nothing is looked at twice, so ten thousand open brackets
//! cost ten thousand steps.

use smallvec::SmallVec;

use crate::text::Span;

use super::attributes::{self, Reader, Reason};
use super::blocks::{Item, ItemKind};
use super::citation::{self, Addresses};
use super::plain::{self, Cut};
use super::tree::{
    Annotation, Article, Attributes, Block, BlockKind, Carrier, Citation, CitedItem, Link, Mention, Problem,
    ProblemFix, ProblemKind,
};
use super::vocabulary;

/// Reads blocks into an article.
pub(super) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    reader: Reader<'a>,
    pub(super) article: Article,
    /// Attribute blocks out of which code or HTML reaches, as the Markdown parser
    /// took it: it has to be run again without them.
    pub(super) conflicts: Vec<Span>,
    /// Used again and again, so that a block costs no allocation.
    cuts: Vec<Cut>,
}

/// A bracket that is open, or a closed one's contents.
struct Opener {
    /// The byte of `[`.
    at: usize,
    /// How much was read before it, so that a wiki link can take back what is in it.
    annotations: usize,
    citations: usize,
    mentions: usize,
    links: usize,
    cuts: usize,
    /// Keys directly in it, not in brackets of their own.
    keys: SmallVec<[Key; 1]>,
    /// Semicolons directly in it.
    semicolons: SmallVec<[usize; 1]>,
    /// The ordinary link that begins here, as an index in the block's items.
    link: Option<usize>,
}

/// `@key`, before it is known what for.
#[derive(Clone)]
struct Key {
    /// With the sign, and a minus before it.
    span: Span,
    key: Span,
    /// The bracketed words right after it, which Pandoc takes for a locator.
    bracket: Option<Span>,
}

/// What one block is being read into.
struct BlockState<'b> {
    block: Block,
    number: usize,
    items: &'b [Item],
    /// The next item that the walk has not passed.
    next: usize,
    openers: Vec<Opener>,
    /// Keys that are in no bracket, or in one that is no citation.
    bare: Vec<Key>,
    /// A link whose bracket comes next: the bracket's byte and the item.
    link: Option<(usize, usize)>,
    /// The pair of plain brackets closed last.
    last_pair: Option<Span>,
    /// Closing brackets without partner.
    strays: Vec<usize>,
    /// Attribute blocks that follow no bracket: the block, and the bracket open there.
    loose: Vec<(Attributes, Option<usize>)>,
    emphases: Vec<(Span, usize)>,
    heading: Option<Attributes>,
    first_annotation: usize,
    addresses: Addresses,
}

/// The bytes at which the walk stops.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    let marks = b"[]@\\;{";
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Scanner {
            text,
            bytes: text.as_bytes(),
            reader: Reader::new(text),
            article: Article::default(),
            conflicts: Vec::new(),
            cuts: Vec::new(),
        }
    }

    /// Reads one block. `heading` is all of the heading that it is the text of.
    pub(super) fn block(&mut self, block: Block, items: &[Item], heading: Option<Span>) {
        let mut state = BlockState {
            block,
            number: self.article.blocks.len(),
            items,
            next: 0,
            openers: Vec::new(),
            bare: Vec::new(),
            link: None,
            last_pair: None,
            strays: Vec::new(),
            loose: Vec::new(),
            emphases: Vec::new(),
            heading: None,
            first_annotation: self.article.annotations.len(),
            addresses: Addresses::default(),
        };
        self.cuts.clear();
        self.walk(&mut state);
        self.finish(state, heading);
    }

    fn walk(&mut self, state: &mut BlockState<'_>) {
        let end = state.block.span.end();
        let mut at = state.block.span.start();
        while at < end {
            while state.items.get(state.next).is_some_and(|item| item.span.start() < at) {
                state.next += 1;
            }
            let stop = state.items.get(state.next).map_or(end, |item| item.span.start().min(end));
            let special = self.bytes[at..stop].iter().position(|&byte| SPECIAL[byte as usize]);
            at = match special {
                Some(offset) => self.special(state, at + offset),
                None if stop == end => break,
                None => self.item(state, stop),
            };
        }
    }

    /// Handles the item that begins at `at`; returns where the walk goes on.
    fn item(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        let index = state.next;
        let item = &state.items[index];
        state.next += 1;
        let span = item.span;
        match &item.kind {
            ItemKind::Verbatim { shown } => {
                self.cut(span.start(), shown.start());
                self.cut(shown.end(), span.end());
                span.end()
            }
            ItemKind::Html => {
                self.cut(span.start(), span.end());
                span.end()
            }
            ItemKind::FootnoteReference(number) => {
                self.cut(span.start(), span.end());
                self.article.footnote_references.push((span, *number));
                span.end()
            }
            ItemKind::Replaced { by } => {
                self.cuts.push(Cut { span, by: Some(by.clone()) });
                span.end()
            }
            ItemKind::Emphasis { marks } => {
                state.emphases.push((span, *marks));
                at
            }
            ItemKind::Link { image, .. } => {
                state.link = Some((span.start() + usize::from(*image), index));
                at
            }
        }
    }

    /// Handles the special byte at `at`; returns where the walk goes on.
    fn special(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        let end = state.block.span.end();
        match self.bytes[at] {
            b'\\' => {
                let escapes =
                    self.bytes.get(at + 1).is_some_and(|next| at + 1 < end && next.is_ascii_punctuation());
                if escapes {
                    self.cut(at, at + 1);
                    at + 2
                } else {
                    at + 1
                }
            }
            b'[' => {
                let link = state.link.take_if(|(bracket, _)| *bracket == at).map(|(_, item)| item);
                state.openers.push(Opener {
                    at,
                    annotations: self.article.annotations.len(),
                    citations: self.article.citations.len(),
                    mentions: self.article.mentions.len(),
                    links: self.article.links.len(),
                    cuts: self.cuts.len(),
                    keys: SmallVec::new(),
                    semicolons: SmallVec::new(),
                    link,
                });
                at + 1
            }
            b']' => self.close(state, at),
            b'@' => self.key(state, at),
            b';' => {
                if let Some(opener) = state.openers.last_mut() {
                    opener.semicolons.push(at);
                }
                at + 1
            }
            _ => self.loose_block(state, at),
        }
    }

    fn key(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        let BlockState { block, openers, bare, addresses, .. } = state;
        if !addresses.at_sign_is_free(self.text, block.span.start(), at) {
            return at + 1;
        }
        let Some((key, to)) = citation::key(self.text, at + 1, block.span.end()) else {
            return at + 1;
        };
        let minus = at > block.span.start() && self.bytes[at - 1] == b'-';
        let span = Span::new(at - usize::from(minus), to);
        let key = Key { span, key, bracket: None };
        match openers.last_mut() {
            Some(opener) => opener.keys.push(key),
            None => bare.push(key),
        }
        to
    }

    /// Handles a closing bracket.
    fn close(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        let Some(opener) = state.openers.pop() else {
            return self.stray(state, at);
        };
        let after = at + 1;
        let next = self.bytes.get(after).copied().filter(|_| after < state.block.span.end());
        // A brace that was looked at and found wanting is not looked at again.
        let mut after = after;
        if next == Some(b'{') {
            match self.read_attributes(state, after) {
                Ok(attributes) => return self.span(state, opener, at, attributes),
                Err(failure) => self.malformed(state, after, failure, true),
            }
            after += 1;
        }
        if let Some(to) = self.group(state, &opener, at) {
            return to.max(after);
        }
        if next == Some(b']')
            && state.openers.last().is_some_and(|outer| outer.at + 1 == opener.at)
            && let Some(to) = self.wiki_link(state, &opener, at)
        {
            return to;
        }
        let to = match opener.link {
            Some(item) => self.link(state, &opener, item, at).max(after),
            None => after,
        };
        let pair = Span::new(opener.at, at + 1);
        self.bracket_after_key(state, pair);
        state.last_pair = Some(pair);
        state.bare.extend(opener.keys);
        to
    }

    /// A closing bracket that closes nothing.
    fn stray(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        if self.bytes.get(at + 1) == Some(&b'{')
            && at + 1 < state.block.span.end()
            && let Ok(attributes) = self.read_attributes(state, at + 1)
            && attributes.is_newsmarks(self.text)
        {
            let help = "put `[` before the first word of what is claimed";
            self.problem(
                ProblemKind::UnmatchedBracket,
                Span::new(at, at + 1),
                "no `[` opens what this bracket closes",
                Some(help),
                None,
            );
            self.cut(attributes.span.start(), attributes.span.end());
            return attributes.span.end();
        }
        state.strays.push(at);
        at + 1
    }

    /// `[text]{…}`
    fn span(
        &mut self,
        state: &mut BlockState<'_>,
        opener: Opener,
        at: usize,
        attributes: Attributes,
    ) -> usize {
        let content = Span::new(opener.at + 1, at);
        let span = Span::new(opener.at, attributes.span.end());
        let mut flawed = false;
        if state.last_pair == Some(content) && !content.is_empty() {
            flawed = true;
            let inner = Span::new(content.start() + 1, content.end() - 1);
            self.problem(
                ProblemKind::MentionWithAttributes,
                span,
                "a wiki link cannot carry braces: nobody is mentioned here, and the inner brackets are printed",
                Some("take the braces away, or put the wiki link inside brackets of its own: `[[[entity]] …]{…}`"),
                Some(ProblemFix {
                    title: format!("Put `[[{}]]` into a span", inner.of(self.text)),
                    edits: vec![
                        (Span::at(span.start()), "[".to_owned()),
                        (Span::at(attributes.span.start()), "]".to_owned()),
                    ],
                }),
            );
        } else if self.is_group(&opener, at) && content.of(self.text).trim_start().starts_with(['@', '-']) {
            flawed = true;
            self.problem(
                ProblemKind::SwallowedCitation,
                span,
                "braces right after a citation make it marked text: nothing is cited",
                Some("mark the words that are claimed, `[words]{…}`, and cite after them, `[@key]`"),
                None,
            );
        }
        self.cut(opener.at, opener.at + 1);
        self.cut(at, span.end());
        state.bare.extend(opener.keys);
        state.last_pair = None;
        self.article.annotations.push(Annotation {
            carrier: Carrier::Span,
            span,
            content,
            attributes,
            text: Span::default(),
            parent: None,
            block: Some(state.number),
            flawed,
        });
        span.end()
    }

    /// Whether every part between semicolons has a key: what Pandoc asks of a group.
    fn is_group(&self, opener: &Opener, close: usize) -> bool {
        let mut keys = opener.keys.iter().map(|key| key.span.start()).peekable();
        let ends = opener.semicolons.iter().copied().chain([close]);
        for end in ends {
            if keys.peek().is_none_or(|&key| key > end) {
                return false;
            }
            while keys.next_if(|&key| key < end).is_some() {}
        }
        true
    }

    /// `[see @a, p. 3; @b]`
    fn group(&mut self, state: &mut BlockState<'_>, opener: &Opener, close: usize) -> Option<usize> {
        if opener.keys.is_empty() || !self.is_group(opener, close) {
            return None;
        }
        let after = close + 1;
        let group = Span::new(opener.at, after);
        let rest = &self.text[after..state.block.span.end()];
        if let Some(adjacent) = self.what_follows_group(state, opener, rest, after) {
            self.adjacent(group, adjacent);
            return None;
        }
        let items = self.cited_items(opener, close);
        // The sentence inside is text that the group swallows; a locator is not.
        let words = |span: Span| {
            span.of(self.text).split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
        };
        let swallowed: usize = items
            .iter()
            .map(|item| {
                let after_locator =
                    item.locator.map_or(item.suffix, |locator| Span::new(locator.end(), item.suffix.end()));
                words(item.prefix) + words(after_locator)
            })
            .max()
            .unwrap_or(0);
        // Three words are room for "see for example"; the language's limit.
        if swallowed > 3 {
            self.problem(
                ProblemKind::CitationSwallowsText,
                group,
                "these brackets are one citation: the words in them are lost to the reader",
                Some("keep the words outside the brackets; write a handle as `\\@name`"),
                None,
            );
        }
        let mut from = opener.at;
        while from > state.block.span.start() && matches!(self.bytes[from - 1], b' ' | b'\t' | b'\n' | b'\r')
        {
            from -= 1;
        }
        self.cut(from, after);
        self.article.citations.push(Citation { span: group, bare: false, items });
        state.last_pair = None;
        Some(after)
    }

    /// What makes a group none: the end of the bracket or parenthesis that follows it.
    fn what_follows_group(
        &self,
        state: &BlockState<'_>,
        opener: &Opener,
        rest: &str,
        after: usize,
    ) -> Option<Span> {
        match rest.as_bytes().first() {
            Some(b'(') => {
                let item = &state.items[opener.link?];
                Some(Span::new(after, item.span.end()))
            }
            // A footnote's reference may follow a group.
            Some(b'[') if !rest.starts_with("[^") => {
                let to = closing_bracket(rest)?;
                Some(Span::new(after, after + to))
            }
            _ => None,
        }
    }

    fn adjacent(&mut self, group: Span, follower: Span) {
        let inner = |span: Span| self.text[span.start() + 1..span.end() - 1].to_owned();
        let second = inner(follower);
        let is_group = follower.of(self.text).starts_with("[@");
        let message = if is_group {
            "two citations touch: the first cites nothing"
        } else {
            "what touches this citation makes it a link: nothing is cited"
        };
        let help = if is_group {
            "put both into one pair of brackets: `[@a; @b]`"
        } else {
            "put a space between them"
        };
        let fix = if is_group {
            ProblemFix {
                title: "Join the two citations".to_owned(),
                edits: vec![(group.cover(follower), format!("[{}; {second}]", inner(group)))],
            }
        } else {
            ProblemFix {
                title: "Put a space after the citation".to_owned(),
                edits: vec![(Span::at(group.end()), " ".to_owned())],
            }
        };
        self.problem(ProblemKind::AdjacentCitations, group.cover(follower), message, Some(help), Some(fix));
    }

    fn cited_items(&self, opener: &Opener, close: usize) -> Vec<CitedItem> {
        let mut items = Vec::new();
        let mut keys = opener.keys.iter();
        let mut from = opener.at + 1;
        for to in opener.semicolons.iter().copied().chain([close]) {
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

    /// `[[target|shown]]`, whose inner brackets have just closed.
    fn wiki_link(&mut self, state: &mut BlockState<'_>, inner: &Opener, close: usize) -> Option<usize> {
        let to = close + 2;
        // `[[entity]]{…}` is a span around `[entity]`, which the outer bracket will find.
        if self.bytes.get(to) == Some(&b'{')
            && to < state.block.span.end()
            && self.read_attributes(state, to).is_ok()
        {
            return None;
        }
        let raw = &self.text[inner.at + 1..close];
        let in_cell = matches!(state.block.kind, BlockKind::Cell(_));
        let (entity, shown_at) = match raw.find('|') {
            Some(pipe) => {
                let escaped = in_cell && raw[..pipe].ends_with('\\');
                (&raw[..pipe - usize::from(escaped)], Some(inner.at + 1 + pipe + 1))
            }
            None => (raw, None),
        };
        if raw.is_empty() || entity.contains(['\n', '\r']) {
            return None;
        }
        let outer = state.openers.pop()?;
        self.article.annotations.truncate(outer.annotations);
        self.article.citations.truncate(outer.citations);
        self.article.mentions.truncate(outer.mentions);
        self.article.links.truncate(outer.links);
        self.cuts.truncate(outer.cuts);
        let span = Span::new(outer.at, to);
        let target_at = inner.at + 1 + (entity.len() - entity.trim_start().len());
        let target = Span::new(target_at, target_at + entity.trim().len());
        let shown = shown_at.map(|from| Span::new(from, close));
        self.cut(outer.at, shown.map_or(inner.at + 1, Span::start));
        self.cut(close, to);
        self.mention_after_key(state, span);
        self.article.mentions.push(Mention { span, target, shown });
        state.last_pair = None;
        Some(to)
    }

    /// An ordinary link or picture, whose text has just closed at `close`.
    fn link(&mut self, state: &mut BlockState<'_>, opener: &Opener, item: usize, close: usize) -> usize {
        let Item { span, kind: ItemKind::Link { image, text_end, target } } = &state.items[item] else {
            return close + 1;
        };
        if *text_end != close {
            return close + 1;
        }
        let (span, image, target) = (*span, *image, target.clone());
        self.cut(span.start(), opener.at + 1);
        self.cut(close, span.end());
        let attributes =
            if image && self.bytes.get(span.end()) == Some(&b'{') && span.end() < state.block.span.end() {
                match self.read_attributes(state, span.end()) {
                    Ok(attributes) => Some(attributes),
                    Err(failure) => {
                        self.malformed(state, span.end(), failure, true);
                        None
                    }
                }
            } else {
                None
            };
        let destination = matches!(target, super::tree::LinkTarget::Inline(_))
            .then(|| destination_span(self.text, Span::new(close + 1, span.end())))
            .flatten();
        let text = Span::new(opener.at + 1, close);
        let to = attributes.as_ref().map_or(span.end(), |attributes| attributes.span.end());
        self.cut(span.end(), to);
        if let Some(attributes) = &attributes {
            self.article.annotations.push(Annotation {
                carrier: Carrier::Image,
                span: Span::new(span.start(), to),
                content: text,
                attributes: attributes.clone(),
                text: Span::default(),
                parent: None,
                block: Some(state.number),
                flawed: false,
            });
        }
        self.article.links.push(Link { span, text, destination, target, image, attributes });
        to
    }

    /// Pandoc takes brackets right after a bare key for its locator.
    fn bracket_after_key(&mut self, state: &mut BlockState<'_>, pair: Span) {
        let keys = match state.openers.last_mut() {
            Some(opener) => opener.keys.last_mut(),
            None => state.bare.last_mut(),
        };
        if let Some(key) = keys
            && is_blank(&self.text[key.span.end().min(pair.start())..pair.start()])
            && key.span.end() <= pair.start()
        {
            key.bracket = Some(Span::new(pair.start() + 1, pair.end() - 1));
        }
    }

    /// `@key [[entity]]`: Pandoc shows no link there.
    fn mention_after_key(&mut self, state: &mut BlockState<'_>, mention: Span) {
        if !state.openers.is_empty() {
            return;
        }
        if let Some(key) = state.bare.last()
            && key.span.end() < mention.start()
            && is_blank(&self.text[key.span.end()..mention.start()])
        {
            let span = key.span.cover(mention);
            let whole = key.span.of(self.text).to_owned();
            let edits = vec![(key.span, format!("[{whole}]"))];
            self.problem(
                ProblemKind::CitationSwallowsText,
                span,
                "this citation takes the link after it for a page number: the link is lost to the reader",
                Some("put the citation into brackets at the end of the sentence, or a word between the two"),
                Some(ProblemFix { title: format!("Write `[{whole}]`"), edits }),
            );
        }
    }

    /// A `{` that follows no bracket.
    fn loose_block(&mut self, state: &mut BlockState<'_>, at: usize) -> usize {
        let end = state.block.span.end();
        let begins_block = self.text[at + 1..end]
            .trim_start_matches([' ', '\t'])
            .starts_with(|c: char| c == '.' || c == '#' || c.is_alphabetic());
        if !begins_block {
            return at + 1;
        }
        match self.read_attributes(state, at) {
            Ok(attributes) => {
                let to = attributes.span.end();
                let is_heading = matches!(state.block.kind, BlockKind::Heading(_));
                if is_heading && state.openers.is_empty() && is_blank(&self.text[to..end]) {
                    state.heading = Some(attributes);
                    return end;
                }
                if attributes.classes().any(|(_, class)| vocabulary::is_class(class)) {
                    let opener = state.openers.last().map(|opener| opener.at);
                    self.cut(at, to);
                    state.loose.push((attributes, opener));
                    return to;
                }
                at + 1
            }
            Err(failure) => {
                self.malformed(state, at, failure, false);
                at + 1
            }
        }
    }

    /// Reads attributes, and notes where the Markdown parser saw something else there.
    fn read_attributes(
        &mut self,
        state: &BlockState<'_>,
        at: usize,
    ) -> Result<Attributes, attributes::Failure> {
        let attributes = self.reader.read(at, state.block.span.end(), state.block.quotes)?;
        let inside = state.items[state.next..]
            .iter()
            .skip_while(|item| item.span.start() < at)
            .take_while(|item| item.span.start() < attributes.span.end());
        for item in inside {
            let is_opaque =
                matches!(item.kind, ItemKind::Verbatim { .. } | ItemKind::Html | ItemKind::Link { .. });
            if is_opaque && item.span.end() > attributes.span.end() {
                self.conflicts.push(attributes.span);
            }
        }
        Ok(attributes)
    }

    /// Reports an attribute block that does not parse, where it was plainly meant.
    fn malformed(
        &mut self,
        state: &BlockState<'_>,
        open: usize,
        failure: attributes::Failure,
        carried: bool,
    ) {
        // Far more than a block of attributes ever holds; bounds the work per `{`.
        const LONGEST: usize = 400;
        let end = state.block.span.end();
        let mut window_end = end.min(open + LONGEST);
        while !self.text.is_char_boundary(window_end) {
            window_end -= 1;
        }
        let window = &self.text[open..window_end];
        let line = window.find(['\n', '\r']).map_or(window, |to| &window[..to]);
        let closing = line.find('}').map(|to| to + 1);
        let block = &line[..closing.unwrap_or(line.len())];
        if !looks_meant(block, carried) {
            return;
        }
        let to = open + block.trim_end().len();
        let found = self.text[failure.at.min(end)..end].chars().next();
        let at = failure.at.clamp(open, to);
        let place = self.text[open..at].chars().count() + 1;
        let message = match failure.reason {
            Reason::Unclosed => "this attribute block is never closed: `}` is missing".to_owned(),
            Reason::UnclosedQuote(quote) => {
                format!("the quotation mark `{quote}` at character {place} of this block is never closed")
            }
            Reason::SpaceAfterQuote => {
                format!("a quoted value cannot begin with a space (character {place} of this block)")
            }
            Reason::Unexpected
                if ["=“", "=”", "=„", "=«"].iter().any(|mark| self.text[open..at].contains(mark)) =>
            {
                format!(
                    "typographic quotation marks do not quote a value (before character {place} of this block); write `\"`"
                )
            }
            Reason::TypographicQuotes => format!(
                "typographic quotation marks do not quote a value (character {place} of this block); write `\"`"
            ),
            Reason::BadName => {
                let found =
                    found.filter(|c| !c.is_control()).map_or(String::new(), |c| format!(", not with `{c}`"));
                format!("a class or key begins with a letter{found} (character {place} of this block)")
            }
            Reason::SpaceAroundEquals => {
                format!("no space may stand around `=` (character {place} of this block)")
            }
            Reason::Comma => format!(
                "a comma separates nothing here (character {place} of this block): attributes have spaces between them"
            ),
            Reason::OddSpace => format!(
                "an invisible character or a no-break space (character {place} of this block) separates nothing"
            ),
            Reason::Unexpected => match found.filter(|c| !c.is_control()) {
                Some('}' | ' ') => format!(
                    "the word before character {place} of this block has no `=`: a value with spaces needs quotation marks around it"
                ),
                Some(c) => format!("`{c}` cannot stand here (character {place} of this block)"),
                None => format!("this attribute block breaks off at its character {place}"),
            },
        };
        let fix = mended_block(&self.text[open..to]).map(|mended| ProblemFix {
            title: format!("Write `{mended}`"),
            edits: vec![(Span::new(open, to), mended)],
        });
        let help =
            "as it stands, all of it is plain text; the form is `{.claim #id by=entity on=2026-03-11}`";
        self.problem(ProblemKind::MalformedAttributes, Span::new(open, to), &message, Some(help), fix);
    }

    /// Closes the block: what is still open, emphasis, the plain text.
    fn finish(&mut self, mut state: BlockState<'_>, heading: Option<Span>) {
        let block_end = state.block.span.end();
        let mut text_end = block_end;
        if let (Some(attributes), Some(whole)) = (state.heading.take(), heading) {
            // `# Head ## {.claim}`: the closing marks are no text.
            let before = self.text[state.block.span.start()..attributes.span.start()].trim_end();
            let bare = before.trim_end_matches('#');
            let text = if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim_end() } else { before };
            text_end = state.block.span.start() + text.len();
            self.cut(text_end, block_end);
            self.article.annotations.push(Annotation {
                carrier: Carrier::Heading,
                span: Span::new(whole.start(), attributes.span.end()),
                content: Span::new(state.block.span.start(), text_end),
                attributes,
                text: Span::default(),
                parent: None,
                block: Some(state.number),
                flawed: false,
            });
        }
        let mut open: Vec<Opener> = std::mem::take(&mut state.openers);
        let unclosed = self.loose_blocks(&state, &open);
        for opener in &mut open {
            state.bare.extend(opener.keys.drain(..));
        }
        self.bare_keys(&mut state);
        let own = &self.article.annotations[state.first_annotation..];
        if own.iter().any(Annotation::is_claim) {
            let opening = open.iter().map(|opener| opener.at).filter(|at| !unclosed.contains(at));
            let stray: Vec<(usize, bool)> =
                opening.map(|at| (at, true)).chain(state.strays.iter().map(|&at| (at, false))).collect();
            for (at, opens) in stray {
                let (message, escaped) = if opens {
                    ("no `]` closes this bracket", "\\[")
                } else {
                    ("no `[` opens what this bracket closes", "\\]")
                };
                self.problem(
                    ProblemKind::UnmatchedBracket,
                    Span::new(at, at + 1),
                    message,
                    Some("take it away, or give it its partner"),
                    Some(ProblemFix {
                        title: format!("Write it as plain text: `{escaped}`"),
                        edits: vec![(Span::new(at, at + 1), escaped.to_owned())],
                    }),
                );
            }
        }
        self.emphasis(&state);
        let block = Block {
            plain: plain::append(&mut self.article.plain, self.text, &state.block, &mut self.cuts),
            ..state.block
        };
        self.article.blocks.push(block);
        for annotation in &mut self.article.annotations[state.first_annotation..] {
            let from = self.article.plain.from_source(annotation.content.start());
            let to = self.article.plain.from_source(annotation.content.end());
            annotation.text = Span::new(from.min(to), to).clamped(block.plain);
        }
        if let BlockKind::Heading(level) = block.kind {
            let span = heading.unwrap_or(block.span);
            let id = self.article.annotations[state.first_annotation..]
                .iter()
                .find(|annotation| annotation.carrier == Carrier::Heading)
                .and_then(|annotation| annotation.attributes.id())
                .map(|id| id.value.unwrap_or(id.name));
            self.article.headings.push(super::tree::Heading {
                span,
                level,
                block: state.number,
                id,
                pandoc_id: None,
                web_id: String::new(),
            });
        }
        debug_assert!(text_end <= block_end);
    }

    /// Reports attribute blocks that stand on their own; returns the brackets that
    /// were plainly meant to close before one.
    fn loose_blocks(&mut self, state: &BlockState<'_>, open: &[Opener]) -> Vec<usize> {
        let mut unclosed = Vec::new();
        for (attributes, opener) in &state.loose {
            let at = attributes.span.start();
            let still_open =
                opener.filter(|at| open.iter().any(|opener| opener.at == *at) && !unclosed.contains(at));
            if let Some(bracket) = still_open {
                unclosed.push(bracket);
                let before = self.text[bracket..at].trim_end().len();
                let fix = ProblemFix {
                    title: "Close the bracket before the attributes".to_owned(),
                    edits: vec![(Span::new(bracket + before, at), "]".to_owned())],
                };
                self.problem(
                    ProblemKind::UnclosedClaim,
                    Span::new(bracket, bracket + 1),
                    "this claim is never closed: `]` is missing before its attributes",
                    None,
                    Some(fix),
                );
                continue;
            }
            let before = &self.text[state.block.span.start()..at];
            let trimmed = before.trim_end();
            let detached = trimmed.len() < before.len() && trimmed.ends_with(']');
            let (message, help) = if detached {
                (
                    "a space parts these attributes from their brackets: they are plain text",
                    "take the space away",
                )
            } else if trimmed.len() == before.len() && trimmed.ends_with('`') {
                ("code cannot be a claim", "mark words of the story: `[words]{.claim}`")
            } else if trimmed.len() == before.len() && trimmed.ends_with([')', '>', ']']) {
                (
                    "a link cannot be a claim",
                    "put the link inside brackets of its own: `[[text](address)]{.claim}`",
                )
            } else {
                ("these attributes belong to nothing", "put brackets around the words that they are about")
            };
            let fix = detached.then(|| ProblemFix {
                title: "Take the space away".to_owned(),
                edits: vec![(Span::new(state.block.span.start() + trimmed.len(), at), String::new())],
            });
            self.problem(ProblemKind::MisplacedAnnotation, attributes.span, message, Some(help), fix);
        }
        unclosed
    }

    fn bare_keys(&mut self, state: &mut BlockState<'_>) {
        for key in state.bare.drain(..) {
            let suffix = key.bracket.unwrap_or(Span::at(key.span.end()));
            self.article.citations.push(Citation {
                span: key.span,
                bare: true,
                items: vec![CitedItem {
                    span: key.span,
                    key: key.key,
                    prefix: Span::at(key.span.start()),
                    suffix,
                    locator: key.bracket.and_then(|_| citation::locator(self.text, suffix)),
                }],
            });
        }
    }

    /// Takes emphasis marks out of the plain text, but for those of which only one
    /// lies inside a span: they are plain text, as in Pandoc.
    fn emphasis(&mut self, state: &BlockState<'_>) {
        if state.emphases.is_empty() {
            return;
        }
        let mut spans: Vec<(Span, Span)> = self.article.annotations[state.first_annotation..]
            .iter()
            .filter(|annotation| annotation.carrier != Carrier::Heading)
            .map(|annotation| (annotation.content, annotation.span))
            .collect();
        spans.sort_by_key(|(content, _)| (content.start, std::cmp::Reverse(content.end)));
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
            while next < spans.len() && spans[next].0.start() <= at {
                stack.push(next);
                next += 1;
            }
            while stack.last().is_some_and(|&top| spans[top].1.end() <= at) {
                stack.pop();
            }
            // In the attributes of a span a mark is no mark at all.
            let here = stack.last().map(|&top| if spans[top].0.end() <= at { usize::MAX } else { top });
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

    fn cut(&mut self, from: usize, to: usize) {
        if from < to {
            self.cuts.push(Cut { span: Span::new(from, to), by: None });
        }
    }

    fn problem(
        &mut self,
        kind: ProblemKind,
        span: Span,
        message: &str,
        help: Option<&str>,
        fix: Option<ProblemFix>,
    ) {
        self.article.problems.push(Problem {
            kind,
            span,
            message: message.to_owned(),
            help: help.map(str::to_owned),
            fix,
        });
    }
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// The length of the bracketed text that `rest` begins with.
fn closing_bracket(rest: &str) -> Option<usize> {
    // A group that is followed by more than this was not meant to touch it.
    const LONGEST: usize = 1000;
    let mut depth = 0usize;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST) {
        match byte {
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The destination in `(destination "title")`.
fn destination_span(text: &str, tail: Span) -> Option<Span> {
    let inner = tail.of(text).strip_prefix('(')?;
    let trimmed = inner.trim_start();
    let from = tail.start() + 1 + (inner.len() - trimmed.len());
    if let Some(pointed) = trimmed.strip_prefix('<') {
        return Some(Span::new(from + 1, from + 1 + pointed.find('>')?));
    }
    let to = trimmed.find(|c: char| c.is_ascii_whitespace()).unwrap_or(trimmed.len() - 1);
    Some(Span::new(from, from + to))
}

/// Whether a block that does not parse was plainly meant as newsmark's: it names one
/// of its classes, or, where something carries it, one of its keys.
fn looks_meant(block: &str, carried: bool) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let mut rest = block;
    while let Some(dot) = rest.find('.') {
        rest = &rest[dot + 1..];
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        if vocabulary::is_class(name) {
            return true;
        }
    }
    carried
        && block.match_indices('=').any(|(at, _)| {
            let before = block[..at].trim_end();
            let from = before
                .rfind(|c| !is_name(c))
                .map_or(0, |space| space + before[space..].chars().next().map_or(1, char::len_utf8));
            vocabulary::is_key(&before[from..])
        })
}

/// The block with what breaks it mended, where that makes it parse: straight
/// quotation marks, no commas, no odd spaces, no space around `=`.
fn mended_block(block: &str) -> Option<String> {
    let mut mended: String = block
        .chars()
        .filter(|&c| !attributes::is_invisible(c))
        .map(|c| match c {
            '“' | '”' | '„' | '«' | '»' => '"',
            _ if c.is_whitespace() => ' ',
            _ => c,
        })
        .collect();
    for (from, to) in [(" = ", "="), (" =", "="), ("= ", "="), (", ", " "), (",.", " .")] {
        mended = mended.replace(from, to);
    }
    if !mended.ends_with('}') {
        mended.push('}');
    }
    let parses = Reader::new(&mended)
        .read(0, mended.len(), 0)
        .is_ok_and(|attributes| attributes.span.len() == mended.len());
    (parses && mended != block).then_some(mended)
}
