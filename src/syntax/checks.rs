//! What is wrong with attributes, keys and names that did parse.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::data::date::{Date, DateError};
use crate::text::{Span, one_edit_away};

use super::attributes::{is_invisible, is_typographic_quote};
use super::figure;
use super::tree::{Annotation, Article, Attribute, AttributeKind, Carrier, Problem, ProblemFix, ProblemKind};
use super::vocabulary;

/// Adds the problems of all annotations, citations and mentions.
pub(super) fn check(text: &str, article: &mut Article) {
    let mut problems = Vec::new();
    for annotation in &article.annotations {
        let mut checker = Checker { text, problems: &mut problems };
        checker.attributes(annotation);
        if annotation.is_claim() && !annotation.flawed {
            checker.emptiness(annotation, article);
        }
    }
    for item in article.citations.iter().flat_map(|citation| &citation.items) {
        let start = item.span.start() + usize::from(item.span.of(text).starts_with('-'));
        confusable(text, Span::new(start, item.span.end()), &mut problems);
    }
    for mention in &article.mentions {
        confusable(text, mention.target, &mut problems);
    }
    duplicate_ids(article, &mut problems);
    article.problems.append(&mut problems);
}

struct Checker<'a> {
    text: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Checker<'_> {
    fn attributes(&mut self, annotation: &Annotation) {
        let attributes = &annotation.attributes;
        let is_ours = attributes.is_newsmarks(self.text);
        let mut has_id = false;
        let mut keys: SmallVec<[&str; 8]> = SmallVec::new();
        for item in &attributes.items {
            match item.kind {
                AttributeKind::Id => {
                    if std::mem::replace(&mut has_id, true) {
                        self.duplicate(item, "a second id: the last one counts");
                    }
                    self.run_together(item);
                }
                AttributeKind::Class => {
                    if !self.run_together(item) && is_ours {
                        self.unknown_class(item);
                    }
                }
                AttributeKind::Pair => {
                    let key = item.name.of(self.text);
                    if keys.contains(&key) {
                        self.duplicate(item, &format!("`{key}` is given twice: the last one counts"));
                    } else if keys.len() < 64 {
                        // Enough for every key there is; keeps a hostile block linear.
                        keys.push(key);
                    }
                    if vocabulary::is_key(key) {
                        self.value(item, key);
                        if asks_for_date(annotation, key) {
                            self.date(item);
                        }
                    } else if is_ours {
                        self.unknown_key(item, key);
                    }
                }
            }
            if is_ours && !item.span.of(self.text).is_ascii() {
                match item.value {
                    Some(value) => {
                        confusable(self.text, item.name, self.problems);
                        confusable(self.text, value, self.problems);
                    }
                    None => confusable(self.text, item.span, self.problems),
                }
            }
        }
    }

    fn duplicate(&mut self, item: &Attribute, message: &str) {
        self.problems.push(Problem {
            kind: ProblemKind::DuplicateAttribute,
            span: item.span,
            message: message.to_owned(),
            help: Some("keep one of the two".to_owned()),
            fix: None,
        });
    }

    /// `.quote.accusation` is one class, `#kasra.claim` one id.
    fn run_together(&mut self, item: &Attribute) -> bool {
        if item.value.is_some() {
            return false;
        }
        let name: &str = &item.text;
        let mended = match item.kind {
            AttributeKind::Id => name
                .rsplit_once('.')
                .filter(|(_, class)| vocabulary::is_class(class))
                .map(|(id, class)| format!("#{id} .{class}")),
            _ if vocabulary::is_class(name) => None,
            _ => several_classes(name).map(|classes| format!(".{}", classes.join(" ."))),
        };
        let Some(mended) = mended else { return false };
        let what = if item.kind == AttributeKind::Id { "an id and a class" } else { "two classes" };
        self.problems.push(Problem {
            kind: ProblemKind::UnknownAnnotation,
            span: item.span,
            message: format!("{what} run together: `{}` is read as one", item.span.of(self.text)),
            help: Some(format!("put a space between them: `{mended}`")),
            fix: Some(ProblemFix { title: format!("Write `{mended}`"), edits: vec![(item.span, mended)] }),
        });
        true
    }

    fn unknown_class(&mut self, item: &Attribute) {
        let class: &str = &item.text;
        if vocabulary::is_class(class) || item.value.is_some() {
            return;
        }
        if let Some(near) = nearest(class, vocabulary::CLASSES) {
            self.unknown(item.span, &format!(".{class}"), &format!(".{near}"), "class");
        }
    }

    fn unknown_key(&mut self, item: &Attribute, key: &str) {
        if let Some(near) = nearest(key, vocabulary::KEYS) {
            self.unknown(item.name, key, near, "key");
        }
    }

    fn unknown(&mut self, span: Span, written: &str, near: &str, what: &str) {
        self.problems.push(Problem {
            kind: ProblemKind::UnknownAnnotation,
            span,
            message: format!("no {what} `{written}` is known; did you mean `{near}`?"),
            help: None,
            fix: Some(ProblemFix {
                title: format!("Change to `{near}`"),
                edits: vec![(span, near.to_owned())],
            }),
        });
    }

    fn value(&mut self, item: &Attribute, key: &str) {
        let Some(span) = item.value else { return };
        let raw = span.of(self.text);
        let quoted = item.span.end() > span.end();
        if !quoted && raw.starts_with(is_typographic_quote) && raw.ends_with(is_typographic_quote) {
            let inner: String = raw.trim_matches(is_typographic_quote).to_owned();
            self.slip(
                span,
                "typographic quotation marks do not quote a value: they are part of it",
                format!("\"{inner}\""),
            );
            return;
        }
        if !quoted && raw.len() > 1 && raw.ends_with(',') {
            let message =
                format!("the comma is part of the value of `{key}`: attributes have spaces between them");
            self.slip(span, &message, raw.trim_end_matches(',').to_owned());
            return;
        }
        if key == "value" {
            self.amount(item, span);
        }
        let Some(allowed) = vocabulary::fixed_values(key) else { return };
        // `reply` may say it per accused: `alliance:declined, coast-guard:no-answer`.
        for (offset, part) in list_parts(raw) {
            let skip = if key == "reply" { part.rfind(':').map_or(0, |colon| colon + 1) } else { 0 };
            let word = part[skip..].trim();
            // `reply` may also name the claim that is the answer.
            if allowed.contains(&word) || key == "reply" && word.contains('#') {
                continue;
            }
            let start = span.start() + offset + skip + (part[skip..].len() - part[skip..].trim_start().len());
            let at = Span::new(start, start + word.len());
            let list = allowed.join("`, `");
            let near = nearest(word, allowed);
            self.problems.push(Problem {
                kind: ProblemKind::UnknownAnnotation,
                span: at,
                message: match near {
                    Some(near) => format!("`{key}` cannot be `{word}`; did you mean `{near}`?"),
                    None => format!("`{key}` cannot be `{word}`"),
                },
                help: Some(format!("it can be `{list}`")),
                fix: near.map(|near| ProblemFix {
                    title: format!("Change to `{near}`"),
                    edits: vec![(at, near.to_owned())],
                }),
            });
        }
    }

    /// A number or a range; an empty value counts as not given.
    fn amount(&mut self, item: &Attribute, span: Span) {
        let written = item.text.trim();
        if written.is_empty() || figure::parse_value(written).is_some() {
            return;
        }
        // "30..20" and "20-30" are what somebody meant, and nearly what they wrote.
        let range = written.split_once("..").or_else(|| written.split_once(['-', '–']));
        let ends = range.map(|(low, high)| (low.trim(), high.trim()));
        let ranges =
            ends.into_iter().flat_map(|(low, high)| [format!("{low}..{high}"), format!("{high}..{low}")]);
        let near = ranges.into_iter().find(|range| figure::parse_value(range).is_some());
        self.problems.push(Problem {
            kind: ProblemKind::UnknownAnnotation,
            span,
            message: match &near {
                Some(near) => format!("`value` cannot be `{written}`; did you mean `{near}`?"),
                None => format!("`value` cannot be `{written}`"),
            },
            help: Some("it is a number or a range, the lower end first: `28`, `1.5`, `20..30`, `20..`, `..22`, `12%`".to_owned()),
            fix: near.map(|near| ProblemFix { title: format!("Change to `{near}`"), edits: vec![(span, near)] }),
        });
    }

    /// A date as EDTF has it; an empty value counts as not given.
    fn date(&mut self, item: &Attribute) {
        let Some(span) = item.value.filter(|_| !item.text.is_empty()) else { return };
        let Err(error) = Date::parse(&item.text) else { return };
        let fix = match &error {
            DateError::Unusual(right) => {
                Some(ProblemFix { title: format!("Write `{right}`"), edits: vec![(span, right.clone())] })
            }
            _ => None,
        };
        self.problems.push(Problem {
            kind: ProblemKind::InvalidDate,
            span,
            message: error.to_string(),
            help: None,
            fix,
        });
    }

    fn slip(&mut self, span: Span, message: &str, mended: String) {
        self.problems.push(Problem {
            kind: ProblemKind::UnknownAnnotation,
            span,
            message: message.to_owned(),
            help: None,
            fix: Some(ProblemFix { title: format!("Write `{mended}`"), edits: vec![(span, mended)] }),
        });
    }

    fn emptiness(&mut self, annotation: &Annotation, article: &Article) {
        let has_text = !article.clean_text(annotation).is_empty();
        let content = annotation.content.of(self.text);
        let edges = annotation.carrier == Carrier::Span
            && (content.starts_with(char::is_whitespace) || content.ends_with(char::is_whitespace));
        if has_text && !edges {
            return;
        }
        let (message, fix) = if has_text {
            let inner = content.trim().to_owned();
            let title = "Take the white space away".to_owned();
            let fix = ProblemFix { title, edits: vec![(annotation.content, inner)] };
            ("white space at the edge of a claim becomes part of it", Some(fix))
        } else if annotation.carrier == Carrier::Image {
            ("a picture that makes a claim needs a description between its brackets", None)
        } else {
            ("this claim has no words", None)
        };
        self.problems.push(Problem {
            kind: ProblemKind::EmptyClaim,
            span: annotation.span,
            message: message.to_owned(),
            help: None,
            fix,
        });
    }
}

