//! How names are compared.

use std::borrow::Cow;

/// What a name is compared by: NFC, full Unicode case folding, runs of white space
/// as one space and none at the ends, typographic apostrophes as `'` and the
/// hyphens of Unicode as `-`.
///
/// Borrows when the name is its own folded form already, as most ids are.
#[must_use]
pub fn fold(name: &str) -> Cow<'_, str> {
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b':' | b'\'' | b'/' | b'#');
    if name.bytes().all(plain) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.to_lowercase())
}
