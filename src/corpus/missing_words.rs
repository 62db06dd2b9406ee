//! Whether quoted words are in the stored texts of what they are quoted from.

use crate::syntax::{Passage, StoredText, wordings};
use crate::text::{Wording, primary_language};

use super::article::ArticleFacts;
use super::facts::FileFacts;
use super::quotations::QuotedSentence;
use super::registry::SourceFacts;
use super::resolve::Known;
use super::tables::Corpus;

/// Fewer words are a term or a scrap, which a sentence may bend as it needs.
const FEWEST_WORDS: usize = 3;

/// Quoted words that are in none of the stored texts.
#[derive(Clone, Debug)]
pub struct MissingWords<'c> {
    /// The first sentence that is missing; none where it is the `original` of the quote.
    pub sentence: Option<usize>,
    /// The sources whose stored texts were looked through.
    pub sources: Vec<Known<'c, SourceFacts>>,
    /// What comes nearest, and in which source; of one that is not on record never.
    pub nearest: Option<(Known<'c, SourceFacts>, Passage)>,
    /// Whether that is near to a piece of the sentence only, which marks what it leaves out.
    pub is_piece: bool,
}

impl Corpus {
    /// The words of a quote that are in the stored text of none of the sources that belong to
    /// it. `None` where they are, and where that cannot be told: any of the sources has no text,
    /// or is in another language and the words in that are not given.
    #[must_use]
    pub fn missing_words<'c>(
        &'c self,
        file: &'c FileFacts,
        article: &'c ArticleFacts,
        sentences: &[QuotedSentence],
    ) -> Option<MissingWords<'c>> {
        let claim = sentences.first()?.claim;
        if !self.has_snapshots() {
            return None;
        }
        let found = self.sources_of_quote(file, article, claim);
        if found.unknown || found.known.is_empty() {
            return None;
        }
        let sources: Vec<Known<'_, SourceFacts>> = found.known.iter().map(|cited| cited.source).collect();
        let texts: Option<Vec<&StoredText>> =
            sources.iter().map(|source| self.text(source.what.snapshot.as_ref()?)).collect();
        let texts = texts?;
        let original = article.quotations.original(claim);
        let is_foreign = sources.iter().any(|source| is_other_language(source.what, article));
        if let Some(original) = original {
            let words = [original];
            let is_there = |words: &str| !is_missing(words, &texts);
            // A source may have the translation as well.
            if words.iter().all(|words| is_there(words))
                || !is_foreign && sentences.iter().all(|sentence| is_there(&sentence.words))
            {
                return None;
            }
            return Some(MissingWords { sentence: None, sources, nearest: None, is_piece: false });
        }
        if is_foreign {
            return None;
        }
        for (number, sentence) in sentences.iter().enumerate() {
            if !is_missing(&sentence.words, &texts) {
                continue;
            }
            let (pieces, wordings): (Vec<String>, Vec<Wording>) =
                wordings(&sentence.words).into_iter().unzip();
            let nearest = nearest(&pieces, &wordings, &sources, &texts);
            let is_held = |piece: &Wording| texts.iter().any(|text| text.holds(std::slice::from_ref(piece)));
            let is_there = |(piece, text): (&Wording, &String)| {
                let own = std::slice::from_ref(piece);
                texts.iter().any(|stored| {
                    stored.holds(own) || stored.holds_but_for_numbers(piece, text, &article.lang)
                })
            };
            if wordings.iter().zip(&pieces).all(is_there) && !wordings.iter().all(is_held) {
                continue;
            }
            // Nothing but the spelling is another, unless the pieces stand in another order.
            let is_same = nearest.as_ref().is_some_and(|(_, passage)| passage.share >= 1.0);
            if is_same && !wordings.iter().all(is_held) {
                continue;
            }
            return Some(MissingWords {
                sentence: Some(number),
                is_piece: pieces.len() > 1 || sentence.words.contains(['[', '(']),
                nearest: nearest.filter(|(source, _)| !source.what.protected),
                sources,
            });
        }
        None
    }
}

/// Whether enough words to look for are in none of the texts.
fn is_missing(words: &str, texts: &[&StoredText]) -> bool {
    let pieces: Vec<Wording> = wordings(words).into_iter().map(|(_, wording)| wording).collect();
    let count: usize = pieces.iter().map(Wording::len).sum();
    count >= FEWEST_WORDS && !texts.iter().any(|text| text.holds(&pieces))
}

/// The passage nearest to the first piece that is missing.
fn nearest<'c>(
    pieces: &[String],
    wordings: &[Wording],
    sources: &[Known<'c, SourceFacts>],
    texts: &[&StoredText],
) -> Option<(Known<'c, SourceFacts>, Passage)> {
    let near = sources.iter().zip(texts).filter_map(|(source, text)| {
        let piece = text.first_missing(wordings)?;
        Some((*source, text.nearest(&wordings[piece], &pieces[piece])?))
    });
    near.max_by(|(_, one), (_, other)| one.share.total_cmp(&other.share))
}

/// Whether a source is in another language than the article, as far as both say.
fn is_other_language(source: &SourceFacts, article: &ArticleFacts) -> bool {
    let first = |tag: &str| primary_language(tag).trim().to_ascii_lowercase();
    let (own, other) = (first(&article.lang), first(source.language.as_deref().unwrap_or_default()));
    // Bibliographies write out a name: "english".
    let is_same = own == other || other.len() > 3 && other.starts_with(&own);
    !own.is_empty() && !other.is_empty() && !is_same
}
