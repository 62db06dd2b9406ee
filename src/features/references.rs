//! Everywhere that somebody or something is named, cited or referred to.

use smallvec::SmallVec;

use crate::corpus::{
    ArticleLink, Corpus, EntityFacts, EntityReference, EntityRole, FileFacts, FileId, PointerRole,
};
use crate::text::Place;

use super::subject::{self, Subject};

/// One place at which a subject is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence<'f> {
    /// The word that means it: a name, key, id, slug or path, without signs around it.
    pub place: Place,
    /// What it does there.
    pub role: Role,
    /// The word: an entity's name as compared, anything else as written.
    pub word: &'f str,
}

/// What a word does where it means a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// It defines it.
    Definition,
    /// It mentions it in a text: a wiki link.
    Mention,
    /// It stands in an attribute of a claim, div or picture.
    Attribute,
    /// It cites it.
    Citation,
    /// It says how one claim stands to another.
    Relation,
    /// It stands in an entry of a registry, or in an article's own sources.
    Registry,
    /// It settles in an article what a name stands for.
    Settled,
    /// It is the destination of an ordinary link or picture, or a file that is named.
    Link,
}

/// The files in which `subject` may be meant, in the order of their paths. Found in tables:
/// none of them is read for it.
#[must_use]
pub fn files(corpus: &Corpus, subject: &Subject) -> Vec<FileId> {
    match subject {
        Subject::Entity(id) => {
            corpus.by_id(id).map(|known| corpus.files_naming(known.what)).unwrap_or_default()
        }
        Subject::Name(name) => corpus.files_of_name(name),
        Subject::Source { key, .. } | Subject::Key(key) => corpus.files_of_key(key),
        Subject::Part { file, .. } | Subject::Article(file) => {
            let file = corpus.at_path(file).and_then(|id| corpus.file(id));
            file.map(|file| corpus.files_leading_to(file)).unwrap_or_default()
        }
        Subject::File(path) => corpus.files_naming_path(path),
    }
}

/// Where in `file` `subject` is meant, in the order of the places.
#[must_use]
pub fn occurrences<'f>(corpus: &Corpus, file: &'f FileFacts, subject: &Subject) -> Vec<Occurrence<'f>> {
    let mut found = Vec::new();
    match subject {
        Subject::Entity(_) | Subject::Name(_) => {
            definitions_of_entity(file, subject, &mut found);
            names(corpus, file, subject, &mut found);
        }
        Subject::Source { .. } | Subject::Key(_) => sources(corpus, file, subject, &mut found),
        Subject::Part { .. } | Subject::Article(_) => {
            parts(corpus, file, subject, &mut found);
            links(corpus, file, subject, &mut found);
        }
        Subject::File(path) => {
            let named = file.named_files.iter().filter(|named| named.path.as_ref() == Some(path));
            found.extend(named.map(|named| Occurrence {
                place: named.place,
                role: Role::Link,
                word: &named.written,
            }));
            links(corpus, file, subject, &mut found);
        }
    }
    found.sort_by_key(|one| (one.place.start.offset, one.place.end.offset));
    // An entry's author may stand for its issuer as well; a name in `via=` is looked at twice.
    found.dedup_by_key(|one| one.place);
    found
}

fn definitions_of_entity<'f>(file: &'f FileFacts, subject: &Subject, found: &mut Vec<Occurrence<'f>>) {
    let Subject::Entity(id) = subject else { return };
    let is_it = |entity: &&EntityFacts| !entity.stale && *entity.folded_id() == **id;
    found.extend(file.entities.iter().filter(is_it).map(|entity| Occurrence {
        place: entity.id_place,
        role: Role::Definition,
        word: entity.folded_id(),
    }));
}

