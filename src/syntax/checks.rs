//! What is wrong with attributes, keys and names that did parse.

use crate::text::{Span, one_edit_away};

use super::attributes::{is_invisible, is_typographic_quote};
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
    for key in article.citations.iter().flat_map(|citation| &citation.items).map(|item| item.key) {
        confusable(text, key, &mut problems);
    }
    for mention in &article.mentions {
        confusable(text, mention.target, &mut problems);
    }
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
        let mut keys: Vec<&str> = Vec::new();
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
                    } else if is_ours {
                        self.unknown_key(item, key);
                    }
                }
            }
            if is_ours {
                confusable(self.text, item.value.unwrap_or(item.name), self.problems);
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
        let parts: Vec<&str> = name.split('.').collect();
        let dotted = parts.len() > 1 && parts[1..].iter().any(|part| vocabulary::is_class(part));
        let glued = || {
            vocabulary::CLASSES.iter().find_map(|first| {
                name.strip_prefix(first)
                    .filter(|second| vocabulary::is_class(second))
                    .map(|second| (first, second))
            })
        };
        let sign = if item.kind == AttributeKind::Id { '#' } else { '.' };
        let mended = if dotted {
            format!("{sign}{}", parts.join(" ."))
        } else if item.kind == AttributeKind::Class
            && !vocabulary::is_class(name)
            && let Some((first, second)) = glued()
        {
            format!(".{first} .{second}")
        } else {
            return false;
        };
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
        let Some(allowed) = vocabulary::fixed_values(key) else { return };
        // `reply` may say it per accused: `alliance:declined, coast-guard:no-answer`.
        for (offset, part) in list_parts(raw) {
            let skip = if key == "reply" { part.rfind(':').map_or(0, |colon| colon + 1) } else { 0 };
            let word = part[skip..].trim();
            if allowed.contains(&word) {
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

    fn slip(&mut self, span: Span, message: &str, mended: String) {
        self.problems.push(Problem {
            kind: ProblemKind::MalformedAttributes,
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
