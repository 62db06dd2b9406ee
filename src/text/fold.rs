//! How names are compared.
//!
//! Called for every name of a corpus, so names that are folded already, and names in
//! plain ASCII, never meet the tables of Unicode.

use std::borrow::Cow;

use caseless::Caseless;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// What a name is compared by: NFC, full Unicode case folding, runs of white space
/// as one space and none at the ends, typographic apostrophes as `'` and the
/// hyphens of Unicode as `-`.
///
/// Folding twice changes nothing. Borrows when the name is its own folded form
/// already, as most ids are.
#[must_use]
pub fn fold(name: &str) -> Cow<'_, str> {
    let mut after_space = true;
    for byte in name.bytes() {
        let space = byte == b' ';
        if !is_folded(byte) || space && after_space {
            return fold_what_is_not(name);
        }
        after_space = space;
    }
    // The space at the end, if there is one, is the only thing left to go.
    let end = if after_space { name.len().saturating_sub(1) } else { name.len() };
    Cow::Borrowed(&name[..end])
}

/// Whether an ASCII byte stays as it is, next to neighbours that do.
fn is_folded(byte: u8) -> bool {
    byte < 0x80 && !byte.is_ascii_uppercase() && !matches!(byte, b'\t'..=b'\r' | b'`')
}

/// Folds a name that is not folded ASCII: by the shortest way that is right for it.
fn fold_what_is_not(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        if is_tidy(name.as_bytes()) {
            return Cow::Owned(name.to_ascii_lowercase());
        }
        let mut folded = Folded::with_capacity(name.len());
        name.chars().for_each(|c| folded.push(c.to_ascii_lowercase()));
        return Cow::Owned(folded.text);
    }
    // Folding before the parts of a letter are put in order goes wrong for one mark
    // only, the Greek iota below, and the letters that hold it (Unicode 16, 3.13).
    let iota_below = |c: char| matches!(c, '\u{345}' | '\u{1F80}'..='\u{1FFF}');
    if is_nfc_quick(name.chars()) == IsNormalized::Yes && !name.contains(iota_below) {
        let mut folded = Folded::with_capacity(name.len());
        for c in name.chars() {
            if c.is_ascii() {
                folded.push(c.to_ascii_lowercase());
            } else {
                std::iter::once(c).default_case_fold().for_each(|c| folded.push(c));
            }
        }
        if is_nfc_quick(folded.text.chars()) == IsNormalized::Yes {
            return if folded.text == name { Cow::Borrowed(name) } else { Cow::Owned(folded.text) };
        }
    }
    Cow::Owned(fold_thoroughly(name))
}

/// Whether an ASCII name needs nothing but small letters.
fn is_tidy(name: &[u8]) -> bool {
    let ends = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_graphic());
    ends(name.first())
        && ends(name.last())
        && !name.iter().any(|byte| matches!(byte, b'\t'..=b'\r' | b'`'))
        && !name.windows(2).any(|pair| pair == b"  ")
}

/// Folds any name, the long way.
fn fold_thoroughly(name: &str) -> String {
    let mut folded = Folded::with_capacity(name.len());
    name.nfd().default_case_fold().for_each(|c| folded.push(c));
    folded.text.nfc().collect()
}

/// A text in which white space is collapsed and marks are made plain as it grows.
struct Folded {
    text: String,
    /// White space came, and is written when something follows it.
    space: bool,
}

impl Folded {
    fn with_capacity(bytes: usize) -> Folded {
        Folded { text: String::with_capacity(bytes), space: false }
    }

    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.space = true;
            return;
        }
        if self.space && !self.text.is_empty() {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push(plain(c));
    }
}

