//! What can be offered where a name leads nowhere: the names to choose the nearest from,
//! and an entry to add.

use std::fmt::Write as _;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::data::yaml;
use crate::diagnostic::FilePath;
use crate::registry::EntityType;
use crate::text::{Shortlist, fold};

use super::facts::{FileFacts, FileKind, StubForm};
use super::registry::EntityFacts;
use super::tables::{Corpus, Entry, FileId};

/// All that can be offered, laid out to be looked up. Each part is made when something
/// is first asked of it; all go when something comes that could be offered, or goes.
#[derive(Debug, Default)]
pub(super) struct Offers {
    /// The keys of registries.
    sources: OnceLock<Shortlist<Entry>>,
    /// The ids, names and aliases of entities, by entry and number of the name.
    entities: OnceLock<Shortlist<(Entry, u32)>>,
    /// The slugs of articles, each once.
    slugs: OnceLock<Shortlist<FileId>>,
    /// The paths of articles.
    articles: OnceLock<Shortlist<FileId>>,
    /// All files by their folder, which ends in `/` unless it is the corpus root.
    folders: OnceLock<FxHashMap<Box<str>, Vec<FilePath>>>,
    /// The registries to which an entry can be added, by path.
    registries: OnceLock<Vec<OpenRegistry>>,
    /// The registries that hold sources, those with most first.
    with_sources: OnceLock<Vec<FileId>>,
}

/// A registry to which an entry can be added.
#[derive(Debug)]
struct OpenRegistry {
    file: FileId,
    form: StubForm,
    /// The types of the entities that it holds.
    kinds: Vec<EntityType>,
}

