//! Attribute blocks: `{.claim by=… }`.

use crate::corpus::{ClaimFacts, EntityRole};
use crate::registry::EntityType;
use crate::syntax::{RunningText, attribute_value};
use crate::text::fold;

use super::desk::{Desk, Offer, Text};
use super::hole::Writing;
use super::names::{Naming, speaks};
use super::words::{self, Word};
use super::{CompletionKind, Described};

/// An attribute block as far as it can be read.
#[derive(Debug, Default)]
struct Block {
    classes: Vec<String>,
    pairs: Vec<(String, String)>,
    has_id: bool,
}

impl Block {
    fn is(&self, class: &str) -> bool {
        self.classes.iter().any(|own| own == class)
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(own, _)| own == key).map(|(_, value)| &**value)
    }
}

/// What stands at the cursor.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// An attribute begins: with `.`, `#`, a letter, or nothing yet. Where it begins.
    Item(usize),
    /// The value of that key; where it begins, and its quotation mark.
    Value { key: String, start: usize, quote: Option<char> },
    /// Nothing that can be completed.
    Other,
}

/// What carries a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Carrier {
    Span,
    Picture,
    Div,
    Heading,
}

pub(super) fn offer(desk: &mut Desk<'_>, running: &RunningText) -> Option<()> {
    let read = running.read.as_str();
    // A brace in a quoted value opens nothing: the outermost block that is still open counts.
    let mut found = None;
    for (at, _) in read.rmatch_indices('{').take(8) {
        let Some(carrier) = carrier(&read[..at]) else { continue };
        let mut block = Block::default();
        if let Some(part) = lex(&read[at + 1..], Some(&mut block)) {
            found = Some((at, carrier, block, part));
        }
    }
    let (at, carrier, mut block, part) = found?;
    let base = running.start + at + 1;
    match part {
        Part::Other => None,
        Part::Item(start) => {
            let start = base + start;
            let end = desk.word_end(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'));
            read_on(desk.text, end, &mut block);
            let words = || content(read, at);
            item(desk, start, end, &block, carrier, words)
        }
        Part::Value { key, start, quote } => {
            let start = base + start;
            let end = value_end(desk, quote);
            read_on(desk.text, end, &mut block);
            value(desk, &key, start, end, quote, &block)
        }
    }
}

/// What carries a block that begins after `before`; nothing where none may stand.
fn carrier(before: &str) -> Option<Carrier> {
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let marks = line.trim_start_matches(['>', ' ', '\t', '-', '*', '+']);
    if marks.starts_with(":::") && marks.trim_matches([':', ' ', '\t']).is_empty() {
        return Some(Carrier::Div);
    }
    if before.ends_with(']') {
        return Some(Carrier::Span);
    }
    if before.ends_with(')') && before.contains("![") {
        return Some(Carrier::Picture);
    }
    (marks.starts_with('#') && line.ends_with([' ', '\t']) && marks.trim_start_matches('#').starts_with(' '))
        .then_some(Carrier::Heading)
}

/// Reads attributes into `block` and says what stands at the end of `text`; nothing where the
/// block has ended before.
fn lex(text: &str, mut block: Option<&mut Block>) -> Option<Part> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let start = at + (rest.len() - rest.trim_start().len());
        let rest = &text[start..];
        let Some(first) = rest.chars().next() else { return Some(Part::Item(start)) };
        if first == '}' {
            return None;
        }
        let sign = matches!(first, '.' | '#');
        // Classes may touch: `.claim.quote`.
        let is_part = |c: char| is_name(c) && !(first == '.' && c == '.');
        let name_start = start + usize::from(sign);
        let length = text[name_start..].find(|c| !is_part(c)).unwrap_or(text.len() - name_start);
        let name_end = name_start + length;
        let name = &text[name_start..name_end];
        if sign {
            if name_end == text.len() {
                return Some(Part::Item(start));
            }
            if let Some(block) = &mut block {
                match first {
                    '.' => block.classes.push(name.to_owned()),
                    _ => block.has_id = true,
                }
            }
            at = name_end;
            continue;
        }
        if name.is_empty() {
            // Whatever it is, what comes after it may be meant well.
            at = start + first.len_utf8();
            if at == text.len() {
                return Some(Part::Other);
            }
            continue;
        }
        if name_end == text.len() {
            return Some(Part::Item(start));
        }
        if !text[name_end..].starts_with('=') {
            at = name_end;
            continue;
        }
        let value_start = name_end + 1;
        let value = &text[value_start..];
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let inner = value_start + usize::from(quote.is_some());
        let end = match quote {
            Some(quote) => text[inner..].find(quote).map(|length| inner + length),
            None => value.find(|c: char| c.is_whitespace() || c == '}').map(|length| value_start + length),
        };
        let Some(end) = end else {
            return Some(Part::Value { key: name.to_owned(), start: inner, quote });
        };
        if let Some(block) = &mut block {
            block.pairs.push((name.to_owned(), text[inner..end].to_owned()));
        }
        at = end + usize::from(quote.is_some());
    }
}

