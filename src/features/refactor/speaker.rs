//! Whose words a sentence says that they are.

use crate::corpus::{EntityFacts, Known};
use crate::registry::EntityType;
use crate::syntax::attribution::{self, Word};
use crate::syntax::sentence::quotations;
use crate::text::{Span, fold};

use super::page::Page;

/// How many words a name has at most.
const LONGEST: usize = 6;

/// A speaker, as a sentence has it.
pub(super) struct Guess<'a> {
    pub(super) entity: Known<'a, EntityFacts>,
    /// The name and the words that make it the speaker's: a stretch of the shown text.
    words: Span,
    /// Whether it is said with a verb that "that" may follow.
    is_clause: bool,
}

/// The one known speaker of a sentence, a stretch of the shown text; none where it has none, or
/// several.
pub(super) fn guess<'a>(page: &Page<'a>, sentence: Span) -> Option<Guess<'a>> {
    let text = sentence.of(&page.article().plain.text);
    let words = attribution::words(text);
    let quoted = quotations(text);
    let names = Names { page, sentence, text, words: &words };
    let attributions = attribution::attributions(text, &words, page.lang());
    // What is said inside a quotation is said by others.
    let own = attributions
        .iter()
        .filter(|one| !quoted.iter().any(|quotation| quotation.inner.contains(&one.words.start)));
    let mut guesses = own.filter_map(|one| {
        let clause = one.subject_end.is_some();
        let before = one.subject_end.and_then(|end| names.ending_at(end));
        let (entity, name) = before.or_else(|| names.beginning_at(one.subject_start?))?;
        // Of several who speak one name would be a wrong answer, and so would part of a name.
        let is_whole = match clause && name.end() <= one.words.start {
            true => names.stands_alone_before(name),
            false => names.stands_alone_after(name),
        };
        let entity = Some(entity).filter(|_| is_whole);
        let words = Span::new(one.words.start.min(name.start()), one.words.end.max(name.end()));
        Some(entity.map(|entity| Guess { entity, words: words.shifted(sentence.start()), is_clause: clause }))
    });
    let first = guesses.next()??;
    let is_same = |other: Option<Guess<'_>>| {
        other.is_some_and(|other| other.entity.what.folded_id() == first.entity.what.folded_id())
    };
    guesses.all(is_same).then_some(first)
}

impl Guess<'_> {
    /// What is said in the sentence, without who says so; none where that is not one stretch.
    pub(super) fn said(&self, page: &Page<'_>, sentence: Span) -> Option<Span> {
        let plain = &page.article().plain.text;
        let is_mark = |c: char| !c.is_alphanumeric() && !is_quotation_mark(c);
        let before = &plain[sentence.start()..self.words.start()];
        let before = strip_determiner(before, page.lang());
        let after = &plain[self.words.end()..sentence.end()];
        let has_words = |text: &str| text.contains(char::is_alphanumeric);
        let said = match (has_words(before), has_words(after)) {
            // "It is closed, the ministry said."
            (true, false) => {
                let before = before.trim_end();
                // Without a comma the words belong to the sentence: "What the ministry said."
                let is_apart =
                    before.ends_with([',', '–', '—', '?', '!']) || before.ends_with(is_quotation_mark);
                if !is_apart {
                    return None;
                }
                let end = before.trim_end_matches([',', '–', '—']).trim_end().len();
                Span::new(sentence.start(), sentence.start() + end)
            }
            // "The ministry said that it is closed." "According to the ministry, it is closed."
            (false, true) => {
                let start = if self.is_clause {
                    let text = sentence.of(plain);
                    let words = attribution::words(text);
                    let after = self.words.end() - sentence.start();
                    sentence.start() + attribution::said_after(text, &words, after, page.lang())?
                } else {
                    self.words.end()
                };
                let rest = &plain[start..sentence.end()];
                let skipped = rest.len() - rest.trim_start_matches(is_mark).len();
                Span::new(start + skipped, sentence.end())
            }
            _ => return None,
        };
        has_words(said.of(plain)).then_some(said)
    }
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '„' | '«' | '»' | '‹' | '›')
}

