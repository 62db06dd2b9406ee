//! What is kept of a file: plain data with places, no text.

use rustc_hash::FxHashSet;

use crate::data::date::Date;
use crate::diagnostic::{FilePath, Finding};
use crate::text::Place;

use super::article::ArticleFacts;
use super::registry::{EntityFacts, SourceFacts};

/// What a file is in the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// An article.
    Article,
    /// A Markdown page about an entity: its body is read as an article's is, but it
    /// is not judged as journalism.
    Dossier,
    /// Entities or sources for the whole corpus.
    Registry,
    /// Sources for the articles that name the file in their front matter.
    Bibliography,
}

/// What one file defines and refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct FileFacts {
    /// Where it is.
    pub path: FilePath,
    /// What it is.
    pub kind: FileKind,
    /// What the rules about single files found in it.
    pub findings: Vec<Finding>,
    /// Entities defined here.
    pub entities: Vec<EntityFacts>,
    /// Sources defined here; in an article, its own `references`.
    pub sources: Vec<SourceFacts>,
    /// Entities referred to, by start.
    pub entity_references: Vec<EntityReference>,
    /// Sources referred to other than in citations.
    pub source_references: Vec<SourceReference>,
    /// What may stand for something defined elsewhere and need not.
    pub pointers: Vec<Pointer>,
    /// Other files named here: bibliographies and snapshots.
    pub named_files: Vec<NamedFile>,
    /// The rest, where the file is an article or a dossier.
    pub article: Option<ArticleFacts>,
    /// The empty place at the file's end.
    pub end: Place,
    /// How one more entry is added to a registry; none where its end is not the end of
    /// its list.
    pub stub: Option<StubForm>,
    /// Whether some of it could not be read, so that entries may be missing.
    pub broken: bool,
    /// Stretches in which an entry could not be read that speaks of terms, by start: it may be
    /// that of a source that is not on record, and nothing of it is repeated anywhere.
    pub guarded: Vec<Place>,
}

/// How an entry is added to a registry, at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StubForm {
    /// A YAML list of entities, its items after so many spaces.
    EntityYaml(u32),
    /// A YAML list of sources, likewise.
    SourceYaml(u32),
    /// A bibliography.
    Bibtex,
}

/// Where an entity is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityRole {
    /// `[[…]]`
    Mention,
    /// `by=`
    By,
    /// `via=`, where it is no source.
    Via,
    /// `against=`
    Against,
    /// One of the accused in `reply=`
    Reply,
    /// `event=`
    Event,
    /// `place=`, of a picture or an event.
    Place,
    /// The entity of a name settled in the front matter.
    Settled,
    /// `part-of:` of an entity.
    PartOf,
    /// `of:` in a role.
    RoleOf,
    /// `issuer` of a source.
    Issuer,
}

/// A name that stands for an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityReference {
    /// As written.
    pub name: Box<str>,
    /// As compared.
    pub folded: Box<str>,
    /// Where it stands in.
    pub role: EntityRole,
    /// The name's place.
    pub place: Place,
    /// Whether it was reported already that this is not the name that it looks like.
    pub confusing: bool,
    /// How many of the references after this one are the parts that its commas make:
    /// they count where the whole is no name.
    pub parts: u32,
}

/// Where a source is referred to outside citations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceRole {
    /// `relays` of a source.
    Relays,
    /// `superseded-by` of a source.
    SupersededBy,
    /// `via=` of a claim: a source, or else the entity of that name.
    Via,
    /// `source=` of a div.
    Div,
}

/// A source's key.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceReference {
    /// The key.
    pub key: Box<str>,
    /// Where it stands in.
    pub role: SourceRole,
    /// The key's place.
    pub place: Place,
    /// The date of the live page's entry around it, or of the one that it stands on.
    pub entry: Option<Date>,
}

/// What a [`Pointer`] may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PointerRole {
    /// The one author of a source: an entity, where one goes by the name.
    Author,
    /// Its publisher: likewise.
    Publisher,
    /// `article` of a source: an article of the corpus, by its slug or path.
    Article,
    /// A name settled in the front matter: the entity with that id.
    Settled,
}

/// A name that may stand for something defined elsewhere; if it does not, nothing is wrong
/// with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pointer {
    /// What it may lead to.
    pub role: PointerRole,
    /// The name or id of what it leads to, as compared; of an article as written.
    pub name: Box<str>,
    /// Where it stands.
    pub place: Place,
}

