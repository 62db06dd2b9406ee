//! Giving somebody or something another name, wherever it is used.
//!
//! What is renamed is the word under the cursor: of an entity its id, its name or one of its
//! aliases; the others stay, and so do places that use them.

mod check;

use std::sync::Arc;

use crate::config::Config;
use crate::corpus::{Corpus, EntityFacts, FileFacts, FileKind};
use crate::data::Format;
use crate::diagnostic::{Edit, FilePath};
use crate::registry::{self, Entity};
use crate::syntax::{self, front_matter};
use crate::text::{LineIndex, Place, Span, fold, stem};

use super::changes::{Change, Group, is_said, with_checks};
use super::references::{Occurrence, Role, files, occurrences};
use super::respelling;
use super::subject::{Subject, subject};

/// Why something cannot be renamed, in words for whoever asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

/// What is to be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Who or what it is.
    pub subject: Subject,
    /// Which of its names: of an entity and of a name as compared, anything else as written.
    pub word: Box<str>,
    /// Whether it is an entity's name or alias and not its id, where the two are alike, too.
    pub is_name: bool,
    /// Where the word stands under the cursor.
    pub place: Place,
    /// The word as a person has it: of a registry's name what is meant, without marks and escapes
    /// of the format; of anything else as it stands there.
    pub written: String,
}

/// What renaming has to look at besides the corpus.
pub struct Desk<'d> {
    /// The corpus.
    pub corpus: &'d Corpus,
    /// Its configuration, which may settle names.
    pub config: &'d Config,
    /// The text of a file as the corpus has read it; none where it is another now, or gone.
    pub text: &'d dyn Fn(&FilePath) -> Option<Arc<str>>,
}

/// What would be renamed at `offset` in `file`, which holds `text`.
///
/// # Errors
/// Where nothing there has a name of its own, or it stands in none of the files.
pub fn renamed(corpus: &Corpus, file: &FileFacts, text: &str, offset: usize) -> Result<Renamed, Refusal> {
    let nothing = || Refusal("there is no name, key, id or slug to rename here".to_owned());
    if let Some(found) = name_of_entry(file, text, offset).or_else(|| own_slug(file, text, offset)) {
        return Ok(found);
    }
    let (_, subject) = subject(corpus, file, offset).ok_or_else(nothing)?;
    if matches!(subject, Subject::File(_)) {
        return Err(Refusal(
            "rename the file itself in the editor's file list: links to it follow".to_owned(),
        ));
    }
    let on = |one: &&Occurrence<'_>| {
        one.place.start.offset as usize <= offset && offset <= one.place.end.offset as usize
    };
    let all = occurrences(corpus, file, &subject);
    let found = all.iter().filter(on).min_by_key(|one| one.place.span().len()).ok_or_else(nothing)?;
    let written = text.get(found.place.span().range()).unwrap_or_default();
    let mut is_name = false;
    let word: Box<str> = match &subject {
        Subject::Entity(id) => {
            let word: Box<str> = fold(&respelling::plain(written)).into();
            is_name = corpus.by_id(id).is_none_or(|own| !means_id(own.what, &word, written));
            word
        }
        Subject::Name(_) => fold(&respelling::plain(written)).into(),
        Subject::Article(_) if found.role == Role::Link => {
            return Err(Refusal(
                "this names the file: rename it in the editor's file list, and links to it follow".to_owned(),
            ));
        }
        _ => found.word.into(),
    };
    if let Subject::Part { file: path, id } = &subject
        && *path == file.path
        && let Some(heading) = check::made_of_heading(file, text, id)
    {
        return Err(heading);
    }
    Ok(Renamed { subject, word, is_name, place: found.place, written: written.to_owned() })
}

/// The same, for whoever is to be told before a name is asked for.
///
/// # Errors
/// As [`renamed`], and where it is called by its file's name.
pub fn prepared(desk: &Desk<'_>, file: &FileFacts, text: &str, offset: usize) -> Result<Renamed, Refusal> {
    let what = renamed(desk.corpus, file, text, offset)?;
    check::has_own_name(desk, &what)?;
    Ok(what)
}

/// What gives it the name `new` everywhere.
///
/// # Errors
/// Where the name cannot be one, or stands for something else; and where one of the files is
/// not what it was when it was read.
pub fn rename(desk: &Desk<'_>, what: &Renamed, new: &str) -> Result<Vec<Change>, Refusal> {
    let new = match &what.subject {
        Subject::Part { .. } => new.trim().trim_start_matches('#'),
        Subject::Source { .. } | Subject::Key(_) => new.trim().trim_start_matches('@'),
        _ => new.trim(),
    };
    check::can_be_named(desk, what, new)?;
    let mut changes = Vec::new();
    for id in files(desk.corpus, &what.subject) {
        let Some(file) = desk.corpus.file(id) else { continue };
        changes_in(desk, file, what, new, &mut changes)?;
    }
    settled_names(desk, what, new, &mut changes);
    if changes.is_empty() {
        return Err(Refusal(format!("`{}` is written nowhere", what.written)));
    }
    Ok(changes)
}