/// Where the value at the cursor ends, or the part of it between commas.
fn value_end(desk: &Desk<'_>, quote: Option<char>) -> usize {
    match quote {
        // A quotation mark that is still to come has the brace for its end.
        Some(quote) => {
            let rest = desk.rest();
            let stop = rest.find(['\n', '\r', '}', ',', quote]).unwrap_or(0);
            desk.offset + if rest[stop..].starts_with(['\n', '\r']) { 0 } else { stop }
        }
        None => desk.word_end(|c| !c.is_whitespace() && !matches!(c, '}' | ',')),
    }
}

/// Reads what stands in the block after the cursor.
fn read_on(text: &str, from: usize, block: &mut Block) {
    /// More than a block is long.
    const MOST: usize = 2_000;
    let rest = &text[from..];
    let rest = rest.trim_start_matches(['"', '\'', ',']);
    let end = rest.char_indices().nth(MOST).map_or(rest.len(), |(at, _)| at);
    let blank = ["\n\n", "\r\n\r\n", "\r\r"].iter().filter_map(|blank| rest[..end].find(blank)).min();
    let end = blank.unwrap_or(end);
    // Without the brace that ends it, it is somebody's prose.
    if let Some(close) = rest[..end].find(['}', '{']).filter(|&at| rest[at..].starts_with('}')) {
        lex(&format!("{} ", &rest[..close]), Some(block));
    }
}

/// The words that a span annotates.
fn content(read: &str, brace: usize) -> &str {
    let Some(before) = read[..brace].strip_suffix(']') else { return "" };
    let mut depth = 0;
    for (at, c) in before.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' if depth == 0 => return &before[at + 1..],
            '[' => depth -= 1,
            _ => {}
        }
    }
    ""
}

fn item<'r>(
    desk: &mut Desk<'_>,
    start: usize,
    end: usize,
    block: &Block,
    carrier: Carrier,
    words: impl Fn() -> &'r str,
) -> Option<()> {
    let written = &desk.text[start..desk.offset];
    if written.starts_with('#') {
        if block.has_id {
            return None;
        }
        desk.fill(start + 1, end, Writing::Plain);
        desk.new_ids(words());
        return Some(());
    }
    let has_sign = written.starts_with('.');
    desk.fill(start + usize::from(has_sign), end, Writing::Plain);
    let sign = if has_sign { "" } else { "." };
    classes(desk, block, carrier, sign);
    if !has_sign {
        keys(desk, block, carrier, end);
    }
    Some(())
}

fn classes(desk: &mut Desk<'_>, block: &Block, carrier: Carrier, sign: &str) {
    let is_claim = words::CLASSES.iter().any(|(class, _)| block.is(class));
    let mut offer = |list: &[Word], group: u8| {
        let count = list.len();
        for (number, (class, meaning)) in list.iter().enumerate().filter(|(_, (class, _))| !block.is(class)) {
            // In an empty block a class comes first; in one that has some, a key does.
            let group = group + if sign.is_empty() || !is_claim { 0 } else { 3 };
            // The one thing that each of them asks for.
            let asks = match *class {
                "quote" if block.get("by").is_none() => Some("by"),
                "accusation" if block.get("against").is_none() => Some("against"),
                "response" if block.get("answers").is_none() => Some("answers"),
                "figure" if block.get("what").is_none() => Some("what"),
                _ => None,
            };
            let plain = Offer {
                text: Text::Exact(format!("{sign}{class}")),
                names: vec![format!("{sign}{class}")],
                group,
                uses: 2 * (count - number),
                ..Offer::word(*class, meaning, CompletionKind::Class)
            };
            desk.add(plain);
            if let Some(key) = asks {
                let text = format!("{sign}{class} {key}=");
                desk.add(Offer {
                    text: Text::Exact(text.clone()),
                    names: vec![text.clone()],
                    snippet: Some(format!("{text}$1")),
                    group: group + 1,
                    uses: 2 * (count - number) - 1,
                    ..Offer::word(*class, meaning, CompletionKind::Class)
                });
            }
        }
    };
    offer(words::CLASSES, 0);
    match carrier {
        Carrier::Picture => offer(words::PICTURE_CLASSES, 0),
        Carrier::Div => offer(words::DIV_CLASSES, 0),
        Carrier::Span | Carrier::Heading => {}
    }
}

