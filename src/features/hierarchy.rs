//! Provenance and membership a step at a time: what rests on a source, claim or article, what
//! these rest on, and what an entity is part of.

use crate::corpus::{
    ClaimTarget, Corpus, EntityFacts, FileFacts, FileId, FileKind, Known, PointerRole, SourceFacts,
    SourceRole,
};
use crate::diagnostic::FilePath;
use crate::text::Place;

use super::at::{Found, Thing, at};
use super::hover::is_in_protected;
use super::subject::{self, Subject};
use super::trace::{Asked, Node, article_node, claim_node, claim_of, entity_node, rests, source_node};

/// What a source, claim, article or entity is found by again later.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// A source.
    Source {
        /// The file that defines it.
        file: FilePath,
        /// Its key.
        key: Box<str>,
    },
    /// A claim.
    Claim {
        /// Its article.
        file: FilePath,
        /// Its id, by which it is found while the article changes.
        id: Option<Box<str>>,
        /// Its number in the article, which is all that there is to find one without an id.
        number: u32,
    },
    /// An article.
    Article(FilePath),
    /// An entity, by its id as compared.
    Entity(Box<str>),
}

/// A source, claim, article or entity for people to read, and to be found again.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is found by.
    pub spot: Spot,
    /// What it is, and where its name is.
    pub node: Node,
    /// All of it, around its name.
    pub whole: Place,
}

impl Item {
    /// What there is to say of it beside its name: its title or words, date and standing.
    #[must_use]
    pub fn said(&self) -> Vec<&str> {
        let Node { label, date, note, .. } = &self.node;
        // A reference in words has the date.
        let is_said = |date: &&String| label.as_ref().is_none_or(|label| !label.contains(&**date));
        let date = date.as_ref().filter(is_said);
        [label.as_ref(), date, note.as_ref()].into_iter().flatten().map(String::as_str).collect()
    }
}

/// Something that rests on something else, or that something rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// What it is.
    pub item: Item,
    /// Where it is said that the one rests on the other: in the file of the one that rests.
    pub places: Vec<Place>,
}

/// What stands at `offset` in `file`, if it is something that rests on something: a source, a
/// claim or an article.
#[must_use]
pub fn provenance_at<'c>(corpus: &'c Corpus, file: &'c FileFacts, offset: usize) -> Option<Asked<'c>> {
    let Found { thing, .. } = at(corpus, file, offset)?;
    match thing {
        Thing::Words(number, _) => Some(Asked::Claim(file, number)),
        Thing::Source(what) => Some(Asked::Source(Known { file, what })),
        thing => match subject::of(corpus, file, thing)? {
            Subject::Source { key, file: path } => find(corpus, file, &Spot::Source { file: path, key }),
            Subject::Part { file: path, id } => {
                let article = facts_at(corpus, file, &path)?;
                Some(Asked::Claim(article, article.anchor(&id)?.claim?))
            }
            Subject::Article(path) => find(corpus, file, &Spot::Article(path)),
            _ => None,
        },
    }
}

/// The entity that is meant at `offset` in `file`; nobody in the entry of a source that is not on
/// record.
#[must_use]
pub fn entity_at<'c>(corpus: &'c Corpus, file: &FileFacts, offset: usize) -> Option<Known<'c, EntityFacts>> {
    match subject::subject(corpus, file, offset)? {
        (place, _) if is_in_protected(file, place) => None,
        (_, Subject::Entity(id)) => corpus.by_id(&id),
        _ => None,
    }
}

/// What a spot stands for now. `own` is a file that the corpus may not have.
#[must_use]
pub fn find<'c>(corpus: &'c Corpus, own: &'c FileFacts, spot: &Spot) -> Option<Asked<'c>> {
    match spot {
        Spot::Source { file, key } => {
            let file = facts_at(corpus, own, file)?;
            let what = file.sources.iter().find(|source| !source.stale && source.key == *key)?;
            Some(Asked::Source(Known { file, what }))
        }
        Spot::Claim { file, id, number } => {
            let file = facts_at(corpus, own, file)?;
            let number = match id {
                Some(id) => file.anchor(id)?.claim?,
                None => *number,
            };
            claim_of(file, number).map(|_| Asked::Claim(file, number))
        }
        Spot::Article(path) => {
            facts_at(corpus, own, path).filter(|file| file.article.is_some()).map(Asked::Article)
        }
        Spot::Entity(id) => corpus.by_id(id).map(Asked::Entity),
    }
}

fn facts_at<'c>(corpus: &'c Corpus, own: &'c FileFacts, path: &FilePath) -> Option<&'c FileFacts> {
    match *path == own.path {
        true => Some(own),
        false => corpus.at_path(path).and_then(|id| corpus.file(id)),
    }
}

