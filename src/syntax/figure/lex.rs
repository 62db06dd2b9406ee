//! Text to words, numbers and signs.
//!
//! What separates thousands in one language separates decimals in another, so numbers
//! are told by language. What fits neither use (11.3.2026, 1.2.3) is no number.

use unicode_normalization::UnicodeNormalization;

/// A word, a number or a sign.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub(super) raw: &'a str,
    /// The word in small letters; the digits of a number, in ASCII with a decimal point.
    pub(super) lower: String,
    pub(super) kind: Kind,
    /// First byte.
    pub(super) start: usize,
    /// Whether nothing stands between it and the token before.
    pub(super) glued: bool,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.raw.len()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Symbol,
}

/// As much of the end of `before` as words that bound a number can take.
pub(super) fn tail(before: &str) -> &str {
    const LONGEST: usize = 64;
    let Some(cut) = before.len().checked_sub(LONGEST) else { return before };
    let mut cut = cut;
    while !before.is_char_boundary(cut) {
        cut += 1;
    }
    let tail = &before[cut..];
    // The first word may be half a word.
    tail.find(char::is_whitespace).map_or("", |space| &tail[space..])
}

/// The tokens of a text.
pub(super) fn tokens<'a>(text: &'a str, lang: &str) -> Vec<Token<'a>> {
    let mut tokens: Vec<Token<'a>> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let rest = &text[at..];
        let (raw, lower, kind) = if let Some((number, after)) = number(rest, lang) {
            (&rest[..rest.len() - after.len()], number.lower, Kind::Number)
        } else if c.is_alphabetic() {
            let raw = word(rest);
            (raw, raw.nfc().flat_map(char::to_lowercase).collect(), Kind::Word)
        } else {
            (&rest[..c.len_utf8()], String::new(), Kind::Symbol)
        };
        let glued = tokens.last().is_some_and(|last| last.end() == at);
        tokens.push(Token { raw, lower, kind, start: at, glued });
        at += raw.len();
    }
    tokens
}

/// The word at the start of a text: letters, marks and digits, apostrophes between
/// them. The magnitudes of Chinese and Japanese are words of their own.
fn word(text: &str) -> &str {
    let first = text.chars().next();
    if let Some(first) = first.filter(|&c| is_ideographic_magnitude(c)) {
        return &text[..first.len_utf8()];
    }
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner =
            matches!(c, '\'' | '’') && at > 0 && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let mark = matches!(c, '\u{300}'..='\u{36F}' | '\u{900}'..='\u{DFF}');
        if !(c.is_alphanumeric() || inner || mark) {
            return &text[..at];
        }
    }
    text
}

fn is_ideographic_magnitude(c: char) -> bool {
    matches!(c, '百' | '千' | '万' | '萬' | '億' | '亿' | '兆' | '만' | '억')
}

/// Whether it is the sign of a currency.
pub(super) fn is_currency(raw: &str) -> bool {
    let mut chars = raw.chars();
    let sign = |c: char| {
        matches!(
            c,
            '$' | '£' | '¥' | '¢' | '€' | '₽' | '₴' | '\u{20A0}'..='\u{20C0}' | '￥' | '＄' | '￡' | '﷼'
        )
    };
    chars.next().is_some_and(sign) && chars.next().is_none()
}

/// The value of a digit of any script.
fn digit(c: char) -> Option<u8> {
    if c.is_ascii_digit() {
        return Some(c as u8 - b'0');
    }
    // The zeros of the scripts in use; nine digits follow each.
    const ZEROS: [char; 24] = [
        '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '෦', '๐', '໐', '༠', '၀', '႐', '០', '᠐',
        '᥆', '᭐', '꩐', '０',
    ];
    if c < '٠' {
        return None;
    }
    ZEROS
        .iter()
        .find_map(|&zero| u32::from(c).checked_sub(u32::from(zero)).filter(|&value| value < 10))
        .and_then(|value| u8::try_from(value).ok())
}

fn fraction(c: char) -> Option<&'static str> {
    Some(match c {
        '½' => "5",
        '¼' => "25",
        '¾' => "75",
        '⅓' => "3333333333333333",
        '⅔' => "6666666666666667",
        '⅕' => "2",
        '⅖' => "4",
        '⅗' => "6",
        '⅘' => "8",
        '⅛' => "125",
        '⅜' => "375",
        '⅝' => "625",
        '⅞' => "875",
        _ => return None,
    })
}

/// How a language separates thousands and decimals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// 1,500.5
    Point,
    /// 1.500,5
    Comma,
    /// 1 500,5; also 1.500,5
    Space,
    /// 1’500.5 or 1’500,5
    Swiss,
}

