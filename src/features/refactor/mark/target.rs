//! Which words are meant: those that are selected, as whole words and without cutting markup
//! in two, or the sentence under the cursor.

use crate::features::refactor::page::{Page, trimmed};
use crate::syntax::Carrier;
use crate::syntax::sentence::sentences;
use crate::text::Span;

/// Words of one block.
pub(super) struct Target {
    /// The block, as an index in the article's.
    pub(super) block: usize,
    /// The words, as a stretch of the shown text.
    pub(super) words: Span,
    /// The sentence, or those that the selection touches, likewise.
    pub(super) sentence: Span,
    /// Where the cursor or the selection's start is in the shown text.
    pub(super) at: usize,
    /// Whether nothing is selected.
    pub(super) is_cursor: bool,
    /// What is selected, in the source.
    selected: Span,
}

/// Why no words are meant.
pub(super) enum Refusal {
    /// There are none.
    NoText,
    /// Those that are selected cannot be marked.
    Because(&'static str),
}

/// The words that are meant.
pub(super) fn of_selection(page: &Page<'_>) -> Result<Target, Refusal> {
    let (text, article) = (page.text(), page.article());
    let range = page.asked.range;
    let range = if range.is_empty() { range } else { trimmed(text, range) };
    let is_in = |span: Span| span.start <= range.start && range.start <= span.end && !span.is_empty();
    let block = article.blocks.iter().position(|block| is_in(block.span)).ok_or(Refusal::NoText)?;
    let inside = article.blocks[block];
    if range.end > inside.span.end {
        return Err(Refusal::Because("a claim stays within one paragraph, heading or cell"));
    }
    let is_cursor = range.is_empty();
    let selected = if is_cursor { range } else { whole_words(text, range, inside.span) };
    if !is_cursor {
        is_cut(page, selected)?;
    }
    let plain = inside.plain.of(&article.plain.text);
    let at = article.plain.from_source(selected.start()).clamp(inside.plain.start(), inside.plain.end());
    let to = article.plain.from_source(selected.end()).clamp(at, inside.plain.end());
    let (from, to) = (at - inside.plain.start(), to - inside.plain.start());
    let all = sentences(plain, page.lang());
    let touched = |sentence: &&std::ops::Range<usize>| {
        if is_cursor {
            sentence.start <= from && from < sentence.end
        } else {
            sentence.start < to && from < sentence.end
        }
    };
    let first = all.iter().find(touched).or(all.last()).ok_or(Refusal::NoText)?;
    let last = all.iter().rev().find(touched).unwrap_or(first);
    let sentence = trimmed(plain, Span::new(first.start, last.end));
    let words = if is_cursor { sentence } else { trimmed(plain, Span::new(from, to)) };
    if !words.of(plain).contains(char::is_alphanumeric) {
        return Err(Refusal::NoText);
    }
    let shift = inside.plain.start();
    Ok(Target {
        block,
        words: words.shifted(shift),
        sentence: sentence.shifted(shift),
        at,
        is_cursor,
        selected,
    })
}

/// The selection, made larger where it ends inside a word.
fn whole_words(text: &str, range: Span, within: Span) -> Span {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (mut start, mut end) = (range.start(), range.end());
    while start > within.start() && is_word(text[start..].chars().next()) {
        let Some(before) = text[..start].chars().next_back().filter(|c| c.is_alphanumeric()) else { break };
        start -= before.len_utf8();
    }
    while end < within.end() && is_word(text[..end].chars().next_back()) {
        let Some(after) = text[end..].chars().next().filter(|c| c.is_alphanumeric()) else { break };
        end += after.len_utf8();
    }
    Span::new(start, end)
}

/// Refuses a selection that cuts something in two.
fn is_cut(page: &Page<'_>, selected: Span) -> Result<(), Refusal> {
    let article = page.article();
    // With a bracket that is selected or not, the words are the same.
    let crosses = |all: Span, content: Span| {
        let overlaps = selected.start < all.end && all.start < selected.end;
        overlaps && !content.contains(selected) && !selected.contains(content)
    };
    let spans = article.annotations.iter().filter(|one| one.carrier == Carrier::Span);
    for annotation in spans {
        if crosses(annotation.span, annotation.content) {
            return Err(Refusal::Because(match annotation.is_claim() {
                true => "the selection crosses a claim’s edge",
                false => "the selection crosses the edge of other markup",
            }));
        }
        if selected.start >= annotation.content.end && selected.end <= annotation.span.end {
            return Err(Refusal::NoText);
        }
    }
    if article.links.iter().any(|link| crosses(link.span, link.text)) {
        return Err(Refusal::Because("the selection cuts a link in two"));
    }
    let groups = article.citations.iter().filter(|citation| !citation.bare);
    for citation in groups {
        if citation.span.contains(selected) {
            return Err(Refusal::NoText);
        }
        if crosses(citation.span, citation.span) {
            return Err(Refusal::Because("the selection cuts a citation in two"));
        }
    }
    Ok(())
}

/// The stretches of the source that stand for words of the shown text, the best first: with
/// the markup that begins or ends with them as a whole, and with marks of emphasis or without.
pub(super) fn ways_to_take(page: &Page<'_>, target: &Target, words: Span) -> Result<Vec<Span>, String> {
    let (text, article) = (page.text(), page.article());
    let within = article.blocks[target.block].span;
    let start = article.plain.to_source(words.start()).clamp(within.start(), within.end());
    let end = article.plain.end_to_source(words.end()).clamp(start, within.end());
    let mut span = Span::new(start, end);
    // What is selected says whether brackets and asterisks are meant with the words.
    if !target.is_cursor && words == target.words {
        span = span.cover(target.selected).clamped(within);
    }
    let span = with_whole_markup(page, span)
        .ok_or_else(|| "this would cross the edge of another claim".to_owned())?;
    let is_mark = |c: char| matches!(c, '*' | '_' | '~' | '`');
    let before = text[within.start()..span.start()].len()
        - text[within.start()..span.start()].trim_end_matches(is_mark).len();
    let after = text[span.end()..within.end()].len()
        - text[span.end()..within.end()].trim_start_matches(is_mark).len();
    let mut ways = vec![span];
    for (left, right) in [(before, after), (before, 0), (0, after)] {
        let way = Span::new(span.start() - left, span.end() + right);
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    Ok(ways)
}

/// The stretch with all of the markup that it takes in up to one of its ends; none where it
/// would cut a claim in two.
fn with_whole_markup(page: &Page<'_>, mut span: Span) -> Option<Span> {
    let article = page.article();
    let annotations = article.annotations.iter().filter(|one| one.carrier == Carrier::Span);
    let mut units: Vec<(Span, Span)> = annotations.map(|one| (one.span, one.content)).collect();
    units.extend(article.links.iter().map(|link| (link.span, link.text)));
    // Of these nothing inside can be marked.
    let atoms = article.mentions.iter().map(|mention| mention.span).chain(article.verbatim.iter().copied());
    let groups = article.citations.iter().filter(|one| !one.bare).map(|one| one.span);
    units.extend(atoms.chain(groups).map(|atom| (atom, Span::at(atom.start()))));
    loop {
        let before = span;
        for (all, content) in &units {
            let overlaps = span.start < all.end && all.start < span.end;
            if !overlaps || span.contains(*all) || content.contains(span) && !content.is_empty() {
                continue;
            }
            let takes_start = content.is_empty() || span.start <= content.start;
            let takes_end = content.is_empty() || span.end >= content.end;
            if !takes_start || !takes_end {
                return None;
            }
            span = span.cover(*all);
        }
        if span == before {
            return Some(span);
        }
    }
}

/// The words without the full stop that ends their sentence, which stands outside a claim.
pub(super) fn without_stop(page: &Page<'_>, words: Span) -> Span {
    let plain = &page.article().plain.text;
    let text = words.of(plain);
    let Some(rest) = text.strip_suffix('.').or_else(|| text.strip_suffix('。')) else { return words };
    // The stop of an abbreviation or an ellipsis is part of it.
    let last = rest.rsplit(char::is_whitespace).next().unwrap_or(rest);
    let letters = last.chars().filter(|c| c.is_alphabetic()).count();
    if last.contains('.') || last.ends_with('.') || letters == 1 && last.chars().all(char::is_uppercase) {
        return words;
    }
    Span::new(words.start(), words.start() + rest.len())
}
