//! What of a file can be opened with a click: addresses on the web, and files of the corpus.

use crate::corpus::{ClaimTarget, Corpus, FileFacts, SnapshotFacts};
use crate::diagnostic::FilePath;
use crate::registry::{Source, web_address};
use crate::syntax::Article;
use crate::text::{LineIndex, Place, Span};

use super::subject::{self, Subject};
use super::trees;

/// Something that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it stands.
    pub place: Place,
    /// What is opened.
    pub to: LinkTo,
    /// What that is.
    pub kind: LinkKind,
}

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTo {
    /// An address of `https` or `http`, as written.
    Web(String),
    /// A file of the corpus, at a line counted from zero where a part of it is meant.
    File(FilePath, Option<u32>),
    /// A cited source on the web, by its key: where that is stands in the file that defines
    /// it, which is read when somebody asks. See [`source_address`].
    Source(Box<str>),
}

/// What is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkKind {
    /// Something on the web.
    Web,
    /// A source on the web.
    Source,
    /// The archived copy of a source.
    Archive,
    /// The stored text of a source.
    Snapshot,
    /// A bibliography.
    Bibliography,
    /// An article, or a part of one.
    Article,
    /// A picture.
    Picture,
    /// Another file.
    File,
}

impl LinkKind {
    /// What a click does, in words.
    #[must_use]
    pub fn tooltip(self) -> &'static str {
        match self {
            LinkKind::Web => "open the page",
            LinkKind::Source => "open the source",
            LinkKind::Archive => "open the archived copy",
            LinkKind::Snapshot => "open the stored text",
            LinkKind::Bibliography => "open the bibliography",
            LinkKind::Article => "open the article",
            LinkKind::Picture => "open the picture",
            LinkKind::File => "open the file",
        }
    }
}

/// What of `file`, which holds `text`, can be opened, by start, none over another. Citations
/// of sources that are not on record open nothing.
#[must_use]
pub fn links(corpus: &Corpus, file: &FileFacts, text: &str) -> Vec<Link> {
    let article = trees::article(file, text);
    let mut found = Found { corpus, file, text, lines: LineIndex::new(text), links: Vec::new() };
    if trees::is_large(text, article.as_ref()) {
        found.addresses_of_sources();
    } else {
        found.sources(&trees::sources(file, text, article.as_ref()));
    }
    found.named_files();
    if let Some(article) = &article {
        found.addresses(article);
        found.corpus_files();
        found.citations();
    }
    let mut links = found.links;
    links.sort_by_key(|link| (link.place.start.offset, link.place.end.offset));
    let mut end = 0;
    links.retain(|link| {
        let is_free = link.place.start.offset >= end && !link.place.span().is_empty();
        end = if is_free { link.place.end.offset } else { end };
        is_free
    });
    links
}

/// Where the source `key`, cited in `file`, is on the web; `text_of` reads the file that
/// defines it. Nothing of a source that is not on record.
#[must_use]
pub fn source_address<T: AsRef<str>>(
    corpus: &Corpus,
    file: &FileFacts,
    key: &str,
    text_of: impl FnOnce(&FilePath) -> Option<T>,
) -> Option<String> {
    let known = corpus.source(file, key).filter(|known| !known.what.protected)?;
    let text = text_of(&known.file.path)?;
    let text = text.as_ref();
    let article = trees::article(known.file, text);
    let sources = trees::sources(known.file, text, article.as_ref());
    let source = sources.iter().find(|source| source.key.as_str() == key)?;
    source.web_address().filter(|_| !source.is_protected())
}

struct Found<'a> {
    corpus: &'a Corpus,
    file: &'a FileFacts,
    text: &'a str,
    lines: LineIndex,
    links: Vec<Link>,
}

