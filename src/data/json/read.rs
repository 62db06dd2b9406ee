//! From tokens to a tree, going on after what is wrong where that is safe.

use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};

use crate::data::{
    Field, Keys, MAX_DEPTH, Node, Problem, Spanned, TOO_DEEP, Value, char_at, fit, nul_problem, twice,
};
use crate::text::Span;

/// Reads the one value at `span`; a list element by element.
pub(super) fn file(text: &str, span: Span, problems: &mut Vec<Problem>) -> Option<Node> {
    let start = span.start() + span.of(text).len() - span.of(text).trim_start().len();
    if !text[start..span.end()].starts_with('[') {
        return single(text, span, problems);
    }
    let borders = Borders::new(text, Span::new(start + 1, span.end()));
    let mut items = Vec::new();
    let mut before = Before::Start;
    let mut at = start + 1;
    loop {
        let rest = text[at..span.end()].trim_start();
        at = span.end() - rest.len();
        match rest.as_bytes() {
            [] => {
                problems.push(Problem::loss(char_at(text, start), "`[` is never closed"));
                break;
            }
            [b']', ..] => {
                if let Before::Comma(comma) = before {
                    problems.push(left_over(text, comma, "]"));
                }
                at += 1;
                break;
            }
            [b',', ..] => {
                if matches!(before, Before::Start | Before::Comma(_)) {
                    problems.push(Problem::loss(char_at(text, at), "a comma with nothing before it"));
                }
                before = Before::Comma(at);
                at += 1;
            }
            [b'/', b'/' | b'*', ..] => {
                let end =
                    if rest.starts_with("//") { rest.find('\n') } else { rest.find("*/").map(|end| end + 2) };
                let end = end.map_or(span.end(), |end| at + end);
                problems.push(Problem::loss(Span::new(at, end), NO_COMMENTS));
                at = end;
            }
            _ => {
                if matches!(before, Before::Element) {
                    problems.push(Problem::loss(Span::at(at), COMMA_MISSING));
                }
                let element = Span::new(at, borders.after(at).unwrap_or(span.end()));
                let mut reader = Reader::new(text, element, problems);
                match reader.element() {
                    Ok(node) => {
                        at = reader.at();
                        before = Before::Element;
                        items.extend(node);
                    }
                    Err(problem) => {
                        at = if reader.commented_out { span.end() } else { skip(text, element) };
                        before = Before::Broken;
                        problems.push(problem);
                    }
                }
            }
        }
    }
    let list = Node::new(Span::new(start, at), Value::Sequence(items));
    after(text, Span::new(at, span.end()), problems);
    Some(list)
}

/// What stands before the place that is being read in the outermost list.
enum Before {
    Start,
    Element,
    /// What cannot be read may have eaten the comma after it.
    Broken,
    Comma(usize),
}

const NO_COMMENTS: &str = "JSON has no comments";
const IN_QUOTES: &str = "text has to stand in double quotation marks";
const COMMA_MISSING: &str = "a comma is missing before this";

