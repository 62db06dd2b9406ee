//! Reading a registry again of which a stretch was changed.
//!
//! The items of a YAML list at the top of a file, or under its one key, are read each on its
//! own: what stands in one says nothing of another. So the items that an edit touches are read
//! as if they were all there is, and moved to where they stand. Wherever that could come to
//! anything else than reading the whole, the whole is to be read.

use crate::corpus::{FileFacts, Patch, RegistryFormat, Shift, StubForm};
use crate::text::{Place, Position, Span};

use super::guard::FAILURE;
use super::read::{self, FileRole};

/// What is different in the registry `before`, which was read from the text `old`, now that its
/// text is `new`. None where all of it has to be read.
#[must_use]
pub fn reread(before: &FileFacts, old: &str, new: &str, role: FileRole) -> Option<Patch> {
    let list = List::new(before, old, role)?;
    let same_before = common_prefix(old.as_bytes(), new.as_bytes());
    let most = old.len().min(new.len()) - same_before;
    let same_after = common_suffix(old.as_bytes(), new.as_bytes()).min(most);

    // From the last item that begins before the edit to the first of which the line break
    // before it stands after the edit.
    let first = list.count_up_to(same_before).checked_sub(1)?;
    let after = list.count_up_to(old.len() - same_after);
    let next = (after..list.places.len()).find(|&number| list.line_start(number) > old.len() - same_after);
    let from = list.item_start(first)?;
    let to = match next {
        Some(next) => list.item_start(next)?,
        None => old.len(),
    };
    let to_now = (new.len() + to).checked_sub(old.len())?;
    let (gone, come) = (old.get(from..to)?, new.get(from..to_now)?);
    if next.is_some() && !come.ends_with('\n')
        || may_name_a_node(gone)
        || may_name_a_node(come)
        || !are_items(come, list.indent)
    {
        return None;
    }

    // What comes next may decide where the last of them ends.
    let next_item = next.map(|_| format!("{}- id: next\n", " ".repeat(list.indent))).unwrap_or_default();
    let text = format!("{}{come}{next_item}", list.head);
    let mut facts = read::read(&before.path, &text, role);
    if facts.broken || facts.stub != before.stub || has_failure(&facts) {
        return None;
    }
    if next.is_some() {
        cut(&mut facts, text.len() - next_item.len(), text.len());
    }
    let shift = Shift {
        bytes: from as i64 - list.head.len() as i64,
        lines: i64::from(list.places[first].start.line) - i64::from(!list.head.is_empty()),
    };
    facts.shift(shift);
    facts.end = shift.of(facts.end);
    let mut after = Shift::default();
    if let Some(next) = next {
        after = Shift {
            bytes: new.len() as i64 - old.len() as i64,
            lines: i64::from(facts.end.end.line) - i64::from(list.places[next].start.line),
        };
        facts.end = after.of(before.end);
    }
    Some(Patch { facts, replaced: Span::new(from, to), shift: after })
}

/// Takes the last line out of what was read of a text, `from` where it begins.
fn cut(facts: &mut FileFacts, from: usize, to: usize) {
    let line = facts.end.end.line - 1;
    let end = Position { offset: from as u32, line, ..Position::default() };
    let nothing = FileFacts {
        end: Place { start: end, end },
        stub: facts.stub,
        ..FileFacts::empty(facts.path.clone(), facts.kind)
    };
    facts.patch(&Patch { facts: nothing, replaced: Span::new(from, to), shift: Shift::default() });
}

/// A registry that is a list of items, nothing of which is broken.
struct List<'t> {
    text: &'t str,
    /// The key that it stands under, with its line break, if it does.
    head: &'t str,
    /// How many spaces there are before each dash.
    indent: usize,
    /// Of the entries.
    places: Vec<Place>,
}

