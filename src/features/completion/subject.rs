//! What a completion stands for, and what is known of that.

use crate::corpus::{Corpus, FileFacts};
use crate::features::hover;

/// What a completion stands for: enough to find it again when somebody looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A word that its detail says all of.
    None,
    /// A source, by its key.
    Source(String),
    /// An entity, by its id as compared.
    Entity(String),
    /// A claim or heading.
    Claim {
        /// The article.
        path: String,
        /// The id in it.
        id: String,
    },
    /// An article, by its path.
    Article(String),
    /// A rule, by its name.
    Rule(String),
}

/// What is known of it, as hover over it in `file` shows it: Markdown.
#[must_use]
pub fn describe(corpus: &Corpus, file: &FileFacts, subject: &Subject) -> Option<String> {
    match subject {
        Subject::None => None,
        Subject::Source(key) => hover::of_source(corpus, file, key),
        Subject::Entity(id) => hover::of_entity(corpus, file, id),
        Subject::Claim { path, id } => hover::of_claim(corpus, file, path, id),
        Subject::Article(path) => hover::of_article(corpus, path),
        Subject::Rule(name) => hover::of_rule(name),
    }
}
