//! From one file's text to its facts. Pure, and free of everything about other files,
//! so that any number of files can be boiled down side by side.

mod article;
mod attributions;
mod coverage;
mod event_dates;
mod figures;
mod guard;
mod headline;
mod links;
mod names;
mod notes;
mod numbers;
mod pictures;
mod quotations;
mod registry;
mod titles;

pub use article::article_facts;
pub use guard::guarded_stretches;
pub use links::corpus_target;
pub use registry::{RegistryFormat, RegistryProblems, add_entity_page, registry_facts};

use crate::diagnostic::FilePath;
use crate::syntax;
use crate::text::{LineIndex, Place, Span, fold};

use super::facts::{EntityReference, EntityRole};

/// One file's text with its lines.
pub struct SourceText<'a> {
    /// Where the file is, from the corpus root.
    pub path: &'a FilePath,
    /// All of it.
    pub text: &'a str,
    /// Its lines.
    pub lines: &'a LineIndex,
}

impl SourceText<'_> {
    /// The place of `span`.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        self.lines.place(self.text, span)
    }

    fn entity(&self, name: &str, span: Span, role: EntityRole) -> EntityReference {
        EntityReference {
            name: name.into(),
            folded: fold(name).into(),
            role,
            place: self.place(span),
            confusing: syntax::confusing(name).is_some(),
            parts: 0,
        }
    }
}

/// The path that `target` names, seen from the folder of `from`, both from the corpus
/// root; `None` where it leads outside. A target that begins with `/` counts from the
/// root.
#[must_use]
pub fn resolve_path(from: &str, target: &str) -> Option<FilePath> {
    let folder = from.rfind('/').map_or("", |slash| &from[..slash]);
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    parts.retain(|part| !part.is_empty());
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/").into())
}