impl<'t> List<'t> {
    fn new(facts: &FileFacts, text: &'t str, role: FileRole) -> Option<Self> {
        let is_read_from_it = !facts.broken
            && facts.kind == read::kind(role)
            && facts.end.end.offset as usize == text.len()
            && !has_failure(facts);
        // There is a stub only where nothing but comments comes after the last item.
        let (key, indent, places) = match (read::registry_format(&facts.path, role)?, facts.stub?) {
            (RegistryFormat::EntityYaml, StubForm::EntityYaml(indent)) => (
                "entities:",
                indent,
                facts.entities.iter().map(|entity| entity.place).collect::<Vec<Place>>(),
            ),
            (RegistryFormat::CslYaml, StubForm::SourceYaml(indent)) => {
                ("references:", indent, facts.sources.iter().map(|source| source.place).collect())
            }
            _ => return None,
        };
        let mut list = List { text, head: "", indent: indent as usize, places };
        list.places.first().filter(|_| is_read_from_it)?;
        let before = text[..list.line_start(0)].trim_start_matches('\u{feff}');
        let mut said = before.split_inclusive('\n').filter(|line| !is_comment(line));
        list.head = match (said.next(), said.next()) {
            (None, _) => "",
            (Some(line), None) if line.trim_end() == key => line,
            _ => return None,
        };
        Some(list)
    }

    /// How many entries begin at `end` or before.
    fn count_up_to(&self, end: usize) -> usize {
        self.places.partition_point(|place| place.start.offset as usize <= end)
    }

    /// Where the line begins on which the entry begins.
    fn line_start(&self, number: usize) -> usize {
        let start = self.places[number].start;
        (start.offset - start.utf8) as usize
    }

    /// The same, if nothing stands there before the entry but a dash that belongs to the list.
    fn item_start(&self, number: usize) -> Option<usize> {
        let start = self.line_start(number);
        let before = &self.text[start..self.places[number].start.offset as usize];
        let dash = before.strip_prefix(&*" ".repeat(self.indent))?.strip_prefix("- ")?;
        let is_line = start == 0 || self.text.as_bytes()[start - 1] == b'\n';
        (is_line && dash.trim_start_matches(' ').is_empty()).then_some(start)
    }
}

/// Whether newsmark itself failed on some of it.
fn has_failure(facts: &FileFacts) -> bool {
    facts.findings.iter().any(|finding| finding.rule == FAILURE)
}

/// Whether no line of `text` ends a list that is indented so far, or belongs to what the list
/// stands in.
fn are_items(text: &str, indent: usize) -> bool {
    let is_in_it = |line: &str| {
        let body = line.trim_start_matches(' ');
        let spaces = line.len() - body.len();
        let is_item = body == "-" || body.starts_with("- ");
        is_comment(line) || spaces > indent || spaces == indent && is_item
    };
    // A carriage return ends a line of YAML even where it stands alone.
    text.split('\n').all(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        !line.contains('\r') && is_in_it(line)
    })
}

/// Whether a line says nothing.
fn is_comment(line: &str) -> bool {
    matches!(line.trim_start().bytes().next(), None | Some(b'#'))
}

/// Whether something may be given a name (`&name`) that stands for it elsewhere, or such a name
/// may stand here (`*name`).
fn may_name_a_node(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'&', b'*', bytes).any(|at| {
        let is_begun = at.checked_sub(1).is_none_or(|before| {
            bytes[before].is_ascii_whitespace() || matches!(bytes[before], b'[' | b'{' | b',' | b':')
        });
        is_begun && bytes.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace())
    })
}

/// How many bytes are compared at once.
const STEP: usize = 1024;

/// How many bytes two texts begin with in common.
fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let steps = a.chunks(STEP).zip(b.chunks(STEP)).take_while(|(a, b)| a == b);
    let same: usize = steps.map(|(step, _)| step.len()).sum();
    same + a[same..].iter().zip(&b[same..]).take_while(|(a, b)| a == b).count()
}

/// How many bytes two texts end with in common.
fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    let steps = a.rchunks(STEP).zip(b.rchunks(STEP)).take_while(|(a, b)| a == b);
    let same: usize = steps.map(|(step, _)| step.len()).sum();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    same + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}
