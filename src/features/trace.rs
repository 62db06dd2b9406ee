//! Where something comes from and what rests on it, as a tree: of a source, a claim, an
//! article or an entity. "What rests on this?" is the first question after a retraction.

use rustc_hash::FxHashSet;

use crate::corpus::{
    ArticleFacts, ClaimFacts, ClaimRelation, ClaimTarget, Corpus, EntityFacts, EntityTarget, FileFacts,
    FileId, Known, SourceFacts, Speakers,
};
use crate::diagnostic::Location;
use crate::registry::Standing;
use crate::text::{Place, fold};

use super::relation::{active, passive};

/// How far a tree reaches: nothing in news is passed on so often.
const DEEPEST: usize = 64;

/// What something comes from and what rests on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// What was asked for.
    pub node: Node,
    /// What it rests on.
    pub up: Vec<Step>,
    /// What rests on it.
    pub down: Vec<Step>,
}

/// One step of a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// How the node stands to the one before it: "relays", "cited in".
    pub relation: &'static str,
    /// What it is.
    pub node: Node,
    /// What follows from there.
    pub steps: Vec<Step>,
    /// Whether it was met before, in a ring or by another way, and is not followed again; or is
    /// too far off.
    pub repeated: bool,
}

/// What kind of thing a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A source.
    Source,
    /// A claim.
    Claim,
    /// An article.
    Article,
    /// An entity.
    Entity,
}

impl NodeKind {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            NodeKind::Source => "source",
            NodeKind::Claim => "claim",
            NodeKind::Article => "article",
            NodeKind::Entity => "entity",
        }
    }
}

/// A source, claim, article or entity, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its key, `slug#id` (of a claim without an id its line), path or id.
    pub name: String,
    /// Its title, words or name, where it has other words than that.
    pub label: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Whether it is itself where things come from: a source that relays nothing.
    pub origin: bool,
    /// What is to be known of it before anything rests on it: "retracted on 2025-04-02".
    pub note: Option<String>,
    /// Where it stands.
    pub location: Location,
}

/// What somebody may ask for by one name.
#[derive(Clone, Debug)]
pub enum Asked<'c> {
    /// A source.
    Source(Known<'c, SourceFacts>),
    /// A claim: its article and number.
    Claim(&'c FileFacts, u32),
    /// An article.
    Article(&'c FileFacts),
    /// An entity.
    Entity(Known<'c, EntityFacts>),
}

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// Nothing goes by the name.
    Nothing,
    /// Several entities or articles do: their ids or paths.
    Several(Vec<String>),
    /// The article has no such claim.
    NoClaim(String),
}

/// What `name` stands for: `@key` a source, `[[name]]` an entity, `article#claim` a claim;
/// any other name a source, else an entity, else an article.
///
/// # Errors
/// Says why nothing, or no one thing, was found.
pub fn asked<'c>(corpus: &'c Corpus, name: &str) -> Result<Asked<'c>, NotFound> {
    let name = name.trim();
    let nowhere = FileFacts::nowhere();
    let source = |key: &str| corpus.source(&nowhere, key).map(Asked::Source);
    if let Some(key) = name.strip_prefix('@') {
        return source(key).ok_or(NotFound::Nothing);
    }
    if let Some(entity) = name.strip_prefix("[[").and_then(|name| name.strip_suffix("]]")) {
        return entity_named(corpus, &nowhere, entity);
    }
    if let Some((article, id)) = name.split_once('#') {
        let file = article_named(corpus, article)?;
        let number = file.anchor(id).and_then(|anchor| anchor.claim);
        return number
            .map(|number| Asked::Claim(file, number))
            .ok_or_else(|| NotFound::NoClaim(file.path.to_string()));
    }
    source(name).map_or_else(|| entity_named(corpus, &nowhere, name), Ok).or_else(|why| {
        match article_named(corpus, name) {
            Ok(file) => Ok(Asked::Article(file)),
            Err(NotFound::Nothing) => Err(why),
            Err(several) => Err(several),
        }
    })
}

fn entity_named<'c>(corpus: &'c Corpus, from: &FileFacts, name: &str) -> Result<Asked<'c>, NotFound> {
    match corpus.entity(from, &fold(name)) {
        EntityTarget::One(known) => Ok(Asked::Entity(known)),
        EntityTarget::Nothing => Err(NotFound::Nothing),
        EntityTarget::Several => {
            let all = corpus.entities_named(&fold(name)).first;
            Err(NotFound::Several(all.iter().map(|known| known.what.id.to_string()).collect()))
        }
    }
}

