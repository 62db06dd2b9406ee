//! What a claim is: who makes it, on what source, and what others make of it.

use std::ops::Range;

use crate::corpus::{
    Anchor, ArticleFacts, ClaimFacts, ClaimReference, Corpus, FileFacts, Hearing, Outcome, ReplyWord,
    Speaker, Speakers, Voices, independent_voices,
};

use super::super::markdown::{Page, escape, strong};
use super::super::relation::{active, passive};
use super::entity::display_name;
use super::{figures, row};

/// Of how many accused it is shown whether they are heard.
const ACCUSED: usize = 8;

/// How many sources of one claim are compared with each other.
const COMPARED: usize = 16;

/// How many claims that refer to one are listed.
const REFERRING: usize = 8;

/// The claim of that number in `file`.
pub(super) fn page(corpus: &Corpus, file: &FileFacts, number: u32, claim: &ClaimFacts) -> Page {
    let mut page = Page::new(head(claim));
    details(corpus, file, number, claim, &mut page);
    page
}

/// A claim that `from` refers to: its words come before who says them.
pub(super) fn referred(corpus: &Corpus, from: &FileFacts, file: &FileFacts, anchor: &Anchor) -> Option<Page> {
    let article = file.article.as_ref()?;
    let found = anchor.claim.and_then(|number| Some((number, article.claims.get(number as usize)?)));
    let Some((number, claim)) = found else {
        // A heading has nothing to say that its words do not.
        let mut page = Page::new(strong(&anchor.id));
        page.line("gone from the text; a correction keeps its id".to_owned());
        return anchor.is_claim.then_some(page);
    };
    let mut first = head(claim);
    if from.path != file.path {
        first += &format!(" · in {}", escape(&article.slug));
        first.extend(article.dates.first().map(|date| format!(" ({date})")));
    }
    let mut page = Page::new(first);
    let words = claim.words.as_deref().map(escape).filter(|words| !words.is_empty());
    page.line(words.map(|words| format!("“{words}”")));
    details(corpus, file, number, claim, &mut page);
    Some(page)
}

/// "**accusation, quote** · kasra-zone"
fn head(claim: &ClaimFacts) -> String {
    let kinds = [
        (claim.accusation, "accusation"),
        (claim.response, "response"),
        (claim.quote, "quote"),
        (claim.figure, "figure"),
    ];
    let kinds: Vec<&str> = kinds.into_iter().filter_map(|(is, kind)| is.then_some(kind)).collect();
    let mut head = strong(if kinds.is_empty() { "claim" } else { "" });
    head += &strong(&kinds.join(", "));
    if let Some(id) = claim.id.as_deref().filter(|id| !id.is_empty()) {
        head += &format!(" · {}", escape(id));
    }
    head
}

fn details(corpus: &Corpus, file: &FileFacts, number: u32, claim: &ClaimFacts, page: &mut Page) {
    let Some(article) = &file.article else { return };
    page.line(speaker(corpus, file, claim));
    page.item(entities(corpus, file, claim.against).map(|names| format!("accuses {names}")));
    if claim.accusation {
        page.items.extend(heard(corpus, file, article, number, claim));
    }
    let notes = claim.notes.as_deref();
    let via = notes.and_then(|notes| relayed(corpus, file, notes.via));
    page.item(via.map(|via| format!("relayed by {via}")));
    page.item(figure(corpus, file, claim));
    page.items.extend(figures::of_claim(corpus, file, number));
    let word = |label: &str, value: Option<&Box<str>>| {
        value
            .map(|value| escape(value))
            .filter(|value| !value.is_empty())
            .map(|value| format!("{label} {value}"))
    };
    page.item(word("said on", notes.and_then(|notes| notes.on.as_ref())));
    page.item(sources(corpus, file, article, claim));
    page.item(independence(corpus, file, article, claim));
    page.item(word("needs no source:", notes.and_then(|notes| notes.basis.as_ref())));
    page.item(Some(checked(article, claim)));
    page.item(word("verdict:", notes.and_then(|notes| notes.verdict.as_ref())));
    page.item(word("withdrawn", notes.and_then(|notes| notes.retracted.as_ref())));
    page.items.extend(references(article, number));
    page.items.extend(referring(corpus, file, claim));
}

/// Whether the desk checked it, and when.
fn checked(article: &ArticleFacts, claim: &ClaimFacts) -> String {
    match article.checked(claim).map(|(date, outer)| (escape(date), outer)) {
        Some((date, false)) if !date.is_empty() => format!("checked {date}"),
        Some((date, true)) if !date.is_empty() => format!("checked {date} with the claim around it"),
        _ => "not checked".to_owned(),
    }
}

