//! How plain data becomes bytes: numbers in as few bytes as they need, a text once however
//! often it stands in a file, a place as what is different from the one before.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::diagnostic::FilePath;
use crate::text::{Place, Position};

use super::RuleNames;

/// Something that goes into a packed file and comes out as it was.
pub(super) trait Pack: Sized {
    fn pack<'f>(&'f self, out: &mut Packer<'f>);

    /// `None` where the bytes are not what [`Pack::pack`] wrote.
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;

    fn pack_option<'f>(this: Option<&'f Self>, out: &mut Packer<'f>) {
        out.byte(u8::from(this.is_some()));
        if let Some(this) = this {
            this.pack(out);
        }
    }

    fn unpack_option(from: &mut Unpacker<'_>) -> Option<Option<Self>> {
        match from.byte()? {
            0 => Some(None),
            _ => Self::unpack(from).map(Some),
        }
    }
}

/// Bytes in the making.
pub(super) struct Packer<'f> {
    pub(super) path: &'f FilePath,
    rules: RuleNames,
    bytes: Vec<u8>,
    /// The texts so far, with their numbers.
    texts: FxHashMap<&'f str, u32>,
    /// The hashes so far, with their numbers.
    hashes: FxHashMap<u32, u32>,
    lines: Lines,
    /// Whether a rule is not among `rules`.
    is_lacking: bool,
}

/// Bytes that are read.
pub(super) struct Unpacker<'p> {
    pub(super) path: &'p FilePath,
    rules: RuleNames,
    bytes: &'p [u8],
    texts: Vec<&'p str>,
    hashes: Vec<u32>,
    lines: Lines,
}

impl<'f> Packer<'f> {
    pub(super) fn new(path: &'f FilePath, rules: RuleNames) -> Self {
        // An article of 6 KB has some sixty texts and comes to two kilobytes.
        let texts = FxHashMap::with_capacity_and_hasher(96, FxBuildHasher);
        Packer {
            path,
            rules,
            bytes: Vec::with_capacity(3072),
            texts,
            hashes: FxHashMap::default(),
            lines: Lines::new(),
            is_lacking: false,
        }
    }

    /// The bytes, if all could be told.
    pub(super) fn finish(self) -> Option<Box<[u8]>> {
        (!self.is_lacking).then(|| self.bytes.as_slice().into())
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// A text, or the number that it has where it was there before.
    pub(super) fn text(&mut self, text: &'f str) {
        let next = self.texts.len() as u32;
        let known = *self.texts.entry(text).or_insert(next);
        if known == next {
            // One more, so that 0 is free for no text at all.
            self.number((text.len() as u64 + 1) << 1);
            self.bytes.extend_from_slice(text.as_bytes());
        } else {
            self.number(u64::from(known) << 1 | 1);
        }
    }

    /// A number that may be any, or the number that it has where it was there before.
    pub(super) fn hash(&mut self, hash: u32) {
        let next = self.hashes.len() as u32;
        let known = *self.hashes.entry(hash).or_insert(next);
        if known == next {
            self.number(0);
            self.bytes.extend(hash.to_le_bytes());
        } else {
            self.number(u64::from(known) + 1);
        }
    }

    /// A text that is not kept for the next time.
    pub(super) fn own_text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// A rule's name, as its number.
    pub(super) fn rule(&mut self, name: &str) {
        match self.rules.iter().position(|rule| *rule == name) {
            Some(number) => self.number(number as u64),
            None => self.is_lacking = true,
        }
    }

    /// The steps to it from where it would be expected: on ASCII, nothing but bytes and lines.
    /// There is room for one more bit.
    fn position(&mut self, at: Position, bit: bool) {
        let by = |from: u32, to: u32| zigzag(i64::from(to) - i64::from(from));
        let line = self.lines.line(at.line, at.offset);
        let column = i64::from(at.column) - (i64::from(at.offset) - line.start);
        let utf16 = i64::from(at.utf16) - (i64::from(at.column) + line.wider);
        let utf8 = i64::from(at.utf8) - line.utf8(at.offset, at.column);
        self.number(by(self.lines.last.offset, at.offset));
        let odd = u64::from(utf8 != 0) << 2 | u64::from(column != 0) << 1 | u64::from(utf16 != 0);
        self.number(by(self.lines.last.line, at.line) << 4 | u64::from(bit) << 3 | odd);
        for odd in [column, utf16, utf8].into_iter().filter(|odd| *odd != 0) {
            self.number(zigzag(odd));
        }
        self.lines.note(at);
    }
}

impl<'p> Unpacker<'p> {
    pub(super) fn new(path: &'p FilePath, rules: RuleNames, bytes: &'p [u8]) -> Self {
        let (texts, hashes) = (Vec::with_capacity(96), Vec::new());
        Unpacker { path, rules, bytes, texts, hashes, lines: Lines::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn text(&mut self) -> Option<&'p str> {
        let code = self.number()?;
        self.text_of(code)
    }

    fn text_of(&mut self, code: u64) -> Option<&'p str> {
        let number = usize::try_from(code >> 1).ok()?;
        if code & 1 == 1 {
            return self.texts.get(number).copied();
        }
        let text = self.text_of_len(number.checked_sub(1)?)?;
        self.texts.push(text);
        Some(text)
    }

