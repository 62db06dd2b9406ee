//! Where what is offered is put together and ranked.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use crate::corpus::{Corpus, EntityRole, FileFacts, FileKind, SourceRole};
use crate::data::date::Date;
use crate::text::{LineIndex, Quality, Span, Typed};

use super::hole::{Hole, Writing};
use super::{Completion, CompletionKind, Completions, Described, MOST};

/// What is asked, and what has been offered so far.
pub(super) struct Desk<'c> {
    pub(super) corpus: &'c Corpus,
    pub(super) file: &'c FileFacts,
    pub(super) text: &'c str,
    /// The cursor.
    pub(super) offset: usize,
    today: Option<&'c str>,
    pub(super) hole: Hole,
    pub(super) typed: Typed,
    offers: Vec<Offer>,
    complete: bool,
}

/// Something that may be offered.
#[derive(Debug)]
pub(super) struct Offer {
    /// What it may be looked for by, as shown; the first is what it is called.
    pub(super) names: Vec<String>,
    pub(super) detail: Option<String>,
    /// What is written if it is chosen by the name of that number.
    pub(super) text: Text,
    pub(super) snippet: Option<String>,
    pub(super) kind: CompletionKind,
    pub(super) deprecated: bool,
    /// What suits the place best has the lowest.
    pub(super) group: u8,
    /// Whether this article uses it.
    pub(super) here: bool,
    /// How often it is used anywhere.
    pub(super) uses: usize,
    pub(super) subject: Described,
}

/// What is written.
#[derive(Debug)]
pub(super) enum Text {
    /// A value, as the place wants it written.
    Value(String),
    /// Just that.
    Exact(String),
    /// An entity's id; chosen by another name, the name as what is shown.
    Mention {
        id: String,
        /// What stands between the two; nothing where only the id is wanted.
        pipe: Option<&'static str>,
        /// What closes it.
        close: &'static str,
    },
}

impl Offer {
    /// A word that is what it is called.
    pub(super) fn word(name: impl Into<String>, detail: &str, kind: CompletionKind) -> Offer {
        let name = name.into();
        Offer {
            text: Text::Value(name.clone()),
            names: vec![name],
            detail: (!detail.is_empty()).then(|| detail.to_owned()),
            snippet: None,
            kind,
            deprecated: false,
            group: 0,
            here: false,
            uses: 0,
            subject: Described::None,
        }
    }
}

/// An offer with the name that is nearest to what was typed.
struct Ranked {
    offer: Offer,
    name: usize,
    quality: Quality,
    /// Whether the name has the case of what was typed.
    same_case: bool,
}

impl<'c> Desk<'c> {
    pub(super) fn new(
        corpus: &'c Corpus,
        file: &'c FileFacts,
        text: &'c str,
        offset: usize,
        today: Option<&'c str>,
    ) -> Self {
        let hole = Hole { start: offset, at: offset, end: offset, writing: Writing::Plain };
        let typed = Typed::new("");
        Desk { corpus, file, text, offset, today, hole, typed, offers: Vec::new(), complete: true }
    }

    /// What of the text is filled: from `start`, written so, with the word going on to `end`.
    pub(super) fn fill(&mut self, start: usize, end: usize, writing: Writing) {
        let before = &self.text[..self.offset];
        // What is replaced stands on one line.
        let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let start = start.clamp(line, self.offset);
        let rest = &self.text[self.offset..];
        let line_end = self.offset + rest.find(['\n', '\r']).unwrap_or(rest.len());
        // What was typed is what the word begins with. With nothing typed the word after the
        // cursor is another.
        let end = if start == self.offset { self.offset } else { end.clamp(self.offset, line_end) };
        self.hole = Hole { start, at: self.offset, end, writing };
        self.typed = Typed::new(&self.text[start..self.offset]);
    }

