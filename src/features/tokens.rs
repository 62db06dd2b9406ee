//! What the words of a file are, for editors that colour them: classes, ids, keys and values of
//! the markup, citations and names, and what is wrong or to be known with what they stand for.

use rustc_hash::FxHashSet;

use crate::corpus::{
    ArticleLink, ClaimFacts, ClaimTarget, Corpus, EntityReference, EntityRole, EntityTarget, FileFacts,
    PointerRole, SourceFacts, SourceRole, Speaker, Verdict,
};
use crate::registry::Standing;
use crate::syntax::{self, Annotation, Attribute, AttributeKind, vocabulary};
use crate::text::{LineIndex, Place, Span};

use super::lens::disputed;

/// In so many files it is looked whether a claim is disputed elsewhere: this is asked for after
/// each key press.
const REFERRING: usize = 64;

/// What kind of thing a token is. The names in [`TokenKind::as_str`] are those that editors and
/// their themes know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// The class `.claim`.
    Claim,
    /// The class `.quote`.
    Quote,
    /// The class `.accusation`.
    Accusation,
    /// The class `.response`.
    Response,
    /// The class `.figure`.
    Figure,
    /// Another class that newsmark reads, or a rule that a comment switches off.
    Class,
    /// The id of a claim or another part of an article, given or referred to.
    Id,
    /// The key of an attribute.
    Key,
    /// A value that is one of a few words.
    Word,
    /// A value that is a date or a number.
    Number,
    /// Any other value.
    Value,
    /// The key of a source, cited or defined.
    Citation,
    /// A name or id of an entity, mentioned or defined.
    Mention,
}

impl TokenKind {
    /// All, in the order of the legend.
    pub const ALL: [TokenKind; 13] = [
        TokenKind::Claim,
        TokenKind::Quote,
        TokenKind::Accusation,
        TokenKind::Response,
        TokenKind::Figure,
        TokenKind::Class,
        TokenKind::Id,
        TokenKind::Key,
        TokenKind::Word,
        TokenKind::Number,
        TokenKind::Value,
        TokenKind::Citation,
        TokenKind::Mention,
    ];

    /// The name of a standard token type, so that every theme has a colour for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            TokenKind::Claim => "class",
            TokenKind::Quote => "struct",
            TokenKind::Accusation => "event",
            TokenKind::Response => "interface",
            TokenKind::Figure => "enum",
            TokenKind::Class => "decorator",
            TokenKind::Id => "variable",
            TokenKind::Key => "property",
            TokenKind::Word => "enumMember",
            TokenKind::Number => "number",
            TokenKind::Value => "string",
            TokenKind::Citation => "function",
            TokenKind::Mention => "type",
        }
    }

    fn of_class(class: &str) -> Option<TokenKind> {
        Some(match class {
            "claim" => TokenKind::Claim,
            "quote" => TokenKind::Quote,
            "accusation" => TokenKind::Accusation,
            "response" => TokenKind::Response,
            "figure" => TokenKind::Figure,
            other if vocabulary::is_class(other) => TokenKind::Class,
            _ => return None,
        })
    }
}

/// What is to be known of a token beside what it is: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Modifiers(u32);

impl Modifiers {
    /// It is what defines the id, key or entity.
    pub const DEFINITION: Modifiers = Modifiers(1);
    /// Withdrawn, in the word that themes strike through.
    pub const DEPRECATED: Modifiers = Modifiers(1 << 1);
    /// Nothing, or no one thing, has that name, key or id.
    pub const UNRESOLVED: Modifiers = Modifiers(1 << 2);
    /// The source, claim or article was withdrawn.
    pub const RETRACTED: Modifiers = Modifiers(1 << 3);
    /// The source is not on record, or the speaker not named.
    pub const ANONYMOUS: Modifiers = Modifiers(1 << 4);
    /// The claim is disputed: by another, or in the desk's verdict.
    pub const DISPUTED: Modifiers = Modifiers(1 << 5);