fn changes_in(
    desk: &Desk<'_>,
    file: &FileFacts,
    what: &Renamed,
    new: &str,
    changes: &mut Vec<Change>,
) -> Result<(), Refusal> {
    let found = occurrences(desk.corpus, file, &what.subject);
    let defines = found.iter().any(|one| one.role == Role::Definition)
        || matches!(&what.subject, Subject::Article(path) if *path == file.path);
    if found.is_empty() && !defines {
        return Ok(());
    }
    let is_other = || {
        Refusal(format!(
            "{} is not what newsmark has read of it: nothing was renamed; save it, or try again in a moment",
            file.path
        ))
    };
    // As where a macro of BibTeX stands for it.
    let is_hidden = |place: Place| {
        Refusal(format!(
            "{}, line {}, comes to `{}` in a way that cannot be written anew: nothing was renamed; write out \
             there what is meant, and try again",
            file.path,
            place.start.line + 1,
            what.word
        ))
    };
    let text = (desk.text)(&file.path).ok_or_else(is_other)?;
    let lines = LineIndex::new(&text);
    let (mut own, mut unseen) = (Vec::new(), Vec::new());
    let mut add = |place: Place, role: Role, new: String| {
        let group = Group::of(file, &text, place.span(), role);
        own.push(Change { edit: Edit::new(&file.path, place, new), group });
    };
    for one in &found {
        // What defines it stands there by its id; its names are looked up in the text.
        if what.is_name && one.role == Role::Definition {
            continue;
        }
        let Some(written) = text.get(one.place.span().range()) else { return Err(is_other()) };
        match means(desk.corpus, what, one, written) {
            Means::It => {}
            Means::OtherName => continue,
            Means::Part(span) => {
                let span = span.shifted(one.place.span().start());
                let new = respelling::rewritten(&file.path, &text, span, one.role, new);
                add(lines.place(&text, span), one.role, new);
                continue;
            }
            Means::Nothing if written.contains(['\\', '&']) => {}
            Means::Nothing => return Err(is_hidden(one.place)),
        }
        let span = one.place.span();
        // Words that a link shows stay, unless they are what is renamed.
        let shown = format!("|{written}]]");
        let shows_it = one.role == Role::Mention && text[span.end()..].starts_with(&shown);
        if one.role == Role::Mention && is_said(file, &text, span) {
            let words = if shows_it { new.to_owned() } else { format!("{new}|{written}") };
            unseen.push(Edit::new(&file.path, one.place, words));
            continue;
        }
        if shows_it {
            let both = Span::new(span.start(), span.end() + 1 + written.len());
            add(lines.place(&text, both), one.role, format!("{new}|{new}"));
            continue;
        }
        add(one.place, one.role, respelling::rewritten(&file.path, &text, span, one.role, new));
    }
    if defines {
        for span in names_in_text(file, &text, what) {
            let new = respelling::rewritten(&file.path, &text, span, Role::Definition, new);
            add(lines.place(&text, span), Role::Definition, new);
        }
    }
    own.extend(unseen.into_iter().map(|edit| Change { edit, group: Group::Uses }));
    own.sort_by(|a, b| a.edit.location.cmp(&b.edit.location));
    with_checks(&text, &mut own);
    changes.append(&mut own);
    Ok(())
}

/// What a place means to a renaming.
enum Means {
    /// It is what is renamed.
    It,
    /// Only a part of it is: its bytes.
    Part(Span),
    /// It is another name for the same.
    OtherName,
    /// It is not what was read there.
    Nothing,
}

