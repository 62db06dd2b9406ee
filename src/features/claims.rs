//! Every claim of a corpus, as a desk goes through them: by article, by what is settled about
//! them, by who makes them. Each question is about one article; whoever asks goes through all.
//!
//! A list of all claims is seen by more people than an article: names of sources that are not on
//! record are in none of these answers, wherever in an article they stand.

use std::fmt;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::{
    ArticleFacts, ClaimFacts, Corpus, FileFacts, FileKind, Hearing, Shield, Speakers, Verdict,
};
use crate::registry::Standing;
use crate::syntax::{self, vocabulary};
use crate::text::{Place, Span, excerpt, fold};

use super::inlay_hints::has_changed;
use super::lens::disputed;

/// In so many files it is looked whether a claim of one article is disputed.
const REFERRING: usize = 512;

/// How many characters of a claim's words are shown.
const WORDS: usize = 200;

/// What is settled about a claim: the first of these that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimStatus {
    /// The publication has withdrawn it, what it stands in, or its article; or all of its sources
    /// were retracted.
    Retracted,
    /// A claim of any article disputes it, or the desk holds it to be disputed or false.
    Disputed,
    /// It is an accusation, and somebody accused is neither answered for nor was asked.
    Unanswered,
    /// The desk has checked it, and it has not changed since.
    Checked,
    /// None of these.
    Unchecked,
}

impl ClaimStatus {
    /// All of them, in order.
    pub const ALL: [ClaimStatus; 5] = [
        ClaimStatus::Retracted,
        ClaimStatus::Disputed,
        ClaimStatus::Unanswered,
        ClaimStatus::Checked,
        ClaimStatus::Unchecked,
    ];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ClaimStatus::Retracted => "retracted",
            ClaimStatus::Disputed => "disputed",
            ClaimStatus::Unanswered => "unanswered",
            ClaimStatus::Checked => "checked",
            ClaimStatus::Unchecked => "unchecked",
        }
    }

    /// It in words, for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            ClaimStatus::Retracted => "Withdrawn",
            ClaimStatus::Disputed => "Disputed",
            ClaimStatus::Unanswered => "Accused, not answered",
            ClaimStatus::Checked => "Checked by the desk",
            ClaimStatus::Unchecked => "Not checked by the desk",
        }
    }

    /// Whether somebody has to see to it, whatever the desk checked.
    #[must_use]
    pub fn is_unsettled(self) -> bool {
        self < ClaimStatus::Checked
    }
}

/// Who makes a claim, so that the claims of one are told from those of others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// The entity with that id, as compared.
    Entity(Box<str>),
    /// Whoever goes by that name, as compared, which no entity does, or several do.
    Name(Box<str>),
    /// Somebody who is not named, or must not be.
    Unnamed,
    /// The article itself.
    Own,
    /// Nobody is named for what only somebody can say.
    Nobody,
}

impl Voice {
    /// The voice that is spelt so.
    #[must_use]
    pub fn parse(key: &str) -> Option<Voice> {
        match key.split_once(':') {
            Some(("entity", id)) => Some(Voice::Entity(id.into())),
            Some(("name", name)) => Some(Voice::Name(name.into())),
            _ => {
                [Voice::Unnamed, Voice::Own, Voice::Nobody].into_iter().find(|voice| voice.to_string() == key)
            }
        }
    }

    /// What stands for it in a list, where that is not somebody's name.
    #[must_use]
    pub fn title(&self) -> Option<&'static str> {
        match self {
            Voice::Entity(_) | Voice::Name(_) => None,
            Voice::Unnamed => Some("Speakers who are not named"),
            Voice::Own => Some("In the article’s own voice"),
            Voice::Nobody => Some("Nobody is named as the speaker"),
        }
    }
}

impl fmt::Display for Voice {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Voice::Entity(id) => write!(out, "entity:{id}"),
            Voice::Name(name) => write!(out, "name:{name}"),
            Voice::Unnamed => out.write_str("unnamed"),
            Voice::Own => out.write_str("own"),
            Voice::Nobody => out.write_str("nobody"),
        }
    }
}

/// Somebody who makes a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimSpeaker {
    /// Who.
    pub voice: Voice,
    /// What they are called; nothing of who has no name.
    pub name: String,
    /// The id of the entity, as it is given.
    pub id: Option<Box<str>>,
}

/// The claims of an article by their numbers; nothing of files that are none.
fn claims_of(file: &FileFacts) -> &[ClaimFacts] {
    let article = file.article.as_ref().filter(|_| file.kind == FileKind::Article);
    article.map_or(&[], |article| &article.claims)
}

/// How many claims an article has.
#[must_use]
pub fn count(file: &FileFacts) -> usize {
    claims_of(file).len()
}

/// What an article is called where it is listed: its headline, else its short name.
#[must_use]
pub fn title(corpus: &Corpus, file: &FileFacts) -> String {
    let article = file.article.as_ref();
    let title = article.and_then(|article| article.title.as_deref()).filter(|title| !title.is_empty());
    let title = title.or(article.map(|article| &*article.slug)).unwrap_or(&file.path);
    corpus.shield(file).hidden(title)
}

