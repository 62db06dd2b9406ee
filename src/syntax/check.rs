//! What a desk's check of a claim vouches for, boiled down to eight hexadecimal digits: once
//! the words, the speaker or the sources have changed, so have these.
//!
//! The hash is the start of the SHA-256 of these lines, each ended by a line feed, in NFC and
//! with every run of white space as one space and none at the ends:
//!
//! 1. the claim's clean text;
//! 2. and to the fifth, the values of `by`, `against`, `value` and `original`, empty lines where there are
//!    none; `by` and `against` as they hold for the claim, its own or taken over;
//! 6. and on, one line for each key that is cited for it: `key`, or `key, locator`, then the
//!    keys in the `source=` of the div around it.
//!
//! Cited for it are groups that belong to it, in the order of their places: its own and those
//! of the claims around it, else its sentence's. A bare key in running text is one only where
//! a registry knows it, and what is hashed depends on the article alone: bare keys count as
//! the words that they are.

use std::ops::Range;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::belongs::Belongings;
use super::tree::{Annotation, Article, Attribute, Carrier, CitedItem};

/// How many keys count; more than anybody cites for one claim.
const MOST_KEYS: usize = 64;

/// How many claims and divs may be around one that is hashed; more is no prose, and costs the
/// more the deeper it goes.
const MOST_AROUND: usize = 32;

/// The hashes of one article's claims, as the claims stand now.
pub struct CheckHashes<'a> {
    text: &'a str,
    article: &'a Article,
    belongings: &'a Belongings,
    /// For each annotation, what holds in it.
    holding: Vec<Holding<'a>>,
    /// Citations in brackets.
    groups: Kept,
    /// Points at which one of these is cited.
    points: Kept,
}

/// What an annotation says for itself or takes over.
#[derive(Clone, Copy, Default)]
struct Holding<'a> {
    by: Option<&'a Attribute>,
    against: Option<&'a Attribute>,
    source: Option<&'a Attribute>,
    around: usize,
}

impl<'a> Holding<'a> {
    fn of(annotation: &'a Annotation, text: &'a str, around: Holding<'a>) -> Self {
        let own = |key| annotation.attributes.get(text, key);
        let said = |key| own(key).filter(|attribute| !attribute.text.trim().is_empty());
        let is_div = annotation.carrier == Carrier::Div;
        Holding {
            // An empty `by=` takes back what is said around.
            by: own("by").or(around.by),
            against: said("against").or(around.against),
            source: said("source").filter(|_| is_div).or(around.source),
            around: around.around,
        }
    }
}

/// Those of a list that count, so that a stretch of it is gone through without the others.
struct Kept {
    numbers: Vec<u32>,
    /// How many count before each one, and at the end how many in all.
    before: Vec<u32>,
}

impl Kept {
    fn new(counts: impl Iterator<Item = bool>) -> Self {
        let mut kept = Kept { numbers: Vec::new(), before: vec![0] };
        for (number, counts) in counts.enumerate() {
            if counts {
                kept.numbers.push(number as u32);
            }
            kept.before.push(kept.numbers.len() as u32);
        }
        kept
    }

    fn within(&self, range: &Range<u32>) -> &[u32] {
        let before = |at: u32| self.before.get(at as usize).map_or(0, |count| *count as usize);
        self.numbers.get(before(range.start)..before(range.end)).unwrap_or_default()
    }
}

impl<'a> CheckHashes<'a> {
    /// For `article`, read from `text`.
    #[must_use]
    pub fn new(text: &'a str, article: &'a Article, belongings: &'a Belongings) -> Self {
        let mut holding: Vec<Holding<'a>> = Vec::with_capacity(article.annotations.len());
        for annotation in &article.annotations {
            let around = annotation.parent.map_or(Holding::default(), |parent| {
                let around = holding[parent];
                Holding { around: around.around + 1, ..around }
            });
            holding.push(Holding::of(annotation, text, around));
        }
        let groups = Kept::new(article.citations.iter().map(|citation| !citation.bare));
        let points =
            Kept::new(belongings.points.iter().map(|point| !groups.within(&point.citations).is_empty()));
        CheckHashes { text, article, belongings, holding, groups, points }
    }

    /// The hash of a claim, an index in [`Article::annotations`]; none where it is nested too
    /// deep to be worth one.
    #[must_use]
    pub fn hash(&self, claim: usize) -> Option<String> {
        let annotation = self.article.annotations.get(claim)?;
        let holding = self.holding.get(claim).filter(|holding| holding.around <= MOST_AROUND)?;
        let mut hasher = Sha256::new();
        let mut line = |text: &str| {
            let mut collapsed = String::with_capacity(text.len() + 1);
            for word in text.split_whitespace() {
                if !collapsed.is_empty() {
                    collapsed.push(' ');
                }
                collapsed.extend(word.nfc());
            }
            collapsed.push('\n');
            hasher.update(collapsed.as_bytes());
        };
        line(self.article.clean_text(annotation));
        let own = |key| annotation.attributes.get(self.text, key);
        for attribute in [holding.by, holding.against, own("value"), own("original")] {
            line(attribute.map_or("", |attribute| &attribute.text));
        }
        for item in self.cited(claim) {
            let key = item.key.of(self.text);
            match item.locator {
                Some(locator) => line(&format!("{key}, {}", locator.of(self.text).trim())),
                None => line(key),
            }
        }
        let sources = holding.source.iter().flat_map(|source| source.text.split(','));
        for key in sources.map(|key| key.trim().trim_start_matches('@')).filter(|key| !key.is_empty()) {
            line(key);
        }
        let digest = hasher.finalize();
        Some(digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect())
    }

