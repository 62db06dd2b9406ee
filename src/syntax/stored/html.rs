//! The text that a reader sees of a page in HTML.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::footnotes;

/// What nobody sees: up to its end tag.
const UNSEEN: &[&[u8]] = &[b"script", b"style", b"template", b"noscript", b"head"];

/// What words run through: all other tags part them.
const INLINE: &[&[u8]] = &[
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"data", b"del", b"dfn", b"em", b"font", b"i",
    b"ins", b"kbd", b"label", b"mark", b"q", b"s", b"samp", b"small", b"span", b"strong", b"sub", b"sup",
    b"time", b"tt", b"u", b"var", b"wbr",
];

/// Whether a text begins as a page in HTML does.
pub(super) fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let begins = |with: &str| start.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    begins("<!doctype html") || begins("<html")
}

/// The text of a page, its blocks on lines of their own.
pub(super) fn text(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    // The tag whose end is waited for.
    let mut unseen: Option<&[u8]> = None;
    // Where what is raised began.
    let mut raised: Option<usize> = None;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        match event {
            CallbackEvent::String { value } if unseen.is_none() => {
                out.push_str(&String::from_utf8_lossy(value));
            }
            CallbackEvent::OpenStartTag { name } => {
                if unseen.is_none() {
                    unseen = UNSEEN.iter().find(|tag| **tag == name).copied();
                }
                // Many pages leave out where the head ends.
                if name == b"body" {
                    unseen = None;
                }
                part(name, &mut out);
                if name == b"sup" {
                    raised = Some(out.len());
                }
            }
            CallbackEvent::EndTag { name } => {
                if unseen == Some(name) {
                    unseen = None;
                }
                if name == b"sup"
                    && let Some(from) = raised.take()
                    && is_footnote(&out, from)
                {
                    out.truncate(from);
                }
                part(name, &mut out);
            }
            _ => {}
        }
        None
    });
    emitter.naively_switch_states(true);
    for _ in Tokenizer::new_with_emitter(page, emitter) {}
    out
}

/// Whether what is raised from there on is the mark of a footnote.
fn is_footnote(text: &str, from: usize) -> bool {
    let (before, raised) = text.split_at(from);
    let inner = raised.trim().trim_start_matches('[').trim_end_matches(']');
    let is_bare = inner.len() == raised.trim().len();
    footnotes::is_mark(inner) && footnotes::may_follow(before) && !(is_bare && footnotes::is_power(before))
}

fn part(tag: &[u8], out: &mut String) {
    if !INLINE.contains(&tag) {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(page: &str) -> String {
        text(page).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_seen_is_kept() {
        assert_eq!(words("<html><head><title>T</title><body><p>a<b>b</b><p>c"), "ab c");
        assert_eq!(words("a<script>if (a < b) { '</p>' }</script>b<style>p{}</style>"), "a b");
        assert_eq!(words("caf&eacute; &lt;p&gt; &#8220;x&#8221;<!-- no -->"), "café <p> “x”");
        assert_eq!(words("a<br>b<td>c</td><li>d"), "a b c d");
        assert_eq!(words("<html><head><title>x</title><body>y"), "y");
    }

    #[test]
    fn nothing_fails() {
        for page in
            ["", "<", "<a", "<!--", "<script>", "&#xffffffff;", "\u{0}<p\u{0}>", "</>", "<![CDATA[x]]>"]
        {
            text(page);
        }
        text(&"<div>".repeat(100_000));
    }
}
