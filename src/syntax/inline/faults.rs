//! What is said of markup that came out otherwise than it was plainly meant.

use unicode_normalization::UnicodeNormalization;

use crate::text::Span;

use super::super::attributes::{self, Failure, Reader, Reason};
use super::super::citation;
use super::super::tree::{Annotation, Carrier, CitedItem, Problem, ProblemFix, ProblemKind};
use super::super::vocabulary;
use super::{Before, BlockState, Opener, Scanner};

impl Scanner<'_> {
    /// `[[entity]]{…}`
    pub(super) fn mention_with_attributes(&mut self, span: Span, attributes: Span) {
        let link = Span::new(span.start(), attributes.start());
        let fix = ProblemFix {
            title: format!("Put `{}` into a span", link.of(self.text)),
            edits: vec![(Span::at(link.start()), "[".to_owned()), (Span::at(link.end()), "]".to_owned())],
        };
        self.problem(
            ProblemKind::MentionWithAttributes,
            span,
            "a wiki link cannot carry braces: nobody is mentioned here, and the inner brackets are printed",
            Some(
                "take the braces away, or put the wiki link inside brackets of its own: `[[[entity]] …]{…}`",
            ),
            Some(fix),
        );
    }

    /// `[@key]{…}`
    pub(super) fn swallowed_citation(&mut self, span: Span) {
        self.problem(
            ProblemKind::SwallowedCitation,
            span,
            "braces right after a citation make it marked text: nothing is cited",
            Some("mark the words that are claimed, `[words]{…}`, and cite after them, `[@key]`"),
            None,
        );
    }

    /// `@key [[entity]]`
    pub(super) fn swallowed_mention(&mut self, key: Span, mention: Span) {
        let whole = key.of(self.text);
        let start = key.start() + usize::from(whole.starts_with('-'));
        self.problem(
            ProblemKind::CitationSwallowsText,
            Span::new(start, mention.end()),
            "this citation takes the link after it for a page number: built by Pandoc, the link is lost",
            Some("put the citation into brackets at the end of the sentence, or a word between the two; write a handle as `\\@name`"),
            None,
        );
    }

    /// `[the minister told @reuters he lied]`
    pub(super) fn swallowed_text(&mut self, group: Span, items: &[CitedItem]) {
        // Room for "see for example"; the language's limit.
        const MOST: usize = 3;
        let words: usize =
            items.iter().map(|item| citation::words_outside_locator(self.text, item)).max().unwrap_or(0);
        if words > MOST {
            self.problem(
                ProblemKind::CitationSwallowsText,
                group,
                "these brackets are one citation: the words in them are lost to the reader",
                Some("keep the words outside the brackets; write a handle as `\\@name`"),
                None,
            );
        }
    }

    /// `[@a][@b]`, `[@a](…)`; `joins` says whether both are groups.
    pub(super) fn touching(&mut self, state: &mut BlockState<'_>, group: Span, follower: Span, joins: bool) {
        let (edit, title) = junction(group.end(), joins);
        let index = match state.chain {
            Some((index, end)) if end == group.start() => index,
            _ => {
                let (message, help) = if joins {
                    (
                        "citation groups touch: not all of them are read as citations",
                        "put them into one group: `[@a; @b]`",
                    )
                } else {
                    (
                        "what touches this citation makes it a link: nothing is cited",
                        "put a space between them",
                    )
                };
                let fix = ProblemFix { title: title.to_owned(), edits: Vec::new() };
                self.problem(ProblemKind::AdjacentCitations, group, message, Some(help), Some(fix));
                self.article.problems.len() - 1
            }
        };
        self.extend_chain(index, follower, edit);
        state.chain = Some((index, follower.end()));
    }

    /// A group that touches others which were reported already.
    pub(super) fn continue_chain(&mut self, state: &mut BlockState<'_>, opener: &Opener, close: usize) {
        let open = opener.at as usize;
        if let Some((index, end)) = state.chain
            && end == open
        {
            let (edit, _) = junction(open, true);
            self.extend_chain(index, Span::new(open, close + 1), edit);
            state.chain = Some((index, close + 1));
        }
    }

    fn extend_chain(&mut self, index: usize, follower: Span, edit: (Span, String)) {
        let problem = &mut self.article.problems[index];
        problem.span = problem.span.cover(follower);
        if let Some(fix) = &mut problem.fix {
            fix.edits.push(edit);
        }
    }

    /// Reports attribute blocks that stand on their own; returns the brackets that
    /// were plainly meant to close before one, in order.
    pub(super) fn loose_blocks(&mut self, state: &BlockState<'_>, open: &[Opener]) -> Vec<usize> {
        let mut unclosed: Vec<usize> = Vec::new();
        for (attributes, before) in &state.loose {
            let at = attributes.span.start();
            // The blocks come in order, so the last bracket reported is the nearest one.
            let nearest = open.partition_point(|opener| (opener.at as usize) < at).checked_sub(1);
            let nearest = nearest.map(|index| open[index].at as usize);
            if let Some(bracket) = nearest.filter(|bracket| unclosed.last() != Some(bracket)) {
                unclosed.push(bracket);
                let before = self.text[bracket..at].trim_end().len();
                let fix = ProblemFix {
                    title: "Close the bracket before the attributes".to_owned(),
                    edits: vec![(Span::new(bracket + before, at), "]".to_owned())],
                };
                self.problem(
                    ProblemKind::UnclosedClaim,
                    Span::new(bracket, bracket + 1),
                    "this claim is never closed: `]` is missing before its attributes",
                    None,
                    Some(fix),
                );
            } else {
                self.misplaced(state, attributes.span, *before);
            }
        }
        unclosed
    }

    fn misplaced(&mut self, state: &BlockState<'_>, attributes: Span, follows: Before) {
        let before = &self.text[state.block.span.start()..attributes.start()];
        let trimmed = before.trim_end();
        let detached = trimmed.len() < before.len() && trimmed.ends_with(']');
        let colons = before.trim_end_matches([' ', '\t']);
        let margin = colons.trim_end_matches(':');
        let is_fence = colons.len() - margin.len() >= 3 && {
            let line_start = margin.trim_end_matches([' ', '\t', '>']);
            line_start.is_empty() || line_start.ends_with(['\n', '\r'])
        };
        let (message, help) = if is_fence {
            (
                "this `:::` opens nothing: it is plain text",
                "a fence stands alone at the very start of its line, after a blank one",
            )
        } else if detached {
            ("a space parts these attributes from their brackets: they are plain text", "take the space away")
        } else if follows == Before::Carrier && trimmed.ends_with('`') {
            ("code cannot be a claim", "mark words of the story: `[words]{.claim}`")
        } else if follows == Before::Carrier {
            (
                "a link cannot be a claim",
                "put the link inside brackets of its own: `[[text](address)]{.claim}`",
            )
        } else if follows == Before::Stray {
            ("no `[` opens this claim", "put `[` before the first word of what is claimed")
        } else {
            ("these attributes belong to nothing", "put brackets around the words that they are about")
        };
        let fix = detached.then(|| ProblemFix {
            title: "Take the space away".to_owned(),
            edits: vec![(
                Span::new(state.block.span.start() + trimmed.len(), attributes.start()),
                String::new(),
            )],
        });
        self.problem(ProblemKind::MisplacedAnnotation, attributes, message, Some(help), fix);
    }

    /// Reports brackets without partner in a block that has a claim, but for those
    /// that were reported as `unclosed` claims.
    pub(super) fn unmatched(&mut self, state: &BlockState<'_>, open: &[Opener], unclosed: &[usize]) {
        let is_claim = |own: &Annotation| own.carrier == Carrier::Span && own.is_claim();
        if !self.article.annotations[state.start.annotations..].iter().any(is_claim) {
            return;
        }
        let opening = open.iter().map(|opener| (opener.at as usize, true));
        for (at, opens) in opening.chain(state.strays.iter().map(|&at| (at, false))) {
            if opens && unclosed.binary_search(&at).is_ok() {
                continue;
            }
            let (message, escaped) = if opens {
                ("no `]` closes this bracket", "\\[")
            } else {
                ("no `[` opens what this bracket closes", "\\]")
            };
            self.problem(
                ProblemKind::UnmatchedBracket,
                Span::new(at, at + 1),
                message,
                Some("take it away, or give it its partner"),
                Some(ProblemFix {
                    title: format!("Write it as plain text: `{escaped}`"),
                    edits: vec![(Span::new(at, at + 1), escaped.to_owned())],
                }),
            );
        }
    }

    /// Reports an attribute block that does not parse, where it was plainly meant.
    ///
    /// `picture` says whether a picture carries the block: its keys show as plainly what is
    /// meant as a class does.
    pub(super) fn malformed(&mut self, state: &BlockState<'_>, open: usize, failure: Failure, picture: bool) {
        let span = faulty_block(self.text, open, state.block.span.end());
        let block = span.of(self.text);
        // In running text a word in braces is a template's place holder more often than not.
        let carried = self.text[..open].ends_with([']', ')']);
        let dotless = dotless_class(block).filter(|_| carried);
        if !(names_class(block) || dotless.is_some() || picture && names_key(block)) {
            return;
        }
        let at = failure.at.clamp(open, span.end());
        let place = self.text[open..at].chars().count() + 1;
        let found = self.text[at..state.block.span.end()].chars().next().filter(|c| !c.is_control());
        let message = match (failure.reason, found) {
            (Reason::Unexpected, _) if dotless.is_some() => {
                let class = dotless.unwrap_or_default();
                format!("a class has a dot before it: `.{class}`")
            }
            (Reason::Unclosed, _) => "this attribute block is never closed: `}` is missing".to_owned(),
            (Reason::UnclosedQuote(quote), _) => {
                format!("the quotation mark `{quote}` at character {place} of this block is never closed")
            }
            (Reason::SpaceAfterQuote, _) => {
                format!("a quoted value cannot begin with a space (character {place} of this block)")
            }
            (Reason::TypographicQuotes, _) => format!(
                "typographic quotation marks do not quote a value (character {place} of this block); write `\"`"
            ),
            (Reason::LooseMark, _) => format!(
                "an accent at character {place} of this block is a character of its own; names are written in NFC"
            ),
            (Reason::BadName, Some(found)) => format!(
                "a class or key begins with a letter, not with `{found}` (character {place} of this block)"
            ),
            (Reason::BadName, None) => {
                format!("a class or key begins with a letter (character {place} of this block)")
            }
            (Reason::SpaceAroundEquals, _) => {
                format!("no space may stand around `=` (character {place} of this block)")
            }
            (Reason::Comma, _) => format!(
                "a comma separates nothing here (character {place} of this block): attributes have spaces between them"
            ),
            (Reason::OddSpace, _) => format!(
                "an invisible character or a no-break space (character {place} of this block) separates nothing"
            ),
            (Reason::Unexpected, _)
                if ["=“", "=”", "=„", "=«"].iter().any(|mark| self.text[open..at].contains(mark)) =>
            {
                format!(
                    "typographic quotation marks do not quote a value (before character {place} of this block); \
                     write `\"`"
                )
            }
            (Reason::Unexpected, Some('}' | ' ')) => format!(
                "the word before character {place} of this block has no `=`: a value with spaces needs \
                 quotation marks around it"
            ),
            (Reason::Unexpected, Some(found)) => {
                format!("`{found}` cannot stand here (character {place} of this block)")
            }
            (Reason::Unexpected, None) => format!("this attribute block breaks off at its character {place}"),
        };
        let fix = mended_block(block)
            .map(|mended| ProblemFix { title: format!("Write `{mended}`"), edits: vec![(span, mended)] });
        let help =
            "as it stands, all of it is plain text; the form is `{.claim #id by=entity on=2026-03-11}`";
        self.article.problems.push(Problem {
            kind: ProblemKind::MalformedAttributes,
            span,
            message,
            help: Some(help.to_owned()),
            fix,
        });
    }
}

