//! What stands above a claim or a registry's entry: how often it is answered, disputed, repeated
//! or used.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::corpus::{
    ClaimRelation, ClaimTarget, Corpus, EntityFacts, FileFacts, FileKind, Known, SourceFacts,
};
use crate::diagnostic::Location;
use crate::registry::Standing;
use crate::text::Place;

use super::references::{Role, files, occurrences};
use super::subject::Subject;

/// In so many files uses are counted one by one; of what is used in more, only how many
/// articles they are is told, which the tables know.
const COUNTED: usize = 200;

/// Something that stands above a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Where that begins which it is about: on the line, and empty.
    pub place: Place,
    /// What it says.
    pub says: Says,
}

/// What a lens says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// This.
    This(Told),
    /// How often the entity with that id is used: see [`told_of_entity`].
    Entity(Box<str>),
    /// How often the source with that key is used: see [`told_of_source`].
    Source(Box<str>),
}

/// How often something is used, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// In words: "2 answers".
    pub title: String,
    /// Where it is named itself, so that its references can be asked for there.
    pub at: Place,
    /// The places that were counted; none where they are too many to look at for this.
    pub places: Option<Vec<Location>>,
}

/// What stands above the lines of `file`. Of entries of a registry it is said when it is asked
/// for, one by one, as there may be very many.
#[must_use]
pub fn lenses(corpus: &Corpus, file: &FileFacts) -> Vec<Lens> {
    let entities = file
        .entities
        .iter()
        .filter(|entity| !entity.stale)
        .map(|entity| Lens { place: line(entity.id_place), says: Says::Entity(entity.folded_id().into()) });
    let sources = file
        .sources
        .iter()
        .filter(|source| !source.stale)
        .map(|source| Lens { place: line(source.key_place), says: Says::Source(source.key.clone()) });
    let mut all: Vec<Lens> = entities.chain(sources).collect();
    all.extend(claims(corpus, file));
    // Stable: those of one claim stay in their order.
    all.sort_by_key(|lens| lens.place.start.offset);
    all
}

fn line(place: Place) -> Place {
    Place { start: place.start, end: place.start }
}

/// How others stand to a claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stance {
    Answers,
    Disputes,
    Repeats,
}

impl Stance {
    fn title(self, count: usize) -> String {
        let (one, more) = match self {
            Stance::Answers => ("answer", "answers"),
            Stance::Disputes => ("dispute", "disputes"),
            Stance::Repeats => ("repeat elsewhere", "repeats elsewhere"),
        };
        format!("{count} {}", if count == 1 { one } else { more })
    }
}

/// Who takes a stance to which claim of the file, and where.
struct Taken {
    claim: u32,
    stance: Stance,
    /// The claim that does: two words of it for the same count once.
    by: (Box<str>, Option<u32>),
    location: Location,
}

fn claims(corpus: &Corpus, file: &FileFacts) -> Vec<Lens> {
    let Some(article) = file.article.as_ref() else { return Vec::new() };
    if article.claims.is_empty() {
        return Vec::new();
    }
    let mut taken = answers_named(corpus, file);
    for user in referring(corpus, file) {
        taken.extend(stances(corpus, file, user));
    }
    taken.sort_by(|a, b| {
        (a.claim, a.stance, &a.location.path, a.location.place.start.offset).cmp(&(
            b.claim,
            b.stance,
            &b.location.path,
            b.location.place.start.offset,
        ))
    });
    let mut lenses: Vec<Lens> = Vec::new();
    for group in taken.chunk_by(|a, b| (a.claim, a.stance) == (b.claim, b.stance)) {
        let mut seen = FxHashSet::default();
        let places: Vec<Location> =
            group.iter().filter(|one| seen.insert(&one.by)).map(|one| one.location.clone()).collect();
        let Some(claim) = article.claims.get(group[0].claim as usize) else { continue };
        let own = claim.id.as_deref().and_then(|id| file.anchor(id)).map_or(claim.place, |own| own.place);
        let title = group[0].stance.title(places.len());
        let told = Told { title, at: own, places: Some(places) };
        lenses.push(Lens { place: line(claim.place), says: Says::This(told) });
    }
    lenses
}

/// The files that refer to claims of `file`, itself among them.
pub(super) fn referring<'c>(corpus: &'c Corpus, file: &'c FileFacts) -> impl Iterator<Item = &'c FileFacts> {
    let others = corpus.files_leading_to(file).into_iter().filter_map(|id| corpus.file(id));
    std::iter::once(file).chain(others.filter(|other| other.path != file.path))
}

/// The claims of `file` that `user` refers to, with the reference to each.
pub(super) fn referred<'c>(
    corpus: &'c Corpus,
    file: &'c FileFacts,
    user: &'c FileFacts,
) -> impl Iterator<Item = (u32, &'c crate::corpus::ClaimReference)> {
    let all = user.article.iter().flat_map(|article| &article.claim_references);
    // Whether the id is one of the file's is seen without looking for the article.
    all.filter_map(move |reference| {
        file.anchor(&reference.id)?;
        match corpus.claim(user, reference) {
            ClaimTarget::Claim(article, anchor) if article.path == file.path => {
                Some((anchor.claim?, reference))
            }
            _ => None,
        }
    })
}