fn style(lang: &str) -> Style {
    let mut parts = lang.split(['-', '_']);
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let region = parts.find(|part| part.len() == 2).unwrap_or_default().to_ascii_uppercase();
    match (&*primary, &*region) {
        ("de" | "fr" | "it" | "rm", "CH") | ("de", "LI") => Style::Swiss,
        // Spanish from Mexico to Panama has the point.
        ("es", "MX" | "GT" | "HN" | "NI" | "PA" | "SV" | "DO" | "PR" | "US" | "419") => Style::Point,
        (
            "de" | "es" | "it" | "nl" | "pt" | "ca" | "gl" | "eu" | "da" | "el" | "tr" | "id" | "ms" | "vi"
            | "ro" | "hr" | "sr" | "bs" | "sl" | "mk" | "sq" | "is" | "fo" | "az" | "kk" | "lb",
            _,
        ) => Style::Comma,
        (
            "fr" | "ru" | "uk" | "be" | "bg" | "pl" | "cs" | "sk" | "hu" | "fi" | "sv" | "nb" | "nn" | "no"
            | "et" | "lv" | "lt" | "ka" | "hy" | "uz",
            _,
        ) => Style::Space,
        _ => Style::Point,
    }
}

/// The number at the start of a text, and the text after it. Its `lower` is the digits
/// with a decimal point, or empty where it has the separators of no number.
pub(super) fn number<'a>(text: &'a str, lang: &str) -> Option<(Token<'a>, &'a str)> {
    let first = text.chars().next()?;
    if digit(first).is_none() && fraction(first).is_none() {
        return None;
    }
    // Runs of digits and the separators between them.
    let (mut runs, mut separators): (Vec<String>, Vec<char>) = (vec![String::new()], Vec::new());
    let mut chars = text.char_indices().peekable();
    let mut end = text.len();
    let mut part = None;
    while let Some((at, c)) = chars.next() {
        if let (Some(value), Some(run)) = (digit(c), runs.last_mut()) {
            run.push(char::from(b'0' + value));
            continue;
        }
        if let Some(decimals) = fraction(c) {
            part = Some(decimals);
            end = at + c.len_utf8();
            break;
        }
        let next = chars.peek().map(|&(_, next)| next);
        let is_separator = match c {
            '.' | ',' | '\'' | '’' | '٬' | '٫' | '،' => next.is_some_and(|next| digit(next).is_some()),
            // Spaces separate thousands only, so three digits follow and no fourth.
            ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}' => {
                (c != ' ' || style(lang) != Style::Point)
                    && runs.last().is_some_and(|run| run.len() <= 3)
                    && text[at + c.len_utf8()..].chars().take(4).take_while(|&c| digit(c).is_some()).count()
                        == 3
            }
            _ => false,
        };
        if !is_separator {
            end = at;
            break;
        }
        separators.push(c);
        runs.push(String::new());
    }
    let lower = match (join(&runs, &separators, lang), part) {
        (Some(number), Some(decimals)) if !number.contains('.') => {
            format!("{}.{decimals}", if number.is_empty() { "0" } else { &number })
        }
        (_, Some(_)) | (None, _) => String::new(),
        (Some(number), None) => number,
    };
    Some((Token { raw: &text[..end], lower, kind: Kind::Number, start: 0, glued: false }, &text[end..]))
}

/// The digits as one number with a decimal point, if the separators make sense.
fn join(runs: &[String], separators: &[char], lang: &str) -> Option<String> {
    let style = style(lang);
    let groups = |separator: char| match separator {
        ',' => style == Style::Point,
        '.' => matches!(style, Style::Comma | Style::Space),
        '٫' => false,
        _ => true,
    };
    let grouped = |runs: &[String]| {
        let (first, last) = (runs.first().map_or(0, String::len), runs.last().map_or(0, String::len));
        let inner = runs.get(1..runs.len().saturating_sub(1)).unwrap_or_default();
        let inner_length = inner.first().map_or(3, String::len);
        // In threes, or as in India: 12,34,567.
        (1..=3).contains(&first)
            && last == 3
            && (2..=3).contains(&inner_length)
            && inner.iter().all(|run| run.len() == inner_length)
    };
    let alike = |separators: &[char]| separators.windows(2).all(|pair| pair[0] == pair[1]);
    let (Some(&last), Some((decimals, whole))) = (separators.last(), runs.split_last()) else {
        return runs.first().cloned();
    };
    if groups(last) && alike(separators) && grouped(runs) {
        return Some(runs.concat());
    }
    let before = separators.get(..separators.len() - 1).unwrap_or_default();
    let is_decimal = matches!(last, '.' | ',' | '٫');
    // A lone separator that cannot be one of thousands is one of decimals, whatever the
    // language: 1,5 in English, 1.5 in German. Three digits after it were thousands.
    let is_foreign = groups(last) && separators.len() > 1;
    let whole_is_right = before.is_empty()
        || before.iter().all(|&c| c != last && groups(c)) && alike(before) && grouped(whole);
    (is_decimal && !is_foreign && whole_is_right).then(|| format!("{}.{decimals}", whole.concat()))
}

/// The value of a number, times ten to the power of `magnitude`; none where it is no
/// number, or none that has an end.
pub(super) fn value(number: &Token, magnitude: i32) -> Option<f64> {
    if number.lower.is_empty() {
        return None;
    }
    // Read as one decimal: 2.3 times a million is not 2,300,000 in binary.
    format!("{}e{magnitude}", number.lower).parse().ok().filter(|value: &f64| value.is_finite())
}

/// `value` times ten to the power of `magnitude`, exactly as if it were written so.
pub(super) fn scaled(value: f64, magnitude: i32) -> Option<f64> {
    format!("{value}e{magnitude}").parse().ok().filter(|value: &f64| value.is_finite())
}