    /// What was typed.
    pub(super) fn so_far(&self) -> &'c str {
        &self.text[self.hole.start..self.hole.at]
    }

    /// What stands after the cursor.
    pub(super) fn rest(&self) -> &'c str {
        &self.text[self.offset..]
    }

    /// Where the characters after the cursor end that `is_part` of a word.
    pub(super) fn word_end(&self, is_part: impl Fn(char) -> bool) -> usize {
        self.offset + self.rest().find(|c| !is_part(c)).unwrap_or(self.rest().len())
    }

    pub(super) fn add(&mut self, offer: Offer) {
        self.offers.push(offer);
    }

    /// Words with what each means.
    pub(super) fn words(&mut self, words: &[(&str, &str)], kind: CompletionKind, group: u8) {
        // In their own order where nothing else tells them apart.
        let count = words.len();
        for (number, (word, meaning)) in words.iter().enumerate() {
            let offer = Offer { group, uses: count - number, ..Offer::word(*word, meaning, kind) };
            self.add(offer);
        }
    }

    /// Days that are likely: this one, and those that the article gives itself; but not what is
    /// being typed where that `is_own`, one of the article's.
    pub(super) fn dates(&mut self, is_own: bool) {
        let written = self.text[self.hole.start..self.hole.end].trim();
        let typed = if is_own { Date::parse_lenient(written).ok() } else { None };
        let own = self.file.article.iter().flat_map(|article| &article.dates);
        let own: Vec<String> =
            own.filter(|date| Some(*date) != typed.as_ref()).map(ToString::to_string).collect();
        let today = self.today.map(|today| (today, "today"));
        let own = own.iter().map(|date| (&**date, "the article's date"));
        let mut days: Vec<(&str, &str)> = today.into_iter().chain(own).collect();
        let mut seen: Vec<&str> = Vec::new();
        days.retain(|(day, _)| {
            let is_new = !seen.contains(day);
            seen.push(*day);
            is_new
        });
        let count = days.len();
        for (number, (day, meaning)) in days.into_iter().enumerate() {
            // A day is written bare everywhere; what spans several has signs of its own.
            let is_bare = day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            let text = if is_bare { Text::Exact(day.to_owned()) } else { Text::Value(day.to_owned()) };
            let offer = Offer::word(day, meaning, CompletionKind::Text);
            self.add(Offer { text, uses: count - number, ..offer });
        }
    }

    /// Says that there are others than those offered.
    pub(super) fn not_all(&mut self) {
        self.complete = false;
    }

    /// The keys of the sources that the article uses, but for what is being typed.
    pub(super) fn keys_here(&self) -> FxHashSet<&'c str> {
        let is_typed = |span: Span| (span.start()..=span.end()).contains(&self.offset);
        let article = self.file.article.iter().flat_map(|article| &article.cited);
        let cited = article.filter(|cited| !is_typed(cited.place.span())).map(|cited| &*cited.key);
        let own = |role| matches!(role, SourceRole::Via | SourceRole::Div);
        let others = self.file.source_references.iter().filter(|one| own(one.role));
        let others = others.filter(|one| !is_typed(one.place.span())).map(|one| &*one.key);
        cited.chain(others).collect()
    }

    /// The ids, as compared, of the entities that the article names, likewise.
    pub(super) fn entities_here(&self) -> FxHashSet<&'c str> {
        // What a registry names is no sign of what is written in it next.
        if !matches!(self.file.kind, FileKind::Article | FileKind::Dossier) {
            return FxHashSet::default();
        }
        let is_typed = |span: Span| (span.start()..=span.end()).contains(&self.offset);
        // Who is behind its own sources is not named by it.
        let own = self.corpus.entity_references(self.file).filter(|one| one.role != EntityRole::Issuer);
        let named = own.filter(|one| !is_typed(one.place.span()));
        named
            .filter_map(|one| Some(self.corpus.entity(self.file, &one.folded).one()?.what.folded_id()))
            .collect()
    }

    /// The best of what was offered, in order.
    pub(super) fn finish(mut self) -> Option<Completions> {
        let so_far = self.so_far();
        let typed = &mut self.typed;
        let offers = std::mem::take(&mut self.offers);
        let mut ranked: Vec<Ranked> =
            offers.into_iter().filter_map(|offer| rank(offer, typed, so_far)).collect();
        ranked.sort_by(|a, b| a.key().cmp(&b.key()));
        // The same by two ways.
        let mut seen: FxHashSet<(String, Option<String>)> = FxHashSet::default();
        let is_new =
            |one: &Ranked| seen.insert((one.offer.names[one.name].clone(), one.written(Writing::Plain)));
        let mut ranked = ranked.into_iter().filter(is_new);
        let writing = self.hole.writing;
        let mut items: Vec<Completion> =
            ranked.by_ref().filter_map(|one| one.completion(writing)).take(MOST).collect();
        let mut incomplete = !self.complete || ranked.next().is_some();
        // A client that compares otherwise than we do must not drop what was found.
        incomplete |= items.iter().any(|item| !has_in_order(&item.filter, so_far));
        if incomplete && !so_far.is_empty() {
            for item in &mut items {
                so_far.clone_into(&mut item.filter);
            }
        }
        if items.is_empty() && !incomplete {
            return None;
        }
        let lines = LineIndex::new(self.text);
        let place = |start, end| lines.place(self.text, Span::new(start, end));
        Some(Completions {
            typed: place(self.hole.start, self.hole.at),
            word: place(self.hole.start, self.hole.end),
            items,
            incomplete,
        })
    }
}