fn names<'f>(corpus: &Corpus, file: &'f FileFacts, subject: &Subject, found: &mut Vec<Occurrence<'f>>) {
    // Most names of a file are those of others, which is seen without resolving them.
    let known = match subject {
        Subject::Entity(id) => corpus.by_id(id),
        _ => None,
    };
    let own: SmallVec<[&str; 8]> = match (&known, subject) {
        (Some(known), _) => corpus.all_names(known.what).map(|name| &**name).collect(),
        (None, Subject::Name(name)) => SmallVec::from_slice(&[&**name]),
        _ => SmallVec::new(),
    };
    let settled = file.article.as_ref().map(|article| &article.settled[..]).unwrap_or_default();
    let may_be = |name: &str| own.contains(&name) || settled.iter().any(|(settled, _)| **settled == *name);
    for reference in corpus.entity_references(file).filter(|reference| may_be(&reference.folded)) {
        if subject::name(corpus, file, reference) == *subject {
            let (place, word) = (reference.place, &reference.folded);
            found.push(Occurrence { place, role: role(reference.role), word });
        }
    }
    for pointer in &file.pointers {
        let role = match pointer.role {
            PointerRole::Article => continue,
            PointerRole::Settled => Role::Settled,
            PointerRole::Author | PointerRole::Publisher => Role::Registry,
        };
        if subject::pointer(corpus, file, pointer).as_ref() == Some(subject) {
            found.push(Occurrence { place: pointer.place, role, word: &pointer.name });
        }
    }
}

fn role(role: EntityRole) -> Role {
    match role {
        EntityRole::Mention => Role::Mention,
        EntityRole::Settled => Role::Settled,
        EntityRole::PartOf | EntityRole::RoleOf | EntityRole::Issuer => Role::Registry,
        EntityRole::By
        | EntityRole::Via
        | EntityRole::Against
        | EntityRole::Reply
        | EntityRole::Event
        | EntityRole::Place => Role::Attribute,
    }
}

fn sources<'f>(corpus: &Corpus, file: &'f FileFacts, subject: &Subject, found: &mut Vec<Occurrence<'f>>) {
    let (Subject::Source { key, .. } | Subject::Key(key)) = subject else { return };
    if let Subject::Source { file: path, .. } = subject
        && *path == file.path
    {
        let own = file.sources.iter().filter(|source| !source.stale && source.key == *key);
        found.extend(own.map(|source| Occurrence {
            place: source.key_place,
            role: Role::Definition,
            word: &source.key,
        }));
    }
    // In one file a key means one source.
    if subject::key(corpus, file, key) != *subject {
        return;
    }
    let cited = file.article.iter().flat_map(|article| &article.cited);
    let cited = cited.filter(|cited| cited.key == *key);
    // An unknown key that stands bare is no citation.
    let cited = cited.filter(|cited| !cited.bare || matches!(subject, Subject::Source { .. }));
    found.extend(cited.map(|cited| Occurrence {
        place: cited.key_place(),
        role: Role::Citation,
        word: &cited.key,
    }));
    for reference in file.source_references.iter().filter(|reference| reference.key == *key) {
        use crate::corpus::SourceRole::{Div, Relays, SupersededBy, Via};
        let role = match reference.role {
            Relays | SupersededBy => Role::Registry,
            Via | Div => Role::Attribute,
        };
        found.push(Occurrence { place: reference.place.last(key), role, word: &reference.key });
    }
}