/// The claims of `file` that others dispute, there or elsewhere, as far as the first so many of
/// the files tell that may.
pub(super) fn disputed(corpus: &Corpus, file: &FileFacts, most: usize) -> FxHashSet<u32> {
    if file.article.as_ref().is_none_or(|article| article.claims.is_empty()) {
        return FxHashSet::default();
    }
    let others = corpus.files_leading_to(file).into_iter().filter(|id| corpus.disputes_others(*id));
    let others = others.take(most).filter_map(|id| corpus.file(id)).filter(|other| other.path != file.path);
    let all = std::iter::once(file).chain(others).flat_map(|user| referred(corpus, file, user));
    all.filter(|(_, reference)| reference.relation == ClaimRelation::Disputes)
        .map(|(claim, _)| claim)
        .collect()
}

fn stances(corpus: &Corpus, file: &FileFacts, user: &FileFacts) -> Vec<Taken> {
    let found = referred(corpus, file, user).filter_map(|(claim, reference)| {
        let stance = match reference.relation {
            ClaimRelation::Answers => Stance::Answers,
            ClaimRelation::Disputes => Stance::Disputes,
            ClaimRelation::Repeats if user.path != file.path => Stance::Repeats,
            _ => return None,
        };
        Some(Taken {
            claim,
            stance,
            by: ((*user.path).into(), reference.claim),
            location: Location { path: user.path.clone(), place: reference.place },
        })
    });
    found.collect()
}

/// The answers that accusations name themselves, in `reply=`.
fn answers_named(corpus: &Corpus, file: &FileFacts) -> Vec<Taken> {
    let references = file.article.iter().flat_map(|article| &article.claim_references);
    let named = references.filter(|reference| reference.relation == ClaimRelation::AnsweredBy);
    let found = named.filter_map(|reference| {
        let ClaimTarget::Claim(target, anchor) = corpus.claim(file, reference) else { return None };
        Some(Taken {
            claim: reference.claim?,
            stance: Stance::Answers,
            by: ((*target.path).into(), anchor.claim),
            location: Location { path: target.path.clone(), place: anchor.place },
        })
    });
    found.collect()
}

/// How often the entity of `file` with that id is used.
#[must_use]
pub fn told_of_entity(corpus: &Corpus, file: &FileFacts, id: &str) -> Option<Told> {
    let what: &EntityFacts = file.entities.iter().find(|entity| !entity.stale && entity.folded_id() == id)?;
    let subject = Subject::Entity(what.folded_id().into());
    let articles = || corpus.articles_naming(Known { file, what }).articles;
    Some(told(corpus, &subject, what.id_place, articles, None))
}

/// How often the source of `file` with that key is used, and whether it still stands: of one
/// that is not on record that is not told.
#[must_use]
pub fn told_of_source(corpus: &Corpus, file: &FileFacts, key: &str) -> Option<Told> {
    let what: &SourceFacts = file.sources.iter().find(|source| !source.stale && *source.key == *key)?;
    let known = Known { file, what };
    let standing = (!what.protected && what.standing != Standing::Current).then(|| {
        let date = what.standing_date.as_ref().map(|date| format!(" {date}")).unwrap_or_default();
        format!("{}{date}", what.standing.as_str())
    });
    let articles = || corpus.articles_citing(known).articles;
    Some(told(corpus, &Subject::source(known), what.key_place, articles, standing))
}

fn told(
    corpus: &Corpus,
    subject: &Subject,
    at: Place,
    articles: impl FnOnce() -> usize,
    standing: Option<String>,
) -> Told {
    let users = files(corpus, subject);
    let mut places = None;
    let said = if users.len() > COUNTED {
        // The tables know of how many articles, and looking for each use would keep others waiting.
        match articles() {
            0 => "not used in articles".to_owned(),
            count => format!("used in {}", counted(count, "article")),
        }
    } else {
        let mut uses: Vec<Location> = Vec::new();
        let (mut in_articles, mut count) = (0, 0);
        for user in users.into_iter().filter_map(|id| corpus.file(id)) {
            let before = uses.len();
            let found = occurrences(corpus, user, subject);
            let found = found.into_iter().filter(|one| one.role != Role::Definition);
            uses.extend(found.map(|one| Location { path: user.path.clone(), place: one.place }));
            if user.kind == FileKind::Article && uses.len() > before {
                in_articles += uses.len() - before;
                count += 1;
            }
        }
        let elsewhere = uses.len() - in_articles;
        let mut parts: SmallVec<[String; 2]> = SmallVec::new();
        if in_articles > 0 {
            parts.push(format!("{} in {}", counted(in_articles, "use"), counted(count, "article")));
        }
        if elsewhere > 0 {
            // Entries of registries and pages about entities.
            parts.push(format!("{} in entries", counted(elsewhere, "use")));
        }
        places = Some(uses);
        if parts.is_empty() { "not used".to_owned() } else { parts.join(", ") }
    };
    let title = [Some(said), standing].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Told { title, at, places }
}

/// "1 use", "3 uses".
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
