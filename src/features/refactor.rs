//! What can be done at a place beside mending what was found there: marking claims, linking
//! names, moving and making entries, switching a rule off, taking out what nothing uses.
//!
//! Whatever is written is read again before it is offered: markup that would not come back
//! as what it was meant for, or that would change anything else, is refused with the reason.

mod check;
mod cite;
mod define;
mod fix_all;
mod link;
mod mark;
mod organize;
mod page;
mod promote;
mod remove;
mod reply;
mod speaker;
mod suppress;
mod unwrap;

use crate::corpus::{Corpus, FileFacts};
use crate::diagnostic::{Diagnostic, Edit};
use crate::text::Span;

use page::Page;

/// Where something is to be done, and what has to be known for it.
#[derive(Clone, Copy, Debug)]
pub struct RefactoringContext<'a> {
    /// The corpus.
    pub corpus: &'a Corpus,
    /// The file.
    pub file: &'a FileFacts,
    /// Its text.
    pub text: &'a str,
    /// What is selected; empty for a cursor.
    pub range: Span,
    /// What was found in the file.
    pub diagnostics: &'a [Diagnostic],
    /// Today's date where the user is: `2026-03-11`.
    pub today: &'a str,
    /// Who checks claims here, where that is known.
    pub checker: Option<&'a str>,
    /// Whether all of the corpus has been read, so that what nothing uses is known.
    pub is_whole: bool,
    /// Whether what costs more than a look may be left for later.
    pub may_wait: bool,
}

/// What kind of thing is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefactoringKind {
    /// All findings of one rule are mended.
    FixAllOfRule,
    /// A rule is switched off at a place.
    Suppress,
    /// Words are marked as a claim.
    Mark,
    /// A claim is made plain text again.
    Unwrap,
    /// It is said what came of asking the accused.
    Reply,
    /// Names are linked.
    Link,
    /// A claim is marked as checked.
    Check,
    /// A source goes from the front matter to a registry.
    MoveSource,
    /// A source is made of a link or of words.
    NewSource,
    /// An entity is made of words.
    NewEntity,
    /// Whatever can be mended unasked is.
    FixAll,
    /// Sources that nothing uses are taken out.
    OrganizeSources,
}

impl RefactoringKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [RefactoringKind; 12] = [
        RefactoringKind::FixAllOfRule,
        RefactoringKind::Suppress,
        RefactoringKind::Mark,
        RefactoringKind::Unwrap,
        RefactoringKind::Reply,
        RefactoringKind::Link,
        RefactoringKind::Check,
        RefactoringKind::MoveSource,
        RefactoringKind::NewSource,
        RefactoringKind::NewEntity,
        RefactoringKind::FixAll,
        RefactoringKind::OrganizeSources,
    ];
}

/// Something that can be done.
#[derive(Clone, Debug)]
pub struct Refactoring<'a> {
    /// What it does, as an order.
    pub title: String,
    /// What kind of thing it is.
    pub kind: RefactoringKind,
    /// The findings that go with it.
    pub mends: Vec<&'a Diagnostic>,
    /// The edits, or why there are none.
    pub work: Work,
}

/// The edits of a [`Refactoring`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// These, none of which touch each other.
    Edits(Vec<Edit>),
    /// They are worked out when they are wanted.
    Later,
    /// It cannot be done here: why.
    Refused(String),
}

/// What can be done at a place, of the kinds that are wanted.
#[must_use]
pub fn refactorings<'a>(
    asked: &RefactoringContext<'a>,
    is_wanted: impl Fn(RefactoringKind) -> bool,
) -> Vec<Refactoring<'a>> {
    let page = Page::new(*asked);
    let mut found = Vec::new();
    for kind in RefactoringKind::ALL.into_iter().filter(|kind| is_wanted(*kind)) {
        match kind {
            RefactoringKind::FixAllOfRule => fix_all::of_rules(&page, &mut found),
            RefactoringKind::Suppress => suppress::offer(&page, &mut found),
            RefactoringKind::Mark => mark::offer(&page, &mut found),
            RefactoringKind::Unwrap => unwrap::offer(&page, &mut found),
            RefactoringKind::Reply => reply::offer(&page, &mut found),
            RefactoringKind::Link => link::offer(&page, &mut found),
            RefactoringKind::Check => check::offer(&page, &mut found),
            RefactoringKind::MoveSource => promote::offer(&page, &mut found),
            RefactoringKind::NewSource => cite::offer(&page, &mut found),
            RefactoringKind::NewEntity => define::offer(&page, &mut found),
            RefactoringKind::FixAll => fix_all::offer(&page, &mut found),
            RefactoringKind::OrganizeSources => organize::offer(&page, &mut found),
        }
    }
    found
}

impl<'a> Refactoring<'a> {
    fn new(kind: RefactoringKind, title: impl Into<String>, work: Work) -> Self {
        Refactoring { title: title.into(), kind, mends: Vec::new(), work }
    }
}

impl From<Result<Vec<Edit>, String>> for Work {
    fn from(result: Result<Vec<Edit>, String>) -> Work {
        match result {
            Ok(edits) => Work::Edits(edits),
            Err(why) => Work::Refused(why),
        }
    }
}