fn means(corpus: &Corpus, what: &Renamed, one: &Occurrence<'_>, written: &str) -> Means {
    match &what.subject {
        Subject::Entity(_) | Subject::Name(_) => {
            let plain = respelling::plain(written);
            let folded = fold(&plain);
            if *folded == *what.word {
                let own = match &what.subject {
                    Subject::Entity(id) => corpus.by_id(id),
                    _ => None,
                };
                let is_it = own.is_none_or(|own| means_id(own.what, &what.word, written) != what.is_name);
                return if is_it { Means::It } else { Means::OtherName };
            }
            // What an entry of a source says of its author may be a mapping, or a list in
            // another format: the name is a part of it.
            if one.role == Role::Registry {
                return match written.find(&what.written) {
                    Some(at) if *one.word == *what.word => {
                        Means::Part(Span::new(at, at + what.written.len()))
                    }
                    _ => Means::OtherName,
                };
            }
            // In the front matter a name is settled on an id: the place is the name's.
            let is_other = *folded == *one.word || one.role == Role::Settled;
            // The page of an entity may be its name: its id is that of the file.
            if is_other || one.role == Role::Definition { Means::OtherName } else { Means::Nothing }
        }
        _ if *one.word != *what.word
            || one.role == Role::Link && matches!(what.subject, Subject::Article(_)) =>
        {
            Means::OtherName
        }
        _ if written.ends_with(&*what.word) || written.starts_with(&*what.word) => Means::It,
        _ => Means::Nothing,
    }
}

/// Where a file's own text gives what is renamed as a name or alias of its entity, or as its
/// slug; ids and keys are among the occurrences.
fn names_in_text(file: &FileFacts, text: &str, what: &Renamed) -> Vec<Span> {
    match &what.subject {
        Subject::Entity(id) if what.is_name => {
            let entities = entities(file, text);
            let own = entities.iter().filter(|entity| fold(&entity.id.value) == **id);
            own.flat_map(|entity| entity.name.iter().chain(&entity.aliases))
                .filter(|name| fold(&name.value) == *what.word)
                .map(|name| name.span)
                .collect()
        }
        Subject::Article(path) if *path == file.path => own_slug_of(text)
            .filter(|slug| slug.value == *what.word)
            .map(|slug| slug.span)
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// The entities of a registry, or the one that a page is about, as they stand in the text.
fn entities(file: &FileFacts, text: &str) -> Vec<Entity> {
    if file.entities.is_empty() {
        return Vec::new();
    }
    match Format::of(&file.path) {
        Format::Markdown => registry::read_entity_page(text, stem(&file.path)).entries,
        Format::Json | Format::JsonLines => registry::read_entities_ftm(text).entries,
        _ => registry::read_entities_yaml(text).entries,
    }
}

/// The slug that an article gives itself in its front matter.
pub(super) fn own_slug_of(text: &str) -> Option<registry::Text> {
    let article = syntax::parse(text);
    front_matter::read(text, article.front_matter.as_ref()?).slug
}

/// A name or alias of an entry of a registry, under the cursor.
fn name_of_entry(file: &FileFacts, text: &str, offset: usize) -> Option<Renamed> {
    let entities = entities(file, text);
    let on = |name: &&registry::Text| name.span.contains_offset(offset) || name.span.end() == offset;
    let (entity, name) = entities
        .iter()
        .find_map(|entity| Some((entity, entity.name.iter().chain(&entity.aliases).find(on)?)))?;
    Some(Renamed {
        subject: Subject::Entity(fold(&entity.id.value).into()),
        word: fold(&name.value).into(),
        is_name: true,
        place: LineIndex::new(text).place(text, name.span),
        written: name.value.clone(),
    })
}

/// The slug that an article gives itself, under the cursor.
fn own_slug(file: &FileFacts, text: &str, offset: usize) -> Option<Renamed> {
    if file.kind != FileKind::Article {
        return None;
    }
    let slug =
        own_slug_of(text).filter(|slug| slug.span.contains_offset(offset) || slug.span.end() == offset)?;
    Some(Renamed {
        subject: Subject::Article(file.path.clone()),
        word: slug.value.as_str().into(),
        is_name: false,
        place: LineIndex::new(text).place(text, slug.span),
        written: slug.span.of(text).to_owned(),
    })
}

/// Names that the configuration settles, and the ids on which it does.
fn settled_names(desk: &Desk<'_>, what: &Renamed, new: &str, changes: &mut Vec<Change>) {
    let Subject::Entity(id) = &what.subject else { return };
    let path = FilePath::from(crate::config::FILE_NAME);
    for settled in desk.config.names.iter().filter(|settled| fold(&settled.entity) == **id) {
        let span = match what.is_name {
            false => settled.entity_span,
            true if fold(&settled.name) == *what.word => settled.name_span,
            true => continue,
        };
        let edit = Edit::new(&path, desk.config.place(span), respelling::json(new));
        changes.push(Change { edit, group: Group::Settings });
    }
}

/// Whether a word of an entity is its id, and not a name that is like the id: those are told
/// apart by how they are written.
fn means_id(entity: &EntityFacts, word: &str, written: &str) -> bool {
    let mut names = std::iter::once(&entity.name).chain(&entity.aliases);
    entity.folded_id() == word
        && (*written == *entity.id || names.all(|name| *name == entity.id || fold(name) != *word))
}
