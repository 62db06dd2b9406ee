//! Everything in a corpus that has a name, found by parts of it: entities by all their names,
//! sources by key and title, articles by headline and slug, claims by id.

use std::cmp::Reverse;

use memchr::memmem::Finder;
use rustc_hash::FxHashSet;

use crate::corpus::{Corpus, FileId, IndexedName, NameIndex, Named, letters};
use crate::diagnostic::FilePath;
use crate::text::Place;

use super::fuzzy::Fuzzy;
use super::symbols::{SymbolKind, one_line};

/// Something that goes by a name that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkspaceSymbol {
    /// The name that fits, and the one that it is better known by, where that is another.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// What there is to say beside: its type, the article that it stands in.
    pub container: String,
    /// The file.
    pub path: FilePath,
    /// By which [`symbol_place`] finds it: the id or key; empty for an article.
    pub id: String,
    /// How well the name fits: more is better.
    pub score: u32,
}

/// What fits `wanted`, the best first, at most so many. `slug#id` is a claim of an article.
/// Where nothing is wanted, entities, sources and articles in the order of their names.
#[must_use]
pub fn workspace_symbols(corpus: &Corpus, wanted: &str, most: usize) -> Vec<WorkspaceSymbol> {
    let wanted = wanted.trim();
    let found = corpus.with_names(|index| match wanted.split_once('#') {
        Some((article, id)) => claims(index, article.trim(), id.trim(), most),
        None => {
            // Of nothing in particular claims are too many.
            names(index, wanted, most, |of| !wanted.is_empty() || of != Named::Claim)
        }
    });
    let mut symbols: Vec<WorkspaceSymbol> =
        found.into_iter().filter_map(|found| symbol(corpus, found)).collect();
    // Of two entries with one id the first counts, which is found for both.
    let mut seen: FxHashSet<(SymbolKind, FilePath, String)> = FxHashSet::default();
    symbols.retain(|one| seen.insert((one.kind, one.path.clone(), one.id.clone())));
    symbols
}

/// A name that fits.
#[derive(Debug)]
struct Fitting {
    score: u32,
    file: FileId,
    of: Named,
    number: u32,
    text: String,
}

/// By what the best are told: the score, then the shorter name, then what it is of.
type Rank = (Reverse<u32>, usize, Named);

/// Collects the best, each thing once.
struct Best<'i> {
    all: Vec<(Rank, IndexedName<'i>)>,
    most: usize,
}

impl<'i> Best<'i> {
    fn new(most: usize) -> Self {
        Best { all: Vec::new(), most }
    }

    fn offer(&mut self, score: u32, name: IndexedName<'i>) {
        self.all.push(((Reverse(score), name.text.len(), name.of), name));
        // A thing goes by several names: more are kept than are wanted.
        if self.all.len() >= self.most.saturating_mul(64).max(1024) {
            self.cut();
        }
    }

    /// How many things there are, counted by their names.
    fn things(&self) -> usize {
        let things = self.all.iter().map(|(_, name)| (name.file, thing(name.of), name.number));
        things.collect::<FxHashSet<_>>().len()
    }

    fn cut(&mut self) {
        let keep = self.most.saturating_mul(8);
        if self.all.len() > keep {
            self.all.select_nth_unstable_by(keep, |a, b| order(a).cmp(&order(b)));
            self.all.truncate(keep);
        }
    }

    fn into_fitting(mut self) -> Vec<Fitting> {
        self.cut();
        self.all.sort_by(|a, b| order(a).cmp(&order(b)));
        let mut seen: FxHashSet<(FileId, Named, u32)> = FxHashSet::default();
        self.all.retain(|(_, name)| seen.insert((name.file, thing(name.of), name.number)));
        self.all.truncate(self.most);
        let fitting = |((Reverse(score), ..), name): (Rank, IndexedName<'_>)| Fitting {
            score,
            file: name.file,
            of: name.of,
            number: name.number,
            text: name.text.to_owned(),
        };
        self.all.into_iter().map(fitting).collect()
    }
}

fn order<'a>((rank, name): &'a (Rank, IndexedName<'_>)) -> (Rank, &'a str, FileId, u32) {
    (*rank, name.text, name.file, name.number)
}

/// Of several kinds of names of one thing the same.
fn thing(of: Named) -> Named {
    match of {
        Named::SourceTitle => Named::Source,
        Named::Headline => Named::Slug,
        other => other,
    }
}

/// Names of those kinds that fit.
fn names(index: &NameIndex, wanted: &str, most: usize, is_kind: impl Fn(Named) -> bool) -> Vec<Fitting> {
    let mut best = Best::new(most);
    if wanted.is_empty() {
        let some = index.all().filter(|name| is_kind(name.of));
        some.for_each(|name| best.offer(0, name));
        return best.into_fitting();
    }
    let mut fuzzy = Fuzzy::new(wanted);
    let lower = wanted.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    for name in unbroken(index, &words, &is_kind) {
        if let Some(score) = fuzzy.score(name.text) {
            best.offer(score, name);
        }
    }
    if best.things() < ENOUGH_UNBROKEN.min(most) {
        let having = index.having(wanted_letters(wanted)).filter(|name| is_kind(name.of));
        let mut bytes = 0;
        for name in having.take_while(|name| {
            bytes += name.text.len();
            bytes <= SCATTERED
        }) {
            if let Some(score) = fuzzy.score(name.text) {
                best.offer(score, name);
            }
        }
    }
    best.into_fitting()
}

