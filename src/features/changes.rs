//! The edits of a renaming in groups, of which a person can take or leave each.

use crate::corpus::{FileFacts, FileKind};
use crate::diagnostic::Edit;
use crate::text::Span;

use super::checks;
use super::lens::counted;
use super::references::Role;

/// An edit, and what it is part of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The edit.
    pub edit: Edit,
    /// What it is part of.
    pub group: Group,
}

/// What changes, as a person looks through it: the order is the one in which that is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Where it is defined.
    Definition,
    /// Words that readers see.
    Words,
    /// What articles say of it and readers do not see: attributes, citations, links.
    Uses,
    /// Other entries of registries, and pages of entities.
    Registries,
    /// The configuration.
    Settings,
    /// Hashes of checked claims.
    Checks,
}

impl Group {
    /// What it is called where it is referred to; no person reads it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Group::Definition => "definition",
            Group::Words => "words",
            Group::Uses => "uses",
            Group::Registries => "registries",
            Group::Settings => "settings",
            Group::Checks => "checks",
        }
    }

    /// What people read over it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Group::Definition => "Definition",
            Group::Words => "Words that readers see",
            Group::Uses => "Uses in articles",
            Group::Registries => "Uses in registries",
            Group::Settings => "Settings of the corpus",
            Group::Checks => "Hashes of checked claims",
        }
    }

    /// How much that is, and what it means: "3 places in 2 files: readers see no difference".
    #[must_use]
    pub fn description(self, places: usize, files: usize) -> String {
        let why = match self {
            Group::Definition | Group::Words | Group::Registries | Group::Settings => "",
            Group::Uses => ": readers see no difference",
            Group::Checks => ": what was checked stays checked",
        };
        format!("{} in {}{why}", counted(places, "place"), counted(files, "file"))
    }

    /// What a word of `file`, which holds `text`, is part of.
    pub(super) fn of(file: &FileFacts, text: &str, word: Span, role: Role) -> Group {
        match role {
            Role::Definition => Group::Definition,
            _ if file.kind != FileKind::Article => Group::Registries,
            Role::Mention => match shown(text, word) {
                None => Group::Uses,
                Some(_) => Group::Words,
            },
            _ => Group::Uses,
        }
    }
}

/// This word of a wiki link with the rest of the link, where readers see it and not others in
/// its place.
fn shown(text: &str, word: Span) -> Option<Span> {
    let rest = &text[word.end()..];
    let rest = rest.split("]]").next().unwrap_or(rest);
    // Of a link that shows the word itself both are changed.
    let is_shown = !rest.contains('|') || rest.strip_prefix('|') == Some(word.of(text));
    is_shown.then(|| Span::new(word.start(), word.end() + rest.len()))
}

/// Whether this word of a wiki link is read in a quotation: what somebody said is not for us to
/// word.
pub(super) fn is_said(file: &FileFacts, text: &str, word: Span) -> bool {
    text[..word.start()].ends_with("[[") && shown(text, word).is_some_and(|shown| is_quoted(file, shown))
}

/// Whether words stand in a quotation, of a claim or without one.
fn is_quoted(file: &FileFacts, words: Span) -> bool {
    let Some(article) = &file.article else { return false };
    let of_claims = article.quotations.sentences.iter().map(|sentence| sentence.place);
    let others = article.quotes.iter().map(|quote| quote.place);
    let claims = article.claims.iter().filter(|claim| claim.quote).map(|claim| claim.place);
    of_claims
        .chain(others)
        .chain(claims)
        .map(|place| place.span())
        .any(|at| at.start < words.end && words.start < at.end)
}

/// Adds to the changes of a file that holds `text` those of the hashes of checked claims.
pub(super) fn with_checks(text: &str, changes: &mut Vec<Change>) {
    let hashes = checks::follow(text, changes.iter().map(|change| &change.edit));
    changes.extend(hashes.into_iter().map(|edit| Change { edit, group: Group::Checks }));
}
