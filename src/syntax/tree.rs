//! What a parse yields. Every part knows its bytes in the source.

use crate::data::FrontMatterBlock;
use crate::text::Span;

use super::vocabulary;

/// One article as read.
#[derive(Debug, Default)]
pub struct Article {
    /// The YAML block at the start, where there is one.
    pub front_matter: Option<FrontMatterBlock>,
    /// Blocks that hold inline text, in document order.
    pub blocks: Vec<Block>,
    /// Spans, headings, divs and images with attributes, by start, outer before inner.
    pub annotations: Vec<Annotation>,
    /// Citation groups and bare keys, by start.
    pub citations: Vec<Citation>,
    /// Wiki links, by start.
    pub mentions: Vec<Mention>,
    /// Ordinary links and images, by start.
    pub links: Vec<Link>,
    /// Where labels of links lead, by start.
    pub definitions: Vec<LinkDefinition>,
    /// Headings, with their anchors.
    pub headings: Vec<Heading>,
    /// Footnote definitions.
    pub footnotes: Vec<Footnote>,
    /// Where footnotes are referred to: place and index in `footnotes`.
    pub footnote_references: Vec<(Span, usize)>,
    /// Comments that switch rules off.
    pub suppressions: Vec<Suppression>,
    /// HTML comments, by start.
    pub comments: Vec<Span>,
    /// Code spans, math and autolinks: shown, but not prose. By start.
    pub verbatim: Vec<Span>,
    /// What is wrong with the markup, by start.
    pub problems: Vec<Problem>,
    /// The shown text of all blocks.
    pub plain: Plain,
}

impl Article {
    /// The annotations that are claims.
    pub fn claims(&self) -> impl Iterator<Item = (usize, &Annotation)> {
        self.annotations.iter().enumerate().filter(|(_, annotation)| annotation.is_claim())
    }

    /// Whether the byte at `at` is in a code span, math or an autolink.
    #[must_use]
    pub fn is_verbatim(&self, at: usize) -> bool {
        let after = self.verbatim.partition_point(|span| span.start() <= at);
        after > 0 && self.verbatim[after - 1].contains_offset(at)
    }

    /// The annotations around `index`, innermost first.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = (usize, &Annotation)> {
        std::iter::successors(self.annotations[index].parent, |&at| self.annotations[at].parent)
            .map(|at| (at, &self.annotations[at]))
    }

    /// The clean text of an annotation: what a reader sees of it, white space as
    /// single spaces, none at the ends.
    #[must_use]
    pub fn clean_text(&self, annotation: &Annotation) -> &str {
        annotation.text.of(&self.plain.text).trim()
    }

    /// The id of an annotation: the one written, or of a heading without one the one
    /// that Pandoc makes of its text.
    #[must_use]
    pub fn id_of<'a>(&'a self, annotation: &'a Annotation) -> Option<&'a str> {
        if let Some(id) = annotation.attributes.id() {
            return Some(&id.text);
        }
        let block = annotation.block.filter(|_| annotation.carrier == Carrier::Heading)?;
        let index = self.headings.binary_search_by_key(&block, |heading| heading.block).ok()?;
        self.headings[index].pandoc_id.as_deref()
    }

    /// What a reader sees of a mention, where that is given.
    #[must_use]
    pub fn shown_text(&self, mention: &Mention) -> Option<&str> {
        let shown = mention.shown?;
        let from = self.plain.from_source(shown.start());
        let to = self.plain.from_source(shown.end());
        Some(self.plain.text[from.min(to)..to].trim())
    }
}

/// The shown text of an article: blocks one after the other, with a space between
/// as for every other run of white space.
#[derive(Debug, Default)]
pub struct Plain {
    /// The text.
    pub text: String,
    /// Where each stretch of it comes from, in order; one reaches to the next.
    pub runs: Vec<Run>,
}

/// A stretch of shown text and the source that it stands for: the same bytes, or
/// what is shown instead of them.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Where it begins in [`Plain::text`].
    pub at: u32,
    /// The source.
    pub source: Span,
    /// Whether something else is shown instead of it.
    pub replaced: bool,
}