/// Something for people to read.
#[must_use]
pub fn item(corpus: &Corpus, asked: &Asked<'_>) -> Item {
    let (spot, node, whole) = match asked {
        Asked::Source(known) => {
            let spot = Spot::Source { file: known.file.path.clone(), key: known.what.key.clone() };
            (spot, source_node(corpus, *known), known.what.place)
        }
        Asked::Claim(file, number) => {
            let claim = claim_of(file, *number).map(|(_, claim)| claim);
            let id = claim.and_then(|claim| claim.id.clone());
            let mut node = claim_node(file, *number);
            let whole = node.location.place;
            // Its name is where its id stands, where it has one of its own.
            let anchor =
                id.as_deref().and_then(|id| file.anchor(id)).filter(|own| own.claim == Some(*number));
            if let Some(anchor) = anchor {
                node.location.place = anchor.place;
            }
            (Spot::Claim { file: file.path.clone(), id, number: *number }, node, whole)
        }
        Asked::Article(file) => {
            let node = article_node(file);
            let whole = Place { start: node.location.place.start, end: file.end.end };
            (Spot::Article(file.path.clone()), node, whole)
        }
        Asked::Entity(known) => {
            (Spot::Entity(known.what.folded_id().into()), entity_node(*known), known.what.place)
        }
    };
    let own = node.location.place;
    let whole = if whole.span().contains(own.span()) { whole } else { own };
    Item { spot, node, whole }
}

/// What `asked` rests on, in the order in which it says so: what a source relays, the article
/// that it is, what a claim or an article cites, what a claim repeats, confirms or continues.
#[must_use]
pub fn outgoing(corpus: &Corpus, asked: &Asked<'_>) -> Vec<Tie> {
    let mut ties = Ties { corpus, all: Vec::new() };
    match asked {
        // What the entry of a source says that is not on record stays there.
        Asked::Source(known) if known.what.protected => {}
        Asked::Source(known) => {
            for relayed in corpus.relays(*known) {
                ties.add(&Asked::Source(relayed), relay_places(*known, &relayed.what.key));
            }
            let article = known.what.article.as_ref().map(|name| corpus.articles(name).first);
            if let Some([own]) = article.as_deref() {
                ties.add(&Asked::Article(own), article_places(*known));
            }
        }
        Asked::Claim(file, number) => {
            let Some((article, claim)) = claim_of(file, *number) else { return ties.all };
            for cited in corpus.claim_sources(file, article, claim).known {
                ties.add(&Asked::Source(cited.source), vec![cited.place]);
            }
            for reference in article.relations(claim).iter().filter(|one| rests(one.relation)) {
                if let ClaimTarget::Claim(target, anchor) = corpus.claim(file, reference)
                    && let Some(other) = anchor.claim
                {
                    ties.add(&Asked::Claim(target, other), vec![reference.place]);
                }
            }
        }
        Asked::Article(file) => {
            for cited in file.article.iter().flat_map(|article| corpus.cited_sources(file, article)) {
                ties.add(&Asked::Source(cited.source), vec![cited.place]);
            }
            for reference in file.source_references.iter().filter(|one| one.role == SourceRole::Via) {
                if let Some(known) = corpus.source(file, &reference.key) {
                    ties.add(&Asked::Source(known), vec![reference.place]);
                }
            }
        }
        Asked::Entity(_) => {}
    }
    ties.all
}

/// Ties to different things, each of which is there once.
struct Ties<'c> {
    corpus: &'c Corpus,
    all: Vec<Tie>,
}

impl Ties<'_> {
    fn add(&mut self, asked: &Asked<'_>, places: Vec<Place>) {
        let item = item(self.corpus, asked);
        match self.all.iter_mut().find(|tie| tie.item.spot == item.spot) {
            Some(tie) => {
                tie.places.extend(places);
                tie.places.sort_by_key(|place| place.start.offset);
                tie.places.dedup();
            }
            None => self.all.push(Tie { item, places }),
        }
    }
}

/// The files in which something may rest on `asked`, in the order of their paths. Found in
/// tables: none of them is read for it.
#[must_use]
pub fn files(corpus: &Corpus, asked: &Asked<'_>) -> Vec<FileId> {
    match asked {
        Asked::Source(known) => corpus.files_of_key(&known.what.key),
        Asked::Claim(file, _) | Asked::Article(file) => corpus.files_leading_to(file),
        Asked::Entity(_) => Vec::new(),
    }
}

