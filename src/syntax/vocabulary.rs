//! The words that newsmark gives meaning to: classes, keys and fixed values.

/// Classes that make a span, heading, div or image a claim.
pub const CLAIM_CLASSES: &[&str] = &["claim", "quote", "accusation", "response", "figure"];

/// All classes that newsmark reads.
pub const CLASSES: &[&str] =
    &["claim", "quote", "accusation", "response", "figure", "entry", "file-photo", "illustration"];

/// All keys that newsmark reads.
pub const KEYS: &[&str] = &[
    "by",
    "as",
    "via",
    "against",
    "on",
    "answers",
    "disputes",
    "confirms",
    "repeats",
    "corrects",
    "updates",
    "continues",
    "event",
    "what",
    "value",
    "unit",
    "subset-of",
    "reply",
    "basis",
    "original",
    "translator",
    "checked",
    "checker",
    "hash",
    "verdict",
    "retracted",
    "source",
    "date",
    "credit",
    "taken",
    "place",
];

/// Keys that, on a div without a claim class, hold for all claims inside it.
pub const DIV_KEYS: &[&str] = &["by", "via", "on", "event", "source"];

/// Keys that a claim takes over from the claim or div around it.
pub const INHERITED_KEYS: &[&str] = &["by", "via", "against", "on", "event"];

/// Keys whose values are entities.
pub const ENTITY_KEYS: &[&str] = &["by", "via", "against", "event", "place"];

/// Keys whose values are claims.
pub const CLAIM_KEYS: &[&str] =
    &["answers", "disputes", "confirms", "repeats", "corrects", "updates", "continues"];

/// Keys whose values are dates.
pub const DATE_KEYS: &[&str] = &["on", "checked", "retracted", "taken", "date"];

/// The values that a key is limited to, where it is.
#[must_use]
pub fn fixed_values(key: &str) -> Option<&'static [&'static str]> {
    match key {
        "reply" => Some(&["sought", "declined", "no-answer", "promised", "not-sought"]),
        "basis" => Some(&["observed", "established"]),
        "verdict" => Some(&["true", "false", "disputed", "unverifiable"]),
        _ => None,
    }
}

/// Whether `class` makes what carries it a claim.
#[must_use]
pub fn is_claim_class(class: &str) -> bool {
    CLAIM_CLASSES.contains(&class)
}

/// Whether newsmark reads `class`.
#[must_use]
pub fn is_class(class: &str) -> bool {
    CLASSES.contains(&class)
}

/// Whether newsmark reads `key`.
#[must_use]
pub fn is_key(key: &str) -> bool {
    KEYS.contains(&key)
}
