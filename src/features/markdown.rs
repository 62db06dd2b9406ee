//! Text out of the data, made harmless for Markdown.
//!
//! Whatever a registry or an article holds is shown as words: it makes no link, picture,
//! heading, code or HTML, in CommonMark or in what editors read beyond it.

/// At most so many characters of one text are shown.
const MOST: usize = 400;

/// `text` as Markdown that shows it on one line, wherever in a line it stands.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut length = 0;
    for word in text.split_whitespace() {
        if length > 0 {
            out.push(' ');
        }
        for c in word.chars() {
            if length >= MOST {
                out.push('…');
                return out;
            }
            length += 1;
            match c {
                // Control characters and those that turn the direction of what follows.
                _ if c.is_control() || is_invisible(c) => out.push('\u{fffd}'),
                // Every one of these may be escaped in CommonMark. The colon and the dot are,
                // as editors make links of bare addresses.
                _ if is_sign(c, &out) => out.extend(['\\', c]),
                _ => out.push(c),
            }
        }
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether `c`, after what was written `before`, may be read as more than itself.
fn is_sign(c: char, before: &str) -> bool {
    match c {
        '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '<' | '>' | '&' | '!' | '#' | '|' | '~' | '$'
        | '^' | '@' => true,
        // `https://`, `mailto:`
        ':' => before.ends_with(|last: char| last.is_alphanumeric()) || before.is_empty(),
        // `www.`; `1.` at the start.
        '.' | ')' => {
            before.to_ascii_lowercase().ends_with("www") || before.bytes().all(|byte| byte.is_ascii_digit())
        }
        // A list, a rule, a heading's underline at the start.
        '-' | '+' | '=' => {
            before.is_empty() || before.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'\\'))
        }
        _ => false,
    }
}

/// What a hover shows: two lines that tell the most, and the rest below.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The first two lines.
    pub(super) head: Vec<String>,
    /// A list below them.
    pub(super) items: Vec<String>,
    /// Paragraphs below that.
    pub(super) tail: Vec<String>,
}

impl Page {
    pub(super) fn new(first: String) -> Self {
        Page { head: vec![first], ..Page::default() }
    }

    /// Adds a line: to the first two where one is free, else to the list.
    pub(super) fn line(&mut self, line: impl Into<Option<String>>) {
        match line.into() {
            Some(line) if self.head.len() < 2 => self.head.push(line),
            other => self.items.extend(other),
        }
    }

    /// Adds an item to the list.
    pub(super) fn item(&mut self, item: impl Into<Option<String>>) {
        self.items.extend(item.into());
    }

    pub(super) fn markdown(self) -> String {
        // Two spaces break a line; the other way, a backslash, some editors show.
        let mut out = self.head.join("  \n");
        if !self.items.is_empty() || !self.tail.is_empty() {
            out += "\n\n---\n";
        }
        for item in &self.items {
            out += "\n- ";
            out += item;
        }
        if !self.items.is_empty() {
            out.push('\n');
        }
        for paragraph in &self.tail {
            out.push('\n');
            out += paragraph;
            out.push('\n');
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// `**text**`
pub(super) fn strong(text: &str) -> String {
    let escaped = escape(text);
    if escaped.is_empty() { escaped } else { format!("**{escaped}**") }
}
