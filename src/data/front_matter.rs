//! Finding the YAML block at the head of a Markdown file.

use super::Problem;
use crate::text::Span;

/// The YAML block that a file begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatterBlock {
    /// The whole block, both fences included, up to the end of the closing fence's
    /// line without its line break. An unclosed block ends with its content.
    pub span: Span,
    /// The YAML between the fences, its last line break included.
    pub content: Span,
    /// What is said of a block that is never closed.
    pub problem: Option<Problem>,
}

/// The front matter of an article: a line `---` at the very start (after a byte order
/// mark, if there is one), then YAML up to a line `---` or `...`.
///
/// As in Pandoc, a blank line right after the opening one makes that a rule across
/// the page. A block that is never closed is one only if its next line looks like
/// `key:`; it is taken to end at the first blank line, so that its fields stay in use
/// while it is being written.
#[must_use]
pub fn front_matter(text: &str) -> Option<FrontMatterBlock> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = lines(text, start);
    let opening = lines.next()?;
    if !is_fence(opening.text, "---") {
        return None;
    }
    let content = opening.next;
    let (mut first, mut blank) = (None, None);
    for line in lines {
        if is_fence(line.text, "---") || (first.is_some() && is_fence(line.text, "...")) {
            return Some(FrontMatterBlock {
                span: Span::new(start, line.end),
                content: Span::new(content, line.start),
                problem: None,
            });
        }
        let is_blank = line.text.trim().is_empty();
        if first.is_none() && is_blank {
            return None;
        }
        first.get_or_insert(line.text);
        if is_blank {
            blank.get_or_insert(line.start);
        }
    }
    if !looks_like_key(first?) {
        return None;
    }
    let end = blank.unwrap_or(text.len());
    Some(FrontMatterBlock {
        span: Span::new(start, end),
        content: Span::new(content, end),
        problem: Some(Problem::loss(
            Span::new(start, opening.end),
            "the front matter that begins here is never closed; end it with a line `---`",
        )),
    })
}

/// A line of a text: where it starts, where it ends without its line break, and
/// where the next one starts.
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) next: usize,
}

/// The lines of `text` from `start` on, ended by LF, CRLF or a lone CR.
pub(super) fn lines(text: &str, start: usize) -> impl Iterator<Item = Line<'_>> {
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let breaks = match rest.as_bytes()[length..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        at += length + breaks;
        Some(Line { text: &rest[..length], start, end: start + length, next: at })
    })
}

/// Whether a line is `fence`, with nothing but white space after it.
fn is_fence(line: &str, fence: &str) -> bool {
    line.strip_prefix(fence).is_some_and(|rest| rest.trim().is_empty())
}

/// Whether a line could be the first of a YAML mapping.
fn looks_like_key(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else { return false };
    !key.is_empty()
        && (rest.is_empty() || rest.starts_with([' ', '\t']))
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '"' | '\''))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, content: Option<&str>) {
        let block = front_matter(text);
        assert_eq!(block.as_ref().map(|block| block.content.of(text)), content, "{text:?}");
        if let Some(block) = block {
            assert!(block.problem.is_none() && block.span.contains(block.content), "{text:?}");
        }
    }

    #[test]
    fn a_block_stands_between_its_fences() {
        check("---\na: b\n---\ntext", Some("a: b\n"));
        check("---\na: b\n...\ntext", Some("a: b\n"));
        check("\u{feff}---\na: b\n---", Some("a: b\n"));
        check("---  \r\na: b\r\n--- \r\ntext", Some("a: b\r\n"));
        check("---\na: b\n\nc: d\n---\n", Some("a: b\n\nc: d\n"));
        check("---\n---\ntext", Some(""));
        let text = "---\r\na: b\r\n---\r\ntext";
        assert_eq!(front_matter(text).map(|block| block.span.of(text)), Some("---\r\na: b\r\n---"));
    }

    #[test]
    fn a_rule_across_the_page_is_none() {
        for text in
            ["", "-", "---", "---\n", "---\n\na: b\n---\n", "text\n---\na: b\n---\n", " ---\na: b\n---"]
        {
            check(text, None);
        }
        check("---\nWell then.\n", None);
        check("----\na: b\n----\n", None);
    }

    #[test]
    fn an_unclosed_block_is_said_to_be_one() {
        let text = "---\ntitle: A\ndate: 2026\n\nThe text.\n";
        let block = front_matter(text).expect("a block");
        assert_eq!(block.content.of(text), "title: A\ndate: 2026\n");
        let problem = block.problem.expect("a problem");
        assert_eq!(problem.span.of(text), "---");
    }
}
