//! `quote-drift`

use rustc_hash::FxHashSet;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, ClaimRelation, IndexedQuote, QuotedPlace, Utterance};
use crate::diagnostic::{Finding, Level};
use crate::syntax::{NumberChange, in_its_place, number_change};
use crate::text::{Step, Wording, align, marked};

pub(super) static RULE: Rule = Rule {
    name: "quote-drift",
    summary: "nearly the same words of a speaker that stand otherwise elsewhere",
    explanation: "\
A statement that is quoted again is often copied from the last story, and loses or gains a word on its
way. This compares each quoted sentence with those that the same speaker says anywhere in the corpus,
pull quotes in the same article included, and reports the wording that came later where nearly all words
are the same and some are not. Handbooks hold that quotations are verbatim; two wordings of one statement cannot both be.

    Bad:   [\"The road is open to all lorries with a permit\"]{.quote by=army}     (in March: to lorries with a permit)
    Good:  [\"The road is open to lorries with a permit\"]{.quote by=army}

Nothing is reported where one is a part of the other or leaves words out with `…`, where they were
certainly said on different occasions (`on=`, two interviews or speeches, or two statements of the
speaker's own with different dates), where a figure is what differs or is written otherwise
(\"three\", \"3\"), for translations with their `original`, for a wording that was withdrawn
(`retracted=`), and between parts that are joined with `continues`, `corrects` or `updates`. Look up what was said, and quote it so in both places.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

/// So many words are the same in their order, at least, and so much of all.
const FEWEST_SAME: usize = 5;
const LEAST_SHARE: f64 = 0.8;

/// What differs in more places is another statement in the same form.
const MOST_DIFFERENCES: usize = 2;

/// Of how many places with the same other words the speakers are looked at.
const MOST_PLACES: usize = 2;

/// A sentence that was quoted otherwise before.
struct Drift {
    before: Utterance,
    share: f64,
    shown: String,
}

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let corpus = context.corpus;
    let Some(article) = context.article() else { return };
    let Some(id) = corpus.at_path(context.path()) else { return };
    // One finding a quote.
    let mut reported = None;
    for (sentence, quote) in corpus.sentences_in(id, article) {
        if reported == Some(sentence.claim) {
            continue;
        }
        let Some(drift) = drift(context, article, quote) else { continue };
        let is_reported_there = (context.is_on)("quote-not-in-source")
            && corpus
                .missing_words(context.file, article, article.quotations.of_claim(sentence.claim))
                .is_some();
        if is_reported_there {
            continue;
        }
        reported = Some(sentence.claim);
        let is_here = drift.before.path == *context.path();
        let there = if is_here { "elsewhere in this article" } else { &*drift.before.path };
        let mut finding = Finding::new(
            sentence.place,
            format!("these words of the same speaker stand otherwise in {there}"),
        );
        if is_here {
            finding.message = format!("these words of the same speaker stand otherwise {there}");
        }
        finding = finding.help(format!("there: \"{}\"", drift.shown)).related(
            &drift.before.path,
            drift.before.place,
            "the other wording",
        );
        finding.choice = true;
        if sentence.editable {
            let words = in_its_place(&sentence.words, &drift.before.words);
            finding = finding.fix(
                format!("Quote it as it stands {}", if is_here { "there" } else { "in the other article" }),
                vec![context.edit(sentence.place, words)],
            );
        }
        findings.push(finding);
    }
}

/// The nearest wording before this one by the same speaker that is not the same.
fn drift(context: &CorpusContext<'_>, article: &ArticleFacts, quote: &IndexedQuote) -> Option<Drift> {
    let corpus = context.corpus;
    let near = corpus.near_words(quote.key);
    if near.is_empty() {
        return None;
    }
    let sentence = &article.quotations.sentences[quote.place.sentence as usize];
    let speakers = corpus.all_speakers(context.file, &article.claims[sentence.claim as usize]);
    let voices: FxHashSet<u32> = corpus.voices(speakers.iter().map(|known| known.what));
    // Of two wordings the one that came first counts, wherever it stands again.
    let (same, _) = corpus.same_words(quote.key);
    let says = |place: &QuotedPlace| corpus.is_said_by(context.file, *place, &voices, &speakers);
    let origin = same.iter().copied().find(says).unwrap_or(quote.place);
    let mut own: Option<Utterance> = None;
    let mut best: Option<Drift> = None;
    for key in near {
        let (places, _) = corpus.same_words(key);
        let before = |place: &&QuotedPlace| {
            corpus.is_said_before(**place, origin) && corpus.may_be_said_by(**place, &voices)
        };
        for place in places.iter().filter(before).take(MOST_PLACES) {
            if own.is_none() {
                own = corpus.utterance(context.file, quote.place);
            }
            let own = own.as_ref()?;
            let Some(before) = corpus.utterance(context.file, *place) else { continue };
            if !is_comparable(own, &before) {
                continue;
            }
            if let Some((share, shown)) = difference(&own.words, &before.words, &article.lang)
                && best.as_ref().is_none_or(|best| share > best.share)
            {
                best = Some(Drift { before, share, shown });
            }
        }
    }
    best
}

/// Whether two quotations may be of one statement.
fn is_comparable(own: &Utterance, before: &Utterance) -> bool {
    let is_joined = |relation| {
        matches!(relation, ClaimRelation::Continues | ClaimRelation::Corrects | ClaimRelation::Updates)
    };
    let is_inside = own.path == before.path
        && (own.claim.span().contains(before.claim.span()) || before.claim.span().contains(own.claim.span()));
    own.lang == before.lang
        && before.speakers.iter().any(|speaker| own.speakers.contains(speaker))
        && !own.is_apart(before)
        && !own.is_related(before, is_joined)
        && !is_inside
}

/// How much of two wordings is the same, and the second with what differs marked, where they are
/// two wordings of one sentence. What one of them goes on with before or after is no difference,
/// nor is a number in other signs.
fn difference(own: &str, before: &str, lang: &str) -> Option<(f64, String)> {
    let (one, other) = (Wording::new(own), Wording::new(before));
    let steps = align(&one, &other);
    let is_same = |step: &Step| matches!(step, Step::Same(..));
    let (mut same, mut first, mut second, mut places) = (0, 0, 0, 0);
    for run in without_ends(&steps).chunk_by(|a, b| is_same(a) == is_same(b)) {
        if is_same(&run[0]) {
            same += run.len();
            continue;
        }
        match number_change(run, (&one, own), (&other, before), lang) {
            NumberChange::Same => same += 1,
            NumberChange::Other => return None,
            NumberChange::None => {
                let own = run.iter().filter(|step| matches!(step, Step::First(_))).count();
                (first, second, places) = (first + own, second + run.len() - own, places + 1);
            }
        }
    }
    let share = same as f64 / (same + first.max(second)).max(1) as f64;
    let is_drift = (1..=MOST_DIFFERENCES).contains(&places) && same >= FEWEST_SAME && share >= LEAST_SHARE;
    is_drift.then(|| (share, marked(&steps, (&one, own), (&other, before))))
}

/// The steps without those at either end at which one of the texts alone has words.
fn without_ends(steps: &[Step]) -> &[Step] {
    let is_one_sided = |end: &[Step]| {
        let first = end.iter().any(|step| matches!(step, Step::First(_)));
        let second = end.iter().any(|step| matches!(step, Step::Second(_)));
        first != second
    };
    let differs = |step: &Step| !matches!(step, Step::Same(..));
    let lead = steps.iter().take_while(|step| differs(step)).count();
    let trail = steps[lead..].iter().rev().take_while(|step| differs(step)).count();
    let from = if is_one_sided(&steps[..lead]) { lead } else { 0 };
    let to = if is_one_sided(&steps[steps.len() - trail..]) { steps.len() - trail } else { steps.len() };
    &steps[from..to]
}