fn article_named<'c>(corpus: &'c Corpus, name: &str) -> Result<&'c FileFacts, NotFound> {
    let name = ["md", "markdown", "newsmark"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending)?.strip_suffix('.'))
        .unwrap_or(name);
    match &corpus.articles(name).first[..] {
        [] => Err(NotFound::Nothing),
        [one] => Ok(one),
        several => Err(NotFound::Several(several.iter().map(|file| file.path.to_string()).collect())),
    }
}

/// Where `asked` comes from, and what rests on it.
#[must_use]
pub fn trace(corpus: &Corpus, asked: &Asked<'_>) -> Trace {
    let mut up = Walk::new(corpus);
    let mut down = Walk::new(corpus);
    let node = match asked {
        Asked::Source(known) => source_node(corpus, *known),
        Asked::Claim(file, number) => claim_node(file, *number),
        Asked::Article(file) => article_node(file),
        Asked::Entity(known) => entity_node(*known),
    };
    up.seen.insert((node.kind as u8, node.location.clone()));
    down.seen.insert((node.kind as u8, node.location.clone()));
    let (up, down) = match asked {
        Asked::Source(known) => (up.source_up(*known, 0), down.source_down(*known, 0)),
        Asked::Claim(file, number) => (up.claim_up(file, *number, 0), down.claim_down(file, *number, 0)),
        Asked::Article(file) => (up.article_up(file, 0), down.article_down(file, 0)),
        Asked::Entity(known) => (up.entity_up(*known, 0), down.entity_down(*known, 0)),
    };
    Trace { node, up, down }
}

/// A walk in one direction, on which each thing is followed once.
struct Walk<'c> {
    corpus: &'c Corpus,
    seen: FxHashSet<(u8, Location)>,
}

impl<'c> Walk<'c> {
    fn new(corpus: &'c Corpus) -> Self {
        Walk { corpus, seen: FxHashSet::default() }
    }

    fn step(
        &mut self,
        relation: &'static str,
        node: Node,
        depth: usize,
        follow: impl FnOnce(&mut Self) -> Vec<Step>,
    ) -> Step {
        let is_new = self.seen.insert((node.kind as u8, node.location.clone())) && depth < DEEPEST;
        let steps = if is_new { follow(self) } else { Vec::new() };
        Step { relation, node, steps, repeated: !is_new }
    }

    /// A step to something that is not followed.
    fn leaf(&self, relation: &'static str, node: Node) -> Step {
        Step { relation, node, steps: Vec::new(), repeated: false }
    }

    fn source_up(&mut self, known: Known<'c, SourceFacts>, depth: usize) -> Vec<Step> {
        let corpus = self.corpus;
        let mut steps = Vec::new();
        // What the entry of a source says that is not on record stays there.
        if known.what.protected {
            return steps;
        }
        let issuer = corpus.issuer_of(known.file, known);
        steps.extend(issuer.map(|issuer| self.leaf("issued by", entity_node(issuer))));
        for relayed in corpus.relays(known) {
            let node = source_node(corpus, relayed);
            steps.push(self.step("relays", node, depth, |walk| walk.source_up(relayed, depth + 1)));
        }
        let article = known.what.article.as_ref().map(|name| corpus.articles(name).first);
        if let Some([own]) = article.as_deref() {
            steps.push(
                self.step("is the article", article_node(own), depth, |walk| walk.article_up(own, depth + 1)),
            );
        }
        steps
    }

    fn source_down(&mut self, known: Known<'c, SourceFacts>, depth: usize) -> Vec<Step> {
        let corpus = self.corpus;
        let mut steps = Vec::new();
        // What one that is not on record passes on is nobody's to know.
        for other in corpus.relayed_by(known).into_iter().filter(|other| !other.what.protected) {
            let node = source_node(corpus, other);
            steps.push(self.step("relayed by", node, depth, |walk| walk.source_down(other, depth + 1)));
        }
        let mut articles: Vec<FileId> = corpus.citing(known).collect();
        articles.sort_by_key(|id| corpus.path(*id));
        for file in articles.into_iter().filter_map(|id| corpus.file(id)) {
            // Which of its claims rest on this one is another question for each source.
            let claims = self.claims_on(file, known, depth + 1);
            let node = article_node(file);
            let mut step = self.step("cited in", node, depth, |walk| walk.article_down(file, depth + 1));
            step.repeated &= claims.is_empty();
            step.steps.splice(0..0, claims);
            steps.push(step);
        }
        steps
    }

