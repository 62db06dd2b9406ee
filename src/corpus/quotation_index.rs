//! Which quotations have words in common, over the whole corpus.
//!
//! A million quotations are never compared with each other: each distinct sentence is listed
//! under a few hashes of three words that follow each other, and compared with those alone
//! that it shares such words with. What very many share says nothing, and is passed over.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::data::date::Day;
use crate::syntax::is_cut;
use crate::text::{MOST_SHINGLES, Wording, hash};

use super::article::{ArticleFacts, ClaimFacts, Speaker};
use super::facts::FileFacts;
use super::file_set::SortedSet;
use super::quotations::QuotedSentence;
use super::registry::EntityFacts;
use super::tables::{Corpus, FileId, article_of};

/// Sentences of fewer words are said by many, and in many ways.
pub const FEWEST_WORDS: usize = 5;

/// Three words that more distinct sentences than these share are a phrase that everybody uses,
/// or a template that made the sentences.
const MOST_SHARING: usize = 48;

/// With how many distinct sentences one is compared at most: those that share most with it.
const MOST_COMPARED: usize = 8;

/// Of how many places with the same words the first are listed.
const MOST_LISTED: usize = 16;

/// A quoted sentence in the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuotedPlace {
    /// The article.
    pub file: FileId,
    /// Its number among the sentences that the article quotes.
    pub sentence: u32,
    /// Who says it: the name as written there, hashed; 0 where it is several or nobody's name.
    speaker: u32,
}

impl QuotedPlace {
    /// What tells the speaker from others by name; 0 where it is several or nobody's name.
    #[must_use]
    pub fn speaker(&self) -> u32 {
        self.speaker
    }
}

/// A quoted sentence with what its words are known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexedQuote {
    /// What all sentences of the same words have in common.
    pub key: u64,
    /// Where it is.
    pub place: QuotedPlace,
}

/// Sentences of the same words.
#[derive(Debug, Default)]
struct SameWords {
    places: SortedSet<[QuotedPlace; 1]>,
    shingles: Box<[u32]>,
    /// The first of the places by date and path, put in order when first asked for.
    first: OnceLock<Box<[QuotedPlace]>>,
}

/// All quoted sentences that are compared with others.
#[derive(Debug, Default)]
pub(super) struct QuotationIndex {
    texts: FxHashMap<u64, SameWords>,
    /// Distinct texts by three words that follow each other.
    shingles: FxHashMap<u32, SortedSet<[u64; 2]>>,
    files: FxHashMap<FileId, Box<[IndexedQuote]>>,
}

/// What a change of quotations reaches.
#[derive(Debug, Default)]
pub(super) struct TouchedQuotes {
    keys: FxHashSet<u64>,
    /// Shingles of what came or went; true where few enough texts shared one to be compared at
    /// any time while they did.
    shingles: FxHashMap<u32, bool>,
}

impl QuotationIndex {
    pub(super) fn put_in(&mut self, id: FileId, facts: &FileFacts, touched: Option<&mut TouchedQuotes>) {
        let mut unasked = TouchedQuotes::default();
        let is_asked = touched.is_some();
        let touched = touched.unwrap_or(&mut unasked);
        let mut own: Vec<IndexedQuote> = Vec::new();
        for (number, speaker, wording) in compared(facts) {
            let quote = IndexedQuote {
                key: wording.key(),
                place: QuotedPlace { file: id, sentence: number, speaker },
            };
            own.push(quote);
            let same = self.texts.entry(quote.key).or_default();
            if same.places.is_empty() {
                same.shingles = wording.shingles().into_vec().into_boxed_slice();
                for shingle in &same.shingles {
                    let sharing = self.shingles.entry(*shingle).or_default();
                    if is_asked {
                        *touched.shingles.entry(*shingle).or_default() |= sharing.len() <= MOST_SHARING;
                    }
                    sharing.insert(quote.key);
                }
            }
            if is_asked {
                touched.keys.insert(quote.key);
                for shingle in &same.shingles {
                    touched.shingles.entry(*shingle).or_default();
                }
            }
            same.places.insert(quote.place);
            same.first.take();
        }
        if !own.is_empty() {
            self.files.insert(id, own.into_boxed_slice());
        }
    }

