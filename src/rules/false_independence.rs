//! `false-independence`

use rustc_hash::FxHashSet;

use super::context::listed;
use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, CitedSource, Corpus, Known, SourceFacts};
use crate::diagnostic::{Finding, Level};

pub(super) static RULE: Rule = Rule {
    name: "false-independence",
    summary: "several sources that all come to one, which is not cited",
    explanation: "\
Two agencies that report what one ministry said are one source, not two. The registry says of each
source what it merely passes on (`relays:`); this follows that to its end and finds several sources,
cited for one claim or in one citation, which all come from a single one that is not cited itself.
The message shows by which paths. Whoever reads such a list of sources takes the claim for better
founded than it is: the Reuters Handbook and the BBC's guidelines ask for independent sources, and
Wikipedia's page on circular reporting collects what came of counting echoes.

    Bad:   The mast is sound [@nwire-0328; @coast-post-0329].     (both relay @ministry-0327)
    Good:  The mast is sound [@ministry-0327; @nwire-0328].
    Good:  The mast is sound [@nwire-0328; @surveyor-0330].

Cite the origin, which readers can then judge, or find a source that knows it by itself. Nothing
is said where a relayed source is not in the registry, since then the end is not known.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Corpus(check)],
};

/// How many sources of one claim are followed, and how many places a claim cites something at
/// are looked at: nobody cites more for one thing.
const MOST_SOURCES: usize = 16;
const MOST_POINTS: usize = 64;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    // Several claims of a sentence share one list of sources, which is one fault.
    let mut seen: FxHashSet<Vec<&str>> = FxHashSet::default();
    for sources in lists(context, article).iter().filter(|list| (2..=MOST_SOURCES).contains(&list.len())) {
        let Some(origin) = one_origin(context.corpus, sources) else { continue };
        let mut keys: Vec<&str> = sources.iter().map(|cited| &*cited.source.what.key).collect();
        keys.sort_unstable();
        if seen.insert(keys) {
            findings.push(finding(context, sources, origin));
        }
    }
}

/// What is cited for one thing each: for a claim, or in one citation of a sentence without any.
fn lists<'c>(context: &CorpusContext<'c>, article: &'c ArticleFacts) -> Vec<Vec<CitedSource<'c>>> {
    let (corpus, file) = (context.corpus, context.file);
    let mut lists = Vec::new();
    let mut claimed: FxHashSet<u32> = FxHashSet::default();
    for claim in &article.claims {
        let points = claim.points.iter().copied().chain(claim.nearby.iter().cloned().flatten());
        let keys = points.take(MOST_POINTS).filter_map(|point| article.points.get(point as usize));
        let cited = keys.filter_map(|keys| article.cited.get(keys.start as usize));
        claimed.extend(cited.map(|cited| cited.citation));
        if !claim.flawed {
            let sources = corpus.claim_sources(file, article, claim);
            lists.extend((!sources.unknown).then_some(sources.known));
        }
    }
    let groups = corpus.cited_sources(file, article).filter(|cited| cited.citation.is_some());
    let mut last = None;
    for cited in groups.filter(|cited| cited.citation.is_none_or(|number| !claimed.contains(&number))) {
        if last != cited.citation {
            last = cited.citation;
            lists.push(Vec::new());
        }
        if let Some(group) = lists.last_mut()
            && group.len() <= MOST_SOURCES
            && group.iter().all(|other| !std::ptr::eq(other.source.what, cited.source.what))
        {
            group.push(cited);
        }
    }
    lists
}

/// The one source from which all of these come, where none of them is it. What one that is not
/// on record passes on is not for any message.
fn one_origin<'c>(corpus: &'c Corpus, sources: &[CitedSource<'c>]) -> Option<Known<'c, SourceFacts>> {
    let mut one: Option<Known<'c, SourceFacts>> = None;
    for cited in sources {
        let origins = corpus.origins(cited.source);
        let [origin] = origins.sources[..] else { return None };
        let is_another = |other: Known<'_, SourceFacts>| !std::ptr::eq(other.what, origin.what);
        if !origins.complete || cited.source.what.protected || is_another(*one.get_or_insert(origin)) {
            return None;
        }
    }
    one.filter(|origin| sources.iter().all(|cited| !std::ptr::eq(cited.source.what, origin.what)))
}

fn finding(
    context: &CorpusContext<'_>,
    sources: &[CitedSource<'_>],
    origin: Known<'_, SourceFacts>,
) -> Finding {
    let keys = listed(sources.iter().map(|cited| &*cited.source.what.key));
    let key = &origin.what.key;
    let mut finding = Finding::new(sources[0].place, format!("{keys} are one source: all come from `{key}`"))
        .help(format!("cite `{key}` itself, or a source that knows it independently"));
    for cited in sources {
        let way = context.corpus.relay_path(cited.source, origin);
        let way: Vec<String> = way.iter().map(|known| format!("`{}`", known.what.key)).collect();
        let known = cited.source;
        finding.add_related(&known.file.path, known.what.key_place, way.join(" relays "));
    }
    finding.related(&origin.file.path, origin.what.key_place, "where they all come from")
}
