//! Which citation belongs to which claim.
//!
//! A citation belongs to the claim that it follows, else to the one that it stands
//! in, and to every claim nested in that one. A claim that has none takes those of
//! its sentence, in a table those of its row. A footnote reference counts as the
//! citations of its definition.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::Span;

use super::sentence::sentences;
use super::tree::{Article, Block, BlockKind, Carrier};

/// A place at which something is cited.
#[derive(Clone, Debug)]
pub struct CitePoint {
    /// The citation or footnote reference.
    pub span: Span,
    /// What is cited there, as indices in [`Article::citations`].
    pub citations: Range<u32>,
    /// The claim that it follows or stands in, as an index in [`Article::annotations`].
    pub owner: Option<u32>,
    block: u32,
}

impl CitePoint {
    /// Whether it is a key in running text.
    fn is_bare(&self, article: &Article) -> bool {
        let first = &article.citations[self.citations.start as usize];
        first.bare && first.span == self.span
    }
}

/// What belongs to one claim.
#[derive(Clone, Debug, Default)]
pub struct Belonging {
    /// Its own, as indices in [`Belongings::points`].
    pub own: Vec<u32>,
    /// Its sentence's or row's, before it and after it; what is inside it is either
    /// its own or belongs to a claim nested in it.
    pub nearby: [Range<u32>; 2],
}

/// What belongs to which claim, over one article.
#[derive(Debug, Default)]
pub struct Belongings {
    /// Every place at which something is cited, in order.
    pub points: Vec<CitePoint>,
    /// For each annotation, what belongs to it; empty where it is no claim.
    pub of: Vec<Belonging>,
}

impl Belongings {
    /// The citations of `claim`, as indices in [`Article::citations`], in the order of
    /// the places at which they are cited: its own and those of the claims around it,
    /// else its sentence's.
    /// `counts` says of a bare key whether it is a citation at all.
    pub fn citations_of(
        &self,
        article: &Article,
        claim: usize,
        counts: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let counting = |points: &mut dyn Iterator<Item = u32>| -> Vec<usize> {
            let mut seen = FxHashSet::default();
            points
                .flat_map(|point| self.points[point as usize].citations.clone())
                .map(|citation| citation as usize)
                .filter(|&citation| !article.citations[citation].bare || counts(citation))
                // Two references to one footnote are one.
                .filter(|&citation| seen.insert(citation))
                .collect()
        };
        let around = std::iter::once(claim).chain(article.ancestors(claim).map(|(index, _)| index));
        let mut own: Vec<u32> = around.flat_map(|index| self.of[index].own.iter().copied()).collect();
        own.sort_unstable();
        let found = counting(&mut own.into_iter());
        if found.is_empty() { counting(&mut self.of[claim].nearby.iter().cloned().flatten()) } else { found }
    }
}

/// Works out what belongs to which claim. `lang` is the article's language, which
/// the ends of sentences depend on.
#[must_use]
pub fn belongings(article: &Article, lang: &str) -> Belongings {
    let mut out =
        Belongings { points: points(article), of: vec![Belonging::default(); article.annotations.len()] };
    if out.points.is_empty() || article.claims().next().is_none() {
        return out;
    }
    assign(article, &mut out);
    share_sentences(article, lang, &mut out);
    out
}

/// Every place at which something is cited, in order.
fn points(article: &Article) -> Vec<CitePoint> {
    let index = |range: Range<usize>| range.start as u32..range.end as u32;
    let mut points: Vec<CitePoint> = article
        .citations
        .iter()
        .enumerate()
        .map(|(at, citation)| CitePoint {
            span: citation.span,
            citations: index(at..at + 1),
            owner: None,
            block: 0,
        })
        .collect();
    for &(span, footnote) in &article.footnote_references {
        let definition = article.footnotes[footnote].span;
        let from = article.citations.partition_point(|citation| citation.span.start < definition.start);
        let to = article.citations.partition_point(|citation| citation.span.start < definition.end);
        if from < to {
            points.push(CitePoint { span, citations: index(from..to), owner: None, block: 0 });
        }
    }
    points.sort_by_key(|point| point.span.start);
    let mut block = 0;
    for point in &mut points {
        while block + 1 < article.blocks.len() && article.blocks[block + 1].span.start <= point.span.start {
            block += 1;
        }
        point.block = block as u32;
    }
    points
}

