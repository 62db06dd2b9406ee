//! Whether something can be named so.

use crate::corpus::{EntityTarget, FileFacts, Known};
use crate::diagnostic::FilePath;
use crate::syntax::vocabulary;
use crate::text::{Place, fold};

use super::{Desk, Refusal, Renamed};
use crate::features::references::{Role, files, occurrences};
use crate::features::subject::Subject;

/// Refuses a name that cannot be one, and one that stands for something else.
pub(super) fn can_be_named(desk: &Desk<'_>, what: &Renamed, new: &str) -> Result<(), Refusal> {
    if new.is_empty() {
        return refuse("a name has to have at least one letter");
    }
    if new.chars().any(char::is_control) {
        return refuse("a name stands on one line, without signs that cannot be seen");
    }
    has_own_name(desk, what)?;
    match &what.subject {
        Subject::Entity(id) => entity(desk, what, id, new),
        Subject::Name(_) => name(desk, what, new),
        Subject::Source { .. } | Subject::Key(_) => source(desk, what, new),
        Subject::Part { file, .. } => part(desk, what, file, new),
        Subject::Article(_) => article(desk, what, new),
        Subject::File(_) => refuse("rename the file itself in the editor's file list"),
    }
}

/// Refuses what is called by its file's name: that is changed where files are.
pub(super) fn has_own_name(desk: &Desk<'_>, what: &Renamed) -> Result<(), Refusal> {
    match &what.subject {
        Subject::Entity(id) if !what.is_name => match desk.corpus.by_id(id) {
            Some(own) if !is_written(desk, own, &what.word) => refuse(format!(
                "`{}` is the name of its file: rename {} in the editor's file list, or give the page an `id`",
                own.what.id, own.file.path
            )),
            _ => Ok(()),
        },
        Subject::Article(path) => {
            let text = (desk.text)(path);
            let is_written =
                |text: &str| super::own_slug_of(text).is_some_and(|slug| slug.value == *what.word);
            match text.is_none_or(|text| is_written(&text)) {
                true => Ok(()),
                false => refuse(format!(
                    "`{}` is the name of its file: rename {path} in the editor's file list, or give the article a `slug`",
                    what.word
                )),
            }
        }
        _ => Ok(()),
    }
}

fn refuse(why: impl Into<String>) -> Result<(), Refusal> {
    Err(Refusal(why.into()))
}

/// "entities.yaml, line 3"
fn at(path: &FilePath, place: Place) -> String {
    format!("{path}, line {}", place.start.line + 1)
}

/// Whom a name stands for, where saying its id would only be the name again.
fn another(name: &str, id: &str) -> String {
    if name == id { "another entity".to_owned() } else { format!("`{id}`") }
}

fn entity(desk: &Desk<'_>, what: &Renamed, id: &str, new: &str) -> Result<(), Refusal> {
    let corpus = desk.corpus;
    if corpus.by_id(id).is_none() {
        return refuse(format!("there is no entity `{id}` any more"));
    }
    if !what.is_name {
        id_like(new, "an id")?;
    } else {
        name(desk, what, new)?;
    }
    let folded = fold(new);
    if *folded == *what.word {
        // Only the case or the accents are others.
        return Ok(());
    }
    if let Some(article) = corpus.articles(new).first.first() {
        return refuse(format!(
            "`{new}` is the slug of {}: wiki links that lead there would mean `{}`",
            article.path, what.written
        ));
    }
    let holder = match corpus.entity(&FileFacts::nowhere(), &folded) {
        EntityTarget::Nothing => None,
        EntityTarget::One(known) => Some(known),
        EntityTarget::Several => corpus.entities_named(&folded).first.into_iter().next(),
    };
    if let Some(holder) = holder {
        let place = at(&holder.file.path, holder.what.place);
        return refuse(if holder.what.folded_id() == id {
            format!("`{new}` is a name of `{id}` already ({place})")
        } else {
            format!("`{new}` stands for {} already ({place})", another(new, &holder.what.id))
        });
    }
    for file in files(corpus, &what.subject).into_iter().filter_map(|id| corpus.file(id)) {
        let settled = file.article.as_ref().map(|article| &article.settled[..]).unwrap_or_default();
        if let Some((_, other)) = settled.iter().find(|(name, other)| **name == *folded && **other != *id) {
            return refuse(format!("in {} `{new}` stands for `{other}`", file.path));
        }
    }
    Ok(())
}

/// Whether an entity's id stands in its file, and is not the file's name.
fn is_written(desk: &Desk<'_>, own: Known<'_, crate::corpus::EntityFacts>, id: &str) -> bool {
    let text = (desk.text)(&own.file.path);
    // Of a file that is not what it was it is said so later.
    text.is_none_or(|text| {
        text.get(own.what.id_place.span().range()).is_some_and(|written| fold(written) == id)
    })
}

