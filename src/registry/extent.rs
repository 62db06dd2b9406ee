//! How long a source is: whether a reader who looks something up in it has to be told where.

use super::Source;

/// Two pages are looked through at a glance.
const FEW_PAGES: u32 = 2;

/// A minute is listened to as a whole.
const FEW_SECONDS: u32 = 60;

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
        let length = self.dimensions.as_ref().and_then(|length| seconds(length.as_str()));
        if length.is_some_and(|seconds| seconds <= FEW_SECONDS) {
            return false;
        }
        let is_recording = |medium: &super::Text| {
            let medium = medium.as_str().to_lowercase();
            medium.split(|c: char| !c.is_alphanumeric()).any(|word| RECORDINGS.contains(&word))
        };
        self.medium.as_ref().is_some_and(is_recording)
            || self.dimensions.as_ref().is_some_and(|length| is_running_time(length.as_str()))
    }
}

/// A number of pages: `48`, `48 pages`, `iv, 220 p.`, `[4], 220p`. Of several the greatest, which
/// the preliminaries never are.
fn page(text: &str) -> Option<u32> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let numbers = parts.filter_map(|part| {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let is_pages = matches!(&part[end..], "" | "p" | "pp" | "pages" | "S");
        is_pages.then(|| part[..end].parse().ok())?
    });
    numbers.max()
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

/// How many seconds `0:20`, `1:02:30`, `20 sec`, `1 min 5 s` or `PT1M5S` are; none where it is
/// written otherwise, or is no running time.
fn seconds(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    if text.contains(':') {
        let parts = text.split(':').map(|part| part.parse::<u32>().ok());
        return parts.into_iter().try_fold(0_u32, |sum, part| sum.checked_mul(60)?.checked_add(part?));
    }
    let mut rest = text.strip_prefix("pt").unwrap_or(&text);
    let mut total = 0_u32;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u32 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start_matches([' ', '-', '\u{a0}']);
        let word = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit = match &rest[..word] {
            "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunden" => 1,
            "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => 60,
            "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => 3600,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(unit)?)?;
        rest = rest[word..].trim_start_matches([' ', '.', ',', '\u{a0}']);
    }
    (total > 0).then_some(total)
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
            "type: book; number-of-pages: 'iv, 220 p.'",
            "type: book; number-of-pages: 'xii, 48'",
            "type: book; number-of-pages: '[4], 220p'",
            "type: report; page: 12-14",
            "type: legal_case; page: 112–18",
            "type: hearing; medium: Video recording",
            "type: interview; dimensions: '1:02:30'",
            "type: broadcast; dimensions: 48 min",
            "type: broadcast; dimensions: PT1M5S",
            "type: broadcast; medium: video; dimensions: '1:05'",
            "type: broadcast; medium: video; dimensions: 1080p",
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
            "type: broadcast; medium: video; dimensions: '0:20'",
            "type: broadcast; medium: video; dimensions: '00:00:20'",
            "type: broadcast; medium: video; dimensions: 20 sec.",
            "type: broadcast; medium: video; dimensions: PT20S",
            "type: broadcast; dimensions: 1 min",
            "type: book; number-of-pages: 'iv, 2 p.'",
            "type: interview; medium: telephone",
            "type: hearing; medium: written record",
            "type: article-newspaper; number-of-pages: 40",
            "type: webpage; medium: video",
        ] {
            assert!(!needs_place(fields), "{fields}");
        }
    }
}
