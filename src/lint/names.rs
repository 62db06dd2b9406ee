//! Names that the configuration settles.

use crate::config::{Config, FILE_NAME};
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Location};
use crate::text::fold;

/// Entries of `[names]` that settle a name for an entity that there is none of.
#[must_use]
pub fn unknown_names(corpus: &Corpus, config: &Config) -> Vec<Diagnostic> {
    let Some(level) = config.settings_for(FILE_NAME).level("undefined-entity") else { return Vec::new() };
    let unknown = config.names.iter().filter(|name| corpus.by_id(&fold(&name.entity)).is_none());
    unknown
        .map(|name| Diagnostic {
            location: Location { path: FILE_NAME.into(), place: config.place(name.entity_span) },
            rule: "undefined-entity",
            level,
            message: format!("no entity has the id `{}`: `{}` stays unsettled", name.entity, name.name),
            help: Some("give the id of the entity that the name stands for".to_owned()),
            related: Vec::new(),
            fixes: Vec::new(),
            choice: false,
        })
        .collect()
}
