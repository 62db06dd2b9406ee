//! Reading what can be read of a text that does not parse as a whole.

use super::{Part, build};
use crate::data::front_matter::lines;
use crate::data::{Field, Keys, Node, Parsed, Problem, Value, twice};
use crate::text::Span;

/// Reads `span` entry by entry: each `- ` of a top-level list, each key of a
/// top-level mapping, and each `- ` of a list under such a key. `whole` is what was
/// wrong with it in one piece; it is said only if nothing of any piece is lost.
pub(super) fn recover(text: &str, span: Span, whole: Problem) -> Parsed {
    let mut reader = Reader { text, anchors: build::Anchors::default(), problems: Vec::new() };
    let root = match split(text, span) {
        Some(Split { list: true, parts, .. }) => reader.list(&parts),
        Some(Split { list: false, parts, .. }) => reader.mapping(&parts),
        None => None,
    };
    let mut problems = reader.problems;
    if !problems.iter().any(|problem| problem.is_loss) {
        problems.push(whole);
    }
    Parsed { root, problems }
}

struct Reader<'t> {
    text: &'t str,
    anchors: build::Anchors,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn build(&mut self, part: Span) -> Part {
        build::build(self.text, part, &mut self.anchors, &mut self.problems)
    }

    fn list(&mut self, parts: &[Span]) -> Option<Node> {
        let mut items = Vec::new();
        for &part in parts {
            match self.build(part) {
                Ok(Some(Node { value: Value::Sequence(found), .. })) => items.extend(found),
                Ok(None) => {}
                Ok(Some(node)) => {
                    self.problems.push(Problem::loss(node.span, "an item of a list begins with `- `"))
                }
                Err(problem) => self.problems.push(problem),
            }
        }
        Some(Node::new(items.first()?.span.cover(items.last()?.span), Value::Sequence(items)))
    }

    fn mapping(&mut self, parts: &[Span]) -> Option<Node> {
        let (mut fields, mut keys) = (Vec::<Field>::new(), Keys::default());
        for &part in parts {
            let found = match self.build(part) {
                Ok(None) => continue,
                Ok(Some(Node { value: Value::Mapping(found), .. })) => found,
                Ok(Some(node)) => {
                    self.problems.push(Problem::loss(node.span, "this is no `key: value`"));
                    continue;
                }
                Err(problem) => match self.list_under_key(part) {
                    Some(field) => vec![field],
                    None => {
                        self.problems.push(problem);
                        continue;
                    }
                },
            };
            for field in found {
                if keys.repeats(&fields, &field.key.value) {
                    self.problems.push(twice(&field.key));
                } else {
                    fields.push(field);
                }
            }
        }
        let span = fields.first()?.key.span.cover(fields.last()?.value.span);
        Some(Node::new(span, Value::Mapping(fields)))
    }

    /// `key:` and a list under it, one item of which is broken.
    fn list_under_key(&mut self, part: Span) -> Option<Field> {
        let first = lines(part.of(self.text), 0).next()?;
        let body = Span::new(part.start() + first.next, part.end());
        let Split { list: true, indent, parts } = split(self.text, body)? else { return None };
        let head = self.build(Span::new(part.start(), part.start() + first.end)).ok()??;
        let Value::Mapping(mut fields) = head.value else { return None };
        let mut field = fields.pop().filter(|field| fields.is_empty() && field.value.is_null())?;
        let known = self.problems.len();
        let list = self.list(&parts);
        // A line that is indented less belongs to nothing; without this check it
        // could be lost without a word.
        let stray =
            lines(body.of(self.text), 0).find(|line| !is_empty(line.text) && indent_of(line.text) < indent);
        if let Some(stray) = stray.filter(|_| self.problems.len() == known) {
            let span = Span::new(body.start() + stray.start, body.start() + stray.end);
            self.problems
                .push(Problem::loss(span, "this line is indented less than the list that it stands in"));
        }
        field.value = list.unwrap_or_else(|| Node::new(field.value.span, Value::Sequence(Vec::new())));
        Some(field)
    }
}

/// A stretch of lines, taken apart where its entries begin.
struct Split {
    /// Whether the entries are items of a list.
    list: bool,
    /// How far they are indented.
    indent: usize,
    parts: Vec<Span>,
}

/// Takes `span`, which starts at the start of a line, apart. Each part goes from the
/// start of its first line to the start of the next part's.
fn split(text: &str, span: Span) -> Option<Split> {
    let bom = if span.of(text).starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (mut list, mut indent) = (false, 0);
    let mut starts = Vec::new();
    for line in lines(&text[..span.end()], span.start() + bom) {
        if is_empty(line.text) {
            continue;
        }
        let (first, this) = (starts.is_empty(), indent_of(line.text));
        let body = &line.text[this..];
        let item = body == "-" || body.starts_with("- ") || body.starts_with("-\t");
        if first {
            (list, indent) = (item, this);
        }
        // An item that has slipped to the left is wrong, but breaks nothing else.
        let begins =
            if list { item && this <= indent } else { !item && this == indent && looks_like_key(body) };
        if begins || first {
            starts.push(line.start);
        }
    }
    starts.first()?;
    let ends = starts.iter().skip(1).copied().chain([span.end()]);
    let parts = starts.iter().zip(ends).map(|(&start, end)| Span::new(start, end)).collect();
    Some(Split { list, indent, parts })
}

/// Whether a line at the level of the entries begins one: a word or text in quotation
/// marks, then a colon. What does not is left to the entry before it.
fn looks_like_key(line: &str) -> bool {
    !line.starts_with(['[', ']', '{', '}', ',', '\t'])
        && line.match_indices(':').any(|(at, _)| {
            let rest = &line[at + 1..];
            rest.is_empty() || rest.starts_with([' ', '\t'])
        })
}

/// Whether a line holds no data: blank, a comment, or the mark of a document.
fn is_empty(line: &str) -> bool {
    let text = line.trim();
    text.is_empty() || text.starts_with('#') || (matches!(text, "---" | "...") && indent_of(line) == 0)
}

/// How many spaces a line begins with.
fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
