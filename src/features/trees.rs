//! A file's data as trees: the front matter of an article, a registry of any format but
//! BibTeX, the configuration.

use crate::corpus::FileFacts;
use crate::data::{self, Format, Node};
use crate::registry::{
    Source, read_references, read_sources_bibtex, read_sources_csl_json, read_sources_csl_yaml,
};
use crate::syntax::{Article, front_matter};
use crate::text::Span;

/// A registry longer than this, of some thousand entries, is not read again as a whole for
/// each question: that would take longer than an editor should wait.
const LARGE: usize = 256 * 1024;

/// Whether a file is read again only in parts.
pub(super) fn is_large(text: &str, article: Option<&Article>) -> bool {
    article.is_none() && text.len() > LARGE
}

/// The trees of a file, by start: one for each line where a file is a list of JSON texts; none
/// of a large registry.
pub(super) fn trees(file: &FileFacts, text: &str, article: Option<&Article>) -> Vec<Node> {
    if is_large(text, article) {
        return Vec::new();
    }
    if let Some(article) = article {
        let block = article.front_matter.as_ref();
        return block.and_then(|block| data::yaml::parse(text, block.content).root).into_iter().collect();
    }
    match Format::of(&file.path) {
        Format::Bibtex => Vec::new(),
        Format::Json if file.entities.is_empty() => data::json::parse(text).root.into_iter().collect(),
        Format::Json | Format::JsonLines => data::json::parse_lines(text).nodes,
        Format::Toml => data::toml::parse(text).root.into_iter().collect(),
        _ => data::yaml::parse_file(text).root.into_iter().collect(),
    }
}

/// The tree of one entry of a registry in YAML or JSON, which is YAML, too: read with what
/// stands before it on its line, which says how deep it is.
pub(super) fn entry(file: &FileFacts, text: &str, entry: Span) -> Option<Node> {
    if matches!(Format::of(&file.path), Format::Bibtex | Format::Toml) {
        return None;
    }
    let line = text[..entry.start()].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let is_block = !entry.of(text).starts_with(['{', '[']);
    let start = if is_block { line } else { entry.start() };
    data::yaml::parse(text, Span::new(start, entry.end())).root
}

/// A file as an article, if newsmark reads it as one.
pub(super) fn article(file: &FileFacts, text: &str) -> Option<Article> {
    file.article.as_ref().map(|_| crate::syntax::parse(text))
}

/// The sources that a file defines, with all that their entries say.
pub(super) fn sources(file: &FileFacts, text: &str, article: Option<&Article>) -> Vec<Source> {
    if file.sources.is_empty() {
        return Vec::new();
    }
    if let Some(article) = article {
        let front = article.front_matter.as_ref().map(|block| front_matter::read(text, block));
        let references = front.and_then(|front| front.references);
        return references.map(|list| read_references(text, &list).entries).unwrap_or_default();
    }
    match Format::of(&file.path) {
        Format::Bibtex => read_sources_bibtex(text).entries,
        Format::Json => read_sources_csl_json(text).entries,
        _ => read_sources_csl_yaml(text).entries,
    }
}
