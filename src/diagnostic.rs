//! What a rule found, as plain data: where, what is wrong, what to do, and how to
//! mend it. Both edges (the command line and the editors) show the same values.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::text::{Place, Span};

/// How bad a finding is. Ordered: a hint is below a warning, a warning below an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth a look.
    Hint,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Level {
    /// The word used in configurations, on the command line and in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Hint => "hint",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Level::Hint, Level::Warning, Level::Error]
            .into_iter()
            .find(|level| level.as_str() == text)
            .ok_or_else(|| format!("`{text}` is no level; the levels are error, warning and hint"))
    }
}

/// A file's path from the corpus root, its parts separated by `/`.
pub type FilePath = Arc<str>;

/// A place in a file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// The file.
    pub path: FilePath,
    /// The stretch of its text.
    pub place: Place,
}

/// Another place that helps to understand a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What is to be seen there.
    pub message: String,
}

/// A piece of text to put in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub location: Location,
    /// What stands there afterwards.
    pub text: String,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fix {
    /// What it does, as an order: "Change to `wire-0311`".
    pub title: String,
    /// The edits, none of which touch each other.
    pub edits: Vec<Edit>,
}

/// What a rule found in a file, before the configuration says how bad that is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// The rule's name; filled in by whoever runs the rule.
    pub rule: &'static str,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
    /// What to do about it, where that is not plain from the message.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
    /// Whether a person has to choose among `fixes`.
    pub choice: bool,
    /// The level that this finding is at most, where it is less bad than its rule: as it is
    /// in the standard profile, from which that in the others follows.
    pub at_most: Option<Level>,
}

impl Finding {
    /// A finding with nothing but a message.
    #[must_use]
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Finding {
            place,
            rule: "",
            message: message.into(),
            help: None,
            related: Vec::new(),
            fixes: Vec::new(),
            choice: false,
            at_most: None,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn related(mut self, path: &FilePath, place: Place, message: impl Into<String>) -> Self {
        self.add_related(path, place, message);
        self
    }

    /// Points at another place that was found later.
    pub fn add_related(&mut self, path: &FilePath, place: Place, message: impl Into<String>) {
        let location = Location { path: path.clone(), place };
        self.related.push(Related { location, message: message.into() });
    }

    /// Offers a way to mend it.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fixes.push(Fix { title: title.into(), edits });
        self
    }

    /// Is at most that bad, in the standard profile.
    #[must_use]
    pub fn at_most(mut self, level: Level) -> Self {
        self.at_most = Some(level);
        self
    }
}

impl Edit {
    /// Puts `text` in the place of what stands at `place`.
    #[must_use]
    pub fn new(path: &FilePath, place: Place, text: impl Into<String>) -> Self {
        Edit { location: Location { path: path.clone(), place }, text: text.into() }
    }
}

/// Edits to be made together, by path and place: none of them touches another.
#[derive(Default)]
pub struct EditSet<'a> {
    edits: Vec<&'a Edit>,
}

impl<'a> EditSet<'a> {
    /// Takes all of these edits, or none if one of them touches what another changes otherwise.
    pub fn take(&mut self, edits: &'a [Edit]) -> bool {
        if !edits.iter().all(|edit| self.is_free(edit)) {
            return false;
        }
        for edit in edits {
            let at = self.edits.partition_point(|other| order(other) < order(edit));
            if self.edits.get(at).is_none_or(|other| *other != edit) {
                self.edits.insert(at, edit);
            }
        }
        true
    }

    fn is_free(&self, edit: &Edit) -> bool {
        let own = edit.location.place.span();
        let touches = |a: Span, b: Span| a.start <= b.end && b.start <= a.end;
        let before = self.edits.partition_point(|other| order(other) < order(edit));
        // None of them overlap, so only the neighbours can touch it.
        let near = self.edits[before.saturating_sub(2)..].iter().take(4);
        near.into_iter().all(|other| {
            *other == edit
                || other.location.path != edit.location.path
                || !touches(other.location.place.span(), own)
        })
    }

    /// The edits of each file, in the order of their places.
    pub fn by_file(&self) -> impl Iterator<Item = (&FilePath, &[&'a Edit])> {
        let files = self.edits.chunk_by(|a, b| a.location.path == b.location.path);
        files.filter_map(|file| Some((&file.first()?.location.path, file)))
    }
}

fn order(edit: &Edit) -> (&str, Span) {
    (&edit.location.path, edit.location.place.span())
}

/// Something that a rule found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where.
    pub location: Location,
    /// The rule's name.
    pub rule: &'static str,
    /// How bad it is, as the configuration has it for this file.
    pub level: Level,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
    /// What to do about it, where that is not plain from the message.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Ways to mend it. The first is the one to take; where there is no telling
    /// which of several is right, `choice` is set and none may be taken unasked.
    pub fixes: Vec<Fix>,
    /// Whether a person has to choose among `fixes`.
    pub choice: bool,
}

impl Diagnostic {
    /// What findings are sorted by: path, place, rule.
    #[must_use]
    pub fn order(&self) -> (&str, u32, &'static str) {
        (&self.location.path, self.location.place.start.offset, self.rule)
    }
}
