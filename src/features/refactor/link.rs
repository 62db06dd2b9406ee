//! Linking all names of an entity that an article has in plain words.

use crate::corpus::{EntityFacts, EntityTarget, Known};
use crate::features::{Thing, at};
use crate::registry::EntityType;
use crate::syntax::attribution::{Word, words};
use crate::syntax::longer_name::{has_more_before, has_more_behind, is_joined};
use crate::syntax::titles::folded_words;
use crate::syntax::{Article, Block, BlockKind};
use crate::text::{Span, fold};

use super::page::{Changes, Growth, Page, shortened};
use super::{Refactoring, RefactoringKind, Work};

/// How many words around a name may be parts of another, longer one.
const AROUND: usize = 3;

/// How many words the name under a cursor has at most.
const LONGEST: usize = 6;

pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    if page.facts().is_none() {
        return;
    }
    let Some(entity) = linked(page).or_else(|| in_words(page)) else { return };
    let places = places(page, entity);
    let title = match places.len() {
        0 => return,
        1 => format!("Link the one mention of {} that is not linked", shortened(&entity.what.name)),
        many => format!("Link all {many} mentions of {} that are not linked", shortened(&entity.what.name)),
    };
    let is_id = !entity.what.id.contains(['[', ']', '|', '\n', '\r']);
    let work = if !is_id {
        Work::Refused(format!("`{}` cannot stand in a wiki link", entity.what.id))
    } else if page.asked.may_wait {
        Work::Later
    } else {
        changes(page, entity, &places).map(|changes| page.edits(changes)).into()
    };
    found.push(Refactoring::new(RefactoringKind::Link, title, work));
}

/// The entity of the wiki link or attribute under the cursor.
fn linked<'a>(page: &Page<'a>) -> Option<Known<'a, EntityFacts>> {
    let asked = &page.asked;
    match at(asked.corpus, asked.file, asked.range.start())?.thing {
        Thing::Name(reference) => asked.corpus.entity(asked.file, &reference.folded).one(),
        _ => None,
    }
}

/// The entity whose name stands under the cursor in plain words.
fn in_words<'a>(page: &Page<'a>) -> Option<Known<'a, EntityFacts>> {
    let (asked, article) = (&page.asked, page.article());
    let range = asked.range;
    let block = article.blocks.iter().find(|block| {
        block.span.start <= range.start && range.end <= block.span.end && !block.span.is_empty()
    })?;
    let text = block.plain.of(&article.plain.text);
    let here = article.plain.from_source(range.start()).checked_sub(block.plain.start())?;
    let all = words(text);
    let first = all.partition_point(|word| word.end < here);
    all.get(first).filter(|word| word.start <= here)?;
    let mut best: Option<(usize, Known<'a, EntityFacts>)> = None;
    for from in first.saturating_sub(LONGEST - 1)..=first {
        for to in first..(from + LONGEST).min(all.len()) {
            let span = Span::new(all[from].start, all[to].end);
            let Some(entity) = asked.corpus.entity(asked.file, &fold(span.of(text))).one() else { continue };
            if is_written_so(entity.what, span.of(text)) && best.is_none_or(|(length, _)| length < span.len())
            {
                best = Some((span.len(), entity));
            }
        }
    }
    best.map(|(_, entity)| entity)
}

/// Whether words are one of an entity's names, and begin with a capital where that does.
fn is_written_so(entity: &EntityFacts, words: &str) -> bool {
    let folded = fold(words);
    let is_capital = |text: &str| text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let names = std::iter::once(&entity.name).chain(&entity.aliases);
    names.into_iter().any(|name| {
        let bare = name.trim_matches(|c: char| !c.is_alphanumeric());
        (fold(name) == folded || fold(bare) == folded) && (!is_capital(bare) || is_capital(words))
    })
}

/// Where names of the entity stand that are not linked: in the source, with whether in a table.
fn places(page: &Page<'_>, entity: Known<'_, EntityFacts>) -> Vec<(Span, bool)> {
    let article = page.article();
    // By the first word of each name.
    let names = std::iter::once(&entity.what.name).chain(&entity.what.aliases);
    let mut firsts: Vec<(String, usize)> = names
        .filter_map(|name| {
            let all = words(name);
            Some((name[all.first()?.clone()].to_lowercase(), all.len()))
        })
        .collect();
    firsts.sort();
    firsts.dedup();
    let units = taken(article);
    let mut found = Vec::new();
    for block in &article.blocks {
        let finder = Finder { page, entity, block, text: block.plain.of(&article.plain.text) };
        let all = words(finder.text);
        let mut at = 0;
        while at < all.len() {
            let lower = finder.text[all[at].clone()].to_lowercase();
            let longest = firsts.iter().filter(|(first, _)| *first == lower).map(|(_, count)| *count);
            let mut lengths: Vec<usize> = longest.collect();
            lengths.sort_unstable_by(|a, b| b.cmp(a));
            // Part of a name is not linked where the whole is left.
            let hit = lengths.into_iter().find(|count| finder.is_name(&all, at, *count));
            let span = hit.and_then(|count| finder.source_of(&all, at, count)).filter(|span| {
                // What is linked, cited or code is no plain word.
                let before = units.partition_point(|(start, _)| *start < span.end);
                before == 0 || units[before - 1].1 <= span.start
            });
            found.extend(span.map(|span| (span, matches!(block.kind, BlockKind::Cell(_)))));
            at += hit.unwrap_or(1);
        }
    }
    found.sort_unstable();
    found
}