/// Claims, other parts with ids, and articles: by what other claims, wiki links and entries
/// of sources write.
fn parts<'f>(corpus: &Corpus, file: &'f FileFacts, subject: &Subject, found: &mut Vec<Occurrence<'f>>) {
    let Some(article) = &file.article else {
        return articles_of_sources(corpus, file, subject, found);
    };
    articles_of_sources(corpus, file, subject, found);
    if let Subject::Part { file: path, id } = subject
        && *path == file.path
    {
        let own = article.anchors.iter().filter(|anchor| anchor.id == *id);
        found.extend(own.map(|anchor| {
            // Of a heading's automatic id the place is that of the heading's words.
            let is_written = anchor.place.span().len().wrapping_sub(anchor.id.len()) <= 1;
            let place = if is_written { anchor.place.last(&anchor.id) } else { anchor.place };
            Occurrence { place, role: Role::Definition, word: &anchor.id }
        }));
    }
    for reference in &article.claim_references {
        match (subject, &reference.article) {
            (Subject::Part { file: path, id }, named) if reference.id == *id => {
                let target = match named {
                    None => Some(&file.path),
                    Some(name) => one_article(corpus, name).map(|article| &article.path),
                };
                if target == Some(path) {
                    let place = reference.place.last(&reference.id);
                    found.push(Occurrence { place, role: Role::Relation, word: &reference.id });
                }
            }
            (Subject::Article(path), Some(name))
                if one_article(corpus, name).is_some_and(|article| article.path == *path) =>
            {
                let place = reference.place.first(name);
                found.push(Occurrence { place, role: Role::Relation, word: name });
            }
            _ => {}
        }
    }
    for mention in &article.mentions {
        let Some(reference) = file.entity_references.get(mention.reference as usize) else { continue };
        let (name, id) = match reference.name.split_once('#') {
            Some((name, id)) => (name, Some(id)),
            None => (&*reference.name, None),
        };
        let is_wanted = match subject {
            Subject::Part { id: wanted, .. } => id == Some(&**wanted),
            _ => !name.is_empty(),
        };
        if !is_wanted || !leads_to(corpus, file, reference, subject) {
            continue;
        }
        let (place, word) = match (subject, id) {
            (Subject::Part { .. }, Some(id)) => (reference.place.last(id), id),
            _ => (reference.place.first(name), name),
        };
        found.push(Occurrence { place, role: Role::Mention, word });
    }
}

/// Whether a wiki link leads to an article, or to a part of it.
fn leads_to(corpus: &Corpus, file: &FileFacts, reference: &EntityReference, subject: &Subject) -> bool {
    match (subject::name(corpus, file, reference), subject) {
        (Subject::Part { file: article, .. }, Subject::Article(path)) => article == *path,
        (Subject::Name(_), Subject::Article(path)) => {
            let link = corpus.article_link(file, &reference.name);
            matches!(link, ArticleLink::NoAnchor(article, _) if article.path == *path)
        }
        (meant, subject) => meant == *subject,
    }
}

fn articles_of_sources<'f>(
    corpus: &Corpus,
    file: &'f FileFacts,
    subject: &Subject,
    found: &mut Vec<Occurrence<'f>>,
) {
    let Subject::Article(path) = subject else { return };
    let pointers = file.pointers.iter().filter(|pointer| pointer.role == PointerRole::Article);
    let meaning =
        pointers.filter(|led| one_article(corpus, &led.name).is_some_and(|article| article.path == *path));
    found.extend(meaning.map(|led| Occurrence { place: led.place, role: Role::Registry, word: &led.name }));
}

fn one_article<'c>(corpus: &'c Corpus, name: &str) -> Option<&'c FileFacts> {
    match corpus.articles(name).first[..] {
        [article] => Some(article),
        _ => None,
    }
}

/// Ordinary links and pictures.
fn links<'f>(corpus: &Corpus, file: &'f FileFacts, subject: &Subject, found: &mut Vec<Occurrence<'f>>) {
    for link in file.article.iter().flat_map(|article| &article.links) {
        let is_it = match (subject::link(corpus, file, link), subject) {
            (Some(Subject::Part { file: article, .. }), Subject::Article(path)) => {
                article == *path && link.path.is_some()
            }
            (meant, subject) => meant.as_ref() == Some(subject),
        };
        if !is_it {
            continue;
        }
        let fragment = link.fragment.as_deref().filter(|_| link.editable);
        let (place, word) = match (subject, fragment) {
            (Subject::Part { .. }, Some(id)) if link.written.ends_with(id) => (link.place.last(id), id),
            (Subject::Article(_), Some(_)) => {
                let path = link.written.split_once('#').map_or(&*link.written, |(path, _)| path);
                (link.place.first(path), path)
            }
            _ => (link.place, &*link.written),
        };
        found.push(Occurrence { place, role: Role::Link, word });
    }
}
