//! How long a source is: whether a reader who looks something up in it has to be told where.

use super::Source;

/// Two pages are looked through at a glance.
const FEW_PAGES: u32 = 2;

/// Types of CSL of which a place can be given: a page, a paragraph, a time.
const PLACED: &[&str] = &["book", "report", "hearing", "legal_case", "broadcast", "interview"];

/// Words of which one stands in the `medium` of what has a running time.
const RECORDINGS: &[&str] = &[
    "audio",
    "audiotape",
    "cassette",
    "dvd",
    "film",
    "footage",
    "mp3",
    "mp4",
    "podcast",
    "radio",
    "recorded",
    "recording",
    "recordings",
    "tape",
    "tapes",
    "television",
    "tv",
    "video",
    "videotape",
];

impl Source {
    /// Whether it has more than two pages or is recorded, as far as its entry says, and is of
    /// a kind that people look something up in.
    #[must_use]
    pub fn needs_place(&self) -> bool {
        let is_placed = self.kind.as_ref().is_some_and(|kind| PLACED.contains(&kind.as_str().trim()));
        is_placed && (self.has_many_pages() || self.is_recorded())
    }

    fn has_many_pages(&self) -> bool {
        let number = self.number_of_pages.as_ref().and_then(|text| page(text.as_str()));
        // Where its number of pages is known, the pages that it stands on say no more.
        let pages = || self.pages.as_ref().and_then(|text| length(text.as_str()));
        number.or_else(pages).is_some_and(|pages| pages > FEW_PAGES)
    }

    fn is_recorded(&self) -> bool {
        let is_recording = |medium: &super::Text| {
            let medium = medium.as_str().to_lowercase();
            medium.split(|c: char| !c.is_alphanumeric()).any(|word| RECORDINGS.contains(&word))
        };
        self.medium.as_ref().is_some_and(is_recording)
            || self.dimensions.as_ref().is_some_and(|length| is_running_time(length.as_str()))
    }
}

/// A number of pages: `48`, `48 pages`, but not `xii, 48`.
fn page(text: &str) -> Option<u32> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// How many pages a range such as `12-47` or `112–18` has; of anything else nothing is known.
fn length(text: &str) -> Option<u32> {
    let (from, to) = text.trim().split_once(['-', '–', '—'])?;
    let (from, to) = (from.trim(), to.trim_start_matches(['-', '–', '—']).trim());
    let first: u32 = from.parse().ok()?;
    let last: u32 = to.parse().ok()?;
    // Of a range that is cut short, `112-18`, the missing digits are the first page's.
    let cut = 10_u32.checked_pow(u32::try_from(to.len()).ok()?)?;
    let last = if last < first { first - first % cut + last } else { last };
    last.checked_sub(first).map(|pages| pages.saturating_add(1))
}

/// `1:12:30`, `48 min`, `PT48M`: how long it runs, and not how large it is.
fn is_running_time(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let clock = text.split(':').count() > 1
        && text.split(':').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let words = ["min", "hour", "sec", "hrs"].iter().any(|word| text.contains(word));
    has_digit && (clock || words || text.starts_with("pt"))
}

#[cfg(test)]
mod tests {
    use crate::registry::read_sources_csl_yaml;

    fn needs_place(fields: &str) -> bool {
        let read = read_sources_csl_yaml(&format!("- id: a\n  {}\n", fields.replace("; ", "\n  ")));
        read.entries[0].needs_place()
    }

    #[test]
    fn more_than_two_pages_or_a_recording_need_a_place() {
        for fields in [
            "type: report; number-of-pages: 3",
            "type: book; number-of-pages: 212 pages",
            "type: report; page: 12-14",
            "type: legal_case; page: 112–18",
            "type: hearing; medium: Video recording",
            "type: interview; dimensions: '1:02:30'",
            "type: broadcast; dimensions: 48 min",
        ] {
            assert!(needs_place(fields), "{fields}");
        }
        for fields in [
            "type: report",
            "type: report; number-of-pages: 2",
            "type: report; page: 12-13",
            "type: report; page: 12",
            "type: report; page: 14-12",
            "type: report; page: A4-99",
            "type: report; page: 99999999999-2",
            "type: report; number-of-pages: xii",
            "type: interview; dimensions: 30 x 40 cm",
            "type: interview; medium: telephone",
            "type: hearing; medium: written record",
            "type: article-newspaper; number-of-pages: 40",
            "type: webpage; medium: video",
        ] {
            assert!(!needs_place(fields), "{fields}");
        }
    }
}