/// Whether the value of `key` is a date, on what carries it.
fn asks_for_date(annotation: &Annotation, key: &str) -> bool {
    match key {
        "on" => annotation.is_claim() || annotation.carrier == Carrier::Div,
        "taken" => annotation.carrier == Carrier::Image,
        "date" => annotation.has_class("entry"),
        _ => annotation.is_claim() && vocabulary::DATE_KEYS.contains(&key),
    }
}

/// The classes that `name` runs together, with dots between them or without.
fn several_classes(name: &str) -> Option<Vec<&'static str>> {
    let mut classes = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        // No class begins with another, so there is one way at most.
        let class = vocabulary::CLASSES.iter().find(|class| rest.starts_with(**class))?;
        rest = &rest[class.len()..];
        rest = rest.strip_prefix('.').filter(|rest| !rest.is_empty()).unwrap_or(rest);
        classes.push(*class);
    }
    (classes.len() > 1).then_some(classes)
}

/// Reports ids that the article has already; headings have one, written or not.
fn duplicate_ids(article: &Article, problems: &mut Vec<Problem>) {
    // The id, where it stands, and what is underlined where it is written.
    let mut ids: Vec<(u32, &str, Option<Span>)> = Vec::new();
    for annotation in &article.annotations {
        if let Some(id) = annotation.attributes.id() {
            ids.push((annotation.span.start, &id.text, Some(id.value.unwrap_or(id.span))));
        }
    }
    let automatic = article
        .headings
        .iter()
        .filter_map(|heading| Some((heading.span.start, heading.pandoc_id.as_deref()?, None)));
    ids.extend(automatic);
    ids.sort_by_key(|&(at, ..)| at);
    let mut seen: FxHashMap<&str, Option<Span>> = FxHashMap::default();
    for (_, id, written) in ids {
        // `id=""` gives none.
        if id.is_empty() {
            continue;
        }
        let Some(first) = seen.insert(id, written) else { continue };
        // A heading's automatic id cannot be changed: its rival is at fault.
        let Some(span) = written.or(first) else { continue };
        problems.push(Problem {
            kind: ProblemKind::DuplicateClaim,
            span,
            message: match first.and(written) {
                Some(_) => format!("the id `{id}` is taken: it stands further up in this article"),
                None => format!("the id `{id}` is taken: a heading has it, made of its text"),
            },
            help: Some("give one of the two another id".to_owned()),
            fix: None,
        });
    }
}

