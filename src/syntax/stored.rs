//! The stored text of a source, as quotations are looked for in it.
//!
//! Plain text, Markdown or HTML comes down to words. Each place at which a word begins is
//! listed by a hash of the letters that follow, so that however many quotations are looked
//! for in however long a text, the text is read through once.

mod footnotes;
mod html;
mod passage;

use std::sync::OnceLock;

use crate::text::{LineIndex, Place, Span, Wording, hash};

pub use passage::Passage;

/// By how many letters (in bytes) places are listed: one or two words, which few places of a
/// text share.
const KEY: usize = 8;

/// How many letters are compared at most in the search for one piece. What takes longer is a
/// text that says the same over and over, and is taken to hold it.
const MOST_COMPARED: usize = 64 << 20;

/// A stored text.
#[derive(Debug)]
pub struct StoredText {
    /// What a reader sees of it. The marks of footnotes are characters that nobody sees, as many
    /// bytes as they had.
    text: String,
    wording: Wording,
    /// Hashes in the upper half, with the words that begin there in the lower, in order.
    places: Vec<u64>,
    /// Whether `text` is the file as it stands, so that its places are those of the file.
    is_whole: bool,
    /// The lines of `text`, for places in it: made when first asked for.
    lines: OnceLock<LineIndex>,
}

impl StoredText {
    /// Reads the text of the file at `path`, whose ending says what it is written in.
    #[must_use]
    pub fn new(path: &str, raw: String) -> Self {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let (text, is_whole) = match ending.as_str() {
            "md" | "markdown" | "newsmark" => (super::parse(&raw).plain.text, false),
            "html" | "htm" | "xhtml" => (html::text(&raw), false),
            _ if html::is_html(&raw) => (html::text(&raw), false),
            _ => (raw, true),
        };
        let text = footnotes::hidden(text);
        let wording = Wording::new(&text);
        let mut places: Vec<u64> = (0..wording.len())
            .filter_map(|word| Some(u64::from(key(&wording, word)?) << 32 | word as u64))
            .collect();
        places.sort_unstable();
        StoredText { text, wording, places, is_whole, lines: OnceLock::new() }
    }

    /// Whether these pieces stand in it, one after the other, each of whole words.
    #[must_use]
    pub fn holds(&self, pieces: &[Wording]) -> bool {
        self.first_missing(pieces).is_none()
    }

    /// The first of the pieces that does not follow those before it.
    #[must_use]
    pub fn first_missing(&self, pieces: &[Wording]) -> Option<usize> {
        let mut from = 0;
        pieces.iter().position(|piece| match self.find(piece.letters(), from) {
            Found::At { end } => {
                from = end;
                false
            }
            Found::Nowhere => true,
            Found::Unknown => false,
        })
    }

    /// Looks for letters in the words from that one on.
    fn find(&self, letters: &str, from: usize) -> Found {
        if letters.is_empty() {
            return Found::At { end: from };
        }
        match first_key(letters.as_bytes()) {
            Some(key) => self.find_listed(letters, key, from),
            None => self.find_short(letters, from),
        }
    }

    fn find_listed(&self, letters: &str, key: u32, from: usize) -> Found {
        let own = self.listed(key);
        let own = &own[own.partition_point(|place| word_of(*place) < from)..];
        let mut left = MOST_COMPARED / letters.len();
        for place in own {
            let start = self.wording.start_of(word_of(*place));
            if self.wording.letters()[start..].starts_with(letters)
                && let Some(end) = self.wording.word_at(start + letters.len())
            {
                return Found::At { end };
            }
            left = left.saturating_sub(1);
            if left == 0 {
                return Found::Unknown;
            }
        }
        Found::Nowhere
    }

    /// A few letters are looked for one place after the other.
    fn find_short(&self, letters: &str, from: usize) -> Found {
        let all = self.wording.letters().as_bytes();
        let start = self.wording.start_of(from);
        for (tried, at) in memchr::memmem::find_iter(&all[start..], letters.as_bytes()).enumerate() {
            let at = start + at;
            if let (Some(_), Some(end)) = (self.wording.word_at(at), self.wording.word_at(at + letters.len()))
            {
                return Found::At { end };
            }
            if tried > MOST_COMPARED / 1024 {
                return Found::Unknown;
            }
        }
        Found::Nowhere
    }