/// Reads the one value at `span`, all or nothing.
pub(super) fn single(text: &str, span: Span, problems: &mut Vec<Problem>) -> Option<Node> {
    let mut reader = Reader::new(text, span, problems);
    match reader.element() {
        Ok(node) => {
            let at = reader.at();
            after(text, Span::new(at, span.end()), problems);
            node
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// Says so if anything but white space is left.
fn after(text: &str, rest: Span, problems: &mut Vec<Problem>) {
    let left = rest.of(text).trim_start();
    if !left.is_empty() {
        let at = rest.end() - left.len();
        problems.push(nul_problem(text, rest).unwrap_or_else(|| {
            Problem::loss(char_at(text, at), "the data has ended before this; it is not read")
        }));
    }
}

fn left_over(text: &str, comma: usize, close: &str) -> Problem {
    Problem::loss(char_at(text, comma), format!("a comma is left over before `{close}`"))
}

/// Where elements of a list certainly begin: at lines that open a brace in the column
/// in which the first element does. Whatever is broken ends there.
struct Borders(Vec<usize>);

impl Borders {
    fn new(text: &str, inside: Span) -> Self {
        let mut column = None;
        let mut found = Vec::new();
        for line in crate::data::front_matter::lines(&text[..inside.end()], inside.start()) {
            let body = line.text.trim_start();
            let indent = line.text.len() - body.len();
            if line.start == inside.start() {
                // The first element stands beside the bracket: its column tells nothing.
                if !body.is_empty() {
                    break;
                }
            } else if body.starts_with('{') && *column.get_or_insert(indent) == indent {
                found.push(line.start + indent);
            } else if column.is_none() && !body.is_empty() {
                break;
            }
        }
        Borders(found)
    }

    /// The first border after `at`.
    fn after(&self, at: usize) -> Option<usize> {
        self.0.get(self.0.partition_point(|&border| border <= at)).copied()
    }
}

/// Where reading can go on after the broken element at `span`: the comma or bracket
/// that ends it, as far as brackets can be trusted, or the end of `span`. Quotation
/// marks reach no further than their line, as none does in JSON.
fn skip(text: &str, span: Span) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (offset, byte) in span.of(text).bytes().enumerate() {
        if quoted {
            quoted = !matches!((byte, escaped), (b'"', false) | (b'\n', _));
            escaped = byte == b'\\' && !escaped;
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'[' | b'{' => depth += 1,
            b',' | b']' if depth == 0 => return span.start() + offset,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    span.end()
}

struct Reader<'t, 'p> {
    text: &'t str,
    span: Span,
    scanner: Scanner<'t>,
    /// The token to be looked at next, which the scanner has gone past.
    token: Option<(Token<'t>, Span)>,
    problems: &'p mut Vec<Problem>,
    kept: usize,
    /// A comment goes on to the end of the text: there is nothing left to recover.
    commented_out: bool,
}

impl<'t, 'p> Reader<'t, 'p> {
    fn new(text: &'t str, span: Span, problems: &'p mut Vec<Problem>) -> Self {
        let options = ScannerOptions {
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: false,
            allow_extended_string_escapes: false,
        };
        let kept = problems.len();
        Reader {
            text,
            span,
            scanner: Scanner::new(span.of(text), &options),
            token: None,
            problems,
            kept,
            commented_out: false,
        }
    }

    /// Where the last token ended.
    fn at(&self) -> usize {
        self.span.start() + self.scanner.token_end()
    }

    /// Reads one value, if there is any. What is said of a value that cannot be read
    /// is one thing, however much else is wrong with it.
    fn element(&mut self) -> Result<Option<Node>, Problem> {
        let result = self.next().and_then(|()| match self.token {
            Some(_) => self.value(0).map(Some),
            None => Ok(None),
        });
        if result.is_err() {
            self.problems.truncate(self.kept);
        }
        result
    }

    /// Reads a value from its first token on, and leaves its last one behind.
    fn value(&mut self, depth: usize) -> Result<Node, Problem> {
        let Some((token, span)) = self.token.take() else { return Err(self.missing("a value")) };
        let value = match token {
            Token::OpenBrace | Token::OpenBracket if depth >= MAX_DEPTH => {
                return Err(Problem::loss(span, TOO_DEEP));
            }
            Token::OpenBrace => return self.object(span, depth),
            Token::OpenBracket => return self.array(span, depth),
            Token::String(value) => {
                let content = fit(self.text, span.start() + 1..span.end() - 1);
                return Ok(Node { span, content, value: Value::String(value.into_owned()) });
            }
            Token::Boolean(value) => Value::Bool(value),
            Token::Number(value) => Value::Number(value.to_owned()),
            Token::Null => Value::Null,
            Token::Word(_) => return Err(Problem::loss(span, IN_QUOTES)),
            _ => return Err(Problem::loss(span, "a value is missing here")),
        };
        Ok(Node::new(span, value))
    }

    fn array(&mut self, open: Span, depth: usize) -> Result<Node, Problem> {
        let mut items = Vec::new();
        let mut comma = None;
        loop {
            self.next()?;
            match &self.token {
                Some((Token::CloseBracket, close)) => {
                    let span = open.cover(*close);
                    self.problems.extend(comma.map(|at| left_over(self.text, at, "]")));
                    return Ok(Node::new(span, Value::Sequence(items)));
                }
                Some((Token::Comma, at)) if comma.is_none() && !items.is_empty() => comma = Some(at.start()),
                Some((Token::CloseBrace, at)) => return Err(Problem::loss(*at, "`[` is closed by `}` here")),
                Some((token, at)) => {
                    if !items.is_empty() && comma.is_none() && starts_value(token) {
                        self.problems.push(Problem::loss(Span::at(at.start()), COMMA_MISSING));
                    }
                    comma = None;
                    items.push(self.value(depth + 1)?);
                }
                None => return Err(Problem::loss(open, "`[` is never closed")),
            }
        }
    }

    fn object(&mut self, open: Span, depth: usize) -> Result<Node, Problem> {
        let (mut fields, mut keys) = (Vec::new(), Keys::default());
        let (mut comma, mut any) = (None, false);
        loop {
            self.next()?;
            match self.token.take() {
                Some((Token::CloseBrace, close)) => {
                    self.problems.extend(comma.map(|at| left_over(self.text, at, "}")));
                    return Ok(Node::new(open.cover(close), Value::Mapping(fields)));
                }
                Some((Token::Comma, at)) if comma.is_none() && any => comma = Some(at.start()),
                Some((Token::String(key), at)) => {
                    if any && comma.is_none() {
                        self.problems.push(Problem::loss(Span::at(at.start()), COMMA_MISSING));
                    }
                    (comma, any) = (None, true);
                    let content = fit(self.text, at.start() + 1..at.end() - 1);
                    let key = Spanned::new(content, key.into_owned());
                    self.next()?;
                    if !matches!(self.token, Some((Token::Colon, _))) {
                        return Err(Problem::loss(at, "a colon and a value are missing after this"));
                    }
                    self.next()?;
                    let value = self.value(depth + 1)?;
                    if keys.repeats(&fields, &key.value) {
                        self.problems.push(twice(&key));
                    } else {
                        fields.push(Field { key, value });
                    }
                }
                Some((Token::CloseBracket, at)) => {
                    return Err(Problem::loss(at, "`{` is closed by `]` here"));
                }
                Some((Token::Comma, at)) => return Err(Problem::loss(at, "a comma with nothing before it")),
                Some((_, at)) => {
                    return Err(Problem::loss(at, "a key in double quotation marks is missing here"));
                }
                None => return Err(Problem::loss(open, "`{` is never closed")),
            }
        }
    }

    /// Goes to the next token. Comments are reported and passed over.
    fn next(&mut self) -> Result<(), Problem> {
        loop {
            let found = self.scanner.scan();
            let start = self.span.start();
            let token = found.map_err(|error| {
                self.commented_out = matches!(error.kind(), ParseErrorKind::UnterminatedCommentBlock);
                explain(self.text, self.span, &error)
            })?;
            let at = fit(self.text, start + self.scanner.token_start()..start + self.scanner.token_end());
            match token {
                Some(Token::CommentLine(_) | Token::CommentBlock(_)) => {
                    self.problems.push(Problem::loss(at, NO_COMMENTS));
                }
                Some(Token::String(_))
                    if memchr::memchr3(b'\n', b'\r', 0, at.of(self.text).as_bytes()).is_some() =>
                {
                    return Err(
                        nul_problem(self.text, at).unwrap_or_else(|| never_closed(self.text, at.start()))
                    );
                }
                token => {
                    self.token = token.map(|token| (token, at));
                    return Ok(());
                }
            }
        }
    }

    fn missing(&self, what: &str) -> Problem {
        let end = self.span.start() + self.span.of(self.text).trim_end().len();
        Problem::loss(Span::at(end), format!("{what} is missing here"))
    }
}

fn starts_value(token: &Token<'_>) -> bool {
    !matches!(token, Token::Comma | Token::Colon | Token::CloseBrace | Token::CloseBracket)
}

fn never_closed(text: &str, at: usize) -> Problem {
    Problem::loss(char_at(text, at), "this quotation mark is never closed")
}

/// The scanner's errors, in plain words.
fn explain(text: &str, span: Span, error: &ParseError) -> Problem {
    use ParseErrorKind as E;
    use jsonc_parser::ParseStringErrorKind as S;
    let range = error.range();
    let at = span.start() + range.start;
    let here = char_at(text, at);
    let message = match error.kind() {
        _ if here.of(text) == "\0" => return nul_problem(text, here).expect("there is one"),
        E::String(S::UnterminatedStringLiteral) => return never_closed(text, at),
        E::String(S::InvalidUnicodeEscapeSequence(_)) => "this escape stands for half a character".to_owned(),
        E::String(_) => "a backslash begins an escape, and this is none; write `\\\\`".to_owned(),
        E::SingleQuotedStringsNotAllowed => IN_QUOTES.to_owned(),
        E::UnterminatedCommentBlock => "a comment that is never closed; JSON has no comments".to_owned(),
        E::UnexpectedToken => {
            let word = fit(text, at..span.start() + range.end);
            let message = if word.of(text).starts_with(char::is_alphanumeric) {
                IN_QUOTES.to_owned()
            } else {
                format!("`{}` has no meaning here", word.of(text).escape_debug())
            };
            return Problem::loss(word, message);
        }
        _ => "this is no number as JSON writes them; put it in double quotation marks".to_owned(),
    };
    Problem::loss(here, message)
}