/// Names may be words, as far as every place that uses them can hold them.
fn name(desk: &Desk<'_>, what: &Renamed, new: &str) -> Result<(), Refusal> {
    if let Some(sign) = new.chars().find(|sign| matches!(sign, '[' | ']' | '|' | '{' | '}')) {
        return refuse(format!("no name can hold `{sign}`, which is a sign of the markup"));
    }
    let Some(sign) = new.chars().find(|sign| matches!(sign, ',' | ';' | ':' | '#')) else { return Ok(()) };
    let corpus = desk.corpus;
    for file in files(corpus, &what.subject).into_iter().filter_map(|id| corpus.file(id)) {
        let all = occurrences(corpus, file, &what.subject);
        if let Some(one) = all.iter().find(|one| one.role == Role::Attribute && *one.word == *what.word) {
            return refuse(format!(
                "`{sign}` would cut the name in two where an attribute uses it: {}",
                at(&file.path, one.place)
            ));
        }
    }
    Ok(())
}

fn source(desk: &Desk<'_>, what: &Renamed, new: &str) -> Result<(), Refusal> {
    let is_mark = |sign: char| ":.#$%&-+?<>~/_".contains(sign);
    let is_key = new.starts_with(|first: char| first.is_alphanumeric() || first == '_')
        && new.ends_with(|last: char| last.is_alphanumeric() || last == '_' || last == '/')
        && new.chars().all(|sign| sign.is_alphanumeric() || is_mark(sign))
        && !new
            .as_bytes()
            .windows(2)
            .any(|pair| pair.iter().all(|sign| is_mark(*sign as char) && *sign != b'_'));
    if !is_key {
        return refuse(
            "a source's key is made of letters and digits, with single signs such as `-`, `_`, `.`, `:` between",
        );
    }
    if *new == *what.word {
        return Ok(());
    }
    let corpus = desk.corpus;
    for file in corpus.files_of_key(new).into_iter().filter_map(|id| corpus.file(id)) {
        if let Some(other) = file.sources.iter().find(|source| *source.key == *new) {
            return refuse(format!("`{new}` is a source already ({})", at(&file.path, other.key_place)));
        }
    }
    Ok(())
}

fn part(desk: &Desk<'_>, what: &Renamed, path: &FilePath, new: &str) -> Result<(), Refusal> {
    let is_id = new.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.' | ':'))
        && new.starts_with(char::is_alphanumeric);
    if !is_id {
        return refuse(
            "an id is made of letters, digits, `-`, `_`, `.` and `:`, and begins with one of the first two",
        );
    }
    if let Some((_, class)) = new.rsplit_once('.').filter(|(_, class)| vocabulary::is_class(class)) {
        return refuse(format!("an id does not end in `.{class}`, which would be read as a class"));
    }
    let file = desk.corpus.at_path(path).and_then(|id| desk.corpus.file(id));
    if let (Some(file), Some(text)) = (file, (desk.text)(path))
        && let Some(heading) = made_of_heading(file, &text, &what.word)
    {
        return Err(heading);
    }
    match file.and_then(|file| file.anchor(new)) {
        Some(other) => {
            refuse(format!("`#{new}` is an id in the same article already ({})", at(path, other.place)))
        }
        None => Ok(()),
    }
}

/// Refuses an id that stands nowhere, since it is made of the words of a heading.
pub(super) fn made_of_heading(file: &FileFacts, text: &str, id: &str) -> Option<Refusal> {
    let place = file.anchor(id)?.place;
    let is_written = text.get(place.span().range()).is_none_or(|written| written.ends_with(id));
    (!is_written).then(|| {
        Refusal(format!(
            "`{id}` is made of the words of its heading: give the heading an id of its own, `{{#{id}}}`, or \
             change its words"
        ))
    })
}

fn article(desk: &Desk<'_>, what: &Renamed, new: &str) -> Result<(), Refusal> {
    id_like(new, "a slug")?;
    if *new == *what.word {
        return Ok(());
    }
    if let Some(other) = desk.corpus.articles(new).first.first() {
        return refuse(format!("`{new}` is the slug of {} already", other.path));
    }
    match desk.corpus.entity(&FileFacts::nowhere(), &fold(new)) {
        EntityTarget::Nothing => Ok(()),
        _ => refuse(format!(
            "`{new}` stands for an entity: wiki links would lead there and not to the article"
        )),
    }
}

fn id_like(new: &str, what: &str) -> Result<(), Refusal> {
    let is_id = new.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.' | '/'))
        && new.starts_with(char::is_alphanumeric);
    match is_id {
        true => Ok(()),
        false => refuse(format!("{what} is made of letters, digits, `-`, `_`, `.` and `/`, without spaces")),
    }
}
