//! What somebody types at a place of an article, from the text as it is, half-typed.

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::data::{self, FrontMatterBlock};
use crate::text::Span;

use super::blocks::OPTIONS;

/// No construct is looked for further back than this, in bytes.
const FARTHEST: usize = 16 * 1024;

/// Where in an article something is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// In the front matter; its lines.
    FrontMatter(Span),
    /// In running text.
    Text(RunningText),
    /// In a comment: after its `<!--`.
    Comment(Span),
    /// Where nothing is read: code, HTML, math, an address.
    Unread,
}

/// Running text before a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningText {
    /// Where it begins in the article: not before the paragraph does.
    pub start: usize,
    /// What stands between there and the place, byte for byte, with `x` for what is not read:
    /// code, HTML, math, and what a backslash takes its meaning from.
    pub read: String,
    /// Whether it stands in a table.
    pub in_table: bool,
}

/// What is typed at `offset` of the article `text`; `None` for an offset that is none.
#[must_use]
pub fn ground(text: &str, offset: usize) -> Option<Ground> {
    let before = text.get(..offset)?;
    let front = data::front_matter(text);
    if let Some(FrontMatterBlock { content, span, .. }) = &front {
        if (content.start()..=content.end()).contains(&offset) {
            return Some(Ground::FrontMatter(*content));
        }
        if offset < span.end() {
            return Some(Ground::Unread);
        }
    } else if let Some(content) = begun_front_matter(text, offset) {
        return Some(Ground::FrontMatter(content));
    }
    let body = front.map_or(0, |block| block.span.end()).min(offset);
    let from = paragraph(&before[body..]) + body;
    let mut reader =
        Reader { offset, from, unread: Vec::new(), is_code: false, is_html: false, in_table: false };
    for (event, range) in Parser::new_ext(&text[body..], OPTIONS).into_offset_iter() {
        let span = Span::new(range.start + body, range.end + body);
        if span.start() >= offset {
            break;
        }
        reader.event(&event, span, text);
    }
    if reader.is_code {
        return Some(Ground::Unread);
    }
    // A comment may be the whole rest of the article as long as nothing closes it.
    let comment = before[body..].rfind("<!--").map(|at| body + at + 4).filter(|&at| {
        !before[at..].contains("-->")
            && !reader.unread.iter().any(|(span, html)| !html && span.contains_offset(at))
    });
    if let Some(start) = comment
        && (reader.is_html || start >= from)
    {
        return Some(Ground::Comment(Span::new(start, offset)));
    }
    if reader.is_html {
        return Some(Ground::Unread);
    }
    Some(Ground::Text(RunningText { start: from, read: reader.read(text), in_table: reader.in_table }))
}

/// Front matter of which there is little more than the first line.
fn begun_front_matter(text: &str, offset: usize) -> Option<Span> {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let rest = text[mark..].strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r']))?;
    let start = text.len() - rest.len();
    let blank = rest.find("\n\n").into_iter().chain(rest.find("\n\r\n")).chain(rest.find("\r\r")).min();
    let end = start + blank.unwrap_or(rest.len());
    let is_first = rest.starts_with(['\n', '\r']);
    (!is_first && (start..=end).contains(&offset)).then(|| Span::new(start, end))
}

/// Where the paragraph begins at whose end `before` ends: after a blank line, and not too far
/// back.
fn paragraph(before: &str) -> usize {
    let mut start = before.len();
    for line in before.split_inclusive(['\n', '\r']).rev() {
        let is_blank = line.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty();
        // The line of the place itself may be empty so far; of CRLF each half ends one.
        let is_end = matches!(line, "\n") && before[..start - 1].ends_with('\r');
        if is_blank && line.ends_with(['\n', '\r']) && !is_end || before.len() - start > FARTHEST {
            break;
        }
        start -= line.len();
    }
    // Half of a line end may be left of the blank line.
    before.len() - before[start..].trim_start_matches(['\n', '\r']).len()
}

struct Reader {
    offset: usize,
    from: usize,
    /// What is not read, and whether it is HTML.
    unread: Vec<(Span, bool)>,
    is_code: bool,
    is_html: bool,
    in_table: bool,
}

