//! `figure-sum-mismatch`

use rustc_hash::FxHashMap;

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, ClaimFacts, FigureFacts, Speakers};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "figure-sum-mismatch",
    summary: "a part that is greater than its whole, or a share over 100 per cent",
    explanation: "\
A figure with `subset-of` is a part of another of the same event, and no part is greater than its
whole. Where one speaker gives both in one article and the least that the part can be is more than the
most that the whole can be, one of them is wrong, or they were taken from different days. Adding up
the figures of a story is among the oldest checks on a copy desk, and fact-checking guides ask for it.

    Bad:   A raid killed [28]{.figure what=killed} people, [34]{.figure what=killed-children subset-of=killed}
           of them children.
    Good:  A raid killed [28]{.figure what=killed} people, [seven]{.figure what=killed-children
           subset-of=killed} of them children.

The same holds for a share: [120 per cent]{.figure … subset-of=voters} of the voters did not vote. Look
both up in the source, and correct the one that is wrong, or what it is said to be a part of. Parts
are not added up, since 20 women and 15 people under age may be among the same 28 dead. Figures of different
speakers, events and units are not compared, and of bounds only what is certain.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Error),
    checks: &[Check::Corpus(check)],
};

/// What a figure has to share with its whole: the event, or where there is none the claim
/// around; the speakers; what is counted in which unit.
type Key<'a> = (Event<'a>, Vec<String>, &'a str, Option<&'a str>);

#[derive(PartialEq, Eq, Hash)]
enum Event<'a> {
    Known(&'a str),
    Within(u32),
}

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    if article.figures.iter().all(|figure| figure.subset_of.is_none()) {
        return;
    }
    // Of several figures for one whole, a rising toll say, the greatest counts.
    let mut wholes: FxHashMap<Key<'_>, (f64, &FigureFacts)> = FxHashMap::default();
    for whole in &article.figures {
        if let Some(key) = key(context, article, whole, &whole.what) {
            let high = whole.amount.range().1;
            let known = wholes.entry(key).or_insert((high, whole));
            if known.0 < high {
                *known = (high, whole);
            }
        }
    }
    for part in &article.figures {
        let Some(subset_of) = part.subset_of.as_deref() else { continue };
        let Some(claim) = article.claims.get(part.claim as usize) else { continue };
        let (low, _) = part.amount.range();
        if article.is_void(part.claim) {
            continue;
        }
        if part.unit.as_deref() == Some("%") && low > 100.0 {
            let message = format!("a share of {} is more than all of `{subset_of}`", said(part));
            findings.push(Finding::new(claim.place, message).help(HELP));
            continue;
        }
        let whole = key(context, article, part, subset_of).and_then(|key| wholes.get(&key));
        let Some((_, whole)) = whole.filter(|(high, _)| low > *high) else { continue };
        findings.push(finding(context, article, claim, part, whole));
    }
}

const HELP: &str = "look both up in the source, and correct the one that is wrong or what it is a part of";

fn finding(
    context: &CorpusContext<'_>,
    article: &ArticleFacts,
    claim: &ClaimFacts,
    part: &FigureFacts,
    whole: &FigureFacts,
) -> Finding {
    let message = format!(
        "`{}` is a part of `{}`, and {} is more than {}",
        part.what,
        whole.what,
        said(part),
        said(whole)
    );
    let mut finding = Finding::new(claim.place, message).help(HELP);
    if let Some(around) = article.claims.get(whole.claim as usize) {
        finding.add_related(context.path(), around.place, format!("the whole: {}", said(whole)));
    }
    finding
}

fn said(figure: &FigureFacts) -> String {
    figure.amount.with_unit(figure.unit.as_deref())
}

/// What `figure` has to share with another that counts `what`, as far as all of it is known.
fn key<'a>(
    context: &CorpusContext<'a>,
    article: &'a ArticleFacts,
    figure: &'a FigureFacts,
    what: &'a str,
) -> Option<Key<'a>> {
    let claim = article.claims.get(figure.claim as usize)?;
    let id =
        |folded: &str| context.corpus.entity(context.file, folded).one().map(|known| known.what.folded_id());
    let event = match figure.event {
        Some(reference) => Event::Known(id(&context.file.entity_references.get(reference as usize)?.folded)?),
        None => Event::Within(claim.parent?),
    };
    let speakers = match context.corpus.speakers(context.file, claim) {
        Speakers::Entities(names) => {
            let mut ids: Vec<String> =
                names.iter().map(|name| id(&name.folded).map(str::to_owned)).collect::<Option<_>>()?;
            ids.sort_unstable();
            ids
        }
        // Who speaks in what is cited may not be on record.
        Speakers::Implied(_) | Speakers::Unnamed => return None,
        Speakers::Own | Speakers::Missing => {
            // What is quoted without a speaker is somebody's.
            let mut around = article.with_those_around(figure.claim);
            if around.any(|(_, claim)| claim.quote || claim.response) {
                return None;
            }
            Vec::new()
        }
    };
    Some((event, speakers, what, counted_in(figure)))
}

/// The unit, where it is not a word for people: seven children are a part of 28 dead.
fn counted_in(figure: &FigureFacts) -> Option<&str> {
    const PEOPLE: &[&str] = &[
        "adults",
        "boys",
        "children",
        "civilians",
        "girls",
        "men",
        "minors",
        "patients",
        "pupils",
        "residents",
        "soldiers",
        "students",
        "victims",
        "women",
        "workers",
        "frauen",
        "jungen",
        "kinder",
        "mädchen",
        "männer",
        "opfer",
        "schüler",
        "soldaten",
        "zivilisten",
    ];
    figure.unit.as_deref().filter(|unit| !PEOPLE.contains(unit))
}
