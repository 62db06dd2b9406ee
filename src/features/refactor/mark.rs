//! Marking words as a claim: the selection, or the sentence under the cursor.

mod figure;
mod target;

use crate::corpus::{ClaimFacts, Corpus, EntityFacts, FileFacts, Known};
use crate::syntax::sentence::{Quotation, quotations};
use crate::syntax::{Annotation, AttributeKind, Carrier, attribute_value};
use crate::text::Span;

use super::page::{Changes, Growth, Page};
use super::speaker::{self, Guess};
use super::{Refactoring, RefactoringKind, Work};
use target::{Refusal, Target};

/// What words can be marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Claim,
    Quote,
    Accusation,
    Response,
    Figure,
}

impl Class {
    const ALL: [Class; 5] = [Class::Claim, Class::Quote, Class::Accusation, Class::Response, Class::Figure];

    fn name(self) -> &'static str {
        match self {
            Class::Claim => "claim",
            Class::Quote => "quote",
            Class::Accusation => "accusation",
            Class::Response => "response",
            Class::Figure => "figure",
        }
    }

    fn with_article(self) -> &'static str {
        match self {
            Class::Accusation => "an accusation",
            Class::Claim => "a claim",
            Class::Quote => "a quote",
            Class::Response => "a response",
            Class::Figure => "a figure",
        }
    }
}

pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    if page.facts().is_none() {
        return;
    }
    let target = match target::of_selection(page) {
        Ok(target) => target,
        Err(Refusal::NoText) => return,
        Err(Refusal::Because(why)) => {
            for class in Class::ALL {
                let title = format!("Mark as {}", class.with_article());
                found.push(Refactoring::new(RefactoringKind::Mark, title, Work::Refused(why.to_owned())));
            }
            return;
        }
    };
    let marker = Marker { page, guess: speaker::guess(page, target.sentence), target };
    for class in Class::ALL {
        found.extend(marker.refactoring(class));
    }
}

/// Marks one target.
struct Marker<'p, 'a> {
    page: &'p Page<'a>,
    target: Target,
    guess: Option<Guess<'a>>,
}

