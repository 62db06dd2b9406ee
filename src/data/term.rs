//! What the words of a format mean, for people who write in it.

/// A word that newsmark gives meaning to: a key, a field, a class. Each stands in one table,
/// from which comes whatever explains or offers it.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// The word.
    pub name: &'static str,
    /// What may stand there, as the end of "takes": "a date". Empty where nothing does.
    pub takes: &'static str,
    /// What it says: a sentence without markup and without a full stop.
    pub meaning: &'static str,
    /// The words that may stand there where they are a fixed few, or that mean something of
    /// their own beside others, each with what it says.
    pub words: &'static [(&'static str, &'static str)],
}

impl Term {
    /// A word that takes anything of a kind.
    #[must_use]
    pub const fn new(name: &'static str, takes: &'static str, meaning: &'static str) -> Self {
        Term { name, takes, meaning, words: &[] }
    }

    /// The same with words that mean something as its value.
    #[must_use]
    pub const fn with(self, words: &'static [(&'static str, &'static str)]) -> Self {
        Term { words, ..self }
    }

    /// What a word says as its value.
    #[must_use]
    pub fn word(&self, word: &str) -> Option<&'static str> {
        self.words.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
    }
}

/// The term of that name.
#[must_use]
pub fn find(terms: &'static [Term], name: &str) -> Option<&'static Term> {
    terms.iter().find(|term| term.name == name)
}