    /// The claims of an article that rest on a source, as far as others can refer to them.
    fn claims_on(&mut self, file: &'c FileFacts, known: Known<'c, SourceFacts>, depth: usize) -> Vec<Step> {
        let corpus = self.corpus;
        let Some(article) = &file.article else { return Vec::new() };
        let mut steps = Vec::new();
        for (number, claim) in article.claims.iter().enumerate().filter(|(_, claim)| claim.id.is_some()) {
            let sources = corpus.claim_sources(file, article, claim);
            if sources.known.iter().any(|cited| std::ptr::eq(cited.source.what, known.what)) {
                let node = claim_node(file, number as u32);
                steps.push(self.step("for the claim", node, depth, |walk| {
                    walk.claim_down(file, number as u32, depth + 1)
                }));
            }
        }
        steps
    }

    fn article_up(&mut self, file: &'c FileFacts, depth: usize) -> Vec<Step> {
        let corpus = self.corpus;
        let Some(article) = &file.article else { return Vec::new() };
        let mut steps: Vec<Step> = Vec::new();
        let mut cited: FxHashSet<&str> = FxHashSet::default();
        for source in corpus.cited_sources(file, article).map(|cited| cited.source) {
            if cited.insert(&source.what.key) {
                let node = source_node(corpus, source);
                steps.push(self.step("cites", node, depth, |walk| walk.source_up(source, depth + 1)));
            }
        }
        steps
    }

    fn article_down(&mut self, file: &'c FileFacts, depth: usize) -> Vec<Step> {
        let corpus = self.corpus;
        let own = corpus.sources_that_are(file).into_iter();
        own.map(|known| {
            let node = source_node(corpus, known);
            self.step("is the source", node, depth, |walk| walk.source_down(known, depth + 1))
        })
        .collect()
    }

    fn claim_up(&mut self, file: &'c FileFacts, number: u32, depth: usize) -> Vec<Step> {
        let corpus = self.corpus;
        let Some((article, claim)) = claim_of(file, number) else { return Vec::new() };
        let mut steps = Vec::new();
        // A speaker who is implied stands in the entry of the source.
        if matches!(corpus.speakers(file, claim), Speakers::Entities(_)) {
            let (speakers, _) = corpus.known_speakers(file, claim);
            steps.extend(speakers.into_iter().map(|speaker| self.leaf("said by", entity_node(speaker))));
        }
        for cited in corpus.claim_sources(file, article, claim).known {
            let node = source_node(corpus, cited.source);
            steps.push(self.step("cites", node, depth, |walk| walk.source_up(cited.source, depth + 1)));
        }
        for reference in article.relations(claim) {
            let ClaimTarget::Claim(target, anchor) = corpus.claim(file, reference) else { continue };
            let Some(other) = anchor.claim else { continue };
            let node = claim_node(target, other);
            let relation = active(reference.relation);
            // What disputes a claim does not rest on what that rests on.
            steps.push(if rests(reference.relation) {
                self.step(relation, node, depth, |walk| walk.claim_up(target, other, depth + 1))
            } else {
                self.leaf(relation, node)
            });
        }
        steps
    }

    fn claim_down(&mut self, file: &'c FileFacts, number: u32, depth: usize) -> Vec<Step> {
        let corpus = self.corpus;
        let Some(id) = claim_of(file, number).and_then(|(_, claim)| claim.id.as_deref()) else {
            return Vec::new();
        };
        let mut steps = Vec::new();
        for (other, reference) in corpus.claim_references_to(file, id) {
            let relation = passive(reference.relation);
            match reference.claim {
                Some(number) if rests(reference.relation) => {
                    let node = claim_node(other, number);
                    steps.push(
                        self.step(relation, node, depth, |walk| walk.claim_down(other, number, depth + 1)),
                    );
                }
                Some(number) => steps.push(self.leaf(relation, claim_node(other, number))),
                None => steps.push(self.leaf(relation, article_node(other))),
            }
        }
        steps
    }

    fn entity_up(&mut self, known: Known<'c, EntityFacts>, depth: usize) -> Vec<Step> {
        let corpus = self.corpus;
        let mut steps = Vec::new();
        let bodies = known.what.part_of.iter().map(|name| ("part of", name));
        let offices = known.what.roles.iter().filter_map(|role| Some(("in office at", role.of.as_ref()?)));
        for (relation, name) in bodies.chain(offices) {
            if let Some(body) = corpus.entity(known.file, name).one() {
                steps.push(
                    self.step(relation, entity_node(body), depth, |walk| walk.entity_up(body, depth + 1)),
                );
            }
        }
        steps
    }

