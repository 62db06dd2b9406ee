//! What can be offered where a name leads nowhere: all names to choose the nearest from,
//! and an entry to add.

use std::fmt::Write as _;

use crate::data::yaml;
use crate::registry::EntityType;
use crate::text::fold;

use super::facts::{FileFacts, FileKind, StubForm};
use super::registry::EntityFacts;
use super::resolve::Known;
use super::tables::{Corpus, Entry, article_of};

impl Corpus {
    /// Every key that a citation in `from` could use, in no order that means anything.
    pub fn source_keys<'c>(&'c self, from: &'c FileFacts) -> impl Iterator<Item = &'c str> {
        let bibliographies = from.article.as_ref().map_or(&[][..], |article| &article.bibliographies);
        let reaches = move |(file, _): Entry| {
            self.file(file).is_some_and(|file| {
                file.kind == FileKind::Registry
                    || file.path == from.path
                    || bibliographies.contains(&file.path)
            })
        };
        self.keys.iter().filter(move |(_, slot)| slot.holders.iter().any(reaches)).map(|(key, _)| &**key)
    }

    /// Every id, name and alias of an entity with the entity, in no order that means
    /// anything.
    pub fn entity_names(&self) -> impl Iterator<Item = (&str, Known<'_, EntityFacts>)> {
        self.files().flat_map(|(_, file)| {
            file.entities.iter().flat_map(move |entity| {
                let names = [&entity.id, &entity.name].into_iter().chain(&entity.aliases);
                names.map(move |name| (&**name, Known { file, what: entity }))
            })
        })
    }

    /// The slug of every article and its path as references write it, in no order that
    /// means anything.
    pub fn article_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter_map(|(_, file)| Some((&*article_of(file)?.slug, file.path_without_ending())))
    }

    /// The files in a folder, those that newsmark does not read too, in no order that
    /// means anything.
    pub fn files_beside<'c>(&'c self, path: &str) -> impl Iterator<Item = &'c str> {
        let folder = path.rfind('/').map_or(0, |slash| slash + 1);
        let start = path[..folder].to_owned();
        self.by_path
            .keys()
            .chain(&self.others)
            .map(|path| &**path)
            .filter(move |path| path.strip_prefix(start.as_str()).is_some_and(|name| !name.contains('/')))
    }

    /// The first registry that a new source can be added to, and what to add.
    #[must_use]
    pub fn source_stub(&self, key: &str) -> Option<(&FileFacts, String)> {
        let is_bibtex = !key.contains(['{', '}', '(', ')', ',', '"', '#', '%', '~', '\\', '=', ' ']);
        let file = self.first_registry(|_, form| match form {
            StubForm::SourceYaml(_) => true,
            StubForm::Bibtex => is_bibtex,
            StubForm::EntityYaml(_) => false,
        })?;
        let entry = match file.stub? {
            StubForm::Bibtex => format!("@misc{{{key},\n  title = {{}},\n}}\n"),
            StubForm::SourceYaml(indent) | StubForm::EntityYaml(indent) => {
                let key = yaml::scalar(key);
                list_item(
                    indent,
                    &[format!("id: {key}"), "type: document".to_owned(), "title: \"\"".to_owned()],
                )
            }
        };
        Some((file, on_a_new_line(file, entry)))
    }

    /// The first registry that a new entity of that name can be added to, one with such
    /// entities before others, and what to add. Its id is made of the name, where none
    /// has it yet.
    #[must_use]
    pub fn entity_stub(&self, name: &str, kind: EntityType) -> Option<(&FileFacts, String)> {
        let takes = |form| matches!(form, StubForm::EntityYaml(_));
        let has_such = |file: &FileFacts| file.entities.iter().any(|entity| entity.kind == Some(kind));
        let file = self.first_registry(|file, form| takes(form) && has_such(file));
        let file = file.or_else(|| self.first_registry(|_, form| takes(form)))?;
        let StubForm::EntityYaml(indent) = file.stub? else { return None };
        let id = id_of_name(name);
        let id = if id.is_empty() || self.by_id(&fold(&id)).is_some() { name } else { id.as_str() };
        let mut lines = vec![format!("id: {}", yaml::scalar(id)), format!("type: {kind}")];
        if id != name {
            lines.push(format!("name: {}", yaml::scalar(name)));
        }
        Some((file, on_a_new_line(file, list_item(indent, &lines))))
    }

    fn first_registry(&self, takes: impl Fn(&FileFacts, StubForm) -> bool) -> Option<&FileFacts> {
        self.files()
            .map(|(_, file)| file)
            .filter(|file| file.kind == FileKind::Registry && file.stub.is_some_and(|form| takes(file, form)))
            .min_by(|a, b| a.path.cmp(&b.path))
    }
}

/// A name as an id: small letters and digits, and hyphens between them.
fn id_of_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.replace(['\'', '’'], "");
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// An item of a YAML list, each field on a line.
fn list_item(indent: u32, fields: &[String]) -> String {
    let indent = " ".repeat(indent as usize);
    let mut out = String::new();
    for (number, field) in fields.iter().enumerate() {
        let start = if number == 0 { "- " } else { "  " };
        let _ = writeln!(out, "{indent}{start}{field}");
    }
    out
}

/// A file that does not end in a line end needs one before an entry.
fn on_a_new_line(file: &FileFacts, entry: String) -> String {
    if file.end.start.column == 0 { entry } else { format!("\n{entry}") }
}