    fn text_of_len(&mut self, len: usize) -> Option<&'p str> {
        let (text, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }

    pub(super) fn hash(&mut self) -> Option<u32> {
        let known = usize::try_from(self.number()?).ok()?;
        if known > 0 {
            return self.hashes.get(known - 1).copied();
        }
        let (hash, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        let hash = u32::from_le_bytes(*hash);
        self.hashes.push(hash);
        Some(hash)
    }

    pub(super) fn own_text(&mut self) -> Option<&'p str> {
        let len = usize::try_from(self.number()?).ok()?;
        self.text_of_len(len)
    }

    pub(super) fn rule(&mut self) -> Option<&'static str> {
        self.rules.get(usize::try_from(self.number()?).ok()?).copied()
    }

    fn position(&mut self) -> Option<(Position, bool)> {
        let to = |from: i64, by: i64| u32::try_from(from.checked_add(by)?).ok();
        let offset = to(self.lines.last.offset.into(), unzigzag(self.number()?))?;
        let second = self.number()?;
        let line = self.lines.line(to(self.lines.last.line.into(), unzigzag(second >> 4))?, offset);
        let odd = if second & 2 == 0 { 0 } else { unzigzag(self.number()?) };
        let column = to(i64::from(offset) - line.start, odd)?;
        let odd = if second & 1 == 0 { 0 } else { unzigzag(self.number()?) };
        let utf16 = to(i64::from(column) + line.wider, odd)?;
        let odd = if second & 4 == 0 { 0 } else { unzigzag(self.number()?) };
        let utf8 = to(line.utf8(offset, column), odd)?;
        let at = Position { offset, line: line.number, column, utf16, utf8 };
        self.lines.note(at);
        Some((at, second & 8 != 0))
    }
}

/// What is known of the text from the positions so far: where the last one was, and where
/// lines begin, as the facts of a file go over its lines several times.
struct Lines {
    last: Position,
    /// By the lowest bits of a line's number.
    known: [Line; 64],
}

/// A line, as the last position on it has it.
#[derive(Clone, Copy, Default)]
struct Line {
    number: u32,
    /// The byte at which it begins, were all on it up to that position ASCII.
    start: i64,
    /// How far the UTF-16 column was from the column.
    wider: i64,
    /// The byte at which it begins, where that is known.
    bytes: Option<i64>,
}

impl Line {
    /// The bytes that come before `offset` on it: of a line that was not met, as many as
    /// there are columns.
    fn utf8(self, offset: u32, column: u32) -> i64 {
        self.bytes.map_or(i64::from(column), |start| i64::from(offset) - start)
    }
}

impl Lines {
    fn new() -> Self {
        Lines { last: Position::default(), known: [Line::default(); 64] }
    }

    /// What is known of a line; of one that was not met, that it begins at `offset`.
    fn line(&self, number: u32, offset: u32) -> Line {
        match self.known[number as usize % 64] {
            line if line.number == number => line,
            _ => Line { number, start: i64::from(offset), wider: 0, bytes: None },
        }
    }

    fn note(&mut self, at: Position) {
        self.last = at;
        self.known[at.line as usize % 64] = Line {
            number: at.line,
            start: i64::from(at.offset) - i64::from(at.column),
            wider: i64::from(at.utf16) - i64::from(at.column),
            bytes: Some(i64::from(at.offset) - i64::from(at.utf8)),
        };
    }
}

/// Numbers near 0 as small ones, whatever their sign.
fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

