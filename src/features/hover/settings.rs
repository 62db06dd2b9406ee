//! `newsmark.toml`: what a setting means and what holds without it, and what its value names.

use crate::config::{Config, FILE_NAME, LEVEL, PROFILE, setting};
use crate::corpus::{Corpus, FileFacts};
use crate::data::toml;
use crate::text::{Span, fold};

use super::super::markdown::{Page, escape, strong};
use super::super::written::{Hit, Spot, What, spot};
use super::{article, entity, entries, rule, term};

/// What is known of what stands at `offset` in the configuration, and where that stands.
pub(super) fn page(
    corpus: &Corpus,
    config: &Config,
    file: &FileFacts,
    text: &str,
    offset: usize,
) -> Option<(Span, Page)> {
    let root = toml::parse(text).root?;
    let found = spot(&root, offset)?;
    let is_there = |span: &Span| span.start() <= offset && offset <= span.end();
    let path: Vec<&str> = found.keys.iter().map(|field| field.key.as_str()).collect();
    let span = match found.hit {
        Hit::Key => found.keys.last()?.key.span,
        Hit::Value(node) => node.content,
    };
    let page = match (&path[..], found.hit) {
        (["rules", name] | ["overrides", "rules", name], Hit::Key) => {
            rule::page(name, &config.settings_for(FILE_NAME))
        }
        (["names", _], _) => named(corpus, file, &found),
        (_, Hit::Key) => key(&path),
        (["rules", _] | ["overrides", "rules", _], Hit::Value(node)) => {
            let word = LEVEL.words.iter().find(|(word, _)| node.as_str() == Some(word))?;
            Some(term::page(file, &What::Word(&LEVEL, word.0)))
        }
        (["profile"] | ["overrides", "profile"], Hit::Value(node)) => {
            let word = PROFILE.words.iter().find(|(word, _)| node.as_str() == Some(word))?;
            Some(term::page(file, &What::Word(&PROFILE, word.0)))
        }
        (
            ["corpus", "articles" | "entities" | "sources" | "exclude"] | ["overrides", "paths"],
            Hit::Value(node),
        ) => {
            let known = corpus.file(corpus.at_path(node.as_str()?.trim_start_matches("./"))?)?;
            article(known).or_else(|| entries(known))
        }
        _ => None,
    }?;
    Some((span, page)).filter(|(span, _)| is_there(span))
}

/// The entity on which a name is settled.
fn named(corpus: &Corpus, file: &FileFacts, found: &Spot<'_>) -> Option<Page> {
    let id = found.keys.last()?.value.as_str()?;
    Some(entity::page(corpus, file, corpus.by_id(&fold(id))?))
}

fn key(path: &[&str]) -> Option<Page> {
    let setting = setting(path)?;
    let mut page = Page::new(strong(path.last()?));
    // Words of our own, in which code stands between backticks.
    page.line(setting.meaning.to_owned());
    // Without one of their own the files of an override have what all have.
    let default = setting.default.filter(|_| path[0] != "overrides");
    page.item(default.map(|default| format!("without it: {}", escape(&default))));
    if path.last() == Some(&"profile") {
        for (word, meaning) in PROFILE.words {
            page.item(format!("{}: {}", escape(word), escape(meaning)));
        }
    }
    if path.last() == Some(&"rules") {
        for (word, meaning) in LEVEL.words {
            page.item(format!("{}: {}", escape(word), escape(meaning)));
        }
    }
    Some(page)
}
