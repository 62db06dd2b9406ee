//! `retracted-source`

use rustc_hash::{FxHashMap, FxHashSet};

use super::context::{listed, when};
use super::same_fault::SameFault;
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, CitedSource, Corpus, FileFacts, Known, SourceFacts};
use crate::diagnostic::{Finding, Level};
use crate::registry::Standing;

pub(super) static RULE: Rule = Rule {
    name: "retracted-source",
    summary: "a citation of a source that was retracted, superseded or corrected",
    explanation: "\
A registry says of each source whether it still stands: `standing: retracted`, `superseded` or
`corrected`, with `standing-date`, `standing-note` and `superseded-by`. What rests on a story that
its own publisher has withdrawn has lost its footing, and the IFCN's code of principles and every
corrections policy ask that the stories built on it are looked at again, old ones too.

    Bad:   A new mast weighs nine tonnes [@nwire-0328].     (retracted on 2025-04-02)
    Good:  A new mast weighs nine tonnes [@lisk-0330].

Retracted: take the citation out, or rest the claim on another source. Superseded: a warning;
cite what took its place. Corrected: a hint that the figure or wording may have changed, and a
warning where the correction came after the article's last date, so that nobody can have seen
it. A source that stands itself is reported, too, where all that it relays was retracted (a
warning), and where it is an article of ours that was withdrawn. An article that has itself been
withdrawn (`status: retracted`) is left alone.

A source is reported once an article, at the first place that cites it; the other places are listed
with it, and a fix mends them all. A story about the retraction cites it on purpose:
`<!-- newsmark-ignore retracted-source: … -->`. That lets stand what it covers and no more: the
finding moves to the first place that no such comment covers.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Error),
    checks: &[Check::Corpus(check)],
};

/// How many retracted sources behind one a finding points at.
const MOST_ORIGINS: usize = 5;

/// How often in a row sources are replaced by others, at most; more is a ring.
const MOST_REPLACED: usize = 32;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    let mut groups: Option<FxHashSet<(u32, &str)>> = None;
    let mut fallen: FxHashMap<&str, Option<Finding>> = FxHashMap::default();
    // What is to be done, with whether the registries tell what to cite instead.
    let mut faults: SameFault<'_, '_, (&str, Option<Level>, bool)> =
        SameFault::new(context, RULE.name, findings);
    for cited in context.corpus.cited_sources(context.file, article) {
        let key = &*cited.source.what.key;
        let finding = match cited.source.what.standing {
            Standing::Current => {
                let finding = fallen.entry(key).or_insert_with(|| rests_on_nothing(context, &cited)).clone();
                if let Some(finding) = finding {
                    let here = Finding { place: cited.place, ..finding };
                    faults.push((key, None, false), here, "it is cited here, too");
                }
                continue;
            }
            Standing::Retracted => finding(&cited, "was retracted")
                .help("take it out, or rest the claim on a source that stands"),
            Standing::Superseded => {
                let groups = groups.get_or_insert_with(|| {
                    article.cited.iter().map(|cited| (cited.citation, &*cited.key)).collect()
                });
                superseded(context, &cited, groups)
            }
            Standing::Corrected => corrected(article, &cited),
        };
        let known = cited.source;
        let finding = finding.related(&known.file.path, known.what.key_place, "the source and its standing");
        let fault = (key, finding.at_most, !finding.fixes.is_empty());
        faults.push(fault, finding, "it is cited here, too");
    }
}

/// A source that itself stands, and rests on nothing that does: all that it relays was retracted,
/// or it is an article of ours that was withdrawn.
fn rests_on_nothing(context: &CorpusContext<'_>, cited: &CitedSource<'_>) -> Option<Finding> {
    let (corpus, known) = (context.corpus, cited.source);
    if known.what.protected {
        return None;
    }
    let key = &known.what.key;
    if let Some(name) = &known.what.article
        && let [own] = corpus.articles(name).first[..]
        && own.article.as_ref().is_some_and(|article| article.retracted)
    {
        let message = format!("`{key}` is our own article {}, which was withdrawn", own.path);
        return Some(
            Finding::new(cited.place, message)
                .help("take it out, or rest the claim on a source that stands")
                .related(&known.file.path, known.what.key_place, "the source, and which article it is"),
        );
    }
    if known.what.relays.is_empty() {
        return None;
    }
    let origins = corpus.origins(known);
    let is_retracted = |origin: &Known<'_, SourceFacts>| origin.what.standing == Standing::Retracted;
    if !origins.complete || !origins.sources.iter().all(is_retracted) {
        return None;
    }
    let keys = listed(origins.sources.iter().map(|origin| &*origin.what.key));
    let was = if origins.sources.len() == 1 { "was" } else { "were" };
    let mut finding =
        Finding::new(cited.place, format!("all that `{key}` passes on is {keys}, which {was} retracted"))
            .help("take it out, or rest the claim on a source that stands")
            .at_most(Level::Warning);
    for origin in origins.sources.iter().take(MOST_ORIGINS) {
        finding.add_related(&origin.file.path, origin.what.key_place, "the source and its standing");
    }
    Some(finding)
}

/// Since when it has stood as it does, and why.
fn finding(cited: &CitedSource<'_>, what: &str) -> Finding {
    let source = cited.source.what;
    let mut message = format!("`{}` {what}", source.key);
    if let Some(date) = &source.standing_date {
        message.push_str(&format!(" {}", when(date)));
    }
    // A note on a source that is not on record may say who it is.
    if let Some(note) = source.standing_note.as_deref().filter(|_| !source.protected) {
        let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
        message.push_str(&format!(": {}", note.trim_end_matches('.')));
    }
    Finding::new(cited.place, message)
}

/// `groups` holds what is cited together, so that nothing is put where it stands already.
fn superseded(
    context: &CorpusContext<'_>,
    cited: &CitedSource<'_>,
    groups: &FxHashSet<(u32, &str)>,
) -> Finding {
    let finding = finding(cited, "was superseded").at_most(Level::Warning);
    match successor(context.corpus, context.file, cited) {
        None => finding.help("cite what took its place"),
        Some(key) if cited.citation.is_some_and(|citation| groups.contains(&(citation, key))) => {
            finding.help(format!("`{key}`, which is cited beside it, took its place"))
        }
        Some(key) => finding
            .help(format!("`{key}` took its place"))
            .fix(format!("Cite `{key}`"), vec![context.edit(cited.key_place, key)]),
    }
}

/// The source that stands in its place now, where the registries tell.
fn successor<'c>(corpus: &'c Corpus, file: &FileFacts, cited: &CitedSource<'c>) -> Option<&'c str> {
    let mut source = cited.source.what;
    for _ in 0..MOST_REPLACED {
        if source.standing != Standing::Superseded {
            return (source.standing != Standing::Retracted).then_some(&source.key);
        }
        source = corpus.source(file, source.superseded_by.as_ref()?)?.what;
    }
    None
}

fn corrected(article: &ArticleFacts, cited: &CitedSource<'_>) -> Finding {
    let since = cited.source.what.standing_date.as_ref();
    if since.is_some_and(|date| article.certainly_precedes(date, cited.entry)) {
        finding(cited, "was corrected").at_most(Level::Warning).help(
            "the correction came after the article's last date: see whether what is cited here still holds, \
             and set `updated`",
        )
    } else {
        finding(cited, "was corrected")
            .at_most(Level::Hint)
            .help("see that the article cites it as corrected")
    }
}
