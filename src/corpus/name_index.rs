//! All that has a name in the corpus, laid out to be looked through at once: entities, sources,
//! articles and claims.
//!
//! It is made when somebody first looks for something by a part of its name, and never for a
//! run that does not. From then on files that came, changed or went are noted, and read anew
//! when it is looked at next.

use std::sync::{Mutex, PoisonError};

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::Place;

use super::facts::{FileFacts, FileKind};
use super::tables::{Corpus, FileId};

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    /// The id, name or alias of an entity, with its number in the file.
    Entity,
    /// The key of a source, with its number in the file.
    Source,
    /// The title of a source that is on record.
    SourceTitle,
    /// The headline of an article.
    Headline,
    /// The slug of an article.
    Slug,
    /// The id of a claim, with the number of its anchor in the file.
    Claim,
}

/// A name in the index.
#[derive(Clone, Copy, Debug)]
pub struct IndexedName<'i> {
    /// The file that it stands in.
    pub file: FileId,
    /// Of what it is the name.
    pub of: Named,
    /// Which one in the file.
    pub number: u32,
    /// In small letters, as far as they are of ASCII; of a very long one the beginning.
    pub text: &'i str,
}

/// The index.
#[derive(Debug, Default)]
pub struct NameIndex {
    is_made: bool,
    /// Files that changed since it was looked at.
    changed: FxHashSet<FileId>,
    /// Short names of what is looked for most before long ones.
    columns: [Column; COLUMNS],
    /// The rows of each file in each of the columns.
    files: FxHashMap<FileId, [(u32, u32); COLUMNS]>,
}

const COLUMNS: usize = 3;

/// Names, laid out one after the other.
#[derive(Debug, Default)]
struct Column {
    /// The letters of each name, in the order of `rows`.
    letters: Vec<u64>,
    rows: Vec<Row>,
    /// All names in small letters, each with a line end behind it.
    texts: String,
    /// How many rows are of files that are gone or were read anew.
    gone: usize,
}

/// A name, its text in [`Column::texts`].
#[derive(Clone, Copy, Debug)]
struct Row {
    file: FileId,
    number: u32,
    start: u32,
    length: u16,
    of: Named,
    is_gone: bool,
}

impl Named {
    /// The column in which names of the kind stand.
    fn column(self) -> usize {
        match self {
            Named::Entity | Named::Source => 0,
            Named::Slug | Named::Claim => 1,
            Named::Headline | Named::SourceTitle => 2,
        }
    }
}

/// The index of a corpus, made when it is needed.
#[derive(Debug, Default)]
pub(super) struct Names(Mutex<NameIndex>);

impl Names {
    /// Notes that a file came, went or holds something else.
    pub(super) fn note(&mut self, file: FileId) {
        let index = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        if index.is_made {
            index.changed.insert(file);
        }
    }
}

impl Corpus {
    /// Looks at all names of the corpus.
    pub fn with_names<R>(&self, look: impl FnOnce(&NameIndex) -> R) -> R {
        let mut index = self.name_index.0.lock().unwrap_or_else(PoisonError::into_inner);
        index.bring_up_to_date(self);
        look(&index)
    }

    /// The name as written. What is packed stays so.
    #[must_use]
    pub fn as_written(&self, file: FileId, of: Named, number: u32, text: &str) -> Option<String> {
        let slot = self.slot(file)?;
        let is_it = |written: &str| same_letters(written, text);
        match of {
            Named::Entity => {
                let entity = self.file(file)?.entities.get(number as usize)?;
                let names = [&entity.name, &entity.id].into_iter().chain(&entity.aliases);
                names.map(|name| &**name).find(|name| is_it(name)).map(str::to_owned)
            }
            Named::Source => Some(self.file(file)?.sources.get(number as usize)?.key.to_string()),
            Named::SourceTitle => {
                self.file(file)?.sources.get(number as usize)?.title.as_deref().map(str::to_owned)
            }
            Named::Slug | Named::Headline | Named::Claim => {
                let mut found = None;
                slot.with_names(|own, own_number, written| {
                    if own == of && own_number == number {
                        found.get_or_insert_with(|| written.to_owned());
                    }
                });
                found
            }
        }
    }

