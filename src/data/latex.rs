//! The text that a piece of LaTeX stands for, as far as bibliographies use it.
//!
//! Never fails: what is not known loses its backslash and braces, and keeps its text.

use std::borrow::Cow;

use unicode_normalization::char::compose;

/// Accents to Unicode, braces away, white space to single spaces.
pub(super) fn to_text(tex: &str) -> Cow<'_, str> {
    let trimmed = tex.trim();
    if is_plain(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    let mut writer = Writer { out: String::with_capacity(tex.len()), accent: None };
    // An odd one is money, not mathematics.
    let math = trimmed.matches('$').count() - trimmed.matches("\\$").count();
    let mut chars = trimmed.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' => {}
            // An accent over nothing.
            '}' => writer.accent = None,
            '$' if math.is_multiple_of(2) => {}
            '~' => writer.space(),
            '-' if chars.next_if_eq(&'-').is_some() => {
                writer.push(if chars.next_if_eq(&'-').is_some() { '—' } else { '–' });
            }
            '`' if chars.next_if_eq(&'`').is_some() => writer.push('“'),
            '\'' if chars.next_if_eq(&'\'').is_some() => writer.push('”'),
            '\\' => command(&mut chars, &mut writer),
            c if c.is_whitespace() => writer.space(),
            c => writer.push(c),
        }
    }
    let end = writer.out.trim_end().len();
    writer.out.truncate(end);
    Cow::Owned(writer.out)
}

/// An address or path: nothing but escaped punctuation is changed.
pub(super) fn to_address(tex: &str) -> Cow<'_, str> {
    let trimmed = tex.trim();
    if !trimmed.contains(['\\', '{', '}']) {
        return Cow::Borrowed(trimmed);
    }
    let mut out = String::with_capacity(trimmed.len());
    let mut chars = trimmed.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(chars.next_if(|next| next.is_ascii_punctuation()).unwrap_or('\\')),
            '{' | '}' => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a text stands for itself.
fn is_plain(tex: &str) -> bool {
    !tex.contains(['\\', '{', '}', '$', '~', '\n', '\r', '\t'])
        && !["--", "``", "''", "  "].iter().any(|pair| tex.contains(pair))
}

struct Writer {
    out: String,
    /// A combining mark that waits for its letter.
    accent: Option<char>,
}

impl Writer {
    fn push(&mut self, c: char) {
        let Some(mark) = self.accent.take() else {
            self.out.push(c);
            return;
        };
        // TeX takes the dot off before it puts an accent on.
        let base = match c {
            'ı' => 'i',
            'ȷ' => 'j',
            c => c,
        };
        match compose(base, mark) {
            Some(composed) => self.out.push(composed),
            None => self.out.extend([base, mark]),
        }
    }

    fn space(&mut self) {
        if self.accent.is_none() && !self.out.is_empty() && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
    }
}

/// What comes after a backslash.
fn command(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, writer: &mut Writer) {
    let Some(first) = chars.next() else { return };
    if let Some(mark) = accent(first).filter(|_| !first.is_ascii_alphabetic()) {
        writer.accent = Some(mark);
        return;
    }
    match first {
        '-' | '/' | '!' => return,
        '\\' | ',' | ';' | ':' | ' ' => return writer.space(),
        first if !first.is_ascii_alphabetic() => return writer.push(first),
        _ => {}
    }
    let mut name = String::from(first);
    while let Some(letter) = chars.next_if(char::is_ascii_alphabetic) {
        name.push(letter);
    }
    while chars.next_if(|c| c.is_whitespace()).is_some() {}
    match accent(first).filter(|_| name.len() == 1) {
        Some(mark) => writer.accent = Some(mark),
        None => {
            if let Ok(at) = SYMBOLS.binary_search_by_key(&name.as_str(), |&(name, _)| name) {
                SYMBOLS[at].1.chars().for_each(|c| writer.push(c));
            }
        }
    }
}

