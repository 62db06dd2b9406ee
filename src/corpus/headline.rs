//! Names in a headline that the story below it does not have.

use smallvec::SmallVec;

use crate::text::{Place, fold};

use super::article::ArticleFacts;
use super::facts::FileFacts;
use super::registry::EntityFacts;
use super::resolve::Known;
use super::tables::Corpus;

/// Words of a headline that may be a name, none of which is in the article's text.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadlineWords {
    /// Two or more words, as written but for marks around them, a space between each.
    pub words: Box<str>,
    /// Where they stand; the whole headline where that can't be told.
    pub place: Place,
}

/// How many words a name has at most that is looked for.
const LONGEST: usize = 5;
/// How many words of one stretch are looked at: more than headlines have.
const MOST_WORDS: usize = 24;

impl HeadlineWords {
    /// All that may be a name in them, as compared, the longest first.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let words: SmallVec<[&str; 8]> = self.words.split(' ').take(MOST_WORDS).collect();
        (2..=LONGEST.min(words.len())).rev().flat_map(move |length| {
            let names: Vec<String> = words
                .windows(length)
                .filter(|name| {
                    [name[0], name[length - 1]].iter().all(|word| !word.starts_with(char::is_lowercase))
                })
                .map(|name| fold(&name.join(" ")).into_owned())
                .collect();
            names
        })
    }
}

/// The names that an article is looked at again for when they begin or cease to be known.
pub(super) fn headline_names(facts: &FileFacts) -> impl Iterator<Item = String> {
    facts.article.iter().flat_map(|article| &article.headline).flat_map(HeadlineWords::names)
}

impl Corpus {
    /// What is named in the headline of an article and nowhere below it, with where.
    #[must_use]
    pub fn only_in_headline<'c>(
        &'c self,
        file: &'c FileFacts,
        article: &'c ArticleFacts,
    ) -> Vec<(Known<'c, EntityFacts>, Place)> {
        let mut found: Vec<(Known<'c, EntityFacts>, Place)> = Vec::new();
        for words in &article.headline {
            // Of names within names the longest is the one that is meant.
            let named = words.names().find_map(|name| self.entity(file, &name).one());
            found.extend(named.map(|entity| (entity, words.place)));
        }
        if !found.is_empty() {
            for reference in self.entity_references(file) {
                if let Some(entity) = self.entity(file, &reference.folded).one() {
                    found.retain(|(named, _)| named.what.id != entity.what.id);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::HeadlineWords;
    use crate::text::Place;

    #[test]
    fn names_in_names() {
        let names = |words: &str| -> Vec<String> {
            HeadlineWords { words: words.into(), place: Place::default() }.names().collect()
        };
        assert_eq!(names("Ministry of Defence"), ["ministry of defence"]);
        assert_eq!(names("M. Example Resigns"), ["m. example resigns", "m. example", "example resigns"]);
        assert_eq!(names("Kasra"), Vec::<String>::new());
        assert!(names(&"A ".repeat(100_000)).len() < 100);
    }
}
