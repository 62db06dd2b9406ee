//! How well something that somebody types fits a name: its characters in their order, whatever
//! stands between them, beginnings of words and unbroken stretches first.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// What is looked for; several words may stand anywhere in a name.
pub(super) struct Fuzzy {
    matcher: Matcher,
    pattern: Pattern,
    /// Below this, the characters are there by chance.
    least: u32,
    /// For names that are not all ASCII.
    chars: Vec<char>,
}

impl Fuzzy {
    pub(super) fn new(wanted: &str) -> Fuzzy {
        /// A character on its own counts 16, and a gap at least 3.
        const LEAST_PER_CHARACTER: u32 = 12;
        let mut config = Config::DEFAULT;
        config.prefer_prefix = true;
        let characters = wanted.chars().filter(|c| !c.is_whitespace()).count();
        Fuzzy {
            matcher: Matcher::new(config),
            pattern: Pattern::new(wanted, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy),
            least: LEAST_PER_CHARACTER * u32::try_from(characters).unwrap_or(u32::MAX / 64),
            chars: Vec::new(),
        }
    }

    /// How well a name fits: more is better. `None` where it does not.
    pub(super) fn score(&mut self, name: &str) -> Option<u32> {
        let name = if name.is_ascii() {
            Utf32Str::Ascii(name.as_bytes())
        } else {
            // Marks may stand apart from their letters: they are passed over as any others, and
            // to find out which belong together would take longer than all the rest.
            self.chars.clear();
            self.chars.extend(name.chars());
            Utf32Str::Unicode(&self.chars)
        };
        self.pattern.score(name, &mut self.matcher).filter(|score| *score >= self.least)
    }
}

/// How well a name fits what is looked for, once: more is better.
#[cfg(test)]
fn score(wanted: &str, name: &str) -> Option<u32> {
    Fuzzy::new(wanted).score(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first() {
        let ranked = |wanted: &str, names: &[&'static str]| {
            let mut found: Vec<(u32, &'static str)> =
                names.iter().filter_map(|name| Some((score(wanted, name)?, *name))).collect();
            found.sort_by_key(|(score, name)| (std::cmp::Reverse(*score), name.len()));
            found.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
        };
        assert_eq!(
            ranked("kasra", &["old-kasra", "kasra-valley", "kasra"]),
            ["kasra", "kasra-valley", "old-kasra"]
        );
        assert_eq!(ranked("kv", &["kasra-valley", "kavango"]), ["kasra-valley", "kavango"]);
        assert_eq!(ranked("aid camp", &["camp without aid", "aid"]), ["camp without aid"]);
        assert_eq!(ranked("burger", &["Bürgermeisterin"]), ["Bürgermeisterin"]);
        assert_eq!(ranked("KASRA", &["kasra"]), ["kasra"]);
    }

    #[test]
    fn what_is_there_by_chance_is_left_out() {
        assert_eq!(
            score("kasra", "Banks say that traders may leave a port tomorrow, researchers find"),
            None
        );
        assert!(score("mnstry", "Ministry says alliance keeps aid from the camp").is_some());
        assert_eq!(score("zone", "enoz"), None);
        assert_eq!(score("", "anything"), Some(0));
    }
}