/// Of each of the accused whether they are heard.
fn heard<'c>(
    corpus: &'c Corpus,
    file: &'c FileFacts,
    article: &'c ArticleFacts,
    number: u32,
    claim: &ClaimFacts,
) -> Vec<String> {
    let Some(against) = claim.against else { return Vec::new() };
    let hearing = Hearing::new(corpus, file, article);
    let names = corpus.expand(file, against);
    let accused = names.iter().take(ACCUSED).filter_map(|name| corpus.entity(file, &name.folded).one());
    accused
        .map(|accused| {
            let what = match hearing.outcome(number, accused) {
                Outcome::Answered(answer) => {
                    let id = article.claims.get(answer as usize).and_then(|claim| claim.id.as_deref());
                    let id = id.map(|id| format!(" in {}", escape(id))).unwrap_or_default();
                    format!("answered{id}")
                }
                Outcome::AnsweredElsewhere => "answered in another article".to_owned(),
                Outcome::Asked(word) => asked(word).to_owned(),
                Outcome::Unknown => "perhaps answered: it is not known for whom somebody answers".to_owned(),
                Outcome::Unheard if says_not_asked(corpus, file, claim, &accused.what.id) => {
                    "**not heard**: was not asked".to_owned()
                }
                Outcome::Unheard => {
                    "**not heard**: no answer, and it is not said that they were asked".to_owned()
                }
            };
            format!("{}: {what}", escape(&accused.what.name))
        })
        .collect()
}

fn asked(word: ReplyWord) -> &'static str {
    match word {
        ReplyWord::Sought => "was asked",
        ReplyWord::Declined => "was asked and declined to comment",
        ReplyWord::NoAnswer => "was asked and did not answer",
        ReplyWord::Promised => "was asked and promised an answer",
        ReplyWord::NotSought => "was not asked",
    }
}

/// Whether `reply=not-sought` says so of that accused.
fn says_not_asked(corpus: &Corpus, file: &FileFacts, claim: &ClaimFacts, id: &str) -> bool {
    claim.reply.iter().filter(|reply| reply.word == Some(ReplyWord::NotSought)).any(|reply| {
        let name = reply.accused.and_then(|accused| file.entity_references.get(accused as usize));
        name.is_none_or(|name| {
            corpus.entity(file, &name.folded).one().is_some_and(|known| *known.what.id == *id)
        })
    })
}

/// From how many independent origins its sources come.
fn independence(
    corpus: &Corpus,
    file: &FileFacts,
    article: &ArticleFacts,
    claim: &ClaimFacts,
) -> Option<String> {
    let sources = corpus.claim_sources(file, article, claim).known;
    // Whose statement a source is that is not on record, nothing that is shown may tell.
    let is_protected = sources.iter().any(|cited| cited.source.what.protected);
    if is_protected || !(2..=COMPARED).contains(&sources.len()) {
        return None;
    }
    let voices: Vec<Voices<'_>> =
        sources.iter().map(|cited| Voices::of(corpus, file, article, cited.source)).collect();
    Some(match independent_voices(&voices) {
        (1, _) => format!("{} sources, one origin", sources.len()),
        (count, true) => format!("{} sources, {count} independent origins", sources.len()),
        (count, false) => {
            format!(
                "{} sources, at most {count} independent origins: not of all it is known whose they are",
                sources.len()
            )
        }
    })
}

/// Who says it, and how that is known.
pub(super) fn speaker(corpus: &Corpus, file: &FileFacts, claim: &ClaimFacts) -> Option<String> {
    let inherited = matches!(claim.speaker, Speaker::Entities { inherited: true, .. });
    Some(match corpus.speakers(file, claim) {
        Speakers::Missing if claim.quote || claim.accusation || claim.response => {
            "nobody is named as the speaker".to_owned()
        }
        Speakers::Missing | Speakers::Own => "in the article's own voice".to_owned(),
        Speakers::Unnamed => {
            let words = claim.notes.as_deref().and_then(|notes| notes.described_as.as_deref());
            let words = words.map(escape).filter(|words| !words.is_empty());
            let words = words.map(|words| format!(" (“{words}”)")).unwrap_or_default();
            format!("by a speaker who is not named{words}")
        }
        Speakers::Entities(references) => {
            let names = references.iter().map(|one| display_name(corpus, file, &one.folded));
            let names = row(names.collect::<Vec<_>>().into_iter())?;
            format!("by {names}{}", if inherited { " (from the text around it)" } else { "" })
        }
        // Who speaks in a source that is not on record stays there.
        Speakers::Implied(_) if corpus.is_implied_by_protected(file, claim) => {
            "by the source cited after it, which is not on record".to_owned()
        }
        Speakers::Implied(name) => {
            let name = escape(display_name(corpus, file, &name));
            format!("by {name} (from the source cited after it)")
        }
    })
}

