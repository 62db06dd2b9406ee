//! What is kept of an article.

use std::ops::Range;

use crate::data::date::Date;
use crate::diagnostic::FilePath;
use crate::text::Place;

use super::event_dates::EventDateFacts;
use super::figures::FigureFacts;
use super::headline::HeadlineWords;
use super::pictures::{NameTraces, PictureFacts};
use super::quotations::QuotationFacts;
use super::titles::TitleFacts;

/// An article, as rules over the corpus see it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleFacts {
    /// Its short name.
    pub slug: Box<str>,
    /// Its headline, as far as it is shown where others refer to it.
    pub title: Option<Box<str>>,
    /// Its language.
    pub lang: Box<str>,
    /// The dates that it gives itself: published, updated, corrected.
    pub dates: Vec<Date>,
    /// Whether one of these dates is missing or could not be read, so that nothing
    /// certain can be said about what came after.
    pub undated: bool,
    /// Whether it has been withdrawn as a whole: `status: retracted`.
    pub retracted: bool,
    /// Whether it says that it was corrected: `status: corrected`.
    pub corrected: bool,
    /// What was corrected in it, in the order of the front matter.
    pub corrections: Vec<CorrectionFacts>,
    /// Whether it is at the desk: `status: review`.
    pub in_review: bool,
    /// Where to say that nothing of its prose is marked as a claim, if nothing is.
    pub unannotated: Option<Place>,
    /// Names settled in the front matter: the name as compared, and the entity's id
    /// as compared. By name, so that one can be looked up for each name in the file.
    pub settled: Vec<(Box<str>, Box<str>)>,
    /// Where a settled name can be added: the place, and what comes before and after
    /// `name: id` there.
    pub settle_at: Option<(Place, Box<str>, Box<str>)>,
    /// The bibliographies that it names.
    pub bibliographies: Vec<FilePath>,
    /// Its claims, by start.
    pub claims: Vec<ClaimFacts>,
    /// What can be referred to: ids of claims and headings, and those that its
    /// corrections keep.
    pub anchors: Vec<Anchor>,
    /// Its wiki links, by start.
    pub mentions: Vec<Mentioned>,
    /// Neighbouring words that may be parts of one name, wherever they stand.
    pub names: Vec<NamePlace>,
    /// What it cites, by start, a key each.
    pub cited: Vec<CitedKey>,
    /// For each place at which something is cited, its keys in `cited`.
    pub points: Vec<Range<u32>>,
    /// References to claims in attributes and front matter.
    pub claim_references: Vec<ClaimReference>,
    /// Ordinary links and pictures that point into the corpus.
    pub links: Vec<LinkFacts>,
    /// Those of its claims that say how many of something there are, by claim.
    pub figures: Vec<FigureFacts>,
    /// Quotations of four words or more outside claims.
    pub quotes: Vec<QuoteFacts>,
    /// How much of its text stands in a claim or carries a source.
    pub coverage: Coverage,
    /// Where it attributes something to nobody in particular.
    pub vague: Vec<VagueAttribution>,
    /// What is quoted in its claims.
    pub quotations: QuotationFacts,
    /// The dates that it joins to events, by start.
    pub event_dates: Vec<EventDateFacts>,
    /// What of its headline may be a name and is not in its text.
    pub headline: Vec<HeadlineWords>,
    /// Its pictures, as far as they say when or where they were taken, by start.
    pub pictures: Vec<PictureFacts>,
    /// The names in its text, where a picture says where it was taken.
    pub name_traces: NameTraces,
    /// The mentions beside which a title may stand, by start.
    pub titles: Vec<TitleFacts>,
    /// Comments that switch rules off.
    pub suppressions: Vec<SuppressionFacts>,
    /// Whether it holds any claim, citation group or wiki link.
    pub annotated: bool,
}

/// How much of a text stands in a claim, or in a sentence or table row that cites something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Quotations of four words or more.
    pub quotations: u32,
    /// Those of them that stand so.
    pub covered_quotations: u32,
    /// Numbers in digits that say how many.
    pub figures: u32,
    /// Those of them that stand so.
    pub covered_figures: u32,
}

impl Coverage {
    pub(super) fn quotation(&mut self, is_covered: bool) {
        self.quotations += 1;
        self.covered_quotations += u32::from(is_covered);
    }