/// Where so many things have the words as they stand, letters that do not follow each other are
/// there by chance.
const ENOUGH_UNBROKEN: usize = 50;

/// In how many bytes of names at most letters are looked for that do not follow each other: in
/// all names that have them but in large corpora, of which it is those of entities, sources and
/// claims before headlines.
const SCATTERED: usize = 150_000;

/// The names in which all words stand as they are: of very many those that the longest of the
/// words is, that begin with it and of which a word begins with it before others.
fn unbroken<'i>(
    index: &'i NameIndex,
    words: &[&'i str],
    is_kind: impl Fn(Named) -> bool,
) -> Vec<IndexedName<'i>> {
    /// How many of each sort are compared.
    const ENOUGH: usize = 1_500;
    // The longest word is in the fewest names.
    let Some(longest) = words.iter().copied().max_by_key(|word| word.len()) else { return Vec::new() };
    let others: Vec<Finder<'_>> =
        words.iter().filter(|word| **word != longest).map(|word| Finder::new(word.as_bytes())).collect();
    let has_others =
        |name: &IndexedName<'_>| others.iter().all(|word| word.find(name.text.as_bytes()).is_some());
    let mut sorts: [Vec<IndexedName<'i>>; 4] = Default::default();
    for (name, at) in index.containing(longest).filter(|(name, _)| is_kind(name.of)) {
        let sort = match at {
            0 if name.text.len() == longest.len() => 0,
            0 => 1,
            _ if !name.text[..at].ends_with(char::is_alphanumeric) => 2,
            _ => 3,
        };
        if sorts[sort].len() < ENOUGH && has_others(&name) {
            sorts[sort].push(name);
        }
        // One letter or two begin too many names to look at all.
        if longest.len() < 3 && sorts[1].len() == ENOUGH {
            break;
        }
    }
    sorts.into_iter().flatten().take(ENOUGH).collect()
}

/// The claims of articles whose slugs fit.
fn claims(index: &NameIndex, article: &str, id: &str, most: usize) -> Vec<Fitting> {
    if article.is_empty() {
        return names(index, id, most, |of| of == Named::Claim);
    }
    let articles = names(index, article, most, |of| of == Named::Slug);
    let mut best = Best::new(most);
    let mut fuzzy = Fuzzy::new(id);
    for article in articles {
        for name in index.of_file(article.file).filter(|name| name.of == Named::Claim) {
            if let Some(score) = fuzzy.score(name.text) {
                best.offer(article.score + score, name);
            }
        }
    }
    best.into_fitting()
}

/// The letters that a name has to have. Those that are not ASCII are asked for one by one.
fn wanted_letters(wanted: &str) -> u64 {
    let ascii: String = wanted.chars().filter(char::is_ascii).collect();
    letters(&ascii)
}

fn symbol(corpus: &Corpus, found: Fitting) -> Option<WorkspaceSymbol> {
    let path = corpus.path(found.file)?.clone();
    let written = corpus.as_written(found.file, found.of, found.number, &found.text)?;
    let text = one_line(&written);
    // The name that was found has to stand there: editors look for what was typed in it.
    let known_as = |name: &str| match *name == *written {
        true => text.clone(),
        false => format!("{text} ({})", one_line(name)),
    };
    let (name, kind, container, id) = match found.of {
        Named::Entity => {
            let entity = corpus.file(found.file)?.entities.get(found.number as usize)?;
            let kind = entity.kind.map_or("entity", |kind| kind.as_str());
            (known_as(&entity.name), SymbolKind::Entity, kind.to_owned(), entity.id.to_string())
        }
        Named::Source | Named::SourceTitle => {
            let source = corpus.file(found.file)?.sources.get(found.number as usize)?;
            let container = match (source.protected, &source.title) {
                (true, _) => "not on record".to_owned(),
                (false, Some(title)) if found.of == Named::Source => one_line(title),
                (false, _) => one_line(&source.kind),
            };
            (known_as(&source.key), SymbolKind::Source, container, source.key.to_string())
        }
        Named::Slug | Named::Headline => {
            let name = text.clone();
            (name, SymbolKind::Article, path.to_string(), String::new())
        }
        Named::Claim => {
            let slug = corpus.slug(found.file).unwrap_or_default();
            (format!("{}#{text}", one_line(slug)), SymbolKind::Claim, path.to_string(), written.clone())
        }
    };
    let name = if name.is_empty() { "unnamed".to_owned() } else { name };
    Some(WorkspaceSymbol { name, kind, container, path, id, score: found.score })
}

/// Where a symbol stands in its file now: its name there. Nothing where it is gone.
#[must_use]
pub fn symbol_place(corpus: &Corpus, path: &str, kind: SymbolKind, id: &str) -> Option<Place> {
    let file = corpus.at_path(path)?;
    match kind {
        SymbolKind::Claim => corpus.anchor_place(file, id),
        SymbolKind::Entity => {
            let facts = corpus.file(file)?;
            let entity = facts.entities.iter().find(|entity| *entity.id == *id && !entity.stale)?;
            Some(entity.id_place)
        }
        SymbolKind::Source => {
            let facts = corpus.file(file)?;
            let source = facts.sources.iter().find(|source| *source.key == *id && !source.stale)?;
            Some(source.key_place)
        }
        _ => Some(Place::default()),
    }
}
