//! How a name is written where another stands.

use std::borrow::Cow;

use super::references::Role;
use crate::data::Format;
use crate::syntax;
use crate::text::Span;

/// A name as it is meant where a backslash stands before a sign.
pub(super) fn plain(written: &str) -> Cow<'_, str> {
    match written.contains('\\') {
        true => written.replace('\\', "").into(),
        false => written.into(),
    }
}

/// `new` as it has to be written in the place of `span` in the file of that path: in the
/// quotation marks that stand around it, or in some where it needs them.
pub(super) fn rewritten(path: &str, text: &str, span: Span, role: Role, new: &str) -> String {
    let before = text[..span.start()].chars().next_back();
    let after = text[span.end()..].chars().next();
    match role {
        Role::Mention | Role::Citation | Role::Relation | Role::Link => new.to_owned(),
        Role::Attribute => {
            // Between the first and the last quotation mark a list may stand.
            let is_bare = before == Some('=') || after.is_none_or(|after| after == '}');
            let is_bare = is_bare || before == Some('@') && bare_before(text, span);
            // The sign after the last `=` is the quotation mark that ends the value as well.
            let mark = text[..span.start()].rsplit('=').next().and_then(|value| value.chars().next());
            match is_bare {
                true => syntax::attribute_value(new).into_owned(),
                false => escaped(new, mark.unwrap_or('"')),
            }
        }
        // An id in the markup.
        Role::Definition if before == Some('#') => new.to_owned(),
        // BibTeX has no quotation marks around keys.
        Role::Definition | Role::Registry if Format::of(path) == Format::Bibtex => new.to_owned(),
        Role::Definition | Role::Registry | Role::Settled if is_block_scalar(&text[..span.start()]) => {
            new.to_owned()
        }
        Role::Definition | Role::Registry | Role::Settled => match (before, after) {
            (Some('"'), Some('"')) => within_quotes(new),
            (Some('\''), Some('\'')) => new.replace('\'', "''"),
            _ if is_simple(new) || is_plain_words(new) => new.to_owned(),
            _ => json(new),
        },
    }
}

/// Whether a text of YAML begins here that goes on for as long as it is indented, without marks.
fn is_block_scalar(before: &str) -> bool {
    let line = before.trim_end_matches(' ').strip_suffix('\n').map(str::trim_end).unwrap_or_default();
    let sign = line.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    sign.ends_with(" >") || sign.ends_with(" |")
}

/// Whether a key after its `@` is an attribute's bare value.
fn bare_before(text: &str, span: Span) -> bool {
    text[..span.start()].ends_with("=@")
}

/// Whether it may stand bare anywhere.
fn is_simple(new: &str) -> bool {
    new.starts_with(char::is_alphabetic)
        && new.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.' | '/'))
        && !matches!(
            new.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off"
        )
}

/// Whether it may stand without quotation marks in YAML: words, and paths to files.
fn is_plain_words(new: &str) -> bool {
    let is_path = new.starts_with(['.', '/']) || new.starts_with(char::is_alphanumeric);
    let is_path = is_path && new.contains('/') && new.contains(char::is_alphabetic);
    let is_sign = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.' | '/');
    new.split(' ').all(is_simple) || is_path && new.chars().all(is_sign)
}

fn escaped(new: &str, mark: char) -> String {
    new.replace('\\', "\\\\").replace(mark, &format!("\\{mark}"))
}

/// In quotation marks as JSON has them, which YAML and TOML read, too.
pub(super) fn json(new: &str) -> String {
    serde_json::to_string(new).unwrap_or_default()
}

fn within_quotes(new: &str) -> String {
    let quoted = json(new);
    quoted[1..quoted.len() - 1].to_owned()
}