/// Gives each point its owner.
fn assign(article: &Article, out: &mut Belongings) {
    // No two spans end at the same byte.
    let mut by_end: Vec<(u32, usize)> = article
        .claims()
        .filter(|(_, claim)| matches!(claim.carrier, Carrier::Span | Carrier::Image))
        .map(|(index, claim)| (claim.span.end, index))
        .collect();
    by_end.sort_unstable();
    let mut trail = Trail { shown: &article.plain.text, before: None };
    let mut around: Vec<usize> = Vec::new();
    let mut next = 0;
    for number in 0..out.points.len() {
        let point = &out.points[number];
        let at = point.span.start;
        while article.annotations.get(next).is_some_and(|annotation| annotation.span.start <= at) {
            around.push(next);
            next += 1;
        }
        while around.last().is_some_and(|&index| article.annotations[index].span.end <= at) {
            around.pop();
        }
        // The claim that ended last: of those that end together the outermost.
        let ended = by_end.partition_point(|&(end, _)| end <= at).checked_sub(1).map(|last| by_end[last].1);
        let ended = ended.filter(|&claim| article.annotations[claim].block == Some(point.block as usize));
        let follows = trail.follow(article, point, ended);
        // What a span opens before the citation lies between as well.
        let follows = follows.filter(|&claim| {
            let innermost =
                around.iter().rev().find(|&&index| article.annotations[index].content.contains(point.span));
            innermost.is_none_or(|&index| {
                article.annotations[index].span.contains(article.annotations[claim].span)
            })
        });
        // What ended may lie below an outer one that goes on: skip it when looking.
        let inside = around.iter().rev().copied().find(|&index| {
            article.annotations[index].content.contains(point.span) && article.annotations[index].is_claim()
        });
        if let Some(owner) = follows.or(inside) {
            out.points[number].owner = Some(owner as u32);
            out.of[owner].own.push(number as u32);
        }
    }
}

/// Looks back from each citation to the claim that it follows, over the shown text:
/// markup has none, and cannot stand in the way. No stretch is looked at twice.
struct Trail<'a> {
    shown: &'a str,
    before: Option<Step>,
}

/// What the citation before this one was found to follow.
#[derive(Clone, Copy)]
struct Step {
    block: u32,
    /// Where it ends, in the source and in the shown text.
    end: u32,
    shown_end: usize,
    claim: Option<usize>,
    /// Whether a sentence may have ended since the claim did.
    over_end: bool,
}

impl Trail<'_> {
    /// The claim that `point` follows, where `ended` is the last one that ended before.
    fn follow(&mut self, article: &Article, point: &CitePoint, ended: Option<usize>) -> Option<usize> {
        let bare = point.is_bare(article);
        let at = article.plain.from_source(point.span.start());
        let claim = ended.map(|index| &article.annotations[index]);
        let before = self.before.filter(|before| {
            before.block == point.block && claim.is_none_or(|claim| claim.span.end <= before.end)
        });
        let (from, found, over_end) = match (before, claim) {
            (Some(before), _) => (before.shown_end, before.claim, before.over_end),
            (None, Some(claim)) => (claim.text.end(), ended, false),
            (None, None) => (at, None, false),
        };
        let between = &self.shown[from.min(at)..at];
        // Looking back, so that the search ends where the prose does.
        let joined = between.chars().rev().all(may_stand_between);
        let over_end = over_end || (joined && between.contains(ends_sentence));
        let claim = found.filter(|_| joined);
        self.before = Some(Step {
            block: point.block,
            end: point.span.end,
            // Only a bare key is shown itself.
            shown_end: if bare { article.plain.from_source(point.span.end()).max(at) } else { at },
            claim,
            over_end,
        });
        claim.filter(|_| !(bare && over_end))
    }
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟')
}

/// White space, closing punctuation and quotation marks.
fn may_stand_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '.' | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | ')'
                | ']'
                | '‘'
                | '…'
                | '"'
                | '\''
                | '”'
                | '’'
                | '“'
                | '»'
                | '›'
                | '«'
                | '‹'
                | '」'
                | '』'
                | '。'
                | '，'
                | '、'
                | '！'
                | '？'
                | '؟'
                | '،'
                | '؛'
        )
}

