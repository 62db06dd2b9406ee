//! Pictures: what is kept of them, and whether one is of a place that the story is about.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};
use unicode_segmentation::UnicodeSegmentation;

use crate::data::date::Date;
use crate::registry::EntityType;
use crate::text::{Place, fold};

use super::article::ArticleFacts;
use super::facts::{EntityRole, FileFacts};
use super::registry::{EntityFacts, NameKind};
use super::resolve::Known;
use super::tables::Corpus;

/// A picture that says when or where it was taken; illustrations, which show no event, are
/// not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureFacts {
    /// All of it, attributes included.
    pub place: Place,
    /// The empty place before the brace that ends its attributes.
    pub attributes_end: Place,
    /// When it was taken, and where that is said.
    pub taken: Option<(Date, Place)>,
    /// The date of the live page's entry around it.
    pub entry: Option<Date>,
    /// Where it was taken: an index in the file's entity references.
    pub taken_at: Option<u32>,
    /// Whether it is old on purpose.
    pub file_photo: bool,
}

/// The names in a text, as good as that can be told without knowing any: the beginnings of
/// its words that have a capital, or of a script without capitals, hashed. What is not among
/// them is not named; what is may be another word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameTraces(Vec<u32>);

impl NameTraces {
    /// How many letters of a word count: fewer than most endings leave alone, in the
    /// languages that have cases.
    const LETTERS: usize = 4;
    /// Two bytes when packed. Of sixteen thousand, an article takes a hundred.
    const HASHES: u64 = 1 << 14;

    /// Of all these texts.
    #[must_use]
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let words = texts.into_iter().flat_map(words);
        let names = words.filter(|word| !word.starts_with(char::is_lowercase));
        let mut traces: Vec<u32> = names.map(trace).collect();
        traces.sort_unstable();
        traces.dedup();
        NameTraces(traces)
    }

    /// Whether the words of `name`, but for the shortest, may all stand in the text.
    #[must_use]
    pub fn may_hold(&self, name: &str) -> bool {
        let mut words = words(name).filter(|word| word.chars().count() >= 3 || !word.is_ascii());
        let first = words.next();
        first.into_iter().chain(words).all(|word| self.0.binary_search(&trace(word)).is_ok())
            && first.is_some()
    }

    pub(super) fn numbers(&self) -> &Vec<u32> {
        &self.0
    }

    pub(super) fn from_numbers(numbers: Vec<u32>) -> Self {
        NameTraces(numbers)
    }
}

/// The words of a text, by the short way where they are plain.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let (plain, other) = if text.is_ascii() { (text, "") } else { ("", text) };
    std::iter::once(plain).chain(other.unicode_words()).flat_map(parts).filter(|word| !word.is_empty())
}

fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(|c: char| !c.is_alphanumeric())
}

fn trace(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    fold(word).chars().take(NameTraces::LETTERS).for_each(|c| c.hash(&mut hasher));
    // The upper bits are the better ones.
    ((hasher.finish() >> 20) % NameTraces::HASHES) as u32
}

/// The places that an article is about, as far as its annotations tell.
#[derive(Debug)]
pub struct StoryPlaces<'c> {
    corpus: &'c Corpus,
    traces: &'c NameTraces,
    /// What it names or means, by id; places of events are among them.
    named: FxHashSet<&'c str>,
    /// The same, and all that these are part of.
    above: FxHashSet<&'c str>,
}

impl Corpus {
    /// The places that an article is about. What stands in the captions of its pictures
    /// says nothing about the story.
    #[must_use]
    pub fn story_places<'c>(&'c self, file: &'c FileFacts, article: &'c ArticleFacts) -> StoryPlaces<'c> {
        let mut named: Vec<Known<'c, EntityFacts>> = Vec::new();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        // Both are in the order of the text.
        let mut pictures = article.pictures.iter().peekable();
        let mut mentions: Vec<(u32, &str)> = self
            .entity_references(file)
            .filter(|reference| !matches!(reference.role, EntityRole::Place | EntityRole::Settled))
            .map(|reference| (reference.place.start.offset, &*reference.folded))
            .collect();
        mentions.sort_unstable();
        for (at, name) in mentions {
            while pictures.next_if(|picture| picture.place.end.offset <= at).is_some() {}
            if pictures.peek().is_some_and(|picture| picture.place.start.offset <= at) || !seen.insert(name) {
                continue;
            }
            if let Some(entity) = self.entity(file, name).one() {
                named.push(entity);
                let place = entity.what.at.as_ref();
                named.extend(place.and_then(|name| self.entity(entity.file, name).one()));
            }
        }
        let is_no_place = |entity: &&Known<'_, EntityFacts>| entity.what.kind != Some(EntityType::Place);
        // A story about a country's army is about the country.
        let bodies = self.with_all_above(named.iter().filter(is_no_place).copied());
        StoryPlaces {
            corpus: self,
            traces: &article.name_traces,
            above: self.with_all_above(named.iter().copied()).into_iter().collect(),
            named: named.iter().map(|entity| &*entity.what.id).chain(bodies).collect(),
        }
    }
}

impl<'c> StoryPlaces<'c> {
    /// Whether the story may be about `place`: it, a part of it or a place that it is part of
    /// stands in the article, linked or not.
    #[must_use]
    pub fn may_be(&self, place: Known<'c, EntityFacts>) -> bool {
        if self.above.contains(&*place.what.id) {
            return true;
        }
        let around = self.corpus.all_above(std::iter::once(place));
        around.iter().any(|place| {
            let names = place.what.names.iter().filter(|(kind, _)| *kind != NameKind::Id);
            self.named.contains(&*place.what.id)
                || names.into_iter().any(|(_, name)| self.traces.may_hold(name))
                || self.traces.may_hold(&place.what.name)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::NameTraces;

    #[test]
    fn names_leave_traces_whatever_their_ending() {
        let text = "In Port Sarrel's Old Harbour the boats of Dorrins Flotte lay. В Минске тихо. 港で";
        let traces = NameTraces::of([text]);
        for name in ["port sarrel", "Old Harbour", "Dorrin", "минск", "港"] {
            assert!(traces.may_hold(name), "{name}");
        }
        for name in ["Kasra", "Old Port of Kasra", "boats", "", "Saltmarket"] {
            assert!(!traces.may_hold(name), "{name}");
        }
    }
}