/// A file that another file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// Its path from the corpus root; none where it would lie outside.
    pub path: Option<FilePath>,
    /// As written.
    pub written: Box<str>,
    /// Whether it is a bibliography; otherwise it is a source's snapshot.
    pub bibliography: bool,
    /// Where it is named.
    pub place: Place,
}

impl FileFacts {
    /// The facts of a file that holds nothing.
    #[must_use]
    pub fn empty(path: FilePath, kind: FileKind) -> Self {
        FileFacts {
            path,
            kind,
            findings: Vec::new(),
            entities: Vec::new(),
            sources: Vec::new(),
            entity_references: Vec::new(),
            source_references: Vec::new(),
            pointers: Vec::new(),
            named_files: Vec::new(),
            article: None,
            end: Place::default(),
            stub: None,
            broken: false,
            guarded: Vec::new(),
        }
    }

    /// An article that settles no names and brings no sources: what names and keys mean there,
    /// they mean in all that do neither.
    #[must_use]
    pub fn nowhere() -> Self {
        FileFacts::empty("".into(), FileKind::Article)
    }

    /// Gives back the room that was left for more.
    pub fn shrink_to_fit(&mut self) {
        self.findings.shrink_to_fit();
        self.entities.shrink_to_fit();
        self.sources.shrink_to_fit();
        self.entity_references.shrink_to_fit();
        self.source_references.shrink_to_fit();
        self.named_files.shrink_to_fit();
        if let Some(article) = &mut self.article {
            article.claims.shrink_to_fit();
            article.anchors.shrink_to_fit();
            article.mentions.shrink_to_fit();
            article.names.shrink_to_fit();
            article.cited.shrink_to_fit();
            article.points.shrink_to_fit();
            article.claim_references.shrink_to_fit();
            article.links.shrink_to_fit();
            article.figures.shrink_to_fit();
            article.quotes.shrink_to_fit();
            article.vague.shrink_to_fit();
            article.quotations.sentences.shrink_to_fit();
            article.pictures.shrink_to_fit();
            article.titles.shrink_to_fit();
        }
    }

    /// Keeps in use what `before`, the same file a moment ago, defined and this text does
    /// not: while an entry is half-typed, nothing that rests on it is called undefined.
    /// For open files; what is read from the disk is taken as it is.
    pub fn keep_known(&mut self, before: &FileFacts) {
        if !self.broken {
            return;
        }
        let ids: FxHashSet<&str> = self.entities.iter().map(|entity| &*entity.id).collect();
        let kept = before.entities.iter().filter(|entity| !ids.contains(&*entity.id));
        let kept: Vec<EntityFacts> =
            kept.map(|entity| EntityFacts { stale: true, ..entity.clone() }).collect();
        self.entities.extend(kept);
        let keys: FxHashSet<&str> = self.sources.iter().map(|source| &*source.key).collect();
        let kept = before.sources.iter().filter(|source| !keys.contains(&*source.key));
        let kept: Vec<SourceFacts> =
            kept.map(|source| SourceFacts { stale: true, ..source.clone() }).collect();
        self.sources.extend(kept);
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::FileFacts;
    use crate::lint::{FileRole, read};

    fn registry(text: &str) -> FileFacts {
        read(&"sources.yaml".into(), text, FileRole::Sources)
    }

    #[test]
    fn a_half_typed_registry_keeps_what_was_known() {
        let before = registry("- id: a\n  type: report\n- id: b\n  type: report\n- id: c\n  type: report\n");
        let mut typing =
            registry("- id: a\n  type: report\n- id: [b\n  type: report\n- id: c\n  type: report\n");
        assert!(typing.broken);
        typing.keep_known(&before);
        let keys = |facts: &FileFacts| -> Vec<(String, bool)> {
            facts.sources.iter().map(|source| (source.key.to_string(), source.stale)).collect()
        };
        assert_eq!(keys(&typing), [("a".into(), false), ("c".into(), false), ("b".into(), true)]);
        let mut unnamed =
            registry("- id: a\n  type: report\n- id:\n  type: report\n- id: c\n  type: report\n");
        unnamed.keep_known(&before);
        assert_eq!(keys(&unnamed), keys(&typing), "what has no name yet may be what it was");
        // A fault that costs no entry is no reason to keep one.
        for fault in ["", "  terms: nonsense\n", "  title: [1, 2]\n", "  type: twice\n"] {
            let mut deleted = registry(&format!("- id: a\n  type: report\n{fault}- id: c\n  type: report\n"));
            assert_eq!(deleted.findings.is_empty(), fault.is_empty(), "{fault}");
            deleted.keep_known(&before);
            assert_eq!(keys(&deleted), [("a".into(), false), ("c".into(), false)], "{fault}");
        }
    }
}
