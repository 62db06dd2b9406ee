//! Who answers what, and for whom.
//!
//! An answer counts if it comes from the accused, from a body above or below them, or
//! from a person who speaks for one of these when the article is published. For a
//! person who is accused, the bodies in which they hold an office then are above them:
//! a ministry answers for its minister.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::data::date::Date;

use super::article::{ArticleFacts, ClaimFacts, ClaimRelation};
use super::facts::FileFacts;
use super::registry::{EntityFacts, RoleFacts};
use super::resolve::{ClaimTarget, Known};
use super::tables::Corpus;

/// A set of entities of which at least one answered, each with the first number (of a
/// claim, say) under which it did.
#[derive(Debug, Default)]
pub struct Answerers<'c> {
    /// Those who answered, and what they speak for.
    voices: FxHashMap<&'c str, u32>,
    /// All that is above them.
    above: FxHashMap<&'c str, u32>,
}

impl<'c> Answerers<'c> {
    /// Adds someone who answered on one of these dates; without any, at a time that is not known.
    pub fn add(&mut self, corpus: &'c Corpus, dates: &[Date], who: Known<'c, EntityFacts>, number: u32) {
        let note = |table: &mut FxHashMap<&'c str, u32>, id: &'c str| {
            let first = table.entry(id).or_insert(number);
            *first = number.min(*first);
        };
        note(&mut self.voices, &who.what.id);
        for id in corpus.spoken_for(dates, who) {
            note(&mut self.voices, id);
        }
        for id in corpus.upwards(dates, who) {
            note(&mut self.above, id);
        }
    }

    /// Whether nobody answered of whom it is known who they are.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.voices.is_empty()
    }

    /// The first number under which somebody answered who may answer for `accused`.
    #[must_use]
    pub fn answer_for(
        &self,
        corpus: &'c Corpus,
        article: &ArticleFacts,
        accused: Known<'c, EntityFacts>,
    ) -> Option<u32> {
        let by_those_above =
            corpus.upwards(article.dates_in(None), accused).into_iter().filter_map(|id| self.voices.get(id));
        by_those_above.chain(self.above.get(&*accused.what.id)).min().copied()
    }
}

/// How many bodies are looked at above one: no government has so many levels, and registries
/// may hold rings of any size.
const MOST_ABOVE: usize = 128;

impl Corpus {
    /// The claims of `file` itself to which `claim`, one of its own, says that it stands so:
    /// indices in [`ArticleFacts::claims`].
    pub fn own_claims<'c>(
        &'c self,
        file: &'c FileFacts,
        claim: &'c ClaimFacts,
        relation: ClaimRelation,
    ) -> impl Iterator<Item = u32> + 'c {
        let references = file.article.iter().flat_map(move |article| article.related(claim, relation));
        references.filter_map(|reference| match self.claim(file, reference) {
            ClaimTarget::Claim(target, anchor) if target.path == file.path => anchor.claim,
            _ => None,
        })
    }

    /// Whether two entities are one, or one is above the other: a body of which the other is a
    /// part, or in which they hold an office on one of these dates.
    #[must_use]
    pub fn are_related(
        &self,
        dates: &[Date],
        one: Known<'_, EntityFacts>,
        other: Known<'_, EntityFacts>,
    ) -> bool {
        self.upwards(dates, one).contains(&&*other.what.id)
            || self.upwards(dates, other).contains(&&*one.what.id)
    }

    /// `entity`, the bodies in which they hold an office where it is a person, and all
    /// that these are part of: ids, each once.
    pub(super) fn upwards<'c>(&'c self, dates: &[Date], entity: Known<'c, EntityFacts>) -> Vec<&'c str> {
        self.with_all_above(std::iter::once(entity).chain(self.bodies_of(dates, entity)))
    }

    /// What a person speaks for: the bodies in which they hold an office, and all that
    /// these are part of.
    fn spoken_for<'c>(&'c self, dates: &[Date], person: Known<'c, EntityFacts>) -> Vec<&'c str> {
        self.with_all_above(self.bodies_of(dates, person))
    }

    pub(super) fn with_all_above<'c>(
        &'c self,
        from: impl Iterator<Item = Known<'c, EntityFacts>>,
    ) -> Vec<&'c str> {
        self.all_above(from).into_iter().map(|entity| &*entity.what.id).collect()
    }

    /// These, and all that they are part of, each once.
    #[must_use]
    pub fn all_above<'c>(
        &'c self,
        from: impl Iterator<Item = Known<'c, EntityFacts>>,
    ) -> Vec<Known<'c, EntityFacts>> {
        let mut found: Vec<Known<'c, EntityFacts>> = Vec::new();
        let mut seen: FxHashSet<&'c str> = FxHashSet::default();
        let mut open: Vec<Known<'c, EntityFacts>> = from.collect();
        while let Some(next) = open.pop().filter(|_| found.len() < MOST_ABOVE) {
            if seen.insert(&next.what.id) {
                found.push(next);
                open.extend(next.what.part_of.iter().filter_map(|name| self.entity(next.file, name).one()));
            }
        }
        found
    }

    /// The bodies in which `person` may hold an office on one of these dates.
    fn bodies_of<'c, 'a>(
        &'c self,
        dates: &'a [Date],
        person: Known<'c, EntityFacts>,
    ) -> impl Iterator<Item = Known<'c, EntityFacts>> + use<'c, 'a> {
        person
            .what
            .roles
            .iter()
            .filter(|role| may_be_held(role, dates))
            .filter_map(move |role| self.entity(person.file, role.of.as_ref()?).one())
    }
}

/// Whether the office may be held on one of these dates. Only what is certain rules it out.
fn may_be_held(role: &RoleFacts, dates: &[Date]) -> bool {
    dates.is_empty() || dates.iter().any(|date| role.may_be_held_on(date))
}