fn range(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// The entities of an attribute.
fn entities(corpus: &Corpus, file: &FileFacts, reference: Option<u32>) -> Option<String> {
    let references = corpus.expand(file, reference?);
    let names: Vec<&str> = references.iter().map(|one| display_name(corpus, file, &one.folded)).collect();
    row(names.into_iter())
}

/// Those in `via=`: a source by its key, else an entity; and what each of the sources relays.
fn relayed(corpus: &Corpus, file: &FileFacts, via: Option<u32>) -> Option<String> {
    let references = corpus.expand(file, via?);
    let names: Vec<String> = references
        .iter()
        .map(|one| {
            let key = one.name.trim_start_matches('@');
            let Some(source) = corpus.source(file, key).map(|known| known.what) else {
                return escape(display_name(corpus, file, &one.folded));
            };
            let relays = row(source.relays.iter().map(|key| &**key)).filter(|_| !source.protected);
            let relays = relays.map(|relays| format!(" (which relays {relays})"));
            escape(key) + &relays.unwrap_or_default()
        })
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// "counts killed in Raid on the harbour"
fn figure(corpus: &Corpus, file: &FileFacts, claim: &ClaimFacts) -> Option<String> {
    let notes = claim.notes.as_deref().filter(|_| claim.figure)?;
    let what = notes.what.as_deref().map(escape).filter(|what| !what.is_empty());
    match (what, entities(corpus, file, notes.event)) {
        (Some(what), Some(event)) => Some(format!("counts {what} of {event}")),
        (Some(what), None) => Some(format!("counts {what}")),
        (None, Some(event)) => Some(format!("counts something of {event}")),
        (None, None) => None,
    }
}

/// The sources cited for it: its own or those of the claims around it, else those of its
/// sentence or the div around it.
fn sources(corpus: &Corpus, file: &FileFacts, article: &ArticleFacts, claim: &ClaimFacts) -> Option<String> {
    let own = article
        .around(claim)
        .flat_map(|claim| &claim.points)
        .filter_map(|&point| article.points.get(point as usize));
    let keys = |points: &mut dyn Iterator<Item = &Range<u32>>| {
        let mut keys: Vec<&str> = Vec::new();
        for cited in points.filter_map(|point| article.cited.get(range(point))).flatten() {
            let counts = !cited.bare || corpus.source(file, &cited.key).is_some();
            if counts && !keys.contains(&&*cited.key) {
                keys.push(&cited.key);
            }
        }
        keys
    };
    let own = keys(&mut own.into_iter());
    if let Some(keys) = row(own.into_iter()) {
        return Some(format!("cites {keys}"));
    }
    let nearby = claim.nearby.iter().filter_map(|points| article.points.get(range(points))).flatten();
    if let Some(keys) = row(keys(&mut nearby.into_iter()).into_iter()) {
        return Some(format!("its sentence cites {keys}"));
    }
    let div = file.source_references.get(range(&claim.div_sources))?;
    row(div.iter().map(|reference| &*reference.key))
        .map(|keys| format!("cites {keys}, as the text around it"))
}

/// What it answers, disputes and so on, as written.
fn references(article: &ArticleFacts, number: u32) -> Vec<String> {
    let own = article.claim_references.iter().filter(|reference| reference.claim == Some(number));
    own.take(REFERRING).map(|one| format!("{} {}", active(one.relation), written(one))).collect()
}

fn written(reference: &ClaimReference) -> String {
    let article = reference.article.as_deref().map(escape).unwrap_or_default();
    let sign = if article.is_empty() { "" } else { "\\#" };
    format!("{article}{sign}{}", escape(&reference.id))
}

/// The claims that refer to it, in this article and in others.
fn referring(corpus: &Corpus, file: &FileFacts, claim: &ClaimFacts) -> Vec<String> {
    let Some(id) = &claim.id else { return Vec::new() };
    let all = corpus.claim_references_to(file, id);
    let mut lines: Vec<String> = all
        .iter()
        .take(REFERRING)
        .map(|(user, reference)| {
            let article = user.article.as_ref();
            let by = reference.claim.and_then(|number| article?.claims.get(number as usize)?.id.as_deref());
            let place = match (user.path == file.path, by) {
                (true, Some(by)) => escape(by),
                // What it says is not kept, so one has to look.
                (true, None) if reference.claim.is_some() => {
                    format!("a claim without an id, line {}", reference.place.start.line + 1)
                }
                (true, None) => "this article".to_owned(),
                (false, by) => {
                    let slug = article.map_or("", |article| &article.slug);
                    let by = by.map(|by| format!("\\#{}", escape(by))).unwrap_or_default();
                    escape(slug) + &by
                }
            };
            format!("{} {place}", passive(reference.relation))
        })
        .collect();
    let more = all.len().saturating_sub(REFERRING);
    lines.extend((more > 0).then(|| format!("and {more} more refer to it")));
    lines
}