    /// Their names, in the order of the bits.
    pub const NAMES: [&'static str; 6] =
        ["definition", "deprecated", "unresolved", "retracted", "anonymous", "disputed"];

    /// One bit for each, the first of the names being the lowest.
    #[must_use]
    pub fn bits(self) -> u32 {
        self.0
    }

    fn with(self, other: Modifiers, is_so: bool) -> Modifiers {
        if is_so { Modifiers(self.0 | other.0) } else { self }
    }

    fn withdrawn(self, is_so: bool) -> Modifiers {
        self.with(Modifiers::RETRACTED, is_so).with(Modifiers::DEPRECATED, is_so)
    }
}

/// Words of one line, and what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The words; never empty.
    pub place: Place,
    /// What they are.
    pub kind: TokenKind,
    /// What is to be known of that.
    pub modifiers: Modifiers,
}

/// The tokens of `file`, which holds `text`, as far as they touch `range`: by place, none over
/// another. Where `is_known` is false, not all files have been read, and nothing is called
/// unresolved.
#[must_use]
pub fn tokens(corpus: &Corpus, file: &FileFacts, text: &str, range: Span, is_known: bool) -> Vec<Token> {
    let disputed = disputed(corpus, file, REFERRING);
    let mut painter = Painter { corpus, file, text, range, is_known, disputed, found: Vec::new() };
    painter.names();
    painter.sources();
    painter.entries();
    painter.article();
    let meant = separate(std::mem::take(&mut painter.found));
    if file.article.is_some() {
        painter.markup(&meant);
    }
    let mut all = painter.found;
    all.extend(meant);
    lines(text, separate(all))
}

type Paint = (Span, TokenKind, Modifiers);

struct Painter<'a> {
    corpus: &'a Corpus,
    file: &'a FileFacts,
    text: &'a str,
    range: Span,
    is_known: bool,
    /// The numbers of the claims that others dispute.
    disputed: FxHashSet<u32>,
    found: Vec<Paint>,
}

