//! What can be written at a place, half-typed as the text there may be.
//!
//! What is asked for is read from the text before the cursor; what there is comes from the
//! corpus. Each kind of place has a file below; they all put what they offer on a [`desk`],
//! which ranks it: by how well it is what was typed, then by what this article uses, then by
//! what the others do.

mod article;
mod attributes;
mod bibtex;
mod claims;
mod configuration;
mod described;
mod desk;
mod fields;
mod flow;
mod hole;
mod names;
mod words;
mod yaml;

use crate::config;
use crate::corpus::{Corpus, FileFacts, FileKind};
use crate::data::Format;
use crate::text::Place;

use desk::Desk;
use fields::Root;

pub use described::{Described, describe};

/// How many are offered at most: more nobody reads, and typing on finds the rest.
const MOST: usize = 100;

/// What can be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// What has been typed of it: this is replaced, on one line, its end being the cursor.
    pub typed: Place,
    /// The same and what comes after the cursor of the same word, for clients that replace it.
    pub word: Place,
    /// The best first.
    pub items: Vec<Completion>,
    /// Whether typing on may bring others.
    pub incomplete: bool,
}

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it is chosen by: a key, an id, a name, a word.
    pub label: String,
    /// What else it goes by, shown beside.
    pub also: Option<String>,
    /// What it is, in a few words.
    pub detail: Option<String>,
    /// What is written.
    pub text: String,
    /// The same with places to fill in, in the protocol's form of snippets, where there are any.
    pub snippet: Option<String>,
    /// What a client may compare with what is typed.
    pub filter: String,
    /// What kind of thing it is.
    pub kind: CompletionKind,
    /// Whether it is better not used: a source that was withdrawn or replaced.
    pub deprecated: bool,
    /// What it stands for, to be described.
    pub subject: Described,
}

/// What kind of thing a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// A source.
    Source,
    /// A person.
    Person,
    /// A body.
    Organisation,
    /// A place.
    Place,
    /// An event.
    Event,
    /// Any other entity.
    Entity,
    /// A claim, or another part of an article.
    Claim,
    /// An article or another file.
    Article,
    /// A rule.
    Rule,
    /// A class.
    Class,
    /// A key or field.
    Key,
    /// A word out of a few.
    Word,
    /// Words that somebody used before.
    Text,
}

/// What can be written at `offset` of `file`, which holds `text`; nothing where nothing is
/// asked for. `today` is a day as EDTF has it, for whoever writes a date.
#[must_use]
pub fn completion(
    corpus: &Corpus,
    file: &FileFacts,
    text: &str,
    offset: usize,
    today: Option<&str>,
) -> Option<Completions> {
    text.get(..offset)?;
    let mut desk = Desk::new(corpus, file, text, offset, today);
    match (file.kind, Format::of(&file.path)) {
        _ if *file.path == *config::FILE_NAME => configuration::offer(&mut desk),
        (FileKind::Article | FileKind::Dossier, _) => article::offer(&mut desk),
        (_, Format::Bibtex) => bibtex::offer(&mut desk),
        (_, Format::Json) => flow::offer_json(&mut desk, Root::Sources),
        // FollowTheMoney comes out of other programs.
        (_, Format::JsonLines) => None,
        _ => yaml::offer(&mut desk, registry(file), 0),
    }?;
    desk.finish()
}

/// What a YAML registry holds.
fn registry(file: &FileFacts) -> Root {
    use crate::corpus::StubForm;
    match file.stub {
        Some(StubForm::EntityYaml(_)) => Root::Entities,
        Some(StubForm::SourceYaml(_) | StubForm::Bibtex) => Root::Sources,
        None if !file.entities.is_empty() => Root::Entities,
        None if !file.sources.is_empty() || file.kind == FileKind::Bibliography => Root::Sources,
        // Nothing can be read yet: its name says most of the time what it will be.
        None if file.path.contains("source") || file.path.contains("biblio") => Root::Sources,
        None => Root::Entities,
    }
}
