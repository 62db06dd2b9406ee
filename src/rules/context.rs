//! What a rule is given, and what it gives back.

use std::cell::Cell;

use crate::corpus::{
    ArticleFacts, ClaimFacts, Corpus, CountingKeys, CountingPoints, EntityReference, EntityRole, FileFacts,
    FileKind, Known, RegistryProblems, SourceFacts, SourceText,
};
use crate::data;
use crate::data::date::Date;
use crate::diagnostic::{Edit, FilePath, Finding};
use crate::syntax::Article;
use crate::syntax::front_matter::FrontMatter;
use crate::text::{Place, Span};

use super::Profile;

/// What a rule found.
pub type Findings = Vec<Finding>;

/// One file while its text is at hand.
pub struct TextContext<'a> {
    /// Its path, text and lines.
    pub source: &'a SourceText<'a>,
    /// What it holds, where it is an article or a dossier.
    pub article: Option<(&'a Article, &'a FrontMatter)>,
    /// What was gathered from it.
    pub facts: &'a FileFacts,
    /// What is wrong in the registry that it is, or with the article's own sources.
    pub registry: &'a RegistryProblems,
}

impl<'a> TextContext<'a> {
    /// The article and its front matter, where the file is an article and not a dossier.
    #[must_use]
    pub fn as_article(&self) -> Option<(&'a Article, &'a FrontMatter)> {
        self.article.filter(|_| self.facts.kind == FileKind::Article)
    }

    /// Where to say what an article's front matter lacks: its first line, or the start of a
    /// file that has none. Nothing where the front matter could not be read, so that what
    /// it lacks is unknown, nor where nothing tells that the file is an article at all.
    #[must_use]
    pub fn front_matter_head(&self) -> Option<Place> {
        let (article, front) = self.as_article()?;
        if !front.problems.is_empty() {
            return None;
        }
        match &article.front_matter {
            Some(block) => {
                let first = block.span.of(self.source.text).lines().next().unwrap_or_default().trim_end();
                Some(self.place(Span::new(block.span.start(), block.span.start() + first.len())))
            }
            None => {
                let annotated = self.facts.article.as_ref().is_some_and(|facts| facts.annotated);
                let start = if self.source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
                annotated.then(|| self.place(Span::at(start)))
            }
        }
    }

    /// The place of `span`.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        self.source.place(span)
    }

    /// What is wrong in a piece of data, as findings.
    pub fn data<'p>(&self, problems: impl IntoIterator<Item = &'p data::Problem>) -> Vec<Finding> {
        problems
            .into_iter()
            .map(|problem| Finding::new(self.place(problem.span), problem.message.clone()))
            .collect()
    }
}

/// One file's facts in the corpus.
pub struct CorpusContext<'a> {
    /// All files.
    pub corpus: &'a Corpus,
    /// The file that is looked at.
    pub file: &'a FileFacts,
    /// What the configuration says beside levels.
    pub options: &'a Options,
    /// Whether the rule of that name is on for the file.
    pub is_on: &'a dyn Fn(&str) -> bool,
    /// How strict newsmark is with the file: for what is no fault before its time, and not only
    /// a lesser one.
    pub profile: Profile,
    /// For how many more names of this file that lead nowhere it is worked out what may
    /// have been meant.
    pub guesses: Cell<u32>,
}

impl<'a> CorpusContext<'a> {
    /// How many names of a file that lead nowhere get a "did you mean". A file with more is
    /// in another state than of slips: nobody would go through the guesses one by one.
    pub const GUESSES: u32 = 200;

    /// Whether it is to be worked out what a name was meant for; counts it.
    #[must_use]
    pub fn may_guess(&self) -> bool {
        let left = self.guesses.get();
        self.guesses.set(left.saturating_sub(1));
        left > 0
    }

    /// What the article says, where the file is an article and not a dossier.
    #[must_use]
    pub fn article(&self) -> Option<&'a ArticleFacts> {
        self.file.article.as_ref().filter(|_| self.file.kind == FileKind::Article)
    }

    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> &'a FilePath {
        &self.file.path
    }

    /// Every name in the file that has to be an entity: the names in attributes, fields and
    /// wiki links, lists taken apart; a `via` that is a source is none.
    pub fn entity_references(&self) -> impl Iterator<Item = &'a EntityReference> {
        let (corpus, file) = (self.corpus, self.file);
        corpus.entity_references(file).filter(move |reference| {
            let key = reference.name.trim_start_matches('@');
            reference.role != EntityRole::Via || corpus.source(file, key).is_none()
        })
    }

    /// The places of the article at which something is cited. What another rule reports is
    /// no claim's fault: an undefined key and a retracted source count where that rule is on.
    #[must_use]
    pub fn counting_points(&self, article: &'a ArticleFacts) -> CountingPoints<'a> {
        let undefined = (self.is_on)("undefined-source");
        // What has itself been withdrawn is left alone by both.
        let retracted = article.retracted || (self.is_on)("retracted-source");
        CountingPoints::new(self.corpus, self.file, article, CountingKeys { undefined, retracted })
    }

    /// An edit of this file.
    #[must_use]
    pub fn edit(&self, place: Place, text: impl Into<String>) -> Edit {
        Edit::new(&self.file.path, place, text)
    }

    /// An edit that adds attributes (`by=a`) to a claim of this file.
    #[must_use]
    pub fn add_attributes(&self, claim: &ClaimFacts, attributes: &str) -> Edit {
        let place = claim.attributes_end;
        let text = match place.span().is_empty() {
            true => format!(" {attributes}"),
            // A bare class of a div leaves no place beside it.
            false => format!("{{.{} {attributes}}}", claim.class()),
        };
        self.edit(place, text)
    }
}

/// "`wire-1` is by NWire"; of a source that is not on record, or of which it is not known whose
/// it is, no more than its key.
pub(super) fn whose(context: &CorpusContext<'_>, source: Known<'_, SourceFacts>) -> String {
    let key = &source.what.key;
    match context.corpus.issuer_of(context.file, source).filter(|_| !source.what.protected) {
        Some(issuer) => format!("`{key}` is by {}", issuer.what.name),
        None => format!("`{key}`"),
    }
}

/// "on 2025-04-02", "in 2025-04".
pub(super) fn when(date: &Date) -> String {
    let preposition = if date.day().is_some() { "on" } else { "in" };
    format!("{preposition} {date}")
}

/// "`a`, `b` and `c`", of many the first few.
pub(super) fn listed<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    in_a_row(names.map(|name| format!("`{name}`")))
}

/// "a, b and c", of many the first few.
pub(super) fn in_a_row(names: impl ExactSizeIterator<Item = String>) -> String {
    /// More than this nobody reads in a message.
    const MOST: usize = 6;
    let count = names.len();
    let shown = if count > MOST + 1 { MOST } else { count };
    let mut out = String::new();
    for (number, name) in names.take(shown).enumerate() {
        out.push_str(match number {
            0 => "",
            _ if number + 1 == count => " and ",
            _ => ", ",
        });
        out.push_str(&name);
    }
    if count > shown {
        out.push_str(&format!(" and {} more", count - shown));
    }
    out
}

/// What rules can be told beside their levels.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether a suppression needs a reason.
    pub require_reason: bool,
    /// After how many days a picture is outdated.
    pub outdated_days: u32,
}

impl Options {
    /// A month: a picture of the last weeks may still show how things are.
    pub const OUTDATED_DAYS: u32 = 30;
}

impl Default for Options {
    fn default() -> Self {
        Options { require_reason: false, outdated_days: Options::OUTDATED_DAYS }
    }
}
