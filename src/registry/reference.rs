//! A source in words, as in a list of references: who, what, where, when.
//!
//! One plain order for every type of source. What builds an article for its readers has a
//! style of the house for that; here it is enough to recognise a source by.

use super::{PersonName, Source, Text, doi_address};
use crate::data::date::Date;

/// With more authors than this, all but the first are "and others".
const AUTHORS: usize = 3;

/// The source in words, without a full stop at the end. Of its entry nothing is told but
/// what a list of references prints; that a source is not on record is for who asks to
/// look at.
#[must_use]
pub fn reference(source: &Source) -> String {
    let people = people(&source.authors).or_else(|| people(&source.editors).map(|names| names + " (ed.)"));
    let title = source.title.as_ref().map(|title| format!("“{}”", trimmed(title)));
    let container = source.container_title.as_ref().map(|text| trimmed(text).to_owned());
    // A newspaper or body that is its own publisher is said once.
    let is_said = |name: &str| container.as_deref() == Some(name) || people.as_deref() == Some(name);
    let publisher = source.publisher.as_ref().map(trimmed).filter(|name| !is_said(name)).map(str::to_owned);
    let issued = source.issued.as_ref().map(date);
    let pages = source.pages.as_ref().map(|pages| pages_of(trimmed(pages)));
    let address = source.url.as_ref().map(|url| trimmed(url).to_owned());
    let address = address.or_else(|| source.doi.as_ref().map(|doi| doi_address(doi.as_str())));
    let parts = [people, title, container, publisher, issued, pages, recording(source), address];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn trimmed(text: &Text) -> &str {
    text.as_str().trim().trim_end_matches('.')
}

fn people(names: &[PersonName]) -> Option<String> {
    let names: Vec<String> = names.iter().map(PersonName::to_string).collect();
    match &names[..] {
        [] => None,
        [one] => Some(one.clone()),
        [first, ..] if names.len() > AUTHORS => Some(format!("{first} and others")),
        [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
    }
}

/// A date as EDTF has it, or whatever stands there.
fn date(text: &Text) -> String {
    Date::parse_lenient(text.as_str()).map_or_else(|_| trimmed(text).to_owned(), |date| date.to_string())
}

fn pages_of(pages: &str) -> String {
    match pages {
        _ if !pages.starts_with(|c: char| c.is_ascii_digit()) => pages.to_owned(),
        _ if pages.contains(['-', '–', ',']) => format!("pp. {pages}"),
        _ => format!("p. {pages}"),
    }
}

/// "video, 12 min".
fn recording(source: &Source) -> Option<String> {
    let parts: Vec<&str> = source.medium.iter().chain(&source.dimensions).map(trimmed).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::reference;
    use crate::registry::{read_sources_bibtex, read_sources_csl_json, read_sources_csl_yaml};

    #[test]
    fn says_who_what_where_and_when() {
        let yaml = "- {id: a, type: report, title: The road., author: [{family: Example, given: A.}, {literal: \
                    Monitor}], issued: {date-parts: [[2026, 3, 11]]}, page: 3-4, publisher: Monitor, DOI: 10.1/x}\n\
                    - {id: b, title: T, author: [{literal: A}, {literal: B}, {literal: C}, {literal: D}]}\n\
                    - {id: c, editor: E. Ditor, issued: spring 2026, container-title: News, publisher: News}\n\
                    - {id: d}\n";
        let json = r#"[{"id": "e", "title": "Hearing", "medium": "video", "dimensions": "12 min", "page": "3",
                        "URL": "https://example.org/e", "issued": {"raw": "2026-03"}}]"#;
        let bib = "@string{press = {Quay Press}}\n@book{f, author = {Example, Ana}, title = {The {Marsh}}, \
                   publisher = press, year = 2024}";
        let read = [read_sources_csl_yaml(yaml), read_sources_csl_json(json), read_sources_bibtex(bib)];
        let shown: Vec<String> = read.iter().flat_map(|read| &read.entries).map(reference).collect();
        assert_eq!(
            shown,
            [
                "A. Example and Monitor, “The road”, Monitor, 2026-03-11, pp. 3-4, https://doi.org/10.1/x",
                "A and others, “T”",
                "E. Ditor (ed.), News, spring 2026",
                "",
                "“Hearing”, 2026-03, p. 3, video, 12 min, https://example.org/e",
                "Ana Example, “The Marsh”, Quay Press, 2024",
            ]
        );
    }
}
