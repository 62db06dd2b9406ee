//! What a completion stands for, and what is known of that.

use crate::config::Config;
use crate::corpus::{Corpus, FileFacts};
use crate::features::hover;

/// What a completion stands for: enough to find it again when somebody looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Described {
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
pub fn describe(corpus: &Corpus, config: &Config, file: &FileFacts, subject: &Described) -> Option<String> {
    match subject {
        Described::None => None,
        Described::Source(key) => hover::of_source(corpus, file, key),
        Described::Entity(id) => hover::of_entity(corpus, file, id),
        Described::Claim { path, id } => hover::of_claim(corpus, file, path, id),
        Described::Article(path) => hover::of_article(corpus, path),
        Described::Rule(name) => hover::of_rule(config, file, name),
    }
}
