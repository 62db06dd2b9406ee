//! The text in which something is to be done, read once, and what would come of changing it.

use std::cell::OnceCell;

use crate::corpus::{ArticleFacts, ClaimFacts};
use crate::diagnostic::Edit;
use crate::syntax::{self, Annotation, Article};
use crate::text::{LineIndex, Span, edited};

use super::RefactoringContext;

/// A file, as far as it had to be read so far.
pub(super) struct Page<'a> {
    pub(super) asked: RefactoringContext<'a>,
    lines: OnceCell<LineIndex>,
    article: OnceCell<Article>,
}

/// By how much a change makes more of something, or less.
#[derive(Clone, Copy, Default)]
pub(super) struct Growth {
    pub(super) annotations: isize,
    pub(super) citations: isize,
    pub(super) mentions: isize,
    pub(super) links: isize,
    pub(super) suppressions: isize,
}

/// Bytes to replace, and by what; in order, none touching another.
pub(super) type Changes = Vec<(Span, String)>;

impl<'a> Page<'a> {
    pub(super) fn new(asked: RefactoringContext<'a>) -> Page<'a> {
        Page { asked, lines: OnceCell::new(), article: OnceCell::new() }
    }

    /// What is known of it as an article; nothing of registries.
    pub(super) fn facts(&self) -> Option<&'a ArticleFacts> {
        self.asked.file.article.as_ref()
    }

    pub(super) fn lang(&self) -> &'a str {
        self.facts().map_or("en", |article| &article.lang)
    }

    /// Its markup.
    pub(super) fn article(&self) -> &Article {
        self.article.get_or_init(|| syntax::parse(self.asked.text))
    }

    pub(super) fn text(&self) -> &'a str {
        self.asked.text
    }

    /// How its lines end.
    pub(super) fn line_end(&self) -> &'static str {
        let text = self.text();
        match text.find(['\n', '\r']) {
            Some(at) if text[at..].starts_with("\r\n") => "\r\n",
            Some(at) if text[at..].starts_with('\r') => "\r",
            _ => "\n",
        }
    }

    pub(super) fn edit(&self, span: Span, text: impl Into<String>) -> Edit {
        let lines = self.lines.get_or_init(|| LineIndex::new(self.text()));
        Edit::new(&self.asked.file.path, lines.place(self.text(), span), text)
    }

    /// What adds attributes (` by=a`) to those of an annotation.
    pub(super) fn added(&self, to: &Annotation, attributes: &str) -> (Span, String) {
        let own = to.attributes.span;
        match to.attributes.is_braced(self.text()) {
            true => (Span::at(own.end() - 1), attributes.to_owned()),
            // A bare class of a div leaves no place beside it.
            false => (own, format!("{{.{}{attributes}}}", own.of(self.text()))),
        }
    }

    pub(super) fn edits(&self, changes: Changes) -> Vec<Edit> {
        changes.into_iter().map(|(span, text)| self.edit(span, text)).collect()
    }

    /// The text after these changes.
    pub(super) fn changed(&self, changes: &Changes) -> String {
        edited(self.text(), changes.iter().map(|(span, with)| (*span, with.as_str())))
    }

    /// The article after these changes, where readers see the same words and the markup is
    /// what it was but for the growth.
    pub(super) fn draft(&self, changes: &Changes, growth: Growth) -> Option<(String, Article)> {
        let before = self.article();
        let text = self.changed(changes);
        let after = syntax::parse(&text);
        let grew = |was: usize, is: usize, by: isize| was.checked_add_signed(by) == Some(is);
        let groups = |article: &Article| article.citations.iter().filter(|one| !one.bare).count();
        let is_same = grew(before.annotations.len(), after.annotations.len(), growth.annotations)
            && grew(groups(before), groups(&after), growth.citations)
            && grew(before.mentions.len(), after.mentions.len(), growth.mentions)
            && grew(before.links.len(), after.links.len(), growth.links)
            && grew(before.suppressions.len(), after.suppressions.len(), growth.suppressions)
            && before.footnote_references.len() == after.footnote_references.len()
            && before.headings.len() == after.headings.len()
            && before.blocks.len() == after.blocks.len()
            && after.problems.len() <= before.problems.len()
            && before.plain.text.split_whitespace().eq(after.plain.text.split_whitespace());
        is_same.then_some((text, after))
    }

    /// The innermost claim at the selection's start, as an index in the article's annotations:
    /// either of its ends counts as in it.
    pub(super) fn claim(&self) -> Option<(usize, &Annotation)> {
        let range = self.asked.range;
        let holds = |claim: &Annotation| claim.span.start <= range.start && range.end <= claim.span.end;
        self.article().claims().filter(|(_, claim)| holds(claim)).last()
    }

    /// The facts of a claim, with its number.
    pub(super) fn claim_facts(&self, claim: &Annotation) -> Option<(u32, &'a ClaimFacts)> {
        let claims = &self.facts()?.claims;
        let at = claims.iter().position(|facts| facts.place.span() == claim.span)?;
        Some((at as u32, claims.get(at)?))
    }
}

/// The stretch without white space at its ends.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start() + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// A word as part of a sentence: no longer than people want to read in a menu.
pub(super) fn shortened(words: &str) -> String {
    const MOST: usize = 40;
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    if words.chars().count() <= MOST {
        return words;
    }
    let cut: String = words.chars().take(MOST - 1).collect();
    cut + "…"
}
