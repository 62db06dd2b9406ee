//! Sources in BibTeX and BibLaTeX, as types and fields of CSL.

use super::dates::bibtex_date;
use super::fields::{Fields, split_list};
use super::{PersonName, Read, Source, Text};
use crate::data::Spanned;
use crate::data::bibtex::{Entry, parse};

/// Reads a bibliography.
#[must_use]
pub fn read_sources_bibtex(text: &str) -> Read<Source> {
    let parsed = parse(text);
    let mut fields = Fields::new(text, parsed.problems);
    let entries = parsed.entries.iter().filter_map(|entry| source(entry, &mut fields)).collect();
    fields.read(entries)
}

fn source(entry: &Entry<'_>, fields: &mut Fields<'_>) -> Option<Source> {
    // Entries of BibLaTeX that are there for others to refer to.
    if matches!(entry.kind.value.as_str(), "xdata" | "set" | "control") {
        return None;
    }
    if entry.key.value.is_empty() {
        fields.loss(entry.kind.span, "a source needs a key to be cited by; this one is left out");
        return None;
    }
    let full = |text: Text| Some(text).filter(|text| !text.value.is_empty());
    let text = |name: &str| entry.get(name).and_then(|field| full(field.text()));
    let first = |names: &[&str]| names.iter().find_map(|name| text(name));
    let address = |name: &str| entry.get(name).and_then(|field| full(field.address()));
    // Hyphens can stand in names of fields, but not every program takes them.
    let own = |name: &str| text(name).or_else(|| text(&name.replace('-', "")));
    let own_address = |name: &str| address(name).or_else(|| address(&name.replace('-', "")));
    let names =
        |name: &str| entry.get(name).map(|field| field.names().into_iter().filter_map(person).collect());

    let mut source = Source::new(entry.key.clone(), entry.span);
    source.kind = Some(entry.kind.with(csl_type(&entry.kind.value, text("entrysubtype")).to_owned()));
    source.title = text("title");
    if let (Some(title), Some(sub)) = (&mut source.title, text("subtitle")) {
        title.value = format!("{}: {}", title.value, sub.value);
    }
    source.authors = names("author").unwrap_or_default();
    source.editors = names("editor").unwrap_or_default();
    source.publisher = first(&["publisher", "institution", "organization", "school"]);
    source.container_title = first(&["journaltitle", "journal", "booktitle", "maintitle"]);
    source.issued = bibtex_date(text("date"), text("year"), text("month"), text("day"));
    source.accessed = first(&["urldate", "accessed"]);
    source.url = address("url");
    source.doi = address("doi");
    source.pages = text("pages");
    source.number_of_pages = first(&["pagetotal", "numpages"]);
    source.medium = first(&["medium", "howpublished"]).filter(|medium| !medium.value.contains("://"));
    source.dimensions = first(&["dimensions", "runtime", "duration", "length"]);
    source.language = first(&["langid", "language"]);
    source.issuer = own("issuer");
    source.relays = own("relays").map(|list| split_list(fields.text, &list)).unwrap_or_default();
    source.article = own("article");
    source.terms = own("terms").and_then(|text| fields.choice("terms", &text));
    source.anonymity_reason = own("anonymity-reason");
    source.known_to = own("known-to");
    // Empty, or misread, they are there all the same.
    let has = |name: &str| entry.get(name).is_some() || entry.get(&name.replace('-', "")).is_some();
    source.guarded = has("terms") && source.terms.is_none() || has("anonymity-reason") || has("known-to");
    source.standing = own("standing").and_then(|text| fields.choice("standing", &text));
    source.standing_date = own("standing-date");
    source.standing_note = own("standing-note");
    source.superseded_by = own("superseded-by");
    source.snapshot = own_address("snapshot");
    source.archive_url = own_address("archive-url");
    Some(source)
}

/// A name in one of BibTeX's orders: `Given von Family`, `von Family, Given` and
/// `von Family, Jr, Given`.
fn person((name, whole): (Text, bool)) -> Option<PersonName> {
    let Spanned { span, value } = &name;
    if value == "others" {
        return None;
    }
    if whole || !value.contains([',', ' ']) {
        return Some(PersonName::literal(name));
    }
    let part = |part: &str| Some(part.trim().to_owned()).filter(|part| !part.is_empty());
    let parts: Vec<_> = value.splitn(3, ',').collect();
    let person = match parts.as_slice() {
        [family, given] => PersonName { family: part(family), given: part(given), ..PersonName::default() },
        [family, suffix, given] => PersonName {
            family: part(family),
            given: part(given),
            suffix: part(suffix),
            literal: None,
            span: *span,
        },
        _ => {
            // The family name begins at its first particle, or is the last word.
            let words: Vec<_> = value.split(' ').collect();
            let particle = words.iter().skip(1).position(|word| word.starts_with(char::is_lowercase));
            let family = particle.map_or(words.len() - 1, |particle| particle + 1).min(words.len() - 1);
            PersonName {
                family: part(&words[family..].join(" ")),
                given: part(&words[..family].join(" ")),
                ..PersonName::default()
            }
        }
    };
    Some(PersonName { span: *span, ..person })
}

/// The type of CSL that an entry's type stands for, as Pandoc has it where it has
/// one: what is built with Pandoc and what newsmark says of it agree.
fn csl_type(kind: &str, subtype: Option<Text>) -> &str {
    match kind {
        "article" | "suppperiodical" => match subtype.as_ref().map(Text::as_str) {
            Some("newspaper") => "article-newspaper",
            Some("magazine") => "article-magazine",
            _ => "article-journal",
        },
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings" | "manual"
        | "reference" | "mvreference" | "commentary" => "book",
        "booklet" => "pamphlet",
        "inbook" | "incollection" | "bookinbook" | "suppbook" | "suppcollection" => "chapter",
        "inreference" => "entry-encyclopedia",
        "inproceedings" | "conference" => "paper-conference",
        "online" | "electronic" | "www" => "webpage",
        "report" | "techreport" => "report",
        "thesis" | "phdthesis" | "mastersthesis" => "thesis",
        "unpublished" => "manuscript",
        "jurisdiction" | "legal_case" | "case" => "legal_case",
        "legislation" => "legislation",
        "legal" => "treaty",
        "letter" => "personal_communication",
        "audio" | "music" => "song",
        "video" | "movie" => "motion_picture",
        "image" => "figure",
        "artwork" => "graphic",
        "misc" | "custom" => "document",
        // Types of CSL itself, which `@interview` and `@hearing` are.
        other => other,
    }
}