impl Found<'_> {
    fn add(&mut self, span: Span, to: LinkTo, kind: LinkKind) {
        self.links.push(Link { place: self.lines.place(self.text, span), to, kind });
    }

    fn web(&mut self, span: Span, address: &str, kind: LinkKind) {
        if let Some(address) = web_address(address) {
            self.add(span, LinkTo::Web(address.to_owned()), kind);
        }
    }

    /// What entries of sources say of where these are.
    fn sources(&mut self, sources: &[Source]) {
        for source in sources {
            if let Some(url) = &source.url {
                self.web(url.span, url.as_str(), LinkKind::Source);
            }
            if let (Some(doi), Some(address)) = (&source.doi, source.doi_address()) {
                self.web(doi.span, &address, LinkKind::Source);
            }
            if let Some(copy) = &source.archive_url {
                self.web(copy.span, copy.as_str(), LinkKind::Archive);
            }
        }
    }

    /// The same of a large registry: what looks like an address in an entry of a source.
    fn addresses_of_sources(&mut self) {
        for source in &self.file.sources {
            let entry = source.place.span();
            if source.stale || self.text.get(entry.range()).is_none() {
                continue;
            }
            for span in addresses(self.text, entry) {
                self.web(span, span.of(self.text), LinkKind::Source);
            }
        }
    }

    /// Bibliographies and stored texts.
    fn named_files(&mut self) {
        for named in &self.file.named_files {
            let Some(path) = &named.path else { continue };
            let is_text = matches!(self.corpus.snapshot(path), Some(SnapshotFacts::Text { .. }));
            if is_text || self.corpus.is_there(path) {
                let kind = if named.bibliography { LinkKind::Bibliography } else { LinkKind::Snapshot };
                self.links.push(Link { place: named.place, to: LinkTo::File(path.clone(), None), kind });
            }
        }
    }

    /// Links to the web, and addresses that stand in the text.
    fn addresses(&mut self, article: &Article) {
        for link in &article.links {
            self.web(link.destination.unwrap_or(link.text), link.target.as_str(), LinkKind::Web);
        }
        for span in &article.verbatim {
            let written = span.of(self.text);
            if let Some(address) = written.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
                self.web(Span::new(span.start() + 1, span.end() - 1), address, LinkKind::Web);
            }
        }
        let hidden = Hidden::of(article);
        for block in &article.blocks {
            for span in addresses(self.text, block.span) {
                if !hidden.hides(span.start()) {
                    self.web(span, span.of(self.text), LinkKind::Web);
                }
            }
        }
    }

    /// Links, wiki links and references that lead to files of the corpus.
    fn corpus_files(&mut self) {
        let (corpus, file) = (self.corpus, self.file);
        let Some(article) = &file.article else { return };
        for link in &article.links {
            let to = subject::link(corpus, file, link).and_then(|meant| self.target(meant));
            self.links.extend(to.map(|(to, kind)| {
                let kind = if link.image { LinkKind::Picture } else { kind };
                Link { place: link.place, to, kind }
            }));
        }
        for mention in &article.mentions {
            let reference = file.entity_references.get(mention.reference as usize);
            let to = reference.and_then(|reference| self.target(subject::name(corpus, file, reference)));
            self.links.extend(to.map(|(to, kind)| Link { place: mention.place, to, kind }));
        }
        for reference in article.claim_references.iter().filter(|reference| reference.article.is_some()) {
            if let ClaimTarget::Claim(target, claim) = corpus.claim(file, reference) {
                let to = LinkTo::File(target.path.clone(), Some(claim.place.start.line));
                self.links.push(Link { place: reference.place, to, kind: LinkKind::Article });
            }
        }
    }

    fn target(&self, meant: Subject) -> Option<(LinkTo, LinkKind)> {
        match meant {
            Subject::Article(path) => Some((LinkTo::File(path, None), LinkKind::Article)),
            Subject::File(path) => Some((LinkTo::File(path, None), LinkKind::File)),
            Subject::Part { file: path, id } => {
                let target = match path == self.file.path {
                    true => Some(self.file),
                    false => self.corpus.at_path(&path).and_then(|id| self.corpus.file(id)),
                };
                let line = target.and_then(|file| Some(file.anchor(&id)?.place.start.line));
                Some((LinkTo::File(path, line), LinkKind::Article))
            }
            Subject::Entity(_) | Subject::Source { .. } | Subject::Name(_) | Subject::Key(_) => None,
        }
    }

    /// Citations of sources that are on the web.
    fn citations(&mut self) {
        for cited in self.file.article.iter().flat_map(|article| &article.cited) {
            let known = self.corpus.source(self.file, &cited.key);
            if known.is_some_and(|known| known.what.has_address && !known.what.protected) {
                let to = LinkTo::Source(cited.key.clone());
                self.links.push(Link { place: cited.place, to, kind: LinkKind::Source });
            }
        }
    }
}

/// Where an address is none that a reader sees: in code, attributes, comments and the
/// destinations of links.
struct Hidden {
    /// By start, each with how far it and those before it reach.
    spans: Vec<(u32, u32)>,
}

impl Hidden {
    fn of(article: &Article) -> Hidden {
        let attributes = article.annotations.iter().map(|annotation| annotation.attributes.span);
        let behind = article.links.iter().map(|link| Span::new(link.text.end(), link.span.end()));
        let others = article.verbatim.iter().chain(&article.comments).copied();
        let mut spans: Vec<(u32, u32)> =
            attributes.chain(behind).chain(others).map(|span| (span.start, span.end)).collect();
        spans.sort_unstable();
        let mut reach = 0;
        for (_, end) in &mut spans {
            reach = reach.max(*end);
            *end = reach;
        }
        Hidden { spans }
    }

    fn hides(&self, at: usize) -> bool {
        let after = self.spans.partition_point(|(start, _)| *start as usize <= at);
        after > 0 && self.spans[after - 1].1 as usize > at
    }
}

/// The addresses that stand bare in a stretch of text: up to white space, a bracket or a
/// quotation mark, without the marks of the sentence that follow.
fn addresses(text: &str, within: Span) -> impl Iterator<Item = Span> + '_ {
    let words = within.of(text);
    let mut done = 0;
    memchr::memmem::find_iter(words.as_bytes(), b"://").filter_map(move |at| {
        if at < done {
            return None;
        }
        let before = &words[done..at];
        let from = done + before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        done = words[at..].find(ends_address).map_or(words.len(), |length| at + length);
        let mut address = &words[from..done];
        let mut unpaired = address.matches(')').count().saturating_sub(address.matches('(').count());
        while let Some(last) = address.chars().next_back() {
            match last {
                ')' if unpaired > 0 => unpaired -= 1,
                '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '‘' | '*' | '_' | '~' | '…' => {}
                _ => break,
            }
            address = &address[..address.len() - last.len_utf8()];
        }
        let from = within.start() + from;
        Some(Span::new(from, from + address.len()))
    })
}

fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '<' | '>' | '[' | ']' | '{' | '}' | '"' | '`' | '|' | '\\' | '^')
        || matches!(c, '“' | '”' | '„' | '«' | '»')
}