fn rank(offer: Offer, typed: &mut Typed, so_far: &str) -> Option<Ranked> {
    let mut best: Option<(Quality, bool, usize)> = None;
    for (number, name) in offer.names.iter().enumerate() {
        let Some(quality) = typed.quality(name) else { continue };
        let same_case = !so_far.is_empty() && name.starts_with(so_far);
        let is_better = best.is_none_or(|(other, case, _)| {
            // One that begins with it as well in another case is what is meant.
            let both_start = quality >= Quality::Start && other >= Quality::Start;
            if both_start { same_case && !case } else { quality > other }
        });
        if is_better {
            best = Some((quality, same_case, number));
        }
    }
    let (quality, same_case, name) = best?;
    Some(Ranked { offer, name, quality, same_case })
}

impl Ranked {
    fn key(&self) -> impl Ord + '_ {
        let (class, score) = match self.quality {
            Quality::Whole => (0, 0),
            Quality::Start => (1, 0),
            Quality::Words => (2, 0),
            Quality::Part => (3, 0),
            Quality::Scattered(score) => (4, score),
        };
        let offer = &self.offer;
        let best = (offer.deprecated, class, offer.group, Reverse(offer.here), Reverse(score));
        (
            best,
            Reverse(self.same_case),
            Reverse(offer.uses),
            self.name,
            &offer.names[self.name],
            &offer.names[0],
        )
    }

    fn written(&self, writing: Writing) -> Option<String> {
        let name = &self.offer.names[self.name];
        Some(match &self.offer.text {
            Text::Value(value) => writing.of(value)?.into_owned(),
            Text::Exact(text) => text.clone(),
            Text::Mention { id, pipe, close } => match pipe {
                Some(pipe) if self.name > 0 && !name.contains(['[', ']', '\n', '\r']) => {
                    format!("{id}{pipe}{name}{close}")
                }
                _ => format!("{id}{close}"),
            },
        })
    }

    fn completion(self, writing: Writing) -> Option<Completion> {
        let text = self.written(writing)?;
        let Ranked { offer, name, .. } = self;
        let label = offer.names[name].clone();
        let also = match name {
            0 => offer.names.get(1).filter(|_| is_entity(offer.kind)).cloned(),
            _ => Some(offer.names[0].clone()),
        };
        let mut filter = label.clone();
        for other in offer.names.iter().filter(|other| **other != label) {
            filter.push(' ');
            filter.push_str(other);
        }
        Some(Completion {
            label: one_line(&label),
            also: also.map(|also| one_line(&also)),
            detail: offer.detail.map(|detail| one_line(&detail)),
            text,
            snippet: offer.snippet,
            filter: one_line(&filter),
            kind: offer.kind,
            deprecated: offer.deprecated,
            subject: offer.subject,
        })
    }
}

fn is_entity(kind: CompletionKind) -> bool {
    use CompletionKind::{Entity, Event, Organisation, Person, Place};
    matches!(kind, Person | Organisation | Place | Event | Entity)
}

/// Whether the letters of `typed` stand in `filter` in their order, as clients compare.
fn has_in_order(filter: &str, typed: &str) -> bool {
    let mut letters = filter.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|c| letters.any(|other| other == c))
}

/// Words on one line, not too many.
pub(super) fn one_line(text: &str) -> String {
    /// About what a list is wide, and a good deal more.
    const MOST: usize = 160;
    let mut out = String::new();
    for (number, word) in text.split_whitespace().enumerate() {
        out.extend((number > 0).then_some(' '));
        out.extend(word.chars().filter(|c| !c.is_control()));
        if out.len() > MOST {
            let cut = out.char_indices().nth(MOST).map(|(at, _)| at);
            if let Some(cut) = cut {
                out.truncate(cut);
                out.push('…');
            }
            if cut.is_some() {
                break;
            }
        }
    }
    out
}