/// What is settled about each claim of an article, by its number.
#[must_use]
pub fn statuses(corpus: &Corpus, file: &FileFacts) -> Vec<ClaimStatus> {
    let claims = claims_of(file);
    let Some(article) = file.article.as_ref().filter(|_| !claims.is_empty()) else { return Vec::new() };
    // What has no id nobody refers to.
    let disputed = match claims.iter().any(|claim| claim.id.is_some()) {
        true => disputed(corpus, file, REFERRING),
        false => FxHashSet::default(),
    };
    let has_accusations = claims.iter().any(|claim| claim.accusation);
    let hearing = has_accusations.then(|| Hearing::new(corpus, file, article));
    let rests_on_retracted =
        corpus.cited_sources(file, article).any(|cited| cited.source.what.standing == Standing::Retracted);
    let status = |(number, claim): (u32, &ClaimFacts)| {
        let mut around = article.with_those_around(number).map(|(_, claim)| claim);
        let is_retracted = article.retracted
            || around.clone().any(|claim| claim.retracted)
            || rests_on_retracted && has_retracted_sources(corpus, file, article, claim);
        if is_retracted {
            return ClaimStatus::Retracted;
        }
        if disputed.contains(&number) || matches!(claim.verdict, Some(Verdict::Disputed | Verdict::False)) {
            return ClaimStatus::Disputed;
        }
        if hearing.as_ref().is_some_and(|hearing| hearing.is_unanswered(number)) {
            return ClaimStatus::Unanswered;
        }
        // What is nested in a claim is checked with it.
        let checked = around.find(|claim| claim.notes.as_ref().is_some_and(|notes| notes.checked.is_some()));
        match checked {
            Some(checked) if !has_changed(file, checked) => ClaimStatus::Checked,
            _ => ClaimStatus::Unchecked,
        }
    };
    (0..).zip(claims).map(status).collect()
}

/// Whether all that a claim rests on was retracted.
fn has_retracted_sources(
    corpus: &Corpus,
    file: &FileFacts,
    article: &ArticleFacts,
    claim: &ClaimFacts,
) -> bool {
    let sources = corpus.claim_sources(file, article, claim);
    let mut known = sources.known.iter();
    !sources.unknown
        && !sources.known.is_empty()
        && known.all(|cited| cited.source.what.standing == Standing::Retracted)
}

/// Who makes the claim of that number, each once. `shield` is the file's.
#[must_use]
pub fn speakers(corpus: &Corpus, file: &FileFacts, shield: &Shield, number: u32) -> Vec<ClaimSpeaker> {
    let Some(claim) = claims_of(file).get(number as usize) else { return Vec::new() };
    let nameless = |voice| ClaimSpeaker { voice, name: String::new(), id: None };
    let named = |folded: &str, written: &str| {
        let entity = corpus.entity(file, folded).one().map(|known| known.what);
        let name = entity.map_or(written, |entity| &entity.name);
        match entity {
            _ if shield.is_of(name, entity) || shield.is_of(written, entity) => nameless(Voice::Unnamed),
            Some(entity) => ClaimSpeaker {
                voice: Voice::Entity(entity.folded_id().into()),
                name: name.to_owned(),
                id: Some(entity.id.clone()),
            },
            None => ClaimSpeaker { voice: Voice::Name(folded.into()), name: name.to_owned(), id: None },
        }
    };
    let mut all: Vec<ClaimSpeaker> = match corpus.speakers(file, claim) {
        Speakers::Entities(names) => names.iter().map(|one| named(&one.folded, &one.name)).collect(),
        // Who speaks in a source that is not on record stays there.
        Speakers::Implied(_) if corpus.is_implied_by_protected(file, claim) => vec![nameless(Voice::Unnamed)],
        Speakers::Implied(name) => vec![named(&name, &name)],
        Speakers::Unnamed => vec![nameless(Voice::Unnamed)],
        Speakers::Missing if claim.quote || claim.accusation || claim.response => {
            vec![nameless(Voice::Nobody)]
        }
        Speakers::Missing | Speakers::Own => vec![nameless(Voice::Own)],
    };
    let mut seen = FxHashSet::default();
    all.retain(|speaker| seen.insert(speaker.voice.clone()));
    all
}

/// The place of the claim of that number, and its id where that can be shown.
#[must_use]
pub fn place_and_id(file: &FileFacts, shield: &Shield, number: u32) -> Option<(Place, Option<Box<str>>)> {
    let claim = claims_of(file).get(number as usize)?;
    let id = claim.id.as_ref().filter(|id| !id.is_empty() && shield.hidden(id) == ***id);
    Some((claim.place, id.cloned()))
}

/// What a text says in a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The beginning of what a reader sees of it, on one line.
    pub text: String,
    /// Its classes, as far as newsmark knows them.
    pub classes: Vec<String>,
}

/// What stands in each claim of an article of that text, by where it stands. Reads all of it.
#[must_use]
pub fn words(text: &str, shield: &Shield) -> FxHashMap<Span, Words> {
    let article = syntax::parse(text);
    let words = article.claims().map(|(_, claim)| {
        let classes = claim.attributes.classes().map(|(_, class)| class);
        let classes = classes.filter(|class| vocabulary::is_class(class)).map(str::to_owned).collect();
        // Names are found in whole texts only.
        let text = shield.hidden(article.clean_text(claim));
        (claim.span, Words { text: excerpt(&text, WORDS).into(), classes })
    });
    words.collect()
}

/// By what those who make claims are put in order: by how many they make, then by name; who has
/// none comes last.
#[must_use]
pub fn rank(voice: &Voice, name: &str, claims: usize) -> impl Ord + use<> {
    (voice.title().is_some(), std::cmp::Reverse(claims), fold(name).into_owned(), voice.clone())
}
