//! What newsmark reads of an article's front matter.

use crate::data::date::Date;
use crate::data::{self, FrontMatterBlock, Node, Spanned, Value};
use crate::text::Span;

/// Text and its place.
pub type Text = Spanned<String>;

/// The fields of an article's front matter that newsmark gives meaning to; every other
/// key belongs to whatever publishes the article.
#[derive(Debug, Default)]
pub struct FrontMatter {
    /// The whole block; empty at the start where there is none.
    pub span: Span,
    /// Whether the page is about an entity: `entity: person`.
    pub entity: bool,
    /// The headline.
    pub title: Option<Text>,
    /// The claims that carry the headline, without `#`.
    pub title_claims: Vec<Text>,
    /// The article's short name, where it is not the file's.
    pub slug: Option<Text>,
    /// When it was published.
    pub date: Option<Text>,
    /// When it was last changed.
    pub updated: Option<Text>,
    /// Who wrote it.
    pub authors: Vec<Text>,
    /// Its language, a BCP 47 tag.
    pub lang: Option<Text>,
    /// Where the reporter says it was written.
    pub dateline: Option<Text>,
    /// Where it was reported from.
    pub reported_from: Vec<Text>,
    /// `draft`, `review`, `published`, `corrected`, `retracted`.
    pub status: Option<Text>,
    /// Names settled for this article: the name and the entity's id.
    pub entities: Vec<(Text, Text)>,
    /// Where the list of settled names stands.
    pub entities_at: Option<Span>,
    /// The list of sources in the article itself.
    pub references: Option<Node>,
    /// Files of sources.
    pub bibliography: Vec<Text>,
    /// What was corrected.
    pub corrections: Vec<Correction>,
    /// When it may be published.
    pub embargo: Option<Text>,
    /// Every text, `references` apart, of which the bytes say otherwise what it does: with
    /// escapes, or over several lines.
    pub rewritten: Vec<Text>,
    /// What does not parse, or is of the wrong type.
    pub problems: Vec<data::Problem>,
    /// What is no date where one is asked for.
    pub invalid_dates: Vec<data::Problem>,
}

/// An entry of `corrections`.
#[derive(Debug, Default)]
pub struct Correction {
    /// When.
    pub date: Option<Text>,
    /// The claims corrected, without `#`.
    pub claims: Vec<Text>,
}

impl FrontMatter {
    /// The language for rules that depend on it: English unless the article says otherwise.
    #[must_use]
    pub fn language(&self) -> &str {
        self.lang.as_ref().map_or("en", |lang| lang.as_str())
    }
}

/// Reads the block that [`super::parse`] found.
#[must_use]
pub fn read(text: &str, block: &FrontMatterBlock) -> FrontMatter {
    let parsed = data::yaml::parse(text, block.content);
    let mut out = FrontMatter { span: block.span, problems: parsed.problems, ..FrontMatter::default() };
    out.problems.extend(block.problem.clone());
    let Some(root) = parsed.root else { return out };
    if !matches!(root.value, Value::Mapping(_) | Value::Null) {
        let message = format!("front matter is a list of `key: value` lines; this is {}", root.kind());
        out.problems.push(data::Problem::loss(root.span, message));
        return out;
    }
    let mut reader = Reader { out };
    reader.fields(&root);
    for field in root.fields().iter().filter(|field| field.key.as_str() != "references") {
        rewritten(text, &field.key, &mut reader.out.rewritten);
        each_text(&field.value, &mut |value| rewritten(text, &value, &mut reader.out.rewritten));
    }
    reader.out
}

fn rewritten(text: &str, value: &Text, out: &mut Vec<Text>) {
    if value.span.of(text) != value.as_str() {
        out.push(value.clone());
    }
}

/// The texts of a value, however deep. The reader of YAML bounds the depth.
fn each_text(node: &Node, with: &mut impl FnMut(Text)) {
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| each_text(item, with)),
        Value::Mapping(fields) => fields.iter().for_each(|field| {
            with(field.key.clone());
            each_text(&field.value, with);
        }),
        _ => node.text().into_iter().for_each(with),
    }
}

struct Reader {
    out: FrontMatter,
}