/// The combining mark of an accent command.
fn accent(name: char) -> Option<char> {
    Some(match name {
        '`' => '\u{300}',
        '\'' | '´' => '\u{301}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        'u' => '\u{306}',
        '.' => '\u{307}',
        '"' => '\u{308}',
        'r' => '\u{30A}',
        'H' => '\u{30B}',
        'v' => '\u{30C}',
        'd' => '\u{323}',
        'c' => '\u{327}',
        'k' => '\u{328}',
        'b' => '\u{331}',
        _ => return None,
    })
}

/// Commands that stand for a character, in the order of their bytes.
const SYMBOLS: &[(&str, &str)] = &[
    ("AA", "Å"),
    ("AE", "Æ"),
    ("DH", "Ð"),
    ("DJ", "Đ"),
    ("L", "Ł"),
    ("LaTeX", "LaTeX"),
    ("NG", "Ŋ"),
    ("O", "Ø"),
    ("OE", "Œ"),
    ("P", "¶"),
    ("S", "§"),
    ("SS", "ẞ"),
    ("TH", "Þ"),
    ("TeX", "TeX"),
    ("aa", "å"),
    ("ae", "æ"),
    ("copyright", "©"),
    ("dh", "ð"),
    ("dj", "đ"),
    ("dots", "…"),
    ("euro", "€"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("i", "ı"),
    ("j", "ȷ"),
    ("l", "ł"),
    ("ldots", "…"),
    ("ng", "ŋ"),
    ("o", "ø"),
    ("oe", "œ"),
    ("pounds", "£"),
    ("quotedblbase", "„"),
    ("quotesinglbase", "‚"),
    ("ss", "ß"),
    ("textasciicircum", "^"),
    ("textasciigrave", "`"),
    ("textasciitilde", "~"),
    ("textbackslash", "\\"),
    ("textbar", "|"),
    ("textbraceleft", "{"),
    ("textbraceright", "}"),
    ("textbullet", "•"),
    ("textcopyright", "©"),
    ("textdegree", "°"),
    ("textdollar", "$"),
    ("textellipsis", "…"),
    ("textemdash", "—"),
    ("textendash", "–"),
    ("texteuro", "€"),
    ("textexclamdown", "¡"),
    ("textgreater", ">"),
    ("textless", "<"),
    ("textonehalf", "½"),
    ("textquestiondown", "¿"),
    ("textquotedbl", "\""),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotesingle", "'"),
    ("textregistered", "®"),
    ("textsection", "§"),
    ("textsterling", "£"),
    ("texttrademark", "™"),
    ("textunderscore", "_"),
    ("th", "þ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_symbols_are_in_order() {
        assert!(SYMBOLS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn latex_becomes_text() {
        for (tex, text) in [
            ("plain", "plain"),
            ("  two\n   lines ", "two lines"),
            (r#"Erd\H{o}s, M\"{u}ller and {\'E}variste"#, "Erdős, Müller and Évariste"),
            (r"\'{\i}, \v{c}, \c c, \k{a}, {\L}ukasz {\ss} \o re \aa", "í, č, ç, ą, Łukasz ß øre å"),
            (r#"{N{\'u}{\~n}ez} \^{} \"u"#, "Núñez ü"),
            (r#"{\"{U}}xheim"#, "Üxheim"),
            (r"Tom \& Jerry: 5\% of \$3 \_ \#1", "Tom & Jerry: 5% of $3 _ #1"),
            ("1--2 and a---b", "1–2 and a—b"),
            ("``No'', said O'Hara", "“No”, said O'Hara"),
            ("a~b", "a b"),
            (r"{The {BBC}} \emph{said} \textbf{so}", "The BBC said so"),
            (r"\textquoteright s \textendash{} x", "’s – x"),
            ("costs $5 million", "costs $5 million"),
            ("$x$ and $y$", "x and y"),
            ("\\", ""),
            ("{{{", ""),
            ("\\'", ""),
            ("é", "é"),
        ] {
            assert_eq!(to_text(tex), text, "{tex:?}");
        }
        assert_eq!(to_address(r"https://x.org/a\_b~c--d\%20{e}"), "https://x.org/a_b~c--d%20e");
    }
}