/// What makes two constructs that meet at `at` good neighbours.
fn junction(at: usize, joins: bool) -> ((Span, String), &'static str) {
    if joins {
        ((Span::new(at - 1, at + 1), "; ".to_owned()), "Join the groups")
    } else {
        ((Span::at(at), " ".to_owned()), "Put a space after the citation")
    }
}

/// The block that begins at `open` and does not parse: up to the first `}` outside
/// quotation marks that are closed, before any other `{`; else to the line's end or
/// that `{`.
fn faulty_block(text: &str, open: usize, end: usize) -> Span {
    // Far more than a block of attributes ever holds; bounds the work per `{`.
    const LONGEST: usize = 400;
    let mut limit = end.min(open + LONGEST);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let bytes = &text.as_bytes()[..limit];
    let mut at = open + 1;
    while at < limit {
        match bytes[at] {
            b'}' => return Span::new(open, at + 1),
            b'{' => break,
            quote @ (b'"' | b'\'') if bytes[at - 1] == b'=' => {
                let closes = |to: usize| bytes.get(to + 1).is_none_or(|next| b" \t\r\n}".contains(next));
                at = match memchr::memchr(quote, &bytes[at + 1..]) {
                    Some(offset) if closes(at + 1 + offset) => at + offset + 2,
                    _ => at + 1,
                };
            }
            _ => at += 1,
        }
    }
    let to = memchr::memchr2(b'\n', b'\r', &bytes[open..at]).map_or(at, |offset| open + offset);
    Span::new(open, open + text[open..to].trim_end().len())
}