impl Reader {
    fn event(&mut self, event: &Event<'_>, span: Span, text: &str) {
        let is_inside = span.start() < self.offset && self.offset < span.end();
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                // At its very end is behind it, unless nothing closes it.
                let is_open = self.offset == span.end() && !is_fenced_off(span.of(text));
                self.is_code |= is_inside || is_open;
                self.unread.push((span, false));
            }
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.is_code |= is_inside;
                self.unread.push((span, false));
            }
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                self.is_code |= is_inside;
                self.unread.push((span, false));
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                let is_open = self.offset == span.end() && !span.of(text).trim_end().ends_with('>');
                self.is_html |= is_inside || is_open;
                self.unread.push((span, true));
            }
            Event::Start(Tag::Table(_)) => self.in_table |= is_inside || self.offset == span.end(),
            _ => {}
        }
    }

    /// The text before the place, with `x` for what is not read.
    fn read(&self, text: &str) -> String {
        let mut bytes = text.as_bytes()[self.from..self.offset].to_vec();
        for (span, _) in &self.unread {
            let (start, end) = (span.start().max(self.from), span.end().min(self.offset));
            if start < end {
                bytes[start - self.from..end - self.from].fill(b'x');
            }
        }
        let mut at = 0;
        while at + 1 < bytes.len() {
            if bytes[at] == b'\\' && bytes[at + 1].is_ascii_punctuation() {
                bytes[at..at + 2].fill(b'x');
                at += 1;
            }
            at += 1;
        }
        // Whole characters are written over: what is not read begins and ends with one.
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// Whether a code block ends with its fence, or is indented and ends with its last line.
fn is_fenced_off(block: &str) -> bool {
    let block = block.trim_start();
    let Some(fence) = ["```", "~~~"].into_iter().find(|fence| block.starts_with(fence)) else {
        return block.ends_with(['\n', '\r']);
    };
    let last = block.trim_end_matches(['\n', '\r']).rsplit_once(['\n', '\r']).map(|(_, last)| last);
    last.is_some_and(|line| line.trim_start_matches([' ', '>']).starts_with(fence))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Ground, ground};

    fn read(text: &str) -> Option<String> {
        let at = text.find('|').expect("a text has a cursor");
        match ground(&text.replacen('|', "", 1), at)? {
            Ground::Text(running) => Some(running.read),
            Ground::FrontMatter(_) => Some("front matter".to_owned()),
            Ground::Comment(span) => Some(format!("comment {}", span.len())),
            Ground::Unread => None,
        }
    }

    #[test]
    fn running_text_is_told_from_the_rest() {
        for (text, expected) in [
            ("a\n\nThe [@|", Some("The [@")),
            ("The `[@|`", None),
            ("The `a` [@|", Some("The xxx [@")),
            ("The \\[@|", Some("The xx@")),
            ("```\n[@|\n```\n", None),
            ("```\n[@|", None),
            ("```\nx\n```\n\n[@|", Some("[@")),
            ("    [@|\n", None),
            ("<https://a.b/@|>", None),
            ("<b title=\"[@|\">x</b>", None),
            ("---\nst|", Some("front matter")),
            ("---\ntitle: x\n|\n---\n", Some("front matter")),
            ("---\ntitle: x\n---\n[@|", Some("[@")),
            ("<!-- newsmark-ignore |", Some("comment 17")),
            ("x <!-- newsmark-ignore | --> y", Some("comment 17")),
            ("x <!-- a --> [@|", Some("x xxxxxxxxxx [@")),
            ("`<!-- newsmark-ignore |`", None),
            ("> a\n>\n> [@|", Some("> [@")),
            ("one\r\ntwo [@|\r\n", Some("one\r\ntwo [@")),
            ("one\r\n\r\ntwo [@|\r\n", Some("two [@")),
            ("|", Some("")),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(---\n|[@`<>!\\[\\]a\\\\{}|\n\r é$-])*", at in 0usize..200) {
            if let Some(Ground::Text(running)) = ground(&text, at) {
                prop_assert_eq!(running.start + running.read.len(), at);
            }
        }
    }
}