impl<'a> Marker<'_, 'a> {
    fn refactoring(&self, class: Class) -> Option<Refactoring<'a>> {
        let what = if self.target.is_cursor { what_is_there(class) } else { "the selection" };
        let mut title = format!("Mark {what} as {}", class.with_article());
        let work = match class {
            Class::Quote => self.quote(),
            Class::Figure => self.figure(),
            _ => match self.marked_already() {
                Some(claim) if claim.has_class(class.name()) => {
                    Err(format!("it is marked as {} already", class.with_article()))
                }
                Some(_) if class == Class::Claim => Err("it is marked already".to_owned()),
                Some(claim) => {
                    title = format!("Mark this claim as {}, too", class.with_article());
                    add_class(claim, class).ok_or_else(|| "its attributes leave no place for it".to_owned())
                }
                None => self.claim(class),
            },
        };
        let work = work.map(|changes| self.page.edits(changes));
        Some(Refactoring::new(RefactoringKind::Mark, title, work.into()))
    }

    /// The claim whose words are those that would be marked.
    fn marked_already(&self) -> Option<&Annotation> {
        let plain = &self.page.article().plain.text;
        let bare = |span: Span| span.of(plain).trim_matches(|c: char| !c.is_alphanumeric());
        let (_, claim) = self.page.claim().filter(|(_, claim)| claim.carrier != Carrier::Div)?;
        let wanted = self.said().unwrap_or(self.target.words);
        (claim.text.contains(self.target.words) && self.target.is_cursor
            || bare(claim.text) == bare(self.target.words)
            || bare(claim.text) == bare(wanted))
        .then_some(claim)
    }

    /// Of the sentence under the cursor what is said there, without who says so.
    fn said(&self) -> Option<Span> {
        let guess = self.guess.as_ref().filter(|_| self.target.is_cursor)?;
        guess.said(self.page, self.target.sentence)
    }

    fn claim(&self, class: Class) -> Result<Changes, String> {
        let words = self.said().unwrap_or(self.target.words);
        let words = if self.target.is_cursor { target::without_stop(self.page, words) } else { words };
        let mut attributes = format!(".{}", class.name());
        if class == Class::Response
            && let Some(id) = self.answered()
        {
            attributes.push_str(&format!(" answers=#{id}"));
        }
        self.mark(words, attributes)
    }

    fn quote(&self) -> Result<Changes, String> {
        let words = if self.target.is_cursor {
            self.quotation_under_cursor()?
        } else {
            self.with_quotation_marks(self.target.words)
        };
        self.mark(words, ".quote".to_owned())
    }

    /// The words between quotation marks under the cursor, or the only ones of the sentence.
    fn quotation_under_cursor(&self) -> Result<Span, String> {
        let article = self.page.article();
        let block = article.blocks[self.target.block].plain;
        let outer = |quotation: &Quotation| Span::from(quotation.outer.clone()).shifted(block.start());
        let all: Vec<Span> = quotations(block.of(&article.plain.text)).iter().map(outer).collect();
        if let Some(here) = all.iter().find(|one| (one.start()..=one.end()).contains(&self.target.at)) {
            return Ok(*here);
        }
        let mut own = all.iter().filter(|one| self.target.sentence.contains(**one));
        match (own.next(), own.next()) {
            (Some(one), None) => Ok(*one),
            (Some(_), Some(_)) => Err("put the cursor in one of the quotations".to_owned()),
            (None, _) => Err("no words in quotation marks stand here".to_owned()),
        }
    }

    /// The selection with the quotation marks right around it.
    fn with_quotation_marks(&self, words: Span) -> Span {
        let article = self.page.article();
        let block = article.blocks[self.target.block].plain;
        let all = quotations(block.of(&article.plain.text));
        let is_inner =
            |quotation: &&Quotation| Span::from(quotation.inner.clone()).shifted(block.start()) == words;
        all.iter().find(is_inner).map_or(words, |one| Span::from(one.outer.clone()).shifted(block.start()))
    }

    fn figure(&self) -> Result<Changes, String> {
        let number = figure::number(self.page, &self.target)?;
        let event = figure::event(self.page, &self.target);
        let mut attributes = ".figure".to_owned();
        for (key, value) in [("event", event), ("what", figure::what(self.page, &self.target))] {
            if let Some(value) = value {
                attributes.push_str(&format!(" {key}={}", attribute_value(&value)));
            }
        }
        self.mark_as(number, attributes, false)
    }

    fn mark(&self, words: Span, attributes: String) -> Result<Changes, String> {
        self.mark_as(words, attributes, true)
    }

    /// Puts brackets around these words of the shown text, and the attributes behind them.
    fn mark_as(&self, words: Span, mut attributes: String, with_speaker: bool) -> Result<Changes, String> {
        if let Some(speaker) = self.guess.as_ref().filter(|_| with_speaker).map(|guess| guess.entity)
            && !self.is_inherited(speaker)
        {
            attributes.push_str(&format!(" by={}", attribute_value(&speaker.what.id)));
        }
        for span in target::ways_to_take(self.page, &self.target, words)? {
            let changes = vec![
                (Span::at(span.start()), "[".to_owned()),
                (Span::at(span.end()), format!("]{{{attributes}}}")),
            ];
            let growth = Growth { annotations: 1, ..Growth::default() };
            let Some((_, after)) = self.page.draft(&changes, growth) else { continue };
            if after.claims().any(|(_, claim)| claim.content == span.shifted(1)) {
                return Ok(changes);
            }
        }
        Err("in brackets these words would be read as something else".to_owned())
    }

    /// Whether the claim or div around says already that it is they who speak.
    fn is_inherited(&self, speaker: Known<'_, EntityFacts>) -> bool {
        let Some(claim) = self.page.claim().map(|(at, _)| at) else { return false };
        let (article, text) = (self.page.article(), self.page.text());
        let around = std::iter::once(&article.annotations[claim])
            .chain(article.ancestors(claim).map(|(_, annotation)| annotation));
        let by = around.filter_map(|annotation| annotation.attributes.get(text, "by")).next();
        by.is_some_and(|by| crate::text::fold(&by.text) == speaker.what.folded_id())
    }

    /// The id of the one accusation here against whoever speaks.
    fn answered(&self) -> Option<&'a str> {
        let speaker = self.guess.as_ref()?.entity;
        let asked = &self.page.asked;
        let accusations = self.page.facts()?.claims.iter().filter(|claim| claim.accusation);
        let mut own = accusations.filter(|claim| is_against(asked.corpus, asked.file, claim, speaker));
        let (first, second) = (own.next()?, own.next());
        first
            .id
            .as_deref()
            .filter(|id| second.is_none() && id.chars().all(|c| c.is_alphanumeric() || c == '-'))
    }
}

fn what_is_there(class: Class) -> &'static str {
    match class {
        Class::Quote => "the quotation",
        Class::Figure => "the number",
        _ => "the sentence",
    }
}

fn is_against(
    corpus: &Corpus,
    file: &FileFacts,
    claim: &ClaimFacts,
    accused: Known<'_, EntityFacts>,
) -> bool {
    let names = claim.against.map(|against| corpus.expand(file, against)).unwrap_or_default();
    names.iter().any(|name| {
        let entity = corpus.entity(file, &name.folded).one();
        entity.is_some_and(|entity| entity.what.folded_id() == accused.what.folded_id())
    })
}

/// One more class, behind the last that a claim has.
fn add_class(claim: &Annotation, class: Class) -> Option<Changes> {
    let mut classes = claim.attributes.items.iter().filter(|item| item.kind == AttributeKind::Class);
    let last = classes.rfind(|item| item.value.is_none())?;
    Some(vec![(Span::at(last.span.end()), format!(" .{}", class.name()))])
}