impl Plain {
    /// The offset here of what stands at `source` in the source, or of what follows it.
    #[must_use]
    pub fn from_source(&self, source: usize) -> usize {
        let after = self.runs.partition_point(|run| run.source.start() <= source);
        let Some(run) = after.checked_sub(1).map(|index| self.runs[index]) else { return 0 };
        let end = self.runs.get(after).map_or(self.text.len(), |next| next.at as usize);
        let mut at = (run.at as usize + (source - run.source.start())).min(end).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The offset in the source of what stands at `here`.
    #[must_use]
    pub fn to_source(&self, here: usize) -> usize {
        let after = self.runs.partition_point(|run| run.at as usize <= here);
        let Some(run) = after.checked_sub(1).map(|index| self.runs[index]) else { return 0 };
        match run.replaced {
            true => run.source.start(),
            false => (run.source.start() + (here - run.at as usize)).min(run.source.end()),
        }
    }

    /// The offset in the source just after what ends at `here`.
    #[must_use]
    pub fn end_to_source(&self, here: usize) -> usize {
        let after = self.runs.partition_point(|run| (run.at as usize) < here);
        let Some(run) = after.checked_sub(1).map(|index| self.runs[index]) else {
            return self.to_source(here);
        };
        match self.runs.get(after) {
            // All of the run, which may be longer or shorter than what it stands for.
            Some(next) if next.at as usize == here => run.source.end(),
            None if self.text.len() == here => run.source.end(),
            // Nothing of what is shown is a part of `&amp;`.
            _ if run.replaced => run.source.end(),
            _ => (run.source.start() + (here - run.at as usize)).min(run.source.end()),
        }
    }
}

/// What a block of inline text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph, or the text of a tight list item.
    Paragraph,
    /// A heading of that level.
    Heading(u8),
    /// A cell of the table row with that number, counted over the article.
    Cell(u32),
}

/// A block of inline text: what annotations never reach out of.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// From its first to its last inline byte.
    pub span: Span,
    /// Its stretch of [`Plain::text`].
    pub plain: Span,
    /// The footnote definition it stands in, as an index in [`Article::footnotes`].
    pub footnote: Option<u32>,
    /// How many block quotes are around it.
    pub quotes: u32,
    /// Whether a list is around it.
    pub in_list: bool,
}

/// What carries an attribute block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// `[text]{…}`
    Span,
    /// `# Head {…}`
    Heading,
    /// `::: {…}` to `:::`
    Div,
    /// `![alt](file){…}`
    Image,
}

/// A stretch of the article that carries attributes which newsmark reads.
#[derive(Debug)]
pub struct Annotation {
    /// What carries the attributes.
    pub carrier: Carrier,
    /// All of it, attributes included.
    pub span: Span,
    /// What is annotated: between the brackets, the heading's text, the div's lines.
    pub content: Span,
    /// The attribute block.
    pub attributes: Attributes,
    /// Its stretch of [`Plain::text`], perhaps with white space at the ends.
    pub text: Span,
    /// The annotation around it, as an index in [`Article::annotations`].
    pub parent: Option<usize>,
    /// The block it stands in, as an index in [`Article::blocks`]; none for a div.
    pub block: Option<usize>,
    /// Whether its own markup was reported, so that what it says is not judged.
    pub flawed: bool,
}

impl Annotation {
    /// Whether it has one of the classes that make a claim.
    #[must_use]
    pub fn is_claim(&self) -> bool {
        self.attributes.classes().any(|(_, class)| vocabulary::is_claim_class(class))
    }

    /// Whether it has `class`.
    #[must_use]
    pub fn has_class(&self, class: &str) -> bool {
        self.attributes.classes().any(|(_, own)| own == class)
    }
}

/// One item of an attribute block.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// All of it: `#id`, `.class` or `key=value`.
    pub span: Span,
    /// The name: the id without `#`, the class without `.`, the key.
    pub name: Span,
    /// The value's bytes without quotation marks; none for `#id` and `.class`.
    pub value: Option<Span>,
    /// What is said: the id, the class, or the value with escapes resolved.
    pub text: Box<str>,
    /// Which of the three it is.
    pub kind: AttributeKind,
}

