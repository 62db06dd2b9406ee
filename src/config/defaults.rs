//! What holds where no configuration says otherwise.
//!
//! The patterns are those under which desks and their tools already keep such files,
//! so that a plain folder of Markdown with a `references.bib` in it works as it is.

use super::globs::Use;
use super::{Config, Globs, Origin, Set, settings};
use crate::rules::{Options, Profile, Rule};

/// The endings of articles; there are no others, unless a pattern spells one out.
pub const ARTICLE_ENDINGS: &[&str] = &["md", "markdown", "newsmark"];

/// The endings of files that entities are read from.
pub const ENTITY_ENDINGS: &[&str] = &["yaml", "yml", "md", "markdown", "json", "jsonl", "ndjson"];

/// The endings of files that sources are read from.
pub const SOURCE_ENDINGS: &[&str] = &["bib", "bibtex", "json", "yaml", "yml"];

/// Articles: every Markdown file.
pub const ARTICLES: &[&str] = &["**/*.md", "**/*.markdown", "**/*.newsmark"];

/// Entities: files and folders of that name, and FollowTheMoney exports. A Markdown page
/// with `entity:` in its front matter is one wherever it lies.
pub const ENTITIES: &[&str] = &[
    "**/entities.{yaml,yml,jsonl,ndjson}",
    "**/entities/**/*.{yaml,yml,md,markdown,jsonl,ndjson}",
    "**/*.entities.{yaml,yml}",
    "**/*.ftm.{json,jsonl,ndjson}",
];

/// Sources: BibTeX files, and CSL data under the names that Pandoc's users give it.
pub const SOURCES: &[&str] = &[
    "**/*.{bib,bibtex}",
    "**/*.csl.{json,yaml,yml}",
    "**/{sources,references,bibliography}.{json,yaml,yml}",
    "**/*.{sources,references}.{json,yaml,yml}",
    "**/{sources,references}/**/*.{json,yaml,yml}",
];

/// Not part of a corpus, and added to what a configuration excludes: installed packages,
/// and the pages about a folder that code hosts show, which are no news. A pattern of
/// the configuration that spells out the name of such a page takes it all the same.
pub const EXCLUDE: &[&str] = &[
    "**/node_modules",
    "**/README.md",
    "**/CHANGELOG.md",
    "**/CONTRIBUTING.md",
    "**/CODE_OF_CONDUCT.md",
    "**/SECURITY.md",
    "**/LICENSE.md",
];

/// 16 MiB. The longest articles have some 100 KB and the largest registries that newsrooms
/// export some 10 MB; what is larger is a mistake more often than not.
pub const SIZE_LIMIT: u64 = 16 << 20;

/// A configuration of defaults alone.
pub(super) fn config(known: &'static [&'static Rule]) -> Config {
    Config {
        articles: globs(ARTICLES, Use::Read(ARTICLE_ENDINGS)),
        entities: globs(ENTITIES, Use::Read(ENTITY_ENDINGS)),
        sources: globs(SOURCES, Use::Read(SOURCE_ENDINGS)),
        exclude: globs(EXCLUDE, Use::Any),
        size_limit: Set::default(SIZE_LIMIT),
        profile: Set::default(Profile::default()),
        require_reason: Set::default(false),
        outdated_days: Set::default(Options::OUTDATED_DAYS),
        names: Vec::new(),
        problems: Vec::new(),
        rules: settings::Levels::default(),
        overrides: Vec::new(),
        known,
        forced_profile: None,
        source: None,
    }
}

fn globs(patterns: &[&str], usage: Use) -> Globs {
    let patterns = patterns.iter().map(|pattern| ((*pattern).to_owned(), Origin::Default, None)).collect();
    Globs::new(patterns, usage).expect("the default patterns are good")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_folder_works() {
        let config = config(&[]);
        for article in ["a.md", "2026/03/b.markdown", "drafts/c.newsmark"] {
            assert!(config.articles.is_match(article), "{article}");
        }
        for entities in ["entities.yaml", "desk/entities.yml", "entities/kasra.md", "x/os.ftm.json"] {
            assert!(config.entities.is_match(entities), "{entities}");
        }
        for sources in ["references.bib", "sources.yaml", "desk/my.csl.json", "sources/2026/un.yaml"] {
            assert!(config.sources.is_match(sources), "{sources}");
        }
        for neither in ["package.json", "_config.yml", "data/counts.json", "a.txt"] {
            assert!(!config.entities.is_match(neither), "{neither}");
            assert!(!config.sources.is_match(neither), "{neither}");
        }
        for excluded in ["README.md", "desk/README.md", "node_modules/x/a.md"] {
            assert!(config.exclude.is_match(excluded), "{excluded}");
        }
    }
}
