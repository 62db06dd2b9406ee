//! Which places of an article cite something, and what a claim rests on.

use std::ops::Range;

use crate::data::date::Date;
use crate::registry::Standing;
use crate::text::Place;

use super::article::{ArticleFacts, CitedKey, ClaimFacts, MOST_AROUND};
use super::facts::{FileFacts, SourceReference, SourceRole};
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
        let cited = article.cited.iter().filter_map(move |cited| self.cited_source(file, cited));
        let divs = file.source_references.iter().filter(|reference| reference.role == SourceRole::Div);
        let divs = divs.filter_map(move |reference| self.div_source(file, reference));
        cited.chain(divs)
    }

    fn cited_source<'c>(&'c self, file: &FileFacts, cited: &'c CitedKey) -> Option<CitedSource<'c>> {
        Some(CitedSource {
            source: self.source(file, &cited.key)?,
            place: cited.place,
            key_place: cited.key_place(),
            entry: cited.entry.as_ref(),
            citation: Some(cited.citation),
        })
    }

    fn div_source<'c>(&'c self, file: &FileFacts, reference: &'c SourceReference) -> Option<CitedSource<'c>> {
        Some(CitedSource {
            source: self.source(file, &reference.key)?,
            place: reference.place,
            key_place: reference.place,
            entry: reference.entry.as_ref(),
            citation: None,
        })
    }
}

/// How many keys are looked up for one claim, and how many claims around it: more than anybody
/// cites for one thing or writes one in the other, and little enough for a sentence of thousands
/// of claims that all share thousands of citations.
const MOST_KEYS: usize = 128;

/// What a claim rests on.
#[derive(Clone, Debug, Default)]
pub struct ClaimSources<'c> {
    /// The known sources, each once, in the order of the places at which they are cited.
    pub known: Vec<CitedSource<'c>>,
    /// Whether something else is cited as well: keys that no source has, which other rules
    /// report, or more than anybody looks through. Then nothing can be said of all of them.
    pub unknown: bool,
}

impl Corpus {
    /// What belongs to `claim` of `article`, which is in `file`: its own citations and those of
    /// the claims around it, else those of its sentence or row; and the `source=` of the div
    /// around it.
    #[must_use]
    pub fn claim_sources<'c>(
        &'c self,
        file: &'c FileFacts,
        article: &'c ArticleFacts,
        claim: &'c ClaimFacts,
    ) -> ClaimSources<'c> {
        let mut looking =
            Looking { corpus: self, file, article, left: MOST_KEYS, out: ClaimSources::default() };
        let mut around = article.around(claim);
        let own: Vec<&ClaimFacts> = around.by_ref().take(MOST_AROUND).collect();
        looking.out.unknown = around.next().is_some();
        for claim in &own {
            looking.points(claim.points.iter().copied());
        }
        // What the innermost of them finds nearby comes before what an outer one does.
        for claim in &own {
            if !looking.has_found() {
                looking.points(claim.nearby.iter().cloned().flatten());
            }
        }
        looking.div(claim);
        let mut out = looking.out;
        out.known.sort_by_key(|cited| cited.place.start);
        let mut seen = Vec::with_capacity(out.known.len());
        out.known.retain(|cited| {
            let source: *const SourceFacts = cited.source.what;
            let is_new = !seen.contains(&source);
            seen.push(source);
            is_new
        });
        out
    }
}

/// Looks up what is cited for one claim.
struct Looking<'c> {
    corpus: &'c Corpus,
    file: &'c FileFacts,
    article: &'c ArticleFacts,
    /// How many keys may still be looked up.
    left: usize,
    out: ClaimSources<'c>,
}

impl<'c> Looking<'c> {
    fn has_found(&self) -> bool {
        self.out.unknown || !self.out.known.is_empty()
    }

    fn may_look(&mut self) -> bool {
        let may_look = self.left > 0;
        self.left = self.left.saturating_sub(1);
        self.out.unknown |= !may_look;
        may_look
    }

