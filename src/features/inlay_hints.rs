//! What stands beside the words of an article without being written there: whose statement a
//! cited source is, who is meant by an alias, who is taken to say a claim, and whether it was
//! checked.

use crate::corpus::{
    CitedKey, ClaimFacts, Corpus, EntityReference, EntityRole, FileFacts, Speaker, Speakers,
};
use crate::text::{Place, Span, fold};

use super::hover::display_name;
use super::symbols::one_line;

/// Which hints are wanted: each can be switched off alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InlaySettings {
    /// After a citation: the source's issuer and date.
    pub citations: bool,
    /// After a mention by an alias: who is meant.
    pub mentions: bool,
    /// After a claim: who is taken to say it, where that is implied.
    pub speakers: bool,
    /// After a claim: what the desk holds of it.
    pub verdicts: bool,
    /// After a claim: whether it was checked. That it was not, only where the desk is at it: in
    /// an article in review, or of which it has checked some claims. Elsewhere it would stand
    /// after each.
    pub checks: bool,
}

impl Default for InlaySettings {
    fn default() -> Self {
        InlaySettings { citations: true, mentions: true, speakers: true, verdicts: true, checks: true }
    }
}

/// Something that is shown and not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where: an empty place, after what it is about.
    pub place: Place,
    /// What is shown.
    pub label: String,
    /// Where more is to be known of it: where a hover over the same says more.
    pub about: Place,
}

/// The hints for what ends in `range` of `file`, by place.
#[must_use]
pub fn inlay_hints(corpus: &Corpus, file: &FileFacts, range: Span, settings: InlaySettings) -> Vec<Hint> {
    let Some(article) = &file.article else { return Vec::new() };
    let is_wanted = |place: &Place| (range.start..=range.end).contains(&place.end.offset);
    let mut hints = Vec::new();
    let mut add = |place: Place, about: Place, label: Option<String>| {
        let label = label.map(|label| one_line(&label)).filter(|label| !label.is_empty());
        let place = Place { start: place.end, end: place.end };
        hints.extend(label.map(|label| Hint { place, label, about }));
    };
    if settings.citations {
        for cited in article.cited.iter().filter(|cited| is_wanted(&cited.place)) {
            add(cited.place, cited.place, citation(corpus, file, cited));
        }
    }
    if settings.mentions {
        for mention in article.mentions.iter().filter(|mention| is_wanted(&mention.place)) {
            if let Some(reference) = file.entity_references.get(mention.reference as usize) {
                add(mention.place, mention.place, alias(corpus, file, reference));
            }
        }
    }
    let is_at_desk = article.in_review || article.claims.iter().any(is_checked);
    for claim in article.claims.iter().filter(|claim| !claim.flawed && is_wanted(&claim.place)) {
        let label = self::claim(corpus, file, claim, is_at_desk, settings);
        add(claim.place, claim.place, (!label.is_empty()).then(|| label.join(" · ")));
    }
    hints.sort_by_key(|hint| hint.place.start.offset);
    hints
}

/// "Harbour Hospital, 2026-03-11". Of a source that is not on record only that.
fn citation(corpus: &Corpus, file: &FileFacts, cited: &CitedKey) -> Option<String> {
    let source = corpus.source(file, &cited.key)?.what;
    if source.protected {
        return Some("not on record".to_owned());
    }
    let issuer = corpus.issuer(file, source).map(|name| display_name(corpus, file, name).to_owned());
    let date = source.issued.as_ref().map(ToString::to_string);
    let parts: Vec<String> = [issuer, date].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The name of the one who is meant, where neither it nor the id is written.
fn alias(corpus: &Corpus, file: &FileFacts, reference: &EntityReference) -> Option<String> {
    if reference.role != EntityRole::Mention {
        return None;
    }
    let entity = corpus.entity(file, &reference.folded).one()?.what;
    let is_plain = *reference.folded == *entity.folded_id() || *reference.folded == *fold(&entity.name);
    (!is_plain).then(|| entity.name.to_string())
}

fn is_checked(claim: &ClaimFacts) -> bool {
    claim.notes.as_deref().is_some_and(|notes| notes.checked.is_some())
}

fn claim(
    corpus: &Corpus,
    file: &FileFacts,
    claim: &ClaimFacts,
    is_at_desk: bool,
    settings: InlaySettings,
) -> Vec<String> {
    let notes = claim.notes.as_deref();
    let speaker = settings.speakers.then(|| speaker(corpus, file, claim)).flatten();
    let verdict = notes.and_then(|notes| notes.verdict.as_ref()).filter(|_| settings.verdicts);
    // The date is written beside it. What is nested in a claim is checked with it.
    let checked = match notes.and_then(|notes| notes.checked.as_ref()) {
        _ if !settings.checks => None,
        Some(date) if has_changed(file, claim) => Some(format!("changed since {date}")),
        Some(_) => Some("✓".to_owned()),
        None => (is_at_desk && claim.parent.is_none()).then(|| "not checked".to_owned()),
    };
    let verdict = verdict.map(|verdict| format!("verdict: {verdict}"));
    [speaker, verdict, checked].into_iter().flatten().collect()
}

/// Whether it was found that the claim is no longer what was checked.
pub(super) fn has_changed(file: &FileFacts, claim: &ClaimFacts) -> bool {
    file.findings.iter().any(|found| found.rule == "outdated-check" && found.place == claim.place)
}

/// Who is taken to say it, where it is not written beside it.
fn speaker(corpus: &Corpus, file: &FileFacts, claim: &ClaimFacts) -> Option<String> {
    let names: Vec<String> = match corpus.speakers(file, claim) {
        Speakers::Entities(names)
            if matches!(claim.speaker, Speaker::Entities { inherited: true, .. })
                && !is_said_around(file, claim) =>
        {
            names.iter().map(|name| display_name(corpus, file, &name.folded).to_owned()).collect()
        }
        // Who speaks in a source that is not on record stays there.
        Speakers::Implied(_) if corpus.is_implied_by_protected(file, claim) => return None,
        Speakers::Implied(name) => vec![display_name(corpus, file, &name).to_owned()],
        _ => return None,
    };
    (!names.is_empty()).then(|| format!("by {}", names.join(", ")))
}

/// Whether the claim around it, which ends on the same line, says who speaks.
fn is_said_around(file: &FileFacts, claim: &ClaimFacts) -> bool {
    let outer = claim.parent.and_then(|outer| file.article.as_ref()?.claims.get(outer as usize));
    outer.is_some_and(|outer| {
        outer.place.end.line == claim.place.end.line
            && matches!(outer.speaker, Speaker::Entities { inherited: false, .. })
    })
}
