//! Language tags.

/// The language of a BCP 47 tag without its region and script: `en` of `en-GB`, which content
/// systems also write `en_GB`. As it is written, in large or small letters.
#[must_use]
pub fn primary_language(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// What is known for the language of a tag, where it is known for that: each with its own tag.
#[must_use]
pub fn for_language<T: Copy>(tag: &str, known: &[(&str, T)]) -> Option<T> {
    let primary = primary_language(tag);
    known.iter().find(|(own, _)| primary.eq_ignore_ascii_case(own)).map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_and_cases_do_not_matter() {
        let known = [("en", 1), ("de", 2)];
        for (tag, found) in
            [("en", Some(1)), ("DE-at", Some(2)), ("en_GB", Some(1)), ("eng", None), ("", None)]
        {
            assert_eq!(for_language(tag, &known), found, "{tag}");
        }
    }
}
