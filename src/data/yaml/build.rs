//! From the parser's events to a tree.

use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle};

use super::{Part, explain};
use crate::data::{
    Field, Keys, MAX_DEPTH, Node, Problem, Spanned, TOO_DEEP, Value, char_at, fit, nul_problem, twice,
};
use crate::text::Span;

/// How much text aliases may stand for in one file, in bytes and with [`NODE`] for
/// each node: thousands of honest aliases, and the end of any bomb.
const ALIAS_BUDGET: usize = 4 << 20;

/// What a node weighs against [`ALIAS_BUDGET`], beside its text.
const NODE: usize = 64;

/// What has been given a name with `&name` so far. Kept by name and not by the
/// parser's number, so that it outlives the part that it stands in.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    by_name: HashMap<String, Anchored>,
    spent: usize,
    /// The budget is spent, and it has been said.
    closed: bool,
}

#[derive(Debug)]
enum Anchored {
    /// Its node is being read.
    Open,
    /// Its node is too large to be repeated.
    Large,
    Done {
        node: Node,
        depth: usize,
        weight: usize,
    },
}

/// Reads one part. What ends the reading is the error; everything that costs less
/// than the part goes to `problems`, which are kept only if there is no error.
pub(super) fn build(text: &str, span: Span, anchors: &mut Anchors, problems: &mut Vec<Problem>) -> Part {
    if let Some(problem) = nul_problem(text, span) {
        return Err(problem);
    }
    let options = granit_parser::options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let kept = problems.len();
    let mut builder = Builder {
        text,
        base: span.start(),
        stack: Vec::new(),
        root: None,
        names: HashMap::new(),
        anchors,
        problems,
    };
    let result = builder.run(span, options);
    let root = builder.root;
    match result {
        Ok(()) => Ok(root),
        Err(problem) => {
            problems.truncate(kept);
            Err(problem)
        }
    }
}

struct Builder<'t, 'p> {
    text: &'t str,
    /// Where the part begins: the parser counts from there.
    base: usize,
    stack: Vec<Frame>,
    root: Option<Node>,
    /// The names of the parser's anchor numbers.
    names: HashMap<usize, String>,
    anchors: &'p mut Anchors,
    problems: &'p mut Vec<Problem>,
}

/// A list or mapping that is being read.
struct Frame {
    /// Flow collections have brackets; the span of block ones is that of their content.
    start: Option<Span>,
    anchor: Option<String>,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Mapping { fields: Vec<Field>, keys: Keys, key: Key },
}

/// The key whose value comes next.
enum Key {
    /// None: a key comes next.
    None,
    Good(Spanned<String>),
    /// Its value is to be dropped.
    Bad,
}

