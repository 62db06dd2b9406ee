//! `photo-place-mismatch`

use super::{Check, CorpusContext, Findings, Levels, Rule, Tier};
use crate::diagnostic::{Finding, Level};
use crate::registry::EntityType;

pub(super) static RULE: Rule = Rule {
    name: "photo-place-mismatch",
    summary: "a photograph of a place that is nowhere in the story",
    explanation: "\
`place` says where a picture was taken. If that is nowhere in the story, nor a part of a place that
is, nor a place that one in the story is a part of (`part-of` in the registry), it may be a picture
of something else. Where a picture was taken is the second question that the Verification Handbook
asks of it, after who took it, and AP's captions answer it.

    Bad:   A raid on [[old-harbour]] …  ![The ruins](ruins.jpg){place=kasra}
    Good:  A raid on [[old-harbour]] …  ![The ruins](ruins.jpg){place=old-harbour}

Correct the place, take another picture, or say in the story what the place has to do with it. The
article's links, its attributes, the places of the events in it, its dateline and headline count,
and so do names that stand in the text without a link; what stands in captions does not. `.illustration`
is left alone.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Hint),
    checks: &[Check::Corpus(check)],
};

fn check(context: &CorpusContext<'_>, findings: &mut Findings) {
    let Some(article) = context.article() else { return };
    let mut story = None;
    for picture in &article.pictures {
        let Some(reference) = picture.taken_at else { continue };
        for name in context.corpus.expand(context.file, reference) {
            let Some(place) = context.corpus.entity(context.file, &name.folded).one() else { continue };
            // What is no place is reported as that.
            if place.what.kind.is_some_and(|kind| kind != EntityType::Place) {
                continue;
            }
            let story = story.get_or_insert_with(|| context.corpus.story_places(context.file, article));
            if !story.may_be(place) {
                let message = format!("{} is nowhere in this story", place.what.name);
                findings.push(Finding::new(name.place, message).help(
                    "see whether this is the right picture and the right place; or say in the story what the \
                     place has to do with it",
                ));
            }
        }
    }
}