impl Pack for bool {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        out.byte(u8::from(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(from.byte()? != 0)
    }
}

impl Pack for u32 {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        out.number(u64::from(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        u32::try_from(from.number()?).ok()
    }

    fn pack_option<'f>(this: Option<&'f Self>, out: &mut Packer<'f>) {
        out.number(this.map_or(0, |number| u64::from(*number) + 1));
    }

    fn unpack_option(from: &mut Unpacker<'_>) -> Option<Option<Self>> {
        match from.number()? {
            0 => Some(None),
            number => u32::try_from(number - 1).ok().map(Some),
        }
    }
}

/// Nearly all are counts; others as the bytes that they are.
impl Pack for f64 {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        /// Numbers below this are exact whole ones, and leave a bit free.
        const MOST: f64 = 9_007_199_254_740_992.0;
        let whole = *self as u64;
        if *self < MOST && (whole as f64).to_bits() == self.to_bits() {
            out.number(whole << 1);
        } else {
            out.number(1);
            self.to_bits().to_le_bytes().into_iter().for_each(|byte| out.byte(byte));
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let number = from.number()?;
        if number & 1 == 0 {
            return Some((number >> 1) as f64);
        }
        let mut bytes = [0; 8];
        for byte in &mut bytes {
            *byte = from.byte()?;
        }
        Some(f64::from_bits(u64::from_le_bytes(bytes)))
    }
}

impl Pack for Box<str> {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        out.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.text().map(Into::into)
    }

    fn pack_option<'f>(this: Option<&'f Self>, out: &mut Packer<'f>) {
        match this {
            Some(text) => out.text(text),
            None => out.number(0),
        }
    }

    fn unpack_option(from: &mut Unpacker<'_>) -> Option<Option<Self>> {
        match from.number()? {
            0 => Some(None),
            code => from.text_of(code).map(|text| Some(text.into())),
        }
    }
}

impl Pack for String {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        out.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.text().map(Into::into)
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        (**self).pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        T::unpack(from).map(Box::new)
    }
}

/// Mostly the file's own, which is then shared.
impl Pack for FilePath {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        match self == out.path {
            true => out.number(0),
            false => out.text(self),
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match from.number()? {
            0 => Some(from.path.clone()),
            code => from.text_of(code).map(Into::into),
        }
    }
}

impl Pack for Place {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        let length = self.end.offset.wrapping_sub(self.start.offset);
        let is_ascii = after(self.start, length) == Some(self.end);
        out.position(self.start, is_ascii);
        if is_ascii {
            out.number(length.into());
            out.lines.note(self.end);
        } else {
            out.position(self.end, false);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let (start, is_ascii) = from.position()?;
        if !is_ascii {
            return Some(Place { start, end: from.position()?.0 });
        }
        let end = after(start, u32::unpack(from)?)?;
        from.lines.note(end);
        Some(Place { start, end })
    }
}

/// The position so many characters of ASCII further on the line.
fn after(at: Position, count: u32) -> Option<Position> {
    Some(Position {
        offset: at.offset.checked_add(count)?,
        line: at.line,
        column: at.column.checked_add(count)?,
        utf16: at.utf16.checked_add(count)?,
        utf8: at.utf8.checked_add(count)?,
    })
}

impl Pack for Range<u32> {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        self.start.pack(out);
        out.number(zigzag(i64::from(self.end) - i64::from(self.start)));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let start = u32::unpack(from)?;
        let end = i64::from(start).checked_add(unzigzag(from.number()?))?;
        Some(start..u32::try_from(end).ok()?)
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        T::pack_option(self.as_ref(), out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        T::unpack_option(from)
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        out.number(self.len() as u64);
        self.iter().for_each(|item| item.pack(out));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let len = usize::try_from(from.number()?).ok()?;
        // Everything takes a byte at least: bytes that are wrong cost no memory.
        if len > from.bytes.len() {
            return None;
        }
        let mut items = Vec::with_capacity(len);
        for _ in 0..len {
            items.push(T::unpack(from)?);
        }
        Some(items)
    }
}

impl<T: Pack> Pack for [T; 2] {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        self.iter().for_each(|item| item.pack(out));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some([T::unpack(from)?, T::unpack(from)?])
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?))
    }
}

impl<A: Pack, B: Pack, C: Pack> Pack for (A, B, C) {
    fn pack<'f>(&'f self, out: &mut Packer<'f>) {
        self.0.pack(out);
        self.1.pack(out);
        self.2.pack(out);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?, C::unpack(from)?))
    }
}
