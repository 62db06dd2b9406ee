//! What is quoted in an article.

use crate::text::Place;

/// The quoted words of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuotationFacts {
    /// Sentence by sentence, those of a claim one after the other.
    pub sentences: Vec<QuotedSentence>,
    /// The words in the language that they were said in, by claim: its index in
    /// [`ArticleFacts::claims`](super::ArticleFacts::claims), and `original=`.
    pub originals: Vec<(u32, Box<str>)>,
}

/// A sentence that a claim gives as somebody's words, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotedSentence {
    /// The claim, as an index in [`ArticleFacts::claims`](super::ArticleFacts::claims).
    pub claim: u32,
    /// The words as they are shown, white space as single spaces, without the quotation marks
    /// around them.
    pub words: Box<str>,
    /// Where they stand.
    pub place: Place,
    /// Whether the bytes there are the words, without markup or line ends between them.
    pub editable: bool,
}

impl QuotationFacts {
    /// The words of a claim in the language that they were said in, where they are given.
    #[must_use]
    pub fn original(&self, claim: u32) -> Option<&str> {
        let at = self.originals.binary_search_by_key(&claim, |(claim, _)| *claim).ok()?;
        Some(&self.originals[at].1)
    }

    /// The sentences of a claim.
    #[must_use]
    pub fn of_claim(&self, claim: u32) -> &[QuotedSentence] {
        let from = self.sentences.partition_point(|sentence| sentence.claim < claim);
        let to = self.sentences.partition_point(|sentence| sentence.claim <= claim);
        &self.sentences[from..to]
    }

    /// The sentences, by claim.
    pub fn by_claim(&self) -> impl Iterator<Item = &[QuotedSentence]> {
        self.sentences.chunk_by(|a, b| a.claim == b.claim)
    }
}