    pub(super) fn take_out(&mut self, id: FileId, mut touched: Option<&mut TouchedQuotes>) {
        for quote in self.files.remove(&id).iter().flatten() {
            let Some(same) = self.texts.get_mut(&quote.key) else { continue };
            same.places.remove(quote.place);
            same.first.take();
            if let Some(touched) = &mut touched {
                touched.keys.insert(quote.key);
                for shingle in &same.shingles {
                    touched.shingles.entry(*shingle).or_default();
                }
            }
            if !same.places.is_empty() {
                continue;
            }
            let Some(gone) = self.texts.remove(&quote.key) else { continue };
            for shingle in &gone.shingles {
                let Some(sharing) = self.shingles.get_mut(shingle) else { continue };
                sharing.remove(quote.key);
                if let Some(touched) = &mut touched {
                    *touched.shingles.entry(*shingle).or_default() |= sharing.len() <= MOST_SHARING;
                }
                if sharing.is_empty() {
                    self.shingles.remove(shingle);
                }
            }
        }
    }

    /// Adds the files with quotations that are compared, or were, with what was touched.
    pub(super) fn add_files(&self, touched: &TouchedQuotes, files: &mut FxHashSet<FileId>) {
        let mut seen: FxHashSet<u64> = touched.keys.clone();
        let mut reached: Vec<u64> = touched.keys.iter().copied().collect();
        for (shingle, was_few) in sorted(&touched.shingles) {
            if let Some(sharing) = self.shingles.get(&shingle)
                && (was_few || sharing.len() <= MOST_SHARING)
            {
                reached.extend(sharing.iter().filter(|key| seen.insert(*key)));
            }
        }
        let same = reached.iter().filter_map(|key| self.texts.get(key));
        files.extend(same.flat_map(|same| same.places.iter()).map(|place| place.file));
    }

