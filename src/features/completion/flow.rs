//! What is typed between brackets: JSON, and lists and mappings on one line of YAML.

use super::desk::Desk;
use super::fields::{self, Root};
use super::hole::Writing;

/// What is typed at the end of a text.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The keys of the mappings and lists that are open, the outermost first.
    pub(super) path: Vec<String>,
    /// The key whose value it is; none where it is a key itself.
    pub(super) key: Option<String>,
    /// The keys before it in its mapping.
    pub(super) taken: Vec<String>,
    /// Where it begins, behind its quotation mark.
    pub(super) start: usize,
    pub(super) quote: Option<char>,
    /// Whether any bracket is open.
    pub(super) is_open: bool,
    /// Whether the innermost of them is a list.
    pub(super) is_list: bool,
    /// Whether a value has just ended, so that nothing can follow but a comma.
    pub(super) is_over: bool,
}

/// A bracket that is open.
struct Open {
    is_map: bool,
    key: Option<String>,
    taken: Vec<String>,
}

/// Reads what is open at the end of `text`, whatever stands before it.
pub(super) fn read(text: &str) -> Flow {
    let mut open: Vec<Open> = Vec::new();
    // The scalar that is being read: where it begins, and its quotation mark.
    let mut start: Option<(usize, Option<char>)> = None;
    let mut last: Option<String> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if let Some((from, Some(quote))) = start {
            match c {
                '\\' if quote == '"' => {
                    chars.next();
                }
                _ if c == quote => {
                    last = Some(text[from..at].to_owned());
                    start = None;
                }
                _ => {}
            }
            continue;
        }
        let follows = chars.peek().map(|(_, next)| *next);
        let is_colon = c == ':' && (follows.is_none_or(char::is_whitespace) || start.is_none());
        if (matches!(c, ',' | '{' | '[' | '}' | ']') || is_colon)
            && let Some((from, None)) = start.take()
        {
            last = Some(text[from..at].trim_end().to_owned());
        }
        match c {
            '{' | '[' => {
                open.push(Open { is_map: c == '{', key: None, taken: Vec::new() });
                last = None;
            }
            '}' | ']' => {
                open.pop();
                // What was closed was a value.
                last = Some(String::new());
            }
            ',' => {
                if let Some(inner) = open.last_mut().filter(|inner| inner.is_map) {
                    inner.key = None;
                }
                last = None;
            }
            _ if is_colon => {
                if let (Some(inner), Some(key)) = (open.last_mut().filter(|inner| inner.is_map), last.take())
                {
                    inner.taken.push(key.clone());
                    inner.key = Some(key);
                }
            }
            '"' | '\'' if start.is_none() => start = Some((at + 1, Some(c))),
            _ if c.is_whitespace() => {}
            _ if start.is_none() => start = Some((at, None)),
            _ => {}
        }
    }
    let is_map = open.last().is_some_and(|inner| inner.is_map);
    let mut path: Vec<String> = open.iter().filter_map(|one| one.key.clone()).collect();
    let is_open = !open.is_empty();
    let inner = open.pop();
    let key = if is_map { inner.as_ref().and_then(|inner| inner.key.clone()) } else { None };
    if key.is_some() {
        path.pop();
    }
    let (start, quote) = start.unwrap_or((text.len(), None));
    Flow {
        path,
        // Of a list, what it is the value of is the last of the path.
        key,
        taken: inner.map(|inner| inner.taken).unwrap_or_default(),
        start,
        quote,
        is_open,
        is_list: is_open && !is_map,
        is_over: start == text.len() && quote.is_none() && last.is_some(),
    }
}

/// What can be typed in a JSON file.
pub(super) fn offer_json(desk: &mut Desk<'_>, root: Root) -> Option<()> {
    /// No entry is longer.
    const FARTHEST: usize = 32 * 1024;
    let before = &desk.text[..desk.offset];
    // A string has no line end in it: at the start of a line nothing is in one.
    let mut from = before.len().saturating_sub(FARTHEST);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    if from > 0 {
        from += before[from..].find('\n').map_or(0, |end| end + 1);
    }
    let flow = read(&before[from..]);
    if !flow.is_open || flow.is_over {
        return None;
    }
    let end = match flow.quote {
        Some(_) => desk.word_end(|c| !matches!(c, '"' | '\n' | '\r' | ',' | '}' | ']')),
        None => desk.word_end(|c| c.is_alphanumeric() || matches!(c, '-' | '_')),
    };
    let is_closed = desk.text[end..].starts_with('"');
    let writing = if flow.quote.is_some() { Writing::Json } else { Writing::JsonBare };
    let end = if flow.quote.is_some() && !is_closed { desk.offset } else { end };
    desk.fill(from + flow.start, end, writing);
    if let Some(key) = &flow.key {
        return fields::offer_value(desk, fields::fields(root, &flow.path)?, key);
    }
    if flow.is_list {
        let (key, path) = flow.path.split_last()?;
        return fields::offer_value(desk, fields::fields(root, path)?, key);
    }
    // Keys are written with quotes around them, or between those that are there.
    let fields = fields::fields(root, &flow.path)?;
    let after = match (flow.quote, is_closed) {
        (Some(_), true) => "",
        _ => "\": ",
    };
    flow.quote?;
    fields::offer_keys(desk, fields, &flow.taken, after)
}
