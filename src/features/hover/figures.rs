//! What was said of an event in figures: by whom, when, how many. Speakers who disagree are
//! news, and this is where they are seen side by side.

use crate::corpus::{Corpus, EntityFacts, FileFacts, SeriesFigure};

use super::super::markdown::escape;
use super::claim::speaker;

/// How many figures are shown, those of one speaker being one: the latest.
const MOST: usize = 12;

/// Of how many things that are counted of an event the figures are shown.
const MOST_KINDS: usize = 4;

/// The figures that count the same of the same event as the claim of that number in `file`;
/// none where it is the only one.
pub(super) fn of_claim(corpus: &Corpus, file: &FileFacts, number: u32) -> Vec<String> {
    let Some(series) = file.article.as_ref().and_then(|article| {
        let at = article.figures.binary_search_by_key(&number, |figure| figure.claim).ok()?;
        let figure = &article.figures[at];
        let event = &file.entity_references.get(figure.event? as usize)?.folded;
        let event = corpus.entity(file, event).one()?;
        Some(corpus.figure_series(event.what.folded_id(), &figure.what))
    }) else {
        return Vec::new();
    };
    if series.count < 2 {
        return Vec::new();
    }
    let mut lines: Vec<String> =
        series.latest.iter().take(MOST).filter_map(|figure| line(corpus, *figure)).collect();
    lines.extend(more(series.count.saturating_sub(lines.len())));
    lines
}

/// What is counted of an event, and by whom.
pub(super) fn of_event(corpus: &Corpus, event: &EntityFacts) -> Vec<String> {
    let kinds = corpus.counted_of(event.folded_id());
    let mut lines: Vec<String> = Vec::new();
    let mut count = 0;
    for what in kinds.iter().take(MOST_KINDS) {
        let series = corpus.figure_series(event.folded_id(), what);
        count += series.count;
        let free = MOST.saturating_sub(lines.len());
        let own = series.latest.iter().take(free).filter_map(|figure| line(corpus, *figure));
        lines.extend(own.map(|line| format!("{}: {line}", escape(what))));
    }
    lines.extend(more(count.saturating_sub(lines.len())));
    let kinds = kinds.len().saturating_sub(MOST_KINDS);
    lines.extend((kinds > 0).then(|| format!("and {kinds} more things are counted")));
    lines
}

fn more(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("and 1 more figure".to_owned()),
        _ => Some(format!("and {count} more figures")),
    }
}

/// "at least 26 by Harbour Hospital, in morning-after (2023-02-16)"
fn line(corpus: &Corpus, SeriesFigure { file, figure }: SeriesFigure) -> Option<String> {
    let file = corpus.file(file)?;
    let article = file.article.as_ref()?;
    let figure = article.figures.get(figure as usize)?;
    let claim = article.claims.get(figure.claim as usize)?;
    let amount = escape(&figure.amount.with_unit(figure.unit.as_deref()));
    // What is quoted without a name inside is said by whoever says the quote.
    let around = article.with_those_around(figure.claim).map(|(_, around)| around);
    let speaks = around.into_iter().find(|around| around.quote || around.accusation || around.response);
    let by = speaker(corpus, file, speaks.filter(|_| claim.speaker == Default::default()).unwrap_or(claim))?;
    let date = figure.entry.as_ref().or(article.dates.first());
    let date = date.map(|date| format!(" ({date})")).unwrap_or_default();
    Some(format!("{amount} {by}, in {}{date}", escape(&article.slug)))
}