impl Painter<'_> {
    fn is_wanted(&self, span: Span) -> bool {
        !span.is_empty() && span.start < self.range.end && self.range.start < span.end
    }

    fn add(&mut self, span: Span, kind: TokenKind, modifiers: Modifiers) {
        // What is kept of an entry that is half-typed has places in a text that is gone.
        if self.is_wanted(span) && self.text.get(span.range()).is_some() {
            self.found.push((span, kind, modifiers));
        }
    }

    fn unresolved(&self) -> Modifiers {
        Modifiers::default().with(Modifiers::UNRESOLVED, self.is_known)
    }

    fn names(&mut self) {
        let (corpus, file) = (self.corpus, self.file);
        for reference in corpus.entity_references(file) {
            if self.is_wanted(reference.place.span()) {
                let (kind, modifiers) = self.name(reference);
                self.add(reference.place.span(), kind, modifiers);
            }
        }
        for pointer in &file.pointers {
            let kind = match pointer.role {
                PointerRole::Settled => TokenKind::Mention,
                PointerRole::Article if corpus.article_ids(&pointer.name).count == 1 => TokenKind::Id,
                // People's names are what they are, known or not.
                PointerRole::Article | PointerRole::Author | PointerRole::Publisher => continue,
            };
            self.add(pointer.place.span(), kind, Modifiers::default());
        }
    }

    fn name(&self, reference: &EntityReference) -> (TokenKind, Modifiers) {
        let (corpus, file) = (self.corpus, self.file);
        let none = Modifiers::default();
        if reference.role == EntityRole::Settled {
            let is_there = corpus.by_id(&reference.folded).is_some();
            return (TokenKind::Mention, if is_there { none } else { self.unresolved() });
        }
        if reference.role == EntityRole::Via
            && let Some(known) = corpus.source(file, reference.name.trim_start_matches('@'))
        {
            return (TokenKind::Citation, of_source(known.what));
        }
        match corpus.entity(file, &reference.folded) {
            EntityTarget::One(_) => (TokenKind::Mention, none),
            EntityTarget::Nothing if reference.role == EntityRole::Mention => {
                match corpus.article_link(file, &reference.name) {
                    ArticleLink::There(article) => {
                        let is_retracted = article.article.as_ref().is_some_and(|article| article.retracted);
                        (TokenKind::Id, none.withdrawn(is_retracted))
                    }
                    _ => (TokenKind::Mention, self.unresolved()),
                }
            }
            EntityTarget::Several | EntityTarget::Nothing => (TokenKind::Mention, self.unresolved()),
        }
    }

    fn sources(&mut self) {
        let (corpus, file) = (self.corpus, self.file);
        for cited in file.article.iter().flat_map(|article| &article.cited) {
            let span = cited.place.span();
            if !self.is_wanted(span) {
                continue;
            }
            match corpus.source(file, &cited.key) {
                Some(known) => self.add(span, TokenKind::Citation, of_source(known.what)),
                // An unknown key that stands bare is no citation.
                None if cited.bare => {}
                None => self.add(span, TokenKind::Citation, self.unresolved()),
            }
        }
        // In `via=` each is a name as well, which knows that it may be a key.
        for reference in file.source_references.iter().filter(|one| one.role != SourceRole::Via) {
            if self.is_wanted(reference.place.span()) {
                let known = corpus.source(file, &reference.key);
                let modifiers = known.map_or(self.unresolved(), |known| of_source(known.what));
                self.add(reference.place.span(), TokenKind::Citation, modifiers);
            }
        }
    }

    /// What the file defines.
    fn entries(&mut self) {
        for entity in self.file.entities.iter().filter(|entity| !entity.stale) {
            self.add(entity.id_place.span(), TokenKind::Mention, Modifiers::DEFINITION);
        }
        for source in self.file.sources.iter().filter(|source| !source.stale) {
            let modifiers = of_source(source).with(Modifiers::DEFINITION, true);
            self.add(source.key_place.span(), TokenKind::Citation, modifiers);
        }
    }

    fn article(&mut self) {
        let (corpus, file) = (self.corpus, self.file);
        let Some(article) = &file.article else { return };
        for anchor in &article.anchors {
            // Of a heading's automatic id the place is that of the heading's words.
            if anchor.place.span().len().wrapping_sub(anchor.id.len()) <= 1 {
                let claim =
                    anchor.claim.and_then(|number| Some((number, article.claims.get(number as usize)?)));
                let modifiers =
                    claim.map_or(Modifiers::default(), |(number, claim)| self.claim(number, claim));
                self.add(anchor.place.span(), TokenKind::Id, modifiers.with(Modifiers::DEFINITION, true));
            }
        }
        for reference in &article.claim_references {
            if !self.is_wanted(reference.place.span()) {
                continue;
            }
            let modifiers = match corpus.claim(file, reference) {
                ClaimTarget::Claim(target, anchor) => {
                    let claims =
                        target.article.as_ref().map(|article| &article.claims[..]).unwrap_or_default();
                    let claim = anchor.claim.and_then(|number| claims.get(number as usize));
                    claim.map_or(Modifiers::default(), of_claim)
                }
                _ => self.unresolved(),
            };
            self.add(reference.place.span(), TokenKind::Id, modifiers);
        }
        for (_, place) in article.suppressions.iter().flat_map(|one| &one.rules) {
            self.add(place.span(), TokenKind::Class, Modifiers::default());
        }
    }

    fn claim(&self, number: u32, claim: &ClaimFacts) -> Modifiers {
        of_claim(claim).with(Modifiers::DISPUTED, self.disputed.contains(&number))
    }

    /// The attributes, where nothing in them is meant that is in `meant`.
    fn markup(&mut self, meant: &[Paint]) {
        let article = syntax::parse(self.text);
        for annotation in &article.annotations {
            let modifiers = self.claim_of(annotation);
            if self.is_wanted(annotation.attributes.span) {
                for item in &annotation.attributes.items {
                    self.attribute(item, modifiers, meant);
                }
            }
        }
    }

    /// What is to be known of the claim that an annotation is.
    fn claim_of(&self, annotation: &Annotation) -> Modifiers {
        let claims = self.file.article.as_ref().map(|article| &article.claims[..]).unwrap_or_default();
        let first = claims.partition_point(|claim| claim.place.start.offset < annotation.span.start);
        let same_start = claims[first..].iter().enumerate();
        let mut same_start =
            same_start.take_while(|(_, claim)| claim.place.start.offset == annotation.span.start);
        same_start
            .find(|(_, claim)| claim.place.end.offset == annotation.span.end)
            .map_or(Modifiers::default(), |(at, claim)| self.claim((first + at) as u32, claim))
    }

    fn attribute(&mut self, item: &Attribute, of_claim: Modifiers, meant: &[Paint]) {
        let text = self.text;
        let mut add = |span: Span, kind: TokenKind, modifiers: Modifiers| {
            // Names, keys and ids in a value are more than a value.
            let after = meant.partition_point(|(other, ..)| other.end <= span.start);
            if meant.get(after).is_none_or(|(other, ..)| span.end <= other.start) {
                self.add(span, kind, modifiers);
            }
        };
        let none = Modifiers::default();
        match item.kind {
            AttributeKind::Id => add(item.value.unwrap_or(item.span), TokenKind::Id, of_claim),
            AttributeKind::Class => {
                let kinds = item.text.split_ascii_whitespace().filter_map(TokenKind::of_class);
                let Some(kind) = kinds.into_iter().next() else { return };
                if item.value.is_some() {
                    add(item.name, TokenKind::Key, none);
                }
                add(item.value.unwrap_or(item.span), kind, of_claim);
            }
            AttributeKind::Pair => {
                let key = item.name.of(text);
                if !vocabulary::is_key(key) {
                    return;
                }
                let (kind, modifiers) = value(key, &item.text);
                add(item.name, TokenKind::Key, none);
                if let Some(span) = item.value {
                    add(span, kind, modifiers);
                }
            }
        }
    }
}