fn keys(desk: &mut Desk<'_>, block: &Block, carrier: Carrier, end: usize) {
    let is_claim = words::CLASSES.iter().any(|(class, _)| block.is(class));
    let list: Vec<&[Word]> = match carrier {
        Carrier::Div if !is_claim => vec![words::DIV_KEYS],
        Carrier::Picture if !is_claim => vec![words::PICTURE_KEYS, words::KEYS],
        Carrier::Picture => vec![words::KEYS, words::PICTURE_KEYS],
        _ => vec![words::KEYS],
    };
    let has_sign = desk.text[end..].starts_with('=');
    let first: &[&str] = [
        (block.is("accusation"), &["against", "by", "reply"][..]),
        (block.is("response"), &["answers", "by"]),
        (block.is("figure"), &["event", "what", "value"]),
        (block.is("quote"), &["by", "on", "continues", "original"]),
    ]
    .into_iter()
    .find_map(|(is, keys)| is.then_some(keys))
    .unwrap_or_default();
    let all = list.into_iter().flatten();
    for (number, (key, meaning)) in all.enumerate().filter(|(_, (key, _))| block.get(key).is_none()) {
        let text = if has_sign { (*key).to_owned() } else { format!("{key}=") };
        let snippet = (words::PROSE_KEYS.contains(key) && !has_sign).then(|| format!("{key}=\"$1\""));
        desk.add(Offer {
            text: Text::Exact(text),
            snippet,
            group: if first.contains(key) { 1 } else { 2 },
            uses: 100 - number.min(99),
            ..Offer::word(*key, meaning, CompletionKind::Key)
        });
    }
}

/// The value of a key, or the part of it after the last comma.
fn value(
    desk: &mut Desk<'_>,
    key: &str,
    start: usize,
    end: usize,
    quote: Option<char>,
    block: &Block,
) -> Option<()> {
    let written = &desk.text[start..desk.offset];
    let is_list = matches!(key, "by" | "via" | "against" | "reply" | "source") || is_relation(key);
    let after = if is_list { written.rfind(',').map_or(0, |comma| comma + 1) } else { 0 };
    let part = written[after..].trim_start();
    let part_start = desk.offset - part.len();
    let writing = match quote {
        Some(quote) => Writing::Quoted(quote),
        None if after > 0 => Writing::AttributePart,
        None => Writing::Attribute,
    };
    // What would have to be in quotes is written with them, but for a list that has begun.
    desk.fill(part_start, end, writing);
    match key {
        "by" => {
            desk.entities(speaks, 0, Naming::Id);
            if after == 0 {
                desk.words(words::SPEAKERS, CompletionKind::Word, 1);
            }
        }
        "against" => desk.entities(speaks, 0, Naming::Id),
        "via" => {
            desk.entities(speaks, 0, Naming::Id);
            desk.sources(0, |key| Text::Value(key.to_owned()));
        }
        "source" => desk.sources(0, |key| Text::Value(key.to_owned())),
        "event" => desk.entities(|kind| kind == EntityType::Event, 0, Naming::Id),
        "place" => desk.entities(|kind| kind == EntityType::Place, 0, Naming::Id),
        "what" | "subset-of" => counted(desk, key, block),
        "unit" => units(desk),
        "reply" => reply(desk, part_start, end, writing, block),
        "on" | "checked" | "retracted" | "date" | "taken" => desk.dates(false),
        "basis" => desk.words(words::BASES, CompletionKind::Word, 0),
        "verdict" => desk.words(words::VERDICTS, CompletionKind::Word, 0),
        "answers" => desk.claim_references(|claim| claim.accusation, "#", 0),
        "continues" => desk.claim_references(|claim| claim.quote, "#", 0),
        "updates" => desk.claim_references(|claim| claim.figure, "#", 0),
        _ if is_relation(key) => desk.claim_references(|_| true, "#", 0),
        _ => return None,
    }
    Some(())
}

fn is_relation(key: &str) -> bool {
    crate::corpus::ClaimRelation::KEYS.iter().any(|(own, _)| *own == key)
}

