//! `quote-not-in-source`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::corpus::{ArticleFacts, FileFacts, MissingWords, QuotedSentence};
use crate::diagnostic::{Finding, Level};
use crate::syntax::in_its_place;

pub(super) static RULE: Rule = Rule {
    name: "quote-not-in-source",
    summary: "quoted words that are not in the stored text of the source",
    explanation: "\
A quotation is a promise that these words were said. This compares what a `.quote` gives as
somebody's words, what stands between quotation marks in it, or all of it where there are none, with
the `snapshot` of every source that belongs to the quote, and reports words that are in none of them.
The Reuters Handbook (\"quotes are sacrosanct\"), AP and the BBC's guidelines allow no change but a
marked one; a word that was lost on the way turns many a statement round.

    Bad:   [\"Nobody is held there\"]{.quote by=army}[@army-0312]        (snapshot: Nobody is still held there)
    Good:  [\"Nobody is still held there\"]{.quote by=army}[@army-0312]
    Good:  [\"Nobody … held there\"]{.quote by=army}[@army-0312]
    Good:  [\"Nobody is still held [in the camp]\"]{.quote by=army}[@army-0312]

Capitals, quotation marks, dashes, hyphens, punctuation and line ends do not count. `…` and `[…]`
stand for words that were left out, words in brackets for others; sentences are looked for one by one,
and fewer than three words are not looked for. Where a source is in another language than the article,
`original=` is compared. Nothing is reported while any source that may hold the words has no snapshot.
Quote what was said, mark what was left out, or cite the source that has the words.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Error),
    checks: &[Check::Corpus(check)],
};

/// A passage that is longer, in bytes, is not offered to be put in.
const MOST_PUT_IN: usize = 1000;

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article().filter(|article| !article.retracted) else { return };
    let mut reported = 0;
    for sentences in article.quotations.by_claim() {
        let missing = context.corpus.missing_words(context.file, article, sentences);
        if let Some(missing) = missing
            // A quotation in a quotation is the same fault once more.
            && article.claims[sentences[0].claim as usize].place.start.offset >= reported
        {
            reported = article.claims[sentences[0].claim as usize].place.end.offset;
            findings.push(finding(context, context.file, article, sentences, &missing));
        }
    }
}

fn finding(
    context: &CorpusContext<'_>,
    file: &FileFacts,
    article: &ArticleFacts,
    sentences: &[QuotedSentence],
    missing: &MissingWords<'_>,
) -> Finding {
    let keys: Vec<String> = missing.sources.iter().map(|source| format!("`{}`", source.what.key)).collect();
    let stored = match &keys[..] {
        [one] => format!("the stored text of {one}"),
        [first, second] => format!("the stored text of {first} or {second}"),
        _ => format!("any of the {} stored texts of its sources", keys.len()),
    };
    let Some(sentence) = missing.sentence.map(|number| &sentences[number]) else {
        let place = article.claims[sentences[0].claim as usize].place;
        return Finding::new(place, format!("the `original` words of this quote are not in {stored}"))
            .help("give the words as they were said, or cite the source that has them");
    };
    let finding = Finding::new(sentence.place, format!("these words are not in {stored}"));
    let Some((source, passage)) = &missing.nearest else {
        return finding.help("quote what was said, or cite the source that has the words");
    };
    if passage.share >= 1.0 {
        return finding.help(format!("`{}` has the parts in another order", source.what.key));
    }
    let mut finding = finding.help(format!("`{}` says: \"{}\"", source.what.key, passage.marked));
    if let Some(path) = &source.what.snapshot
        && let Some(place) = context.corpus.text(path).and_then(|text| text.place(passage))
    {
        finding.add_related(path, place, "the nearest passage");
    }
    finding.choice = true;
    if sentence.editable && !missing.is_piece && passage.text.len() <= MOST_PUT_IN {
        let words = in_its_place(&sentence.words, &passage.text);
        let edit = crate::diagnostic::Edit::new(&file.path, sentence.place, words);
        finding = finding.fix(format!("Quote it as `{}` has it", source.what.key), vec![edit]);
    }
    finding
}
