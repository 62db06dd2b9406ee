//! Quotation marks of every national style, and which of them belong together.
//!
//! The same mark opens in one language and closes in another (“ in English and in
//! German, » in French and in Danish), and a straight mark does both. So marks are
//! paired by what is open already and by the side on which white space stands, never
//! by the language alone: quotations keep the marks of whoever wrote them.
//!
//! A mark without a partner is no quotation: texts of several paragraphs open each of
//! them and close the last, and inches look like quotation marks.
//!
//! Single marks (‘ ’ ') are left alone: they are apostrophes far more often.

/// A quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// First byte.
    pub(super) at: usize,
    /// One past its last byte.
    pub(super) end: usize,
    pub(super) role: Role,
    kind: Kind,
}

impl Mark {
    /// Whether it is one of the marks that quote words, not only inside of others.
    pub(super) fn is_double(self) -> bool {
        !matches!(self.kind, Kind::SingleLeft | Kind::SingleRight)
    }
}

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Opens what the mark with that number closes.
    Opens(usize),
    Closes,
    /// Has no partner.
    Stray,
}

/// Marks by their looks, as ways to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `"`
    Straight,
    /// “
    Turned,
    /// „
    Low,
    /// ”
    High,
    /// «
    Left,
    /// »
    Right,
    /// ‹
    SingleLeft,
    /// ›
    SingleRight,
    /// 「
    Corner,
    /// 『
    WhiteCorner,
}

const KINDS: usize = 10;

enum Shape {
    Of(Kind),
    /// 」 and 』 only ever close.
    CloserOf(Kind),
}

fn shape(c: char) -> Option<Shape> {
    Some(match c {
        '"' | '\u{FF02}' => Shape::Of(Kind::Straight),
        '“' => Shape::Of(Kind::Turned),
        '„' => Shape::Of(Kind::Low),
        '”' => Shape::Of(Kind::High),
        '«' => Shape::Of(Kind::Left),
        '»' => Shape::Of(Kind::Right),
        '‹' => Shape::Of(Kind::SingleLeft),
        '›' => Shape::Of(Kind::SingleRight),
        '「' => Shape::Of(Kind::Corner),
        '『' => Shape::Of(Kind::WhiteCorner),
        '」' => Shape::CloserOf(Kind::Corner),
        '』' => Shape::CloserOf(Kind::WhiteCorner),
        _ => return None,
    })
}

/// All quotation marks of a text, in order, each with what it does there.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut pairing = Pairing { text, marks: Vec::new(), open: Vec::new(), count: [0; KINDS] };
    if text.is_ascii() {
        for at in memchr::memchr_iter(b'"', text.as_bytes()) {
            pairing.add(at, at + 1, &Shape::Of(Kind::Straight));
        }
        return pairing.marks;
    }
    // The first bytes of the marks above: most characters of most scripts have others.
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if matches!(byte, b'"' | 0xC2 | 0xE2 | 0xE3 | 0xEF)
            && let Some(c) = text[at..].chars().next()
            && let Some(shape) = shape(c)
        {
            pairing.add(at, at + c.len_utf8(), &shape);
        }
    }
    pairing.marks
}

struct Pairing<'a> {
    text: &'a str,
    marks: Vec<Mark>,
    /// The numbers of the marks that opened and are not closed yet.
    open: Vec<usize>,
    /// How many of each kind are among them, so that nothing is searched for in vain
    /// and the whole stays linear.
    count: [usize; KINDS],
}

impl Pairing<'_> {
    fn add(&mut self, at: usize, end: usize, shape: &Shape) {
        let (opening, closing) = sides(self.text, at, end);
        let only_opens = opening && !closing;
        let only_closes = closing && !opening;
        let kind = match shape {
            Shape::Of(kind) | Shape::CloserOf(kind) => *kind,
        };
        let here = self.marks.len();
        self.marks.push(Mark { at, end, role: Role::Stray, kind });
        // The kinds that it may close, and whether it may open.
        let (closes, opens): (&[Kind], bool) = match shape {
            Shape::CloserOf(kind) => (std::slice::from_ref(kind), false),
            Shape::Of(Kind::Corner | Kind::WhiteCorner | Kind::Low) => (&[], true),
            Shape::Of(Kind::Straight) => (if only_opens { &[] } else { &[Kind::Straight] }, !only_closes),
            Shape::Of(Kind::Turned) => (if only_opens { &[] } else { &[Kind::Low] }, !only_closes),
            Shape::Of(Kind::High) => {
                (if only_opens { &[] } else { &[Kind::Turned, Kind::Low, Kind::High] }, only_opens)
            }
            Shape::Of(Kind::Left) => (if only_opens { &[] } else { &[Kind::Right] }, !only_closes),
            Shape::Of(Kind::Right) if only_closes => (&[Kind::Left, Kind::Right], false),
            Shape::Of(Kind::Right) => (if only_opens { &[] } else { &[Kind::Left] }, only_opens),
            Shape::Of(Kind::SingleLeft) => {
                (if only_opens { &[] } else { &[Kind::SingleRight] }, !only_closes)
            }
            Shape::Of(Kind::SingleRight) => (if only_opens { &[] } else { &[Kind::SingleLeft] }, only_opens),
        };
        if closes.iter().any(|&kind| self.count[kind as usize] > 0) {
            // What opened inside of it and never closed is stray.
            while let Some(opener) = self.open.pop() {
                let kind = self.marks[opener].kind;
                self.count[kind as usize] -= 1;
                if closes.contains(&kind) {
                    self.marks[opener].role = Role::Opens(here);
                    self.marks[here].role = Role::Closes;
                    return;
                }
            }
        } else if opens {
            self.open.push(here);
            self.count[kind as usize] += 1;
        }
    }
}

/// Whether a mark stands where one opens, and where one closes. Both hold between two
/// dashes, neither between two spaces.
fn sides(text: &str, at: usize, end: usize) -> (bool, bool) {
    let (before, after) = (text[..at].chars().next_back(), text[end..].chars().next());
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_mark = |c: char| shape(c).is_some() || matches!(c, '\'' | '‘' | '’' | '‚');
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '/');
    let opens_after = |c: char| dash(c) || is_mark(c) || matches!(c, '(' | '[' | '{' | '¿' | '¡' | '=' | '>');
    let closes_before = |c: char| {
        dash(c) || is_mark(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '…' | '<')
    };
    // French has spaces inside its marks: « Non », with a comma after that opens nothing.
    let ends_something = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}');
    let opening = before.is_none_or(|c| c.is_whitespace() || opens_after(c))
        && !after.is_none_or(|c| c.is_whitespace() || ends_something(c));
    let closing = after.is_none_or(|c| c.is_whitespace() || closes_before(c)) && !space(before);
    (opening, closing)
}