    pub(super) fn figure(&mut self, is_covered: bool) {
        self.figures += 1;
        self.covered_figures += u32::from(is_covered);
    }
}

/// How many claims around one are looked at: no text is nested deeper.
pub(super) const MOST_AROUND: usize = 32;

impl ArticleFacts {
    /// A claim and those around it, from the inside out.
    pub fn around<'a>(&'a self, claim: &'a ClaimFacts) -> impl Iterator<Item = &'a ClaimFacts> {
        std::iter::successors(Some(claim), |claim| self.claims.get(claim.parent? as usize))
    }

    /// The claim of that number and those around it, from the inside out, each with its number;
    /// of very many the first.
    pub fn with_those_around(&self, claim: u32) -> impl Iterator<Item = (u32, &ClaimFacts)> + Clone {
        let numbered = |number: u32| Some((number, self.claims.get(number as usize)?));
        std::iter::successors(numbered(claim), move |(_, claim)| numbered(claim.parent?)).take(MOST_AROUND)
    }

    /// When a claim was said, where it or one around it tells (`on=`).
    #[must_use]
    pub fn said_on(&self, claim: &ClaimFacts) -> Option<Date> {
        let on =
            self.around(claim).take(MOST_AROUND).find_map(|claim| claim.notes.as_ref()?.on.as_deref())?;
        Date::parse(on).ok()
    }

    /// When the desk checked a claim, as written, and whether it is one around it that says so:
    /// what is nested in a claim is checked with it.
    #[must_use]
    pub fn checked<'a>(&'a self, claim: &'a ClaimFacts) -> Option<(&'a str, bool)> {
        let mut around = self.around(claim).take(MOST_AROUND).enumerate();
        around.find_map(|(out, claim)| Some((claim.notes.as_ref()?.checked.as_deref()?, out > 0)))
    }

    /// The references by which `claim` says how it stands to others.
    #[must_use]
    pub fn relations(&self, claim: &ClaimFacts) -> &[ClaimReference] {
        let range = claim.relations.start as usize..claim.relations.end as usize;
        self.claim_references.get(range).unwrap_or_default()
    }

    /// The references by which `claim` says that it stands so to others.
    pub fn related(
        &self,
        claim: &ClaimFacts,
        relation: ClaimRelation,
    ) -> impl Iterator<Item = &ClaimReference> + Clone {
        self.relations(claim).iter().filter(move |reference| reference.relation == relation)
    }

    /// Whether something of that date certainly came after the article as it stands now:
    /// after every date that it gives itself, and after that of the live page's `entry`.
    #[must_use]
    pub fn certainly_precedes(&self, date: &Date, entry: Option<&Date>) -> bool {
        !self.undated
            && !self.dates.is_empty()
            && self.dates.iter().chain(entry).all(|own| own.is_before(date).is_yes())
    }
}

/// One claim.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimFacts {
    /// All of it.
    pub place: Place,
    /// The empty place before the brace that ends its attributes; of a div that has a bare class
    /// for them (`::: quote`), the class.
    pub attributes_end: Place,
    /// The claim around it, as an index in [`ArticleFacts::claims`].
    pub parent: Option<u32>,
    /// Its id.
    pub id: Option<Box<str>>,
    /// Whether it is a `.quote`.
    pub quote: bool,
    /// Whether it is an `.accusation`.
    pub accusation: bool,
    /// Whether it is a `.response`.
    pub response: bool,
    /// Whether it is a `.figure`.
    pub figure: bool,
    /// Whether its own markup was reported, so that it is not judged further.
    pub flawed: bool,
    /// Who says so.
    pub speaker: Speaker,
    /// Whom it accuses, its own or taken over: an index in the file's entity references.
    pub against: Option<u32>,
    /// How it stands to other claims: a range of [`ArticleFacts::claim_references`].
    pub relations: Range<u32>,
    /// What came of asking the accused.
    pub reply: Vec<Reply>,
    /// Whether it has a `basis`.
    pub basis: bool,
    /// What the desk holds of it.
    pub verdict: Option<Verdict>,
    /// Whether the publication has withdrawn it.
    pub retracted: bool,
    /// Places at which something of its own is cited: indices in [`ArticleFacts::points`].
    pub points: Vec<u32>,
    /// Those of its sentence or row, before it and after it.
    pub nearby: [Range<u32>; 2],
    /// The point that directly follows it, if one does.
    pub followed_by: Option<u32>,
    /// The sources of the div around it that names some: a range of the file's source
    /// references.
    pub div_sources: Range<u32>,
    /// What it says, as far as it is shown where others refer to it; of claims with an id.
    pub words: Option<Box<str>>,
    /// What only a reader asks for, where there is any.
    pub notes: Option<Box<ClaimNotes>>,
}