    /// Where the claim or heading of that id stands in an article. What is packed stays so.
    #[must_use]
    pub fn anchor_place(&self, file: FileId, id: &str) -> Option<Place> {
        self.slot(file)?.anchor_place(id)
    }
}

impl NameIndex {
    /// Every name, short ones of entities and sources first.
    pub fn all(&self) -> impl Iterator<Item = IndexedName<'_>> {
        self.having(0)
    }

    /// Every name that has all of `letters`, as [`letters`] makes them, and some that do not;
    /// in the order of [`NameIndex::all`].
    pub fn having(&self, letters: u64) -> impl Iterator<Item = IndexedName<'_>> {
        self.columns.iter().flat_map(move |column| {
            let having = column.letters.iter().enumerate().filter(move |(_, own)| **own & letters == letters);
            having.filter_map(|(at, _)| column.name(column.rows[at]))
        })
    }

    /// Every name in which `part` stands, which is in small letters, with where in it that is
    /// first; in the order of [`NameIndex::all`].
    pub fn containing<'i>(&'i self, part: &'i str) -> impl Iterator<Item = (IndexedName<'i>, usize)> {
        self.columns.iter().flat_map(move |column| column.containing(part))
    }

    /// The names in a file.
    pub fn of_file(&self, file: FileId) -> impl Iterator<Item = IndexedName<'_>> {
        let columns = self.files.get(&file).into_iter().flat_map(|ranges| ranges.iter().zip(&self.columns));
        columns.flat_map(|((from, to), column)| {
            column.rows[*from as usize..*to as usize].iter().filter_map(|row| column.name(*row))
        })
    }

    fn bring_up_to_date(&mut self, corpus: &Corpus) {
        if !self.is_made || self.columns.iter().any(Column::is_mostly_gone) {
            *self = NameIndex { is_made: true, ..NameIndex::default() };
            for id in corpus.ids() {
                self.add(corpus, id);
            }
            return;
        }
        let mut changed: Vec<FileId> = self.changed.drain().collect();
        changed.sort_unstable();
        for id in changed {
            for (range, column) in self.files.remove(&id).iter().flatten().zip(&mut self.columns) {
                column.forget(*range);
            }
            self.add(corpus, id);
        }
    }

    fn add(&mut self, corpus: &Corpus, id: FileId) {
        let Some(slot) = corpus.slot(id) else { return };
        let from = self.columns.each_ref().map(|column| column.rows.len() as u32);
        slot.with_names(|of, number, text| self.columns[of.column()].push(id, of, number, text));
        let to = self.columns.each_ref().map(|column| column.rows.len() as u32);
        if from != to {
            self.files.insert(id, std::array::from_fn(|at| (from[at], to[at])));
        }
    }
}

