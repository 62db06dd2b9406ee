//! Adding a source to the registry where most of them are, in the form that it has.

use crate::data::yaml;
use crate::diagnostic::Edit;
use crate::text::Place;

use super::facts::{FileFacts, StubForm};
use super::offers::{id_of_name, list_item, on_a_new_line};
use super::tables::Corpus;

/// A source that is to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewSource<'s> {
    /// Its key.
    pub key: &'s str,
    /// Its type in CSL's words.
    pub kind: &'s str,
    /// Its title.
    pub title: &'s str,
    /// Where it is on the web, and when it was read there: `2026-03-11`.
    pub web: Option<(&'s str, &'s str)>,
}

/// How an entry is written in a registry of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceForm {
    /// As an item of a YAML list after so many spaces.
    Yaml(u32),
    /// As an object of a JSON list, its brace after so many spaces.
    Json(u32),
    /// As an entry of a bibliography.
    Bibtex,
}

/// A registry that takes one more source.
#[derive(Clone, Copy, Debug)]
pub struct Addition<'c> {
    /// The registry.
    pub file: &'c FileFacts,
    /// How entries are written in it.
    pub form: SourceForm,
    /// Where the entry goes.
    place: Place,
}

impl Corpus {
    /// The registry with the most sources that takes another one.
    pub fn registry_for_source(&self) -> Option<Addition<'_>> {
        self.registries_of_sources().find_map(Addition::to)
    }

    /// A key for a source made of words, which nothing that `from` can cite has yet.
    #[must_use]
    pub fn unused_key(&self, from: &FileFacts, words: &str) -> String {
        /// A key that is made of a headline should stay one to type.
        const MOST: usize = 5;
        let id = id_of_name(words);
        let ascii: String = id.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
        let parts: Vec<&str> = ascii.split('-').filter(|part| !part.is_empty()).take(MOST).collect();
        let base = if parts.is_empty() { "source".to_owned() } else { parts.join("-") };
        let is_free =
            |key: &String| self.source(from, key).is_none() && self.registered_sources(key).count == 0;
        let numbered = (2u32..).map(|number| format!("{base}-{number}"));
        std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base)
    }
}

impl<'c> Addition<'c> {
    fn to(file: &'c FileFacts) -> Option<Addition<'c>> {
        let (form, place) = match file.stub {
            Some(StubForm::SourceYaml(indent)) => (SourceForm::Yaml(indent), file.end),
            Some(StubForm::Bibtex) => (SourceForm::Bibtex, file.end),
            Some(StubForm::EntityYaml(_)) => return None,
            // Of a list in JSON the end is not known; its last item is.
            None => {
                let is_json = file.path.ends_with(".json") && !file.broken;
                let last = file.sources.iter().map(|source| source.place).max_by_key(|place| place.end)?;
                let is_known = is_json && !file.sources.iter().any(|source| source.stale);
                let is_alone = last.start.column < 16;
                let indent = if is_alone { last.start.column } else { 2 };
                (SourceForm::Json(indent), is_known.then(|| last.after())?)
            }
        };
        Some(Addition { file, form, place })
    }

    /// Puts in an entry that is written in the registry's form, without a line end.
    #[must_use]
    pub fn put(&self, entry: &str) -> Edit {
        let text = match self.form {
            SourceForm::Json(indent) => format!(",\n{}{entry}", " ".repeat(indent as usize)),
            SourceForm::Yaml(_) | SourceForm::Bibtex => on_a_new_line(self.file, format!("{entry}\n")),
        };
        Edit::new(&self.file.path, self.place, text)
    }

    /// Puts in a new source; none where the form cannot say all of it.
    #[must_use]
    pub fn add(&self, source: &NewSource<'_>) -> Option<Edit> {
        let entry = match self.form {
            SourceForm::Yaml(indent) => list_item(indent, &source.yaml()).trim_end().to_owned(),
            SourceForm::Json(indent) => source.json(indent),
            SourceForm::Bibtex => source.bibtex()?,
        };
        Some(self.put(&entry))
    }
}

impl NewSource<'_> {
    /// The fields of an entry in CSL-YAML, each a line.
    #[must_use]
    pub fn yaml(&self) -> Vec<String> {
        let mut lines = vec![
            format!("id: {}", yaml::scalar(self.key)),
            format!("type: {}", self.kind),
            format!("title: {}", yaml::scalar(self.title)),
        ];
        if let Some((url, accessed)) = self.web {
            lines.push(format!("URL: {}", yaml::scalar(url)));
            lines.push(format!("accessed: {accessed}"));
        }
        lines
    }

    fn json(&self, indent: u32) -> String {
        let mut fields = vec![("id", self.key), ("type", self.kind), ("title", self.title)];
        if let Some((url, accessed)) = self.web {
            fields.extend([("URL", url), ("accessed", accessed)]);
        }
        let indent = " ".repeat(indent as usize);
        let fields = fields
            .into_iter()
            .map(|(key, value)| format!("{indent}  {}: {}", json_text(key), json_text(value)));
        format!("{{\n{}\n{indent}}}", fields.collect::<Vec<_>>().join(",\n"))
    }

    fn bibtex(&self) -> Option<String> {
        let is_key = !self.key.contains(['{', '}', '(', ')', ',', '"', '#', '%', '~', '\\', '=', ' ']);
        let is_plain = |text: &str| !text.contains(['{', '}', '\\', '%', '&', '#', '$', '_', '~', '^']);
        let is_url = |url: &str| !url.contains(['{', '}', '\\']);
        let fits = is_key && is_plain(self.title) && self.web.is_none_or(|(url, _)| is_url(url));
        let web = |(url, accessed)| format!("  url = {{{url}}},\n  urldate = {{{accessed}}},\n");
        fits.then(|| {
            let kind = if self.web.is_some() { "online" } else { "misc" };
            let web = self.web.map(web).unwrap_or_default();
            format!("@{kind}{{{},\n  title = {{{}}},\n{web}}}", self.key, self.title)
        })
    }
}

/// A text as JSON writes it.
fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
