//! `one-sided`

use super::context::in_a_row;
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{Answerers, ArticleFacts, ClaimFacts, EntityFacts, Known, ReplyWord};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "one-sided",
    summary: "accusations, and none of the accused says anything in the article",
    explanation: "\
That the accused were asked is said (`reply=sought`, `promised`), and yet nobody in the whole article
speaks for them: neither they, nor a body above or below them, nor a person who speaks for one of
these. What they have said before, in court papers or in public, is often to be had. The BBC's
guidelines on fairness and Ofcom's code (rule 7.9) ask that facts are not left out in a way that is
unfair to somebody.

    Bad:   [The crews slept]{.accusation by=karu against=army reply=sought}[@karu-1012].
    Good:  [The crews slept]{.accusation by=karu against=army reply=sought}[@karu-1012].
           In an earlier report, the army said that [crews sleep in shifts]{.claim by=army}[@army-2024].

Let them speak, with what is on record of them. Nothing is said where an accused declined to comment
or did not answer, nor where it is not said at all what came of asking them, which is
`right-of-reply-missing`.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Hint),
    checks: &[Check::Corpus(check)],
};

/// How many other accusations a finding points at.
const MOST_RELATED: usize = 5;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    let accusations: Vec<&ClaimFacts> =
        article.claims.iter().filter(|claim| claim.accusation && claim.against.is_some()).collect();
    let Some((first, others)) = accusations.split_first() else { return };
    let asks = |claim: &&ClaimFacts| !claim.flawed && is_asked_only(claim);
    if !accusations.iter().all(asks) {
        return;
    }
    let Some(accused) = accused(context, &accusations) else { return };
    let Some(voices) = voices(context, article) else { return };
    if accused.iter().any(|accused| voices.answer_for(context.corpus, article, *accused).is_some()) {
        return;
    }
    let names: Vec<&str> = accused.iter().map(|accused| &*accused.what.name).collect();
    let message = match names[..] {
        [one] => format!("{one} is accused, and nothing in the article is said by them or for them"),
        _ => {
            let names = in_a_row(names.iter().map(|name| (*name).to_owned()));
            format!("{names} are accused, and nothing in the article is said by them or for them")
        }
    };
    let mut finding = Finding::new(first.place, message).help(
        "let them speak: mark what is on record of them with `by=`, or what they answer as a `.response`",
    );
    for other in others.iter().take(MOST_RELATED) {
        finding.add_related(context.path(), other.place, "another accusation");
    }
    findings.push(finding);
}

/// Whether it is said of all accused that they were asked, and not what they said to it.
fn is_asked_only(claim: &ClaimFacts) -> bool {
    !claim.reply.is_empty()
        && claim.reply.iter().all(|reply| matches!(reply.word, Some(ReplyWord::Sought | ReplyWord::Promised)))
}

/// Whom these accuse, where all are known.
fn accused<'c>(
    context: &CorpusContext<'c>,
    accusations: &[&ClaimFacts],
) -> Option<Vec<Known<'c, EntityFacts>>> {
    let mut accused: Vec<Known<'c, EntityFacts>> = Vec::new();
    for claim in accusations {
        for name in context.corpus.expand(context.file, claim.against?) {
            let entity = context.corpus.entity(context.file, &name.folded).one()?;
            if accused.iter().all(|other| other.what.id != entity.what.id) {
                accused.push(entity);
            }
        }
    }
    (!accused.is_empty()).then_some(accused)
}

/// Whoever says anything, where all of them are known.
fn voices<'c>(context: &CorpusContext<'c>, article: &ArticleFacts) -> Option<Answerers<'c>> {
    let mut voices = Answerers::default();
    for (number, claim) in article.claims.iter().enumerate() {
        let (known, unknown) = context.corpus.known_speakers(context.file, claim);
        // Somebody answers of whom it is not known who they are.
        if claim.response && (unknown || claim.flawed) {
            return None;
        }
        let said = article.said_on(claim);
        for entity in known {
            voices.add(context.corpus, article.dates_in(said.as_ref()), entity, number as u32);
        }
    }
    Some(voices)
}