/// Which kind of item an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// `#id`, or `id=…`.
    Id,
    /// `.class`, or `class=…` with one or more classes.
    Class,
    /// `key=value`.
    Pair,
}

/// An attribute block, `{` to `}`.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    /// The block with its braces.
    pub span: Span,
    /// Its items, in order.
    pub items: Vec<Attribute>,
}

impl Attributes {
    /// Whether they stand in braces; a div may have a bare class for them.
    #[must_use]
    pub fn is_braced(&self, text: &str) -> bool {
        self.span.of(text).starts_with('{')
    }

    /// The id that counts: the last.
    #[must_use]
    pub fn id(&self) -> Option<&Attribute> {
        self.items.iter().rev().find(|item| item.kind == AttributeKind::Id)
    }

    /// Every class, with its bytes (without the dot), in order.
    pub fn classes(&self) -> impl Iterator<Item = (&Attribute, &str)> {
        self.items
            .iter()
            .filter(|item| item.kind == AttributeKind::Class)
            .flat_map(|item| item.text.split_ascii_whitespace().map(move |class| (item, class)))
    }

    /// Every `key=value`, in order, with the key as written in `text`.
    pub fn pairs<'a>(&'a self, text: &'a str) -> impl DoubleEndedIterator<Item = (&'a str, &'a Attribute)> {
        self.items
            .iter()
            .filter(|item| item.kind == AttributeKind::Pair)
            .map(move |item| (item.name.of(text), item))
    }

    /// The value of `key` that counts: the last.
    #[must_use]
    pub fn get<'a>(&'a self, text: &'a str, key: &str) -> Option<&'a Attribute> {
        self.pairs(text).rev().find(|&(own, _)| own == key).map(|(_, item)| item)
    }

    /// Whether any class or key in it is newsmark's.
    #[must_use]
    pub fn is_newsmarks(&self, text: &str) -> bool {
        self.classes().any(|(_, class)| vocabulary::is_class(class))
            || self.pairs(text).any(|(key, _)| vocabulary::is_key(key))
    }
}

/// `[@a, p. 3; @b]`, or a bare `@a`.
#[derive(Debug)]
pub struct Citation {
    /// The group with its brackets, or the bare key with its `@`.
    pub span: Span,
    /// Whether it is a bare key, which is a citation only if the source is known.
    pub bare: bool,
    /// What is cited.
    pub items: Vec<CitedItem>,
}

/// One source in a citation.
#[derive(Clone, Debug)]
pub struct CitedItem {
    /// `@key` or `@{key}`, with a minus sign before it where there is one.
    pub span: Span,
    /// The key itself.
    pub key: Span,
    /// The words before it.
    pub prefix: Span,
    /// Everything after the key, up to the next item.
    pub suffix: Span,
    /// The place in the source, as the suffix gives it: `p. 33`, `00:12:31`.
    pub locator: Option<Span>,
}

/// `[[target|shown]]`
#[derive(Debug)]
pub struct Mention {
    /// All of it.
    pub span: Span,
    /// The entity, article or claim meant, without white space at its ends.
    pub target: Span,
    /// What the reader sees, where that is given.
    pub shown: Option<Span>,
}

/// Where an ordinary link or picture points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// `[text](destination)`: what is written there, escapes resolved.
    Inline(Box<str>),
    /// `[text][label]`: what the definition says.
    Reference(Box<str>),
}

impl LinkTarget {
    /// The destination.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            LinkTarget::Inline(target) | LinkTarget::Reference(target) => target,
        }
    }
}

/// An ordinary link or a picture.
#[derive(Debug)]
pub struct Link {
    /// All of it, without an attribute block.
    pub span: Span,
    /// The text or description, between the brackets.
    pub text: Span,
    /// The destination's bytes, where it is written in the link itself.
    pub destination: Option<Span>,
    /// Where it points.
    pub target: LinkTarget,
    /// Whether it is a picture.
    pub image: bool,
    /// The attribute block of a picture.
    pub attributes: Option<Attributes>,
}

