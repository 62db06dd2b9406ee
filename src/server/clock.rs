//! What day it is where the editor runs.

/// Today, as EDTF has a day: `2026-03-11`.
pub(super) fn today() -> String {
    jiff::Zoned::now().date().to_string()
}