/// Gives each claim the points of its sentence or row.
fn share_sentences(article: &Article, lang: &str, out: &mut Belongings) {
    let mut nearby = Nearby::new(article, &out.points, lang);
    let mut shared = Vec::new();
    for (index, claim) in article.claims() {
        let Some(block) = claim.block else { continue };
        let whole = nearby.points(block, claim.text);
        let from_byte = |at: usize| out.points.partition_point(|point| point.span.start() < at) as u32;
        let before = whole.start..from_byte(claim.span.start()).clamp(whole.start, whole.end);
        let after = from_byte(claim.span.end()).clamp(whole.start, whole.end)..whole.end;
        shared.push((index, [before, after]));
    }
    for (index, nearby) in shared {
        out.of[index].nearby = nearby;
    }
}

/// What is cited in the same sentence, or in the same row of a table.
pub struct Nearby<'a> {
    article: &'a Article,
    points: &'a [CitePoint],
    lang: &'a str,
    /// The sentences of the block looked at last.
    sentences: Option<(usize, Vec<Range<usize>>)>,
    /// The points of each row looked at.
    rows: FxHashMap<u32, Range<u32>>,
}

impl<'a> Nearby<'a> {
    /// For the points of `article`, which is in the language `lang`.
    #[must_use]
    pub fn new(article: &'a Article, points: &'a [CitePoint], lang: &'a str) -> Self {
        Nearby { article, points, lang, sentences: None, rows: FxHashMap::default() }
    }

    /// The points, as a range of indices, in the row of `block` or in the sentences of
    /// it that `text`, a stretch of [`Article::plain`], touches.
    pub fn points(&mut self, block: usize, text: Span) -> Range<u32> {
        let from_byte = |at: usize| self.points.partition_point(|point| point.span.start() < at) as u32;
        let blocks = &self.article.blocks;
        if let BlockKind::Cell(row) = blocks[block].kind {
            if let Some(points) = self.rows.get(&row) {
                return points.clone();
            }
            let same = |at: &usize| blocks[*at].kind == BlockKind::Cell(row);
            let first = (0..block).rev().take_while(same).last().unwrap_or(block);
            let last = (block..blocks.len()).take_while(same).last().unwrap_or(block);
            let points = from_byte(blocks[first].span.start())..from_byte(blocks[last].span.end());
            self.rows.insert(row, points.clone());
            return points;
        }
        let in_block = from_byte(blocks[block].span.start())..from_byte(blocks[block].span.end());
        if in_block.is_empty() {
            return in_block;
        }
        let plain = blocks[block].plain;
        if self.sentences.as_ref().is_none_or(|(known, _)| *known != block) {
            let own = &self.points[in_block.start as usize..in_block.end as usize];
            self.sentences = Some((block, sentences_of(self.article, &blocks[block], own, self.lang)));
        }
        let Some((_, sentences)) = &self.sentences else { return in_block };
        let base = plain.start();
        let (from, to) = (text.start().max(base) - base, text.end().max(base) - base);
        let first = sentences.partition_point(|sentence| sentence.end <= from);
        let last = sentences.partition_point(|sentence| sentence.start < to.max(from + 1)).max(first + 1);
        // A group after a full stop stands before the next sentence's first word.
        let starts = |sentence: usize| sentences.get(sentence).map_or(usize::MAX, |sentence| sentence.start);
        let place = |point: &CitePoint| self.article.plain.from_source(point.span.start()).max(base) - base;
        let own = &self.points[in_block.start as usize..in_block.end as usize];
        let from = own.partition_point(|point| place(point) < starts(first)) as u32;
        let to = match starts(last) {
            usize::MAX => own.len() as u32,
            next => own.partition_point(|point| place(point) < next) as u32,
        };
        in_block.start + from.min(to)..in_block.start + to
    }
}

/// The sentences of a block. A key may begin one, as a name does, whatever its letters.
fn sentences_of(article: &Article, block: &Block, points: &[CitePoint], lang: &str) -> Vec<Range<usize>> {
    let shown = block.plain.of(&article.plain.text);
    let mut named: Option<Vec<u8>> = None;
    for point in points.iter().filter(|point| point.is_bare(article)) {
        let at = article.plain.from_source(point.span.start()).saturating_sub(block.plain.start());
        // A minus may stand before the sign.
        if let Some(sign) = (at..at + 2).find(|&sign| shown.as_bytes().get(sign) == Some(&b'@')) {
            named.get_or_insert_with(|| shown.as_bytes().to_vec())[sign] = b'A';
        }
    }
    match named.map(String::from_utf8) {
        Some(Ok(named)) => sentences(&named, lang),
        _ => sentences(shown, lang),
    }
}