fn strip_determiner<'t>(text: &'t str, lang: &str) -> &'t str {
    let trimmed = text.trim_end();
    let start = trimmed.rfind(char::is_whitespace).map_or(0, |space| space + 1);
    if attribution::is_determiner(&trimmed[start..], lang) { &text[..start] } else { text }
}

/// The names in a sentence.
struct Names<'p, 'a> {
    page: &'p Page<'a>,
    sentence: Span,
    text: &'p str,
    words: &'p [Word],
}

impl<'a> Names<'_, 'a> {
    /// The longest name that ends there, with its bytes in the sentence.
    fn ending_at(&self, end: usize) -> Option<(Known<'a, EntityFacts>, Span)> {
        if let Some(found) = self.mention(|span| span.end() == end) {
            return Some(found);
        }
        let last = self.words.partition_point(|word| word.end < end);
        let first = (last + 1).saturating_sub(LONGEST);
        (first..=last).find_map(|first| self.name(first, last))
    }

    /// The longest name that begins there, perhaps behind an article.
    fn beginning_at(&self, start: usize) -> Option<(Known<'a, EntityFacts>, Span)> {
        let first = self.words.partition_point(|word| word.start < start);
        let skips = attribution::is_determiner(&self.text[self.words.get(first)?.clone()], self.page.lang());
        (first..=first + usize::from(skips)).find_map(|first| {
            let start = self.words.get(first)?.start;
            self.mention(|span| span.start() == start).or_else(|| {
                let last = (first + LONGEST).min(self.words.len());
                (first..last).rev().find_map(|last| self.name(first, last))
            })
        })
    }

    /// Whether the words before a name leave it a subject by itself.
    fn stands_alone_before(&self, name: Span) -> bool {
        let lang = self.page.lang();
        let first = self.words.partition_point(|word| word.start < name.start());
        let word = |back: usize| Some(&self.text[self.words.get(first.checked_sub(back)?)?.clone()]);
        let back = if word(1).is_some_and(|word| attribution::is_determiner(word, lang)) { 2 } else { 1 };
        !word(back).is_some_and(|word| attribution::joins(word, lang))
    }

    /// Whether the words after a name leave it the only one.
    fn stands_alone_after(&self, name: Span) -> bool {
        let next = self.words.get(self.words.partition_point(|word| word.start < name.end()));
        !next.is_some_and(|next| attribution::goes_on(&self.text[next.clone()], self.page.lang()))
    }

    /// The entity that these words, from the first to the last, are a name of.
    fn name(&self, first: usize, last: usize) -> Option<(Known<'a, EntityFacts>, Span)> {
        let span = Span::new(self.words.get(first)?.start, self.words.get(last)?.end);
        let asked = &self.page.asked;
        let name = span.of(self.text);
        // A common word may be an alias of somebody; a name begins with a capital.
        let entity = asked.corpus.entity(asked.file, &fold(name)).one().filter(may_speak)?;
        let is_name = name.contains(char::is_uppercase) || last > first;
        is_name.then_some((entity, span))
    }

    /// The entity of the wiki link that is shown at such a stretch of the sentence.
    fn mention(&self, is_there: impl Fn(Span) -> bool) -> Option<(Known<'a, EntityFacts>, Span)> {
        let (article, asked) = (self.page.article(), &self.page.asked);
        article.mentions.iter().find_map(|mention| {
            let shown = mention.shown.unwrap_or(mention.target);
            let start = article.plain.from_source(shown.start()).checked_sub(self.sentence.start())?;
            let end = article.plain.from_source(shown.end()).checked_sub(self.sentence.start())?;
            let span = Span::new(start, end.max(start));
            // The words of the sentence leave out marks at the ends of what is shown.
            let inside = attribution::words(self.text.get(span.range())?);
            let span = Span::new(start + inside.first()?.start, start + inside.last()?.end);
            if !is_there(span) {
                return None;
            }
            let entity = asked.corpus.entity(asked.file, &fold(mention.target.of(asked.text))).one();
            Some((entity.filter(may_speak)?, span))
        })
    }
}

/// Whether it is something that can say anything.
fn may_speak(entity: &Known<'_, EntityFacts>) -> bool {
    !matches!(entity.what.kind, Some(EntityType::Event | EntityType::Work | EntityType::Thing))
}
