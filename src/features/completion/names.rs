//! Sources, entities and articles.

use crate::corpus::{EntityFacts, EntityTarget, FileFacts, Known, SourceFacts};
use crate::registry::{EntityType, Standing};
use crate::text::{Place, fold};

use super::desk::{Desk, Offer, Text};
use super::{CompletionKind, Described, MOST};

/// What is written for an entity.
#[derive(Clone, Copy, Debug)]
pub(super) enum Naming {
    /// Its id.
    Id,
    /// Its name, or whatever it is chosen by.
    Name,
    /// Its id in a wiki link, with what is shown after `pipe` where it is chosen by a name.
    Mention { pipe: Option<&'static str>, close: &'static str },
}

impl Desk<'_> {
    /// All sources that may be cited here.
    pub(super) fn sources(&mut self, group: u8, written: impl Fn(&str) -> Text) {
        let here = self.keys_here();
        let (corpus, file) = (self.corpus, self.file);
        let exact = corpus.source(file, self.so_far());
        let found = corpus.sources_typed(file, &mut self.typed, MOST);
        let mut keys: Vec<&str> = here.iter().copied().collect();
        keys.sort_unstable();
        let here_too = keys.into_iter().filter_map(|key| corpus.source(file, key));
        let mut seen = rustc_hash::FxHashSet::default();
        let all: Vec<Known<'_, SourceFacts>> = exact
            .into_iter()
            .chain(here_too)
            .chain(found.things)
            .filter(|one| seen.insert(&*one.what.key))
            .collect();
        if !found.complete {
            self.not_all();
        }
        for known in all {
            if self.is_being_typed(known.file, known.what.place, known.what.stale) {
                continue;
            }
            let source = known.what;
            let offer = Offer {
                names: source.shown_names().map(str::to_owned).collect(),
                detail: Some(source_detail(source)).filter(|detail| !detail.is_empty()),
                text: written(&source.key),
                snippet: None,
                kind: CompletionKind::Source,
                deprecated: !source.protected
                    && (source.superseded_by.is_some()
                        || matches!(source.standing, Standing::Superseded | Standing::Retracted)),
                group,
                here: here.contains(&*source.key),
                uses: corpus.uses_of_source(&source.key),
                subject: Described::Source(source.key.to_string()),
            };
            self.add(offer);
        }
    }

    /// Whether that is the entry which is being typed, which would be offered itself.
    fn is_being_typed(&self, file: &FileFacts, place: Place, stale: bool) -> bool {
        !stale && file.path == self.file.path && place.span().contains_offset(self.offset)
    }

    /// All entities, those that `suit` first.
    pub(super) fn entities(&mut self, suits: impl Fn(EntityType) -> bool, group: u8, naming: Naming) {
        let here = self.entities_here();
        let (corpus, file) = (self.corpus, self.file);
        let does = |kind: Option<EntityType>| kind.is_some_and(&suits);
        let exact = match corpus.entity(file, &fold(self.so_far())) {
            EntityTarget::One(known) => Some(known),
            _ => None,
        };
        let mut found = corpus.entities_typed(&mut self.typed, MOST, does);
        if found.things.len() < MOST {
            let others = corpus.entities_typed(&mut self.typed, MOST, |kind| !does(kind));
            found.things.extend(others.things);
            found.complete &= others.complete;
        } else {
            found.complete = false;
        }
        let mut ids: Vec<&str> = here.iter().copied().collect();
        ids.sort_unstable();
        let here_too = ids.into_iter().filter_map(|id| corpus.by_id(id));
        let mut seen = rustc_hash::FxHashSet::default();
        let all: Vec<Known<'_, EntityFacts>> = exact
            .into_iter()
            .chain(here_too)
            .chain(found.things)
            .filter(|one| seen.insert(one.what.folded_id()))
            .collect();
        if !found.complete {
            self.not_all();
        }
        for known in all {
            if self.is_being_typed(known.file, known.what.place, known.what.stale) {
                continue;
            }
            let entity = known.what;
            self.add(Offer {
                group: group + u8::from(!does(entity.kind)),
                here: here.contains(entity.folded_id()),
                uses: corpus.uses_of_entity(entity),
                ..entity_offer(entity, naming)
            });
        }
    }

    /// The articles, each by what others call it.
    pub(super) fn articles(&mut self, group: u8, written: impl Fn(&str) -> Text) {
        let corpus = self.corpus;
        let found = corpus.articles_typed(&mut self.typed, MOST);
        if !found.complete {
            self.not_all();
        }
        // They come the latest first; of those alike that order stays.
        let count = found.things.len();
        for (number, id) in found.things.into_iter().enumerate() {
            let (Some(name), Some(path)) = (corpus.article_name(id), corpus.path(id)) else { continue };
            if *path == self.file.path {
                continue;
            }
            let detail = corpus.day(id).map(|day| format!("article · {day}"));
            self.add(Offer {
                names: vec![name.to_owned()],
                detail: Some(detail.unwrap_or_else(|| "article".to_owned())),
                text: written(name),
                snippet: None,
                kind: CompletionKind::Article,
                deprecated: false,
                group,
                here: false,
                uses: count - number,
                subject: Described::Article(path.to_string()),
            });
        }
    }
}

pub(super) fn entity_offer(entity: &EntityFacts, naming: Naming) -> Offer {
    let names: Vec<String> = entity.shown_names().map(str::to_owned).collect();
    let id = entity.id.to_string();
    let kind = entity.kind.map(EntityType::as_str);
    let summary = entity.summary.as_deref();
    let detail: Vec<&str> = kind.into_iter().chain(summary).collect();
    Offer {
        detail: (!detail.is_empty()).then(|| detail.join(" · ")),
        text: match naming {
            Naming::Id => Text::Value(id),
            Naming::Name => Text::Value(entity.name.to_string()),
            Naming::Mention { pipe, close } => Text::Mention { id, pipe, close },
        },
        names,
        snippet: None,
        kind: match entity.kind {
            Some(EntityType::Person) => CompletionKind::Person,
            Some(EntityType::Organisation) => CompletionKind::Organisation,
            Some(EntityType::Place) => CompletionKind::Place,
            Some(EntityType::Event) => CompletionKind::Event,
            Some(EntityType::Work | EntityType::Thing) | None => CompletionKind::Entity,
        },
        deprecated: false,
        group: 0,
        here: false,
        uses: 0,
        subject: Described::Entity(entity.folded_id().to_owned()),
    }
}

/// "speech · 2026-03-11 · Statement on the Kasra zone"
fn source_detail(source: &SourceFacts) -> String {
    if source.protected {
        return "not on record".to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    if source.standing != Standing::Current {
        parts.push(source.standing.as_str().to_owned());
    } else if let Some(successor) = &source.superseded_by {
        parts.push(format!("superseded by {successor}"));
    }
    parts.extend(Some(source.kind.to_string()).filter(|kind| !kind.is_empty()));
    parts.extend(source.issued.as_ref().map(ToString::to_string));
    parts.extend(source.title.as_deref().map(str::to_owned));
    parts.join(" · ")
}

/// What speaks: people and bodies.
pub(super) fn speaks(kind: EntityType) -> bool {
    matches!(kind, EntityType::Person | EntityType::Organisation)
}