/// What the value of a key is, where it is no name, key or id.
fn value(key: &str, value: &str) -> (TokenKind, Modifiers) {
    let none = Modifiers::default();
    let value = value.trim();
    match key {
        "by" if value == "unnamed" => (TokenKind::Word, Modifiers::ANONYMOUS),
        "by" if value == "none" => (TokenKind::Word, none),
        "verdict" if value == "disputed" => (TokenKind::Word, Modifiers::DISPUTED),
        _ if vocabulary::fixed_values(key).is_some_and(|words| words.contains(&value)) => {
            (TokenKind::Word, none)
        }
        "value" => (TokenKind::Number, none),
        _ if vocabulary::DATE_KEYS.contains(&key) => (TokenKind::Number, none),
        _ => (TokenKind::Value, none),
    }
}

/// Of a source that is not on record only that.
fn of_source(source: &SourceFacts) -> Modifiers {
    match source.protected {
        true => Modifiers::ANONYMOUS,
        false => Modifiers::default().withdrawn(source.standing == Standing::Retracted),
    }
}

fn of_claim(claim: &ClaimFacts) -> Modifiers {
    Modifiers::default()
        .withdrawn(claim.retracted)
        .with(Modifiers::ANONYMOUS, claim.speaker == Speaker::Unnamed)
        .with(Modifiers::DISPUTED, claim.verdict == Some(Verdict::Disputed))
}

/// By place, and of two that share a byte the smaller.
fn separate(mut all: Vec<Paint>) -> Vec<Paint> {
    all.sort_by_key(|(span, kind, _)| (span.start, span.end, *kind));
    let mut out: Vec<Paint> = Vec::with_capacity(all.len());
    for one in all {
        match out.last() {
            Some((last, ..)) if one.0.start < last.end => {
                let last = *last;
                if one.0.len() < last.len() {
                    out.pop();
                    out.push(one);
                }
            }
            _ => out.push(one),
        }
    }
    out
}

/// The same a line each, without the white space around.
fn lines(text: &str, all: Vec<Paint>) -> Vec<Token> {
    let lines = LineIndex::new(text);
    let mut tokens = Vec::with_capacity(all.len());
    for (span, kind, modifiers) in all {
        let last = lines.line_of(span.end() - 1);
        for line in lines.line_of(span.start())..=last {
            let Some(line) = lines.line_span(text, line) else { continue };
            let part = Span { start: span.start.max(line.start), end: span.end.min(line.end) };
            let words = part.of(text);
            let start = part.start() + (words.len() - words.trim_start().len());
            let part = Span::new(start, start + words.trim().len());
            if !part.is_empty() {
                tokens.push(Token { place: lines.place(text, part), kind, modifiers });
            }
        }
    }
    tokens
}