impl ClaimFacts {
    /// The class that makes it a claim, as far as it tells more than that.
    #[must_use]
    pub fn class(&self) -> &'static str {
        let kinds = [
            (self.quote, "quote"),
            (self.accusation, "accusation"),
            (self.response, "response"),
            (self.figure, "figure"),
        ];
        kinds.into_iter().find_map(|(is_it, class)| is_it.then_some(class)).unwrap_or("claim")
    }
}

/// An entry of `corrections`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CorrectionFacts {
    /// When it was made.
    pub date: Option<Date>,
    /// The ids of the claims that it is about.
    pub claims: Vec<Box<str>>,
}

/// What the desk holds of the content of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// `true`
    True,
    /// `false`
    False,
    /// `disputed`
    Disputed,
    /// `unverifiable`
    Unverifiable,
}

/// What a claim says of itself that no rule judges, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimNotes {
    /// Who relayed it, its own or taken over: an index in the file's entity references.
    pub via: Option<u32>,
    /// The event that it counts something of, its own or taken over: likewise.
    pub event: Option<u32>,
    /// What is counted.
    pub what: Option<Box<str>>,
    /// The words for a speaker without a name.
    pub described_as: Option<Box<str>>,
    /// When it was said.
    pub on: Option<Box<str>>,
    /// Why it needs no source.
    pub basis: Option<Box<str>>,
    /// When the desk checked it.
    pub checked: Option<Box<str>>,
    /// What the desk holds of it.
    pub verdict: Option<Box<str>>,
    /// When the publication withdrew it.
    pub retracted: Option<Box<str>>,
}

/// Who says something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speaker {
    /// It is not said, here or around.
    #[default]
    Missing,
    /// Entities.
    Entities {
        /// Which: an index in the file's entity references.
        reference: u32,
        /// Whether the claim or div around says so.
        inherited: bool,
    },
    /// `by=unnamed`
    Unnamed,
    /// `by=none`: the article's own voice.
    Own,
}

/// `reply=`, of one accused or of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The accused, an index in the file's entity references; all of them where there is none.
    pub accused: Option<u32>,
    /// What came of asking them; none where it is no known word.
    pub word: Option<ReplyWord>,
    /// The claim that is their answer, as an index in [`ArticleFacts::claim_references`].
    pub answer: Option<u32>,
}

/// What came of asking somebody who is accused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReplyWord {
    /// `sought`
    Sought,
    /// `declined`
    Declined,
    /// `no-answer`
    NoAnswer,
    /// `promised`
    Promised,
    /// `not-sought`: says so and settles nothing.
    NotSought,
}

impl ReplyWord {
    /// Whether they had a chance to answer.
    #[must_use]
    pub fn settles(self) -> bool {
        self != ReplyWord::NotSought
    }
}

/// Something in an article that can be referred to by `#id`.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    /// The id.
    pub id: Box<str>,
    /// Where it is given.
    pub place: Place,
    /// The claim, as an index in [`ArticleFacts::claims`].
    pub claim: Option<u32>,
    /// Whether a claim reference may mean it: claims, and what corrections keep.
    pub is_claim: bool,
}

/// A wiki link.
#[derive(Clone, Debug, PartialEq)]
pub struct Mentioned {
    /// All of it.
    pub place: Place,
    /// Its entity, as an index in the file's entity references.
    pub reference: u32,
    /// Whether it has shown text of its own.
    pub shown: bool,
    /// Whether it stands in a table, where a pipe needs a backslash.
    pub in_table: bool,
}

/// Two neighbouring words that may be parts of one name: see [`crate::text::name_pairs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamePlace {
    /// Stands for the words.
    pub hash: u32,
    /// Both of them.
    pub place: Place,
}