/// The ASCII mark that a typographic one stands for.
fn plain(c: char) -> char {
    match c {
        // Quotation marks and primes used as apostrophes, letters that look like one
        // (the okina, the apostrophe of Breton and Ukrainian), and both accents that
        // keyboards offer in its place: O’Brien, Qur’ān, Hawaiʻi, Kiʼev, O´Neill.
        '\u{2018}'
        | '\u{2019}'
        | '\u{201B}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{2B9}'
        | '\u{2BB}'..='\u{2BD}'
        | '\u{2C8}'
        | '\u{B4}'
        | '`'
        | '\u{55A}'
        | '\u{5F3}'
        | '\u{A78C}'
        | '\u{FF07}' => '\'',
        // Hyphens and the dashes up to the en dash, minus, the hyphens of Armenian and
        // Hebrew. Not the em dash: it parts sentences, not names.
        '\u{2010}'..='\u{2013}'
        | '\u{2212}'
        | '\u{58A}'
        | '\u{5BE}'
        | '\u{2E17}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF0D}' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::is_nfc;

    use super::*;

    #[test]
    fn folds_what_is_the_same_name() {
        for (name, folded) in [
            ("Northland", "northland"),
            ("  Old \t Harbour\n", "old harbour"),
            ("kasra\u{a0}\u{2009}valley\u{3000}", "kasra valley"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("ẞ", "ss"),
            ("ΌΔΥΣΣΕΎΣ", "όδυσσεύσ"),
            ("Ὀδυσσεύς", "ὀδυσσεύσ"),
            ("O’Brien", "o'brien"),
            ("O`Brien", "o'brien"),
            ("OʼBrien", "o'brien"),
            ("O´Brien", "o'brien"),
            ("ŉ", "'n"),
            ("Saint‑Denis", "saint-denis"),
            ("Ann−Kathrin–Meier", "ann-kathrin-meier"),
            ("Petrov — the elder", "petrov — the elder"),
            ("Ame\u{301}lie", "amélie"),
            ("AMÉLIE", "amélie"),
            ("İstanbul", "i\u{307}stanbul"),
            ("ꭰꮃꭹ", "ᎠᎳᎩ"),
            ("ﬁnance", "finance"),
            ("\u{1f80}", "ἀι"),
            ("α\u{345}\u{301}", "άι"),
            ("東京", "東京"),
            ("محمد", "محمد"),
            ("", ""),
            ("\u{a0}", ""),
            (" ", ""),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
    }

    #[test]
    fn borrows_what_is_folded() {
        for name in
            ["", "northland-mfa", "o'brien", "old harbour", "wire:0311.2", "grösse", "東京", "trailing "]
        {
            assert!(matches!(fold(name), Cow::Borrowed(_)), "{name}");
        }
    }

    fn names() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[ -~]{0,20}",
            "[\u{300}-\u{370}\u{1F00}-\u{1FFF}a-cA-C]{0,8}",
            "[\u{80}-\u{24F}\u{2000}-\u{2040} ']{0,12}",
            "[ḀṨſẛßİıŉΐΰ\u{323}\u{307}\u{301}\u{345}가각]{0,10}",
        ]
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(name in names()) {
            let once = fold(&name);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(is_nfc(&once));
        }

        #[test]
        fn the_short_ways_come_to_the_same(name in names()) {
            prop_assert_eq!(fold(&name), fold_thoroughly(&name));
        }

        #[test]
        fn normal_forms_do_not_matter(name in names()) {
            let apart = name.nfd().collect::<String>();
            prop_assert_eq!(fold(&apart), fold(&name));
        }

        // The scripts of Europe only: the standard library may know letters of a later
        // Unicode than the table of foldings does.
        #[test]
        fn case_does_not_matter(name in "[ -~\u{A1}-\u{586}\u{1E00}-\u{1FFF}]{0,20}") {
            let upper = name.to_uppercase();
            let lower = upper.to_lowercase();
            prop_assert_eq!(fold(&lower), fold(&upper));
        }

        #[test]
        fn white_space_is_single_and_inside(name in names()) {
            let folded = fold(&name);
            prop_assert_eq!(folded.trim(), &*folded);
            prop_assert!(!folded.contains("  "));
        }
    }
}
