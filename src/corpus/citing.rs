//! Which places of an article cite something.

use std::ops::Range;

use crate::data::date::Date;
use crate::registry::Standing;
use crate::text::Place;

use super::article::{ArticleFacts, ClaimFacts};
use super::facts::{FileFacts, SourceRole};
use super::registry::SourceFacts;
use super::resolve::Known;
use super::tables::Corpus;

/// A source where it is cited.
#[derive(Clone, Copy, Debug)]
pub struct CitedSource<'c> {
    /// The source.
    pub source: Known<'c, SourceFacts>,
    /// The key with the signs around it.
    pub place: Place,
    /// The key alone.
    pub key_place: Place,
    /// The date of the live page's entry around it.
    pub entry: Option<&'c Date>,
    /// The number of the citation that it is a part of; none in the `source=` of a div.
    pub citation: Option<u32>,
}

impl Corpus {
    /// Every known source that an article cites, as often as it does: in citations, then
    /// in the `source=` of divs.
    pub fn cited_sources<'c>(
        &'c self,
        file: &'c FileFacts,
        article: &'c ArticleFacts,
    ) -> impl Iterator<Item = CitedSource<'c>> {
        let cited = article.cited.iter().filter_map(move |cited| {
            Some(CitedSource {
                source: self.source(file, &cited.key)?,
                place: cited.place,
                key_place: cited.key_place(),
                entry: cited.entry.as_ref(),
                citation: Some(cited.citation),
            })
        });
        let divs = file.source_references.iter().filter(|reference| reference.role == SourceRole::Div);
        let divs = divs.filter_map(move |reference| {
            Some(CitedSource {
                source: self.source(file, &reference.key)?,
                place: reference.place,
                key_place: reference.place,
                entry: reference.entry.as_ref(),
                citation: None,
            })
        });
        cited.chain(divs)
    }
}

/// Which keys count as citations beside those of sources that stand.
#[derive(Clone, Copy, Debug)]
pub struct CountingKeys {
    /// Those that no source has, but not bare ones.
    pub undefined: bool,
    /// Those of retracted sources.
    pub retracted: bool,
}

impl CountingKeys {
    fn count(self, source: Option<Known<'_, SourceFacts>>, bare: bool) -> bool {
        match source {
            None => !bare && self.undefined,
            Some(source) => source.what.standing != Standing::Retracted || self.retracted,
        }
    }
}

/// The places of one article at which something is cited, told apart from those that
/// hold nothing but a handle: a bare `@key` counts where the source is known.
///
/// Of a key that no source has, and of a source that was retracted, [`CountingKeys`] says
/// whether they count.
#[derive(Clone, Debug)]
pub struct CountingPoints<'c> {
    corpus: &'c Corpus,
    file: &'c FileFacts,
    keys: CountingKeys,
    /// How many of the points before each one count, and at the end how many in all: so
    /// that a range is looked at in one step, however many claims a sentence holds.
    before: Vec<u32>,
}

impl<'c> CountingPoints<'c> {
    /// The points of `article`, which is in `file`.
    #[must_use]
    pub fn new(corpus: &'c Corpus, file: &'c FileFacts, article: &ArticleFacts, keys: CountingKeys) -> Self {
        let so_far = |counts: &mut dyn Iterator<Item = bool>| -> Vec<u32> {
            let mut count = 0;
            let sums = counts.map(|counts| {
                count += u32::from(counts);
                count
            });
            std::iter::once(0).chain(sums).collect()
        };
        // Any number of footnote references may share the keys of one footnote.
        let cited = article.cited.iter();
        let cited = so_far(&mut cited.map(|cited| keys.count(corpus.source(file, &cited.key), cited.bare)));
        let counts = |point: &Range<u32>| cited[point.start as usize] < cited[point.end as usize];
        let before = so_far(&mut article.points.iter().map(counts));
        CountingPoints { corpus, file, keys, before }
    }

    /// Whether one of these points counts.
    #[must_use]
    pub fn any(&self, points: &Range<u32>) -> bool {
        self.before[points.start as usize] < self.before[points.end as usize]
    }

    /// Whether a claim has a citation of its own, in its sentence or row, or on the div around
    /// it. Those of the claims around it are not looked at.
    #[must_use]
    pub fn cited_by(&self, claim: &ClaimFacts) -> bool {
        claim.points.iter().any(|&point| self.any(&(point..point + 1)))
            || claim.nearby.iter().any(|points| self.any(points))
            || claim.div_sources.clone().any(|reference| {
                let key = &self.file.source_references[reference as usize].key;
                self.keys.count(self.corpus.source(self.file, key), false)
            })
    }
}