    /// The places listed under a key.
    fn listed(&self, key: u32) -> &[u64] {
        let from = self.places.partition_point(|place| place >> 32 < u64::from(key));
        let to = self.places[from..].partition_point(|place| place >> 32 == u64::from(key));
        &self.places[from..from + to]
    }

    /// The place in the file of some words, where it is plain text.
    #[must_use]
    pub fn place(&self, passage: &Passage) -> Option<Place> {
        let span = Span::new(
            self.wording.span(passage.words.start).start(),
            self.wording.span(passage.words.end.checked_sub(1)?).end(),
        );
        let lines = self.is_whole.then(|| self.lines.get_or_init(|| LineIndex::new(&self.text)))?;
        Some(lines.place(&self.text, span))
    }
}

/// What came of a search.
enum Found {
    /// It is there, and ends before that word.
    At {
        end: usize,
    },
    Nowhere,
    /// The search took too long.
    Unknown,
}

fn word_of(place: u64) -> usize {
    (place & u64::from(u32::MAX)) as usize
}

/// What a place at which a word begins is listed by.
fn key(wording: &Wording, word: usize) -> Option<u32> {
    first_key(&wording.letters().as_bytes()[wording.start_of(word)..])
}

fn first_key(letters: &[u8]) -> Option<u32> {
    letters.get(..KEY).map(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(texts: &[&str]) -> Vec<Wording> {
        texts.iter().map(|text| Wording::new(text)).collect()
    }

    #[test]
    fn finds_whole_words_in_order() {
        let text = "The zone exists to keep militias out. We will not go there, on any day.";
        let stored = StoredText::new("a.txt", text.to_owned());
        for held in [
            &["the zone exists"][..],
            &["We", "go there", "any day"],
            &["we will NOT go there on any day"],
            &["on", "any"],
            &[],
            &[""],
        ] {
            assert!(stored.holds(&pieces(held)), "{held:?}");
        }
        for (missing, at) in [
            (&["the zone exist"][..], 0),
            (&["he zone exists"], 0),
            (&["any day", "we will not"], 1),
            (&["g"], 0),
            (&["on any day and more"], 0),
        ] {
            assert_eq!(stored.first_missing(&pieces(missing)), Some(at), "{missing:?}");
        }
    }

    #[test]
    fn reads_what_files_are_written_in() {
        let page = "<p>We will <b>not</b> go &mdash; ever.</p><script>let no = 1</script>";
        let stored = StoredText::new("a.html", page.to_owned());
        assert!(stored.holds(&pieces(&["we will not go ever"])));
        assert!(!stored.holds(&pieces(&["let no"])));
        let stored = StoredText::new("page", format!("<!DOCTYPE html>{page}"));
        assert!(stored.holds(&pieces(&["we will not go ever"])));
        let stored = StoredText::new("a.md", "We *will* [not](x.md)\n> go, ever.\n".to_owned());
        assert!(stored.holds(&pieces(&["we will not"])));
    }

    #[test]
    fn marks_of_footnotes_are_no_words() {
        let text = "The army[1] said it saw¹ nobody.[^2] It[a] was \u{201C}late\u{201D}[12] by then.² It is 5 km² wide[sic].";
        let stored = StoredText::new("a.txt", text.to_owned());
        for held in ["the army said it saw nobody it was late by then it is", "5 km² wide sic"] {
            assert!(stored.holds(&pieces(&[held])), "{held}");
        }
        let words = "the army said it had seen nobody";
        let nearest = stored.nearest(&Wording::new(words), words).expect("it is near");
        assert_eq!(nearest.text, "The army said it saw nobody");
        let place = stored.place(&nearest).expect("it is plain text");
        assert_eq!((place.start.offset, place.end.offset), (0, 32));
        let page =
            "<p>The army<sup>1</sup> said<sup><a href=\"#n2\">[2]</a></sup> it is 5 km<sup>2</sup> wide.</p>";
        let stored = StoredText::new("a.html", page.to_owned());
        assert!(stored.holds(&pieces(&["the army said it is 5 km2 wide"])));
    }

    #[test]
    fn a_text_that_repeats_itself_ends_the_search() {
        let stored = StoredText::new("a.txt", "no ".repeat(200_000));
        assert!(stored.holds(&pieces(&["no no no no"])));
        let long = format!("{} yes", "no ".repeat(20_000));
        let _ = stored.holds(&pieces(&[&long]));
        let stored = StoredText::new("a.txt", "ab".repeat(50_000));
        assert!(!stored.holds(&pieces(&["b"])));
    }
}
