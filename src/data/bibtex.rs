//! BibTeX and BibLaTeX.
//!
//! The parser underneath gives up on the file at the first error. So entries are
//! found here, each from its `@` to the brace that closes it or, where none does, to
//! the next line that begins an entry, and given to it one by one: what is broken or
//! half typed costs itself.

mod entries;

use std::borrow::Cow;
use std::collections::HashMap;

use biblatex::{Pair, ParseErrorKind, RawBibliography, RawChunk, Token};

use super::{Problem, Spanned, char_at, fit, latex, nul_problem, twice};
use crate::text::Span;

/// How many bytes macros may stand for in one file: enough for every journal's name,
/// and the end of macros that double each other.
const MACRO_BUDGET: usize = 4 << 20;

/// What came of reading a bibliography.
#[derive(Clone, Debug, Default)]
pub struct Bibliography<'t> {
    /// The entries that can be read, several with one key included.
    pub entries: Vec<Entry<'t>>,
    /// What cannot be read.
    pub problems: Vec<Problem>,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry<'t> {
    /// All of it, from `@` to the closing brace.
    pub span: Span,
    /// Its type in lower case: `article`.
    pub kind: Spanned<String>,
    /// Its key.
    pub key: Spanned<String>,
    /// Its fields, each once.
    pub fields: Vec<Field<'t>>,
}

/// A field of an entry.
#[derive(Clone, Debug)]
pub struct Field<'t> {
    /// Its name in lower case.
    pub name: Spanned<String>,
    /// The whole value, braces or quotation marks included.
    pub span: Span,
    /// What is between them; the whole value if it is put together of several parts.
    pub content: Span,
    /// The value as it is written, with macros put in.
    tex: Cow<'t, str>,
}

impl Entry<'_> {
    /// The field of that name, given in lower case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Field<'_>> {
        self.fields.iter().find(|field| field.name.value == name)
    }
}

impl Field<'_> {
    /// What the value says, with accents as Unicode and braces away.
    #[must_use]
    pub fn text(&self) -> Spanned<String> {
        Spanned::new(self.content, latex::to_text(&self.tex).into_owned())
    }

    /// The value as an address or path, in which little is LaTeX.
    #[must_use]
    pub fn address(&self) -> Spanned<String> {
        Spanned::new(self.content, latex::to_address(&self.tex).into_owned())
    }

    /// The people of a list of names, `… and …`, each still with its commas. Names in
    /// braces as a whole are those of bodies, and come with `true`.
    #[must_use]
    pub fn names(&self) -> Vec<(Spanned<String>, bool)> {
        let mut names = Vec::new();
        for part in split_names(&self.tex) {
            let tex = part.of(&self.tex);
            let whole = is_braced(tex);
            let value = latex::to_text(tex).into_owned();
            if value.is_empty() {
                continue;
            }
            // The parts of a value that has been put together have no place of their own.
            let exact = matches!(self.tex, Cow::Borrowed(_));
            let span = if exact { part.shifted(self.content.start()) } else { self.content };
            names.push((Spanned::new(span, value), whole));
        }
        names
    }
}

/// Reads a whole file.
#[must_use]
pub fn parse(text: &str) -> Bibliography<'_> {
    let mut reader = Reader { text, macros: HashMap::new(), spent: 0, found: Bibliography::default() };
    for part in entries::find(text, &mut reader.found.problems) {
        reader.part(part);
    }
    reader.found.problems.sort_by_key(|problem| problem.span);
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    /// What `@string` has defined so far, by name in lower case.
    macros: HashMap<String, Cow<'t, str>>,
    /// Bytes that macros have stood for.
    spent: usize,
    found: Bibliography<'t>,
}

impl<'t> Reader<'t> {
    fn part(&mut self, span: Span) {
        let slice = &self.text[span.range()];
        let problems = &mut self.found.problems;
        if let Some(problem) = nul_problem(self.text, span) {
            problems.push(problem);
            return;
        }
        let raw = match RawBibliography::parse(slice) {
            Ok(raw) => raw,
            Err(error) => {
                let at = fit(self.text, span.start() + error.span.start..span.start() + error.span.end);
                problems.push(explain(self.text, at, &error.kind));
                return;
            }
        };
        for pair in &raw.abbreviations {
            let field = self.field(pair, span.start());
            self.macros.insert(field.name.value, field.tex);
        }
        for entry in &raw.entries {
            let place = |range: &std::ops::Range<usize>| {
                fit(self.text, span.start() + range.start..span.start() + range.end)
            };
            let kind = Spanned::new(place(&entry.v.kind.span), entry.v.kind.v.to_ascii_lowercase());
            let key = Spanned::new(place(&entry.v.key.span), entry.v.key.v.to_owned());
            let mut fields: Vec<Field<'t>> = Vec::with_capacity(entry.v.fields.len());
            let mut seen = std::collections::HashSet::new();
            for pair in &entry.v.fields {
                let field = self.field(pair, span.start());
                if seen.insert(field.name.value.clone()) {
                    fields.push(field);
                } else {
                    self.found.problems.push(twice(&field.name));
                }
            }
            self.found.entries.push(Entry { span, kind, key, fields });
        }
    }