    fn points(&mut self, points: impl Iterator<Item = u32>) {
        let article = self.article;
        let ranges = points.filter_map(|point| article.points.get(point as usize));
        for cited in
            ranges.filter_map(|keys| article.cited.get(keys.start as usize..keys.end as usize)).flatten()
        {
            if !self.may_look() {
                return;
            }
            match self.corpus.cited_source(self.file, cited) {
                Some(cited) => self.out.known.push(cited),
                // A bare key of no source is a handle.
                None => self.out.unknown |= !cited.bare,
            }
        }
    }

    fn div(&mut self, claim: &ClaimFacts) {
        for reference in claim.div_sources.clone() {
            if !self.may_look() {
                return;
            }
            let reference = &self.file.source_references[reference as usize];
            match self.corpus.div_source(self.file, reference) {
                Some(cited) => self.out.known.push(cited),
                None => self.out.unknown = true,
            }
        }
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::corpus::{Change, Corpus};
    use crate::lint::{FileRole, read};

    /// What each claim of an article rests on: keys, and `+` where something else is cited.
    fn sources_of(text: &str) -> Vec<String> {
        let registry: String = ["a", "b", "c", "d"].iter().map(|key| format!("- id: {key}\n")).collect();
        let mut corpus = Corpus::default();
        corpus.apply([
            Change::Put(Box::new(read(&"a.md".into(), text, FileRole::Article))),
            Change::Put(Box::new(read(&"sources.yaml".into(), &registry, FileRole::Sources))),
        ]);
        let file = corpus.at_path("a.md").and_then(|id| corpus.file(id)).expect("it was put in");
        let article = file.article.as_ref().expect("it is an article");
        let claims = article.claims.iter().map(|claim| {
            let sources = corpus.claim_sources(file, article, claim);
            let keys: Vec<&str> = sources.known.iter().map(|cited| &*cited.source.what.key).collect();
            format!("{}{}", keys.join(" "), if sources.unknown { "+" } else { "" })
        });
        claims.collect()
    }

    #[test]
    fn a_claim_rests_on_what_belongs_to_it() {
        let own = "By [@c], [it [[sank]{.claim}[@b] fast]{.claim} there]{.claim}[@a; @a; -@a].\n";
        assert_eq!(sources_of(own), ["a", "a", "b a"], "its own and those around it, not those within");
        let nearby = "By [@c], [it [sank]{.claim}]{.claim}, said [@a].\n";
        assert_eq!(sources_of(nearby), ["c a", "c a"]);
        let outer = "By [@c], [it was. [It sank]{.claim}. It is]{.claim}.\n";
        assert_eq!(sources_of(outer), ["c", "c"], "what an outer one finds nearby holds within");
        let div = "::: {source=\"a, d\"}\n[It sank]{.claim}[@b] [there]{.claim}.\n:::\n";
        assert_eq!(sources_of(div), ["a d b", "a d b"]);
        let note = "[It sank]{.claim}[^1].\n\n[^1]: See [@a] and [@b].\n";
        assert_eq!(sources_of(note), ["a b"]);
        let unknown = "[It sank]{.claim}[@nobody; @a], said @handle. [No]{.claim}[@nobody], said [@b].\n";
        assert_eq!(
            sources_of(unknown),
            ["a+", "+"],
            "a handle is no source, and a slip no reason to look on"
        );
    }

    #[test]
    fn what_thousands_share_is_not_looked_up_for_each() {
        let mut text = String::new();
        (0..3000).for_each(|number| write!(text, "[it]{{.claim}} as [@a; @b{number}] ").expect("a string"));
        assert!(sources_of(&text).iter().all(|sources| sources == "a+"));
        let deep = format!("{}it{}", "[".repeat(300), "]{.claim}[@a]".repeat(300));
        assert_eq!(sources_of(&deep)[0], "a");
        assert_eq!(sources_of(&deep)[299], "a+", "more than anybody looks through");
    }
}