/// What is counted: of the same event anywhere, in this article, or anywhere at all.
fn counted(desk: &mut Desk<'_>, key: &str, block: &Block) {
    let (corpus, file) = (desk.corpus, desk.file);
    let own = block.get("event").map(|event| attribute_value(event).into_owned());
    let around = || {
        let claims = &file.article.as_ref()?.claims;
        let outer = claims.iter().rev().filter(|claim| claim.place.span().contains_offset(desk.offset));
        let event = outer.filter_map(|claim| claim.notes.as_deref()?.event).next()?;
        let reference = file.entity_references.get(event as usize)?;
        (reference.role == EntityRole::Event).then(|| reference.name.to_string())
    };
    let event = own.filter(|event| !event.is_empty()).or_else(around);
    let event = event.and_then(|event| corpus.entity(file, &fold(&event)).one());
    let own_what = block.get("what").filter(|_| key == "subset-of");
    let mut seen: Vec<Box<str>> = own_what.map(Box::from).into_iter().collect();
    if let Some(event) = event {
        let kinds = corpus.counted_of(event.what.folded_id());
        let count = kinds.len();
        for (number, what) in kinds.into_iter().enumerate().filter(|(_, what)| !what.is_empty()) {
            let series = corpus.figure_series(event.what.folded_id(), &what);
            // What is being typed counts itself.
            let detail = match series.count {
                0 => continue,
                1 => format!("1 figure of {}", event.what.name),
                count => format!("{count} figures of {}", event.what.name),
            };
            if !seen.contains(&what) {
                let offer = Offer::word(&*what, &detail, CompletionKind::Text);
                desk.add(Offer { uses: count - number, ..offer });
                seen.push(what);
            }
        }
    }
    for figure in file.article.iter().flat_map(|article| &article.figures) {
        let claim = file.article.as_ref().and_then(|article| article.claims.get(figure.claim as usize));
        let is_own = claim.is_some_and(|claim| is_typed_in(desk, claim));
        if !is_own && !figure.what.is_empty() && !seen.contains(&figure.what) {
            let offer = Offer::word(&*figure.what, "in this article", CompletionKind::Text);
            desk.add(Offer { group: 1, ..offer });
            seen.push(figure.what.clone());
        }
    }
    let others: Vec<Word> = words::COUNTED
        .iter()
        .filter(|(word, _)| !seen.iter().any(|what| **what == **word))
        .copied()
        .collect();
    if key == "what" {
        desk.words(&others, CompletionKind::Text, 2);
    }
}

/// Whether the cursor is in the attributes of a claim.
fn is_typed_in(desk: &Desk<'_>, claim: &ClaimFacts) -> bool {
    let (at, end) = (desk.offset, claim.attributes_end.start.offset as usize);
    at <= end && desk.text.get(at..end).is_some_and(|between| !between.contains(['{', '}']))
}

fn units(desk: &mut Desk<'_>) {
    let figures = desk.file.article.iter().flat_map(|article| &article.figures);
    let mut units: Vec<&str> = figures.filter_map(|figure| figure.unit.as_deref()).collect();
    units.sort_unstable();
    units.dedup();
    for unit in units {
        desk.add(Offer::word(unit, "in this article", CompletionKind::Text));
    }
}

/// What came of asking: a word, an answer in another article, or an accused with either.
fn reply(desk: &mut Desk<'_>, start: usize, end: usize, writing: Writing, block: &Block) {
    let part = &desk.text[start..desk.offset];
    if let Some(colon) = part.find(':') {
        let after = part[colon + 1..].trim_start();
        desk.fill(desk.offset - after.len(), end, writing);
        answers(desk);
        return;
    }
    answers(desk);
    let accused: Vec<String> = block
        .get("against")
        .map(|value| value.split(',').map(|name| attribute_value(name.trim()).into_owned()).collect())
        .unwrap_or_default();
    for name in accused.iter().filter(|name| !name.is_empty()) {
        let known = desk.corpus.entity(desk.file, &fold(name)).one();
        let detail = known.map_or("accused", |known| &*known.what.name);
        let subject =
            known.map_or(Described::None, |known| Described::Entity(known.what.folded_id().to_owned()));
        let text = format!("{name}:");
        desk.add(Offer { group: 1, subject, ..Offer::word(text, detail, CompletionKind::Organisation) });
    }
}

fn answers(desk: &mut Desk<'_>) {
    let is_reference = desk.so_far().contains('#');
    if !is_reference {
        desk.words(words::REPLIES, CompletionKind::Word, 0);
        desk.articles(2, |name| Text::Value(format!("{name}#")));
        return;
    }
    desk.claim_references(|claim| claim.response, "#", 0);
}
