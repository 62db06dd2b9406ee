//! `quote-speaker-conflict`

use rustc_hash::FxHashSet;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{
    Answerers, ArticleFacts, Corpus, EntityFacts, IndexedQuote, Known, QuotedPlace, Utterance,
};
use crate::diagnostic::{Finding, Level};
use crate::text::Wording;

pub(super) static RULE: Rule = Rule {
    name: "quote-speaker-conflict",
    summary: "the same words given to another speaker elsewhere",
    explanation: "\
Two people hardly ever say the same sentence. This looks for each quoted sentence among all others of
the corpus, and reports the speaker who came later where the words are the same and the speaker is
another: one of the two stories gives them to the wrong person. Who said it is the first thing that
fact-checking guides ask to be checked of a quotation.

    Bad:   [\"We counted them twice and came to nineteen\"]{.quote by=kolb}[@wire-0312]     (in March: by=varn)
    Good:  [\"We counted them twice and came to nineteen\"]{.quote by=varn}[@wire-0312]

Five words are enough where both cite the same source, otherwise ten: less may be chance. Nothing is
reported for what three or more speakers say, a phrase that everybody uses; between a body and those who
speak for it or are part of it; where both were certainly said on different occasions; or where one of
the claims says how it stands to the other (`repeats`, `confirms`, `corrects` …). Find out who said it,
and correct the other story too.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

/// With fewer words two speakers may say the same by chance, unless one source has it.
const NO_CHANCE: usize = 10;

/// What goes by so many names is said by everybody.
const STOCK_PHRASE: usize = 3;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let corpus = context.corpus;
    let Some(article) = context.article() else { return };
    let Some(id) = corpus.at_path(context.path()) else { return };
    let mut reported = None;
    for (sentence, quote) in corpus.sentences_in(id, article) {
        if reported == Some(sentence.claim) || corpus.same_words(quote.key).1 < 2 {
            continue;
        }
        let Some((own, before)) = conflict(context, article, quote) else { continue };
        reported = Some(sentence.claim);
        let there = match before.path == own.path {
            true => "elsewhere in this article".to_owned(),
            false => format!("in {}", before.path),
        };
        let (here, other) = (names(corpus, &own), names(corpus, &before));
        findings.push(
            Finding::new(
                sentence.place,
                format!("these words are given to {here} here and to {other} {there}"),
            )
            .help("give them to whoever said them, or say with `repeats=` that one speaker repeats the other")
            .related(&before.path, before.place, format!("here {other} says it")),
        );
    }
}

/// The first place before this one at which somebody else says it.
fn conflict(
    context: &CorpusContext<'_>,
    article: &ArticleFacts,
    quote: &IndexedQuote,
) -> Option<(Utterance, Utterance)> {
    let corpus = context.corpus;
    let sentence = &article.quotations.sentences[quote.place.sentence as usize];
    let speakers = corpus.all_speakers(context.file, &article.claims[sentence.claim as usize]);
    let voices: FxHashSet<u32> = corpus.voices(speakers.iter().map(|known| known.what));
    let (places, _) = corpus.same_words(quote.key);
    let others: FxHashSet<u32> =
        places.iter().filter(|place| !voices.contains(&place.speaker())).map(QuotedPlace::speaker).collect();
    if others.is_empty() || others.len() >= STOCK_PHRASE {
        return None;
    }
    let own = corpus.utterance(context.file, quote.place).filter(|own| !own.speakers.is_empty())?;
    // Of two speakers the one counts to whom the words were given first.
    let says = |place: &QuotedPlace| corpus.is_said_by(context.file, *place, &voices, &speakers);
    let origin = places.iter().copied().find(says).unwrap_or(quote.place);
    let mut found: Option<Utterance> = None;
    // Each set of others who say it.
    let mut sets: Vec<Vec<Box<str>>> = Vec::new();
    for place in places.iter().filter(|place| **place != quote.place) {
        let is_own = voices.contains(&place.speaker()) && !corpus.has_own_meanings(place.file);
        let Some(other) = (!is_own).then(|| corpus.utterance(context.file, *place)).flatten() else {
            continue;
        };
        if other.speakers.is_empty() || other.speakers.iter().any(|speaker| own.speakers.contains(speaker)) {
            continue;
        }
        if !sets.contains(&other.speakers) {
            sets.push(other.speakers.clone());
        }
        if sets.len() + 1 >= STOCK_PHRASE {
            return None;
        }
        if found.is_none()
            && corpus.is_said_before(*place, origin)
            && is_in_conflict(corpus, article, &own, &other)
        {
            found = Some(other);
        }
    }
    found.map(|found| (own, found))
}

fn is_in_conflict(corpus: &Corpus, article: &ArticleFacts, own: &Utterance, other: &Utterance) -> bool {
    let is_one_source = own.keys.iter().any(|key| other.keys.contains(key));
    let is_inside = own.path == other.path
        && (own.claim.span().contains(other.claim.span()) || other.claim.span().contains(own.claim.span()));
    (is_one_source || Wording::new(&own.words).len() >= NO_CHANCE)
        && !is_inside
        && !own.is_apart(other)
        && !own.is_related(other, |_| true)
        && !speak_for_each_other(corpus, article, own, other)
}

/// Whether any of the speakers is part of another's body, or speaks for it.
fn speak_for_each_other(corpus: &Corpus, article: &ArticleFacts, own: &Utterance, other: &Utterance) -> bool {
    let known = |utterance: &Utterance| -> Vec<Known<'_, EntityFacts>> {
        utterance.speakers.iter().filter_map(|id| corpus.by_id(id)).collect()
    };
    let (own, other) = (known(own), known(other));
    let answers = |voices: &[Known<'_, EntityFacts>], asked: &[Known<'_, EntityFacts>]| {
        let mut answerers = Answerers::default();
        for voice in voices {
            answerers.add(corpus, article.dates_in(None), *voice, 0);
        }
        asked.iter().any(|entity| answerers.answer_for(corpus, article, *entity).is_some())
    };
    answers(&own, &other) || answers(&other, &own)
}

/// The names of who says it.
fn names(corpus: &Corpus, utterance: &Utterance) -> String {
    let name = |id: &str| corpus.by_id(id).map_or_else(|| id.to_owned(), |known| known.what.name.to_string());
    utterance.speakers.iter().map(|id| name(id)).collect::<Vec<_>>().join(" and ")
}