impl Corpus {
    /// The keys near `wanted` that a citation in `from` could use, and some that are not
    /// near, in no order that means anything.
    pub fn source_keys_near<'c>(
        &'c self,
        from: &'c FileFacts,
        wanted: &str,
    ) -> impl Iterator<Item = &'c str> {
        let list = self.offers.sources.get_or_init(|| {
            Shortlist::new(self.registries().flat_map(|(id, file)| {
                file.sources.iter().zip(0..).map(move |(source, number)| (&*source.key, (id, number)))
            }))
        });
        let registered = list
            .near(wanted)
            .into_iter()
            .filter_map(|(file, number)| self.file(file).and_then(|file| file.sources.get(number as usize)));
        let bibliographies = from.article.iter().flat_map(|article| &article.bibliographies);
        let named = bibliographies.filter_map(|path| self.file(self.at_path(path)?));
        let own = named.chain([from]).filter(|file| file.kind != FileKind::Registry);
        registered.chain(own.flat_map(|file| &file.sources)).map(|source| &*source.key)
    }

    /// The ids, names and aliases of entities near `wanted`, and some that are not near, in
    /// no order that means anything.
    pub fn entity_names_near<'c>(&'c self, wanted: &str) -> impl Iterator<Item = &'c str> {
        let list = self.offers.entities.get_or_init(|| {
            let with_entities = self.slots().filter(|(_, slot)| slot.has_entities);
            let files = with_entities.filter_map(|(id, _)| Some((id, self.file(id)?)));
            Shortlist::new(files.flat_map(|(id, file)| {
                file.entities.iter().zip(0..).flat_map(move |(entity, number)| {
                    names_of(entity).zip(0..).map(move |(name, which)| (name, ((id, number), which)))
                })
            }))
        });
        list.near(wanted).into_iter().filter_map(|((file, number), which)| {
            let entity = self.file(file)?.entities.get(number as usize)?;
            names_of(entity).nth(which as usize)
        })
    }

    /// The slugs of articles near `wanted`, and where that is a path their paths as
    /// references write them; some that are not near, in no order that means anything.
    pub fn article_names_near<'c>(&'c self, wanted: &str) -> impl Iterator<Item = &'c str> {
        let slugs = self.offers.slugs.get_or_init(|| {
            Shortlist::new(
                self.slugs.iter().filter_map(|(slug, same)| Some((&**slug, same.files.iter().next()?))),
            )
        });
        let slugs = slugs.near(wanted).into_iter().filter_map(|id| self.slug(id));
        let paths = wanted.contains('/').then(|| {
            let articles = self.offers.articles.get_or_init(|| {
                let articles = self.slots().filter(|(_, slot)| slot.slug.is_some());
                Shortlist::new(articles.map(|(id, slot)| (crate::text::without_ending(&slot.path), id)))
            });
            articles
                .near(wanted)
                .into_iter()
                .filter_map(|id| Some(crate::text::without_ending(self.path(id)?)))
        });
        slugs.chain(paths.into_iter().flatten())
    }

    /// The files in the folder of `path`, those that newsmark does not read too, in no
    /// order that means anything.
    pub fn files_beside(&self, path: &str) -> impl Iterator<Item = &str> {
        let folders = self.offers.folders.get_or_init(|| {
            let mut folders: FxHashMap<Box<str>, Vec<FilePath>> = FxHashMap::default();
            for path in self.by_path.keys().chain(&self.others) {
                folders.entry(folder(path).into()).or_default().push(path.clone());
            }
            folders
        });
        folders.get(folder(path)).into_iter().flatten().map(|path| &**path)
    }

    /// The first registry that a new source can be added to, and what to add.
    #[must_use]
    pub fn source_stub(&self, key: &str) -> Option<(&FileFacts, String)> {
        let is_bibtex = !key.contains(['{', '}', '(', ')', ',', '"', '#', '%', '~', '\\', '=', ' ']);
        let (file, form) = self.first_registry(|registry| match registry.form {
            StubForm::SourceYaml(_) => true,
            StubForm::Bibtex => is_bibtex,
            StubForm::EntityYaml(_) => false,
        })?;
        let entry = match form {
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
        self.new_entity(name, kind).map(|(file, _, entry)| (file, entry))
    }

    /// The same, with the id that the entity gets: file, id, what to add.
    #[must_use]
    pub fn new_entity(&self, name: &str, kind: EntityType) -> Option<(&FileFacts, String, String)> {
        let takes = |registry: &OpenRegistry| matches!(registry.form, StubForm::EntityYaml(_));
        let first = self.first_registry(|registry| takes(registry) && registry.kinds.contains(&kind));
        let (file, form) = first.or_else(|| self.first_registry(takes))?;
        let StubForm::EntityYaml(indent) = form else { return None };
        let id = id_of_name(name);
        let id = if id.is_empty() || self.by_id(&fold(&id)).is_some() { name } else { id.as_str() };
        let mut lines = vec![format!("id: {}", yaml::scalar(id)), format!("type: {kind}")];
        if id != name {
            lines.push(format!("name: {}", yaml::scalar(name)));
        }
        Some((file, id.to_owned(), on_a_new_line(file, list_item(indent, &lines))))
    }

    /// The registries that hold sources, those with most first, of as many the first by path.
    pub(super) fn registries_of_sources(&self) -> impl Iterator<Item = &FileFacts> {
        let list = self.offers.with_sources.get_or_init(|| {
            let mut all: Vec<(FileId, &FileFacts)> =
                self.registries().filter(|(_, file)| file.entities.is_empty()).collect();
            all.sort_by_key(|(_, file)| (std::cmp::Reverse(file.sources.len()), &file.path));
            all.into_iter().map(|(id, _)| id).collect()
        });
        list.iter().filter_map(|id| self.file(*id))
    }

    fn registries(&self) -> impl Iterator<Item = (FileId, &FileFacts)> {
        let registries = self.slots().filter(|(_, slot)| slot.kind == FileKind::Registry);
        registries.filter_map(|(id, _)| Some((id, self.file(id)?)))
    }

    fn first_registry(&self, takes: impl Fn(&OpenRegistry) -> bool) -> Option<(&FileFacts, StubForm)> {
        let registries = self.offers.registries.get_or_init(|| {
            let mut registries: Vec<(&FilePath, OpenRegistry)> = self
                .registries()
                .filter_map(|(file, facts)| {
                    let mut kinds: Vec<EntityType> =
                        facts.entities.iter().filter_map(|entity| entity.kind).collect();
                    kinds.sort_unstable();
                    kinds.dedup();
                    Some((&facts.path, OpenRegistry { file, form: facts.stub?, kinds }))
                })
                .collect();
            registries.sort_unstable_by_key(|(path, _)| *path);
            registries.into_iter().map(|(_, registry)| registry).collect()
        });
        let first = registries.iter().find(|registry| takes(registry))?;
        Some((self.file(first.file)?, first.form))
    }
}

/// The id, name and aliases of an entity, as written.
fn names_of(entity: &EntityFacts) -> impl Iterator<Item = &str> {
    [&entity.id, &entity.name].into_iter().chain(&entity.aliases).map(|name| &**name)
}

/// The folder of a file, with its `/`.
fn folder(path: &str) -> &str {
    &path[..path.rfind('/').map_or(0, |slash| slash + 1)]
}

/// A name as an id: small letters and digits, and hyphens between them.
#[must_use]
pub fn id_of_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.replace(['\'', '’'], "");
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// An item of a YAML list, each field on a line.
pub(super) fn list_item(indent: u32, fields: &[String]) -> String {
    let indent = " ".repeat(indent as usize);
    let mut out = String::new();
    for (number, field) in fields.iter().enumerate() {
        let start = if number == 0 { "- " } else { "  " };
        let _ = writeln!(out, "{indent}{start}{field}");
    }
    out
}

/// A file that does not end in a line end needs one before an entry.
pub(super) fn on_a_new_line(file: &FileFacts, entry: String) -> String {
    if file.end.start.column == 0 { entry } else { format!("\n{entry}") }
}
