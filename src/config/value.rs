//! Values that are written as text: sizes, levels, profiles.

use crate::diagnostic::Level;
use crate::rules::Profile;

/// The largest size limit: places are counted in 32 bits.
pub(super) const LARGEST: u64 = u32::MAX as u64;

/// The bytes that a text such as `16 MiB`, `500kB` or `1048576` stands for.
pub(super) fn size(text: &str) -> Result<u64, &'static str> {
    const FORM: &str = "a size is a number of bytes, or a text such as \"16 MiB\" or \"500 kB\"";
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '_').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: f64 = number.replace('_', "").parse().map_err(|_| FORM)?;
    let factor: u32 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" | "byte" | "bytes" => 1,
        "kb" => 1_000,
        "k" | "kib" => 1 << 10,
        "mb" => 1_000_000,
        "m" | "mib" => 1 << 20,
        "gb" => 1_000_000_000,
        "g" | "gib" => 1 << 30,
        _ => return Err(FORM),
    };
    // Exact for every whole number of bytes up to 4 GiB, which is the largest allowed.
    bounded((number * f64::from(factor)).round() as u64)
}

/// A size in bytes, if one may be set.
pub(super) fn bounded(bytes: u64) -> Result<u64, &'static str> {
    match bytes {
        0 => Err("a size limit of 0 would leave every file out"),
        // "4 GiB" is what people write for the largest, one byte over it.
        _ if bytes == LARGEST + 1 => Ok(LARGEST),
        _ if bytes > LARGEST => Err("no file over 4 GiB can be read"),
        _ => Ok(bytes),
    }
}

/// A size for people: exact below 10 KiB, then in the unit that keeps it short.
#[must_use]
pub fn size_text(size: u64) -> String {
    const UNITS: [&str; 3] = ["KiB", "MiB", "GiB"];
    if size < 10 << 10 {
        return format!("{size} {}", if size == 1 { "byte" } else { "bytes" });
    }
    let mut scaled = size as f64 / 1024.0;
    let mut unit = 0;
    while scaled >= 1024.0 && unit + 1 < UNITS.len() {
        scaled /= 1024.0;
        unit += 1;
    }
    let short = format!("{scaled:.1}");
    format!("{} {}", short.strip_suffix(".0").unwrap_or(&short), UNITS[unit])
}

/// The words for a rule's level; `off` is `None`.
pub(super) const LEVELS: &[(&str, Option<Level>)] = &[
    ("error", Some(Level::Error)),
    ("warning", Some(Level::Warning)),
    ("hint", Some(Level::Hint)),
    ("off", None),
];

/// The words for the profiles.
pub(super) const PROFILES: &[(&str, Profile)] =
    &[("draft", Profile::Draft), ("standard", Profile::Standard), ("publish", Profile::Publish)];

/// The one of `known` that was most probably meant by `word`: at most a third of its
/// characters differ, or it begins with the word.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase().replace('_', "-");
    let allowed = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| {
            let distance = strsim::osa_distance(&word, candidate);
            let is_start = word.len() >= 3 && candidate.starts_with(&word);
            (if is_start { distance.min(allowed) } else { distance }, candidate)
        })
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(size("16 MiB"), Ok(16 << 20));
        assert_eq!(size("500kB"), Ok(500_000));
        assert_eq!(size("1_048_576"), Ok(1 << 20));
        assert_eq!(size(" 1.5 k "), Ok(1536));
        assert_eq!(size("4 GiB"), Ok(LARGEST));
        for bad in ["", "MiB", "16 Mo", "0", "5 GiB", "1e3", "-1", "1.2.3"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn sizes_for_people() {
        assert_eq!(size_text(1), "1 byte");
        assert_eq!(size_text(2048), "2048 bytes");
        assert_eq!(size_text(16 << 20), "16 MiB");
        assert_eq!(size_text((16 << 20) + (1 << 19)), "16.5 MiB");
        assert_eq!(size_text(4 << 30), "4 GiB");
    }

    #[test]
    fn did_you_mean() {
        let known = ["error", "warning", "hint", "off"];
        assert_eq!(nearest("warn", known), Some("warning"));
        assert_eq!(nearest("Error", known), Some("error"));
        assert_eq!(nearest("hnit", known), Some("hint"));
        assert_eq!(nearest("allow", known), None);
    }
}