impl Column {
    fn name(&self, row: Row) -> Option<IndexedName<'_>> {
        let start = row.start as usize;
        let text = &self.texts[start..start + usize::from(row.length)];
        (!row.is_gone).then_some(IndexedName { file: row.file, of: row.of, number: row.number, text })
    }

    fn containing<'i>(&'i self, part: &'i str) -> impl Iterator<Item = (IndexedName<'i>, usize)> {
        let finder = memmem::Finder::new(part.as_bytes());
        let (mut at, mut row) = (0, 0);
        std::iter::from_fn(move || {
            loop {
                let found = at + finder.find(self.texts.as_bytes().get(at..)?)?;
                // Rows follow each other as their texts do: the next is mostly near.
                let mut step = 1;
                while self.rows.get(row + step).is_some_and(|row| row.start as usize <= found) {
                    row += step;
                    step *= 2;
                }
                let near = self.rows.get(row..(row + step).min(self.rows.len()))?;
                row += near.partition_point(|row| row.start as usize <= found).checked_sub(1)?;
                let own = self.rows[row];
                let start = own.start as usize;
                at = start + usize::from(own.length) + 1;
                if let Some(name) = self.name(own) {
                    return Some((name, found - start));
                }
            }
        })
    }

    fn push(&mut self, file: FileId, of: Named, number: u32, text: &str) {
        let text = cut(text);
        // Places in the texts are counted in 32 bits.
        let Ok(start) = u32::try_from(self.texts.len()) else { return };
        if text.is_empty() {
            return;
        }
        self.texts.extend(
            text.chars().map(|c| if c.is_control() && c.is_ascii() { ' ' } else { c.to_ascii_lowercase() }),
        );
        self.letters.push(letters(text));
        let length = (self.texts.len() - start as usize) as u16;
        self.texts.push('\n');
        self.rows.push(Row { file, number, start, length, of, is_gone: false });
    }

    fn forget(&mut self, (from, to): (u32, u32)) {
        self.gone += (to - from) as usize;
        for at in from as usize..to as usize {
            self.rows[at].is_gone = true;
        }
    }

    fn is_mostly_gone(&self) -> bool {
        /// So many may be gone before all is laid out anew.
        const FEW: usize = 4096;
        self.gone > FEW.max(self.rows.len() / 2)
    }
}

/// Whether a name in the index is that one, of a very long one as far as it is kept.
fn same_letters(written: &str, indexed: &str) -> bool {
    let written = written.trim();
    let kept = if indexed.len() + 4 < LONGEST { written } else { cut(written) };
    kept.trim().len() == indexed.len()
        && kept.chars().zip(indexed.chars()).all(|(a, b)| a.eq_ignore_ascii_case(&b) || a.is_control())
}

/// In bytes: more of a name nobody types.
const LONGEST: usize = 256;

/// The beginning of a name, as much of it as is kept.
fn cut(name: &str) -> &str {
    let end = (0..=name.len().min(LONGEST)).rev().find(|at| name.is_char_boundary(*at));
    name[..end.unwrap_or(0)].trim()
}

/// A bit for each letter and digit of a text, whatever its case; all of them where it has other
/// letters than those of ASCII, which may be taken for these.
#[must_use]
pub fn letters(text: &str) -> u64 {
    let mut bits = 0;
    for byte in text.bytes() {
        bits |= match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'A'..=b'Z' => 1 << (byte - b'A'),
            b'0'..=b'9' => 1 << (26 + byte - b'0'),
            0x80.. => return u64::MAX,
            _ => 0,
        };
    }
    bits
}

/// Calls `with` for each name in unpacked facts: what it is of, its number, and itself.
pub(super) fn names_in(facts: &FileFacts, mut with: impl FnMut(Named, u32, &str)) {
    for (number, entity) in (0..).zip(&facts.entities) {
        with(Named::Entity, number, &entity.name);
        if entity.id != entity.name {
            with(Named::Entity, number, &entity.id);
        }
        entity.aliases.iter().for_each(|alias| with(Named::Entity, number, alias));
    }
    for (number, source) in (0..).zip(&facts.sources) {
        with(Named::Source, number, &source.key);
        // Of a source that is not on record the key is all there is.
        if let Some(title) = source.title.as_deref().filter(|_| !source.protected) {
            with(Named::SourceTitle, number, title);
        }
    }
    let Some(article) = facts.article.as_ref().filter(|_| facts.kind == FileKind::Article) else { return };
    with(Named::Slug, 0, &article.slug);
    if let Some(title) = &article.title {
        with(Named::Headline, 0, title);
    }
    for (number, anchor) in (0..).zip(&article.anchors) {
        if anchor.is_claim && anchor.claim.is_some() {
            with(Named::Claim, number, &anchor.id);
        }
    }
}
