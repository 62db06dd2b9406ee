//! `headline-unsupported`

use super::{Check, CorpusContext, Findings, Levels, Rule, TextContext, Tier};
use crate::corpus::{ArticleFacts, ClaimFacts, ClaimReference, ClaimRelation, ClaimTarget, Verdict};
use crate::diagnostic::{Finding, Level};
use crate::syntax::headline::unsupported_figures;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    name: "headline-unsupported",
    summary: "a headline with a figure, a name or a claim that the story does not bear out",
    explanation: "\
More people read the headline than the story. This finds in the `title` a figure that is nowhere in
the text; the name of a known entity (of two words or more) of which the text has neither the words
nor another name; and among `title-claims`, which carry the headline, those that the desk holds to be
false or disputed, and those without a source where no other rule says so. AP and the Reuters
Handbook let a headline say no more than the story can prove, and Ofcom and the press councils hold
editors to it.

    Bad:   title: Raid kills 28 …  At least 18 people were killed, the hospital said [@list].
    Good:  title: Raid kills 18 …  At least 18 people were killed, the hospital said [@list].

Correct the headline or the story. A rounded figure is borne out by an exact one, by two or three
neighbours in the text that add up to it, and a percentage by the two figures that it is the change
between. Years, dates, ages, ordinals, \"one\" and \"two\", numbers in names and in \"five things to
know\" are left alone, and so are articles that have no annotation at all, figures above a text of
fewer than nine words, and a false claim where the headline says that it is (\"false\", \"no
evidence\"), denies or asks.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Text(check_figures), Check::Corpus(check_corpus)],
};

/// Articles with fewer words are notes under a picture or a link.
const FEWEST_WORDS: usize = 8;

fn check_figures(context: &TextContext<'_>, findings: &mut Findings) {
    let Some((article, front)) = context.as_article() else { return };
    let Some(title) = &front.title else { return };
    let body = &article.plain.text;
    let annotated = context.facts.article.as_ref().is_some_and(|facts| facts.annotated);
    if !annotated || body.split_whitespace().nth(FEWEST_WORDS).is_none() {
        return;
    }
    let whole = title.span.of(context.source.text);
    let start = whole.find(title.as_str()).map(|at| title.span.start() + at);
    for figure in unsupported_figures(title.as_str(), body, front.language()) {
        let span = start.map_or(title.span, |start| Span::new(start + figure.start, start + figure.end));
        let message = format!("`{}` is in the headline and nowhere in the story", &title.as_str()[figure]);
        let finding = Finding::new(context.place(span), message)
            .help("correct the headline, or say in the story what the figure is");
        findings.push(finding);
    }
}

fn check_corpus(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| article.annotated && !article.retracted) else {
        return;
    };
    for (entity, place) in context.corpus.only_in_headline(context.file, article) {
        let message = format!("{} is in the headline and nowhere in the story", entity.what.name);
        let finding = Finding::new(place, message)
            .help("correct the headline, or say in the story what they have to do with it")
            .related(&entity.file.path, entity.what.id_place, "who or what is meant");
        findings.push(finding);
    }
    claims(context, article, findings);
}

fn claims(context: &CorpusContext<'_>, article: &ArticleFacts, findings: &mut Findings) {
    let headline = |reference: &&ClaimReference| reference.relation == ClaimRelation::Headline;
    // They come first.
    let headline = article.claim_references.iter().take_while(headline);
    // Where unsourced claims are reported, this would be the same fault.
    let mut points = None;
    let unsourced_is_reported = (context.is_on)("unsourced-claim");
    for reference in headline {
        let ClaimTarget::Claim(_, anchor) = context.corpus.claim(context.file, reference) else { continue };
        let claim = anchor.claim.and_then(|claim| article.claims.get(claim as usize));
        let Some(claim) = claim.filter(|claim| !claim.flawed) else { continue };
        let message = match verdict(claim) {
            Some(verdict) if !admits(article) => {
                format!("`{}` carries the headline, and the desk holds it to be {verdict}", reference.id)
            }
            Some(_) => continue,
            None => {
                let points = points.get_or_insert_with(|| context.counting_points(article));
                let is_outermost = claim.parent.is_none() && !claim.basis;
                if unsourced_is_reported || !is_outermost || points.cited_by(claim) {
                    continue;
                }
                format!("`{}` carries the headline, and has no source", reference.id)
            }
        };
        let finding = Finding::new(reference.place, message)
            .help("rest the headline on what stands, or say in it that this is in doubt")
            .related(context.path(), claim.place, "the claim");
        findings.push(finding);
    }
}

/// What the desk holds of a claim, where that is no ground for a headline.
fn verdict(claim: &ClaimFacts) -> Option<&'static str> {
    match claim.verdict? {
        Verdict::False => Some("false"),
        Verdict::Disputed => Some("disputed"),
        Verdict::True | Verdict::Unverifiable => None,
    }
}

/// Whether the headline itself says that something in it is in doubt, in English or German.
fn admits(article: &ArticleFacts) -> bool {
    const DOUBT: &[&str] = &[
        "false",
        "fake",
        "untrue",
        "wrong",
        "disput",
        "contest",
        "denie",
        "deny",
        "debunk",
        "no evidence",
        "reject",
        "doubt",
        "unproven",
        "refute",
        "myth",
        "hoax",
        "not true",
        "fact check",
        "fact-check",
        "falsch",
        "gefälscht",
        "umstritten",
        "bestreite",
        "bestritt",
        "dementi",
        "widerleg",
        "zweifel",
        "kein beleg",
        "keine belege",
        "faktencheck",
        "stimmt nicht",
        "weist",
        "?",
    ];
    let title = article.title.as_deref().unwrap_or_default().to_lowercase();
    DOUBT.iter().any(|word| title.contains(word))
}