    fn entity_down(&mut self, known: Known<'c, EntityFacts>, depth: usize) -> Vec<Step> {
        let corpus = self.corpus;
        let mut steps = Vec::new();
        for source in corpus.statements_of(known) {
            let node = source_node(corpus, source);
            steps.push(self.step("issued", node, depth, |walk| walk.source_down(source, depth + 1)));
        }
        for part in corpus.parts_of(known) {
            steps.push(
                self.step("has the part", entity_node(part), depth, |walk| walk.entity_down(part, depth + 1)),
            );
        }
        steps
    }
}

pub(super) fn claim_of(file: &FileFacts, number: u32) -> Option<(&ArticleFacts, &ClaimFacts)> {
    let article = file.article.as_ref()?;
    Some((article, article.claims.get(number as usize)?))
}

/// Whether a claim that stands so to another rests on it.
pub(super) fn rests(relation: ClaimRelation) -> bool {
    matches!(relation, ClaimRelation::Repeats | ClaimRelation::Confirms | ClaimRelation::Continues)
}

pub(super) fn source_node(corpus: &Corpus, known: Known<'_, SourceFacts>) -> Node {
    let source = known.what;
    let location = Location { path: known.file.path.clone(), place: source.key_place };
    let mut node = Node {
        kind: NodeKind::Source,
        name: source.key.to_string(),
        label: None,
        date: None,
        origin: source.relays.is_empty() && source.article.is_none(),
        note: None,
        location,
    };
    if source.protected {
        node.origin = false;
        node.note = Some("not on record".to_owned());
        return node;
    }
    let words = source.reference.as_deref().filter(|words| !words.is_empty());
    node.label = words.or(source.title.as_deref()).map(str::to_owned);
    node.date = source.issued.as_ref().map(ToString::to_string);
    node.note = standing(source).or_else(|| {
        let in_ring = corpus.ring_from(known).is_some();
        in_ring.then(|| "rests on itself".to_owned())
    });
    node
}

fn standing(source: &SourceFacts) -> Option<String> {
    if source.standing == Standing::Current {
        return None;
    }
    let date = source.standing_date.as_ref().map(|date| format!(" {date}")).unwrap_or_default();
    Some(format!("{}{date}", source.standing.as_str()))
}

pub(super) fn claim_node(file: &FileFacts, number: u32) -> Node {
    let claim = claim_of(file, number);
    let slug = file.article.as_ref().map_or("", |article| &article.slug);
    let id = claim.and_then(|(_, claim)| claim.id.as_deref());
    let notes = claim.and_then(|(_, claim)| claim.notes.as_deref());
    let verdict = notes.and_then(|notes| notes.verdict.as_ref()).map(|verdict| format!("verdict {verdict}"));
    let withdrawn = claim.is_some_and(|(_, claim)| claim.retracted).then(|| "withdrawn".to_owned());
    Node {
        kind: NodeKind::Claim,
        name: match (id, claim) {
            (Some(id), _) => format!("{slug}#{id}"),
            (None, Some((_, claim))) => format!("{slug}, line {}", claim.place.start.line + 1),
            (None, None) => slug.to_string(),
        },
        label: claim.and_then(|(_, claim)| claim.words.as_deref()).map(|words| format!("“{words}”")),
        date: file.article.as_ref().and_then(|article| article.dates.first()).map(ToString::to_string),
        origin: false,
        note: withdrawn.or(verdict),
        location: Location {
            path: file.path.clone(),
            place: claim.map(|(_, claim)| claim.place).unwrap_or_default(),
        },
    }
}

pub(super) fn article_node(file: &FileFacts) -> Node {
    let article = file.article.as_ref();
    Node {
        kind: NodeKind::Article,
        name: file.path.to_string(),
        label: article.and_then(|article| article.title.as_deref()).map(str::to_owned),
        date: article.and_then(|article| article.dates.first()).map(ToString::to_string),
        origin: false,
        note: article.is_some_and(|article| article.retracted).then(|| "withdrawn".to_owned()),
        location: Location { path: file.path.clone(), place: Place::default() },
    }
}

pub(super) fn entity_node(known: Known<'_, EntityFacts>) -> Node {
    let entity = known.what;
    Node {
        kind: NodeKind::Entity,
        name: entity.id.to_string(),
        label: (entity.name != entity.id).then(|| entity.name.to_string()),
        date: entity.date.as_ref().map(ToString::to_string),
        origin: false,
        note: None,
        location: Location { path: known.file.path.clone(), place: entity.id_place },
    }
}
