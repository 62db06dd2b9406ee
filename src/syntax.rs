//! One article: from text to a tree of annotations, citations and mentions, and
//! the problems of its markup. Pure and total: whatever the text holds, a parse
//! ends, in time linear in its length, and says what it could not read.
//!
//! Blocks and ordinary inline Markdown come from `pulldown-cmark`; the forms that
//! newsmark gives meaning to are read by a pass of our own over the source's bytes.

mod attributes;
pub mod attribution;
mod belongs;
mod blocks;
mod check;
mod checks;
mod citation;
pub mod conversion;
pub mod event_date;
mod fences;
pub mod figure;
pub mod front_matter;
mod ground;
mod heading;
pub mod headline;
mod inline;
pub mod longer_name;
mod masks;
mod numbers;
mod plain;
mod quoted;
mod quoted_names;
pub mod sentence;
mod stored;
mod suppression;
pub mod terms;
pub mod titles;
mod tree;
pub mod vocabulary;
pub mod weasel;
pub mod weekday;

pub use attributes::attribute_value;
pub use belongs::{Belonging, Belongings, CitePoint, Nearby, belongings};
pub use check::CheckHashes;
pub(crate) use checks::confusing;
pub use ground::{Ground, RunningText, ground};
pub use heading::{pandoc_id, web_id};
pub use numbers::{NumberChange, number_change};
pub use quoted::{in_its_place, is_cut, quoted_stretches, wordings};
pub use quoted_names::is_quoted_name;
pub use stored::{Passage, StoredText};
pub use tree::{
    Annotation, Article, Attribute, AttributeKind, Attributes, Block, BlockKind, Carrier, Citation,
    CitedItem, Footnote, Heading, Link, LinkDefinition, LinkTarget, Mention, Plain, Problem, ProblemFix,
    ProblemKind, Run, Suppression, SuppressionScope,
};

use crate::text::Span;

/// Reads an article.
///
/// The front matter, where there is one, is left to [`crate::data`]; its place is
/// in [`Article::front_matter`], and nothing inside it is read as markup.
#[must_use]
pub fn parse(text: &str) -> Article {
    let front_matter = crate::data::front_matter(text);
    let body = front_matter.as_ref().map_or_else(
        || if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
        |block| block.span.end(),
    );
    let mut article = masks::parse_body(text, Span::new(body, text.len()));
    article.front_matter = front_matter;
    article
}
