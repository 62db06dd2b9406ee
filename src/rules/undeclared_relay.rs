//! `undeclared-relay`

use rustc_hash::FxHashSet;

use super::context::{in_a_row, listed, whose};
use super::same_fault::SameFault;
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, CitedSource, ClaimFacts, EntityFacts, Known, Speaker, Speakers};
use crate::data::date::Date;
use crate::diagnostic::{Finding, Level};
use crate::registry::EntityType;
use crate::syntax::attribute_value;

pub(super) static RULE: Rule = Rule {
    name: "undeclared-relay",
    summary: "somebody's words, taken from a source that is not theirs, and no `via` says so",
    explanation: "\
`by=` says who asserts it; the source cited is somebody else's, an agency's story for one. Then
the words reached the article through others, and `via=` says through whom. Nobody who reads
\"the ministry said\" can tell otherwise whether anybody here read the statement: the Reuters Handbook
and AP want second-hand words marked as second-hand.

    Bad:   [The mast is sound]{.claim by=ministry}[@nwire-0328], the ministry said.
    Good:  [The mast is sound]{.claim by=ministry via=nwire-0328}[@nwire-0328], the ministry said.
    Good:  [The mast is sound]{.claim by=ministry}[@ministry-0327], the ministry said.

Add `via=`, or cite the statement itself. The cited source is not the speaker's own if it relays
another, or if its issuer (or an author or publisher who is a known entity) is another. Nothing is
said where one of the sources is the speaker's own, that of a body of which they are a part, or
which is part of them, or of somebody who speaks for them, nor where it is not known whose it is. The
transcript of a hearing or a trial is the record of what witnesses said, whoever publishes it, and an
`interview` that of what was said to whoever recorded it; in a `broadcast` people are heard, and so
are the words of a `.quote`.

The same words of speakers and sources are reported once an article, at the first claim; the others are
listed with it, and the fix adds `via=` to all of them. A suppression lets stand what it covers and no
more: the finding moves to the first claim that none covers.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    // A claim inside one that says who speaks is covered by what is said there.
    let mut reported: FxHashSet<u32> = FxHashSet::default();
    let mut faults: SameFault<'_, '_, Fault<'_>> = SameFault::new(context, RULE.name, findings);
    for (number, claim) in article.claims.iter().enumerate() {
        let around = claim.parent.is_some_and(|parent| reported.contains(&parent));
        let inherits = matches!(claim.speaker, Speaker::Entities { inherited: true, .. });
        if around && inherits {
            reported.insert(number as u32);
        } else if let Some((fault, finding)) = judge(context, article, claim) {
            faults.push(fault, finding, "here, too");
            reported.insert(number as u32);
        }
    }
}

/// Who speaks, and the sources that are not theirs: ids and keys.
type Fault<'c> = (Vec<&'c str>, Vec<&'c str>);

fn judge<'c>(
    context: &CorpusContext<'c>,
    article: &'c ArticleFacts,
    claim: &'c ClaimFacts,
) -> Option<(Fault<'c>, Finding)> {
    let via = claim.notes.as_ref().and_then(|notes| notes.via);
    if claim.flawed || claim.basis || via.is_some() {
        return None;
    }
    let speakers = speakers(context, claim)?;
    let sources = context.corpus.claim_sources(context.file, article, claim);
    if sources.unknown || sources.known.is_empty() {
        return None;
    }
    // One source that is the speaker's own is enough, and so is one of which nothing is known.
    let said = article.said_on(claim);
    let dates = article.dates_in(said.as_ref());
    let relays = |cited: &CitedSource<'_>| relays(context, dates, cited, (claim, &speakers));
    if !sources.known.iter().all(relays) {
        return None;
    }
    let ids = speakers.iter().map(|speaker| speaker.what.folded_id()).collect();
    let keys = sources.known.iter().map(|cited| &*cited.source.what.key).collect();
    Some(((ids, keys), finding(context, claim, &speakers, &sources.known)))
}

/// Who speaks, where that is said and every one of them is known.
fn speakers<'c>(context: &CorpusContext<'c>, claim: &ClaimFacts) -> Option<Vec<Known<'c, EntityFacts>>> {
    // A speaker who is implied is the author or issuer of the source.
    if !matches!(context.corpus.speakers(context.file, claim), Speakers::Entities(_)) {
        return None;
    }
    let (known, unknown) = context.corpus.known_speakers(context.file, claim);
    (!unknown && !known.is_empty()).then(|| known.into_vec())
}

/// Whether a source passes on what the speakers say and is not their own.
fn relays(
    context: &CorpusContext<'_>,
    dates: &[Date],
    cited: &CitedSource<'_>,
    (claim, speakers): (&ClaimFacts, &[Known<'_, EntityFacts>]),
) -> bool {
    let (corpus, file) = (context.corpus, context.file);
    let source = cited.source.what;
    let author = source.author.as_deref().and_then(|name| corpus.entity(file, name).one());
    let issuer = corpus.issuer_of(file, cited.source);
    let is_own = |whose: Known<'_, EntityFacts>| {
        speakers.iter().any(|speaker| corpus.are_related(dates, whose, *speaker))
    };
    // A transcript is the record of what all said who were heard there, and so is an interview
    // by whoever recorded it. In a broadcast people are heard, and what bodies said is told.
    let is_heard =
        || claim.quote || speakers.iter().all(|speaker| speaker.what.kind == Some(EntityType::Person));
    let is_record = source.relays.is_empty()
        && match &*source.kind {
            "hearing" | "legal_case" | "interview" => true,
            "broadcast" => is_heard(),
            _ => false,
        };
    if is_record || author.is_some_and(is_own) || issuer.is_some_and(is_own) {
        return false;
    }
    !source.relays.is_empty() || issuer.is_some()
}

fn finding(
    context: &CorpusContext<'_>,
    claim: &ClaimFacts,
    speakers: &[Known<'_, EntityFacts>],
    sources: &[CitedSource<'_>],
) -> Finding {
    let names = in_a_row(speakers.iter().map(|speaker| speaker.what.name.to_string()));
    let keys: Vec<&str> = sources.iter().map(|cited| &*cited.source.what.key).collect();
    let list = listed(keys.iter().copied());
    let is = if keys.len() == 1 { "is not theirs" } else { "are not theirs" };
    let mut finding = Finding::new(
        claim.place,
        format!("these are the words of {names}, and {list} {is}: through whom did they come?"),
    )
    .help("say with `via=` who relayed them, or cite the statement itself");
    for cited in sources {
        let known = cited.source;
        let says = match known.what.relays.is_empty() || known.what.protected {
            true => whose(context, known),
            false => {
                let relayed = listed(known.what.relays.iter().map(|key| &**key));
                format!("`{}` relays {relayed}", known.what.key)
            }
        };
        finding.add_related(&known.file.path, known.what.key_place, says);
    }
    let value = keys.join(",");
    let value = attribute_value(&value);
    // It says how the words came, which somebody has to know.
    finding.choice = true;
    finding.fix(format!("Add `via={value}`"), vec![context.add_attributes(claim, &format!("via={value}"))])
}