    /// One field of an entry that begins at `base`, its macros put in.
    fn field(&mut self, pair: &Pair<'t>, base: usize) -> Field<'t> {
        let place = |range: &std::ops::Range<usize>| fit(self.text, base + range.start..base + range.end);
        let name = Spanned::new(place(&pair.key.span), pair.key.v.to_lowercase());
        let span = place(&pair.value.span);
        let span = Span::new(span.start(), span.start() + span.of(self.text).trim_end().len());
        if let [only] = pair.value.v.as_slice()
            && let RawChunk::Normal(tex) = only.v
        {
            return Field { name, span, content: place(&only.span), tex: Cow::Borrowed(tex) };
        }
        let mut tex = String::new();
        for chunk in &pair.value.v {
            match chunk.v {
                RawChunk::Normal(part) => tex.push_str(part),
                RawChunk::Abbreviation(macro_name) => {
                    let part = self.macros.get(&macro_name.to_lowercase());
                    if part.is_none() && !is_month(macro_name) {
                        self.found.problems.push(Problem::loss(
                            place(&chunk.span),
                            format!("no `@string` defines `{macro_name}`; text stands in braces"),
                        ));
                    }
                    let part = part.map_or(macro_name, |part| part);
                    self.spent += part.len();
                    if self.spent > MACRO_BUDGET {
                        self.spent = MACRO_BUDGET;
                        self.found
                            .problems
                            .push(Problem::loss(place(&chunk.span), "macros stand for too much here"));
                        break;
                    }
                    tex.push_str(part);
                }
            }
        }
        Field { name, span, content: span, tex: Cow::Owned(tex) }
    }
}

/// Whether a macro is one of the months, which every style defines.
fn is_month(name: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.iter().any(|month| name.eq_ignore_ascii_case(month))
}

/// Where the names of a list stand: between the words `and` outside of braces.
fn split_names(tex: &str) -> Vec<Span> {
    let bytes = tex.as_bytes();
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    let mut push = |start: usize, end: usize| {
        let part = &tex[start..end];
        let start = start + part.len() - part.trim_start().len();
        parts.push(Span::new(start, start + part.trim().len()));
    };
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'a' | b'A'
                if depth == 0
                    && at > start
                    && bytes[at..].len() > 3
                    && bytes[at..at + 3].eq_ignore_ascii_case(b"and")
                    && bytes[at - 1].is_ascii_whitespace()
                    && bytes[at + 3].is_ascii_whitespace() =>
            {
                push(start, at);
                start = at + 3;
            }
            _ => {}
        }
    }
    push(start, tex.len());
    parts
}

/// Whether one pair of braces is around all of a text.
fn is_braced(tex: &str) -> bool {
    let Some(inner) = tex.strip_prefix('{').and_then(|tex| tex.strip_suffix('}')) else { return false };
    // `{\"U}xheim, {A}` begins and ends with braces, too.
    let mut depth = 0_i64;
    inner.bytes().all(|byte| {
        depth += i64::from(byte == b'{') - i64::from(byte == b'}');
        depth >= 0
    })
}

/// The parser's errors, in plain words.
fn explain(text: &str, at: Span, kind: &ParseErrorKind) -> Problem {
    // What is missing is missing after the last word, not on the next line.
    let before = text[..at.start()].trim_end().len();
    let (place, message) = match kind {
        ParseErrorKind::Expected(Token::Comma) => (Span::at(before), "a comma is missing here".to_owned()),
        ParseErrorKind::Expected(Token::Equals) => {
            (Span::at(before), "`=` and a value are missing after this name".to_owned())
        }
        ParseErrorKind::Expected(Token::Identifier) => {
            (char_at(text, at.start()), "the name of a field belongs here".to_owned())
        }
        ParseErrorKind::UnexpectedEof => (
            char_at(text, at.start()),
            "a value belongs here: text in braces or quotation marks, or a number".to_owned(),
        ),
        other => (char_at(text, at.start()), format!("this is no BibTeX that can be read: {other}")),
    };
    Problem::loss(place, message)
}

#[cfg(test)]
mod tests;
