//! `unattributed-quote`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, ClaimFacts, ClaimRelation, Speakers};
use crate::diagnostic::{Finding, Level};
use crate::syntax::attribute_value;

pub(super) static RULE: Rule = Rule {
    name: "unattributed-quote",
    summary: "a quote that does not say who speaks",
    explanation: "\
A `.quote` says with `by=` whose words they are. It may take that over from the claim or div around
it or from the quote that it goes on from (`continues=`), and where nothing else is said the one
person speaking in the source right after it counts: the author or issuer of a speech, interview,
personal communication, post, hearing or broadcast. An agency's story or a report is not the words
of one speaker. Words without a speaker can't be checked against what was said, and AP and the
Reuters Handbook let no quote stand without one.

    Bad:   [\"All of them burned.\"]{.quote}[@agency-story-0807]
    Good:  [\"All of them burned.\"]{.quote by=harbour-master via=agency}[@agency-story-0807]
    Good:  [\"All of them burned.\"]{.quote by=unnamed as=\"a docker\"}[@docker-0804]

Add `by=` with the speaker; `by=unnamed as=\"…\"` for one whose name the article withholds.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

/// What is known of a claim's speaker.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attribution {
    /// Somebody speaks, or it is said that the name is withheld.
    Given,
    /// Nobody does, and that was reported where it begins.
    Reported,
    Missing,
}

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    let mut known: Vec<Attribution> = Vec::with_capacity(article.claims.len());
    for claim in &article.claims {
        let mut attribution = attribution(context, article, claim, &known);
        if attribution == Attribution::Missing && claim.flawed {
            // What is wrong with its markup may well be the reason.
            attribution = Attribution::Reported;
        } else if attribution == Attribution::Missing && claim.quote {
            findings.push(finding(context, article, claim));
            attribution = Attribution::Reported;
        }
        known.push(attribution);
    }
}

/// `before` holds what is known of the claims before this one, the outer among them.
fn attribution(
    context: &CorpusContext<'_>,
    article: &ArticleFacts,
    claim: &ClaimFacts,
    before: &[Attribution],
) -> Attribution {
    if !matches!(context.corpus.speakers(context.file, claim), Speakers::Missing) {
        return Attribution::Given;
    }
    let around = claim.parent.map_or(Attribution::Missing, |parent| before[parent as usize]);
    let goes_on = article.related(claim, ClaimRelation::Continues).next().is_some();
    if around != Attribution::Missing || !goes_on {
        return around;
    }
    let mut goes_on_from =
        context.corpus.own_claims(context.file, claim, ClaimRelation::Continues).peekable();
    if goes_on_from.peek().is_none() {
        // It points nowhere, which is another fault, or at another article.
        return Attribution::Given;
    }
    for number in goes_on_from {
        let first = &article.claims[number as usize];
        match before.get(number as usize) {
            Some(Attribution::Missing) => {}
            Some(&other) => return other,
            // It comes later. If nobody speaks there either, it is reported there.
            None if !matches!(context.corpus.speakers(context.file, first), Speakers::Missing) => {
                return Attribution::Given;
            }
            None if first.quote => return Attribution::Reported,
            None => {}
        }
    }
    Attribution::Missing
}

fn finding(context: &CorpusContext<'_>, article: &ArticleFacts, claim: &ClaimFacts) -> Finding {
    let mut finding = Finding::new(claim.place, "this quote does not say who speaks")
        .help("add `by=` with the speaker, or `by=unnamed as=\"…\"` where the name is withheld");
    if let Some(id) = likely_speaker(context, article, claim) {
        let value = attribute_value(id);
        // The source's author may have quoted somebody else.
        finding.choice = true;
        finding = finding.fix(
            format!("Add `by={value}`, whose source it is"),
            vec![context.add_attributes(claim, &format!("by={value}"))],
        );
    }
    finding
}

/// The author, else the issuer, of the one source right after the claim. Nobody is
/// proposed by name who did not speak on the record.
fn likely_speaker<'c>(
    context: &CorpusContext<'c>,
    article: &ArticleFacts,
    claim: &ClaimFacts,
) -> Option<&'c str> {
    let point = article.points.get(claim.followed_by? as usize)?;
    let [cited] = &article.cited[point.start as usize..point.end as usize] else { return None };
    let source = context.corpus.source(context.file, &cited.key)?.what;
    let entity =
        |name: Option<&str>| context.corpus.entity(context.file, name?).one().map(|known| &*known.what.id);
    (!source.protected).then(|| {
        entity(source.author.as_deref()).or_else(|| entity(context.corpus.issuer(context.file, source)))
    })?
}