/// A heading, as something that links can point at.
#[derive(Debug)]
pub struct Heading {
    /// All of it.
    pub span: Span,
    /// 1 to 6.
    pub level: u8,
    /// The block of its text, as an index in [`Article::blocks`].
    pub block: usize,
    /// The id given in its attributes.
    pub id: Option<Span>,
    /// The id that Pandoc makes of its text, unless one is given.
    pub pandoc_id: Option<String>,
    /// The id that most sites make of its text.
    pub web_id: String,
}

/// `[label]: destination`: where links of that label lead.
#[derive(Debug)]
pub struct LinkDefinition {
    /// All of it, the title included.
    pub span: Span,
    /// The destination's bytes.
    pub destination: Span,
    /// Where it leads, escapes resolved.
    pub target: Box<str>,
}

/// A footnote's definition.
#[derive(Debug)]
pub struct Footnote {
    /// All of it.
    pub span: Span,
    /// The label, without brackets and caret.
    pub label: Box<str>,
}

/// What a suppression covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressionScope {
    /// Everything in the file.
    File,
    /// The block that follows, or the line that the comment ends.
    Within(Span),
    /// Nothing: no block follows.
    Nothing,
}

/// `<!-- newsmark-ignore rule, rule: reason -->`
#[derive(Debug)]
pub struct Suppression {
    /// The comment.
    pub span: Span,
    /// The rules' names as written.
    pub rules: Vec<Span>,
    /// Why, where it says so.
    pub reason: Option<Span>,
    /// What it covers.
    pub scope: SuppressionScope,
}

/// What kind of mistake the markup has; each is a rule's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// An attribute block that does not parse.
    MalformedAttributes,
    /// `[…` never closed before its attributes, or a div without its end.
    UnclosedClaim,
    /// A bracket without its partner.
    UnmatchedBracket,
    /// Attributes on what cannot carry them.
    MisplacedAnnotation,
    /// A class, key or value nearly right.
    UnknownAnnotation,
    /// An id or key given twice.
    DuplicateAttribute,
    /// A claim of no words.
    EmptyClaim,
    /// `[@key]{…}`
    SwallowedCitation,
    /// `[@a][@b]`, `[@a](…)`
    AdjacentCitations,
    /// A citation that takes prose or a link for a locator.
    CitationSwallowsText,
    /// `[[entity]]{…}`
    MentionWithAttributes,
    /// Invisible characters where they mislead.
    ConfusableText,
    /// An id that the article has already.
    DuplicateClaim,
    /// No date where one is asked for.
    InvalidDate,
}

impl ProblemKind {
    /// The name of the rule that reports it.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            ProblemKind::MalformedAttributes => "malformed-attributes",
            ProblemKind::UnclosedClaim => "unclosed-claim",
            ProblemKind::UnmatchedBracket => "unmatched-bracket",
            ProblemKind::MisplacedAnnotation => "misplaced-annotation",
            ProblemKind::UnknownAnnotation => "unknown-annotation",
            ProblemKind::DuplicateAttribute => "duplicate-attribute",
            ProblemKind::EmptyClaim => "empty-claim",
            ProblemKind::SwallowedCitation => "swallowed-citation",
            ProblemKind::AdjacentCitations => "adjacent-citations",
            ProblemKind::CitationSwallowsText => "citation-swallows-text",
            ProblemKind::MentionWithAttributes => "mention-with-attributes",
            ProblemKind::ConfusableText => "confusable-text",
            ProblemKind::DuplicateClaim => "duplicate-claim",
            ProblemKind::InvalidDate => "invalid-date",
        }
    }
}

/// How the markup can be mended.
#[derive(Clone, Debug)]
pub struct ProblemFix {
    /// What it does, as an order.
    pub title: String,
    /// Bytes to replace, and by what.
    pub edits: Vec<(Span, String)>,
}

/// Something wrong with the markup.
#[derive(Debug)]
pub struct Problem {
    /// What kind of mistake.
    pub kind: ProblemKind,
    /// The bytes to underline.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// How it can be mended.
    pub fix: Option<ProblemFix>,
}
