//! Taking out the sources that nothing uses: of an article its own, of a registry those that
//! no file refers to.

use crate::corpus::{FileKind, SourceFacts, SourceRole};
use crate::text::Span;

use super::page::Page;
use super::{Refactoring, RefactoringKind, Work, remove};

pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    let file = page.asked.file;
    let is_list = matches!(file.kind, FileKind::Article | FileKind::Registry);
    // While some of it cannot be read, or some of the corpus is not, nobody knows what is used.
    if !is_list || file.sources.is_empty() {
        return;
    }
    let unused = match file.kind {
        FileKind::Article => of_article(page),
        _ => of_registry(page),
    };
    let title = match unused.len() {
        0 => return,
        1 => format!("Take out `{}`, which nothing uses", unused[0].key),
        many => format!("Take out the {many} sources that nothing uses"),
    };
    let work = if file.broken || file.sources.iter().any(|source| source.stale) {
        Work::Refused("some of this file cannot be read".to_owned())
    } else if !page.asked.is_whole {
        Work::Refused("not all of the corpus has been read yet".to_owned())
    } else if page.asked.may_wait {
        Work::Later
    } else {
        let keys: Vec<Span> = unused.iter().map(|source| source.key_place.span()).collect();
        remove::entries(page, &keys)
            .map(|changes| page.edits(changes))
            .ok_or_else(|| "they cannot be taken out without touching the others".to_owned())
            .into()
    };
    found.push(Refactoring::new(RefactoringKind::OrganizeSources, title, work));
}

fn of_registry<'a>(page: &Page<'a>) -> Vec<&'a SourceFacts> {
    let asked = &page.asked;
    asked.file.sources.iter().filter(|source| !asked.corpus.is_source_used(&source.key)).collect()
}

/// Those that the article does not cite, nor what it cites passes on or is replaced by.
fn of_article<'a>(page: &Page<'a>) -> Vec<&'a SourceFacts> {
    let file = page.asked.file;
    let Some(article) = page.facts() else { return Vec::new() };
    if mentions_uncited(page) {
        return Vec::new();
    }
    let cited = article.cited.iter().map(|cited| &*cited.key);
    let named = file.source_references.iter();
    let named = named.filter(|one| matches!(one.role, SourceRole::Via | SourceRole::Div));
    let mut used: Vec<&str> = cited.chain(named.map(|one| &*one.key)).collect();
    let mut at = 0;
    // Each of the article's own is looked at once.
    let mut left: Vec<&SourceFacts> = file.sources.iter().collect();
    while let Some(key) = used.get(at).copied() {
        at += 1;
        left.retain(|source| {
            let is_used = *source.key == *key;
            if is_used {
                used.extend(source.relays.iter().chain(&source.superseded_by).map(|key| &**key));
            }
            !is_used
        });
    }
    left
}

/// Whether the front matter has Pandoc list sources that nothing cites.
fn mentions_uncited(page: &Page<'_>) -> bool {
    let text = page.text();
    crate::data::front_matter(text).is_some_and(|block| block.content.of(text).contains("nocite"))
}
