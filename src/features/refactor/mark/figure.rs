//! Which number is meant, and what it counts, where that is plain from the sentence.

use crate::corpus::Corpus;
use crate::features::refactor::page::Page;
use crate::registry::EntityType;
use crate::syntax::attribution::words;
use crate::syntax::figure;
use crate::text::{Span, fold, for_language};

use super::target::Target;

/// Words from which it is plain what was counted, and how `what=` says it.
type Counted = &'static [(&'static str, &'static str)];

const ENGLISH: Counted = &[
    ("killed", "killed"),
    ("dead", "killed"),
    ("died", "killed"),
    ("wounded", "wounded"),
    ("injured", "wounded"),
    ("arrested", "arrested"),
    ("detained", "detained"),
    ("displaced", "displaced"),
    ("missing", "missing"),
];

const GERMAN: Counted = &[
    ("getötet", "killed"),
    ("tote", "killed"),
    ("starben", "killed"),
    ("verletzt", "wounded"),
    ("verletzte", "wounded"),
    ("festgenommen", "arrested"),
    ("vermisst", "missing"),
    ("vertrieben", "displaced"),
];

/// The number in the selection, under the cursor, or the only one of the sentence.
pub(super) fn number(page: &Page<'_>, target: &Target) -> Result<Span, String> {
    let plain = &page.article().plain.text;
    if !target.is_cursor {
        let block = page.article().blocks[target.block].plain;
        let before = &plain[block.start()..target.words.start()];
        return match figure::read(before, target.words.of(plain), page.lang()) {
            Some(_) => Ok(target.words),
            None => Err("no number can be read from the selection".to_owned()),
        };
    }
    let numbers = numbers(page, target);
    let is_here = |number: &&Span| (number.start()..=number.end()).contains(&target.at);
    match (numbers.iter().find(is_here), &numbers[..]) {
        (Some(number), _) | (None, [number]) => Ok(*number),
        (None, []) => Err("no number stands in this sentence".to_owned()),
        (None, _) => Err("put the cursor on one of the numbers".to_owned()),
    }
}

fn numbers(page: &Page<'_>, target: &Target) -> Vec<Span> {
    let sentence = target.sentence.of(&page.article().plain.text);
    let all = figure::read_all(sentence, page.lang()).into_iter();
    all.map(|figure| Span::from(figure.span).shifted(target.sentence.start())).collect()
}

/// The one event that the sentence links, unless the claim around says of which event it is.
pub(super) fn event(page: &Page<'_>, target: &Target) -> Option<String> {
    let (article, asked) = (page.article(), &page.asked);
    let around = page.claim().map(|(at, _)| at);
    let is_said = around.is_some_and(|at| {
        let own = std::iter::once(&article.annotations[at]);
        own.chain(article.ancestors(at).map(|(_, one)| one))
            .any(|one| one.attributes.get(page.text(), "event").is_some())
    });
    if is_said {
        return None;
    }
    let inside = article.mentions.iter().filter(|mention| {
        let at = article.plain.from_source(mention.shown.unwrap_or(mention.target).start());
        target.sentence.contains_offset(at)
    });
    let corpus: &Corpus = asked.corpus;
    let mut events = inside.filter_map(|mention| {
        let entity = corpus.entity(asked.file, &fold(mention.target.of(asked.text))).one()?;
        (entity.what.kind == Some(EntityType::Event)).then_some(entity.what)
    });
    let first = events.next()?;
    events.all(|other| other.folded_id() == first.folded_id()).then(|| first.id.to_string())
}

/// What the only number of a sentence counts, where one word says so.
pub(super) fn what(page: &Page<'_>, target: &Target) -> Option<String> {
    let list = for_language(page.lang(), &[("en", ENGLISH), ("de", GERMAN)])?;
    if numbers(page, target).len() != 1 {
        return None;
    }
    let sentence = target.sentence.of(&page.article().plain.text);
    let lower = words(sentence).into_iter().map(|word| sentence[word].to_lowercase());
    let mut counted: Vec<&str> = lower
        .filter_map(|word| list.iter().find(|(own, _)| *own == word).map(|(_, counted)| *counted))
        .collect();
    counted.dedup();
    match counted[..] {
        [one] => Some(one.to_owned()),
        _ => None,
    }
}
