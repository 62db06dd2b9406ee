//! The anchors of headings.

/// The id that Pandoc makes of a heading's text (its `auto_identifiers`): no
/// punctuation but `_-.`, spaces as hyphens, lower case, nothing before the first
/// letter; `section` where nothing is left.
#[must_use]
pub fn pandoc_id(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|&c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '_' | '-' | '.'))
        .collect();
    let joined = kept.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase();
    let id = joined.trim_start_matches(|c: char| !c.is_alphabetic());
    if id.is_empty() { "section".to_owned() } else { id.to_owned() }
}

/// The id that most sites make of a heading's text: lower case, every punctuation
/// mark but `-` and `_` gone, each space a hyphen.
#[must_use]
pub fn web_id(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .chars()
        .filter(|&c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '_' | '-'))
        .map(|c| if c.is_whitespace() { '-' } else { c })
        .collect()
}