impl Builder<'_, '_> {
    fn run(&mut self, span: Span, options: Options) -> Result<(), Problem> {
        let mut documents = 0;
        let mut parser = Parser::new_from_str_with_options(span.of(self.text), options).peekable();
        while let Some(next) = parser.next() {
            let (event, at) = next.map_err(|error| explain::explain(self.text, span, &error))?;
            let at = at.byte_range().unwrap_or_default();
            let at = fit(self.text, self.base + at.start..self.base + at.end);
            // The name of an anchor comes right after the node that it names begins.
            let anchor = match parser.peek() {
                Some(Ok((Event::Anchor(_, name), _))) => Some(name.clone().into_owned()),
                _ => None,
            };
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents == 2 {
                        self.problems
                            .push(Problem::loss(at, "a second document begins here; only the first is read"));
                        return Ok(());
                    }
                }
                Event::Anchor(id, name) => {
                    self.names.insert(id, name.into_owned());
                }
                Event::Scalar(value, style, _, tag) => {
                    let is_text = tag.is_some_and(|tag| tag.core_suffix() == Some("str"));
                    let node = self.scalar(value.into_owned(), style, is_text, at);
                    self.finish(node, anchor);
                }
                Event::Alias(id) => {
                    let name = self.names.get(&id).cloned().unwrap_or_default();
                    self.alias(&name, at);
                }
                Event::UnresolvedAlias(name) => self.alias(&name, at),
                Event::SequenceStart(style, ..) => self.open(style, at, anchor, Content::List(Vec::new()))?,
                Event::MappingStart(style, ..) => {
                    let content =
                        Content::Mapping { fields: Vec::new(), keys: Keys::default(), key: Key::None };
                    self.open(style, at, anchor, content)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(at),
                _ => {}
            }
        }
        Ok(())
    }

    fn scalar(&self, value: String, style: ScalarStyle, is_text: bool, at: Span) -> Node {
        let plain = style == ScalarStyle::Plain && !is_text;
        let value = match value.as_str() {
            // The parser gives `~` for what is not there at all.
            "~" | "null" if plain => Value::Null,
            "" if plain => Value::Null,
            "true" if plain => Value::Bool(true),
            "false" if plain => Value::Bool(false),
            number if plain && is_number(number) => Value::Number(value),
            _ => Value::String(value),
        };
        match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if at.len() >= 2 => {
                Node { span: at, content: fit(self.text, at.start() + 1..at.end() - 1), value }
            }
            // The place of a block goes on over the blank lines after it.
            _ => Node::new(Span::new(at.start(), at.start() + at.of(self.text).trim_end().len()), value),
        }
    }

    fn open(
        &mut self,
        style: StructureStyle,
        at: Span,
        anchor: Option<String>,
        content: Content,
    ) -> Result<(), Problem> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Problem::loss(char_at(self.text, at.start()), TOO_DEEP));
        }
        if let Some(name) = &anchor {
            self.anchors.by_name.insert(name.clone(), Anchored::Open);
        }
        let start = (style == StructureStyle::Flow).then_some(at);
        self.stack.push(Frame { start, anchor, content });
        Ok(())
    }

    fn close(&mut self, at: Span) {
        let Some(frame) = self.stack.pop() else { return };
        let inside = match &frame.content {
            Content::List(items) => ends(items, |item| item.span, |item| item.span),
            Content::Mapping { fields, .. } => ends(fields, |field| field.key.span, |field| field.value.span),
        };
        let span = match (frame.start, inside) {
            (Some(start), _) => start.cover(at),
            // An alias at the end may carry a place from elsewhere, never one after this.
            (None, Some((first, last))) => first.cover(last),
            (None, None) => Span::at(at.start()),
        };
        let value = match frame.content {
            Content::List(items) => Value::Sequence(items),
            Content::Mapping { fields, .. } => Value::Mapping(fields),
        };
        self.finish(Node::new(span, value), frame.anchor);
    }

    /// Puts a node that is complete where it belongs.
    fn finish(&mut self, node: Node, anchor: Option<String>) {
        if let Some(name) = anchor {
            self.anchors.keep(name, &node);
        }
        let Some(Frame { content, .. }) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match content {
            Content::List(items) => items.push(node),
            Content::Mapping { fields, keys, key } => match std::mem::replace(key, Key::None) {
                Key::None => *key = check_key(node, fields, keys, self.problems),
                Key::Good(key) => fields.push(Field { key, value: node }),
                Key::Bad => {}
            },
        }
    }

    /// Puts what `*name` stands for where the alias stands, and under its place.
    fn alias(&mut self, name: &str, at: Span) {
        let node = match self.anchors.take(name, MAX_DEPTH.saturating_sub(self.stack.len())) {
            Ok(mut node) => {
                place(&mut node, at);
                node
            }
            Err(message) => {
                self.problems.extend(message.map(|message| Problem::loss(at, message)));
                Node::new(at, Value::Null)
            }
        };
        self.finish(node, None);
    }
}

/// The first and the last place of a list.
fn ends<T>(list: &[T], first: impl Fn(&T) -> Span, last: impl Fn(&T) -> Span) -> Option<(Span, Span)> {
    Some((first(list.first()?), last(list.last()?)))
}

