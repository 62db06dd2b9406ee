//! What is typed in YAML: front matter and registries.

use super::desk::Desk;
use super::fields::{self, Root};
use super::flow;
use super::hole::Writing;

/// So many lines are looked at for the keys around one.
const MOST_LINES: usize = 400;

/// A line of YAML: what stands before its first key or value.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    /// The column of the first `-` of a list.
    dash: Option<usize>,
    /// The column of what comes after.
    column: usize,
    rest: &'t str,
}

impl<'t> Line<'t> {
    /// Nothing of a line that says nothing.
    fn new(text: &'t str) -> Option<Line<'t>> {
        let line = Line::of_typed(text);
        (!line.rest.is_empty() && !line.rest.starts_with('#')).then_some(line)
    }

    fn of_typed(text: &'t str) -> Line<'t> {
        let mut rest = text.trim_start_matches(' ');
        let mut dash = None;
        while let Some(after) =
            rest.strip_prefix('-').filter(|after| after.is_empty() || after.starts_with(' '))
        {
            dash = dash.or(Some(text.len() - rest.len()));
            rest = after.trim_start_matches(' ');
        }
        Line { dash, column: text.len() - rest.len(), rest }
    }

    /// Its key, without quotes.
    fn key(&self) -> Option<&'t str> {
        let end = self.rest.find(": ").or_else(|| self.rest.trim_end().strip_suffix(':').map(str::len))?;
        let key = self.rest[..end].trim();
        (!key.starts_with(['{', '[', '#'])).then(|| key.trim_matches(['"', '\'']))
    }
}

/// What can be typed in the YAML that begins at `from`.
pub(super) fn offer(desk: &mut Desk<'_>, root: Root, from: usize) -> Option<()> {
    let before = desk.text.get(from..desk.offset)?;
    let line_start = from + before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let now = Line::of_typed(&desk.text[line_start..desk.offset]);
    let (path, taken) = around(desk, from, line_start, now);
    // A comment.
    if now.rest.starts_with('#') || now.rest.contains(" #") {
        return None;
    }
    let rest_start = desk.offset - now.rest.len();
    let colon =
        now.rest.find(": ").map(|at| at + 2).or_else(|| now.rest.ends_with(':').then_some(now.rest.len()));
    let is_flow_start = now.rest.starts_with(['{', '[']);
    let colon = colon.filter(|_| !is_flow_start);
    let Some(colon) = colon else {
        if is_flow_start {
            return in_flow(desk, root, path, None, rest_start);
        }
        return plain(desk, root, &path, &taken, now, rest_start);
    };
    let key = now.key().unwrap_or_else(|| now.rest[..colon].trim_end_matches([' ', ':']));
    let value = &now.rest[colon..];
    let value = value.trim_start();
    let start = desk.offset - value.len();
    if value.starts_with(['{', '[']) {
        return in_flow(desk, root, path, Some(key), start);
    }
    // Directly after the colon a value would be no value.
    if now.rest.ends_with(':') {
        return None;
    }
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let start = start + usize::from(quote.is_some());
    if quote.is_some_and(|quote| desk.text[start..desk.offset].contains(quote)) {
        return None;
    }
    let fields = fields::fields(root, &path)?;
    scalar(desk, fields, key, start, quote, false)
}

/// A key, or an item of a list.
fn plain(
    desk: &mut Desk<'_>,
    root: Root,
    path: &[String],
    taken: &[String],
    now: Line<'_>,
    start: usize,
) -> Option<()> {
    let quote = now.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    // An item of a list whose items are values.
    if now.dash.is_some()
        && let Some((key, outer)) = path.split_last()
        && let Some(holder) = fields::fields(root, outer)
        && fields::fields(root, path).is_none()
    {
        return scalar(desk, holder, key, start + usize::from(quote.is_some()), quote, false);
    }
    if quote.is_some() || now.rest.contains(char::is_whitespace) {
        return None;
    }
    let is_top = matches!(root, Root::Entities | Root::Sources) && path.is_empty();
    // Registries are lists: fields stand under a dash, or beside those of an entry.
    if is_top && now.dash.is_none() && now.column == 0 {
        return None;
    }
    let fields = fields::fields(root, path)?;
    let end = desk.word_end(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let after = if desk.text[end..].trim_start_matches(' ').starts_with(':') { "" } else { ": " };
    desk.fill(start, end, Writing::Plain);
    fields::offer_keys(desk, fields, taken, after)
}

/// A value between brackets on one line.
fn in_flow(
    desk: &mut Desk<'_>,
    root: Root,
    mut path: Vec<String>,
    key: Option<&str>,
    start: usize,
) -> Option<()> {
    path.extend(key.map(str::to_owned));
    let flow = flow::read(&desk.text[start..desk.offset]);
    if !flow.is_open || flow.is_over && flow.quote.is_none() {
        return None;
    }
    path.extend(flow.path);
    let from = start + flow.start;
    if let Some(key) = &flow.key {
        return scalar(desk, fields::fields(root, &path)?, key, from, flow.quote, true);
    }
    if flow.is_list {
        let (key, outer) = path.split_last()?;
        return scalar(desk, fields::fields(root, outer)?, key, from, flow.quote, true);
    }
    let fields = fields::fields(root, &path)?;
    let end = desk.word_end(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let after = if desk.text[end..].starts_with([':', '"', '\'']) { "" } else { ": " };
    desk.fill(from, end, Writing::Plain);
    fields::offer_keys(desk, fields, &flow.taken, after)
}

fn scalar(
    desk: &mut Desk<'_>,
    fields: fields::Fields,
    key: &str,
    start: usize,
    quote: Option<char>,
    in_flow: bool,
) -> Option<()> {
    let mut start = start;
    if !in_flow && fields::is_list(fields, key) {
        let written = &desk.text[start..desk.offset];
        let part = written.rsplit(',').next().unwrap_or_default().trim_start();
        start = desk.offset - part.len();
    }
    let rest = desk.rest();
    let stop = |c: char| match quote {
        Some(quote) => c == quote || matches!(c, '\n' | '\r'),
        None => matches!(c, '\n' | '\r' | '#' | ',' | ']' | '}'),
    };
    let end = rest.find(stop).unwrap_or(rest.len());
    let is_unclosed = quote.is_some_and(|quote| !rest[end..].starts_with(quote));
    let end = if is_unclosed { 0 } else { rest[..end].trim_end().len() };
    let writing = match quote {
        Some('\'') => Writing::Single,
        Some(_) => Writing::Json,
        None => Writing::Yaml,
    };
    desk.fill(start, desk.offset + end, writing);
    fields::offer_value(desk, fields, key)
}

/// The keys around the line at `line_start`, the outermost first, and those beside what is typed
/// there.
fn around(desk: &Desk<'_>, from: usize, line_start: usize, now: Line<'_>) -> (Vec<String>, Vec<String>) {
    let mut path: Vec<String> = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    // Keys of what is around stand before this column.
    let mut limit = now.dash.map_or(now.column, |dash| dash + 1);
    let mut is_beside = now.dash.is_none();
    let above = desk.text[from..line_start].split(['\n', '\r']).rev().filter_map(Line::new);
    for line in above.take(MOST_LINES) {
        if is_beside && line.column == now.column {
            taken.extend(line.key().map(str::to_owned));
            if let Some(dash) = line.dash {
                // The first line of the entry.
                is_beside = false;
                limit = limit.min(dash + 1);
            }
            continue;
        }
        if line.column < limit {
            is_beside = false;
            path.extend(line.key().map(str::to_owned));
            limit = line.dash.map_or(line.column, |dash| dash + 1);
        } else if let Some(dash) = line.dash.filter(|dash| *dash < limit.saturating_sub(1)) {
            // An entry that something around stands in.
            is_beside = false;
            limit = dash + 1;
        }
        if limit == 0 {
            break;
        }
    }
    let below = desk.text[desk.offset..].split(['\n', '\r']).skip(1).filter_map(Line::new).take(MOST_LINES);
    for line in below {
        if line.column < now.column || line.dash.is_some_and(|dash| dash < now.column) {
            break;
        }
        if line.column == now.column {
            taken.extend(line.key().map(str::to_owned));
        }
    }
    path.reverse();
    (path, taken)
}