    /// Adds what the quotations of these files are compared with: of speakers without a single
    /// name, and of those of whom `is_heard` says so.
    pub(super) fn touch(
        &self,
        files: &FxHashSet<FileId>,
        is_heard: impl Fn(FileId, u32) -> bool,
        touched: &mut TouchedQuotes,
    ) {
        let mut files: Vec<FileId> = files.iter().copied().collect();
        files.sort_unstable();
        for quote in files.iter().filter_map(|id| self.files.get(id)).flatten() {
            if (quote.place.speaker == 0 || is_heard(quote.place.file, quote.place.speaker))
                && touched.keys.insert(quote.key)
                && let Some(same) = self.texts.get(&quote.key)
            {
                for shingle in &same.shingles {
                    touched.shingles.entry(*shingle).or_default();
                }
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

fn sorted(shingles: &FxHashMap<u32, bool>) -> Vec<(u32, bool)> {
    let mut sorted: Vec<(u32, bool)> = shingles.iter().map(|(shingle, few)| (*shingle, *few)).collect();
    sorted.sort_unstable();
    sorted
}

/// The quoted sentences of an article that are compared with others, with who says them: those
/// long enough that nothing was left out of or put into, of claims by somebody who has a name and
/// that were not withdrawn.
fn compared(facts: &FileFacts) -> impl Iterator<Item = (u32, u32, Wording)> {
    let article = article_of(facts).filter(|article| !article.retracted);
    article.into_iter().flat_map(move |article| {
        let sentences = article.quotations.sentences.iter().enumerate();
        sentences.filter_map(move |(number, sentence)| {
            let claim = article.claims.get(sentence.claim as usize)?;
            let speaker = speaker(facts, article, claim)?;
            // What was withdrawn is no wording that others have to keep to.
            if article.with_those_around(sentence.claim).any(|(_, claim)| claim.retracted) {
                return None;
            }
            if article.quotations.original(sentence.claim).is_some() || is_cut(&sentence.words) {
                return None;
            }
            let wording = Wording::new(&sentence.words);
            (wording.len() >= FEWEST_WORDS).then_some((number as u32, speaker, wording))
        })
    })
}

fn speaker(facts: &FileFacts, article: &ArticleFacts, claim: &ClaimFacts) -> Option<u32> {
    match claim.speaker {
        Speaker::Unnamed | Speaker::Own => None,
        // Who it is depends on what is cited.
        Speaker::Missing => claim.followed_by.and(article.points.first()).map(|_| 0),
        Speaker::Entities { reference, .. } => {
            let name = facts.entity_references.get(reference as usize)?;
            Some(if name.parts > 0 { 0 } else { name_key(&name.folded) })
        }
    }
}

/// What a name is known by here.
pub(super) fn name_key(folded: &str) -> u32 {
    hash(folded.as_bytes()).max(1)
}

impl Corpus {
    /// The quoted sentences of a file that are compared with others.
    #[must_use]
    pub fn quotes_in(&self, id: FileId) -> &[IndexedQuote] {
        self.quotations.files.get(&id).map_or(&[], |quotes| quotes)
    }

    /// The same, each with its sentence as `article`, which the file is, has it.
    pub fn sentences_in<'c>(
        &'c self,
        id: FileId,
        article: &'c ArticleFacts,
    ) -> impl Iterator<Item = (&'c QuotedSentence, &'c IndexedQuote)> {
        let sentences = &article.quotations.sentences;
        self.quotes_in(id)
            .iter()
            .filter_map(|quote| Some((sentences.get(quote.place.sentence as usize)?, quote)))
    }

    /// The places with the same words, the first of them by date and path, and how many there
    /// are.
    #[must_use]
    pub fn same_words(&self, key: u64) -> (&[QuotedPlace], usize) {
        let Some(same) = self.quotations.texts.get(&key) else { return (&[], 0) };
        let first = same.first.get_or_init(|| {
            let mut places: Vec<QuotedPlace> = same.places.iter().collect();
            if places.len() > 1 {
                places.sort_by_cached_key(|place| self.order(*place));
                places.truncate(MOST_LISTED);
            }
            places.into_boxed_slice()
        });
        (first, same.places.len())
    }

    /// Whether one quotation comes before another: by the first date of their articles, those
    /// without one last, then by path.
    #[must_use]
    pub fn is_said_before(&self, place: QuotedPlace, other: QuotedPlace) -> bool {
        match place.file == other.file {
            true => place.sentence < other.sentence,
            false => self.order(place) < self.order(other),
        }
    }

    fn order(&self, place: QuotedPlace) -> (bool, Option<Day>, &str, u32) {
        let day = self.day(place.file);
        (day.is_none(), day, self.path(place.file).map_or("", |path| path), place.sentence)
    }

    /// What other sentences share some of their words with it, those that share most first.
    #[must_use]
    pub fn near_words(&self, key: u64) -> SmallVec<[u64; MOST_COMPARED]> {
        let mut near = SmallVec::new();
        let Some(same) = self.quotations.texts.get(&key) else { return near };
        let mut sharing: SmallVec<[u64; MOST_SHINGLES]> = SmallVec::new();
        for shingle in &same.shingles {
            if let Some(texts) = self.quotations.shingles.get(shingle).filter(|texts| texts.len() > 1)
                && texts.len() <= MOST_SHARING
            {
                sharing.extend(texts.iter().filter(|other| *other != key));
            }
        }
        sharing.sort_unstable();
        let mut counted: SmallVec<[(usize, u64); MOST_SHINGLES]> =
            sharing.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
        // Of those that share as much the lowest key: in every build the same.
        counted.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        near.extend(counted.into_iter().take(MOST_COMPARED).map(|(_, key)| key));
        near
    }

    /// Who may be meant where a place names its speaker, if it is one of these entities.
    #[must_use]
    pub fn voices<'e>(&self, speakers: impl IntoIterator<Item = &'e EntityFacts>) -> FxHashSet<u32> {
        let mut keys = FxHashSet::default();
        for entity in speakers {
            keys.extend(self.all_names(entity).map(|name| name_key(name)));
        }
        keys
    }

    /// Whether it may be one of these `voices` that speaks at that place. The article may
    /// settle a name otherwise, or leave it to what it cites.
    #[must_use]
    pub fn may_be_said_by(&self, place: QuotedPlace, voices: &FxHashSet<u32>) -> bool {
        place.speaker == 0 || voices.contains(&place.speaker) || self.has_own_meanings(place.file)
    }
}
