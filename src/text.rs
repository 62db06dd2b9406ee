//! Places in a text: byte spans, and the line and column of a byte.
//!
//! Everything inside newsmark counts in bytes. Lines and columns are worked out
//! once, here, where a place leaves the text that it belongs to; no other module
//! counts characters.

mod alignment;
mod edited;
mod excerpt;
mod fold;
mod language;
mod line_index;
mod mask;
mod names;
mod paths;
mod search;
mod span;
mod suggest;
mod wording;

pub use alignment::{MOST_ALIGNED, Step, align, marked, same};
pub use edited::edited;
pub use excerpt::excerpt;
pub use fold::fold;
pub use language::{for_language, primary_language};
pub use line_index::{LineIndex, Place, Position};
pub use mask::masked;
pub use names::{NamePair, full_name, given_and_family, name_pairs, whole_name};
pub use paths::{relative_path, stem, without_ending};
pub use search::{NameList, Quality, Typed};
pub use span::Span;
pub use suggest::{Shortlist, one_edit_away, suggest};
pub(crate) use wording::hash;
pub use wording::{MOST_SHINGLES, SHINGLE, Wording, is_unseen};