/// What no name can be linked in: starts, each with the furthest end so far.
fn taken(article: &Article) -> Vec<(u32, u32)> {
    let mentions = article.mentions.iter().map(|mention| mention.span);
    let links = article.links.iter().map(|link| link.span);
    let citations = article.citations.iter().map(|citation| citation.span);
    let mut all: Vec<Span> =
        mentions.chain(links).chain(citations).chain(article.verbatim.iter().copied()).collect();
    all.sort_unstable();
    let mut reach = 0;
    all.into_iter()
        .map(|span| {
            reach = reach.max(span.end);
            (span.start, reach)
        })
        .collect()
}

/// Looks for names in one block.
struct Finder<'p, 'a> {
    page: &'p Page<'a>,
    entity: Known<'p, EntityFacts>,
    block: &'p Block,
    text: &'p str,
}

impl Finder<'_, '_> {
    /// Whether so many words are a name of the entity and of no other.
    fn is_name(&self, all: &[Word], first: usize, count: usize) -> bool {
        let Some(last) = all.get(first + count - 1) else { return false };
        let words = &self.text[all[first].start..last.end];
        is_written_so(self.entity.what, words) && self.means_it(words)
    }

    /// The source of so many words that are a name, where it can be linked as it stands.
    fn source_of(&self, all: &[Word], first: usize, count: usize) -> Option<Span> {
        let last = first + count - 1;
        let span = Span::new(all[first].start, all.get(last)?.end);
        if self.is_in_other(all, first, last) || self.is_in_longer(span, count) {
            return None;
        }
        let plain = &self.page.article().plain;
        let start = plain.to_source(span.start() + self.block.plain.start());
        let end = plain.end_to_source(span.end() + self.block.plain.start());
        let source = self.page.text().get(start..end)?;
        // Markup or an escape inside would be lost, and so would a line end that is meant; any
        // other may stand in a link.
        let is_plain = source.split_whitespace().eq(span.of(self.text).split_whitespace());
        let is_broken = source.contains("  \n") || source.contains("  \r");
        let is_fit = is_plain && !is_broken && !source.contains(['[', ']', '|', '\\']);
        is_fit.then(|| Span::new(start, end))
    }

    /// Whether the words are part of an address or the like, or may be of a longer name that
    /// nobody knows here.
    fn is_in_longer(&self, span: Span, count: usize) -> bool {
        let (entity, lang) = (self.entity.what, self.page.lang());
        if is_joined(self.text, span.range()) {
            return true;
        }
        let is_person = entity.kind == Some(EntityType::Person);
        if !is_person && count > 1 {
            return false;
        }
        let is_title = |word: &str| {
            let lower = fold(word);
            let mut titles = entity.roles.iter().map(|role| folded_words(&role.title));
            titles.any(|title| title.last().is_some_and(|last| *last == *lower))
        };
        let asked = &self.page.asked;
        let is_name =
            |word: &str| !matches!(asked.corpus.entity(asked.file, &fold(word)), EntityTarget::Nothing);
        has_more_behind(self.text, span.range(), lang)
            || has_more_before(self.text, span.range(), is_person, lang, is_title, is_name)
    }

    fn means_it(&self, words: &str) -> bool {
        let asked = &self.page.asked;
        let meant = asked.corpus.entity(asked.file, &fold(words)).one();
        meant.is_some_and(|meant| meant.what.folded_id() == self.entity.what.folded_id())
    }

    /// Whether the words are part of a longer name that is known.
    fn is_in_other(&self, all: &[Word], first: usize, last: usize) -> bool {
        let asked = &self.page.asked;
        for from in first.saturating_sub(AROUND)..=first {
            for to in last..(last + AROUND + 1).min(all.len()) {
                if from == first && to == last {
                    continue;
                }
                let name = &self.text[all[from].start..all[to].end];
                let target = asked.corpus.entity(asked.file, &fold(name));
                let is_own =
                    target.one().is_some_and(|one| one.what.folded_id() == self.entity.what.folded_id());
                if !is_own && !matches!(target, EntityTarget::Nothing) {
                    return true;
                }
            }
        }
        false
    }
}

fn changes(
    page: &Page<'_>,
    entity: Known<'_, EntityFacts>,
    places: &[(Span, bool)],
) -> Result<Changes, String> {
    let id = &entity.what.id;
    let link = |(span, in_table): &(Span, bool)| {
        let words = span.of(page.text());
        let text = match (*words == **id, in_table) {
            (true, _) => format!("[[{id}]]"),
            (false, true) => format!("[[{id}\\|{words}]]"),
            (false, false) => format!("[[{id}|{words}]]"),
        };
        (*span, text)
    };
    let changes: Changes = places.iter().map(link).collect();
    let growth = Growth { mentions: places.len() as isize, ..Growth::default() };
    match page.draft(&changes, growth) {
        Some(_) => Ok(changes),
        None => Err("with brackets around it one of them would be read as something else".to_owned()),
    }
}