/// What in `file` rests on `asked`: sources that relay it, the article that cites it and the
/// claims for which it does, claims that repeat, confirm or continue it, sources that are it.
#[must_use]
pub fn incoming(corpus: &Corpus, file: &FileFacts, asked: &Asked<'_>) -> Vec<Tie> {
    let mut ties = Ties { corpus, all: Vec::new() };
    match asked {
        Asked::Source(known) => on_source(&mut ties, file, *known),
        Asked::Claim(target, number) => on_claim(&mut ties, file, target, *number),
        Asked::Article(target) => {
            // Who is behind one that is not on record is nobody's to know.
            for source in file.sources.iter().filter(|source| !source.stale && !source.protected) {
                let Some(name) = &source.article else { continue };
                if matches!(corpus.articles(name).first[..], [one] if one.path == target.path) {
                    let known = Known { file, what: source };
                    ties.add(&Asked::Source(known), article_places(known));
                }
            }
        }
        Asked::Entity(_) => {}
    }
    ties.all
}

fn on_source(ties: &mut Ties<'_>, file: &FileFacts, known: Known<'_, SourceFacts>) {
    let corpus = ties.corpus;
    let key = &*known.what.key;
    let is_it = |other: Known<'_, SourceFacts>| {
        other.file.path == known.file.path && other.what.key_place == known.what.key_place
    };
    if !corpus.source(file, key).is_some_and(is_it) {
        return;
    }
    // What one that is not on record passes on is nobody's to know.
    for source in file.sources.iter().filter(|source| !source.stale && !source.protected) {
        if source.relays.iter().any(|relayed| **relayed == *key) {
            let relaying = Known { file, what: source };
            ties.add(&Asked::Source(relaying), relay_places(relaying, key));
        }
    }
    let Some(article) = file.article.as_ref().filter(|_| file.kind == FileKind::Article) else { return };
    let cited = article.cited.iter().filter(|cited| *cited.key == *key).map(|cited| cited.place);
    let named = file.source_references.iter().filter(|reference| {
        *reference.key == *key && matches!(reference.role, SourceRole::Via | SourceRole::Div)
    });
    let mut places: Vec<Place> = cited.chain(named.map(|reference| reference.place)).collect();
    if places.is_empty() {
        return;
    }
    places.sort_by_key(|place| place.start.offset);
    ties.add(&Asked::Article(file), places);
    for (number, claim) in article.claims.iter().enumerate() {
        let sources = corpus.claim_sources(file, article, claim).known;
        if let Some(cited) = sources.into_iter().find(|cited| is_it(cited.source)) {
            ties.add(&Asked::Claim(file, number as u32), vec![cited.place]);
        }
    }
}

fn on_claim(ties: &mut Ties<'_>, file: &FileFacts, target: &FileFacts, number: u32) {
    let Some(id) = claim_of(target, number).and_then(|(_, claim)| claim.id.as_deref()) else { return };
    let references = file.article.iter().flat_map(|article| &article.claim_references);
    for reference in references.filter(|one| *one.id == *id && rests(one.relation)) {
        let is_it = matches!(
            ties.corpus.claim(file, reference),
            ClaimTarget::Claim(article, anchor) if article.path == target.path && anchor.claim == Some(number)
        );
        if let Some(own) = reference.claim.filter(|_| is_it) {
            ties.add(&Asked::Claim(file, own), vec![reference.place]);
        }
    }
}

/// Where the entry of a source says that it relays `key`.
fn relay_places(known: Known<'_, SourceFacts>, key: &str) -> Vec<Place> {
    let entry = known.what.place.span();
    let references = known.file.source_references.iter().filter(|reference| {
        reference.role == SourceRole::Relays
            && *reference.key == *key
            && entry.contains(reference.place.span())
    });
    references.map(|reference| reference.place).collect()
}

/// Where the entry of a source says which article it is.
fn article_places(known: Known<'_, SourceFacts>) -> Vec<Place> {
    let entry = known.what.place.span();
    let pointers = known
        .file
        .pointers
        .iter()
        .filter(|pointer| pointer.role == PointerRole::Article && entry.contains(pointer.place.span()));
    pointers.map(|pointer| pointer.place).collect()
}

/// What an entity is part of, in the order in which it says so.
#[must_use]
pub fn wholes(corpus: &Corpus, known: Known<'_, EntityFacts>) -> Vec<Item> {
    let names = known.what.part_of.iter();
    let wholes = names.filter_map(|name| corpus.entity(known.file, name).one());
    wholes.map(|whole| item(corpus, &Asked::Entity(whole))).collect()
}

/// What says of itself that it is part of an entity, by id.
#[must_use]
pub fn parts(corpus: &Corpus, known: Known<'_, EntityFacts>) -> Vec<Item> {
    corpus.parts_of(known).into_iter().map(|part| item(corpus, &Asked::Entity(part))).collect()
}