/// Whether a block that does not parse was plainly meant as newsmark's: it names one
/// of its classes, or begins with the name of one without its dot.
fn names_class(block: &str) -> bool {
    block.split('.').skip(1).any(|rest| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
        vocabulary::is_class(&rest[..end])
    })
}

/// The class that a block begins with where its dot was forgotten: `{claim by=x}`.
fn dotless_class(block: &str) -> Option<&str> {
    let inner = block.strip_prefix('{')?.trim_start();
    let word = inner.split([' ', '\t', '}']).next()?;
    vocabulary::is_claim_class(word).then_some(word)
}

/// Whether it names one of newsmark's keys.
fn names_key(block: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    block.match_indices('=').any(|(at, _)| {
        let key = block[..at].trim_end();
        vocabulary::is_key(key.rsplit(|c| !is_name(c)).next().unwrap_or_default())
    })
}

/// The block with what breaks it mended, where that makes it parse: straight
/// quotation marks, no commas, no odd spaces, no space around `=`, letters in one piece.
fn mended_block(block: &str) -> Option<String> {
    let mut mended: String = block
        .nfc()
        .filter(|&c| !attributes::is_invisible(c))
        .map(|c| match c {
            '“' | '”' | '„' | '«' | '»' => '"',
            _ if c.is_whitespace() => ' ',
            _ => c,
        })
        .collect();
    for (from, to) in [(" = ", "="), (" =", "="), ("= ", "="), (", ", " "), (",.", " .")] {
        mended = mended.replace(from, to);
    }
    if let Some(class) = dotless_class(&mended) {
        mended = mended.replacen(class, &format!(".{class}"), 1);
    }
    if !mended.ends_with('}') {
        mended.push('}');
    }
    let parses = Reader::new(&mended)
        .read(0, mended.len(), 0)
        .is_ok_and(|attributes| attributes.span.len() == mended.len());
    (parses && mended != block).then_some(mended)
}
