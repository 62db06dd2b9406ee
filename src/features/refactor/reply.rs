//! Saying that those who are accused were asked.

use crate::corpus::{ClaimFacts, Hearing, Outcome};
use crate::diagnostic::Edit;
use crate::syntax::attribute_value;

use super::page::Page;
use super::{Refactoring, RefactoringKind};

pub(super) fn offer<'a>(page: &Page<'a>, found: &mut Vec<Refactoring<'a>>) {
    let Some((_, annotation)) = page.claim().filter(|(_, claim)| claim.has_class("accusation")) else {
        return;
    };
    let Some((number, claim)) = page.claim_facts(annotation) else { return };
    let work = replies(page, number, claim).map(|value| {
        let value = attribute_value(&value);
        // One that is there says what came of asking others, and stays.
        let edit: Edit = match annotation.attributes.get(page.text(), "reply") {
            Some(reply) => page.edit(reply.span, format!("reply={value}")),
            None => {
                let (span, text) = page.added(annotation, &format!(" reply={value}"));
                page.edit(span, text)
            }
        };
        vec![edit]
    });
    let title = "Say that the accused was asked: `reply=sought`";
    found.push(Refactoring::new(RefactoringKind::Reply, title, work.into()));
}

/// What `reply=` says then.
fn replies(page: &Page<'_>, number: u32, claim: &ClaimFacts) -> Result<String, String> {
    let asked = &page.asked;
    let Some(article) = page.facts() else { return Err("there are no claims here".to_owned()) };
    let names = claim.against.map(|against| asked.corpus.expand(asked.file, against)).unwrap_or_default();
    if names.is_empty() {
        return Err("say first whom it accuses: `against=`".to_owned());
    }
    let hearing = Hearing::new(asked.corpus, asked.file, article);
    let mut unheard: Vec<&str> = Vec::new();
    for name in &names {
        match asked.corpus.entity(asked.file, &name.folded).one() {
            Some(entity) if hearing.outcome(number, entity) != Outcome::Unheard => {}
            Some(entity) if unheard.contains(&&*entity.what.id) => {}
            Some(entity) => unheard.push(&entity.what.id),
            None => return Err(format!("`{}` is no known entity", name.name)),
        }
    }
    if unheard.is_empty() {
        return Err("all whom it accuses are heard already".to_owned());
    }
    let written = page.claim().and_then(|(_, one)| one.attributes.get(page.text(), "reply"));
    // `not-sought` settles nothing, and what stands there for all of them is no list.
    let written = written.map(|reply| reply.text.trim()).filter(|text| text.contains(':'));
    if written.is_none() && unheard.len() == names.len() {
        return Ok("sought".to_owned());
    }
    // What was said of those who are unheard settled nothing: `not-sought`.
    let kept = written.into_iter().flat_map(|text| text.split(',')).map(str::trim).filter(|part| {
        let name = part.split(':').next().unwrap_or_default();
        let entity = asked.corpus.entity(asked.file, &crate::text::fold(name.trim())).one();
        !part.is_empty() && entity.is_none_or(|entity| !unheard.contains(&&*entity.what.id))
    });
    if let Some(id) = unheard.iter().find(|id| id.contains([',', ':'])) {
        return Err(format!("the id `{id}` has a sign that a list of replies is cut at"));
    }
    let sought = unheard.iter().map(|id| format!("{id}:sought"));
    Ok(kept.map(str::to_owned).chain(sought).collect::<Vec<_>>().join(", "))
}