impl Reader {
    fn fields(&mut self, root: &Node) {
        for field in root.fields() {
            let (key, value) = (field.key.as_str(), &field.value);
            match key {
                "title" => self.out.title = self.text(key, value),
                "entity" => self.out.entity = value.as_str().is_some(),
                "slug" => self.out.slug = self.text(key, value),
                "date" => self.out.date = self.date(key, value),
                "updated" => self.out.updated = self.date(key, value),
                "lang" => self.out.lang = self.text(key, value),
                "dateline" => self.out.dateline = value.text(),
                "reported-from" => self.reported_from(value),
                "status" => self.out.status = value.text(),
                "embargo" => self.out.embargo = self.date(key, value),
                "title-claims" => self.out.title_claims = self.list(key, value),
                "author" | "authors" => self.authors(value),
                "bibliography" => self.out.bibliography = self.list(key, value),
                "references" => self.references(value),
                "entities" => self.entities(value),
                "corrections" => self.corrections(value),
                _ => {}
            }
        }
    }

    fn wrong(&mut self, key: &str, wanted: &str, value: &Node) {
        let message = format!("`{key}` is {wanted}; this is {}", value.kind());
        self.out.problems.push(data::Problem::new(value.span, message));
    }

    fn text(&mut self, key: &str, value: &Node) -> Option<Text> {
        if !value.is_null() && value.as_str().is_none() {
            self.wrong(key, "one text", value);
        }
        value.text().filter(|text| !text.value.trim().is_empty())
    }

    /// A date, kept as written: what is none is still what somebody wrote.
    fn date(&mut self, key: &str, value: &Node) -> Option<Text> {
        let text = self.text(key, value)?;
        if let Err(error) = Date::parse_lenient(&text.value) {
            self.out.invalid_dates.push(data::Problem::new(text.span, error.to_string()));
        }
        Some(text)
    }

    /// One place or several. What else stands there says nothing.
    fn reported_from(&mut self, value: &Node) {
        let items = match &value.value {
            Value::Sequence(items) => &items[..],
            _ => std::slice::from_ref(value),
        };
        self.out.reported_from = items.iter().filter_map(Node::text).collect();
    }

    /// One text or a list of them.
    fn list(&mut self, key: &str, value: &Node) -> Vec<Text> {
        match &value.value {
            Value::Null => Vec::new(),
            Value::Sequence(items) => {
                for item in items.iter().filter(|item| item.as_str().is_none() && !item.is_null()) {
                    self.wrong(key, "a list of texts", item);
                }
                items.iter().filter_map(Node::text).collect()
            }
            Value::Mapping(_) => {
                self.wrong(key, "a list of texts", value);
                Vec::new()
            }
            _ => value.text().into_iter().collect(),
        }
    }

    /// Content systems write authors as a name, a list, or entries with a `name`.
    fn authors(&mut self, value: &Node) {
        let name = |node: &Node| {
            let named = ["name", "literal", "family"].iter().find_map(|key| node.get(key)?.text());
            node.text().or(named).filter(|text| !text.value.trim().is_empty())
        };
        match &value.value {
            Value::Sequence(items) => self.out.authors.extend(items.iter().filter_map(name)),
            _ => self.out.authors.extend(name(value)),
        }
    }

    fn references(&mut self, value: &Node) {
        match value.value {
            Value::Sequence(_) => self.out.references = Some(value.clone()),
            Value::Null => {}
            _ => self.wrong("references", "a list of sources", value),
        }
    }

    fn entities(&mut self, value: &Node) {
        match &value.value {
            Value::Mapping(fields) => {
                self.out.entities_at = Some(value.span);
                for field in fields {
                    match field.value.text() {
                        Some(id) => self.out.entities.push((field.key.clone(), id)),
                        None => {
                            self.wrong("entities", "a name and an entity's id on each line", &field.value)
                        }
                    }
                }
            }
            // Other tools keep lists of tags under this key; they settle nothing.
            Value::Null | Value::Sequence(_) => {}
            _ => self.wrong("entities", "a name and an entity's id on each line", value),
        }
    }

    fn corrections(&mut self, value: &Node) {
        let Value::Sequence(items) = &value.value else {
            if !value.is_null() {
                self.wrong("corrections", "a list of entries with `date`, `text` and `claims`", value);
            }
            return;
        };
        for item in items {
            if !matches!(item.value, Value::Mapping(_)) {
                self.wrong("corrections", "a list of entries with `date`, `text` and `claims`", item);
                continue;
            }
            let claims = item.get("claims").map(|claims| self.list("claims", claims)).unwrap_or_default();
            let date = item.get("date").and_then(|date| self.date("date", date));
            self.out.corrections.push(Correction { date, claims });
        }
    }
}