    /// What is cited for a claim in groups.
    fn cited(&self, claim: usize) -> impl Iterator<Item = &'a CitedItem> {
        let around = std::iter::once(claim).chain(self.article.ancestors(claim).map(|(index, _)| index));
        let mut points: Vec<u32> = around
            .flat_map(|index| {
                let own = self.belongings.of[index].own.iter();
                own.flat_map(|&point| self.points.within(&(point..point + 1))).take(MOST_KEYS)
            })
            .copied()
            .collect();
        points.sort_unstable();
        if points.is_empty() {
            let nearby = self.belongings.of[claim].nearby.iter();
            points.extend(nearby.flat_map(|range| self.points.within(range)).take(MOST_KEYS));
        }
        let points = points.into_iter().map(|point| &self.belongings.points[point as usize]);
        let groups: Vec<u32> =
            points.flat_map(|point| self.groups.within(&point.citations)).take(MOST_KEYS).copied().collect();
        let article = self.article;
        groups.into_iter().flat_map(move |group| &article.citations[group as usize].items).take(MOST_KEYS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{belongings, parse};

    fn hashes(text: &str) -> Vec<String> {
        let article = parse(text);
        let belongings = belongings(&article, "en");
        let hashes = CheckHashes::new(text, &article, &belongings);
        let claims: Vec<usize> = article.claims().map(|(index, _)| index).collect();
        claims.into_iter().map(|index| hashes.hash(index).unwrap_or_default()).collect()
    }

    /// Each worked out apart from this, in Python: `hashlib.sha256(lines).hexdigest()[:8]`.
    #[test]
    fn a_hash_is_that_of_the_lines() {
        // b"The gates were shut\ndam-authority\n\n\n\ngate-log, p. 7\n"
        let plain = "[The *gates* were\nshut]{.claim by=dam-authority}[@gate-log, p. 7].\n";
        assert_eq!(hashes(plain), ["c4b4cbed"]);
        // "Caf\u{e9} shut\nkaru\narmy\n28\nCaf\u{e9} zu\na\nb, 00:12:31\n", and the `é` in two parts in the text
        let all = "::: {by=karu}\n[Cafe\u{301}  shut]{.accusation against=army value=28 \
                   original=\"Cafe\u{301} zu\"}[@a; @b {00:12:31}].\n:::\n";
        assert_eq!(hashes(all), ["dd56f6a2"]);
        // b"It sank\n\n\n\n\nlog\nlist\n"
        let div = "::: {source=\"log, list\"}\n[It sank]{.claim}.\n:::\n";
        assert_eq!(hashes(div), ["ae342a19"]);
    }

    #[test]
    fn it_changes_with_what_was_checked_and_with_nothing_else() {
        let before = hashes("[It sank]{.claim by=karu}[@a, p. 2].\n");
        for same in [
            "[It  sank]{.claim by=karu checked=2026-03-11 checker=Mara verdict=true}[@a, p. 2].\n",
            "[[[ship|It]] sank]{.claim #sank by=karu}[@a, p. 2].\n",
            "::: {by=karu}\n[It sank]{.claim}[@a, p. 2].\n:::\n",
            "Yes. [It sank]{.claim by=karu} [see @a, p. 2], said @nobody.\n",
        ] {
            assert_eq!(hashes(same), before, "{same}");
        }
        for other in [
            "[It sunk]{.claim by=karu}[@a, p. 2].\n",
            "[It sank]{.claim by=kara}[@a, p. 2].\n",
            "[It sank]{.claim by=karu}[@a, p. 3].\n",
            "[It sank]{.claim by=karu}[@b, p. 2].\n",
            "[It sank]{.claim by=karu}[@a, p. 2; @b].\n",
            "[It sank]{.claim by=karu value=2}[@a, p. 2].\n",
            "[It sank]{.claim by=karu}.\n",
        ] {
            assert_ne!(hashes(other), before, "{other}");
        }
    }

    #[test]
    fn what_is_nested_without_end_has_none() {
        let deep = format!("{}it{}", "[".repeat(60), "]{.claim}".repeat(60));
        let hashes = hashes(&deep);
        assert_eq!(hashes.len(), 60);
        assert_eq!(hashes.iter().filter(|hash| hash.is_empty()).count(), 60 - MOST_AROUND - 1);
    }
}
