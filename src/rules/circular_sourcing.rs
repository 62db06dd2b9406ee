//! `circular-sourcing`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{FileFacts, Known, Link, Round};
use crate::diagnostic::{Finding, Level};
use crate::text::Place;

pub(super) static RULE: Rule = Rule {
    name: "circular-sourcing",
    summary: "sources that lead back to the article that cites them, or to themselves",
    explanation: "\
An article cites a source, the source relays another or is an article of this corpus, that one
cites a third, and the third rests on the first: nobody in the ring knows anything. This follows
`relays:` and `article:` in the registries and the citations in the articles, and prints the
ring file by file. Such rings come about by updates: an old story is brought up to date with a
newer one that was built on it. Wikipedia's page on circular reporting has famous ones.

    Bad:   bridge.md cites @road-survey, whose entry says `article: road-survey`;
           road-survey.md cites @bridge-story, whose entry says `article: bridge`.
    Good:  road-survey.md cites the engineers' report that both rest on.

Take one step out of the ring: cite what that article itself rests on. A ring that goes through
articles is reported in each of them, at the citation that leads into it; one of sources alone in
the registry, at the first of them.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Error),
    checks: &[Check::Corpus(check)],
};

/// How many steps of a ring a message names, and how many the related places lead through.
const MOST_NAMED: usize = 6;
const MOST_RELATED: usize = 20;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    for what in context.file.sources.iter().filter(|source| !source.relays.is_empty() && !source.stale) {
        if let Some(round) = context.corpus.ring_from(Known { file: context.file, what }) {
            findings.push(finding(context, what.key_place, &round));
        }
    }
    let Some(article) = context.article() else { return };
    let Some(mut round) = context.corpus.ring_through(context.file) else { return };
    // It begins with the citation, and ends with this article.
    if !round.way.is_empty() {
        round.way.rotate_left(1);
    }
    let mut cited = context.corpus.cited_sources(context.file, article);
    let place = match round.way.first() {
        Some(Link::Source(first)) => cited.find(|cited| std::ptr::eq(cited.source.what, first.what)),
        _ => cited.next(),
    };
    if let Some(cited) = place {
        findings.push(finding(context, cited.place, &round));
    }
}

fn finding(context: &CorpusContext<'_>, place: Place, round: &Round<'_>) -> Finding {
    let mut finding = Finding::new(place, message(context, round))
        .help("take one step out: cite what it rests on in the end, and no story built on this one");
    for (from, to) in steps(round).take(MOST_RELATED) {
        // What one that is not on record passes on is not for any message.
        if matches!(from, Link::Source(known) if known.what.protected) {
            continue;
        }
        let place = match from {
            Link::Source(known) => Some(known.what.key_place),
            Link::Article(file) => citation(file, to),
        };
        let (Link::Source(Known { file, .. }) | Link::Article(file)) = from;
        let says = format!("{} {}", name(context, from), leads(context, from, to));
        finding.add_related(&file.path, place.unwrap_or_default(), says);
    }
    finding
}

/// Each step of a ring: what rests on what.
fn steps<'r, 'c>(round: &'r Round<'c>) -> impl Iterator<Item = (&'r Link<'c>, &'r Link<'c>)> {
    let way = &round.way;
    way.iter().zip(way.iter().skip(1).chain(way.first()))
}

fn message(context: &CorpusContext<'_>, round: &Round<'_>) -> String {
    let is_protected = |link: &Link<'_>| matches!(link, Link::Source(known) if known.what.protected);
    let shown = round.way.first().filter(|_| !round.way.iter().any(is_protected));
    let Some(first) = shown else {
        return format!("this leads back to itself: {} sources and articles rest on each other", round.count);
    };
    if let ([Link::Source(known)], 1) = (&round.way[..], round.count) {
        return format!("`{}` relays itself", known.what.key);
    }
    let is_article = round.way.iter().any(|link| matches!(link, Link::Article(_)));
    let mut out = String::from(if is_article {
        "this leads back to this article: "
    } else {
        "these sources rest on each other: "
    });
    out += &name(context, first);
    let ring = round.way.len();
    // Through an article, the last step is the citation itself, which is underlined.
    let shown = ring - usize::from(is_article);
    for (number, (from, to)) in steps(round).take(shown.min(MOST_NAMED)).enumerate() {
        out += if number == 0 { " " } else { ", which " };
        out += &leads(context, from, to);
    }
    if shown > MOST_NAMED {
        out += &format!(", and so on through {} more", shown - MOST_NAMED);
    }
    out
}

fn name(context: &CorpusContext<'_>, link: &Link<'_>) -> String {
    match link {
        Link::Source(known) => format!("`{}`", known.what.key),
        Link::Article(file) if file.path == context.file.path => "this article".to_owned(),
        Link::Article(file) => file.path.to_string(),
    }
}

fn leads(context: &CorpusContext<'_>, from: &Link<'_>, to: &Link<'_>) -> String {
    let verb = match (from, to) {
        (Link::Article(_), _) => "cites",
        (Link::Source(_), Link::Source(_)) => "relays",
        (Link::Source(_), Link::Article(_)) => "is",
    };
    format!("{verb} {}", name(context, to))
}

/// Where an article cites a source.
fn citation(file: &FileFacts, to: &Link<'_>) -> Option<Place> {
    let Link::Source(known) = to else { return None };
    let cited = file.article.iter().flat_map(|article| &article.cited);
    let mut cited = cited.filter(|cited| cited.key == known.what.key).map(|cited| cited.place);
    let mut named = file.source_references.iter().filter(|named| named.key == known.what.key);
    cited.next().or_else(|| named.next().map(|named| named.place))
}
