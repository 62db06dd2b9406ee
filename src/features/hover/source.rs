//! What a source is, and whether it still stands.

use rustc_hash::FxHashSet;

use crate::corpus::{Corpus, FileFacts, FileId, Known, SnapshotFacts, SourceFacts};
use crate::registry::Standing;

use super::super::markdown::{Page, escape, strong};
use super::entity::display_name;
use super::{row, some, usage};

/// To how many origins the way is shown.
const CHAINS: usize = 4;

/// A source, seen from `from`. Of one that is not on record nothing is shown but that.
pub(super) fn page(corpus: &Corpus, from: &FileFacts, known: Known<'_, SourceFacts>) -> Page {
    let source = known.what;
    if source.protected {
        let mut page = Page::new(strong(&source.key));
        page.line("This source is not on record.".to_owned());
        return page;
    }
    let reference = source.reference.as_deref().map(escape).filter(|text| !text.is_empty());
    let mut page = Page::new(reference.unwrap_or_else(|| strong(&source.key)));
    page.line(standing(source));
    let issuer = corpus.issuer(from, source).map(|name| escape(display_name(corpus, from, name)));
    let kind = Some(escape(&source.kind)).filter(|kind| !kind.is_empty());
    let line: Vec<String> =
        issuer.map(|issuer| format!("issued by {issuer}")).into_iter().chain(kind).collect();
    page.line((!line.is_empty()).then(|| line.join(" · ")));
    let relays = row(source.relays.iter().map(|key| &**key));
    page.item(relays.map(|relays| format!("relays {relays}")));
    page.items.extend(chains(corpus, known));
    let own = source.article.as_deref().map(|article| format!("our own reporting: {}", escape(article)));
    page.item(own);
    page.item(source.snapshot.as_deref().and_then(|path| stored(corpus, path)));
    page.item(usage("cited", corpus.articles_citing(known)));
    page.item(resting(corpus, known));
    page.item(format!("key {}, in {}", escape(&source.key), escape(&known.file.path)));
    page
}

/// How it comes to each of its origins, where that is not said by what it relays.
fn chains(corpus: &Corpus, known: Known<'_, SourceFacts>) -> Vec<String> {
    let origins = corpus.origins(known);
    let ways = origins.sources.iter().take(CHAINS).map(|origin| corpus.relay_path(known, *origin));
    let mut lines: Vec<String> = ways
        .filter(|way| way.len() > 2)
        .map(|way| {
            let keys: Vec<String> = way[1..].iter().rev().map(|step| escape(&step.what.key)).collect();
            format!("comes from {}", keys.join(", by way of "))
        })
        .collect();
    if !known.what.relays.is_empty() && !origins.complete {
        lines.push("where it comes from in the end is not known".to_owned());
    }
    lines
}

/// Who else rests on it.
fn resting(corpus: &Corpus, known: Known<'_, SourceFacts>) -> Option<String> {
    let others = corpus.resting_on(known);
    let others: Vec<_> = others.into_iter().filter(|other| !other.what.protected).collect();
    let names = row(others.iter().map(|other| &*other.what.key))?;
    let articles: FxHashSet<FileId> = others.iter().flat_map(|other| corpus.citing(*other)).collect();
    let articles = match some(articles.len(), "article") {
        Some(articles) => format!(", cited in {articles}"),
        None => String::new(),
    };
    Some(format!("passed on by {names}{articles}"))
}

/// Where its text is stored, and by what it is told that it is still the same.
fn stored(corpus: &Corpus, path: &str) -> Option<String> {
    let SnapshotFacts::Text { digest } = corpus.snapshot(path)? else { return None };
    Some(format!("stored in {}, SHA-256 {}", escape(path), escape(digest)))
}

/// "**retracted** 2026-03-14: wrong place; superseded by wire-0312"
fn standing(source: &SourceFacts) -> Option<String> {
    if source.standing == Standing::Current && source.superseded_by.is_none() {
        return None;
    }
    let mut line = strong(source.standing.as_str());
    if let Some(date) = &source.standing_date {
        line += &format!(" {date}");
    }
    if let Some(note) = &source.standing_note {
        line += &format!(": {}", escape(note));
    }
    if let Some(successor) = &source.superseded_by {
        line += &format!("; superseded by {}", escape(successor));
    }
    Some(line)
}