/// The parts of a comma-separated value, with their offsets.
fn list_parts(raw: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    raw.split(',').map(move |part| {
        let offset = at;
        at += part.len() + 1;
        (offset, part)
    })
}

/// The known word that is one slip away. Words of three letters are too near to
/// each other for that to mean anything.
fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    known.iter().copied().find(|known| known.len() >= 4 && one_edit_away(word, known))
}

/// Letters of other scripts that look like Latin ones: the Cyrillic and Greek part of
/// Unicode's table of confusables (UTS #39).
fn looks_latin(c: char) -> bool {
    "аеорсухіјѕԁһԛԝАВЕКМНОРСТХІЈЅԌҮαοριυνκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ".contains(c)
}

/// Whether an id, key or name would be taken for another: invisible characters, or
/// letters of two scripts in one word that look the same.
#[must_use]
pub(crate) fn confusing(name: &str) -> Option<char> {
    if name.is_ascii() {
        return None;
    }
    name.chars().find(|&c| is_invisible(c)).or_else(|| {
        name.split(|c: char| !c.is_alphabetic())
            .filter(|word| word.chars().any(|c| c.is_ascii_alphabetic()))
            .find_map(|word| word.chars().find(|&c| looks_latin(c)))
    })
}

fn confusable(text: &str, span: Span, problems: &mut Vec<Problem>) {
    let name = span.of(text);
    let Some(c) = confusing(name) else { return };
    let message = if is_invisible(c) {
        format!(
            "this holds an invisible character (U+{:04X}): it is not the name that it looks like",
            c as u32
        )
    } else {
        format!(
            "the `{c}` in this word is not a Latin letter (U+{:04X}): it is not the name that it looks like",
            c as u32
        )
    };
    let fix = is_invisible(c).then(|| ProblemFix {
        title: "Take the invisible characters away".to_owned(),
        edits: vec![(span, name.chars().filter(|&c| !is_invisible(c)).collect())],
    });
    problems.push(Problem {
        kind: ProblemKind::ConfusableText,
        span,
        message,
        help: Some("type the name anew".to_owned()),
        fix,
    });
}