/// Gives a whole tree the place of the alias that it stands in for: what is wrong in
/// it is shown where it is used, and places still lie within each other.
fn place(node: &mut Node, at: Span) {
    (node.span, node.content) = (at, at);
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(|item| place(item, at)),
        Value::Mapping(fields) => {
            for field in fields {
                field.key.span = at;
                place(&mut field.value, at);
            }
        }
        _ => {}
    }
}

/// What a key is good for: once, and as text.
fn check_key(node: Node, fields: &[Field], keys: &mut Keys, problems: &mut Vec<Problem>) -> Key {
    let Some(key) = node.text() else {
        problems.push(Problem::loss(
            node.span,
            format!("a key has to be a word or text in quotation marks; this is {}", node.kind()),
        ));
        return Key::Bad;
    };
    let in_quotes = node.span != node.content;
    if key.value == "<<" && !in_quotes {
        problems.push(Problem::loss(
            key.span,
            "`<<` does not bring in the fields of another mapping here; write them out",
        ));
        return Key::Bad;
    }
    if keys.repeats(fields, &key.value) {
        problems.push(twice(&key));
        return Key::Bad;
    }
    Key::Good(key)
}

impl Anchors {
    /// Remembers the node that `name` was given to.
    fn keep(&mut self, name: String, node: &Node) {
        let left = ALIAS_BUDGET - self.spent;
        let (depth, weight) = measure(node, left);
        let anchored = if weight > left {
            Anchored::Large
        } else {
            self.spent += weight;
            Anchored::Done { node: node.clone(), depth, weight }
        };
        self.by_name.insert(name, anchored);
    }

    /// What `name` stands for, if it fits into `room` further levels and the budget;
    /// otherwise what is to be said, if it has not been said before.
    fn take(&mut self, name: &str, room: usize) -> Result<Node, Option<String>> {
        match self.by_name.get(name) {
            None => Err(Some(format!("`*{name}` stands for nothing: there is no `&{name}` before it"))),
            Some(Anchored::Open) => Err(Some(format!("`*{name}` stands for what it is part of"))),
            Some(Anchored::Done { node, depth, weight })
                if *weight <= ALIAS_BUDGET - self.spent && *depth <= room =>
            {
                self.spent += weight;
                Ok(node.clone())
            }
            Some(Anchored::Done { .. } | Anchored::Large) => {
                Err((!std::mem::replace(&mut self.closed, true))
                    .then(|| format!("`*{name}` and the aliases before it stand for too much; write it out")))
            }
        }
    }
}

/// How deep a node goes, and what it weighs; stops counting above `limit`.
fn measure(node: &Node, limit: usize) -> (usize, usize) {
    let (mut depth, mut weight) = (0, NODE);
    let mut add = |child: &Node, key: usize, weight: &mut usize| {
        let (child_depth, child_weight) = measure(child, limit.saturating_sub(*weight));
        depth = depth.max(child_depth);
        *weight += child_weight + key;
    };
    match &node.value {
        Value::Null | Value::Bool(_) => return (1, weight),
        Value::Number(text) | Value::String(text) => return (1, weight + text.len()),
        Value::Sequence(items) => {
            for item in items {
                add(item, 0, &mut weight);
                if weight > limit {
                    break;
                }
            }
        }
        Value::Mapping(fields) => {
            for field in fields {
                add(&field.value, field.key.value.len(), &mut weight);
                if weight > limit {
                    break;
                }
            }
        }
    }
    (depth + 1, weight)
}

/// Whether YAML's core schema takes a plain word for a number.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix(['-', '+']).unwrap_or(word);
    if let Some(hex) = word.strip_prefix("0x") {
        return !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if let Some(octal) = word.strip_prefix("0o") {
        return !octal.is_empty() && octal.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let mantissa = match mantissa.split_once('.') {
        Some((whole, part)) => {
            (digits(whole) && (part.is_empty() || digits(part))) || (whole.is_empty() && digits(part))
        }
        None => digits(mantissa),
    };
    mantissa && exponent.is_none_or(digits)
}
