//! From texts to diagnostics: the one path that both edges take.
//!
//! [`read()`] boils one file down, on its own; [`file()`] judges it in the corpus. Neither
//! panics for good: what fails on one file costs that file an `internal-error`.

mod guard;
mod judge;
mod names;
mod read;
mod reread;

pub use judge::{InCorpus, alone, file};
pub use names::unknown_names;
pub use read::{FileRole, read};
pub use reread::reread;