/// One key of a citation.
#[derive(Clone, Debug, PartialEq)]
pub struct CitedKey {
    /// The key.
    pub key: Box<str>,
    /// The key with its `@`.
    pub place: Place,
    /// Whether it stands bare in running text, a citation only where it is known.
    pub bare: bool,
    /// Whether something is said beside it that may be a place in the source.
    pub placed: bool,
    /// The number of the citation that it is a part of, counted over the article.
    pub citation: u32,
    /// The date of the live page's entry around it.
    pub entry: Option<Date>,
    /// Whether it was reported already that this is not the key that it looks like.
    pub confusing: bool,
}

impl CitedKey {
    /// The key alone, without what Pandoc writes around it: `@`, `-@`, `@{…}`.
    #[must_use]
    pub fn key_place(&self) -> Place {
        let (before, after) = match self.place.span().len() - self.key.len() {
            around @ (1 | 2) => (around, 0),
            around => (around.saturating_sub(1), usize::from(around > 0)),
        };
        // All of these signs are ASCII, and a key is on one line.
        let start = self.place.first(&"@{-"[..before]).end;
        let end = self.place.last(&"}"[..after]).start;
        Place { start, end }
    }
}

/// `#id`, `slug#id` or `path#id`.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimReference {
    /// The article, as a slug or path; this one where there is none.
    pub article: Option<Box<str>>,
    /// The claim's id.
    pub id: Box<str>,
    /// What it is said to be to the claim that refers to it.
    pub relation: ClaimRelation,
    /// The claim that refers to it, as an index in [`ArticleFacts::claims`].
    pub claim: Option<u32>,
    /// As written.
    pub place: Place,
    /// Whether it was reported already that this is not the id that it looks like.
    pub confusing: bool,
}

/// How one claim stands to another, or an article's headline to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClaimRelation {
    /// `title-claims`
    Headline,
    /// `answers=`
    Answers,
    /// `disputes=`
    Disputes,
    /// `confirms=`
    Confirms,
    /// `repeats=`
    Repeats,
    /// `corrects=`
    Corrects,
    /// `updates=`
    Updates,
    /// `continues=`
    Continues,
    /// `reply=`: the answer of those whom the claim accuses.
    AnsweredBy,
}

impl ClaimRelation {
    /// The keys of claims that say it, in the order in which an article's references to
    /// claims are kept.
    pub const KEYS: [(&str, ClaimRelation); 7] = [
        ("answers", ClaimRelation::Answers),
        ("repeats", ClaimRelation::Repeats),
        ("continues", ClaimRelation::Continues),
        ("disputes", ClaimRelation::Disputes),
        ("confirms", ClaimRelation::Confirms),
        ("corrects", ClaimRelation::Corrects),
        ("updates", ClaimRelation::Updates),
    ];
}

/// A link into the corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkFacts {
    /// The file, from the corpus root; this one where there is none.
    pub path: Option<FilePath>,
    /// The anchor in it.
    pub fragment: Option<Box<str>>,
    /// Whether it is a picture.
    pub image: bool,
    /// As written.
    pub written: Box<str>,
    /// The destination's place; the text's, where the destination stands elsewhere.
    pub place: Place,
    /// Whether the bytes at `place` are the destination as written.
    pub editable: bool,
}

/// Quoted words that are in no claim.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteFacts {
    /// The words with their quotation marks.
    pub place: Place,
    /// What their sentence or row cites: a range of [`ArticleFacts::points`].
    pub points: Range<u32>,
}

/// An attribution to nobody in particular, in a sentence that cites nothing: "critics say".
#[derive(Clone, Debug, PartialEq)]
pub struct VagueAttribution {
    /// The words.
    pub place: Place,
    /// As a reader sees them.
    pub words: Box<str>,
    /// The first quotation outside claims in the same sentence: an index in
    /// [`ArticleFacts::quotes`].
    pub quote: Option<u32>,
}

/// A comment that switches rules off.
#[derive(Clone, Debug, PartialEq)]
pub struct SuppressionFacts {
    /// The comment.
    pub place: Place,
    /// The rules' names, as written, with their places.
    pub rules: Vec<(Box<str>, Place)>,
    /// Whether it says why.
    pub has_reason: bool,
    /// What it covers: `None` for all of the file, otherwise bytes from and to.
    pub covers: Option<(u32, u32)>,
}
